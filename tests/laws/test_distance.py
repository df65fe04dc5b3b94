"""Laws of certified distances: lower <= truth <= upper for every route, size and displacement equation."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import numpy as np
import pytest

from ldrtheory.certify.distance import residual as distance_residual
from ldrtheory.certify.distance import spectrum as distance_spectrum
from ldrtheory.certify.distance.numerical import numerical_rank
from ldrtheory.certify.distance.of_class import class_distance
from ldrtheory.certify.distance.separation import separation, stretch
from ldrtheory.certify.rank.operators import sparse_operator
from ldrtheory.claims import Certificate, decode_number, encode_number, subject_by_value
from ldrtheory.errors import Undecided
from ldrtheory.judge import check
from ldrtheory.rings import QQ

SHIFTS = [{"op": "shift", "corner": f} for f in (0, 1, -1, 3, "0x1/0x3")]
OPERATORS = [
    *SHIFTS,
    *({"op": "transpose", "of": op} for op in SHIFTS[:3]),
    {"op": "identity"},
    {"op": "zero"},
    {"op": "path", "first": 0, "last": 0},
    {"op": "path", "first": 1, "last": 1},
]
CATALOGUE = [
    {"kind": "sylvester", "left": {"op": "identity"}, "right": {"op": "zero"}},
    {"kind": "sylvester", "left": SHIFTS[1], "right": SHIFTS[2]},
    {"kind": "sylvester", "left": SHIFTS[1], "right": {"op": "transpose", "of": SHIFTS[2]}},
    {"kind": "stein", "left": SHIFTS[0], "right": {"op": "transpose", "of": SHIFTS[0]}},
    {"kind": "sylvester", "left": OPERATORS[10], "right": OPERATORS[11]},
]


def dense(op, n):
    matrix = [[Fraction(0)] * n for _ in range(n)]
    for i, j, value in sparse_operator(op, n, QQ).entries:
        matrix[i][j] = value[0]
    return np.array(matrix, dtype=object).reshape(n, n)


def exact_residual(M, d):
    """The residual by dense products of Fractions."""
    X = np.array([[Fraction(x) for x in row] for row in M.tolist()], dtype=object)
    A, B = dense(d["left"], X.shape[0]), dense(d["right"], X.shape[1])
    return A @ X - X @ B if d["kind"] == "sylvester" else X - A @ X @ B


def true_tails(L, digits=60):
    """T_0, T_1, ... by mpmath's singular value decomposition: another system, correct to about `digits` digits."""
    with mpmath.workdps(digits):
        rows = [[mpmath.mpf(x.numerator) / x.denominator for x in row] for row in L.tolist()]
        s = mpmath.svd_r(mpmath.matrix(rows), compute_uv=False)
        squares = [x * x for x in s]
        tails = [mpmath.sqrt(mpmath.fsum(squares[r:])) for r in range(len(squares) + 1)]
        return [Fraction(int(mpmath.floor(t * mpmath.mpf(10) ** 50)), 10**50) for t in tails]


def cases():
    rng = np.random.default_rng(11)
    for d in CATALOGUE:
        yield rng.standard_normal((6, 6)), d
        yield rng.integers(-9, 10, (4, 7)), d
        yield rng.standard_normal((7, 5)) * 10.0 ** rng.integers(-12, 3, (7, 1)), d
        i = np.arange(6)
        toeplitz = rng.standard_normal(11)[i[:, None] - i[None, :] + 5]
        yield toeplitz + 1e-13 * rng.standard_normal((6, 6)), d


@pytest.mark.parametrize("route", ["plain", "digits", "range finder"])
def test_enclosures_contain_the_truth(route, monkeypatch):
    if route != "plain":
        monkeypatch.setattr(distance_residual, "LARGE", 1)
    if route == "range finder":
        monkeypatch.setattr(distance_spectrum, "FULL", 1)
        monkeypatch.setattr(distance_spectrum, "DENSE", 1)
        monkeypatch.setattr(distance_spectrum, "START", 1)
    # mpmath at 60 digits, norms below 10^6 and at most 7 x 7 entries: errors below 7^2 * 10^6 * 10^-60, and 10^-50 from
    # the rounding to 50 digits: far less than 10^-45
    slack = Fraction(1, 10**45)
    for M, d in cases():
        tails = true_tails(exact_residual(M, d))
        square = sum(Fraction(x) ** 2 for x in M.ravel().tolist())
        for exponent in (1, 3, 6, 11, 14):
            tolerance = Fraction(3, 10**exponent)
            answer = numerical_rank(M, "Q", d, tolerance)
            r = answer.rank
            assert tails[r] <= answer.tail_upper + slack
            assert answer.tail_upper**2 <= tolerance**2 * square
            if r:
                assert tails[r - 1] >= answer.tail_lower - slack
                assert answer.tail_lower**2 >= tolerance**2 * square
                assert numerical_rank(M, "Q", d, tolerance, rank=r - 1).holds is False
            assert numerical_rank(M, "Q", d, tolerance, rank=r).holds is True


def test_a_claim_beyond_the_truth_is_never_made():
    # Tolerances a relative 10^-12 beside the truth: the answer is the right one or none.
    rng = np.random.default_rng(5)
    decided = 0
    for d in CATALOGUE:
        M = rng.integers(-9, 10, (5, 5))
        tails = true_tails(exact_residual(M, d))
        square = sum(int(x) ** 2 for x in M.ravel())
        with mpmath.workdps(60):
            norm = Fraction(int(mpmath.sqrt(square) * mpmath.mpf(10) ** 50), 10**50)
        for r in (1, 2, 3):
            if tails[r] == 0:
                continue
            for sign in (-1, 1):
                tolerance = tails[r] / norm * (1 + sign * Fraction(1, 10**12))
                try:
                    answer = numerical_rank(M, "Q", d, tolerance, rank=r)
                except Undecided:
                    continue
                decided += 1
                assert answer.holds is (sign > 0)
    assert decided >= 15  # and it does decide most of them


def test_class_distance_encloses_a_known_member():
    # M = M0 + E with M0 of displacement rank at most 2: D_2(M) <= ||E||_F, so lower <= ||E||_F; and upper >= lower.
    rng = np.random.default_rng(3)
    i = np.arange(8)
    for size in (1, 2.0**-20, 2.0**-40):
        M0 = rng.integers(-50, 50, 15)[i[:, None] - i[None, :] + 7]
        E = rng.integers(-9, 10, (8, 8)) * size
        square = sum(Fraction(x) ** 2 for x in E.ravel().tolist())
        answer = class_distance(M0 + E, "Q", CATALOGUE[1], 2)
        assert answer.lower > 0
        assert answer.lower**2 <= square
        assert answer.lower <= answer.upper


def test_rank_operator_distance_is_the_tail():
    # For (I, 0) the class distance is T_r itself (Eckart, Young).  The lower bound drops columns worth 0.05 % and
    # rounds U and V so that at most 2^-11 is lost twice, 0.15 % in all; the upper one rounds below 2^-10 in
    # quadrature.
    rng = np.random.default_rng(4)
    M = rng.standard_normal((9, 7))
    tails = true_tails(exact_residual(M, CATALOGUE[0]))
    for r in range(7):
        answer = class_distance(M, "Q", CATALOGUE[0], r)
        assert answer.lower <= tails[r] <= answer.upper
        assert answer.lower >= tails[r] * Fraction(998, 1000)
        assert answer.upper <= tails[r] * Fraction(1001, 1000)


def test_separation_and_stretch_against_the_kronecker_matrix():
    for kind in ("sylvester", "stein"):
        for m in range(1, 6):
            for n in range(1, 6):
                ints = [
                    {"op": "diagonal", "values": list(range(1, m + 1))},
                    {"op": "diagonal", "values": [-2] * n},
                ]
                for left in [*OPERATORS, ints[0]]:
                    for right in [*OPERATORS, ints[1]]:
                        _check_operator({"kind": kind, "left": left, "right": right}, m, n)


def _check_operator(d, m, n):
    A, B = dense(d["left"], m).astype(float), dense(d["right"], n).astype(float)
    first = np.kron(A, np.eye(n)) if d["kind"] == "sylvester" else np.eye(m * n)
    second = np.kron(np.eye(m), B.T) if d["kind"] == "sylvester" else np.kron(A, B.T)
    values = np.linalg.svd(first - second, compute_uv=False)
    # Weyl: a computed singular value of a 25 x 25 matrix of norm below 16 is off by less than 25^2 * 16 * 2^-53,
    # which is below 2^-39.
    assert values[0] < 16
    assert values[0] <= float(stretch(d, (m, n))) + 2.0**-39
    found = separation(d, (m, n))
    if found is not None:
        assert 0 < float(found[1]) <= values[-1] + 2.0**-39


def certificates(sizes, folder):
    """Write certificates about small matrices under many displacements; return their paths and the rules they used."""
    rng = np.random.default_rng(21)
    paths, rules = [], set()
    for m, n in sizes:
        nodes = [{"op": "diagonal", "values": list(range(1, m + 1))}]
        nodes.append({"op": "diagonal", "values": [encode_number(k - 20.25) for k in range(n)]})
        displacements = [
            *CATALOGUE,
            {"kind": "sylvester", "left": SHIFTS[1], "right": SHIFTS[1]},
            {"kind": "sylvester", "left": SHIFTS[3], "right": SHIFTS[4]},
            {"kind": "sylvester", "left": nodes[0], "right": nodes[1]},
        ]
        i = np.arange(8)
        matrices = [
            rng.standard_normal((m, n)),
            rng.integers(-5, 6, (m, n)),
            rng.standard_normal((m, n)) * 10.0 ** rng.integers(-20, 20, (m, n)),
            (1 / (1 + (i[:, None] - i[None, :]) ** 2.0))[:m, :n],
            np.zeros((m, n)),
        ]
        for M in matrices:
            for d in displacements:
                path = folder / f"{len(paths)}.json"
                path.write_text(Certificate(tuple(statements_about(M, d, rules))).json())
                paths.append(path)
    return paths, rules


def statements_about(M, d, rules):
    """Statements at two tolerances and for every rank; adds the rules of the upper bounds to `rules`."""
    subject, statements = subject_by_value(M.tolist()), []
    for tolerance in (Fraction(1, 10), Fraction(1, 10**17)):
        answer = numerical_rank(M, "Q", d, tolerance)
        statements += answer.statements(subject, d)
        if answer.rank:
            below = numerical_rank(M, "Q", d, tolerance, rank=answer.rank - 1)
            statements += below.statements(subject, d)
    for r in range(min(M.shape) + 1):
        distance = class_distance(M, "Q", d, r)
        rules.add(distance.rule)
        statements += distance.statements(subject, d)
    return statements


def test_the_checker_accepts_every_certificate(tmp_path):
    paths, rules = certificates([(4, 4), (3, 5), (1, 3)], tmp_path)
    refused = [v for v in check(paths).results if v.verdict != "accepted"]
    assert refused == []
    assert {"diagonal", "shift-pair", "shift-power", "path-pair", "low-rank"} <= rules


def test_the_checker_refuses_a_bound_beyond_the_truth(tmp_path):
    # For (I, 0) the bounds are within 1 % of the truth: moved by 1 % they are false, and refused.
    M = np.random.default_rng(2).integers(-9, 10, (5, 4))
    subject, paths = subject_by_value(M.tolist()), []
    for r in range(4):
        for s in class_distance(M, "Q", CATALOGUE[0], r).statements(subject, CATALOGUE[0]):
            factor = Fraction(99, 100) if s["claim"]["relation"] == "within" else Fraction(101, 100)
            bound = decode_number(s["claim"]["bound"]["absolute"])
            moved = Fraction(int(bound.p), int(bound.q)) * factor
            s["claim"]["bound"] = {"absolute": encode_number(moved)}
            paths.append(tmp_path / f"{len(paths)}.json")
            paths[-1].write_text(Certificate((s,)).json())
    assert len(paths) == 8
    assert {v.verdict for v in check(paths).results} == {"rejected"}


@pytest.mark.accept
def test_random_matrices_of_many_sizes():
    rng = np.random.default_rng(8)
    for n in (3, 20, 60, 300):
        for d in CATALOGUE:
            M = rng.standard_normal((n, n))
            answer = numerical_rank(M, "Q", d, Fraction(1, 10))
            A, B = dense(d["left"], n).astype(float), dense(d["right"], n).astype(float)
            L = A @ M - M @ B if d["kind"] == "sylvester" else M - A @ M @ B
            s = np.linalg.svd(L, compute_uv=False)
            tails = np.sqrt(np.cumsum(s[::-1] ** 2))[::-1]
            # each value is off by at most n^1.5 2^-50 ||L||, so is a tail up to a factor sqrt n
            slack = n**2 * 2.0**-50 * tails[0]
            assert np.append(tails, 0)[answer.rank] <= float(answer.tail_upper) + slack
            assert tails[answer.rank - 1] >= float(answer.tail_lower) - slack
