"""What is derived from a family by running it over other elements; nobody types these numbers in.

parameter_count     how many parameters
degree              total degrees of numerator and denominator of an entry in the parameters, at most
support             which entries can be nonzero
cost                operations of the multiply
"""

from __future__ import annotations

import numpy as np

from ldrtheory.families.family import Family
from ldrtheory.linalg import Array
from ldrtheory.rings import DEGREES, SUPPORT, Counter, Counts


def parameter_count(family: Family) -> int:
    """Return the number of parameters.

    >>> from ldrtheory.families import SubdiagonalLDR
    >>> parameter_count(SubdiagonalLDR(8, 2))
    48
    """
    return sum(slot.size for slot in family.slots())


def degree(family: Family) -> tuple[int, int]:
    """Return (numerator, denominator): upper bounds of the total degree of the entries in the parameters.

    The largest over all entries; cancellation is never assumed.

    >>> from ldrtheory.families import SubdiagonalLDR, Toeplitz
    >>> degree(Toeplitz(4)), degree(SubdiagonalLDR(4, 1))
    ((1, 0), (5, 4))
    """
    entries = family.entries(family.filled(lambda: DEGREES.parameter), DEGREES)
    found = [DEGREES(x) for x in entries.flat]
    return max((x.numerator or 0) for x in found), max(x.denominator for x in found)


def support(family: Family) -> Array:
    """Return the boolean array of the entries that can be nonzero.

    >>> from ldrtheory.families import Companion
    >>> support(Companion(3)).astype(int).tolist()
    [[0, 0, 1], [1, 0, 1], [0, 1, 1]]
    """
    entries = family.entries(family.filled(lambda: SUPPORT.parameter), SUPPORT)
    return np.array([[SUPPORT(x).nonzero for x in row] for row in entries], dtype=bool)


def cost(family: Family) -> Counter:
    """Return the operations of one multiply M x; what is done with the parameters alone counts as preparation.

    A matrix without parameters is known beforehand, so forming it is free.

    >>> from ldrtheory.families import LowRank, Toeplitz, WalshHadamard
    >>> cost(Toeplitz(4)).multiplications, cost(LowRank(4, 1)).multiplications, cost(WalshHadamard(8)).additions
    (16, 8, 24)
    """
    counter = Counter()
    weights = Counts(counter, weights=True)
    x = np.empty(family.shape[1], dtype=object)
    x[:] = Counts(counter).parameter
    family.multiply(family.filled(lambda: weights.parameter), x, weights)
    if not family.slots():
        counter.preparation = 0
    return counter
