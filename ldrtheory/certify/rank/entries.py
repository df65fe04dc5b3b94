"""The entries of a matrix as exact integers: M = 2^unit / denominator * sum of zeta^k P_k.

MatrixEntries     the planes P_k (one over Q and GF(p), phi(N) over Q(zeta_N)) with their common scale
matrix_entries    read a numeric array, or an object array of ring elements, without loss
dyadic            odd mantissas and exponents of a float64 array
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import lcm
from typing import Any

import numpy as np
from flint import fmpq

from ldrtheory.certify.rank.operators import coefficients
from ldrtheory.errors import BadInput, NotInRing, ShapeMismatch
from ldrtheory.rings import Ring

COMMON_DENOMINATOR_BITS = 2048  # beyond this, rational entries keep their own denominators


def dyadic(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return (mantissa, exponent), int64 arrays with x = mantissa * 2^exponent, mantissa odd or zero.

    x: finite float64, subnormals included.  Where x is 0 both are 0.
    """
    fraction, exponent = np.frexp(x)
    mantissa = np.ldexp(fraction, 53).astype(np.int64)
    lowest = mantissa & -mantissa
    trailing = np.frexp(lowest.astype(np.float64))[1].astype(np.int64) - 1
    trailing[mantissa == 0] = 0
    exponent = exponent.astype(np.int64) - 53 + trailing
    exponent[mantissa == 0] = 0
    return mantissa >> trailing, exponent


@dataclass(frozen=True)
class MatrixEntries:
    """The exact entries of an m x n matrix.

    planes: numeric arrays (integers or float64) or object arrays of Python integers or fmpq.
    kind: "int", "float", "object" (Python integers) or "rational" (fmpq; unit 0, denominator 1).
    """

    shape: tuple[int, int]
    planes: tuple[np.ndarray, ...]
    kind: str
    denominator: int = 1
    whole: list[np.ndarray] = field(default_factory=list, repr=False)  # integer planes, filled on first use

    @cached_property
    def unit(self) -> int:
        """The largest u with every entry a multiple of 2^u (0 unless the entries are floats)."""
        if self.kind != "float":
            return 0
        lows = []
        for plane in self.planes:
            for start in range(0, self.shape[0], 256):  # by slices, so that the temporaries stay small
                mantissa, exponent = dyadic(plane[start : start + 256])
                if mantissa.any():
                    lows.append(int(exponent[mantissa != 0].min()))
        return min(lows, default=0)

    def take(self, plane: int, rows: Sequence[int] | None, columns: Sequence[int] | None) -> np.ndarray:
        """Return the integers of one plane at rows x columns (None: all), as an object array."""
        if rows is None and columns is None:
            if not self.whole:
                self.whole.extend(self._integers(p) for p in self.planes)
            return self.whole[plane]
        m, n = self.shape
        r = np.arange(m) if rows is None else np.asarray(rows, dtype=np.intp)
        c = np.arange(n) if columns is None else np.asarray(columns, dtype=np.intp)
        if self.whole:
            return self.whole[plane][np.ix_(r, c)]
        return self._integers(self.planes[plane][np.ix_(r, c)])

    def _integers(self, part: np.ndarray) -> np.ndarray:
        if self.kind != "float":
            return part.astype(object)
        mantissa, exponent = dyadic(part)
        shift = np.where(mantissa == 0, 0, exponent - self.unit)
        return mantissa.astype(object) << shift.astype(object)


def matrix_entries(array: Any, ring: Ring) -> MatrixEntries:
    """Return the exact entries of `array` over the field `ring`.

    array: m x n; integers, booleans, binary floats (read as the dyadic rationals they store), complex floats
    (over Q(zeta_N) with 4 | N), or an object array of ring elements.
    Errors: ShapeMismatch for an empty or not two-dimensional array, NotInRing for NaN, infinity, or entries
    outside the field.
    """
    M = np.asarray(array)
    if M.ndim != 2 or 0 in M.shape:
        raise ShapeMismatch(
            f"a rank wants a matrix with at least one entry; got an array of shape {M.shape}."
        )
    kind = M.dtype.kind
    if kind in "fc" and not np.isfinite(M).all():
        raise NotInRing(
            "the matrix holds NaN or infinity, which no exact ring contains; clean the data first."
        )
    if ring.characteristic or kind == "O":
        return _from_objects(M, ring)
    if kind == "b":
        return _padded(MatrixEntries(M.shape, (M.astype(np.int8),), "int"), ring)
    if kind in "iu":
        return _padded(
            MatrixEntries(M.shape, (M.astype(M.dtype.newbyteorder("="), copy=False),), "int"), ring
        )
    if kind == "f":
        return _from_floats((_float64(M),), ring)
    if kind == "c":
        return _from_complex(M, ring)
    raise BadInput(
        f"a matrix of dtype {M.dtype} has no exact value; wanted integers, floats or ring elements."
    )


def _float64(M: np.ndarray) -> np.ndarray:
    if M.dtype.itemsize > 8:
        raise BadInput(
            f"dtype {M.dtype} is wider than float64; convert it to float64 or to exact rationals first."
        )
    return np.ascontiguousarray(M, dtype=np.float64)


def _degree(ring: Ring) -> int:
    return int(getattr(ring, "degree", 1))


def _from_floats(planes: tuple[np.ndarray, ...], ring: Ring) -> MatrixEntries:
    return _padded(MatrixEntries(planes[0].shape, planes, "float"), ring)


def _padded(entries: MatrixEntries, ring: Ring) -> MatrixEntries:
    missing = _degree(ring) - len(entries.planes)
    if missing <= 0:
        return entries
    blank = np.zeros(entries.shape, dtype=entries.planes[0].dtype)
    return MatrixEntries(
        entries.shape, entries.planes + (blank,) * missing, entries.kind, entries.denominator
    )


def _from_complex(M: np.ndarray, ring: Ring) -> MatrixEntries:
    order = int(getattr(ring, "order", 1))
    real, imaginary = _float64(np.ascontiguousarray(M.real)), _float64(np.ascontiguousarray(M.imag))
    if order % 4:
        if imaginary.any():
            raise NotInRing(
                f"complex entries do not lie in {ring.name}; use Q(zeta_4) or another Q(zeta_N), 4 | N."
            )
        return _from_floats((real,), ring)
    if order // 4 >= _degree(ring):  # i = zeta^(N/4) is not one of the basis elements (first at N = 420)
        return _from_objects(M.astype(object), ring)
    planes = [np.zeros_like(real) for _ in range(_degree(ring))]
    planes[0], planes[order // 4] = real, imaginary
    return _from_floats(tuple(planes), ring)


def _from_objects(M: np.ndarray, ring: Ring) -> MatrixEntries:
    values = [coefficients(ring(x)) for x in M.ravel().tolist()]
    degree = _degree(ring)
    common = 1
    for value in values:
        for c in value:
            if common % c.denominator:
                common = lcm(common, c.denominator)
        if common.bit_length() > COMMON_DENOMINATOR_BITS:
            break
    planes = []
    rational = common.bit_length() > COMMON_DENOMINATOR_BITS
    for k in range(degree):
        plane = np.empty(len(values), dtype=object)
        if rational:
            plane[:] = [fmpq(v[k].numerator, v[k].denominator) for v in values]
        else:
            plane[:] = [v[k].numerator * (common // v[k].denominator) for v in values]
        planes.append(plane.reshape(M.shape))
    if rational:
        return MatrixEntries(M.shape, tuple(planes), "rational")
    return MatrixEntries(M.shape, tuple(planes), "object", denominator=common)
