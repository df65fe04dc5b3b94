"""Certificates about the distance of the residual from matrices of a rank.

ACCEPTED    name -> function that returns the statements
CHANGED     those that must be refused
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from tests.corpus.changes import C, E, R, Row, S, U, both, put
from tests.corpus.evidence import RANK, distance_statement
from tests.corpus.subjects import value

Json = Any

SMALL = [[3, 1, 0], [1, 2, Fraction(1, 2)], [0, Fraction(1, 2), 1]]

ACCEPTED: dict[str, Callable[[], Json]] = {
    "residual-within": lambda: distance_statement(
        "residual-distance", "within", 1, {"relative": "1/2"}, value(SMALL), RANK
    ),
    "residual-within-absolute": lambda: distance_statement(
        "residual-distance", "within", 2, {"absolute": 1}, value(SMALL), RANK
    ),
    "residual-within-exactly": lambda: [
        {
            "claim": {
                "kind": "residual-distance",
                "relation": "within",
                "rank": 1,
                "bound": {"absolute": 3},
                "subject": value([[3, 0], [0, 4]]),
                "operators": RANK,
                "field": "Q",
            },
            "evidence": {"left": [[0], [8]], "right": [[0], [1]], "shift": 1},
        }
    ],
    "residual-within-nothing": lambda: distance_statement(
        "residual-distance", "within", 0, {"relative": 0}, value([[0, 0]]), RANK
    ),
    "residual-not-within": lambda: distance_statement(
        "residual-distance", "not within", 1, {"relative": "1/10"}, value(SMALL), RANK
    ),
    "residual-not-within-few": lambda: distance_statement(
        "residual-distance", "not within", 1, {"absolute": 1}, value(SMALL), RANK, columns=2
    ),
}

CHANGED: list[Row] = [
    (
        "residual-bound",
        "residual-within",
        put(C, "bound", {"relative": "1/3"}),
        R,
        "not shown to be so small",
    ),
    (
        "residual-bound-absolute",
        "residual-within-absolute",
        put(C, "bound", {"absolute": "1/2"}),
        R,
        "so small",
    ),
    (
        "residual-rank",
        "residual-within",
        put(C, "rank", 0),
        R,
        "1 generators do not show a rank of at most 0",
    ),
    ("residual-negated", "residual-within", put(C, "relation", "not within"), R, "not shown to be so large"),
    ("residual-relation", "residual-within", put(C, "relation", "near"), U, "the relation is 'near'"),
    (
        "residual-two-bounds",
        "residual-within",
        put(C, "bound", {"relative": 1, "absolute": 1}),
        U,
        "the bound lacks these keys",
    ),
    (
        "residual-bound-key",
        "residual-within",
        put(C, "bound", {"spectral": 1}),
        U,
        "the bound lacks these keys",
    ),
    (
        "residual-bound-negative",
        "residual-within",
        put(C, "bound", {"relative": -1}),
        U,
        "not a real number from 0 on",
    ),
    (
        "residual-bound-complex",
        "residual-within",
        put(C, "bound", {"relative": "1+i"}),
        U,
        "not a real number from 0 on",
    ),
    (
        "residual-field",
        "residual-within",
        put(C, "field", "Q(zeta_4)"),
        R,
        "there is no distance over Q(zeta_4)",
    ),
    (
        "residual-field-gf",
        "residual-not-within-few",
        both(put(C, "field", "GF(2)"), put(*S, "entries", [[1]])),
        R,
        "no distance over GF(2)",
    ),
    ("residual-shift", "residual-within", put(E, "shift", 25), R, "so small"),
    ("residual-shift-negative", "residual-within", put(E, "shift", -1), U, "the shift is not an integer"),
    (
        "residual-separation",
        "residual-within",
        put(E, "separation", "diagonal"),
        U,
        "the evidence lacks these keys",
    ),
    (
        "residual-approximant",
        "residual-within",
        put(E, {"approximant": {"entries": [[1]]}, "at_most": {}}),
        U,
        "the evidence lacks",
    ),
    ("residual-not-bound", "residual-not-within", put(C, "bound", {"relative": "1/2"}), R, "so large"),
    (
        "residual-not-bound-absolute",
        "residual-not-within-few",
        put(C, "bound", {"absolute": "5/3"}),
        R,
        "so large",
    ),
    ("residual-not-rank", "residual-not-within", put(C, "rank", 3), R, "so large"),
    (
        "residual-not-rank-2",
        "residual-not-within",
        both(put(C, "rank", 2), put(C, "bound", {"relative": "1/5"})),
        R,
        "so large",
    ),
    (
        "residual-not-zero",
        "residual-not-within",
        both(put(E, "left", [[0]] * 3), put(E, "right", [[0]] * 3)),
        R,
        "so large",
    ),
    (
        "residual-not-columns",
        "residual-not-within",
        put(E, "left", [[1]] * 3),
        R,
        "or differ in their numbers",
    ),
    (
        "residual-not-off-diagonal",
        "residual-not-within",
        both(put(E, "left", [[1, 1]] * 3), put(E, "right", [[1, 1]] * 3)),
        R,
        "so large",
    ),
    (
        "residual-not-key",
        "residual-not-within",
        put(E, "separation", "diagonal"),
        U,
        "the evidence lacks these keys",
    ),
]
