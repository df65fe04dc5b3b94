"""Alternating diagonal and circulant factors.

DiagonalCirculant   M = D_1 C_1 D_2 C_2 ... D_k C_k
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ldrtheory.families.circulant import Circulant
from ldrtheory.families.family import CORNERS, Family, Slot
from ldrtheory.families.structure import Structure, ordinary_rank
from ldrtheory.linalg import Array, array, identity, matmul
from ldrtheory.rings import Ring


@dataclass(frozen=True, repr=False)
class DiagonalCirculant(Family):
    """M = D_1 C_1 ... D_k C_k, k = factors, D_l = diag(d[l]) and C_l the circulant with the first column c[l].

    >>> from ldrtheory import QQ
    >>> DiagonalCirculant(2, 1).entries({"d": [[1, 10]], "c": [[1, 2]]}, QQ).tolist()
    [[1, 2], [20, 10]]
    """

    n: int
    factors: int

    def __post_init__(self) -> None:
        self._whole("n", 1)
        self._whole("factors", 1)

    @property
    def shape(self) -> tuple[int, int]:
        return self.n, self.n

    @classmethod
    def up_to(cls, size: int) -> Iterator[Family]:
        yield from (cls(n, k) for n in range(1, size + 1) for k in (1, 2))

    def slots(self) -> tuple[Slot, ...]:
        shape = (self.factors, self.n)
        return (
            Slot("d", shape, "row l: the diagonal of D_l, counted from the left"),
            Slot("c", shape, "row l: the first column of C_l, counted from the left"),
        )

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        return self.multiply(p, identity(ring, self.n), ring)

    def multiply(self, p: Mapping[str, Any], x: Array, ring: Ring) -> Array:
        """Return D_1 (C_1 (... (D_k (C_k x)))), each circulant multiplied entry by entry."""
        d, c = array(ring, p["d"]), array(ring, p["c"])
        column = (self.n,) + (1,) * (x.ndim - 1)
        for k in reversed(range(self.factors)):
            C = Circulant(self.n).entries({"c": c[k]}, ring)
            x = d[k].reshape(column) * matmul(ring, C, x)
        return x

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        return (ordinary_rank(lambda: self.entries(p, ring), self.shape, ring),)
