"""Decide certificates about structured matrices: `python -I -O checker.py CERT... [--subject FILE] [--json]`.

This program uses the Python standard library and nothing else, so that it can be read in one sitting and run by anybody.
docs/certificate-format.md is the normative description of everything it decides; the theorems it relies on are proved there.
Every statement is established or refused: whatever is not foreseen here raises, and whatever raises is no acceptance.

Names used throughout:
  element      a field element as a list of phi coefficients of 1, zeta, ..., zeta^(phi-1); phi = 1 for Q and GF(p)
  packed row   a row of n integers v_0 ... v_(n-1) as the one integer sum v_j X^j, X = 256^(bytes of a slot), entries may be
               negative; a row of elements is a list of phi packed rows, so Field.times serves elements and rows alike
  Matrix       rows of integer elements, each row over a denominator of its own, with a bound on the size of its integers
  Residual     A M - M B or M - A M B; its rows are scaled by positive integers, which leaves the rank as it is
"""

import argparse
import functools
import hashlib
import json
import math
import os
import re
import stat
import struct
import sys
from fractions import Fraction

FORMAT = "ldrtheory-certificate/1"
MAX_FILE = 1 << 33  # bytes of any file read
MAX_INTEGER = 1 << 53  # JSON integers beyond this are not portable; larger ones are hexadecimal strings
MAX_CYCLOTOMIC = 1024  # the largest N of Q(zeta_N)


class Unreadable(Exception):
    """The text is not a certificate of this format, or a file it names cannot be had or read."""


class Rejected(Exception):
    """The certificate is well formed, but a statement in it is not established."""


# ---- JSON -----------------------------------------------------------------------------------------------------------


def _distinct(pairs):
    data = dict(pairs)
    if len(data) != len(pairs):
        raise Unreadable("a JSON object has a key twice")
    return data


def _no_float(text):
    raise Unreadable(
        f"the number {text[:40]} is not an integer; exact numbers are integers or hexadecimal strings"
    )


def _integer(text):
    if len(text) > 4300:
        raise Unreadable(f"a decimal integer of {len(text)} digits; beyond 4300 write it in hexadecimal")
    return int(text)


def _float(text):
    value = float(text)
    if not math.isfinite(value):
        raise Unreadable(f"the number {text[:40]} is beyond float64")
    return value


def _constant(text):
    raise Unreadable(f"{text} is not a number")


def parse_json(data, what, floats=_no_float):
    try:
        return json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_distinct,
            parse_float=floats,
            parse_int=_integer,
            parse_constant=_constant,
        )
    except UnicodeDecodeError:
        raise Unreadable(f"{what} is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise Unreadable(
            f"{what} is not JSON: {error.msg} at line {error.lineno}, column {error.colno}"
        ) from None
    except RecursionError:
        raise Unreadable(f"{what} is nested too deeply") from None


def keys(data, what, required, optional=""):
    """The object itself, if it has the required keys and no other than these and the optional ones."""
    if type(data) is not dict:
        raise Unreadable(f"{what} is not a JSON object")
    for name in data:
        if name not in f"{required} {optional}".split():
            raise Unreadable(f"{what} has an unknown key {name[:40]!r}")
    for name in required.split():
        if name not in data:
            raise Unreadable(f"{what} lacks the key {name!r}")
    return data


def array(data, what, length=None):
    if type(data) is not list:
        raise Unreadable(f"{what} is not a JSON array")
    if length is not None and len(data) != length:
        raise Rejected(f"{what} has {len(data)} items, not {length}")
    return data


def integer(x, what, least=0):
    if type(x) is not int or not least <= x < MAX_INTEGER:
        raise Unreadable(f"{what} is not an integer from {least} on, below 2^53")
    return x


def text(x, what):
    if type(x) is not str:
        raise Unreadable(f"{what} is not a string")
    return x


def one_of(x, what, known):
    if type(x) is not str or x not in known:
        raise Unreadable(f"unknown {what} {str(x)[:40]!r}; known: {', '.join(known)}")
    return x


def indices(data, what, limit):
    """Distinct integers from 0 to limit - 1."""
    chosen = [integer(x, f"an entry of {what}") for x in array(data, what)]
    if len(set(chosen)) != len(chosen):
        raise Rejected(f"{what} names an index twice")
    if any(x >= limit for x in chosen):
        raise Rejected(f"{what} names an index beyond {limit - 1}")
    return chosen


HEXADECIMAL = re.compile("(-?)0x([0-9a-f]+)(?:/0x([0-9a-f]+))?")


def rational(x):
    """The number that certificate data denote: an integer below 2^53 in size, or a string such as -0x7/0x5."""
    if type(x) is int and -MAX_INTEGER < x < MAX_INTEGER:
        return Fraction(x)
    match = HEXADECIMAL.fullmatch(x) if type(x) is str else None
    if match is None:
        raise Unreadable(
            f"{str(x)[:40]!r} is not a number; an integer below 2^53 or a string such as '-0x7/0x5' is"
        )
    below = int(match[3] or "1", 16)
    if below == 0:
        raise Unreadable(f"{x[:40]!r} divides by zero")
    return Fraction(int(match[1] + match[2], 16), below)


# ---- fields ---------------------------------------------------------------------------------------------------------


def is_prime(p):
    """Miller-Rabin with the first 12 primes as bases: no composite below 3.3 * 10^24 passes (Sorenson and Webster 2015)."""
    bases = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)
    if p < 2 or any(p % b == 0 for b in bases):
        return p in bases
    odd, twos = p - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for b in bases:
        powers = [pow(b, odd << k, p) for k in range(twos)]
        if powers[0] != 1 and p - 1 not in powers:
            return False
    return True


def prime(x, what):
    if not (x.denominator == 1 and x < 1 << 64 and is_prime(int(x))):
        raise Rejected(f"{what} is not a prime below 2^64")
    return int(x)


@functools.lru_cache(maxsize=None)
def cyclotomic(N):
    """The coefficients of the N-th cyclotomic polynomial, constant first: x^N - 1 over those of the proper divisors of N."""
    rest = [-1] + [0] * (N - 1) + [1]
    for d in range(1, N):
        if N % d == 0:
            divisor, quotient = cyclotomic(d), []
            while len(rest) >= len(divisor):  # the leading coefficients are 1, so that this is exact
                quotient.insert(0, rest[-1])
                low = len(rest) - len(divisor)
                rest = [x - rest[-1] * divisor[k - low] if k >= low else x for k, x in enumerate(rest)][:-1]
            rest = quotient
    return rest


class Field:
    """Q, Q(zeta_N) or GF(p); p is 0 but for GF(p)."""

    def __init__(self, name):
        match = re.fullmatch(
            r"Q|Q\(zeta_([1-9][0-9]{0,3})\)|GF\(([1-9][0-9]{0,19})\)", text(name, "the field")
        )
        if match is None or int(match[1] or 1) > MAX_CYCLOTOMIC:
            raise Unreadable(
                f"unknown field {name[:40]!r}; known: Q, Q(zeta_N) with N <= {MAX_CYCLOTOMIC}, GF(p)"
            )
        self.name, self.N = name, int(match[1] or 1)
        self.p = prime(int(match[2]), "the size of the field") if match[2] else 0
        self.modulus = cyclotomic(self.N)
        self.phi = len(self.modulus) - 1
        self.one = [1] + [0] * (self.phi - 1)
        self.root = " root" if self.phi > 1 else ""  # the key that evidence modulo a prime has in addition
        # |xy| <= growth |x| |y| for the largest coefficient |.|: the coefficient t of the product of the polynomials
        # has at most phi summands, and zeta^t has the coefficients power(t).
        powers = [self.power(t) for t in range(2 * self.phi - 1)]
        self.growth = self.phi * max(sum(abs(x[k]) for x in powers) for k in range(self.phi))

    def fold(self, coefficients):
        """Reduce a polynomial in zeta modulo the cyclotomic polynomial."""
        c = list(coefficients)
        for k in range(len(c) - 1, self.phi - 1, -1):
            if c[k]:
                for j in range(self.phi):
                    c[k - self.phi + j] -= c[k] * self.modulus[j]
        return c[: self.phi]

    def power(self, t):
        """The element zeta^t."""
        return self.fold([0] * t + self.one)

    def times(self, x, y):
        if self.phi == 1:
            return [x[0] * y[0]]
        c = [0] * (2 * self.phi - 1)
        for i, a in enumerate(x):
            if a:
                for j, b in enumerate(y):
                    c[i + j] += a * b
        return self.fold(c)

    def element(self, x):
        """The element that certificate data denote, with Fraction coefficients."""
        if self.phi > 1 and type(x) is list:
            return [rational(c) for c in array(x, "an element", self.phi)]
        value = rational(x)
        if self.p and not (value.denominator == 1 and 0 <= value < self.p):
            raise Unreadable(f"{value} is not an integer from 0 to {self.p - 1}")
        return [value] + [Fraction(0)] * (self.phi - 1)

    def complex(self, real, imaginary):
        """real + imaginary i with i = zeta^(N/4)."""
        if not imaginary:
            return [real] + [real * 0] * (self.phi - 1)
        if self.N % 4:
            raise Rejected(f"the subject has complex entries, which are not in {self.name}")
        x = [c * imaginary for c in self.power(self.N // 4)]
        return [x[0] + real, *x[1:]]

    def reduction(self, evidence):
        """A prime p, and a ring homomorphism to GF(p) from the elements whose denominators p does not divide."""
        p = prime(rational(evidence["prime"]), "the modulus")
        if self.p and p != self.p:
            raise Rejected(f"the modulus {p} is not the characteristic of {self.name}")
        z = int(rational(evidence.get("root", 0)))
        if self.phi > 1 and sum(c * pow(z, k, p) for k, c in enumerate(self.modulus)) % p:
            raise Rejected(f"{z} is no root of the cyclotomic polynomial modulo {p}")
        weights = [pow(z, k, p) for k in range(self.phi)]
        return p, lambda x: sum(c * w for c, w in zip(x, weights, strict=True)) % p


# ---- packed rows ----------------------------------------------------------------------------------------------------


class Slots:
    """The packing of rows of n integers of at most `bits` bits: v stands for sum v_j X^j with X = 256^size, |v_j| < X/4.

    Two rows whose entries are below X/2 in size are equal if and only if their packings are: the difference has entries
    below X in size, the lowest of which is 0 modulo X if the difference packs to 0, hence 0; and so on upwards.
    """

    def __init__(self, n, bits):
        self.n, self.size = n, (bits + 2) // 8 + 1
        self.bits = 8 * self.size
        self.ones = int.from_bytes((b"\1" + bytes(self.size - 1)) * n, "little")
        self.half = self.ones << (self.bits - 1)

    def pack(self, values):
        # two's complement with the top bit of every slot flipped is v_j + X/2
        raw = b"".join([v.to_bytes(self.size, "little", signed=True) for v in values])
        return (int.from_bytes(raw, "little") ^ self.half) - self.half

    def unpack(self, row):
        raw = ((row + self.half) ^ self.half).to_bytes(self.size * self.n, "little")
        steps = range(0, len(raw), self.size)
        return [int.from_bytes(raw[k : k + self.size], "little", signed=True) for k in steps]

    def entry(self, row, j):
        """v_j: the slots below j add up to less than X^j / 2 in size, so rounding to a multiple of X^j removes them."""
        above = (row + (1 << self.bits * j >> 1)) >> self.bits * j
        return ((above + (1 << self.bits - 1)) & ((1 << self.bits) - 1)) - (1 << self.bits - 1)

    def moved(self, row, offset):
        """The row w with w_j = v_(j - offset), and 0 where there is no such entry; the offset is -1, 0 or 1."""
        if offset == -1:
            return (row - self.entry(row, 0)) >> self.bits
        if offset == 1:
            return (row - (self.entry(row, self.n - 1) << self.bits * (self.n - 1))) << self.bits
        return row


class Matrix:
    """Entry (i, j) is the element whose coefficient t is values(i)[t][j] / dens[i]; no |values(i)[t][j]| exceeds bounds[i]."""

    def __init__(self, field, shape, dens, bounds, values, packed=None):
        self.field, self.shape, self.dens, self.bounds, self.values = field, shape, dens, bounds, values
        self.packed = packed or (lambda i, slots: [slots.pack(v) for v in values(i)])

    def scaled(self, i):
        """Row i as a list of elements with integer coefficients, dens[i] times the true ones."""
        return list(zip(*self.values(i), strict=True))


def matrix_of(field, rows, what="the matrix"):
    """The matrix with the given rows of elements."""
    width = len(rows[0]) if rows else 0
    dens, bounds, data = [], [], []
    for row in rows:
        if len(row) != width:
            raise Rejected(f"{what} has rows of {width} and of {len(row)} entries")
        den = math.lcm(*[c.denominator for x in row for c in x])
        data.append([[x[t].numerator * (den // x[t].denominator) for x in row] for t in range(field.phi)])
        dens.append(den)
        bounds.append(max((abs(c) for part in data[-1] for c in part), default=0))
    return Matrix(field, (len(rows), width), dens, bounds, data.__getitem__)


# ---- subjects -------------------------------------------------------------------------------------------------------

DTYPES = {  # numpy's names, and the letters of the struct module; "bf" is the upper half of a float32
    **{"b1": "B", "i1": "b", "u1": "B", "i2": "h", "u2": "H", "i4": "i", "u4": "I", "i8": "q", "u8": "Q"},
    **{"f2": "e", "f4": "f", "f8": "d", "c8": "f", "c16": "d", "bf": "H"},
}
TENSORS = {
    **{
        "BOOL": "b1",
        "I8": "i1",
        "U8": "u1",
        "I16": "i2",
        "U16": "u2",
        "I32": "i4",
        "U32": "u4",
        "I64": "i8",
        "U64": "u8",
    },
    **{"F16": "f2", "F32": "f4", "F64": "f8", "BF16": "bf", "C64": "c8"},
}
PRECISION = {
    "f2": (11, 24),
    "f4": (24, 149),
    "f8": (53, 1074),
    "c8": (24, 149),
    "c16": (53, 1074),
    "bf": (8, 133),
}
FLIP = bytes(x ^ 128 for x in range(256))


def whole_floats(x, shift):
    """The integers x_j 2^shift; the caller knows that they are integers."""
    if shift < 1023 and max(map(abs, x)) < 2.0 ** (
        1023 - shift
    ):  # so that x_j * 2.0^shift is finite and hence exact
        factor = 2.0**shift
        return [int(v * factor) for v in x]
    return [a * (1 << shift) // b for a, b in map(float.as_integer_ratio, x)]


def numeric(field, data, shape, dtype, order="<", columns_first=False):
    """The matrix stored in `data`, numbers of the given type row after row (or column after column)."""
    (m, n), letter, parts = shape, DTYPES[dtype], 2 if dtype[0] == "c" else 1
    size = parts * struct.calcsize("<" + letter)
    if len(data) != m * n * size:
        raise Unreadable(f"{m} x {n} numbers of {size} bytes are announced, {len(data)} bytes follow")

    def line(i):
        if columns_first:
            return b"".join([data[k : k + size] for k in range(i * size, len(data), m * size)])
        return data[i * n * size : (i + 1) * n * size]

    def numbers(i):
        x = struct.unpack(f"{order}{parts * n}{letter}", line(i))
        return struct.unpack(f"<{n}f", struct.pack(f"<{n}I", *[v << 16 for v in x])) if dtype == "bf" else x

    def values(i):
        x = whole_floats(numbers(i), shifts[i]) if dtype in PRECISION else numbers(i)
        if parts == 1:
            return [x] + [[0] * n] * (field.phi - 1)
        return list(zip(*map(field.complex, x[::2], x[1::2]), strict=True))

    def packed(i, slots):
        # |v| < 2^(8k-1), or k is the full size: the k low bytes, the sign bit flipped, are v + 2^(8k-1)
        k = min(size, bounds[i].bit_length() // 8 + 1)
        raw, out = line(i), bytearray(slots.size * n)
        for b in range(k):
            out[b :: slots.size] = raw[b::size]
        if letter.isupper():
            return [int.from_bytes(out, "little")] + [0] * (field.phi - 1)
        out[k - 1 :: slots.size] = raw[k - 1 :: size].translate(FLIP)
        return [int.from_bytes(out, "little") - (slots.ones << 8 * k - 1)] + [0] * (field.phi - 1)

    shifts, bounds = [], []
    for i in range(m):
        x = numbers(i)
        if dtype not in PRECISION:
            if dtype == "b1" and max(x) > 1 or field.p and not 0 <= min(x) <= max(x) < field.p:
                raise Unreadable(f"row {i} of the subject has an entry outside of its type or field")
            bounds.append(max(max(x), -min(x)))
            continue
        if field.p or not all(map(math.isfinite, x)):
            raise Unreadable(
                f"row {i} of the subject has a floating-point number that is no number of {field.name}"
            )
        bounds.append(max(map(abs, x)))
        # A nonzero float in [2^(e-1), 2^e) is a multiple of 2^(e-precision), as are all larger ones; and all floats are
        # multiples of the least positive one, 2^(-lowest).
        precision, lowest = PRECISION[dtype]
        exponent = math.frexp(min(map(abs, filter(None, x)), default=1.0))[1]
        shifts.append(max(0, min(precision - exponent, lowest)))
    if dtype not in PRECISION:
        return Matrix(
            field, shape, [1] * m, bounds, values, None if columns_first or order != "<" else packed
        )
    if max(shifts) - min(shifts) <= 64:  # one scale for all rows, unless that wastes much
        shifts = [max(shifts)] * m
    unit = sum(map(abs, field.power(field.N // 4)))
    bounds = [
        (whole_floats([b], s)[0]) * (unit + 1 if parts == 2 else 1)
        for b, s in zip(bounds, shifts, strict=True)
    ]
    return Matrix(field, shape, [1 << s for s in shifts], bounds, values)


NPY = re.compile(
    rb"\{'descr': '([<>|])(\w+)', 'fortran_order': (True|False), 'shape': \(([0-9]{1,15}), ([0-9]{1,15})\), ?\} *\n"
)


def read_npy(field, data):
    start = 10 if data[6] == 1 else 12
    length = int.from_bytes(data[8:start], "little")
    match = NPY.fullmatch(data[start : start + length])
    if match is None:
        raise Unreadable("the NPY header is not that of a matrix")
    order, dtype = match[1].decode(), match[2].decode()
    if dtype not in DTYPES or dtype == "bf":
        raise Unreadable(f"the NPY file stores {dtype!r}; readable: {', '.join(DTYPES)}")
    shape = int(match[4]), int(match[5])
    return numeric(
        field, data[start + length :], shape, dtype, ">" if order == ">" else "<", match[3] == b"True"
    )


def read_safetensors(field, data, name):
    length = int.from_bytes(data[:8], "little")
    if len(data) < 8 + length:
        raise Unreadable(f"the safetensors header announces {length} bytes, {len(data)} are there")
    header = parse_json(data[8 : 8 + length], "the safetensors header")
    if type(header) is not dict or name not in header:
        raise Unreadable(f"the safetensors file has no tensor {name[:40]!r}")
    entry = keys(header[name], "a tensor", "dtype shape data_offsets")
    dtype = TENSORS[one_of(entry["dtype"], "tensor type", TENSORS)]
    first, last = [integer(x, "an offset") for x in array(entry["data_offsets"], "data_offsets", 2)]
    if not first <= last <= len(data) - 8 - length:
        raise Unreadable(f"the tensor's bytes {first} to {last} are not in the file")
    return numeric(field, data[8 + length + first : 8 + length + last], shape_of(entry["shape"]), dtype)


def shape_of(data):
    m, n = [integer(x, "a size", 1) for x in array(data, "the shape", 2)]
    return m, n


REAL = r"(?:0x[0-9a-f]+(?:/0x[0-9a-f]+)?|[0-9]+/[0-9]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?)"
COMPLEX = re.compile(rf"(?:([+-]?{REAL})(?=[+-]|\Z))?(?:([+-]?(?:{REAL})?)[ij])?")


def exact(string):
    """The rational number that an exact string denotes."""
    sign, body = (-1 if string[0] == "-" else 1), string.lstrip("+-")
    top, slash, bottom = body.partition("/")
    try:
        return sign * (Fraction(int(top, 16), int(bottom or "1", 16)) if body[:2] == "0x" else Fraction(body))
    except (ZeroDivisionError, ValueError):
        raise Unreadable(f"{string[:40]!r} divides by zero, or has more than 4300 decimal digits") from None


def read_json(field, data):
    """Rows, or {"field", "entries"}; an entry is an integer, a float64, an exact string or a list of coefficients."""
    data = parse_json(data, "the subject", _float)
    data = keys(data, "the subject", "entries", "field") if type(data) is dict else {"entries": data}
    named = data.get("field", "Q")
    if named != field.name and named not in ("Q", "Q(zeta_4)"):
        raise Rejected(f"the subject is over {str(named)[:40]}, the claim over {field.name}")

    def element(x):
        if type(x) in (int, float):
            x = [Fraction(x)] + [Fraction(0)] * (field.phi - 1)
        elif type(x) is list and named == field.name and field.phi > 1:
            x = [
                Fraction(c) if type(c) is int else exact(text(c, "a coefficient"))
                for c in array(x, "x", field.phi)
            ]
        else:
            match = COMPLEX.fullmatch(text(x, "an entry of the subject"))
            if not x or match is None:
                raise Unreadable(f"the subject has the entry {x[:40]!r}, which is not an exact number")
            real, imaginary = match.groups()
            imaginary = imaginary + "1" if imaginary in ("", "+", "-") else imaginary
            x = field.complex(exact(real or "0"), exact(imaginary or "0"))
        if field.p and not (x[0].denominator == 1 and 0 <= x[0] < field.p):
            raise Unreadable(f"the subject has an entry that is not an integer from 0 to {field.p - 1}")
        return x

    return matrix_of(
        field, [[element(x) for x in array(row, "a row")] for row in array(data["entries"], "entries")]
    )


class Case:
    """One certificate: where its subjects lie, what has been read, and its claims in words."""

    def __init__(self, path, given):
        self.folder, self.given, self.sentences = os.path.dirname(path), given, []
        self.file = functools.lru_cache(maxsize=None)(read_file)

    def subject(self, spec, field):
        """The matrix that a subject denotes, and its name for sentences."""
        if type(spec) is dict and "entries" in spec:
            rows = array(keys(spec, "the subject", "entries")["entries"], "the entries")
            matrix = matrix_of(field, [[field.element(x) for x in array(row, "a row")] for row in rows])
            name = "the given {} x {} matrix".format(*matrix.shape)
        else:
            keys(spec, "the subject", "file sha256 shape", "tensor")
            name, stated = text(spec["file"], "the file name"), text(spec["sha256"], "the sha256")
            if name in ("", ".", "..") or any(c in name for c in "/\\:\0"):
                raise Unreadable(
                    f"the file name {name[:80]!r} is not a bare name; subjects lie beside the certificate"
                )
            data = self.find(name, stated)
            if "tensor" in spec:
                matrix = read_safetensors(field, data, text(spec["tensor"], "the tensor name"))
                name = f"{name}:{spec['tensor']}"
            else:
                matrix = read_npy(field, data) if data[:6] == b"\x93NUMPY" else read_json(field, data)
            if shape_of(spec["shape"]) != matrix.shape:
                raise Rejected("the file has the shape {} x {}, not the stated one".format(*matrix.shape))
        if 0 in matrix.shape:
            raise Unreadable(f"{name} is empty")
        return matrix, name

    def find(self, name, stated):
        beside = os.path.join(self.folder, name)
        found = [p for p in [*self.given, beside] if os.path.exists(p)]
        for path in found:
            data, digest = self.file(path)
            if digest == stated:
                return data
        if not found:
            raise Unreadable(
                f"the subject {name[:80]!r} is not in the folder {self.folder or '.'!r}; give --subject FILE"
            )
        raise Rejected(f"the sha256 of {name[:80]!r} is not {stated[:64]}")


def read_file(path):
    """The bytes of a file and their sha256 in hexadecimal."""
    about = os.stat(path)
    if not stat.S_ISREG(about.st_mode) or about.st_size > MAX_FILE:
        raise Unreadable(f"{path} is not a regular file of at most {MAX_FILE} bytes")
    with open(path, "rb") as file:
        data = file.read(about.st_size)
    return data, hashlib.sha256(data).hexdigest()


# ---- operators ------------------------------------------------------------------------------------------------------

OPERATORS = {  # the required keys of each operator, and the optional ones
    **{"shift": ("corner", ""), "identity": ("", ""), "zero": ("", ""), "path": ("first last", "")},
    **{"diagonal": ("values", ""), "subdiagonal": ("values", ""), "dense": ("entries", "")},
    **{
        "tridiagonal": ("sub main super", "top_right bottom_left"),
        "blocks": ("blocks sizes", ""),
        "transpose": ("of", ""),
    },
}


class Operator:
    """The square matrix with ones on some of the diagonals j - i = -1, 0, 1, plus some entries (i, j, element)."""

    def __init__(self, spec, n, field):
        kind = one_of(spec.get("op") if type(spec) is dict else spec, "operator", OPERATORS)
        keys(spec, f"the operator {kind}", "op " + OPERATORS[kind][0], OPERATORS[kind][1])
        self.n, self.field, self.text, self.ones, entries, self.parts = n, field, kind, [], [], [self]

        def line(key, length):
            return [field.element(x) for x in array(spec[key], f"{key} of the operator {kind}", length)]

        if kind == "shift":
            self.ones, entries = [-1], [(0, n - 1, field.element(spec["corner"]))]
            self.text = f"shift({str(spec['corner'])[:40]})"
        elif kind == "identity":
            self.ones = [0]
        elif kind == "path":
            self.ones, first, last = [-1, 1], field.element(spec["first"]), field.element(spec["last"])
            entries = [(0, 0, first), (n - 1, n - 1, last)]
            self.text = f"path({str(spec['first'])[:40]}, {str(spec['last'])[:40]})"
        elif kind == "diagonal":
            entries = [(i, i, x) for i, x in enumerate(line("values", n))]
        elif kind == "subdiagonal":
            *values, corner = (
                line("values", n)
                if len(array(spec["values"], "values")) == n
                else [*line("values", n - 1), None]
            )
            entries = [(i + 1, i, x) for i, x in enumerate(values)] + (
                [] if corner is None else [(0, n - 1, corner)]
            )
        elif kind == "tridiagonal":
            entries = [(i + 1, i, x) for i, x in enumerate(line("sub", n - 1))]
            entries += [(i, i, x) for i, x in enumerate(line("main", n))]
            entries += [(i, i + 1, x) for i, x in enumerate(line("super", n - 1))]
            corners = [(0, n - 1, field.element(spec.get("top_right", 0)))]
            corners += [(n - 1, 0, field.element(spec.get("bottom_left", 0)))]
            if n < 3 and any(any(x) for _, _, x in corners):
                raise Rejected(f"a tridiagonal operator of size {n} has no room for corners")
            entries += corners
        elif kind == "dense":
            rows = [
                [field.element(x) for x in array(row, "a row", n)]
                for row in array(spec["entries"], "entries", n)
            ]
            entries = [(i, j, x) for i, row in enumerate(rows) for j, x in enumerate(row)]
        elif kind == "blocks":
            sizes = [integer(x, "a block size", 1) for x in array(spec["sizes"], "the block sizes")]
            array(spec["blocks"], "the blocks", len(sizes))
            if sum(sizes) != n:
                raise Rejected(f"the blocks have size {sum(sizes)} in all, not {n}")
            self.parts = []
            for size, block in zip(sizes, spec["blocks"], strict=True):
                inner = Operator(block, size, field)
                at = sum(part.n for part in self.parts)
                entries += [(at + i, at + j, x) for i, j, x in inner.triples()]
                self.parts += inner.parts
            self.text = f"blocks({', '.join(f'{part.text}' for part in self.parts)})"
        elif kind == "transpose":
            inner = Operator(spec["of"], n, field)
            self.ones, entries = [-s for s in inner.ones], [(j, i, x) for i, j, x in inner.entries]
            self.parts = [self] if inner.parts == [inner] else inner.parts
            self.text = f"{inner.text}^T"
        self.entries = [(i, j, x) for i, j, x in entries if any(x)]

    def triples(self):
        """All entries; those of the same place add up."""
        spots = [(i, i + s) for s in self.ones for i in range(self.n) if 0 <= i + s < self.n]
        return self.entries + [(i, j, self.field.one) for i, j in spots]

    def rows(self):
        """For every row its entries j -> element."""
        rows = [{} for _ in range(self.n)]
        for i, j, x in self.triples():
            rows[i][j] = [a + b for a, b in zip(x, rows[i].get(j, [0] * self.field.phi), strict=True)]
        return rows


class Residual:
    """L = A M - M B or M - A M B, row i scaled by the positive integer scales[i]; no coefficient exceeds `bound` in size."""

    def __init__(self, field, matrix, spec):
        self.field, self.matrix, self.shape = field, matrix, matrix.shape
        self.kind, self.left, self.right = operators(spec, matrix.shape, field)
        entries = self.right.entries
        self.below = math.lcm(*[c.denominator for _, _, x in entries for c in x])
        self.entries = [(k, j, [int(c * self.below) for c in x]) for k, j, x in entries]
        columns = [self.below * len(self.right.ones)] * self.right.n
        for _, j, x in self.entries:
            columns[j] += field.growth * max(map(abs, x))
        plans = [self.plan(i, row, max(columns)) for i, row in enumerate(self.left.rows())]
        self.terms, self.factors, self.scales, bounds = zip(*plans, strict=True)
        self.bound = max(*bounds, *matrix.bounds, 1)

    def plan(self, i, row, width):
        """Integers with  scale L_i = sum of c M'_k - factor M'_i B'  (Stein: factor M'_i - (sum of c M'_k) B'),

        where M'_k = dens[k] M_k and B' = below B are integers; `width` bounds the sum of |entries| of a column of B'.
        """
        dens, bounds = self.matrix.dens, self.matrix.bounds
        common = math.lcm(
            *[c.denominator * dens[k] for k, x in row.items() for c in x]
        )  # makes A_i M integers
        if self.kind == "sylvester":
            scale = math.lcm(common, dens[i] * self.below)
            factor, up = scale // (dens[i] * self.below), scale
        else:
            scale = math.lcm(dens[i], common * self.below)
            factor, up = scale // dens[i], scale // self.below
        terms = [(k, [int(c * (up // dens[k])) for c in x]) for k, x in row.items()]
        total = sum(self.field.growth * max(map(abs, c)) * bounds[k] for k, c in terms)
        bound = (
            total + factor * bounds[i] * width
            if self.kind == "sylvester"
            else factor * bounds[i] + total * width
        )
        return terms, factor, scale, bound

    def times_right(self, row, slots):
        """The packed row times B'."""
        result = [self.below * sum(slots.moved(x, s) for s in self.right.ones) for x in row]
        times, size = self.field.times, slots.bits
        if len(self.entries) <= 4:
            for k, j, c in self.entries:
                product = times(c, [slots.entry(x, k) for x in row])
                result = [r + (x << size * j) for r, x in zip(result, product, strict=True)]
            return result
        if self.entries:
            values = list(zip(*map(slots.unpack, row), strict=True))
            sums = [[0] * slots.n for _ in row]
            for k, j, c in self.entries:
                for part, x in zip(sums, times(c, values[k]), strict=True):
                    part[j] += x
            result = [r + slots.pack(part) for r, part in zip(result, sums, strict=True)]
        return result

    def rows(self, slots):
        """The function i -> row i, packed."""
        keep = 8 if len(self.left.entries) <= 4 * self.left.n else self.left.n
        source = functools.lru_cache(maxsize=keep)(lambda k: self.matrix.packed(k, slots))

        def row(i):
            product = [0] * self.field.phi
            for k, c in self.terms[i]:
                product = [a + b for a, b in zip(product, self.field.times(c, source(k)), strict=True)]
            if self.kind == "sylvester":
                other = self.times_right(source(i), slots)
                return [a - self.factors[i] * b for a, b in zip(product, other, strict=True)]
            other = self.times_right(product, slots)
            return [self.factors[i] * a - b for a, b in zip(source(i), other, strict=True)]

        return row

    def entries_at(self, rows, columns):
        """The scaled rows of the submatrix, as lists of elements."""
        slots = Slots(self.shape[1], self.bound.bit_length())
        row = self.rows(slots)
        for i in rows:
            if 4 * len(columns) < self.shape[1]:
                yield [[slots.entry(x, j) for x in row(i)] for j in columns]
            else:
                elements = list(zip(*map(slots.unpack, row(i)), strict=True))
                yield [elements[j] for j in columns]


def operators(spec, shape, field):
    keys(spec, "the operators", "kind left right")
    kind = one_of(spec["kind"], "kind of operators", ("sylvester", "stein"))
    return kind, Operator(spec["left"], shape[0], field), Operator(spec["right"], shape[1], field)


def residual_of(claim, case, extra=""):
    """The residual that a claim speaks of, the rank it names, and the words for both."""
    keys(claim, "the claim", f"kind relation rank subject operators field {extra}")
    field = Field(claim["field"])
    rank = integer(claim["rank"], "the rank")
    matrix, name = case.subject(claim["subject"], field)
    residual = Residual(field, matrix, claim["operators"])
    formula = "A M - M B" if residual.kind == "sylvester" else "M - A M B"
    pair = f"A = {residual.left.text}, B = {residual.right.text}"
    return residual, rank, formula, f"for M = {name}, {pair}, over {field.name}"


# ---- rank -----------------------------------------------------------------------------------------------------------


def zero_row(field, row, slots):
    """Whether all entries of a packed row are zero in the field."""
    if field.p:
        return not any(v % field.p for v in slots.unpack(row[0]))
    return not any(row)


def inverse(field, U):
    """An integer D > 0 and a matrix C of integer elements with U C = D I (over GF(p): D = 1, modulo p)."""
    r, p, phi = len(U), field.p, field.phi
    # over Q(zeta), multiplication by an element is a phi x phi matrix of rationals, so U is one of size r phi
    blocks = [[[field.times(x, field.power(t)) for t in range(phi)] for x in row] for row in U]
    flat = [[column[k] for x in row for column in x] for row in blocks for k in range(phi)]
    size = r * phi
    T = [row + [int(i == j) for j in range(size)] for i, row in enumerate(flat)]
    before = 1
    for k in range(
        size
    ):  # Bareiss: fraction-free, the divisions are exact; after the last step T = [D I | C]
        pivot = next((i for i in range(k, size) if (T[i][k] % p if p else T[i][k])), None)
        if pivot is None:
            raise Rejected("the pivot rows and columns have a singular submatrix")
        T[k], T[pivot] = T[pivot], T[k]
        for i in range(size):
            if i != k:
                a, b = T[k][k], T[i][k]
                pairs = zip(T[i], T[k], strict=True)
                T[i] = (
                    [(a * x - b * y) % p for x, y in pairs]
                    if p
                    else [(a * x - b * y) // before for x, y in pairs]
                )
        before = T[k][k]
    if p:
        T = [[x * pow(row[i], -1, p) % p for x in row] for i, row in enumerate(T)]
    D = T[0][0] if T else 1
    divisor = math.gcd(D, *[x for row in T for x in row[size:]]) * (-1 if D < 0 else 1)
    D, C = D // divisor, [[x // divisor for x in row[size:]] for row in T]
    for i, row in enumerate(flat):  # that D and C are what they should be is checked, not believed
        for j in range(size):
            wrong = sum(x * C[k][j] for k, x in enumerate(row)) - D * (i == j)
            if wrong % p if p else wrong:
                raise Rejected("the inverse of the pivot submatrix is wrong")
    return D, [[[C[i * phi + k][j * phi] for k in range(phi)] for j in range(r)] for i in range(r)]


def size_of(x):
    """The largest coefficient, in size, of nested lists of integers."""
    return max(map(size_of, x), default=0) if type(x) is not int else abs(x)


def combination(field, coefficients, rows):
    """The sum of element times packed row."""
    total = [0] * field.phi
    for c, row in zip(coefficients, rows, strict=True):
        total = [a + b for a, b in zip(total, field.times(c, row), strict=True)]
    return total


def at_most_pivots(residual, rank, evidence):
    """U = L[I, J] is nonsingular and L_i = L[i, J] U^-1 L[I, :] for every row i: the rank is the size of U."""
    keys(evidence, "at_most", "method rows columns")
    (m, n), field = residual.shape, residual.field
    I, J = indices(evidence["rows"], "the rows", m), indices(evidence["columns"], "the columns", n)
    array(J, "the columns", len(I))
    if len(I) > rank:
        raise Rejected(f"{len(I)} pivots do not show a rank of at most {rank}")
    if len(I) == min(m, n):
        return
    D, C = inverse(field, list(residual.entries_at(I, J)))
    # D L_i - sum_k L[i, J_k] P_k with P_k = sum_l C_kl L_(I_l): every entry is bounded by the sum of these
    B, g = residual.bound, len(I) * field.growth
    slots = Slots(n, (D * B + g * B * g * size_of(C) * B).bit_length())
    row = residual.rows(slots)
    P = [combination(field, c, [row(i) for i in I]) for c in C]
    for i in range(m):
        L = row(i)
        along = combination(field, [[slots.entry(x, j) for x in L] for j in J], P)
        if not zero_row(field, [D * a - b for a, b in zip(L, along, strict=True)], slots):
            raise Rejected(f"row {i} of the residual is no combination of the {len(I)} pivot rows")


def columns_of(field, data, what, length):
    """The matrix whose rows are the columns of the given one, of `length` rows."""
    rows = [[field.element(x) for x in array(row, f"a row of {what}")] for row in array(data, what, length)]
    for row in rows:
        array(row, f"a row of {what}", len(rows[0]))
    return matrix_of(field, [list(column) for column in zip(*rows, strict=True)])


def at_most_generators(residual, rank, evidence):
    """L = G H^T with at most `rank` columns in G and H."""
    keys(evidence, "at_most", "method left right")
    (m, n), field = residual.shape, residual.field
    G, H = columns_of(field, evidence["left"], "left", m), columns_of(field, evidence["right"], "right", n)
    k = G.shape[0]
    if H.shape[0] != k or k > rank:
        raise Rejected(f"{k} and {H.shape[0]} generators do not show a rank of at most {rank}")
    # dens_k L_i is compared with the sum of scale_i G_ik H_k, over a common denominator of all of G and H
    common = math.lcm(*[g * h for g, h in zip(G.dens, H.dens, strict=True)])
    G, ups = [G.scaled(a) for a in range(k)], [common // (g * h) for g, h in zip(G.dens, H.dens, strict=True)]
    bound = sum(field.growth * size_of(g) * u * b for g, u, b in zip(G, ups, H.bounds, strict=True))
    slots = Slots(n, (common * residual.bound + max(residual.scales) * bound).bit_length())
    row, rows = residual.rows(slots), [H.packed(a, slots) for a in range(k)]
    for i in range(m):
        c = [[residual.scales[i] * u * x for x in g[i]] for g, u in zip(G, ups, strict=True)]
        along = combination(field, c, rows)
        if not zero_row(field, [common * a - b for a, b in zip(row(i), along, strict=True)], slots):
            raise Rejected(f"row {i} of the residual is not that of the product of the generators")


def at_most_kernel(residual, rank, evidence):
    """Independent vectors v with L v = 0, or v^T L = 0: each is nonzero at a place where all others are zero."""
    keys(evidence, "at_most", "method side vectors free")
    (m, n), field = residual.shape, residual.field
    side = one_of(evidence["side"], "side", ("right", "left"))
    length = n if side == "right" else m
    free = indices(evidence["free"], "free", length)
    data = [
        [field.element(x) for x in array(v, "a vector", length)]
        for v in array(evidence["vectors"], "vectors", len(free))
    ]
    if length - len(data) > rank:
        raise Rejected(f"{len(data)} vectors in the kernel do not show a rank of at most {rank}")
    for a, v in enumerate(data):
        if [b for b, j in enumerate(free) if any(v[j])] != [a]:
            raise Rejected(f"vector {a} is not the only one that is nonzero at its free place")
    V = matrix_of(field, data)  # the denominators of the vectors do not matter
    weight = length * field.growth * max(V.bounds, default=0)
    slots = Slots(n, (residual.bound * weight * max(residual.scales) + residual.bound).bit_length())
    row = residual.rows(slots)
    if side == "left":
        common = math.lcm(*residual.scales)
        slots = Slots(n, (residual.bound * weight * common + residual.bound).bit_length())
        row, sums = residual.rows(slots), [[0] * field.phi for _ in data]
        V = [V.scaled(a) for a in range(len(data))]
        for i in range(m):
            L, up = row(i), common // residual.scales[i]
            for a, v in enumerate(V):
                sums[a] = [
                    x + y for x, y in zip(sums[a], field.times([up * c for c in v[i]], L), strict=True)
                ]
        if not all(zero_row(field, x, slots) for x in sums):
            raise Rejected("a vector is not in the left kernel")
        return
    across = Slots(max(len(data), 1), slots.bits)
    columns = [
        list(part) for part in zip(*[zip(*V.values(a), strict=True) for a in range(len(data))], strict=True)
    ]
    columns = [[across.pack([x[t] for x in column]) for t in range(field.phi)] for column in columns]
    for i in range(m):
        elements = zip(*map(slots.unpack, row(i)), strict=True)
        if data and not zero_row(field, combination(field, elements, columns), across):
            raise Rejected(f"row {i} of the residual times a vector is not zero")


def at_least(residual, rank, evidence):
    """L[I, J] is nonsingular modulo a prime, hence nonsingular; the positive scale of a row does not matter."""
    (m, n), field = residual.shape, residual.field
    keys(evidence, "at_least", "rows columns prime" + field.root)
    I, J = indices(evidence["rows"], "the rows", m), indices(evidence["columns"], "the columns", n)
    array(J, "the columns", len(I))
    if len(I) < rank:
        raise Rejected(f"a nonsingular submatrix of size {len(I)} does not show a rank of at least {rank}")
    p, value = field.reduction(evidence)
    # Rows of integers from 0 on, below p; each step adds less than p^2 to every entry.
    slots = Slots(len(I), (p + len(I) * p * p).bit_length())
    mask, bits = (1 << slots.bits) - 1, slots.bits
    rows = [slots.pack([value(x) for x in row]) for row in residual.entries_at(I, J)]
    for k in range(len(I)):
        pivot = next((i for i, v in enumerate(rows) if (v & mask) % p), None)
        if pivot is None:
            raise Rejected(f"the submatrix is singular modulo {p}")
        left = Slots(len(I) - k, slots.bits - 3)
        x = left.unpack(rows.pop(pivot))
        up = pow(x[0], -1, p)
        P = left.pack([v * up % p for v in x]) >> bits
        rows = [
            (v >> bits) + (p - (v & mask) % p) * P for v in rows
        ]  # lowest entry: v_0 + (p - v_0) 1 = 0, and is dropped


AT_MOST = {"pivots": at_most_pivots, "generators": at_most_generators, "kernel": at_most_kernel}


def at_most(residual, rank, evidence):
    method = evidence.get("method") if type(evidence) is dict else None
    AT_MOST[one_of(method, "method", AT_MOST)](residual, rank, evidence)


def displacement_rank(claim, evidence, case):
    residual, rank, formula, where = residual_of(claim, case)
    relation = one_of(claim["relation"], "relation", ("at most", "at least", "exactly"))
    case.sentences.append(f"rank of {formula} is {relation} {rank} {where}")
    wanted = {"at most": "at_most", "at least": "at_least", "exactly": "at_most at_least"}[relation]
    keys(evidence, "the evidence", wanted)
    if "at_most" in evidence:
        at_most(residual, rank, evidence["at_most"])
    if "at_least" in evidence:
        at_least(residual, rank, evidence["at_least"])


# ---- equalities -----------------------------------------------------------------------------------------------------


def two_matrices(claim, case, words):
    keys(claim, "the claim", "kind left right field")
    field = Field(claim["field"])
    (left, name), (right, other) = case.subject(claim["left"], field), case.subject(claim["right"], field)
    case.sentences.append(f"{name} {words} {other} over {field.name}")
    return field, left, right


def same_row(field, left, right, i):
    """The columns in which row i of two matrices of one shape differs."""
    a, b = right.dens[i], left.dens[i]
    for j, (x, y) in enumerate(zip(left.scaled(i), right.scaled(i), strict=True)):
        if any(a * c != b * d for c, d in zip(x, y, strict=True)):
            yield j


def matrices_equal(claim, evidence, case):
    field, left, right = two_matrices(claim, case, "equals")
    keys(evidence, "the evidence", "")
    if left.shape != right.shape:
        raise Rejected("the matrices have different shapes")
    for i in range(left.shape[0]):
        for j in same_row(field, left, right, i):
            raise Rejected(f"the matrices differ in row {i}, column {j}")


def matrices_differ(claim, evidence, case):
    field, left, right = two_matrices(claim, case, "differs from")
    if left.shape != right.shape:
        keys(evidence, "the evidence", "", "row column")
        return
    keys(evidence, "the evidence", "row column")
    i, j = integer(evidence["row"], "the row"), integer(evidence["column"], "the column")
    if i >= left.shape[0] or j not in same_row(field, left, right, i):
        raise Rejected(f"the matrices do not differ in row {i}, column {j}")


def product_equals(claim, evidence, case):
    """The factors are multiplied from the right, on packed rows."""
    keys(claim, "the claim", "kind factors matrix field")
    keys(evidence, "the evidence", "")
    field = Field(claim["field"])
    factors = [case.subject(x, field)[0] for x in array(claim["factors"], "the factors")]
    matrix, name = case.subject(claim["matrix"], field)
    case.sentences.append(f"the product of {len(factors)} factors equals {name} over {field.name}")
    if not factors:
        raise Unreadable("the product has no factors")
    if [matrix.shape] != list({(factors[0].shape[0], factors[-1].shape[1])}):
        raise Rejected("the product and the matrix have different shapes")
    bound, common = 1, math.lcm(*matrix.dens)
    dens = [math.lcm(*factor.dens) for factor in factors]
    for factor, den in zip(factors, dens, strict=True):
        bound *= factor.shape[1] * field.growth * den * max(factor.bounds)
    slots = Slots(
        matrix.shape[1], (bound * common + math.prod(dens) * common * max(matrix.bounds)).bit_length()
    )
    rows = None
    for factor, den in zip(reversed(factors), reversed(dens), strict=True):
        ups = [den // d for d in factor.dens]
        if rows is None:
            rows = [[up * x for x in factor.packed(i, slots)] for i, up in enumerate(ups)]
            continue
        if factor.shape[1] != len(rows):
            raise Rejected("neighbouring factors do not fit")
        terms = [
            [(k, [up * c for c in x]) for k, x in enumerate(factor.scaled(i)) if any(x)]
            for i, up in enumerate(ups)
        ]
        rows = [combination(field, [x for _, x in row], [rows[k] for k, _ in row]) for row in terms]
    for i, row in enumerate(rows):
        up = math.prod(dens)
        wanted = matrix.packed(i, slots)
        if not zero_row(
            field, [matrix.dens[i] * a - up * b for a, b in zip(row, wanted, strict=True)], slots
        ):
            raise Rejected(f"row {i} of the product is not that of the matrix")


# ---- certificates ---------------------------------------------------------------------------------------------------

CLAIMS = {
    "displacement-rank": displacement_rank,
    "matrices-equal": matrices_equal,
    "matrices-differ": matrices_differ,
    "product-equals": product_equals,
}


def decide(path, case):
    """Establish every statement of a certificate, or raise."""
    data, _ = read_file(path)
    data = keys(parse_json(data, "the certificate"), "the certificate", "format statements", "origin")
    if data["format"] != FORMAT:
        raise Unreadable(f"the format is {str(data['format'])[:40]!r}, not {FORMAT!r}")
    if not array(data["statements"], "the statements"):
        raise Unreadable("the certificate has no statement")
    for entry in data["statements"]:
        keys(entry, "a statement", "claim evidence")
        kind = entry["claim"].get("kind") if type(entry["claim"]) is dict else None
        CLAIMS[one_of(kind, "kind of claim", CLAIMS)](entry["claim"], entry["evidence"], case)


def check(path, given=()):
    """The verdict on one certificate: "accepted", "rejected" or "unreadable", with the reason and the claims in words."""
    case = Case(path, given)
    try:
        decide(path, case)
        verdict, reason = "accepted", "; ".join(case.sentences)
    except Rejected as error:
        verdict, reason = "rejected", str(error)
    except Unreadable as error:
        verdict, reason = "unreadable", str(error)
    except OSError as error:
        verdict, reason = "unreadable", f"cannot read {error.filename}: {error.strerror}"
    except Exception as error:  # whatever else happened, the statements are not established
        verdict, reason = (
            "unreadable",
            f"the checker could not finish: {type(error).__name__}: {str(error)[:200]}",
        )
    return {"path": path, "verdict": verdict, "reason": reason, "claim": case.sentences}


def main():
    parser = argparse.ArgumentParser(description="Decide certificates about structured matrices.")
    parser.add_argument("certificates", nargs="+", metavar="CERT")
    parser.add_argument(
        "--subject", action="append", default=[], metavar="FILE", help="a subject that lies elsewhere"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    results = [check(path, options.subject) for path in options.certificates]
    sys.stdout.reconfigure(errors="backslashreplace")
    if options.json:
        print(json.dumps({"results": results}))
    else:
        for result in results:
            print("{} {}: {}".format(result["verdict"].upper(), result["path"], result["reason"]))
    verdicts = {result["verdict"] for result in results}
    return 1 if "rejected" in verdicts else 0 if verdicts == {"accepted"} else 2


if __name__ == "__main__":
    sys.exit(main())
