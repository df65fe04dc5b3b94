# mypy: disable-error-code="no-untyped-def,assignment,no-untyped-call"
"""Contiguous arrays of numbers in compiled code, and sums of products in the order of the dense kernels.

Line            an array of floats or double-double numbers, read and written a vector at a time
Pair            two such arrays, real and imaginary parts
lines           the code of a step over arrays
Partial         the sum of a block of products, as dense.py makes it
add_block, plus_block, store_block, subtract_block      steps that sum a block of products
total           a sum of numbers in order
clear, copy     zeros; numbers moved

The functions of Line write the instructions of one vector; `lines` makes an intrinsic of them.
"""

from __future__ import annotations

from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from ldrtheory.reference.kernels.vectors import AccurateWides, Complexes, Floats, contiguous, two_sum

LANES = 8


class Line:
    """The numbers of a contiguous array in order: floats, or, with three axes, high parts and then low parts."""

    def __init__(self, context, builder, argument, array_type, lanes):
        self.builder, self.lanes = builder, lanes
        array = contiguous(context, builder, argument, array_type)
        self.element = context.get_data_type(array_type.dtype)
        self.align = context.get_abi_alignment(self.element)
        self.data, self.vector = array.data, ir.VectorType(self.element, lanes)
        self.kind = AccurateWides if array_type.ndim == 3 else Floats
        self.plane = builder.udiv(array.nitems, array.nitems.type(2))

    def _place(self, index, part):
        return self.builder.gep(self.data, [self.builder.add(index, self.plane) if part else index])

    def _address(self, index, part):
        return self.builder.bitcast(self._place(index, part), ir.PointerType(self.vector))

    def read(self, index):
        """Return the numbers at index, index + 1, ..."""
        parts = range(self.kind.parts)
        values = [self.builder.load(self._address(index, part), align=self.align) for part in parts]
        return self.kind(self.builder, *values)

    def spread(self, index):
        """Return the number at index, in every lane."""
        builder, whole = self.builder, ir.VectorType(ir.IntType(32), self.lanes)
        empty, first = ir.Constant(self.vector, ir.Undefined), ir.IntType(32)(0)
        values = []
        for part in range(self.kind.parts):
            scalar = builder.load(self._place(index, part), align=self.align)
            lane = builder.insert_element(empty, scalar, first)
            values.append(builder.shuffle_vector(lane, lane, ir.Constant(whole, [0] * self.lanes)))
        return self.kind(builder, *values)

    def zero(self):
        """Return zero in every lane."""
        none = ir.Constant(self.vector, [0.0] * self.lanes)
        return self.kind(self.builder, *[none] * self.kind.parts)

    def write(self, index, number):
        """Store numbers at index, index + 1, ..."""
        for part, value in enumerate(number.values):
            self.builder.store(value, self._address(index, part), align=self.align)

    def exchanged(self, number, flip):
        """Return the number whose lane i is lane i XOR flip of the given one."""
        lanes = [i ^ flip for i in range(self.lanes)]
        mask = ir.Constant(ir.VectorType(ir.IntType(32), self.lanes), lanes)
        return self.kind(self.builder, *(self.builder.shuffle_vector(v, v, mask) for v in number.values))

    def signed(self, number, signs):
        """Return the number with its lanes multiplied by 1 or -1."""
        factor = ir.Constant(self.vector, list(map(float, signs)))
        return self.kind(self.builder, *(self.builder.fmul(v, factor) for v in number.values))


class Pair:
    """Complex numbers in two arrays, of real and of imaginary parts."""

    def __init__(self, real, imag):
        self.real, self.imag = real, imag

    def read(self, index):
        """Return the numbers at index, index + 1, ..."""
        return Complexes(self.real.read(index), self.imag.read(index))

    def write(self, index, number):
        """Store numbers at index, index + 1, ..."""
        self.real.write(index, number.real)
        self.imag.write(index, number.imag)

    def exchanged(self, number, flip):
        """Return the number whose lane i is lane i XOR flip of the given one."""
        return Complexes(self.real.exchanged(number.real, flip), self.imag.exchanged(number.imag, flip))


def lines(work, count, lanes=LANES):
    """Return the code of `work` on that many arrays, or pairs of arrays, and then integers."""

    def build(context, builder, signature, arguments):
        given: list[Line | Pair] = []
        for array, kind in zip(arguments[:count], signature.args):
            if isinstance(kind, types.UniTuple):
                parts = [builder.extract_value(array, k) for k in range(2)]
                given.append(Pair(*(Line(context, builder, part, kind.dtype, lanes) for part in parts)))
            else:
                given.append(Line(context, builder, array, kind, lanes))
        work(builder, *given, *arguments[count:])
        return context.get_dummy_value()

    return build


class Partial:
    """0 + a_1 f_1 + a_2 f_2 + ...; in double-double the high parts by two_sum, and all errors as doubles."""

    def __init__(self, builder, line):
        self.builder, self.line, self.wide = builder, line, line.kind.parts == 2
        self.slots = [cgutils.alloca_once_value(builder, v) for v in line.zero().values]
        for slot, value in zip(self.slots, line.zero().values):
            builder.store(value, slot)

    def _held(self):
        return [Floats(self.builder, self.builder.load(slot)) for slot in self.slots]

    def add(self, a, f):
        """Add the product of two numbers."""
        if self.wide:
            (ah, al), (fh, fl), (high, low) = a._floats(), f._floats(), self._held()
            p = ah * fh
            e = ah.fma(fl, al.fma(fh, ah.fma(fh, -p)))
            s, c = two_sum(high, p)
            made = s, low + (c + e)
        else:
            made = (self._held()[0] + a * f,)
        for slot, value in zip(self.slots, made):
            self.builder.store(value.value, slot)

    def number(self):
        """Return the sum."""
        held = self._held()
        return self.line.kind(self.builder, *(v.value for v in (two_sum(*held) if self.wide else held)))


def _block(builder, A, x, a, stride, i, count, read):
    """The sum over t < count of A[a + t stride] x[i + t s], s = stride but 1 where x is spread."""
    partial = Partial(builder, A)
    with cgutils.for_range(builder, count) as loop:
        step = builder.mul(loop.index, stride)
        partial.add(
            A.read(builder.add(a, step)), read(builder.add(i, loop.index if read == x.spread else step))
        )
    return partial.number()


def _add_block(builder, A, x, y, a, stride, i, count, j):
    y.write(j, y.read(j) + _block(builder, A, x, a, stride, i, count, x.spread))


def _plus_block(builder, A, x, y, a, stride, i, count, j):
    y.write(j, y.read(j) + (y.zero() + _block(builder, A, x, a, stride, i, count, x.spread)))


def _subtract_block(builder, A, x, y, a, stride, i, count, j):
    y.write(j, y.read(j) - _block(builder, A, x, a, stride, i, count, x.spread))


def _store_block(builder, A, x, y, a, stride, i, count, j):
    y.write(j, _block(builder, A, x, a, stride, i, count, x.read))


def _total(builder, x, y, i, count, j):
    slots = [cgutils.alloca_once_value(builder, v) for v in y.zero().values]
    for slot, value in zip(slots, y.zero().values):
        builder.store(value, slot)
    with cgutils.for_range(builder, count) as loop:
        held = y.kind(builder, *map(builder.load, slots)) + x.read(builder.add(i, loop.index))
        for slot, value in zip(slots, held.values):
            builder.store(value, slot)
    y.write(j, y.kind(builder, *map(builder.load, slots)))


def _clear(builder, y, j):
    y.write(j, y.zero())


def _copy(builder, x, y, i, j):
    y.write(j, x.read(i))


@intrinsic
def add_block(typing_context, A, x, y, a, stride, i, count, j):
    """y[j] + the sum over t < count of A[a + t stride] x[i + t], for the vectors at j and a."""
    return types.void(A, x, y, a, stride, i, count, j), lines(_add_block, 3)


@intrinsic
def plus_block(typing_context, A, x, y, a, stride, i, count, j):
    """y[j] + (0 + the sum over t < count of A[a + t stride] x[i + t]), for the vectors at j and a."""
    return types.void(A, x, y, a, stride, i, count, j), lines(_plus_block, 3)


@intrinsic
def subtract_block(typing_context, A, x, y, a, stride, i, count, j):
    """y[j] - the sum over t < count of A[a + t stride] x[i + t], for the vectors at j and a."""
    return types.void(A, x, y, a, stride, i, count, j), lines(_subtract_block, 3)


@intrinsic
def store_block(typing_context, A, x, y, a, stride, i, count, j):
    """y[j] becomes the sum over t < count of A[a + t stride] x[i + t stride], for the vectors at j, a and i."""
    return types.void(A, x, y, a, stride, i, count, j), lines(_store_block, 3)


@intrinsic
def total(typing_context, x, y, i, count, j):
    """The number y[j] becomes 0 + x[i] + x[i + 1] + ..., `count` of them."""
    return types.void(x, y, i, count, j), lines(_total, 2, 1)


@intrinsic
def clear(typing_context, y, j):
    return types.void(y, j), lines(_clear, 1)


@intrinsic
def copy(typing_context, x, y, i, j):
    return types.void(x, y, i, j), lines(_copy, 2)


@intrinsic
def copy_one(typing_context, x, y, i, j):
    return types.void(x, y, i, j), lines(_copy, 2, 1)
