"""Pairs (inside, outside) that differ in one thing only: what a check must tell apart.

one_entry_away      a matrix and the same with one entry changed
one_ulp_away        a float64 matrix and the same with one entry moved to a neighbouring float
one_rank_away       matrices of displacement rank r and r + 1 whose difference has displacement rank 1
one_operator_away   two pairs of operators of which one operator differs in one parameter
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from ldrtheory.errors import ShapeMismatch
from ldrtheory.linalg import Array
from ldrtheory.operators.composed import dense
from ldrtheory.operators.displacement import Displacement
from ldrtheory.operators.recover import recover
from ldrtheory.rings import Ring
from ldrtheory.strategies.elements import elements, made
from ldrtheory.strategies.operators import operator_pairs
from ldrtheory.strategies.ranks import generators


def _nonzero(ring: Ring) -> st.SearchStrategy[Any]:
    return elements(ring).map(lambda x: ring.one if ring.is_zero(x) else x)


def one_entry_away(
    matrices: st.SearchStrategy[Array], ring: Ring, inside: Callable[[Array], bool] | None = None
) -> st.SearchStrategy[tuple[Array, Array]]:
    """Return a strategy for pairs (M, M') of matrices that differ in exactly one entry.

    inside: the class that M' must leave; every place is tried, from the first on, and an M that cannot leave the class
    in one step is discarded.

    >>> from hypothesis import find
    >>> from ldrtheory import QQ, Toeplitz, members
    >>> toeplitz = members(Toeplitz(2), QQ).map(lambda member: member.entries())
    >>> M, other = find(one_entry_away(toeplitz, QQ, lambda X: X[0, 0] == X[1, 1]), lambda pair: True)
    >>> other.tolist()
    [[1, 0], [0, 0]]
    """

    @st.composite
    def pairs(draw: Callable[..., Any]) -> tuple[Array, Array]:
        M, change = draw(matrices), draw(_nonzero(ring))
        places = list(np.ndindex(M.shape))
        start = draw(st.integers(0, len(places) - 1))
        for place in places[start:] + places[:start]:
            other = M.copy()
            other[place] = other[place] + change
            if inside is None or not inside(other):
                return M, other
        assume(False)
        raise AssertionError  # assume has left already

    return pairs()


@st.composite
def one_ulp_away(
    draw: Callable[..., Any], matrices: st.SearchStrategy[Array]
) -> tuple[np.ndarray, np.ndarray]:
    """Return a strategy for pairs (M, M') of float64 matrices; one entry of M' is the next float up or down.

    matrices: of anything that float64 holds or rounds.

    >>> from hypothesis import find
    >>> from ldrtheory import QQ
    >>> from ldrtheory.strategies import matrices
    >>> M, other = find(one_ulp_away(matrices((1, 1), QQ)), lambda pair: pair[0][0, 0] == 1)
    >>> float(other[0, 0] - 1) == 2.0**-52
    True
    """
    drawn = draw(matrices)
    M = np.array([float(x) if isinstance(x, float) else int(x.p) / int(x.q) for x in drawn.flat])
    M = M.reshape(drawn.shape)
    place = tuple(draw(st.integers(0, k - 1)) for k in M.shape)
    other = M.copy()
    other[place] = np.nextafter(other[place], draw(st.sampled_from([np.inf, -np.inf])))
    return M, other


def one_rank_away(
    rank: int, operators: Displacement, shape: tuple[int, int] | int, ring: Ring
) -> st.SearchStrategy[tuple[Array, Array]]:
    """Return a strategy for pairs of matrices of displacement rank exactly `rank` and `rank` + 1.

    Their difference has displacement rank 1.  Raises NotInvertible for a pair whose operator is singular.

    >>> from hypothesis import find
    >>> from ldrtheory import QQ, Sylvester, displacement_rank, shift
    >>> pair = Sylvester(shift(f=1), shift(f=-1))
    >>> M, other = find(one_rank_away(1, pair, 2, QQ), lambda pair: True)
    >>> displacement_rank(M, pair), displacement_rank(other, pair)
    (1, 2)
    """
    m, n = (shape, shape) if isinstance(shape, int) else shape
    if not 0 <= rank < min(m, n):
        raise ShapeMismatch(
            f"displacement ranks {rank} and {rank + 1} of {m} x {n} matrices; wanted a rank from 0 to {min(m, n) - 1}."
        )

    def recovered(pair: tuple[Array, Array]) -> tuple[Array, Array]:
        G, H = pair
        return recover(G[:, :rank], H[:, :rank], operators, ring), recover(G, H, operators, ring)

    return made(generators((m, n), rank + 1, ring), recovered)


@st.composite
def one_operator_away(
    draw: Callable[..., Any], shape: tuple[int, int] | int, ring: Ring
) -> tuple[Displacement, Displacement]:
    """Return a strategy for pairs of displacements that differ in one entry of one operator.

    >>> from hypothesis import find
    >>> from ldrtheory import QQ
    >>> d, other = find(one_operator_away(1, QQ), lambda pair: True)
    >>> print(other)
    Sylvester(dense[1 x 1], shift(0))
    """
    m, n = (shape, shape) if isinstance(shape, int) else shape
    d = draw(operator_pairs((m, n), ring))
    side, size = draw(st.sampled_from([("left", m), ("right", n)]))
    changed = getattr(d, side).matrix(ring, size).copy()
    place = draw(st.integers(0, size - 1)), draw(st.integers(0, size - 1))
    changed[place] = changed[place] + draw(_nonzero(ring))
    return d, replace(d, **{side: dense(changed)})
