"""Lists of butterfly factors in order of application, called chains: what all constructions share.

from_masks, identities, inside      factors with entries 0 and 1, identities, factors that act on some rows only
restricted              a factor times the projector on the first positions
transposed, inverted    the chain of the transpose, of the inverse
lifted, widened         the same corner in a larger size, in a larger width
product_of              the finished product of a chain
size_for                the least power of two that is at least 2 and n, or the larger one asked for
PARAMETER_LIMIT         more stored numbers than this are refused before anything is built
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np

from ldrtheory.errors import BadInput
from ldrtheory.kaleidoscopes import (
    ButterflyFactor,
    KaleidoscopeProduct,
    bit_pattern,
    identity_factor,
    levels,
    power_of_two,
)
from ldrtheory.linalg import Array
from ldrtheory.rings import Ring

Factors = list[ButterflyFactor]

PARAMETER_LIMIT: Final = 1 << 28


def size_for(n: int, size: int | None = None) -> int:
    """Return the least power of two that is at least 2 and n, or `size` if it is one of the larger ones.

    >>> size_for(5), size_for(5, 32)
    (8, 32)
    """
    least = power_of_two(n)
    if size is None:
        return least
    if size < least or size & (size - 1):
        raise BadInput(
            f"factors of size {size}; wanted a power of two of at least {least}: choose a larger one."
        )
    return size


def from_masks(bit: int, straight: Array, crossed: Array, ring: Ring) -> ButterflyFactor:
    """Return the 0/1 factor with diagonal ones where `straight` and off-diagonal ones where `crossed`."""
    values = np.array([ring.zero, ring.one], dtype=object)
    return ButterflyFactor(bit, values[straight.astype(np.intp)], values[crossed.astype(np.intp)])


def constant(value: Any, size: int) -> Array:
    """Return the vector of the given length that holds the value everywhere."""
    out = np.empty(size, dtype=object)
    out.fill(value)
    return out


def identities(bits: Iterable[int], size: int, ring: Ring) -> Factors:
    """Return identity factors of the given bits."""
    return [identity_factor(bit, size, ring) for bit in bits]


def inside(
    bit: int, size: int, ring: Ring, rows: Any, d: Any, o: Any, outside: tuple[int, int] = (1, 0)
) -> ButterflyFactor:
    """Return the factor with (d, o) in the given rows and the pair `outside` in the others: (1, 0) is the identity."""
    diagonal, offdiagonal = (constant(ring(x), size) for x in outside)
    diagonal[rows], offdiagonal[rows] = d, o
    return ButterflyFactor(bit, diagonal, offdiagonal)


def restricted(factor: ButterflyFactor, inputs: int, ring: Ring) -> ButterflyFactor:
    """Return the factor with the columns from number `inputs` on replaced by zeros."""
    live = np.arange(factor.size) < inputs
    return ButterflyFactor(
        factor.bit,
        np.where(live, factor.diagonal, ring.zero),
        np.where(live[factor.partner], factor.offdiagonal, ring.zero),
    )


def transposed(factors: Sequence[ButterflyFactor]) -> Factors:
    """Return the chain of the transposed product."""
    return [factor.transpose() for factor in reversed(factors)]


def inverted(factors: Sequence[ButterflyFactor], ring: Ring) -> Factors:
    """Return the chain of the inverse; raise NotInvertible where a 2 x 2 block is singular."""
    return [factor.inverse(ring) for factor in reversed(factors)]


def lifted(factors: Sequence[ButterflyFactor], old: int, size: int, ring: Ring) -> Factors:
    """Return a chain of (BB*)^w of size `old` as one of size `size`, with the same corner and width."""
    if old == size:
        return list(factors)
    out: Factors = []
    per_part, rows = levels(old), np.arange(old)
    for part, start in enumerate(range(0, len(factors), per_part)):
        acting = [
            inside(f.bit, size, ring, rows, f.diagonal, f.offdiagonal)
            for f in factors[start : start + per_part]
        ]
        extra = identities(range(per_part, levels(size)), size, ring)
        out += [*acting, *extra] if part % 2 else [*reversed(extra), *acting]
    return out


def widened(factors: Sequence[ButterflyFactor], size: int, width: int, ring: Ring) -> Factors:
    """Return a chain of (BB*)^w followed by identities up to the given width."""
    missing = width - len(factors) // (2 * levels(size))
    return [*factors, *(identities(bit_pattern("BB*", missing, size), size, ring) if missing > 0 else ())]


def parameters(width: int, size: int) -> int:
    """Return 4 w N log2 N, the numbers stored by a product of (BB*)^w of size N.

    >>> parameters(2, 8)
    192
    """
    return 4 * width * size * levels(size)


def refuse_beyond_memory(width: int, size: int, what: str) -> None:
    """Raise BadInput if (BB*)^width of the given size would store more than PARAMETER_LIMIT numbers."""
    count = parameters(width, size)
    if count > PARAMETER_LIMIT:
        raise BadInput(
            f"{what} needs width {width} at size {size}: {count} stored numbers (4 w N log2 N), at least "
            f"{8 * count / 2**30:.1f} GiB; at most {PARAMETER_LIMIT} numbers are built: "
            "take a smaller or shallower source, or split it into a product."
        )


def product_of(factors: Sequence[ButterflyFactor], m: int, n: int, ring: Ring) -> KaleidoscopeProduct:
    """Return the m x n corner of a chain of (BB*)^w as a product."""
    size = factors[0].size
    return KaleidoscopeProduct(m, n, size, len(factors) // (2 * levels(size)), ring, "BB*", tuple(factors))
