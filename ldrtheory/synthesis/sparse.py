"""Sparse matrices as kaleidoscopes: width 2 for any of them, and width 4 without expansion for few entries.

sparse              any m x n matrix with s nonzero entries: (2, N/n), N = pow2(max(2, s + z))
sparse_unexpanded   the same in (4, N/n) with N = pow2(max(2, m, n, s)); N = n for s <= n = 2^L
sparse_product      a product of d sparse matrices: (2d, N/n), N from the largest layer

z is the larger of the numbers of empty rows and of empty columns. A slot is one entry, counted by columns on the way
in and by rows on the way out; between them a permutation takes the one order into the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from ldrtheory.errors import BadInput, ShapeMismatch
from ldrtheory.kaleidoscopes import KaleidoscopeProduct
from ldrtheory.linalg import Array
from ldrtheory.rings import Ring, ring_of
from ldrtheory.synthesis.chains import (
    Factors,
    constant,
    product_of,
    refuse_beyond_memory,
    size_for,
    transposed,
)
from ldrtheory.synthesis.entries import Entries, read_entries
from ldrtheory.synthesis.routing import permutation_factors, permutation_middle, routes


def _ranks(major: Array, minor: Array) -> Array:
    """Return the place of each entry when entries are sorted by (major, minor)."""
    order = np.lexsort((minor, major))
    out = np.empty(len(order), dtype=np.int64)
    out[order] = np.arange(len(order))
    return out


def _through(rows: Array, columns: Array, values: Array, size: int, ring: Ring) -> Factors:
    """Return the chain of width 2 of the matrix with the given entries, no row or column skipped in 0, 1, 2, ..."""
    count = len(rows)
    by_column, by_row = _ranks(columns, rows), _ranks(rows, columns)
    p = np.arange(size)
    p[by_column] = by_row
    middle = permutation_middle(p, ring)
    weights = constant(ring.zero, size)
    weights[by_row] = values
    middle[-1] = middle[-1].rows_scaled(weights)
    order = np.argsort(by_column)
    spread = routes(columns[order], np.arange(count), size, ring)
    order = np.argsort(by_row)
    return [*spread, *middle, *transposed(routes(rows[order], np.arange(count), size, ring))]


def sparse_factors(entries: Entries, size: int | None = None) -> Factors:
    """Return the chain of width 2 of a sparse matrix; empty rows and columns get explicit zeros that share slots.

    It reads positions 0..n-1 only and leaves zeros beyond position m-1, so that such chains may be concatenated.
    """
    empty_rows, empty_columns = entries.missing()
    z = max(len(empty_rows), len(empty_columns))
    N = size_for(entries.count + z, size)
    extra_rows, extra_columns = (np.full(z, e[0] if len(e) else 0) for e in (empty_rows, empty_columns))
    extra_rows[: len(empty_rows)], extra_columns[: len(empty_columns)] = empty_rows, empty_columns
    return _through(
        np.concatenate([entries.rows, extra_rows]),
        np.concatenate([entries.columns, extra_columns]),
        np.concatenate([entries.values, constant(entries.ring.zero, z)]),
        N,
        entries.ring,
    )


def sparse(
    source: Any, ring: Ring | None = None, shape: tuple[int, int] | None = None, size: int | None = None
) -> KaleidoscopeProduct:
    """Return any matrix as a member of (BB*)^2 of size N = pow2(max(2, s + z)), or of a larger size asked for.

    source: as in `read_entries`.  8 N log2 N parameters; (w, e) = (2, N/n), against (4 ceil(s/n), 4) as published
    (Dao et al., Kaleidoscope, Theorem 3). Every field.  Cost: O(N log^2 N) array steps for the permutation.

    >>> K = sparse([[0, 2, 0], [0, 3, "1/2"]])
    >>> K.width, K.size, K.entries().tolist()
    (2, 4, [[0, 2, 0], [0, 3, 1/2]])
    """
    entries = read_entries(source, ring, shape)
    what = f"a {entries.shape[0]} x {entries.shape[1]} matrix with {entries.count} nonzero entries"
    refuse_beyond_memory(2, size_for(max(entries.shape)), what)  # before anything of that size is allocated
    refuse_beyond_memory(2, size_for(entries.slots, size), what)
    return product_of(sparse_factors(entries, size), *entries.shape, entries.ring)


def sparse_unexpanded(
    source: Any, ring: Ring | None = None, shape: tuple[int, int] | None = None
) -> KaleidoscopeProduct:
    """Return a matrix as a member of (BB*)^4 of size N = pow2(max(2, m, n, s)): e = 1 for s <= n = 2^L.

    The nonempty columns are moved to the front, the entries go through width 2, the rows are moved to their places.

    >>> K = sparse_unexpanded([[0, 0, 0, 2], [0, 0, 0, 0], [5, 0, 0, 0], [0, 0, 0, 7]])
    >>> K.width, K.size, K.entries()[2].tolist()
    (4, 4, [5, 0, 0, 0])
    """
    entries = read_entries(source, ring, shape)
    N = size_for(max(*entries.shape, entries.count))
    refuse_beyond_memory(4, N, f"a matrix with {entries.count} nonzero entries, unexpanded,")
    compact_rows, r = np.unique(entries.rows, return_inverse=True)
    compact_columns, c = np.unique(entries.columns, return_inverse=True)
    gather, scatter = _gathered(compact_columns, N), np.argsort(_gathered(compact_rows, N))
    ring_ = entries.ring
    chain = [
        *permutation_factors(gather, ring_),
        *_through(r, c, entries.values, N, ring_),
        *permutation_factors(scatter, ring_),
    ]
    return product_of(chain, *entries.shape, ring_)


def _gathered(chosen: Array, size: int) -> Array:
    """Return the permutation that moves the chosen positions, in order, to 0, 1, 2, ... and the others behind."""
    order = np.concatenate([chosen, np.setdiff1d(np.arange(size), chosen)]).astype(np.int64)
    return np.argsort(order)


def sparse_product(
    factors: Sequence[Any], ring: Ring | None = None, size: int | None = None
) -> KaleidoscopeProduct:
    """Return the product of d sparse matrices, the leftmost applied last, as a member of (BB*)^(2d).

    (w, e) = (2d, N/n), N = pow2(max(2, the largest s + z of a factor)): one size for all, and no projectors.
    Raises ShapeMismatch naming both neighbours where shapes do not chain, BadInput for no factor at all.

    >>> sparse_product([[[1, 1]], [[1, 0], [2, 5]]]).entries().tolist()
    [[3, 5]]
    """
    layers = read_layers(factors, ring)
    refuse_beyond_memory(2 * len(layers), size_for(max(max(layer.shape) for layer in layers)), "a product")
    N = size_for(max(layer.slots for layer in layers), size)
    refuse_beyond_memory(2 * len(layers), N, f"a product of {len(layers)} sparse matrices")
    chain = [factor for layer in layers for factor in sparse_factors(layer, N)]
    return product_of(chain, layers[-1].shape[0], layers[0].shape[1], layers[0].ring)


def read_layers(factors: Sequence[Any], ring: Ring | None = None) -> list[Entries]:
    """Return the factors of a product, given leftmost first, as Entries over one ring in order of application."""
    given = [read_entries(factor, ring) for factor in factors]
    if not given:
        raise BadInput("a product of no factors; wanted at least one matrix.")
    for k, (left, right) in enumerate(pairwise(given)):
        if left.shape[1] != right.shape[0]:
            raise ShapeMismatch(
                f"factor {k} is {left.shape[0]} x {left.shape[1]} and factor {k + 1} is {right.shape[0]} x "
                f"{right.shape[1]}; wanted as many columns of the one as rows of the other: correct a factor."
            )
    common = ring_of(*(entries.values for entries in given)) if ring is None else ring
    return [read_entries(entries, common) for entries in reversed(given)]
