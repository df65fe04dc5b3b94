"""Butterfly matrices: is a given matrix one, and its factors if it is.

factor_butterfly    M in B -> its factors as a product of kind B; None if it is no butterfly matrix
blocking_minor      a 2 x 2 minor that no butterfly matrix has, or None: the reason for a refusal

All entries of M with rows equal modulo 2^t and columns in one aligned chunk of 2^t pass through a single wire, so each
such submatrix has rank at most 1. Conversely the factors are read off half by half, from the highest bit down.
"""

from __future__ import annotations

from typing import Any

from ldrtheory.kaleidoscopes import ButterflyFactor, KaleidoscopeProduct
from ldrtheory.rings import Ring
from ldrtheory.synthesis.chains import constant, size_for
from ldrtheory.synthesis.entries import Entries, read_entries

Row = dict[int, Any]


def _rows(entries: Entries, size: int) -> list[Row]:
    rows: list[Row] = [{} for _ in range(size)]
    for r, c, x in zip(entries.rows.tolist(), entries.columns.tolist(), entries.values):
        rows[r][c] = x
    return rows


def _multiple(row: Row, of: Row, ring: Ring) -> Any | None:
    """Return b with row = b * of, for a nonzero row `of`; None if there is none."""
    if not row:
        return ring.zero
    if row.keys() != of.keys():
        return None
    first = next(iter(of))
    factor = row[first] * ring.inverse(of[first])
    return factor if all(row[c] == factor * x for c, x in of.items()) else None


def factor_butterfly(source: Any, ring: Ring | None = None) -> KaleidoscopeProduct | None:
    """Return M, padded with zeros to size N = pow2(max(2, m, n)), as a product of kind B; None if it is not one.

    Unique up to scalings between neighbouring factors where nothing vanishes. M in B* is M^T in B.  Every field.
    Cost: proportional to L times the nonzeros of M, and N log N.

    >>> factor_butterfly([[1, 1, 0, 0], [0, 0, 1, 1], [1, -1, 0, 0], [0, 0, 1, -1]]) is None
    True
    >>> K = factor_butterfly([[1, 1], [1, -1]])
    >>> K.kind, K.entries().tolist()
    ('B', [[1, 1], [1, -1]])
    """
    entries = read_entries(source, ring)
    ring, (m, n) = entries.ring, entries.shape
    size = size_for(max(m, n))
    blocks = [_rows(entries, size)]
    factors: list[ButterflyFactor] = []
    for bit in range(size.bit_length() - 2, 0, -1):
        half = 1 << bit
        d, o = constant(ring.zero, size), constant(ring.zero, size)
        finer: list[list[Row]] = []
        for number, rows in enumerate(blocks):
            base = 2 * half * number
            left = [{c: x for c, x in row.items() if c < half} for row in rows]
            right = [{c - half: x for c, x in row.items() if c >= half} for row in rows]
            for J, side in enumerate((left, right)):
                reduced = []
                for k in range(half):
                    pair = (side[k], side[k + half])
                    mu = pair[0] or pair[1]
                    reduced.append(mu)
                    for q, row in enumerate(pair) if mu else ():
                        beta = _multiple(row, mu, ring)
                        if beta is None:
                            return None
                        (d if q == J else o)[base + k + q * half] = beta
                finer.append(reduced)
        factors.append(ButterflyFactor(bit, d, o))
        blocks = finer
    d, o = constant(ring.zero, size), constant(ring.zero, size)
    for number, (upper, lower) in enumerate(blocks):
        at = 2 * number
        d[at], o[at] = upper.get(0, ring.zero), upper.get(1, ring.zero)
        o[at + 1], d[at + 1] = lower.get(0, ring.zero), lower.get(1, ring.zero)
    factors.append(ButterflyFactor(0, d, o))
    return KaleidoscopeProduct(m, n, size, 1, ring, "B", tuple(reversed(factors)))


def blocking_minor(source: Any, ring: Ring | None = None) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Return rows (i, i') and columns (j, j') with a minor that is not zero but would be in B; None if M is in B.

    The rows are equal modulo 2^t and the columns lie in one aligned chunk of 2^t, for some 0 < t < L.

    >>> blocking_minor([[1, 1, 0, 0], [0, 0, 1, 1], [1, -1, 0, 0], [0, 0, 1, -1]])
    ((0, 2), (0, 1))
    """
    entries = read_entries(source, ring)
    size = size_for(max(entries.shape))
    rows = _rows(entries, size)
    zero = entries.ring.zero
    for t in range(1, size.bit_length() - 1):
        first: dict[tuple[int, int], tuple[int, Row]] = {}
        for i, row in enumerate(rows):
            chunks: dict[int, Row] = {}
            for c, x in row.items():
                chunks.setdefault(c >> t, {})[c] = x
            for chunk, part in chunks.items():
                i0, reference = first.setdefault((i % (1 << t), chunk), (i, part))
                j0 = next(iter(reference))
                for j in {**reference, **part}:
                    a, b, c, d = (r.get(k, zero) for r in (reference, part) for k in (j0, j))
                    if a * d != b * c:
                        return (i0, i), (min(j0, j), max(j0, j))
    return None
