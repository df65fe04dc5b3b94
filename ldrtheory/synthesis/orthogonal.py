"""Reflections and orthogonal matrices as kaleidoscopes, without square roots.

reflection      I - 2 u u^T / (u^T u) as a member of BB*, with rational factors
mirrors         the vectors of the reflections of which an orthogonal matrix is the product
orthogonal      an n x n orthogonal matrix as a product of at most n reflections: (n, 1) for n = 2^L
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ldrtheory.errors import BadInput, NotInvertible, ShapeMismatch
from ldrtheory.kaleidoscopes import ButterflyFactor, KaleidoscopeProduct, bit_pattern, levels
from ldrtheory.linalg import Array, array, equal, identity, matmul
from ldrtheory.rings import QQ, Ring
from ldrtheory.synthesis.chains import (
    Factors,
    constant,
    identities,
    inverted,
    product_of,
    refuse_beyond_memory,
    size_for,
)


def _unfolding(u: Array, ring: Ring) -> Factors:
    """Return the chain of B, bits 0..L-1, with first column u and all other columns orthogonal to u.

    Built from the highest bit down: at a pair (i, j) with values a, c of u the block is [[a, -q], [c, p]], p and q the
    weights that make the second column orthogonal; a p + c q is its determinant and the weight of the next level.
    """
    size = len(u)
    one, zero = ring.one, ring.zero
    values, weights = u.copy(), u.copy()
    chain: Factors = []
    for bit in range(levels(size) - 1, -1, -1):
        d, o = constant(one, size), constant(zero, size)
        half = 1 << bit
        for i in range(half):
            j = i + half
            a, c, p, q = values[i], values[j], weights[i], weights[j]
            if a == 0 and c == 0:
                weights[i] = zero
                continue
            d[i], o[i], o[j], d[j] = a, -q, c, p
            values[i], weights[i] = one, a * p + c * q
            if weights[i] == 0:
                raise NotInvertible(
                    f"a reflection along a vector with a vanishing sum of squares at bit {bit}, position {i}, in "
                    f"{ring.name}; wanted every partial sum of squares nonzero, as it is over Q."
                )
        chain.append(ButterflyFactor(bit, d, o))
    return chain[::-1]


def reflection(u: Sequence[Any] | Array, ring: Ring = QQ) -> KaleidoscopeProduct:
    """Return I - 2 u u^T / (u^T u) as a member of BB* of size pow2(max(2, n)): (1, 1) for n = 2^L, over Q.

    It is B diag(-1, 1, ..., 1) B^-1, the first column of B being u and the others orthogonal to it.
    Raises BadInput for u = 0 and in characteristic 2, NotInvertible where a partial sum of squares vanishes.

    >>> reflection([1, 1]).entries().tolist()
    [[0, -1], [-1, 0]]
    """
    n = len(u)
    N = size_for(max(1, n))
    refuse_beyond_memory(1, N, f"a reflection of size {n}")
    vector = constant(ring.zero, N)
    vector[:n] = [ring(x) for x in u]
    if not any(x != 0 for x in vector):
        raise BadInput(f"a reflection along {n} zeros; wanted a vector with an entry that is not zero.")
    if ring.characteristic == 2:
        raise BadInput(f"a reflection over {ring.name}, where 2 = 0; wanted another characteristic.")
    rising = _unfolding(vector, ring)
    falling = inverted(rising, ring)
    signs = constant(ring.one, N)
    signs[0] = -ring.one
    falling[-1] = falling[-1].rows_scaled(signs)
    return product_of([*falling, *rising], n, n, ring)


def mirrors(Q: Any, ring: Ring = QQ) -> list[Array]:
    """Return at most n vectors of which the orthogonal matrix Q is the product of the reflections, in this order.

    Column after column: the reflection along Q e_j - e_j takes Q e_j to e_j and leaves e_0, ..., e_(j-1) alone.
    Raises BadInput for a matrix that is not orthogonal.
    """
    M = array(ring, Q)
    if M.ndim != 2 or M.shape[0] != M.shape[1]:
        raise ShapeMismatch(f"an orthogonal matrix of shape {M.shape}; wanted a square one.")
    n = M.shape[0]
    if n == 0 or not equal(matmul(ring, M.T, M), identity(ring, n)):
        raise BadInput(
            "Q^T Q is not the identity; wanted a matrix with orthonormal columns: correct its entries."
        )
    found = []
    for j in range(n):
        u = M[:, j].copy()
        u[j] = u[j] - ring.one
        if any(x != 0 for x in u):
            found.append(u)
            M = M - np.multiply.outer(u, ring.inverse(u @ u) * ring(2) * (u @ M))
    return found


def orthogonal(Q: Any, ring: Ring = QQ) -> KaleidoscopeProduct:
    """Return a matrix with Q^T Q = I as a product of at most n reflections: width at most n, size pow2(max(2, n)).

    Raises BadInput for a matrix that is not orthogonal.

    >>> orthogonal([["3/5", "-4/5"], ["4/5", "3/5"]]).width
    2
    """
    vectors = mirrors(Q, ring)
    n = len(Q)
    N = size_for(n)
    refuse_beyond_memory(max(1, len(vectors)), N, f"an orthogonal matrix of size {n}")
    chain = [factor for u in reversed(vectors) for factor in reflection(u, ring).factors]
    return product_of(chain or identities(bit_pattern("BB*", 1, N), N, ring), n, n, ring)
