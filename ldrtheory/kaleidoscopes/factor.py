"""One butterfly factor: every position exchanges with the one that differs from it in a single bit.

ButterflyFactor     out[i] = diagonal[i] in[i] + offdiagonal[i] in[i XOR 2^bit]
identity_factor     the factor that changes nothing

The matrix is a direct sum of 2 x 2 blocks: positions i and j = i XOR 2^bit, bit `bit` of i being 0, have the block
[[diagonal[i], offdiagonal[i]], [offdiagonal[j], diagonal[j]]].
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ldrtheory.errors import BadInput, NotInvertible, ShapeMismatch
from ldrtheory.exactstrings import shortened
from ldrtheory.kaleidoscopes.pattern import levels
from ldrtheory.linalg import Array, equal, zeros
from ldrtheory.rings import Ring


def _frozen(values: Sequence[Any] | Array) -> Array:
    out = np.empty(len(values), dtype=object)
    out[:] = values
    out.setflags(write=False)
    return out


@dataclass(frozen=True, eq=False, init=False)
class ButterflyFactor:
    """The N x N matrix with diagonal[i] at (i, i) and offdiagonal[i] at (i, i XOR 2^bit), N a power of two.

    Both vectors are indexed by the row; their entries are elements of any one ring.  They are copied and read-only.
    Raises BadInput (bit out of range, N no power of two), ShapeMismatch (lengths differ).

    >>> from ldrtheory import QQ
    >>> ButterflyFactor(0, [1, 2], [3, 4]).dense(QQ).tolist()
    [[1, 3], [4, 2]]
    """

    bit: int
    diagonal: Array
    offdiagonal: Array

    def __init__(self, bit: int, diagonal: Sequence[Any] | Array, offdiagonal: Sequence[Any] | Array) -> None:
        object.__setattr__(self, "bit", bit)
        object.__setattr__(self, "diagonal", _frozen(diagonal))
        object.__setattr__(self, "offdiagonal", _frozen(offdiagonal))
        if len(self.diagonal) != len(self.offdiagonal):
            raise ShapeMismatch(
                f"a butterfly factor with {len(self.diagonal)} diagonal and {len(self.offdiagonal)} off-diagonal "
                "entries; wanted the same number of both: complete the shorter list."
            )
        L = levels(len(self.diagonal))
        if isinstance(self.bit, bool) or not isinstance(self.bit, int) or not 0 <= self.bit < L:
            raise BadInput(
                f"a butterfly factor of bit {shortened(self.bit)} and size {len(self.diagonal)}; "
                f"wanted a bit from 0 to {L - 1}: correct the bit."
            )

    @property
    def size(self) -> int:
        """N, the number of rows."""
        return len(self.diagonal)

    @property
    def parameters(self) -> int:
        """The number of stored entries, 2 N."""
        return 2 * self.size

    @property
    def nonzeros(self) -> int:
        """The number of stored entries that are not zero."""
        return sum(int(np.count_nonzero(v != 0)) for v in (self.diagonal, self.offdiagonal))

    @property
    def partner(self) -> Array:
        """The array of the positions i XOR 2^bit."""
        return np.arange(self.size) ^ (1 << self.bit)

    def multiply(self, x: Array) -> Array:
        """Return the product with x of shape (N,) or (N, k): 2 N k multiplications and N k additions."""
        if x.shape[0] != self.size:
            raise ShapeMismatch(f"a butterfly factor of size {self.size} times an array of shape {x.shape}.")
        shape = (self.size,) + (1,) * (x.ndim - 1)
        return self.diagonal.reshape(shape) * x + self.offdiagonal.reshape(shape) * x[self.partner]

    def transpose(self) -> ButterflyFactor:
        """Return the transposed factor, of the same bit."""
        return ButterflyFactor(self.bit, self.diagonal, self.offdiagonal[self.partner])

    def adjoint(self, ring: Ring) -> ButterflyFactor:
        """Return the conjugate transpose; the transpose over a ring without conjugation."""
        flipped = self.transpose()
        return ButterflyFactor(
            self.bit,
            [ring.conjugate(x) for x in flipped.diagonal],
            [ring.conjugate(x) for x in flipped.offdiagonal],
        )

    def inverse(self, ring: Ring) -> ButterflyFactor:
        """Return the inverse factor, of the same bit; raise NotInvertible naming the first singular block."""
        d, o, j = self.diagonal, self.offdiagonal, self.partner
        scale = zeros(ring, self.size)
        for i in range(self.size):
            if i < j[i]:
                try:
                    scale[i] = scale[j[i]] = ring.inverse(ring(d[i] * d[j[i]] - o[i] * o[j[i]]))
                except NotInvertible:
                    raise NotInvertible(
                        f"the butterfly factor of bit {self.bit} is singular: positions {i} and {j[i]} have the "
                        f"block [[{d[i]}, {o[i]}], [{o[j[i]]}, {d[j[i]]}]] of determinant zero."
                    ) from None
        return ButterflyFactor(self.bit, d[j] * scale, -o * scale)

    def rows_scaled(self, v: Sequence[Any] | Array) -> ButterflyFactor:
        """Return diag(v) times the factor."""
        w = _frozen(v)
        return ButterflyFactor(self.bit, w * self.diagonal, w * self.offdiagonal)

    def columns_scaled(self, v: Sequence[Any] | Array) -> ButterflyFactor:
        """Return the factor times diag(v)."""
        w = _frozen(v)
        return ButterflyFactor(self.bit, self.diagonal * w, self.offdiagonal * w[self.partner])

    def bits_reversed(self) -> ButterflyFactor:
        """Return R F R, R the permutation that reverses the L bits of a position: the bit becomes L - 1 - bit."""
        L = levels(self.size)
        back = np.array([int(f"{i:0{L}b}"[::-1], 2) for i in range(self.size)])
        return ButterflyFactor(L - 1 - self.bit, self.diagonal[back], self.offdiagonal[back])

    def over(self, ring: Ring) -> ButterflyFactor:
        """Return the factor with its entries read into `ring`; raise NotInRing where that loses something."""
        return ButterflyFactor(
            self.bit, [ring(x) for x in self.diagonal], [ring(x) for x in self.offdiagonal]
        )

    def dense(self, ring: Ring) -> Array:
        """Return the N x N matrix."""
        out, rows = zeros(ring, self.size, self.size), np.arange(self.size)
        out[rows, rows] = [ring(x) for x in self.diagonal]
        out[rows, self.partner] = [ring(x) for x in self.offdiagonal]
        return out

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ButterflyFactor):
            return NotImplemented
        return (
            self.bit == other.bit
            and equal(self.diagonal, other.diagonal)
            and equal(self.offdiagonal, other.offdiagonal)
        )

    __hash__ = None  # type: ignore[assignment]


def identity_factor(bit: int, size: int, ring: Ring) -> ButterflyFactor:
    """Return the factor of the given bit and size that changes nothing."""
    ones = np.empty(size, dtype=object)
    ones.fill(ring.one)
    return ButterflyFactor(bit, ones, zeros(ring, size))
