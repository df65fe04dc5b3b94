# mypy: disable-error-code="no-untyped-def,assignment,no-untyped-call"
"""Matrices times vectors, given by their columns of inputs: y[b, g, i] = sum over j < k of A[g, j, i] x[b, g, j].

dense           floats
dense_running   floats, with the sums of a running error analysis; one matrix, without g
dense_wide      double-double

The g count the blocks of a block diagonal matrix.  The j are taken in blocks of `BLOCK`: a block is summed in order,
then added to y.  All three keep that order.
"""

from __future__ import annotations

import numpy as np

from ldrtheory.reference.kernels.errorfree import compiled, fma, two_product, two_sum, wide_sum

BLOCK = 16


@compiled
def dense(A, x, y):
    """Write the products of every row of x into y, in the precision of the arrays."""
    groups, k, m = A.shape
    part = np.empty(m, dtype=y.dtype)
    y[:] = 0
    for g in range(groups):
        for start in range(0, k, BLOCK):
            stop = min(k, start + BLOCK)
            for b in range(x.shape[0]):
                part[:] = 0
                for j in range(start, stop):
                    factor = x[b, g, j]
                    for i in range(m):
                        part[i] += A[g, j, i] * factor
                for i in range(m):
                    y[b, g, i] += part[i]


@compiled
def dense_running(A, x, y, sums, products):
    """Write A^T x into y, sum of |partial sums| into sums and sum of |A[j, i] x[j]| into products (float64)."""
    k, m = A.shape
    part = np.empty(m, dtype=y.dtype)
    y[:] = 0
    sums[:] = 0
    products[:] = 0
    for start in range(0, k, BLOCK):
        stop = min(k, start + BLOCK)
        for b in range(x.shape[0]):
            part[:] = 0
            for j in range(start, stop):
                factor = x[b, j]
                for i in range(m):
                    term = A[j, i] * factor
                    part[i] += term
                    products[b, i] += abs(np.float64(term))
                    sums[b, i] += abs(np.float64(part[i]))
            for i in range(m):
                y[b, i] += part[i]
                sums[b, i] += abs(np.float64(y[b, i]))


@compiled
def dense_wide(Ah, Al, xh, xl, yh, yl):
    """Write the products of every row of x into (yh, yl).

    In a block the high parts are summed by two_sum and the low parts, errors included, as doubles; so a block of K
    terms is right to about K^2 u^2 times the sum of its |A[j, i] x[j]|, and each further block adds 3 u^2.
    """
    groups, k, m = Ah.shape
    high, low = np.empty(m), np.empty(m)
    yh[:] = 0
    yl[:] = 0
    for g in range(groups):
        for start in range(0, k, BLOCK):
            stop = min(k, start + BLOCK)
            for b in range(xh.shape[0]):
                high[:] = 0
                low[:] = 0
                for j in range(start, stop):
                    fh, fl = xh[b, g, j], xl[b, g, j]
                    for i in range(m):
                        p, e = two_product(Ah[g, j, i], fh)
                        e = fma(Ah[g, j, i], fl, fma(Al[g, j, i], fh, e))
                        high[i], c = two_sum(high[i], p)
                        low[i] += c + e
                for i in range(m):
                    h, c = two_sum(high[i], low[i])
                    yh[b, g, i], yl[b, g, i] = wide_sum(yh[b, g, i], yl[b, g, i], h, c)
