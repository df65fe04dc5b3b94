"""Certificates about displacement ranks.

ACCEPTED    name -> function that returns the statements
CHANGED     those that must be refused
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from tests.corpus.changes import AL, AM, C, E, O, R, Row, S, U, both, drop, put
from tests.corpus.evidence import (
    PATHS,
    RANK,
    STEIN,
    TOEPLITZ,
    operators_only,
    rank_of,
    rank_statement,
    shift_pair,
)
from tests.corpus.subjects import cauchy, fourier, gaussian, npy, toeplitz, value

Json = Any


def unusual() -> Json:
    """Return operators of every kind inside blocks and transposes."""
    tridiagonal = {"op": "tridiagonal", "sub": [1, 2], "main": [0, 1, -1], "super": [3, "-1/2"]}
    corners = {**tridiagonal, "top_right": 2, "bottom_left": "0x3/0x2"}
    left = {
        "op": "blocks",
        "blocks": [{"op": "transpose", "of": {"op": "subdiagonal", "values": [2, 3]}}, corners],
        "sizes": [3, 3],
    }
    right = {
        "op": "transpose",
        "of": {
            "op": "blocks",
            "blocks": [
                {"op": "subdiagonal", "values": [1, 2, 5]},
                {"op": "dense", "entries": [[1, 2], [3, 4]]},
            ],
            "sizes": [3, 2],
        },
    }
    return {"kind": "stein", "left": left, "right": right}


ACCEPTED: dict[str, Callable[[], Json]] = {
    "complex-left-kernel": rank_of(gaussian, TOEPLITZ, "Q(zeta_4)", "left"),
    "complex-generators": rank_of(gaussian, TOEPLITZ, "Q(zeta_4)", "generators", relation="at most"),
    "cauchy": lambda: rank_statement(*cauchy()),
    "cauchy-at-least": lambda: rank_statement(*cauchy(), relation="at least"),
    "cauchy-at-most": lambda: rank_statement(*cauchy(), relation="at most", method="generators"),
    "fourier": lambda: rank_statement(*fourier(4), "Q(zeta_8)"),
    "fourier-generators": lambda: rank_statement(*fourier(3), "Q(zeta_8)", "generators"),
    "fourier-right-kernel": lambda: rank_statement(*fourier(3), "Q(zeta_8)", "right"),
    "modulo-7": rank_of(
        lambda: npy("mod7.npy", np.array(toeplitz(4, 4, 3)) % 7), shift_pair("sylvester", 1, 6), "GF(7)"
    ),
    "modulo-7-kernel": rank_of(value([[1, 2, 3], [2, 4, 6], [5, 6, 0]]), RANK, "GF(7)", "right"),
    "modulo-7-left-kernel": rank_of(value([[1, 2, 3], [2, 4, 6], [5, 6, 0]]), RANK, "GF(7)", "left"),
    "modulo-7-generators": rank_of(value([[1, 2, 3], [2, 4, 6], [5, 6, 0]]), RANK, "GF(7)", "generators"),
    "modulo-2": rank_of(value([[1, 1, 0], [0, 1, 1], [1, 0, 1]]), RANK, "GF(2)"),
    "stein": rank_of(value(toeplitz(4, 5, 4)), STEIN),
    "unusual-operators": rank_of(
        value([[i * j % 5 - i for j in range(5)] for i in range(6)]), unusual(), method="left"
    ),
    "toeplitz+hankel": rank_of(
        value([[(i - j) ** 2 + (i + j) ** 3 for j in range(5)] for i in range(5)]), PATHS, method="generators"
    ),
    "modulo-3-constant-row": rank_of(
        lambda: npy("mod3.npy", np.array([[2, 2], [0, 1], [1, 1]], np.uint8)), RANK, "GF(3)"
    ),
    "one-by-one": rank_of(value([[7]]), TOEPLITZ),
    "one-row": rank_of(value([[1, 2, 3]]), TOEPLITZ, method="left"),
    "full-rank-many-pivots": rank_of(
        value([[1 / Fraction(i + j + 1) for j in range(5)] for i in range(5)]), RANK
    ),
    "kernel-right": rank_of(value([[1, 2, 3], [2, 4, 6], [1, 1, 1]]), RANK, method="right", least=2),
    "two-statements": lambda: [
        *rank_statement(value(toeplitz(3, 3, 8)), TOEPLITZ),
        *operators_only("operator-invertible", TOEPLITZ, [3, 3], {"prime": 7}),
    ],
}

CHANGED: list[Row] = [
    ("rank-less", "toeplitz-int64", put(C, "rank", 1), R, "2 pivots do not show a rank of at most 1"),
    ("rank-more", "toeplitz-int64", put(C, "rank", 3), R, "2 pivots do not show a rank of at least 3"),
    ("rank-negative", "toeplitz-int64", put(C, "rank", -1), U, "the rank is not an integer from 0"),
    ("relation", "toeplitz-int64", put(C, "relation", "about"), U, "the relation is 'about'"),
    ("relation-less", "cauchy-at-most", put(C, "relation", "exactly"), U, "the evidence lacks these keys"),
    (
        "evidence-of-other-relation",
        "cauchy",
        put(C, "relation", "at most"),
        U,
        "the evidence lacks these keys",
    ),
    ("method", "toeplitz-int64", put(*AM, "method", "svd"), U, "the method is 'svd'"),
    ("pivots-key", "toeplitz-int64", put(*AM, "prime", 7), U, "at_most lacks these keys"),
    (
        "pivot-missing",
        "toeplitz-int64",
        both(drop(*AM, "rows", 1), drop(*AM, "columns", 1)),
        R,
        "the pivots do not span the residual in row",
    ),
    ("pivot-singular", "toeplitz-int64", put(*AM, "rows", [4, 5]), R, "have a singular submatrix"),
    ("pivot-twice", "toeplitz-int64", put(*AM, "rows", [0, 0]), R, "rows are not distinct numbers below 6"),
    ("pivot-outside", "toeplitz-int64", put(*AM, "rows", [0, 6]), R, "rows are not distinct numbers below 6"),
    ("pivot-column-outside", "toeplitz-int64", put(*AM, "columns", [0, 6]), R, "columns are not distinct"),
    ("pivot-counts", "toeplitz-int64", drop(*AM, "columns", 1), R, "more pivot rows than pivot columns"),
    ("pivot-bool", "toeplitz-int64", put(*AM, "rows", [True, False]), U, "rows is not an integer"),
    (
        "pivots-none-but-rank",
        "toeplitz-int64",
        both(put(*AM, "rows", []), put(*AM, "columns", [])),
        R,
        "do not span",
    ),
    (
        "gf-singular",
        "modulo-2",
        both(put(*AM, "rows", [0, 1, 2]), put(*AM, "columns", [0, 1, 2]), put(C, "rank", 3)),
        R,
        "singular submatrix",
    ),
    ("gf-pivot-missing", "modulo-7", both(drop(*AM, "rows", 1), drop(*AM, "columns", 1)), R, "do not span"),
    (
        "gaussian-pivot-missing",
        "complex128",
        both(drop(*AM, "rows", 1), drop(*AM, "columns", 1)),
        R,
        "do not span",
    ),
    ("gaussian-rank-less", "complex128", put(C, "rank", 1), R, "2 pivots do not show a rank of at most 1"),
    ("gaussian-rank-more", "complex128", put(C, "rank", 3), R, "2 pivots do not show a rank of at least 3"),
    ("subject-entry", "kernel-right", put(*S, "entries", 1, 2, 7), R, "a vector is not in the kernel"),
    ("stein-as-sylvester", "stein", put(*O, "kind", "sylvester"), R, "do not span"),
    ("operator-changed", "stein", put(*O, "left", {"op": "identity"}), R, "do not span"),
    ("transpose-missing", "stein", put(*O, "right", {"op": "shift", "corner": 0}), R, "do not span"),
    (
        "generator-entry",
        "cauchy-at-most",
        put(*AM, "left", 0, 0, 2),
        R,
        "the generators do not give the residual in row 0",
    ),
    (
        "generator-imaginary",
        "complex-generators",
        put(*AM, "left", 3, 0, [0, 5]),
        R,
        "the generators do not give the residual in row",
    ),
    (
        "generator-rank",
        "complex-generators",
        put(C, "rank", 1),
        R,
        "2 generators do not show a rank of at most 1",
    ),
    (
        "generator-long",
        "cauchy-at-most",
        lambda c: c["statements"][0][E]["at_most"]["left"].append([1]),
        R,
        "left has 6 items",
    ),
    ("generator-width", "cauchy-at-most", put(*AM, "right", [[1, 1]] * 4), R, "the shapes do not fit"),
    (
        "gf-generator",
        "modulo-7-generators",
        put(*AM, "left", 0, 0, 0),
        R,
        "the generators do not give the residual",
    ),
    ("kernel-vector", "kernel-right", put(*AM, "vectors", 0, 0, 5), R, "a vector is not in the kernel"),
    (
        "kernel-dependent",
        "modulo-7-kernel",
        lambda c: c["statements"][0][E]["at_most"].update(
            vectors=c["statements"][0][E]["at_most"]["vectors"] * 2,
            free=c["statements"][0][E]["at_most"]["free"] + [0],
        ),
        R,
        "vector 0 is not alone at its place",
    ),
    (
        "kernel-zero",
        "kernel-right",
        put(*AM, "vectors", [[0, 0, 0]]),
        R,
        "vector 0 is not alone at its place",
    ),
    (
        "kernel-few",
        "kernel-right",
        both(put(*AM, "vectors", []), put(*AM, "free", [])),
        R,
        "0 kernel vectors do not show",
    ),
    ("kernel-free-count", "kernel-right", put(*AM, "free", []), R, "vectors has 1 items, not 0"),
    ("kernel-side", "modulo-7-left-kernel", put(*AM, "side", "right"), R, "a vector is not in the kernel"),
    ("kernel-side-unknown", "kernel-right", put(*AM, "side", "top"), U, "the side is 'top'"),
    ("kernel-short", "kernel-right", put(*AM, "vectors", 0, [1]), R, "a vector has 1 items, not 3"),
    (
        "kernel-gaussian",
        "complex-left-kernel",
        put(*AM, "vectors", 0, 0, [1, 1]),
        R,
        "a vector is not in the kernel",
    ),
    ("prime-composite", "cauchy", put(*AL, "prime", 105), R, "the modulus 105 is not a prime"),
    ("prime-carmichael", "cauchy", put(*AL, "prime", 1729), R, "the modulus 1729 is not a prime"),
    ("prime-strong-pseudoprime", "cauchy", put(*AL, "prime", 3215031751), R, "is not a prime"),
    ("prime-square", "cauchy", put(*AL, "prime", 1681), R, "is not a prime"),
    ("prime-zero", "cauchy", put(*AL, "prime", 0), R, "not between 2 and 2^64"),
    ("prime-even", "cauchy", put(*AL, "prime", 4), R, "is not a prime"),
    (
        "prime-divides-minor",
        "kernel-right",
        both(put(*AL, "prime", 2), put(*S, "entries", [[2, 4, 6], [4, 8, 12], [1, 1, 1]])),
        R,
        "singular modulo 2",
    ),
    ("prime-of-other-field", "modulo-7", put(*AL, "prime", 11), R, "the modulus 11 is not that of GF(7)"),
    ("root-wrong", "fourier", put(*AL, "root", 1), R, "1 is no root"),
    ("root-missing", "fourier", drop(*AL, "root"), U, "evidence modulo a prime lacks these keys"),
    ("root-not-needed", "cauchy", put(*AL, "root", 1), U, "evidence modulo a prime lacks these keys"),
    ("minor-singular", "toeplitz-int64", put(*AL, "rows", [4, 5]), R, "singular modulo"),
    ("minor-count", "toeplitz-int64", drop(*AL, "rows", 1), R, "more pivot rows"),
]
