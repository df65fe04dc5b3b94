"""Proofs that a direction changes no entry: values with symbolic derivatives, forgotten as soon as that is sound.

Polynomial      sparse polynomials with integer or rational coefficients
Moving          a value, and its derivative along the direction, as polynomials
Directions      the ring of moving values; `still` reads the verdict

A value v whose derivative is q v is replaced by a fresh symbol y with derivative q y: an identity that holds for
an independent y holds for v.  So polynomials stay small, and a derivative that comes out as 0 is 0 identically.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from ldrtheory.errors import NotInRing, NotInvertible, Undecided
from ldrtheory.rings import CyclotomicNumber, Ring
from ldrtheory.rings.opaque import Opaque
from ldrtheory.rings.ring import as_fraction

Monomial = tuple[int, ...]
MOST_TERMS = 4096


class Polynomial:
    """A sparse polynomial: sorted tuples of symbols (with repetition) to coefficients other than 0."""

    __slots__ = ("terms",)

    def __init__(self, terms: dict[Monomial, Any]) -> None:
        self.terms = terms

    @staticmethod
    def constant(c: Any) -> Polynomial:
        return Polynomial({(): c} if c else {})

    @staticmethod
    def symbol(number: int) -> Polynomial:
        return Polynomial({(number,): 1})

    def plus(self, other: Polynomial, scale: Any = 1) -> Polynomial:
        """Return self + scale * other."""
        if not other.terms:
            return self
        terms = dict(self.terms)
        for monomial, c in other.terms.items():
            total = terms.get(monomial, 0) + scale * c
            if total:
                terms[monomial] = total
            else:
                terms.pop(monomial, None)
        return Polynomial(terms)

    def __add__(self, other: Polynomial) -> Polynomial:
        return self.plus(other)

    def __sub__(self, other: Polynomial) -> Polynomial:
        return self.plus(other, -1)

    def __neg__(self) -> Polynomial:
        return Polynomial({m: -c for m, c in self.terms.items()})

    def __mul__(self, other: Polynomial) -> Polynomial:
        if len(self.terms) * len(other.terms) > MOST_TERMS:
            raise Undecided("the polynomials of an identity grow too long")
        terms: dict[Monomial, Any] = {}
        for a, x in self.terms.items():
            for b, y in other.terms.items():
                monomial = tuple(sorted(a + b)) if a and b else a or b
                terms[monomial] = terms.get(monomial, 0) + x * y
        return Polynomial({m: c for m, c in terms.items() if c})

    def over(self, other: Polynomial) -> Polynomial | None:
        """Return the quotient if `other` divides self, by leading terms in the order of degree, then symbols."""
        if not self.terms:
            return self
        lead = max(other.terms, key=_order)
        quotient, rest = Polynomial({}), self
        for _ in range(4 * len(self.terms)):
            top = max(rest.terms, key=_order)
            monomial = _quotient(top, lead)
            if monomial is None:
                return None
            c = Fraction(rest.terms[top]) / other.terms[lead]
            term = Polynomial({monomial: int(c) if c.denominator == 1 else c})
            quotient, rest = quotient + term, rest - term * other
            if not rest.terms:
                return quotient
        return None


def _order(monomial: Monomial) -> tuple[int, Monomial]:
    return len(monomial), tuple(-s for s in monomial)


def _quotient(top: Monomial, lead: Monomial) -> Monomial | None:
    left = list(top)
    for s in lead:
        if s not in left:
            return None
        left.remove(s)
    return tuple(left)


class Moving(Opaque):
    """A value with its derivative."""

    __slots__ = ("ring", "tangent", "value")

    def __init__(self, ring: Directions, value: Polynomial, tangent: Polynomial) -> None:
        self.ring, self.value, self.tangent = ring, value, tangent

    def __add__(self, other: Any) -> Moving:
        other = self.ring(other)
        return self.ring.settled(self.value + other.value, self.tangent + other.tangent)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Moving:
        other = self.ring(other)
        return self.ring.settled(self.value - other.value, self.tangent - other.tangent)

    def __rsub__(self, other: Any) -> Moving:
        return self.ring(other) - self

    def __neg__(self) -> Moving:
        return Moving(self.ring, -self.value, -self.tangent)

    def __mul__(self, other: Any) -> Moving:
        other = self.ring(other)
        tangent = self.value * other.tangent + self.tangent * other.value
        return self.ring.settled(self.value * other.value, tangent)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Moving:
        return self * self.ring.inverse(other)

    def __rtruediv__(self, other: Any) -> Moving:
        return self.ring(other) * self.ring.inverse(self)


@dataclass(repr=False)
class Directions(Ring):
    """The ring of moving values.

    >>> ring = Directions()
    >>> u, v = ring.symbol(), ring.symbol()
    >>> x, y = ring.moving(u, u), ring.moving(v, -v)
    >>> ring.still(x * y), ring.still(x + y)
    (True, False)
    """

    name: str = field(default="directions", init=False)
    exact: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self._symbols = 0
        self._known: dict[Any, Moving] = {}

    def symbol(self) -> Polynomial:
        """Return a fresh symbol."""
        self._symbols += 1
        return Polynomial.symbol(self._symbols)

    def moving(self, value: Polynomial, tangent: Polynomial) -> Moving:
        """Return the value with the given derivative."""
        return Moving(self, value, tangent)

    @property
    def zero(self) -> Moving:
        return Moving(self, Polynomial({}), Polynomial({}))

    @property
    def one(self) -> Moving:
        return Moving(self, Polynomial({(): 1}), Polynomial({}))

    def __call__(self, value: Any) -> Moving:
        if isinstance(value, Moving):
            return value
        if isinstance(value, CyclotomicNumber):  # any number will do: a symbol that stands still
            return self._fresh(("constant", str(value)), Polynomial({}))
        pair = as_fraction(value)
        if pair is None:
            raise NotInRing(f"{value!r} is no constant of a parametrisation.")
        c = Fraction(*pair)
        return Moving(self, Polynomial.constant(int(c) if c.denominator == 1 else c), Polynomial({}))

    def root_of_unity(self, n: int) -> Moving:
        return self._fresh(("root", n), Polynomial({})) if n > 2 else super().root_of_unity(n)

    def is_zero(self, x: Any) -> bool:
        raise NotInRing(
            "a moving value has no truth value: constructions branch on shapes, never on entries."
        )

    def _fresh(self, key: Any, rate: Polynomial) -> Moving:
        """The symbol that stands for `key`, with derivative rate times itself."""
        if key not in self._known:
            y = self.symbol()
            self._known[key] = Moving(self, y, rate * y)
        return self._known[key]

    def settled(self, value: Polynomial, tangent: Polynomial) -> Moving:
        """Return the value, forgotten if its derivative is a multiple of it."""
        if len(value.terms) > 1 or any(len(m) > 4 for m in value.terms):
            rate = tangent.over(value)
            if rate is not None:
                return self._fresh(frozenset(value.terms.items()), rate)
        return Moving(self, value, tangent)

    def inverse(self, x: Any) -> Moving:
        """Return 1/x: a symbol y with derivative -q y where x has q x, else -y^2 dx."""
        x = self(x)
        if not x.value.terms:
            raise NotInvertible("0 has no inverse.")
        key = ("inverse", frozenset(x.value.terms.items()))
        rate = x.tangent.over(x.value)
        if rate is not None:
            return self._fresh(key, -rate)
        y = self._fresh(key, Polynomial({})).value
        return Moving(self, y, -(y * y * x.tangent))

    def still(self, x: Any) -> bool:
        """Whether the derivative is 0 identically."""
        return not self(x).tangent.terms
