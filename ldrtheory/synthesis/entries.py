"""The nonzero entries of a matrix with their places: what the sparse constructions read.

Entries         rows, columns, values, shape and field
read_entries    from a dense array, nested lists, a scipy sparse matrix, or triples (row, column, value)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ldrtheory.errors import BadInput, ShapeMismatch
from ldrtheory.linalg import Array, zeros
from ldrtheory.rings import Ring, ring_of


@dataclass(frozen=True, eq=False)
class Entries:
    """An m x n matrix by its nonzero entries, each place at most once.

    rows, columns   integer arrays of length s
    values          object array of s nonzero elements of `ring`
    shape           (m, n), both at least 1
    """

    rows: Array
    columns: Array
    values: Array
    shape: tuple[int, int]
    ring: Ring

    @property
    def count(self) -> int:
        """s, the number of nonzero entries."""
        return len(self.rows)

    def dense(self) -> Array:
        """Return the m x n matrix."""
        out = zeros(self.ring, *self.shape)
        out[self.rows, self.columns] = self.values
        return out

    def missing(self) -> tuple[Array, Array]:
        """Return the rows without an entry and the columns without one, both increasing."""
        return _absent(self.rows, self.shape[0]), _absent(self.columns, self.shape[1])

    @property
    def slots(self) -> int:
        """s + z, z the larger of the numbers of empty rows and of empty columns."""
        empty_rows, empty_columns = self.missing()
        return self.count + max(len(empty_rows), len(empty_columns))

    def transpose(self) -> Entries:
        """Return the entries of the transpose."""
        return Entries(self.columns, self.rows, self.values, self.shape[::-1], self.ring)


def _absent(present: Array, n: int) -> Array:
    """The numbers 0..n-1 that do not occur."""
    seen = np.zeros(n, dtype=bool)
    seen[present] = True
    return np.flatnonzero(~seen)


def collected(triples: Iterable[tuple[int, int, Any]], shape: tuple[int, int], ring: Ring) -> Entries:
    """Return the Entries of triples (row, column, value); values at one place are added, zeros dropped."""
    m, n = shape
    if m < 1 or n < 1:
        raise BadInput(f"a matrix of shape {m} x {n} is empty; wanted at least one row and one column.")
    places: dict[tuple[int, int], Any] = {}
    for row, column, value in triples:
        if not (0 <= row < m and 0 <= column < n):
            raise BadInput(f"an entry at ({row}, {column}) of a {m} x {n} matrix; wanted a row below {m}, "
                           f"a column below {n}, both from 0: correct the place or the shape.")  # fmt: skip
        at, x = (int(row), int(column)), ring(value)
        places[at] = places[at] + x if at in places else x
    places = {at: x for at, x in places.items() if not ring.is_zero(x)}
    values = np.empty(len(places), dtype=object)
    values[:] = list(places.values())
    where = np.array(list(places), dtype=np.int64).reshape(-1, 2)
    return Entries(where[:, 0], where[:, 1], values, (m, n), ring)


def read_entries(source: Any, ring: Ring | None = None, shape: tuple[int, int] | None = None) -> Entries:
    """Return the nonzero entries of a matrix over `ring`, by default the smallest exact field that holds them.

    source: a 2-d array or nested lists; a scipy sparse matrix (entries at one place are added exactly); Entries;
    or, if `shape` is given, triples (row, column, value).  Floats count as the dyadic rationals they store.
    Raises BadInput, NotInRing, ShapeMismatch.

    >>> read_entries([[0, "1/2"], [0, 0]]).columns.tolist()
    [1]
    """
    if isinstance(source, Entries):
        if ring is None or ring == source.ring:
            return source
        return collected(zip(source.rows, source.columns, source.values), source.shape, ring)
    if hasattr(source, "tocoo"):
        given = source.tocoo()
        ring = ring_of(given.data) if ring is None else ring
        return collected(zip(given.row.tolist(), given.col.tolist(), given.data.tolist()), given.shape, ring)
    if shape is not None:
        triples = list(source)
        ring = ring_of([value for *_, value in triples]) if ring is None else ring
        return collected(triples, shape, ring)
    table = source if isinstance(source, np.ndarray) else _table(source)
    if table.ndim != 2:
        raise ShapeMismatch(f"an array of shape {table.shape}; wanted a matrix with rows and columns.")
    ring = ring_of(table) if ring is None else ring
    return _from_table(table, ring)


def _from_table(table: Array, ring: Ring) -> Entries:
    """Return the entries of a 2-d array; equal numbers of a numeric array are read once and shared."""
    if 0 in table.shape:
        raise BadInput(
            f"a matrix of shape {table.shape[0]} x {table.shape[1]} is empty; wanted at least one entry."
        )
    shape = (table.shape[0], table.shape[1])
    if table.dtype == object:
        distinct, which = table.reshape(-1), np.arange(table.size)
        rows, columns = (k.reshape(-1) for k in np.indices(shape))
    else:
        rows, columns = np.nonzero(table)
        distinct, which = np.unique(table[rows, columns], return_inverse=True)
    known = np.empty(len(distinct), dtype=object)
    known[:] = [ring(x) for x in distinct.tolist()]
    live = np.fromiter((not ring.is_zero(x) for x in known), dtype=bool, count=len(known))[which]
    if live.all():
        return Entries(rows, columns, known[which], shape, ring)
    return Entries(rows[live], columns[live], known[which[live]], shape, ring)


def _table(rows: Any) -> Array:
    """Nested sequences as a 2-d object array."""
    given = [list(row) for row in rows]
    if not given or not given[0]:
        raise BadInput("an empty matrix; wanted at least one row and one column.")
    for number, row in enumerate(given):
        if len(row) != len(given[0]):
            raise ShapeMismatch(
                f"row {number} has {len(row)} entries and row 0 has {len(given[0])}; wanted rows of one length."
            )
    out = np.empty((len(given), len(given[0])), dtype=object)
    for number, row in enumerate(given):
        out[number] = row
    return out
