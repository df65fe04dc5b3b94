"""Decide certificates about structured matrices: `python -I -O checker.py CERT... [--subject FILE] [--json]`.

The Python standard library and nothing else, to be read in one sitting and run by anybody. docs/certificate-format.md
is the normative description of everything decided here, with proofs. Every statement is established or refused:
whatever is not foreseen raises, and whatever raises is no acceptance.

element      a list of phi rational coefficients of 1, zeta, ..., zeta^(phi-1); phi = 1 for Q and GF(p)
block        the phi x phi matrix of the multiplication by an element. Matrices over Q(zeta) are rational matrices of
             blocks from the moment they are read: zeros, products and inverses are the same, ranks phi-fold
Matrix       rows of integers over one denominator, with a bound on their size
Residual     A M - M B or M - A M B times a positive integer, which leaves the rank as it is
packed row   a row of integers v_0, v_1, ... as the one integer sum v_j X^j, X = 256^(bytes of a slot)
need, want   refuse unless a condition holds: need with "rejected", want with "unreadable"
"""

import argparse
import hashlib
import json
import math
import os
import re
import struct
import sys
from fractions import Fraction
from functools import cached_property, lru_cache, partial
from itertools import accumulate, pairwise
from operator import add, mul

MAX_FILE, MAX_NUMBER = 1 << 31, 1 << 18  # bytes of any file that is read, characters of a number
MAX_SIDE, MAX_WORK = 4096, 1 << 24  # rows of operators without a matrix; entries of any matrix
MAX_ROWS = 1 << 20  # rows or columns of a matrix and of an operator
MAX_HELD, MAX_COST = 1 << 30, 1 << 36  # bytes of rows held at a time, of rows computed in all, by a program


class Refusal(Exception):
    """Raised with a verdict and a reason.

    "unreadable": the text is no certificate of this format, or a file that it names cannot be had or read.
    "rejected": the certificate is well formed, but a statement in it is not established.
    """


def want(condition, reason, verdict="unreadable"):
    if not condition:
        raise Refusal(verdict, reason)


need = partial(want, verdict="rejected")


# ---- JSON ------------------------------------------------------------------------------------------------------


def distinct(pairs):
    want(len(dict(pairs)) == len(pairs), "a JSON object has a key twice")
    return dict(pairs)


def parse_json(data, refusal, floats=float):
    """The JSON value; a number with . e E becomes a float, which is no number anywhere in a certificate."""
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=distinct, parse_float=floats)
    except ValueError as error:
        raise Refusal("unreadable", f"{refusal}: {error!s:.200}") from error


def keys(data, what, required, optional=""):
    """The object itself, if it has the required keys and none beside these and the optional ones."""
    want(type(data) is dict, f"{what} is not a JSON object")
    odd = (data.keys() - {*optional.split()}) ^ {*required.split()}
    want(not odd, f"{what} lacks these keys, or has them and should not: {', '.join(sorted(odd)):.200}")
    return data


def array(data, what, length=None):
    want(type(data) is list, f"{what} is not a JSON array")
    need(length in (None, len(data)), f"{what} has {len(data)} items, not {length}")
    return data


def integer(x, what, least=0, most=1 << 53):
    want(type(x) is int and least <= x <= most, f"{what} is not an integer from {least} to {most}")
    return x


def text(x, what, known=None):
    want(type(x) is str and x in (known or [x]), f"{what} is {x!r:.40}; known: {known or 'a string'}")
    return x


def indices(data, what, limit):
    chosen = [integer(x, what) for x in array(data, what)]
    need(len({*chosen} & {*range(limit)}) == len(chosen), f"{what} are not distinct numbers below {limit}")
    return chosen


def shape_of(data, most=1 << 53):
    return tuple([integer(x, "a size", 1, most) for x in array(data, "the shape", 2)])


def words(x):
    """JSON data in words, of printable ASCII; what is long is cut and told by its sha256."""
    if type(x) is dict and "entries" not in x:
        return ", ".join(f"{key} {words(value)}" for key, value in x.items())
    full = json.dumps(x)
    return full if len(full) <= 90 else f"{full[:60]}... sha256 {hashlib.sha256(full.encode()).hexdigest()}"


# ---- numbers ---------------------------------------------------------------------------------------------------

REAL = r"(?:0x[0-9a-f]+(?:/0x[0-9a-f]+)?|\d+/\d+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?)"
COMPLEX = re.compile(rf"(?:([+-]?{REAL})(?=[+-]|\Z))?(?:([+-]?(?:{REAL})?)[ij])?", re.ASCII)


def rational(string):
    """The number that the real part, or the imaginary part, of an exact string denotes."""
    top, _, bottom = string.partition("/")
    return Fraction(int(top, 16), int(bottom or "1", 16)) if "x" in string else Fraction(string)


def number(x):
    """The real and the imaginary part of a JSON integer or exact string."""
    if type(x) in (int, Fraction):
        return Fraction(x), Fraction(0)
    match = COMPLEX.fullmatch(text(x, "a number"))
    want(x and match, f"{x[:40]!r} is not an exact number")
    want(len(x) <= MAX_NUMBER, f"a number has {len(x)} characters, more than {MAX_NUMBER}")
    real, imaginary = match.groups()
    imaginary = imaginary + "1" if imaginary in ("", "+", "-") else imaginary
    return rational(real or "0"), rational(imaginary or "0")


def prime(x):
    """x, if it is a prime below 2^64, by Miller-Rabin: no composite below 3.3 * 10^24 passes for these 12 bases."""
    bases = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)
    need(2 <= x < 1 << 64, f"the modulus {x:#x} is not between 2 and 2^64")
    twos = ((x - 1) & (1 - x)).bit_length() - 1
    for b in bases:
        powers = [pow(b, ((x - 1) >> twos) << k, x) for k in range(twos)]
        need(x in bases or 1 in powers[:1] or x - 1 in powers, f"the modulus {x} is not a prime")
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
    for d in (d for d in range(1, N) if N % d == 0):
        result, _ = divide(result, cyclotomic(d))
    return result


@lru_cache(maxsize=2)
class Field:
    """Q, Q(zeta_N) or GF(p); p is 0 but for GF(p)."""

    def __init__(self, name):
        match = re.fullmatch(r"Q|Q\(zeta_([1-9][0-9]{0,2})\)|GF\(([1-9][0-9]{0,19})\)", name)
        want(match, f"unknown field {name[:40]!r}; known: Q, Q(zeta_N) with N < 1000, GF(p)")
        self.name, self.N, self.p = name, int(match[1] or 1), prime(int(match[2])) if match[2] else 0
        self.known = {}  # elements that were read
        self.modulus, self.phi = (c := cyclotomic(self.N)), len(c) - 1
        self.integer_block = lru_cache(maxsize=min(1 << 16, 1 + MAX_WORK // self.phi**2))(self.block)
        self.i = divide([0] * (self.N // 4) + [1] + [0] * self.phi, self.modulus)[1]  # used if 4 divides N

    def turn(self, x):
        """x zeta."""
        return [a - x[-1] * b for a, b in zip([0, *x[:-1]], self.modulus)]

    def block(self, x):
        """Column t holds the coefficients of x zeta^t."""
        return list(zip(*accumulate([x] * self.phi, lambda column, _: self.turn(column))))

    @cached_property
    def growth(self):
        """W: the largest sum of the sizes of the k-th coefficients of zeta^e, e < 2 phi - 1, over all k.

        The entry (k, t) of the block of x is the sum over s of x_s times the k-th coefficient of zeta^(s + t), so the
        sizes of the entries of a row add up to at most W sum |x_s|, and each is at most W max |x_s|.
        """
        powers = accumulate([[1] + [0] * (self.phi - 1)] * (2 * self.phi - 1), lambda x, _: self.turn(x))
        return max(sum(map(abs, column)) for column in zip(*powers))

    def complex(self, real, imaginary):
        """real + imaginary i, where i = zeta^(N/4)."""
        need(not imaginary or self.N % 4 == 0, f"a number is complex, hence not in {self.name}")
        return [real + imaginary * self.i[0], *[imaginary * c for c in self.i[1:]]]

    def element(self, x, lists=True):
        """The element that JSON data denote; equal data are read once, and only true looks like true to repr."""
        name = repr((x, lists))
        if name not in self.known:
            self.known.clear() if len(self.known) >> 16 else None
            self.known[name] = self.read(x, lists)
        return self.known[name]

    def read(self, x, lists):
        if type(x) is list:
            want(lists and len(x) == self.phi > 1, f"a list is not that of the coefficients over {self.name}")
            want(not any(number(c)[1] or type(c) is Fraction for c in x), "a coefficient is not rational")
            return [number(c)[0] for c in x]
        y = self.complex(*number(x))
        good = not self.p or (type(x) is not Fraction and y[0].denominator == 1 and 0 <= y[0] < self.p)
        want(good, f"a number is not an integer from 0 to p - 1, as {self.name} wants")
        return y

    def elements(self, data, what, length=None):
        return [self.element(x) for x in array(data, what, length)]

    def reduction(self, evidence, others=""):
        """A prime p, and the weights w for which sum c_k w_k mod p is a ring homomorphism of integer elements."""
        keys(evidence, "evidence modulo a prime", f"prime {others} {'root' if self.phi > 1 else ''}")
        parts = [number(evidence.get(key, 0)) for key in ("prime", "root")]
        p, z = [x.numerator if x.denominator == 1 and not y else 0 for x, y in parts]
        need(prime(p) == (self.p or p), f"the modulus {p} is not that of {self.name}")
        weights = [pow(z, k, p) for k in range(self.phi + 1)]
        need(self.phi == 1 or sum(map(mul, self.modulus, weights)) % p == 0, f"{z} is no root modulo {p}")
        return p, weights[: self.phi]


# ---- matrices --------------------------------------------------------------------------------------------------


class Slots:
    """The packing of rows of n integers v_j of at most `bits` bits as sum v_j X^j, with |v_j| < X/4.

    Integers below X in size pack to 0 only if all are 0: v_0 is a multiple of X, hence 0; and so on upwards.
    """

    def __init__(self, n, bits):
        self.n, self.size = n, (bits + 2) // 8 + 1
        want(n * self.size <= 4 * MAX_WORK, "the numbers of a row are too long to work with")
        self.length = n * self.size
        self.half = int.from_bytes((bytes(self.size - 1) + b"\x80") * n, "little")  # X/2 in every slot

    def pack(self, values):  # two's complement with the top bit of every slot flipped is v_j + X/2
        raw = b"".join([v.to_bytes(self.size, "little", signed=True) for v in values])
        return (int.from_bytes(raw, "little") ^ self.half) - self.half

    def place(self, values):
        """As pack, for {j: v_j} with all others 0."""
        raw, size = bytearray(self.size * self.n), self.size
        for j, v in values.items():
            raw[j * size : (j + 1) * size] = v.to_bytes(size, "little", signed=True)
        return (int.from_bytes(raw, "little") ^ self.half) - self.half

    def unpack(self, row):
        raw, size = ((row + self.half) ^ self.half).to_bytes(self.size * self.n, "little"), self.size
        return [int.from_bytes(raw[k : k + size], "little", signed=True) for k in range(0, len(raw), size)]


class Matrix:
    """Entry (i, j) is row(i)[j] / den, and |row(i)[j]| <= bound."""

    def __init__(self, shape, den, bound, row):
        self.shape, self.den, self.bound, self.row = shape, den, bound, row

    def packed(self, slots):
        """The packed rows, or of every block only the first column if there are so many slots."""
        step = max(self.shape[1], 1) // max(slots.n, 1)
        return (slots.pack(self.row(i)[::step]) for i in range(self.shape[0]))


def fits(field, m, n):
    """Refuse matrices of too many entries, rows or columns."""
    good = m * n * field.phi**2 <= MAX_WORK and max(m, n) * field.phi <= MAX_ROWS
    want(good, f"a matrix is too large over {field.name}")


class Blocks(Matrix):
    """An m x n matrix over a field by the first columns of its blocks: packed(slots) yields the rows of these."""

    def __init__(self, field, shape, den, bound, packed):
        (m, n), phi, self.field, self.packed = shape, field.phi, field, packed
        fits(field, m, n)
        super().__init__((m * phi, n * phi), den, bound * field.growth, self.line)

    @cached_property
    def own(self):
        slots = Slots(self.shape[1] // self.field.phi, self.bound.bit_length())
        want(math.prod(self.shape) * slots.size <= MAX_HELD, "the numbers of a matrix are too long")
        self.field.integer_block.cache_clear()  # of blocks of other matrices
        return slots, list(self.packed(slots))

    def line(self, i):
        (slots, rows), k = self.own, i % self.field.phi
        heads = [slots.unpack(row) for row in rows[i - k : i - k + self.field.phi]]
        return (
            [c for x in zip(*heads) for c in self.field.integer_block(x)[k]]
            if self.field.phi > 1
            else heads[0]
        )


class Product(Matrix):
    """The product of matrices, multiplied from the right."""

    def __init__(self, factors):
        need(all(x.shape[1] == y.shape[0] for x, y in pairwise(factors)), "the shapes do not fit")
        self.factors, last, bound = factors, factors[-1], factors[-1].bound
        for x in factors[:-1]:
            bound *= x.shape[1] * x.bound
        shape, den = (factors[0].shape[0], last.shape[1]), math.prod(x.den for x in factors)
        super().__init__(shape, den, max(bound, last.bound), None)

    def packed(self, slots):
        work = sum(math.prod(x.shape) * (1 + limbs(x.bound)) for x in self.factors[:-1]) * (64 + slots.length)
        held = max([x.shape[0] for x in self.factors[1:]], default=0) * slots.length
        want(held <= MAX_HELD and work <= MAX_COST << 3, "a product is too large")
        rows = self.factors[-1].packed(slots)
        for x in self.factors[-2::-1]:
            rows = combinations(x, list(rows))
        return rows


def limbs(x):
    return 1 + x.bit_length() // 32


def common(denominators, entries):
    """The least common denominator, for a matrix of so many entries."""
    den, cost = 1, 0
    for d in denominators:
        cost += limbs(den) * limbs(d)
        want(cost * 8 <= MAX_COST, "the denominators are too long")
        den = math.lcm(den, d)
        want(den.bit_length() * entries <= MAX_FILE, "the common denominator is too long")
    return den


def from_places(field, rows, n):
    """The matrix with n columns and the rows {column: element}."""
    fits(field, len(rows), n)
    numbers = [c for row in rows for x in row.values() for c in x]
    den = common({c.denominator for c in numbers}, len(rows) * n * field.phi**2)
    rows = [{j: [c.numerator * (den // c.denominator) for c in x] for j, x in row.items()} for row in rows]
    bound = max([abs(c.numerator) * (den // c.denominator) for c in numbers], default=0)

    def packed(slots):
        return (slots.place({j: x[k] for j, x in row.items()}) for row in rows for k in range(field.phi))

    return Blocks(field, (len(rows), n), den, bound, packed)


def from_rows(field, rows, n=0):
    """The matrix with these rows of elements; the width is needed where there are no rows."""
    n = len(rows[0]) if rows else n
    need(all(len(row) == n for row in rows), "the rows of a matrix differ in length")
    fits(field, len(rows), n)
    return from_places(field, [{j: x for j, x in enumerate(row) if any(x)} for row in rows], n)


def differences(factors, matrix, phi=1):
    """The slots, and d > 0 and the packed rows of d (product of the factors - matrix); of every block only the first
    column, which determines it."""
    left = Product(factors)
    need(left.shape == matrix.shape, "the shapes do not fit")
    d = math.lcm(left.den, matrix.den)
    up, down = d // left.den, d // matrix.den
    slots = Slots(matrix.shape[1] // phi, (up * left.bound + down * matrix.bound).bit_length())
    rows = zip(left.packed(slots), matrix.packed(slots), strict=True)
    return slots, d, (up * row - down * other for row, other in rows)


def combinations(matrix, rows):
    for i in range(matrix.shape[0]):
        yield sum(c * row for c, row in zip(matrix.row(i), rows) if c)


def same(field, factors, matrix, what):
    """Refuse unless the product of the factors is the matrix, in the field."""
    slots, _, rows = differences(factors, matrix, field.phi)
    for i, row in enumerate(rows):
        zero = not any(v % field.p for v in slots.unpack(row)) if field.p else row == 0
        need(zero, f"{what} in row {i // field.phi}")


def zeros(shape):
    return Matrix(shape, 1, 0, lambda i: [0] * shape[1])


def squares(rows, den):
    """The sum of the squares of all entries, the square of the Frobenius norm."""
    return Fraction(sum(sum(map(mul, row, row)) for row in rows), den * den)


# ---- subjects --------------------------------------------------------------------------------------------------

# numpy's names of types, struct's letters for them; "bf" is bfloat16, the upper half of a float32
LETTERS = {"b1": "?", "i1": "b", "i2": "h", "i4": "i", "i8": "q", "u1": "B", "u2": "H", "u4": "I", "u8": "Q"}
LETTERS |= {"f2": "e", "f4": "f", "f8": "d", "c8": "f", "c16": "d", "bf": "H"}
TENSORS = dict(zip(re.split(" ", "BOOL I8 I16 I32 I64 U8 U16 U32 U64 F16 F32 F64 C64 C128 BF16"), LETTERS))
FLOATS = {"f2": (11, 24), "f4": (24, 149), "f8": (53, 1074), "bf": (8, 133), "c8": None, "c16": None}


def integers(x, shift):
    """The integers x_j 2^shift, for floats of which the caller knows that these are integers."""
    if shift < 1023 and max(map(abs, x)) < 2.0 ** (1023 - shift):
        up = 2.0**shift  # x_j * up is below 2^1023 in size, hence finite, hence exact
        return [int(v * up) for v in x]
    return [(a << shift) // b for a, b in map(float.as_integer_ratio, x)]


def numeric(field, data, shape, dtype, order="<", columns_first=False):
    """The matrix stored in `data` as numbers of the given type."""
    (m, n), letter, parts = shape, LETTERS[dtype], 2 if dtype[0] == "c" else 1
    size = parts * struct.calcsize("<" + letter)
    want(len(data) == m * n * size, f"{m} x {n} numbers of {size} bytes announced, {len(data)} bytes there")
    want(not field.p or dtype not in FLOATS, f"floating-point numbers are not in {field.name}")

    def numbers(i):
        raw = data[i * n * size : (i + 1) * n * size]
        if columns_first:
            raw = b"".join([data[k : k + size] for k in range(i * size, len(data), m * size)])
        x = struct.unpack(f"{order}{parts * n}{letter}", raw)
        return struct.unpack(f"<{n}f", struct.pack(f"<{n}I", *[v << 16 for v in x])) if dtype == "bf" else x

    if field.phi > 1 or parts == 2:
        fits(field, m, n)
        lines = [[*map(Fraction, numbers(i))] for i in range(m)]
        pairs = [zip(x[::2], x[1::2]) if parts == 2 else zip(x, [0] * n) for x in lines]
        return from_rows(field, [[field.complex(*z) for z in x] for x in pairs])
    bound, least = 0, math.inf
    for i in range(m):
        x = numbers(i)
        want(all(map(math.isfinite, x)), f"row {i} has NaN or infinity")
        want(not field.p or 0 <= min(x) <= max(x) < field.p, f"row {i} has a number not from 0 to p - 1")
        bound, least = max(bound, max(x), -min(x)), min(least, min(map(abs, filter(None, x)), default=least))
    if dtype not in FLOATS:
        return Matrix(shape, 1, bound, lambda i: list(numbers(i)))
    # A nonzero float in [2^(e-1), 2^e) is a multiple of 2^(e-precision), as are all that are larger, and every float
    # is a multiple of the least positive one, 2^(-lowest).
    precision, lowest = FLOATS[dtype]
    shift = max(0, min(precision - math.frexp(least if bound else 1.0)[1], lowest))
    return Matrix(shape, 1 << shift, integers([bound], shift)[0], lambda i: integers(numbers(i), shift))


NPY = rb"\{'descr': '([<>|])(\w+)', 'fortran_order': (True|False), 'shape': \((\d+), (\d+)\), \} *\n"


def read_npy(field, data):
    start = 10 if data[6:7] == b"\1" else 12
    end = start + int.from_bytes(data[8:start], "little")
    match = re.fullmatch(NPY, data[start:end])
    want(match and data[6:8] in (b"\1\0", b"\2\0", b"\3\0"), f"unreadable NPY header: {data[:end][6:96]!r}")
    shape, order = shape_of([int(match[4]), int(match[5])]), match[1].decode().replace("|", "<")
    dtype = text(match[2].decode(), "the type of the numbers", [*LETTERS][:-1])
    return numeric(field, data[end:], shape, dtype, order, match[3] == b"True")


def read_safetensors(field, data, name):
    end = 8 + int.from_bytes(data[:8], "little")
    want(end <= len(data), f"the header is said to end at byte {end}, the file ends at {len(data)}")
    header = parse_json(data[8:end], "the header of the safetensors file is no JSON")
    want(type(header) is dict and name in header, f"the safetensors file has no tensor {name[:40]!r}")
    entry = keys(header[name], "a tensor", "dtype shape data_offsets")
    first, last = [integer(x, "an offset") for x in array(entry["data_offsets"], "data_offsets", 2)]
    want(last <= len(data) - end, f"the tensor is said to end at byte {last} of {len(data) - end}")
    dtype = TENSORS[text(entry["dtype"], "the type of the tensor", [*TENSORS])]
    return numeric(field, data[end + first : end + last], shape_of(entry["shape"]), dtype)


def read_json(field, data):
    """Rows, or {"field", "entries"}; numbers with . e E are the nearest float64."""
    data = parse_json(data, "the subject is neither NPY nor JSON", lambda x: Fraction(float(x)))
    data = keys(data, "the subject", "entries", "field") if type(data) is dict else {"entries": data}
    named = data.get("field", "Q")
    need(named in ("Q", "Q(zeta_4)", field.name), f"the subject is over {named!r:.40}, not {field.name}")
    return by_value(field, data["entries"], named == field.name)


def by_value(field, rows, lists=True):
    rows = [array(row, "a row of the subject") for row in array(rows, "the entries of the subject")]
    return from_rows(field, [[field.element(x, lists) for x in row] for row in rows])


@lru_cache(maxsize=2)
def read_file(path):
    """The bytes of a file and their sha256 in hexadecimal."""
    other = "no file, but a folder or a device" if os.path.exists(path) else "not there"
    want(os.path.isfile(path), f"{path} is {other}")
    want(os.path.getsize(path) <= MAX_FILE, f"{path} is too large: more than {MAX_FILE} bytes")
    with open(path, "rb") as file:
        data = file.read(os.fstat(file.fileno()).st_size + 1)
    return data, hashlib.sha256(data).hexdigest()


class Case:
    """One certificate: where its subjects lie, and its claims in words."""

    def __init__(self, path, given):
        self.folder, self.given, self.claims = os.path.dirname(path), given, []
        self.last, self.named = ("", None), 0

    def subject(self, spec):
        """The matrix that a subject denotes."""
        form = next((x for x in FORMS if type(spec) is dict and x in spec), "file")
        names = {"nonzeros": "nonzeros shape", "file": "file sha256 shape"}.get(form, form)
        keys(spec, "the subject", names, "tensor" if form == "file" else "")
        named = form == "file" or (type(spec[form]) is dict and "file" in spec[form])
        key = json.dumps([self.field.name, spec]) if named else ""
        if not named or key != self.last[0]:  # a few bytes can name much work
            self.named += named
            want(self.named <= 256, "the certificate names too many files")
            self.last = key, FORMS[form](self, spec)
        want(0 not in self.last[1].shape, "the subject is empty")
        return self.last[1]

    def content(self, x):
        """JSON data as they are given, or from the file that is named."""
        if type(x) is dict and "file" in x:
            keys(x, "a file", "file sha256")
            data = self.find(text(x["file"], "the file"), text(x["sha256"], "the sha256"))
            x = parse_json(data, f"{x['file'][:80]!r} is no JSON")
        return x

    def find(self, name, stated):
        bare = name.strip(".") and not any(c in name for c in "/\\:\0")
        want(bare, f"{name[:80]!r} is not a bare file name; subjects lie in the folder of the certificate")
        found = [p for p in [*self.given, os.path.join(self.folder, name)] if os.path.exists(p)]
        want(found, f"the subject {name[:80]!r} is not in {self.folder or '.'!r}; give it by --subject FILE")
        data = [read_file(path)[0] for path in found if read_file(path)[1] == stated]
        need(data, f"the sha256 of {name[:80]!r} is not {stated[:64]!r}")
        return data[0]


def stored(case, spec):
    data = case.find(text(spec["file"], "the file"), text(spec["sha256"], "the sha256"))
    if "tensor" in spec:
        matrix = read_safetensors(case.field, data, text(spec["tensor"], "the tensor"))
    else:
        matrix = read_npy(case.field, data) if data[:6] == b"\x93NUMPY" else read_json(case.field, data)
    m, n = shape_of(spec["shape"])
    need((m * case.field.phi, n * case.field.phi) == matrix.shape, f"the matrix of the file is not {m} x {n}")
    return matrix


# ---- subjects by what they do ----------------------------------------------------------------------------------


class Program:
    """A straight-line program: new rows are combinations c x + d y of two rows that are there.

    row          None for zero, or (den, bound, lines) for a row of n elements: line k, a packed row, has the k-th
                 coefficients times den, at most bound in size; there are no lines yet while sizes are computed
    coefficient  None for zero, or (den, size, integers), its coefficients times den: it makes bounds size-fold
    level        lists of the c, the places of the x, the d, the places of the y
    """

    def __init__(self, field):
        self.field, self.known, self.one, self.cost, self.work, self.top = field, {}, None, 0, 0, 0
        (self.one,) = self.coefficients([1], "one")

    def coefficients(self, data, what, length=None):
        names = [*map(repr, array(data, what, length))]  # equal for equal data only: 1 and true differ
        for name, x in zip(names, data):
            if name not in self.known:
                x = self.field.element(x)
                den = common([c.denominator for c in x], 1)
                x = tuple([int(c * den) for c in x])
                c = den, sum(map(abs, x)) * (self.field.growth if any(x[1:]) else 1), x
                self.known[name] = self.one if c == self.one else c if c[1] else None
        return [self.known[name] for name in names]

    def spend(self, cost, work=0):
        """So many steps on numbers while sizes are computed, and so many on rows and numbers later."""
        self.cost, self.work = self.cost + 8 * cost, self.work + work
        want(self.cost <= MAX_COST, "the numbers of a program are too long")

    def combine(self, terms, slots):
        """The row sum of c x over the terms (c, x)."""
        dens, field, p, lines = [c[0] * x[0] for c, x in terms], self.field, self.field.p, []
        slots or self.spend(math.prod(map(limbs, dens)) + sum(limbs(c[0]) * limbs(x[0]) for c, x in terms))
        den = math.lcm(*dens)
        terms = [(den // d, c, x) for d, (c, x) in zip(dens, terms)]
        bound = sum(up * c[1] * x[1] for up, c, x in terms)
        for up, c, x in [] if slots else terms:
            each = limbs(up * c[1])
            self.spend(each * limbs(x[1]), each * field.phi ** (1 + any(c[2][1:])))
        for k in range(field.phi if slots else 0):
            parts = [(up, x[2], field.integer_block(c[2])[k]) for up, c, x in terms]
            lines.append(sum(up * b * x[t] for up, x, row in parts for t, b in enumerate(row) if b))
        slots or self.spend(64 * (limbs(den) + limbs(bound)))
        self.top = max(self.top, bound)
        if p and bound > max(p, 1 << 16) ** 4:  # then all are reduced modulo p
            self.work, bound = self.work + 64, p
            lines = [slots.pack([v % p for v in slots.unpack(line)]) for line in lines]
        return den, bound, lines

    def run(self, slots=None):
        """The rows of the outputs."""
        rest = [0] * (self.field.phi - 1)
        units = [[1 << 8 * slots.size * j, *rest] if slots else [] for j in range(self.n)]
        rows = [(1, 1, lines) for lines in units] + [None] * self.zeros
        for level in self.levels:
            new = []
            for c, i, d, j in zip(*level):
                terms = [(c, x) for c, x in ((c, rows[i]), (d, rows[j])) if c and x]
                plain = len(terms) == 1 and terms[0][0] is self.one
                new.append(terms[0][1] if plain else self.combine(terms, slots) if terms else None)
            rows[len(rows) if self.grows else 0 :] = new
        return [rows[i] for i in self.outputs]

    def matrix(self, n, zeros, levels, outputs, grows=False):
        """The matrix of the outputs, from n unit rows and zeros; new rows come behind the others, or replace them."""
        self.n, self.zeros, self.levels, self.outputs, self.grows = n, zeros, levels, outputs, grows
        self.held = (n + zeros + grows * len(levels)) * self.field.phi
        want(self.held * n <= MAX_HELD, "a program has too many rows")
        rows = [x for x in self.run() if x]
        self.den = common({x[0] for x in rows}, len(outputs) * n)
        self.work += sum(limbs(self.den // x[0]) for x in rows) * self.field.phi
        bound = max([self.den // x[0] * x[1] for x in rows], default=0)
        return Blocks(self.field, (len(outputs), n), self.den, max(bound, self.top), self.packed)

    def packed(self, slots):
        good = self.held * slots.length <= MAX_HELD and self.work * (512 + slots.length) <= MAX_COST
        want(good, "a program has too many rows, or too long ones")
        for x in self.run(slots):
            yield from [self.den // x[0] * line for line in x[2]] if x else [0] * self.field.phi


def kaleidoscope(case, spec):
    """The m x n corner of a product of butterfly factors: row i becomes d_i (row i) + o_i (row i ^ 2^bit)."""
    K = keys(case.content(spec["kaleidoscope"]), "the kaleidoscope", "m n size width field kind factors")
    m, n, N, width = [integer(K[key], key, 1) for key in ("m", "n", "size", "width")]
    L, name, program, levels = N.bit_length() - 1, K["field"], Program(case.field), []
    need(N == 1 << L and max(m, n, 2) <= N, f"a kaleidoscope has the size {N} for {m} x {n}")
    down, up = [*range(L)][::-1], [*range(L)]
    bits = {"B": up, "B*": down, "BB*": down + up, "B*B": up + down}
    bits = bits[text(K["kind"], "the kind of the kaleidoscope", [*bits])]
    need(width == 1 or K["kind"] == "BB*", f"the width of the kind {K['kind']} is not 1")
    need(name == case.field.name, f"the kaleidoscope is over {name!r:.40}, not {case.field.name}")
    factors = array(K["factors"], "the list of the factors", width * len(bits))
    for bit, factor in zip(bits * width, factors):
        keys(factor, "a factor", "bit diagonal offdiagonal")
        need(integer(factor["bit"], "a bit") == bit, f"factor {len(levels)} has not the bit {bit}")
        d, o = [program.coefficients(factor[key], key, N) for key in ("diagonal", "offdiagonal")]
        levels.append((d, range(N), o, [i ^ 1 << bit for i in range(N)]))
    return program.matrix(n, N - n, levels, range(m))


def circuit(case, spec):
    """The outputs of gates alpha (row i) + beta (row j), of earlier rows; the first n rows are those of the inputs."""
    data = keys(case.content(spec["circuit"]), "the circuit", "inputs gates outputs")
    n, program, levels = integer(data["inputs"], "the number of inputs", 1), Program(case.field), []
    for k, gate in enumerate(array(data["gates"], "the gates")):
        a, i, b, j = array(gate, "a gate", 4)
        last = max(integer(i, "an operand"), integer(j, "an operand"))
        need(last < n + k, f"gate {k} uses a row not yet there")
        c, d = program.coefficients([a, b], "the coefficients")
        levels.append(([c], [i], [d], [j]))
    outputs = [integer(x, "an output") for x in array(data["outputs"], "the outputs")]
    need(max(outputs, default=0) < n + len(levels), "an output is not there")
    return program.matrix(n, 0, levels, outputs, True)


def permutation(case, spec):
    """Column i has its 1 in row p_i."""
    data, one = case.content(spec["permutation"]), case.field.element(1)
    p = indices(data, "the places of a permutation", len(array(data, "the permutation")))
    return from_places(case.field, [{i: one} for i in sorted(range(len(p)), key=p.__getitem__)], len(p))


def nonzeros(case, spec):
    """The entries that are given; all others are 0."""
    (m, n), field = shape_of(spec["shape"]), case.field
    fits(field, m, n)
    rows = [{} for _ in range(m)]
    for entry in array(spec["nonzeros"], "the nonzeros"):
        i, j, x = array(entry, "a nonzero", 3)
        need(integer(i, "a row") < m and integer(j, "a column") < n, "a nonzero is outside")
        need(j not in rows[i], f"two nonzeros are at ({i}, {j})")
        rows[i][j] = field.element(x)
    return from_places(field, rows, n)


def multiplied(case, data):
    """The product of subjects."""
    factors, phi = [case.subject(x) for x in array(data, "the factors")], case.field.phi
    want(factors, "the product has no factors")
    P = Product(factors)
    return Blocks(case.field, (P.shape[0] // phi, P.shape[1] // phi), P.den, P.bound, P.packed)


def flat(case, spec):
    nested = any(type(x) is dict and "product" in x for x in array(spec["product"], "the factors"))
    want(not nested, "a product is a factor of a product")
    return multiplied(case, spec["product"])


def by_entries(case, spec):
    return by_value(case.field, spec["entries"])


FORMS = {"kaleidoscope": kaleidoscope, "circuit": circuit, "permutation": permutation, "product": flat}
FORMS |= {"nonzeros": nonzeros, "entries": by_entries, "file": stored}


# ---- operators -------------------------------------------------------------------------------------------------

# the keys that an operator needs
OPERATORS = {"shift": "corner", "identity": "", "zero": "", "path": "first last", "diagonal": "values"}
OPERATORS |= {"subdiagonal": "values", "tridiagonal": "sub main super", "dense": "entries"}
OPERATORS |= {"blocks": "blocks sizes", "transpose": "of"}
ONES = {"shift": [-1], "identity": [0], "path": [-1, 1]}  # the diagonals j - i that are all ones
BANDS = {"diagonal": {"values": 0}, "tridiagonal": {"sub": -1, "main": 0, "super": 1}}  # those that are given
SPOTS = {"corner": (0, -1), "top_right": (0, -1), "bottom_left": (-1, 0), "first": (0, 0), "last": (-1, -1)}


def operator(spec, n, field, inside=0):
    """The nonzero entries {(i, j): element} of an operator of size n."""
    want(n * field.phi <= MAX_ROWS and inside <= 8, "an operator is too large, or inside too many others")
    kind = text(spec.get("op") if type(spec) is dict else None, "an operator", [*OPERATORS])
    keys(spec, kind, "op " + OPERATORS[kind], "top_right bottom_left" if kind == "tridiagonal" else "")
    bands = {offset: [field.element(1)] * n for offset in ONES.get(kind, [])}
    spots = [(i % n, j % n, field.element(spec[key])) for key, (i, j) in SPOTS.items() if key in spec]
    need(n >= 3 or kind != "tridiagonal" or not any(any(x) for _, _, x in spots), f"no corners in size {n}")
    for key, offset in BANDS.get(kind, {}).items():
        bands[offset] = field.elements(spec[key], f"{key} of the operator {kind}", n - abs(offset))
    if kind == "subdiagonal":
        values = field.elements(spec["values"], "the values of a subdiagonal operator")
        need(n - 1 <= len(values) <= n, f"a subdiagonal operator of size {n} has {len(values)} values")
        bands[-1], spots = values, [(0, n - 1, x) for x in values[n - 1 :]]
    elif kind == "dense":
        rows = [field.elements(row, "a row", n) for row in array(spec["entries"], "the dense rows", n)]
        spots = [(i, j, x) for i, row in enumerate(rows) for j, x in enumerate(row)]
    elif kind == "blocks":
        sizes, at = [integer(x, "a block size", 1) for x in array(spec["sizes"], "the block sizes")], 0
        need(sum(sizes) == n, f"the blocks have the size {sum(sizes)} in all, not {n}")
        for size, block in zip(sizes, array(spec["blocks"], "the blocks", len(sizes))):
            spots += [(at + i, at + j, x) for (i, j), x in operator(block, size, field, inside + 1).items()]
            at += size
    elif kind == "transpose":
        spots = [(j, i, x) for (i, j), x in operator(spec["of"], n, field, inside + 1).items()]
    for offset, band in bands.items():
        spots += [(k - min(offset, 0), k + max(offset, 0), x) for k, x in zip(range(n - abs(offset)), band)]
    entries = {}
    for i, j, x in spots:
        entries[i, j] = [a + b for a, b in zip(x, entries.get((i, j), [0] * field.phi))]
    return {place: x for place, x in entries.items() if any(x)}


def is_stein(spec):
    kind = keys(spec, "the operators", "kind left right")["kind"]
    return text(kind, "the kind of the operators", ["sylvester", "stein"]) == "stein"


def rationals(entries, field):
    """A common denominator of the entries of an operator, and, times it, [(i, j, integer)], every element its block."""
    phi, numbers = field.phi, [c for x in entries.values() for c in x]
    den = common({c.denominator for c in numbers}, len(entries) * phi**2)
    most = max([abs(c.numerator) * (den // c.denominator) for c in numbers], default=0)
    want(len(entries) * phi**2 * (256 + 4 * limbs(most)) <= MAX_HELD, "an operator has too long numbers")
    blocks = [(i, j, field.block([int(c * den) for c in x])) for (i, j), x in entries.items()]
    rows = [(i, j, k, row) for i, j, block in blocks for k, row in enumerate(block)]
    return den, [(i * phi + k, j * phi + t, c) for i, j, k, row in rows for t, c in enumerate(row) if c]


class Residual(Matrix):
    """L = A M - M B or M - A M B."""

    def __init__(self, field, matrix, spec):
        self.field, self.phi, self.p = field, field.phi, field.p
        self.spec, self.matrix, (m, n) = spec, matrix, matrix.shape
        self.stein = is_stein(spec)
        self.a, left = rationals(operator(spec["left"], m // self.phi, field), field)
        self.b, right = rationals(operator(spec["right"], n // self.phi, field), field)
        self.left, self.right, den = [[] for _ in range(m)], {}, self.a * self.b * matrix.den
        a, a1 = [largest(left, axis) / self.a for axis in (0, 1)]
        bi, b = [largest(right, axis) / self.b for axis in (0, 1)]
        held = sum(n - abs(s) for s in {j - k for k, j, _ in right})
        each = 16 + limbs(int(max(self.a * a, self.b * b, self.a, self.b))) * limbs(matrix.bound)
        good = held <= MAX_WORK and (n * len(left) + m * held) * each <= MAX_COST >> 1
        want(good, "the residual takes too long, or the operator to the right has too many diagonals")
        for i, k, x in left:  # the rows of A' = a A, integers
            self.left[i].append((k, x))
        for k, j, x in right:  # the diagonals of B' = b B, integers
            self.right.setdefault(j - k, [0] * (n - abs(j - k)))[min(j, k)] = x
        self.norms = a * a1, bi * b  # at least ||A||_2^2 and ||B||_2^2
        bound = math.ceil(self.a * self.b * matrix.bound * (1 + a * b if self.stein else a + b))
        self.source = lru_cache(maxsize=8 if len(left) <= 4 * m else None)(matrix.row)
        super().__init__(matrix.shape, den, bound, lru_cache(maxsize=2)(self.compute))

    def times_right(self, row):
        """The row times B'."""
        n, total = self.shape[1], [0] * self.shape[1]
        for s, diagonal in self.right.items():
            low, high = max(s, 0), n + min(s, 0)
            total[low:high] = map(add, total[low:high], map(mul, row[low - s : high - s], diagonal))
        return total

    def compute(self, i):
        product = [0] * self.shape[1]
        for k, c in self.left[i]:
            product = list(map(add, product, self.source(k) if c == 1 else [c * x for x in self.source(k)]))
        a, b, own = self.a, self.b, self.source(i)
        if self.stein:
            return [a * b * x - y for x, y in zip(own, self.times_right(product))]
        return [b * x - a * y for x, y in zip(product, self.times_right(own))]


def largest(entries, axis):
    """The largest sum of the sizes of the entries of a row (axis 0) or of a column (axis 1)."""
    sums = {}
    for entry in entries:
        sums[entry[axis]] = sums.get(entry[axis], 0) + abs(entry[2])
    return Fraction(max(sums.values(), default=0))


def root_above(x):
    """A rational at least sqrt(x), exact if that is rational."""
    square = x.numerator * x.denominator << 128
    return Fraction(math.isqrt(square - 1) + 1 if square else 0, x.denominator << 64)


# ---- rank ------------------------------------------------------------------------------------------------------


def inverse(U):
    """The inverse of a matrix of integers; at_most_pivots is sound for whatever this returns."""
    size, D = len(U), 1
    T = [row + [int(i == j) for j in range(size)] for i, row in enumerate(U)]
    for k in range(size):  # Bareiss: the divisions are exact; in the end T = [D I | C]
        pivot = next((i for i in range(k, size) if T[i][k]), None)
        need(pivot is not None, "the pivot rows and columns have a singular submatrix")
        T[k], T[pivot] = T[pivot], T[k]
        for i in set(range(size)) - {k}:
            T[i] = [(T[k][k] * x - T[i][k] * y) // D for x, y in zip(T[i], T[k])]
        D = T[k][k]
    return [[[Fraction(x, D)] for x in row[size:]] for row in T]


def pivots(L, evidence):
    """The rows and columns that evidence chooses, as many of the ones as of the others; all rows of their blocks."""
    chosen = [indices(evidence[k], k, size // L.phi) for k, size in zip(("rows", "columns"), L.shape)]
    need(len(chosen[0]) == len(chosen[1]), "there are more pivot rows than pivot columns, or fewer")
    return [[i * L.phi + k for i in lines for k in range(L.phi)] for lines in chosen]


def at_most_pivots(L, rank, evidence):
    """L = L[:, J] C L[I, :], where C is the inverse of L[I, J]; with any C, the rank is at most the size of J."""
    keys(evidence, "at_most", "method rows columns")
    rows, columns = pivots(L, evidence)
    need(len(rows) <= rank * L.phi, f"{len(rows) // L.phi} pivots do not show a rank of at most {rank}")
    U = [L.row(i) for i in rows]
    middle = from_rows(Field("Q"), inverse([[u[j] for j in columns] for u in U]))
    need(not L.p or middle.den % L.p, "the pivot rows and columns have a singular submatrix")
    left = Matrix((L.shape[0], len(rows)), L.den, L.bound, lambda i: [L.row(i)[j] for j in columns])
    right = Matrix((len(rows), L.shape[1]), 1, L.bound, U.__getitem__)
    same(L.field, [left, middle, right], L, "the pivots do not span the residual")


def factor(field, data, what, length):
    """A matrix of `length` rows, given as evidence, and its transpose."""
    rows = [field.elements(row, f"a row of {what}") for row in array(data, what, length)]
    return from_rows(field, rows), from_rows(field, list(zip(*rows)), length)


def generators(L, rank, evidence):
    """G and H^T with at most `rank` columns in G."""
    m, n = [size // L.phi for size in L.shape]
    G, H = factor(L.field, evidence["left"], "left", m)[0], factor(L.field, evidence["right"], "right", n)[1]
    need(G.shape[1] <= rank * L.phi, f"{G.shape[1] // L.phi} generators do not show a rank of at most {rank}")
    return [G, H]


def at_most_generators(L, rank, evidence):
    """L = G H^T with at most `rank` columns in G and H."""
    keys(evidence, "at_most", "method left right")
    same(L.field, generators(L, rank, evidence), L, "the generators do not give the residual")


def at_most_kernel(L, rank, evidence):
    """L v = 0, or v^T L = 0, for vectors v of which each is nonzero at a place where all others are zero."""
    keys(evidence, "at_most", "method side vectors free")
    right = text(evidence["side"], "the side", ["right", "left"]) == "right"
    length = L.shape[right] // L.phi
    free = indices(evidence["free"], "the free places", length)
    V = [L.field.elements(v, "a vector", length) for v in array(evidence["vectors"], "vectors", len(free))]
    need(length - len(V) <= rank, f"{len(V)} kernel vectors do not show a rank of at most {rank}")
    for a, v in enumerate(V):
        need([b for b, j in enumerate(free) if any(v[j])] == [a], f"vector {a} is not alone at its place")
    if V:
        W = from_rows(L.field, list(zip(*V)) if right else V)
        factors, shape = ([L, W], (L.shape[0], W.shape[1])) if right else ([W, L], (W.shape[0], L.shape[1]))
        same(L.field, factors, zeros(shape), "a vector is not in the kernel")


AT_MOST = {"pivots": at_most_pivots, "generators": at_most_generators, "kernel": at_most_kernel}


def at_most(L, rank, evidence):
    method = evidence.get("method") if type(evidence) is dict else None
    AT_MOST[text(method, "the method", [*AT_MOST])](L, rank, evidence)


def at_least(L, rank, evidence):
    """L[I, J] is nonsingular modulo a prime, hence nonsingular."""
    p, weights = L.field.reduction(evidence, "rows columns")
    rows, columns = [x[:: L.phi] for x in pivots(L, evidence)]
    need(len(rows) >= rank, f"{len(rows)} pivots do not show a rank of at least {rank}")
    # entries are from 0 to p - 1 at first, and each step adds at most p (p - 1)
    slots, todo = Slots(len(rows), width := (p + len(rows) * p * p).bit_length()), []
    want(slots.length * len(rows) ** 2 <= MAX_COST << 2, "the submatrix is too large")
    for i in rows:  # the first column of a block holds the coefficients of the element
        lines = [L.row(i + k) for k in range(L.phi)]
        todo.append(slots.pack([sum(w * line[j] for w, line in zip(weights, lines)) % p for j in columns]))
    bits, mask = 8 * slots.size, (1 << 8 * slots.size) - 1
    for k in range(len(rows), 0, -1):  # k columns are left, the lowest slot is that of the first of them
        pivot = next((i for i, v in enumerate(todo) if (v & mask) % p), None)
        need(pivot is not None, f"the submatrix is singular modulo {p}")
        v = (slots := Slots(k, width)).unpack(todo.pop(pivot))
        up = pow(v[0], -1, p)
        P = slots.pack([x * up % p for x in v[1:]])
        # add the multiple of the pivot row that makes the lowest entry 0 modulo p, and drop this entry
        todo = [(v >> bits) + (p - (v & mask) % p) * P for v in todo]


def displacement_rank(claim, evidence, case):
    wanted = {"at most": "at_most", "at least": "at_least", "exactly": "at_most at_least"}
    relation = text(claim["relation"], "the relation", [*wanted])
    residual = Residual(case.field, case.subject(claim["subject"]), claim["operators"])
    rank = integer(claim["rank"], "the rank")
    keys(evidence, "the evidence", wanted[relation])
    for key in evidence:
        {"at_most": at_most, "at_least": at_least}[key](residual, rank, evidence[key])


# ---- distances -------------------------------------------------------------------------------------------------


def sine_below(t):
    """A rational at most sin(pi t), 0 <= t <= 1/2: the alternating series of decreasing terms, cut after a negative
    one, at a rational below pi t."""
    x = total = term = Fraction(314159265358979323846, 10**20) * t
    for k in range(1, 10):
        term *= -x * x / (2 * k * (2 * k + 1))
        total += term
    return total


RULES = ["diagonal", "path-pair", "shift-pair", "shift-power", "nilpotent-stein"]


def separation(rule, residual):
    """A rational s with ||A X - X B||_F >= s ||X||_F, or ||X - A X B||_F >= s ||X||_F, for all X."""
    (m, n), stein = residual.shape, residual.stein
    specs = [x.get("of", x) for x in (residual.spec["left"], residual.spec["right"])]  # transposed or not
    if rule == "diagonal":
        sides = [operator(x, size, residual.field) for x, size in zip(specs, (m, n))]
        need(all(i == j for side in sides for i, j in side), "the operators are not diagonal")
        a, b = [{x.get((i, i), [0])[0] for i in range(size)} for x, size in zip(sides, (m, n))]
        return min(abs(1 - x * y) if stein else abs(x - y) for x in a for y in b)
    if rule == "path-pair":
        ends = [[number(x.get(key, "1/2"))[0] for key in ("first", "last")] for x in specs]
        need(not stein and ends == [[0, 0], [1, 1]] and math.gcd(m + 1, n) == 1 < n, "no path pair that fits")
        h, k = Fraction(1, 2 * m + 2), Fraction(1, 2 * n)
        return min(4 * sine_below(h) ** 2, 4 * sine_below(h + k) * sine_below(2 * h * k))
    need([x["op"] for x in specs] == ["shift", "shift"], "the operators are not shifts")
    e, f = [number(x["corner"])[0] for x in specs]
    if rule == "shift-pair":
        need(e * e == f * f == 1, "the corners are not 1 or -1")
        w = (Fraction(n * (e < 0)) + m * (f < 0)) / 2 % math.gcd(m, n)
        return 2 * sine_below(min(w, math.gcd(m, n) - w) / (m * n))
    need(m == n or (stein and e == f == 0), "the matrix is not square")
    return abs(1 - e * f if stein else e - f) / (min(m, n) * max(1, abs(e)) * max(1, abs(f)))


def product(factors):
    """The rows of a product."""
    P = Product(factors)
    slots = Slots(P.shape[1], P.bound.bit_length())
    return [[Fraction(x, P.den) for x in slots.unpack(row)] for row in P.packed(slots)]


def tail(L, rank, evidence):
    """t, o, u with T >= (sqrt(t) - sqrt(o)) / sqrt(u): tail of diag K, off-diagonal part of K, ||U||^2 ||V||^2."""
    keys(evidence, "the evidence", "left right shift")  # the common scale of U and V does not matter
    sides = [factor(L.field, evidence[key], key, size) for key, size in zip(("left", "right"), L.shape)]
    K = product([sides[0][1], L, sides[1][0]])
    need(K and all(len(row) == len(K) for row in K), "U and V have no columns, or differ in their numbers")
    diagonal = sorted(K[a][a] ** 2 for a in range(len(K)))
    u, v = [max(sum(map(abs, row)) for row in product([Xt, X])) for X, Xt in sides]
    return sum(diagonal[: max(len(K) - rank, 0)]), squares(K, 1) - sum(diagonal), u * v


def distance(claim, evidence, case):
    """residual-distance and class-distance; all squares of distances, norms and bounds are rational."""
    relation = text(claim["relation"], "the relation", ["within", "not within"])
    field, M, rank = case.field, case.subject(claim["subject"]), integer(claim["rank"], "the rank")
    residual, to_class = Residual(field, M, claim["operators"]), claim["kind"] == "class-distance"
    need(field.phi == 1 and not field.p, f"there is no distance over {field.name}")
    bound = keys(claim["bound"], "the bound", "absolute" if "absolute" in claim["bound"] else "relative")
    x, imaginary = number(*bound.values())
    want(x >= 0 and imaginary == 0, "the bound is not a real number from 0 on")
    limit = x * x * (squares(map(M.row, range(M.shape[0])), M.den) if "relative" in bound else 1)
    if relation == "not within":
        t, o, u = tail(residual, rank, evidence)
        if to_class:
            a, b = map(root_above, residual.norms)
            u *= (1 + a * b if residual.stein else a + b) ** 2
        gap = t - o - u * limit  # sqrt(t) - sqrt(o) > sqrt(u limit)
        need(gap > 0 and gap * gap > 4 * o * u * limit, "the distance is not shown to be so large")
        return
    if to_class and "approximant" in evidence:
        keys(evidence, "the evidence", "approximant at_most")
        X = case.subject(evidence["approximant"])
        at_most(Residual(field, X, claim["operators"]), rank, evidence["at_most"])
        factors, target = [X], M
    else:
        keys(evidence, "the evidence", "left right shift" + (" separation" if to_class else ""))
        if to_class:
            limit *= separation(text(evidence["separation"], "the rule", RULES), residual) ** 2
        factors, target = generators(residual, rank, evidence), residual
        factors[0].den <<= integer(evidence["shift"], "the shift", 0, 1 << 20)
    slots, d, rows = differences(factors, target)
    need(squares(map(slots.unpack, rows), d) <= limit, "the distance is not shown to be so small")


# ---- operators by themselves -------------------------------------------------------------------------------------


def charpoly(entries, n, p):
    """The characteristic polynomial modulo p of {(i, j): x}: similar to a Hessenberg matrix, then by its recurrence."""
    upper, lower = [all(s * (i - j) <= 1 for i, j in entries) for s in (1, -1)]
    want(upper or lower or n <= 512, f"the size {n} is too large for these operators")
    entries = entries if upper else {(j, i): x for (i, j), x in entries.items()}
    H = [[entries.get((i, j), 0) for j in range(n)] for i in range(n)]
    for m in range(1, n - 1):
        pivot = next((i for i in range(m, n) if H[i][m - 1]), m)
        H[m], H[pivot] = H[pivot], H[m]
        for row in H:
            row[m], row[pivot] = row[pivot], row[m]
        for i in range(m + 1, n):
            if H[i][m - 1]:
                u = H[i][m - 1] * pow(H[m][m - 1], -1, p) % p
                H[i] = [(x - u * y) % p for x, y in zip(H[i], H[m])]
                for row in H:
                    row[m] = (row[m] + u * row[i]) % p
    f = [[1]]  # f_(k+1) = x f_k - sum_(i <= k) H[i][k] H[i+1][i] ... H[k][k-1] f_i
    for k in range(n):
        total, product = [0, *f[k]], 1
        for i in range(k, -1, -1):
            c = product * H[i][k] % p
            if c:
                total[: i + 1] = [(x - c * y) % p for x, y in zip(total, f[i])]
            product = product * H[i][i - 1] % p
        f.append(total)
    return f[n]


def operator_invertible(claim, evidence, case):
    """gcd(chi_A, chi_B) = 1 modulo p; for Stein chi_B is reversed."""
    field, (m, n) = case.field, shape_of(claim["shape"], MAX_SIDE)
    (p, weights), stein, polynomials = field.reduction(evidence), is_stein(claim["operators"]), []
    for key, size in (("left", m), ("right", n)):
        spots = operator(claim["operators"][key], size, field)
        need(all(c.denominator % p for x in spots.values() for c in x), f"{p} divides a denominator")
        for place, x in spots.items():
            spots[place] = sum(w * c.numerator * pow(c.denominator, -1, p) for w, c in zip(weights, x)) % p
        polynomials.append(charpoly(spots, size, p))
    a, b = polynomials[0], polynomials[1][::-1] if stein else polynomials[1]
    while any(b):
        b = b[: max(k for k, x in enumerate(b) if x) + 1]
        b = [x * pow(b[-1], -1, p) % p for x in b]
        a, b = b, divide(a, b, p)[1]
    need(len(a) == 1, f"modulo {p} the characteristic polynomials have a common factor")


def operator_singular(claim, evidence, case):
    """A nonzero X, given by its entries, with A X = X B, or X = A X B."""
    field, (m, n) = case.field, shape_of(claim["shape"], MAX_SIDE // 2)
    X = [[field.element(0)] * n for _ in range(m)]
    for entry in array(evidence["kernel"], "the kernel"):
        i, j, x = array(entry, "an entry of the kernel", 3)
        need(integer(i, "a row") < m and integer(j, "a column") < n, "the kernel has an entry outside")
        X[i][j] = field.element(x)
    need(any(any(x) for row in X for x in row), "the kernel element is zero")
    residual = Residual(field, from_rows(field, X), claim["operators"])
    same(field, [residual], zeros(residual.shape), "the kernel element is not mapped to zero")


# ---- equalities ------------------------------------------------------------------------------------------------


def product_equals(claim, evidence, case):
    product = multiplied(case, claim["factors"])
    same(case.field, [product], case.subject(claim["matrix"]), "the product is not the matrix")


def matrices_equal(claim, evidence, case):
    same(case.field, [case.subject(claim["left"])], case.subject(claim["right"]), "the matrices differ")


def matrices_differ(claim, evidence, case):
    """They have different shapes, or differ in the entry that the evidence names: in the first column of its block."""
    left, right, phi = case.subject(claim["left"]), case.subject(claim["right"]), case.field.phi
    i, j = [integer(evidence[key], f"the {key}") * phi for key in ("row", "column")]
    other = left.shape != right.shape
    need(other or (i < left.shape[0] and j < left.shape[1]), "there is no such entry")
    pairs = ((left.row(i + k)[j] * right.den, right.row(i + k)[j] * left.den) for k in range(phi))
    p = case.field.p  # modulo which rows need not be reduced
    different = other or any((x - y) % p if p else x != y for x, y in pairs)
    need(different, "the matrices do not differ in this entry")


# ---- membership ------------------------------------------------------------------------------------------------


def dot(field, *pairs):
    """The sum of the products of pairs of elements with integer coefficients."""
    products = [[sum(map(mul, row, y)) for row in field.block(x)] for x, y in pairs]
    return [sum(c) % field.p if field.p else sum(c) for c in zip(*products)]


def times(field, X, *others):
    """The product of 2 x 2 matrices [a, b, c, d]."""
    for Y in others:
        X = [dot(field, (X[i], Y[j]), (X[i + 1], Y[j + 2])) for i in (0, 2) for j in (0, 1)]
    return X


def adjugate(X):
    return [X[3], [-c for c in X[1]], [-c for c in X[2]], X[0]]


def not_diagonalisable(field, X, evidence):
    """Establish that an invertible 2 x 2 matrix of integer elements is not similar to a diagonal matrix.

    Its eigenvalues are in the field only if disc, the square of their difference but for p = 2, is a square there.
    """
    gap = [x - y for x, y in zip(X[0], X[3])]
    disc = dot(field, (gap, gap), ([4 * c for c in X[1]], X[2]))
    scalar = not any(c % field.p if field.p else c for x in (gap, X[1], X[2]) for c in x)
    if field.p or evidence == {}:
        keys(evidence, "the evidence", "")
        p, weights = field.p or 2, [1]
    else:
        p, weights = field.reduction(evidence)
    image = sum(map(mul, disc, weights)) % p
    double = not scalar and (field.p == 2 or not any(disc))
    need(double or (p > 2 and pow(image, p // 2, p) == p - 1), "the pencil may be diagonalisable")


def butterfly_membership(claim, evidence, case):
    """The subject is, or is not, a product of the factors of B, B* or BB*."""
    kind = text(claim["class"], "the class", ["B", "B*", "BB*"])
    field, M = case.field, case.subject(claim["subject"])
    phi, n = field.phi, M.shape[0] // field.phi
    need(M.shape[0] == M.shape[1] and n > 1 and n & (n - 1) == 0, "the size is not a power of two from 2 on")
    if text(claim["relation"], "the relation", ["in", "not in"]) == "in":
        corner = kaleidoscope(case, keys(evidence, "the evidence", "kaleidoscope"))
        K = case.content(evidence["kaleidoscope"])
        need((K["kind"], K["width"], K["size"]) == (kind, 1, n), f"the kaleidoscope is not one of {kind}")
        same(field, [corner], M, "the kaleidoscope is not the matrix")
        return

    def part(rows, columns):
        return [[M.row(i * phi + k)[j * phi] for k in range(phi)] for i in rows for j in columns]

    if kind == "BB*":
        need(n == 4, "a refusal for BB* is known for n = 4 only")
        K = [part((i, i + 2), (j, j + 2)) for i in (0, 1) for j in (0, 1)]
        need(all(any(times(field, X, adjugate(X))[0]) for X in K), "one of the four matrices is singular")
        X = times(field, K[0], adjugate(K[2]), K[3], adjugate(K[1]))
        not_diagonalisable(field, X, evidence)
        return
    keys(evidence, "the evidence", "rows columns")
    places = [indices(evidence[key], key, n) for key in ("rows", "columns")]
    need([*map(len, places)] == [2, 2], "a minor has two rows and two columns")
    (a, b), (c, d) = places if kind == "B" else places[::-1]
    levels = range(1, n.bit_length() - 1)
    need(any((a - b) % 2**t == 0 and c >> t == d >> t for t in levels), "the minor may be nonzero")
    X = part(*places)
    need(any(times(field, X, adjugate(X))[0]), "the minor is zero")


# ---- dimensions ------------------------------------------------------------------------------------------------


def generic_dimension(claim, evidence, case):
    """A minor of the Jacobian of a program is nonzero modulo p = 2^61 - c at a point, hence nonzero.

    The derivatives of a value are one integer with a slot of 128 bits for each column. In every slot 2^61 v + w is
    c v + w modulo p, and two such steps bring a slot from below 2^128 to below 2^62.
    """
    field, k = case.field, integer(claim["dimension"], "the dimension")
    text(claim["relation"], "the relation", ["at least"])
    program = keys(claim["program"], "the program", "parameters steps outputs")
    p, weights = field.reduction(evidence, "point rows columns")
    c = (1 << 61) - p
    need(not field.p and 0 < c < 1 << 20, f"{p} is not 2^61 - c with 0 < c < 2^20, or the field is finite")
    n = integer(program["parameters"], "the parameters", 0, MAX_WORK)
    steps, names = array(program["steps"], "the steps"), array(program["outputs"], "the outputs")
    values = [integer(x, "a coordinate") % p for x in array(evidence["point"], "the point", n)]
    outputs = [integer(i, "an output", 0, n + len(steps) - 1) for i in names]
    rows = indices(evidence["rows"], "rows", len(outputs))
    columns = indices(evidence["columns"], "columns", n)
    need(len(rows) == len(columns) >= k, f"a {len(rows)} x {len(columns)} minor does not show dimension {k}")
    work = max(len(steps), 64 * len(columns)) * len(columns)
    want(work <= 4 * MAX_WORK, "the program is too long for so many derivatives")
    slots = dict.fromkeys(range(n), 0) | {j: 1 << 128 * t for t, j in enumerate(columns)}
    low, high = [sum(v << 128 * t for t in range(len(columns))) for v in ((1 << 61) - 1, (1 << 67) - 1)]
    last = {i: number for number, step in enumerate(steps, n) for i in step[1:] if step[0] != "constant"}
    last |= {outputs[i]: 0 for i in rows}
    for number, step in enumerate(steps, n):
        if text(step[0], "an operation", ["constant", "add", "sub", "mul", "div"]) == "constant":
            x = field.element(array(step, "a step", 2)[1])
            need(all(v.denominator % p for v in x), f"{p} divides a denominator")
            values.append(sum(w * v.numerator * pow(v.denominator, -1, p) for w, v in zip(weights, x)) % p)
            slots[number] = 0
            continue
        i, j = [integer(x, "an operand", 0, number - 1) for x in array(step, "a step", 3)[1:]]
        a, b = values[i], values[j]
        need(b or step[0] != "div", f"step {number - n} divides by 0 at the point modulo {p}")
        up = pow(b, -1, p) if step[0] == "div" else 0
        made = {
            "add": (a + b, 1, 1),
            "sub": (a - b, 1, -1),
            "mul": (a * b, b, a),
            "div": (a * up, up, -a * up * up),
        }
        value, x, y = [v % p for v in made[step[0]]]
        total = x * slots[i] + y * slots[j]
        for _ in range(2):
            total = (total & low) + c * (total >> 61 & high)
        values.append(value)
        slots[number] = total
        for used in {i, j}:
            if last[used] == number:
                del slots[used]
    todo = [[(slots[outputs[i]] >> 128 * t & (1 << 128) - 1) % p for t in range(len(columns))] for i in rows]
    while todo:
        pivot = next((t for t, row in enumerate(todo) if row[0]), None)
        need(pivot is not None, f"the minor is zero modulo {p}")
        head, *tail = todo.pop(pivot)
        up = pow(head, -1, p)
        todo = [[(v - row[0] * up * w) % p for v, w in zip(row[1:], tail)] for row in todo]


# ---- VC dimensions ---------------------------------------------------------------------------------------------


def scaled(x, e, digits):
    """x 2^e as (y, f) standing for y 2^f, with at most so many binary digits, rounded up."""
    cut = max(x.bit_length() - digits, 0)
    return -(-x >> cut), e + cut


def power(base, n):
    """base^n, rounded up, for a rational base >= 1."""
    cut = 256 * (base.denominator > 1)
    x, e = scaled(-((-base.numerator << cut) // base.denominator), -cut, 256)
    out = 1, 0
    for bit in f"{n:b}":
        out = scaled(out[0] ** 2, 2 * out[1], 256)
        out = scaled(out[0] * x, out[1] + e, 256) if bit == "1" else out
    return out


def sign_vectors(M, n, D):
    """At least the number of vectors of signs (positive or not) of M polynomials of degree <= D in n variables."""
    if n == 0:
        return 1, 0
    if n <= 1024:
        total = term = 1
        for j in range(min(n, M)):
            term = term * (M - j) // (j + 1)
            total += term
        parts = [(total, 0)]
    elif 2 * n >= M:
        parts = [((1 << M) - (n < M), 0) if n < 1 << 17 else (1, M)]
    else:
        parts = [power(Fraction(M, n), n), power(Fraction(M, M - n), M - n)]
    parts += [(D, 0), power(Fraction(2 * D - 1), n - 1)]
    x, e = math.prod(y for y, _ in parts), sum(f for _, f in parts)
    return (x, e) if x.bit_length() + e <= M else (1, M)


def natural(x, what):
    value, other = number(x)
    want(value.denominator == 1 and 0 <= value < 1 << 256 and not other, f"{what} is not from 0 to 2^256")
    return value.numerator


def vc_upper(claim, evidence, case):
    """Fewer than 2^m labellings of m points, m = bound + 1: not more than there are sign vectors, layer by layer."""
    want(case.field.name == "Q", "the parameters are real, so the field is written Q")
    m, layers = natural(claim["bound"], "the bound") + 1, array(claim["layers"], "the layers")
    sizes = [natural(x, "a size") for x in array(claim["parameters"], "the parameters")]
    want(0 < len(layers) <= 1024, "the number of layers is not from 1 to 1024")
    product, seen, work = (1, 0), set(), 0
    top, bottom = 0, 0  # degrees of the outputs as quotients of polynomials
    names = "units breakpoints degree numerator constant denominator"
    for k, layer in enumerate(layers, 1):
        keys(layer, "a layer", names + " parameters")
        units, breaks, s, *degrees = [natural(layer[key], key) for key in names.split()]
        last = k == len(layers)
        need(not last or (units, breaks, s) == (1, 0, 1), "the last layer is not one unit without activation")
        seen |= {*indices(layer["parameters"], "parameters of a layer", len(sizes))}
        top, bottom = max(degrees[0] + top, degrees[1] + bottom), degrees[2] + bottom
        count = (1 if last else units * breaks) * m + (degrees[2] > 0)
        n = sum(sizes[i] for i in seen)
        work += (n * limbs(count)) ** 2 if n <= 1024 else 0
        want(work <= MAX_COST >> 4, "the layers take too long")
        x, e = sign_vectors(count, n, max(top, bottom, 1))
        product = scaled(product[0] * x, product[1] + e, 1 << 18)
        top, bottom, seen = s * max(top, bottom), s * bottom, seen if s else set()
        want(top < 1 << 4096, "a degree is too large")
    need(product[0].bit_length() + product[1] <= m, f"the sign vectors are not shown to be fewer than 2^{m}")


def real(x):
    value, other = number(x)
    want(not other, "a number is not real")
    return value


def along(f, *forms):
    """f of numbers {0: c, k: d, ...}, c + d v_k + ..., that depend on at most one label v_k = 1 or -1, the same.

    None stands for a real number that is not told: f of others.
    """
    used = {k for x in forms for k in x or [] if k}
    if None in forms or len(used) > 1:
        return None
    k = max(used, default=0)
    up, down = [f(*[x.get(0, 0) + (s * x.get(k, 0) if k else 0) for x in forms]) for s in (1, -1)]
    return {0: Fraction(up + down) / 2, **({k: Fraction(up - down) / 2} if k else {})}


def quotient(a, b):
    need(b, "a step divides by 0")
    return a / b


def piecewise(data):
    """The function of the activation; a breakpoint belongs to the piece before it."""
    keys(data, "an activation", "breaks pieces")
    breaks = [real(x) for x in array(data["breaks"], "the breakpoints")]
    pieces = array(data["pieces"], "the pieces", len(breaks) + 1)
    pieces = [[real(x) for x in array(y, "a piece")] for y in pieces]
    need(all(a < b for a, b in pairwise(breaks)), "the breakpoints do not increase")
    want(max(map(len, pieces)) <= 64, "a piece has too many coefficients")
    return lambda x: sum(c * x**k for k, c in enumerate(pieces[sum(b < x for b in breaks)]))


def shatters(claim, evidence, case):
    """For every labelling v of the points there are parameters with a positive output exactly where v_k = 1."""
    want(case.field.name == "Q", "the numbers are not over Q")
    program = keys(claim["program"], "the program", "parameters inputs steps activations output")
    n, inputs = [integer(program[key], f"the {key}", 0, MAX_WORK) for key in ("parameters", "inputs")]
    points = [[real(x) for x in array(y, "a point", inputs)] for y in array(claim["points"], "the points")]
    functions = [piecewise(x) for x in array(program["activations"], "the activations")]
    steps, m = array(program["steps"], "the steps"), len(points)
    output = integer(program["output"], "the output", 0, n + inputs + len(steps) - 1)
    if "table" in keys(evidence, "the evidence", "", "table base linear"):
        keys(evidence, "the evidence", "table")
        want(m <= 12, "a table is for at most 12 points")
        rows = [array(x, "a row of the table", n) for x in array(evidence["table"], "the table", 1 << m)]
    else:
        keys(evidence, "the evidence", "base linear")
        rows = [array(evidence["base"], "the base", n)]
    degree = max([len(y) - 1 for x in program["activations"] for y in x["pieces"]], default=0)
    values = n + inputs + len(steps) * max(degree, 1) ** 2
    work = (len(rows) if "table" in evidence else m) * m * values
    want(work <= MAX_WORK >> 2, "the program is too long for so many points and labellings")
    for labels, row in enumerate(rows):
        theta = [{0: real(x)} for x in row]
        for entry in array(evidence.get("linear", []), "the linear part"):
            i, k, c = array(entry, "an entry of the linear part", 3)
            need(integer(i, "a parameter") < n and integer(k, "a point") < m, "an entry is outside")
            need(k + 1 not in theta[i], "two entries are at one place")
            theta[i][k + 1] = real(c)
        for k, point in enumerate(points):
            start = [{j: c for j, c in x.items() if c} for x in theta + [{0: x} for x in point]]
            out = run(start, steps, functions)[output]
            need({*(out or {})} <= {0, k + 1} and out is not None, f"point {k} is not told by its own label")
            for s in [2 * (labels >> k & 1) - 1] if "table" in evidence else [1, -1]:
                y = out.get(0, 0) + s * out.get(k + 1, 0)
                need((y > 0) == (s == 1), f"the output at point {k} has the wrong sign for the label {s}")


def run(values, steps, functions):
    """The values of a program, each as `along` takes them, without zeros."""
    for step in steps:
        op = text(next(iter(array(step, "a step")), None), "an operation", ["constant", "piecewise", *MADE])
        if op == "constant":
            new = {0: real(array(step, "a step", 2)[1])}
        else:
            i, j = [integer(x, "an operand") for x in array(step, "a step", 3)[1:]]
            last = len(functions) if op == "piecewise" else len(values)
            need(i < len(values) and j < last, "an operand is not there")
            new = along(functions[j], values[i]) if op == "piecewise" else MADE[op](values[i], values[j])
        if new is not None:
            new = {k: x for k, x in new.items() if x}
            long = max([max(map(abs, x.as_integer_ratio())) for x in new.values()], default=0)
            want(long < 1 << 4096, "the numbers of a program are too long")
        values.append(new)
    return values


def plus(a, b, s=1):
    return None if None in (a, b) else {k: a.get(k, 0) + s * b.get(k, 0) for k in a | b}


def times_form(a, b):
    """A product; 0 times a number that is not told is 0."""
    c, x = (a, b) if a is not None and {*a} <= {0} else (b, a)
    if {} in (a, b):
        return {}
    return {k: c[0] * v for k, v in x.items()} if c and x and {*c} <= {0} else along(mul, a, b)


def over(a, b):
    inverse = along(quotient, {0: Fraction(1)}, b)
    need(inverse is not None, "a step divides by a number that is not told")
    return times_form(a, {k: x for k, x in inverse.items() if x})


MADE = {"add": plus, "sub": partial(plus, s=-1), "mul": times_form, "div": over}


# ---- certificates ----------------------------------------------------------------------------------------------

CLAIMS = {  # what establishes a claim, its keys beside kind and field, and those of its evidence if always the same
    "displacement-rank": (displacement_rank, "relation rank subject operators", None),
    "residual-distance": (distance, "relation rank bound subject operators", None),
    "class-distance": (distance, "relation rank bound subject operators", None),
    "operator-invertible": (operator_invertible, "operators shape", None),
    "operator-singular": (operator_singular, "operators shape", "kernel"),
    "matrices-equal": (matrices_equal, "left right", ""),
    "matrices-differ": (matrices_differ, "left right", "row column"),
    "product-equals": (product_equals, "factors matrix", ""),
    "butterfly-membership": (butterfly_membership, "class relation subject", None),
    "generic-dimension": (generic_dimension, "relation dimension program", None),
    "vc-upper": (vc_upper, "bound parameters layers", ""),
    "shatters": (shatters, "points program", None),
}


def decide(path, case):
    """Establish every statement of a certificate, or raise."""
    data = parse_json(read_file(path)[0], f"{path} is no JSON certificate")
    keys(data, "the certificate", "format statements", "origin")
    want(data["format"] == "ldrtheory-certificate/1", f"unknown format {data['format']!r:.60}")
    want(array(data["statements"], "the statements"), "the certificate has no statement")
    for entry in data["statements"]:
        claim = keys(entry, "a statement", "claim evidence")["claim"]
        kind = text(claim.get("kind") if type(claim) is dict else None, "the kind of the claim", [*CLAIMS])
        establish, names, shown = CLAIMS[kind]
        keys(claim, "the claim", "kind field " + names)
        case.claims.append(words(claim))
        case.field = Field(text(claim["field"], "a field"))
        evidence = entry["evidence"] if shown is None else keys(entry["evidence"], "the evidence", shown)
        establish(claim, evidence, case)


def check(path, given=()):
    """The verdict on a certificate: "accepted", "rejected" or "unreadable", why, and the claims in words."""
    case = Case(path, given)
    try:
        decide(path, case)
        verdict, reason = "accepted", "; ".join(case.claims)
    except Refusal as error:
        verdict, reason = error.args
    except Exception as error:  # whatever else happened, the statements are not established
        verdict, reason = "unreadable", f"the checker cannot finish: {type(error).__name__}: {error!s:.200}"
    return {"path": path, "verdict": verdict, "reason": reason, "claim": case.claims}


def main():
    about = "Decide certificates about structured matrices: status 0 accepted, 1 rejected, 2 unreadable."
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("certificates", nargs="+", metavar="CERT", help="files of certificates")
    parser.add_argument("--subject", action="append", default=[], metavar="FILE", help="where a subject lies")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    results = [check(path, options.subject) for path in options.certificates]
    lines = [f"{x['verdict'].upper()} {ascii(x['path'])[1:-1]}: {ascii(x['reason'])[1:-1]}" for x in results]
    print(json.dumps({"results": results}) if options.json else "\n".join(lines))
    verdicts = {x["verdict"] for x in results}
    return 1 if "rejected" in verdicts else 2 if "unreadable" in verdicts else 0


if __name__ == "__main__":
    sys.exit(main())
