"""Butterfly factors and their products at sizes 2 to 8, against values by hand; what must be refused."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from ldrtheory.errors import BadInput, NotInRing, NotInvertible, ShapeMismatch, UnknownName
from ldrtheory.kaleidoscopes import (
    ButterflyFactor,
    KaleidoscopeProduct,
    bit_pattern,
    identity_factor,
    levels,
    power_of_two,
)
from ldrtheory.linalg import array, equal, identity, matmul
from ldrtheory.rings import FLOAT64, GAUSSIAN, GF, QQ, Cyclotomic, Ring

F0 = ButterflyFactor(0, array(QQ, [1, 2, 3, 4]), array(QQ, [5, 6, 7, 8]))
F1 = ButterflyFactor(1, array(QQ, [1, 2, 3, 4]), array(QQ, [5, 6, 7, 8]))


def product(
    kind: str = "BB*", width: int = 1, size: int = 4, m: int | None = None, n: int | None = None
) -> Any:
    """The product whose t-th factor is diag(t + 2) plus ones."""
    factors = tuple(
        ButterflyFactor(bit, array(QQ, [t + 2] * size), array(QQ, [1] * size))
        for t, bit in enumerate(bit_pattern(kind, width, size))
    )
    return KaleidoscopeProduct(m or size, n or size, size, width, QQ, kind, factors)


def test_a_factor_by_hand() -> None:
    assert F0.dense(QQ).tolist() == [[1, 5, 0, 0], [6, 2, 0, 0], [0, 0, 3, 7], [0, 0, 8, 4]]
    assert F1.dense(QQ).tolist() == [[1, 0, 5, 0], [0, 2, 0, 6], [7, 0, 3, 0], [0, 8, 0, 4]]
    assert F1.multiply(array(QQ, [1, 10, 100, 1000])).tolist() == [501, 6020, 307, 4080]
    assert F1.transpose().dense(QQ).tolist() == F1.dense(QQ).T.tolist()
    assert F1.rows_scaled([1, 0, 2, 0]).dense(QQ).tolist() == [[1, 0, 5, 0], [0] * 4, [14, 0, 6, 0], [0] * 4]
    assert F1.columns_scaled([1, 0, 2, 0]).dense(QQ).tolist() == [
        [1, 0, 10, 0],
        [0] * 4,
        [7, 0, 6, 0],
        [0] * 4,
    ]
    assert F1.bits_reversed().dense(QQ).tolist() == [[1, 5, 0, 0], [7, 3, 0, 0], [0, 0, 2, 6], [0, 0, 8, 4]]
    assert (F1.parameters, F1.nonzeros, identity_factor(1, 4, QQ).nonzeros) == (8, 8, 4)


def test_the_inverse_of_a_factor_by_hand() -> None:
    """[[1, 2], [3, 4]] has the inverse [[-2, 1], [3/2, -1/2]]."""
    factor = ButterflyFactor(0, array(QQ, [1, 4]), array(QQ, [2, 3]))
    assert factor.inverse(QQ).dense(QQ).tolist() == [[-2, 1], [QQ("3/2"), QQ("-1/2")]]


def test_the_adjoint_conjugates_and_the_transpose_does_not() -> None:
    factor = ButterflyFactor(0, array(GAUSSIAN, ["i", 0]), array(GAUSSIAN, [1, "2+i"]))
    assert [str(x) for x in factor.adjoint(GAUSSIAN).dense(GAUSSIAN).flat] == ["-i", "2 - i", "1", "0"]
    assert [str(x) for x in factor.transpose().dense(GAUSSIAN).flat] == ["i", "2 + i", "1", "0"]


def test_the_entries_of_a_factor_are_its_own() -> None:
    given = array(QQ, [1, 2])
    factor = ButterflyFactor(0, given, [QQ(0), QQ(0)])
    given[0] = QQ(7)
    assert factor.diagonal[0] == 1
    with pytest.raises(ValueError, match="read-only"):
        factor.diagonal[0] = QQ(7)


@pytest.mark.parametrize(
    ("kind", "width", "bits"),
    [
        ("B", 1, (0, 1, 2)),
        ("B*", 1, (2, 1, 0)),
        ("BB*", 1, (2, 1, 0, 0, 1, 2)),
        ("B*B", 1, (0, 1, 2, 2, 1, 0)),
        ("BB*", 2, (2, 1, 0, 0, 1, 2, 2, 1, 0, 0, 1, 2)),
    ],
)
def test_the_order_of_the_bits(kind: str, width: int, bits: tuple[int, ...]) -> None:
    assert bit_pattern(kind, width, 8) == bits


@pytest.mark.parametrize(("size", "parameters"), [(2, 8), (4, 32), (8, 96)])
def test_stored_parameters_of_one_bb_star(size: int, parameters: int) -> None:
    """4 N log2 N: 4*2*1, 4*4*2, 4*8*3."""
    K = product(size=size)
    assert K.parameters == K.nonzeros == parameters
    dense = K.operations(free_constants=False)
    assert (dense.multiplications, dense.additions) == (parameters, parameters // 2)
    assert product(width=3, size=size).parameters == 3 * parameters
    assert product(kind="B", size=size).parameters == parameters // 2


def test_free_constants_cost_nothing() -> None:
    K = KaleidoscopeProduct(4, 4, 4, 1, QQ, "B", (identity_factor(0, 4, QQ), F1))
    spent = K.operations()
    assert (spent.multiplications, spent.additions) == (7, 4)  # F1 has a single entry 1, F0 none that costs
    half = KaleidoscopeProduct(4, 2, 4, 1, QQ, "B", (identity_factor(0, 4, QQ), F1)).operations()
    assert (half.multiplications, half.additions) == (3, 0)  # columns 0 and 1: 1, 7 and 2, 8


def test_a_product_applies_its_first_factor_first() -> None:
    K = KaleidoscopeProduct(4, 4, 4, 1, QQ, "B", (F0, F1))
    expected = matmul(QQ, F1.dense(QQ), F0.dense(QQ))
    assert equal(K.entries(), expected)
    assert K.entries()[0].tolist() == [1, 5, 15, 35]  # row 0 of F1 is (1, 0, 5, 0), row 2 of F0 (0, 0, 3, 7)
    corner = KaleidoscopeProduct(3, 2, 4, 1, QQ, "B", (F0, F1))
    assert equal(corner.entries(), expected[:3, :2])
    assert corner.multiply(array(QQ, [1, 1])).tolist() == [6, 16, 42]
    assert corner.expansion == Fraction(4, 3)


@pytest.mark.parametrize("kind", ["BB*", "B", "B*", "B*B"])
def test_transpose_and_inverse_are_products_of_the_other_kind(kind: str) -> None:
    K = product(kind, size=8)
    assert K.transpose().kind == {"B": "B*", "B*": "B"}.get(kind, kind)
    assert equal(K.transpose().entries(), K.entries().T)
    assert equal(matmul(QQ, K.inverse().entries(), K.entries()), identity(QQ, 8))
    assert K.transpose().transpose() == K
    corner = product(kind, size=8, m=3, n=5)
    assert corner.transpose().shape == (5, 3)
    assert equal(corner.transpose().entries(), corner.entries().T)


@pytest.mark.parametrize("ring", [QQ, GF(7), Cyclotomic(8), Cyclotomic(2)], ids=str)
def test_the_json_form_is_read_back(ring: Ring) -> None:
    root = ring.zeta if hasattr(ring, "zeta") else ring(3)
    factors = tuple(
        ButterflyFactor(bit, array(ring, [root, 1, "1/2", 0]), array(ring, [0, root * root, "-2/3", 1]))
        for bit in bit_pattern("BB*", 2, 4)
    )
    K = KaleidoscopeProduct(3, 2, 4, 2, ring, "BB*", factors)
    text = json.dumps(K.data(), allow_nan=False)
    again = KaleidoscopeProduct.from_data(json.loads(text))
    assert again.data() == K.data()
    assert equal(again.entries(ring), K.entries())


def test_the_json_form_by_hand() -> None:
    K = KaleidoscopeProduct(
        2, 1, 2, 1, QQ, "B", (ButterflyFactor(0, array(QQ, [1, "1/3"]), array(QQ, [0, -2])),)
    )
    data = {
        "m": 2,
        "n": 1,
        "size": 2,
        "width": 1,
        "field": "Q",
        "kind": "B",
        "factors": [{"bit": 0, "diagonal": [1, "1/3"], "offdiagonal": [0, -2]}],
    }
    assert K.data() == data
    assert KaleidoscopeProduct.from_data(data) == K
    assert KaleidoscopeProduct.from_data({k: v for k, v in data.items() if k != "field"}) == K


GOOD = product(size=4, m=3, n=3).data()


def changed(**changes: Any) -> dict[str, Any]:
    return {k: v for k, v in {**GOOD, **changes}.items() if v is not None}


def changed_factor(**changes: Any) -> dict[str, Any]:
    first = {k: v for k, v in {**GOOD["factors"][0], **changes}.items() if v is not None}
    return {**GOOD, "factors": [first, *GOOD["factors"][1:]]}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "an object"),
        (changed(size=None), "size missing"),
        (changed(sizes=4), "'sizes' unknown"),
        (changed(size=6), "power of two"),
        (changed(size=8), "size 4; wanted 8|wanted 6 of them|factors; wanted"),
        (changed(size=True), "size is True"),
        (changed(size=10**5000), "size is a number of more than 63 bits"),
        (changed(size=2**62), "4 factors; wanted 124"),
        (changed(m=5), "m = 5"),
        (changed(n=0), "n = 0"),
        (changed(n="3"), "n is '3'"),
        (changed(width=2), "4 factors; wanted 8"),
        (changed(width=0), "width 0"),
        (changed(width=2**60), "wanted 4611686018427387904 of them"),
        (changed(kind="B"), "4 factors; wanted 2"),
        (changed(kind="BB"), "kind 'BB'"),
        (changed(kind="B*B"), "factor 0 .* bit 1; wanted bit 0"),
        (changed(kind="B", width=2), "only BB"),
        (changed(factors={}), "wanted a list"),
        (
            changed(factors=[*GOOD["factors"][::-1][:3], GOOD["factors"][1]]),
            "factor 3 .* has bit 0; wanted bit 1",
        ),
        (changed(field="R"), "field 'R'"),
        (changed(field=7), "field"),
        (changed(field="GF(6)"), "GF"),
        (changed_factor(bit=2), "bit 2"),
        (changed_factor(bit=0), "factor 0 .* has bit 0; wanted bit 1"),
        (changed_factor(bit="1"), "bit is '1'"),
        (changed_factor(bit=None), "bit missing"),
        (changed_factor(diagonal=[1, 2, 3]), "factor 0 .*3 diagonal and 4"),
        (changed_factor(diagonal=[1, 2], offdiagonal=[1, 2]), "factor 0 .*bit 1 and size 2"),
        (changed_factor(diagonal=[1, 2, 3, 0.5]), "diagonal: the entry 3 .* float 0.5"),
        (changed_factor(diagonal=[1, 2, 3, "x"]), "the entry 3"),
        (changed_factor(diagonal=[1, 2, 3, "1/0"]), "divides by zero"),
        (changed_factor(diagonal=[1, 2, 3, "i"]), "complex"),
        (changed_factor(diagonal=[1, 2, 3, True]), "the entry 3"),
        (changed_factor(diagonal=7), "wanted a list of entries"),
    ],
)
def test_refused_documents(data: Any, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        KaleidoscopeProduct.from_data(data)


def test_a_product_names_its_class() -> None:
    assert repr(product(width=2, m=3)) == "<3 x 4 corner of (BB*)^2, size 4, over Q>"
    assert repr(product("B*B")) == "<4 x 4 corner of B*B, size 4, over Q>"


def test_refused_products() -> None:
    with pytest.raises(BadInput, match="m = True"):
        KaleidoscopeProduct(True, 4, 4, 1, QQ, "B", (F0, F1))
    with pytest.raises(BadInput, match=r"width 1\.5"):
        KaleidoscopeProduct(4, 4, 4, 1.5, QQ, "BB*", (F0, F1))
    with pytest.raises(ShapeMismatch, match=r"factor 1 .* has size 8; wanted 4"):
        KaleidoscopeProduct(4, 4, 4, 1, QQ, "B", (F0, identity_factor(1, 8, QQ)))


def test_refused_factors() -> None:
    with pytest.raises(ShapeMismatch, match="2 diagonal and 4 off-diagonal"):
        ButterflyFactor(0, [1, 1], [0] * 4)
    with pytest.raises(BadInput, match="power of two"):
        ButterflyFactor(0, [1] * 3, [0] * 3)
    with pytest.raises(BadInput, match="from 0 to 1"):
        ButterflyFactor(-1, [1] * 4, [0] * 4)
    with pytest.raises(ShapeMismatch, match="size 4 times"):
        F0.multiply(array(QQ, [1, 2]))
    with pytest.raises(ShapeMismatch, match=r"shape \(4, 4\)"):
        product().multiply(array(QQ, [1, 2]))


def test_a_singular_block_is_named() -> None:
    singular = ButterflyFactor(1, array(QQ, [1, 2, 3, 4]), array(QQ, [1, 2, 3, 8]))
    with pytest.raises(NotInvertible, match=r"positions 0 and 2 have the block \[\[1, 1\], \[3, 3\]\]"):
        singular.inverse(QQ)
    K = KaleidoscopeProduct(4, 4, 4, 1, QQ, "B", (F0, singular))
    with pytest.raises(NotInvertible, match="factor 1"):
        K.inverse()
    with pytest.raises(BadInput, match="3 x 3 corner"):
        product(m=3, n=3).inverse()


def test_floats_multiply_but_have_no_exact_form() -> None:
    factor = ButterflyFactor(0, np.array([0.5, 1.0]), np.array([2.0, 4.0]))
    K = KaleidoscopeProduct(2, 2, 2, 1, FLOAT64, "B", (factor,))
    assert K.multiply(np.array([2.0, 4.0])).tolist() == [9.0, 12.0]
    assert K.entries(QQ).tolist() == [[QQ("1/2"), 2], [4, 1]]
    with pytest.raises(BadInput, match="no exact form"):
        K.data()


def test_fields_are_kept_apart() -> None:
    with pytest.raises(NotInRing):
        KaleidoscopeProduct(
            2, 2, 2, 1, QQ, "B", (ButterflyFactor(0, array(QQ, ["1/7", 1]), array(QQ, [0, 0])),)
        ).entries(GF(7))
    with pytest.raises(UnknownName):
        KaleidoscopeProduct(2, 2, 2, 1, "R", "B", ())


def test_sizes() -> None:
    assert [power_of_two(x) for x in (1, 2, 3, 4, 5, 1024, 1025)] == [2, 2, 4, 4, 8, 1024, 2048]
    assert [levels(N) for N in (2, 4, 1024)] == [1, 2, 10]
    for wrong in (0, 1, 3, -4, True, 2.0, "4"):
        with pytest.raises(BadInput, match="power of two"):
            levels(wrong)
