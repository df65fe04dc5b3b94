"""Certificates about matrices given by circuits, permutations, nonzeros, and products of these.

ACCEPTED    name -> function that returns the statements
CHANGED     those that must be refused
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from tests.corpus.changes import R, Row, U, put
from tests.corpus.drawn import circuit, computed, equal, fourier, kaleidoscope
from tests.corpus.subjects import filed, number, value

Json = Any

P61 = 2**61 - 1
P64 = 2**64 - 59
PERMUTATION = [2, 0, 3, 1, 4]
GATES = {"inputs": 3, "gates": [[2, 0, -1, 1], ["1/3", 3, 5, 2], [1, 4, 1, 4]], "outputs": [5, 1, 5, 3]}


def powers(x: Fraction) -> Fraction:
    """Return x^3 + x^2 + x + 1."""
    return x**3 + x**2 + x + 1


ACCEPTED: dict[str, Callable[[], Json]] = {
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
}

G = ("claim", "left", "circuit")
LEFT, RIGHT = ("claim", "left"), ("claim", "right")

CHANGED: list[Row] = [
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
]
