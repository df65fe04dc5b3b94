"""Time limits, progress and primes of the rank producers.

Budget          raises Undecided when the deadline has passed; reports progress
primes_below    primes under a limit, descending, optionally = 1 modulo N
roots_of_unity  the primitive N-th roots of unity modulo p
small_primes    primes that make a checker's elimination cheap
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import gcd

from flint import fmpz

from ldrtheory.errors import Undecided

Progress = Callable[[int, int, str], None]


@dataclass
class Budget:
    """What a producer may spend: a moment of time.monotonic(), and whom to tell how far it is."""

    deadline: float | None = None
    progress: Progress | None = None
    established: str = "nothing was established yet"

    def spend(self, done: int, total: int, what: str) -> None:
        """Report progress; raise Undecided if the deadline has passed."""
        if self.progress is not None:
            self.progress(done, total, what)
        if self.deadline is not None and time.monotonic() > self.deadline:
            raise Undecided(
                f"the time limit ran out while {what} ({done} of {total} done); {self.established}. "
                "Allow more seconds, or ask for 'at most' a smaller rank."
            )


def primes_below(limit: int, order: int = 1) -> Iterator[int]:
    """Yield the primes p < limit with p = 1 modulo `order`, descending.

    >>> list(primes_below(30, 4))
    [29, 17, 13, 5]
    """
    candidate = limit - 1 - (limit - 2) % order
    while candidate > 2:
        if candidate % 2 and fmpz(candidate).is_prime():
            yield candidate
        candidate -= order


def roots_of_unity(order: int, p: int) -> list[int]:
    """Return the phi(N) primitive N-th roots of unity modulo a prime p = 1 modulo N, ascending.

    >>> roots_of_unity(4, 13)
    [5, 8]
    """
    if order == 1:
        return [1]
    factors = [int(q) for q, _ in fmpz(order).factor()]
    for candidate in range(2, p):
        root = pow(candidate, (p - 1) // order, p)
        if all(pow(root, order // q, p) != 1 for q in factors):
            return sorted(pow(root, k, p) for k in range(order) if gcd(k, order) == 1)
    return [1]  # order 2 modulo p = 2 has no other


def small_primes(order: int = 1) -> Iterator[int]:
    """Yield primes = 1 modulo `order` that are cheap for a checker: below 2^8, then below 2^13, then below 2^29.

    The checker needs phi_N(z) = 0 mod p only, but tiny primes kill too many minors, so they start above 2^6.
    """
    for low, high, most in ((64, 256, 12), (1024, 8192, 24), (2**20, 2**29, 8)):
        for count, p in enumerate(primes_below(high, order)):
            if p < low or count >= most:
                break
            yield p
