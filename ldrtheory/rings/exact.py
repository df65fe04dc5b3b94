"""The exact prime rings: QQ, GF(p), and the Boolean semiring.

QQ          rational numbers; elements are flint.fmpq
GF(p)       integers modulo a prime p < 2^64; elements are flint.nmod
BOOL        truth values with or and and; products may not subtract
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from flint import fmpq, fmpz, nmod

from ldrtheory.errors import NotInRing
from ldrtheory.exactstrings import parse_rational
from ldrtheory.rings.ring import Ring, as_fraction, no_inverse, refuse


@dataclass(frozen=True, repr=False)
class RationalField(Ring):
    """The field Q; call it with an int, Fraction, float (its exact dyadic value) or exact string.

    >>> QQ("-7/5") + QQ(0.5)
    -9/10
    """

    name: str = field(default="Q", init=False)

    @property
    def zero(self) -> fmpq:
        return fmpq(0)

    @property
    def one(self) -> fmpq:
        return fmpq(1)

    def __call__(self, value: Any) -> fmpq:
        if isinstance(value, fmpq):
            return value
        if isinstance(value, str):
            value = parse_rational(value)
        pair = as_fraction(value)
        if pair is None:
            raise refuse(self, value)
        return fmpq(*pair)

    def inverse(self, x: fmpq) -> fmpq:
        if x == 0:
            raise no_inverse(self, x)
        return 1 / x


@dataclass(frozen=True, repr=False)
class PrimeField(Ring):
    """The field GF(p), p a prime below 2^64; rationals are read as numerator times inverse denominator.

    >>> F = GF(7)
    >>> F("1/2"), F.root_of_unity(3)
    (4, 4)
    """

    p: int
    name: str = field(init=False)
    characteristic: int = field(init=False)

    def __post_init__(self) -> None:
        if not isinstance(self.p, int) or not 2 <= self.p < 2**64 or not fmpz(self.p).is_prime():
            raise NotInRing(f"GF(p) wants a prime p below 2^64; got {self.p!r}.")
        object.__setattr__(self, "name", f"GF({self.p})")
        object.__setattr__(self, "characteristic", self.p)

    @property
    def zero(self) -> nmod:
        return nmod(0, self.p)

    @property
    def one(self) -> nmod:
        return nmod(1, self.p)

    def __call__(self, value: Any) -> nmod:
        if isinstance(value, nmod):
            if value.modulus() != self.p:
                raise refuse(self, value)
            return value
        if isinstance(value, str):
            value = parse_rational(value)
        pair = as_fraction(value)
        if pair is None:
            raise refuse(self, value)
        numerator, denominator = pair
        if denominator % self.p == 0:
            raise NotInRing(
                f"{numerator}/{denominator} has no value in {self.name}: its denominator is divisible "
                f"by {self.p}; choose another prime."
            )
        element = nmod(numerator % self.p, self.p)
        return element if denominator == 1 else element / nmod(denominator % self.p, self.p)

    def inverse(self, x: nmod) -> nmod:
        if x == 0:
            raise no_inverse(self, x)
        return self.one / x

    def root_of_unity(self, n: int) -> nmod:
        if n < 1 or (self.p - 1) % n:
            raise NotInRing(
                f"{self.name} has no primitive root of unity of order {n}: {n} does not divide {self.p} - 1; "
                f"choose a prime p = 1 mod {n}, or Cyclotomic({n})."
            )
        primes = [int(q) for q, _ in fmpz(n).factor()] if n > 1 else []
        for candidate in range(1, self.p):
            root = nmod(candidate, self.p) ** ((self.p - 1) // n)
            if all(root ** (n // q) != 1 for q in primes):
                return root
        raise NotInRing(f"{self.name} has no primitive root of unity of order {n}.")


class Truth:
    """An element of the Boolean semiring: `+` is or, `*` is and; there is no subtraction."""

    __slots__ = ("value",)

    def __init__(self, value: bool) -> None:
        self.value = bool(value)

    def __add__(self, other: Truth) -> Truth:
        return Truth(self.value or _truth(other).value)

    def __mul__(self, other: Truth) -> Truth:
        return Truth(self.value and _truth(other).value)

    __radd__ = __add__
    __rmul__ = __mul__

    def __sub__(self, other: object) -> Truth:
        raise NotInRing("the Boolean semiring has no subtraction; use a product rule that only adds.")

    __rsub__ = __sub__

    def __neg__(self) -> Truth:
        raise NotInRing("the Boolean semiring has no negatives; use a product rule that only adds.")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Truth | bool | int) and bool(self) == bool(other)

    def __bool__(self) -> bool:
        return self.value

    def __hash__(self) -> int:
        return hash(self.value)

    def __repr__(self) -> str:
        return "1" if self.value else "0"


def _truth(value: Any) -> Truth:
    if isinstance(value, Truth):
        return value
    if isinstance(value, bool | int | np.bool_ | np.integer) and value in (0, 1):
        return Truth(bool(value))
    raise NotInRing(f"{value!r} is not a truth value; wanted 0 or 1.")


@dataclass(frozen=True, repr=False)
class BooleanSemiring(Ring):
    """Truth values with `or` as sum and `and` as product: index masks live here.

    >>> BOOL(1) + BOOL(1)
    1
    """

    name: str = field(default="Boolean", init=False)

    @property
    def zero(self) -> Truth:
        return Truth(False)

    @property
    def one(self) -> Truth:
        return Truth(True)

    def __call__(self, value: Any) -> Truth:
        return _truth(value)

    def inverse(self, x: Truth) -> Truth:
        if not x:
            raise no_inverse(self, x)
        return x


QQ = RationalField()
BOOL = BooleanSemiring()


@lru_cache(maxsize=256)
def GF(p: int) -> PrimeField:
    """Return the field of p elements, p a prime below 2^64.

    >>> GF(5)(3) * GF(5)(4)
    2
    """
    return PrimeField(p)
