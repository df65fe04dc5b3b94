"""Approximation: hypotheses, universality, embeddings, constants; expected values by hand, numpy or brute force."""

from __future__ import annotations

import itertools
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy
from flint import arb, ctx, fmpz_mat

from ldrtheory import GAUSSIAN, GF, QQ, Cyclotomic, Level, Stein, Sylvester, diagonal, shift, zero
from ldrtheory.bounds.approximation.embedding import HiddenLayer, embed_network
from ldrtheory.bounds.approximation.error_bounds import (
    barron,
    blocks_needed,
    cosine_moment,
    cube_radius_squared,
    gaussian_moment,
    parameter_counts,
)
from ldrtheory.bounds.approximation.exhaustion import NoSuchMatrix, exhaust
from ldrtheory.bounds.approximation.experiment import Target, cosines, fit_blocks, gaussian
from ldrtheory.bounds.approximation.forms import moment_forms, signs
from ldrtheory.bounds.approximation.hypotheses import published_hypotheses
from ldrtheory.bounds.approximation.universality import (
    column_map,
    embed_column,
    embed_row,
    universal_columns,
)
from ldrtheory.bounds.approximation.verdicts import decided
from ldrtheory.claims import decode_number
from ldrtheory.errors import BadInput, NotInRing, NotInvertible, ShapeMismatch, Undecided, UnknownName
from ldrtheory.linalg import array
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


# ---- the published hypotheses


def test_the_published_hypotheses_exclude_every_shift() -> None:
    for n in range(2, 6):
        for f in (1, -1, 0, 2):
            found = published_hypotheses(shift(f=3), shift(f=f), n)
            assert not found.hold
            assert found["(iii)"].holds is False
            assert found["B is nonsingular"].holds is (f != 0)
            assert found["(i)"].holds is True
            assert found["(ii)"].holds is (3 * f != 1)
    assert published_hypotheses(shift(f=3), shift(f=1), 1).hold  # n = 1: one eigenvalue


@pytest.mark.parametrize(
    ("A", "B", "failing"),
    [
        (shift(f=2), diagonal([1, 2, -3]), []),
        ([[1, 1], [0, 1]], diagonal([2, 3]), ["A is diagonalizable", "(i)"]),
        (diagonal([1, -1]), [[2, 1], [0, 2]], ["B is diagonalizable", "(iii)"]),
        (diagonal([1, -1]), diagonal([1, 2]), ["(ii)"]),
        (diagonal([1, 2]), diagonal([2, 3]), ["(i)"]),
        (diagonal([1, -1]), diagonal([2, -2]), ["(iii)"]),
        (diagonal([1, -1]), diagonal([2, 2]), ["(iii)"]),
        (diagonal([1, -1]), [[1, -2], [1, 3]], ["(iii)"]),  # 2 +- i
        (diagonal([1, 1]), diagonal([0, 2]), ["B is nonsingular"]),
        ([[0, 0], [1, 0]], diagonal([2, 3]), ["A is nonsingular", "A is diagonalizable", "(i)"]),
    ],
)
def test_each_hypothesis_by_hand_with_its_certificate(A: Any, B: Any, failing: list[str]) -> None:
    found = published_hypotheses(A, B)
    names = [
        "A is nonsingular",
        "B is nonsingular",
        "A is diagonalizable",
        "B is diagonalizable",
        "(i)",
        "(ii)",
        "(iii)",
    ]
    assert [name for name in names if found[name].holds is False] == failing
    assert found["(ii)"].holds is None or "(i)" not in failing
    assert found.level is Level.VERIFIED
    assert "arithmetic: verified" in str(found)
    assert "cited" in str(found)


def distinct_in_absolute_value(B: np.ndarray) -> bool:
    """Whether no two eigenvalues of an integer matrix of size at most 4 and of row sums at most 8 have one modulus.

    The squares of the moduli are products of two eigenvalues, hence among the d <= 16 zeros, at most 64 in modulus,
    of an integer polynomial; zeros that differ are farther apart than d^(-(d+2)/2) 64^(-d (d-1)) = 2^-1476 (Mahler).
    """
    with ctx.workprec(2048):
        zeros = fmpz_mat(B.tolist()).charpoly().complex_roots()
        squares = [z.real**2 + z.imag**2 for z, _ in zeros]
        assert all(x.rad() < arb(2) ** -1500 for x in squares)
        apart = all(not x.overlaps(y) for x, y in itertools.combinations(squares, 2))
    return apart and all(times == 1 for _, times in zeros)


def test_absolute_values_agree_with_isolated_zeros() -> None:
    random, seen = np.random.default_rng(5), set()
    for _ in range(120):
        n = int(random.integers(1, 5))
        B = random.integers(-2, 3, (n, n))
        holds = published_hypotheses(shift(f=1), B.tolist(), n)["(iii)"].holds
        assert holds is distinct_in_absolute_value(B)
        seen.add(holds)
    assert seen == {True, False}


def test_the_statements_are_about_the_given_operators() -> None:
    """The first factor of every chain is the operator itself, and the traces are those of powers, by numpy."""
    B = [[1, 2, 0], [0, -1, 1], [3, 0, 2]]
    links, (H, K) = moment_forms(array(QQ, B))
    squared = np.linalg.matrix_power(np.array(B, dtype=object), 2)
    traces = [int(np.trace(np.linalg.matrix_power(squared, k))) for k in range(6)]
    assert H.tolist() == [[traces[i + j] for j in range(3)] for i in range(3)]
    assert K.tolist() == [[traces[i + j + 1] for j in range(3)] for i in range(3)]
    assert links[0]["claim"]["factors"] == [{"entries": B}, {"entries": B}]
    found = published_hypotheses(B, diagonal([1, 2, 3]))
    chain = found["(i)"].statements[0]["claim"]
    assert chain["factors"][0] == {"entries": B}


def test_forms_are_positive_or_have_a_witness(tmp_path: Path) -> None:
    cases = [
        ([[2, 1], [1, 2]], True, True),
        ([[1, 1], [1, 1]], True, False),
        ([[1, 1], [1, 1]], False, True),
        ([[0, 1], [1, 0]], False, False),
        ([[0, 0, 0], [0, 1, 2], [0, 2, 1]], False, False),
        ([[0, 0], [0, 3]], False, True),
    ]
    for form, strict, positive in cases:
        H = array(QQ, form)
        holds, shown = signs(H, strict)
        truth = sympy.Matrix(form)
        assert positive is (truth.is_positive_definite if strict else truth.is_positive_semidefinite)
        assert holds is positive
        assert accepted(tmp_path, shown)
        factors = [f["entries"] for f in shown["claim"]["factors"]]
        if holds:
            pivots = [decode_number(factors[1][k][k]) for k in range(len(form))]
            assert all(x > 0 or (x == 0 and not strict) for x in pivots)
        else:
            assert any(any(row) for row in factors[0])
            value = decode_number(shown["claim"]["matrix"]["entries"][0][0])
            assert value < 0 or (strict and value == 0)


def test_hypotheses_that_are_not_decided_are_refused() -> None:
    with pytest.raises(NotInRing, match=r"over GF\(7\)"):
        published_hypotheses(diagonal([GF(7)(1)]), shift(f=1), 1)
    with pytest.raises(ShapeMismatch, match="size 2"):
        published_hypotheses(diagonal([1, 2]), diagonal([1, 2, 3]))
    with pytest.raises(ShapeMismatch, match="say the size"):
        published_hypotheses(shift(f=1), shift(f=1))
    with pytest.raises(Undecided, match="n <= 32"):
        published_hypotheses(shift(f=1), shift(f=1), 10**9)
    assert decided([{"claim": {}, "evidence": {}}]) is Level.OBSERVED


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


# ---- constants and the experiment


def test_constants_by_hand() -> None:
    bound = barron(10, 2, 3)  # 4 rho^2 C^2 / k = 4 * 2 * 9 / 10
    assert bound.value == Fraction(36, 5)
    assert bound.level is Level.CITED
    assert "theorem: cited (Barron 1993" in str(bound)
    assert "verified" not in str(bound)
    assert cube_radius_squared(3) == Fraction(3, 4)
    assert blocks_needed(Fraction(36, 5), 2, 3) == 10
    assert blocks_needed(Fraction(71, 10), 2, 3) == 11
    assert blocks_needed(10**6, 2, 3) == 1
    root = cosine_moment([1], [[1, 1]])  # sqrt 2 from above
    assert 2 <= root**2 < 2 + Fraction(1, 2**30)
    assert cosine_moment([-2, 1], [[3, 4], [0, -1]]) == 11
    assert gaussian_moment(9, Fraction(1, 2)) == 6
    assert parameter_counts(4, 3, 1) == {"blocks": 49, "ordinary": 19}  # 4 k n + 1, k (n + 2) + 1
    assert (
        embed_network(HiddenLayer([[1, 2]], [0], [1]), TOEPLITZ).parameters
        == parameter_counts(2, 1)["blocks"]
    )


def test_the_gaussian_moment_is_an_upper_bound() -> None:
    from math import gamma, sqrt

    for n in range(1, 30):  # E|w| = sqrt 2 Gamma((n+1)/2) / Gamma(n/2) for a standard normal w
        assert sqrt(2) * gamma((n + 1) / 2) / gamma(n / 2) < float(gaussian_moment(n))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: barron(0, 1, 1), "k wants a whole number"),
        (lambda: barron(2.5, 1, 1), "k wants a whole number"),
        (lambda: barron(1, 0, 1), "radius_squared wants a number above 0"),
        (lambda: barron(1, 1, -1), "moment wants a number of at least 0"),
        (lambda: barron(1, 1, "many"), "exact number"),
        (lambda: blocks_needed(0, 1, 1), "epsilon wants a number above 0"),
        (lambda: cosine_moment([1], []), "one frequency per amplitude"),
        (lambda: parameter_counts(0, 1), "n wants a whole number"),
        (lambda: cosines([1, 2], [[1], [1, 2]]), "of one length"),
        (lambda: fit_blocks(gaussian(2), TOEPLITZ, []), "blocks wants"),
        (lambda: fit_blocks(gaussian(2), TOEPLITZ, [10**9]), "from 1 to 256"),
    ],
)
def test_what_is_no_constant_is_refused(call: Any, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        call()


def test_the_experiment_is_observed_reproducible_and_uses_structured_blocks() -> None:
    first, again, other = (fit_blocks(gaussian(2), TOEPLITZ, (1, 8), seed=s) for s in (1, 1, 2))
    assert first.one_neuron == again.one_neuron != other.one_neuron
    assert first.level is Level.OBSERVED
    assert "observed in 4000 samples" in str(first)
    assert not {"verified", "proved"} & set(str(first).split())
    assert first.bounds[0] == 8 * first.bounds[1]
    with pytest.raises(BadInput, match="not finite"), np.errstate(divide="ignore"):
        fit_blocks(Target("pole", 2, lambda x: 1 / (x[:, 0] * 0), Fraction(1)), TOEPLITZ, (1,))


def test_a_constant_is_fitted_by_the_output_bias(monkeypatch: pytest.MonkeyPatch) -> None:
    """Least squares in float64 solves A + E, ||E|| <= m n u ||A||_F (Higham, theorem 20.3), so that the solution, whose
    residual is 0, is off by at most ||E|| ||x|| / (least singular value), to first order: doubled here.
    """
    experiment, fits = import_module("ldrtheory.bounds.approximation.experiment"), []
    monkeypatch.setattr(
        experiment, "_fitted", lambda A, y, solve=experiment._fitted: fits.append((A, y)) or solve(A, y)
    )
    target = Target("constant", 2, lambda x: np.full(len(x), 3.0), Fraction(0))
    found = fit_blocks(target, TOEPLITZ, (1,)).one_neuron[0]
    A = next(
        A for A, _ in reversed(fits) if A.shape[1] == 2
    )  # the constant, and the neuron of the one column
    assert all(np.array_equal(3 * A[:, 0], y) for A, y in fits)
    singular = np.linalg.svd(A, compute_uv=False)
    off = A.size * 2.0**-53 * np.linalg.norm(A) * 3 / singular[-1]
    # a value is off by at most sqrt(2) of that: columns lie in [0, 1]; its own two products and sums by 4 u more
    assert found <= (2 * (2**0.5 * off + 4 * 2.0**-53 * 3)) ** 2


def test_the_picture_is_drawn_and_says_what_is_what() -> None:
    from ldrtheory.report.error_curves import error_curves

    svg = error_curves(fit_blocks(gaussian(2), TOEPLITZ, (1, 2), seed=1), name="first")
    assert svg.startswith("<svg")
    assert "observed" in svg
    assert "cited" in svg
    assert "verified" not in svg
    assert 'id="first-' in svg
    assert "http" not in svg
