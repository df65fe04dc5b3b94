"""A one-sided randomised rank: never too large, too small with a stated probability.

QuickRank        the answer
probable_rank    the rank modulo enough random primes between 2^61 and 2^62, by flint
streamed_rank    the same with primes between 2^28 and 2^29 (2^22 and 2^23 for large rank), compiled
random_prime     a uniformly random prime between 2^(k-1) and 2^k, optionally = 1 modulo N

The count: a nonzero integer below 2^b has at most b/61 prime factors above 2^61.  Between 2^61 and 2^62 lie more than
2^55 primes (by x/log x < pi(x) < 1.26 x/log x for x > 17, refined by Dusart 1998 to within 3 percent), and more than
2^55/phi(N) primes = 1 modulo N for N <= 10^5 (Bennett, Martin, O'Bryant, Rechnitzer 2018).  So one random prime errs
with probability at most (b phi(N)/61) / (2^55/phi(N)), and t independent ones with its t-th power.  For k = 29 and 23
there are 13561907 > 2^23 and 268216 > 2^18 primes between 2^(k-1) and 2^k.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flint import fmpz, nmod_mat

from ldrtheory.certify.rank.decision import Decision, integer_matrix
from ldrtheory.certify.rank.flint_route import decide, magnitude_bits, pivots_modulo
from ldrtheory.certify.rank.limits import Budget, roots_of_unity
from ldrtheory.certify.rank.residual import Residual, clear_rows

if TYPE_CHECKING:
    from ldrtheory.certify.rank.prepare import Prepared

FEW_PRIMES = 4  # where no bound on the error is known
SMALL_RANK = 48  # beyond, elimination by blocks
LOG_PRIMES = {62: 55, 29: 23, 23: 18}


@dataclass(frozen=True)
class QuickRank:
    """A lower bound of a rank that is the rank itself except with probability 2^-error_bits.

    level: "probable"; "exact" where the bound equals min(m, n) or was decided (error_bits is then None); "observed"
    where the numbers are so long that no bound is known (error_bits is then 0).
    rows, columns: a minor of that size, nonsingular modulo `prime` (zeta -> root).
    """

    rank: int
    level: str
    error_bits: int | None
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    prime: int
    root: int = 1


def random_prime(random: Callable[[int], int], bits: int = 62, order: int = 1) -> int:
    """Return a uniformly random prime p with 2^(bits-1) <= p < 2^bits and p = 1 modulo `order`."""
    first = -(-(2 ** (bits - 1) - 1) // order)
    count = (2**bits - 2) // order - first + 1
    while True:
        candidate = 1 + order * (first + random(count))
        if fmpz(candidate).is_prime():
            return candidate


def minor_bits(sizes: list[int], shape: tuple[int, int]) -> int:
    """Return b with every minor below 2^b, from the bits of the rows (Hadamard)."""
    full = min(shape)
    return sum(sorted(sizes)[-full:]) + full * (full.bit_length() // 2 + 1)


def error_per_prime(minor: int, degree: int, bits: int = 62) -> int:
    """Return e such that one random prime of `bits` bits misses a minor below 2^minor with probability at most 2^-e.

    0 means that so few primes of that length exist that nothing is known.
    """
    bad = max(1, minor * degree * degree // (bits - 1))
    return max(0, LOG_PRIMES[bits] - bad.bit_length())


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
        p = random_prime(random, order=order)
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
    return _answer(best, None if best.rank == min(L.shape) else reached)


def streamed_rank(
    L: Residual, ready: Prepared, error_bits: int, budget: Budget, random: Callable[[int], int]
) -> QuickRank:
    """Return the rank as probable_rank does, by the compiled kernels; exact where that costs no more."""
    from ldrtheory.certify.rank import modular_route as rank_modular
    from ldrtheory.certify.rank.prepare import moduli

    order = int(getattr(L.ring, "order", 1))
    minor = minor_bits(ready.row_bits.tolist(), L.shape)
    each = error_per_prime(minor, L.degree, 29)
    count = -(-error_bits // each) if each else FEW_PRIMES
    supply = _random_primes(L, random, 29, order)
    p = next(supply)
    root = roots_of_unity(order, p)[0]
    while True:
        found = rank_modular.scan(ready, moduli(L, ready, [(p, root)]), budget, SMALL_RANK)
        if found is None:
            return _eliminated_rank(L, ready, error_bits, budget, random)
        best = Decision(len(found[0]), found[0], found[1], p, root)
        if best.rank == min(L.shape):
            return _answer(best, None)
        larger = rank_modular.prove_at_most(L, ready, best, supply, budget, enough=29 * (count + 1))
        if larger is None:
            proved = ready.minor_bits(best.rows) <= 29 * (count + 1)
            return _answer(best, None if proved else error_bits if each else 0)
        p, root = larger


def _eliminated_rank(
    L: Residual, ready: Prepared, error_bits: int, budget: Budget, random: Callable[[int], int]
) -> QuickRank:
    from ldrtheory.certify.rank import large as rank_large

    order = int(getattr(L.ring, "order", 1))
    each = error_per_prime(minor_bits(ready.row_bits.tolist(), L.shape), L.degree, 23)
    best, reached, tested = Decision(-1, [], [], 0), 0, 0
    for p in _random_primes(L, random, 23, order):
        found = rank_large.pivots(L, ready, p, roots_of_unity(order, p)[0], budget)
        best = found if found.rank > best.rank else best
        if best.rank == min(L.shape):
            return _answer(best, None)
        reached, tested = reached + each, tested + 1
        budget.spend(reached, error_bits, "testing the rank modulo random primes")
        if reached >= error_bits or (each == 0 and tested == FEW_PRIMES):
            break
    return _answer(best, reached)


def _random_primes(L: Residual, random: Callable[[int], int], bits: int, order: int) -> Iterator[int]:
    while True:
        p = random_prime(random, bits, order)
        if L.usable(p):
            yield p


def _answer(best: Decision, error: int | None) -> QuickRank:
    level = "exact" if error is None else "probable" if error else "observed"
    return QuickRank(best.rank, level, error, tuple(best.rows), tuple(best.columns), best.prime, best.root)
