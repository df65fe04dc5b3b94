"""Strategies: small examples first, valid by construction, quick."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from ldrtheory.errors import BadInput
from ldrtheory.families import DFT, Cauchy, Member, SubdiagonalLDR, Toeplitz, TridiagonalLDR
from ldrtheory.linalg import equal, zeros
from ldrtheory.operators.composed import Blocks
from ldrtheory.operators.displacement import Displacement, displace
from ldrtheory.operators.operator import Operator, Transpose
from ldrtheory.rings import BOOL, FLOAT64, GF, QQ, Balls, Cyclotomic, RationalFunctions
from ldrtheory.strategies import elements, members, operator_pairs, operators


def test_members_shrink_to_the_smallest_size_and_small_integers() -> None:
    assert repr(find(members(Toeplitz, QQ), lambda m: True)) == "<Toeplitz(n=1) over Q: t=[0]>"
    large = find(members(Toeplitz, QQ), lambda m: m.shape[0] >= 3 and any(x != 0 for x in m.entries().flat))
    assert large.shape[0] == 3
    assert sorted(int(x) for x in large.params["t"])[-1] == 1
    assert sum(int(x) != 0 for x in large.params["t"]) == 1
    assert find(members(Cauchy, QQ), lambda m: True).params["t"].tolist() == [
        1
    ]  # repaired: s = t = 0 is no member


def test_members_take_a_class_an_instance_or_a_name() -> None:
    family = SubdiagonalLDR(3, 2)
    assert find(members(family, GF(7)), lambda m: True).family == family
    assert find(members("circulant", QQ), lambda m: True).shape == (1, 1)


def test_members_refuse_a_field_without_the_root_of_unity() -> None:
    with pytest.raises(BadInput, match=r"DFT\(n=3\) has no member over Q of size at most 6"):
        members(DFT(3), QQ)


@pytest.mark.parametrize(
    "ring", [QQ, GF(2), GF(7), Cyclotomic(12), FLOAT64, Balls(64), BOOL, RationalFunctions("x")], ids=str
)
def test_elements_lie_in_the_ring_and_shrink_to_zero(ring: object) -> None:
    x = find(elements(ring), lambda x: True)
    assert ring.is_zero(x)
    assert type(ring(x)) is type(ring.zero)


@settings(max_examples=40)
@given(data=st.data())
def test_operators_fit_their_size(data: st.DataObject) -> None:
    n = data.draw(st.integers(1, 5))
    operator = data.draw(operators(n, GF(7)))
    assert operator.matrix(GF(7), n).shape == (n, n)


def test_operators_of_every_kind_appear() -> None:
    def kind(operator: Operator) -> type:
        return type(operator.of) if isinstance(operator, Transpose) else type(operator)

    assert find(operators(3, QQ), lambda a: kind(a) is Blocks).size == 3
    assert isinstance(find(operators(3, QQ), lambda a: isinstance(a, Transpose)), Transpose)


@settings(max_examples=40)
@given(d=operator_pairs((2, 4), QQ))
def test_operator_pairs_fit_their_shape(d: Displacement) -> None:
    L = displace(zeros(QQ, 2, 4), d, QQ)
    assert equal(L, zeros(QQ, 2, 4))


@pytest.mark.parametrize(
    "family", [Toeplitz(8), Cauchy(8), SubdiagonalLDR(8, 2), TridiagonalLDR(8, 1)], ids=str
)
def test_a_member_of_size_8_takes_a_few_milliseconds(family: object) -> None:
    """Measured below 2.5 ms each on one shared core; 20 ms allows for eight times that."""
    count = 0

    @settings(max_examples=50, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(member=members(family, QQ))
    def draw(member: Member) -> None:
        nonlocal count
        count += 1

    start = perf_counter()
    draw()
    assert (perf_counter() - start) / count < 0.020
