"""Laws of products of butterfly factors and of the classes made of them, over every kind of ring."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ldrtheory.elimination import determinant, rank
from ldrtheory.errors import BadInput, ShapeMismatch
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
from ldrtheory.kaleidoscopes import (
    KINDS,
    ButterflyFactor,
    DeformablePattern,
    KaleidoscopeProduct,
    bit_pattern,
    butterfly_pattern,
    identity_factor,
    monarch_patterns,
)
from ldrtheory.linalg import (
    adjoint,
    array,
    diagonal_matrix,
    direct_sum,
    equal,
    identity,
    kron,
    matmul,
    matrix,
    zeros,
)
from ldrtheory.rings import BOOL, FLOAT64, GF, QQ, Cyclotomic, Ring
from ldrtheory.strategies import elements, members

Z8 = Cyclotomic(8)
FIELDS = [QQ, GF(2), GF(7), Z8]
LARGE = GF(2**61 - 1)


@st.composite
def products(draw: Any, ring: Ring, largest: int = 8, square: bool = False) -> KaleidoscopeProduct:
    """Products of all kinds and sizes with entries of the ring; proper corners too unless `square`."""
    size = draw(st.sampled_from([N for N in (2, 4, 8) if largest >= N]))
    kind = draw(st.sampled_from(KINDS))
    width = draw(st.integers(1, 2)) if kind == "BB*" else 1
    m, n = (size, size) if square else (draw(st.integers(1, size)), draw(st.integers(1, size)))
    vector = st.lists(elements(ring), min_size=size, max_size=size)
    factors = [ButterflyFactor(b, draw(vector), draw(vector)) for b in bit_pattern(kind, width, size)]
    return KaleidoscopeProduct(m, n, size, width, ring, kind, tuple(factors))


def by_matrices(K: KaleidoscopeProduct) -> np.ndarray:
    """The corner of the product of the dense factors, the last factor leftmost."""
    whole = matmul(K.field, *(factor.dense(K.field) for factor in reversed(K.factors)))
    return whole[: K.m, : K.n]


def random_product(
    kind: str, width: int, size: int, ring: Ring = LARGE, seed: int = 0
) -> KaleidoscopeProduct:
    """A generic product."""
    source = np.random.default_rng([seed, size, width])
    factors = [
        ButterflyFactor(b, *array(ring, source.integers(1, 2**40, (2, size))))
        for b in bit_pattern(kind, width, size)
    ]
    return KaleidoscopeProduct(size, size, size, width, ring, kind, tuple(factors))


@pytest.mark.parametrize("ring", FIELDS, ids=str)
@settings(max_examples=30)
@given(data=st.data())
def test_multiply_and_entries_are_the_product_of_the_matrices(ring: Ring, data: st.DataObject) -> None:
    K = data.draw(products(ring))
    M = by_matrices(K)
    x = array(ring, data.draw(st.lists(elements(ring), min_size=K.n, max_size=K.n)))
    assert equal(K.entries(), M)
    assert equal(K.multiply(x), matmul(ring, M, x))
    assert equal(K.multiply(np.stack([x, x + x], axis=1)), matmul(ring, M, np.stack([x, x + x], axis=1)))
    assert K.multiply(x.reshape(K.n, 1)[:, :0]).shape == (K.m, 0)


@settings(max_examples=30)
@given(data=st.data())
def test_multiply_over_floats_is_exact_on_small_integers(data: st.DataObject) -> None:
    """Entries in -7..7 and at most 12 factors of size 8: no partial sum exceeds (2*7)^12 * 7 < 2^49, so none rounds."""
    K = data.draw(products(QQ))
    small = [
        ButterflyFactor(
            f.bit,
            *np.array(
                data.draw(st.lists(st.integers(-7, 7), min_size=2 * K.size, max_size=2 * K.size)), dtype=float
            ).reshape(2, K.size),
        )
        for f in K.factors
    ]
    F = KaleidoscopeProduct(K.m, K.n, K.size, K.width, FLOAT64, K.kind, tuple(small))
    exact = KaleidoscopeProduct(K.m, K.n, K.size, K.width, QQ, K.kind, tuple(f.over(QQ) for f in small))
    x = np.array(data.draw(st.lists(st.integers(-7, 7), min_size=K.n, max_size=K.n)), dtype=float)
    assert equal(array(QQ, F.multiply(x)), exact.multiply(array(QQ, x)))
    assert equal(array(QQ, F.entries()), exact.entries())


@pytest.mark.parametrize("ring", FIELDS, ids=str)
@settings(max_examples=30)
@given(data=st.data())
def test_transpose_and_adjoint(ring: Ring, data: st.DataObject) -> None:
    K = data.draw(products(ring))
    M = by_matrices(K)
    assert equal(by_matrices(K.transpose()), M.T)
    assert equal(by_matrices(K.adjoint()), adjoint(M, ring))
    assert K.transpose().transpose() == K
    assert K.adjoint().adjoint() == K


@pytest.mark.parametrize("ring", FIELDS, ids=str)
@settings(max_examples=30)
@given(data=st.data())
def test_the_inverse_exists_exactly_where_the_determinant_does_not_vanish(
    ring: Ring, data: st.DataObject
) -> None:
    K = data.draw(products(ring, 4, square=True))
    M = by_matrices(K)
    if ring.is_zero(determinant(M, ring)):
        with pytest.raises(ArithmeticError, match="factor"):
            K.inverse()
    else:
        assert equal(matmul(ring, by_matrices(K.inverse()), M), identity(ring, K.size))
        assert K.inverse().inverse() == K


@pytest.mark.parametrize("ring", FIELDS, ids=str)
@settings(max_examples=20)
@given(data=st.data())
def test_the_json_form_loses_nothing(ring: Ring, data: st.DataObject) -> None:
    K = data.draw(products(ring))
    assert KaleidoscopeProduct.from_data(json.loads(json.dumps(K.data()))) == K


@pytest.mark.parametrize("ring", FIELDS, ids=str)
@settings(max_examples=20)
@given(data=st.data())
def test_the_primitives_on_a_factor(ring: Ring, data: st.DataObject) -> None:
    factor = data.draw(products(ring)).factors[0]
    N = factor.size
    v = data.draw(st.lists(elements(ring), min_size=N, max_size=N))
    D, F = diagonal_matrix(v, ring), factor.dense(ring)
    L = N.bit_length() - 1
    R = matrix(N, N, lambda i, j: ring.one if f"{i:0{L}b}" == f"{j:0{L}b}"[::-1] else ring.zero)
    assert equal(factor.rows_scaled(v).dense(ring), matmul(ring, D, F))
    assert equal(factor.columns_scaled(v).dense(ring), matmul(ring, F, D))
    assert equal(factor.bits_reversed().dense(ring), matmul(ring, R, F, R))
    assert factor.bits_reversed().bits_reversed() == factor


def test_reversing_the_bits_of_a_butterfly_gives_a_transposed_butterfly() -> None:
    """R B R = B*, and a butterfly is an outer factor around two butterflies of half the size."""
    K = random_product("B", 1, 8)
    flipped = KaleidoscopeProduct(8, 8, 8, 1, LARGE, "B*", tuple(f.bits_reversed() for f in K.factors))
    back = [0, 4, 2, 6, 1, 5, 3, 7]
    assert equal(flipped.entries(), K.entries()[np.ix_(back, back)])
    halves = []
    for part in (slice(0, 4), slice(4, 8)):
        inner = tuple(ButterflyFactor(f.bit, f.diagonal[part], f.offdiagonal[part]) for f in K.factors[:2])
        halves.append(KaleidoscopeProduct(4, 4, 4, 1, LARGE, "B", inner).entries())
    outer = K.factors[2].dense(LARGE)
    assert equal(K.entries(), matmul(LARGE, outer, direct_sum(LARGE, *halves)))


def test_each_class_lies_in_the_next() -> None:
    """B and B* lie in BB*, and (BB*)^w in (BB*)^(w+1), by identity factors."""
    ones = tuple(identity_factor(b, 8, LARGE) for b in (0, 1, 2))
    B, star, both = (random_product(kind, 1, 8) for kind in ("B", "B*", "BB*"))
    whole = {"B": ones[::-1] + B.factors, "B*": star.factors + ones}
    for K in (B, star):
        assert equal(KaleidoscopeProduct(8, 8, 8, 1, LARGE, "BB*", whole[K.kind]).entries(), K.entries())
    longer = both.factors + ones[::-1] + ones
    assert equal(KaleidoscopeProduct(8, 8, 8, 2, LARGE, "BB*", longer).entries(), both.entries())
    assert equal(
        matmul(LARGE, B.entries(), star.entries()),
        KaleidoscopeProduct(8, 8, 8, 1, LARGE, "BB*", star.factors + B.factors).entries(),
    )


def tangent_rank(K: KaleidoscopeProduct) -> int:
    """The rank modulo a large prime of the derivatives of all entries by all stored parameters.

    The product is linear in each factor: a derivative is the product with that factor replaced by one place of it.
    """
    rows = []
    for t, factor in enumerate(K.factors):
        for place in range(2 * K.size):
            unit = [LARGE(int(k == place)) for k in range(2 * K.size)]
            one = ButterflyFactor(factor.bit, unit[: K.size], unit[K.size :])
            changed = (*K.factors[:t], one, *K.factors[t + 1 :])
            rows.append(
                list(KaleidoscopeProduct(K.m, K.n, K.size, K.width, LARGE, K.kind, changed).entries().flat)
            )
    return rank(array(LARGE, rows), LARGE)


@pytest.mark.parametrize(
    ("kind", "width", "n", "dimension"),
    [
        ("B", 1, 2, 4),
        ("B", 1, 4, 12),
        ("B", 1, 8, 32),
        ("BB*", 1, 2, 4),
        ("BB*", 1, 4, 16),
        ("BB*", 1, 8, 48),
        ("B*B", 1, 8, 48),
        ("BB*", 2, 8, 64),
    ],
)
def test_dimensions(kind: str, width: int, n: int, dimension: int) -> None:
    """min(n^2, n (k + 1)): k factors of 2 n numbers after merging neighbours of one bit, less n (k - 1) scalings.

    k = L for B, 2 L - 1 for BB* and B*B, 4 L - 3 for (BB*)^2.  The rank modulo a prime is at most the dimension,
    which this count bounds from above.
    """
    K = random_product(kind, width, n)
    bits = [factor.bit for factor in K.factors]
    merged = 1 + sum(x != y for x, y in itertools.pairwise(bits))
    assert dimension == min(n * n, n * (merged + 1))
    assert tangent_rank(K) == dimension


@pytest.mark.parametrize("n", [2, 4, 8])
def test_every_setting_of_the_switches_is_another_permutation(n: int) -> None:
    """2^(n L / 2) of them, every seventh for n = 8; bit reversal is not among them for n >= 4."""
    L = n.bit_length() - 1
    pairs = [(b, i) for b in range(L) for i in range(n) if not i >> b & 1]
    settings_of_switches = list(itertools.product((0, 1), repeat=len(pairs)))[:: 1 if n <= 4 else 7]
    seen = set()
    for setting in settings_of_switches:
        straight = np.ones((L, n), dtype=int)
        for (b, i), crossed in zip(pairs, setting):
            straight[b, i] = straight[b, i ^ (1 << b)] = 1 - crossed
        factors = [
            ButterflyFactor(b, array(BOOL, straight[b]), array(BOOL, 1 - straight[b])) for b in range(L)
        ]
        rows = KaleidoscopeProduct(n, n, n, 1, BOOL, "B", tuple(factors)).rows()
        sources = tuple(j for row in rows for j in row)
        assert sorted(sources) == list(range(n))
        seen.add(sources)
    assert len(seen) == len(settings_of_switches)
    if n >= 4:
        assert tuple(int(f"{i:0{L}b}"[::-1], 2) for i in range(n)) not in seen


# families


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


# supports

SMALL = [DeformablePattern(*t) for t in itertools.product((1, 2, 3, 4), repeat=4) if np.prod(t) <= 24]


def test_the_chaining_rule_on_all_small_patterns() -> None:
    chained = redundant = 0
    for left, right in itertools.product(SMALL, repeat=2):
        r = left.paths(right)
        if r is None:
            continue
        assert left.shape[1] == right.shape[0]
        assert (left.support() @ right.support() == r * left.chain(right).support()).all(), (left, right)
        chained, redundant = chained + 1, redundant + (r > 1)
    assert chained > 900
    assert redundant > 100


def test_patterns_that_do_not_chain_are_refused() -> None:
    """Bit 0 left of bit 1: the product is full for n = 4, but bit 0 left of itself has two paths in each place."""
    low, high = butterfly_pattern(0, 4), butterfly_pattern(1, 4)
    assert high.paths(low) == 1
    assert low.paths(high) is None
    assert low.paths(low) == 2
    with pytest.raises(ShapeMismatch, match="do not chain"):
        low.chain(high)
    one_name, another = DeformablePattern(1, 1, 1, 2), DeformablePattern(2, 1, 1, 1)  # both are I_2
    assert one_name.paths(another) is None  # the rule is sufficient, not necessary
    with pytest.raises(BadInput, match="b=0"):
        DeformablePattern(1, 0, 1, 1)


@pytest.mark.parametrize("n", [2, 4, 8, 16])
def test_butterfly_and_monarch_patterns(n: int) -> None:
    L = n.bit_length() - 1
    chain = None
    for b in reversed(range(L)):
        pattern = butterfly_pattern(b, n)
        factor = ButterflyFactor(b, [1] * n, [1] * n)
        assert (factor.dense(QQ) == pattern.support()).all()
        assert pattern.nonzeros == factor.nonzeros == 2 * n
        assert chain is None or chain.paths(pattern) == 1
        chain = pattern if chain is None else chain.chain(pattern)
    assert chain == DeformablePattern(1, n, n, 1)
    for m in (1, 2, n // 2, n):
        left, right = monarch_patterns(n, m)
        assert left.paths(right) == 1
        assert left.chain(right) == chain
        family = Monarch(n, m)
        assert left.nonzeros + right.nonzeros == parameter_count(family)


# refusals


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
