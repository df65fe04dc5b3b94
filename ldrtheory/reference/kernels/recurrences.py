# mypy: disable-error-code="no-untyped-def,assignment,no-untyped-call"
"""Sums of powers of operators with three cyclic diagonals, applied to rows of numbers.

power_sum       the sum of A^k G H^T B^k over k, or of A^k G H^T B^(n-1-k)

The arrays are `Line`s, floats or double-double numbers; complex numbers are `parts` = 2 rows, real and imaginary parts.
The operations are those of the maps PowerSum and Cyclic, in the same order, so the results are the same bit for bit.
"""

from __future__ import annotations

from numba import types
from numba.extending import intrinsic

from ldrtheory.reference.kernels.dense import BLOCK
from ldrtheory.reference.kernels.errorfree import compiled
from ldrtheory.reference.kernels.lines import LANES, add_block, clear, copy, copy_one, lines, plus_block
from ldrtheory.reference.kernels.vectors import Complexes


def _times(builder, x, d, y, i, k, j):
    y.write(j, x.read(i) * d.read(k))


def _plus_times(builder, x, d, y, i, k, j):
    y.write(j, y.read(j) + x.read(i) * d.read(k))


def _plus(builder, x, y, i, j):
    y.write(j, y.read(j) + x.read(i))


def _pair(builder, line, index, gap):
    return Complexes(line.read(index), line.read(builder.add(index, gap)))


def _complex_times(builder, x, d, y, i, k, j, gap, width):
    made = _pair(builder, x, i, gap) * _pair(builder, d, k, width)
    y.write(j, made.real)
    y.write(builder.add(j, gap), made.imag)


def _complex_plus_times(builder, x, d, y, i, k, j, gap, width):
    made = _pair(builder, y, j, gap) + _pair(builder, x, i, gap) * _pair(builder, d, k, width)
    y.write(j, made.real)
    y.write(builder.add(j, gap), made.imag)


@intrinsic
def times(typing_context, x, d, y, i, k, j):
    return types.void(x, d, y, i, k, j), lines(_times, 3)


@intrinsic
def plus_times(typing_context, x, d, y, i, k, j):
    return types.void(x, d, y, i, k, j), lines(_plus_times, 3)


@intrinsic
def plus(typing_context, x, y, i, j):
    return types.void(x, y, i, j), lines(_plus, 2)


@intrinsic
def complex_times(typing_context, x, d, y, i, k, j, gap, width):
    return types.void(x, d, y, i, k, j, gap, width), lines(_complex_times, 3)


@intrinsic
def complex_plus_times(typing_context, x, d, y, i, k, j, gap, width):
    return types.void(x, d, y, i, k, j, gap, width), lines(_complex_plus_times, 3)


@compiled
def cyclic(x, d, y, n, width, parts, diagonals):
    """Write the operator applied to x into y; a part of x or y is LANES numbers, `width` of them, LANES numbers.

    x[LANES + i] is number i.  d: (3 parts, width), below, main and above.  diagonals: 4 below, 2 main, 1 above.
    """
    gap = width + 2 * LANES
    for part in range(parts):
        first = part * gap + LANES
        copy_one(x, x, first + n - 1, first - 1)
        copy_one(x, x, first, first + n)
    for i in range(0, width, LANES):
        k, j = i, LANES + i
        if parts == 1:
            times(x, d, y, j - 1, k, j)
            if diagonals & 2:
                plus_times(x, d, y, j, k + width, j)
            if diagonals & 1:
                plus_times(x, d, y, j + 1, k + 2 * width, j)
        else:
            complex_times(x, d, y, j - 1, k, j, gap, width)
            if diagonals & 2:
                complex_plus_times(x, d, y, j, k + 2 * width, j, gap, width)
            if diagonals & 1:
                complex_plus_times(x, d, y, j + 1, k + 4 * width, j, gap, width)


@compiled
def power_sum(x, y, A, B, G, H, work, sizes):
    """Write the sum for every row of x into y.

    sizes: m, n, the width of rows of y and x (m and n filled up to a multiple of LANES), parts, r parts, which
    diagonals A and B have (see `cyclic`), whether B^(n-1-k) is taken.  x: rows of parts * width numbers.
    H: n parts rows of r parts numbers, and LANES more.  G: for every LANES numbers of a row of y, its r parts rows.
    Both are the real matrices that stand for complex ones.
    work: zeros, four arrays of parts * (width + 2 LANES), the wider of the two widths, and one for the n r parts
    numbers H^T B^k x and LANES more.
    """
    m, n, rows, columns, parts = sizes[0], sizes[1], sizes[2], sizes[3], sizes[4]
    r, in_A, in_B, reverse = sizes[5], sizes[6], sizes[7], sizes[8]
    now, after, flat, added, seen = work
    gap, step, whole = columns + 2 * LANES, rows + 2 * LANES, parts * n // BLOCK * BLOCK
    for row in range(x.shape[-2]):
        for part in range(parts):
            for i in range(0, columns, LANES):
                copy(x, now, (row * parts + part) * columns + i, part * gap + LANES + i)
        for k in range(n):
            for part in range(parts):
                for i in range(0, columns, LANES):
                    copy(now, flat, part * gap + LANES + i, part * n + i)
            for o in range(0, r, LANES):  # lanes beyond r are written over by the next k
                clear(seen, k * r + o)
                for start in range(0, whole, BLOCK):
                    add_block(H, flat, seen, start * r + o, r, start, BLOCK, k * r + o)
                if whole < parts * n:
                    add_block(H, flat, seen, whole * r + o, r, whole, parts * n - whole, k * r + o)
            if k + 1 < n:
                cyclic(now, B, after, n, columns, parts, in_B)
                now, after = after, now
        for t in range(n):
            k = t if reverse else n - 1 - t
            if t > 0:
                cyclic(now, A, after, m, rows, parts, in_A)
                now, after = after, now
            for part in range(parts):
                for i in range(0, rows, LANES):
                    place, a, s = part * step + LANES + i, (part * rows + i) * r, k * r
                    if t == 0 or r > BLOCK:
                        clear(added, i)
                        for start in range(0, r, BLOCK):
                            count = min(BLOCK, r - start)
                            add_block(G, seen, added, a + start * LANES, LANES, s + start, count, i)
                        if t == 0:
                            copy(added, now, i, place)
                        else:
                            plus(added, now, i, place)
                    else:
                        plus_block(G, seen, now, a, LANES, s, r, place)
        for part in range(parts):
            for i in range(0, rows, LANES):
                copy(now, y, part * step + LANES + i, (row * parts + part) * rows + i)
