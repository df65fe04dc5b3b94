"""Hypothesis strategies, derived from the slots of a family.

elements(ring)                  elements, shrinking to 0, 1 and small integers
members(family, ring)           members of a class, an instance or a family name, shrinking to small sizes
operators(n, ring)              operators of size n of every kind
operator_pairs(shape, ring)     Sylvester and Stein pairs for matrices of the given shape
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

from hypothesis import strategies as st

from ldrtheory.errors import BadInput
from ldrtheory.families import Family, Member
from ldrtheory.families.catalogue import family_named
from ldrtheory.linalg import array
from ldrtheory.operators.banded import diagonal, path, shift, subdiagonal, tridiagonal
from ldrtheory.operators.composed import blocks, dense, identity, zero
from ldrtheory.operators.displacement import Displacement, Stein, Sylvester
from ldrtheory.operators.operator import Operator
from ldrtheory.rings import (
    BooleanSemiring,
    CyclotomicField,
    PrimeField,
    RationalFunctions,
    Ring,
)

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
def _small_elements(ring: Ring) -> tuple[Any, ...]:
    """Return 256 elements: 0, 1, -1, 2, -2, ..., then fractions, then elements that only this ring has."""
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


def _instances(family: type[Family] | Family | str, ring: Ring, max_size: int) -> list[Family]:
    if isinstance(family, str):
        family = family_named(family)
    given = [family] if isinstance(family, Family) else list(family.up_to(max_size))
    alive = [instance for instance in given if instance.lives_in(ring)]
    if not alive:
        name = family if isinstance(family, Family) else family.__name__
        raise BadInput(
            f"{name} has no member over {ring.name} of size at most {max_size}; "
            f"choose a larger size or another field (an instance's field() says which holds it)."
        )
    return sorted(alive, key=lambda instance: sum(instance.shape))


def members(family: type[Family] | Family | str, ring: Ring, max_size: int = 6) -> st.SearchStrategy[Member]:
    """Return a strategy for members of a family (class, instance or name) with sides of at most max_size.

    Parameters are drawn freely and then repaired, so nothing is ever filtered out; examples shrink to the
    smallest size and to parameters 0, 1 and small integers.  Raises BadInput where no size lives in the ring.
    """
    table = _small_elements(ring)

    def params(instance: Family) -> st.SearchStrategy[Member]:
        count = sum(slot.size for slot in instance.slots())

        def member(values: bytes) -> Member:
            stream = iter(values)
            p = instance.filled(lambda: table[next(stream)])
            return Member(instance, instance.repaired(p, ring), ring)

        return st.binary(min_size=count, max_size=count).map(member)  # one draw, whatever the number of slots

    return st.sampled_from(_instances(family, ring, max_size)).flatmap(params)


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


def operator_pairs(shape: tuple[int, int], ring: Ring) -> st.SearchStrategy[Displacement]:
    """Return a strategy for Sylvester and Stein pairs that fit matrices of the given shape."""
    left, right = operators(shape[0], ring), operators(shape[1], ring)
    return st.builds(Sylvester, left, right) | st.builds(Stein, left, right)
