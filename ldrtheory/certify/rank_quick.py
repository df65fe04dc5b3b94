"""A one-sided randomised rank: never too large, too small with a stated probability.

QuickRank        the answer
probable_rank    the rank modulo enough random primes
random_prime     a uniformly random prime between 2^61 and 2^62, optionally = 1 modulo N

The count: a nonzero integer below 2^b has at most b/61 prime factors above 2^61.  Between 2^61 and 2^62 lie more than
2^55 primes (by x/log x < pi(x) < 1.26 x/log x for x > 17, refined by Dusart 1998 to within 3 percent), and more than
2^55/phi(N) primes = 1 modulo N for N <= 10^5 (Bennett, Martin, O'Bryant, Rechnitzer 2018).  So one random prime errs
with probability at most (b phi(N)/61) / (2^55/phi(N)), and t independent ones with its t-th power.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flint import fmpz, nmod_mat

from ldrtheory.certify.rank_decision import Decision, integer_matrix
from ldrtheory.certify.rank_flint import decide, magnitude_bits, pivots_modulo
from ldrtheory.certify.rank_limits import Budget, roots_of_unity
from ldrtheory.certify.rank_residual import Residual, clear_rows

LOG_PRIMES = 55


@dataclass(frozen=True)
class QuickRank:
    """A lower bound of a rank that is the rank itself except with probability 2^-error_bits.

    level: "probable", or "exact" where the bound equals min(m, n) or was decided (error_bits is then None).
    rows, columns: a minor of that size, nonsingular modulo `prime` (zeta -> root).
    """

    rank: int
    level: str
    error_bits: int | None
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    prime: int
    root: int = 1


def random_prime(random: Callable[[int], int], order: int = 1) -> int:
    """Return a uniformly random prime p with 2^61 <= p < 2^62 and p = 1 modulo `order`."""
    first = -(-(2**61 - 1) // order)
    count = (2**62 - 2) // order - first + 1
    while True:
        candidate = 1 + order * (first + random(count))
        if fmpz(candidate).is_prime():
            return candidate


def minor_bits(sizes: list[int], shape: tuple[int, int]) -> int:
    """Return b with every minor below 2^b, from the bits of the rows (Hadamard)."""
    full = min(shape)
    return sum(sorted(sizes)[-full:]) + full * (full.bit_length() // 2 + 1)


def error_per_prime(bits: int, degree: int) -> int:
    """Return e such that one random prime errs with probability at most 2^-e."""
    bad = max(1, bits * degree * degree // 61)
    return LOG_PRIMES - bad.bit_length()


def probable_rank(L: Residual, error_bits: int, budget: Budget, random: Callable[[int], int]) -> QuickRank:
    """Return the largest rank of L modulo enough random primes that the error is at most 2^-error_bits."""
    if L.ring.characteristic:
        found = decide(L, budget)
        return QuickRank(found.rank, "exact", None, tuple(found.rows), tuple(found.columns), found.prime)
    order = int(getattr(L.ring, "order", 1))
    whole = None
    if L.degree == 1:
        scaled = clear_rows(L.scaled())
        whole = integer_matrix(scaled)
        sizes = [max(abs(x) for x in row).bit_length() for row in scaled.tolist()]
    else:
        sizes = magnitude_bits(L)
    each = error_per_prime(minor_bits(sizes, L.shape), L.degree)
    best, reached = Decision(-1, [], [], 0), 0
    while reached < error_bits:
        p = random_prime(random, order)
        if not L.usable(p):
            continue
        root = roots_of_unity(order, p)[0]
        m, n = L.shape
        reduced = (
            nmod_mat(whole, p) if whole is not None else nmod_mat(m, n, L.modulo(p, root).ravel().tolist(), p)
        )
        if best.rank < 0 or reduced.rank() > best.rank:
            rows, columns = pivots_modulo(reduced)
            best = Decision(len(rows), rows, columns, p, root)
        if best.rank == min(m, n):
            break
        reached += each
        budget.spend(reached, error_bits, "testing the rank modulo random primes")
    exact = best.rank == min(L.shape)
    error = None if exact else reached
    level = "exact" if exact else "probable"
    return QuickRank(best.rank, level, error, tuple(best.rows), tuple(best.columns), best.prime, best.root)
