"""The published hypotheses on pairs of operators, by hand and by isolated zeros, with their certificates."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy
from flint import arb, ctx, fmpz_mat

from ldrtheory import GF, QQ, Level, diagonal, shift
from ldrtheory.bounds.approximation.forms import moment_forms, signs
from ldrtheory.bounds.approximation.hypotheses import published_hypotheses
from ldrtheory.bounds.approximation.verdicts import decided
from ldrtheory.claims import decode_number
from ldrtheory.errors import NotInRing, ShapeMismatch, Undecided
from ldrtheory.linalg import array
from tests.checked import accepted


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
