"""Fixed transforms of +1, -1 and roots of unity.

DFT             M[i, j] = zeta_n^(-ij)
WalshHadamard   M[i, j] = (-1)^(number of common binary digits of i and j)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ldrtheory.errors import BadInput
from ldrtheory.families.family import CORNERS, Family, Slot, Square
from ldrtheory.families.structure import Structure, columns, unit
from ldrtheory.linalg import Array, matrix, zeros
from ldrtheory.operators.banded import diagonal, shift
from ldrtheory.operators.composed import dense
from ldrtheory.operators.displacement import Sylvester
from ldrtheory.rings import Ring


@dataclass(frozen=True, repr=False)
class DFT(Square):
    """M[i, j] = zeta_n^(-ij), zeta_n the ring's primitive n-th root of unity.

    >>> DFT(4).entries({}, DFT(4).field()).tolist()[1]
    [1, -i, -1, i]
    """

    @property
    def order(self) -> int:
        return self.n

    def slots(self) -> tuple[Slot, ...]:
        return ()

    def _powers(self, ring: Ring) -> list[Any]:
        powers, root = [ring.one], ring.root_of_unity(self.n)
        for _ in range(self.n - 1):
            powers.append(powers[-1] * root)
        return powers

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        powers = self._powers(ring)
        return matrix(self.n, self.n, lambda i, j: powers[-i * j % self.n])

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        n, f = self.n, ring(corners[1])
        powers = self._powers(ring)
        nodes = diagonal([powers[-i % n] for i in range(n)])
        return (
            Structure(
                "Sylvester (D_w, Z_1)",
                1,
                lambda: Sylvester(nodes, shift(f=1)),
                lambda: (zeros(ring, n, 0), zeros(ring, n, 0)),
            ),
            Structure(
                "Sylvester (D_w, Z_f)",
                1,
                lambda: Sylvester(nodes, shift(f=f)),
                lambda: (columns(ring, n, [ring.one - f] * n), columns(ring, n, unit(ring, n, -1))),
            ),
        )


@dataclass(frozen=True, repr=False)
class WalshHadamard(Square):
    """M[i, j] = (-1)^(number of binary digits 1 that i and j share); n is a power of two.

    >>> from ldrtheory import QQ
    >>> WalshHadamard(2).entries({}, QQ).tolist()
    [[1, 1], [1, -1]]
    """

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.n & (self.n - 1):
            raise BadInput(f"WalshHadamard wants n to be a power of two; got n={self.n}.")

    @classmethod
    def up_to(cls, size: int) -> Iterator[Family]:
        yield from (cls(2**k) for k in range(size.bit_length()))

    def slots(self) -> tuple[Slot, ...]:
        return ()

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        return matrix(self.n, self.n, lambda i, j: -ring.one if (i & j).bit_count() % 2 else ring.one)

    def multiply(self, p: Mapping[str, Any], x: Array, ring: Ring) -> Array:
        """Return M x by n log2(n) additions and subtractions for each vector."""
        y, half = x.copy(), 1
        while half < self.n:
            for start in range(0, self.n, 2 * half):
                upper, lower = y[start : start + half].copy(), y[start + half : start + 2 * half].copy()
                y[start : start + half], y[start + half : start + 2 * half] = upper + lower, upper - lower
            half *= 2
        return y

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        n, half = self.n, self.n // 2
        signs = diagonal([ring.one] * (n - half) + [-ring.one] * half)
        return (
            Structure(
                "Sylvester (D, Z_1^(n/2)), D = diag(1, ..., 1, -1, ..., -1)",
                1,
                lambda: Sylvester(signs, dense(matrix(n, n, lambda i, j: int((i - j - half) % n == 0)))),
                lambda: (zeros(ring, n, 0), zeros(ring, n, 0)),
            ),
        )
