"""Certificates about equal and different matrices, and about products.

ACCEPTED    name -> function that returns the statements
CHANGED     those that must be refused
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from tests.corpus.changes import C, E, R, Row, U, both, drop, put
from tests.corpus.evidence import matrices
from tests.corpus.subjects import entries, gaussian, stored, value

Json = Any

PERMUTATION = [[0, 1, 0], [0, 0, 1], [1, 0, 0]]
FACTOR = [[1, 2, 0], [0, "1/3", 1]]
# a packed row of more than 2^26 bytes; a common denominator that takes more than 2^31 bits for all entries
LONG_ROW = {"entries": [["0x" + "1" * 32802, *[0] * 4096]]}
LONG_DENOMINATOR = {"entries": [["0x1/0x1" + "0" * 33000, *[0] * 16400]]}

ACCEPTED: dict[str, Callable[[], Json]] = {
    "equal": lambda: matrices(
        "matrices-equal",
        {
            "left": stored("half.json", b'[["0.5", 1], [3, "-1/3"]]', (2, 2)),
            "right": value([[Fraction(1, 2), 1], [3, Fraction(-1, 3)]]),
        },
        {},
    ),
    "equal-gaussian": lambda: matrices(
        "matrices-equal",
        {"left": gaussian(), "right": entries(gaussian(), "Q(zeta_4)")},
        {},
        "Q(zeta_4)",
    ),
    "differ": lambda: matrices(
        "matrices-differ",
        {"left": value([[1, 2, 3], [4, 5, 6]]), "right": value([[1, 2, 3], [4, 5, Fraction(13, 2)]])},
        {"row": 1, "column": 2},
    ),
    "differ-in-shape": lambda: matrices(
        "matrices-differ", {"left": value([[1, 2]]), "right": value([[1], [2]])}, {"row": 0, "column": 0}
    ),
    "differ-gaussian": lambda: matrices(
        "matrices-differ",
        {"left": {"entries": [[1, [2, 3]]]}, "right": {"entries": [[1, [2, 4]]]}},
        {"row": 0, "column": 1},
        "Q(zeta_4)",
    ),
    # the first factor makes every bound of the product 0, but not the entries of the last
    "product-zero": lambda: matrices(
        "product-equals",
        {"factors": [value([[0]]), value([[1000]])], "matrix": value([[0]])},
        {},
    ),
    "product": lambda: matrices(
        "product-equals",
        {
            "factors": [{"entries": FACTOR}, value(PERMUTATION), value(PERMUTATION)],
            "matrix": {"entries": [[2, 0, 1], ["1/3", 1, 0]]},
        },
        {},
    ),
    "product-modulo-3": lambda: matrices(
        "product-equals",
        {"factors": [value([[2, 1]]), value([[2], [2]])], "matrix": value([[0]])},
        {},
        "GF(3)",
    ),
}

CHANGED: list[Row] = [
    ("equal-false", "equal", put(C, "right", "entries", 1, 0, 4), R, "the matrices differ in row 1"),
    # small certificates of large work
    (
        "equal-denominator",
        "equal",
        put(C, "right", LONG_DENOMINATOR),
        U,
        "the common denominator is too long",
    ),
    ("equal-long", "equal", both(put(C, "left", LONG_ROW), put(C, "right", LONG_ROW)), U, "are too long"),
    (
        "equal-blocks",
        "equal",
        both(put(C, "field", "Q(zeta_997)"), put(C, "left", {"entries": [[0] * 17]})),
        U,
        "a matrix is too large over Q(zeta_997)",
    ),
    ("equal-shape", "equal", put(C, "right", {"entries": [[1]]}), R, "the shapes do not fit"),
    ("equal-key", "equal", put(E, "row", 0), U, "the evidence lacks these keys"),
    (
        "equal-gaussian-false",
        "equal-gaussian",
        put(C, "right", "entries", 0, 0, 1),
        R,
        "the matrices differ in row 0",
    ),
    ("differ-false", "differ", put(E, "column", 0), R, "the matrices do not differ in this entry"),
    ("differ-outside", "differ", put(E, "row", 2), R, "there is no such entry"),
    ("differ-outside-column", "differ", put(E, "column", 3), R, "there is no such entry"),
    (
        "differ-gaussian-false",
        "differ-gaussian",
        put(E, "column", 0),
        R,
        "the matrices do not differ in this entry",
    ),
    ("differ-key", "differ", drop(E, "row"), U, "the evidence lacks these keys"),
    (
        "product-false",
        "product",
        put(C, "matrix", "entries", 0, 0, 3),
        R,
        "the product is not the matrix in row 0",
    ),
    (
        "product-order",
        "product",
        lambda c: c["statements"][0][C]["factors"].reverse(),
        R,
        "the shapes do not fit",
    ),
    (
        "product-inner",
        "product",
        put(C, "factors", 1, {"entries": [[0, 1, 0], [0, 0, 1]]}),
        R,
        "the shapes do not fit",
    ),
    (
        "product-gf-false",
        "product-modulo-3",
        put(C, "matrix", "entries", 0, 0, 1),
        R,
        "the product is not the matrix",
    ),
    ("product-none", "product", put(C, "factors", []), U, "the product has no factors"),
]
