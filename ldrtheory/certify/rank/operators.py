"""Operators of a displacement equation as their nonzero entries, read from certificate notation.

Entries            (row, column, value) triples; a value is the tuple of its phi(N) rational coefficients
SparseOperator     an operator of known size: its nonzero entries, integer after scaling rows or columns
sparse_operator    read the notation {"op": ...} at a given size
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, lru_cache
from math import lcm
from typing import Any

import numpy as np

from ldrtheory.operators.composed import from_spec
from ldrtheory.rings import CyclotomicNumber, Ring
from ldrtheory.rings.ring import as_fraction

Value = tuple[Fraction, ...]
Entry = tuple[int, int, Value]

REMEMBERED = 1000  # characters


def coefficients(x: Any) -> Value:
    """Return the rational coefficients of a ring element: one of them, or phi(N) over Q(zeta_N)."""
    if isinstance(x, CyclotomicNumber):
        return tuple(Fraction(int(c.p), int(c.q)) for c in x.coefficients())
    pair = as_fraction(x)
    return (Fraction(int(x)),) if pair is None else (Fraction(*pair),)


@dataclass(frozen=True)
class SparseOperator:
    """A square operator of size n by its nonzero entries."""

    n: int
    entries: tuple[Entry, ...]

    @cached_property
    def distinct(self) -> set[Value]:
        """The values that occur."""
        return {v for _, _, v in self.entries}

    @property
    def is_dense(self) -> bool:
        """Whether a matrix product is cheaper than adding up rows."""
        return len(self.entries) > 8 * self.n

    @cached_property
    def row_scales(self) -> list[int]:
        """The least positive integer for each row that clears its denominators."""
        return self._scales(0)

    @cached_property
    def column_scales(self) -> list[int]:
        """The least positive integer for each column that clears its denominators."""
        return self._scales(1)

    def _scales(self, side: int) -> list[int]:
        scales = [1] * self.n
        if all(c.denominator == 1 for v in self.distinct for c in v):
            return scales
        for row, column, value in self.entries:
            place = column if side else row
            for c in value:
                if c.denominator != 1:
                    scales[place] = lcm(scales[place], c.denominator)
        return scales

    @cached_property
    def row_heights(self) -> list[int]:
        """For each row, scaled to integers, the sum of the absolute values of its coefficients."""
        return self._heights(0, self.row_scales)

    @cached_property
    def column_heights(self) -> list[int]:
        """For each column, scaled to integers, the sum of the absolute values of its coefficients."""
        return self._heights(1, self.column_scales)

    def _heights(self, side: int, scales: list[int]) -> list[int]:
        total = [0] * self.n
        plain = {v: sum(abs(c.numerator) for c in v) for v in self.distinct} if max(scales) == 1 else {}
        for entry in self.entries:
            place, v = (entry[1] if side else entry[0]), entry[2]
            if v in plain:
                total[place] += plain[v]
            else:
                total[place] += sum(abs(c.numerator) * (scales[place] // c.denominator) for c in v)
        return total

    @cached_property
    def by_rows(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[Value]]:
        """The entries sorted by rows: (row pointers, rows, columns, values)."""
        entries = sorted(self.entries, key=lambda e: e[0])
        rows = np.array([i for i, _, _ in entries], dtype=np.int64)
        columns = np.array([k for _, k, _ in entries], dtype=np.int64)
        pointers = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=self.n))]).astype(np.int64)
        return pointers, rows, columns, [v for _, _, v in entries]

    @cached_property
    def by_diagonals(self) -> tuple[np.ndarray, list[Value]]:
        """The entries on diagonals k - j, as runs (offset, first j, length, position, whether all are 1)."""
        runs: list[list[int]] = []
        values: list[Value] = []
        one = (Fraction(1),)
        for k, j, v in sorted(self.entries, key=lambda e: (e[0] - e[1], e[1])):
            run = runs[-1] if runs else None
            if run is None or run[0] != k - j or run[1] + run[2] != j:
                run = [k - j, j, 0, len(values), 1]
                runs.append(run)
            run[2] += 1
            run[4] &= v is one or v[0] == 1
            values.append(v)
        return np.array(runs, dtype=np.int64).reshape(-1, 5), values

    @cached_property
    def integers(self) -> tuple[np.ndarray, np.ndarray]:
        """The values by rows and by diagonals of an integral operator with small entries, as int64."""
        rows = np.array([v[0].numerator for v in self.by_rows[3]], dtype=np.int64)
        return rows, np.array([v[0].numerator for v in self.by_diagonals[1]], dtype=np.int64)

    @cached_property
    def is_integral(self) -> bool:
        """Whether every entry is a rational integer."""
        return all(v[0].denominator == 1 and not any(v[1:]) for v in self.distinct)


def sparse_operator(spec: dict[str, Any], n: int, ring: Ring) -> SparseOperator:
    """Return the operator that `spec` denotes at size n.

    spec: an operator in certificate notation, e.g. {"op": "shift", "corner": 1}.
    Errors: BadInput or UnknownName for a notation that is not known, ShapeMismatch for wrong lengths.

    >>> from ldrtheory.rings import QQ
    >>> [(i, j, str(v[0])) for i, j, v in sparse_operator({"op": "shift", "corner": -1}, 3, QQ).entries]
    [(1, 0, '1'), (2, 1, '1'), (0, 2, '-1')]
    """
    text = repr(spec)
    if len(text) > REMEMBERED:
        return _read(spec, n, ring)
    return _remembered(text, n, ring.name, _Hidden(spec, ring))


@dataclass(frozen=True)
class _Hidden:
    """What a remembered notation was read from; equal to every other, so that the text alone is compared."""

    spec: dict[str, Any] = field(compare=False, hash=False)
    ring: Ring = field(compare=False, hash=False)


@lru_cache(maxsize=16)
def _remembered(text: str, n: int, ring: str, hidden: _Hidden) -> SparseOperator:
    return _read(hidden.spec, n, hidden.ring)


def _read(spec: dict[str, Any], n: int, ring: Ring) -> SparseOperator:
    total: dict[tuple[int, int], Value] = {}
    one = coefficients(ring.one)
    operator = from_spec(spec, ring, n)
    for i, j, x in operator.terms(operator.sized(n)):
        value = one if isinstance(x, int) and x == 1 else coefficients(ring(x))
        if (i, j) in total:
            value = tuple(a + b for a, b in zip(total[i, j], value))
        total[i, j] = value
    p = ring.characteristic
    kept = []
    for (i, j), value in total.items():
        if p:
            value = (Fraction(value[0].numerator % p),)
        if any(value):
            kept.append((i, j, value))
    return SparseOperator(n, tuple(kept))
