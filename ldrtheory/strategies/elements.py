"""Fields and their elements.

rings               exact fields: Q, prime fields, cyclotomic fields
elements            elements of a ring, shrinking to 0, 1 and small integers
vectors, matrices   arrays of elements of a given shape
drawn_elements      many elements in one draw
small_elements      256 elements of a ring, small ones first: what one drawn byte chooses
made                what a function makes of what is drawn; failing examples show what was made, not how
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
from hypothesis import strategies as st

from ldrtheory.linalg import Array
from ldrtheory.rings import (
    GAUSSIAN,
    GF,
    QQ,
    BooleanSemiring,
    Cyclotomic,
    CyclotomicField,
    PrimeField,
    RationalFunctions,
    Ring,
)

Made = TypeVar("Made")

_NUMERATORS = st.integers(-12, 12)
_RATIONALS = _NUMERATORS | st.builds(Fraction, _NUMERATORS, st.integers(1, 6))


def elements(ring: Ring) -> st.SearchStrategy[Any]:
    """Return a strategy for elements of the ring, mostly small; every element of a finite field is reached.

    Floats and balls are small multiples of 1/64, so that sums and products of a few are exact.
    """
    raw: st.SearchStrategy[Any] = _RATIONALS
    if isinstance(ring, PrimeField):
        raw = st.integers(0, min(ring.p - 1, 12)) | st.integers(0, ring.p - 1)
    elif isinstance(ring, BooleanSemiring):
        raw = st.booleans()
    elif isinstance(ring, CyclotomicField):
        raw = _RATIONALS | st.lists(_NUMERATORS, min_size=ring.degree, max_size=ring.degree)
    elif isinstance(ring, RationalFunctions):
        raw = _RATIONALS | st.sampled_from((0, 1, *ring.variables))
    elif not ring.exact:
        raw = st.integers(-512, 512).map(lambda k: Fraction(k, 64))
    return raw.map(ring)


@lru_cache(maxsize=64)
def small_elements(ring: Ring) -> tuple[Any, ...]:
    """Return 256 elements: 0, 1, -1, 2, ..., -32, fractions, and elements that only this ring has."""
    if isinstance(ring, BooleanSemiring):
        return tuple(ring(k % 2) for k in range(256))
    integers = [ring((k + 1) // 2 * (1 if k % 2 else -1)) for k in range(64)]
    if isinstance(ring, PrimeField):
        return (*integers, *(ring(k * (ring.p // 192) + k) for k in range(1, 193)))
    fractions = [Fraction(k - 48 - (k <= 48), 2 if k % 2 else 8) for k in range(96)]
    values = [*integers, *(ring(x) for x in fractions)]
    if isinstance(ring, CyclotomicField):
        powers = [ring.zeta**k for k in range(ring.order)]
        return (
            *values,
            *(powers[k % ring.order] * ring(k // ring.order + 1) + ring(k % 5) for k in range(96)),
        )
    if isinstance(ring, RationalFunctions):
        return (*values, *(ring.variables[k % len(ring.variables)] + k // 32 for k in range(96)))
    return (*values, *(ring(Fraction(64 * k + 1, 64)) for k in range(96)))


@st.composite
def made(draw: Callable[..., Any], strategy: st.SearchStrategy[Any], make: Callable[[Any], Made]) -> Made:
    """Return a strategy for make(x), as `strategy.map(make)`; a failing example shows make(x) itself, not the call."""
    return make(draw(strategy))


_ALPHABETS = (256, 256, 2, 3)  # how many of the small elements occur in one array


def drawn_elements(count: int, ring: Ring) -> st.SearchStrategy[Iterator[Any]]:
    """Return a strategy for `count` elements at once: a quarter of the draws are of 0 and 1, a quarter of 0, 1 and -1.

    One draw of bytes, whatever the count; the small alphabets are what makes low ranks come up.
    """
    table = small_elements(ring)

    def read(drawn: bytes) -> Iterator[Any]:
        alphabet = _ALPHABETS[drawn[0] % 4]
        return (table[k % alphabet] for k in drawn[1:])

    return made(st.binary(min_size=count + 1, max_size=count + 1), read)


def rings() -> st.SearchStrategy[Ring]:
    """Return a strategy for exact fields: Q first, then small and large prime fields, Gaussian and cyclotomic ones.

    >>> from hypothesis import find
    >>> find(rings(), lambda ring: True)
    Q
    """
    return st.sampled_from(
        [QQ, GF(2), GF(3), GF(7), GF((1 << 61) - 1), GAUSSIAN, Cyclotomic(3), Cyclotomic(8)]
    )


def vectors(n: int, ring: Ring) -> st.SearchStrategy[Array]:
    """Return a strategy for vectors of length n over the ring."""
    return made(matrices((1, n), ring), lambda M: M[0])


def matrices(shape: tuple[int, int], ring: Ring) -> st.SearchStrategy[Array]:
    """Return a strategy for matrices of the given shape without any structure, as object arrays over the ring.

    >>> from hypothesis import find
    >>> find(matrices((2, 2), QQ), lambda M: M[0, 1] != 0).tolist()
    [[0, 1], [0, 0]]
    """
    m, n = shape

    def read(values: Iterator[Any]) -> Array:
        out = np.empty(m * n, dtype=object)
        out[:] = list(values)
        return out.reshape(m, n)

    return made(drawn_elements(m * n, ring), read)
