"""The total degree of a construction's entries in its parameters.

DEGREES     numerator and denominator degree (upper bounds: cancellation is ignored)
Degree      an element
"""

from __future__ import annotations

from typing import Any

from ldrtheory.rings.opaque import Analysis, Opaque, is_constant_zero
from ldrtheory.rings.ring import no_inverse, refuse


class Degree(Opaque):
    """A bound (numerator degree, denominator degree) of a rational function; numerator None means zero."""

    __slots__ = ("denominator", "numerator")

    def __init__(self, numerator: int | None, denominator: int = 0) -> None:
        self.numerator = numerator
        self.denominator = denominator

    @staticmethod
    def _read(other: Any) -> Degree:
        if isinstance(other, Degree):
            return other
        zero = is_constant_zero(other)
        if zero is None:
            raise refuse(DEGREES, other)
        return Degree(None if zero else 0)

    def __add__(self, other: Any) -> Degree:
        other = Degree._read(other)
        if self.numerator is None:
            return other
        if other.numerator is None:
            return self
        if self.denominator == other.denominator == 0:
            return Degree(max(self.numerator, other.numerator))
        return Degree(
            max(self.numerator + other.denominator, other.numerator + self.denominator),
            self.denominator + other.denominator,
        )

    __radd__ = __sub__ = __rsub__ = __add__

    def __mul__(self, other: Any) -> Degree:
        other = Degree._read(other)
        if self.numerator is None or other.numerator is None:
            return Degree(None)
        return Degree(self.numerator + other.numerator, self.denominator + other.denominator)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Degree:
        return self * Degree._read(other).inverse()

    def __rtruediv__(self, other: Any) -> Degree:
        return Degree._read(other) * self.inverse()

    def inverse(self) -> Degree:
        """Return the degrees of 1/x."""
        if self.numerator is None:
            raise no_inverse(DEGREES, "0")
        return Degree(self.denominator, self.numerator)

    def __neg__(self) -> Degree:
        return self

    def __repr__(self) -> str:
        return f"Degree({self.numerator}, {self.denominator})"


DEGREES = Analysis("degrees", Degree._read, parameter=Degree(1), constant=Degree(0))
