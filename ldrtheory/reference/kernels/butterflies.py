# mypy: disable-error-code="no-untyped-def,assignment,no-untyped-call"
"""Products of butterfly factors, and the Walsh-Hadamard transform, in place on rows of numbers.

hadamard        a + b and a - b for every pair of indices that differ in one bit, from the lowest bit up
couples         x[i] becomes d[t, i] x[i] + o[t, i] x[i XOR 2^bit] for every factor t

x: (batch, n) floats, or (2, batch, n) high and low parts of double-double numbers; d and o alike.  In `couples` all
three may be complex: pairs of such arrays, real and imaginary parts.
The operations are those of the maps Hadamard and Couple, in the same order, so the results are the same bit for bit.
"""

from __future__ import annotations

from numba import types
from numba.extending import intrinsic

from ldrtheory.reference.kernels.errorfree import compiled
from ldrtheory.reference.kernels.lines import LANES, lines

INNER = 2048  # numbers that stay in the first cache
TOGETHER = 4  # rows that share one reading of the factors


def _hadamard8(builder, x, i):
    """The three lowest bits."""
    v = x.read(i)
    for bit in range(3):
        v = x.exchanged(v, 1 << bit) + x.signed(v, [-1 if lane >> bit & 1 else 1 for lane in range(LANES)])
    x.write(i, v)


def _hadamard2(builder, x, i, half):
    j = builder.add(i, half)
    a, b = x.read(i), x.read(j)
    x.write(i, a + b)
    x.write(j, a - b)


def _hadamard4(builder, x, i, half):
    """Two bits: `half` and twice that."""
    places = [builder.add(i, builder.mul(half, half.type(k))) for k in range(4)]
    a, b, c, d = (x.read(place) for place in places)
    a, b, c, d = a + b, a - b, c + d, c - d
    for place, value in zip(places, (a + c, b + d, a - c, b - d)):
        x.write(place, value)


def _couple(builder, x, d, o, i, k, half):
    """The pair of vectors at i and i + half of x, at k and k + half of the factor."""
    j, m = builder.add(i, half), builder.add(k, half)
    a, b = x.read(i), x.read(j)
    x.write(i, a * d.read(k) + b * o.read(k))
    x.write(j, b * d.read(m) + a * o.read(m))


def _couple_within(flip):
    def within(builder, x, d, o, i, k):
        a = x.read(i)
        x.write(i, a * d.read(k) + x.exchanged(a, flip) * o.read(k))

    return within


@intrinsic
def hadamard_step8(typing_context, x, i):
    return types.void(x, i), lines(_hadamard8, 1)


@intrinsic
def hadamard_step2(typing_context, x, i, half):
    return types.void(x, i, half), lines(_hadamard2, 1)


@intrinsic
def hadamard_step4(typing_context, x, i, half):
    return types.void(x, i, half), lines(_hadamard4, 1)


@intrinsic
def couple_step(typing_context, x, d, o, i, k, half):
    return types.void(x, d, o, i, k, half), lines(_couple, 3)


@intrinsic
def couple_step1(typing_context, x, d, o, i, k):
    return types.void(x, d, o, i, k), lines(_couple_within(1), 3)


@intrinsic
def couple_step2(typing_context, x, d, o, i, k):
    return types.void(x, d, o, i, k), lines(_couple_within(2), 3)


@intrinsic
def couple_step4(typing_context, x, d, o, i, k):
    return types.void(x, d, o, i, k), lines(_couple_within(4), 3)


@compiled
def hadamard(x):
    """Multiply every row of x, of length 2^k >= 8, by the Walsh-Hadamard matrix."""
    n = x.shape[-1]
    inner = min(n, INNER)
    for row in range(x.shape[-2]):
        base = row * n
        for block in range(base, base + n, inner):
            for i in range(block, block + inner, LANES):
                hadamard_step8(x, i)
            half = LANES
            while half < inner:
                if 4 * half <= inner:
                    for start in range(block, block + inner, 4 * half):
                        for i in range(start, start + half, LANES):
                            hadamard_step4(x, i, half)
                    half *= 4
                else:
                    for start in range(block, block + inner, 2 * half):
                        for i in range(start, start + half, LANES):
                            hadamard_step2(x, i, half)
                    half *= 2
        half = inner
        while half < n:
            if 4 * half <= n:
                for start in range(base, base + n, 4 * half):
                    for i in range(start, start + half, LANES):
                        hadamard_step4(x, i, half)
                half *= 4
            else:
                for start in range(base, base + n, 2 * half):
                    for i in range(start, start + half, LANES):
                        hadamard_step2(x, i, half)
                half *= 2


@compiled
def couples(x, d, o, bits, batch, n):
    """Multiply `batch` rows of x, of length n = 2^k >= 8, by the factors with diagonals d[t] and o[t] of bits[t]."""
    for first in range(0, batch, TOGETHER):
        last = min(batch, first + TOGETHER)
        for t in range(bits.size):
            bit, k = bits[t], t * n
            if bit >= 3:
                half = 1 << bit
                for start in range(0, n, 2 * half):
                    for j in range(start, start + half, LANES):
                        for row in range(first, last):
                            couple_step(x, d, o, row * n + j, k + j, half)
            else:
                for j in range(0, n, LANES):
                    for row in range(first, last):
                        if bit == 0:
                            couple_step1(x, d, o, row * n + j, k + j)
                        elif bit == 1:
                            couple_step2(x, d, o, row * n + j, k + j)
                        else:
                            couple_step4(x, d, o, row * n + j, k + j)
