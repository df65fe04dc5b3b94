# mypy: disable-error-code="no-untyped-def,assignment,no-untyped-call"
"""Short vectors in compiled code: numbers with + - * that write the instructions, lane by lane and strict.

Floats          a vector of doubles
Wides           a vector of double-double numbers
Complexes       a pair of either
Table           rows of one array that hold complex numbers
transposed      four vectors of four lanes, rows and columns exchanged

A loop over an array is vectorised by the compiler only where it can tell that stores touch no later load; these say it.
Nothing is contracted or reordered.
"""

from __future__ import annotations

from llvmlite import ir  # type: ignore[import-untyped]

DOUBLE = ir.DoubleType()


class Floats:
    """A vector of doubles; parts: how many rows of a table one number takes."""

    parts = 1

    def __init__(self, builder, *values):
        self.builder, (self.value,) = builder, values

    @property
    def values(self):
        return (self.value,)

    def __add__(self, other):
        return Floats(self.builder, self.builder.fadd(self.value, other.value))

    def __sub__(self, other):
        return Floats(self.builder, self.builder.fsub(self.value, other.value))

    def __mul__(self, other):
        return Floats(self.builder, self.builder.fmul(self.value, other.value))

    def fma(self, other, third):
        """Return self other + third, rounded once."""
        given = [x.value for x in (self, other, third)]
        module, kind = self.builder.module, self.value.type
        name = f"llvm.fma.v{kind.count}f64"
        function = module.globals.get(name)
        if function is None:
            function = ir.Function(module, ir.FunctionType(kind, [kind] * 3), name)
        return Floats(self.builder, self.builder.call(function, given))

    def __neg__(self):
        return Floats(self.builder, self.builder.fneg(self.value))


def contiguous(context, builder, argument, array_type):
    """Return the structure of an array; an array of any other layout is refused when the kernel is compiled."""
    if array_type.layout != "C":
        raise TypeError(f"kernels take contiguous arrays, not layout {array_type.layout}")
    return context.make_array(array_type)(context, builder, argument)


def two_sum(a, b):
    s = a + b
    t = s - a
    return s, (a - (s - t)) + (b - t)


def quick_two_sum(a, b):
    s = a + b
    return s, b - (s - a)


class Wides:
    """A vector of double-double numbers.

    Sums: |error| at most 3 u^2 (|a| + |b|), which is what norms need (Joldes et al. 2017, SloppyDWPlusDW).
    Products: relative error at most 5 u^2 (DWTimesDW2).
    """

    parts = 2

    def __init__(self, builder, high, low):
        self.builder, self.high, self.low = builder, high, low

    @property
    def values(self):
        return self.high, self.low

    def _floats(self):
        return Floats(self.builder, self.high), Floats(self.builder, self.low)

    def _made(self, pair):
        return type(self)(self.builder, pair[0].value, pair[1].value)

    def __add__(self, other):
        (ah, al), (bh, bl) = self._floats(), other._floats()
        s, e = two_sum(ah, bh)
        return self._made(quick_two_sum(s, e + (al + bl)))

    def __sub__(self, other):
        return self + -other

    def __mul__(self, other):
        (ah, al), (bh, bl) = self._floats(), other._floats()
        p = ah * bh
        e = ah.fma(bh, -p)
        return self._made(quick_two_sum(p, e + ah.fma(bl, al * bh)))

    def __neg__(self):
        high, low = self._floats()
        return self._made((-high, -low))


class AccurateWides(Wides):
    """A vector of double-double numbers whose sums have a relative error of at most 3 u^2 / (1 - 4 u)."""

    def __add__(self, other):
        (ah, al), (bh, bl) = self._floats(), other._floats()
        s, e = two_sum(ah, bh)
        t, f = two_sum(al, bl)
        v, w = quick_two_sum(s, e + t)
        return self._made(quick_two_sum(v, f + w))


class Complexes:
    """A vector of complex numbers."""

    def __init__(self, real, imag):
        self.real, self.imag = real, imag

    def __add__(self, other):
        return Complexes(self.real + other.real, self.imag + other.imag)

    def __sub__(self, other):
        return Complexes(self.real - other.real, self.imag - other.imag)

    def __mul__(self, other):
        a, b, c, d = self.real, self.imag, other.real, other.imag
        return Complexes(a * c - b * d, a * d + b * c)

    def conj_times(self, other):
        """Return self times the conjugate of other."""
        a, b, c, d = self.real, self.imag, other.real, other.imag
        return Complexes(a * c + b * d, b * c - a * d)

    def times_i(self):
        return Complexes(-self.imag, self.real)

    def over_i(self):
        return Complexes(self.imag, -self.real)


class Table:
    """An array whose rows are the parts of complex numbers: real (and its low part), imaginary (and its low part)."""

    def __init__(self, context, builder, kind, argument, array_type, lanes):
        array = contiguous(context, builder, argument, array_type)
        self.builder, self.kind, self.lanes = builder, kind, lanes
        self.data, self.length = array.data, builder.extract_value(array.shape, array_type.ndim - 1)
        self.pointer = ir.PointerType(ir.VectorType(DOUBLE, lanes))

    def _address(self, row, index):
        place = self.builder.add(self.builder.mul(self.length, self.length.type(row)), index)
        return self.builder.bitcast(self.builder.gep(self.data, [place]), self.pointer)

    def _read(self, row, index, backwards):
        value = self.builder.load(self._address(row, index), align=8)
        return self.reversed(value) if backwards else value

    def reversed(self, value):
        """Return the lanes in opposite order."""
        lanes = list(reversed(range(self.lanes)))
        mask = ir.Constant(ir.VectorType(ir.IntType(32), self.lanes), lanes)
        return self.builder.shuffle_vector(value, value, mask)

    def read(self, index, row=0, backwards=False):
        """Return the complex numbers index, index + 1, ... of the number in row `row`."""
        parts = self.kind.parts
        first = 2 * parts * row
        values = [self._read(first + k, index, backwards) for k in range(2 * parts)]
        return Complexes(self.kind(self.builder, *values[:parts]), self.kind(self.builder, *values[parts:]))

    def write(self, index, number, backwards=False):
        """Store complex numbers at index, index + 1, ..."""
        for k, value in enumerate((*number.real.values, *number.imag.values)):
            stored = self.reversed(value) if backwards else value
            self.builder.store(stored, self._address(k, index), align=8)


def transposed(builder, kind, numbers):
    """Return four complex vectors of four lanes with lanes and vectors exchanged."""
    rows = [(*z.real.values, *z.imag.values) for z in numbers]
    columns = [_transposed4(builder, [row[k] for row in rows]) for k in range(2 * kind.parts)]
    parts = kind.parts
    return [
        Complexes(
            kind(builder, *(columns[k][i] for k in range(parts))),
            kind(builder, *(columns[k][i] for k in range(parts, 2 * parts))),
        )
        for i in range(4)
    ]


def _transposed4(builder, rows):
    def shuffle(a, b, lanes):
        return builder.shuffle_vector(a, b, ir.Constant(ir.VectorType(ir.IntType(32), 4), lanes))

    a, b, c, d = rows
    low, high = [0, 4, 1, 5], [2, 6, 3, 7]
    ab, AB, cd, CD = shuffle(a, b, low), shuffle(a, b, high), shuffle(c, d, low), shuffle(c, d, high)
    first, second = [0, 1, 4, 5], [2, 3, 6, 7]
    return [shuffle(ab, cd, first), shuffle(ab, cd, second), shuffle(AB, CD, first), shuffle(AB, CD, second)]
