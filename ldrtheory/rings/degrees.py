"""The total degree of a construction's entries in its parameters.

DEGREES     numerator and denominator degree (upper bounds: cancellation in sums and products is ignored)
Degree      an element

A denominator is a product of the values that were inverted on the way.  Each inversion is a factor of its own, so a
sum of two fractions gets their least common multiple in these factors as its denominator, not their product.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ldrtheory.rings.opaque import Analysis, Opaque, is_constant_zero
from ldrtheory.rings.ring import no_inverse, refuse


class Inverted:
    """The value that one inversion divided by: a factor of denominators, of the given degree."""

    __slots__ = ("degree",)

    def __init__(self, degree: int) -> None:
        self.degree = degree


class Degree(Opaque):
    """A bound of the degrees of a rational function: that of the numerator (None: zero) and the denominator's factors.

    factors     inverted value -> multiplicity.  Elements are shared between values (all parameters are one element),
                so two inversions of one element count as different factors.
    """

    __slots__ = ("factors", "numerator")

    def __init__(self, numerator: int | None, factors: Mapping[Inverted, int] | None = None) -> None:
        self.numerator = numerator
        self.factors = dict(factors or {})

    @property
    def denominator(self) -> int:
        """The degree of the denominator."""
        return sum(factor.degree * times for factor, times in self.factors.items())

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
        common = Degree(0, self.factors)
        for factor, times in other.factors.items():
            common.factors[factor] = max(times, common.factors.get(factor, 0))
        total = common.denominator
        common.numerator = max(x.numerator + total - x.denominator for x in (self, other))  # type: ignore[operator]
        return common

    __radd__ = __sub__ = __rsub__ = __add__

    def __mul__(self, other: Any) -> Degree:
        other = Degree._read(other)
        if self.numerator is None or other.numerator is None:
            return Degree(None)
        product = Degree(self.numerator + other.numerator, self.factors)
        for factor, times in other.factors.items():
            product.factors[factor] = times + product.factors.get(factor, 0)
        return product

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Degree:
        return self * Degree._read(other).inverse()

    def __rtruediv__(self, other: Any) -> Degree:
        return Degree._read(other) * self.inverse()

    def inverse(self) -> Degree:
        """Return the degrees of 1/x."""
        if self.numerator is None:
            raise no_inverse(DEGREES, "0")
        return Degree(self.denominator, {Inverted(self.numerator): 1} if self.numerator else {})

    def __neg__(self) -> Degree:
        return self

    def __repr__(self) -> str:
        return f"Degree({self.numerator}, {self.denominator})"


DEGREES = Analysis("degrees", Degree._read, parameter=Degree(1), constant=Degree(0))
