"""Certificates about the dimension of the image of a straight-line program.

ACCEPTED    name -> function that returns the statements
CHANGED     (name, accepted certificate, change, verdict, fragment of the reason)
true        whether a claim is true, by exact derivatives at rational points
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from tests.corpus import brute
from tests.corpus.changes import R, Row, U, both, put

Json = Any
MERSENNE = 2**61 - 1
ONE_MODULO_4 = 2**61 - 31  # the largest prime below 2^61 that is 1 modulo 4; 4 has the inverse below
ROOT = pow(
    next(a for a in range(2, 99) if pow(a, ONE_MODULO_4 // 2, ONE_MODULO_4) != 1),
    ONE_MODULO_4 // 4,
    ONE_MODULO_4,
)

OUTER = {  # u v^T for u in Q^2, v in Q^3: a cone of dimension 4
    "parameters": 5,
    "steps": [["mul", i, j] for i in (0, 1) for j in (2, 3, 4)],
    "outputs": list(range(5, 11)),
}
CAUCHY = {  # 1 / (s_i - t_j) and s_0 - t_0 itself, which later steps use
    "parameters": 4,
    "steps": [
        ["sub", 0, 2], ["sub", 0, 3], ["sub", 1, 2], ["sub", 1, 3],
        ["constant", 1], ["div", 8, 4], ["div", 8, 5], ["div", 8, 6], ["div", 8, 7],
    ],
    "outputs": [4, 9, 10, 11, 12],
}  # fmt: skip
QUADRIC = {  # (x + y / 2)^2, x y, (x + y / 2)^2 - x y and a constant: of dimension 2
    "parameters": 2,
    "steps": [
        ["constant", "1/2"], ["mul", 1, 2], ["add", 0, 3], ["mul", 4, 4], ["mul", 0, 1], ["sub", 5, 6],
        ["constant", "-0x7/0x5"],
    ],
    "outputs": [5, 6, 7, 8],
}  # fmt: skip
GAUSS = {  # x + i y and x - i y
    "parameters": 2,
    "steps": [["constant", [0, 1]], ["mul", 1, 2], ["add", 0, 3], ["sub", 0, 3]],
    "outputs": [4, 5],
}
POWERS = {
    "parameters": 2,
    "steps": [["mul", 0, 0], *[["mul", k, 1] for k in range(2, 40)]],
    "outputs": [40, 39],
}


def claim(k: int, program: Json, rows: list[int], columns: list[int], **more: Any) -> Json:
    """Return a statement with a drawn point modulo the Mersenne prime, or as given."""
    chance = random.Random(len(program["steps"]))
    point = [chance.randrange(2**53) for _ in range(program["parameters"])]
    field = more.pop("field", "Q")
    evidence = {"prime": hex(MERSENNE), "point": point, "rows": rows, "columns": columns} | more
    what = {
        "kind": "generic-dimension",
        "relation": "at least",
        "dimension": k,
        "program": program,
        "field": field,
    }
    return [{"claim": what, "evidence": evidence}]


ACCEPTED: dict[str, Callable[[], Json]] = {
    "dimension-outer": lambda: claim(4, OUTER, [0, 1, 2, 3], [0, 2, 3, 1]),
    "dimension-less": lambda: claim(2, OUTER, [5, 0, 1], [4, 0, 3]),
    "dimension-cauchy": lambda: claim(3, CAUCHY, [4, 0, 2], [3, 1, 0]),
    "dimension-quadric": lambda: claim(2, QUADRIC, [2, 1], [0, 1], point=[3, 2**53]),
    "dimension-gaussian": lambda: claim(
        2, GAUSS, [0, 1], [0, 1], field="Q(zeta_4)", prime=hex(ONE_MODULO_4), root=hex(ROOT)
    ),
    "dimension-powers": lambda: claim(2, POWERS, [0, 1], [1, 0]),
    "dimension-zero": lambda: claim(0, {"parameters": 0, "steps": [["constant", 3]], "outputs": [0]}, [], []),
    "dimension-parameters": lambda: claim(1, {"parameters": 2, "steps": [], "outputs": [1, 1, 0]}, [1], [1]),
}

P, E = ("claim", "program"), "evidence"
CHANGED: list[Row] = [
    ("dimension-too-much", "dimension-outer", put("claim", "dimension", 5), R, "does not show dimension 5"),
    (
        "dimension-singular",
        "dimension-outer",
        both(put(E, "rows", [0, 1, 2, 3, 4]), put(E, "columns", [0, 1, 2, 3, 4]), put("claim", "dimension", 5)),
        R,
        "the minor is zero",
    ),
    ("dimension-same-direction", "dimension-powers", put(E, "point", 0, 0), R, "the minor is zero"),
    ("dimension-not-square", "dimension-less", put(E, "rows", [5, 0]), R, "a 2 x 3 minor"),
    ("dimension-row-twice", "dimension-outer", put(E, "rows", [0, 0, 1, 3]), R, "rows are not distinct"),
    ("dimension-column-outside", "dimension-outer", put(E, "columns", [0, 2, 3, 5]), R, "columns are not distinct"),
    ("dimension-at-most", "dimension-outer", put("claim", "relation", "at most"), U, "the relation"),
    ("dimension-finite", "dimension-outer", put("claim", "field", f"GF({MERSENNE})"), R, "the field is finite"),
    ("dimension-prime-small", "dimension-outer", put(E, "prime", 2**31 - 1), R, "is not 2^61 - c"),
    ("dimension-prime-large", "dimension-outer", put(E, "prime", hex(2**61 + 15)), R, "is not 2^61 - c"),
    ("dimension-composite", "dimension-outer", put(E, "prime", hex(2**61 - 3)), R, "is not a prime"),
    ("dimension-no-root", "dimension-gaussian", put(E, "root", hex(ROOT + 1)), R, "is no root"),
    ("dimension-pole", "dimension-cauchy", put(E, "point", [5, 1, 5, 2]), R, "divides by 0"),
    ("dimension-pole-unseen", "dimension-cauchy", put(E, "point", [5, 2, 2, 1]), R, "divides by 0"),
    (
        "dimension-denominator",
        "dimension-quadric",
        put(*P, "steps", 0, ["constant", f"0x1/{hex(MERSENNE)}"]),
        R,
        "divides a denominator",
    ),
    ("dimension-point-short", "dimension-outer", put(E, "point", [1, 2, 3, 4]), R, "the point has 4 items"),
    ("dimension-point-fraction", "dimension-outer", put(E, "point", 0, "1/2"), U, "a coordinate"),
    ("dimension-operation", "dimension-outer", put(*P, "steps", 0, 0, "pow"), U, "an operation is 'pow'"),
    ("dimension-later", "dimension-outer", put(*P, "steps", 0, 1, 5), U, "an operand is not an integer from 0 to 4"),
    ("dimension-operands", "dimension-outer", put(*P, "steps", 0, ["mul", 0, 1, 2]), R, "a step has 4 items"),
    ("dimension-constant", "dimension-quadric", put(*P, "steps", 0, ["constant", 0.5]), U, "a number"),
    ("dimension-output", "dimension-outer", put(*P, "outputs", 0, 11), U, "an output is not an integer from 0 to 10"),
    ("dimension-program-key", "dimension-outer", put(*P, "inputs", 3), U, "the program lacks these keys"),
    (
        "dimension-wide",
        "dimension-powers",
        both(
            put("claim", "program", {"parameters": 1025, "steps": [], "outputs": [*range(1025)]}),
            put(E, {"prime": hex(MERSENNE), "point": [0] * 1025, "rows": [*range(1025)], "columns": [*range(1025)]}),
        ),
        U,
        "the program is too long",
    ),
    ("dimension-evidence-key", "dimension-outer", put(E, "note", 3), U, "should not: note"),
]  # fmt: skip


def true(claim: Json) -> bool:
    """Whether the Jacobian has the claimed rank at one of three rational points, in exact arithmetic."""
    if claim["relation"] != "at least":
        return False
    field, program, chance = brute.Field(claim["field"]), claim["program"], random.Random(7)
    return any(_rank(field, program, chance) >= claim["dimension"] for _ in range(3))


def _rank(field: brute.Field, program: Json, chance: random.Random) -> int:
    n = program["parameters"]
    zero, one = field.element(0), field.element(1)
    values = [field.element(chance.randrange(1, 10**6)) for _ in range(n)]
    slopes = [[one if i == j else zero for j in range(n)] for i in range(n)]
    for op, *rest in program["steps"]:
        if op == "constant":
            values.append(field.element(rest[0]))
            slopes.append([zero] * n)
            continue
        i, j = rest
        a, b, da, db = values[i], values[j], slopes[i], slopes[j]
        if op == "sub":
            b, db = field.minus(b), [field.minus(y) for y in db]
        if op == "div":  # a / b: the derivative of 1 / b is - db / b^2
            b = field.inverse(b)
            db = [field.minus(field.mul(field.mul(b, b), y)) for y in db]
        if op in ("add", "sub"):
            values.append(field.add(a, b))
            slopes.append([field.add(x, y) for x, y in zip(da, db, strict=True)])
        else:
            values.append(field.mul(a, b))
            slopes.append([field.add(field.mul(x, b), field.mul(a, y)) for x, y in zip(da, db, strict=True)])
    return brute.rank([slopes[i] for i in program["outputs"]], field) if n and program["outputs"] else 0
