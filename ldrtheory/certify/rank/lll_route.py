"""Small integer generators of a residual by lattice reduction: L' = G H with few bits, so few primes prove it.

Generators        G, H as exact integers, and the number of bits that bound L' - G H
lll_generators    find them from the pivots and some more rows of L'

The rows of L' span a lattice of rank r.  LLL on r + 8 of them (restricted to some columns, the transformation applied
to all) gives a basis H; G = L'[:,J] H[:,J]^-1 is integral when those rows generate the lattice.  Then L' = G H is an
identity of integers of about the size of L', while the bordered minors are r + 1 times longer.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from flint import fmpz_mat

from ldrtheory.certify.rank.decision import Decision, integer_matrix
from ldrtheory.certify.rank.residual import Residual
from ldrtheory.claims import encode_number

EXTRA_ROWS = 8
EXTRA_COLUMNS = 40
LONGEST = 600  # bits of entries beyond which reduction costs more than it saves


@dataclass(frozen=True)
class Generators:
    """L' = left right over Z, if it holds: left m x r, right r x n; both sides below 2^bits."""

    left: np.ndarray
    right: np.ndarray
    bits: int
    column_scales: list[int]  # of L'

    def evidence(self, L: Residual) -> dict[str, Any]:
        """Return the generators of L itself in certificate notation: L = G H^T."""
        unit, a, b = L.unit, L.row_scales, L.column_scales
        G = [
            [encode_number(unit * Fraction(x, a[i])) for x in row] for i, row in enumerate(self.left.tolist())
        ]
        H = [[encode_number(Fraction(x, b[j])) for x in row] for j, row in enumerate(self.right.T.tolist())]
        return {"method": "generators", "left": G, "right": H}


def lll_generators(L: Residual, found: Decision, row_bits: np.ndarray, seed: int = 1) -> Generators | None:
    """Return small integer generators that fit the pivot rows and columns, or None if none were found.

    They are a guess until L' = G H is verified everywhere.
    """
    m, n = L.shape
    r = found.rank
    if r == 0 or L.degree != 1 or L.entries.kind == "rational" or int(row_bits.max()) > LONGEST:
        return None
    draw = np.random.default_rng(seed)
    others = np.setdiff1d(np.arange(m), found.rows)
    more = draw.choice(others, size=min(EXTRA_ROWS, len(others)), replace=False) if len(others) else others
    sample = L.scaled(rows=[*found.rows, *sorted(int(i) for i in more)])
    width = draw.choice(n, size=min(EXTRA_COLUMNS, n), replace=False)
    columns = sorted({*found.columns, *(int(j) for j in width)})
    reduced, transform = integer_matrix(sample[:, columns]).lll(transform=True)
    kept = [i for i in range(reduced.nrows()) if any(reduced[i, j] != 0 for j in range(len(columns)))]
    if len(kept) != r:
        return None
    chosen = fmpz_mat(r, sample.shape[0], [transform[i, j] for i in kept for j in range(sample.shape[0])])
    right = _array(chosen * integer_matrix(sample))
    pivots = integer_matrix(right[:, found.columns])
    if pivots.det() == 0:
        return None
    inverse, denominator = pivots.inv().numer_denom()
    left = _array(integer_matrix(L.scaled(columns=found.columns)) * inverse)
    if denominator != 1:
        if (left % int(denominator)).any():
            return None
        left //= int(denominator)
    size = sum(
        max(abs(x) for x in left[:, k].tolist()) * max(abs(x) for x in right[k].tolist()) for k in range(r)
    )
    return Generators(left, right, max(size.bit_length(), int(row_bits.max())) + 1, L.column_scales)


def _array(X: fmpz_mat) -> np.ndarray:
    out = np.empty(X.nrows() * X.ncols(), dtype=object)
    out[:] = [int(x) for x in X.entries()]
    return out.reshape(X.nrows(), X.ncols())
