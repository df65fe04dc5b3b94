"""Certificates about matrices given by what computes them, and about membership in butterfly classes.

ACCEPTED    name -> function that returns the statements
CHANGED     (name, accepted certificate, change, verdict, fragment of the reason) of those that must be refused
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from tests.corpus import brute
from tests.corpus.make_certificates import ACCEPT, number, solve, value
from tests.corpus.make_rejected import C, E, R, U, both, drop, put

Json = Any


def equal(
    left: Json, right: Json, field: str = "Q", kind: str = "matrices-equal", evidence: Json = None
) -> Json:
    """Return the statement that two matrices are equal, or differ."""
    claim = {"kind": kind, "left": left, "right": right, "field": field}
    return [{"claim": claim, "evidence": evidence or {}}]


def entries(subject: Json, field: str = "Q") -> Json:
    """Return the same matrix by its entries, found by brute force."""
    return value(brute.subject(subject, brute.Field(field), ACCEPT))


def computed(subject: Json, field: str = "Q") -> Json:
    """Return the statement that a subject is the matrix that brute force finds."""
    return equal(subject, entries(subject, field), field)


def drawn(field: str, chance: random.Random) -> Json:
    """Return a number: often 0 or 1, else small, a fraction over Q and a list over Q(zeta)."""
    F = brute.Field(field)
    if chance.randrange(4) == 0:
        return chance.randrange(2)
    if F.p:
        return chance.randrange(F.p)
    terms = [number(Fraction(chance.randrange(-9, 10), chance.choice([1, 1, 2, 3]))) for _ in range(F.phi)]
    return terms if F.phi > 1 else terms[0]


def kaleidoscope(
    kind: str, m: int, n: int, size: int, field: str = "Q", width: int = 1, seed: int = 1, least: int = 0
) -> Json:
    """Return a kaleidoscope with drawn entries (over GF(p) at least p - least, if least is given)."""
    chance, up = random.Random(seed), list(range(size.bit_length() - 1))
    bits = {"B": up, "B*": up[::-1], "BB*": up[::-1] + up, "B*B": up + up[::-1]}[kind]
    sizes = {"m": m, "n": n, "size": size, "width": width, "field": field, "kind": kind}

    def vector() -> Json:
        if least:
            return [brute.Field(field).p - chance.randrange(1, least) for _ in range(size)]
        return [drawn(field, chance) for _ in range(size)]

    return sizes | {
        "factors": [{"bit": b, "diagonal": vector(), "offdiagonal": vector()} for b in bits * width]
    }


def identity_factor(bit: int, size: int) -> Json:
    """Return the factor that changes nothing."""
    return {"bit": bit, "diagonal": [1] * size, "offdiagonal": [0] * size}


def fourier() -> Json:
    """Return the Fourier matrix of size 4, i^(jk), in BB*.

    With j = i + 2a and k = j + 2b its entry is i^(ij) (-1)^(aj + ib): wire t = i xor j of the pair of bit 1.
    """
    sizes = {"m": 4, "n": 4, "size": 4, "width": 1, "field": "Q(zeta_4)", "kind": "BB*"}
    first = {"bit": 1, "diagonal": [1, 1, -1, 1], "offdiagonal": [1, -1, 1, 1]}
    middle = {"bit": 0, "diagonal": [1, [0, 1], 0, 0], "offdiagonal": [0, 0, 1, 1]}
    last = {"bit": 1, "diagonal": [1, 1, -1, 1], "offdiagonal": [1, 1, 1, -1]}
    return sizes | {"factors": [first, middle, identity_factor(0, 4), last]}


def circuit(n: int, gates: int, outputs: list[int], field: str = "Q", seed: int = 1) -> Json:
    """Return a circuit with drawn gates."""
    chance = random.Random(seed)
    drawn_gates = [
        [drawn(field, chance), chance.randrange(n + k), drawn(field, chance), chance.randrange(n + k)]
        for k in range(gates)
    ]
    return {"inputs": n, "gates": drawn_gates, "outputs": outputs}


def filed(name: str, data: Json) -> Json:
    """Write JSON data, and return what stands for them."""
    raw = json.dumps(data).encode()
    (ACCEPT / name).write_bytes(raw)
    return {"file": name, "sha256": hashlib.sha256(raw).hexdigest()}


def member(kind: str, subject: Json, evidence: Json, relation: str = "not in", field: str = "Q") -> Json:
    """Return a statement about membership."""
    claim = {"kind": "butterfly-membership", "class": kind, "relation": relation}
    return [{"claim": claim | {"subject": subject, "field": field}, "evidence": evidence}]


def within(K: Json) -> Json:
    """Return the statement that the matrix of a kaleidoscope is in its class."""
    field = K["field"]
    return member(K["kind"], entries({"kaleidoscope": K}, field), {"kaleidoscope": K}, "in", field)


def transposed(rows: Any) -> Any:
    """Return the transpose."""
    return [list(column) for column in zip(*rows, strict=True)]


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


def powers(x: Fraction) -> Fraction:
    """Return x^3 + x^2 + x + 1."""
    return x**3 + x**2 + x + 1


P61 = 2**61 - 1
P64 = 2**64 - 59
PERMUTATION = [2, 0, 3, 1, 4]
GATES = {"inputs": 3, "gates": [[2, 0, -1, 1], ["1/3", 3, 5, 2], [1, 4, 1, 4]], "outputs": [5, 1, 5, 3]}

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
    "circuit": lambda: equal(
        {"circuit": GATES},
        {"entries": [["4/3", "-2/3", 10], [0, 1, 0], ["4/3", "-2/3", 10], [2, -1, 0]]},
    ),
    "circuit-no-gates": lambda: equal(
        {"circuit": {"inputs": 2, "gates": [], "outputs": [1, 0, 1]}}, value([[0, 1], [1, 0], [0, 1]])
    ),
    "circuit-gaussian": lambda: computed(
        {"circuit": circuit(3, 8, [10, 9, 0, 10, 8], "Q(zeta_4)")}, "Q(zeta_4)"
    ),
    "circuit-large-modulus": lambda: computed(
        {"circuit": circuit(2, 12, [13, 12, 11], f"GF({P61})")}, f"GF({P61})"
    ),
    "circuit-zero": lambda: equal(
        {"circuit": {"inputs": 2, "gates": [[0, 0, 0, 1], [1, 0, -1, 0]], "outputs": [2, 3]}},
        value([[0, 0], [0, 0]]),
    ),
    # numbers beyond 2^64, which are nothing to reduce over Q
    "circuit-powers": lambda: equal(
        {
            "circuit": {
                "inputs": 1,
                "gates": [["-0xfffffffff/0x3", k, 1, 0] for k in range(3)],
                "outputs": [3],
            }
        },
        {"entries": [[number(powers(Fraction(-0xFFFFFFFFF, 3)))]]},
    ),
    "circuit-file": lambda: computed({"circuit": filed("circuit.json", GATES)}),
    "permutation": lambda: equal(
        {"permutation": PERMUTATION},
        value([[int(PERMUTATION[j] == i) for j in range(5)] for i in range(5)]),
    ),
    "permutation-file": lambda: computed({"permutation": filed("permutation.json", PERMUTATION)}),
    "permutation-cube-roots": lambda: computed({"permutation": [1, 2, 0]}, "Q(zeta_3)"),
    "nonzeros": lambda: equal(
        {"shape": [2, 3], "nonzeros": [[1, 2, "-1/2"], [0, 0, 7]]}, {"entries": [[7, 0, 0], [0, 0, "-1/2"]]}
    ),
    "nonzeros-none": lambda: equal({"shape": [2, 1], "nonzeros": []}, value([[0], [0]]), "GF(5)"),
    "nonzeros-gaussian": lambda: computed(
        {"shape": [2, 2], "nonzeros": [[0, 1, [1, "2/3"]], [1, 1, 0]]}, "Q(zeta_4)"
    ),
    "product-of-all": lambda: computed(
        {
            "product": [
                {"shape": [2, 4], "nonzeros": [[0, 3, 5], [1, 0, "1/7"]]},
                {"circuit": GATES},
                {"permutation": [1, 2, 0]},
                {"kaleidoscope": kaleidoscope("B", 3, 4, 4, seed=4)},
            ]
        }
    ),
    "product-gaussian": lambda: computed(
        {
            "product": [
                {"kaleidoscope": fourier()},
                {"permutation": [3, 1, 0, 2]},
                {"kaleidoscope": fourier()},
            ]
        },
        "Q(zeta_4)",
    ),
    "product-large-modulus": lambda: computed(
        {
            "product": [
                value([[P64 - 1, P64 - 2]]),
                {"kaleidoscope": kaleidoscope("B", 2, 2, 2, f"GF({P64})")},
            ]
        },
        f"GF({P64})",
    ),
    "product-of-one": lambda: equal({"product": [value([[3]])]}, value([[3]])),
    "product-equals-nested": lambda: [
        {
            "claim": {
                "kind": "product-equals",
                "factors": [{"product": [value([[1, 2]]), {"permutation": [1, 0]}]}, value([[5], [7]])],
                "matrix": value([[17]]),
                "field": "Q",
            },
            "evidence": {},
        }
    ],
    "differ-computed": lambda: equal(
        {"kaleidoscope": fourier()},
        {"permutation": [0, 1, 2, 3]},
        "Q(zeta_4)",
        "matrices-differ",
        {"row": 3, "column": 3},
    ),
    "rank-of-fourier": lambda: [
        {
            "claim": {
                "kind": "displacement-rank",
                "relation": "at most",
                "rank": 0,
                "subject": {"kaleidoscope": fourier()},
                # Z_1 F = F diag(1, i, -1, -i)^-1: shifting the rows divides column k by i^k
                "operators": {
                    "kind": "sylvester",
                    "left": {"op": "shift", "corner": 1},
                    "right": {"op": "diagonal", "values": [1, "-i", -1, "i"]},
                },
                "field": "Q(zeta_4)",
            },
            "evidence": {"at_most": {"method": "pivots", "rows": [], "columns": []}},
        }
    ],
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
        "B*", value(transposed(outside(3, (1, 5, 2, 3)))), {"rows": [2, 3], "columns": [1, 5]}
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

K, G = ("claim", "left", "kaleidoscope"), ("claim", "left", "circuit")
ODD = [[2, 1, 1, 0], [1, 1, 0, 0], [0, 0, 3, 1], [0, 0, 1, 1]]
LEFT, RIGHT = ("claim", "left"), ("claim", "right")

CHANGED: list[tuple[str, str, Callable[[Json], None], str, str]] = [
    ("kaleidoscope-bit", "kaleidoscope-b", put(*K, "factors", 0, "bit", 1), R, "factor 0 has not the bit 0"),
    ("kaleidoscope-kind", "kaleidoscope-b", put(*K, "kind", "B*"), R, "factor 0 has not the bit 1"),
    ("kaleidoscope-entry", "kaleidoscope-b", put(*K, "factors", 1, "diagonal", 0, 77), R, "differ in row 0"),
    ("circuit-entry", "circuit", put(*G, "gates", 2, 0, 2), R, "the matrices differ in row 0"),
    ("circuit-self", "circuit", put(*G, "gates", 1, 1, 4), R, "gate 1 uses a row not yet there"),
    ("circuit-output", "circuit", put(*G, "outputs", 3, 6), R, "an output is not there"),
    (
        "permutation-twice",
        "permutation",
        put(*LEFT, "permutation", 1, 2),
        R,
        "are not distinct numbers below 5",
    ),
    ("permutation-inverse", "permutation", put(*LEFT, "permutation", [1, 3, 0, 2, 4]), R, "differ in row 0"),
    ("permutation-true", "permutation", put(*LEFT, "permutation", 3, True), U, "is not an integer"),
    ("nonzeros-outside", "nonzeros", put(*LEFT, "nonzeros", 0, 0, 2), R, "a nonzero is outside"),
    ("nonzeros-twice", "nonzeros", put(*LEFT, "nonzeros", 1, [1, 2, 7]), R, "two nonzeros are at (1, 2)"),
    ("nonzeros-false", "nonzeros", put(*LEFT, "nonzeros", 1, 2, 8), R, "the matrices differ in row 0"),
    (
        "product-order-of-all",
        "product-of-all",
        lambda c: c["statements"][0]["claim"]["left"]["product"].reverse(),
        R,
        "the shapes do not fit",
    ),
    (
        "product-in-product",
        "product-of-one",
        put(*LEFT, {"product": [{"product": [{"entries": [[3]]}]}]}),
        U,
        "a product is a factor of a product",
    ),
    ("product-without-factors", "product-of-one", put(*LEFT, "product", []), U, "the product has no factors"),
    (
        "product-of-one-false",
        "product-of-one",
        put(*RIGHT, "entries", [[4]]),
        R,
        "the matrices differ in row 0",
    ),
    (
        "member-entry",
        "member-b",
        put("claim", "subject", "entries", 0, 0, 99),
        R,
        "is not the matrix in row 0",
    ),
    ("member-of-other", "member-b", put(C, "class", "B*"), R, "the kaleidoscope is not one of B*"),
    ("no-member-zero", "no-member-b", put(E, "columns", [0, 1]), R, "the minor is zero"),
    ("no-member-of-b-star", "no-member-b", put(C, "class", "B*"), R, "the minor may be nonzero"),
    (
        "no-member-scalar",
        "no-member-double-root",
        put("claim", "subject", "entries", 0, 0, 1000),
        R,
        "may be diagonalisable",
    ),
    ("no-member-prime", "no-member-double-square", put(E, "prime", 7), R, "the pencil may be diagonalisable"),
    # what a kaleidoscope must be
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
    # what a circuit must be
    ("circuit-coefficient-true", "circuit", put(*G, "gates", 2, 0, True), U, "a number is True"),
    ("circuit-operand-true", "circuit", put(*G, "gates", 0, 1, True), U, "an operand is not an integer"),
    (
        "circuit-operand-negative",
        "circuit",
        put(*G, "gates", 0, 1, -1),
        U,
        "an operand is not an integer from 0",
    ),
    ("circuit-second-operand", "circuit", put(*G, "gates", 0, 3, 3), R, "gate 0 uses a row not yet there"),
    ("circuit-gate-short", "circuit", put(*G, "gates", 0, [1, 0, 1]), R, "a gate has 3 items, not 4"),
    ("circuit-gate-text", "circuit", put(*G, "gates", 0, "1010"), U, "a gate is not a JSON array"),
    ("circuit-output-negative", "circuit", put(*G, "outputs", 0, -1), U, "an output is not an integer"),
    ("circuit-no-outputs", "circuit", put(*G, "outputs", []), U, "the subject is empty"),
    (
        "circuit-no-inputs",
        "circuit",
        put(*G, "inputs", 0),
        U,
        "the number of inputs is not an integer from 1",
    ),
    ("circuit-inputs-huge", "circuit", put(*G, "inputs", 2**40), U, "a program has too many rows"),
    ("circuit-key", "circuit", put(*G, "field", "Q"), U, "the circuit lacks these keys"),
    ("circuit-sign", "circuit-gaussian", put(*RIGHT, "entries", 0, 0, [77, 1]), R, "differ in row 0"),
    # permutations, nonzeros, products
    ("permutation-short", "permutation", put(*LEFT, "permutation", [2, 0, 3, 1]), R, "the shapes do not fit"),
    (
        "permutation-outside",
        "permutation",
        put(*LEFT, "permutation", 2, 5),
        R,
        "are not distinct numbers below 5",
    ),
    ("permutation-empty", "permutation", put(*LEFT, "permutation", []), U, "the subject is empty"),
    ("permutation-object", "permutation", put(*LEFT, "permutation", {"0": 0}), U, "is not a JSON array"),
    ("nonzeros-column", "nonzeros", put(*LEFT, "nonzeros", 0, 1, 3), R, "a nonzero is outside"),
    ("nonzeros-huge", "nonzeros", put(*LEFT, "shape", [2**40, 1]), U, "a matrix is too large over Q"),
    ("nonzeros-empty", "nonzeros", put(*LEFT, "shape", [0, 3]), U, "a size is not an integer from 1"),
    ("nonzeros-entry-short", "nonzeros", put(*LEFT, "nonzeros", 0, [1, 2]), R, "has 2 items, not 3"),
    ("nonzeros-true", "nonzeros", put(*LEFT, "nonzeros", 0, 0, True), U, "a row is not an integer"),
    ("nonzeros-key", "nonzeros", put(*LEFT, "file", "x"), U, "the subject lacks these keys"),
    ("product-key", "product-of-one", put(*LEFT, "shape", [1, 1]), U, "the subject lacks these keys"),
    ("product-object", "product-of-one", put(*LEFT, "product", {"0": 1}), U, "is not a JSON array"),
    (
        "product-of-all-entry",
        "product-of-all",
        put(*RIGHT, "entries", 1, 2, "5/7"),
        R,
        "the matrices differ in row 1",
    ),
    (
        "product-large-modulus-false",
        "product-large-modulus",
        put(*RIGHT, "entries", 0, 0, 3),
        R,
        "differ in row 0",
    ),
    (
        "rank-of-fourier-less",
        "rank-of-fourier",
        put("claim", "operators", "right", "values", 1, "i"),
        R,
        "do not span",
    ),
    # membership
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
