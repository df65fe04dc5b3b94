# mypy: disable-error-code="no-untyped-def,assignment,no-untyped-call"
"""Cyclic convolutions by Fourier transforms of length 2^k, in doubles and in double-double.

convolve        transform, multiply, transform back, for the rows of a batch

A number z[j] is a column of a table: rows real, imaginary (doubles, shape (2, length)), or real, its low part,
imaginary, its low part (double-double, shape (2, 2, length)).  The same code is compiled for both.
Radix 4, one step of radix 2 first where k is odd; the roots of unity of a step of quarter q stand at offsets[log2 q].
Inside a block of BLOCK numbers all steps follow each other, so that it stays in the cache.
"""

from __future__ import annotations

from numba import types
from numba.extending import intrinsic

from ldrtheory.reference.kernels.errorfree import compiled
from ldrtheory.reference.kernels.vectors import Floats, Table, Wides, transposed

BLOCK = 4096
LEAST = 32  # the smallest length


def forward4(numbers, roots):
    """Return the four outputs of a step, in bit-reversed order (0, 2, 1, 3)."""
    a, b, c, d = numbers
    w1, w2, w3 = roots
    even, odd, other, turned = a + c, a - c, b + d, (b - d).over_i()
    return even + other, (even - other) * w2, (odd + turned) * w1, (odd - turned) * w3


def last4(a, b, c, d):
    even, odd, other, turned = a + c, a - c, b + d, (b - d).over_i()
    return even + other, even - other, odd + turned, odd - turned


def backward4(numbers, roots):
    """Return four times the inputs of forward4."""
    y0, y2, y1, y3 = numbers
    w1, w2, w3 = roots
    return back4(y0, y2.conj_times(w2), y1.conj_times(w1), y3.conj_times(w3))


def back4(y0, y2, y1, y3):
    even, other, odd, turned = y0 + y2, y0 - y2, y1 + y3, (y1 - y3).times_i()
    return even + odd, other + turned, even - odd, other - turned


def _step(lanes, work, tables=2):
    """Return the code of `work` on that many arrays and then integers; arrays of three axes hold double-doubles."""

    def build(context, builder, signature, arguments):
        kind = Wides if signature.args[0].ndim == 3 else Floats
        arrays = [
            Table(context, builder, kind, arguments[k], signature.args[k], lanes) for k in range(tables)
        ]
        work(builder, kind, *arrays, *arguments[tables:])
        return context.get_dummy_value()

    return build


def _forward(builder, kind, z, w, start, q, o):
    places = [builder.add(start, builder.mul(q, q.type(k))) for k in range(4)]
    made = forward4([z.read(i) for i in places], [w.read(o, row) for row in range(3)])
    for i, y in zip(places, made):
        z.write(i, y)


def _backward(builder, kind, z, w, start, q, o):
    places = [builder.add(start, builder.mul(q, q.type(k))) for k in range(4)]
    made = backward4([z.read(i) for i in places], [w.read(o, row) for row in range(3)])
    for i, y in zip(places, made):
        z.write(i, y)


def _forward2(builder, kind, z, w, start, q, o):
    there = builder.add(start, q)
    a, b = z.read(start), z.read(there)
    z.write(start, a + b)
    z.write(there, (a - b) * w.read(o))


def _backward2(builder, kind, z, w, start, q, o):
    there = builder.add(start, q)
    a, b = z.read(start), z.read(there).conj_times(w.read(o))
    z.write(start, a + b)
    z.write(there, a - b)


def _rows4(work):
    def over(builder, kind, z, start):
        places = [builder.add(start, start.type(4 * k)) for k in range(4)]
        columns = transposed(builder, kind, [z.read(i) for i in places])
        for i, y in zip(places, transposed(builder, kind, work(*columns))):
            z.write(i, y)

    return over


def _combine(builder, kind, z, c, p, q):
    """p ascending and q, the first of its descending partners, lowest index of their vector."""
    a, b = z.read(p), z.read(q, backwards=True)
    y = a * c.read(p) + c.read(p, 1).conj_times(b)
    x = b * c.read(q, backwards=True) + c.read(q, 1, backwards=True).conj_times(a)
    z.write(p, y)
    z.write(q, x, backwards=True)


def _combine_alone(builder, kind, z, c, p):
    a = z.read(p)
    z.write(p, a * c.read(p) + c.read(p, 1).conj_times(a))


def _scale(builder, kind, z, c, p):
    z.write(p, z.read(p) * c.read(p))


@intrinsic
def forward_step(typing_context, z, w, start, q, o):
    """Radix 4, 8 lanes of doubles."""
    return types.void(z, w, start, q, o), _step(8, _forward)


@intrinsic
def forward_step_short(typing_context, z, w, start, q, o):
    return types.void(z, w, start, q, o), _step(4, _forward)


@intrinsic
def forward_step2(typing_context, z, w, start, q, o):
    return types.void(z, w, start, q, o), _step(8, _forward2)


@intrinsic
def forward_last(typing_context, z, start):
    return types.void(z, start), _step(4, _rows4(last4), 1)


@intrinsic
def backward_step(typing_context, z, w, start, q, o):
    return types.void(z, w, start, q, o), _step(8, _backward)


@intrinsic
def backward_step_short(typing_context, z, w, start, q, o):
    return types.void(z, w, start, q, o), _step(4, _backward)


@intrinsic
def backward_step2(typing_context, z, w, start, q, o):
    return types.void(z, w, start, q, o), _step(8, _backward2)


@intrinsic
def backward_first(typing_context, z, start):
    return types.void(z, start), _step(4, _rows4(back4), 1)


@intrinsic
def combine_step(typing_context, z, c, p, q):
    return types.void(z, c, p, q), _step(8, _combine)


@intrinsic
def combine_one(typing_context, z, c, p, q):
    return types.void(z, c, p, q), _step(1, _combine)


@intrinsic
def combine_alone(typing_context, z, c, p):
    return types.void(z, c, p), _step(1, _combine_alone)


@intrinsic
def scale_step(typing_context, z, c, p):
    return types.void(z, c, p), _step(8, _scale)


@compiled
def convolve(x, y, z, planes, c, w, offsets, length, stages):
    """Do the steps that `stages` names for every row, or once where no rows are read.

    1: transform z.  2: multiply it by c with the mirrored numbers, Z[k] becomes first[k] Z[k] + second[k] conj(Z[-k]).
    4: multiply it by c, Z[k] becomes first[k] Z[k].  8: transform back, times `length`.
    16: before all that, z[j] becomes x[2j] + i x[2j+1] of the row, then zeros.  32: after it, the row of y is taken
    from z in the same way.  x, y: (parts, batch, numbers), parts = 1 or, for double-double, 2.  planes: z as a table.
    64, 128: the same for complex rows, x, y: (2 parts, batch, numbers), real parts and then imaginary parts.
    The transform leaves bit-reversed order, in which the partner of s + d is 2 s - 1 - d for s = 2^i > d, and 0 and 1
    are their own.
    """
    log = 0
    while 1 << log < length:
        log += 1
    odd = log % 2
    top = log - odd
    size, inner_log = 1 << top, top
    while size > BLOCK:
        size, inner_log = size // 4, inner_log - 2
    half = length // 2
    parts = planes.shape[0] // 2
    for row in range(x.shape[1] if stages & 80 else 1):
        if stages & 64:
            n = x.shape[2]
            for plane in range(2 * parts):
                real, given = planes[plane], x[plane, row]
                for j in range(n):
                    real[j] = given[j]
                for j in range(n, length):
                    real[j] = 0
        if stages & 16:
            n = x.shape[2]
            for part in range(parts):
                real, imag, given = planes[part], planes[parts + part], x[part, row]
                for j in range(n // 2):
                    real[j] = given[2 * j]
                    imag[j] = given[2 * j + 1]
                for j in range(n // 2, length):
                    real[j] = 0
                    imag[j] = 0
                if n % 2:
                    real[n // 2] = given[n - 1]
        if stages & 1:
            if odd:
                o = offsets[log - 1]
                for j in range(0, half, 8):
                    forward_step2(z, w, j, half, o + j)
            for level in range(top, inner_log, -2):
                q, o = 1 << (level - 2), offsets[level - 2]
                for start in range(0, length, 4 * q):
                    for j in range(0, q, 8):
                        forward_step(z, w, start + j, q, o + j)
            for block in range(0, length, size):
                for level in range(inner_log, 4, -2):
                    q, o = 1 << (level - 2), offsets[level - 2]
                    for start in range(block, block + size, 4 * q):
                        for j in range(0, q, 8):
                            forward_step(z, w, start + j, q, o + j)
                for start in range(block, block + size, 16):
                    forward_step_short(z, w, start, 4, offsets[2])
                    forward_last(z, start)
        if stages & 2:
            combine_alone(z, c, 0)
            combine_alone(z, c, 1)
            s = 2
            while s < length:
                if s < 16:
                    for d in range(s // 2):
                        combine_one(z, c, s + d, 2 * s - 1 - d)
                else:
                    for d in range(0, s // 2, 8):
                        combine_step(z, c, s + d, 2 * s - 8 - d)
                s *= 2
        if stages & 4:
            for p in range(0, length, 8):
                scale_step(z, c, p)
        if stages & 8:
            for block in range(0, length, size):
                for start in range(block, block + size, 16):
                    backward_first(z, start)
                    backward_step_short(z, w, start, 4, offsets[2])
                for level in range(6, inner_log + 1, 2):
                    q, o = 1 << (level - 2), offsets[level - 2]
                    for start in range(block, block + size, 4 * q):
                        for j in range(0, q, 8):
                            backward_step(z, w, start + j, q, o + j)
            for level in range(inner_log + 2, top + 1, 2):
                q, o = 1 << (level - 2), offsets[level - 2]
                for start in range(0, length, 4 * q):
                    for j in range(0, q, 8):
                        backward_step(z, w, start + j, q, o + j)
            if odd:
                o = offsets[log - 1]
                for j in range(0, half, 8):
                    backward_step2(z, w, j, half, o + j)
        if stages & 32:
            n = y.shape[2]
            for part in range(parts):
                real, imag, taken = planes[part], planes[parts + part], y[part, row]
                for j in range(n // 2):
                    taken[2 * j] = real[j]
                    taken[2 * j + 1] = imag[j]
                if n % 2:
                    taken[n - 1] = real[n // 2]
        if stages & 128:
            for plane in range(2 * parts):
                real, taken = planes[plane], y[plane, row]
                for j in range(y.shape[2]):
                    taken[j] = real[j]
