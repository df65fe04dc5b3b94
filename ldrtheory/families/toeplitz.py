"""Matrices constant along diagonals.

Toeplitz            M[i, j] = t_(i-j)
Hankel              M[i, j] = h_(i+j)
ToeplitzPlusHankel  M[i, j] = t_(i-j) + h_(i+j)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ldrtheory.families.family import CORNERS, Rectangular, Slot
from ldrtheory.families.structure import Structure, above, frame, left_of, right_of
from ldrtheory.linalg import Array, matrix
from ldrtheory.operators.banded import path, shift
from ldrtheory.operators.displacement import Stein, Sylvester
from ldrtheory.rings import Ring


@dataclass(frozen=True, repr=False)
class Toeplitz(Rectangular):
    """M[i, j] = t[i - j + columns - 1]: t runs from the top right corner to the bottom left one.

    >>> from ldrtheory import QQ
    >>> Toeplitz(rows=2, columns=3).entries({"t": [1, 2, 3, 4]}, QQ).tolist()
    [[3, 2, 1], [4, 3, 2]]
    """

    def slots(self) -> tuple[Slot, ...]:
        m, n = self.shape
        return (Slot("t", (m + n - 1,), "the diagonals, from the top right corner to the bottom left"),)

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        m, n = self.shape
        return matrix(m, n, lambda i, j: p["t"][i - j + n - 1])

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        m, n = self.shape
        e, f = (ring(c) for c in corners)

        def M(i: int, j: int) -> Any:
            return p["t"][i - j + n - 1]

        up, right = above(M, m, e), right_of(M, n, f)
        up_left = above(left_of(M, n, f), m, e)
        return (
            Structure(
                "Sylvester (Z_e, Z_f)",
                2,
                lambda: Sylvester(shift(f=e), shift(f=f)),
                lambda: frame(ring, (m, n), (0,), (n - 1,), lambda i, j: up(i, j) - right(i, j)),
            ),
            Structure(
                "Stein (Z_e, Z_f^T)",
                2,
                lambda: Stein(shift(f=e), shift(f=f).T),
                lambda: frame(ring, (m, n), (0,), (0,), lambda i, j: M(i, j) - up_left(i, j)),
            ),
        )


@dataclass(frozen=True, repr=False)
class Hankel(Rectangular):
    """M[i, j] = h[i + j]: h runs from the top left corner to the bottom right one.

    >>> from ldrtheory import QQ
    >>> Hankel(2).entries({"h": [1, 2, 3]}, QQ).tolist()
    [[1, 2], [2, 3]]
    """

    def slots(self) -> tuple[Slot, ...]:
        m, n = self.shape
        return (Slot("h", (m + n - 1,), "the antidiagonals, from the top left corner to the bottom right"),)

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        return matrix(*self.shape, lambda i, j: p["h"][i + j])

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        m, n = self.shape
        e, f = (ring(c) for c in corners)

        def M(i: int, j: int) -> Any:
            return p["h"][i + j]

        up, left = above(M, m, e), left_of(M, n, f)
        up_right = above(right_of(M, n, f), m, e)
        return (
            Structure(
                "Sylvester (Z_e, Z_f^T)",
                2,
                lambda: Sylvester(shift(f=e), shift(f=f).T),
                lambda: frame(ring, (m, n), (0,), (0,), lambda i, j: up(i, j) - left(i, j)),
            ),
            Structure(
                "Stein (Z_e, Z_f)",
                2,
                lambda: Stein(shift(f=e), shift(f=f)),
                lambda: frame(ring, (m, n), (0,), (n - 1,), lambda i, j: M(i, j) - up_right(i, j)),
            ),
        )


@dataclass(frozen=True, repr=False)
class ToeplitzPlusHankel(Rectangular):
    """M[i, j] = t[i - j + columns - 1] + h[i + j].

    >>> from ldrtheory import QQ
    >>> ToeplitzPlusHankel(2).entries({"t": [1, 0, 0], "h": [0, 0, 5]}, QQ).tolist()
    [[0, 1], [0, 5]]
    """

    def slots(self) -> tuple[Slot, ...]:
        return Toeplitz.slots(self) + Hankel.slots(self)  # type: ignore[arg-type]

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        m, n = self.shape
        return matrix(m, n, lambda i, j: p["t"][i - j + n - 1] + p["h"][i + j])

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        m, n = self.shape
        zero = ring.zero

        def M(i: int, j: int) -> Any:
            inside = 0 <= i < m and 0 <= j < n
            return p["t"][i - j + n - 1] + p["h"][i + j] if inside else zero

        def row(i: int, j: int) -> Any:
            """(Y_00 M)[i, j]"""
            return M(i - 1, j) + M(i + 1, j)

        def column(a: Any, i: int, j: int) -> Any:
            """(M Y_aa)[i, j]"""
            ends = M(i, 0) * a * (j == 0) + M(i, n - 1) * a * (j == n - 1)
            return M(i, j - 1) + M(i, j + 1) + ends

        def structure(a: int, attained_from: int) -> Structure:
            return Structure(
                f"Sylvester (Y_00, Y_{a}{a})",
                attained_from,
                lambda: Sylvester(path(0, 0), path(a, a)),
                lambda: frame(
                    ring,
                    (m, n),
                    (0, m - 1),
                    (0, n - 1),
                    lambda i, j: row(i, j) - column(ring(a), i, j),
                ),
            )

        return structure(1, 4), structure(0, 4)
