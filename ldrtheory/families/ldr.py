"""Low displacement rank with learned operators.

SubdiagonalLDR      operators with a free subdiagonal and corner
TridiagonalLDR      operators with three free diagonals and two corners

Each has two meanings.  krylov=False: M solves A M - M B = G H^T.  krylov=True: M is the sum of A^k G H^T B^k over
k < n, which is what the published layers compute; the two are different matrices.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ldrtheory.elimination import characteristic_polynomial, determinant
from ldrtheory.errors import BadInput
from ldrtheory.families.division_free import adjugate, characteristic_coefficients, horner
from ldrtheory.families.family import CORNERS, Family, Parameters, Slot
from ldrtheory.families.structure import Structure, beside
from ldrtheory.families.toeplitz_like import scalar_power_solution
from ldrtheory.linalg import Array, array, matmul, transpose, zeros
from ldrtheory.operators.banded import subdiagonal, tridiagonal
from ldrtheory.operators.displacement import Stein, Sylvester
from ldrtheory.operators.operator import Operator
from ldrtheory.rings import Ring


def krylov_sum(A: Operator, B: Operator, R: Array, ring: Ring) -> Array:
    """Return the sum of A^k R B^k over k < n."""
    total = R
    for _ in range(R.shape[0] - 1):
        total = R + B.rtimes(A.times(total, ring), ring)
    return total


@dataclass(frozen=True, repr=False)
class LearnedOperators(Family):
    """Common to the learned classes: generators G, H of width rank, and two operators read from parameters."""

    n: int
    rank: int = 1
    krylov: bool = False

    def __post_init__(self) -> None:
        self._whole("n", 1)
        self._whole("rank", 1, self.n)
        if not isinstance(self.krylov, bool):
            raise BadInput(f"{type(self).__name__} wants krylov to be true or false; got {self.krylov!r}.")

    @property
    def shape(self) -> tuple[int, int]:
        return self.n, self.n

    @classmethod
    def up_to(cls, size: int) -> Iterator[Family]:
        for n in range(1, size + 1):
            for r in range(1, n + 1):
                yield from (cls(n, r), cls(n, r, True))

    @abstractmethod
    def operators(self, p: Mapping[str, Any]) -> tuple[Operator, Operator]:
        """Return (A, B)."""

    def _generator_slots(self) -> tuple[Slot, ...]:
        return (
            Slot("G", (self.n, self.rank), "the left generator, one row per row of M"),
            Slot("H", (self.n, self.rank), "the right generator, one row per column of M"),
        )

    def _residual(self, p: Mapping[str, Any], ring: Ring) -> Array:
        return matmul(ring, array(ring, p["G"]), transpose(array(ring, p["H"])))


def _product(values: Any, ring: Ring) -> Any:
    total = ring.one
    for x in values:
        total = total * x
    return total


@dataclass(frozen=True, repr=False)
class SubdiagonalLDR(LearnedOperators):
    """Operators with free entries A[i+1, i] and A[0, n-1] (the corner, last in the slot); so A^n = a I, a = prod A.

    krylov=False: the solution of A M - M B = G H^T, which exists and is unique exactly if prod A != prod B.

    >>> from ldrtheory import QQ
    >>> SubdiagonalLDR(2, 1).entries({"A": [1, 2], "B": [1, 0], "G": [[1], [0]], "H": [[1], [0]]}, QQ).tolist()
    [[0, 0], [1/2, 0]]
    """

    def slots(self) -> tuple[Slot, ...]:
        return (
            Slot("A", (self.n,), "subdiagonal of the left operator, its corner [0, n-1] last"),
            Slot("B", (self.n,), "subdiagonal of the right operator, its corner [0, n-1] last"),
            *self._generator_slots(),
        )

    def operators(self, p: Mapping[str, Any]) -> tuple[Operator, Operator]:
        return subdiagonal(list(p["A"])), subdiagonal(list(p["B"]))

    def refusal(self, p: Mapping[str, Any], ring: Ring) -> str | None:
        a = _product(p["A"], ring)
        if not self.krylov and ring.is_zero(a - _product(p["B"], ring)):
            return (
                f"the products of A and of B are equal ({a}), so A M - M B is singular and G, H determine "
                "no matrix; change one operator entry, or ask for krylov=true."
            )
        return None

    def repaired(self, p: Parameters, ring: Ring) -> Parameters:
        if self.krylov or not ring.is_zero(_product(p["A"], ring) - _product(p["B"], ring)):
            return p
        if ring.is_zero(_product(p["A"], ring)):
            for i, x in enumerate(p["B"]):
                p["B"][i] = ring.one if ring.is_zero(x) else x
        else:
            p["B"][-1] = ring.zero
        return p

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        (A, B), R = self.operators(p), self._residual(p, ring)
        if self.krylov:
            return krylov_sum(A, B, R, ring)
        return scalar_power_solution(A, B, _product(p["A"], ring), _product(p["B"], ring), R, ring)

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        A, B = self.operators(p)
        G, H = p["G"], p["H"]

        def inverse_A() -> Operator:
            return subdiagonal([ring.inverse(ring(x)) for x in p["A"]]).T

        if not self.krylov:
            return (
                Structure("Sylvester (A, B)", 1, lambda: Sylvester(A, B), lambda: (G, H)),
                Structure(
                    "Stein (A^-1, B)",
                    1,
                    lambda: Stein(inverse_A(), B),
                    lambda: (inverse_A().times(G, ring), H),
                    requires="A_i != 0",
                ),
            )
        scale = ring.one - _product(p["A"], ring) * _product(p["B"], ring)
        return (
            Structure("Stein (A, B)", 1, lambda: Stein(A, B), lambda: (G * scale, H)),
            Structure(
                "Sylvester (A^-1, B)",
                1,
                lambda: Sylvester(inverse_A(), B),
                lambda: (inverse_A().times(G, ring) * scale, H),
                requires="A_i != 0",
            ),
        )


@dataclass(frozen=True, repr=False)
class TridiagonalLDR(LearnedOperators):
    """Operators with three free diagonals and, for n >= 3, both corners ([0, n-1] first, then [n-1, 0]).

    krylov=False: the solution of A M - M B = G H^T, which is unique if A and B share no eigenvalue.

    >>> from ldrtheory import QQ
    >>> p = {"A_main": [3], "B_main": [1], "G": [[4]], "H": [[1]]}
    >>> p |= {"A_sub": [], "A_super": [], "B_sub": [], "B_super": []}
    >>> TridiagonalLDR(1, 1).entries(p, QQ).tolist()
    [[2]]
    """

    def slots(self) -> tuple[Slot, ...]:
        n, out = self.n, []
        for side, word in (("A", "left"), ("B", "right")):
            out += [
                Slot(f"{side}_sub", (n - 1,), f"below the diagonal of the {word} operator"),
                Slot(f"{side}_main", (n,), f"the diagonal of the {word} operator"),
                Slot(f"{side}_super", (n - 1,), f"above the diagonal of the {word} operator"),
            ]
            if n >= 3:
                out.append(
                    Slot(f"{side}_corners", (2,), f"entries [0, n-1] and [n-1, 0] of the {word} operator")
                )
        return (*out, *self._generator_slots())

    def operators(self, p: Mapping[str, Any]) -> tuple[Operator, Operator]:
        A, B = (
            tridiagonal(
                list(p[f"{side}_sub"]),
                list(p[f"{side}_main"]),
                list(p[f"{side}_super"]),
                *(p[f"{side}_corners"] if self.n >= 3 else ()),
            )
            for side in "AB"
        )
        return A, B

    def _singular(self, p: Mapping[str, Any], ring: Ring) -> bool:
        A, B = (operator.matrix(ring, self.n) for operator in self.operators(p))
        at_B = horner(characteristic_polynomial(A, ring), B, ring)
        return ring.is_zero(determinant(at_B, ring))

    def refusal(self, p: Mapping[str, Any], ring: Ring) -> str | None:
        if not self.krylov and self._singular(p, ring):
            return (
                "the operators A and B share an eigenvalue, so A M - M B is singular and G, H determine "
                "no matrix; change an operator entry, or ask for krylov=true."
            )
        return None

    def repaired(self, p: Parameters, ring: Ring) -> Parameters:
        if self.krylov or not self._singular(p, ring):
            return p
        for _ in range(min(self.n**2, ring.characteristic or self.n**2)):  # at most n^2 shifts are singular
            p["B_main"] = p["B_main"] + ring.one
            if not self._singular(p, ring):
                return p
        for name in p:  # a small field may have no good shift: A = 0 and B = I always do
            if name.startswith(("A_", "B_")):
                p[name] = zeros(ring, *p[name].shape) + (ring.one if name == "B_main" else ring.zero)
        return p

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        """Return M; krylov=False by M = -(sum over k of p_k sum of A^i R B^(k-1-i)) p(B)^-1, p = det(xI - A)."""
        (A, B), R = self.operators(p), self._residual(p, ring)
        if self.krylov:
            return krylov_sum(A, B, R, ring)
        coefficients = characteristic_coefficients(A.matrix(ring, self.n), ring)
        right = B.matrix(ring, self.n)
        term, total = R, R * coefficients[1]  # term = sum of A^i R B^(k-1-i) over i < k
        for c in coefficients[2:]:
            R = B.rtimes(R, ring)
            term = A.times(term, ring) + R
            total = total + term * c
        adj, det = adjugate(horner(coefficients, right, ring), ring)
        return -(total @ adj) * ring.inverse(ring(det))

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        A, B = self.operators(p)
        G, H = p["G"], p["H"]
        if not self.krylov:
            return (Structure("Sylvester (A, B)", 1, lambda: Sylvester(A, B), lambda: (G, H)),)

        def powers() -> tuple[Array, Array]:
            left, right = G, H
            for _ in range(self.n):
                left, right = A.times(left, ring), B.T.times(right, ring)
            return beside(G, left), beside(H, -right)

        return (Structure("Stein (A, B)", 2 * self.rank, lambda: Stein(A, B), powers),)
