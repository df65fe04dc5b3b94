"""Matrices of a given displacement rank, exactly.

generators                      (G, H) of independent columns
matrices_of_displacement_rank   the matrices that they determine
"""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from ldrtheory.errors import BadInput, ShapeMismatch
from ldrtheory.linalg import Array, identity
from ldrtheory.operators.displacement import Displacement
from ldrtheory.operators.invertibility import is_invertible
from ldrtheory.operators.recover import recover
from ldrtheory.rings import Ring
from ldrtheory.strategies.elements import made, matrices


def _independent(n: int, rank: int, ring: Ring) -> st.SearchStrategy[Array]:
    """n x rank matrices whose rows, in some order, begin with a unit lower triangular matrix."""

    def column_echelon(drawn: tuple[Array, list[int]]) -> Array:
        X, order = drawn[0].copy(), drawn[1]
        X[:rank] = np.tril(X[:rank], -1) + identity(ring, rank) if rank else X[:rank]
        return X[order]

    return made(st.tuples(matrices((n, rank), ring), st.permutations(range(n))), column_echelon)


def generators(shape: tuple[int, int], rank: int, ring: Ring) -> st.SearchStrategy[tuple[Array, Array]]:
    """Return a strategy for pairs (G, H), (m, rank) and (n, rank), each of independent columns: G H^T has that rank.

    >>> from hypothesis import find
    >>> from ldrtheory import QQ
    >>> G, H = find(generators((2, 3), 1, QQ), lambda pair: True)
    >>> G.tolist(), H.tolist()
    ([[1], [0]], [[1], [0], [0]])
    """
    if not 0 <= rank <= min(shape):
        raise ShapeMismatch(
            f"generators of rank {rank} for {shape[0]} x {shape[1]} matrices; wanted a rank from 0 to {min(shape)}."
        )
    return st.tuples(_independent(shape[0], rank, ring), _independent(shape[1], rank, ring))


def matrices_of_displacement_rank(
    rank: int, operators: Displacement, shape: tuple[int, int] | int, ring: Ring
) -> st.SearchStrategy[Array]:
    """Return a strategy for the matrices whose displacement rank for the pair is exactly `rank`.

    shape: (m, n), or n for square ones.  Every such matrix is reached up to the choice of the elements drawn: it is
    recovered from a generator of independent columns.  Raises BadInput for a pair whose operator is singular.

    >>> from hypothesis import find
    >>> from ldrtheory import QQ, Sylvester, displacement_rank, shift
    >>> pair = Sylvester(shift(f=1), shift(f=-1))
    >>> displacement_rank(find(matrices_of_displacement_rank(2, pair, 3, QQ), lambda M: True), pair)
    2
    """
    m, n = shape = (shape, shape) if isinstance(shape, int) else shape
    if not is_invertible(operators, shape, ring):
        raise BadInput(
            f"{operators} on {m} x {n} matrices over {ring.name} is singular, so that a generator does not determine "
            "its matrix; wanted an invertible pair: operator_pairs(..., invertible=True) draws them."
        )
    return made(generators(shape, rank, ring), lambda pair: recover(pair[0], pair[1], operators, ring))
