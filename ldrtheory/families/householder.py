"""Products of reflections, without square roots.

Householder     M = H_1 ... H_k with H_l = I - 2 v_l v_l^T / (v_l^T v_l)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ldrtheory.families.family import CORNERS, Family, Parameters, Slot
from ldrtheory.families.structure import Structure, ordinary_rank
from ldrtheory.linalg import Array, array, identity, matmul
from ldrtheory.rings import Ring


@dataclass(frozen=True, repr=False)
class Householder(Family):
    """M = H_1 ... H_k, k = reflectors, H_l = I - 2 v_l v_l^T / (v_l^T v_l), v_l = v[l] with v_l^T v_l not zero.

    M^T M = I over every field (in characteristic 2, M = I).

    >>> from ldrtheory import QQ
    >>> Householder(2, 1).entries({"v": [[1, 2]]}, QQ).tolist()
    [[3/5, -4/5], [-4/5, -3/5]]
    """

    n: int
    reflectors: int

    def __post_init__(self) -> None:
        self._whole("n", 1)
        self._whole("reflectors", 1)

    @property
    def shape(self) -> tuple[int, int]:
        return self.n, self.n

    @classmethod
    def up_to(cls, size: int) -> Iterator[Family]:
        yield from (cls(n, k) for n in range(1, size + 1) for k in (1, 2))

    def slots(self) -> tuple[Slot, ...]:
        return (
            Slot("v", (self.reflectors, self.n), "row l: the normal vector of H_l, counted from the left"),
        )

    def refusal(self, p: Mapping[str, Any], ring: Ring) -> str | None:
        for k, v in enumerate(p["v"]):
            if ring.is_zero(_square(v)):
                return f"v[{k}] = {list(v)} has v^T v = 0, and the reflection divides by it; change an entry."
        return None

    def repaired(self, p: Parameters, ring: Ring) -> Parameters:
        for v in p["v"]:
            last = v[-1]
            for step in (
                1,
                2,
            ):  # where v^T v = 0, v[-1] + 1 fails only for v[-1] = -1/2, and then v[-1] + 2 helps
                if ring.is_zero(_square(v)):
                    v[-1] = last + ring(step)
        return p

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        return self.multiply(p, identity(ring, self.n), ring)

    def multiply(self, p: Mapping[str, Any], x: Array, ring: Ring) -> Array:
        """Return H_1 (... (H_k x)): 3 n + 1 multiplications and a division for each reflection of a vector."""
        for v in reversed(array(ring, p["v"])):
            along = matmul(ring, v, x) * ring.inverse(ring(_square(v)))
            x = x - np.multiply.outer(v, along + along)
        return x

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        return (ordinary_rank(lambda: self.entries(p, ring), self.shape, ring),)


def _square(v: Array) -> Any:
    """v^T v"""
    return v @ v
