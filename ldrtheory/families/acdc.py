"""Diagonal matrices around a cosine transform.

ACDC    M = A C D C^-1, C the cosine transform of type 2
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ldrtheory.families.family import CORNERS, Parameters, Slot, Square
from ldrtheory.families.structure import Structure, columns, unit
from ldrtheory.families.trigonometric import DCT
from ldrtheory.families.vandermonde import chebyshev_operator
from ldrtheory.linalg import Array, matmul, matrix, zeros
from ldrtheory.operators.banded import tridiagonal
from ldrtheory.operators.displacement import Sylvester
from ldrtheory.operators.operator import Operator
from ldrtheory.rings import Ring


@dataclass(frozen=True, repr=False)
class ACDC(Square):
    """M = diag(a) C diag(d) C^-1 with C = DCT(n, 2) and no a[i] zero; C^-1 = C^T diag(1/n, 2/n, ..., 2/n).

    >>> family = ACDC(2)
    >>> family.entries({"a": [1, 2], "d": [1, 1]}, family.field()).tolist()
    [[1, 0], [0, 2]]
    """

    @property
    def order(self) -> int:
        return 4 * self.n

    def slots(self) -> tuple[Slot, ...]:
        return (
            Slot("a", (self.n,), "the left diagonal, no entry zero"),
            Slot("d", (self.n,), "the diagonal inside the transform"),
        )

    def lives_in(self, ring: Ring) -> bool:
        divides = ring.characteristic > 0 and self.n % ring.characteristic == 0  # C^-1 divides by n
        return super().lives_in(ring) and not divides

    def refusal(self, p: Mapping[str, Any], ring: Ring) -> str | None:
        for i, a in enumerate(p["a"]):
            if ring.is_zero(a):
                return f"a[{i}] is zero; the operators divide by it, give a nonzero value."
        return None

    def repaired(self, p: Parameters, ring: Ring) -> Parameters:
        for i, a in enumerate(p["a"]):
            if ring.is_zero(a):
                p["a"][i] = ring.one
        return p

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        n, C = self.n, DCT(self.n, 2).entries({}, ring)
        left = matrix(n, n, lambda i, j: p["a"][i] * C[i, j] * p["d"][j])
        weights = [ring(Fraction(1 if i == 0 else 2, n)) for i in range(n)]
        return matmul(ring, left, matrix(n, n, lambda i, j: C[j, i] * weights[j]))

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        n, a = self.n, p["a"]
        T = chebyshev_operator(n, ring).T
        table = T.matrix(ring, n)

        def similar(first: Any) -> Operator:
            """diag(a) (T + first e_0 e_0^T) diag(a)^-1"""

            def at(i: int, j: int) -> Any:
                return table[i, j] * a[i] * ring.inverse(ring(a[j]))

            return tridiagonal(
                [at(i + 1, i) for i in range(n - 1)],
                [first, *[ring.zero] * (n - 1)],
                [at(i, i + 1) for i in range(n - 1)],
            )

        return (
            Structure(
                "Sylvester (A T_Ch^T A^-1, T_Ch^T)",
                1,
                lambda: Sylvester(similar(ring.zero), T),
                lambda: (zeros(ring, n, 0), zeros(ring, n, 0)),
            ),
            Structure(
                "Sylvester (A (T_Ch^T + e_0 e_0^T) A^-1, T_Ch^T)",
                1,
                lambda: Sylvester(similar(ring.one), T),
                lambda: (columns(ring, n, unit(ring, n, 0)), columns(ring, n, self.entries(p, ring)[0])),
            ),
        )
