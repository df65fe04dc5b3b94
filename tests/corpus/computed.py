"""Certificates about matrices given by what computes them: one wrong thing of every kind, and what uses several kinds.

ACCEPTED    name -> function that returns the statements
CHANGED     those that must be refused
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.corpus.changes import C, E, R, Row, U, put
from tests.corpus.drawn import equal, fourier
from tests.corpus.subjects import value

Json = Any

ACCEPTED: dict[str, Callable[[], Json]] = {
    "product-equals-nested": lambda: [
        {
            "claim": {
                "kind": "product-equals",
                "factors": [{"product": [value([[1, 2]]), {"permutation": [1, 0]}]}, value([[5], [7]])],
                "matrix": value([[17]]),
                "field": "Q",
            },
            "evidence": {},
        }
    ],
    "differ-computed": lambda: equal(
        {"kaleidoscope": fourier()},
        {"permutation": [0, 1, 2, 3]},
        "Q(zeta_4)",
        "matrices-differ",
        {"row": 3, "column": 3},
    ),
    "rank-of-fourier": lambda: [
        {
            "claim": {
                "kind": "displacement-rank",
                "relation": "at most",
                "rank": 0,
                "subject": {"kaleidoscope": fourier()},
                # Z_1 F = F diag(1, i, -1, -i)^-1: shifting the rows divides column k by i^k
                "operators": {
                    "kind": "sylvester",
                    "left": {"op": "shift", "corner": 1},
                    "right": {"op": "diagonal", "values": [1, "-i", -1, "i"]},
                },
                "field": "Q(zeta_4)",
            },
            "evidence": {"at_most": {"method": "pivots", "rows": [], "columns": []}},
        }
    ],
}

K, G = ("claim", "left", "kaleidoscope"), ("claim", "left", "circuit")
LEFT, RIGHT = ("claim", "left"), ("claim", "right")

CHANGED: list[Row] = [
    ("kaleidoscope-bit", "kaleidoscope-b", put(*K, "factors", 0, "bit", 1), R, "factor 0 has not the bit 0"),
    ("kaleidoscope-kind", "kaleidoscope-b", put(*K, "kind", "B*"), R, "factor 0 has not the bit 1"),
    ("kaleidoscope-entry", "kaleidoscope-b", put(*K, "factors", 1, "diagonal", 0, 77), R, "differ in row 0"),
    ("circuit-entry", "circuit", put(*G, "gates", 2, 0, 2), R, "the matrices differ in row 0"),
    ("circuit-self", "circuit", put(*G, "gates", 1, 1, 4), R, "gate 1 uses a row not yet there"),
    ("circuit-output", "circuit", put(*G, "outputs", 3, 6), R, "an output is not there"),
    (
        "permutation-twice",
        "permutation",
        put(*LEFT, "permutation", 1, 2),
        R,
        "are not distinct numbers below 5",
    ),
    ("permutation-inverse", "permutation", put(*LEFT, "permutation", [1, 3, 0, 2, 4]), R, "differ in row 0"),
    ("permutation-true", "permutation", put(*LEFT, "permutation", 3, True), U, "is not an integer"),
    ("nonzeros-outside", "nonzeros", put(*LEFT, "nonzeros", 0, 0, 2), R, "a nonzero is outside"),
    ("nonzeros-twice", "nonzeros", put(*LEFT, "nonzeros", 1, [1, 2, 7]), R, "two nonzeros are at (1, 2)"),
    ("nonzeros-false", "nonzeros", put(*LEFT, "nonzeros", 1, 2, 8), R, "the matrices differ in row 0"),
    (
        "product-order-of-all",
        "product-of-all",
        lambda c: c["statements"][0]["claim"]["left"]["product"].reverse(),
        R,
        "the shapes do not fit",
    ),
    (
        "product-in-product",
        "product-of-one",
        put(*LEFT, {"product": [{"product": [{"entries": [[3]]}]}]}),
        U,
        "a product is a factor of a product",
    ),
    ("product-without-factors", "product-of-one", put(*LEFT, "product", []), U, "the product has no factors"),
    (
        "product-of-one-false",
        "product-of-one",
        put(*RIGHT, "entries", [[4]]),
        R,
        "the matrices differ in row 0",
    ),
    (
        "member-entry",
        "member-b",
        put("claim", "subject", "entries", 0, 0, 99),
        R,
        "is not the matrix in row 0",
    ),
    ("member-of-other", "member-b", put(C, "class", "B*"), R, "the kaleidoscope is not one of B*"),
    ("no-member-zero", "no-member-b", put(E, "columns", [0, 1]), R, "the minor is zero"),
    ("no-member-of-b-star", "no-member-b", put(C, "class", "B*"), R, "the minor may be nonzero"),
    (
        "no-member-scalar",
        "no-member-double-root",
        put("claim", "subject", "entries", 0, 0, 1000),
        R,
        "may be diagonalisable",
    ),
    ("no-member-prime", "no-member-double-square", put(E, "prime", 7), R, "the pencil may be diagonalisable"),
]
