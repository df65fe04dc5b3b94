"""Sums of kaleidoscopes, as kaleidoscopes: wider, longer, or by way of inverses.

parallel_sum    (max w, pow2(m) max e): every summand in a block of its own
serial_sum      (m max w, 4 max e): one after the other, in a scratch block
invertible_sum  (2 m max w, 2) for invertible summands with e = 1

The stored parameters are 4 w N log2 N of the width and size of the result; the parallel form is the cheapest.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ldrtheory.errors import BadInput, ShapeMismatch
from ldrtheory.kaleidoscopes import ButterflyFactor, KaleidoscopeProduct, bit_pattern, levels
from ldrtheory.linalg import Array
from ldrtheory.rings import Ring
from ldrtheory.synthesis.chains import (
    Factors,
    identities,
    inside,
    inverted,
    product_of,
    refuse_beyond_memory,
)
from ldrtheory.synthesis.products import aligned


def _summands(products: Sequence[KaleidoscopeProduct]) -> tuple[Ring, int, int, list[Factors]]:
    """Return (field, size, width, chains) of products of one shape."""
    ring, size, chains = aligned(products)
    for k, product in enumerate(products):
        if product.shape != products[0].shape:
            (a, b), (c, d) = products[0].shape, product.shape
            raise ShapeMismatch(
                f"a sum of kaleidoscopes of shapes {a} x {b} (number 0) and {c} x {d} (number {k}); wanted one shape."
            )
    return ring, size, len(chains[0]) // (2 * levels(size)), chains


def parallel_sum(*products: KaleidoscopeProduct) -> KaleidoscopeProduct:
    """Return the sum of m kaleidoscopes of one shape, in (BB*)^w of pow2(m) times their size.

    The first star part copies the input into pow2(m) blocks, each block runs one summand, the last B part adds.

    >>> from ldrtheory.synthesis import permutation
    >>> K = parallel_sum(permutation([1, 0]), permutation([0, 1]), permutation([0, 1]))
    >>> K.width, K.size, K.entries().tolist()
    (1, 8, [[2, 1], [1, 2]])
    """
    ring, size, width, chains = _summands(products)
    low, copies = levels(size), 1 << (len(chains) - 1).bit_length()
    N = copies * size
    refuse_beyond_memory(width, N, f"a sum of {len(chains)} kaleidoscopes of size {size}")
    position, nothing = np.arange(N), np.full(size, ring.zero)
    per_part, parts = levels(N), 2 * width
    out: Factors = []
    old = [iter(chain) for chain in chains]
    for t, bit in enumerate(bit_pattern("BB*", width, N)):
        part = t // per_part
        high_rows = (position >> bit) & 1 == 1
        if bit < low:
            blocks = [next(chain) for chain in old]
            empty = [nothing] * (copies - len(blocks))
            d = np.concatenate([*(f.diagonal for f in blocks), *empty])
            o = np.concatenate([*(f.offdiagonal for f in blocks), *empty])
            out.append(ButterflyFactor(bit, d, o))
        elif part == 0:
            out.append(inside(bit, N, ring, high_rows, ring.zero, ring.one))
        elif part == parts - 1:
            out.append(inside(bit, N, ring, high_rows, ring.zero, ring.zero, outside=(1, 1)))
        else:
            out += identities([bit], N, ring)
    return product_of(out, *products[0].shape, ring)


def _in_block(factor: ButterflyFactor, block: int, N: int, ring: Ring) -> ButterflyFactor:
    """The factor inside one block of its own size, the identity elsewhere."""
    start = block * factor.size
    return inside(factor.bit, N, ring, slice(start, start + factor.size), factor.diagonal, factor.offdiagonal)


def serial_sum(*products: KaleidoscopeProduct) -> KaleidoscopeProduct:
    """Return the sum of m kaleidoscopes of one shape and width w, in (BB*)^(m w) of four times their size.

    Block 0 keeps the input, block 2 is scratch, block 3 adds up; the last factor moves the sum to block 0.
    Source: Dao et al., Kaleidoscope (ICLR 2020), the sum of the appendix; the parallel form needs fewer parameters.
    """
    ring, size, width, chains = _summands(products)
    low, N, terms = levels(size), 4 * size, len(chains)
    refuse_beyond_memory(terms * width, N, f"a serial sum of {terms} kaleidoscopes of size {size}")
    keep, scratch, total = (slice(q * size, (q + 1) * size) for q in (0, 2, 3))
    zero, one = ring.zero, ring.one
    per_part, parts = low + 2, 2 * width
    out: Factors = []
    for term, chain in enumerate(chains):
        old = iter(chain)
        for t, bit in enumerate(bit_pattern("BB*", width, N)):
            part = t // per_part
            d, o = _rows(N, one), _rows(N, zero)
            if bit < low:
                out.append(_in_block(next(old), 2, N, ring))
                continue
            if part == 0 and bit == low + 1:
                d[scratch], o[scratch] = zero, one
                if term == 0:
                    d[total] = zero
            elif part == parts - 1 and bit == low:
                target = scratch if term == terms - 1 else total
                d[target], o[target] = one, one
                if target is total:
                    d[scratch] = zero
            elif part == parts - 1 and bit == low + 1 and term == terms - 1:
                d[keep], o[keep] = zero, one
            out.append(ButterflyFactor(bit, d, o))
    return product_of(out, *products[0].shape, ring)


def _rows(size: int, value: object) -> Array:
    out = np.empty(size, dtype=object)
    out.fill(value)
    return out


def invertible_sum(*products: KaleidoscopeProduct) -> KaleidoscopeProduct:
    """Return the sum of m invertible n x n kaleidoscopes of size n and width w, in (BB*)^(2 m w) of size 2n.

    Each summand M adds M x to the second block by diag(1, M) [[1, 0], [1, 1]] diag(1, M^-1).
    Raises NotInvertible for a singular summand, BadInput for a proper corner.
    """
    ring, size, width, chains = _summands(products)
    for k, product in enumerate(products):
        if not product.m == product.n == size:
            raise BadInput(
                f"summand {k} is the {product.m} x {product.n} corner of size {product.size}; wanted the whole "
                f"matrix of size {size}: use parallel_sum."
            )
    N, low = 2 * size, levels(size)
    refuse_beyond_memory(2 * width * len(chains), N, f"a sum of {len(chains)} invertible kaleidoscopes")
    first, second = slice(0, size), slice(size, N)
    out: Factors = []
    for chain in chains:
        for half in (inverted(chain, ring), chain):
            old = iter(half)
            bits = bit_pattern("BB*", width, N)
            out += [
                identities([bit], N, ring)[0] if bit == low else _in_block(next(old), 1, N, ring)
                for bit in bits
            ]
            if half is not chain:
                out[-1] = inside(low, N, ring, second, ring.one, ring.one)
    out[-1] = inside(low, N, ring, first, ring.zero, ring.one)
    return product_of(out, size, size, ring)
