"""Matrices made of the coefficients of polynomials.

Bezoutian   (a(x) b(y) - a(y) b(x)) / (x - y) = sum of M[i, j] x^i y^j
Resultant   the Sylvester resultant matrix of a (degree m) and b (degree n)
Companion   ones below the diagonal, last column free
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ldrtheory.families.family import CORNERS, Family, Slot, Square
from ldrtheory.families.structure import Structure, above, columns, frame, left_of, right_of, unit
from ldrtheory.linalg import Array, matrix, zeros
from ldrtheory.operators.banded import shift
from ldrtheory.operators.displacement import Stein, Sylvester
from ldrtheory.rings import Ring


@dataclass(frozen=True, repr=False)
class Bezoutian(Square):
    """The symmetric matrix of (a(x) b(y) - a(y) b(x)) / (x - y), a and b of degree at most n.

    M[i, j] = sum over k of a[j+1+k] b[i-k] - a[i-k] b[j+1+k], k from 0 to min(i, n-1-j).

    >>> from ldrtheory import QQ
    >>> Bezoutian(2).entries({"a": [0, 0, 1], "b": [-1, 0, 0]}, QQ).tolist()
    [[0, -1], [-1, 0]]
    """

    def slots(self) -> tuple[Slot, ...]:
        n = self.n
        return (
            Slot("a", (n + 1,), "coefficients of 1, x, ..., x^n of the first polynomial"),
            Slot("b", (n + 1,), "coefficients of 1, x, ..., x^n of the second polynomial"),
        )

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        a, b, n = p["a"], p["b"], self.n

        def entry(i: int, j: int) -> Any:
            total = ring.zero
            for k in range(min(i, n - 1 - j) + 1):
                total = total + a[j + 1 + k] * b[i - k] - a[i - k] * b[j + 1 + k]
            return total

        return matrix(n, n, entry)

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        n = self.n
        e, f = (ring(c) for c in corners)
        a, b, top_a, top_b = p["a"][:n], p["b"][:n], p["a"][n], p["b"][n]
        first = unit(ring, n, 0)
        return (
            Structure(
                "Sylvester (Z_e, Z_f^T)",
                2,
                lambda: Sylvester(shift(f=e), shift(f=f).T),
                lambda: (
                    columns(ring, n, a + first * (e * top_a), -(b + first * (e * top_b))),
                    columns(ring, n, b + first * (f * top_b), a + first * (f * top_a)),
                ),
            ),
            Structure(
                "Sylvester (Z_0^T, Z_0)",
                2,
                lambda: Sylvester(shift(f=0).T, shift(f=0)),
                lambda: (
                    columns(ring, n, -p["a"][1:], p["b"][1:]),
                    columns(ring, n, p["b"][1:], p["a"][1:]),
                ),
            ),
        )


@dataclass(frozen=True, repr=False)
class Resultant(Family):
    """The (m+n) x (m+n) resultant matrix: n rows of a's coefficients, each one place further right, then m of b's.

    m, n: the degrees of a and b, at least 1.

    >>> from ldrtheory import QQ
    >>> Resultant(2, 1).entries({"a": [1, 2, 3], "b": [4, 5]}, QQ).tolist()
    [[1, 2, 3], [4, 5, 0], [0, 4, 5]]
    """

    m: int
    n: int

    def __post_init__(self) -> None:
        self._whole("m", 1)
        self._whole("n", 1)

    @property
    def shape(self) -> tuple[int, int]:
        return self.m + self.n, self.m + self.n

    @classmethod
    def up_to(cls, size: int) -> Iterator[Family]:
        yield from (cls(m, total - m) for total in range(2, size + 1) for m in range(1, total))

    def slots(self) -> tuple[Slot, ...]:
        return (
            Slot(
                "a", (self.m + 1,), "the coefficients of the polynomial of degree m, in the order of the row"
            ),
            Slot(
                "b", (self.n + 1,), "the coefficients of the polynomial of degree n, in the order of the row"
            ),
        )

    def _entry(self, p: Mapping[str, Any], ring: Ring, i: int, j: int) -> Any:
        which, k = ("a", j - i) if i < self.n else ("b", j - (i - self.n))
        return p[which][k] if 0 <= k < len(p[which]) else ring.zero

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        return matrix(*self.shape, lambda i, j: self._entry(p, ring, i, j))

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        size = self.m + self.n
        e, f = (ring(c) for c in corners)

        def M(i: int, j: int) -> Any:
            return self._entry(p, ring, i, j)

        up, right = above(M, size, e), right_of(M, size, f)
        up_left = above(left_of(M, size, f), size, e)
        return (
            Structure(
                "Sylvester (Z_e, Z_f)",
                2,
                lambda: Sylvester(shift(f=e), shift(f=f)),
                lambda: frame(ring, self.shape, (0, self.n), (), lambda i, j: up(i, j) - right(i, j)),
            ),
            Structure(
                "Stein (Z_e, Z_f^T)",
                2,
                lambda: Stein(shift(f=e), shift(f=f).T),
                lambda: frame(ring, self.shape, (0, self.n), (), lambda i, j: M(i, j) - up_left(i, j)),
            ),
        )


@dataclass(frozen=True, repr=False)
class Companion(Square):
    """Z_0 with the vector c added to its last column.

    >>> from ldrtheory import QQ
    >>> Companion(3).entries({"c": [7, 8, 9]}, QQ).tolist()
    [[0, 0, 7], [1, 0, 8], [0, 1, 9]]
    """

    def slots(self) -> tuple[Slot, ...]:
        return (Slot("c", (self.n,), "the last column"),)

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        n = self.n
        return matrix(n, n, lambda i, j: p["c"][i] if j == n - 1 else ring.one if i == j + 1 else ring.zero)

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        n, c = self.n, p["c"]
        e, f = (ring(x) for x in corners)

        def generators() -> tuple[Array, Array]:
            G, H = zeros(ring, n, 2), zeros(ring, n, 2)
            H[n - 1, 0] = ring.one
            if n == 1:
                G[0, 0] = c[0] * (e - f)
                return G, H
            H[n - 2, 1] = ring.one
            G[:, 0] = [c[n - 1] * e, *c[: n - 1]]
            G[1, 0] = G[1, 0] - f
            G[:, 1] = -c
            G[0, 1] = G[0, 1] + e
            return G, H

        return (Structure("Sylvester (Z_e, Z_f)", 2, lambda: Sylvester(shift(f=e), shift(f=f)), generators),)
