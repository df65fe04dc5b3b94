"""Laws of the classes made of butterfly factors and of those they are compared with, and what they refuse."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ldrtheory.elimination import determinant
from ldrtheory.errors import BadInput
from ldrtheory.families import (
    BlockButterfly,
    Butterfly,
    DiagonalCirculant,
    Householder,
    Kaleidoscope,
    Monarch,
    OrthogonalKaleidoscope,
    cost,
    degree,
    parameter_count,
    parse_family,
    support,
)
from ldrtheory.families.family import Family
from ldrtheory.families.kaleidoscope import rotation_factor
from ldrtheory.linalg import array, diagonal_matrix, direct_sum, equal, identity, kron, matmul, matrix, zeros
from ldrtheory.rings import GF, QQ, Ring
from ldrtheory.strategies import members
from tests.laws.drawn_products import LARGE, Z8, by_matrices, random_product


@pytest.mark.parametrize("ring", [QQ, GF(5), Z8], ids=str)
@settings(max_examples=25)
@given(data=st.data())
def test_members_of_the_factored_families(ring: Ring, data: st.DataObject) -> None:
    cls = data.draw(st.sampled_from([Butterfly, Kaleidoscope, OrthogonalKaleidoscope]))
    member = data.draw(members(cls, ring, 8))
    K = member.family.product(member.params, ring)
    assert equal(member.entries(), by_matrices(K))
    assert K.kind == ("B" if cls is Butterfly else "BB*")


@pytest.mark.parametrize("n", [2, 4, 8])
def test_counts_by_hand(n: int) -> None:
    L = n.bit_length() - 1
    for family, count in [
        (Butterfly(n), 2 * n * L),
        (Kaleidoscope(n, 1), 4 * n * L),
        (Kaleidoscope(n, 3), 12 * n * L),
        (Kaleidoscope(n, 1, 2), 8 * n * (L + 1)),
        (BlockButterfly(2 * n, 2), 8 * n * L),
        (OrthogonalKaleidoscope(n, 2), 2 * (n * L + n)),
        (Monarch(2 * n, 2), 2 * n * (2 + n)),
        (DiagonalCirculant(n, 3), 6 * n),
        (Householder(n, 3), 3 * n),
    ]:
        assert parameter_count(family) == count, family
    assert degree(Butterfly(n)) == (L, 0)
    assert degree(Kaleidoscope(n, 2)) == (4 * L, 0)
    assert degree(DiagonalCirculant(n, 3)) == (6, 0)
    assert degree(Householder(n, 3)) == (6, 6)
    assert degree(Monarch(n, 2)) == (2, 0)
    # n - 1 rotations of U and of V lie on the paths of one entry, each with the denominator 1 + t^2
    assert degree(OrthogonalKaleidoscope(n, 1)) == (4 * (n - 1) + 1, 4 * (n - 1))
    assert bool(support(Butterfly(n)).all())
    spent = cost(Kaleidoscope(n, 2))
    assert (spent.multiplications, spent.additions) == (8 * n * L, 4 * n * L)
    spent = cost(Monarch(2 * n, 2))
    assert (spent.multiplications, spent.additions) == (2 * n * (n + 2), 2 * n * n)


@settings(max_examples=20)
@given(member=members("Monarch", GF(7), 8))
def test_monarch_is_two_block_diagonal_matrices_around_a_transposition(member: Any) -> None:
    n, m, q = member.family.n, member.family.block, member.family.groups
    ring = member.ring
    P = matrix(n, n, lambda i, j: ring(int(i == (j % q) * m + j // q)))  # r q + a goes to a m + r
    left, right = direct_sum(ring, *member.params["left"]), direct_sum(ring, *member.params["right"])
    assert equal(member.entries(), matmul(ring, P, left, P.T, right))


@pytest.mark.parametrize("block", [1, 2, 4, 8])
def test_monarch_contains_the_butterflies(block: int) -> None:
    """R takes the factors of the low bits, P L P^T those of the high ones."""
    ring, n = LARGE, 8
    K = random_product("B", 1, n)
    low, high = identity(ring, n), identity(ring, n)
    for factor in K.factors:
        if 2**factor.bit < block:
            low = matmul(ring, factor.dense(ring), low)
        else:
            high = matmul(ring, factor.dense(ring), high)
    p = {
        "right": [low[a : a + block, a : a + block] for a in range(0, n, block)],
        "left": [high[r::block, r::block] for r in range(block)],
    }
    family = Monarch(n, block)
    assert equal(family.entries(family.read({k: np.stack(v) for k, v in p.items()}, ring), ring), K.entries())


@settings(max_examples=20)
@given(member=members("BlockButterfly", GF(7), 12))
def test_block_butterflies_are_sums_of_kronecker_products(member: Any) -> None:
    ring, q, k = member.ring, member.family.groups, member.family.block
    M = identity(ring, q * k)
    for b, (d, o) in enumerate(zip(member.params["diagonal"], member.params["offdiagonal"])):
        F = zeros(ring, q * k, q * k)
        for i in range(q):
            for block, j in ((d[i], i), (o[i], i ^ (1 << b))):
                place = array(ring, np.outer(np.arange(q) == i, np.arange(q) == j))
                F = F + kron(place, block)
        M = matmul(ring, F, M)
    assert equal(member.entries(), M)
    if k == 1:
        p = {name: table[:, :, 0, 0] for name, table in member.params.items()}
        assert equal(Butterfly(q).entries(p, ring), M)


@pytest.mark.parametrize("ring", [QQ, GF(5), Z8], ids=str)
@settings(max_examples=15)
@given(data=st.data())
def test_orthogonal_kaleidoscopes_are_orthogonal_butterflies_around_diagonals(
    ring: Ring, data: st.DataObject
) -> None:
    member = data.draw(members("OrthogonalKaleidoscope", ring, 4))
    n, M = member.family.n, identity(ring, member.family.n)
    for star, d, rising in member.family.parts(member.params, ring):
        for factor in [*star, *rising]:
            for i, j in enumerate(factor.partner):
                assert factor.diagonal[i] ** 2 + factor.offdiagonal[i] ** 2 == 1
                assert (
                    factor.diagonal[i] * factor.offdiagonal[j] + factor.offdiagonal[i] * factor.diagonal[j]
                    == 0
                )
        V_T = matmul(ring, *(f.dense(ring) for f in reversed(star)))
        U = matmul(ring, *(f.dense(ring) for f in reversed(rising)))
        assert equal(matmul(ring, U.T, U), identity(ring, n))
        M = matmul(ring, U, diagonal_matrix(d, ring), V_T, M)
    assert equal(member.entries(), M)


@pytest.mark.parametrize(
    "block", [[[0, 1], [1, 0]], [["3/5", "4/5"], ["4/5", "-3/5"]], [[-1, 0], [0, -1]]], ids=str
)
def test_reflections_and_the_half_turn_are_rotations_times_signs(block: list[list[Any]]) -> None:
    """Signs pass through rotations of every bit, which only change their direction, so the diagonal absorbs them."""
    Q = array(QQ, block)
    signs = next(
        s
        for s in itertools.product((1, -1), repeat=2)
        if Q[0, 0] * s[0] == Q[1, 1] * s[1] and Q[0, 1] * s[1] == -Q[1, 0] * s[0] and Q[0, 0] * s[0] != -1
    )
    R = Q * array(QQ, signs)
    t = R[1, 0] / (1 + R[0, 0])
    assert equal(rotation_factor(0, [t], QQ).dense(QQ), R)
    for s in itertools.product((1, -1), repeat=2):
        turned = array(QQ, s).reshape(2, 1) * R * array(QQ, s)
        assert equal(rotation_factor(0, [t * s[0] * s[1]], QQ).dense(QQ), turned)


@pytest.mark.parametrize("ring", [QQ, GF(2), GF(3), GF(5), Z8], ids=str)
@settings(max_examples=25)
@given(data=st.data())
def test_reflections_are_orthogonal_and_change_the_orientation(ring: Ring, data: st.DataObject) -> None:
    member = data.draw(members("Householder", ring, 5))
    M, n = member.entries(), member.family.n
    assert equal(matmul(ring, M.T, M), identity(ring, n))
    assert determinant(M, ring) == (-ring.one) ** member.family.reflectors
    if member.family.reflectors == 1:
        v = member.params["v"][0]
        assert equal(matmul(ring, M, v), -v)
        assert equal(M, M.T)


@settings(max_examples=25)
@given(member=members("DiagonalCirculant", QQ, 5))
def test_diagonal_circulants_by_polynomials(member: Any) -> None:
    """C_l x is the product of two polynomials modulo x^n - 1."""
    n, ring = member.family.n, member.ring
    x = array(ring, range(1, n + 1))
    y = x
    for d, c in zip(member.params["d"][::-1], member.params["c"][::-1]):
        z = [ring.zero] * n
        for i, j in itertools.product(range(n), repeat=2):
            z[(i + j) % n] = z[(i + j) % n] + c[i] * y[j]
        y = array(ring, [d[i] * z[i] for i in range(n)])
    assert equal(member.multiply(x), y)
    assert equal(matmul(ring, member.entries(), x), y)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Butterfly(3)", "power of two"),
        ("Butterfly(1)", "at least 2"),
        ("BlockButterfly(6, 2)", "2 times a power of two"),
        ("BlockButterfly(2, 2)", "2 times a power of two"),
        ("BlockButterfly(4)", "missing: block"),
        ("Kaleidoscope(3, 1)", "expansion=4/3, or a power"),
        ("Kaleidoscope(1, 1)", "expansion=2, or a power"),
        ("Kaleidoscope(4, 1, 1/2)", "at least n"),
        ("Kaleidoscope(3, 1, 7/6)", "power of two"),
        ("Kaleidoscope(4, 0)", "width of at least 1"),
        ("Kaleidoscope(4, 1, true)", "rational expansion"),
        ("OrthogonalKaleidoscope(6, 1)", "power of two"),
        ("Monarch(6, 4)", "divide n"),
        ("DiagonalCirculant(4, 0)", "factors of at least 1"),
        ("Householder(4, 0)", "reflectors of at least 1"),
    ],
)
def test_refused_sizes(text: str, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        parse_family(text)


def test_sizes_are_read_and_written() -> None:
    for text in ("Kaleidoscope(n=3, width=1, expansion=4/3)", "Kaleidoscope(n=8, width=2, expansion=1)"):
        assert str(parse_family(text)) == text
    assert parse_family("kaleidoscope(4, 1)") == Kaleidoscope(4, 1, 1)
    assert Kaleidoscope(5, 2, "16/5").size == 16


@pytest.mark.parametrize(
    ("family", "params", "ring", "message"),
    [
        (Householder(2, 2), {"v": [[1, 1], [1, 2]]}, GF(5), r"v\[1\] = \[1, 2\] has v\^T v = 0"),
        (Householder(2, 1), {"v": [[0, 0]]}, QQ, r"v\[0\]"),
        (Householder(2, 1), {"v": [["i", 1]]}, Z8, r"v\[0\]"),
        (
            OrthogonalKaleidoscope(2, 1),
            {"u": [[[0]]], "v": [[[2]]], "d": [[1, 1]]},
            GF(5),
            r"v\[0, 0, 0\] = 2",
        ),
        (OrthogonalKaleidoscope(2, 1), {"u": [[["i"]]], "v": [[[0]]], "d": [[1, 1]]}, Z8, r"u\[0, 0, 0\]"),
    ],
    ids=str,
)
def test_refused_parameters(family: Family, params: Mapping[str, Any], ring: Ring, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        family.read(params, ring)
    fixed = family.repaired({k: array(ring, v) for k, v in params.items()}, ring)
    assert family.refusal(fixed, ring) is None
