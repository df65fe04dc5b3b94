"""Universal columns and rows, and the networks of blocks made of them, by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ldrtheory import GAUSSIAN, GF, QQ, Cyclotomic, Stein, Sylvester, diagonal, shift, zero
from ldrtheory.bounds.approximation.embedding import HiddenLayer, embed_network
from ldrtheory.bounds.approximation.exhaustion import NoSuchMatrix, exhaust
from ldrtheory.bounds.approximation.universality import (
    column_map,
    embed_column,
    embed_row,
    universal_columns,
)
from ldrtheory.errors import BadInput, NotInRing, NotInvertible, ShapeMismatch, Undecided, UnknownName
from tests.checked import accepted

TOEPLITZ = Sylvester(shift(f=1), shift(f=-1))
SINGULAR = Sylvester(shift(f=0).T, shift(f=0).T)


# ---- columns and rows


def test_a_column_by_hand() -> None:
    # n = 2, Sylvester (Z_1, Z_-1), i = 0: mu = x^2 + 1, h = (0, 1), mu(A) = 2 I, so g = 2 v
    x = embed_column([3, 5], 0, TOEPLITZ)
    assert (x.g.tolist(), x.h.tolist()) == ([6, 10], [0, 1])
    assert x.matrix.tolist() == [[3, 5], [5, 3]]
    # Stein (Z_0, Z_0^T): mu = x for i = 0, so h = (1, 0), g = v and M = L(v) L(e_0)^T = L(v)
    y = embed_column([3, 5], 0, Stein(shift(f=0), shift(f=0).T))
    assert (y.g.tolist(), y.h.tolist()) == ([3, 5], [1, 0])
    assert y.matrix.tolist() == [[3, 0], [5, 3]]


@pytest.mark.parametrize("ring", [QQ, GF(2), GF(7), GAUSSIAN, Cyclotomic(5)], ids=lambda r: r.name)
@pytest.mark.parametrize("kind", [Sylvester, Stein])
def test_columns_and_rows_are_certified_and_false_ones_refused(tmp_path: Path, ring: Any, kind: type) -> None:
    u = ring.zeta if hasattr(ring, "zeta") else ring(3)
    d = kind(shift(f=1), shift(f=0))
    v = [u, 0, 1]
    for x in (embed_column(v, 1, d, 2, ring), embed_row(v, 0, d, 2, ring)):
        rank, place = x.statements()
        assert accepted(tmp_path, rank, place)
        other = {**place, "claim": {**place["claim"], "matrix": {"entries": [[1]] * 3}}}
        assert not accepted(tmp_path, other)
        lower = {**rank, "claim": {**rank["claim"], "rank": 0}}
        assert not accepted(tmp_path, lower)
    found = column_map(1, d, (3, 2), ring)
    assert accepted(tmp_path, *found.statements())
    assert accepted(tmp_path, *found.statements(stacked=True))
    assert found.all_vectors().matrix.shape == (9, 2)


def test_the_zero_vector_has_the_zero_matrix() -> None:
    assert embed_column([0, 0, 0], 2, TOEPLITZ).matrix.tolist() == [[0] * 3] * 3


def test_singular_operators_say_which_columns_are_universal() -> None:
    assert universal_columns(SINGULAR, 2) == [None, "missed"]
    assert universal_columns(TOEPLITZ, 2, GF(2)) == ["missed", "missed"]  # 1 = -1: a bijection over Q only
    assert universal_columns(TOEPLITZ, 2) == ["invertible", "invertible"]
    assert universal_columns(Sylvester(diagonal([1, 2]), diagonal([1, 3])), 2) == ["missed", "coprime"]


def test_impossible_columns_are_refused_and_certified(tmp_path: Path) -> None:
    with pytest.raises(NotInvertible, match="singular, and no rule makes its column 0 universal"):
        embed_column([0, 1], 0, SINGULAR)
    for p in (2, 3, 5):
        none = exhaust([0, 1], 0, SINGULAR, ring=GF(p))
        assert isinstance(none, NoSuchMatrix)
        assert len(none.refutations) == p + 1
        statements = none.statements()
        assert accepted(tmp_path, *statements)
        wrong = {**statements[0]["claim"], "matrix": {"entries": [[0] * 7]}}
        assert not accepted(tmp_path, {**statements[0], "claim": wrong})


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: embed_column([1, 2], 2, TOEPLITZ), BadInput, "an index from 0 to 1"),
        (lambda: embed_column([1, 2], -1, TOEPLITZ), BadInput, "an index from 0 to 1"),
        (lambda: embed_column([1, 2], True, TOEPLITZ), BadInput, "an index from 0 to 1"),
        (lambda: column_map(0, TOEPLITZ, 3).at([1, 2]), ShapeMismatch, "length 3"),
        (lambda: embed_column([1, 2], 0, Sylvester(diagonal([1, 2, 3]), zero())), ShapeMismatch, "size 3"),
        (lambda: column_map(0, TOEPLITZ, 0), ShapeMismatch, "positive sizes"),
        (lambda: embed_column(["x", 1], 0, TOEPLITZ), BadInput, "x"),
        (lambda: exhaust([1, 0], 0, SINGULAR), BadInput, "give ring=GF"),
        (lambda: exhaust([1] * 9, 0, SINGULAR, ring=GF(7)), Undecided, "too many"),
    ],
)
def test_what_is_no_column_is_refused(call: Any, error: type, words: str) -> None:
    with pytest.raises(error, match=words):
        call()


# ---- networks

NET = HiddenLayer([[1, "-2/3", 0], [0, 5, 1]], ["1/2", -1], [3, "-1/7"], "2/5")


@pytest.mark.parametrize("pair", [TOEPLITZ, Stein(shift(f=0), shift(f=0).T), SINGULAR], ids=str)
def test_the_block_network_computes_the_same_function(tmp_path: Path, pair: Any) -> None:
    blocks = embed_network(NET, pair)
    assert blocks.weights.shape == (3, 6)
    random = np.random.default_rng(3)
    for _ in range(20):
        x = [QQ(f"{random.integers(-9, 10)}/{random.integers(1, 5)}") for _ in range(3)]
        # by hand: 2/5 + 3 s(x0 - 2/3 x1 + 1/2) - 1/7 s(5 x1 + x2 - 1)
        inner = [x[0] - x[1] * QQ("2/3") + QQ("1/2"), x[1] * 5 + x[2] - 1]
        for name, s in {
            "relu": lambda t: max(t, QQ(0)),
            "square": lambda t: t * t,
            "identity": lambda t: t,
        }.items():
            wanted = QQ("2/5") + s(inner[0]) * 3 - s(inner[1]) * QQ("1/7")
            assert blocks(x, name) == NET(x, name) == wanted
        assert blocks(x, "threshold") == NET(x, "threshold")
        assert blocks(x, lambda t: t * t * t - 1) == NET(x, lambda t: t * t * t - 1)
    statements = blocks.statements()
    assert accepted(tmp_path, *statements)


def test_a_block_network_for_another_source_is_refused(tmp_path: Path) -> None:
    from dataclasses import replace

    blocks = embed_network(NET, TOEPLITZ, index=1)
    for other in (
        HiddenLayer([[1, "-2/3", 0], [0, 5, 2]], ["1/2", -1], [3, "-1/7"], "2/5"),
        HiddenLayer(NET.weights, ["1/2", 1], [3, "-1/7"], "2/5"),
        HiddenLayer(NET.weights, ["1/2", -1], [3, 0], "2/5"),
        HiddenLayer(NET.weights, ["1/2", -1], [3, "-1/7"]),
    ):
        assert not accepted(tmp_path, *replace(blocks, source=other).statements())
    stray = blocks.output.copy()
    stray[0] = QQ(1)  # an unused neuron switched on
    assert not accepted(tmp_path, *replace(blocks, output=stray).statements())


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: HiddenLayer([1, 2], [0], [1]), ShapeMismatch, "one row per neuron"),
        (lambda: HiddenLayer([[1, 2]], [0, 1], [1]), ShapeMismatch, "biases wants one number"),
        (lambda: HiddenLayer([[1, 2]], [0], []), ShapeMismatch, "output wants one number"),
        (lambda: HiddenLayer([[float("nan")]], [0], [1]), NotInRing, "nan"),
        (lambda: NET([1, 2]), ShapeMismatch, "3 coordinates"),
        (lambda: NET([1, 2, 3], "rellu"), UnknownName, "relu"),
        (lambda: embed_network(NET, TOEPLITZ, index=3), BadInput, "from 0 to 2"),
        (lambda: embed_network(NET, SINGULAR, index=0), NotInvertible, "no rule"),
        (lambda: embed_network(NET, Sylvester(diagonal([1, 2]), zero())), ShapeMismatch, "size 2"),
        (
            lambda: embed_network(NET, Sylvester(shift(f=GAUSSIAN("i")), zero())),
            BadInput,
            "rational operators",
        ),
    ],
)
def test_what_is_no_network_is_refused(call: Any, error: type, words: str) -> None:
    with pytest.raises(error, match=words):
        call()
