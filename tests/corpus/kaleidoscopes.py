"""Certificates about matrices given by kaleidoscopes.

ACCEPTED    name -> function that returns the statements
CHANGED     those that must be refused
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.corpus.changes import R, Row, U, both, drop, put
from tests.corpus.drawn import computed, equal, fourier, identity_factor, kaleidoscope
from tests.corpus.subjects import filed

Json = Any

P61 = 2**61 - 1

ACCEPTED: dict[str, Callable[[], Json]] = {
    "kaleidoscope-b": lambda: computed({"kaleidoscope": kaleidoscope("B", 4, 4, 4)}),
    "kaleidoscope-b-star": lambda: computed({"kaleidoscope": kaleidoscope("B*", 3, 2, 8, "GF(7)")}, "GF(7)"),
    "kaleidoscope-width-2": lambda: computed({"kaleidoscope": kaleidoscope("BB*", 3, 3, 4, width=2)}),
    "kaleidoscope-b-star-b": lambda: computed(
        {"kaleidoscope": kaleidoscope("B*B", 2, 3, 4, "Q(zeta_8)")}, "Q(zeta_8)"
    ),
    "kaleidoscope-cube-roots": lambda: computed(
        {"kaleidoscope": kaleidoscope("BB*", 2, 2, 2, "Q(zeta_3)", 3)}, "Q(zeta_3)"
    ),
    "kaleidoscope-large-modulus": lambda: computed(
        {"kaleidoscope": kaleidoscope("BB*", 3, 8, 8, f"GF({P61})", 2, least=9)}, f"GF({P61})"
    ),
    "kaleidoscope-modulo-2": lambda: computed(
        {"kaleidoscope": kaleidoscope("BB*", 4, 4, 4, "GF(2)")}, "GF(2)"
    ),
    "kaleidoscope-smallest": lambda: computed({"kaleidoscope": kaleidoscope("BB*", 1, 1, 2)}),
    "kaleidoscope-fourier": lambda: equal(
        {"kaleidoscope": fourier()},
        {"entries": [[1, 1, 1, 1], [1, "i", -1, "-i"], [1, -1, 1, -1], [1, "-i", -1, "i"]]},
        "Q(zeta_4)",
    ),
    "kaleidoscope-file": lambda: computed(
        {"kaleidoscope": filed("kaleidoscope.json", kaleidoscope("B", 2, 2, 2, seed=3))}
    ),
}

K = ("claim", "left", "kaleidoscope")
LEFT, RIGHT = ("claim", "left"), ("claim", "right")

CHANGED: list[Row] = [
    (
        "kaleidoscope-true",
        "kaleidoscope-b",
        put(*K, "factors", 0, "diagonal", 1, True),
        U,
        "a number is True",
    ),
    (
        "kaleidoscope-bit-true",
        "kaleidoscope-b",
        put(*K, "factors", 1, "bit", True),
        U,
        "a bit is not an integer",
    ),
    ("kaleidoscope-width-true", "kaleidoscope-b", put(*K, "width", True), U, "width is not an integer"),
    ("kaleidoscope-float", "kaleidoscope-b", put(*K, "factors", 0, "diagonal", 1, 1.0), U, "a number is 1.0"),
    (
        "kaleidoscope-short",
        "kaleidoscope-b",
        put(*K, "factors", 0, "diagonal", [1, 1, 1]),
        R,
        "has 3 items, not 4",
    ),
    (
        "kaleidoscope-long",
        "kaleidoscope-b",
        put(*K, "factors", 1, "offdiagonal", [1] * 5),
        R,
        "has 5 items, not 4",
    ),
    (
        "kaleidoscope-divides",
        "kaleidoscope-b",
        put(*K, "factors", 0, "diagonal", 0, "1/0"),
        U,
        "ZeroDivisionError",
    ),
    ("kaleidoscope-few", "kaleidoscope-b", drop(*K, "factors", 1), R, "the factors has 1 items, not 2"),
    (
        "kaleidoscope-no-factors",
        "kaleidoscope-b",
        put(*K, "factors", []),
        R,
        "the factors has 0 items, not 2",
    ),
    ("kaleidoscope-size", "kaleidoscope-b", put(*K, "size", 6), R, "a kaleidoscope has the size 6 for 4 x 4"),
    (
        "kaleidoscope-size-1",
        "kaleidoscope-smallest",
        both(put(*K, "size", 1), put(*K, "factors", [])),
        R,
        "the size 1",
    ),
    (
        "kaleidoscope-size-huge",
        "kaleidoscope-b",
        put(*K, "size", 2**53),
        R,
        "the factors has 2 items, not 53",
    ),
    ("kaleidoscope-corner", "kaleidoscope-b", put(*K, "m", 5), R, "the size 4 for 5 x 4"),
    ("kaleidoscope-corner-columns", "kaleidoscope-b", put(*K, "n", 5), R, "the size 4 for 4 x 5"),
    ("kaleidoscope-corner-less", "kaleidoscope-b", put(*K, "m", 3), R, "the shapes do not fit"),
    ("kaleidoscope-empty", "kaleidoscope-b", put(*K, "m", 0), U, "m is not an integer from 1"),
    ("kaleidoscope-width", "kaleidoscope-width-2", put(*K, "width", 1), R, "the factors has 8 items, not 4"),
    (
        "kaleidoscope-width-of-b",
        "kaleidoscope-b",
        both(put(*K, "width", 2), put(*K, "factors", [identity_factor(b, 4) for b in (0, 1, 0, 1)])),
        R,
        "the width of the kind B is not 1",
    ),
    (
        "kaleidoscope-width-huge",
        "kaleidoscope-width-2",
        put(*K, "width", 2**53),
        R,
        "the factors has 8 items",
    ),
    (
        "kaleidoscope-kind-unknown",
        "kaleidoscope-b",
        put(*K, "kind", "BB"),
        U,
        "the kind of the kaleidoscope is 'BB'",
    ),
    (
        "kaleidoscope-kind-list",
        "kaleidoscope-b",
        put(*K, "kind", ["B"]),
        U,
        "the kind of the kaleidoscope is ['B']",
    ),
    ("kaleidoscope-field", "kaleidoscope-b", put(*K, "field", "Q(zeta_1)"), R, "is over 'Q(zeta_1)', not Q"),
    ("kaleidoscope-key", "kaleidoscope-b", put(*K, "name", "x"), U, "the kaleidoscope lacks these keys"),
    ("kaleidoscope-key-missing", "kaleidoscope-b", drop(*K, "kind"), U, "should not: kind"),
    (
        "kaleidoscope-factor-key",
        "kaleidoscope-b",
        put(*K, "factors", 0, "scale", 1),
        U,
        "a factor lacks these keys",
    ),
    (
        "kaleidoscope-modulo-p",
        "kaleidoscope-b-star",
        put(*K, "factors", 0, "diagonal", 0, 7),
        U,
        "from 0 to p - 1",
    ),
    (
        "kaleidoscope-modulo-negative",
        "kaleidoscope-b-star",
        put(*K, "factors", 0, "diagonal", 0, -1),
        U,
        "from 0 to p - 1",
    ),
    (
        "kaleidoscope-list-short",
        "kaleidoscope-fourier",
        put(*K, "factors", 1, "diagonal", 1, [1]),
        U,
        "a list is not that",
    ),
    (
        "kaleidoscope-list-true",
        "kaleidoscope-fourier",
        put(*K, "factors", 1, "diagonal", 1, [0, True]),
        U,
        "a number is True",
    ),
    (
        "kaleidoscope-list-deep",
        "kaleidoscope-fourier",
        put(*K, "factors", 1, "diagonal", 1, [[0], 1]),
        U,
        "a number is [0]",
    ),
    (
        "kaleidoscope-conjugate",
        "kaleidoscope-fourier",
        put(*K, "factors", 1, "diagonal", 1, [0, -1]),
        R,
        "the matrices differ in row",
    ),
    (
        "kaleidoscope-large-modulus-false",
        "kaleidoscope-large-modulus",
        put(*RIGHT, "entries", 2, 7, 5),
        R,
        "differ in row 2",
    ),
    (
        "kaleidoscope-and-entries",
        "kaleidoscope-b",
        put(*LEFT, "entries", [[1]]),
        U,
        "the subject lacks these keys",
    ),
    (
        "kaleidoscope-hash",
        "kaleidoscope-file",
        put(*K, "sha256", "0" * 64),
        R,
        "the sha256 of 'kaleidoscope.json' is not",
    ),
    ("kaleidoscope-file-key", "kaleidoscope-file", put(*K, "shape", [2, 2]), U, "a file lacks these keys"),
    ("kaleidoscope-other-file", "kaleidoscope-file", put(*K, "file", "nowhere.json"), U, "is not in"),
]
