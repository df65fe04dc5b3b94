# mypy: disable-error-code="no-untyped-def,assignment,no-untyped-call"
"""Compiled pieces of a blocked elimination modulo a small prime, in floating point that is exact.

eliminate_panel   pivots of a tall panel, its multipliers, and the order of its rows
invert_unit       the inverse of a unit lower triangular matrix modulo p
subtract          W -= T modulo p, balanced
balance           residues 0 .. p-1 (int64) to -(p-1)/2 .. (p-1)/2 (floating point)

All numbers are integers held in float64 (p < 2^23) or float32 (p < 2^8) with |x| <= p/2; sums of 128 products stay
below 2^53 and 2^24, so every operation is exact.
"""

from __future__ import annotations

import numpy as np

from ldrtheory.certify.rank.kernels.decode import compiled
from ldrtheory.certify.rank.kernels.streaming import power


@compiled
def balanced(x, p, inverse):
    """Return the residue of x of least absolute value (x an integer in floating point)."""
    return x - p * np.rint(x * inverse)


@compiled
def balance(rows, p, out):
    """Write int64 residues 0 .. p-1 as balanced floating-point residues."""
    half = p // 2
    for i in range(rows.shape[0]):
        for j in range(rows.shape[1]):
            x = rows[i, j]
            out[i, j] = x - p if x > half else x


@compiled
def eliminate_panel(P, p, inverse, multipliers, order, pivots):
    """Eliminate the panel P (rows, width), reduced on entry; return the number of pivots.

    multipliers (rows, width): unit lower trapezoidal L with order-permuted P = L U.  order: the row permutation.
    pivots: the panel columns of the pivots.
    """
    rows, width = P.shape
    found = 0
    pi = np.int64(p)
    for j in range(width):
        if found == rows:
            break
        pivot = -1
        for i in range(found, rows):
            P[i, j] = balanced(P[i, j], p, inverse)
            if P[i, j] != 0 and pivot < 0:
                pivot = i
        if pivot < 0:
            continue
        if pivot != found:
            for t in range(j, width):
                P[found, t], P[pivot, t] = P[pivot, t], P[found, t]
            for t in range(found):
                multipliers[found, t], multipliers[pivot, t] = multipliers[pivot, t], multipliers[found, t]
            order[found], order[pivot] = order[pivot], order[found]
        head = np.int64(P[found, j])
        scale = power(head if head > 0 else head + pi, pi - 2, pi)
        for t in range(j + 1, width):
            P[found, t] = balanced(P[found, t], p, inverse)
        multipliers[found, found] = 1
        for i in range(found + 1, rows):
            if P[i, j] == 0:
                multipliers[i, found] = 0
                continue
            value = np.int64(P[i, j]) * scale % pi
            if value > pi // 2:
                value -= pi
            factor = P.dtype.type(value)
            multipliers[i, found] = factor
            for t in range(j + 1, width):
                P[i, t] -= factor * P[found, t]
        pivots[found] = j
        found += 1
    return found


@compiled
def invert_unit(lower, count, p, inverse, out):
    """Write the inverse modulo p of the unit lower triangular lower[:count, :count] into out (count, count)."""
    for i in range(count):
        for j in range(count):
            out[i, j] = 1 if i == j else 0
        for k in range(i):
            c = lower[i, k]
            if c != 0:
                for j in range(k + 1):
                    out[i, j] = balanced(out[i, j] - c * out[k, j], p, inverse)


@compiled
def reduce_block(W, p, inverse):
    """Replace every entry by its balanced residue."""
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            W[i, j] = balanced(W[i, j], p, inverse)


@compiled
def subtract(W, T, p, inverse):
    """Replace W by the balanced residue of W - T."""
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            W[i, j] = balanced(W[i, j] - T[i, j], p, inverse)
