"""Matrices that commute with a shift.

Circulant       M[i, j] = c_((i-j) mod n)
FCirculant      the same with the entries above the diagonal multiplied by f
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ldrtheory.errors import BadInput, LdrTheoryError
from ldrtheory.families.family import CORNERS, Family, Slot, Square
from ldrtheory.families.structure import Structure, columns, unit
from ldrtheory.linalg import Array, matrix, zeros
from ldrtheory.operators.banded import shift
from ldrtheory.operators.displacement import Sylvester
from ldrtheory.rings import QQ, Ring


def _structures(
    M: Array, f: Any, e: Any, g: Any, ring: Ring, attained: tuple[int, int, int]
) -> tuple[Structure, ...]:
    """The three pairs of an f-circulant M: both corners f, the left one only, neither."""
    n = M.shape[0]
    last = unit(ring, n, -1)
    right = M[:, 0] * (f - g)
    return (
        Structure(
            "Sylvester (Z_f, Z_f)",
            attained[0],
            lambda: Sylvester(shift(f=f), shift(f=f)),
            lambda: (zeros(ring, n, 0), zeros(ring, n, 0)),
        ),
        Structure(
            "Sylvester (Z_f, Z_g)",
            attained[1],
            lambda: Sylvester(shift(f=f), shift(f=g)),
            lambda: (columns(ring, n, right), columns(ring, n, last)),
        ),
        Structure(
            "Sylvester (Z_e, Z_g)",
            attained[2],
            lambda: Sylvester(shift(f=e), shift(f=g)),
            lambda: (
                columns(ring, n, unit(ring, n, 0) * (e - f), right),
                columns(ring, n, M[n - 1], last),
            ),
        ),
    )


@dataclass(frozen=True, repr=False)
class Circulant(Square):
    """M[i, j] = c[(i - j) mod n]; c is the first column.

    >>> from ldrtheory import QQ
    >>> Circulant(3).entries({"c": [1, 2, 3]}, QQ).tolist()
    [[1, 3, 2], [2, 1, 3], [3, 2, 1]]
    """

    def slots(self) -> tuple[Slot, ...]:
        return (Slot("c", (self.n,), "the first column"),)

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        return matrix(self.n, self.n, lambda i, j: p["c"][(i - j) % self.n])

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        return _structures(self.entries(p, ring), ring.one, ring(2), ring(corners[1]), ring, (1, 1, 2))


@dataclass(frozen=True, repr=False)
class FCirculant(Square):
    """M[i, j] = c[i - j] for i >= j, and f c[n + i - j] above the diagonal: the sum of c[k] Z_f^k.

    f: a rational number (int, Fraction or exact string).

    >>> from ldrtheory import QQ
    >>> FCirculant(3, -1).entries({"c": [1, 2, 3]}, QQ).tolist()
    [[1, -3, -2], [2, 1, -3], [3, 2, 1]]
    """

    f: int | Fraction | str

    def __post_init__(self) -> None:
        super().__post_init__()
        try:
            value = QQ(self.f)
        except LdrTheoryError:
            value = None
        if value is None or isinstance(self.f, bool):
            raise BadInput(f"FCirculant wants an exact rational f such as -1 or '1/2'; got f={self.f!r}.")
        object.__setattr__(self, "f", Fraction(int(value.p), int(value.q)))

    def slots(self) -> tuple[Slot, ...]:
        return (Slot("c", (self.n,), "the first column"),)

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        n, f = self.n, ring(self.f)
        return matrix(n, n, lambda i, j: p["c"][i - j] if i >= j else p["c"][n + i - j] * f)

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        """Return the pairs; where a given corner equals f, f + 1 and f + 2 take the corners' place."""
        e, g = (Fraction(self.f) + 1, Fraction(self.f) + 2) if self.f in corners else corners
        return _structures(self.entries(p, ring), ring(self.f), ring(e), ring(g), ring, (1, 1, 2))

    @classmethod
    def up_to(cls, size: int) -> Iterator[Family]:
        yield from (cls(n, f) for n in range(1, size + 1) for f in (-1, 0, 2))
