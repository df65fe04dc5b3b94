"""Laws of every family over every ring: shapes, multiply, constraints, obliviousness, degrees and support."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ldrtheory.families import FAMILIES, Member, cost, degree, parameter_count, support
from ldrtheory.families.family import Family
from ldrtheory.linalg import equal, matmul
from ldrtheory.operators.displacement import Sylvester
from ldrtheory.operators.recover import recover
from ldrtheory.rings import (
    DEGREES,
    FLOAT64,
    GF,
    QQ,
    ROUNDINGS,
    SUPPORT,
    Balls,
    Cyclotomic,
    CyclotomicNumber,
    RationalFunctions,
    Ring,
)
from ldrtheory.strategies import elements, members

EXACT = [QQ, GF(2), GF(3), GF(7), GF(2**61 - 1), Cyclotomic(24), Cyclotomic(120)]
ANALYSES = [DEGREES, SUPPORT, ROUNDINGS]


def _vector(values: list[Any]) -> np.ndarray:
    out = np.empty(len(values), dtype=object)
    out[:] = values
    return out


def _to_balls(value: Any, ring: Ring) -> Any:
    """Rational parameters of an example as balls."""
    if not isinstance(value, np.ndarray):
        return ring(value.coefficients()[0] if isinstance(value, CyclotomicNumber) else value)
    return _vector([_to_balls(x, ring) for x in value.flat]).reshape(value.shape)


def living(ring: Ring, size: int) -> list[type[Family]]:
    return [cls for cls in FAMILIES.values() if any(f.lives_in(ring) for f in cls.up_to(size))]


@pytest.mark.parametrize("ring", EXACT, ids=str)
@settings(max_examples=60)
@given(data=st.data())
def test_multiply_equals_entries_times_vector(ring: Ring, data: st.DataObject) -> None:
    cls = data.draw(st.sampled_from(living(ring, 4)))
    member = data.draw(members(cls, ring, 4))
    n = member.shape[1]
    x = _vector(data.draw(st.lists(elements(ring), min_size=n, max_size=n)))
    M = member.entries()
    assert M.shape == member.shape
    assert equal(member.multiply(x), matmul(ring, M, x))
    both = x.reshape(n, 1).repeat(2, axis=1)
    assert equal(member.multiply(both), matmul(ring, M, both))


@pytest.mark.parametrize("name", FAMILIES)
def test_multiply_over_balls_meets_entries_times_vector(name: str) -> None:
    """Both balls enclose the same number, so their difference contains zero."""
    ring = Balls(128)
    for family in FAMILIES[name].up_to(4):
        p = family.read(family.example(3), family.field())
        p = family.read({k: _to_balls(v, ring) for k, v in p.items()}, ring)
        x = _vector([ring(k + 1) for k in range(family.shape[1])])
        for a, b in zip(family.multiply(p, x, ring), matmul(ring, family.entries(p, ring), x)):
            assert ring.contains_zero(a - b)


@pytest.mark.parametrize("name", ["LowRank", "WalshHadamard", "ToeplitzProduct"])
@settings(max_examples=30)
@given(data=st.data())
def test_fast_products_over_floats_are_exact_on_small_integers(name: str, data: st.DataObject) -> None:
    """Integers below 2^8 multiplied at most four at a time and summed over n <= 4 stay below 2^53: no rounding."""
    cls = FAMILIES[name]
    exact = data.draw(members(cls, QQ, 4))
    p = exact.family.filled(lambda: float(data.draw(st.integers(-255, 255))))
    x = _vector(
        [float(k) for k in data.draw(st.lists(st.integers(-255, 255), min_size=exact.shape[1], max_size=4))]
    )
    x = x[: exact.shape[1]]
    got = exact.family.multiply(p, x, FLOAT64)
    assert equal(got, matmul(FLOAT64, exact.family.entries(p, FLOAT64), x))


@pytest.mark.parametrize("ring", EXACT, ids=str)
@settings(max_examples=60)
@given(data=st.data())
def test_drawn_members_are_valid_and_read_back(ring: Ring, data: st.DataObject) -> None:
    member = data.draw(members(data.draw(st.sampled_from(living(ring, 4))), ring, 4))
    assert member.family.refusal(member.params, ring) is None
    again = Member.read(member.family, member.params, ring)
    assert equal(again.entries(), member.entries())


@pytest.mark.parametrize("ring", EXACT, ids=str)
@settings(max_examples=60)
@given(data=st.data())
def test_generators_hold_over_every_field(ring: Ring, data: st.DataObject) -> None:
    member = data.draw(members(data.draw(st.sampled_from(living(ring, 4))), ring, 4))
    corners = data.draw(elements(ring)), data.draw(elements(ring))
    M = member.entries()
    for structure in member.structures(corners):
        if structure.requires:
            continue  # the pair divides by a parameter that may be zero here
        G, H = structure.generators()
        assert equal(structure.displacement().residual(M, ring), matmul(ring, G, H.T)), structure.pair


@settings(max_examples=40)
@given(
    member=members("SubdiagonalLDR", QQ, 4)
    | members("ToeplitzLike", QQ, 4)
    | members("TridiagonalLDR", QQ, 4)
)
def test_learned_members_are_what_recovery_gives(member: Member) -> None:
    """The closed forms of the families against the general recovery of the operators package."""
    structure = member.structures()[0]
    d = structure.displacement()
    assume(isinstance(d, Sylvester) and not getattr(member.family, "krylov", False))
    assert equal(member.entries(), recover(*structure.generators(), d, member.ring))


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize("ring", ANALYSES, ids=str)
def test_constructions_never_look_at_an_entry(name: str, ring: Ring) -> None:
    """Analysis elements refuse comparison, so a construction that branches on an entry raises."""
    for family in FAMILIES[name].up_to(4):
        p = family.filled(lambda: ring.parameter)
        x = _vector([ring.parameter] * family.shape[1])
        assert family.entries(p, ring).shape == family.shape
        assert family.multiply(p, x, ring).shape == (family.shape[0],)
        counter = cost(family)
        assert min(counter.additions, counter.multiplications) >= 0
        assert parameter_count(family) == sum(slot.size for slot in family.slots())


@pytest.mark.parametrize(
    "name", [k for k in FAMILIES if k not in ("DFT", "DCT", "DST", "ACDC", "WalshHadamard")]
)
def test_derived_degree_and_support_are_the_true_ones(name: str) -> None:
    """By expansion over Q(params) for n <= 2: reduced fractions have at most the derived degrees, and attain them.

    The reflection of a line is -1 whatever its normal is: there the degrees are bounds only.
    """
    for family in FAMILIES[name].up_to(2):
        count = parameter_count(family)
        ring = RationalFunctions(*(f"p{k}" for k in range(count)))
        M = family.entries(family.filled(iter(ring.variables).__next__), ring)
        true = tuple(max(_total_degree(part(ring(x))) for x in M.flat) for part in (_numerator, _denominator))
        derived = degree(family)
        if name == "Householder" and family.shape == (1, 1):
            assert true == (0, 0) < derived, family
        else:
            assert true == derived, family
        assert [bool(x) for x in M.flat] == support(family).ravel().tolist(), family


def _numerator(x: Any) -> Any:
    return x.numer


def _denominator(x: Any) -> Any:
    return x.denom


def _total_degree(poly: Any) -> int:
    return max((sum(monomial) for monomial in poly), default=0)
