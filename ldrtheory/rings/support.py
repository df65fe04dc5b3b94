"""Which entries of a construction can be nonzero.

SUPPORT     the ring of possibly nonzero entries
Support     an element
"""

from __future__ import annotations

from typing import Any

from ldrtheory.rings.opaque import Analysis, Opaque, is_constant_zero
from ldrtheory.rings.ring import no_inverse, refuse


class Support(Opaque):
    """Whether an entry can be nonzero; sums are unions, so cancellation is never assumed."""

    __slots__ = ("nonzero",)

    def __init__(self, nonzero: bool) -> None:
        self.nonzero = nonzero

    @staticmethod
    def _read(other: Any) -> Support:
        if isinstance(other, Support):
            return other
        zero = is_constant_zero(other)
        if zero is None:
            raise refuse(SUPPORT, other)
        return Support(not zero)

    def __add__(self, other: Any) -> Support:
        return Support(self.nonzero or Support._read(other).nonzero)

    __radd__ = __sub__ = __rsub__ = __add__

    def __mul__(self, other: Any) -> Support:
        return Support(self.nonzero and Support._read(other).nonzero)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Support:
        return self * Support._read(other).inverse()

    def __rtruediv__(self, other: Any) -> Support:
        return Support._read(other) * self.inverse()

    def inverse(self) -> Support:
        """Return the support of 1/x."""
        if not self.nonzero:
            raise no_inverse(SUPPORT, "0")
        return self

    def __neg__(self) -> Support:
        return self

    def __repr__(self) -> str:
        return "*" if self.nonzero else "."


SUPPORT = Analysis("support", Support._read, parameter=Support(True), constant=Support(True))
