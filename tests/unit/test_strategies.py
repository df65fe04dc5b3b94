"""Strategies: small examples first, valid by construction, of every kind."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import Phase, find, given, seed, settings
from hypothesis import strategies as st

from ldrtheory.elimination import rank
from ldrtheory.errors import BadInput, ShapeMismatch
from ldrtheory.families import DFT, FAMILIES, Cauchy, LowRank, Member, SubdiagonalLDR, Toeplitz
from ldrtheory.linalg import adjoint, array, equal, zeros
from ldrtheory.linalg import identity as identity_matrix
from ldrtheory.operators.banded import shift
from ldrtheory.operators.composed import Blocks
from ldrtheory.operators.displacement import Displacement, Stein, Sylvester, displace, displacement_rank
from ldrtheory.operators.operator import Operator, Transpose
from ldrtheory.rings import BOOL, FLOAT64, GAUSSIAN, GF, QQ, Balls, Cyclotomic, RationalFunctions, Ring
from ldrtheory.strategies import (
    circuits,
    elements,
    families,
    generators,
    matrices,
    matrices_of_displacement_rank,
    members,
    one_entry_away,
    one_operator_away,
    one_rank_away,
    one_ulp_away,
    operator_pairs,
    operators,
    orthogonal_matrices,
    permutations,
    rings,
    sparse_products,
    unitary_matrices,
)


def test_members_shrink_to_the_smallest_size_and_small_integers() -> None:
    assert repr(find(members(Toeplitz, QQ), lambda m: True)) == "Member.read(Toeplitz(n=1), {'t': [0]}, QQ)"
    large = find(members(Toeplitz, QQ), lambda m: m.shape[0] >= 3 and any(x != 0 for x in m.entries().flat))
    assert large.shape[0] == 3
    assert sorted(int(x) for x in large.params["t"])[-1] == 1
    assert sum(int(x) != 0 for x in large.params["t"]) == 1
    assert find(members(Cauchy, QQ), lambda m: True).params["t"].tolist() == [
        1
    ]  # repaired: s = t = 0 is no member


PASTED = {"Fraction": Fraction, "Member": Member, "QQ": QQ, "GF": GF, "Cyclotomic": Cyclotomic} | FAMILIES


@pytest.mark.parametrize("ring", [QQ, GF(7), GAUSSIAN, Cyclotomic(8)], ids=str)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_member_is_shown_as_text_that_makes_it_again(ring: Ring, data: st.DataObject) -> None:
    member = data.draw(families(ring, max_size=4).flatmap(lambda family: members(family, ring)))
    again = eval(repr(member), {}, PASTED)  # noqa: S307
    assert (again.family, again.ring) == (member.family, member.ring)
    assert equal(again.entries(), member.entries())


@pytest.mark.parametrize(
    ("strategy", "text"),
    [
        (members(Toeplitz(2), QQ), "Member.read(Toeplitz(n=2), {'t': [0, 0, 0]}, QQ)"),
        (families(QQ, max_size=1).filter(lambda family: family == DFT(1)), "DFT(n=1)"),
        (matrices((1, 2), QQ), "array([[0, 0]], dtype=object)"),
        (orthogonal_matrices(1), "array([[1]], dtype=object)"),
        (generators((1, 1), 1, QQ), "(array([[1]], dtype=object), array([[1]], dtype=object))"),
    ],
)
def test_failing_examples_show_what_was_drawn_and_not_the_bytes(
    strategy: st.SearchStrategy[object], text: str
) -> None:
    @settings(database=None, deadline=None, phases=[Phase.generate, Phase.shrink], print_blob=False)
    @given(strategy)
    def fails(x: object) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError) as caught:
        fails()
    notes = "\n".join(caught.value.__notes__)
    assert f"x={text}," in notes
    assert "b'" not in notes


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


def collected(strategy: st.SearchStrategy, examples: int = 400) -> list:
    """What the default settings generate, health checks included, with a written seed."""
    found = []

    @seed(20)
    @settings(max_examples=examples, database=None, phases=[Phase.generate])
    @given(strategy)
    def draw(x: object) -> None:
        found.append(x)

    draw()
    return found


SHIFTS = Sylvester(shift(f=1), shift(f=-1))


def test_every_kind_of_operator_and_both_kinds_of_pairs_come_up() -> None:
    def kind(op: Operator) -> str:
        return (op.of if isinstance(op, Transpose) else op).spec()["op"]

    pairs = collected(operator_pairs(3, GF(7)))
    kinds = ["shift", "identity", "zero", "diagonal", "subdiagonal", "tridiagonal", "path", "dense", "blocks"]
    for name in kinds:
        assert sum(kind(d.left) == name for d in pairs) >= 8, name
        assert sum(kind(d.right) == name for d in pairs) >= 8, name
    assert {type(d) for d in pairs} == {Sylvester, Stein}
    assert sum(isinstance(d.left, Transpose) for d in pairs) >= 40


def test_members_of_every_rank_come_up() -> None:
    for wanted in range(4):
        drawn = collected(matrices_of_displacement_rank(wanted, SHIFTS, 3, QQ), 60)
        assert {displacement_rank(M, SHIFTS, QQ) for M in drawn} == {wanted}
    low = [rank(member.entries(), QQ) for member in collected(members(LowRank(4, 2), QQ), 150)]
    assert {0, 1, 2} == set(low)
    assert low.count(1) >= 5


@pytest.mark.parametrize("ring", [QQ, GF(2), GF(7), Cyclotomic(8)], ids=str)
def test_invertible_pairs_are_invertible(ring: object) -> None:
    drawn = collected(operator_pairs((2, 3), ring, invertible=True), 120)
    for d in drawn:
        columns = []
        for k in range(6):
            E = zeros(ring, 2, 3)
            E[divmod(k, 3)] = ring.one
            columns.append(list(displace(E, d, ring).flat))
        assert rank(array(ring, columns), ring) == 6
    assert len({type(d.left).__name__ for d in drawn}) >= 6


def test_a_singular_pair_is_refused_for_matrices_of_a_rank() -> None:
    with pytest.raises(BadInput, match="is singular"):
        matrices_of_displacement_rank(1, Sylvester(shift(f=1), shift(f=1)), 3, QQ)
    with pytest.raises(ShapeMismatch, match="wanted a rank from 0 to 2"):
        generators((2, 5), 3, QQ)
    with pytest.raises(ShapeMismatch, match="wanted a rank from 0 to 1"):
        one_rank_away(2, SHIFTS, 2, QQ)


@settings(max_examples=50)
@given(data=st.data(), ring=rings(), rank_wanted=st.integers(0, 3))
def test_generators_are_independent(data: st.DataObject, ring: object, rank_wanted: int) -> None:
    G, H = data.draw(generators((3, 4), rank_wanted, ring))
    assert G.shape == (3, rank_wanted)
    assert H.shape == (4, rank_wanted)
    assert rank_wanted == 0 or rank(G, ring) == rank(H, ring) == rank_wanted


@settings(max_examples=60)
@given(data=st.data(), n=st.integers(1, 4))
def test_orthogonal_and_unitary_matrices_keep_lengths(data: st.DataObject, n: int) -> None:
    Q = data.draw(orthogonal_matrices(n))
    assert equal(Q.T @ Q, identity_matrix(QQ, n))
    U = data.draw(unitary_matrices(n))
    assert equal(adjoint(U, GAUSSIAN) @ U, identity_matrix(GAUSSIAN, n))


def test_orthogonal_matrices_of_all_three_forms_come_up() -> None:
    drawn = collected(orthogonal_matrices(3), 200)
    signed = [Q for Q in drawn if all(x in (-1, 0, 1) for x in Q.flat)]
    symmetric = [Q for Q in drawn if equal(Q, Q.T)]
    rotations = [Q for Q in drawn if Q[0, 0].q > 1 and not equal(Q, Q.T)]
    assert len(signed) >= 20
    assert len(symmetric) >= 20
    assert len(rotations) >= 20


@settings(max_examples=50)
@given(circuit=circuits(GF(7)), factors=sparse_products(GF(7)), p=permutations(5))
def test_constructions_are_well_formed(circuit: object, factors: list, p: list[int]) -> None:
    x = [GF(7)(k + 1) for k in range(circuit.inputs)]
    assert [*(circuit.matrix() @ np.array(x, dtype=object))] == circuit.evaluate(x)
    assert all(A.shape[1] == B.shape[0] for A, B in pairwise(factors))
    assert sorted(p) == [0, 1, 2, 3, 4]


def test_circuits_repeat_outputs_and_use_inputs_as_outputs() -> None:
    drawn = collected(circuits(), 200)
    assert sum(len(set(c.outputs)) < len(c.outputs) for c in drawn) >= 10
    assert sum(any(i < c.inputs for i in c.outputs) for c in drawn) >= 10
    assert sum(c.depth >= 3 for c in drawn) >= 10


@settings(max_examples=60)
@given(data=st.data(), ring=rings())
def test_near_misses_differ_in_one_thing(data: st.DataObject, ring: object) -> None:
    M, other = data.draw(one_entry_away(matrices((2, 3), ring), ring))
    assert sum(bool(x != y) for x, y in zip(M.flat, other.flat)) == 1
    d, changed = data.draw(one_operator_away((2, 3), ring))
    both = [(getattr(x, s).matrix(ring, n)) for x in (d, changed) for s, n in (("left", 2), ("right", 3))]
    difference = [bool(x != y) for a, b in zip(both[:2], both[2:]) for x, y in zip(a.flat, b.flat)]
    assert sum(difference) == 1


def test_one_entry_away_leaves_the_class() -> None:
    def toeplitz(X: np.ndarray) -> bool:
        return all(X[i, j] == X[i - 1, j - 1] for i in range(1, 3) for j in range(1, 3))

    inside = members(Toeplitz(3), QQ).map(lambda m: m.entries())
    for M, other in collected(one_entry_away(inside, QQ, toeplitz), 60):
        assert toeplitz(M)
        assert not toeplitz(other)


def test_one_ulp_away_is_one_float_away() -> None:
    for M, other in collected(one_ulp_away(matrices((2, 2), QQ)), 60):
        (i,), (j,) = np.nonzero((other != M).any(axis=1))[0][:1], np.nonzero((other != M).any(axis=0))[0][:1]
        assert (other != M).sum() == 1
        assert np.nextafter(M[i, j], other[i, j]) == other[i, j]


def test_one_rank_away_has_the_two_ranks() -> None:
    for M, other in collected(one_rank_away(1, SHIFTS, 3, QQ), 60):
        assert displacement_rank(M, SHIFTS, QQ) == 1
        assert displacement_rank(other, SHIFTS, QQ) == 2
        assert displacement_rank(other - M, SHIFTS, QQ) == 1


def test_strategies_shrink_to_the_smallest_thing() -> None:
    assert find(families(), lambda f: f.shape[0] >= 3).shape == (3, 3)
    assert find(permutations(4), lambda p: p != sorted(p)) in ([0, 1, 3, 2], [1, 0, 2, 3], [0, 2, 1, 3])
    M = find(matrices_of_displacement_rank(2, SHIFTS, 3, QQ), lambda M: True)
    assert displacement_rank(M, SHIFTS, QQ) == 2
    assert len(find(circuits(), lambda c: c.depth == 2).gates) == 2
