"""Certificates about shattered points.

ACCEPTED    name -> function that returns the statements
CHANGED     those that must be refused
true        whether a claim is true: every labelling evaluated
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from tests.corpus.brute.fields import plain
from tests.corpus.changes import C, E, R, Row, U, both, drop, put

Json = Any
P = (C, "program")
RELU = {"breaks": [0], "pieces": [[0], [0, 1]]}
CLIP = {"breaks": [-1, "1/1"], "pieces": [[-1], [0, 1], [1]]}


def shattered(
    points: Json, steps: Json, output: int, parameters: int, evidence: Json, *activations: Json
) -> Json:
    """Return the statement that a program shatters the points."""
    program = {
        "parameters": parameters,
        "inputs": len(points[0]) if points else 1,
        "steps": steps,
        "activations": [*activations],
        "output": output,
    }
    return [
        {
            "claim": {"kind": "shatters", "points": points, "program": program, "field": "Q"},
            "evidence": evidence,
        }
    ]


def halfspace() -> Json:
    """w x + b on 0, e_1, e_2: b = v_0 and w_k = v_k - v_0."""
    steps = [["mul", 0, 3], ["mul", 4, 1], ["add", 5, 6], ["add", 7, 2]]
    linear = [[2, 0, 1], [0, 0, -1], [0, 1, 1], [1, 0, -1], [1, 2, 1]]
    return shattered([[0, 0], [1, 0], [0, 1]], steps, 8, 3, {"base": [0, 0, 0], "linear": linear})


def untold() -> Json:
    """(relu(t_0 x_0 + t_1 x_1 + b) + a relu(t_1 x_0 + t_0 x_1) - 1/2) / 2 with a = 0: what a multiplies is not told."""
    steps = [
        ["mul", 0, 4], ["mul", 1, 5], ["add", 6, 7], ["add", 8, 2], ["piecewise", 9, 0],
        ["mul", 1, 4], ["mul", 0, 5], ["add", 11, 12], ["piecewise", 13, 0], ["mul", 14, 3],
        ["add", 10, 15], ["constant", "1/2"], ["sub", 16, 17], ["constant", 2], ["div", 18, 19],
    ]  # fmt: skip
    linear = [[2, 0, 1], [0, 0, -1], [0, 1, 1], [1, 0, -1], [1, 2, 1]]
    return shattered([[0, 0], [1, 0], [0, 1]], steps, 20, 4, {"base": [0, 0, 0, 0], "linear": linear}, RELU)


def divided() -> Json:
    """x -> clip(x t_0 / (3 + t_1)) with t_0 = t_1 = v_0 at x = 1, and the product of two numbers of one label."""
    steps = [
        ["constant", 3], ["add", 3, 1], ["div", 0, 4], ["mul", 5, 2], ["mul", 6, 6], ["mul", 7, 6], ["piecewise", 8, 1],
        ["piecewise", 9, 0],
    ]  # fmt: skip
    evidence = {"base": [0, 0], "linear": [[0, 0, 8], [1, 0, 1]]}
    return shattered([[1]], steps, 10, 2, evidence, RELU, CLIP)


def table() -> Json:
    """relu(x - a) + relu(b - x) at 0 and 1: 1 is positive if a = 1/2 (not if a = 5), 0 if b = 1/2 (not if b = -3)."""
    steps = [["sub", 2, 0], ["piecewise", 3, 0], ["sub", 1, 2], ["piecewise", 5, 0], ["add", 4, 6]]
    rows = [["1/2" if number >> 1 else "0x5/0x1", "1/2" if number & 1 else -3] for number in range(4)]
    return shattered([[0], [1]], steps, 7, 2, {"table": rows}, RELU)


def at_break() -> Json:
    """1[x > t] at x = 0 with t = 0 and t = -1."""
    step = {"breaks": [0], "pieces": [[0], [1]]}
    return shattered([[0]], [["sub", 1, 0], ["piecewise", 2, 0]], 3, 1, {"table": [[0], [-1]]}, step)


ACCEPTED: dict[str, Callable[[], Json]] = {
    "shatters-halfspace": halfspace,
    "shatters-untold": untold,
    "shatters-divided": divided,
    "shatters-table": table,
    "shatters-at-break": at_break,
    "shatters-nothing": lambda: shattered([], [["constant", 1]], 1, 0, {"base": [], "linear": []}),
}  # fmt: skip

CHANGED: list[Row] = [
    ("shatters-wrong-bias", "shatters-halfspace", put(E, "linear", 0, [2, 0, -1]), R, "wrong sign for the label 1"),
    ("shatters-zero", "shatters-halfspace", put(E, "linear", 0, [2, 0, 0]), R, "wrong sign"),
    ("shatters-always", "shatters-halfspace", put(E, "base", 2, 5), R, "wrong sign for the label -1"),
    ("shatters-other-label", "shatters-halfspace", put(E, "linear", 3, [1, 0, "-1/2"]), R, "not told by its own label"),
    ("shatters-swapped", "shatters-halfspace", put(C, "points", [[1, 0], [0, 0], [0, 1]]), R, "its own label"),
    ("shatters-four", "shatters-halfspace", put(C, "points", 2, [1, 1]), R, "its own label"),
    ("shatters-entry-outside", "shatters-halfspace", put(E, "linear", 0, [3, 0, 1]), R, "an entry is outside"),
    ("shatters-point-outside", "shatters-halfspace", put(E, "linear", 0, [2, 3, 1]), R, "an entry is outside"),
    ("shatters-entry-twice", "shatters-halfspace", put(E, "linear", 1, [2, 0, 1]), R, "two entries"),
    ("shatters-entry-short", "shatters-halfspace", put(E, "linear", 0, [2, 0]), R, "an entry of the linear part has 2"),
    ("shatters-base-short", "shatters-halfspace", put(E, "base", [0, 0]), R, "the base has 2 items"),
    ("shatters-no-linear", "shatters-halfspace", drop(E, "linear"), U, "lacks these keys"),
    ("shatters-both", "shatters-halfspace", put(E, "table", []), U, "should not"),
    ("shatters-note", "shatters-halfspace", put(E, "note", []), U, "should not"),
    ("shatters-point-short", "shatters-halfspace", put(C, "points", 0, [0]), R, "a point has 1 items"),
    ("shatters-complex", "shatters-halfspace", put(C, "points", 0, 0, "1i"), U, "a number is not real"),
    ("shatters-field", "shatters-halfspace", put(C, "field", "Q(zeta_4)"), U, "not over Q"),
    ("shatters-output", "shatters-halfspace", put(*P, "output", 9), U, "the output is not an integer"),
    ("shatters-later", "shatters-halfspace", put(*P, "steps", 0, ["mul", 0, 5]), R, "an operand is not there"),
    ("shatters-itself", "shatters-halfspace", put(*P, "steps", 0, ["mul", 5, 0]), R, "an operand is not there"),
    ("shatters-negative", "shatters-halfspace", put(*P, "steps", 0, ["mul", 0, -1]), U, "an operand"),
    ("shatters-operation", "shatters-halfspace", put(*P, "steps", 0, ["pow", 0, 1]), U, "an operation"),
    ("shatters-empty-step", "shatters-halfspace", put(*P, "steps", 0, []), U, "an operation"),
    ("shatters-operands", "shatters-halfspace", put(*P, "steps", 0, ["mul", 0, 1, 1]), R, "a step has 4"),
    ("shatters-program-key", "shatters-halfspace", put(*P, "note", 1), U, "should not: note"),
    ("shatters-inputs", "shatters-halfspace", put(*P, "inputs", 1), R, "a point has 2 items"),
    ("shatters-no-activation", "shatters-untold", put(*P, "activations", []), R, "an operand is not there"),
    ("shatters-told", "shatters-untold", put(E, "base", 3, 1), R, "not told by its own label"),
    (
        "shatters-divide-untold",
        "shatters-untold",
        both(put(C, "points", 0, [1, 1]), put(*P, "steps", 9, ["div", 3, 14])),
        R,
        "divides by a number that is not told",
    ),
    ("shatters-subtract", "shatters-untold", put(*P, "steps", 11, ["constant", 1]), R, "wrong sign"),
    ("shatters-add-untold", "shatters-untold", put(*P, "steps", 10, ["add", 10, 14]), R, "its own label"),
    ("shatters-piece-missing", "shatters-untold", put(*P, "activations", 0, "pieces", [[0]]), R, "the pieces has 1"),
    (
        "shatters-breaks-equal",
        "shatters-divided",
        put(*P, "activations", 1, "breaks", [1, 1]),
        R,
        "do not increase",
    ),
    ("shatters-activation-key", "shatters-divided", put(*P, "activations", 0, "note", 1), U, "should not: note"),
    (
        "shatters-piece-long",
        "shatters-divided",
        put(*P, "activations", 0, "pieces", 0, [0] * 65),
        U,
        "too many coefficients",
    ),
    ("shatters-pole", "shatters-divided", put(*P, "steps", 0, ["constant", 1]), R, "divides by 0"),
    ("shatters-pole-below", "shatters-divided", put(*P, "steps", 0, ["constant", -1]), R, "divides by 0"),
    ("shatters-clipped", "shatters-divided", put(*P, "activations", 1, "pieces", 2, [-1]), R, "wrong sign"),
    ("shatters-above-break", "shatters-at-break", put(E, "table", 0, ["-1/9"]), R, "wrong sign"),
    (
        "shatters-endless",
        "shatters-divided",
        put(*P, "steps", [["constant", 3], *[["mul", 2 + k, 2 + k] for k in range(1, 20)]]),
        U,
        "too long",
    ),
    ("shatters-table-row", "shatters-table", put(E, "table", 1, [5, -3]), R, "wrong sign"),
    ("shatters-table-swapped", "shatters-table", put(E, "table", 2, ["5", "1/2"]), R, "wrong sign"),
    ("shatters-table-short", "shatters-table", put(E, "table", [[5, -3]]), R, "the table has 1 items"),
    ("shatters-table-narrow", "shatters-table", put(E, "table", 0, [5]), R, "a row of the table has 1"),
    ("shatters-table-linear", "shatters-table", put(E, "linear", []), U, "should not: linear"),
    ("shatters-table-points", "shatters-table", put(C, "points", [[k] for k in range(13)]), U, "at most 12 points"),
    (
        "shatters-work",
        "shatters-halfspace",
        both(put(C, "points", [[k, 0] for k in range(2048)])),
        U,
        "the program is too long",
    ),
]  # fmt: skip


def true(claim: Json, evidence: Json) -> bool:
    """Whether the parameters of every labelling give it, evaluated one labelling after the other."""
    program, points = claim["program"], [[plain(x) for x in point] for point in claim["points"]]
    for v in itertools.product((1, -1), repeat=len(points)):
        if "table" in evidence:
            theta = [plain(x) for x in evidence["table"][sum(1 << k for k, s in enumerate(v) if s > 0)]]
        else:
            theta = [plain(x) for x in evidence["base"]]
            for i, k, c in evidence["linear"]:
                theta[i] += plain(c) * v[k]
        for point, label in zip(points, v):
            try:
                y = _run(program, [*theta, *point])
            except ZeroDivisionError:
                return False
            if (y > 0) != (label > 0):
                return False
    return True


def _run(program: Json, values: list[Fraction]) -> Fraction:
    for op, *rest in program["steps"]:
        if op == "constant":
            values.append(plain(rest[0]))
        elif op == "piecewise":
            x, data = values[rest[0]], program["activations"][rest[1]]
            piece = data["pieces"][sum(plain(b) < x for b in data["breaks"])]
            values.append(sum((plain(c) * x**k for k, c in enumerate(piece)), Fraction(0)))
        else:
            a, b = values[rest[0]], values[rest[1]]
            values.append(a + b if op == "add" else a - b if op == "sub" else a * b if op == "mul" else a / b)
    return values[program["output"]]
