"""The two displacement equations, and what is asked of them first.

Sylvester(A, B)     A M - M B
Stein(A, B)         M - A M B
displace            the residual L of a matrix
generators          G, H of least length with L = G H^T
displacement_rank   the rank of L
displacement        (kind, left, right) from names, arrays and operators
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from ldrtheory.elimination import echelon, rank
from ldrtheory.errors import BadInput, ShapeMismatch
from ldrtheory.linalg import Array, array
from ldrtheory.operators.composed import dense
from ldrtheory.operators.operator import Operator
from ldrtheory.rings import Ring, ring_of


@dataclass(frozen=True)
class Displacement(ABC):
    """An equation kind and its two operator matrices; rectangular M is fine: sizes follow M."""

    left: Operator
    right: Operator
    kind: ClassVar[str]

    def __post_init__(self) -> None:
        for side in ("left", "right"):
            operator = getattr(self, side)
            if not isinstance(operator, Operator):
                if isinstance(operator, np.ndarray | list | tuple):
                    object.__setattr__(self, side, dense(operator))
                else:
                    raise BadInput(
                        f"{type(self).__name__} wants an operator or a square array on the {side}; "
                        f"got {operator!r} ({type(operator).__name__}): use shift(f=1), diagonal([...]), dense(...)."
                    )

    @abstractmethod
    def residual(self, M: Array, ring: Ring) -> Array:
        """Return the residual of M, an array over `ring`."""

    def spec(self) -> dict[str, Any]:
        """Return the displacement as certificate data."""
        return {"kind": self.kind, "left": self.left.spec(), "right": self.right.spec()}

    def values(self) -> tuple[Any, ...]:
        """Return all parameters of both operators."""
        return (*self.left.values(), *self.right.values())

    def ring(self, *arrays: Any) -> Ring:
        """Return the smallest exact ring that holds the parameters and the entries of the arrays."""
        return ring_of(self.values() or [0], *arrays)

    @abstractmethod
    def latex(self) -> str:
        """Return the displacement map as LaTeX."""

    def _repr_latex_(self) -> str:
        return f"${self.latex()}$"

    def __str__(self) -> str:
        return f"{type(self).__name__}({self.left.text()}, {self.right.text()})"


@dataclass(frozen=True)
class Sylvester(Displacement):
    """The displacement A M - M B.

    >>> from ldrtheory import shift
    >>> print(Sylvester(shift(f=1), shift(f=-1)))
    Sylvester(shift(1), shift(-1))
    """

    kind: ClassVar[str] = "sylvester"

    def residual(self, M: Array, ring: Ring) -> Array:
        return self.left.times(M, ring) - self.right.rtimes(M, ring)

    def latex(self) -> str:
        return rf"M \mapsto {self.left.latex()} M - M {self.right.latex()}"


@dataclass(frozen=True)
class Stein(Displacement):
    """The displacement M - A M B."""

    kind: ClassVar[str] = "stein"

    def residual(self, M: Array, ring: Ring) -> Array:
        return M - self.right.rtimes(self.left.times(M, ring), ring)

    def latex(self) -> str:
        return rf"M \mapsto M - {self.left.latex()} M {self.right.latex()}"


def displace(M: Any, d: Displacement, ring: Ring | None = None) -> Array:
    """Return the residual L: A M - M B (Sylvester) or M - A M B (Stein).

    M: (m, n).  Returns (m, n) over `ring` (default: the smallest that holds everything).

    >>> from ldrtheory import shift
    >>> displace([[1, 2], [3, 1]], Sylvester(shift(f=1), shift(f=-1))).tolist()
    [[1, 2], [0, 5]]
    """
    ring = d.ring(M) if ring is None else ring
    table = array(ring, M)
    if table.ndim != 2 or 0 in table.shape:
        raise ShapeMismatch(f"a matrix with at least one row and column is wanted; got shape {table.shape}.")
    return d.residual(table, ring)


def generators(M: Any, d: Displacement, ring: Ring | None = None) -> tuple[Array, Array]:
    """Return (G, H) of least length r with L = G H^T.

    G: (m, r), the pivot columns of L.  H: (n, r).  Any two such pairs differ by (G S, H S^-T), S invertible.

    >>> from ldrtheory import shift
    >>> G, H = generators([[1, 2], [3, 1]], Sylvester(shift(f=1), shift(f=-1)))
    >>> (G @ H.T).tolist()
    [[1, 2], [0, 5]]
    """
    ring = d.ring(M) if ring is None else ring
    L = displace(M, d, ring)
    R, _, columns = echelon(L, ring)
    return L[:, columns], R[: len(columns)].T.copy()


def displacement_rank(M: Any, d: Displacement, ring: Ring | None = None) -> int:
    """Return the rank of the residual, by exact elimination; for matrices at size use `verify`.

    >>> from ldrtheory import shift
    >>> displacement_rank([[1, 2], [3, 1]], Sylvester(shift(f=1), shift(f=-1)))
    2
    """
    ring = d.ring(M) if ring is None else ring
    return rank(displace(M, d, ring), ring)
