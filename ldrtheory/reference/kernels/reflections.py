# mypy: disable-error-code="no-untyped-def,assignment,no-untyped-call"
"""Householder reflections of double-double vectors.

reflect     x becomes x - scale[l] v_l (v_l^T x) for l from the last to the first, for every row x
"""

from __future__ import annotations

import numpy as np
from numba import types
from numba.extending import intrinsic

from ldrtheory.reference.kernels.butterflies import LANES, lines
from ldrtheory.reference.kernels.errorfree import compiled, wide_product, wide_sum

CHAINS = 4  # sums that run beside each other


def _dot(builder, total, x, v, t, i, k):
    total.write(t, total.read(t) + x.read(i) * v.read(k))


def _subtract(builder, total, x, v, t, i, k):
    x.write(i, x.read(i) - total.read(t) * v.read(k))


@intrinsic
def dot_step(typing_context, total, x, v, t, i, k):
    return types.void(total, x, v, t, i, k), lines(_dot, 3)


@intrinsic
def subtract_step(typing_context, total, x, v, t, i, k):
    return types.void(total, x, v, t, i, k), lines(_subtract, 3)


@compiled
def reflect(x, v, scales):
    """x: (2, batch, n), v: (2, k, n), n a multiple of CHAINS * LANES (filled up with zeros); scales: (2, k)."""
    n = x.shape[2]
    step = CHAINS * LANES
    total = np.zeros((2, 1, step))
    for row in range(x.shape[1]):
        for k in range(v.shape[1] - 1, -1, -1):
            total[:] = 0
            for j in range(0, n, step):
                for chain in range(0, step, LANES):
                    dot_step(total, x, v, chain, row * n + j + chain, k * n + j + chain)
            high, low = 0.0, 0.0
            for t in range(step):
                high, low = wide_sum(high, low, total[0, 0, t], total[1, 0, t])
            high, low = wide_product(high, low, scales[0, k], scales[1, k])
            for t in range(LANES):
                total[0, 0, t] = high
                total[1, 0, t] = low
            for j in range(0, n, LANES):
                subtract_step(total, x, v, 0, row * n + j, k * n + j)
