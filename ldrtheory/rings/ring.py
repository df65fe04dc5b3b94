"""What every ring offers, in nine names; elements carry `+ - *` themselves.

Ring            the contract: name, zero, one, characteristic, call, inverse, conjugate, root_of_unity, is_zero
as_fraction     a Python or flint rational as a numerator and denominator
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from fractions import Fraction
from typing import Any

import numpy as np
from flint import fmpq, fmpz

from ldrtheory.errors import NotInRing, NotInvertible


class Ring(ABC):
    """A maker of elements: it reads values, and knows what `+ - *` alone cannot say.

    name            as a mathematician writes it, e.g. "Q", "GF(7)", "Q(zeta_8)"; also the field name in certificates
    characteristic  0 or a prime
    exact           whether equality of elements is equality of numbers
    """

    name: str
    characteristic: int = 0
    exact: bool = True

    @property
    @abstractmethod
    def zero(self) -> Any:
        """The neutral element of addition."""

    @property
    @abstractmethod
    def one(self) -> Any:
        """The neutral element of multiplication."""

    @abstractmethod
    def __call__(self, value: Any) -> Any:
        """Return `value` as an element, without loss; raise NotInRing where that is impossible."""

    @abstractmethod
    def inverse(self, x: Any) -> Any:
        """Return 1/x; raise NotInvertible if there is none."""

    def conjugate(self, x: Any) -> Any:
        """Return the complex conjugate of x (x itself in a real field)."""
        return x

    def root_of_unity(self, n: int) -> Any:
        """Return a primitive n-th root of unity; raise NotInRing where the ring has none."""
        if n == 1:
            return self.one
        if n == 2 and self.characteristic != 2:
            return -self.one
        raise NotInRing(f"{self.name} has no primitive root of unity of order {n}; use Cyclotomic({n}).")

    def is_zero(self, x: Any) -> bool:
        """Whether x is certainly zero."""
        return bool(x == self.zero)

    def __repr__(self) -> str:
        return self.name


def as_fraction(value: Any) -> tuple[int, int] | None:
    """Return (numerator, denominator) of an exact rational or binary float value, None if it is neither.

    A float is the dyadic rational it stores; NaN and infinities are refused with NotInRing.

    >>> as_fraction(0.5), as_fraction("x") is None
    ((1, 2), True)
    """
    if isinstance(value, bool | np.bool_ | int | np.integer | fmpz):
        return int(value), 1
    if isinstance(value, fmpq):
        return int(value.p), int(value.q)
    if isinstance(value, Fraction):
        return value.numerator, value.denominator
    if isinstance(value, float | np.floating):
        if not np.isfinite(value):
            raise NotInRing(f"{value!r} is not a number of any ring; remove NaN and infinite entries first.")
        numerator, denominator = value.as_integer_ratio()
        return int(numerator), int(denominator)
    if getattr(value, "is_Rational", False):  # sympy, without importing it
        return int(value.p), int(value.q)
    return None


def refuse(ring: Ring, value: Any) -> NotInRing:
    """Return the exception for a value that `ring` cannot hold."""
    return NotInRing(
        f"{value!r} ({type(value).__name__}) is not an element of {ring.name}; "
        f"wanted an integer, a Fraction, an exact string such as '-7/5', or an element of {ring.name}."
    )


def no_inverse(ring: Ring, x: Any) -> NotInvertible:
    """Return the exception for an element without inverse."""
    return NotInvertible(f"{x} has no inverse in {ring.name}.")
