"""No bound is violated by underflow or overflow: parameters and vectors anywhere between 2^-1074 and 2^1024.

Expected values are those of test_reference.py: `Family.entries` over Q or over balls of 400 bits.  Nothing else is
allowed for than what these balls leave open, at most 2^-380 of |M| |x|.

SCALES      exponents of parameters of doubles; an eighth of them for float32 and complex64
extreme     parameters of a magnitude
far         vectors of magnitudes of their own, some of which bring the products near the least number
judged      counts the entries compared
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from flint import acb, arb, ctx

from ldrtheory.errors import LdrTheoryError
from ldrtheory.families import FAMILIES, Family
from ldrtheory.reference import Reference
from ldrtheory.reference.transforms import has_transform
from tests.laws.test_reference import BITS, SIDES, SLOW, Exact, on_the_circle, rng_for, sized, tame

SCALES = (-1020, -500, -350, 350, 500)
DTYPES = ("float32", "float64", "complex64", "complex128")


def scaled(v: np.ndarray, exponent: Any, dtype: str) -> np.ndarray:
    """v 2^exponent in the dtype, for exponents of doubles."""
    factor = 2.0 ** (np.asarray(exponent) // (8 if dtype in ("float32", "complex64") else 1))
    with np.errstate(all="ignore"):
        parts = (v.real * factor).astype(np.float64), (v.imag * factor).astype(np.float64)
        return (parts[0] + 1j * parts[1] if np.iscomplexobj(v) else parts[0]).astype(dtype)


def extreme(family: Family, exponent: int, rng: np.random.Generator, dtype: str) -> dict[str, np.ndarray]:
    """Every slot, or one of them, about 2^exponent; complex in a complex dtype where Q holds the entries."""
    is_complex = dtype.startswith("complex") and family.order <= 2 and type(family).__name__ not in SLOW
    p, q = tame(family, rng), tame(family, rng)
    lone = rng.choice([None, *p]) if p else None
    real = dtype.replace("complex64", "float32").replace("complex128", "float64")
    return {
        k: scaled(
            v + 0.5j * q[k] if is_complex else v,
            exponent + int(rng.integers(-30, 31)) if lone in (None, k) else 0,
            dtype if is_complex else real,
        )
        for k, v in p.items()
    }


def far(n: int, exponent: int, count: int, rng: np.random.Generator, dtype: str) -> np.ndarray:
    """In turn: near 1, with products near 1, with products near the least double, anything."""
    x = rng.standard_normal((count, n))
    if dtype.startswith("complex"):
        x = x + 1j * rng.standard_normal((count, n))
    around = rng.integers(-30, 31, (count, 1)), rng.integers(-60, 90, (count, 1))
    powers = rng.integers(-1040, 1000, (count, 1))
    powers[::4] = around[0][::4]
    powers[1::4] = around[1][1::4] - exponent
    powers[2::4] = around[1][2::4] - exponent - 1050
    return scaled(x, np.clip(powers, -1070, 1000), dtype)


def members(family: Family, dtype: str, seed: int) -> Iterator[tuple[int, list[Reference]]]:
    """An exponent and the member by every algorithm; none where its matrix overflows or there is no such matrix."""
    for exponent in SCALES:
        p = extreme(family, exponent, rng_for(type(family).__name__, dtype, exponent, seed), dtype)
        if type(family).__name__ == "Vandermonde" and dtype == "complex128" and seed % 2:
            p = on_the_circle(family, seed)
        found = []
        for algorithm in ("direct", "transform")[: 1 + has_transform(family)]:
            try:
                R = Reference(family, p, dtype=dtype, algorithm=algorithm)
                R.map  # noqa: B018
                found.append(R)
            except LdrTheoryError:
                continue
        if found:
            yield exponent, found


def judged(R: Reference, exact: Exact, x: np.ndarray, side: str) -> int:
    y, bounds = R.multiply(x, side), [R.bound(x, side)]
    if R.algorithm == "direct":
        bounds.append(R.running_bound(x, side))
    for bound in bounds:
        assert np.isfinite(y)[np.isfinite(bound)].all(), (R.family, side, "overflow with a finite bound")
    for b in range(len(x)):
        true, size = exact.product(x[b], side)
        with ctx.workprec(BITS):
            for i in range(len(true)):
                for bound in bounds:
                    if np.isfinite(bound[b, i]):
                        allowed = arb(bound[b, i]) + size[i] * arb(2) ** -380
                        assert abs(true[i] - acb(complex(y[b, i]))) <= allowed, (R, side, b, i, R.parameters)
    return int(sum(np.isfinite(bound).sum() for bound in bounds))


def run(name: str, n: int, dtype: str, seed: int, count: int) -> int:
    family, finite = sized(FAMILIES[name], n), 0
    for exponent, found in members(family, dtype, seed):
        exact = Exact(family, found[0].parameters)
        for side in SIDES:
            length = family.shape[1] if side == "M" else family.shape[0]
            x = far(length, exponent, count, rng_for(name, dtype, exponent, seed, side), dtype)
            finite += sum(judged(R, exact, x, side) for R in found)
    return finite


@pytest.mark.parametrize("name", FAMILIES)
def test_no_bound_is_violated_at_any_magnitude(name: str) -> None:
    assert sum(run(name, 4, dtype, 0, 8) for dtype in DTYPES) > 500


@pytest.mark.accept
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", FAMILIES)
def test_no_bound_is_violated_at_any_magnitude_in_many_cases(
    name: str, dtype: str, record_property: Any
) -> None:
    """Ten members of every magnitude, 16 vectors for each side; 4 x 4 and 8 x 8."""
    finite = sum(run(name, n, dtype, seed, 16) for n, seed in zip((4, 8) * 5, range(10)))
    record_property("finite bounds", finite)
    assert finite > 500


def test_a_reflection_by_a_tiny_vector() -> None:
    """v^T x is about 2^-1025 and underflows to a few bits, and 2 / v^T v is about 2^1017."""
    v, x = (
        [[-4.0552413993208134e-154, 2.831730154387359e-153]],
        [1.6917589999330469e-156, 1.71997718180557e-156],
    )
    R = Reference("Householder(2, 1)", {"v": v}, algorithm="transform")
    assert judged(R, Exact(R.family, R.parameters), np.array([x]), "M") == 2


def test_a_reflection_by_a_huge_vector_has_a_coarse_scale() -> None:
    """2 / v^T v is about 2^-1041, of which a double holds 33 bits: the reflection is known to 2^-33 at best."""
    R = Reference("Householder(2, 1)", {"v": [[3 * 2.0**519, 5 * 2.0**518]]}, algorithm="transform")
    x = np.array([[1.0, 1.0], [2.0**-600, 3.0]])
    assert judged(R, Exact(R.family, R.parameters), x, "M") == 4
    assert (R.bound(x) > 2.0**-40).all()


def test_a_product_that_overflows_has_an_infinite_bound() -> None:
    """2^600 2^500 is no double; each algorithm says so, for the entry or for all."""
    huge, x = np.full(64, 2.0**500), np.full(64, 2.0**600)
    for algorithm in ("direct", "transform"):
        assert np.isinf(Reference("Circulant(64)", {"c": huge}, algorithm=algorithm).bound(x)).all()
    single = Reference("Circulant(64)", {"c": np.full(64, 2.0**64)}, dtype="float32", algorithm="transform")
    assert np.isinf(single.bound(np.full(64, np.float32(2.0**64)))).all()
    assert np.isfinite(single.bound(np.full(64, np.float32(2.0**50)))).all()
