# mypy: disable-error-code="no-untyped-def,assignment,no-untyped-call"
"""From stored numbers to limbs of 30 bits.

decode_ints       M[k, :] = sum over l of 2^(30 l) limbs[l, :], for a row of int64
decode_floats     M[k, :] = 2^low[k] * sum over l of 2^(30 l) limbs[l, :], for a row of float64
exponent_ranges   the units and magnitudes of the rows of a float64 array
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ldrtheory.compile_cache import compiler

compiled = compiler(Path(__file__).resolve().parent)

MASK30 = np.int64((1 << 30) - 1)


@compiled
def decode_ints(row, out):
    """Write the 30-bit limbs of one row of int64 into out (limbs, n); the last limb keeps what is left."""
    limbs, n = out.shape
    for level in range(limbs):
        last = level == limbs - 1
        for j in range(n):
            x = row[j]
            magnitude = np.uint64(-x) if x < 0 else np.uint64(x)
            part = magnitude >> np.uint64(30 * level)
            if not last:
                part &= np.uint64(MASK30)
            out[level, j] = np.int32(-np.int64(part)) if x < 0 else np.int32(np.int64(part))


@compiled
def decode_floats(row, low, out):
    """Write the 30-bit limbs of row / 2^low into out (limbs, n); every entry is a multiple of 2^low."""
    limbs, n = out.shape
    bits = row.view(np.int64)
    for level in range(limbs):
        for j in range(n):
            b = bits[j]
            exponent = (b >> 52) & 0x7FF
            mantissa = b & np.int64(0xFFFFFFFFFFFFF)
            normal = exponent != 0
            mantissa = mantissa | (np.int64(1) << 52) if normal else mantissa
            shift = (exponent if normal else np.int64(1)) - 1075 - low
            down = 30 * level - shift  # the limb is bits down .. down+29 of the mantissa
            right = min(max(down, np.int64(0)), np.int64(63))
            left = min(max(-down, np.int64(0)), np.int64(63))
            part = ((mantissa >> right) << left) & MASK30
            out[level, j] = np.int32(-part) if b < 0 else np.int32(part)


@compiled
def exponent_ranges(x, low, high):
    """For each row of a float64 array: the largest low with all entries multiples of 2^low, all below 2^high.

    A zero row gets low = high = 0.
    """
    m, n = x.shape
    for i in range(m):
        bits = x[i].view(np.int64)
        least, most = np.int64(1 << 20), np.int64(-1)
        for j in range(n):
            exponent = (bits[j] >> 52) & 0x7FF
            used = (bits[j] & np.int64(0x7FFFFFFFFFFFFFFF)) != 0
            exponent = max(exponent, np.int64(1))
            least = min(least, exponent) if used else least
            most = max(most, exponent) if used else most
        if most < 0:
            low[i], high[i] = 0, 0
            continue
        together = np.int64(0)
        for j in range(n):
            exponent = (bits[j] >> 52) & 0x7FF
            mantissa = bits[j] & np.int64(0xFFFFFFFFFFFFF)
            mantissa = mantissa | (np.int64(1) << 52) if exponent != 0 else mantissa
            shift = max(exponent, np.int64(1)) - least
            together |= mantissa << shift if (mantissa != 0 and shift < 63) else np.int64(0)
        trailing = 0
        while together & 1 == 0:
            together >>= 1
            trailing += 1
        low[i], high[i] = least - 1075 + trailing, most - 1075 + 53
