"""Exact numbers as floats: every entry is the float nearest to it, ties to the even one.

nearest         a rational as the nearest float16, float32 or float64
nearest_real    the real or the imaginary part of a cyclotomic number as the nearest float
rounded         an array of exact entries over one field as a numpy array
usual_dtype     float64 for real fields, complex128 for complex ones, int64 for GF(p)
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

from ldrtheory.errors import BadInput
from ldrtheory.linalg import Array
from ldrtheory.rings import FLOAT64, Cyclotomic, CyclotomicField, PrimeField, RationalField, Ring, ring_of
from ldrtheory.rings.ring import as_fraction

_PARTS = {"c8": np.dtype(np.float32), "c16": np.dtype(np.float64)}
_REALS = ("f2", "f4", "f8")
_PRECISION = 2**16  # bits; an irrational number this close to a midpoint of floats is given up


def nearest(x: Any, dtype: Any = np.float64) -> Any:
    """Return the float nearest to a rational x, ties to the even one; raise BadInput where it overflows.

    >>> float(nearest("1/3")), float(nearest(Fraction(1, 3), np.float32))
    (0.3333333333333333, 0.3333333432674408)
    """
    value = Fraction(x) if isinstance(x, str) else _fraction(x)
    kind = np.dtype(dtype).type
    try:
        double = value.numerator / value.denominator  # correctly rounded: Python divides integers exactly
        with np.errstate(over="ignore", under="ignore"):
            guess = kind(double)
    except OverflowError:
        double, guess = float("inf"), kind(np.inf)
    if kind is not np.float64 and np.isfinite(guess):
        # a second rounding can only go wrong by one step: compare exactly with both neighbours
        with np.errstate(all="ignore"):
            candidates = [guess, np.nextafter(guess, kind(-np.inf)), np.nextafter(guess, kind(np.inf))]
        finite = [c for c in candidates if np.isfinite(c)]
        distances = [abs(Fraction(float(c)) - value) for c in finite]
        best = [c for c, d in zip(finite, distances) if d == min(distances)]
        bits = np.dtype(f"u{kind(0).itemsize}")
        guess = next(c for c in best if len(best) == 1 or int(np.array(c).view(bits)) % 2 == 0)
    if not np.isfinite(guess):
        raise BadInput(
            f"an entry of size about 2^{value.numerator.bit_length() - value.denominator.bit_length()} is beyond "
            f"{np.dtype(dtype).name}; wanted a larger float type or scaled entries: take dtype=object."
        )
    return guess


def _fraction(x: Any) -> Fraction:
    pair = as_fraction(x)
    if pair is None:
        raise BadInput(f"{x!r} is no rational number; wanted one: round the real and imaginary parts apart.")
    return Fraction(*pair)


def nearest_real(x: Any, dtype: Any = np.float64) -> Any:
    """Return the real part of an element of Q(zeta_N) as the nearest float.

    The real part is rational, and then rounded as such, or irrational, and then no midpoint of two floats: enclosures
    of growing precision end with both ends rounding alike.
    """
    from flint import arb, ctx, fmpq

    real = (x + x.conjugate()).coefficients()
    if not any(real[1:]):
        return nearest(real[0] / 2, dtype)
    precision = 128
    while precision <= _PRECISION:
        with ctx.workprec(precision):
            total = arb(0)
            for k, c in enumerate(x.coefficients()):
                total += arb(fmpq(2 * k, x.order)).cos_pi() * c
            ends = [_dyadic(end) for end in (total.lower(), total.upper())]
        low, high = (nearest(end, dtype) for end in ends)
        if low == high:
            return low
        precision *= 2
    raise BadInput(
        f"{x!r} is too close to a midpoint of two floats; wanted another dtype: take dtype=object."
    )


def _dyadic(ball: Any) -> Fraction:
    """The midpoint of a ball of radius zero."""
    mantissa, exponent = (int(part) for part in ball.mid().man_exp())
    return Fraction(mantissa) * Fraction(2) ** exponent


def _nearest_complex(x: Any, dtype: Any) -> complex:
    """Return an element of Q(zeta_N) as a complex number, both parts the nearest floats."""
    imaginary = Cyclotomic(lcm(x.order, 4))
    turned = imaginary(x) * -imaginary.root_of_unity(4)  # its real part is the imaginary part of x
    return complex(nearest_real(x, dtype), nearest_real(turned, dtype))


def usual_dtype(ring: Ring) -> np.dtype:
    """Return float64 over Q, complex128 over Q(zeta_N) with N > 2, int64 (residues) over GF(p)."""
    if isinstance(ring, PrimeField):
        return np.dtype(np.int64)
    complex_field = isinstance(ring, CyclotomicField) and ring.degree > 1
    return np.dtype(np.complex128 if complex_field else np.float64)


def rounded(array: Array, ring: Ring, dtype: Any = None) -> np.ndarray:
    """Return an array of elements of an exact field (or float64) as a numpy array of the same shape.

    dtype: float16, float32, float64, complex64, complex128 (each entry, or each of its two parts, the nearest one),
    int64 (exact, or refused), object (the elements themselves); None for usual_dtype.
    Raises BadInput: overflow, a fraction as int64, an entry that is not real as a real number, GF(p) as floats.

    >>> from ldrtheory import QQ
    >>> rounded(np.array([QQ("1/10"), QQ(2)]), QQ).tolist()
    [0.1, 2.0]
    """
    if ring is FLOAT64:
        ring = ring_of(array)  # stored floats are dyadic rationals
    if not isinstance(ring, RationalField | PrimeField | CyclotomicField):
        raise BadInput(f"entries over {ring.name}; wanted Q, Q(zeta_N), GF(p) or float64.")
    try:
        kind = usual_dtype(ring) if dtype is None else np.dtype(dtype)
    except TypeError:
        raise BadInput(f"the dtype {dtype!r}; wanted a numpy dtype such as float64.") from None
    name = kind.str[1:]
    if kind.kind == "O":
        return array.copy()
    if name not in (*_REALS, *_PARTS, "i8"):
        raise BadInput(
            f"the dtype {kind.name}; wanted float16, float32, float64, complex64, complex128, int64 or object."
        )
    if isinstance(ring, PrimeField) and name != "i8":
        raise BadInput(f"entries over {ring.name} have no size; wanted dtype int64 (residues) or object.")
    out = np.zeros(array.shape, dtype=kind)
    ones = np.asarray(array == 1, dtype=bool)
    out[ones] = 1
    known: dict[Any, Any] = {}  # factors repeat few values
    for index in zip(*np.nonzero(np.asarray(array != 0, dtype=bool) & ~ones)):
        element = ring(array[index])
        if element not in known:
            known[element] = _converted(element, name, kind)
        out[index] = known[element]
    return out


def _converted(x: Any, name: str, kind: np.dtype) -> Any:
    if name == "i8":
        return _integer(x)
    if not hasattr(x, "coefficients"):
        return nearest(x, _PARTS.get(name, kind))
    if name in _PARTS:
        return _nearest_complex(x, _PARTS[name])
    if x != x.conjugate():
        raise BadInput(f"the entry {x!r} is not real; wanted real entries for {kind.name}: take complex128.")
    return nearest_real(x, kind)


def _integer(x: Any) -> int:
    """Return an element as an integer within int64; residues as 0..p-1."""
    if hasattr(x, "modulus"):
        value: int | None = int(x)
    else:
        parts = x.coefficients() if hasattr(x, "coefficients") else [x]
        pair = as_fraction(parts[0])
        value = pair[0] if pair is not None and pair[1] == 1 and not any(parts[1:]) else None
    if value is None or not -(2**63) <= value < 2**63:
        raise BadInput(
            f"the entry {x!r} is no integer of 64 bits; wanted integers for int64: take dtype=object."
        )
    return value
