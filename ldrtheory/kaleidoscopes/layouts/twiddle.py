"""The twiddle of torch_butterfly (HazyResearch/butterfly): one array of 2 x 2 blocks for all factors.

Twiddle             the array, with the order of the strides and the corner
to_torch_twiddle    a product as a Twiddle of one stack
from_torch_twiddle  a twiddle of one stack as a product with exactly its entries

The layout, as torch_butterfly/multiply.py of that repository reads it: shape (nstacks, nblocks, L, N/2, 2, 2) with
N = 2^L. Block 0 is applied first, inside a block index 0 first. Index t of a block has the stride 2^b with b = t where
the block is increasing and b = L-1-t where it is decreasing; blocks alternate, the first one as `increasing_stride`
says. With i = c 2^(b+1) + r, 0 <= r < 2^b, and j = i + 2^b, its block number c 2^b + r is the matrix that takes
(x[i], x[j]) to (y[i], y[j]):

    twiddle[s, block, t, c 2^b + r] = [[d[i], o[i]], [o[j], d[j]]].
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ldrtheory.errors import ShapeMismatch
from ldrtheory.kaleidoscopes.factor import ButterflyFactor, identity_factor
from ldrtheory.kaleidoscopes.layouts.arrays import product_from
from ldrtheory.kaleidoscopes.layouts.floats import rounded
from ldrtheory.kaleidoscopes.pattern import bit_pattern, levels
from ldrtheory.kaleidoscopes.product import KaleidoscopeProduct
from ldrtheory.linalg import Array, array
from ldrtheory.rings import Ring, ring_of


@dataclass(frozen=True, eq=False)
class Twiddle:
    """The array for `butterfly_multiply(twiddle, x, increasing_stride)`, x padded from n to N, the result cut to m.

    array               (1, nblocks, L, N/2, 2, 2); nblocks is 1 for B and B*, 2 for B*B, 2 w for (BB*)^w
    increasing_stride   whether the first block goes through the bits 0, 1, ..., L-1: B and B*B
    """

    array: np.ndarray
    increasing_stride: bool
    m: int
    n: int

    @property
    def nblocks(self) -> int:
        """How many B and B* parts there are."""
        return int(self.array.shape[1])


def _pairs(size: int, bit: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the positions (i, j) of the blocks of a factor, in the order of the layout."""
    i = np.arange(size)
    i = i[(i >> bit) & 1 == 0]
    return i, i ^ (1 << bit)


def to_torch_twiddle(source: Any, dtype: Any = None) -> Twiddle:
    """Return the twiddle of a product: nblocks B and B* parts, entries rounded as in to_numpy.

    A layer `Butterfly(N, N, bias=False, complex=..., increasing_stride=..., nblocks=...)` takes it as its `twiddle`;
    pad the input from n to N and cut the output to m around it.  Where the layer stores complex numbers as pairs of
    reals, `torch.view_as_real(torch.from_numpy(array))` is that.  torch itself is not needed here.

    >>> from ldrtheory import QQ
    >>> K = KaleidoscopeProduct(2, 2, 2, 1, QQ, "B*", (ButterflyFactor(0, [1, 2], [3, 4]),))
    >>> to_torch_twiddle(K).array.tolist(), to_torch_twiddle(K).increasing_stride
    ([[[[[[1.0, 3.0], [4.0, 2.0]]]]]], False)
    """
    product = product_from(source)
    N, L = product.size, levels(product.size)
    blocks = np.empty((len(product.factors), N // 2, 2, 2), dtype=object)
    for t, factor in enumerate(product.factors):
        i, j = _pairs(N, factor.bit)
        d, o = factor.diagonal, factor.offdiagonal
        blocks[t, :, 0, 0], blocks[t, :, 0, 1] = d[i], o[i]
        blocks[t, :, 1, 0], blocks[t, :, 1, 1] = o[j], d[j]
    found = rounded(blocks, product.field, dtype).reshape(1, -1, L, N // 2, 2, 2)
    return Twiddle(found, product.kind in ("B", "B*B"), product.m, product.n)


def from_torch_twiddle(
    twiddle: Any,
    increasing_stride: bool = True,
    m: int | None = None,
    n: int | None = None,
    ring: Ring | None = None,
) -> KaleidoscopeProduct:
    """Return the product that a twiddle of one stack denotes; floats count as the dyadic rationals they store.

    twiddle: an array (1, nblocks, L, N/2, 2, 2), or with a last axis (real, imaginary); anything numpy can read
    without gradients (`twiddle.detach().numpy()`), or a Twiddle, which knows the other arguments itself.
    The kind is B, B*, B*B or BB*; other numbers of blocks are completed by identity parts to the least (BB*)^w.
    Raises ShapeMismatch for another shape (several stacks: pass twiddle[s:s+1]), BadInput for NaN.
    """
    if isinstance(twiddle, Twiddle):
        increasing_stride, m, n, twiddle = twiddle.increasing_stride, twiddle.m, twiddle.n, twiddle.array
    given = np.asarray(twiddle)
    if given.ndim == 7 and given.shape[-1] == 2 and given.dtype.kind == "f":
        given = given[..., 0] + 1j * given[..., 1]
    if given.ndim != 6 or given.shape[0] != 1 or 0 in given.shape or given.shape[4:] != (2, 2):
        raise ShapeMismatch(
            f"a twiddle of shape {given.shape}; wanted (1, nblocks, L, N/2, 2, 2): pass one stack, twiddle[s:s+1]."
        )
    _, nblocks, L, half = given.shape[:4]
    if L > 62 or half != 1 << (L - 1):
        raise ShapeMismatch(
            f"a twiddle of shape {given.shape}; wanted N/2 = 2^(L-1) = {1 << (L - 1)} blocks."
        )
    field = ring_of(given) if ring is None else ring
    N = 2 * half
    entries = array(field, given)[0]
    factors = []
    for block in range(nblocks):
        rising = increasing_stride != (block % 2 == 1)
        for t in range(L):
            factors.append(_factor(t if rising else L - 1 - t, entries[block, t]))
    kind = {(1, True): "B", (1, False): "B*", (2, True): "B*B"}.get((nblocks, bool(increasing_stride)), "BB*")
    if kind == "BB*":
        falling, up = ([identity_factor(b, N, field) for b in bit_pattern(k, 1, N)] for k in ("B*", "B"))
        factors = [*(falling if increasing_stride else []), *factors]
        if len(factors) // L % 2:
            factors += up
    width = len(factors) // (2 * L) if kind == "BB*" else 1
    return KaleidoscopeProduct(
        N if m is None else m, N if n is None else n, N, width, field, kind, tuple(factors)
    )


def _factor(bit: int, blocks: Array) -> ButterflyFactor:
    """Return the factor whose 2 x 2 blocks are given in the order of the layout."""
    size = 2 * len(blocks)
    i, j = _pairs(size, bit)
    d, o = np.empty(size, dtype=object), np.empty(size, dtype=object)
    d[i], o[i], o[j], d[j] = blocks[:, 0, 0], blocks[:, 0, 1], blocks[:, 1, 0], blocks[:, 1, 1]
    return ButterflyFactor(bit, d, o)
