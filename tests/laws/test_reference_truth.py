"""What is claimed of direct truth holds: 2^-95 of |F_L| ... |F_1| |x|, and what underflow takes.

M = F_L ... F_1 are the factors by which a family multiplies; of most families one, and then it is |M| |x|.  Expected
values are those of test_reference.py, from `Family.entries` over Q or over balls.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from flint import acb, arb, ctx

from ldrtheory.errors import LdrTheoryError
from ldrtheory.families import FAMILIES, Family
from ldrtheory.reference import Reference
from tests.laws.absolute_products import absolute_product
from tests.laws.test_reference import (
    BITS,
    NOTHING,
    SIDES,
    SLOW,
    Exact,
    example,
    instances,
    rng_for,
    sized,
    tame,
    vectors,
)
from tests.laws.test_reference_magnitudes import SCALES, extreme, far

DIRECT = arb(2) ** -95
LOST = arb(2) ** -1071  # by underflow, of a complex product
MADE = arb(2) ** -1070  # of an entry that is made of the parameters


def absolute(A: np.ndarray | None, side: str, x: np.ndarray, size: list[arb]) -> list[arb]:
    """A |x|, A^T |x|, or |M| |x| where A is None."""
    if A is None:
        return size
    with ctx.workprec(BITS):
        moduli = [abs(acb(complex(v))) for v in x]
        return [sum((a * v for a, v in zip(row, moduli)), arb(0)) for row in (A if side == "M" else A.T)]


def off(true: acb, high: Any, low: Any) -> arb:
    return abs(true - acb(complex(high)) - acb(complex(low)))


def accurate(family: Family, p: dict[str, np.ndarray], exact: Exact) -> None:
    R, A = Reference(family, p, algorithm="direct"), absolute_product(family, p)
    for side in SIDES:
        x = vectors(family, side, rng_for(type(family).__name__, family.shape, side), side == "H")
        high, low = R.truth(x, side)
        for b in range(2):
            y, size = exact.product(x[b], side)
            with ctx.workprec(BITS):
                for i, allowed in enumerate(absolute(A, side, x[b], size)):
                    assert size[i] * (1 - arb(2) ** -40) <= allowed + NOTHING, (
                        family,
                        "no product of moduli",
                    )
                    assert off(y[i], high[b, i], low[b, i]) < allowed * DIRECT + NOTHING, (family, side, b, i)


@pytest.mark.parametrize("name", FAMILIES)
def test_direct_truth_is_right_to_95_bits_of_the_product_of_moduli(name: str) -> None:
    for family in instances(name, 32):
        p = example(family, 3)
        accurate(family, p, Exact(family, p))


HEAVY = {  # entries over balls take n^3 operations, or more for SLOW
    "ACDC": 128,
    "Bezoutian": 128,
    "DiagonalCirculant": 128,
    "SubdiagonalLDR": 64,
    "ToeplitzLike": 64,
    "ToeplitzProduct": 128,
    "TriangularToeplitzProduct": 128,
} | dict.fromkeys(SLOW, 16)


@pytest.mark.accept
@pytest.mark.parametrize("name", FAMILIES)
def test_direct_truth_is_right_to_95_bits_at_size(name: str, record_property: Any) -> None:
    """n = 512 (less where HEAVY), against enclosures of 2000 bits; a wide ball would fail the comparison."""
    size = HEAVY.get(name, 512)
    family = sized(FAMILIES[name], size)
    p = tame(family, rng_for(name))
    accurate(family, p, Exact(family, p, rational=False, bits=2000))
    record_property("size", size)


def cancelling(name: str) -> tuple[Family, dict[str, np.ndarray]]:
    """Factors that nearly undo each other: M is I for the reflections, and below 2^-39 of the others' factors."""
    rng = rng_for(name, "cancelling")
    v, near = rng.standard_normal(8), 1 + 2.0**-40
    if name == "Householder":
        v = rng.integers(-1000, 1000, 8).astype(float)
        return sized(FAMILIES[name], 8), {"v": np.stack([v, 3 * v])}
    if name == "LowRank":
        w = rng.standard_normal((8, 1))
        return sized(FAMILIES[name], 8), {"U": np.hstack([w, w]), "V": np.stack([v, -v * near], axis=1)}
    a = rng.standard_normal(9)
    return sized(FAMILIES[name], 8), {"a": a, "b": a * (1 + 2.0**-40 * rng.integers(1, 9, 9))}


@pytest.mark.parametrize("name", ["Householder", "LowRank", "Bezoutian"])
def test_truth_of_factors_that_cancel_is_not_right_to_95_bits_of_the_matrix(name: str) -> None:
    """So the claim is one of the factors; |M| |x| of the reflections is |x|, and 0 at most places for x = e_1."""
    family, p = cancelling(name)
    exact = Exact(family, p)
    accurate(family, p, exact)
    x = np.eye(8)[0] * np.pi
    (high, low), (y, size) = Reference(family, p, algorithm="direct").truth(x), exact.product(x, "M")
    with ctx.workprec(BITS):
        assert any(off(y[i], high[i], low[i]) > size[i] * DIRECT for i in range(8))


ONE_FACTOR = [
    name
    for name, cls in FAMILIES.items()
    if absolute_product(sized(cls, 4), example(sized(cls, 4), 3)) is None and sized(cls, 4).order <= 2
]


@pytest.mark.parametrize("name", ONE_FACTOR)
def test_direct_truth_at_any_magnitude(name: str) -> None:
    """One factor: a term loses at most 2^-1071, and an entry made of the parameters is right to 2^-1070."""
    family = sized(FAMILIES[name], 4)
    compared = 0
    for exponent in SCALES:
        rng = rng_for(name, exponent, "truth")
        p = extreme(family, exponent, rng, "float64")
        try:
            R = Reference(family, p, algorithm="direct")
            exact = Exact(family, R.parameters)
            R.map  # noqa: B018
        except LdrTheoryError:
            continue  # an entry overflows
        for side in SIDES:
            length = family.shape[1] if side == "M" else family.shape[0]
            x = far(length, exponent, 8, rng, "complex128")
            high, low = R.truth(x, side)
            for b in range(len(x)):
                y, size = exact.product(x[b], side)
                with ctx.workprec(BITS):
                    made = sum((abs(acb(complex(v))) for v in x[b]), arb(0)) * MADE
                    for i in range(len(y)):
                        if np.isfinite(high[b, i]) and np.isfinite(low[b, i]):
                            allowed = size[i] * DIRECT + length * LOST + made
                            assert off(y[i], high[b, i], low[b, i]) <= allowed, (family, exponent, side, b, i)
                            compared += 1
    assert compared > 100


def test_truth_loses_its_low_parts_where_numbers_inside_are_tiny() -> None:
    """T_2 x is about 2^-1000 and right to 2^-1071 only; T_1 T_2 x, about 2^-660, is no better in relation."""
    rng = rng_for("inside")
    family = sized(FAMILIES["ToeplitzProduct"], 8)
    t1, t2 = rng.standard_normal((2, 15))
    p = {"t1": t1 * 2.0**340, "t2": t2 * 2.0**-600}
    x = rng.standard_normal(8) * 2.0**-400
    (high, low) = Reference(family, p, algorithm="direct").truth(x)
    y, size = Exact(family, p).product(x, "M")
    A = absolute_product(family, p)
    with ctx.workprec(BITS):
        inside = 8 * LOST * 2.0**340 * max(abs(arb(v)) for v in t1) * 8
        offs = [off(y[i], high[i], low[i]) for i in range(8)]
        allowed = [v * DIRECT for v in absolute(A, "M", x, size)]
        assert any(e > a for e, a in zip(offs, allowed))
        assert all(e <= a + inside for e, a in zip(offs, allowed))
