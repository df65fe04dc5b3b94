"""Low displacement rank with the fixed shifts Z_1 and Z_-1.

ToeplitzLike            Z_1 M - M Z_-1 = G H^T
scalar_power_solution   the solution of A M - M B = R where A^n and B^n are multiples of I
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ldrtheory.families.family import CORNERS, Family, Slot, Square
from ldrtheory.families.structure import Structure
from ldrtheory.linalg import Array, array, matmul, transpose
from ldrtheory.operators.banded import shift
from ldrtheory.operators.displacement import Stein, Sylvester
from ldrtheory.operators.operator import Operator
from ldrtheory.rings import Ring


def scalar_power_solution(A: Operator, B: Operator, a: Any, b: Any, R: Array, ring: Ring) -> Array:
    """Return the M with A M - M B = R, given A^n = a I, B^n = b I and a != b.

    M = (a - b)^-1 times the sum of A^i R B^(n-1-i); n^3 operations for operators with n entries.
    """
    total = R
    for _ in range(R.shape[0] - 1):
        R = B.rtimes(R, ring)
        total = A.times(total, ring) + R
    return total * ring.inverse(ring(a - b))


@dataclass(frozen=True, repr=False)
class ToeplitzLike(Square):
    """M with Z_1 M - M Z_-1 = G H^T; not in characteristic 2, where the two corners are equal.

    >>> from ldrtheory import QQ
    >>> ToeplitzLike(2, 1).entries({"G": [[2], [0]], "H": [[0], [1]]}, QQ).tolist()
    [[1, 0], [0, 1]]
    """

    rank: int = 1

    def __post_init__(self) -> None:
        super().__post_init__()
        self._whole("rank", 1, self.n)

    @classmethod
    def up_to(cls, size: int) -> Iterator[Family]:
        yield from (cls(n, r) for n in range(1, size + 1) for r in range(1, n + 1))

    def slots(self) -> tuple[Slot, ...]:
        return (
            Slot("G", (self.n, self.rank), "the left generator, one row per row of M"),
            Slot("H", (self.n, self.rank), "the right generator, one row per column of M"),
        )

    def lives_in(self, ring: Ring) -> bool:
        return ring.characteristic != 2

    def refusal(self, p: Mapping[str, Any], ring: Ring) -> str | None:
        if ring.characteristic == 2:
            return "Z_1 = Z_-1 in characteristic 2, so G and H determine no matrix; choose another field."
        return None

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        R = matmul(ring, array(ring, p["G"]), transpose(array(ring, p["H"])))
        doubled = scalar_power_solution(shift(f=1), shift(f=-1), ring(2), ring.one, R, ring)
        return doubled * ring(Fraction(1, 2))

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        G, H = p["G"], p["H"]
        return (
            Structure(
                "Sylvester (Z_1, Z_-1)",
                1,
                lambda: Sylvester(shift(f=1), shift(f=-1)),
                lambda: (G, H),
            ),
            Structure(
                "Stein (Z_1, Z_-1^T)",
                1,
                lambda: Stein(shift(f=1), shift(f=-1).T),
                lambda: (-G, shift(f=-1).times(H, ring)),
            ),
        )
