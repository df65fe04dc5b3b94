"""Certificates about membership in butterfly classes.

ACCEPTED    name -> function that returns the statements
CHANGED     those that must be refused
"""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from tests.corpus import brute
from tests.corpus.changes import C, E, R, Row, U, both, put
from tests.corpus.drawn import kaleidoscope
from tests.corpus.evidence import solve
from tests.corpus.subjects import entries, value

Json = Any


def member(kind: str, subject: Json, evidence: Json, relation: str = "not in", field: str = "Q") -> Json:
    """Return a statement about membership."""
    claim = {"kind": "butterfly-membership", "class": kind, "relation": relation}
    return [{"claim": claim | {"subject": subject, "field": field}, "evidence": evidence}]


def within(K: Json) -> Json:
    """Return the statement that the matrix of a kaleidoscope is in its class."""
    field = K["field"]
    return member(K["kind"], entries({"kaleidoscope": K}, field), {"kaleidoscope": K}, "in", field)


def outside(seed: int, minor: tuple[int, int, int, int], size: int = 8) -> list[list[Fraction]]:
    """Return a matrix of rank 1, hence in B, with one entry changed: at the first row and column of the minor."""
    chance = random.Random(seed)
    u, v = ([Fraction(chance.randrange(1, 6)) for _ in range(size)] for _ in (0, 1))
    M = [[x * y for y in v] for x in u]
    M[minor[0]][minor[2]] += 1
    return M


def pencil(X: Any, field: str = "Q", seed: int = 5) -> Json:
    """Return a matrix of size 4 whose four parts are K_01, K_10, K_11, drawn, and K_00 = X K_01 K_11^-1 K_10."""
    F, chance = brute.Field(field), random.Random(seed)

    def part() -> brute.Rows:
        while True:
            K = [[F.lift([chance.randrange(F.p or 4) for _ in range(F.phi)]) for _ in (0, 1)] for _ in (0, 1)]
            if brute.rank(K, F) == 2:
                return K

    K = {(0, 1): part(), (1, 0): part(), (1, 1): part()}
    rows = [[F.element(x) for x in row] for row in X]
    K[0, 0] = brute.chain([K[1, 0], solve(K[1, 1], F), K[0, 1], rows], F)
    return value([[K[i % 2, j % 2][i // 2][j // 2] for j in range(4)] for i in range(4)])


ACCEPTED: dict[str, Callable[[], Json]] = {
    "member-b": lambda: within(kaleidoscope("B", 4, 4, 4, seed=6)),
    "member-b-star": lambda: within(kaleidoscope("B*", 4, 4, 4, "GF(5)", seed=7)),
    "member-double": lambda: within(kaleidoscope("BB*", 4, 4, 4, "Q(zeta_4)", seed=8)),
    "member-smallest": lambda: within(kaleidoscope("BB*", 2, 2, 2)),
    "no-member-b": lambda: member("B", value(outside(1, (1, 5, 2, 3))), {"rows": [1, 5], "columns": [2, 3]}),
    "no-member-b-deep": lambda: member(
        "B", value(outside(2, (6, 2, 0, 3))), {"rows": [6, 2], "columns": [0, 3]}
    ),
    "no-member-b-shallow": lambda: member(
        "B", value(outside(2, (6, 4, 5, 4))), {"rows": [6, 4], "columns": [5, 4]}
    ),
    "no-member-b-star": lambda: member(
        "B*", value(brute.transposed(outside(3, (1, 5, 2, 3)))), {"rows": [2, 3], "columns": [1, 5]}
    ),
    "no-member-b-gaussian": lambda: member(
        "B",
        {"entries": [[1, "i", 0, 0], [0, 0, 0, 0], ["i", 1, 0, 0], [0, 0, 0, 0]]},
        {"rows": [0, 2], "columns": [0, 1]},
        field="Q(zeta_4)",
    ),
    "no-member-double-root": lambda: member("BB*", pencil([[2, 1], [0, 2]]), {}),
    "no-member-double-square": lambda: member("BB*", pencil([[0, 2], [1, 0]]), {"prime": 5}),
    "no-member-double-gaussian": lambda: member(
        "BB*", pencil([[0, 2], [1, 0]], "Q(zeta_4)"), {"prime": 13, "root": 5}, field="Q(zeta_4)"
    ),
    "no-member-double-modulo-7": lambda: member("BB*", pencil([[0, 3], [1, 0]], "GF(7)"), {}, field="GF(7)"),
    "no-member-double-root-modulo-5": lambda: member(
        "BB*", pencil([[2, 0], [1, 2]], "GF(5)"), {}, field="GF(5)"
    ),
    "no-member-double-modulo-2": lambda: member("BB*", pencil([[1, 1], [1, 0]], "GF(2)"), {}, field="GF(2)"),
    "no-member-double-root-modulo-2": lambda: member(
        "BB*", pencil([[1, 0], [1, 1]], "GF(2)"), {}, field="GF(2)"
    ),
}

ODD = [[2, 1, 1, 0], [1, 1, 0, 0], [0, 0, 3, 1], [0, 0, 1, 1]]

CHANGED: list[Row] = [
    ("member-not", "member-b", put(C, "relation", "out"), U, "the relation is 'out'"),
    ("member-class", "member-b", put(C, "class", "B*B"), U, "the class is 'B*B'"),
    ("member-key", "member-b", put(E, "prime", 5), U, "the evidence lacks these keys"),
    ("member-negated", "member-b", put(C, "relation", "not in"), U, "the evidence lacks these keys"),
    (
        "member-width",
        "member-double",
        put(E, "kaleidoscope", kaleidoscope("BB*", 4, 4, 4, "Q(zeta_4)", 2)),
        R,
        "is not one of BB*",
    ),
    (
        "member-size",
        "member-smallest",
        put(E, "kaleidoscope", kaleidoscope("BB*", 2, 2, 4)),
        R,
        "is not one of BB*",
    ),
    ("member-double-as-b", "member-smallest", put(C, "class", "B"), R, "is not one of B"),
    (
        "member-rectangular",
        "member-b",
        put("claim", "subject", {"entries": [[1, 2]]}),
        R,
        "is not a power of two",
    ),
    (
        "member-size-3",
        "no-member-b",
        put("claim", "subject", {"permutation": [0, 1, 2]}),
        R,
        "is not a power of two",
    ),
    (
        "member-size-1",
        "no-member-b",
        put("claim", "subject", {"permutation": [0]}),
        R,
        "is not a power of two",
    ),
    ("no-member-same-block", "no-member-b", put(E, "columns", [3, 4]), R, "the minor may be nonzero"),
    ("no-member-other-rows", "no-member-b-deep", put(E, "rows", [6, 3]), R, "the minor may be nonzero"),
    (
        "no-member-smallest",
        "no-member-b",
        both(
            put("claim", "subject", {"permutation": [0, 1]}),
            put(E, "rows", [0, 1]),
            put(E, "columns", [0, 1]),
        ),
        R,
        "the minor may be nonzero",
    ),
    ("no-member-row-twice", "no-member-b", put(E, "rows", [1, 1]), R, "are not distinct numbers"),
    ("no-member-outside", "no-member-b", put(E, "rows", [1, 8]), R, "are not distinct numbers"),
    (
        "no-member-three-rows",
        "no-member-b",
        put(E, "rows", [1, 5, 3]),
        R,
        "a minor has two rows and two columns",
    ),
    ("no-member-key", "no-member-b", put(E, "prime", 5), U, "the evidence lacks these keys"),
    (
        "no-member-double-size",
        "no-member-double-root",
        put("claim", "subject", {"permutation": [0, 1]}),
        R,
        "for n = 4 only",
    ),
    (
        "no-member-double-singular",
        "no-member-double-root",
        put("claim", "subject", {"permutation": [0, 1, 2, 3]}),
        R,
        "is singular",
    ),
    (
        "no-member-double-true",
        "no-member-double-root",
        put("claim", "subject", pencil([[2, 1], [0, 3]])),
        R,
        "may be diagonalisable",
    ),
    (
        "no-member-double-multiple",
        "no-member-double-root",
        put("claim", "subject", pencil([[2, 0], [0, 2]])),
        R,
        "may be diagonalisable",
    ),
    (
        "no-member-double-even-prime",
        "no-member-double-square",
        put(E, "prime", 2),
        R,
        "may be diagonalisable",
    ),
    ("no-member-double-composite", "no-member-double-square", put(E, "prime", 15), R, "is not a prime"),
    (
        "no-member-double-divides",
        "no-member-double-square",
        put("claim", "subject", pencil([[0, 5], [1, 0]])),
        R,
        "may be diagonalisable",
    ),
    (
        "no-member-double-key",
        "no-member-double-root",
        put(E, "rows", [1]),
        U,
        "evidence modulo a prime lacks these keys",
    ),
    (
        "no-member-double-root-wrong",
        "no-member-double-gaussian",
        put(E, "root", 4),
        R,
        "4 is no root modulo 13",
    ),
    (
        "no-member-double-residue",
        "no-member-double-modulo-7",
        put("claim", "subject", pencil([[0, 2], [1, 0]], "GF(7)")),
        R,
        "may be diagonalisable",
    ),
    (
        "no-member-double-modulo-key",
        "no-member-double-modulo-7",
        put(E, "prime", 7),
        U,
        "the evidence lacks these keys",
    ),
    (
        "no-member-double-one-modulo-2",
        "no-member-double-modulo-2",
        put("claim", "subject", pencil([[1, 0], [0, 1]], "GF(2)")),
        R,
        "may be diagonalisable",
    ),
    (
        "no-member-double-multiple-modulo-5",
        "no-member-double-root-modulo-5",
        put("claim", "subject", pencil([[2, 0], [0, 2]], "GF(5)")),
        R,
        "may be diagonalisable",
    ),
    # disc = 1, which is odd: modulo 2 the power that tells squares from others is 1 for all of them
    (
        "no-member-double-odd",
        "no-member-double-root",
        put("claim", "subject", "entries", ODD),
        R,
        "may be diagonalisable",
    ),
    (
        "no-member-double-odd-even-prime",
        "no-member-double-square",
        both(put("claim", "subject", "entries", ODD), put(E, "prime", 2)),
        R,
        "may be diagonalisable",
    ),
]
