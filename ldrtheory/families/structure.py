"""Displacement structure stated by a family: a pair of operators with explicit generators.

Structure       one row of the table: the pair, its generators G, H, from which size on their length is the rank
ordinary_rank   the structure of a class without any: its displacement is the matrix itself
columns, unit, beside   arrays from columns; unit vectors; arrays next to each other
above, right_of, left_of    entries of Z_e M, of M Z_f and of M Z_f^T
frame           generators of a residual that vanishes off a few rows and columns
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ldrtheory.linalg import Array, transpose, zeros
from ldrtheory.linalg import identity as identity_matrix
from ldrtheory.operators.composed import identity, zero
from ldrtheory.operators.displacement import Displacement, Sylvester
from ldrtheory.rings import Ring

Entry = Callable[[int, int], Any]


@dataclass(frozen=True)
class Structure:
    """One displacement structure of a member: residual = G H^T identically in the parameters.

    pair            the pair in letters, e.g. "Sylvester (Z_e, Z_f)"
    attained_from   the least k such that, at the default corners, a generic member has exactly the stated rank
                    as soon as both sides are at least k
    displacement    call it for the displacement, operators filled in
    generators      call it for (G, H): G is (m, r), H is (n, r); r, the stated rank, depends on the sizes only
    requires        what the pair asks of the parameters beyond the family, in words ("" for nothing)
    """

    pair: str
    attained_from: int
    displacement: Callable[[], Displacement]
    generators: Callable[[], tuple[Array, Array]]
    requires: str = ""

    @property
    def rank(self) -> int:
        """The stated rank: the length of the generators."""
        return int(self.generators()[0].shape[1])


def ordinary_rank(M: Callable[[], Array], shape: tuple[int, int], ring: Ring) -> Structure:
    """Return the structure Sylvester (I, 0), whose residual is M itself, of rank at most the smaller side."""
    m, n = shape

    def generators() -> tuple[Array, Array]:
        table = M()
        return (table, identity_matrix(ring, n)) if n <= m else (identity_matrix(ring, m), transpose(table))

    return Structure("Sylvester (I, 0)", 1, lambda: Sylvester(identity(), zero()), generators)


def columns(ring: Ring, n: int, *given: Sequence[Any] | Array) -> Array:
    """Return the n x k array with the given k columns."""
    out = zeros(ring, n, len(given))
    for k, column in enumerate(given):
        for i in range(n):
            out[i, k] = column[i]
    return out


def beside(*arrays: Array) -> Array:
    """Return the arrays next to each other."""
    return np.concatenate(arrays, axis=1)


def unit(ring: Ring, n: int, i: int) -> Array:
    """Return the unit vector e_i; a negative i counts from the end."""
    out = zeros(ring, n)
    out[i] = ring.one
    return out


def above(M: Entry, m: int, e: Any) -> Entry:
    """Return (i, j) -> (Z_e M)[i, j] for M with m rows."""
    return lambda i, j: M(i - 1, j) if i > 0 else M(m - 1, j) * e


def right_of(M: Entry, n: int, f: Any) -> Entry:
    """Return (i, j) -> (M Z_f)[i, j] for M with n columns."""
    return lambda i, j: M(i, j + 1) if j < n - 1 else M(i, 0) * f


def left_of(M: Entry, n: int, f: Any) -> Entry:
    """Return (i, j) -> (M Z_f^T)[i, j] for M with n columns."""
    return lambda i, j: M(i, j - 1) if j > 0 else M(i, n - 1) * f


def frame(
    ring: Ring, shape: tuple[int, int], rows: Sequence[int], lines: Sequence[int], L: Entry
) -> tuple[Array, Array]:
    """Return generators of the matrix equal to L on the given rows and columns (`lines`) and zero elsewhere.

    Their length is len(rows) + len(lines); a row or column named twice adds a zero column.
    """
    m, n = shape
    G, H = zeros(ring, m, len(rows) + len(lines)), zeros(ring, n, len(rows) + len(lines))
    for k, i in enumerate(rows):
        if i not in rows[:k]:
            G[i, k] = ring.one
            for j in range(n):
                H[j, k] = L(i, j)
    for k, j in enumerate(lines, start=len(rows)):
        if j not in lines[: k - len(rows)]:
            H[j, k] = ring.one
            for i in range(m):
                if i not in rows:
                    G[i, k] = L(i, j)
    return G, H
