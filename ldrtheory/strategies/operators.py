"""Displacement operators and pairs of them.

operators           operators of size n of every kind, also transposed
operator_pairs      Sylvester and Stein pairs that fit matrices of a given shape, on demand invertible ones only
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from ldrtheory.linalg import array
from ldrtheory.operators.banded import diagonal, path, shift, subdiagonal, tridiagonal
from ldrtheory.operators.composed import blocks, dense, identity, zero
from ldrtheory.operators.displacement import Displacement, Stein, Sylvester
from ldrtheory.operators.invertibility import is_invertible
from ldrtheory.operators.operator import Operator
from ldrtheory.rings import Ring
from ldrtheory.strategies.elements import elements

_TRIES = 3  # pairs drawn before the simplest invertible one of the kind is taken


def operators(n: int, ring: Ring) -> st.SearchStrategy[Operator]:
    """Return a strategy for operators of size n with parameters in the ring, of every kind, also transposed."""
    x = elements(ring)

    def vector(k: int) -> st.SearchStrategy[list[Any]]:
        return st.lists(x, min_size=k, max_size=k)

    corners = (x, x) if n >= 3 else ()
    plain = [
        x.map(lambda f: shift(n, f=f)),
        st.sampled_from([identity(n), zero(n)]),
        vector(n).map(diagonal),
        vector(n).map(lambda v: subdiagonal(v, n)),
        st.builds(tridiagonal, vector(n - 1), vector(n), vector(n - 1), *corners),
        st.builds(lambda a, b: path(a, b, n), x, x),
        vector(n * n).map(lambda v: dense(array(ring, v).reshape(n, n))),
    ]
    one = st.one_of(plain)
    if n >= 2:
        halves = st.builds(
            lambda k, f, v: blocks([shift(f=f), diagonal(v[: n - k])], [k, n - k]),
            st.integers(1, n - 1),
            x,
            vector(n),
        )
        one = st.one_of([*plain, halves])
    return st.tuples(one, st.booleans()).map(lambda pair: pair[0].T if pair[1] else pair[0])


def operator_pairs(
    shape: tuple[int, int] | int, ring: Ring, invertible: bool = False
) -> st.SearchStrategy[Displacement]:
    """Return a strategy for Sylvester and Stein pairs that fit matrices of the given shape (an int: square ones).

    invertible: only pairs whose displacement operator is a bijection.  Nothing is filtered out: of three drawn
    pairs the first bijective one is taken, and (identity, zero) or the Stein pair (zero, zero) where all are singular.

    >>> from hypothesis import find
    >>> from ldrtheory import QQ
    >>> print(find(operator_pairs(2, QQ, invertible=True), lambda d: True))
    Sylvester(identity, zero)
    """
    m, n = (shape, shape) if isinstance(shape, int) else shape
    left, right = operators(m, ring), operators(n, ring)
    pairs: st.SearchStrategy[Displacement] = st.builds(Sylvester, left, right) | st.builds(Stein, left, right)
    if not invertible:
        return pairs

    def first(drawn: list[Displacement]) -> Displacement:
        simplest = Stein(zero(m), zero(n)) if isinstance(drawn[0], Stein) else Sylvester(identity(m), zero(n))
        return next((d for d in drawn if is_invertible(d, (m, n), ring)), simplest)

    return st.lists(pairs, min_size=_TRIES, max_size=_TRIES).map(first)
