"""The operations that a construction performs.

Counts(counter)     the ring whose elements count in `counter`
Counter             running totals of additions, multiplications, divisions, scalings
Counted             an element
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ldrtheory.rings.opaque import Analysis, Opaque
from ldrtheory.rings.ring import as_fraction, refuse


@dataclass
class Counter:
    """Running totals of the operations done on Counted elements.

    additions, multiplications, divisions   operations between two non-constant operands
    scalings                                multiplications of a non-constant by a constant other than 0, 1, -1
    preparation                             all of these that involve weights alone, where weights are told apart
    """

    additions: int = 0
    multiplications: int = 0
    divisions: int = 0
    scalings: int = 0
    preparation: int = 0


class Counted(Opaque):
    """An element that adds one to its counter for every operation that costs something.

    Operations with the constants 0, 1 and -1 are free (they are data movement), as is negation.
    """

    __slots__ = ("constant", "counter", "live")

    def __init__(self, counter: Counter, constant: Any = None, live: bool = True) -> None:
        self.counter = counter
        self.constant = constant  # None: depends on parameters or inputs; else the rational number it is
        self.live = live  # what is done with it counts each time, not as preparation

    def _spent(self, kind: str, other: Counted) -> Counted:
        """The result of an operation, after counting it."""
        live = self.live or other.live
        name = kind if live else "preparation"
        setattr(self.counter, name, getattr(self.counter, name) + 1)
        return Counted(self.counter, live=live)

    def _read(self, other: Any) -> Counted:
        if isinstance(other, Counted):
            return other
        pair = as_fraction(other)
        if pair is None:
            raise refuse(Counts(self.counter), other)
        return Counted(self.counter, pair, self.live)

    def __add__(self, other: Any) -> Counted:
        other = self._read(other)
        if self.constant is not None and self.constant[0] == 0:
            return other
        if other.constant is not None and other.constant[0] == 0:
            return self
        return self._spent("additions", other)

    __radd__ = __sub__ = __rsub__ = __add__

    def __mul__(self, other: Any) -> Counted:
        other = self._read(other)
        for x, y in ((self, other), (other, self)):
            if x.constant is not None:
                if x.constant[0] == 0:
                    return Counted(self.counter, (0, 1), self.live and other.live)
                if x.constant in ((1, 1), (-1, 1)):
                    return y
        scaling = self.constant is not None or other.constant is not None
        return self._spent("scalings" if scaling else "multiplications", other)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Counted:
        return self * self._read(other).inverse()

    def __rtruediv__(self, other: Any) -> Counted:
        return self._read(other) * self.inverse()

    def inverse(self) -> Counted:
        """Return 1/x at the price of one division."""
        if self.constant in ((1, 1), (-1, 1)):
            return self
        return self._spent("divisions", self)

    def __neg__(self) -> Counted:
        return self

    def __repr__(self) -> str:
        return "Counted()" if self.constant is None else f"Counted({self.constant[0]}/{self.constant[1]})"


def Counts(counter: Counter, weights: bool = False) -> Analysis:
    """Return the ring whose elements count their operations in `counter`.

    weights: the parameters are known long before the inputs; what is done with them alone counts as preparation.

    >>> counter = Counter()
    >>> ring = Counts(counter)
    >>> _ = ring.parameter * ring.parameter + ring.parameter * 2 + 0
    >>> counter.multiplications, counter.scalings, counter.additions
    (1, 1, 1)
    """
    seed = Counted(counter, live=not weights)
    return Analysis("counts", seed._read, parameter=seed, constant=Counted(counter, (1, 2), not weights))
