"""The block diagonal weights of Monarch layers (HazyResearch/fly): pairs of three-way arrays.

BlockDiagonals      one pair: blkdiag1 (k, q, p), applied first, and blkdiag2 (l, s, r)
to_monarch          a member of Monarch, or a product of butterfly factors, as pairs in order of application
from_monarch        a pair of square blocks as the exact slots of Monarch(n, block)

The layout, as blockdiag_butterfly_multiply of that repository defines it, for x of length k p, where k q = l r:

    y[c q + a] = sum over b < p of blkdiag1[c, a, b] x[c p + b],
    z[a l + c] = sum over b < r of blkdiag2[c, a, b] y[b l + c],    z of length s l.

With k = r = s = n/m blocks, p = q = l = m, that is Monarch(n, block=m): blkdiag1 = right, blkdiag2 = left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np

from ldrtheory.errors import BadInput, ShapeMismatch
from ldrtheory.kaleidoscopes.factor import ButterflyFactor
from ldrtheory.kaleidoscopes.layouts.arrays import product_from
from ldrtheory.kaleidoscopes.layouts.floats import rounded
from ldrtheory.kaleidoscopes.pattern import levels
from ldrtheory.linalg import Array, array, zeros
from ldrtheory.rings import Ring, ring_of


@dataclass(frozen=True, eq=False)
class BlockDiagonals:
    """The weights of one Monarch multiply: z = P blockdiag(blkdiag2) P' blockdiag(blkdiag1) x.

    blkdiag1 (k, q, p); blkdiag2 (l, s, r) with l r = k q
    """

    blkdiag1: np.ndarray
    blkdiag2: np.ndarray

    @property
    def shape(self) -> tuple[int, int]:
        """(l s, k p)."""
        (k, _, p), (one, s, _) = self.blkdiag1.shape, self.blkdiag2.shape
        return one * s, k * p

    def multiply(self, x: np.ndarray) -> np.ndarray:
        """Return the product with x of shape (k p,), by the formula of the layout."""
        (k, _, p), (groups, _, r) = self.blkdiag1.shape, self.blkdiag2.shape
        y = np.stack([w @ v for w, v in zip(self.blkdiag1, x.reshape(k, p))]).reshape(r, groups)
        return np.stack([w @ v for w, v in zip(self.blkdiag2, y.T)], axis=1).reshape(-1)


def to_monarch(source: Any, block: int | None = None, dtype: Any = None) -> list[BlockDiagonals]:
    """Return pairs in order of application whose product is the N x N product of all factors (or the member).

    source: a member of Monarch (one pair); or a product, or a member of a factored family, cut at block = m = 2^a
    with 0 <= a <= L (where None: a = L div 2): factors of bits below a go into blkdiag1, the others into blkdiag2.
    B needs one pair, B* and B*B two, (BB*)^w needs w + 1: the parts that have no factors are identity blocks.
    Blocks are multiplied out exactly, then each entry is rounded once; dtype as in to_numpy.
    The corner is not cut: pad the input from n to N and cut the output to m.
    Cost: N (m + N/m) exact additions and twice as many multiplications for each factor.
    Raises BadInput for a block that is no such power of two.
    """
    family = getattr(source, "family", None)
    if (
        family is not None
        and hasattr(family, "block")
        and hasattr(family, "groups")
        and "left" in source.params
    ):
        left, right = (array(source.ring, source.params[name]) for name in ("left", "right"))
        return [_rounded_pair(right, left, source.ring, dtype)]
    product = product_from(source)
    ring, L = product.field, levels(product.size)
    allowed = [1 << a for a in range(L + 1)]
    if block is not None and (isinstance(block, bool) or block not in allowed):
        raise BadInput(f"block = {block!r}; wanted a power of two from 1 to the size {product.size}.")
    m = allowed[L // 2] if block is None else int(block)
    a = m.bit_length() - 1
    runs = [(low, list(part)) for low, part in groupby(product.factors, lambda factor: factor.bit < a)]
    if not runs[0][0]:
        runs.insert(0, (True, []))
    if runs[-1][0]:
        runs.append((False, []))
    size = product.size
    return [
        _rounded_pair(_low(first, m, size, ring), _high(second, m, size, ring), ring, dtype)
        for (_, first), (_, second) in zip(runs[::2], runs[1::2])
    ]


def _rounded_pair(first: Array, second: Array, ring: Ring, dtype: Any) -> BlockDiagonals:
    return BlockDiagonals(rounded(first, ring, dtype), rounded(second, ring, dtype))


def _through(factors: Sequence[ButterflyFactor], columns: np.ndarray, width: int, ring: Ring) -> Array:
    """Return the product of the factors with the 0/1 matrix that has a one in row i, column columns[i]."""
    y = zeros(ring, len(columns), width)
    y[np.arange(len(columns)), columns] = ring.one
    for factor in factors:
        y = factor.multiply(y)
    return y


def _low(factors: Sequence[ButterflyFactor], m: int, size: int, ring: Ring) -> Array:
    """Return the (size/m, m, m) diagonal blocks of factors that couple positions with the same i div m."""
    return _through(factors, np.arange(size) % m, m, ring).reshape(size // m, m, m)


def _high(factors: Sequence[ButterflyFactor], m: int, size: int, ring: Ring) -> Array:
    """Return the (m, size/m, size/m) blocks of factors that couple positions with the same i mod m."""
    q = size // m
    return _through(factors, np.arange(size) // m, q, ring).reshape(q, m, q).swapaxes(0, 1)


def from_monarch(pair: Any, ring: Ring | None = None) -> tuple[int, dict[str, Array]]:
    """Return (block, slots) of Monarch(n, block) with exactly the entries of a pair of square blocks.

    pair: a BlockDiagonals or (blkdiag1, blkdiag2); floats count as the dyadic rationals they store.
    Raises ShapeMismatch where the blocks are not square or do not fit together.

    >>> block, slots = from_monarch(([[[5.0]], [[7.0]]], [[[1.0, 2.0], [3.0, 4.0]]]))
    >>> block, slots["left"].tolist()
    (1, [[[1, 2], [3, 4]]])
    """
    both = (pair.blkdiag1, pair.blkdiag2) if isinstance(pair, BlockDiagonals) else tuple(pair)
    if len(both) != 2:
        raise ShapeMismatch(f"{len(both)} arrays; wanted the pair (blkdiag1, blkdiag2).")
    first, second = (np.asarray(w) for w in both)
    if first.ndim != 3 or second.ndim != 3 or 0 in first.shape + second.shape:
        raise ShapeMismatch(
            f"weights of shapes {first.shape} and {second.shape}; wanted (k, q, p) and (l, s, r)."
        )
    (k, q, p), (groups, s, r) = first.shape, second.shape
    if not q == p == groups or not s == r == k:
        raise ShapeMismatch(
            f"weights of shapes {first.shape} and {second.shape}; wanted (k, m, m) and (m, k, k): only such pairs are "
            "members of Monarch."
        )
    field = ring_of(first, second) if ring is None else ring
    return p, {"left": array(field, second), "right": array(field, first)}
