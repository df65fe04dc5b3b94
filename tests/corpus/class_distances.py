"""Certificates about the distance of a matrix from a class of displacement rank.

ACCEPTED    name -> function that returns the statements
CHANGED     those that must be refused
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from tests.corpus.changes import C, E, O, R, Row, U, both, drop, put
from tests.corpus.evidence import PATHS, RANK, STEIN, TOEPLITZ, distance_statement, rank_statement, shift_pair
from tests.corpus.residual_distances import SMALL
from tests.corpus.subjects import diagonal, value

Json = Any

NOISY = [[4, 2, 1, Fraction(1, 100)], [2, 5, 2, 1], [1, 2, 4, 3], [Fraction(1, 50), 1, 2, 4]]


def within(operators: Json, rule: str, bound: Any, rows: Any = NOISY, rank: int = 2) -> Json:
    """Return a statement that a matrix is near a class."""
    extra = {"separation": rule}
    return distance_statement(
        "class-distance", "within", rank, {"absolute": bound}, value(rows), operators, extra
    )


def toeplitz_near() -> list[list[Fraction]]:
    """Return a Toeplitz matrix near NOISY."""
    t = [Fraction(1, 66), 1, 2, 4, 2, 1, Fraction(1, 66)]
    return [[Fraction(t[i - j + 3]) for j in range(4)] for i in range(4)]


ACCEPTED: dict[str, Callable[[], Json]] = {
    "class-not-within": lambda: distance_statement(
        "class-distance", "not within", 1, {"absolute": "1/4"}, value(NOISY), TOEPLITZ
    ),
    "class-not-within-stein": lambda: distance_statement(
        "class-distance", "not within", 1, {"relative": "1/50"}, value(NOISY), STEIN
    ),
    "class-within-rank": lambda: within(RANK, "diagonal", "2", SMALL, 1),
    "class-within-shift-pair": lambda: within(TOEPLITZ, "shift-pair", 2),
    "class-within-rectangular": lambda: within(
        shift_pair("sylvester", -1, 1), "shift-pair", 8, [row[:3] for row in NOISY]
    ),
    "class-within-shift-pair-stein": lambda: within(shift_pair("stein", 1, -1), "shift-pair", 7),
    "class-within-shift-power": lambda: within(shift_pair("sylvester", 3, "1/2"), "shift-power", 40),
    "class-within-shift-power-stein": lambda: within(shift_pair("stein", 3, "1/2"), "shift-power", 200),
    "class-within-nilpotent": lambda: within(STEIN, "nilpotent-stein", 6, NOISY[:3]),
    "class-within-paths": lambda: within(PATHS, "path-pair", 40, NOISY, 3),
    "class-within-stein-diagonal": lambda: within(
        {"kind": "stein", "left": diagonal([2, 3, 4, 5]), "right": diagonal([1, -1, 2, 0])}, "diagonal", 12
    ),
    "class-within-approximant": lambda: [
        {
            "claim": {
                **within(TOEPLITZ, "shift-pair", 2)[0]["claim"],
                "bound": {"relative": "1/7"},
            },
            "evidence": {
                "approximant": value(toeplitz_near()),
                "at_most": rank_statement(value(toeplitz_near()), TOEPLITZ, relation="at most")[0][
                    "evidence"
                ]["at_most"],
            },
        }
    ],
}

CHANGED: list[Row] = [
    ("class-bound", "class-within-shift-pair", put(C, "bound", {"absolute": 1}), R, "so small"),
    (
        "class-negated",
        "class-within-shift-pair",
        both(put(C, "relation", "not within"), drop(E, "separation")),
        R,
        "so large",
    ),
    (
        "class-rule",
        "class-within-shift-pair",
        put(E, "separation", "diagonal"),
        R,
        "the operators are not diagonal",
    ),
    (
        "class-rule-unknown",
        "class-within-shift-pair",
        put(E, "separation", "normal"),
        U,
        "the rule is 'normal'",
    ),
    (
        "class-rule-missing",
        "class-within-shift-pair",
        drop(E, "separation"),
        U,
        "the evidence lacks these keys",
    ),
    (
        "class-rule-paths",
        "class-within-shift-pair",
        put(E, "separation", "path-pair"),
        R,
        "no path pair that fits",
    ),
    ("class-paths-others", "class-within-paths", put(*O, "left", "first", 1), R, "no path pair that fits"),
    ("class-paths-stein", "class-within-paths", put(*O, "kind", "stein"), R, "no path pair that fits"),
    (
        "class-shift-of-paths",
        "class-within-paths",
        put(E, "separation", "shift-pair"),
        R,
        "the operators are not shifts",
    ),
    (
        "class-corner",
        "class-within-shift-pair",
        put(*O, "left", "corner", 2),
        R,
        "the corners are not 1 or -1",
    ),
    (
        "class-corner-right",
        "class-within-shift-pair",
        put(*O, "right", "corner", 2),
        R,
        "the corners are not 1 or -1",
    ),
    ("class-same-corner", "class-within-shift-pair", put(*O, "right", "corner", 1), R, "so small"),
    (
        "class-power-rectangular",
        "class-within-rectangular",
        put(E, "separation", "shift-power"),
        R,
        "the matrix is not square",
    ),
    ("class-power-bound", "class-within-shift-power", put(C, "bound", {"absolute": 6}), R, "so small"),
    (
        "class-power-stein-bound",
        "class-within-shift-power-stein",
        put(C, "bound", {"absolute": 50}),
        R,
        "so small",
    ),
    ("class-nilpotent-bound", "class-within-nilpotent", put(C, "bound", {"absolute": "1/2"}), R, "so small"),
    (
        "class-nilpotent-corner",
        "class-within-nilpotent",
        put(*O, "left", "corner", 1),
        R,
        "the matrix is not square",
    ),
    (
        "class-rectangular-bound",
        "class-within-rectangular",
        put(C, "bound", {"absolute": "19/5"}),
        R,
        "so small",
    ),
    ("class-paths-bound", "class-within-paths", put(C, "bound", {"absolute": 3}), R, "so small"),
    ("class-diagonal-bound", "class-within-stein-diagonal", put(C, "bound", {"absolute": 3}), R, "so small"),
    (
        "class-approximant-bound",
        "class-within-approximant",
        put(C, "bound", {"relative": "1/8"}),
        R,
        "so small",
    ),
    (
        "class-approximant-rank",
        "class-within-approximant",
        put(C, "rank", 1),
        R,
        "2 pivots do not show a rank of at most 1",
    ),
    (
        "class-approximant-shape",
        "class-within-approximant",
        lambda c: c["statements"][0][E]["approximant"]["entries"].pop(),
        R,
        "the shapes do not fit",
    ),
    (
        "class-approximant-entry",
        "class-within-approximant",
        put(E, "approximant", "entries", 1, 1, 3),
        R,
        "do not span",
    ),
    (
        "class-approximant-key",
        "class-within-approximant",
        put(E, "shift", 1),
        U,
        "the evidence lacks these keys",
    ),
    (
        "not-within-nothing",
        "residual-not-within",
        both(put(E, "left", [[] for _ in range(3)]), put(E, "right", [[] for _ in range(3)])),
        R,
        "U and V have no columns",
    ),
    ("class-not-bound", "class-not-within", put(C, "bound", {"absolute": "21/20"}), R, "so large"),
    ("class-not-bound-stein", "class-not-within-stein", put(C, "bound", {"relative": "1/10"}), R, "so large"),
]
