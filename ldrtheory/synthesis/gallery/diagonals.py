"""Does a matrix have constant diagonals, and what does it store as a circulant or Toeplitz matrix.

constant_diagonals      the ConstantDiagonals of a matrix, None where a diagonal is not constant
ConstantDiagonals       the diagonals, the size of the circulant around them, the field its factors need
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ldrtheory.errors import BadInput, NotInRing
from ldrtheory.kaleidoscopes import KaleidoscopeProduct
from ldrtheory.rings import CyclotomicField, PrimeField, RationalField, Ring
from ldrtheory.synthesis.entries import Entries
from ldrtheory.synthesis.gallery.fields import affordable, smallest
from ldrtheory.synthesis.gallery.fourier import embedding_size, toeplitz_over


@dataclass(frozen=True, eq=False)
class ConstantDiagonals:
    """The matrix t[i - j] of shape m x n, the corner of a circulant of size N = 2^L.

    t           the nonzero diagonals, by i - j
    circulant   whether the matrix itself is a circulant
    size        N; width 1
    ring        the field of the entries
    field       the field of the factors: `ring`, or the smallest cyclotomic field over it with a root of order N
    """

    t: dict[int, Any]
    shape: tuple[int, int]
    circulant: bool
    size: int
    ring: Ring
    field: Ring

    def build(self) -> KaleidoscopeProduct:
        """Return the matrix as a member of BB* over `field`."""
        t = {d: self.field(x) for d, x in self.t.items()}
        zero = self.field.zero
        return toeplitz_over(lambda d: t.get(d, zero), *self.shape, self.field)


def _field_of_factors(ring: Ring, order: int) -> Ring | None:
    """The ring itself where it has the root, or a cyclotomic field over it.

    None where there is no such field (over a prime field), or where the numbers stored in it would be too many.
    """
    try:
        ring.root_of_unity(order)
        field = ring
    except NotInRing:
        if isinstance(ring, PrimeField):
            return None
        try:
            field = smallest(order, ring)
        except BadInput:
            return None
    try:
        affordable("a circulant", 1, order, field)
    except BadInput:
        return None
    return field


def constant_diagonals(entries: Entries) -> ConstantDiagonals | None:
    """Return how a nonzero matrix with constant diagonals is a corner of a circulant, None for any other matrix.

    None also for m, n <= 2, which are in B, and over prime fields without a root of unity of order N, and
    where the factors would be too large to be stored.
    Cost: one pass over the nonzero entries, and O(m + n).

    >>> from ldrtheory.synthesis import read_entries
    >>> found = constant_diagonals(read_entries([[1, 2, 3, 4], [4, 1, 2, 3], [3, 4, 1, 2], [2, 3, 4, 1]]))
    >>> found.circulant, found.size, found.field
    (True, 4, Q(zeta_4))
    """
    (m, n), ring = entries.shape, entries.ring
    known = isinstance(ring, RationalField | CyclotomicField | PrimeField)
    if max(m, n) <= 2 or not entries.count or not known:
        return None
    places = entries.rows - entries.columns
    numbers, counts = np.unique(places, return_counts=True)
    lengths = np.minimum(m, numbers + n) - np.maximum(0, numbers)
    if (counts != lengths).any():
        return None
    t: dict[int, Any] = {}
    for d, x in zip(places.tolist(), entries.values):
        if t.setdefault(d, x) != x:
            return None
    N = embedding_size(lambda d: t.get(d, ring.zero), m, n)
    field = _field_of_factors(ring, N)
    if field is None:
        return None
    circulant = m == n and all(t.get(d, ring.zero) == t.get(d + n, ring.zero) for d in range(1 - n, 0))
    return ConstantDiagonals(t, entries.shape, circulant, N, ring, field)
