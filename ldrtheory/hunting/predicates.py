"""What a conjecture may ask of its objects; every answer is exact, and can be certified afterwards.

rank            the displacement rank for a pair (default: Z_1 X - X Z_-1), as an integer
matrix_rank     the ordinary rank
product         the product of matrices
inverse         the inverse of a matrix; a singular one is outside the domain
is_bijective    is the displacement operator on matrices of a shape a bijection
is_equal        are two matrices equal
assume          leave the domain unless a condition holds
Ledger          what was asked while the ledger was open, with the answers: the statements of a certificate
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any, Final

from ldrtheory.certify import equality
from ldrtheory.elimination import determinant
from ldrtheory.elimination import inverse as inverse_of
from ldrtheory.elimination import rank as rank_of
from ldrtheory.linalg import Array, equal, matmul
from ldrtheory.linalg import identity as identity_matrix
from ldrtheory.operators.banded import shift
from ldrtheory.operators.composed import identity, zero
from ldrtheory.operators.displacement import Displacement, Sylvester, displacement_rank
from ldrtheory.operators.invertibility import is_invertible
from ldrtheory.rings import Ring, ring_of

SHIFTS: Final = Sylvester(shift(f=1), shift(f=-1))
ORDINARY: Final = Sylvester(identity(), zero())

Json = dict[str, Any]


class OutsideDomain(Exception):
    """The objects of this case do not meet the hypotheses."""


class Ledger:
    """The questions asked while it is open, and the margin of the last comparison of ranks.

    statements  functions that make the statement of each answer
    margin      left minus right side of the last comparison `rank <= bound`: how near the case is to a counterexample
    """

    open: Ledger | None = None
    margin: int | None = None
    ring: Ring | None = None

    def __init__(self) -> None:
        self.statements: list[Callable[[], Json]] = []

    def __enter__(self) -> Ledger:
        Ledger.open = self
        return self

    def __exit__(self, *_: object) -> None:
        Ledger.open = None


def _note(make: Callable[[], Json]) -> None:
    if Ledger.open is not None:
        Ledger.open.statements.append(make)


class Rank(int):
    """A rank; its comparisons leave behind by how much they fail."""

    def __le__(self, other: int) -> bool:
        Ledger.margin = int(self) - int(other)
        return Ledger.margin <= 0

    def __lt__(self, other: int) -> bool:
        Ledger.margin = int(self) - int(other) + 1
        return Ledger.margin <= 0

    def __ge__(self, other: int) -> bool:
        Ledger.margin = int(other) - int(self)
        return Ledger.margin <= 0

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, int):
            return NotImplemented
        Ledger.margin = abs(int(self) - int(other))
        return Ledger.margin == 0

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __add__(self, other: int) -> Rank:
        return Rank(int(self) + int(other))

    def __sub__(self, other: int) -> Rank:
        return Rank(int(self) - int(other))

    def __mul__(self, other: int) -> Rank:
        return Rank(int(self) * int(other))

    __radd__, __rmul__ = __add__, __mul__
    __hash__ = int.__hash__


def _ring(*arrays: Any) -> Ring:
    """The field of the case that is being tried, else the smallest that holds the entries."""
    return ring_of(*arrays) if Ledger.ring is None else Ledger.ring


def rank(X: Array, pair: Displacement = SHIFTS) -> Rank:
    """Return the displacement rank of X for the pair, exactly.

    >>> import numpy as np
    >>> rank(np.array([[1, 2], [3, 1]], dtype=object)) <= 2
    True
    """
    ring = _ring(X)
    r = displacement_rank(X, pair, ring)
    _note(lambda: equality.rank_exactly(X, r, pair, ring))
    return Rank(r)


def matrix_rank(X: Array) -> Rank:
    """Return the rank of a matrix, exactly."""
    ring = _ring(X)
    r = rank_of(X, ring)
    _note(lambda: equality.rank_exactly(X, r, ORDINARY, ring))
    return Rank(r)


def product(*factors: Array) -> Array:
    """Return the product of the matrices, left to right; a certificate then says that it is their product."""
    ring = _ring(*factors)
    out = reduce(lambda X, Y: matmul(ring, X, Y), factors)
    if len(factors) > 1:
        _note(lambda: equality.product_equals(list(factors), out, ring))
    return out


def inverse(X: Array) -> Array:
    """Return the inverse of X; a singular X is outside the domain."""
    ring = _ring(X)
    assume(not ring.is_zero(determinant(X, ring)))
    out = inverse_of(X, ring)
    _note(lambda: equality.product_equals([X, out], identity_matrix(ring, len(X)), ring))
    return out


def is_bijective(pair: Displacement, shape: tuple[int, int]) -> bool:
    """Return whether the displacement operator on matrices of the shape is a bijection."""
    ring = Ledger.ring or pair.ring()
    _note(lambda: equality.operator_is(pair, shape, ring))
    return is_invertible(pair, shape, ring)


def is_equal(X: Array, Y: Array) -> bool:
    """Return whether two matrices are equal."""
    ring = _ring(X, Y)
    same = equal(X, Y)
    _note(lambda: equality.equal(X, Y, ring) if same else equality.differ(X, Y, ring))
    return same


def assume(condition: bool) -> None:
    """Leave the domain of the conjecture unless the condition holds."""
    if not condition:
        raise OutsideDomain
