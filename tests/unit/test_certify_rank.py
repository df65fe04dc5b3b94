"""The rank producer on the smallest cases that could be wrong, by hand; its limits and refusals."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest
from flint import fmpq, nmod

from ldrtheory.certify.rank.decide import ROUTES, quick_rank, rank_evidence
from ldrtheory.certify.rank.entries import dyadic
from ldrtheory.certify.rank.limits import primes_below, roots_of_unity
from ldrtheory.certify.rank.quick import error_per_prime, random_prime
from ldrtheory.certify.rank.residual import residual_of
from ldrtheory.errors import BadInput, NotInRing, ShapeMismatch, Undecided, UnknownName

ORDINARY: dict[str, Any] = {"kind": "sylvester", "left": {"op": "identity"}, "right": {"op": "zero"}}
TOEPLITZ: dict[str, Any] = {
    "kind": "sylvester",
    "left": {"op": "shift", "corner": 1},
    "right": {"op": "shift", "corner": -1},
}
FORCED = [route for route in ROUTES if route != "auto"]


def toeplitz(values: np.ndarray) -> np.ndarray:
    n = (len(values) + 1) // 2
    return values[np.arange(n)[:, None] - np.arange(n)[None] + n - 1]


@pytest.mark.parametrize("route", ROUTES)
def test_one_ulp_raises_the_toeplitz_rank_from_two_to_four(route: str) -> None:
    # an entry in the middle enters two entries of L that lie in no common row or column with the others
    T = toeplitz(np.random.default_rng(3).standard_normal(79))
    assert rank_evidence(T, "Q", TOEPLITZ, route=route).rank == 2
    T[20, 17] = np.nextafter(T[20, 17], 9)
    assert rank_evidence(T, "Q", TOEPLITZ, route=route).rank == 4


@pytest.mark.parametrize("route", FORCED)
def test_a_matrix_that_vanishes_modulo_the_first_primes_has_its_true_rank(route: str) -> None:
    supplies = [primes_below(2**29), primes_below(2**62), primes_below(2**23), primes_below(252)]
    product = 1
    for supply in supplies:
        for _ in range(3):
            product *= next(supply)
    M = np.array([[fmpq(product), fmpq(0)], [fmpq(0), fmpq(1)]], dtype=object)
    answer = rank_evidence(M, "Q", ORDINARY, route=route)
    assert answer.rank == 2
    prime = answer.evidence["at_least"]["prime"]
    assert product % (int(prime, 16) if isinstance(prime, str) else prime) != 0


def test_evidence_of_rank_zero_and_of_full_rank() -> None:
    zero = rank_evidence(np.zeros((2, 3)), "Q", ORDINARY)
    assert (zero.rank, zero.rows, zero.columns) == (0, (), ())
    assert zero.evidence["at_most"] == {"method": "pivots", "rows": [], "columns": []}
    wide = rank_evidence(np.array([[1, 2, 3]]), "Q", ORDINARY)
    assert wide.evidence["at_most"] == {"method": "kernel", "side": "left", "vectors": [], "free": []}
    tall = rank_evidence(np.array([[1], [2]]), "Q", ORDINARY)
    assert tall.evidence["at_most"]["side"] == "right"


def test_nearly_full_rank_is_shown_by_kernel_vectors() -> None:
    n = 40
    M = np.random.default_rng(5).integers(-9, 10, (n, n))
    M[:, 7] = 2 * M[:, 3] - M[:, 30]
    assert rank_evidence(M, "Q", ORDINARY, route="multimodular").rank == n - 1
    answer = rank_evidence(M, "Q", ORDINARY, route="flint")
    assert answer.rank == n - 1
    assert answer.evidence["at_most"]["method"] == "kernel"
    (vector,) = answer.evidence["at_most"]["vectors"]
    # the kernel is spanned by 2 e_3 - e_7 - e_30
    scale = Fraction(vector[7], -1)
    expected = {3: 2 * scale, 7: -scale, 30: -scale}
    assert {j: Fraction(x) for j, x in enumerate(vector) if x} == expected


def test_lll_finds_the_small_generators() -> None:
    rng = np.random.default_rng(8)
    G, H = rng.integers(-3, 4, (60, 6)), rng.integers(-3, 4, (6, 50))
    answer = rank_evidence(G @ H, "Q", ORDINARY, route="lll")
    upper = answer.evidence["at_most"]
    assert answer.route == "lll"
    assert upper["method"] == "generators"
    assert (np.array(upper["left"]) @ np.array(upper["right"]).T == G @ H).all()


@pytest.mark.parametrize("route", FORCED)
def test_a_caller_who_asks_at_most_gets_the_answer_early(route: str) -> None:
    answer = rank_evidence(np.diag([1.0] * 20 + [0.0] * 10), "Q", ORDINARY, at_most=3, route=route)
    assert answer.relation == "at least"
    assert answer.rank > 3
    assert set(answer.evidence) == {"at_least"}


@pytest.mark.parametrize("route", FORCED)
def test_a_passed_deadline_is_said_not_hidden(route: str) -> None:
    with pytest.raises(Undecided, match="time limit"):
        rank_evidence(np.eye(8), "Q", ORDINARY, route=route, deadline=0.0)


def test_progress_is_reported() -> None:
    seen: list[str] = []
    M = np.full((64, 64), 2**40)
    rank_evidence(
        M, "Q", ORDINARY, route="multimodular", progress=lambda done, total, what: seen.append(what)
    )
    assert "searching pivots" in seen
    assert "proving rank at most 1" in seen


def test_large_rank_by_blocks_agrees_with_flint() -> None:
    rng = np.random.default_rng(11)
    M = rng.integers(-9, 10, (150, 90)) @ rng.integers(-9, 10, (90, 140))
    assert rank_evidence(M, "Q", ORDINARY, route="multimodular").rank == 90
    full = rng.integers(-9, 10, (300, 280))
    answer = rank_evidence(full, "Q", ORDINARY, route="multimodular")
    assert answer.rank == 280
    assert answer.evidence["at_least"]["prime"] < 2**13


def test_a_large_rank_needs_a_small_prime_for_the_checker() -> None:
    answer = rank_evidence(np.eye(40, dtype=np.int64), "Q", ORDINARY)
    assert answer.evidence["at_least"]["prime"] < 2**8


@pytest.mark.parametrize("route", FORCED)
def test_gaussian_and_prime_fields(route: str) -> None:
    outer = np.outer(np.array([1, 1j, 2]), np.array([1 - 1j, 3, 1j]))
    answer = rank_evidence(outer, "Q(zeta_4)", ORDINARY, route=route)
    assert answer.rank == 1
    prime, root = answer.evidence["at_least"]["prime"], answer.evidence["at_least"]["root"]
    prime, root = (int(x, 16) if isinstance(x, str) else x for x in (prime, root))
    assert (root * root + 1) % prime == 0
    M = np.array(
        [[nmod(1, 5), nmod(2, 5)], [nmod(3, 5), nmod(1, 5)]], dtype=object
    )  # det = 1 - 6 = 0 modulo 5
    assert rank_evidence(M, "GF(5)", ORDINARY, route=route).rank == 1
    assert rank_evidence(np.array([[1, 2], [3, 1]]), "Q", ORDINARY, route=route).rank == 2


def test_dyadic_reads_floats_exactly() -> None:
    x = np.array([0.0, -0.75, 5e-324, 1.7976931348623157e308, 2.0**-1022, 3.0])
    mantissa, exponent = dyadic(x)
    assert mantissa.tolist() == [0, -3, 1, 2**53 - 1, 1, 3]
    assert exponent.tolist() == [0, -2, -1074, 971, -1022, 0]


def test_residual_by_hand() -> None:
    M = np.array([[1, 2], [5, 1]])
    stein = {
        "kind": "stein",
        "left": {"op": "shift", "corner": 0},
        "right": {"op": "transpose", "of": {"op": "shift", "corner": 0}},
    }
    assert residual_of(M, "Q", stein).scaled().tolist() == [[1, 2], [5, 0]]
    half = {
        "kind": "sylvester",
        "left": {"op": "diagonal", "values": ["0x1/0x2", 3]},
        "right": {"op": "identity"},
    }
    L = residual_of(M, "Q", half)
    assert L.row_scales == [2, 1]
    assert L.scaled().tolist() == [[-1, -2], [10, 2]]
    assert L.modulo(7).tolist() == [[(-1 * 4) % 7, -1 % 7], [10 % 7, 2]]


def test_random_primes_and_their_error() -> None:
    assert roots_of_unity(4, 13) == [5, 8]
    p = random_prime(Random(1).randrange, 62, 12)
    assert 2**61 <= p < 2**62
    assert p % 12 == 1
    # 1000 bits hold at most 16 primes above 2^61, of more than 2^55: 16 < 2^5
    assert error_per_prime(1000, 1) == 50
    answer = quick_rank(np.ones((4, 4)), "Q", ORDINARY, error_bits=40)
    assert (answer.rank, answer.level) == (1, "probable")
    assert quick_rank(np.eye(4), "Q", ORDINARY).level == "exact"


@pytest.mark.parametrize(
    ("array", "field", "equation", "error", "words"),
    [
        (np.zeros((0, 3)), "Q", ORDINARY, ShapeMismatch, "at least one entry"),
        (np.zeros(3), "Q", ORDINARY, ShapeMismatch, "shape"),
        (np.array([[np.nan]]), "Q", ORDINARY, NotInRing, "NaN"),
        (np.array([[np.inf]]), "Q", ORDINARY, NotInRing, "infinity"),
        (np.array([[1j]]), "Q", ORDINARY, NotInRing, "Q"),
        (np.eye(2), "Q", {**ORDINARY, "kind": "lyapunov"}, BadInput, "lyapunov"),
        (np.eye(2), "Q", {**ORDINARY, "left": {"op": "shfit"}}, UnknownName, "shift"),
        (np.eye(2), "Q", {**ORDINARY, "left": {"op": "diagonal", "values": [1]}}, ShapeMismatch, "has size 1"),
        (np.eye(2), "Q", {**ORDINARY, "left": {"op": "blocks", "blocks": [], "sizes": []}}, BadInput, "positive size"),
        (np.eye(2), "GF(6)", ORDINARY, NotInRing, "prime"),
        (np.array([["a"]]), "Q", ORDINARY, BadInput, "dtype"),
    ],
)  # fmt: skip
def test_refusals(array: Any, field: str, equation: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        rank_evidence(array, field, equation)


def test_an_unknown_route_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UnknownName, match="multimodular"):
        rank_evidence(np.eye(2), "Q", ORDINARY, route="multimodul")


@pytest.mark.parametrize("shape", [(700, 611), (333, 900)])
def test_sizes_where_threads_and_streams_are_used(shape: tuple[int, int]) -> None:
    # G has the rows of an identity of size 3, H its columns, so the rank is 3; a 4th pivot hides in the last row
    m, n = shape
    rng = np.random.default_rng(m)
    G, H = rng.integers(-(2**20), 2**20, (m, 3)), rng.integers(-(2**20), 2**20, (3, n))
    G[5:8], H[:, 9:12] = np.eye(3), np.eye(3)
    M = G @ H
    for matrix in (M, M.astype(float), M.astype(float) * 2.0**-700):
        answer = rank_evidence(matrix, "Q", ORDINARY)
        assert (answer.rank, answer.route) == (3, "multimodular")
        assert quick_rank(matrix, "Q", ORDINARY).rank == 3
    M[m - 1, n - 1] += 1
    answer = rank_evidence(M, "Q", ORDINARY)
    assert answer.rank == 4
    assert m - 1 in answer.rows
    assert rank_evidence(M, "Q", ORDINARY, route="lll").rank == 4


@pytest.mark.parametrize("kind", ["sylvester", "stein"])
def test_streams_and_flint_agree_on_structured_operators_at_size(kind: str) -> None:
    m, n = 90, 70
    rng = np.random.default_rng(2)
    third = {"op": "shift", "corner": "0x1/0x3"}
    nodes = {"op": "diagonal", "values": [f"{hex(k + 1)}/0x7" for k in range(n)]}
    band = {
        "op": "tridiagonal",
        "sub": [1] * (m - 1),
        "main": [2] * m,
        "super": [3] * (m - 1),
        "top_right": 5,
    }
    halves = {"op": "blocks", "blocks": [third, {"op": "transpose", "of": third}], "sizes": [40, 50]}
    dense = {"op": "dense", "entries": rng.integers(-3, 4, (n, n)).tolist()}
    matrix = np.outer(rng.standard_normal(m), np.ones(n))
    for left in (third, band, halves):
        for right in (third, nodes, dense):
            d = {"kind": kind, "left": left, "right": right}
            ranks = {route: rank_evidence(matrix, "Q", d, route=route).rank for route in FORCED}
            assert len(set(ranks.values())) == 1, (left["op"], right["op"], ranks)
