"""Matrices of integers in the forms that exact products need, and back to floats.

to_flint, to_ints    between object arrays of Python integers and flint matrices
floats_of            integers of any size as float64 times one power of two
grid, rescale        rounding to multiples of a power of two
inner                the sum of products of corresponding entries
integers_of          a matrix of numbers as one rational times integers
digits_of            the same with the integers cut into digits in base 2^20, held as float64 arrays
split_integers       integers cut into digits of a given width
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from flint import fmpz_mat

from ldrtheory.certify.distance.numbers import rational
from ldrtheory.errors import BadInput

DIGIT = 20


def to_flint(X: np.ndarray) -> fmpz_mat:
    """Return a two-dimensional array of integers as a flint matrix."""
    return fmpz_mat(X.shape[0], X.shape[1], X.ravel().tolist())


def to_ints(X: fmpz_mat) -> np.ndarray:
    """Return a flint matrix as an object array of Python integers."""
    out = np.empty(X.nrows() * X.ncols(), dtype=object)
    out[:] = [int(x) for x in X.entries()]
    return out.reshape(X.nrows(), X.ncols())


def floats_of(X: np.ndarray) -> tuple[np.ndarray, int]:
    """Return (Y, e): float64 Y of maximum about 1, X = 2^e Y up to 2^-52 of each entry (tiny ones become 0)."""
    bits = max((abs(x).bit_length() for x in X.ravel().tolist()), default=0)
    if bits <= 1000:
        return np.ldexp(X.astype(np.float64), -bits), bits
    cut = bits - 1000
    return np.ldexp((X >> cut).astype(np.float64), -1000), bits


def grid(X: np.ndarray, bits: int) -> fmpz_mat:
    """Return round(2^bits X) for a float array with entries of at most about 1 in absolute value."""
    fine = min(bits, 60)
    whole = np.rint(np.ldexp(X, fine)).astype(np.int64).astype(object)
    return to_flint(whole << (bits - fine))


def rescale(X: np.ndarray, shift: int) -> np.ndarray:
    """Return round(2^shift X) entry by entry, X an object array of integers."""
    if shift >= 0:
        out: np.ndarray = X << shift
        return out
    rounded: np.ndarray = (X + (1 << (-shift - 1))) >> (-shift)
    return rounded


def inner(A: fmpz_mat, B: fmpz_mat) -> int:
    """Return the sum of the products of corresponding entries of two integer matrices."""
    return sum(int(x) * int(y) for x, y in zip(A.entries(), B.entries(), strict=True))


def split_integers(V: np.ndarray, width: int) -> dict[int, np.ndarray]:
    """Return float64 arrays P_t of integers below 2^(width-1) + 1 in absolute value with V = sum of 2^t P_t."""
    pieces: dict[int, np.ndarray] = {}
    half, mask, t = 1 << (width - 1), (1 << width) - 1, 0
    while V.any():
        piece = ((V + half) & mask) - half
        if piece.any():
            pieces[t] = piece.astype(np.float64)
        V = (V - piece) >> width
        t += width
    return pieces


def integers_of(array: np.ndarray) -> tuple[Fraction, np.ndarray]:
    """Return (unit, X) with array = unit * X, X an object array of integers, unit positive."""
    if array.dtype.kind in "biu":
        return Fraction(1), np.array([int(x) for x in array.ravel().tolist()], dtype=object).reshape(
            array.shape
        )
    if array.dtype.kind == "f" and array.dtype.itemsize <= 8:
        wide = array.astype(np.float64)
        if not np.isfinite(wide).all():
            raise BadInput(
                "a distance needs finite entries; the matrix holds NaN or infinity. Clean the file first."
            )
        mantissa, exponent = np.frexp(wide)
        exponent = np.where(mantissa == 0, np.iinfo(np.int32).max, exponent)
        low = int(exponent.min()) - 53 if (mantissa != 0).any() else 0
        whole = np.ldexp(mantissa, 53).astype(np.int64).astype(object)
        shift = np.where(mantissa == 0, 0, exponent - 53 - low).astype(object)
        unit = Fraction(1 << low) if low >= 0 else Fraction(1, 1 << -low)
        return unit, whole << shift
    values = [rational(x) for x in array.ravel().tolist()]
    denominator = int(np.lcm.reduce([v.denominator for v in values] + [1], dtype=object))
    out = np.empty(len(values), dtype=object)
    out[:] = [v.numerator * (denominator // v.denominator) for v in values]
    return Fraction(1, denominator), out.reshape(array.shape)


def digits_of(array: np.ndarray) -> tuple[Fraction, dict[int, np.ndarray]] | None:
    """Return (unit, digits) with array = unit * sum 2^s digits[s], or None for too wide a range of exponents."""
    if array.dtype.kind in "biu":
        if array.dtype.kind == "u" and array.dtype.itemsize == 8:
            return None
        return Fraction(1), _int64_digits(array.astype(np.int64))
    if array.dtype.kind != "f" or array.dtype.itemsize > 8 or not np.isfinite(array).all():
        return None
    mantissa, exponent = np.frexp(array.astype(np.float64))
    used = exponent[mantissa != 0]
    if used.size == 0:
        return Fraction(1), {}
    low, high = int(used.min()) - 53, int(used.max())
    if high - low > 300:
        return None
    del mantissa, exponent, used
    places = range((high - low) // DIGIT * DIGIT, -1, -DIGIT)
    digits = {s: np.empty(array.shape) for s in places}
    block = max(1, (1 << 15) // array.shape[1])
    for start in range(0, array.shape[0], block):
        rest = np.ldexp(array[start : start + block].astype(np.float64), -high)
        for s in places:
            digit = np.rint(rest * 2.0 ** (high - low - s))
            rest -= digit * 2.0 ** (s - high + low)
            digits[s][start : start + block] = digit
    digits = {s: D for s, D in digits.items() if D.any()}
    return (Fraction(1 << low) if low >= 0 else Fraction(1, 1 << -low)), digits


def _int64_digits(X: np.ndarray) -> dict[int, np.ndarray]:
    digits: dict[int, np.ndarray] = {}
    s = 0
    while X.any():
        digit = ((X & ((1 << DIGIT) - 1)) ^ (1 << (DIGIT - 1))) - (1 << (DIGIT - 1))
        if digit.any():
            digits[s] = digit.astype(np.float64)
        X = (X >> DIGIT) + (digit < 0)
        s += DIGIT
    return digits
