"""A matrix with its pair and an explicit generator of its residual.

Generated       the value that every rule of the closure calculus takes and returns
generated       one, from a matrix
from_generators one, from a generator
side_by_side, factorised, difference    columns put together; M = U V^T; the difference of two operators as U V^T
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ldrtheory.elimination import echelon
from ldrtheory.linalg import Array, array, equal, matmul, zeros
from ldrtheory.operators.displacement import Displacement, displace
from ldrtheory.operators.displacement import generators as generators_of
from ldrtheory.operators.operator import Operator
from ldrtheory.operators.recover import recover
from ldrtheory.rings import Ring


@dataclass(frozen=True, eq=False)
class Generated:
    """A matrix M of which the residual is G H^T.

    displacement    the pair and the kind of equation
    G, H            (m, k) and (n, k): the displacement rank is at most k = `bound`
    matrix          M itself, (m, n)
    ring            the field of all entries
    """

    displacement: Displacement
    G: Array
    H: Array
    matrix: Array
    ring: Ring

    @property
    def bound(self) -> int:
        """The number of columns of G: an upper bound for the displacement rank."""
        return int(self.G.shape[1])

    @property
    def shape(self) -> tuple[int, int]:
        """(m, n)."""
        return self.matrix.shape[0], self.matrix.shape[1]

    def residual(self) -> Array:
        """Return G H^T."""
        return matmul(self.ring, self.G, self.H.T)

    def holds(self) -> bool:
        """Whether the residual of the matrix is G H^T, by exact computation."""
        return equal(displace(self.matrix, self.displacement, self.ring), self.residual())

    def shortest(self) -> Generated:
        """Return the same matrix with a generator of least length, the displacement rank."""
        R, _, columns = echelon(self.residual(), self.ring)
        G, H = self.residual()[:, columns], R[: len(columns)].T.copy()
        return Generated(self.displacement, G, H, self.matrix, self.ring)


def generated(M: Any, d: Displacement, ring: Ring | None = None) -> Generated:
    """Return M with a generator of least length.

    >>> from ldrtheory import Sylvester, shift
    >>> generated([[1, 2], [3, 1]], Sylvester(shift(f=1), shift(f=-1))).bound
    2
    """
    ring = d.ring(M) if ring is None else ring
    M = array(ring, M)
    return Generated(d, *generators_of(M, d, ring), M, ring)


def from_generators(G: Any, H: Any, d: Displacement, ring: Ring | None = None) -> Generated:
    """Return the matrix that (G, H) determine; raise NotInvertible if they do not."""
    ring = d.ring(G, H) if ring is None else ring
    G, H = array(ring, G), array(ring, H)
    return Generated(d, G, H, recover(G, H, d, ring), ring)


def side_by_side(ring: Ring, rows: int, *parts: Array) -> Array:
    """Return the parts next to each other; also for no part, or parts without columns."""
    return np.concatenate([zeros(ring, rows, 0), *parts], axis=1)


def factorised(M: Array, ring: Ring) -> tuple[Array, Array]:
    """Return (U, V) with M = U V^T and rank(M) columns."""
    R, _, columns = echelon(M, ring)
    return M[:, columns], R[: len(columns)].T.copy()


def difference(first: Operator, second: Operator, n: int, ring: Ring) -> tuple[Array, Array]:
    """Return (U, V) with first - second = U V^T and as many columns as that rank.  Cost: sparse where they agree."""
    places: dict[tuple[int, int], Any] = {}
    for sign, op in ((1, first), (-1, second)):
        for i, j, x in op.terms(op.sized(n)):
            value = ring(x) if sign > 0 else -ring(x)
            places[i, j] = places[i, j] + value if (i, j) in places else value
    places = {at: x for at, x in places.items() if not ring.is_zero(x)}
    rows, columns = sorted({i for i, _ in places}), sorted({j for _, j in places})
    core = zeros(ring, len(rows), len(columns))
    for (i, j), x in places.items():
        core[rows.index(i), columns.index(j)] = x
    u, v = factorised(core, ring)
    U, V = zeros(ring, n, u.shape[1]), zeros(ring, n, u.shape[1])
    U[rows], V[columns] = u, v
    return U, V
