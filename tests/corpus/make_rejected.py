"""The certificates that must be refused: accepted ones with one thing wrong, each with the reason to be given.

write      write them, and expected.json: name -> [verdict, fragment of the reason]
"""

from __future__ import annotations

import copy
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

Json = Any
Change = Callable[[Json], None]


def put(*path: Any) -> Change:
    """Return a change that sets the value at path[:-1] of the first statement to path[-1]."""

    def change(certificate: Json) -> None:
        spot = certificate["statements"][0]
        for key in path[:-2]:
            spot = spot[key]
        spot[path[-2]] = path[-1]

    return change


def drop(*path: Any) -> Change:
    """Return a change that removes the value at the path of the first statement."""

    def change(certificate: Json) -> None:
        spot = certificate["statements"][0]
        for key in path[:-1]:
            spot = spot[key]
        del spot[path[-1]]

    return change


def both(*changes: Change) -> Change:
    """Return the changes as one."""

    def change(certificate: Json) -> None:
        for each in changes:
            each(certificate)

    return change


def top(key: str, value: Json) -> Change:
    """Return a change of the certificate itself."""

    def change(certificate: Json) -> None:
        certificate[key] = value

    return change


C, E, S, O = "claim", "evidence", ("claim", "subject"), ("claim", "operators")  # noqa: E741
AM, AL = ("evidence", "at_most"), ("evidence", "at_least")
R, U = "rejected", "unreadable"
SHIFT1 = {"op": "shift", "corner": 1}

CORNERED = {
    "op": "tridiagonal",
    "sub": [0] * 512,
    "main": [0] * 513,
    "super": [0] * 512,
    "top_right": 1,
    "bottom_left": 1,
}
# a packed row of more than 2^26 bytes; a common denominator that takes more than 2^31 bits for all entries
LONG_ROW = {"entries": [["0x" + "1" * 32802, *[0] * 4096]]}
LONG_DENOMINATOR = {"entries": [["0x1/0x1" + "0" * 33000, *[0] * 16400]]}
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

# (name, accepted certificate, change, verdict, fragment of the reason)
CHANGED: list[tuple[str, str, Change, str, str]] = [
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
    # displacement-rank
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
    # distances
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
    # operators by themselves
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
    # equalities
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

# certificates that are not JSON of the right form, as bytes
RAW: list[tuple[str, bytes, str, str]] = [
    ("not-json", b"displacement rank 2\n", U, "is no JSON certificate: Expecting value"),
    ("not-utf8", b'{"format": "\xff"}', U, "is no JSON certificate: 'utf-8' codec"),
    ("not-object", b"[]", U, "the certificate is not a JSON object"),
    (
        "key-twice",
        b'{"format": "ldrtheory-certificate/1", "format": "x", "statements": []}',
        U,
        "a JSON object has a key twice",
    ),
    ("nan", b'{"format": NaN, "statements": []}', U, "unknown format nan"),
    ("digits", b'{"format": 1' + b"0" * 5000 + b', "statements": []}', U, "4300"),
    ("nested", b"[" * 20000, U, "RecursionError"),
]


def npy(header: str, data: bytes, version: int = 1) -> bytes:
    """Return an NPY file with the given header."""
    text = (header + "\n").encode()
    return (
        b"\x93NUMPY"
        + bytes([version, 0])
        + len(text).to_bytes(2 if version == 1 else 4, "little")
        + text
        + data
    )


def tensors(header: bytes, data: bytes) -> bytes:
    """Return a safetensors file with the given header."""
    return len(header).to_bytes(8, "little") + header + data


def header(dtype: str, shape: str) -> str:
    """Return the usual NPY header."""
    return f"{{'descr': '{dtype}', 'fortran_order': False, 'shape': {shape}, }}"


F64 = b'{"x": {"dtype": "F64", "shape": [1, 2], "data_offsets": [0, 16]}}'
INFINITY = b"\0\0\0\0\0\0\xf0\xff"
# name of a malformed subject -> its bytes, the verdict, a fragment of the reason
SUBJECTS: dict[str, tuple[bytes, str, str]] = {
    "truncated.npy": (
        npy(header("<f8", "(1, 2)"), bytes(15)),
        U,
        "1 x 2 numbers of 8 bytes announced, 15 bytes there",
    ),
    "long.npy": (npy(header("<f8", "(1, 2)"), bytes(17)), U, "17 bytes there"),
    "enormous.npy": (npy(header("<f8", "(999999999999, 999999999999)"), b""), U, "0 bytes there"),
    "vector.npy": (npy(header("<f8", "(2,)"), bytes(16)), U, "unreadable NPY header"),
    "object.npy": (npy(header("|O", "(1, 2)"), bytes(16)), U, "the type of the numbers is 'O'"),
    "bf.npy": (npy(header("<bf", "(1, 2)"), bytes(4)), U, "the type of the numbers is 'bf'"),
    "nan.npy": (
        npy(header("<f8", "(1, 2)"), b"\0\0\0\0\0\0\xf8\x7f" + bytes(8)),
        U,
        "row 0 has NaN or infinity",
    ),
    "infinite.npy": (npy(header("<f8", "(1, 2)"), INFINITY + bytes(8)), U, "row 0 has NaN or infinity"),
    "infinite-complex.npy": (npy(header("<c16", "(1, 1)"), INFINITY + bytes(8)), U, "OverflowError"),
    "empty.npy": (npy(header("<f8", "(0, 2)"), b""), U, "a size is not an integer from 1"),
    "version.npy": (
        b"\x93NUMPY\4\0" + npy(header("<f8", "(1, 2)"), bytes(16))[8:],
        U,
        "unreadable NPY header",
    ),
    "short.npy": (b"\x93NUMPY", U, "unreadable NPY header"),
    "nothing.json": (b"", U, "the subject is neither NPY nor JSON: Expecting value"),
    "infinite.json": (b"[[1e999, 1]]", U, "OverflowError"),
    "nan.json": (b"[[NaN, 1]]", U, "a number is nan"),
    "ragged.json": (b"[[1, 2], [3]]", R, "the rows of a matrix differ in length"),
    "float-modulo.json": (b"[[1.0, 2]]", U, "a number is not an integer from 0 to p - 1"),
    "float-coefficient.json": (
        b'{"field": "Q(zeta_4)", "entries": [[[1.5, 1], 2]]}',
        U,
        "a coefficient is not rational",
    ),
    "rows.json": (b'{"rows": [[1, 2]]}', U, "the subject lacks these keys"),
    "number.json": (b"5", U, "the entries of the subject is not a JSON array"),
    "lies.safetensors": (tensors(F64, bytes(8)), U, "the tensor is said to end at byte 16 of 8"),
    "cut.safetensors": (tensors(F64, b"")[:-1], U, "the header is said to end at byte"),
    "no-data.safetensors": (tensors(F64, b""), U, "the tensor is said to end at byte 16 of 0"),
    "shape.safetensors": (tensors(F64.replace(b"[1, 2]", b"[9, 9]"), bytes(16)), U, "9 x 9 numbers"),
    "backwards.safetensors": (tensors(F64.replace(b"[0, 16]", b"[16, 0]"), bytes(16)), U, "0 bytes there"),
    "type.safetensors": (
        tensors(F64.replace(b"F64", b"F8_E4M3"), bytes(16)),
        U,
        "the type of the tensor is 'F8_E4M3'",
    ),
    "list.safetensors": (tensors(b"[1]", bytes(16)), U, "the safetensors file has no tensor 'x'"),
    "twice.safetensors": (tensors(b'{"x": 1, "x": 2}', bytes(16)), U, "a JSON object has a key twice"),
    "extra.safetensors": (
        tensors(F64.replace(b'"dtype"', b'"a": 1, "dtype"'), bytes(16)),
        U,
        "a tensor lacks these keys",
    ),
}


# the field of the claim about a malformed subject, if it is not Q
FIELDS = {"float-modulo.json": "GF(5)", "float-coefficient.json": "Q(zeta_4)"}


def write(accepted: dict[str, Json], source: Path, folder: Path) -> None:
    """Write the refused certificates, the subjects they need, and expected.json."""
    expected = {}
    from tests.corpus import computed, learning, programs

    for name, base, change, verdict, reason in (
        CHANGED + computed.CHANGED + programs.CHANGED + learning.CHANGED
    ):
        certificate = copy.deepcopy(accepted[base])
        change(certificate)
        (folder / f"{name}.cert.json").write_text(json.dumps(certificate) + "\n")
        expected[name] = [verdict, reason]
        text = json.dumps(accepted[base])
        for path in source.iterdir():
            if f'"{path.name}"' in text and not path.name.endswith(".cert.json"):
                shutil.copy(path, folder / path.name)
    shutil.copy(source / "mod5.json", folder / "mod5.json")
    for file, (data, verdict, reason) in SUBJECTS.items():
        (folder / file).write_bytes(data)
        subject = {"file": file, "sha256": hashlib.sha256(data).hexdigest(), "shape": [1, 2]}
        certificate = copy.deepcopy(accepted["cauchy"])
        claim = certificate["statements"][0]["claim"]
        claim["subject"] = subject | ({"tensor": "x"} if "safetensors" in file else {})
        claim["field"] = FIELDS.get(file, "Q")
        name = file.replace(".", "-")
        (folder / f"{name}.cert.json").write_text(json.dumps(certificate) + "\n")
        expected[name] = [verdict, reason]
    expected["absent"] = [U, "absent.cert.json is not there"]  # a certificate that is not there
    for name, data, verdict, reason in RAW:
        (folder / f"{name}.cert.json").write_bytes(data)
        expected[name] = [verdict, reason]
    (folder / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
