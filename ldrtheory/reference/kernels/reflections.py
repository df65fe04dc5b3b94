# mypy: disable-error-code="no-untyped-def,assignment,no-untyped-call"
"""Householder reflections of rows of numbers.

reflect     x becomes x - outer_l^T (scale[l] (inner_l x)) for l from the last to the first, for every row x

The arrays are `Line`s, floats or double-double numbers.  inner_l and outer_l have one row, v_l^T, or, where v is
complex, two, of real matrices that stand for v^T and v.  Number 16 b + t of a row stands at t count + b, `count` the
blocks of BLOCK = 16 numbers filled up to a multiple of LANES, so that the sums of LANES blocks are made together, each
in its order.  The operations are those of the map Reflections, in the same order, so the results are the same bit for
bit; but the zeros that fill up a row may turn an infinite number into NaN.
"""

from __future__ import annotations

from numba import types
from numba.extending import intrinsic

from ldrtheory.reference.kernels.dense import BLOCK
from ldrtheory.reference.kernels.errorfree import compiled
from ldrtheory.reference.kernels.lines import LANES, lines, store_block, subtract_block, total
from ldrtheory.reference.kernels.vectors import Complexes

TOGETHER = 4  # rows that share one reading of the vectors


@intrinsic
def scale_real(typing_context, x, s, i):
    """x[0] becomes x[0] s[i]."""

    def work(builder, x, s, i):
        zero = i.type(0)
        x.write(zero, x.read(zero) * s.read(i))

    return types.void(x, s, i), lines(work, 2, 1)


@intrinsic
def scale_complex(typing_context, x, s, i):
    """x[0] + i x[1] becomes its product with s[2 i] + i s[2 i + 1]."""

    def work(builder, x, s, i):
        zero, one, place = i.type(0), i.type(1), builder.mul(i, i.type(2))
        factor = Complexes(s.read(place), s.read(builder.add(place, one)))
        made = Complexes(x.read(zero), x.read(one)) * factor
        x.write(zero, made.real)
        x.write(one, made.imag)

    return types.void(x, s, i), lines(work, 2, 1)


@compiled
def reflect(x, inner, outer, scales, sums, along, sizes):
    """sizes: reflections, parts (2 where v is complex), blocks of a row, and `count`.  sums, along: places to work."""
    reflections, parts, blocks, count = sizes[0], sizes[1], sizes[2], sizes[3]
    width, batch = BLOCK * count, x.shape[-2]
    for first in range(0, batch, TOGETHER):
        for k in range(reflections - 1, -1, -1):
            for row in range(first, min(batch, first + TOGETHER)):
                at = k * parts * width
                for part in range(parts):
                    for b in range(0, count, LANES):
                        store_block(inner, x, sums, at + part * width + b, count, row * width + b, BLOCK, b)
                    total(sums, along, 0, blocks, part)
                if parts == 1:
                    scale_real(along, scales, k)
                else:
                    scale_complex(along, scales, k)
                for j in range(0, width, LANES):
                    subtract_block(outer, along, x, at + j, width, 0, parts, row * width + j)
