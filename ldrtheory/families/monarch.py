"""Two block diagonal factors around a transposition of the index grid.

Monarch     M = (P L P^T) R, n = m q: R has q blocks m x m, P L P^T couples the indices that agree modulo m
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ldrtheory.errors import BadInput
from ldrtheory.families.family import CORNERS, Family, Slot
from ldrtheory.families.structure import Structure, ordinary_rank
from ldrtheory.linalg import Array, array, matmul, matrix
from ldrtheory.rings import Ring


@dataclass(frozen=True, repr=False)
class Monarch(Family):
    """M[i, j] = left[i mod m, i div m, j div m] right[j div m, i mod m, j mod m], n = m q, m = block.

    right[a] acts on the indices a m, ..., a m + m - 1, then left[r] on r, r + m, r + 2 m, ...: one path from j to i.

    >>> from ldrtheory import QQ
    >>> family = Monarch(2, 1)
    >>> family.entries({"left": [[[1, 2], [3, 4]]], "right": [[[5]], [[7]]]}, QQ).tolist()
    [[5, 14], [15, 28]]
    """

    n: int
    block: int

    def __post_init__(self) -> None:
        self._whole("n", 1)
        self._whole("block", 1)
        if self.n % self.block:
            raise BadInput(f"Monarch wants block to divide n; got n={self.n}, block={self.block}.")

    @property
    def shape(self) -> tuple[int, int]:
        return self.n, self.n

    @property
    def groups(self) -> int:
        """q = n / block."""
        return self.n // self.block

    @classmethod
    def up_to(cls, size: int) -> Iterator[Family]:
        yield from (cls(n, m) for n in range(1, size + 1) for m in range(1, n + 1) if n % m == 0)

    def slots(self) -> tuple[Slot, ...]:
        m, q = self.block, self.groups
        return (
            Slot("left", (m, q, q), "[r]: couples the indices that are r modulo m, applied second"),
            Slot("right", (q, m, m), "[a]: couples the indices a m, ..., a m + m - 1, applied first"),
        )

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        m, left, right = self.block, array(ring, p["left"]), array(ring, p["right"])
        return matrix(self.n, self.n, lambda i, j: left[i % m, i // m, j // m] * right[j // m, i % m, j % m])

    def multiply(self, p: Mapping[str, Any], x: Array, ring: Ring) -> Array:
        """Return M x by n (m + q) multiplications and n (m + q - 2) additions for each vector."""
        left, right = array(ring, p["left"]), array(ring, p["right"])
        grid = x.reshape(self.groups, self.block, -1)
        grid = np.stack([matmul(ring, right[a], grid[a]) for a in range(self.groups)])
        grid = np.stack([matmul(ring, left[r], grid[:, r]) for r in range(self.block)], axis=1)
        return grid.reshape(x.shape)

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        return (ordinary_rank(lambda: self.entries(p, ring), self.shape, ring),)
