"""Exact rank at size: pivots modulo one 29-bit prime, then every bordered minor modulo enough primes, compiled.

decide       the rank of a residual with its pivots, exactly, by streaming over the rows of M
Prepared     a residual in the form the kernels read (see rank_prepare)

L is never formed: each block of rows of M is decoded once, reduced modulo every prime of a batch, combined to rows of
L modulo p, and compared with L[i, J] X, X = U^-1 L[I, :] modulo p.  With det U nonzero modulo p the difference
vanishes exactly if the bordered minor det(L[I+i, J+j]) does; a minor is an integer below 2^bits (Hadamard on rows
scaled to integers), so it is zero if it vanishes modulo primes whose product exceeds 2^bits.  Over Q(zeta_N) all roots
of all primes are used (see rank_flint).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache
from math import prod

import numpy as np

from ldrtheory.certify.rank.decision import Decision
from ldrtheory.certify.rank.kernels import streaming as kernels
from ldrtheory.certify.rank.kernels.residues import BLOCK
from ldrtheory.certify.rank.limits import Budget, primes_below, roots_of_unity
from ldrtheory.certify.rank.lll_route import Generators, lll_generators
from ldrtheory.certify.rank.prepare import Moduli, Prepared, moduli
from ldrtheory.certify.rank.residual import Residual
from ldrtheory.errors import Undecided

PRIME_LIMIT = 2**29
BATCH_BYTES = 64 << 20  # memory for the rows X of one batch of primes
PARALLEL = 1 << 18  # entries from which a second thread pays
Places = tuple[int, int, int]


@lru_cache(maxsize=1)
def workers() -> int:
    """The number of threads: the processors this process may use, at most eight."""
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(8, available))


@lru_cache(maxsize=1)
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(workers(), thread_name_prefix="ldrtheory")


def first_failure(
    prepared: Prepared, first: int, last: int, m: Moduli, columns: np.ndarray, X: np.ndarray
) -> Places:
    """Return (row, column, prime number) of a first row in first .. last-1 outside the span of X, or (-1, -1, -1)."""

    def test(a: int, b: int) -> Places:
        row, column, q = kernels.dependent(a, b, *prepared.arguments, m.primes, m.ninvs, m.inverses, m.scales, m.powers,
                                           m.avals, m.bvals, columns, X)  # fmt: skip
        return int(row), int(column), int(q)

    n = X.shape[2]
    parts = workers() if (last - first) * n * len(m.primes) >= PARALLEL and last - first >= 4 * BLOCK else 1
    if parts == 1:
        return test(first, last)
    step = -(-(last - first) // parts)
    step += -step % BLOCK
    jobs = [_pool().submit(test, a, min(a + step, last)) for a in range(first, last, step)]
    found = [job.result() for job in jobs]
    return next((place for place in found if place[0] >= 0), (-1, -1, -1))


def rows_modulo(prepared: Prepared, rows: list[int], m: Moduli, q: int = 0) -> np.ndarray:
    """Return L[rows, :] / unit modulo the q-th prime, an int64 array of 0 .. p-1."""
    out = np.empty((len(rows), prepared.shape[1]), dtype=np.int64)
    wanted = np.asarray(rows, dtype=np.int64)

    def fill(a: int, b: int) -> None:
        kernels.residual_rows(wanted[a:b], *prepared.arguments, q, m.primes, m.ninvs, m.scales,
                              m.powers, m.avals, m.bvals, out[a:b])  # fmt: skip

    if out.size < PARALLEL:
        fill(0, len(rows))
        return out
    step = -(-len(rows) // workers())
    for job in [_pool().submit(fill, a, min(a + step, len(rows))) for a in range(0, len(rows), step)]:
        job.result()
    return out


def scan(
    prepared: Prepared, m: Moduli, budget: Budget, most: int, limit: int | None = None
) -> tuple[list[int], list[int]] | None:
    """Return pivot (rows, columns) of L modulo the first prime, or None when the rank exceeds `most`.

    limit: stop with limit + 1 pivots, when a caller wants to know no more than that the rank exceeds it.
    """
    rows_total, n = prepared.shape
    X = np.zeros((1, min(most, rows_total, n) + 1, n), dtype=np.int32)
    columns = np.zeros(X.shape[1], dtype=np.int64)
    rows: list[int] = []
    at, chunk = 0, BLOCK
    largest = max(BLOCK, (1 << 23) // n)
    while at < rows_total:
        rank = len(rows)
        if rank == min(rows_total, n) or (limit is not None and rank > limit):
            break
        stop = min(at + chunk, rows_total)
        row, _, _ = first_failure(prepared, at, stop, m, columns[:rank], np.ascontiguousarray(X[:, :rank]))
        if row < 0:
            at, chunk = stop, min(2 * chunk, largest)
            budget.spend(at, rows_total, "searching pivots")
            continue
        if rank == most:
            return None
        kernels.insert_row(rows_modulo(prepared, [row], m)[0], X[0], columns, rank, int(m.primes[0]))
        rows.append(row)
        at, chunk = row + 1, BLOCK
    return rows, [int(j) for j in columns[: len(rows)]]


def decide(
    L: Residual,
    ready: Prepared,
    budget: Budget,
    at_most: int | None = None,
    *,
    most: int = 48,
    generators_from: int | None = None,
) -> Decision | None:
    """Return the exact rank with pivots; None when it exceeds `most`, where elimination by blocks is cheaper.

    generators_from: the least rank for which small integer generators are tried before the bordered minors.
    """
    order = int(getattr(L.ring, "order", 1))
    supply = (p for p in primes_below(PRIME_LIMIT, order) if L.usable(p))
    p = next(supply)
    root = roots_of_unity(order, p)[0]
    while True:
        found = scan(ready, moduli(L, ready, [(p, root)]), budget, most, at_most)
        if found is None:
            return None
        rows, columns = found
        best = Decision(len(rows), rows, columns, p, root)
        budget.established = f"the rank is at least {best.rank}"
        if best.rank == min(L.shape):
            return best
        if at_most is not None and best.rank > at_most:
            return replace(best, proved_above=False)
        generators = None
        if generators_from is not None and best.rank >= generators_from:
            budget.spend(0, 1, f"looking for {best.rank} small generators")
            generators = lll_generators(L, best, ready.row_bits)
        larger = prove_at_most(L, ready, best, supply, budget, generators)
        if larger is None:
            return best if generators is None else replace(best, upper=generators.evidence(L))
        generators_from = None  # a failed guess is not repeated
        p, root = larger


def _basis_modulo(
    ready: Prepared, found: Decision, generators: Generators | None, m: Moduli, q: int
) -> np.ndarray:
    """Return rows modulo the q-th prime that span the row space if the rank is found.rank."""
    if generators is None:
        return rows_modulo(ready, found.rows, m, q)
    p = int(m.primes[q])
    scales = np.array(
        [pow(s, -1, p) for s in generators.column_scales], dtype=np.int64
    )  # L' has scaled columns
    reduced: np.ndarray = (generators.right % p).astype(np.int64) * scales % p
    return reduced


def prove_at_most(
    L: Residual,
    ready: Prepared,
    found: Decision,
    supply: Iterator[int],
    budget: Budget,
    generators: Generators | None = None,
    enough: int | None = None,
) -> tuple[int, int] | None:
    """Prove rank <= found.rank and return None, or return (prime, root) modulo which the rank is larger.

    enough: stop at this many bits of primes, which proves nothing but bounds the probability of an error.
    With generators the identity L' = G H is proved, G being L'[:,J] H[:,J]^-1: modulo p it is the same test.
    """
    order = int(getattr(L.ring, "order", 1))
    wanted = ready.minor_bits(found.rows) if generators is None else generators.bits
    wanted = wanted if enough is None else min(wanted, enough)
    columns = np.asarray(found.columns, dtype=np.int64)
    # over Q the scan has already tested the bordered minors modulo its own prime
    product = found.prime if L.degree == 1 and generators is None else 1
    rank, n = found.rank, L.shape[1]
    room = max(1, BATCH_BYTES // max(1, 4 * rank * n * L.degree))
    what = f"proving rank at most {rank}"
    while product.bit_length() <= wanted:
        missing = -(-(wanted + 1 - product.bit_length()) // 28)
        chosen = [next(supply, 0) for _ in range(min(missing, room, 24))]
        if 0 in chosen:
            raise Undecided(
                f"the 29-bit primes ran out while {what}; {budget.established}. Use route='flint'."
            )
        pairs = [(p, z) for p in chosen for z in roots_of_unity(order, p)]
        m = moduli(L, ready, pairs)
        X = np.zeros((len(pairs), rank, n), dtype=np.int32)
        kept = []
        for q, (p, _) in enumerate(pairs):
            if kernels.solve_pivots(_basis_modulo(ready, found, generators, m, q), columns, p, X[q]):
                kept.append(q)
        good = [p for p in chosen if all(q in kept for q, pair in enumerate(pairs) if pair[0] == p)]
        keep = np.array([q for q, pair in enumerate(pairs) if pair[0] in good], dtype=np.int64)
        if keep.size:
            m = m.only(keep)
            X = np.ascontiguousarray(X[keep])
            step = max(BLOCK * workers(), (1 << 25) // (n * len(keep)) // BLOCK * BLOCK)
            base = product.bit_length()
            gain = prod(good).bit_length()
            for at in range(0, L.shape[0], step):
                row, _, q = first_failure(ready, at, min(at + step, L.shape[0]), m, columns, X)
                if row >= 0:
                    return pairs[int(keep[q])]
                budget.spend(min(wanted, base + gain * at // L.shape[0]), wanted, what)
            product *= prod(good)
    return None
