"""Matrices without, or with only, linear structure.

Dense       every entry free
LowRank     M = U V^T with r columns in U and V
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ldrtheory.families.family import CORNERS, Family, Rectangular, Slot
from ldrtheory.families.structure import Structure, beside, ordinary_rank
from ldrtheory.linalg import Array, array, matmul, transpose
from ldrtheory.operators.banded import shift
from ldrtheory.operators.composed import identity, zero
from ldrtheory.operators.displacement import Stein, Sylvester
from ldrtheory.rings import Ring


@dataclass(frozen=True, repr=False)
class Dense(Family):
    """All rows x columns matrices.

    >>> from ldrtheory import QQ
    >>> Dense(1, 2).entries({"M": [[1, 2]]}, QQ).tolist()
    [[1, 2]]
    """

    rows: int
    columns: int

    def __post_init__(self) -> None:
        self._whole("rows", 1)
        self._whole("columns", 1)

    @property
    def shape(self) -> tuple[int, int]:
        return self.rows, self.columns

    @classmethod
    def up_to(cls, size: int) -> Iterator[Family]:
        sides = range(1, size + 1)
        yield from sorted((cls(m, n) for m in sides for n in sides), key=lambda f: max(f.shape))

    def slots(self) -> tuple[Slot, ...]:
        return (Slot("M", self.shape, "the entries"),)

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        return array(ring, p["M"])

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        return (ordinary_rank(lambda: self.entries(p, ring), self.shape, ring),)


@dataclass(frozen=True, repr=False)
class LowRank(Rectangular):
    """M = U V^T, U of shape (rows, rank), V of shape (columns, rank).

    >>> from ldrtheory import QQ
    >>> LowRank(2, 1).entries({"U": [[1], [2]], "V": [[3], [5]]}, QQ).tolist()
    [[3, 5], [6, 10]]
    """

    rank: int = 1

    def __post_init__(self) -> None:
        super().__post_init__()
        self._whole("rank", 1, min(self.shape))

    @classmethod
    def up_to(cls, size: int) -> Iterator[Family]:
        for family in super().up_to(size):
            for r in range(1, min(family.shape) + 1):
                yield cls(rows=family.shape[0], columns=family.shape[1], rank=r)

    def slots(self) -> tuple[Slot, ...]:
        m, n = self.shape
        return Slot("U", (m, self.rank), "the left factor"), Slot("V", (n, self.rank), "the right factor")

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        return matmul(ring, array(ring, p["U"]), transpose(array(ring, p["V"])))

    def multiply(self, p: Mapping[str, Any], x: Array, ring: Ring) -> Array:
        """Return U (V^T x): rank (rows + columns) multiplications for each vector."""
        return matmul(ring, array(ring, p["U"]), matmul(ring, transpose(array(ring, p["V"])), x))

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        e, f = (ring(c) for c in corners)
        A, B, r = shift(f=e), shift(f=f), self.rank
        U, V = p["U"], p["V"]
        return (
            Structure("Sylvester (I, 0)", 1, lambda: Sylvester(identity(), zero()), lambda: (U, V)),
            Structure(
                "Sylvester (Z_e, Z_f)",
                2 * r,
                lambda: Sylvester(A, B),
                lambda: (beside(A.times(U, ring), U), beside(V, -B.T.times(V, ring))),
            ),
            Structure(
                "Stein (Z_e, Z_f^T)",
                2 * r,
                lambda: Stein(A, B.T),
                lambda: (beside(U, A.times(U, ring)), beside(V, -B.times(V, ring))),
            ),
        )
