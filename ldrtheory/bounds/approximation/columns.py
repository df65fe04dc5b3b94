"""Matrices of displacement rank at most 1 with a given column: the values of the construction, and what certifies them.

Embedded        one matrix with a given column or row, and its generators
ColumnMap       the linear map v -> M with M e_i = v and residual g h^T, the same h for all v
checked_column, vector_of, check_place      the input of the construction, read and checked
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ldrtheory.certify.equality import operator_is, product_equals, rank_at_most
from ldrtheory.errors import BadInput, ShapeMismatch
from ldrtheory.linalg import Array, array, identity, matmul
from ldrtheory.operators import Displacement, Stein, blocks
from ldrtheory.operators.generator import Generated
from ldrtheory.operators.invertibility import Shape
from ldrtheory.rings import Ring

Json = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Embedded:
    """A matrix with a given column or row, and the generators of its residual.

    value   the matrix M with its pair and G (m, 1), H (n, 1): the residual is G H^T
    vector  what the column (or row) is; index which one; side "column" or "row"
    """

    value: Generated
    vector: Array
    index: int
    side: str = "column"

    @property
    def g(self) -> Array:
        """The left generator, (m,)."""
        return self.value.G[:, 0]

    @property
    def h(self) -> Array:
        """The right generator, (n,)."""
        return self.value.H[:, 0]

    @property
    def matrix(self) -> Array:
        """M, (m, n)."""
        return self.value.matrix

    def statements(self) -> tuple[Json, ...]:
        """Return what certifies it: the displacement rank of M is at most 1, and its column (row) is the vector."""
        ring, M, (m, n) = self.value.ring, self.matrix, self.value.shape
        if self.side == "column":
            place = product_equals([M, identity(ring, n)[:, [self.index]]], self.vector.reshape(-1, 1), ring)
        else:
            place = product_equals([identity(ring, m)[[self.index]], M], self.vector.reshape(1, -1), ring)
        return rank_at_most(self.value), place


@dataclass(frozen=True, eq=False)
class ColumnMap:
    """The linear map v -> M_v with M_v e_i = v and residual g_v h^T, the same h for all v.

    M_v = sum over k < D of w_k (h^T B^k), where h^T q(B) = 0 for a monic q of degree D, u = `scale` v, and
    Sylvester: w_(D-1) = u, w_(k-1) = A w_k + q_k u; the residual is q(A) u h^T;
    Stein: w_0 = sum over j > 0 of q_j A^(D-j) u, w_k = A w_(k-1) - q_k A^D u; the residual is (rev q)(A) u h^T.

    rule    "invertible", "missed" or "coprime"; q constant first; scale (m, m)
    """

    displacement: Displacement
    shape: Shape
    index: int
    rule: str
    h: Array
    q: tuple[Any, ...]
    scale: Array
    ring: Ring

    def at(self, v: Any) -> Embedded:
        """Return M_v with its generators.  v: (m,).  Cost: 2 D products with A, D with B, and m n D for the matrix."""
        v = vector_of(v, self.shape[0], self.ring)
        (M,), g = self._values(v.reshape(-1, 1))
        value = Generated(self.displacement, g, self.h.reshape(-1, 1), M, self.ring)
        return Embedded(value, v, self.index)

    def _values(self, V: Array) -> tuple[list[Array], Array]:
        """The matrices for the columns of V, and their generators g side by side."""
        ring, A, q, D = self.ring, self.displacement.left, self.q, len(self.q) - 1
        rows = [self.h.reshape(1, -1)]
        while len(rows) < D:
            rows.append(self.displacement.right.rtimes(rows[-1], ring))
        u = matmul(ring, self.scale, V)
        if isinstance(self.displacement, Stein):
            powers = [u]  # A^k u
            while len(powers) <= D:
                powers.append(A.times(powers[-1], ring))
            W = [sum((powers[D - j] * q[j] for j in range(1, D)), powers[0])]
            for k in range(1, D):
                W.append(A.times(W[-1], ring) - powers[D] * q[k])
            g = W[0] + powers[D] * q[0]
        else:
            W = [u]
            for k in range(D - 1, 0, -1):
                W.insert(0, A.times(W[0], ring) + u * q[k])
            g = A.times(W[0], ring) + u * q[0]
        stack, K = np.stack(W, axis=2), np.concatenate(rows)
        return [matmul(ring, stack[:, c], K) for c in range(V.shape[1])], g

    def all_vectors(self) -> Generated:
        """Return the matrices for v = e_0, ..., e_(m-1) on top of one another: (m^2, n), for (A + ... + A, B).

        Its residual is one vector times h^T, so it has displacement rank at most 1, and its column i is that of all
        unit vectors; since everything is linear in v, this one matrix shows the column universal.
        """
        (m, _), ring, d = self.shape, self.ring, self.displacement
        matrices, g = self._values(identity(ring, m))
        pair = type(d)(blocks([d.left] * m, [m] * m), d.right)
        G = g.T.reshape(-1, 1)
        return Generated(pair, G, self.h.reshape(-1, 1), np.concatenate(matrices), ring)

    def statements(self, stacked: bool = False) -> tuple[Json, ...]:
        """Return what certifies that every v is column i of an M of displacement rank at most 1.

        For v = e_0, ..., e_(m-1): the rank of M_v, with the same right generator h, and its column; the sum of
        v_k M_(e_k) then has the residual (sum of v_k g_k) h^T.  stacked: instead one matrix, `all_vectors`, where h
        need not be looked at.  For the rule "invertible" also that the operator is a bijection: g and h determine M.
        """
        (m, n), ring = self.shape, self.ring
        bijection = (operator_is(self.displacement, self.shape, ring),) if self.rule == "invertible" else ()
        if not stacked:
            return (*(s for v in identity(ring, m) for s in self.at(v).statements()), *bijection)
        tall = self.all_vectors()
        unit, units = identity(ring, n)[:, [self.index]], identity(ring, m).reshape(-1, 1)
        return (rank_at_most(tall, 1), product_equals([tall.matrix, unit], units, ring), *bijection)


def checked_column(v: Any, d: Displacement, shape: Shape, i: int, ring: Ring) -> Array:
    """Return v over the ring, after checking that it, the index and the operators fit the shape."""
    check_place(d, shape, i, ring)
    return vector_of(v, shape[0], ring)


def vector_of(v: Any, m: int, ring: Ring) -> Array:
    """Return v over the ring as a vector of length m."""
    v = array(ring, v)
    if v.ndim != 1 or len(v) != m:
        raise ShapeMismatch(f"a vector of length {m} is wanted, one entry per row of M; got shape {v.shape}.")
    return v


def check_place(d: Displacement, shape: Shape, i: int, ring: Ring) -> None:
    """Refuse an index outside of the columns, an inexact field, and operators of other sizes."""
    if not isinstance(i, int) or isinstance(i, bool) or not 0 <= i < shape[1]:
        raise BadInput(f"column {i!r} of {shape[1]} columns: an index from 0 to {shape[1] - 1} is wanted.")
    if not ring.exact:
        raise BadInput(f"the construction decides on entries and wants an exact field; got {ring.name}.")
    d.left.sized(shape[0])
    d.right.sized(shape[1])
