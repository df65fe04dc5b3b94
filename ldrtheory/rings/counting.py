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
    """

    additions: int = 0
    multiplications: int = 0
    divisions: int = 0
    scalings: int = 0


class Counted(Opaque):
    """An element that adds one to its counter for every operation that costs something.

    Operations with the constants 0, 1 and -1 are free (they are data movement), as is negation.
    """

    __slots__ = ("constant", "counter")

    def __init__(self, counter: Counter, constant: Any = None) -> None:
        self.counter = counter
        self.constant = constant  # None: depends on parameters or inputs; else the rational number it is

    def _read(self, other: Any) -> Counted:
        if isinstance(other, Counted):
            return other
        pair = as_fraction(other)
        if pair is None:
            raise refuse(Counts(self.counter), other)
        return Counted(self.counter, pair)

    def __add__(self, other: Any) -> Counted:
        other = self._read(other)
        if self.constant is not None and self.constant[0] == 0:
            return other
        if other.constant is not None and other.constant[0] == 0:
            return self
        self.counter.additions += 1
        return Counted(self.counter)

    __radd__ = __sub__ = __rsub__ = __add__

    def __mul__(self, other: Any) -> Counted:
        other = self._read(other)
        for x, y in ((self, other), (other, self)):
            if x.constant is not None:
                if x.constant[0] == 0:
                    return Counted(self.counter, (0, 1))
                if x.constant in ((1, 1), (-1, 1)):
                    return y
        if self.constant is not None or other.constant is not None:
            self.counter.scalings += 1
        else:
            self.counter.multiplications += 1
        return Counted(self.counter)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Counted:
        return self * self._read(other).inverse()

    def __rtruediv__(self, other: Any) -> Counted:
        return self._read(other) * self.inverse()

    def inverse(self) -> Counted:
        """Return 1/x at the price of one division."""
        if self.constant in ((1, 1), (-1, 1)):
            return self
        self.counter.divisions += 1
        return Counted(self.counter)

    def __neg__(self) -> Counted:
        return self

    def __repr__(self) -> str:
        return "Counted()" if self.constant is None else f"Counted({self.constant[0]}/{self.constant[1]})"


def Counts(counter: Counter) -> Analysis:
    """Return the ring whose elements count their operations in `counter`.

    >>> counter = Counter()
    >>> ring = Counts(counter)
    >>> _ = ring.parameter * ring.parameter + ring.parameter * 2 + 0
    >>> counter.multiplications, counter.scalings, counter.additions
    (1, 1, 1)
    """
    seed = Counted(counter)
    return Analysis("counts", seed._read, parameter=seed, constant=Counted(counter, (1, 2)))
