"""Matrices that try to break rank producers, and an elimination that none of the producers uses.

cases           (name, matrix, field, displacement) from a seed
residual_rows   L over Q by the definition: companion blocks for Q(zeta_N), Fraction entries
fraction_rank   Gaussian elimination over Fraction or modulo p, the textbook way
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from math import prod
from typing import Any

import numpy as np
from flint import fmpq, fmpz_poly, nmod

from ldrtheory.certify.rank.limits import primes_below
from ldrtheory.rings import Cyclotomic

Spec = dict[str, Any]
PRIMES = [
    *islice(primes_below(2**29), 3),
    *islice(primes_below(2**62), 3),
    *islice(primes_below(2**23), 2),
    *(251, 241, 8191, 8179),
]


def shift(f: Any) -> Spec:
    return {"op": "shift", "corner": f}


def hexadecimal(x: Fraction) -> Any:
    if x.denominator == 1:
        return x.numerator
    return f"{hex(x.numerator)}/{hex(x.denominator)}"


def operator(rng: np.random.Generator, n: int, *, nested: bool = True) -> Spec:
    """Return a random operator notation of size n."""

    def rationals(k: int) -> list[Any]:
        return [hexadecimal(Fraction(int(rng.integers(-6, 7)), int(rng.integers(1, 5)))) for _ in range(k)]

    kinds = ["shift"] * 4 + [
        "identity",
        "zero",
        "diagonal",
        "subdiagonal",
        "corner",
        "tridiagonal",
        "path",
        "dense",
    ]
    kind = str(rng.choice(kinds + (["blocks", "transpose"] if nested and n > 1 else [])))
    if kind == "shift":
        return shift([0, 1, -1, 2, "0x1/0x3", -(2**40)][int(rng.integers(6))])
    if kind in ("identity", "zero"):
        return {"op": kind}
    if kind == "diagonal":
        return {"op": "diagonal", "values": rationals(n)}
    if kind == "subdiagonal" or (kind == "corner" and n == 1):
        return {"op": "subdiagonal", "values": rationals(n - 1)}
    if kind == "corner":
        return {"op": "subdiagonal", "values": rationals(n)}
    if kind == "tridiagonal":
        spec = {"op": kind, "sub": rationals(n - 1), "main": rationals(n), "super": rationals(n - 1)}
        return spec | ({"top_right": 2, "bottom_left": "-0x1/0x2"} if n >= 3 else {})
    if kind == "path":
        return {"op": "path", "first": rationals(1)[0], "last": 1}
    if kind == "dense":
        return {"op": "dense", "entries": [rationals(n) for _ in range(n)]}
    if kind == "blocks":
        k = int(rng.integers(1, n))
        return {
            "op": "blocks",
            "blocks": [operator(rng, k, nested=False), operator(rng, n - k, nested=False)],
            "sizes": [k, n - k],
        }
    return {"op": "transpose", "of": operator(rng, n, nested=False)}


def displacement(rng: np.random.Generator, m: int, n: int) -> Spec:
    choice = int(rng.integers(6))
    if choice == 0:
        return {"kind": "sylvester", "left": {"op": "identity"}, "right": {"op": "zero"}}
    if choice == 1:
        return {"kind": "sylvester", "left": shift(1), "right": shift(-1)}
    if choice == 2:
        return {"kind": "stein", "left": shift(0), "right": {"op": "transpose", "of": shift(0)}}
    kind = "sylvester" if choice < 5 else "stein"
    return {"kind": kind, "left": operator(rng, m), "right": operator(rng, n)}


def toeplitz(rng: np.random.Generator, m: int, n: int, values: np.ndarray) -> np.ndarray:
    return values[np.arange(m)[:, None] - np.arange(n)[None] + n - 1]


def low_rank(rng: np.random.Generator, m: int, n: int, bits: int = 6) -> np.ndarray:
    r = int(rng.integers(0, min(m, n) + 1))
    span = 2**bits
    out: np.ndarray = rng.integers(-span, span, (m, r)) @ rng.integers(-span, span, (r, n))
    return out


def rationals_of(M: np.ndarray) -> np.ndarray:
    out = np.empty(M.size, dtype=object)
    out[:] = [fmpq(int(x)) for x in M.ravel().tolist()]
    return out.reshape(M.shape)


def _real(rng: np.random.Generator, m: int, n: int) -> Iterator[tuple[str, np.ndarray]]:
    """Yield one matrix over Q of every adversarial kind."""
    i, j = int(rng.integers(m)), int(rng.integers(n))
    low = low_rank(rng, m, n)
    yield "low rank", low
    off = low.copy()
    off[i, j] += 1
    yield "one entry off", off
    values = rng.standard_normal(m + n - 1)
    T = toeplitz(rng, m, n, values)
    yield "toeplitz", T
    ulp = T.copy()
    ulp[i, j] = np.nextafter(ulp[i, j], np.inf)
    yield "one ulp off", ulp
    chosen = [
        int(p)
        for p in rng.choice(np.array(PRIMES, dtype=object), size=int(rng.integers(1, 5)), replace=False)
    ]
    yield (
        "multiples of primes",
        rationals_of(low) + rationals_of(rng.integers(-3, 4, (m, n))) * fmpq(prod(chosen)),
    )
    yield (
        "one multiple",
        rationals_of(low) + rationals_of((np.arange(m * n) == i * n + j).reshape(m, n)) * fmpq(prod(PRIMES)),
    )
    yield "subnormal", toeplitz(rng, m, n, rng.integers(-9, 10, m + n - 1) * 5e-324)
    yield "huge", toeplitz(rng, m, n, rng.integers(-9, 10, m + n - 1) * 1e307)
    mixed = np.ldexp(rng.integers(-9, 10, m + n - 1).astype(float), rng.integers(-1074, 1000, m + n - 1))
    yield "mixed exponents", toeplitz(rng, m, n, mixed)
    yield "rows of mixed scale", np.ldexp(low.astype(float), rng.integers(-900, 900, (m, 1)))
    extremes = np.array([0.0, -0.0, 5e-324, -5e-324, 1.7976931348623157e308, 1.0, -1.0, 2.0**-1022])
    yield "extremes", rng.choice(extremes, (m, n))
    duplicated = rng.integers(-99, 100, (m, n))
    duplicated[i] = duplicated[(i + 1) % m]
    duplicated[:, j] = 3 * duplicated[:, (j + 1) % n]
    yield "duplicates", duplicated
    yield "zero", np.zeros((m, n))
    yield "full", rng.integers(-(2**31), 2**31, (m, n))
    yield "int64 ends", rng.choice(np.array([-(2**63), 2**63 - 1, 0, 1]), (m, n))
    yield "uint64 ends", rng.choice(np.array([2**64 - 1, 2**63, 0, 1], dtype=np.uint64), (m, n))
    yield "bool", rng.integers(0, 2, (m, n)).astype(bool)
    yield "int8", rng.integers(-128, 128, (m, n)).astype(np.int8)
    yield "float16", toeplitz(rng, m, n, rng.standard_normal(m + n - 1)).astype(np.float16)
    yield "float32", rng.standard_normal((m, n)).astype(np.float32)
    yield "big endian", low.astype(">i4")
    yield "fortran", np.asfortranarray(T)[::-1]
    nodes = [Fraction(k + 1, 3 * k + 2) for k in range(m + n)]
    cauchy = np.empty((m, n), dtype=object)
    for a in range(m):
        for b in range(n):
            x = 1 / (nodes[a] - nodes[m + b])
            cauchy[a, b] = fmpq(x.numerator, x.denominator)
    yield "cauchy", cauchy
    wild = np.empty((m, n), dtype=object)
    for a in range(m):
        for b in range(n):
            wild[a, b] = fmpq(int(rng.integers(-3, 4)), 3 ** int(rng.integers(0, 2000)) * 5 ** (a + b))
    yield "denominators of thousands of bits", wild


def _other(rng: np.random.Generator, m: int, n: int) -> Iterator[tuple[str, np.ndarray, str]]:
    """Yield matrices over Q(zeta_N) and GF(p)."""
    T = toeplitz(rng, m, n, rng.standard_normal(m + n - 1) + 1j * rng.integers(-3, 4, m + n - 1))
    yield "complex128", T, "Q(zeta_4)"
    yield "complex64", (low_rank(rng, m, n, 3) * (1 + 2j)).astype(np.complex64), "Q(zeta_4)"
    yield "complex in Q(zeta_12)", low_rank(rng, m, n, 3) * 1j, "Q(zeta_12)"
    for order in (3, 8):
        F = Cyclotomic(order)
        G = [[F([int(x) for x in rng.integers(-2, 3, F.degree)]) for _ in range(1)] for _ in range(m)]
        H = [[F([int(x) for x in rng.integers(-2, 3, F.degree)]) for _ in range(n)] for _ in range(1)]
        product = np.array(G, dtype=object) @ np.array(H, dtype=object)
        yield f"outer product over Q(zeta_{order})", product, F.name
    for p in (2, 7, 2**61 - 1):
        values = low_rank(rng, m, n).ravel().tolist()
        out = np.empty(m * n, dtype=object)
        out[:] = [nmod(int(x), p) for x in values]
        yield f"modulo {p}", out.reshape(m, n), f"GF({p})"


def cases(seed: int, rounds: int) -> Iterator[tuple[str, np.ndarray, str, Spec]]:
    """Yield `rounds` times about 32 adversarial cases."""
    rng = np.random.default_rng(seed)
    for k in range(rounds):
        m, n = (int(x) for x in rng.integers(1, 8, 2))
        if k % 5 == 3:
            m = 1
        if k % 5 == 4:
            n = 1
        for name, M in _real(rng, m, n):
            yield name, M, "Q", displacement(rng, m, n)
        for name, M, field in _other(rng, m, n):
            d = displacement(rng, m, n)
            if field == "GF(2)":  # halves and thirds have no value there
                d = {"kind": "sylvester", "left": shift(1), "right": shift(0)}
            if field == "GF(7)":
                d = {"kind": "stein", "left": shift(3), "right": {"op": "path", "first": 2, "last": 5}}
            yield name, M, field, d


def _pieces(x: Any, degree: int, order: int) -> list[Fraction]:
    if isinstance(x, str):
        sign, _, rest = x.partition("0x") if x.startswith("-") else ("", "", x[2:])
        top, _, bottom = rest.partition("/")
        value = Fraction(int(top, 16), int(bottom or "0x1", 16))
        return [-value if sign else value] + [Fraction(0)] * (degree - 1)
    if isinstance(x, complex | np.complexfloating):
        out = [Fraction(0)] * degree
        out[0], out[order // 4] = Fraction(float(x.real)), Fraction(float(x.imag))
        return out
    if hasattr(x, "coefficients"):
        return [Fraction(int(c.p), int(c.q)) for c in x.coefficients()]
    if isinstance(x, fmpq):
        value = Fraction(int(x.p), int(x.q))
    elif isinstance(x, float | np.floating):
        value = Fraction(float(x))
    else:
        value = Fraction(int(x))
    return [value] + [Fraction(0)] * (degree - 1)


def companion(order: int) -> list[list[list[Fraction]]]:
    """Return the matrices of multiplication by 1, zeta, zeta^2, ... on the power basis of Q(zeta_N)."""
    if order <= 2:
        return [[[Fraction(1)]]]
    monic = [Fraction(int(c)) for c in fmpz_poly.cyclotomic(order).coeffs()]
    d = len(monic) - 1
    C = [[Fraction(int(i == j + 1)) for j in range(d)] for i in range(d)]
    for i in range(d):
        C[i][d - 1] = -monic[i]
    powers = [[[Fraction(int(i == j)) for j in range(d)] for i in range(d)]]
    while len(powers) < d:
        powers.append(multiply(C, powers[-1]))
    return powers


def multiply(X: list[list[Any]], Y: list[list[Any]]) -> list[list[Any]]:
    columns = list(zip(*Y))
    return [
        [sum((a * b for a, b in zip(row, column) if a and b), Fraction(0)) for column in columns] for row in X
    ]


def dense(spec: Spec, n: int) -> list[list[Any]]:
    """Return the operator as a dense matrix of numbers in certificate notation, by the definition."""
    A: list[list[Any]] = [[0] * n for _ in range(n)]
    name = spec["op"]
    if name == "transpose":
        return [list(row) for row in zip(*dense(spec["of"], n))]
    if name == "dense":
        return [list(row) for row in spec["entries"]]
    if name == "blocks":
        start = 0
        for part, size in zip(spec["blocks"], spec["sizes"]):
            for i, row in enumerate(dense(part, size)):
                A[start + i][start : start + size] = row
            start += size
        return A
    if name == "subdiagonal":
        values = [*spec["values"], *([0] if len(spec["values"]) < n else [])]
        if n == 1:
            return [[values[0]]]
        for i in range(n - 1):
            A[i + 1][i] = values[i]
        A[0][n - 1] = values[n - 1]
        return A
    for i in range(n):
        if name in ("shift", "path") and i + 1 < n:
            A[i + 1][i] = 1
        if name == "path" and i + 1 < n:
            A[i][i + 1] = 1
        if name == "identity":
            A[i][i] = 1
        if name == "diagonal":
            A[i][i] = spec["values"][i]
        if name == "tridiagonal":
            A[i][i] = spec["main"][i]
            if i + 1 < n:
                A[i + 1][i], A[i][i + 1] = spec["sub"][i], spec["super"][i]
    if name == "shift":
        A[0][n - 1] = spec["corner"]
    if name == "tridiagonal" and n >= 3:
        A[0][n - 1], A[n - 1][0] = spec.get("top_right", 0), spec.get("bottom_left", 0)
    if name == "path":
        first, last = spec["first"], spec["last"]
        A[0][0] = first
        if n > 1:
            A[n - 1][n - 1] = last
        else:
            A[0][0] = hexadecimal(_pieces(first, 1, 1)[0] + _pieces(last, 1, 1)[0])
    return A


def residual_rows(M: np.ndarray, field: str, d: Spec) -> tuple[list[list[Fraction]], int]:
    """Return (L, phi): the residual over Q, each entry of Q(zeta_N) as the phi x phi matrix of multiplication by it."""
    order = int(field[7:-1]) if field.startswith("Q(") else 1
    powers = companion(order)
    degree = len(powers)

    def expand(X: Any) -> list[list[Fraction]]:
        out = []
        for row in X:
            blocks = [_pieces(x, degree, order) for x in row]
            for a in range(degree):
                row_a = []
                for block in blocks:
                    for b in range(degree):
                        row_a.append(sum((c * P[a][b] for c, P in zip(block, powers) if c), Fraction(0)))
                out.append(row_a)
        return out

    m, n = M.shape
    X = expand(M)
    A, B = expand(dense(d["left"], m)), expand(dense(d["right"], n))
    AM = multiply(A, X)
    other = multiply(X, B) if d["kind"] == "sylvester" else multiply(AM, B)
    first = AM if d["kind"] == "sylvester" else X
    return [[a - b for a, b in zip(r, s)] for r, s in zip(first, other)], degree


def fraction_rank(L: list[list[Fraction]], p: int = 0) -> int:
    """Return the rank over Q, or modulo p, by Gaussian elimination."""
    rows = [list(row) for row in L]
    if p:
        rows = [[x.numerator * pow(x.denominator, -1, p) % p for x in row] for row in rows]
    rank = 0
    for j in range(len(rows[0]) if rows else 0):
        pivot = next((i for i in range(rank, len(rows)) if rows[i][j]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        head = rows[rank]
        inverse = pow(head[j], -1, p) if p else 1 / head[j]
        for i in range(rank + 1, len(rows)):
            c = rows[i][j] * inverse
            if c:
                rows[i] = [(x - c * y) % p if p else x - c * y for x, y in zip(rows[i], head)]
        rank += 1
    return rank
