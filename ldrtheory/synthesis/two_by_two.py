"""A 2 x 2 matrix on two coordinates and the identity on all others, as a member of BB*.

embedded    rotations, transvections, swaps and scalings of any two coordinates: (1, 1) for n = 2^L
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ldrtheory.errors import BadInput, ShapeMismatch
from ldrtheory.exactstrings import shortened
from ldrtheory.kaleidoscopes import ButterflyFactor, KaleidoscopeProduct, bit_pattern, levels
from ldrtheory.linalg import array
from ldrtheory.rings import QQ, Ring
from ldrtheory.synthesis.chains import from_masks, identities, product_of, refuse_beyond_memory, size_for


def embedded(block: Any, i: int, j: int, n: int, ring: Ring = QQ) -> KaleidoscopeProduct:
    """Return the n x n identity with rows and columns (i, j), in this order, replaced by the 2 x 2 block.

    (w, e) = (1, pow2(max(2, n))/n): coordinate j walks to the partner of i at the lowest bit where they differ, meets
    i there, and walks back.  Raises BadInput unless i and j are different numbers from 0 to n-1.

    >>> embedded([[1, 2], [3, 4]], 2, 0, 3).entries().tolist()
    [[4, 0, 3], [0, 1, 0], [2, 0, 1]]
    """
    for name, value in (("i", i), ("j", j)):
        if isinstance(value, bool) or not isinstance(value, int | np.integer) or not 0 <= value < n:
            raise BadInput(f"coordinate {name} = {shortened(value)}; wanted a number from 0 to {n - 1}.")
    if i == j:
        raise BadInput(f"both coordinates are {i}; wanted two different ones: scale a row instead.")
    G = array(ring, block)
    if G.shape != (2, 2):
        raise ShapeMismatch(f"a block of shape {G.shape}; wanted 2 x 2.")
    N = size_for(n)
    refuse_beyond_memory(1, N, f"a matrix of size {n}")
    L, differ = levels(N), i ^ j
    lowest = (differ & -differ).bit_length() - 1
    walk, at = {}, int(j)
    for b in range(L - 1, lowest, -1):
        if differ >> b & 1:
            crossed = np.zeros(N, dtype=bool)
            crossed[[at, at ^ (1 << b)]] = True
            walk[b] = from_masks(b, ~crossed, crossed, ring)
            at ^= 1 << b
    meeting = identities([lowest], N, ring)[0]
    d, o = meeting.diagonal.copy(), meeting.offdiagonal.copy()
    (d[i], o[i]), (o[at], d[at]) = G
    down = {**walk, lowest: ButterflyFactor(lowest, d, o)}
    chain = []
    for t, b in enumerate(bit_pattern("BB*", 1, N)):
        chosen = (down if t < L else walk).get(b)
        chain += identities([b], N, ring) if chosen is None else [chosen]
    return product_of(chain, n, n, ring)
