"""A residual in the form the compiled kernels read: flat arrays, and constants for each modulus.

Prepared     entries as int64, float64 or limbs; operators as CSR rows (left) and diagonals (right); bounds in bits
Moduli       a batch of (prime, root) pairs with their constants
moduli       compute a batch
explicit     the residual formed over Z, seen as a matrix under the identity (for dense operators and own denominators)
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from ldrtheory.certify.rank.entries import MatrixEntries
from ldrtheory.certify.rank.kernels.decode import exponent_ranges
from ldrtheory.certify.rank.kernels.residues import FLOATS, INTS, LIMBS
from ldrtheory.certify.rank.operators import SparseOperator, Value
from ldrtheory.certify.rank.residual import Residual, clear_rows

LIMB = 30
ONE_UNIT = 240  # up to this many bits all rows of floats share one unit; beyond, each row has its own
SMALL_COEFFICIENTS = 1 << 20


def explicit(L: Residual) -> Residual:
    """Return L' (rational field only) as a matrix of integers under the identity: the same rank and minors."""
    scaled = clear_rows(L.scaled())
    m, n = L.shape
    one = (Fraction(1),)
    identity = SparseOperator(m, tuple((i, i, one) for i in range(m)))
    entries = MatrixEntries((m, n), (scaled,), "object")
    return Residual(entries, "sylvester", identity, SparseOperator(n, ()), L.ring)


@dataclass(frozen=True)
class Prepared:
    """What the kernels need to know of a residual; see kernels.residues for the arrays."""

    shape: tuple[int, int]
    arguments: tuple[Any, ...]  # mode, ints, floats, limbs, low, limb count, plan, stein, general
    row_bits: np.ndarray  # entries of row i of the integer-scaled L' lie below 2^row_bits[i], all conjugates
    low: np.ndarray
    unit: int
    values: tuple[list[Value], list[Value]]  # of the left operator by rows, of the right one by diagonals

    @staticmethod
    def of(L: Residual) -> Prepared:
        """Return the residual prepared for the kernels."""
        mode, arrays, low, high, limbs = _entries(L.entries)
        unit = int(low.min(initial=0)) if mode == FLOATS else L.entries.unit
        pointer, rows, column, left = L.left.by_rows
        diagonals, right = L.right.by_diagonals
        small = _is_small(L)
        plan = (pointer, column, diagonals)
        arguments = (mode, *arrays, low, limbs * L.degree, plan, L.kind == "stein", not small)
        return Prepared(L.shape, arguments, _row_bits(L, low, high, rows, column), low, unit, (left, right))

    def minor_bits(self, rows: list[int]) -> int:
        """Return b with every bordered minor on `rows` and one more row below 2^b (Hadamard)."""
        order = len(rows) + 1
        largest = int(self.row_bits.max())
        return int(self.row_bits[rows].sum()) + largest + (order * order.bit_length() + 1) // 2 + 1


def _entries(entries: MatrixEntries) -> tuple[int, tuple[np.ndarray, ...], np.ndarray, np.ndarray, int]:
    """Return (mode, (ints, floats, limbs), low, high, limb count): rows k below 2^high[k], multiples of 2^low[k]."""
    m, n = entries.shape
    planes = entries.planes
    no_ints, no_floats = np.zeros((len(planes), 1, 1), np.int64), np.zeros((len(planes), 1, 1))
    no_limbs = np.zeros((1, 1, 1), np.int32)
    zeros = np.zeros(m, dtype=np.int64)
    if entries.kind == "float":
        stacked = planes[0][None] if len(planes) == 1 else np.stack(planes)
        low, high = np.zeros((len(planes), m), np.int64), np.zeros((len(planes), m), np.int64)
        for z in range(len(planes)):
            exponent_ranges(stacked[z], low[z], high[z])
        used = low < high
        lows = np.where(used, low, np.iinfo(np.int64).max).min(axis=0)
        highs = np.where(used, high, np.iinfo(np.int64).min).max(axis=0)
        zero = ~used.any(axis=0)
        bottom = int(lows[~zero].min(initial=1 << 30)) if not zero.all() else 0
        top = int(highs[~zero].max(initial=-(1 << 30))) if not zero.all() else 0
        entries.__dict__["unit"] = bottom
        lows[zero], highs[zero] = bottom, bottom
        if top - bottom <= 62:
            ints = np.empty(stacked.shape, dtype=np.int64)
            for start in range(0, m, 256):
                ints[:, start : start + 256] = np.ldexp(stacked[:, start : start + 256], -bottom)
            return INTS, (ints, no_floats, no_limbs), zeros, highs - bottom, _count(top - bottom)
        if top - bottom <= ONE_UNIT:
            return FLOATS, (no_ints, stacked, no_limbs), zeros + bottom, highs, _count(top - bottom)
        return FLOATS, (no_ints, stacked, no_limbs), lows, highs, _count(int((highs - lows).max()))
    if entries.kind == "int" and not any(p.dtype == np.uint64 and p.max() >= 2**63 for p in planes):
        ints = np.stack([p.astype(np.int64, copy=False) for p in planes]) if len(planes) > 1 else planes[0].astype(
            np.int64, copy=False)[None]  # fmt: skip
        ints = np.ascontiguousarray(ints)
        heights = np.maximum(ints.max(axis=(0, 2)), -(ints.min(axis=(0, 2)) + 1)).tolist()
        high = np.array([(int(h) + 1).bit_length() for h in heights], dtype=np.int64)
        return INTS, (ints, no_floats, no_limbs), zeros, high, _count(int(high.max()))
    whole: list[Any] = [entries.take(k, None, None) for k in range(len(planes))]
    high = np.array(
        [max(abs(x).bit_length() for p in whole for x in p[i].tolist()) for i in range(m)], dtype=np.int64
    )
    count = _count(max(1, int(high.max())), single=LIMB)
    limbs = np.empty((count * len(planes), m, n), np.int32)
    for z, plane in enumerate(whole):
        sign = np.where(plane < 0, -1, 1).astype(np.int32)
        magnitude = abs(plane)
        for t in range(count):
            limbs[z * count + t] = ((magnitude >> LIMB * t) & ((1 << LIMB) - 1)).astype(np.int32) * sign
    return LIMBS, (no_ints, no_floats, limbs), zeros, high, count


def _count(bits: int, single: int = 31) -> int:
    """The number of limbs for magnitudes below 2^bits; a single limb may use one bit more."""
    return 1 if bits <= single else -(-bits // LIMB)


def _is_small(L: Residual) -> bool:
    """Whether the operators have small integer entries, so that sums of residues need no reduction."""
    if not (L.left.is_integral and L.right.is_integral):
        return False
    return (1 + max(L.left.row_heights)) * (1 + max(L.right.column_heights)) <= SMALL_COEFFICIENTS


def _row_bits(
    L: Residual, low: np.ndarray, high: np.ndarray, rows: np.ndarray, columns: np.ndarray
) -> np.ndarray:
    top, bottom = high.copy(), low.copy()
    np.maximum.at(top, rows, high[columns])
    np.minimum.at(bottom, rows, low[columns])
    a, b = L.row_scales, L.column_scales
    widest = max(b)
    left, most = L.left.row_heights, max(L.right.column_heights)
    if L.kind == "sylvester":
        sizes = [widest * x + s * most for x, s in zip(left, a)]
    else:
        sizes = [s * widest + x * most for x, s in zip(left, a)]
    extra = np.array([max(1, size * L.degree).bit_length() for size in sizes], dtype=np.int64)
    bits: np.ndarray = top - bottom + extra
    return bits


@dataclass(frozen=True)
class Moduli:
    """Constants of a batch of moduli, one row each."""

    primes: np.ndarray
    ninvs: np.ndarray  # -1/p modulo 2^32
    inverses: np.ndarray  # 1/p modulo 2^64
    scales: np.ndarray  # 2^(low[k] - unit) modulo p
    powers: np.ndarray  # root^z modulo p
    avals: np.ndarray
    bvals: np.ndarray

    def only(self, keep: np.ndarray) -> Moduli:
        """Return the chosen rows."""
        return Moduli(
            self.primes[keep],
            self.ninvs[keep],
            self.inverses[keep],
            self.scales[keep],
            self.powers[keep],
            self.avals[keep],
            self.bvals[keep],
        )


def moduli(L: Residual, ready: Prepared, pairs: list[tuple[int, int]]) -> Moduli:
    """Return the constants for moduli (p, root), p an odd prime below 2^29 that divides no denominator."""
    general = bool(ready.arguments[-1])
    left, right = ready.values
    distinct = sorted({int(x) for x in np.unique(ready.low)})
    place = np.searchsorted(np.array(distinct), ready.low)
    count, m = len(pairs), L.shape[0]
    scales = np.ones((count, m), np.int64)
    powers = np.ones((count, L.degree), np.int64)
    avals, bvals = np.zeros((count, len(left)), np.int64), np.zeros((count, len(right)), np.int64)
    plain_a = None if general else L.left.integers[0]
    plain_b = None if general else L.right.integers[1]
    for q, (p, root) in enumerate(pairs):
        if len(distinct) > 1:
            scales[q] = np.array([pow(2, x - ready.unit, p) for x in distinct], dtype=np.int64)[place]
        zeta = [pow(root, z, p) for z in range(L.degree)]
        powers[q] = zeta
        if plain_a is not None and plain_b is not None:
            avals[q], bvals[q] = plain_a, plain_b
        else:
            known: dict[Value, int] = {}
            avals[q] = [_residue(v, p, zeta, known) for v in left]
            bvals[q] = [_residue(v, p, zeta, known) for v in right]
    primes = [p for p, _ in pairs]
    return Moduli(
        np.array(primes, dtype=np.int64),
        np.array([-pow(p, -1, 2**32) % 2**32 for p in primes], dtype=np.int64),
        np.array([pow(p, -1, 2**64) for p in primes], dtype=np.uint64),
        scales,
        powers,
        avals,
        bvals,
    )


def _residue(v: Value, p: int, zeta: list[int], known: dict[Value, int]) -> int:
    """Return 2^32 v modulo p."""
    if v not in known:
        total = sum(c.numerator * pow(c.denominator, -1, p) * z for c, z in zip(v, zeta))
        known[v] = (total << 32) % p
    return known[v]
