"""Products of butterfly factors for the laws: drawn, generic, and multiplied out as dense matrices.

products            a strategy: all kinds and sizes with entries of a ring
random_product      a generic one modulo the prime of LARGE
by_matrices         the matrix of a product by dense factors
"""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from ldrtheory.kaleidoscopes import KINDS, ButterflyFactor, KaleidoscopeProduct, bit_pattern
from ldrtheory.linalg import array, matmul
from ldrtheory.rings import GF, QQ, Cyclotomic, Ring
from ldrtheory.strategies import elements

Z8 = Cyclotomic(8)
FIELDS = [QQ, GF(2), GF(7), Z8]
LARGE = GF(2**61 - 1)


@st.composite
def products(draw: Any, ring: Ring, largest: int = 8, square: bool = False) -> KaleidoscopeProduct:
    """Products of all kinds and sizes with entries of the ring; proper corners too unless `square`."""
    size = draw(st.sampled_from([N for N in (2, 4, 8) if largest >= N]))
    kind = draw(st.sampled_from(KINDS))
    width = draw(st.integers(1, 2)) if kind == "BB*" else 1
    m, n = (size, size) if square else (draw(st.integers(1, size)), draw(st.integers(1, size)))
    vector = st.lists(elements(ring), min_size=size, max_size=size)
    factors = [ButterflyFactor(b, draw(vector), draw(vector)) for b in bit_pattern(kind, width, size)]
    return KaleidoscopeProduct(m, n, size, width, ring, kind, tuple(factors))


def by_matrices(K: KaleidoscopeProduct) -> np.ndarray:
    """The corner of the product of the dense factors, the last factor leftmost."""
    whole = matmul(K.field, *(factor.dense(K.field) for factor in reversed(K.factors)))
    return whole[: K.m, : K.n]


def random_product(
    kind: str, width: int, size: int, ring: Ring = LARGE, seed: int = 0
) -> KaleidoscopeProduct:
    """A generic product."""
    source = np.random.default_rng([seed, size, width])
    factors = [
        ButterflyFactor(b, *array(ring, source.integers(1, 2**40, (2, size))))
        for b in bit_pattern(kind, width, size)
    ]
    return KaleidoscopeProduct(size, size, size, width, ring, kind, tuple(factors))
