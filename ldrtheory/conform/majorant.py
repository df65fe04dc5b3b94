"""What a construction computes, enclosed, and how far any order of its operations can be from that.

Majorants       a ring of such elements, over balls of the given precision
Majorant        an element: value, sum of the absolute values of the terms, depth of the roundings, stages
ANGLE           roundings of a cosine
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

from flint import acb, ctx

from ldrtheory.errors import NotInRing
from ldrtheory.rings import Balls
from ldrtheory.rings.opaque import Opaque
from ldrtheory.rings.ring import Ring, as_fraction, refuse

ANGLE: Final = 20  # 3 |angle| + 1 <= 6 pi + 1


class Majorant(Opaque):
    """A number as a construction obtains it from parameters.

    value   a ball around it
    bound   the sum of the absolute values of the products of which it is the sum, an upper bound
    factor  the same for use as a factor or divisor: the sum of two exact numbers rounds once, so its absolute value
    depth   a computed value is a sum of these products, each times at most `depth` factors 1 + d
    stages  how many products follow each other
    whole   whether it is a polynomial with integer coefficients in the parameters
    known   whether no parameter enters: then it is prepared beforehand, and its roundings do not add up
    """

    __slots__ = ("bound", "depth", "factor", "known", "ring", "stages", "value", "whole")

    def __init__(
        self,
        ring: Majorants,
        value: acb,
        bound: float,
        depth: int = 0,
        stages: int = 0,
        whole: bool = True,
        known: bool = False,
        factor: float | None = None,
    ) -> None:
        self.ring, self.value, self.bound = ring, value, bound
        self.factor = bound if factor is None else factor
        self.depth, self.stages, self.whole, self.known = depth, stages, whole, known

    def __add__(self, other: Any) -> Majorant:
        other = self.ring.read(other)
        if self.known and other.known:
            return self.ring.constant(self.value + other.value, self.whole and other.whole)
        for x, y in ((self, other), (other, self)):
            if x.known and x.bound == 0:
                return y
        value = self.value + other.value
        exact = self.depth == other.depth == 0
        return Majorant(
            self.ring,
            value,
            self.bound + other.bound,
            max(self.depth, other.depth) + 1,
            max(self.stages, other.stages),
            self.whole and other.whole,
            factor=float(abs(value).upper()) if exact else None,
        )

    __radd__ = __add__

    def __neg__(self) -> Majorant:
        return Majorant(
            self.ring, -self.value, self.bound, self.depth, self.stages, self.whole, self.known, self.factor
        )

    def __sub__(self, other: Any) -> Majorant:
        return self + -self.ring.read(other)

    def __rsub__(self, other: Any) -> Majorant:
        return self.ring.read(other) + -self

    def __mul__(self, other: Any) -> Majorant:
        other = self.ring.read(other)
        value = self.value * other.value
        if self.known and other.known:
            return self.ring.constant(value, self.whole and other.whole)
        for x, y in ((self, other), (other, self)):
            if x.known and x.bound == 0:
                return x
            if x.known and x.bound == 1 and x.whole and x.depth == 0:
                return Majorant(self.ring, value, y.bound, y.depth, y.stages, y.whole, factor=y.factor)
        return Majorant(
            self.ring,
            value,
            self.factor * other.factor + self.ring.floor,
            self.depth + other.depth + 1,
            self.stages + other.stages + 1,
            self.whole and other.whole,
        )

    __rmul__ = __mul__

    def inverse(self) -> Majorant:
        """Return 1/x: a computed x' with |x' - x| <= e gives |1/x' - 1/x| <= e / (|x| (|x| - e))."""
        value = 1 / self.value
        if self.known:
            return self.ring.constant(value, False)
        least = float(self.value.abs_lower())
        error = math.expm1(self.depth * self.ring.unit) * self.factor
        if least <= 2 * error:
            return Majorant(self.ring, value, math.inf, 0, 0, False)
        bound = self.factor / least / (least - error) + self.ring.floor
        return Majorant(self.ring, value, bound, self.depth + 1, self.stages + 1, False)

    def __truediv__(self, other: Any) -> Majorant:
        return self * self.ring.read(other).inverse()

    def __rtruediv__(self, other: Any) -> Majorant:
        return self.ring.read(other) * self.inverse()

    def __repr__(self) -> str:
        return f"Majorant({self.value}, bound={self.bound:.3g}, depth={self.depth})"


@dataclass(frozen=True, repr=False)
class Majorants(Ring):
    """The ring of majorants over balls of `bits` bits.

    unit: of the arithmetic that is judged (inverses need it).  floor: what one product may lose below the normal
    range, in units of the unit roundoff.  Run inside `with ctx.workprec(bits)`: balls take the precision from there.
    """

    bits: int = 192
    unit: float = 2.0**-53
    floor: float = 0.0
    name: str = field(default="majorants", init=False)
    exact: bool = field(default=False, init=False)

    @property
    def zero(self) -> Majorant:
        return self.read(0)

    @property
    def one(self) -> Majorant:
        return self.read(1)

    def __call__(self, value: Any) -> Majorant:
        return self.read(value)

    def read(self, value: Any) -> Majorant:
        """Return an element as it is, a number as a constant."""
        if isinstance(value, Majorant):
            return value
        pair = as_fraction(value)
        if pair is None and not isinstance(value, str):
            raise refuse(self, value)
        ball = Balls(self.bits)(value if pair is None else Fraction(*pair))
        if pair is not None and not ball.is_exact():  # a fraction such as 1/3
            return Majorant(self, ball, float(abs(ball).upper()), 1, 0, False, True)
        return self.constant(ball, pair is not None and pair[1] == 1)

    def constant(self, value: acb, whole: bool) -> Majorant:
        """Return a number that no parameter enters: exact if it is a short dyadic number, else rounded once.

        Cosines and sines, known by their balls, are allowed ANGLE units, absolutely: those of an angle of at most
        2 pi that was rounded three times, and of the function itself.
        """
        size = float(abs(value).upper())
        if not value.is_exact():
            return Majorant(self, value, max(1.0, size), ANGLE, 0, False, True)
        return Majorant(self, value, size, 0 if _short(value) else 1, 0, whole, True)

    def parameter(self, value: Any) -> Majorant:
        """Return a parameter of the given value, exact as it is given."""
        ball = Balls(self.bits)(value)
        return Majorant(self, ball, abs(complex(value)), 0, 0, _integral(complex(value)))

    def inverse(self, x: Majorant) -> Majorant:
        return self.read(x).inverse()

    def conjugate(self, x: Majorant) -> Majorant:
        x = self.read(x)
        flipped = acb(x.value.real, -x.value.imag)
        return Majorant(self, flipped, x.bound, x.depth, x.stages, x.whole, x.known, x.factor)

    def root_of_unity(self, n: int) -> Majorant:
        """Return exp(2 pi i / n), a constant."""
        return self.constant(Balls(self.bits).root_of_unity(n), n == 1)  # cos pi may come rounded

    def square_root(self, n: Fraction) -> Majorant:
        """Return the square root of a positive rational, a constant."""
        with ctx.workprec(self.bits):
            return self.constant(Balls(self.bits)(n).sqrt(), False)

    def is_zero(self, x: Any) -> bool:
        raise NotInRing("a majorant has no truth value: constructions branch on shapes, never on entries.")


def _integral(z: complex) -> bool:
    return z.real == int(z.real) and z.imag == int(z.imag)


def _short(value: acb) -> bool:
    """Whether an exact constant is exact in every format: at most 8 significant bits in each part."""
    return all(abs(int(part.man_exp()[0])).bit_length() <= 8 for part in (value.real, value.imag))
