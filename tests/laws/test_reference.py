"""No bound is violated, and truth by transforms is truth: every family, every side, against exact numbers.

Expected values come from `Family.entries` over Q (over balls where the entries are roots of unity), never
from the reference package.  Parameters and vectors are floats, hence exact rationals.
"""

from __future__ import annotations

import zlib
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from flint import acb, arb, ctx

from ldrtheory.errors import BadInput
from ldrtheory.families import FAMILIES, Family
from ldrtheory.reference import Reference
from ldrtheory.reference.transforms import has_transform
from ldrtheory.rings import QQ, Balls

BITS = 400
SIDES = ("M", "T", "H")
SLOW = {"InverseToeplitz", "TridiagonalLDR"}  # entries over Q take n^4 operations on growing numbers
NORMWISE = arb(2) ** -95
NOTHING = arb(2) ** -380  # what a zero may be off by where it is one by cancellation of roots of unity


def floats(values: Any) -> np.ndarray:
    """Rational parameters of an example, rounded to doubles."""
    out = [
        float(Fraction(int(v.p), int(v.q))) if hasattr(v, "p") else complex(v).real for v in np.ravel(values)
    ]
    return np.array(out).reshape(np.shape(values))


def example(family: Family, seed: int, is_complex: bool = False) -> dict[str, np.ndarray]:
    """Parameters that the family accepts; complex ones have the imaginary parts of another example."""
    p = {name: floats(v) for name, v in family.example(seed).items()}
    if not is_complex:
        return p
    q = {name: floats(v) for name, v in family.example(seed + 1).items()}
    return {name: v + 0.5j * q[name] for name, v in p.items()}


def instances(name: str, size: int) -> list[Family]:
    """All instances up to 3, and one of every size in a sparse list up to `size`."""
    cls = FAMILIES[name]
    small = list(cls.up_to(3))
    limit = min(size, 8) if name in SLOW else size
    larger = [n for n in (5, 7, 8, 12, 16, 31, 32, 64) if n <= limit]
    found = []
    for n in larger:
        try:
            found.append(sized(cls, n))
        except BadInput:
            continue  # no instance of this size
    if name in ("SubdiagonalLDR", "TridiagonalLDR"):
        found += [cls(n, 2, True) for n in (5, 16, 32) if n <= size]
    return small + found


def sized(cls: type[Family], n: int) -> Family:
    """An instance with sides n (one of the families' errors where there is none)."""
    name = cls.__name__
    if name == "Dense":
        return cls(n, n + 1)
    if name == "Resultant":
        return cls(n // 2, n - n // 2)
    if name == "Kaleidoscope":
        return cls(n, 1, Fraction(1 << max(1, (n - 1).bit_length()), n))
    extra = {
        "LowRank": (2,),
        "BlockButterfly": (max(1, n // 8) if n % 8 == 0 else 1,),
        "Monarch": (4 if n % 4 == 0 else 1,),
    }.get(name)
    if name in (
        "OrthogonalKaleidoscope",
        "ToeplitzLike",
        "SubdiagonalLDR",
        "DiagonalCirculant",
        "Householder",
    ):
        extra = (2,)
    if name == "FCirculant":
        extra = (-2,)
    if name == "LowRank":
        return cls(n, rank=2)
    return cls(n, *(extra or ()))


def on_the_circle(family: Family, seed: int) -> dict[str, np.ndarray]:
    """Nodes with which a Vandermonde matrix multiplies by transforms: roots of unity in order, or an arc."""
    m, n = family.shape
    start, step = (0, Fraction(1, n)) if m == n and seed % 2 else (Fraction(1, 7), Fraction(-seed, 100 * m))
    return {"x": np.exp(2j * np.pi * np.array([float(start + k * step) for k in range(m)]))}


def by_transforms(family: Family, p: dict[str, np.ndarray], dtype: Any = None) -> Reference | None:
    """The member, multiplied by transforms; None where its parameters have no stable ones."""
    R = Reference(family, p, dtype=dtype, algorithm="transform")
    try:
        R.map  # noqa: B018
    except BadInput:
        return None
    return R


def rng_for(*what: Any) -> np.random.Generator:
    return np.random.default_rng(zlib.crc32(repr(what).encode()))


class Exact:
    """The member as balls of 400 bits around its exact entries, from Q where Q holds them."""

    def __init__(
        self, family: Family, p: dict[str, np.ndarray], rational: bool = True, bits: int = BITS
    ) -> None:
        ring = Balls(bits)
        rational = rational and family.order <= 2 and not any(np.iscomplexobj(v) for v in p.values())
        home = QQ if rational else ring
        with ctx.workprec(bits):
            read = {
                k: _array(home, v) if v.shape else home(v[()] if rational else complex(v[()]))
                for k, v in p.items()
            }
            table = family.entries(read, home)
            self.M = _array(ring, table) if rational else table

    def product(self, x: np.ndarray, side: str) -> tuple[list[acb], list[arb]]:
        """Return M x and |M| |x| for one vector."""
        M = self.M if side == "M" else self.M.T
        with ctx.workprec(BITS):
            vector = [acb(complex(v).real, complex(v).imag) for v in x]
            y, size = [], []
            for row in M:
                entries = [acb(e.real, -e.imag) for e in row] if side == "H" else row
                y.append(sum((e * v for e, v in zip(entries, vector)), acb(0)))
                size.append(sum((abs(e) * abs(v) for e, v in zip(entries, vector)), arb(0)))
        return y, size


def _array(ring: Any, values: np.ndarray) -> np.ndarray:
    out = np.empty(values.shape, dtype=object)
    for index in np.ndindex(values.shape):
        out[index] = ring(values[index])
    return out


def vectors(family: Family, side: str, rng: np.random.Generator, is_complex: bool) -> np.ndarray:
    """Two vectors: one of normal numbers, one whose magnitudes range over 2^40."""
    n = family.shape[1] if side == "M" else family.shape[0]
    x = rng.standard_normal((2, n))
    x[1] *= 2.0 ** rng.integers(-20, 20, n)
    return x + 1j * rng.standard_normal((2, n)) if is_complex else x


@pytest.mark.accept
@pytest.mark.parametrize("dtype", ["float32", "float64", "complex64", "complex128"])
@pytest.mark.parametrize("name", FAMILIES)
def test_no_bound_is_violated_in_many_cases(name: str, dtype: str, record_property: Any) -> None:
    """At least 760 vectors for each family and dtype, 10^5 together: random, wild, sparse, cancelling, tiny, huge."""
    is_complex = dtype.startswith("complex")
    family = sized(FAMILIES[name], 4)
    cases = 0
    for seed in (3, 5):
        p = example(family, seed, is_complex and family.order <= 2 and name not in SLOW)
        if name == "Vandermonde" and is_complex:
            p = on_the_circle(family, seed)
        R = Reference(family, p, dtype=dtype, algorithm="direct")
        fast = by_transforms(family, p, dtype) if has_transform(family) else None
        exact = Exact(family, R.parameters)
        for side in SIDES:
            n = family.shape[1] if side == "M" else family.shape[0]
            x = adversarial(n, 130, rng_for(name, side, dtype, seed), is_complex, dtype)
            pairs = [(R.multiply(x, side), R.bound(x, side)), (R.multiply(x, side), R.running_bound(x, side))]
            pairs += [] if fast is None else [(fast.multiply(x, side), fast.bound(x, side))]
            for b in range(len(x)):
                true, _ = exact.product(x[b], side)
                with ctx.workprec(BITS):
                    for i in range(len(true)):
                        for y, bound in pairs:
                            if np.isfinite(bound[b, i]):
                                error = abs(true[i] - acb(complex(y[b, i])))
                                nothing = NOTHING if family.order > 2 else 0
                                assert error <= arb(bound[b, i]) + nothing, (family, side, b, i)
                cases += 1
    record_property("cases", cases)


def adversarial(n: int, count: int, rng: np.random.Generator, is_complex: bool, dtype: str) -> np.ndarray:
    """Vectors of six sorts, in the dtype."""
    small = 126 if dtype in ("float32", "complex64") else 1022
    x = rng.standard_normal((count, n))
    if is_complex:
        x = x + 1j * rng.standard_normal((count, n))
    x[1::6] *= 2.0 ** rng.integers(-30, 30, x[1::6].shape)
    x[2::6] *= rng.integers(0, 2, x[2::6].shape)
    x[3::6, 1::2] = -x[3::6, : 2 * (n // 2) : 2] * (1 + 2.0**-20)
    x[4::6] *= 2.0 ** -float(small)  # subnormal products
    x[5::6] *= 2.0 ** (small // 3)
    return x.astype(dtype)


@pytest.mark.parametrize("name", [n for n, cls in FAMILIES.items() if has_transform(next(cls.up_to(4)))])
def test_truth_by_transforms_is_right_to_95_bits_in_norm(name: str) -> None:
    """The norm of a product of factors is the product of their norms; ||M||_F stands for them where M is one factor.

    For the learned operators the scalings may cost the 8 bits of their condition.
    """
    for family in instances(name, 32):
        p = example(family, 3)
        if name == "SubdiagonalLDR":
            p |= {k: np.sign(p[k]) * 1.015625 for k in "AB"}
            p["B"] = -np.abs(p["B"]) / 2 - 0.5
        if name == "Vandermonde":
            p = on_the_circle(family, family.shape[0])
        exact, R = Exact(family, p), Reference(family, p, algorithm="transform")
        for side in SIDES:
            x = vectors(family, side, rng_for(name, family.shape, side), side == "H")
            high, low = R.truth(x, side)
            with ctx.workprec(BITS):
                norm = sum((abs(e) ** 2 for e in exact.M.flat), arb(0)).sqrt() + factors_norm(family, p)
                for b in range(2):
                    y, _ = exact.product(x[b], side)
                    length = arb(float(np.linalg.norm(x[b])))
                    for i in range(len(y)):
                        off = abs(y[i] - acb(complex(high[b, i])) - acb(complex(low[b, i])))
                        assert off < norm * length * NORMWISE, (family, side, b, i)


def factors_norm(family: Family, p: dict[str, np.ndarray]) -> arb:
    """At most the product of the norms of the structured factors of a member, from the slots."""
    n = family.shape[0]
    total = 1.0
    for v in p.values():
        total *= max(1.0, float(np.linalg.norm(v))) if v.size else 1.0
    return arb(total * n)


@pytest.mark.parametrize("dtype", ["float32", "float64", "complex64", "complex128"])
@pytest.mark.parametrize("name", FAMILIES)
def test_no_bound_is_violated(name: str, dtype: str) -> None:
    """|multiply - exact| <= bound at every entry, by exact arithmetic, for both algorithms."""
    is_complex = dtype.startswith("complex")
    for family in instances(name, 8):
        p = example(family, 5, is_complex and family.order <= 2 and name not in SLOW)
        for algorithm in ("direct", "transform")[: 1 + has_transform(family)]:
            if name == "Vandermonde" and is_complex and algorithm == "transform":
                p = on_the_circle(family, family.shape[0])
            direct = Reference(family, p, dtype=dtype, algorithm="direct")
            R = direct if algorithm == "direct" else by_transforms(family, p, dtype)
            if R is None:
                continue  # scalings of a large condition, real nodes
            exact = Exact(family, R.parameters)
            for side in SIDES:
                x = vectors(family, side, rng_for(name, family.shape, side, dtype), is_complex).astype(dtype)
                violations(R, exact, x, side)


def violations(R: Reference, exact: Exact, x: np.ndarray, side: str) -> None:
    y, bound = R.multiply(x, side), R.bound(x, side)
    assert y.dtype == x.dtype or type(R.family).__name__ == "DFT"
    for b in range(len(x)):
        true, _ = exact.product(x[b], side)
        with ctx.workprec(BITS):
            for i in range(len(true)):
                assert abs(true[i] - acb(complex(y[b, i]))) < arb(bound[b, i]) + NOTHING, (
                    R.family,
                    side,
                    b,
                    i,
                )


@pytest.mark.parametrize("name", FAMILIES)
def test_bounds_are_close_in_the_median(name: str) -> None:
    """bound / |multiply - truth| is at most 100 in the median over the entries that err."""
    family = sized(FAMILIES[name], 8 if name in SLOW else 64)
    for algorithm in ("direct", "transform")[: 1 + has_transform(family)]:
        p = tame(family, rng_for(name))
        if name == "Vandermonde" and algorithm == "transform":
            p = on_the_circle(family, 1)
        R = Reference(family, p, algorithm=algorithm)
        x = rng_for(name, "x").standard_normal((8, family.shape[1]))
        high, low = R.truth(x)
        error = np.abs((R.multiply(x) - high) - low)
        bound = R.bound(x)
        seen = error > 0
        if not seen.any():
            continue  # an exact multiply
        ratio = float(np.median(bound[seen] / error[seen]))
        assert ratio < 100, (algorithm, ratio)


def tame(family: Family, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Normal parameters, nodes in (-1, 1) and away from each other, operators near the unit circle."""
    name = type(family).__name__
    p = {slot.name: rng.standard_normal(slot.shape) for slot in family.slots()}
    if name in ("Cauchy", "Loewner"):
        p["t"] = p["t"] + 100
    if name in ("Vandermonde", "ChebyshevVandermonde", "PolynomialVandermonde", "ConfluentVandermonde"):
        p["x"] = np.asarray(np.tanh(p["x"]))
    if name == "PolynomialVandermonde":
        p |= {"a": 1 + 0 * p["a"], "b": 0 * p["b"], "c": 0.25 + 0 * p["c"]}
    if name == "Pick":
        p["z"] = np.tanh(p["z"]) / 2
    if name in ("SubdiagonalLDR", "TridiagonalLDR"):
        p |= {k: np.sign(v) * (1 + 0.001 * np.abs(v)) for k, v in p.items() if k[0] in "AB"}
        if name == "SubdiagonalLDR":
            p["B"] = p["B"] / 1.002
    return p


def test_floats_that_multiply_directly_are_those_of_the_running_analysis() -> None:
    """The bound is one of the numbers that multiply returns: the same operations in the same order, bit for bit."""
    from ldrtheory.reference.kinds import Plain, Running
    from ldrtheory.reference.numbers import RunningNumbers

    for name in FAMILIES:
        family = sized(FAMILIES[name], 8)
        R = Reference(family, example(family, 3), algorithm="direct")
        x = rng_for(name).standard_normal((3, family.shape[1]))
        rows = x.astype(np.complex128) if R.map.is_complex else x
        plain = R.multiply(x)
        running = R.map.apply(Running(rows.dtype), RunningNumbers(rows)).value
        assert (plain == running).all(), name
        assert (plain == R.map.apply(Plain(rows.dtype), rows)).all(), name


def test_small_integers_are_multiplied_exactly() -> None:
    """Parameters and vectors of integers below 4: every partial sum is an integer below 2^53."""
    for name in (
        "Toeplitz",
        "Circulant",
        "Hankel",
        "Butterfly",
        "Monarch",
        "WalshHadamard",
        "LowRank",
        "Bezoutian",
    ):
        family = sized(FAMILIES[name], 8)
        rng = rng_for(name)
        p = {slot.name: rng.integers(-3, 4, slot.shape).astype(float) for slot in family.slots()}
        x = rng.integers(-3, 4, (4, 8)).astype(float)
        M = family.entries({k: _array(QQ, v) for k, v in p.items()}, QQ)
        expected = np.array([[int(e) for e in row] for row in M]) @ x.T
        R = Reference(family, p, algorithm="direct")
        assert (R.multiply(x) == expected.T).all()
        assert (R.bound(x) >= 0).all()
