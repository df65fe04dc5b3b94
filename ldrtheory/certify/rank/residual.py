"""The residual L of a matrix under a displacement equation, exactly, scaled to integers, or modulo a prime.

Residual     L = A M - M B (Sylvester) or M - A M B (Stein), never formed until asked
residual_of  read array, field and displacement into a Residual

Scaling: L'[i,j] = row_scale[i] * column_scale[j] * L[i,j] / unit has integer entries, all scales being positive, so
L' and L have the same rank, the same nonzero minors, and L' v' = 0 gives L v = 0 for v = column_scale * v'.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any

import numpy as np
from flint import fmpq, fmpq_mat, fmpz_mat

from ldrtheory.certify.rank.entries import MatrixEntries, matrix_entries
from ldrtheory.certify.rank.operators import SparseOperator, Value, sparse_operator
from ldrtheory.errors import BadInput
from ldrtheory.rings import Ring, ring_named

Take = Callable[[Sequence[int] | None, Sequence[int] | None], np.ndarray]
Terms = list[tuple[int, int, int]]  # (row, column, integer coefficient)


@dataclass(frozen=True)
class Residual:
    """The residual of `entries` under the equation `kind` with operators `left` (m x m) and `right` (n x n)."""

    entries: MatrixEntries
    kind: str
    left: SparseOperator
    right: SparseOperator
    ring: Ring

    @property
    def shape(self) -> tuple[int, int]:
        """(m, n)."""
        return self.entries.shape

    @property
    def degree(self) -> int:
        """The dimension of the field over its prime field: phi(N) over Q(zeta_N), else 1."""
        return len(self.entries.planes)

    @property
    def row_scales(self) -> list[int]:
        """Positive integers that clear the denominators of the left operator's rows."""
        return self.left.row_scales

    @property
    def column_scales(self) -> list[int]:
        """Positive integers that clear the denominators of the right operator's columns."""
        return self.right.column_scales

    @cached_property
    def unit(self) -> Fraction:
        """The common scale of the matrix entries: L' = row_scale * column_scale * L / unit is integral."""
        shift = self.entries.unit
        return Fraction(2) ** shift / self.entries.denominator

    def scaled(self, rows: Sequence[int] | None = None, columns: Sequence[int] | None = None) -> np.ndarray:
        """Return L' at rows x columns over Q as an object array of integers (fmpq where M kept its denominators)."""
        if self.degree != 1:
            raise BadInput(
                f"the residual over {self.ring.name} has no integer form; reduce it modulo a prime."
            )
        a, b = self.row_scales, self.column_scales
        left = [(i, k, int(v[0] * a[i])) for i, k, v in self.left.entries]
        right = [(k, j, int(v[0] * b[j])) for k, j, v in self.right.entries]
        return self._combine(lambda r, c: self.entries.take(0, r, c), left, right, a, b, rows, columns)

    @cached_property
    def denominators(self) -> list[int]:
        """The denominators that occur in M, A and B."""
        found = {self.entries.denominator}
        if self.entries.kind == "rational":
            found |= {int(x.q) for plane in self.entries.planes for x in plane.flat}
        for op in (self.left, self.right):
            found |= {c.denominator for v in op.distinct for c in v}
        return sorted(found - {1})

    def usable(self, p: int) -> bool:
        """Whether L can be reduced modulo p: no denominator of M, A or B is divisible by p (p = 2 is never used)."""
        if self.ring.characteristic:
            return p == self.ring.characteristic
        return p != 2 and all(d % p for d in self.denominators)

    def modulo(
        self, p: int, root: int = 1, rows: Sequence[int] | None = None, columns: Sequence[int] | None = None
    ) -> np.ndarray:
        """Return L / unit modulo p with zeta -> root, at rows x columns, an object array of 0 .. p-1."""
        powers = [pow(root, k, p) for k in range(self.degree)]

        def value(v: Value) -> int:
            return sum(c.numerator * pow(c.denominator, -1, p) * z for c, z in zip(v, powers)) % p

        def take(r: Sequence[int] | None, c: Sequence[int] | None) -> np.ndarray:
            total: Any = 0
            for k, z in enumerate(powers):
                plane = self.entries.take(k, r, c)
                if self.entries.kind == "rational":
                    flat = [int(x.p) * pow(int(x.q), -1, p) for x in plane.ravel().tolist()]
                    plane = _object_array(flat, plane.shape)
                total = total + plane % p * z
            result: np.ndarray = total % p
            return result

        left = [(i, k, value(v)) for i, k, v in self.left.entries]
        right = [(k, j, value(v)) for k, j, v in self.right.entries]
        ones_m, ones_n = [1] * self.shape[0], [1] * self.shape[1]
        out: np.ndarray = self._combine(take, left, right, ones_m, ones_n, rows, columns) % p
        return out

    def _combine(
        self,
        take: Take,
        left: Terms,
        right: Terms,
        a: list[int],
        b: list[int],
        rows: Sequence[int] | None,
        columns: Sequence[int] | None,
    ) -> np.ndarray:
        """Return b_j (A' M)_ij - a_i (M B')_ij, or a_i b_j M_ij - (A' M B')_ij, at rows x columns."""
        m, n = self.shape
        r = range(m) if rows is None else rows
        c = range(n) if columns is None else columns
        scale_rows = _column([a[i] for i in r])
        scale_columns = _column([b[j] for j in c]).T
        if self.kind == "stein":
            inner = sorted({k for k, j, _ in right}) if columns is None else _sources(right, c, 1)
            half = _times(left, take, r, inner, dense=self.left.is_dense)
            product = _rtimes(lambda _r, _c: half, right, r, c, dense=self.right.is_dense, have=inner)
            stein: np.ndarray = take(rows, columns) * scale_rows * scale_columns - product
            return stein
        first = _times(
            left, take, r, None if columns is None else list(c), dense=self.left.is_dense, width=len(c)
        )
        second = _rtimes(take, right, r, c, dense=self.right.is_dense)
        sylvester: np.ndarray = first * scale_columns - second * scale_rows
        return sylvester


def _object_array(values: list[Any], shape: tuple[int, ...]) -> np.ndarray:
    out = np.empty(len(values), dtype=object)
    out[:] = values
    return out.reshape(shape)


def _column(values: list[int]) -> np.ndarray:
    return _object_array(list(values), (len(values), 1))


def _sources(terms: Terms, wanted: Sequence[int], side: int) -> list[int]:
    chosen = set(wanted)
    return sorted({t[1 - side] for t in terms if t[side] in chosen})


def _times(
    left: Terms,
    take: Take,
    rows: Sequence[int],
    columns: list[int] | None,
    *,
    dense: bool,
    width: int | None = None,
) -> np.ndarray:
    """Return (A' M) at rows x columns; columns None means all."""
    width = len(columns) if columns is not None else (width or 0)
    place = {i: t for t, i in enumerate(rows)}
    sources = _sources(left, rows, 0)
    at = {k: t for t, k in enumerate(sources)}
    out = np.zeros((len(place), width), dtype=object)
    if not sources or not width:
        return out
    M = take(sources, columns)
    if dense:
        A = np.zeros((len(place), len(sources)), dtype=object)
        for i, k, x in left:
            if i in place:
                A[place[i], at[k]] = x
        return _product(A, M)
    for i, k, x in left:
        if i in place:
            out[place[i]] += M[at[k]] if x == 1 else M[at[k]] * x
    return out


def _rtimes(
    take: Take,
    right: Terms,
    rows: Sequence[int],
    columns: Sequence[int],
    *,
    dense: bool,
    have: list[int] | None = None,
) -> np.ndarray:
    """Return (M B') at rows x columns; `have` names the columns that `take` already returns."""
    place = {j: t for t, j in enumerate(columns)}
    sources = have if have is not None else _sources(right, columns, 1)
    at = {k: t for t, k in enumerate(sources)}
    out = np.zeros((len(place), len(rows)), dtype=object)
    if not sources:
        return out.T
    M = take(list(rows), sources).T
    if dense:
        B = np.zeros((len(place), len(sources)), dtype=object)
        for k, j, x in right:
            if j in place:
                B[place[j], at[k]] = x
        return _product(B, M).T
    for k, j, x in right:
        if j in place:
            out[place[j]] += M[at[k]] if x == 1 else M[at[k]] * x
    return out.T


def _product(X: np.ndarray, Y: np.ndarray) -> np.ndarray:
    """Return X Y for object arrays of integers (or fmpq on the right), by flint."""
    rational = any(isinstance(y, fmpq) for y in Y.ravel().tolist())
    cls = fmpq_mat if rational else fmpz_mat
    Z = cls(*X.shape, X.ravel().tolist()) * cls(*Y.shape, Y.ravel().tolist())
    values = Z.entries()
    return _object_array(values if rational else [int(z) for z in values], (X.shape[0], Y.shape[1]))


def clear_rows(L: np.ndarray) -> np.ndarray:
    """Return L with each row of fmpq multiplied by the least common denominator: integers, the same rank."""
    if not any(isinstance(x, fmpq) for x in L.ravel().tolist()):
        return L
    rows = []
    for row in L:
        values = [x if isinstance(x, fmpq) else fmpq(x) for x in row.tolist()]
        scale = lcm(*(int(x.q) for x in values))
        rows.append([int((x * scale).p) for x in values])
    return _object_array([x for row in rows for x in row], L.shape)


def residual_of(array: Any, field: str | Ring, displacement: Any) -> Residual:
    """Return the residual of `array` over `field` under `displacement`.

    displacement: an object with .spec(), or certificate notation {"kind": ..., "left": OP, "right": OP}.
    Errors: BadInput, ShapeMismatch, NotInRing as said by matrix_entries and sparse_operator.

    >>> L = residual_of(np.array([[1, 2], [5, 1]]), "Q", {"kind": "sylvester", "left": {"op": "shift", "corner": 1},
    ...                                                   "right": {"op": "shift", "corner": -1}})
    >>> L.scaled().tolist()
    [[3, 2], [0, 7]]
    """
    ring = ring_named(field) if isinstance(field, str) else field
    spec = displacement if isinstance(displacement, dict) else displacement.spec()
    kind = spec.get("kind")
    if kind not in ("sylvester", "stein"):
        raise BadInput(f"a displacement is of kind 'sylvester' or 'stein'; got {kind!r}.")
    entries = matrix_entries(array, ring)
    m, n = entries.shape
    return Residual(
        entries, kind, sparse_operator(spec["left"], m, ring), sparse_operator(spec["right"], n, ring), ring
    )
