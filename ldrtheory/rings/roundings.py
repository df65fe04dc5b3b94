"""How deep the roundings of a construction go.

ROUNDINGS   the largest number k of factors (1 + delta) that a term of the computed value carries
Rounding    an element
"""

from __future__ import annotations

from typing import Any

from ldrtheory.rings.opaque import Analysis, Opaque
from ldrtheory.rings.ring import as_fraction, refuse


class Rounding(Opaque):
    """The k for which the computed value is a sum of terms times at most k factors (1 + delta), |delta| <= u.

    Sums take the larger depth plus one, products the sum of the depths plus one; constants 0, 1, -1 cost nothing.
    """

    __slots__ = ("depth", "trivial")

    def __init__(self, depth: int, trivial: int | None = None) -> None:
        self.depth = depth
        self.trivial = trivial  # 0, 1 or -1 when the value is that constant

    @staticmethod
    def _read(other: Any) -> Rounding:
        if isinstance(other, Rounding):
            return other
        pair = as_fraction(other)
        if pair is None:
            raise refuse(ROUNDINGS, other)
        return Rounding(0, pair[0] if pair[1] == 1 and pair[0] in (0, 1, -1) else None)

    def __add__(self, other: Any) -> Rounding:
        other = Rounding._read(other)
        if self.trivial == 0:
            return other
        if other.trivial == 0:
            return self
        return Rounding(max(self.depth, other.depth) + 1)

    __radd__ = __sub__ = __rsub__ = __add__

    def __mul__(self, other: Any) -> Rounding:
        other = Rounding._read(other)
        for x, y in ((self, other), (other, self)):
            if x.trivial == 0:
                return x
            if x.trivial in (1, -1):
                return Rounding(y.depth)
        return Rounding(self.depth + other.depth + 1)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Rounding:
        other = Rounding._read(other)
        return self if other.trivial in (1, -1) else Rounding(self.depth + other.depth + 1)

    def __rtruediv__(self, other: Any) -> Rounding:
        return Rounding._read(other) / self

    def inverse(self) -> Rounding:
        """Return 1/x at the price of one rounding."""
        return Rounding._read(1) / self

    def __neg__(self) -> Rounding:
        return Rounding(self.depth, None if self.trivial is None else -self.trivial)

    def __repr__(self) -> str:
        return f"Rounding({self.depth})"


ROUNDINGS = Analysis("roundings", Rounding._read, parameter=Rounding(0), constant=Rounding(0))
