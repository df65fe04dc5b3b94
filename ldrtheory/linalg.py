"""Matrices over any ring: numpy object arrays whose entries carry `+ - *`.

matrix(m, n, entry)     the m x n array with the given entries
array(ring, rows)       rows of values, read into the ring
zeros, identity, diagonal_matrix, reversal      the usual constants
matmul(A, B, ...)       product, also for empty inner dimension
transpose, adjoint      M^T, and M^H over a ring with conjugation
kron, direct_sum        Kronecker product and block diagonal sum
equal(A, B)             whether two arrays have equal shapes and entries
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ldrtheory.errors import ShapeMismatch
from ldrtheory.rings import Ring

Array = np.ndarray


def matrix(rows: int, columns: int, entry: Callable[[int, int], Any]) -> Array:
    """Return the rows x columns object array with entry(i, j) in row i, column j.

    >>> matrix(2, 2, lambda i, j: i - j).tolist()
    [[0, -1], [1, 0]]
    """
    out = np.empty((rows, columns), dtype=object)
    for i in range(rows):
        for j in range(columns):
            out[i, j] = entry(i, j)
    return out


def array(ring: Ring, values: Any) -> Array:
    """Return `values` (nested sequences or an array, any shape) as an object array of elements of `ring`."""
    given = values if isinstance(values, np.ndarray) else _object_array(values)
    out = np.empty(given.shape, dtype=object)
    for index in np.ndindex(given.shape):
        out[index] = ring(given[index])
    return out


def _object_array(values: Any) -> Array:
    """Nested sequences of one depth as an object array, without numpy guessing at the elements."""
    shape: list[int] = []
    probe = values
    while isinstance(probe, Sequence | np.ndarray) and not isinstance(probe, str):
        shape.append(len(probe))
        if len(probe) == 0:
            break
        probe = probe[0]
    out = np.empty(shape, dtype=object)
    for index in np.ndindex(*shape):
        item = values
        for depth, k in enumerate(index):
            if len(item) != shape[depth]:
                raise ShapeMismatch(
                    f"rows of one length are wanted; found lengths {shape[depth]} and {len(item)}."
                )
            item = item[k]
        out[index] = item
    return out


def zeros(ring: Ring, *shape: int) -> Array:
    """Return the zero array of the given shape."""
    out = np.empty(shape, dtype=object)
    out.fill(ring.zero)
    return out


def identity(ring: Ring, n: int) -> Array:
    """Return the n x n identity matrix."""
    return diagonal_matrix([ring.one] * n, ring)


def diagonal_matrix(values: Sequence[Any], ring: Ring) -> Array:
    """Return D_x, the square matrix with `values` on its diagonal."""
    out = zeros(ring, len(values), len(values))
    for i, x in enumerate(values):
        out[i, i] = x
    return out


def reversal(ring: Ring, n: int) -> Array:
    """Return J, the n x n matrix with ones on the antidiagonal."""
    return identity(ring, n)[::-1].copy()


def matmul(ring: Ring, first: Array, *others: Array) -> Array:
    """Return the product of the arrays, left to right; also right when an inner dimension is 0.

    Raises ShapeMismatch naming both shapes where two neighbours do not chain.
    """
    product = first
    for factor in others:
        if product.shape[-1] != factor.shape[0]:
            raise ShapeMismatch(
                f"cannot multiply shapes {product.shape} and {factor.shape}: "
                f"{product.shape[-1]} columns against {factor.shape[0]} rows."
            )
        if factor.shape[0] == 0:
            product = zeros(ring, *product.shape[:-1], *factor.shape[1:])
        else:
            product = product @ factor
    return product


def transpose(M: Array) -> Array:
    """Return M^T."""
    return M.T


def adjoint(M: Array, ring: Ring) -> Array:
    """Return the conjugate transpose M^H."""
    out = np.empty(M.T.shape, dtype=object)
    for index in np.ndindex(out.shape):
        out[index] = ring.conjugate(M.T[index])
    return out


def kron(A: Array, B: Array) -> Array:
    """Return A (x) B with entry A[i,j] * B[k,l] in row i*p + k, column j*q + l for B of shape p x q."""
    (m, n), (p, q) = A.shape, B.shape
    return matrix(m * p, n * q, lambda i, j: A[i // p, j // q] * B[i % p, j % q])


def direct_sum(ring: Ring, *blocks: Array) -> Array:
    """Return the block diagonal matrix of the given blocks (rectangular blocks are allowed)."""
    out = zeros(ring, sum(b.shape[0] for b in blocks), sum(b.shape[1] for b in blocks))
    row = column = 0
    for block in blocks:
        out[row : row + block.shape[0], column : column + block.shape[1]] = block
        row, column = row + block.shape[0], column + block.shape[1]
    return out


def equal(A: Array, B: Array) -> bool:
    """Whether A and B have the same shape and equal entries."""
    return A.shape == B.shape and all(bool(x == y) for x, y in zip(A.flat, B.flat))
