"""Certificates about upper bounds of VC dimensions, by sign patterns.

ACCEPTED    name -> function that returns the statements
CHANGED     those that must be refused
true        whether a claim is true: the product in real numbers of many digits
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath

from tests.corpus.brute.fields import plain
from tests.corpus.changes import C, E, R, Row, U, drop, put

Json = Any
NAMES = ("units", "breakpoints", "degree", "numerator", "constant", "denominator")
OUT = (1, 0, 1, 1, 1, 0)


def layer(
    units: Json, breakpoints: Json, degree: Json, top: Json, constant: Json, bottom: Json, *blocks: int
) -> Json:
    """Return a layer of the claim "vc-upper"."""
    return dict(zip(NAMES, (units, breakpoints, degree, top, constant, bottom))) | {"parameters": [*blocks]}


def upper(bound: Json, parameters: Json, *layers: Json) -> Json:
    """Return the statement that the VC dimension is at most the bound."""
    claim = {"kind": "vc-upper", "bound": bound, "parameters": parameters, "layers": [*layers], "field": "Q"}
    return [{"claim": claim, "evidence": {}}]


ACCEPTED: dict[str, Callable[[], Json]] = {
    "vc-halfspace": lambda: upper(4, [3, 1], layer(*OUT, 0, 1)),
    "vc-relu": lambda: upper(139, [6, 3, 3, 1], layer(3, 1, 1, 1, 1, 0, 0, 1), layer(*OUT, 2, 3)),
    "vc-denominators": lambda: upper(
        1008, [32, 8, 8, 1], layer(8, 1, 1, 9, 9, 8, 0, 1), layer(*OUT, 2, 3)
    ),
    "vc-thresholds": lambda: upper(
        186, [12, 12, 4], layer(3, 1, 0, 1, 1, 0, 0), layer(3, 1, 0, 1, 1, 0, 1), layer(*OUT, 2)
    ),
    "vc-squares-shared": lambda: upper(
        389, [12, 4], layer(3, 2, 2, 1, 1, 0, 0), layer(3, 2, 2, 1, 1, 0, 0), layer(*OUT, 1)
    ),
    "vc-fixed": lambda: upper(5, [4, 1], layer(4, 1, 1, 0, 0, 0), layer(*OUT, 0, 1)),
    "vc-long": lambda: upper(5001, [5000, 1], layer(*OUT, 0, 1)),
    "vc-identity": lambda: upper(
        19, [2, 2], layer(1, 0, 1, 1, 1, 1, 0), layer(*OUT, 1)
    ),
    "vc-wide": lambda: upper(
        "0x27578f39b66a4c97a",
        ["0xde0b6b3a7640000", 10**9, 10**9, 1],
        layer(10**9, 1, 1, 1, 1, 0, 0, 1),
        layer(*OUT, 2, 3),
    ),
}  # fmt: skip

CHANGED: list[Row] = [
    ("vc-too-little", "vc-halfspace", put(C, "bound", 3), R, "fewer than 2^4"),
    ("vc-relu-too-little", "vc-relu", put(C, "bound", 138), R, "fewer than 2^139"),
    ("vc-denominators-too-little", "vc-denominators", put(C, "bound", 1007), R, "fewer than 2^1008"),
    ("vc-thresholds-too-little", "vc-thresholds", put(C, "bound", 185), R, "fewer than"),
    ("vc-squares-too-little", "vc-squares-shared", put(C, "bound", 388), R, "fewer than"),
    ("vc-fixed-too-little", "vc-fixed", put(C, "bound", 4), R, "fewer than"),
    ("vc-long-too-little", "vc-long", put(C, "bound", 5000), R, "fewer than"),
    ("vc-identity-too-little", "vc-identity", put(C, "bound", 18), R, "fewer than"),
    ("vc-wide-too-little", "vc-wide", put(C, "bound", "0x27578f39b66a4c979"), R, "fewer than"),
    ("vc-no-points", "vc-fixed", put(C, "bound", 0), R, "fewer than 2^1"),
    ("vc-bound-negative", "vc-halfspace", put(C, "bound", -1), U, "the bound is not from 0"),
    ("vc-bound-half", "vc-halfspace", put(C, "bound", "9/2"), U, "the bound is not from 0"),
    ("vc-bound-imaginary", "vc-halfspace", put(C, "bound", "4+1i"), U, "the bound is not from 0"),
    ("vc-bound-long", "vc-halfspace", put(C, "bound", hex(1 << 256)), U, "the bound is not from 0"),
    ("vc-bound-float", "vc-halfspace", put(C, "bound", 4.0), U, "a number"),
    ("vc-field", "vc-halfspace", put(C, "field", "GF(7)"), U, "the parameters are real"),
    ("vc-no-layers", "vc-halfspace", put(C, "layers", []), U, "from 1 to 1024"),
    ("vc-many-layers", "vc-halfspace", put(C, "layers", [layer(*OUT, 0)] * 1025), U, "from 1 to 1024"),
    ("vc-layer-key", "vc-halfspace", drop(C, "layers", 0, "constant"), U, "a layer lacks"),
    ("vc-layer-note", "vc-halfspace", put(C, "layers", 0, "note", 1), U, "should not: note"),
    ("vc-units", "vc-halfspace", put(C, "layers", 0, "units", 2), R, "the last layer"),
    ("vc-last-breaks", "vc-halfspace", put(C, "layers", 0, "breakpoints", 1), R, "the last layer"),
    ("vc-last-degree", "vc-halfspace", put(C, "layers", 0, "degree", 2), R, "the last layer"),
    ("vc-block-outside", "vc-halfspace", put(C, "layers", 0, "parameters", [0, 2]), R, "not distinct numbers"),
    ("vc-block-twice", "vc-halfspace", put(C, "layers", 0, "parameters", [1, 1]), R, "not distinct numbers"),
    ("vc-size-negative", "vc-halfspace", put(C, "parameters", 1, -3), U, "a size is not from 0"),
    ("vc-more-parameters", "vc-halfspace", put(C, "parameters", 1, 2), R, "fewer than"),
    ("vc-more-units", "vc-relu", put(C, "layers", 0, "units", 4), R, "fewer than"),
    ("vc-more-breaks", "vc-relu", put(C, "layers", 0, "breakpoints", 2), R, "fewer than"),
    ("vc-higher-degree", "vc-relu", put(C, "layers", 0, "degree", 2), R, "fewer than"),
    ("vc-higher-numerator", "vc-relu", put(C, "layers", 1, "numerator", 2), R, "fewer than"),
    ("vc-higher-constant", "vc-relu", put(C, "layers", 0, "constant", 2), R, "fewer than"),
    ("vc-higher-denominator", "vc-relu", put(C, "layers", 0, "denominator", 3), R, "fewer than"),
    ("vc-huge-degree", "vc-squares-shared", put(C, "layers", 0, "degree", hex(1 << 255)), R, "fewer than"),
    (
        "vc-endless-degree",
        "vc-squares-shared",
        put(C, "layers", [layer(3, 2, hex(1 << 255), 1, 1, 0, 0)] * 17 + [layer(*OUT, 1)]),
        U,
        "a degree is too large",
    ),
    ("vc-evidence", "vc-halfspace", put(E, {"points": 5}), U, "should not: points"),
]  # fmt: skip


def true(claim: Json) -> bool:
    """Whether the sum over the layers of log2 of the bounds is at most m."""
    m, sizes = int(plain(claim["bound"])) + 1, [int(plain(x)) for x in claim["parameters"]]
    seen: set[int] = set()
    top = bottom = 0
    with mpmath.workprec(600):
        total = mpmath.mpf(0)
        for k, data in enumerate(claim["layers"]):
            units, breaks, s, numerator, constant, denominator = [int(plain(data[x])) for x in NAMES]
            last = k == len(claim["layers"]) - 1
            if last and (units, breaks, s) != (1, 0, 1):
                return False
            seen |= set(data["parameters"])
            top, bottom = max(numerator + top, constant + bottom), denominator + bottom
            M, n, D = (
                (m if last else units * breaks * m) + bool(denominator),
                sum(sizes[i] for i in seen),
                max(top, bottom, 1),
            )
            total += _log2(M, n, D)
            top, bottom = s * max(top, bottom), s * bottom
            seen = seen if s else set()
        return bool(total <= m)


def _log2(M: int, n: int, D: int) -> Any:
    """log2 of min(2^M, D (2D - 1)^(n - 1) sum of C(M, j)); the sum, where it is long, by the entropy."""
    if n == 0:
        return mpmath.mpf(0)
    if n >= M:
        sums = mpmath.mpf(M)
    elif n <= 6000:
        term = whole = 1
        for j in range(n):
            term = term * (M - j) // (j + 1)
            whole += term
        sums = mpmath.log(whole, 2)
    else:
        t = mpmath.mpf(n) / M
        sums = mpmath.mpf(M) if 2 * n >= M else -M * (t * mpmath.log(t, 2) + (1 - t) * mpmath.log(1 - t, 2))
    return min(mpmath.mpf(M), mpmath.log(D, 2) + (n - 1) * mpmath.log(2 * D - 1, 2) + sums)
