"""Polynomials evaluated at nodes.

Vandermonde             M[i, j] = x_i^j
ConfluentVandermonde    one node with its derivatives: M[i, j] = C(j, i) x^(j-i)
PolynomialVandermonde   M[i, j] = p_j(x_i), the p_j given by a three-term recurrence
ChebyshevVandermonde    M[i, j] = T_j(x_i)
chebyshev_operator      T_Ch, the tridiagonal operator of the Chebyshev recurrence
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import Any

from ldrtheory.families.family import CORNERS, Parameters, Rectangular, Slot
from ldrtheory.families.structure import Structure, columns, unit
from ldrtheory.linalg import Array, matrix, zeros
from ldrtheory.operators.banded import diagonal, shift, tridiagonal
from ldrtheory.operators.displacement import Stein, Sylvester
from ldrtheory.operators.operator import Operator
from ldrtheory.rings import Ring

HALF = Fraction(1, 2)


def _powers(x: Any, count: int, ring: Ring) -> list[Any]:
    powers = [ring.one]
    for _ in range(count):
        powers.append(powers[-1] * x)
    return powers


@dataclass(frozen=True, repr=False)
class Vandermonde(Rectangular):
    """M[i, j] = x[i]^j; the nodes need not be distinct.

    >>> from ldrtheory import QQ
    >>> Vandermonde(rows=2, columns=3).entries({"x": [2, 3]}, QQ).tolist()
    [[1, 2, 4], [1, 3, 9]]
    """

    def slots(self) -> tuple[Slot, ...]:
        return (Slot("x", (self.shape[0],), "the nodes, one for each row"),)

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        m, n = self.shape
        powers = [_powers(p["x"][i], n - 1, ring) for i in range(m)]
        return matrix(m, n, lambda i, j: powers[i][j])

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        m, n = self.shape
        x, f = p["x"], ring(corners[1])
        top = [_powers(x[i], n, ring) for i in range(m)]
        first, last = columns(ring, n, unit(ring, n, 0)), columns(ring, n, unit(ring, n, -1))
        return (
            Structure(
                "Sylvester (D_x, Z_f)",
                1,
                lambda: Sylvester(diagonal(x), shift(f=f)),
                lambda: (columns(ring, m, [t[n] - f for t in top]), last),
            ),
            Structure(
                "Stein (D_x^-1, Z_f)",
                1,
                lambda: Stein(diagonal([ring.inverse(s) for s in x]), shift(f=f)),
                lambda: (columns(ring, m, [t[n - 1] - f * ring.inverse(t[1]) for t in top]), last),
                requires="x_i != 0",
            ),
            Structure(
                "Stein (D_x, Z_f^T)",
                1,
                lambda: Stein(diagonal(x), shift(f=f).T),
                lambda: (columns(ring, m, [ring.one - f * t[n] for t in top]), first),
            ),
        )


@dataclass(frozen=True, repr=False)
class ConfluentVandermonde(Rectangular):
    """M[i, j] = C(j, i) x^(j-i) for j >= i, zero below: row i holds the i-th derivatives over i!.

    >>> from ldrtheory import QQ
    >>> ConfluentVandermonde(3).entries({"x": 2}, QQ).tolist()
    [[1, 2, 4], [0, 1, 4], [0, 0, 1]]
    """

    def slots(self) -> tuple[Slot, ...]:
        return (Slot("x", (), "the node"),)

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        m, n = self.shape
        powers = _powers(p["x"], n, ring)
        return matrix(m, n, lambda i, j: powers[j - i] * ring(comb(j, i)) if j >= i else ring.zero)

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        m, n = self.shape
        x, f = p["x"], ring(corners[1])

        def column() -> list[Any]:
            powers = _powers(x, n, ring)
            out = [powers[n - i] * ring(comb(n, i)) if i <= n else ring.zero for i in range(m)]
            out[0] = out[0] - f
            return out

        return (
            Structure(
                "Sylvester (Jord(x), Z_f)",
                1,
                lambda: Sylvester(tridiagonal([1] * (m - 1), [x] * m, [0] * (m - 1)), shift(f=f)),
                lambda: (columns(ring, m, column()), columns(ring, n, unit(ring, n, -1))),
            ),
        )


def chebyshev_operator(n: int, ring: Ring) -> Operator:
    """Return T_Ch: zero diagonal, one half beside it, but T_Ch[1, 0] = 1, so that x T_j = sum of T_k T_Ch[k, j]."""
    half = ring(HALF)
    return tridiagonal(([ring.one] + [half] * n)[: n - 1], [ring.zero] * n, [half] * (n - 1))


def _recurrence_structure(
    pair: str, M: Array, x: Sequence[Any], T: Operator, closing: tuple[Any, Any], ring: Ring
) -> Structure:
    """(D_x, T): the residual is x p_(n-1) - b p_(n-1) - c p_(n-2), in the last column; closing = (b, c)."""
    m, n = M.shape
    b, c = closing

    def column() -> list[Any]:
        before = M[:, n - 2] * c if n > 1 else zeros(ring, m)
        return [(x[i] - b) * M[i, n - 1] - before[i] for i in range(m)]

    return Structure(
        pair,
        1,
        lambda: Sylvester(diagonal(x), T),
        lambda: (columns(ring, m, column()), columns(ring, n, unit(ring, n, -1))),
    )


@dataclass(frozen=True, repr=False)
class PolynomialVandermonde(Rectangular):
    """M[i, j] = p_j(x[i]) with p_0 = 1 and x p_j = a[j] p_(j+1) + b[j] p_j + c[j-1] p_(j-1).

    p_n is left open: the last column of the operator T, which would fix it, is free but for T[n-2, n-1];
    both are taken as zero.

    >>> from ldrtheory import QQ
    >>> PolynomialVandermonde(2).entries({"x": [5, 7], "a": [2], "b": [1], "c": []}, QQ).tolist()
    [[1, 2], [1, 3]]
    """

    def slots(self) -> tuple[Slot, ...]:
        m, n = self.shape
        return (
            Slot("x", (m,), "the nodes, one for each row"),
            Slot("a", (n - 1,), "coefficients of p_(j+1), none of them zero"),
            Slot("b", (n - 1,), "coefficients of p_j"),
            Slot("c", (max(0, n - 2),), "coefficients of p_(j-1), from j = 1"),
        )

    def refusal(self, p: Mapping[str, Any], ring: Ring) -> str | None:
        for j, a in enumerate(p["a"]):
            if ring.is_zero(a):
                return f"a[{j}] is zero, so p_{j + 1} is not defined; give a nonzero value."
        return None

    def repaired(self, p: Parameters, ring: Ring) -> Parameters:
        for j, a in enumerate(p["a"]):
            if ring.is_zero(a):
                p["a"][j] = ring.one
        return p

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        """Return M, each p_j as a numerator over a[0] ... a[j-1], so that no degree is overestimated."""
        m, n = self.shape
        a, out, heads = p["a"], zeros(ring, m, n), [ring.one]
        for j in range(n - 1):
            heads.append(heads[j] * ring.inverse(ring(a[j])))
        for i in range(m):
            numerators = [ring.one]
            for j in range(n - 1):
                value = (p["x"][i] - p["b"][j]) * numerators[j]
                if j > 0:
                    value = value - p["c"][j - 1] * a[j - 1] * numerators[j - 1]
                numerators.append(value)
            out[i, :] = [x * head for x, head in zip(numerators, heads)]
        return out

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        n = self.shape[1]
        above = ([*p["c"], ring.zero] if n > 1 else [])[: n - 1]
        T = tridiagonal(list(p["a"]), [*p["b"], ring.zero], above)
        M = self.entries(p, ring)
        return (_recurrence_structure("Sylvester (D_x, T)", M, p["x"], T, (ring.zero, ring.zero), ring),)


@dataclass(frozen=True, repr=False)
class ChebyshevVandermonde(Rectangular):
    """M[i, j] = T_j(x[i]), the Chebyshev polynomials of the first kind.

    >>> from ldrtheory import QQ
    >>> ChebyshevVandermonde(3).entries({"x": [0, 1, 2]}, QQ).tolist()
    [[1, 0, -1], [1, 1, 1], [1, 2, 7]]
    """

    def slots(self) -> tuple[Slot, ...]:
        return (Slot("x", (self.shape[0],), "the nodes, one for each row"),)

    def lives_in(self, ring: Ring) -> bool:
        return ring.characteristic != 2  # T_Ch holds one half

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        m, n = self.shape
        out = zeros(ring, m, n)
        for i in range(m):
            x = p["x"][i]
            values = [ring.one, x]
            for _ in range(n - 2):
                values.append(x * values[-1] * ring(2) - values[-2])
            out[i, :] = values[:n]
        return out

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        T = chebyshev_operator(self.shape[1], ring)
        M = self.entries(p, ring)
        return (_recurrence_structure("Sylvester (D_x, T_Ch)", M, p["x"], T, (ring.zero, ring(HALF)), ring),)
