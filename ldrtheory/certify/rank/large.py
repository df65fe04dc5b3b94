"""Exact rank when it is not small: blocked elimination modulo small primes by floating-point matrix products.

eliminate    pivots of L modulo a prime below 2^23
decide       the rank of L, exactly: full rank by one elimination, a deficient one by many primes

Full rank needs one prime.  Rank at most r is proved by eliminating modulo primes whose product exceeds every bordered
minor (see rank_modular): exact, slow for large n and r, and reported through the budget.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from ldrtheory.certify.rank.decision import Decision
from ldrtheory.certify.rank.kernel_vectors import FEW_VECTORS, kernel_over_q
from ldrtheory.certify.rank.kernels import blocks as kernels_dense
from ldrtheory.certify.rank.limits import Budget, primes_below, roots_of_unity, small_primes
from ldrtheory.certify.rank.modular_route import rows_modulo
from ldrtheory.certify.rank.prepare import Moduli, Prepared, moduli
from ldrtheory.certify.rank.residual import Residual
from ldrtheory.errors import Undecided

WIDTH = 128
SLICE = 512


def balanced_residual(ready: Prepared, m: Moduli) -> np.ndarray:
    """Return L modulo the prime of m as balanced residues, float32 below 2^8, else float64."""
    rows, columns = ready.shape
    p = int(m.primes[0])
    out = np.empty((rows, columns), dtype=np.float32 if p < 2**8 else np.float64)
    for start in range(0, rows, SLICE):
        chosen = list(range(start, min(start + SLICE, rows)))
        kernels_dense.balance(rows_modulo(ready, chosen, m), p, out[start : start + SLICE])
    return out


def eliminate(W: np.ndarray, p: int, budget: Budget) -> tuple[list[int], list[int]]:
    """Return pivot (rows, columns) of W modulo p by blocked elimination; W (balanced residues) is overwritten."""
    m, n = W.shape
    kind = W.dtype.type
    prime, inverse = kind(p), kind(1) / kind(p)
    names = np.arange(m)
    columns: list[int] = []
    rank = 0
    for start in range(0, n, WIDTH):
        if rank == m:
            break
        stop = min(start + WIDTH, n)
        panel = np.ascontiguousarray(W[rank:, start:stop])
        multipliers = np.zeros(panel.shape, dtype=W.dtype)
        order = np.arange(m - rank)
        pivots = np.zeros(stop - start, dtype=np.int64)
        found = kernels_dense.eliminate_panel(panel, prime, inverse, multipliers, order, pivots)
        columns += [start + int(j) for j in pivots[:found]]
        moved = np.flatnonzero(order != np.arange(m - rank))
        names[rank + moved] = names[rank + order[moved]]
        if found and stop < n:
            W[rank + moved, stop:] = W[rank + order[moved], stop:]
            lower = np.empty((found, found), dtype=W.dtype)
            kernels_dense.invert_unit(multipliers, found, prime, inverse, lower)
            top = lower @ W[rank : rank + found, stop:]
            kernels_dense.reduce_block(top, prime, inverse)
            for at in range(rank + found, m, SLICE):
                end = min(at + SLICE, m)
                product = multipliers[at - rank : end - rank, :found] @ top
                kernels_dense.subtract(W[at:end, stop:], product, prime, inverse)
        rank += found
        budget.spend(stop, n, f"eliminating modulo {p}")
    return [int(i) for i in names[:rank]], columns


def pivots(L: Residual, ready: Prepared, p: int, root: int, budget: Budget) -> Decision:
    """Return the rank of L modulo p (zeta -> root) with its pivots, as a decision with nothing proved above."""
    rows, columns = eliminate(balanced_residual(ready, moduli(L, ready, [(p, root)])), p, budget)
    return Decision(len(rows), rows, columns, p, root, proved_above=False)


def decide(L: Residual, ready: Prepared, budget: Budget, at_most: int | None = None) -> Decision:
    """Return the exact rank of L with pivots; see the module."""
    order = int(getattr(L.ring, "order", 1))
    full = min(L.shape)
    best = Decision(-1, [], [], 0)
    tries = [p for p in small_primes(order) if p < 2**13 and L.usable(p)][:1]
    large = (p for p in primes_below(2**23, order) if L.usable(p))
    for p in [*tries, next(large)]:
        found = pivots(L, ready, p, roots_of_unity(order, p)[0], budget)
        if found.rank > best.rank:
            best = found
        budget.established = f"the rank is at least {best.rank}"
        if best.rank == full:
            return Decision(full, best.rows, best.columns, best.prime, best.root)
        if at_most is not None and best.rank > at_most:
            return best
    if L.degree == 1 and full - best.rank <= FEW_VECTORS:
        budget.spend(0, 1, f"computing {full - best.rank} kernel vectors")
        upper = kernel_over_q(L, best)
        if upper is not None:
            return replace(best, proved_above=True, upper=upper)
    return _prove(L, ready, best, large, budget, at_most)


def _prove(
    L: Residual, ready: Prepared, best: Decision, supply: Iterator[int], budget: Budget, at_most: int | None
) -> Decision:
    order = int(getattr(L.ring, "order", 1))
    wanted, product = ready.minor_bits(best.rows), 1
    for p in supply:
        for root in roots_of_unity(order, p):
            found = pivots(L, ready, p, root, Budget(budget.deadline, None, budget.established))
            if found.rank > best.rank:
                best, product, wanted = found, 1, ready.minor_bits(found.rows)
                budget.established = f"the rank is at least {best.rank}"
                if best.rank == min(L.shape):
                    return Decision(best.rank, best.rows, best.columns, best.prime, best.root)
                if at_most is not None and best.rank > at_most:
                    return best
        product *= p
        budget.spend(min(wanted, product.bit_length()), wanted, f"proving rank at most {best.rank}")
        if product.bit_length() > wanted:
            return Decision(best.rank, best.rows, best.columns, best.prime, best.root)
    raise Undecided(f"the 23-bit primes ran out; {budget.established}. Use route='flint'.")
