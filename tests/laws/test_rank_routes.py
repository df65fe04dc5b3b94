"""Every route of the rank producer gives the rank of a textbook elimination, and evidence that is true."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from ldrtheory.certify.rank.decide import quick_rank, rank_evidence
from ldrtheory.claims import decode_number
from tests.laws.rank_cases import cases, fraction_rank, multiply, residual_rows

ROUTES = ("auto", "flint", "multimodular", "lll")


def number(x: Any) -> Fraction:
    value = decode_number(x)
    return Fraction(int(value.p), int(value.q))


def check_lower(L: list[list[Fraction]], degree: int, evidence: dict[str, Any], rank: int) -> None:
    """The minor is nonsingular modulo the prime, with the root a zero of the cyclotomic polynomial."""
    rows, columns, p = evidence["rows"], evidence["columns"], int(number(evidence["prime"]))
    assert len(rows) == len(columns) == rank
    assert len(set(rows)) == len(set(columns)) == rank
    z = int(number(evidence.get("root", 1)))
    # the first column of a multiplication block holds the coefficients of the entry itself
    minor = [[Fraction(modulo(entry(L, degree, i, j), p, z)) for j in columns] for i in rows]
    assert fraction_rank(minor, p) == rank


def modulo(coefficients: list[Fraction], p: int, z: int) -> int:
    return sum(c.numerator * pow(c.denominator, -1, p) * pow(z, a, p) for a, c in enumerate(coefficients)) % p


def entry(L: list[list[Fraction]], degree: int, i: int, j: int) -> list[Fraction]:
    return [L[i * degree + a][j * degree] for a in range(degree)]


def check_upper(L: list[list[Fraction]], degree: int, upper: dict[str, Any], rank: int, p: int) -> None:
    """The evidence, taken literally, implies rank <= `rank`."""
    m, n = len(L) // degree, len(L[0]) // degree
    if upper["method"] == "pivots":
        I, J = upper["rows"], upper["columns"]  # noqa: E741
        assert len(I) == len(J) == rank
        U = [
            [L[i * degree + a][j * degree + b] for j in J for b in range(degree)]
            for i in I
            for a in range(degree)
        ]
        # det U != 0, and the rank of L (known from elimination) is that of U: all bordered minors vanish
        assert fraction_rank(U, p) == rank * degree
        return
    if upper["method"] == "generators":
        G = [[number(x) for x in row] for row in upper["left"]]
        H = [[number(x) for x in row] for row in upper["right"]]
        assert all(len(row) == rank for row in G + H)
        assert multiply(G, [list(c) for c in zip(*H)]) == L
        return
    right = upper["side"] == "right"
    vectors, free = upper["vectors"], upper["free"]
    assert rank == (n if right else m) - len(vectors)
    for k, vector in enumerate(vectors):
        v = [number(x) for x in vector]
        rows = L if right else [list(c) for c in zip(*L)]
        products = [sum((a * b for a, b in zip(row, v)), Fraction(0)) for row in rows]
        assert all(x.numerator % p == 0 if p else x == 0 for x in products)
        assert [bool(v[j]) for j in free] == [k == t for t in range(len(free))]


def judge(seed: int, rounds: int) -> int:
    count = 0
    for name, M, field, d in cases(seed, rounds):
        L, degree = residual_rows(M, field, d)
        p = int(field[3:-1]) if field.startswith("GF") else 0
        rank = fraction_rank(L, p) // degree
        for route in ROUTES:
            answer = rank_evidence(M, field, d, route=route)
            assert answer.rank == rank, (name, route, M, d)
            assert answer.relation == "exactly"
            check_lower(L, degree, answer.evidence["at_least"], rank)
            check_upper(L, degree, answer.evidence["at_most"], rank, p)
        quick = quick_rank(M, field, d)
        assert quick.rank == rank, (name, M, d)  # false with probability at most 2^-80 for each matrix
        count += 1
    return count


def test_all_routes_agree_with_elimination_on_a_sample() -> None:
    assert judge(seed=20, rounds=5) >= 150


@pytest.mark.accept
def test_all_routes_agree_with_elimination_on_two_thousand_matrices(
    record_property: Callable[[str, object], None],
) -> None:
    judged = sum(judge(seed, rounds=9) for seed in range(8))
    record_property("matrices", judged)
    assert judged >= 2000


@pytest.mark.parametrize("n", [33, 130])
def test_routes_agree_with_sympy_on_larger_integer_matrices(n: int) -> None:
    from sympy import ZZ
    from sympy.polys.matrices import DomainMatrix

    rng = np.random.default_rng(n)
    identity = {"kind": "sylvester", "left": {"op": "identity"}, "right": {"op": "zero"}}
    for r in (0, 1, 7, n - 2, n):
        M = rng.integers(-5, 6, (n + 3, r)) @ rng.integers(-5, 6, (r, n))
        rows = [[int(x) for x in row] for row in M]
        expected = DomainMatrix(rows, M.shape, ZZ).to_field().rank() if n < 50 else r
        for route in ROUTES:
            answer = rank_evidence(M, "Q", identity, route=route)
            assert answer.rank == expected
            check_lower(
                [[Fraction(x) for x in row] for row in rows], 1, answer.evidence["at_least"], expected
            )
