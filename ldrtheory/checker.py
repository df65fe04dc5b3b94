"""Decide certificates about structured matrices: `python -I -O checker.py CERT... [--subject FILE] [--json]`.

The Python standard library and nothing else, to be read in one sitting and run by anybody. docs/certificate-format.md
is the normative description of everything decided here, with proofs. Every statement is established or refused:
whatever is not foreseen raises, and whatever raises is no acceptance.

element      a list of phi coefficients of 1, zeta, ..., zeta^(phi-1); phi = 1 for Q and GF(p)
packed row   a row of n integers v_0 ... v_(n-1) as the one integer sum v_j X^j, X = 256^(bytes of a slot); the v_j may
             be negative. A row of elements is a list of phi packed rows, so Field.times serves elements and rows alike
Matrix       rows of integer elements, each row over a denominator of its own, with a bound on the size of its integers
Residual     A M - M B or M - A M B; every row is scaled by a positive integer, which leaves the rank as it is
need, want   refuse unless a condition holds: need "rejected", want "unreadable"
"""

import argparse
import hashlib
import json
import math
import os
import re
import stat
import struct
import sys
from fractions import Fraction
from functools import lru_cache

FORMAT = "ldrtheory-certificate/1"
MAX_FILE = 1 << 33  # bytes of any file that is read
MAX_CYCLOTOMIC = 1024  # the largest N of Q(zeta_N)
sys.set_int_max_str_digits(4300)  # longer integers are written in hexadecimal


class Unreadable(Exception):
    """The text is not a certificate of this format, or a file it names cannot be had or read."""


class Rejected(Exception):
    """The certificate is well formed, but a statement in it is not established."""


def want(condition, reason):
    if not condition:
        raise Unreadable(reason)


def need(condition, reason):
    if not condition:
        raise Rejected(reason)


# ---- JSON ------------------------------------------------------------------------------------------------------


def distinct(pairs):
    data = dict(pairs)
    want(len(data) == len(pairs), "a JSON object has a key twice")
    return data


def no_number(text):
    raise Unreadable(f"{text[:40]} is not an exact number; integers and exact strings are")


def parse_json(data, what, floats=no_number):
    hooks = {"object_pairs_hook": distinct, "parse_float": floats, "parse_constant": no_number}
    try:
        return json.loads(data.decode("utf-8"), **hooks)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise Unreadable(f"{what} is not JSON in UTF-8 that can be read: {str(error)[:200]}") from None


def keys(data, what, required, optional=""):
    """The object itself, if it has the required keys and none beside these and the optional ones."""
    want(type(data) is dict, f"{what} is not a JSON object")
    for name in data:
        want(name in f"{required} {optional}".split(), f"{what} has an unknown key {name[:40]!r}")
    for name in required.split():
        want(name in data, f"{what} lacks the key {name!r}")
    return data


def array(data, what, length=None):
    want(type(data) is list, f"{what} is not a JSON array")
    need(length in (None, len(data)), f"{what} has {len(data)} items, not {length}")
    return data


def integer(x, what, least=0):
    want(type(x) is int and x >= least, f"{what} is not an integer from {least} on")
    return x


def text(x, what, known=None):
    want(
        type(x) is str and (known is None or x in known),
        f"{what} is {str(x)[:40]!r}; known: {known or 'strings'}",
    )
    return x


def indices(data, what, limit):
    chosen = [integer(x, what) for x in array(data, what)]
    need(len(set(chosen)) == len(chosen), f"{what} have an index twice")
    need(max(chosen, default=0) < limit, f"{what} have an index beyond {limit - 1}")
    return chosen


def shape_of(data):
    m, n = [integer(x, "a size", 1) for x in array(data, "the shape", 2)]
    return m, n


# ---- numbers ---------------------------------------------------------------------------------------------------

REAL = r"(?:0x[0-9a-f]+(?:/0x[0-9a-f]+)?|[0-9]+/[0-9]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?)"
COMPLEX = re.compile(rf"(?:([+-]?{REAL})(?=[+-]|\Z))?(?:([+-]?(?:{REAL})?)[ij])?")


def rational(string):
    """The number that the real part, or the imaginary part, of an exact string denotes."""
    sign, body = (-1 if string[0] == "-" else 1), string.lstrip("+-")
    top, _, bottom = body.partition("/")
    return sign * (Fraction(int(top, 16), int(bottom or "1", 16)) if "x" in body else Fraction(body))


def number(x):
    """The real and the imaginary part of a JSON number or exact string."""
    if type(x) in (int, Fraction):
        return Fraction(x), Fraction(0)
    match = COMPLEX.fullmatch(text(x, "a number"))
    want(x and match, f"{x[:40]!r} is not an exact number")
    try:
        real, imaginary = match.groups()
        imaginary = imaginary + "1" if imaginary in ("", "+", "-") else imaginary
        return rational(real or "0"), rational(imaginary or "0")
    except (ZeroDivisionError, ValueError):
        raise Unreadable(f"{x[:40]!r} divides by zero, or has more than 4300 decimal digits") from None


def prime(x):
    """x, if it is a prime below 2^64, by Miller-Rabin: no composite below 3.3 * 10^24 passes for these 12 bases."""
    bases = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)
    need(2 <= x < 1 << 64, f"the modulus {str(x)[:40]} is not between 2 and 2^64")
    twos = (x - 1 & 1 - x).bit_length() - 1
    for b in bases:
        powers = [pow(b, (x - 1 >> twos) << k, x) for k in range(twos)]
        need(x in bases or powers and (powers[0] == 1 or x - 1 in powers), f"the modulus {x} is not a prime")
    return x


def divide(a, b, p=0):
    """Quotient and remainder of polynomials (constant first) by a monic one, over the integers or modulo p."""
    a, quotient = list(a), [0] * max(len(a) - len(b) + 1, 0)
    for k in range(len(quotient) - 1, -1, -1):
        quotient[k] = c = a[k + len(b) - 1]
        if c:
            a[k : k + len(b)] = [(x - c * y) % p if p else x - c * y for x, y in zip(a[k:], b)]
    return quotient, a[: len(b) - 1]


def cyclotomic(N):
    """The N-th cyclotomic polynomial: x^N - 1 divided by those of the proper divisors of N."""
    result = [-1] + [0] * (N - 1) + [1]
    for d in range(1, N):
        if N % d == 0:
            result, _ = divide(result, cyclotomic(d))
    return result


class Field:
    """Q, Q(zeta_N) or GF(p); p is 0 but for GF(p)."""

    def __init__(self, name):
        match = re.fullmatch(
            r"Q|Q\(zeta_([1-9][0-9]{0,3})\)|GF\(([1-9][0-9]{0,19})\)", text(name, "the field")
        )
        known = f"Q, Q(zeta_N) with N <= {MAX_CYCLOTOMIC}, GF(p)"
        want(match and int(match[1] or 1) <= MAX_CYCLOTOMIC, f"unknown field {name[:40]!r}; known: {known}")
        self.name, self.N, self.p = name, int(match[1] or 1), prime(int(match[2])) if match[2] else 0
        self.modulus = cyclotomic(self.N)
        self.phi = len(self.modulus) - 1
        self.root = " root" if self.phi > 1 else ""  # the key that evidence modulo a prime has in addition
        # |xy| <= growth |x| |y| for the largest coefficient |.|: each of the 2 phi - 1 coefficients of the product
        # of the polynomials has at most phi summands, and is then multiplied by a power of zeta
        powers = [self.power(t) for t in range(2 * self.phi - 1)]
        self.growth = self.phi * max(sum(abs(x[k]) for x in powers) for k in range(self.phi))

    def power(self, t):
        """The element zeta^t."""
        return (divide([0] * t + [1], self.modulus)[1] + [0] * self.phi)[: self.phi]

    def times(self, x, y):
        if self.phi == 1:
            return [x[0] * y[0]]
        c = [0] * (2 * self.phi - 1)
        for i, a in enumerate(x):
            if a:
                for j, b in enumerate(y):
                    c[i + j] += a * b
        return divide(c, self.modulus)[1]

    def combine(self, coefficients, rows):
        """The sum of coefficient times row; the rows are elements or packed rows."""
        total = [0] * self.phi
        for c, row in zip(coefficients, rows):
            total = [a + b for a, b in zip(total, self.times(c, row))]
        return total

    def complex(self, real, imaginary):
        need(not imaginary or self.N % 4 == 0, f"a number is complex, hence not in {self.name}")
        x = [c * imaginary for c in self.power(self.N // 4)]
        return [x[0] + real, *x[1:]] if imaginary else [real] + [0] * (self.phi - 1)

    def element(self, x, lists=True):
        """The element that JSON data denote."""
        if type(x) is list:
            want(
                lists and len(x) == self.phi > 1,
                f"an entry is a list, but not of the coefficients over {self.name}",
            )
            parts = [number(c) for c in x]
            want(not any(b for _, b in parts), "a coefficient is complex")
            return [a for a, _ in parts]
        x = self.complex(*number(x))
        good = not self.p or x[0].denominator == 1 and 0 <= x[0] < self.p
        want(good, f"{x[0].numerator:#x} is not an integer from 0 to p - 1 for the field {self.name}")
        return x

    def elements(self, data, what, length=None):
        return [self.element(x) for x in array(data, what, length)]

    def reduction(self, evidence):
        """A prime p, and a ring homomorphism to GF(p) of integer elements, given as phi lists of coefficients."""
        p, z = [integer(int(number(evidence.get(key, 0))[0]), f"the {key}") for key in ("prime", "root")]
        need(prime(p) == p == (self.p or p), f"the modulus {p} is not that of {self.name}")
        need(
            not self.root or sum(c * pow(z, k, p) for k, c in enumerate(self.modulus)) % p == 0,
            f"{z} is no root",
        )

        def value(parts):
            total = parts[0]
            for k in range(1, self.phi):
                w = pow(z, k, p)
                total = [a + w * b for a, b in zip(total, parts[k])]
            return [x % p for x in total]

        return p, value

    def vanishes(self, row, slots):
        """Whether all entries of a packed row are zero in the field."""
        return not any(v % self.p for v in slots.unpack(row[0])) if self.p else not any(row)


class Slots:
    """The packing of rows of n integers v_j of at most `bits` bits as sum v_j X^j, with |v_j| < X/4.

    A row of integers below X in size packs to 0 only if all are 0: v_0 is a multiple of X, hence 0; and so on upwards.
    """

    def __init__(self, n, bits):
        self.n, self.size = n, (bits + 2) // 8 + 1
        self.bits = 8 * self.size
        self.ones = int.from_bytes((b"\1" + bytes(self.size - 1)) * n, "little")
        self.half = self.ones << self.bits - 1

    def pack(self, values):  # two's complement with the top bit of every slot flipped is v_j + X/2
        raw = b"".join([v.to_bytes(self.size, "little", signed=True) for v in values])
        return (int.from_bytes(raw, "little") ^ self.half) - self.half

    def unpack(self, row):
        raw = ((row + self.half) ^ self.half).to_bytes(self.size * self.n, "little")
        cuts = range(0, len(raw), self.size)
        return [int.from_bytes(raw[k : k + self.size], "little", signed=True) for k in cuts]

    def entry(self, row, j):
        """v_j: the slots below j add up to less than X^j / 2 in size, so rounding to a multiple of X^j drops them."""
        above = (row + (1 << self.bits * j >> 1)) >> self.bits * j
        return ((above + (1 << self.bits - 1)) & ((1 << self.bits) - 1)) - (1 << self.bits - 1)

    def moved(self, row, offset):
        """The row w with w_j = v_(j - offset), 0 where there is no such entry; the offset is -1, 0 or 1."""
        if offset > 0:
            row -= self.entry(row, self.n - 1) << self.bits * (self.n - 1)
        return (row - self.entry(row, 0)) >> self.bits if offset < 0 else row << self.bits * offset


class Matrix:
    """Entry (i, j) has the coefficients values(i)[t][j] / dens[i], and |values(i)[t][j]| <= bounds[i]."""

    def __init__(self, field, shape, dens, bounds, values, packed=None):
        self.field, self.shape, self.dens, self.bounds, self.values = field, shape, dens, bounds, values
        self.packed = packed or (lambda i, slots: [slots.pack(v) for v in values(i)])

    def elements(self, i):
        """Row i as elements with integer coefficients, over dens[i]."""
        return list(zip(*self.values(i)))


def matrix_of(field, rows):
    """The matrix with the given rows of elements."""
    data, dens = [], [math.lcm(*[c.denominator for x in row for c in x]) for row in rows]
    for den, row in zip(dens, rows):
        need(len(row) == len(rows[0]), f"a matrix has rows of {len(rows[0])} and of {len(row)} entries")
        data.append([[x[t].numerator * (den // x[t].denominator) for x in row] for t in range(field.phi)])
    return Matrix(
        field, (len(rows), len(rows[0]) if rows else 0), dens, [size_of(x) for x in data], data.__getitem__
    )


def size_of(x):
    """The largest size of the integers in nested lists."""
    return abs(x) if type(x) is int else max(map(size_of, x), default=0)


# ---- subjects --------------------------------------------------------------------------------------------------

LETTERS = dict(zip("b1 i1 u1 i2 u2 i4 u4 i8 u8 f2 f4 f8 c8 c16 bf".split(), "BbBhHiIqQefdfdH"))  # of struct
TENSORS = dict(
    zip("BOOL I8 U8 I16 U16 I32 U32 I64 U64 F16 F32 F64 C64 BF16".split(), [*LETTERS][:13] + ["bf"])
)
TENSORS["C64"] = "c8"
FLOATS = {
    "f2": (11, 24),
    "f4": (24, 149),
    "f8": (53, 1074),
    "c8": (24, 149),
    "c16": (53, 1074),
    "bf": (8, 133),
}
FLIP = bytes(x ^ 128 for x in range(256))


def integers(x, shift):
    """The integers x_j 2^shift, for floats of which the caller knows that these are integers."""
    if shift < 1023 and max(map(abs, x)) < 2.0 ** (
        1023 - shift
    ):  # then x_j * 2.0^shift is finite, hence exact
        factor = 2.0**shift
        return [int(v * factor) for v in x]
    return [(a << shift) // b for a, b in map(float.as_integer_ratio, x)]


def numeric(field, data, shape, dtype, order="<", columns_first=False):
    """The matrix stored in `data`, numbers of the given type row after row (or column after column)."""
    (m, n), parts = shape, 2 if dtype[0] == "c" else 1
    size = parts * struct.calcsize("<" + LETTERS[dtype])
    want(
        len(data) == m * n * size,
        f"{m} x {n} numbers of {size} bytes are announced, but {len(data)} bytes follow",
    )

    def line(i):
        if columns_first:
            return b"".join([data[k : k + size] for k in range(i * size, len(data), m * size)])
        return data[i * n * size : (i + 1) * n * size]

    def numbers(i):
        x = struct.unpack(f"{order}{parts * n}{LETTERS[dtype]}", line(i))
        return struct.unpack(f"<{n}f", struct.pack(f"<{n}I", *[v << 16 for v in x])) if dtype == "bf" else x

    def values(i):
        x = integers(numbers(i), shifts[i]) if dtype in FLOATS else numbers(i)
        if parts == 2:
            return list(zip(*map(field.complex, x[::2], x[1::2])))
        return [x] + [[0] * n] * (field.phi - 1)

    def packed(i, slots):
        # |v| < 2^(8k-1), or k is the full size: the k low bytes, the sign bit flipped, are v + 2^(8k-1)
        k, raw, out = min(size, bounds[i].bit_length() // 8 + 1), line(i), bytearray(slots.size * n)
        for b in range(k):
            out[b :: slots.size] = raw[b::size]
        if dtype[0] == "i":
            out[k - 1 :: slots.size] = raw[k - 1 :: size].translate(FLIP)
        bias = slots.ones << 8 * k - 1 if dtype[0] == "i" else 0
        return [int.from_bytes(out, "little") - bias] + [0] * (field.phi - 1)

    shifts, bounds = [0] * m, []
    for i in range(m):
        x = numbers(i)
        bounds.append(max(max(x), -min(x)))
        if dtype not in FLOATS:
            want(
                dtype != "b1" or max(x) <= 1,
                f"row {i} of the subject has a truth value that is neither 0 nor 1",
            )
            want(
                not field.p or 0 <= min(x) <= max(x) < field.p,
                f"row {i} has a number that is not from 0 to p - 1",
            )
            continue
        want(not field.p and all(map(math.isfinite, x)), f"row {i} has a number that is not in {field.name}")
        # A nonzero float in [2^(e-1), 2^e) is a multiple of 2^(e-precision), as are all that are larger, and every
        # float is a multiple of the least positive one, 2^(-lowest).
        precision, lowest = FLOATS[dtype]
        exponent = math.frexp(min(map(abs, filter(None, x)), default=1.0))[1]
        shifts[i] = max(0, min(precision - exponent, lowest))
    if dtype in FLOATS:
        if max(shifts) - min(shifts) <= 64:  # one scale for all rows, unless that wastes much
            shifts = [max(shifts)] * m
        more = 1 + size_of(field.power(field.N // 4)) if parts == 2 else 1  # |a + b i| <= |a| + |b| |i|
        bounds = [more * integers([b], s)[0] for b, s in zip(bounds, shifts)]
    fast = dtype not in FLOATS and order == "<" and not columns_first
    return Matrix(field, shape, [1 << s for s in shifts], bounds, values, packed if fast else None)


NPY = re.compile(
    rb"\{'descr': '([<>|])(\w+)', 'fortran_order': (True|False), 'shape': \((\d{1,15}), (\d{1,15})\), \} *\n"
)


def read_npy(field, data):
    start = 10 if data[6:7] == b"\1" else 12
    end = start + int.from_bytes(data[8:start], "little")
    match = NPY.fullmatch(data[start:end])
    want(
        match and match[2].decode() in LETTERS,
        f"the NPY header is not that of a readable matrix: {data[10:90]!r}",
    )
    want(match[2] != b"bf", "the NPY file has a type of no NPY file")
    order = ">" if match[1] == b">" else "<"
    return numeric(
        field,
        data[end:],
        shape_of([*map(int, match.groups()[3:])]),
        match[2].decode(),
        order,
        match[3] == b"True",
    )


def read_safetensors(field, data, name):
    end = 8 + int.from_bytes(data[:8], "little")
    want(
        end <= len(data), f"the safetensors header is said to end at byte {end}, the file ends at {len(data)}"
    )
    header = parse_json(data[8:end], "the safetensors header")
    want(type(header) is dict and name in header, f"the safetensors file has no tensor {name[:40]!r}")
    entry = keys(header[name], "a tensor", "dtype shape data_offsets")
    first, last = [integer(x, "an offset") for x in array(entry["data_offsets"], "data_offsets", 2)]
    want(last <= len(data) - end, f"the tensor is said to end at byte {last} of {len(data) - end}")
    dtype = TENSORS[text(entry["dtype"], "the type of the tensor", [*TENSORS])]
    return numeric(field, data[end + first : end + last], shape_of(entry["shape"]), dtype)


def read_json(field, data):
    """Rows, or {"field", "entries"}; numbers with . e E are the nearest float64."""
    data = parse_json(data, "the subject", lambda x: Fraction(float(x)))
    data = keys(data, "the subject", "entries", "field") if type(data) is dict else {"entries": data}
    named = data.get("field", "Q")
    need(
        named in ("Q", "Q(zeta_4)", field.name),
        f"the subject is over {str(named)[:40]}, the claim over {field.name}",
    )
    rows = [array(row, "a row of the subject") for row in array(data["entries"], "the entries")]
    return matrix_of(field, [[field.element(x, named == field.name) for x in row] for row in rows])


@lru_cache(maxsize=2)
def read_file(path):
    """The bytes of a file and their sha256 in hexadecimal."""
    about = os.stat(path)
    want(
        stat.S_ISREG(about.st_mode) and about.st_size <= MAX_FILE,
        f"{path} is no file of at most {MAX_FILE} bytes",
    )
    with open(path, "rb") as file:
        data = file.read(about.st_size)
    return data, hashlib.sha256(data).hexdigest()


class Case:
    """One certificate: where its subjects lie, and its claims in words."""

    def __init__(self, path, given):
        self.folder, self.given, self.sentences = os.path.dirname(path), given, []

    def subject(self, spec, field):
        """The matrix that a subject denotes, and its name."""
        if type(spec) is dict and "entries" in spec:
            rows = array(keys(spec, "the subject", "entries")["entries"], "the entries")
            matrix = matrix_of(field, [field.elements(row, "a row of the subject") for row in rows])
            name = "the given {} x {} matrix".format(*matrix.shape)
        else:
            keys(spec, "the subject", "file sha256 shape", "tensor")
            name, data = (
                spec["file"],
                self.find(text(spec["file"], "the file"), text(spec["sha256"], "the sha256")),
            )
            if "tensor" in spec:
                matrix = read_safetensors(field, data, text(spec["tensor"], "the tensor"))
                name = f"{name}:{spec['tensor']}"
            else:
                matrix = read_npy(field, data) if data[:6] == b"\x93NUMPY" else read_json(field, data)
            need(
                shape_of(spec["shape"]) == matrix.shape,
                "the file has the shape {} x {}".format(*matrix.shape),
            )
        want(0 not in matrix.shape, f"the subject {name} is empty")
        return matrix, name

    def find(self, name, stated):
        good = name not in ("", ".", "..") and not any(c in name for c in "/\\:\0")
        want(good, f"{name[:80]!r} is not a bare file name; subjects lie in the folder of the certificate")
        found = [p for p in [*self.given, os.path.join(self.folder, name)] if os.path.exists(p)]
        want(found, f"the subject {name[:80]!r} is not in {self.folder or '.'!r}; give it by --subject FILE")
        for path in found:
            data, digest = read_file(path)
            if digest == stated:
                return data
        raise Rejected(f"the sha256 of {name[:80]!r} is not {stated[:64]!r}")


# ---- operators -------------------------------------------------------------------------------------------------

OPERATORS = {"shift": ("corner", ""), "identity": ("", ""), "zero": ("", ""), "path": ("first last", "")}
OPERATORS |= {"diagonal": ("values", ""), "subdiagonal": ("values", ""), "dense": ("entries", "")}
OPERATORS |= {"tridiagonal": ("sub main super", "top_right bottom_left"), "blocks": ("blocks sizes", "")}
OPERATORS |= {"transpose": ("of", "")}


def operator(spec, n, field):
    """The nonzero entries {(i, j): element} of an operator of size n."""
    kind = text(spec.get("op") if type(spec) is dict else None, "an operator", [*OPERATORS])
    keys(spec, f"the operator {kind}", "op " + OPERATORS[kind][0], OPERATORS[kind][1])
    one, terms = [Fraction(c) for c in field.power(0)], []

    def diagonal(offset, values):
        return [(k + max(-offset, 0), k + max(offset, 0), x) for k, x in enumerate(values)]

    if kind == "shift":
        terms = [*diagonal(-1, [one] * (n - 1)), (0, n - 1, field.element(spec["corner"]))]
    elif kind == "identity":
        terms = diagonal(0, [one] * n)
    elif kind == "path":
        terms = diagonal(-1, [one] * (n - 1)) + diagonal(1, [one] * (n - 1))
        terms += [(0, 0, field.element(spec["first"])), (n - 1, n - 1, field.element(spec["last"]))]
    elif kind == "diagonal":
        terms = diagonal(0, field.elements(spec["values"], "the values of a diagonal operator", n))
    elif kind == "subdiagonal":
        values = field.elements(spec["values"], "the values of a subdiagonal operator")
        need(n - 1 <= len(values) <= n, f"a subdiagonal operator of size {n} has {len(values)} values")
        terms = diagonal(-1, values[: n - 1]) + [(0, n - 1, x) for x in values[n - 1 :]]
    elif kind == "tridiagonal":
        for offset, key in ((-1, "sub"), (0, "main"), (1, "super")):
            terms += diagonal(
                offset, field.elements(spec[key], f"{key} of a tridiagonal operator", n - abs(offset))
            )
        corners = [field.element(spec.get(key, 0)) for key in ("top_right", "bottom_left")]
        need(
            n >= 3 or not any(map(any, corners)),
            f"a tridiagonal operator of size {n} has no room for corners",
        )
        terms += [(0, n - 1, corners[0]), (n - 1, 0, corners[1])]
    elif kind == "dense":
        for i, row in enumerate(array(spec["entries"], "the rows of a dense operator", n)):
            terms += [(i, j, x) for j, x in enumerate(field.elements(row, "a row of a dense operator", n))]
    elif kind == "blocks":
        sizes, at = [integer(x, "a block size", 1) for x in array(spec["sizes"], "the block sizes")], 0
        need(sum(sizes) == n, f"the blocks have the size {sum(sizes)} in all, not {n}")
        for size, block in zip(sizes, array(spec["blocks"], "the blocks", len(sizes))):
            terms += [(at + i, at + j, x) for (i, j), x in operator(block, size, field).items()]
            at += size
    elif kind == "transpose":
        terms = [(j, i, x) for (i, j), x in operator(spec["of"], n, field).items()]
    entries = {}
    for i, j, x in terms:
        entries[i, j] = [a + b for a, b in zip(x, entries.get((i, j), [0] * field.phi))]
    return {place: x for place, x in entries.items() if any(x)}


def label(spec):
    """An operator in words."""
    values = [str(spec[key])[:40] for key in ("corner", "first", "last") if key in spec]
    inner = [label(x) for x in spec.get("blocks", [])] or values
    return (
        f"{label(spec['of'])}^T" if "of" in spec else spec["op"] + (f"({', '.join(inner)})" if inner else "")
    )


class Pair:
    """Two operators, and whether they act as A M - M B (Sylvester) or M - A M B (Stein) on matrices of a shape."""

    def __init__(self, spec, shape, field):
        keys(spec, "the operators", "kind left right")
        self.stein = text(spec["kind"], "the kind of the operators", ["sylvester", "stein"]) == "stein"
        self.left, self.right = (
            operator(spec["left"], shape[0], field),
            operator(spec["right"], shape[1], field),
        )
        self.spec, self.shape, self.field = spec, shape, field
        self.formula = "M - A M B" if self.stein else "A M - M B"
        self.words = f"A = {label(spec['left'])}, B = {label(spec['right'])}, over {field.name}"


class Residual:
    """L = A M - M B or M - A M B, its row i scaled by scales[i]; no coefficient of an entry exceeds `bound` in size."""

    def __init__(self, matrix, pair):
        self.matrix, self.pair, self.field, self.shape, (m, n) = (
            matrix,
            pair,
            matrix.field,
            matrix.shape,
            matrix.shape,
        )
        one, rest = self.field.power(0), dict(pair.right)
        diagonals = {s: [(j - s, j) for j in range(max(s, 0), n + min(s, 0))] for s in (-1, 0, 1)}
        # B = ones on some diagonals + the rest; B' = below B has integer entries
        self.ones = [s for s, spots in diagonals.items() if spots and all(rest.get(x) == one for x in spots)]
        for place in [x for s in self.ones for x in diagonals[s]]:
            del rest[place]
        self.below = math.lcm(*[c.denominator for x in rest.values() for c in x])
        self.rest = [(k, j, [int(c * self.below) for c in x]) for (k, j), x in rest.items()]
        columns = [self.below * len(self.ones)] * n
        for _, j, x in self.rest:
            columns[j] += self.field.growth * size_of(x)
        rows = [[] for _ in range(m)]
        for (i, k), x in pair.left.items():
            rows[i].append((k, x))
        plans = [self.plan(i, row, max(columns)) for i, row in enumerate(rows)]
        self.terms, self.factors, self.scales, bounds = zip(*plans)
        self.bound = max(*bounds, *matrix.bounds, 1)

    def plan(self, i, row, width):
        """Integers c, f and a scale:  scale L_i = sum c_k M'_k - f M'_i B',  or Stein: f M'_i - (sum c_k M'_k) B',

        where M'_k = dens[k] M_k; `width` bounds what a coefficient of an entry of a row grows by in the product with B'.
        """
        dens, bounds, stein, below = self.matrix.dens, self.matrix.bounds, self.pair.stein, self.below
        common = math.lcm(
            *[c.denominator * dens[k] for k, x in row for c in x]
        )  # common A_i M has integer entries
        scale = math.lcm(dens[i], common * below) if stein else math.lcm(common, dens[i] * below)
        factor, up = (scale // dens[i], scale // below) if stein else (scale // (dens[i] * below), scale)
        terms = [(k, [int(c * (up // dens[k])) for c in x]) for k, x in row]
        left, right = sum(self.field.growth * size_of(c) * bounds[k] for k, c in terms), factor * bounds[i]
        return terms, factor, scale, left * width + right if stein else left + right * width

    def times_right(self, row, slots):
        """The packed row times B'."""
        field, result = self.field, [self.below * sum(slots.moved(x, s) for s in self.ones) for x in row]
        if len(self.rest) <= 4:
            for k, j, c in self.rest:
                product = field.times(c, [slots.entry(x, k) for x in row])
                result = [r + (x << slots.bits * j) for r, x in zip(result, product)]
            return result
        values, sums = list(zip(*map(slots.unpack, row))), [[0] * slots.n for _ in row]
        for k, j, c in self.rest:
            for part, x in zip(sums, field.times(c, values[k])):
                part[j] += x
        return [r + slots.pack(part) for r, part in zip(result, sums)]

    def rows(self, slots):
        """The function that gives row i, packed."""
        keep = 8 if len(self.pair.left) <= 4 * self.shape[0] else self.shape[0]
        source = lru_cache(maxsize=keep)(lambda k: self.matrix.packed(k, slots))

        def row(i):
            coefficients = [c for _, c in self.terms[i]]
            product = self.field.combine(coefficients, [source(k) for k, _ in self.terms[i]])
            if self.pair.stein:
                other = self.times_right(product, slots)
                return [self.factors[i] * a - b for a, b in zip(source(i), other)]
            return [a - self.factors[i] * b for a, b in zip(product, self.times_right(source(i), slots))]

        return row

    def submatrix(self, rows, columns):
        """The (scaled) rows of a submatrix, each as phi lists of coefficients."""
        slots = Slots(self.shape[1], self.bound.bit_length())
        row = self.rows(slots)
        for i in rows:
            if len(columns) <= 8:
                yield [[slots.entry(x, j) for j in columns] for x in row(i)]
            else:
                yield [[v[j] for j in columns] for v in map(slots.unpack, row(i))]


# ---- rank ------------------------------------------------------------------------------------------------------


def inverse(field, U):
    """An integer D and integer elements C with C U = D I (over GF(p): modulo p). at_most_pivots is sound for any C."""
    p, phi, r = field.p, field.phi, len(U)
    # multiplication by an element is a phi x phi matrix of integers
    T = [
        [field.times(x, field.power(t))[k] for x in row for t in range(phi)] for row in U for k in range(phi)
    ]
    T, before = [row + [int(i == j) for j in range(r * phi)] for i, row in enumerate(T)], 1
    for k in range(r * phi):  # Bareiss: the divisions are exact; in the end T = [D I | C]
        pivot = next((i for i in range(k, r * phi) if T[i][k]), None)
        need(pivot is not None, "the pivot rows and columns have a singular submatrix")
        T[k], T[pivot] = T[pivot], T[k]
        a = T[k][k]
        for i, row in enumerate(T):
            if i != k:
                pairs, b = zip(row, T[k]), row[k]
                T[i] = (
                    [(a * x - b * y) % p for x, y in pairs]
                    if p
                    else [(a * x - b * y) // before for x, y in pairs]
                )
        before = a
    if p:
        T = [[x * pow(row[i], -1, p) % p for x in row] for i, row in enumerate(T)]
    D = T[0][0] if T else 1
    divisor = math.gcd(D, *[x for row in T for x in row[r * phi :]])
    C = [
        [[T[i * phi + k][r * phi + j * phi] // divisor for k in range(phi)] for j in range(r)]
        for i in range(r)
    ]
    return D // divisor, C


def at_most_pivots(residual, rank, evidence):
    """D L_i = sum_k L[i, J_k] P_k for all rows i, where P_k = sum_l C_kl L_(I_l): the rows of L are spanned by P."""
    keys(evidence, "at_most", "method rows columns")
    (m, n), field = residual.shape, residual.field
    rows, columns = indices(evidence["rows"], "the rows", m), indices(evidence["columns"], "the columns", n)
    need(
        len(rows) == len(columns) <= rank,
        f"{len(rows)} rows, {len(columns)} columns do not show a rank of {rank}",
    )
    if rank >= min(m, n):
        return
    submatrix = [
        x if not field.p else [[v % field.p for v in x[0]]] for x in residual.submatrix(rows, columns)
    ]
    D, C = inverse(field, [list(zip(*x)) for x in submatrix])
    B, g = residual.bound, len(rows) * field.growth
    slots = Slots(n, (abs(D) * B + g * B * g * size_of(C) * B).bit_length())
    row = residual.rows(slots)
    pivots = [row(i) for i in rows]
    P = [field.combine(c, pivots) for c in C]
    for i in range(m):
        L = row(i)
        along = field.combine([[slots.entry(x, j) for x in L] for j in columns], P)
        good = field.vanishes([D * a - b for a, b in zip(L, along)], slots)
        need(good, f"row {i} of the residual is no combination of the pivot rows")


def columns_of(field, data, what, length):
    """The matrix whose rows are the columns of the given one, which has `length` rows."""
    rows = [field.elements(row, f"a row of {what}") for row in array(data, what, length)]
    need(len({*map(len, rows)}) == 1, f"the rows of {what} differ in length")
    return matrix_of(field, list(zip(*rows)))


def differences(residual, evidence, rank, shift=0):
    """For every i an integer d > 0 and the packed row d (L - G H^T / 2^shift)_i, with its slots; G has `rank` columns."""
    (m, n), field = residual.shape, residual.field
    H, G = columns_of(field, evidence["right"], "right", n), columns_of(field, evidence["left"], "left", m)
    need(
        len(G.dens) == len(H.dens) <= rank,
        f"{len(G.dens)} and {len(H.dens)} columns do not show a rank of {rank}",
    )
    common = math.lcm(*[g * h for g, h in zip(G.dens, H.dens)]) << shift
    ups = [common // (g * h) >> shift for g, h in zip(G.dens, H.dens)]
    left = [G.elements(k) for k in range(len(ups))]
    sizes = [field.growth * G.bounds[k] * up * H.bounds[k] for k, up in enumerate(ups)]
    slots = Slots(n, (common * residual.bound + max(residual.scales) * sum(sizes)).bit_length())
    row, right = residual.rows(slots), [H.packed(k, slots) for k in range(len(ups))]
    for i, scale in enumerate(residual.scales):
        product = field.combine([[scale * up * c for c in g[i]] for g, up in zip(left, ups)], right)
        yield scale * common, [common * a - b for a, b in zip(row(i), product)], slots


def at_most_generators(residual, rank, evidence):
    """L = G H^T with at most `rank` columns in G and H."""
    keys(evidence, "at_most", "method left right")
    for i, (_, row, slots) in enumerate(differences(residual, evidence, rank)):
        need(residual.field.vanishes(row, slots), f"row {i} of the residual is not that of G H^T")


def at_most_kernel(residual, rank, evidence):
    """L v = 0, or v^T L = 0, for vectors v of which each is nonzero at a place where all others are zero."""
    keys(evidence, "at_most", "method side vectors free")
    (m, n), field = residual.shape, residual.field
    right = text(evidence["side"], "the side", ["right", "left"]) == "right"
    length = n if right else m
    free = indices(evidence["free"], "the free places", length)
    data = [
        field.elements(v, "a vector", length) for v in array(evidence["vectors"], "the vectors", len(free))
    ]
    need(length - len(data) <= rank, f"{len(data)} vectors in the kernel do not show a rank of {rank}")
    for a, v in enumerate(data):
        need(
            [b for b, j in enumerate(free) if any(v[j])] == [a], f"vector {a} is not alone at its free place"
        )
    V = matrix_of(field, data)  # multiples of the vectors do as well
    common = math.lcm(*residual.scales)
    slots = Slots(
        n, (residual.bound * (length * field.growth * common * max(V.bounds, default=0) + 1)).bit_length()
    )
    row, V = residual.rows(slots), [V.elements(a) for a in range(len(data))]
    if right:
        across = Slots(max(len(V), 1), slots.bits - 3)
        columns = [[across.pack(part) for part in zip(*[v[j] for v in V])] for j in range(n)] if V else []
        for i in range(m):
            good = field.vanishes(field.combine(zip(*map(slots.unpack, row(i))), columns), across)
            need(good, f"row {i} of the residual times a vector is not zero")
        return
    sums = [[0] * field.phi for _ in V]
    for i, scale in enumerate(residual.scales):
        L = [common // scale * x for x in row(i)]
        sums = [[a + b for a, b in zip(x, field.times(v[i], L))] for x, v in zip(sums, V)]
    need(all(field.vanishes(x, slots) for x in sums), "a vector times the residual is not zero")


AT_MOST = {"pivots": at_most_pivots, "generators": at_most_generators, "kernel": at_most_kernel}


def at_most(residual, rank, evidence):
    method = evidence.get("method") if type(evidence) is dict else None
    AT_MOST[text(method, "the method", [*AT_MOST])](residual, rank, evidence)


def at_least(residual, rank, evidence):
    """L[I, J] is nonsingular modulo a prime, hence nonsingular; the positive scale of a row does not matter."""
    (m, n), field = residual.shape, residual.field
    keys(evidence, "at_least", "rows columns prime" + field.root)
    rows, columns = indices(evidence["rows"], "the rows", m), indices(evidence["columns"], "the columns", n)
    need(
        len(rows) == len(columns) >= rank,
        f"{len(rows)} rows, {len(columns)} columns do not show a rank of {rank}",
    )
    p, value = field.reduction(evidence)
    # Entries are from 0 to p - 1 at first; each step adds at most p (p - 1).
    slots = Slots(len(rows), (p + len(rows) * p * p).bit_length())
    bits, mask, todo = (
        slots.bits,
        (1 << slots.bits) - 1,
        [slots.pack(value(x)) for x in residual.submatrix(rows, columns)],
    )
    for k in range(len(rows), 0, -1):  # k columns are left, the lowest slot is that of the first of them
        pivot = next((i for i, v in enumerate(todo) if (v & mask) % p), None)
        need(pivot is not None, f"the submatrix is singular modulo {p}")
        slots = Slots(k, bits - 3)
        v = slots.unpack(todo.pop(pivot))
        up = pow(v[0], -1, p)
        P = slots.pack([x * up % p for x in v]) >> bits
        todo = [
            (v >> bits) + (p - (v & mask) % p) * P for v in todo
        ]  # the lowest entry becomes 0 mod p: dropped


def residual_of(claim, case, extra=""):
    """The residual and the rank that a claim speaks of, and words for both."""
    keys(claim, "the claim", f"kind relation rank subject operators field {extra}")
    field = Field(claim["field"])
    matrix, name = case.subject(claim["subject"], field)
    pair = Pair(claim["operators"], matrix.shape, field)
    return (
        Residual(matrix, pair),
        integer(claim["rank"], "the rank"),
        pair.formula,
        f"for M = {name}, {pair.words}",
    )


def displacement_rank(claim, evidence, case):
    residual, rank, formula, words = residual_of(claim, case)
    wanted = {"at most": "at_most", "at least": "at_least", "exactly": "at_most at_least"}
    relation = text(claim["relation"], "the relation", [*wanted])
    case.sentences.append(f"rank of {formula} is {relation} {rank} {words}")
    keys(evidence, "the evidence", wanted[relation])
    if "at_most" in evidence:
        at_most(residual, rank, evidence["at_most"])
    if "at_least" in evidence:
        at_least(residual, rank, evidence["at_least"])


# ---- equalities ------------------------------------------------------------------------------------------------


def product_is(field, factors, matrix):
    """The product of the factors, multiplied from the right on packed rows, is the matrix."""
    dens = [math.lcm(*factor.dens) for factor in factors]
    total, bound = math.prod(dens), 1
    for factor, den in zip(factors, dens):
        bound *= factor.shape[1] * field.growth * den * max(factor.bounds)
    slots = Slots(matrix.shape[1], (max(matrix.dens) * bound + total * max(matrix.bounds)).bit_length())
    need(factors[-1].shape[1] == matrix.shape[1], "the shapes do not fit")
    rows = [[dens[-1] // d * x for x in factors[-1].packed(i, slots)] for i, d in enumerate(factors[-1].dens)]
    for factor, den in list(zip(factors, dens))[-2::-1]:
        need(factor.shape[1] == len(rows), "the shapes do not fit")
        old, rows = rows, []
        for i, d in enumerate(factor.dens):
            terms = [([den // d * c for c in x], k) for k, x in enumerate(factor.elements(i)) if any(x)]
            rows.append(field.combine([c for c, _ in terms], [old[k] for _, k in terms]))
    need(len(rows) == matrix.shape[0], "the shapes do not fit")
    for i, row in enumerate(rows):
        difference = [matrix.dens[i] * a - total * b for a, b in zip(row, matrix.packed(i, slots))]
        need(field.vanishes(difference, slots), f"the matrices differ in row {i}")


def product_equals(claim, evidence, case):
    keys(claim, "the claim", "kind factors matrix field")
    keys(evidence, "the evidence", "")
    field = Field(claim["field"])
    factors = [case.subject(x, field)[0] for x in array(claim["factors"], "the factors")]
    matrix, name = case.subject(claim["matrix"], field)
    case.sentences.append(f"the product of {len(factors)} factors equals {name} over {field.name}")
    want(factors, "the product has no factors")
    product_is(field, factors, matrix)


def matrices_equal(claim, evidence, case, words="equals"):
    keys(claim, "the claim", "kind left right field")
    field = Field(claim["field"])
    (left, name), (right, other) = case.subject(claim["left"], field), case.subject(claim["right"], field)
    case.sentences.append(f"{name} {words} {other} over {field.name}")
    if words == "equals":
        keys(evidence, "the evidence", "")
        product_is(field, [left], right)
    return left, right


def matrices_differ(claim, evidence, case):
    """They have different shapes, or differ in the entry that the evidence names."""
    left, right = matrices_equal(claim, evidence, case, "differs from")
    keys(evidence, "the evidence", "row column")
    i, j = integer(evidence["row"], "the row"), integer(evidence["column"], "the column")
    if left.shape == right.shape:
        need(i < left.shape[0] and j < left.shape[1], "there is no such entry")
        x, y = left.elements(i)[j], right.elements(i)[j]
        same = all(a * right.dens[i] == b * left.dens[i] for a, b in zip(x, y))
        need(not same, f"the matrices do not differ in row {i}, column {j}")


# ---- certificates ----------------------------------------------------------------------------------------------

CLAIMS = {
    "displacement-rank": displacement_rank,
    "matrices-equal": matrices_equal,
    "matrices-differ": matrices_differ,
    "product-equals": product_equals,
}


def decide(path, case):
    """Establish every statement of a certificate, or raise."""
    data = parse_json(read_file(path)[0], "the certificate")
    keys(data, "the certificate", "format statements", "origin")
    want(data["format"] == FORMAT, f"the format is {str(data['format'])[:40]!r}, not {FORMAT!r}")
    want(array(data["statements"], "the statements"), "the certificate has no statement")
    for entry in data["statements"]:
        keys(entry, "a statement", "claim evidence")
        kind = entry["claim"].get("kind") if type(entry["claim"]) is dict else None
        CLAIMS[text(kind, "the kind of the claim", [*CLAIMS])](entry["claim"], entry["evidence"], case)


def check(path, given=()):
    """The verdict on a certificate: "accepted", "rejected" or "unreadable", why, and the claims in words."""
    case = Case(path, given)
    try:
        decide(path, case)
        verdict, reason = "accepted", "; ".join(case.sentences)
    except Rejected as error:
        verdict, reason = "rejected", str(error)
    except Unreadable as error:
        verdict, reason = "unreadable", str(error)
    except Exception as error:  # whatever else happened, the statements are not established
        verdict, reason = (
            "unreadable",
            f"the checker cannot finish: {type(error).__name__}: {str(error)[:200]}",
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
            print(f"{result['verdict'].upper()} {result['path']}: {result['reason']}")
    verdicts = {result["verdict"] for result in results}
    return 1 if "rejected" in verdicts else 2 if "unreadable" in verdicts else 0


if __name__ == "__main__":
    sys.exit(main())
