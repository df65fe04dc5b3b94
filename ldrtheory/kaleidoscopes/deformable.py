"""Deformable butterfly patterns: supports that are Kronecker products, and when two of them chain.

DeformablePattern   the support I_a (x) 1_(b x c) (x) I_d
butterfly_pattern   the pattern of the butterfly factor of one bit
monarch_patterns    the two patterns of a Monarch matrix
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ldrtheory.errors import BadInput, ShapeMismatch
from ldrtheory.exactstrings import shortened
from ldrtheory.kaleidoscopes.pattern import levels
from ldrtheory.linalg import Array


@dataclass(frozen=True)
class DeformablePattern:
    """The support I_a (x) (all ones, b x c) (x) I_d, of shape a b d x a c d with a b c d places.

    >>> DeformablePattern(1, 2, 1, 2).support().tolist()
    [[1, 0], [0, 1], [1, 0], [0, 1]]
    """

    a: int
    b: int
    c: int
    d: int

    def __post_init__(self) -> None:
        for name in "abcd":
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int) or value < 1:
                raise BadInput(
                    f"a pattern with {name}={shortened(value)}; wanted whole numbers of at least 1."
                )

    @property
    def shape(self) -> tuple[int, int]:
        """(a b d, a c d)."""
        return self.a * self.b * self.d, self.a * self.c * self.d

    @property
    def nonzeros(self) -> int:
        """a b c d, the number of places."""
        return self.a * self.b * self.c * self.d

    def support(self) -> Array:
        """Return the 0/1 matrix of the places, an int64 array."""
        ones = np.ones((self.b, self.c), dtype=np.int64)
        I_a, I_d = np.eye(self.a, dtype=np.int64), np.eye(self.d, dtype=np.int64)
        return np.kron(np.kron(I_a, ones), I_d)

    def paths(self, right: DeformablePattern) -> int | None:
        """Return r, the paths through each place of the product with `right`, or None where the two do not chain.

        They chain when r = a c / a' = b' d' / d is an integer, a divides a' and d' divides d (primes: right).
        With r > 1 the product's support is a pattern, but its entries are sums of r terms.
        """
        a, c, d = self.a, self.c, self.d
        if right.a % a or d % right.d or (a * c) % right.a or (right.b * right.d) % d:
            return None
        r = a * c // right.a
        return r if r == right.b * right.d // d else None

    def chain(self, right: DeformablePattern) -> DeformablePattern:
        """Return the pattern Q of the product: support(self) support(right) = r support(Q), r = paths(right).

        Raises ShapeMismatch where the shapes do not chain or the patterns do not.

        >>> DeformablePattern(1, 2, 2, 2).chain(DeformablePattern(2, 2, 2, 1))
        DeformablePattern(a=1, b=4, c=4, d=1)
        """
        if self.paths(right) is None:
            raise ShapeMismatch(
                f"{self} and {right} do not chain; wanted a c / a' = b' d' / d to be an integer, a to divide a' and "
                "d' to divide d (a', b', c', d' those of the right pattern)."
            )
        return DeformablePattern(self.a, self.b * self.d // right.d, right.a * right.c // self.a, right.d)


def butterfly_pattern(bit: int, size: int) -> DeformablePattern:
    """Return the pattern (2^(L-1-bit), 2, 2, 2^bit) of the butterfly factor of a bit, size 2^L."""
    L = levels(size)
    if not 0 <= bit < L:
        raise BadInput(f"the bit {bit} of size {size}; wanted a bit from 0 to {L - 1}.")
    return DeformablePattern(2 ** (L - 1 - bit), 2, 2, 2**bit)


def monarch_patterns(n: int, block: int) -> tuple[DeformablePattern, DeformablePattern]:
    """Return the patterns (1, q, q, m) and (q, m, m, 1) of the left and right factor, n = m q, m = block."""
    if block < 1 or n % block:
        raise BadInput(f"the block {block} of n={n}; wanted a divisor of n.")
    return DeformablePattern(1, n // block, n // block, block), DeformablePattern(n // block, block, block, 1)
