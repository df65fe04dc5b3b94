"""What Toeplitz matrices become under inversion and multiplication.

InverseToeplitz             M = T^-1
ToeplitzProduct             M = T_1 T_2 ... T_k
TriangularToeplitzProduct   M = L U, L lower and U upper triangular Toeplitz
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ldrtheory.elimination import determinant
from ldrtheory.families.division_free import adjugate
from ldrtheory.families.family import CORNERS, Family, Parameters, Slot, Square
from ldrtheory.families.structure import Structure, beside, columns, unit
from ldrtheory.families.toeplitz import Toeplitz
from ldrtheory.linalg import Array, matmul, matrix, transpose
from ldrtheory.operators.banded import shift
from ldrtheory.operators.displacement import Stein, Sylvester
from ldrtheory.rings import Ring


@dataclass(frozen=True, repr=False)
class InverseToeplitz(Square):
    """M = T^-1 for the nonsingular Toeplitz matrix T[i, j] = t[i - j + n - 1].

    >>> from ldrtheory import QQ
    >>> InverseToeplitz(2).entries({"t": [1, 2, 0]}, QQ).tolist()
    [[1/2, -1/4], [0, 1/2]]
    """

    def slots(self) -> tuple[Slot, ...]:
        return (Slot("t", (2 * self.n - 1,), "the diagonals of T, from the top right to the bottom left"),)

    def refusal(self, p: Mapping[str, Any], ring: Ring) -> str | None:
        T = Toeplitz(self.n).entries(p, ring)
        if ring.is_zero(determinant(T, ring)):
            return f"the {self.n} x {self.n} Toeplitz matrix of t is singular and has no inverse; change t."
        return None

    def repaired(self, p: Parameters, ring: Ring) -> Parameters:
        for _ in range(min(self.n + 1, ring.characteristic or self.n + 1)):  # at most n shifts are singular
            if self.refusal(p, ring) is None:
                return p
            p["t"][self.n - 1] = p["t"][self.n - 1] + ring.one
        p["t"] = unit(ring, 2 * self.n - 1, self.n - 1)
        return p

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        adj, det = adjugate(Toeplitz(self.n).entries(p, ring), ring)
        return adj * ring.inverse(ring(det))

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        n, M = self.n, self.entries(p, ring)
        e, f = (ring(c) for c in corners)

        def sylvester() -> tuple[Array, Array]:
            G, H = Toeplitz(n).structures(p, ring, (f, e))[0].generators()
            return -(M @ G), M.T @ H

        def gohberg_semencul(reverse: bool) -> tuple[Array, Array]:
            x, y, Z = M[:, 0], M[:, n - 1], shift(f=0)
            head = ring.inverse(ring(x[0]))
            down = columns(ring, n, y[::-1], Z.times(x[::-1].reshape(n, 1), ring)[:, 0])
            across = columns(ring, n, x, -Z.times(y.reshape(n, 1), ring)[:, 0])
            return (down[::-1] * head, across[::-1]) if reverse else (across * head, down)

        return (
            Structure(
                "Sylvester (Z_e, Z_f)",
                2,
                lambda: Sylvester(shift(f=e), shift(f=f)),
                sylvester,
            ),
            Structure(
                "Stein (Z_0, Z_0^T)",
                2,
                lambda: Stein(shift(f=0), shift(f=0).T),
                lambda: gohberg_semencul(False),
                requires="M[0, 0] != 0",
            ),
            Structure(
                "Stein (Z_0^T, Z_0)",
                2,
                lambda: Stein(shift(f=0).T, shift(f=0)),
                lambda: gohberg_semencul(True),
                requires="M[0, 0] != 0",
            ),
        )


@dataclass(frozen=True, repr=False)
class ToeplitzProduct(Family):
    """M = T_1 T_2 ... T_k, k = factors, each T_l an n x n Toeplitz matrix.

    >>> from ldrtheory import QQ
    >>> ToeplitzProduct(2).entries({"t1": [0, 1, 1], "t2": [1, 1, 0]}, QQ).tolist()
    [[1, 1], [1, 2]]
    """

    n: int
    factors: int = 2

    def __post_init__(self) -> None:
        self._whole("n", 1)
        self._whole("factors", 1)

    @property
    def shape(self) -> tuple[int, int]:
        return self.n, self.n

    @classmethod
    def up_to(cls, size: int) -> Iterator[Family]:
        yield from (cls(n, k) for n in range(1, size + 1) for k in (2, 3, 1))

    def slots(self) -> tuple[Slot, ...]:
        return tuple(
            Slot(f"t{k + 1}", (2 * self.n - 1,), f"the diagonals of factor {k + 1}, from the top right")
            for k in range(self.factors)
        )

    def _factors(self, p: Mapping[str, Any], ring: Ring) -> list[Array]:
        return [Toeplitz(self.n).entries({"t": p[slot.name]}, ring) for slot in self.slots()]

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        first, *others = self._factors(p, ring)
        return matmul(ring, first, *others)

    def multiply(self, p: Mapping[str, Any], x: Array, ring: Ring) -> Array:
        """Return T_1 (T_2 ... (T_k x)): k products with a Toeplitz matrix for each vector."""
        for T in reversed(self._factors(p, ring)):
            x = matmul(ring, T, x)
        return x

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        n, k = self.n, self.factors
        e, f = (ring(c) for c in corners)
        T = self._factors(p, ring)

        def own(i: int, left: Any, right: Any, row: int = 0) -> tuple[Array, Array]:
            return Toeplitz(n).structures({"t": p[f"t{i + 1}"]}, ring, (left, right))[row].generators()

        def sylvester() -> tuple[Array, Array]:
            Gs, Hs = [], []
            for i in range(k):
                G, H = own(i, e if i == 0 else f, f)
                for factor in reversed(T[:i]):
                    G = factor @ G
                for factor in T[i + 1 :]:
                    H = factor.T @ H
                Gs.append(G)
                Hs.append(H)
            return beside(*Gs), beside(*Hs)

        def stein() -> tuple[Array, Array]:
            (M, N), zero, Z = T, ring.zero, shift(f=0)
            (G, H), (right, _) = own(0, zero, zero, 1), own(1, zero, zero, 1)
            moved = (
                Z.T.rtimes(Z.times(M, ring), ring) @ right[:, 1:]
            )  # Z M Z^T times the column of N's residual
            last = Z.times(M[:, n - 1 :], ring), Z.times(transpose(N)[:, n - 1 :], ring)
            return beside(G, moved, -last[0]), beside(N.T @ H, columns(ring, n, unit(ring, n, 0)), last[1])

        row = Structure("Sylvester (Z_e, Z_f)", 2 * k, lambda: Sylvester(shift(f=e), shift(f=f)), sylvester)
        if k != 2:
            return (row,)
        return row, Structure("Stein (Z_0, Z_0^T)", 4, lambda: Stein(shift(f=0), shift(f=0).T), stein)


@dataclass(frozen=True, repr=False)
class TriangularToeplitzProduct(Square):
    """M = L U, L lower triangular Toeplitz with first column l, U upper triangular Toeplitz with first row u.

    >>> from ldrtheory import QQ
    >>> TriangularToeplitzProduct(2).entries({"l": [1, 2], "u": [1, 3]}, QQ).tolist()
    [[1, 3], [2, 7]]
    """

    def slots(self) -> tuple[Slot, ...]:
        return (
            Slot("l", (self.n,), "the first column of the lower triangular factor"),
            Slot("u", (self.n,), "the first row of the upper triangular factor"),
        )

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        n = self.n
        L = matrix(n, n, lambda i, j: p["l"][i - j] if i >= j else ring.zero)
        U = matrix(n, n, lambda i, j: p["u"][j - i] if j >= i else ring.zero)
        return matmul(ring, L, U)

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        return (
            Structure(
                "Stein (Z_0, Z_0^T)",
                1,
                lambda: Stein(shift(f=0), shift(f=0).T),
                lambda: (columns(ring, self.n, p["l"]), columns(ring, self.n, p["u"])),
            ),
        )
