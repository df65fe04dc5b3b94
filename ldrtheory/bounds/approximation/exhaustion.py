"""One column over a small finite field, decided by running through all h.

exhaust         an M of displacement rank at most 1 with M e_i = v, or the proof that there is none
NoSuchMatrix    that proof: for every h up to a factor, a combination of the equations that reads 0 = 1

For a fixed h the conditions A M - M B = g h^T (Stein: M - A M B = g h^T) and M e_i = v are linear in the entries of M
and g.  A residual of rank at most 1 is g h^T for one of (p^n - 1)/(p - 1) vectors h, so these systems decide.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from ldrtheory.bounds.approximation.columns import Embedded, checked_column
from ldrtheory.certify.equality import product_equals
from ldrtheory.elimination import echelon
from ldrtheory.errors import BadInput, Undecided
from ldrtheory.linalg import Array, array, equal, identity, kron, matmul, zeros
from ldrtheory.operators import Displacement, Stein
from ldrtheory.operators.generator import Generated
from ldrtheory.operators.invertibility import checked_shape
from ldrtheory.rings import PrimeField

Json = dict[str, Any]
MOST = 20_000  # linear systems; beyond this the question is refused


@dataclass(frozen=True, eq=False)
class NoSuchMatrix:
    """No M of displacement rank at most 1 has column i equal to v.

    refutations     for every h: (h, N, y) with N the equations, right side last, and y^T N = (0, ..., 0, 1)
    """

    displacement: Displacement
    vector: Array
    index: int
    ring: PrimeField
    refutations: tuple[tuple[Array, Array, Array], ...]

    def statements(self) -> tuple[Json, ...]:
        """Return, for every h, the identity y^T [N | b] = (0, ..., 0, 1): the equations N x = b have no solution."""
        out = []
        for _, N, y in self.refutations:
            last = zeros(self.ring, 1, N.shape[1])
            last[0, -1] = self.ring.one
            out.append(product_equals([y.reshape(1, -1), N], last, self.ring))
        return tuple(out)


def exhaust(
    v: Any, i: int, d: Displacement, n: int | None = None, ring: PrimeField | None = None
) -> Embedded | NoSuchMatrix:
    """Return an M of displacement rank at most 1 with M e_i = v, or the proof that there is none, over GF(p).

    v: (m,).  n: the number of columns (default m).  Cost: (p^n - 1)/(p - 1) eliminations with m n + m unknowns.
    Raises Undecided beyond 20000 of them.

    >>> from ldrtheory import GF, Sylvester, shift
    >>> pair = Sylvester(shift(f=0).T, shift(f=0).T)
    >>> type(exhaust([0, 1], 0, pair, ring=GF(2))).__name__, type(exhaust([1, 0], 0, pair, ring=GF(2))).__name__
    ('NoSuchMatrix', 'Embedded')
    """
    m = len(v)
    ring = d.ring(v) if ring is None else ring  # type: ignore[assignment]
    if not isinstance(ring, PrimeField):
        raise BadInput(f"exhaust runs through the vectors of a finite field; got {ring}: give ring=GF(p).")
    shape = m, n = checked_shape((m, m if n is None else n))
    v = checked_column(v, d, shape, i, ring)
    count = (ring.p**n - 1) // (ring.p - 1)
    if count > MOST:
        raise Undecided(
            f"{count} vectors h of length {n} over {ring.name}: too many; at most {MOST} are tried."
        )
    fixed, right = _equations(v, i, d, n, ring)
    refutations = []
    for h in _directions(n, ring):
        g_part = np.concatenate([-kron(identity(ring, m), h.reshape(-1, 1)), zeros(ring, m, m)])
        N = np.concatenate([fixed, g_part, right], axis=1)
        found = _solved(N, ring)
        if found is None:
            refutations.append((h, N, _witness(N, ring)))
            continue
        M, g = found[: m * n].reshape(m, n), found[m * n :].reshape(m, 1)
        return Embedded(Generated(d, g, h.reshape(-1, 1), M, ring), v, i)
    return NoSuchMatrix(d, v, i, ring, tuple(refutations))


def _directions(n: int, ring: PrimeField) -> Iterator[Array]:
    """Every nonzero vector up to a factor: those whose first nonzero entry is 1.  h = 0 is g = 0."""
    for first in range(n):
        for rest in itertools.product(range(ring.p), repeat=n - first - 1):
            yield array(ring, [0] * first + [1, *rest])


def _equations(v: Array, i: int, d: Displacement, n: int, ring: PrimeField) -> tuple[Array, Array]:
    """The part of the equations that does not depend on h: columns of the entries of M (row by row), right side."""
    m = len(v)
    A, B, one = d.left.matrix(ring, m), d.right.matrix(ring, n), identity
    if isinstance(d, Stein):
        residual = one(ring, m * n) - kron(A, B.T)
    else:
        residual = kron(A, one(ring, n)) - kron(one(ring, m), B.T)
    column = kron(one(ring, m), one(ring, n)[[i]])
    return np.concatenate([residual, column]), np.concatenate([zeros(ring, m * n), v]).reshape(-1, 1)


def _solved(N: Array, ring: PrimeField) -> Array | None:
    """A solution of the equations with right side last, the free unknowns 0; None if there is none."""
    R, _, columns = echelon(N, ring)
    unknowns = N.shape[1] - 1
    if columns and columns[-1] == unknowns:
        return None
    x = zeros(ring, unknowns)
    for row, j in enumerate(columns):
        x[j] = R[row, -1]
    return x


def _witness(N: Array, ring: PrimeField) -> Array:
    """y with y^T N = (0, ..., 0, 1)."""
    target = zeros(ring, N.shape[1], 1)
    target[-1, 0] = ring.one
    y = _solved(np.concatenate([N.T, target], axis=1), ring)
    if y is None or not equal(matmul(ring, y.reshape(1, -1), N), target.T):
        raise Undecided(
            "no contradiction was found between equations without a solution; please report this."
        )
    return y
