"""Cosine and sine transforms, exact over the cyclotomic fields that hold their entries.

DCT, DST        types 1 to 4, unnormalised
Angles          cos and sin of the multiples of 2 pi / N in a ring
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import lcm
from typing import Any

from ldrtheory.errors import BadInput
from ldrtheory.families.family import CORNERS, Family, Slot
from ldrtheory.families.structure import Structure, columns, unit
from ldrtheory.families.vandermonde import chebyshev_operator
from ldrtheory.linalg import Array, matrix, zeros
from ldrtheory.operators.banded import diagonal, tridiagonal
from ldrtheory.operators.displacement import Sylvester
from ldrtheory.operators.operator import Operator
from ldrtheory.rings import Ring

HALF = Fraction(1, 2)


class Angles:
    """Cosines and sines of the multiples of 2 pi / N, from a root of unity of the given order, a multiple of N.

    Sines need 4 to divide the order: then i is a power of that same root.
    """

    def __init__(self, N: int, order: int, ring: Ring) -> None:
        self.N, self.half = N, ring(HALF)
        root = ring.root_of_unity(order)
        every = [ring.one]
        for _ in range(order - 1):
            every.append(every[-1] * root)
        self.powers = every[:: order // N]
        self.i = every[order // 4] if order % 4 == 0 else None

    def cos(self, k: int) -> Any:
        """Return cos(2 pi k / N)."""
        return (self.powers[k % self.N] + self.powers[-k % self.N]) * self.half

    def sin(self, k: int) -> Any:
        """Return sin(2 pi k / N)."""
        return (self.powers[-k % self.N] - self.powers[k % self.N]) * (self.i * self.half)


def _path(n: int, first: Any, last: Any, ring: Ring) -> Operator:
    """Return tri(1/2; first, last): one half beside the diagonal, the two corner entries on it (added if n = 1)."""
    half = ring(HALF)
    main = [ring.zero] * n
    main[0] = main[0] + ring(first)
    main[n - 1] = main[n - 1] + ring(last)
    return tridiagonal([half] * (n - 1), main, [half] * (n - 1))


def _ends(n: int, below: Any, above: Any, ring: Ring) -> Operator:
    """Return tri(1/2; 0, 0) with T[1, 0] = below and T[n-2, n-1] = above."""
    half = ring(HALF)
    sub, over = [half] * (n - 1), [half] * (n - 1)
    if n > 1:
        sub[0], over[n - 2] = ring(below), ring(above)
    return tridiagonal(sub, [ring.zero] * n, over)


def _diagonalised(M: Array, nodes: list[Any], T: Operator, name: str, ring: Ring) -> tuple[Structure, ...]:
    """(D, T) of rank 0 with a singular operator, and (D, T + e_0 e_0^T) of rank 1 with an invertible one."""
    n = M.shape[0]
    changed = _moved(T, n, ring)
    return (
        Structure(
            f"Sylvester (D, {name})",
            1,
            lambda: Sylvester(diagonal(nodes), T),
            lambda: (zeros(ring, n, 0), zeros(ring, n, 0)),
        ),
        Structure(
            f"Sylvester (D, {name} + e_0 e_0^T)",
            1,
            lambda: Sylvester(diagonal(nodes), changed),
            lambda: (columns(ring, n, -M[:, 0]), columns(ring, n, unit(ring, n, 0))),
        ),
    )


def _moved(T: Operator, n: int, ring: Ring) -> Operator:
    """Return T + e_0 e_0^T for a tridiagonal T without corners."""
    table = T.matrix(ring, n)
    table[0, 0] = table[0, 0] + ring.one
    return tridiagonal(
        [table[i + 1, i] for i in range(n - 1)],
        [table[i, i] for i in range(n)],
        [table[i, i + 1] for i in range(n - 1)],
    )


@dataclass(frozen=True, repr=False)
class _Trigonometric(Family):
    """Common to the cosine and sine transforms: one size n and a type from 1 to 4."""

    n: int
    type: int = 2

    def __post_init__(self) -> None:
        self._whole("n", 1)
        if isinstance(self.type, bool) or self.type not in (1, 2, 3, 4):
            raise BadInput(f"{type(self).__name__} wants a type from 1 to 4; got type={self.type!r}.")

    @property
    def shape(self) -> tuple[int, int]:
        return self.n, self.n

    def slots(self) -> tuple[Slot, ...]:
        return ()


@dataclass(frozen=True, repr=False)
class DCT(_Trigonometric):
    """Cosines: type 1 cos(ij pi/(n-1)), 2 cos(i(2j+1) pi/2n), 3 cos((2i+1)j pi/2n), 4 cos((2i+1)(2j+1) pi/4n).

    Unnormalised, every entry a plain cosine.  Type 1 needs n >= 2.

    >>> family = DCT(2, 1)
    >>> family.entries({}, family.field()).tolist()
    [[1, 1], [1, -1]]
    """

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.type == 1 and self.n == 1:
            raise BadInput("DCT of type 1 wants n of at least 2; got n=1.")

    @classmethod
    def up_to(cls, size: int) -> Iterator[Family]:
        yield from (cls(n, t) for n in range(1, size + 1) for t in (2, 3, 4, 1) if n > 1 or t != 1)

    @property
    def _period(self) -> int:
        """The N for which all entries are cosines of multiples of 2 pi / N."""
        return {1: 2 * (self.n - 1), 2: 4 * self.n, 3: 4 * self.n, 4: 8 * self.n}[self.type]

    @property
    def order(self) -> int:
        return self._period

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        angles = Angles(self._period, self.order, ring)
        multiple = {
            1: lambda i, j: i * j,
            2: lambda i, j: i * (2 * j + 1),
            3: lambda i, j: (2 * i + 1) * j,
            4: lambda i, j: (2 * i + 1) * (2 * j + 1),
        }[self.type]
        return matrix(self.n, self.n, lambda i, j: angles.cos(multiple(i, j)))

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        n, angles, M = self.n, Angles(self._period, self.order, ring), self.entries(p, ring)
        unroll = self._period // (2 * (n - 1) if self.type == 1 else 4 * n)
        even, odd = (
            [angles.cos(2 * i) for i in range(n)],
            [angles.cos((2 * i + 1) * unroll) for i in range(n)],
        )
        rows = partial(_diagonalised, M, ring=ring)
        if self.type == 1:
            return rows([angles.cos(i) for i in range(n)], _ends(n, 1, 1, ring), "tri with ends 1, 1")
        if self.type == 2:
            Ch = chebyshev_operator(n, ring)
            transposed = Structure(
                "Sylvester (T_Ch^T, D)",
                1,
                lambda: Sylvester(Ch.T, diagonal(odd)),
                lambda: (zeros(ring, n, 0), zeros(ring, n, 0)),
            )
            return (*rows(even, _path(n, HALF, HALF, ring), "tri(1/2; 1/2, 1/2)"), transposed)
        if self.type == 3:
            return rows(odd, chebyshev_operator(n, ring), "T_Ch")
        return rows(odd, _path(n, HALF, -HALF, ring), "tri(1/2; 1/2, -1/2)")


@dataclass(frozen=True, repr=False)
class DST(_Trigonometric):
    """Sines: type 1 sin((i+1)(j+1) pi/(n+1)), 2 sin((i+1)(2j+1) pi/2n), 3 sin((2i+1)(j+1) pi/2n),
    4 sin((2i+1)(2j+1) pi/4n).

    Unnormalised, every entry a plain sine.

    >>> family = DST(2, 2)
    >>> [x * x for x in family.entries({}, family.field()).flat]
    [1/2, 1/2, 1, 1]
    """

    @classmethod
    def up_to(cls, size: int) -> Iterator[Family]:
        yield from (cls(n, t) for n in range(1, size + 1) for t in (1, 2, 3, 4))

    @property
    def _period(self) -> int:
        """The N for which all entries are sines of multiples of 2 pi / N."""
        return {1: 2 * (self.n + 1), 2: 4 * self.n, 3: 4 * self.n, 4: 8 * self.n}[self.type]

    @property
    def order(self) -> int:
        return lcm(4, self._period)

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        angles = Angles(self._period, self.order, ring)
        multiple = {
            1: lambda i, j: (i + 1) * (j + 1),
            2: lambda i, j: (i + 1) * (2 * j + 1),
            3: lambda i, j: (2 * i + 1) * (j + 1),
            4: lambda i, j: (2 * i + 1) * (2 * j + 1),
        }[self.type]
        return matrix(self.n, self.n, lambda i, j: angles.sin(multiple(i, j)))

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        n, angles, M = self.n, Angles(self._period, self.order, ring), self.entries(p, ring)
        rows = partial(_diagonalised, M, ring=ring)
        if self.type == 1:
            return rows([angles.cos(i + 1) for i in range(n)], _path(n, 0, 0, ring), "tri(1/2; 0, 0)")
        if self.type == 2:
            nodes = [angles.cos(2 * i + 2) for i in range(n)]
            return rows(nodes, _path(n, -HALF, -HALF, ring), "tri(1/2; -1/2, -1/2)")
        nodes = [angles.cos((2 * i + 1) * self._period // (4 * n)) for i in range(n)]
        if self.type == 3:
            return rows(nodes, _ends(n, HALF, 1, ring), "tri with ends 1/2, 1")
        return rows(nodes, _path(n, -HALF, HALF, ring), "tri(1/2; -1/2, 1/2)")
