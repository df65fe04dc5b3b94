"""Certificates about displacement operators by themselves: invertible, or singular with an element of the kernel.

ACCEPTED    name -> function that returns the statements
CHANGED     those that must be refused
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.corpus.changes import C, E, O, R, Row, U, both, put
from tests.corpus.evidence import STEIN, TOEPLITZ, operators_only, shift_pair

Json = Any

SHIFT = {"op": "shift", "corner": 1}
KRYLOV = {"kind": "sylvester", "left": {"op": "dense", "entries": [[0, 1], [1, 1]]}, "right": {"op": "zero"}}
CORNERED = {
    "op": "tridiagonal",
    "sub": [0] * 512,
    "main": [0] * 513,
    "super": [0] * 512,
    "top_right": 1,
    "bottom_left": 1,
}


def large(left: Json) -> Json:
    """Return a Sylvester equation with 5 as the right operator."""
    return {"kind": "sylvester", "left": left, "right": {"op": "diagonal", "values": [5]}}


def diagonal_data(values: Json) -> Json:
    """Return a diagonal operator with the values as they are."""
    return {"op": "diagonal", "values": values}


ACCEPTED: dict[str, Callable[[], Json]] = {
    "invertible-toeplitz": lambda: operators_only("operator-invertible", TOEPLITZ, [4, 4], {"prime": 101}),
    "invertible-stein": lambda: operators_only("operator-invertible", STEIN, [3, 4], {"prime": 2}),
    "invertible-dense": lambda: operators_only(
        "operator-invertible",
        {
            "kind": "sylvester",
            "left": {"op": "dense", "entries": [[0, 2, 1, 3], [0, 1, "1/2", 1], [5, 0, 1, 2], [4, 1, 0, 0]]},
            "right": {"op": "path", "first": 1, "last": 2},
        },
        [4, 3],
        {"prime": 10007},
    ),
    # chi_A = x^513 - 1, and 5^513 - 1 is not divisible by 103
    "invertible-large": lambda: operators_only("operator-invertible", large(SHIFT), [513, 1], {"prime": 103}),
    "invertible-large-transposed": lambda: operators_only(
        "operator-invertible", large({"op": "transpose", "of": SHIFT}), [513, 1], {"prime": 103}
    ),
    "invertible-stein-dense": lambda: operators_only(
        "operator-invertible",
        {**KRYLOV, "kind": "stein", "right": {"op": "dense", "entries": [[1, 2, 0], [0, 0, 0], [3, 0, 2]]}},
        [2, 3],
        {"prime": 10007},
    ),
    "invertible-gaussian": lambda: operators_only(
        "operator-invertible",
        {
            "kind": "sylvester",
            "left": {"op": "shift", "corner": [0, 1]},
            "right": {"op": "shift", "corner": 1},
        },
        [3, 3],
        {"prime": 13, "root": 5},
        "Q(zeta_4)",
    ),
    "invertible-modulo-5": lambda: operators_only(
        "operator-invertible", shift_pair("sylvester", 2, 3), [2, 2], {"prime": 5}, "GF(5)"
    ),
    "singular-circulant": lambda: operators_only(
        "operator-singular",
        shift_pair("sylvester", 2, 2),
        [3, 3],
        {"kernel": [[0, 2, 2], [1, 0, 1], [2, 1, 1]]},
    ),
    "singular-stein": lambda: operators_only(
        "operator-singular",
        {"kind": "stein", "left": {"op": "identity"}, "right": {"op": "diagonal", "values": [1, 2]}},
        [2, 2],
        {"kernel": [[0, 0, 1], [1, 0, "-1/3"]]},
    ),
    "singular-largest": lambda: operators_only(
        "operator-singular",
        {"kind": "sylvester", "left": {"op": "identity"}, "right": {"op": "identity"}},
        [2048, 1],
        {"kernel": [[2047, 0, 1]]},
    ),
    "singular-modulo-2": lambda: operators_only(
        "operator-singular",
        shift_pair("sylvester", 1, 1),
        [2, 2],
        {"kernel": [[0, 0, 1], [1, 1, 1]]},
        "GF(2)",
    ),
    "singular-gaussian": lambda: operators_only(
        "operator-singular",
        {"kind": "sylvester", "left": diagonal_data([[0, 1], 1]), "right": diagonal_data([2, [0, 1]])},
        [2, 2],
        {"kernel": [[0, 1, [1, 2]]]},
        "Q(zeta_4)",
    ),
}

CHANGED: list[Row] = [
    ("invertible-false", "invertible-toeplitz", put(*O, "right", "corner", 1), R, "have a common factor"),
    ("invertible-modulo-2", "invertible-toeplitz", put(E, "prime", 2), R, "have a common factor"),
    (
        "invertible-stein-false",
        "invertible-stein",
        both(put(*O, "left", "corner", 1), put(*O, "right", "of", "corner", 1)),
        R,
        "common factor",
    ),
    ("invertible-kind", "invertible-stein", put(*O, "kind", "sylvester"), R, "have a common factor"),
    ("invertible-denominator", "invertible-dense", put(E, "prime", 2), R, "2 divides a denominator"),
    ("invertible-composite", "invertible-dense", put(E, "prime", 9), R, "is not a prime"),
    ("invertible-shape", "invertible-dense", put(C, "shape", [5, 3]), R, "the dense rows has 4 items, not 5"),
    (
        "invertible-huge",
        "invertible-toeplitz",
        put(C, "shape", [4097, 4]),
        U,
        "a size is not an integer from 1 to 4096",
    ),
    (
        "invertible-too-large",
        "invertible-large",
        put(*O, "left", CORNERED),
        U,
        "the size 513 is too large for these operators",
    ),
    ("invertible-root", "invertible-gaussian", put(E, "root", 2), R, "2 is no root"),
    (
        "invertible-dense-false",
        "invertible-dense",
        both(
            put(C, "shape", [4, 4]),
            lambda c: c["statements"][0][C]["operators"].update(
                right={"op": "transpose", "of": c["statements"][0][C]["operators"]["left"]}
            ),
        ),
        R,
        "common factor",
    ),
    (
        "singular-false",
        "singular-circulant",
        put(*O, "left", "corner", 3),
        R,
        "the kernel element is not mapped to zero",
    ),
    (
        "singular-huge",
        "singular-largest",
        put(C, "shape", [2049, 1]),
        U,
        "a size is not an integer from 1 to 2048",
    ),
    ("singular-zero", "singular-circulant", put(E, "kernel", []), R, "the kernel element is zero"),
    ("singular-entry", "singular-circulant", put(E, "kernel", 0, 2, 3), R, "not mapped to zero"),
    (
        "singular-outside",
        "singular-circulant",
        put(E, "kernel", 0, [3, 0, 1]),
        R,
        "the kernel has an entry outside",
    ),
    (
        "singular-outside-column",
        "singular-circulant",
        put(E, "kernel", 0, [0, 3, 1]),
        R,
        "the kernel has an entry outside",
    ),
    ("singular-key", "singular-circulant", put(E, "prime", 7), U, "the evidence lacks these keys"),
    ("singular-gf", "singular-modulo-2", put(E, "kernel", [[0, 0, 1]]), R, "not mapped to zero"),
]
