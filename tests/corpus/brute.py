"""Decide claims of certificates by brute force: dense matrices of Fractions, elimination, Kronecker products.

Nothing here is shared with the checker or the producers; it is slow and meant for matrices up to about 8 x 8.

Field           arithmetic of Q, Q(zeta_N), GF(p) on tuples of Fractions
subject         the matrix of a certificate's subject, as rows of elements
operator        the dense matrix of an operator
rank            by elimination
holds           whether a claim is true; for distances, whether it is provably so by singular values
"""

from __future__ import annotations

import json
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
    if kind == "product-equals":
        factors = [subject(x, field, folder) for x in claim["factors"]]
        product = factors[0]
        for x in factors[1:]:
            product = times(product, x, field)
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
