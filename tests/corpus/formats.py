"""Certificates about files of every format, and the form that every certificate, field, number and subject must have.

ACCEPTED    name -> function that returns the statements
CHANGED     those that must be refused
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tests.corpus.changes import AL, AM, C, E, O, R, Row, S, U, both, drop, put, top
from tests.corpus.evidence import HANKEL, RANK, TOEPLITZ, rank_of, rank_statement
from tests.corpus.subjects import bfloat, floating, gaussian, npy, stored, toeplitz, wild

Json = Any

ACCEPTED: dict[str, Callable[[], Json]] = {
    "toeplitz-int64": lambda: rank_statement(npy("toeplitz.npy", np.array(toeplitz(6, 6, 1))), TOEPLITZ),
    "toeplitz-uint64": rank_of(
        lambda: npy("u8.npy", np.array([[2**64 - 1, 5], [1, 2**63], [7, 0]], "<u8")), TOEPLITZ
    ),
    "hankel-fortran": rank_of(
        lambda: npy("fortran.npy", np.asfortranarray(np.array(toeplitz(4, 5, 2), ">i4")[:, ::-1])), HANKEL
    ),
    "bool": rank_of(lambda: npy("bool.npy", np.array([[True, False], [True, True]])), RANK),
    "float16": rank_of(lambda: floating("f2.npy", "<f2"), TOEPLITZ),
    "float32": rank_of(lambda: floating("f4.npy", ">f4"), TOEPLITZ, method="generators"),
    "float64": rank_of(lambda: floating("f8.npy", "<f8"), TOEPLITZ, least=2**20),
    "float64-wild": rank_of(wild, TOEPLITZ),
    "float64-zero": rank_of(lambda: npy("zero.npy", np.zeros((2, 3))), TOEPLITZ),
    "integers-in-floats": rank_of(
        lambda: npy("large.npy", np.array([[2.0**60, 2.0**1000], [0.0, 2.0**70]])), RANK
    ),
    "complex128": rank_of(gaussian, TOEPLITZ, "Q(zeta_4)"),
    "real-in-gaussian": rank_of(
        lambda: npy("toeplitz.npy", np.array(toeplitz(6, 6, 1))), TOEPLITZ, "Q(zeta_4)"
    ),
    "bfloat16": rank_of(bfloat, TOEPLITZ),
    "safetensors-int32": lambda: rank_statement({**bfloat(), "tensor": "i"}, TOEPLITZ, method="right"),
    "json-modulo-5": lambda: rank_statement(
        stored("mod5.json", b'{"field": "GF(5)", "entries": [[1, 2], [3, 1]]}', (2, 2)), RANK, "GF(5)"
    ),
    "json-complex": lambda: rank_statement(
        stored("complex.json", b'[["2-1/3i", "j"], [1, "-0x3/0x2"], ["0.5", 1e-1]]', (3, 2)),
        RANK,
        "Q(zeta_8)",
    ),
    "float64-tiny": rank_of(
        lambda: npy("tiny.npy", np.array([[5e-324, 1e-320, 3e-321], [2e-322, 0.0, 5e-324]])), TOEPLITZ
    ),
}

SHIFT1 = {"op": "shift", "corner": 1}
# T >= 4 by the evidence, as sqrt(3^2 + 4^2) - 1 = 4, but not T > 4
EQUAL = {
    "claim": {
        "kind": "residual-distance",
        "relation": "not within",
        "rank": 0,
        "bound": {"absolute": 4},
        "subject": {"entries": [[3, 1], [0, 4]]},
        "operators": {"kind": "sylvester", "left": {"op": "identity"}, "right": {"op": "zero"}},
        "field": "Q",
    },
    "evidence": {"left": [[1, 0], [0, 1]], "right": [[1, 0], [0, 1]], "shift": 0},
}

CHANGED: list[Row] = [
    # on the borders
    ("prime-fraction", "cauchy", put(*AL, "prime", "203/2"), R, "not between 2 and 2^64"),
    ("prime-complex", "cauchy", put(*AL, "prime", "101+i"), R, "not between 2 and 2^64"),
    ("root-fraction", "fourier", put(*AL, "root", "11/2"), R, "0 is no root"),
    (
        "shift-huge",
        "residual-within",
        put(E, "shift", 2**20 + 1),
        U,
        "the shift is not an integer from 0 to 1048576",
    ),
    ("field-2^64", "modulo-7", put(C, "field", "GF(18446744073709551616)"), R, "not between 2 and 2^64"),
    ("file-extra-key", "cauchy", put(*S, "path", "x"), U, "the subject lacks these keys"),
    ("gf-entry-p", "modulo-3-constant-row", put(C, "field", "GF(2)"), U, "not from 0 to p - 1"),
    ("generator-key", "cauchy-at-most", put(*AM, "shift", 0), U, "at_most lacks these keys"),
    ("kernel-key", "kernel-right", put(*AM, "rank", 2), U, "at_most lacks these keys"),
    (
        "class-paths-one-column",
        "class-within-paths",
        put(*S, "entries", [[1], [2], [3], [4]]),
        R,
        "no path pair that fits",
    ),
    (
        "residual-not-equal",
        "residual-not-within",
        lambda c: c["statements"].__setitem__(0, EQUAL),
        R,
        "so large",
    ),
    # the certificate
    ("format", "cauchy", top("format", "ldrtheory-certificate/2"), U, "unknown format"),
    ("extra-key", "cauchy", top("note", 1), U, "lacks these keys, or has them and should not: note"),
    ("no-statement", "cauchy", top("statements", []), U, "no statement"),
    ("statements-object", "cauchy", top("statements", {"claim": 1}), U, "the statements is not a JSON array"),
    ("unknown-kind", "cauchy", put(C, "kind", "theorem"), U, "known: ['displacement-rank'"),
    ("claim-not-object", "cauchy", put(C, [1]), U, "the kind of the claim is None"),
    (
        "claim-extra-key",
        "cauchy",
        put(C, "note", "x"),
        U,
        "the claim lacks these keys, or has them and should not: note",
    ),
    ("claim-lacks-field", "cauchy", drop(C, "field"), U, "should not: field"),
    (
        "second-statement-false",
        "two-statements",
        lambda c: (
            put(C, "shape", [6, 6])({"statements": [c["statements"][1]]})
            or put(E, "prime", 2)({"statements": [c["statements"][1]]})
        ),
        R,
        "common factor",
    ),
    # fields
    ("field-unknown", "cauchy", put(C, "field", "R"), U, "unknown field 'R'"),
    ("field-zeta-too-large", "cauchy", put(C, "field", "Q(zeta_1000)"), U, "unknown field"),
    ("field-not-text", "cauchy", put(C, "field", 5), U, "a field is 5"),
    ("field-composite", "modulo-7", put(C, "field", "GF(91)"), R, "the modulus 91 is not a prime"),
    ("field-pseudoprime", "modulo-7", put(C, "field", "GF(3215031751)"), R, "is not a prime"),
    ("field-one", "modulo-7", put(C, "field", "GF(1)"), R, "not between 2 and 2^64"),
    ("field-large", "modulo-7", put(C, "field", "GF(18446744073709551629)"), R, "not between 2 and 2^64"),
    ("complex-in-q", "complex128", put(C, "field", "Q"), R, "complex, hence not in Q"),
    ("floats-in-gf", "float64", put(C, "field", "GF(7)"), U, "floating-point numbers are not in GF(7)"),
    ("gf-out-of-range", "modulo-7", put(C, "field", "GF(5)"), U, "not from 0 to p - 1"),
    ("gf-negative", "modulo-7-kernel", put(*S, "entries", 0, 0, -6), U, "not an integer from 0 to p - 1"),
    ("gf-too-large", "modulo-7-kernel", put(*S, "entries", 0, 0, 7), U, "not an integer from 0 to p - 1"),
    ("gf-fraction", "modulo-7-kernel", put(*S, "entries", 0, 0, "1/2"), U, "not an integer from 0 to p - 1"),
    (
        "json-field-differs",
        "json-modulo-5",
        put(C, "field", "GF(7)"),
        R,
        "the subject is over 'GF(5)', not GF(7)",
    ),
    (
        "json-coefficients-in-other-field",
        "fourier",
        put(C, "field", "Q(zeta_5)"),
        R,
        "the subject is over 'Q(zeta_8)'",
    ),
    # numbers
    ("number-float", "kernel-right", put(*S, "entries", 0, 0, 1.0), U, "a number is 1.0"),
    ("number-bool", "kernel-right", put(*S, "entries", 0, 0, True), U, "a number is True"),
    ("number-null", "kernel-right", put(*S, "entries", 0, 0, None), U, "a number is None"),
    ("number-text", "kernel-right", put(*S, "entries", 0, 0, "one"), U, "'one' is not an exact number"),
    ("number-empty", "kernel-right", put(*S, "entries", 0, 0, ""), U, "'' is not an exact number"),
    ("number-underscore", "kernel-right", put(*S, "entries", 0, 0, "1_0"), U, "is not an exact number"),
    ("number-exponent", "kernel-right", put(*S, "entries", 0, 0, "1e99999"), U, "is not an exact number"),
    ("number-divides-by-zero", "kernel-right", put(*S, "entries", 0, 0, "1/0"), U, "ZeroDivisionError"),
    ("number-digits", "kernel-right", put(*S, "entries", 0, 0, "9" * 5000), U, "4300"),
    (
        "number-list-in-q",
        "kernel-right",
        put(*S, "entries", 0, 0, [1]),
        U,
        "a list is not that of the coefficients",
    ),
    (
        "number-list-short",
        "complex-generators",
        put(*AM, "left", 0, 0, [1]),
        U,
        "a list is not that of the coefficients",
    ),
    (
        "number-list-complex",
        "complex-generators",
        put(*AM, "left", 0, 0, ["i", 1]),
        U,
        "a coefficient is not rational",
    ),
    (
        "json-list-without-field",
        "json-complex",
        put(*S, {"entries": [[[1, 0]]]}),
        U,
        "a list is not that of the coefficients",
    ),
    # subjects
    ("hash", "cauchy", put(*S, "sha256", "0" * 64), R, "the sha256 of 'cauchy.json' is not"),
    ("other-file", "cauchy", put(*S, "file", "mod5.json"), R, "the sha256 of 'mod5.json' is not"),
    ("shape", "cauchy", put(*S, "shape", [4, 5]), R, "the matrix of the file is not 4 x 5"),
    ("shape-zero", "cauchy", put(*S, "shape", [0, 5]), U, "a size is not an integer from 1"),
    ("shape-three", "cauchy", put(*S, "shape", [5, 4, 1]), R, "the shape has 3 items, not 2"),
    ("folder", "cauchy", put(*S, "file", "../accept/cauchy.json"), U, "not a bare file name"),
    ("folder-backslash", "cauchy", put(*S, "file", "..\\cauchy.json"), U, "not a bare file name"),
    ("folder-dots", "cauchy", put(*S, "file", ".."), U, "not a bare file name"),
    ("missing-file", "cauchy", put(*S, "file", "nowhere.json"), U, "corpus/reject'; give it by"),
    ("tensor-of-json", "cauchy", put(*S, "tensor", "b"), U, "the header is said to end at byte"),
    ("tensor-missing", "bfloat16", put(*S, "tensor", "c"), U, "no tensor 'c'"),
    ("tensor-not-named", "bfloat16", drop(*S, "tensor"), U, "neither NPY nor JSON"),
    ("subject-extra-key", "kernel-right", put(*S, "note", 1), U, "the subject lacks these keys"),
    ("empty", "kernel-right", put(*S, "entries", []), U, "the subject is empty"),
    ("empty-rows", "kernel-right", put(*S, "entries", [[], []]), U, "the subject is empty"),
    ("ragged", "kernel-right", put(*S, "entries", 0, [1, 2]), R, "the rows of a matrix differ in length"),
    # operators
    ("operators-kind", "stein", put(*O, "kind", "lyapunov"), U, "the kind of the operators is 'lyapunov'"),
    ("operators-key", "stein", put(*O, "middle", SHIFT1), U, "the operators lacks these keys"),
    ("operator-unknown", "stein", put(*O, "left", "op", "circulant"), U, "an operator is 'circulant'"),
    ("operator-not-object", "stein", put(*O, "left", "shift"), U, "an operator is None"),
    ("operator-key", "stein", put(*O, "left", "size", 4), U, "shift lacks these keys"),
    ("operator-corner-of-identity", "bool", put(*O, "left", "corner", 4), U, "identity lacks these keys"),
    (
        "diagonal-short",
        "cauchy",
        drop(*O, "left", "values", 0),
        R,
        "values of the operator diagonal has 4 items",
    ),
    (
        "subdiagonal-long",
        "unusual-operators",
        put(*O, "left", "blocks", 0, "of", "values", [2, 3, 4, 5]),
        R,
        "has 4 values",
    ),
    (
        "subdiagonal-short",
        "unusual-operators",
        put(*O, "left", "blocks", 0, "of", "values", [2]),
        R,
        "has 1 values",
    ),
    (
        "tridiagonal-short",
        "unusual-operators",
        put(*O, "left", "blocks", 1, "super", [2]),
        R,
        "super of the operator",
    ),
    (
        "tridiagonal-corners",
        "unusual-operators",
        both(
            put(
                *O,
                "left",
                "blocks",
                1,
                {"op": "tridiagonal", "sub": [1], "main": [1, 1], "super": [1], "top_right": 1},
            ),
            put(*O, "left", "sizes", [4, 2]),
            put(*O, "left", "blocks", 0, "of", "values", [1, 1, 1]),
        ),
        R,
        "no corners in size 2",
    ),
    (
        "blocks-sizes",
        "unusual-operators",
        put(*O, "left", "sizes", [3, 2]),
        R,
        "the blocks have the size 5 in all, not 6",
    ),
    (
        "blocks-count",
        "unusual-operators",
        put(*O, "left", "sizes", [3, 2, 1]),
        R,
        "the blocks has 2 items, not 3",
    ),
    ("blocks-size-zero", "unusual-operators", put(*O, "left", "sizes", [3, 3, 0]), U, "a block size is not"),
    (
        "dense-rows",
        "unusual-operators",
        put(*O, "right", "of", "blocks", 1, "entries", [[1, 2]]),
        R,
        "the dense rows has 1",
    ),
]
