"""Laws of products of butterfly factors, over every kind of ring."""

from __future__ import annotations

import itertools
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ldrtheory.elimination import determinant, rank
from ldrtheory.kaleidoscopes import ButterflyFactor, KaleidoscopeProduct, identity_factor
from ldrtheory.linalg import adjoint, array, diagonal_matrix, direct_sum, equal, identity, matmul, matrix
from ldrtheory.rings import BOOL, FLOAT64, QQ, Ring
from ldrtheory.strategies import elements
from tests.laws.drawn_products import FIELDS, LARGE, by_matrices, products, random_product


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
