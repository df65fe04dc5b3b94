"""|F_L| ... |F_1| for the factors M = F_L ... F_1 by which a family multiplies directly, from their definitions.

ENTRYWISE           families whose factors have slots for entries: the member with the moduli of the slots
BY_FACTORS          families whose factors are made otherwise, and a function that makes the product
absolute_product    for a member with real parameters; None for a family of one factor, where it is |M|

What BY_FACTORS makes is computed in floats, by at most 2^12 operations after each other, sums of one sign: it is more
than 1 - 2^-40 of the exact number, and multiplied by 1 + 2^-30.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import prod
from typing import Any

import numpy as np
from flint import acb, arb

from ldrtheory.families import Family
from ldrtheory.rings import QQ
from tests.laws.test_reference import Exact

Parameters = Mapping[str, np.ndarray]
ENTRYWISE = {
    "BlockButterfly",
    "Butterfly",
    "DiagonalCirculant",
    "Kaleidoscope",
    "LowRank",
    "Monarch",
    "ToeplitzPlusHankel",
    "ToeplitzProduct",
    "TriangularToeplitzProduct",
}


def shift(n: int, numbers: np.ndarray) -> np.ndarray:
    """x[i] -> numbers[i - 1] x[i - 1], cyclically."""
    return np.roll(np.diag(numbers), 1, axis=0) if n else np.zeros((0, 0))


def powers(A: np.ndarray, B: np.ndarray, p: Parameters, reverse: bool) -> np.ndarray:
    """The sum of A^k |G| |H|^T B^k, or of A^k |G| |H|^T B^(n-1-k)."""
    n, GH = len(A), np.abs(p["G"]) @ np.abs(p["H"]).T
    power = np.linalg.matrix_power
    return np.asarray(
        sum(power(A, k) @ GH @ power(B, n - 1 - k if reverse else k) for k in range(n)), dtype=float
    )


def bezoutian(family: Any, p: Parameters) -> np.ndarray:
    """|L_b| |U_a| + |L_a| |U_b|, L_c[i, k] = c[i - k], U_c[k, j] = c[j + k + 1]."""
    n = family.n
    L, U = np.zeros((2, n, n)), np.zeros((2, n, n))
    for s, c in enumerate((np.abs(p["a"]), np.abs(p["b"]))):
        for i in range(n):
            L[s, i, : i + 1] = c[i::-1]
            U[s, i, : n - i] = c[i + 1 :]
    return L[1] @ U[0] + L[0] @ U[1]


def householder(family: Any, p: Parameters) -> np.ndarray:
    """The product of I + 2 / (v^T v) |v| |v|^T."""
    out = np.eye(family.n)
    for v in np.abs(p["v"]):
        out = out @ (np.eye(family.n) + np.outer(v, v) * (2 / (v @ v)))
    return out


def toeplitz_like(family: Any, p: Parameters) -> np.ndarray:
    Z = shift(family.n, np.ones(family.n))
    return powers(Z, Z, p, reverse=True) / 2


def subdiagonal(family: Any, p: Parameters) -> np.ndarray:
    A, B = (shift(family.n, np.abs(p[name])) for name in "AB")
    if family.krylov:
        return powers(A, B, p, reverse=False)
    a, b = (prod(map(Fraction, p[name].tolist())) for name in "AB")
    return powers(A, B, p, reverse=True) / abs(float(a - b))


def tridiagonal(family: Any, p: Parameters) -> np.ndarray | None:
    if not family.krylov:
        return None  # multiplied by its entries
    operators = []
    for s in "AB":
        v = {k: np.abs(p[k]) for k in p if k.startswith(s)}
        T = np.diag(v[f"{s}_main"]) + np.diag(v[f"{s}_sub"], -1) + np.diag(v[f"{s}_super"], 1)
        if family.n >= 3:
            T[0, -1], T[-1, 0] = v[f"{s}_corners"]
        operators.append(T)
    return powers(*operators, p, reverse=False)


def orthogonal_kaleidoscope(family: Any, p: Parameters) -> np.ndarray:
    n = family.n
    exact = {k: np.array([QQ(float(x)) for x in v.flat], dtype=object).reshape(v.shape) for k, v in p.items()}
    out = np.eye(n)
    for factor in family.product(exact, QQ).factors:
        d, o = (np.abs([float(x.p) / float(x.q) for x in v]) for v in (factor.diagonal, factor.offdiagonal))
        F = np.diag(d)
        F[np.arange(n), np.arange(n) ^ (1 << factor.bit)] += o
        out = F @ out
    return out


def acdc(family: Any, p: Parameters) -> np.ndarray:
    """|a| |C| |d| |C^T| w, C[i, j] = cos(pi i (2 j + 1) / (2 n)), w = 1/n and then 2/n."""
    n = family.n
    i, j = np.arange(n)[:, None], np.arange(n)
    C = np.abs(np.cos(np.pi * i * (2 * j + 1) / (2 * n)))
    w = np.where(np.arange(n) == 0, 1, 2) / n
    return (np.abs(p["a"])[:, None] * C * np.abs(p["d"])) @ C.T * w


BY_FACTORS: dict[str, Callable[[Any, Parameters], np.ndarray | None]] = {
    "ACDC": acdc,
    "Bezoutian": bezoutian,
    "Householder": householder,
    "OrthogonalKaleidoscope": orthogonal_kaleidoscope,
    "SubdiagonalLDR": subdiagonal,
    "ToeplitzLike": toeplitz_like,
    "TridiagonalLDR": tridiagonal,
}


def absolute_product(family: Family, p: Parameters) -> np.ndarray | None:
    """At least |F_L| ... |F_1|, as numbers of balls; None where there is one factor."""
    name = type(family).__name__
    if name in ENTRYWISE:
        M = Exact(family, {k: np.abs(v) for k, v in p.items()}, rational=False, bits=200).M
        return np.array([[abs(acb(x)) for x in row] for row in M], dtype=object)
    found = BY_FACTORS[name](family, p) if name in BY_FACTORS else None
    if found is None:
        return None
    return np.array([[arb(x) for x in row] for row in found * (1 + 2.0**-30)], dtype=object)
