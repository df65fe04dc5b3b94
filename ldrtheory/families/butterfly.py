"""Butterfly matrices: log2(n) sparse factors, each coupling the positions that differ in one bit.

Butterfly           the class B: bits 0, 1, ..., L-1 in order of application
BlockButterfly      the same with every entry of a factor a square block
Factored            a class whose members are products of butterfly factors
factors             butterfly factors from the slots diagonal and offdiagonal
power_of_two_size   checks that the size n is a power of two
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ldrtheory.errors import BadInput
from ldrtheory.families.family import CORNERS, Family, Slot
from ldrtheory.families.structure import Structure, ordinary_rank
from ldrtheory.kaleidoscopes import ButterflyFactor, KaleidoscopeProduct
from ldrtheory.linalg import Array, array, identity, matmul
from ldrtheory.rings import Ring


def power_of_two_size(family: Family, n: int, unit: int = 1) -> int:
    """Return L for n = unit * 2^L with L of at least 1; raise BadInput for any other n."""
    times, rest = divmod(n, unit)
    if rest or times < 2 or times & (times - 1):
        wanted = "a power of two of at least 2" if unit == 1 else f"{unit} times a power of two of at least 2"
        raise BadInput(f"{type(family).__name__} wants n to be {wanted}; got n={n}.")
    return times.bit_length() - 1


@dataclass(frozen=True, repr=False)
class Factored(Family):
    """A class of n x n matrices that are products of butterfly factors."""

    n: int

    @property
    def shape(self) -> tuple[int, int]:
        return self.n, self.n

    @abstractmethod
    def product(self, p: Mapping[str, Any], ring: Ring) -> KaleidoscopeProduct:
        """Return the member as a product of butterfly factors."""

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        return self.product(p, ring).entries()

    def multiply(self, p: Mapping[str, Any], x: Array, ring: Ring) -> Array:
        """Return M x by one pass through the factors, 2 N multiplications and N additions each."""
        return self.product(p, ring).multiply(x)

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        return (ordinary_rank(lambda: self.entries(p, ring), self.shape, ring),)


def factors(p: Mapping[str, Any], bits: tuple[int, ...]) -> tuple[ButterflyFactor, ...]:
    """Return the factors whose vectors are the rows of the slots diagonal and offdiagonal."""
    return tuple(ButterflyFactor(b, p["diagonal"][t], p["offdiagonal"][t]) for t, b in enumerate(bits))


@dataclass(frozen=True, repr=False)
class Butterfly(Factored):
    """M = F_(L-1) ... F_1 F_0, n = 2^L: (F_b x)[i] = diagonal[b, i] x[i] + offdiagonal[b, i] x[i XOR 2^b].

    >>> from ldrtheory import QQ
    >>> Butterfly(2).entries({"diagonal": [[1, 2]], "offdiagonal": [[3, 4]]}, QQ).tolist()
    [[1, 3], [4, 2]]
    """

    def __post_init__(self) -> None:
        self._whole("n", 2)
        power_of_two_size(self, self.n)

    @property
    def levels(self) -> int:
        """L = log2(n)."""
        return self.n.bit_length() - 1

    @classmethod
    def up_to(cls, size: int) -> Iterator[Family]:
        yield from (cls(2**k) for k in range(1, size.bit_length()))

    def slots(self) -> tuple[Slot, ...]:
        shape = (self.levels, self.n)
        return (
            Slot("diagonal", shape, "row b: the diagonal of the factor of bit b"),
            Slot("offdiagonal", shape, "row b, column i: the entry (i, i XOR 2^b) of the factor of bit b"),
        )

    def product(self, p: Mapping[str, Any], ring: Ring) -> KaleidoscopeProduct:
        bits = tuple(range(self.levels))
        return KaleidoscopeProduct(self.n, self.n, self.n, 1, ring, "B", factors(p, bits))


@dataclass(frozen=True, repr=False)
class BlockButterfly(Family):
    """Butterfly factors of size n / block = 2^L whose entries are block x block matrices.

    Position i of a factor is the i-th group of `block` coordinates:
    (F_b x)_i = diagonal[b, i] x_i + offdiagonal[b, i] x_(i XOR 2^b), M = F_(L-1) ... F_0.

    >>> from ldrtheory import QQ
    >>> BlockButterfly(2, 1).entries({"diagonal": [[[[1]], [[2]]]], "offdiagonal": [[[[3]], [[4]]]]}, QQ).tolist()
    [[1, 3], [4, 2]]
    """

    n: int
    block: int

    def __post_init__(self) -> None:
        self._whole("block", 1)
        self._whole("n", 2)
        power_of_two_size(self, self.n, self.block)

    @property
    def shape(self) -> tuple[int, int]:
        return self.n, self.n

    @property
    def groups(self) -> int:
        """n / block."""
        return self.n // self.block

    @classmethod
    def up_to(cls, size: int) -> Iterator[Family]:
        for n in range(2, size + 1):
            for k in range(1, n // 2 + 1):
                if n % k == 0 and (n // k) & (n // k - 1) == 0:
                    yield cls(n, k)

    def slots(self) -> tuple[Slot, ...]:
        shape = (self.groups.bit_length() - 1, self.groups, self.block, self.block)
        return (
            Slot("diagonal", shape, "[b, i]: the diagonal block of group i in the factor of bit b"),
            Slot("offdiagonal", shape, "[b, i]: the block (i, i XOR 2^b) of the factor of bit b"),
        )

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        return self.multiply(p, identity(ring, self.n), ring)

    def multiply(self, p: Mapping[str, Any], x: Array, ring: Ring) -> Array:
        """Return M x: 2 n block multiplications a factor for each vector."""
        diagonal, offdiagonal = array(ring, p["diagonal"]), array(ring, p["offdiagonal"])
        y = x.reshape(self.groups, self.block, *x.shape[1:])
        for b, (d, o) in enumerate(zip(diagonal, offdiagonal)):
            y = np.stack(
                [matmul(ring, d[i], y[i]) + matmul(ring, o[i], y[i ^ (1 << b)]) for i in range(self.groups)]
            )
        return y.reshape(x.shape)

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        return (ordinary_rank(lambda: self.entries(p, ring), self.shape, ring),)
