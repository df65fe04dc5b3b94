"""Analysis elements: run a construction over them and read off a fact about it.

DEGREES     total degree of numerator and denominator in the parameters (upper bounds, cancellation ignored)
COUNTS      additions and multiplications performed, through a Counter
SUPPORT     which entries can be nonzero
ROUNDINGS   the largest number k of factors (1 + delta) that a term of the computed value carries

They refuse comparison with numbers and truth tests: a construction that branches on an entry cannot be analysed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from ldrtheory.errors import NotInRing
from ldrtheory.rings.ring import Ring, as_fraction, no_inverse, refuse


def _constant(value: Any) -> bool | None:
    """Whether a plain number is zero (None: not a plain number)."""
    if isinstance(value, str):
        return value.strip("0. ") == ""
    pair = as_fraction(value)
    return None if pair is None else pair[0] == 0


class _Opaque:
    """Shared refusals of all analysis elements."""

    __slots__ = ()

    def __bool__(self) -> bool:
        raise NotInRing(
            "an analysis element has no truth value: constructions branch on shapes, never on entries."
        )

    def __eq__(self, other: object) -> bool:
        raise NotInRing(
            "analysis elements cannot be compared: constructions branch on shapes, never on entries."
        )

    __hash__ = None  # type: ignore[assignment]


class Degree(_Opaque):
    """A bound (numerator degree, denominator degree) of a rational function; numerator None means zero."""

    __slots__ = ("denominator", "numerator")

    def __init__(self, numerator: int | None, denominator: int = 0) -> None:
        self.numerator = numerator
        self.denominator = denominator

    @staticmethod
    def _read(other: Any) -> Degree:
        if isinstance(other, Degree):
            return other
        zero = _constant(other)
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


class Counted(_Opaque):
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


class Support(_Opaque):
    """Whether an entry can be nonzero; sums are unions, so cancellation is never assumed."""

    __slots__ = ("nonzero",)

    def __init__(self, nonzero: bool) -> None:
        self.nonzero = nonzero

    @staticmethod
    def _read(other: Any) -> Support:
        if isinstance(other, Support):
            return other
        zero = _constant(other)
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


class Rounding(_Opaque):
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


_CONSTANT = Fraction(1, 2)  # any constant other than 0, 1 and -1


@dataclass(frozen=True, repr=False)
class Analysis(Ring):
    """A ring of analysis elements; `parameter` is the element that stands for a free parameter."""

    name: str
    element: type
    read: Any
    parameter: Any
    exact: bool = field(default=False, init=False)

    @property
    def zero(self) -> Any:
        return self.read(0)

    @property
    def one(self) -> Any:
        return self.read(1)

    def __call__(self, value: Any) -> Any:
        return self.read(value)

    def inverse(self, x: Any) -> Any:
        return self.read(x).inverse()

    def is_zero(self, x: Any) -> bool:
        raise NotInRing(
            "an analysis element has no truth value: constructions branch on shapes, never on entries."
        )

    def root_of_unity(self, n: int) -> Any:
        """Return a constant: a root of unity carries no parameter."""
        return self.read(1) if n == 1 else Rounding(0) if self.element is Rounding else self.read(_CONSTANT)


DEGREES = Analysis("degrees", Degree, Degree._read, Degree(1))
SUPPORT = Analysis("support", Support, Support._read, Support(True))
ROUNDINGS = Analysis("roundings", Rounding, Rounding._read, Rounding(0))


def Counts(counter: Counter) -> Analysis:
    """Return the ring whose elements count their operations in `counter`.

    >>> counter = Counter()
    >>> ring = Counts(counter)
    >>> _ = ring.parameter * ring.parameter + ring.parameter * 2 + 0
    >>> counter.multiplications, counter.scalings, counter.additions
    (1, 1, 1)
    """
    seed = Counted(counter)
    return Analysis("counts", Counted, seed._read, seed)
