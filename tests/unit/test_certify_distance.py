"""Distances whose true value is known by hand, and everything that must be refused."""

from __future__ import annotations

from fractions import Fraction
from math import factorial

import numpy as np
import pytest
from flint import fmpq

from ldrtheory.certify.distance import residual as distance_residual
from ldrtheory.certify.distance.entries import to_flint, to_ints
from ldrtheory.certify.distance.numbers import root_down, root_up
from ldrtheory.certify.distance.numerical import numerical_rank
from ldrtheory.certify.distance.of_class import class_distance
from ldrtheory.certify.distance.residual import residual
from ldrtheory.certify.distance.separation import separation, sine_down, stretch
from ldrtheory.claims import encode_number
from ldrtheory.errors import BadInput, ShapeMismatch, Undecided
from ldrtheory.exactstrings import rounded_string

RANK = {"kind": "sylvester", "left": {"op": "identity"}, "right": {"op": "zero"}}
# the sine's series up to x^19, x <= pi/2 < 11/7, at pi cut after 20 decimals, rounded to 96 bits
SINE_GAP = Fraction(11, 7) ** 21 / factorial(21) + Fraction(1, 10**20) + Fraction(1, 2**96)


def shift(corner):
    return {"op": "shift", "corner": encode_number(Fraction(corner))}


def transpose(op):
    return {"op": "transpose", "of": op}


def diagonal(values):
    return {"op": "diagonal", "values": [encode_number(Fraction(x)) for x in values]}


TOEPLITZ = {"kind": "sylvester", "left": shift(1), "right": shift(-1)}


def number(data):
    """A certificate number, read here without the code under test."""
    if isinstance(data, int):
        return Fraction(data)
    top, _, bottom = data.partition("/")
    return Fraction(int(top, 16), int(bottom or "1", 16))


def squared_error(L, evidence):
    """||L - G H^T / 2^shift||_F^2 in Fractions; L: rows of Fractions."""
    G, H = evidence["left"], evidence["right"]
    scale = Fraction(2) ** evidence["shift"]
    return sum(
        (x - sum(number(g) * number(h) for g, h in zip(G[i], H[j])) / scale) ** 2
        for i, row in enumerate(L)
        for j, x in enumerate(row)
    )


def proves_more(L, evidence, rank, bound):
    """Whether U and V prove tail_rank(L) > bound: K = U^T L V, off its elements beside the diagonal, and
    (sqrt(tail of the diagonal) - ||off||_F) / (norm of U times norm of V) > bound, decided in Fractions.
    """
    U = [[number(x) for x in row] for row in evidence["left"]]
    V = [[number(x) for x in row] for row in evidence["right"]]
    k, m, n = len(U[0]), len(U), len(V)
    LV = [[sum(L[i][j] * V[j][b] for j in range(n)) for b in range(k)] for i in range(m)]
    K = [[sum(U[i][a] * LV[i][b] for i in range(m)) for b in range(k)] for a in range(k)]
    off = sum(K[a][b] ** 2 for a in range(k) for b in range(k) if a != b)
    tail = sum(sorted((K[a][a] ** 2 for a in range(k)), reverse=True)[rank:])

    def gram(W):
        return max(sum(abs(sum(w[a] * w[b] for w in W)) for b in range(k)) for a in range(k))

    needed = bound**2 * gram(U) * gram(V)
    rest = tail - needed - off  # sqrt(tail) > sqrt(needed) + sqrt(off)
    return rest > 0 and rest**2 > 4 * needed * off


def fractions(array):
    return [[Fraction(x) for x in row] for row in array.tolist()]


# ---- known by hand --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_permuted_diagonal(order):
    # singular values 12, 4, 3; ||M|| = 13; tails 13, 5, 3, 0
    M = np.diag([12, 4, 3])[:, list(order)]
    for tolerance, rank in (
        ("2", 0),
        ("1", 0),
        ("0.99", 1),
        ("0.39", 1),
        ("0.38", 2),
        ("0.24", 2),
        ("0.22", 3),
    ):
        answer = numerical_rank(M, "Q", RANK, Fraction(tolerance))
        assert (answer.rank, answer.holds) == (rank, True)
        assert squared_error(fractions(M), answer.within) <= (Fraction(tolerance) * 13) ** 2
        if rank:
            assert proves_more(fractions(M), answer.not_within, rank - 1, Fraction(tolerance) * 13)


def test_equality_holds_where_it_can_be_proved():
    # T_1 = 5 = (5/13) ||M|| exactly: "at most" holds with equality, and just below it does not.
    M = np.diag([12, 4, 3])
    assert numerical_rank(M, "Q", RANK, Fraction(5, 13)).rank == 1
    assert numerical_rank(M, "Q", RANK, Fraction(5, 13) - Fraction(1, 10**9)).rank == 2
    assert numerical_rank(M, "Q", RANK, Fraction(5, 13) + Fraction(1, 10**9)).rank == 1


def test_fixed_rank_answers_both_ways():
    M = np.diag([12, 4, 3])
    true = numerical_rank(M, "Q", RANK, Fraction(39, 100), rank=1)
    assert (true.rank, true.holds, true.not_within) == (1, True, None)
    false = numerical_rank(M, "Q", RANK, Fraction(38, 100), rank=1)
    assert (false.rank, false.holds, false.within) == (1, False, None)
    assert Fraction(38 * 13, 100) < false.tail_lower <= 5
    assert numerical_rank(M, "Q", RANK, Fraction(1, 10**9), rank=7).holds
    claims = [s["claim"] for s in false.statements({"entries": M.tolist()}, RANK)]
    assert [(c["relation"], c["rank"], c["bound"]) for c in claims] == [
        ("not within", 1, {"relative": "0x13/0x32"})
    ]


def test_irrational_truth_cannot_be_met_exactly():
    # [[1, 1], [0, 1]] has singular values (sqrt 5 +- 1) / 2 and norm sqrt 3: T_1 / ||M|| = (sqrt 5 - 1) / (2 sqrt 3).
    M = np.array([[1, 1], [0, 1]])
    truth = (root_down(Fraction(5, 3), 200) - root_down(Fraction(1, 3), 200)) / 2
    assert numerical_rank(M, "Q", RANK, truth + Fraction(1, 10**9)).rank == 1
    assert numerical_rank(M, "Q", RANK, truth - Fraction(1, 10**9)).rank == 2
    with pytest.raises(
        Undecided, match=r"distance to rank 1 lies in \[0\.618033988749.*0\.618033988749\d+\]"
    ):
        numerical_rank(M, "Q", RANK, truth)


def test_zero_matrix_and_zero_residual():
    assert numerical_rank(np.zeros((3, 4)), "Q", TOEPLITZ, Fraction(1, 100)).rank == 0
    circulant = np.array([[1, 3, 2], [2, 1, 3], [3, 2, 1]])
    answer = numerical_rank(
        circulant, "Q", {"kind": "sylvester", "left": shift(1), "right": shift(1)}, Fraction(1, 10**9)
    )
    assert (answer.rank, answer.within["left"]) == (0, [[], [], []])


def test_toeplitz_with_one_changed_entry():
    # M0 is Toeplitz, so D_2(M) <= ||M - M0||_F = 1/1000 although M itself has displacement rank 4.
    M = [[Fraction(5 + 3 * (i - j) + (i - j) ** 3) for j in range(6)] for i in range(6)]
    M[2][3] += Fraction(1, 1000)
    array = np.array([[fmpq(x.numerator, x.denominator) for x in row] for row in M], dtype=object)
    answer = class_distance(array, "Q", TOEPLITZ, 2)
    assert 0 < answer.lower <= Fraction(1, 1000)
    assert answer.upper >= answer.lower
    assert answer.rule == "shift-pair"
    inside = class_distance(array, "Q", TOEPLITZ, 4)
    assert (inside.lower, inside.upper, inside.member["method"]) == (0, 0, "pivots")
    whole = class_distance(array, "Q", TOEPLITZ, 6)
    assert (whole.lower_text, whole.upper_text, whole.member["method"]) == ("0", "0", "kernel")
    # ||M||_F is about 390: a tolerance of 1e-4 forgives the entry, 1e-9 does not.
    assert numerical_rank(array, "Q", TOEPLITZ, Fraction(1, 10**4)).rank == 2
    assert numerical_rank(array, "Q", TOEPLITZ, Fraction(1, 10**9)).rank == 4


def test_rounded_loewner_matrix_returns_to_rank_two():
    rng = np.random.default_rng(7)
    s, t = np.arange(1, 21) / 8.0, np.arange(1, 21) / 8.0 + 1 / 16.0
    u, v = rng.integers(1, 100, 20) / 4.0, rng.integers(1, 100, 20) / 4.0
    M = (u[:, None] - v[None, :]) / (s[:, None] - t[None, :])
    d = {"kind": "sylvester", "left": diagonal(s.tolist()), "right": diagonal(t.tolist())}
    L, _ = residual(M, d)
    assert L.flint.rank() == 20  # exactly: the rounding errors fill the residual
    assert numerical_rank(M, "Q", d, Fraction(1, 10**12)).rank == 2
    assert numerical_rank(M, "Q", d, Fraction(1, 10**15)).rank == 2
    deep = numerical_rank(M, "Q", d, Fraction(1, 10**18))
    assert 2 < deep.rank <= 20
    answer = class_distance(M, "Q", d, 2)
    # The exact Loewner matrix is within half an ulp of each entry: ||M - M0||_F <= 2^-53 ||M||_F.
    square = Fraction(2) ** -106 * sum(Fraction(x) ** 2 for x in M.ravel().tolist())
    assert answer.lower**2 <= square
    assert answer.rule == "diagonal"
    # T_2 <= max |s - t| ||M - M0||_F, the separation is min |s - t|, and G and H are rounded below 2^-10 in quadrature
    stretched = Fraction(np.abs(s[:, None] - t).max()) / Fraction(np.abs(s[:, None] - t).min())
    assert answer.lower < answer.upper
    assert answer.upper**2 <= stretched**2 * square * (1 + Fraction(1, 2**20))


def test_wild_exponents():
    # 2^-1040 of the largest entry is far below any float noise; T_1 = 1e-305 / ... is still found exactly.
    M = np.diag([1e308, 1e-5])
    assert numerical_rank(M, "Q", RANK, Fraction(1, 10**200)).rank == 1
    answer = class_distance(np.diag([2.0**1000, 2.0**-100]), "Q", RANK, 1)
    assert answer.lower <= Fraction(2) ** -100 <= answer.upper
    tiny = np.diag([5e-324, 0.0])
    assert numerical_rank(tiny, "Q", RANK, Fraction(1, 2)).rank == 1


@pytest.mark.parametrize("corner", [1, -1, 7, Fraction(1, 3)])
def test_digits_never_overflow(corner, monkeypatch):
    # Every digit in base 2^20 is +-2^19 and neighbours differ in sign: the residual's digits are as large as they get.
    value = sum(1 << (19 + 20 * k) for k in range(3))
    M = np.array([[value * (-1) ** (i + j) for j in range(4096)] for i in range(2)], dtype=np.int64)
    d = {"kind": "sylvester", "left": shift(corner), "right": shift(-1)}
    plain, square = residual(M, d)
    monkeypatch.setattr(distance_residual, "LARGE", 1)
    digits, again = residual(M, d)
    assert again == square == 2 * 4096 * value**2
    assert digits.frobenius_squared * digits.scale**2 == plain.frobenius_squared * plain.scale**2
    V = to_flint(np.array([[(-1) ** j * (2**90 - 1)] for j in range(4096)], dtype=object))
    ratio = digits.scale / plain.scale
    assert (
        to_ints(digits.times(V) * ratio.numerator).tolist()
        == to_ints(plain.times(V) * ratio.denominator).tolist()
    )


# ---- rules ----------------------------------------------------------------------------------------------------------


def test_separation_rules_by_hand():
    # n = 2, Z_1 and Z_-1: eigenvalues 1, -1 against i, -i: all distances sqrt 2.
    rule, s = separation(TOEPLITZ, (2, 2))
    assert rule == "shift-pair"
    assert s * s <= 2 < (s + 2 * SINE_GAP) ** 2
    assert separation({**TOEPLITZ, "right": transpose(shift(-1))}, (2, 2)) == (rule, s)
    # x^4 = 1 and y^2 = -1 share i: singular.
    assert separation(TOEPLITZ, (4, 2)) is None
    assert separation({"kind": "sylvester", "left": shift(1), "right": shift(1)}, (3, 3)) is None
    assert separation(RANK, (3, 5)) == ("diagonal", 1)
    nodes = {"kind": "sylvester", "left": diagonal([1, 5]), "right": diagonal([2, "9/2", 9])}
    assert separation(nodes, (2, 3)) == ("diagonal", Fraction(1, 2))
    stein = {"kind": "stein", "left": diagonal([2, 3]), "right": diagonal(["1/2", 5])}
    assert separation(stein, (2, 2)) is None  # 2 * 1/2 = 1
    nilpotent = {"kind": "stein", "left": shift(0), "right": transpose(shift(0))}
    assert separation(nilpotent, (5, 3)) == ("nilpotent-stein", Fraction(1, 3))
    assert (
        separation(
            {"kind": "sylvester", "left": {"op": "path", "first": 0, "last": 0}, "right": shift(0)}, (3, 3)
        )
        is None
    )


def test_stretch_by_hand():
    assert stretch(TOEPLITZ, (4, 7)) == 2
    assert stretch(RANK, (4, 7)) == 1
    assert stretch({"kind": "stein", "left": diagonal([3, -4]), "right": shift("1/2")}, (2, 2)) == 5
    # path(1,1): rows sum to at most 2
    paths = {
        "kind": "sylvester",
        "left": {"op": "path", "first": 0, "last": 0},
        "right": {"op": "path", "first": 1, "last": 1},
    }
    assert stretch(paths, (5, 5)) == 4


def test_rational_square_roots_and_sines():
    for x in (Fraction(2), Fraction(1, 3), Fraction(10**80 + 1, 7), Fraction(1, 10**80)):
        low, high = root_down(x), root_up(x)
        assert low * low <= x <= high * high
        assert high - low <= high * Fraction(1, 2**95)  # the upper one is at most 1 + 2^-95 times the lower
    assert root_down(Fraction(9, 4)) == root_up(Fraction(9, 4)) == Fraction(3, 2)
    # sin(pi/6) = 1/2, sin(pi/2) = 1
    assert Fraction(1, 2) - SINE_GAP < sine_down(Fraction(1, 6)) <= Fraction(1, 2)
    assert 1 - SINE_GAP < sine_down(Fraction(1, 2)) <= 1


@pytest.mark.parametrize(
    "x", ["1", "999999995/1000000000", "1/3", "123456789012345", "1/123456789012345", "1e-40", "1e40"]
)
def test_short_decimals_are_outside(x):
    value = Fraction(x)
    down, up = Fraction(rounded_string(value, up=False)), Fraction(rounded_string(value, up=True))
    assert down <= value <= up
    assert up - down <= value / 10**7


# ---- refusals -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("array", "field", "tolerance", "error", "words"),
    [
        (np.eye(2), "Q", 0, BadInput, "a tolerance must be positive; got 0"),
        (np.eye(2), "Q", Fraction(-1, 3), BadInput, "a tolerance must be positive; got -1/3"),
        (np.eye(2), "GF(7)", 1, BadInput, r"got field GF\(7\)"),
        (np.eye(2) * 1j, "Q", 1, BadInput, "complex matrix"),
        (np.array([[np.nan]]), "Q", 1, BadInput, "NaN or infinity"),
        (np.array([[np.inf]]), "Q", 1, BadInput, "NaN or infinity"),
        (np.zeros((0, 2)), "Q", 1, ShapeMismatch, r"shape \(0, 2\)"),
        (np.zeros(3), "Q", 1, ShapeMismatch, r"shape \(3,\)"),
        (np.eye(2), "Q", "x", BadInput, "rational numbers; got 'x'"),
    ],
)
def test_refusals(array, field, tolerance, error, words):
    with pytest.raises(error, match=words):
        numerical_rank(array, field, RANK, tolerance)


def test_more_refusals():
    with pytest.raises(BadInput, match="a rank is at least 0; got -1"):
        numerical_rank(np.eye(2), "Q", RANK, 1, rank=-1)
    with pytest.raises(BadInput, match="a rank is at least 0; got -1"):
        class_distance(np.eye(2), "Q", RANK, -1)
    with pytest.raises(ShapeMismatch):
        numerical_rank(
            np.eye(3), "Q", {"kind": "sylvester", "left": diagonal([1, 2]), "right": {"op": "zero"}}, 1
        )
    with pytest.raises(BadInput, match="kind"):
        numerical_rank(np.eye(3), "Q", {**RANK, "kind": "stern"}, 1)
    with pytest.raises(Undecided, match="time limit"):
        numerical_rank(np.diag([3.0, 1.0]), "Q", RANK, Fraction(1, 100), deadline=0.0)
