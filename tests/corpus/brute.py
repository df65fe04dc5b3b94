"""Decide claims of certificates by brute force: dense matrices of Fractions, elimination, Kronecker products.

Nothing here is shared with the checker or the producers; it is slow and meant for matrices up to about 8 x 8.

Field           arithmetic of Q, Q(zeta_N), GF(p) on tuples of Fractions
subject         the matrix of a certificate's subject, as rows of elements
operator        the dense matrix of an operator
rank            by elimination
factors         the dense butterfly factors of a kaleidoscope
in_butterfly    whether a matrix is in B; in_double: whether one of size 4 with invertible parts is in BB*
holds           whether a claim is true; for distances, whether it is provably so by singular values
"""

from __future__ import annotations

import json
import math
import re
import struct
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

Element = tuple[Fraction, ...]
Rows = list[list[Element]]


def polynomial_divide(a: list[Fraction], b: list[Fraction]) -> tuple[list[Fraction], list[Fraction]]:
    """Return quotient and remainder of polynomials, constant first."""
    a = list(a)
    quotient = [Fraction(0)] * max(len(a) - len(b) + 1, 1)
    while len(a) >= len(b) and any(a):
        c, at = a[-1] / b[-1], len(a) - len(b)
        quotient[at] = c
        for k, y in enumerate(b):
            a[at + k] -= c * y
        a.pop()
    while a and not a[-1]:
        a.pop()
    return quotient, a


class Field:
    """Q, Q(zeta_N) or GF(p)."""

    def __init__(self, name: str) -> None:
        match = re.fullmatch(r"Q|Q\(zeta_(\d+)\)|GF\((\d+)\)", name)
        if match is None:
            raise ValueError(name)
        self.N, self.p = int(match[1] or 1), int(match[2] or 0)
        if self.p and any(self.p % k == 0 for k in range(2, min(self.p, 2000))):
            raise ValueError("not a field")
        # Phi_N = product over d | N of (x^d - 1)^mu(N/d), as the quotient of the two products
        top, bottom = [Fraction(1)], [Fraction(1)]
        for d in (d for d in range(1, self.N + 1) if self.N % d == 0):
            factors, mu, q = self.N // d, 1, 2
            while factors > 1:
                if factors % q == 0:
                    factors //= q
                    mu = 0 if factors % q == 0 else -mu
                    if not mu:
                        break
                q += 1
            cyclic = [Fraction(-1)] + [Fraction(0)] * (d - 1) + [Fraction(1)]
            if mu > 0:
                top = self._convolve(top, cyclic)
            elif mu < 0:
                bottom = self._convolve(bottom, cyclic)
        self.modulus = polynomial_divide(top, bottom)[0]
        self.phi = len(self.modulus) - 1
        self.zero, self.one = self.lift([Fraction(0)]), self.lift([Fraction(1)])

    @staticmethod
    def _convolve(a: Any, b: Any) -> list[Fraction]:
        c = [Fraction(0)] * (len(a) + len(b) - 1)
        for i, x in enumerate(a):
            for j, y in enumerate(b):
                c[i + j] += x * y
        return c

    def lift(self, coefficients: Any) -> Element:
        """Return the element with these coefficients, reduced."""
        if self.p:
            value = Fraction(coefficients[0])
            return (Fraction(value.numerator * pow(value.denominator, -1, self.p) % self.p),)
        rest = polynomial_divide([Fraction(c) for c in coefficients], self.modulus)[1]
        return tuple(rest + [Fraction(0)] * (self.phi - len(rest)))

    def add(self, x: Element, y: Element) -> Element:
        """Return x + y."""
        return self.lift([a + b for a, b in zip(x, y, strict=True)])

    def minus(self, x: Element) -> Element:
        """Return -x."""
        return self.lift([-a for a in x])

    def mul(self, x: Element, y: Element) -> Element:
        """Return x y."""
        return self.lift(self._convolve(x, y))

    def inverse(self, x: Element) -> Element:
        """Return 1 / x, by the extended Euclidean algorithm."""
        if self.p:
            return (Fraction(pow(int(x[0]), -1, self.p)),)
        a, b = list(self.modulus), polynomial_divide(list(x), self.modulus)[1]
        s, t = [Fraction(0)], [Fraction(1)]
        while len(b) > 1:
            q, r = polynomial_divide(a, b)
            product = self._convolve(q, t)
            size = max(len(s), len(product))
            s += [Fraction(0)] * (size - len(s))
            product += [Fraction(0)] * (size - len(product))
            a, b, s, t = b, r, t, [u - v for u, v in zip(s, product, strict=True)]
        return self.lift([c / b[0] for c in t])

    def complex(self, real: Fraction, imaginary: Fraction) -> Element:
        """Return real + imaginary i."""
        if imaginary and self.N % 4:
            raise ValueError("complex")
        if not imaginary:
            return self.lift([real])
        return self.add(self.lift([real]), self.lift([0] * (self.N // 4) + [imaginary]))

    def element(self, data: Any) -> Element:
        """Return the element that JSON data denote."""
        if isinstance(data, list):
            if len(data) != self.phi or self.phi == 1:
                raise ValueError("coefficients")
            return self.lift([plain(c) for c in data])
        if isinstance(data, str) and data[-1:] in "ij":
            cut = max(data.rfind("+"), data.rfind("-"), 0)  # no exponents in complex strings here
            imaginary = data[cut:-1]
            imaginary += "1" if imaginary in ("", "+", "-") else ""
            return self.complex(plain(data[:cut] or "0"), plain(imaginary))
        return self.lift([plain(data)])


def plain(data: Any) -> Fraction:
    """Return the rational number that an integer or an exact string denotes."""
    if isinstance(data, str) and "x" in data:
        top, _, bottom = data.partition("/")
        return Fraction(int(top, 16), int(bottom or "0x1", 16))
    return Fraction(data)


def subject(spec: dict[str, Any], field: Field, folder: Path) -> Rows:
    """Return the matrix of a subject."""
    if "entries" in spec:
        return [[field.element(x) for x in row] for row in spec["entries"]]
    if "nonzeros" in spec:
        m, n = spec["shape"]
        M = [[field.zero] * n for _ in range(m)]
        for i, j, x in spec["nonzeros"]:
            M[i][j] = field.element(x)
        return M
    if "permutation" in spec:
        p = content(spec["permutation"], folder)
        return [[field.one if p[j] == i else field.zero for j in range(len(p))] for i in range(len(p))]
    if "kaleidoscope" in spec:
        K = content(spec["kaleidoscope"], folder)
        M = chain(factors(K, field), field)
        return [row[: K["n"]] for row in M[: K["m"]]]
    if "circuit" in spec:
        return wires(content(spec["circuit"], folder), field)
    if "product" in spec:
        return chain([subject(x, field, folder) for x in spec["product"]][::-1], field)
    path = folder / spec["file"]
    if "tensor" in spec:
        data = path.read_bytes()
        end = 8 + int.from_bytes(data[:8], "little")
        entry = json.loads(data[8:end])[spec["tensor"]]
        first, last = entry["data_offsets"]
        raw = data[end + first : end + last]
        if entry["dtype"] == "BF16":
            values = [struct.unpack("<f", b"\0\0" + raw[k : k + 2])[0] for k in range(0, len(raw), 2)]
            array = np.array(values).reshape(entry["shape"])
        else:
            kind = {"F": "f", "I": "i", "U": "u", "B": "b"}[entry["dtype"][0]]
            bits = 8 if entry["dtype"] == "BOOL" else int(entry["dtype"][1:])
            array = np.frombuffer(raw, f"<{kind}{bits // 8}").reshape(entry["shape"])
    elif path.suffix == ".npy":
        array = np.load(path, allow_pickle=False)
    else:
        data = json.loads(path.read_text(), parse_float=lambda x: Fraction(float(x)))
        entries = data["entries"] if isinstance(data, dict) else data
        return [[field.element(x) for x in row] for row in entries]
    if array.dtype.kind == "c":
        return [
            [field.complex(Fraction(float(z.real)), Fraction(float(z.imag))) for z in row] for row in array
        ]
    return [[field.lift([Fraction(x.item())]) for x in row] for row in array]


def content(data: Any, folder: Path) -> Any:
    """Return JSON data, or what the file holds that they name."""
    return (
        json.loads((folder / data["file"]).read_text()) if isinstance(data, dict) and "file" in data else data
    )


def chain(matrices: list[Rows], field: Field) -> Rows:
    """Return the product of matrices, the first applied first."""
    product = matrices[0]
    for M in matrices[1:]:
        product = times(M, product, field)
    return product


def factors(K: dict[str, Any], field: Field) -> list[Rows]:
    """Return the dense factors of a kaleidoscope, the first applied first."""
    found, N = [], K["size"]
    for factor in K["factors"]:
        A = [[field.zero] * N for _ in range(N)]
        for i in range(N):
            A[i][i] = field.element(factor["diagonal"][i])
            A[i][i ^ (1 << factor["bit"])] = field.element(factor["offdiagonal"][i])
        found.append(A)
    return found


def wires(circuit: dict[str, Any], field: Field) -> Rows:
    """Return the matrix of a circuit: column j holds what its outputs are for the j-th unit vector."""
    columns = []
    for j in range(circuit["inputs"]):
        x = [field.one if i == j else field.zero for i in range(circuit["inputs"])]
        for a, i, b, k in circuit["gates"]:
            x.append(field.add(field.mul(field.element(a), x[i]), field.mul(field.element(b), x[k])))
        columns.append([x[i] for i in circuit["outputs"]])
    return [list(row) for row in zip(*columns, strict=True)]


def transposed(M: Rows) -> Rows:
    """Return the transpose."""
    return [list(column) for column in zip(*M, strict=True)]


def in_butterfly(M: Rows, field: Field) -> bool:
    """Return whether M is in B: rows that agree modulo 2^t and columns of a block of 2^t form matrices of rank <= 1."""
    n, t = len(M), 2
    while t < n:
        for r in range(t):
            for c in range(0, n, t):
                if rank([row[c : c + t] for row in M[r::t]], field) > 1:
                    return False
        t *= 2
    return True


def is_square(x: Element, field: Field) -> bool:
    """Return whether x is a square; over Q, GF(p), Q(i)."""

    def root(q: Fraction) -> Fraction | None:
        if q < 0:
            return None
        top, bottom = math.isqrt(q.numerator), math.isqrt(q.denominator)
        return Fraction(top, bottom) if (top * top, bottom * bottom) == (q.numerator, q.denominator) else None

    if field.p:
        return any(z * z % field.p == x[0] for z in range(field.p))
    if field.phi == 1:
        return root(x[0]) is not None
    if field.N != 4:
        raise ValueError("squares")
    a, b = x  # (u + v i)^2 = a + b i: u^2 = (a +- |x|) / 2, v^2 = u^2 - a
    size = root(a * a + b * b)
    return size is not None and any(
        root(u) is not None and root(u - a) is not None for u in ((a + size) / 2, (a - size) / 2)
    )


def in_double(M: Rows, field: Field) -> bool:
    """Return whether M, 4 x 4 with invertible M[i::2, j::2], is in BB*, by the eigenvectors of the pencil."""
    K = {(i, j): [row[j::2] for row in M[i::2]] for i in (0, 1) for j in (0, 1)}
    if any(rank(part, field) < 2 for part in K.values()):
        raise ValueError("singular")

    def inverse(A: Rows) -> Rows:
        (a, b), (c, d) = A
        up = field.inverse(field.add(field.mul(a, d), field.minus(field.mul(b, c))))
        return [[field.mul(up, x) for x in row] for row in ([d, field.minus(b)], [field.minus(c), a])]

    X = chain([inverse(K[0, 1]), K[1, 1], inverse(K[1, 0]), K[0, 0]], field)
    (a, b), (c, d) = X
    if not any(b) and not any(c):
        return True  # diagonal
    if field.p:  # two eigenvalues: try all
        shifted = [
            [[field.add(a, (Fraction(-z),)), b], [c, field.add(d, (Fraction(-z),))]] for z in range(field.p)
        ]
        return sum(rank(S, field) < 2 for S in shifted) == 2
    gap = field.add(a, field.minus(d))
    disc = field.add(field.mul(gap, gap), field.mul(field.lift([4]), field.mul(b, c)))
    return any(disc) and is_square(disc, field)


def member(claim: dict[str, Any], evidence: dict[str, Any], field: Field, folder: Path) -> bool:
    """Return whether a claim of membership is true."""
    M = subject(claim["subject"], field, folder)
    if any(len(M) != len(row) for row in M) or len(M) < 2 or len(M) & (len(M) - 1):
        return False  # the classes are not defined
    if claim["class"] != "BB*":
        inside = in_butterfly(M if claim["class"] == "B" else transposed(M), field)
    elif claim["relation"] == "in":  # the witness decides
        K = content(evidence["kaleidoscope"], folder)
        bits = [factor["bit"] for factor in K["factors"]]
        levels = list(range(len(M).bit_length() - 1))
        inside = bits == levels[::-1] + levels and chain(factors(K, field), field) == M
    else:
        inside = in_double(M, field)
    return inside == (claim["relation"] == "in")


def operator(spec: dict[str, Any], n: int, field: Field) -> Rows:
    """Return the dense matrix of an operator of size n."""
    M = [[field.zero] * n for _ in range(n)]

    def put(i: int, j: int, x: Element) -> None:
        M[i][j] = field.add(M[i][j], x)

    kind = spec["op"]
    if kind == "transpose":
        return [list(column) for column in zip(*operator(spec["of"], n, field), strict=True)]
    if kind == "dense":
        return [[field.element(x) for x in row] for row in spec["entries"]]
    if kind == "blocks":
        at = 0
        for size, block in zip(spec["sizes"], spec["blocks"], strict=True):
            for i, row in enumerate(operator(block, size, field)):
                for j, x in enumerate(row):
                    put(at + i, at + j, x)
            at += size
        return M
    for k in range(n):
        if kind == "identity":
            put(k, k, field.one)
        elif kind == "diagonal":
            put(k, k, field.element(spec["values"][k]))
        elif kind == "tridiagonal":
            put(k, k, field.element(spec["main"][k]))
        if k + 1 < n:
            if kind in ("shift", "path"):
                put(k + 1, k, field.one)
            if kind == "path":
                put(k, k + 1, field.one)
            if kind == "subdiagonal":
                put(k + 1, k, field.element(spec["values"][k]))
            if kind == "tridiagonal":
                put(k + 1, k, field.element(spec["sub"][k]))
                put(k, k + 1, field.element(spec["super"][k]))
    if kind == "shift":
        put(0, n - 1, field.element(spec["corner"]))
    elif kind == "path":
        put(0, 0, field.element(spec["first"]))
        put(n - 1, n - 1, field.element(spec["last"]))
    elif kind == "subdiagonal" and len(spec["values"]) == n:
        put(0, n - 1, field.element(spec["values"][n - 1]))
    elif kind == "tridiagonal":
        put(0, n - 1, field.element(spec.get("top_right", 0)))
        put(n - 1, 0, field.element(spec.get("bottom_left", 0)))
    return M


def times(A: Rows, B: Rows, field: Field) -> Rows:
    """Return the product of two matrices."""
    C = [[field.zero] * len(B[0]) for _ in A]
    for i, row in enumerate(A):
        for k, x in enumerate(row):
            if any(x):
                for j, y in enumerate(B[k]):
                    if any(y):
                        C[i][j] = field.add(C[i][j], field.mul(x, y))
    return C


def minus(A: Rows, B: Rows, field: Field) -> Rows:
    """Return A - B."""
    return [
        [field.add(x, field.minus(y)) for x, y in zip(r, s, strict=True)] for r, s in zip(A, B, strict=True)
    ]


def residual(M: Rows, operators: dict[str, Any], field: Field) -> Rows:
    """Return A M - M B, or M - A M B."""
    A, B = operator(operators["left"], len(M), field), operator(operators["right"], len(M[0]), field)
    if operators["kind"] == "sylvester":
        return minus(times(A, M, field), times(M, B, field), field)
    return minus(M, times(times(A, M, field), B, field), field)


def rank(M: Rows, field: Field) -> int:
    """Return the rank, by elimination."""
    rows, found = [list(row) for row in M], 0
    for j in range(len(rows[0]) if rows else 0):
        pivot = next((i for i in range(found, len(rows)) if any(rows[i][j])), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        up = field.inverse(rows[found][j])
        for i in range(found + 1, len(rows)):
            if any(rows[i][j]):
                c = field.minus(field.mul(rows[i][j], up))
                rows[i] = [field.add(x, field.mul(c, y)) for x, y in zip(rows[i], rows[found], strict=True)]
        found += 1
    return found


def kronecker(operators: dict[str, Any], m: int, n: int, field: Field) -> Rows:
    """Return the mn x mn matrix of the displacement operator: row by row the residuals of the unit matrices."""
    out = []
    for k in range(m * n):
        E = [[field.one if i * n + j == k else field.zero for j in range(n)] for i in range(m)]
        out.append([x for row in residual(E, operators, field) for x in row])
    return out


def floats(M: Rows) -> np.ndarray:
    """Return a matrix over Q in float64."""
    return np.array([[float(x[0]) for x in row] for row in M])


def holds(claim: dict[str, Any], evidence: dict[str, Any], folder: Path) -> bool:
    """Return whether a claim is true; for distances, whether the singular values of L and the operator say so."""
    field = Field(claim["field"])
    kind = claim["kind"]
    if kind in ("matrices-equal", "matrices-differ"):
        same = subject(claim["left"], field, folder) == subject(claim["right"], field, folder)
        return same == (kind == "matrices-equal")
    if kind in ("vc-upper", "shatters"):
        from tests.corpus import learning

        return learning.true(claim, evidence)
    if kind == "generic-dimension":
        from tests.corpus import programs

        return programs.true(claim)
    if kind == "butterfly-membership":
        return member(claim, evidence, field, folder)
    if kind == "product-equals":
        product = chain([subject(x, field, folder) for x in claim["factors"]][::-1], field)
        return product == subject(claim["matrix"], field, folder)
    if kind in ("operator-invertible", "operator-singular"):
        m, n = claim["shape"]
        full = rank(kronecker(claim["operators"], m, n, field), field) == m * n
        return full == (kind == "operator-invertible")
    M, r = subject(claim["subject"], field, folder), claim["rank"]
    L = residual(M, claim["operators"], field)
    if kind == "displacement-rank":
        found = rank(L, field)
        return {"at most": found <= r, "at least": found >= r, "exactly": found == r}[claim["relation"]]
    # float64 singular values of matrices of size about 1 are good to 1e-12; claims in the corpus keep clear of 1e-9
    sigma = np.linalg.svd(floats(L), compute_uv=False)
    tail = float(np.sqrt((sigma[r:] ** 2).sum()))
    ((unit, bound),) = claim["bound"].items()
    limit = float(field.element(bound)[0]) * (float(np.linalg.norm(floats(M))) if unit == "relative" else 1.0)
    if kind == "residual-distance":
        return tail <= limit + 1e-9 if claim["relation"] == "within" else tail > limit - 1e-9
    N = np.linalg.svd(floats(kronecker(claim["operators"], len(M), len(M[0]), field)), compute_uv=False)
    if claim["relation"] == "not within":
        return tail / N[0] > limit - 1e-9  # D >= T / ||operator||
    if "approximant" in evidence:
        X = subject(evidence["approximant"], field, folder)
        near = float(np.linalg.norm(floats(minus(M, X, field)))) <= limit + 1e-9
        return near and rank(residual(X, claim["operators"], field), field) <= r
    return tail / N[-1] <= limit + 1e-9  # D <= T / least singular value of the operator
