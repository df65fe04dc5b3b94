"""Matrices of low rank as kaleidoscopes of width 1.

outer       u v^T in BB* itself: the star part collects v^T x on wire 0, the B part spreads it along u
low_rank    a matrix of rank r as a parallel sum of r outer products: (1, pow2(r)) for n = 2^L
general     any matrix, its columns (or rows) as outer products with unit vectors: (1, pow2(min(m, n)))
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ldrtheory.errors import BadInput
from ldrtheory.kaleidoscopes import ButterflyFactor, KaleidoscopeProduct, levels
from ldrtheory.linalg import Array
from ldrtheory.operators.generator import factorised
from ldrtheory.rings import QQ, Ring
from ldrtheory.synthesis.chains import (
    Factors,
    constant,
    from_masks,
    product_of,
    refuse_beyond_memory,
    size_for,
    transposed,
)
from ldrtheory.synthesis.entries import read_entries
from ldrtheory.synthesis.sums import parallel_sum


def _spread(u: Array, ring: Ring) -> Factors:
    """Return the chain of B, bits 0..L-1, that sends wire 0 to u[k] times itself on wire k; all else to zero."""
    size = len(u)
    L, position = levels(size), np.arange(size)
    out = [
        from_masks(b, position < 1 << b, (position >= 1 << b) & (position < 2 << b), ring)
        for b in range(L - 1)
    ]
    upper, zeros = position < size // 2, constant(ring.zero, size)
    return [*out, ButterflyFactor(L - 1, np.where(upper, u, zeros), np.where(upper, zeros, u))]


def _extended(values: Sequence[Any] | Array, size: int, ring: Ring) -> Array:
    out = constant(ring.zero, size)
    out[: len(values)] = [ring(x) for x in values]
    return out


def outer(
    u: Sequence[Any] | Array, v: Sequence[Any] | Array, ring: Ring = QQ, size: int | None = None
) -> KaleidoscopeProduct:
    """Return u v^T as a member of BB* of size N = pow2(max(2, m, n)); (w, e) = (1, 1) for m = n = 2^L.

    At most 4 (N - 1) nonzero entries. Over a field with conjugation, u v^H is outer(u, conjugate of v).

    >>> K = outer([1, 2], [3, "1/2"])
    >>> K.width, K.size, K.entries().tolist()
    (1, 2, [[3, 1/2], [6, 1]])
    """
    m, n = len(u), len(v)
    if not m or not n:
        raise BadInput(f"an outer product of {m} and {n} entries; wanted at least one entry in each vector.")
    N = size_for(max(m, n), size)
    refuse_beyond_memory(1, N, f"an outer product of {m} and {n} entries")
    collect = transposed(_spread(_extended(v, N, ring), ring))
    return product_of([*collect, *_spread(_extended(u, N, ring), ring)], m, n, ring)


def low_rank(source: Any, ring: Ring | None = None) -> KaleidoscopeProduct:
    """Return a matrix of rank r >= 1 as a member of BB* of size pow2(r) N0, N0 = pow2(max(2, m, n)).

    (w, e) = (1, pow2(r)) for m = n = 2^L, against (r, 4) and more as published for sums of r outer products. The rank
    and the outer products come from one elimination.  The zero matrix is u v^T with u = v = 0.

    >>> K = low_rank([[1, 2], [2, 4]])
    >>> K.width, K.size
    (1, 2)
    """
    entries = read_entries(source, ring)
    m, n = entries.shape
    N0 = size_for(max(m, n))
    refuse_beyond_memory(1, N0, f"a matrix of shape {m} x {n}")
    if entries.count == 0:
        zero = entries.ring.zero
        return outer([zero] * m, [zero] * n, entries.ring)
    U, V = factorised(entries.dense(), entries.ring)
    return parallel_sum(*(outer(U[:, k], V[:, k], entries.ring) for k in range(U.shape[1])))


def general(source: Any, ring: Ring | None = None) -> KaleidoscopeProduct:
    """Return any m x n matrix as a member of BB* of size pow2(min(m, n)) N0: its lines times unit vectors.

    A full n x n matrix needs the same size in width 2 as a sparse one, hence twice the numbers stored here.

    >>> K = general([[1, 2], [3, 4]])
    >>> K.width, K.size, K.entries().tolist()
    (1, 4, [[1, 2], [3, 4]])
    """
    entries = read_entries(source, ring)
    (m, n), field = entries.shape, entries.ring
    by_columns = n <= m
    M = entries.dense() if by_columns else entries.dense().T
    unit = np.array([field.zero, field.one], dtype=object)
    N0 = size_for(max(m, n))
    refuse_beyond_memory(1, N0 << (min(m, n) - 1).bit_length(), f"a full matrix of shape {m} x {n}")
    terms = []
    for k in range(min(m, n)):
        e = unit[(np.arange(min(m, n)) == k).astype(np.intp)]
        terms.append(outer(M[:, k], e, field) if by_columns else outer(e, M[:, k], field))
    return parallel_sum(*terms)
