"""Approximate numbers that say so: float64 without guarantee, balls with one.

FLOAT64         IEEE binary64; answers computed here are `observed`
Balls(bits)     midpoint-radius balls (flint.acb); answers computed here are `enclosed`
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np
from flint import acb, arb, ctx, fmpq

from ldrtheory.errors import NotInRing
from ldrtheory.exactstrings import parse_complex, parse_rational
from ldrtheory.rings.ring import Ring, as_fraction, no_inverse, refuse


@dataclass(frozen=True, repr=False)
class Float64(Ring):
    """IEEE binary64, real or complex; nothing computed here is more than `observed`.

    >>> FLOAT64("1/3")
    0.3333333333333333
    """

    name: str = field(default="float64", init=False)
    exact: bool = field(default=False, init=False)

    @property
    def zero(self) -> float:
        return 0.0

    @property
    def one(self) -> float:
        return 1.0

    def __call__(self, value: Any) -> float | complex:
        if isinstance(value, complex | np.complexfloating):
            return complex(value)
        if isinstance(value, str):
            value = parse_rational(value)
        pair = as_fraction(value)
        if pair is not None:
            return float(Fraction(*pair))
        if hasattr(value, "__complex__"):
            return complex(value)
        raise refuse(self, value)

    def inverse(self, x: float) -> float:
        if x == 0:
            raise no_inverse(self, x)
        return 1 / x

    def conjugate(self, x: float | complex) -> float | complex:
        return x.conjugate()

    def root_of_unity(self, n: int) -> complex:
        """Return exp(2 pi i / n), rounded."""
        return complex(np.exp(2j * np.pi / n))


@dataclass(frozen=True, repr=False)
class Balls(Ring):
    """Complex balls of the given working precision in bits: every result encloses the true number.

    `is_zero` is true only for the exact zero; `contains_zero` asks whether zero is possible.

    >>> x = Balls(64)("1/3")
    >>> Balls(64).contains_zero(x * 3 - 1), Balls(64).is_zero(x * 3 - 1)
    (True, False)
    """

    bits: int = 128
    name: str = field(init=False)
    exact: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        if not isinstance(self.bits, int) or not 2 <= self.bits <= 2**20:
            raise NotInRing(f"Balls(bits) wants a precision between 2 and 2^20 bits; got {self.bits!r}.")
        object.__setattr__(self, "name", f"balls of {self.bits} bits")

    @property
    def zero(self) -> acb:
        return acb(0)

    @property
    def one(self) -> acb:
        return acb(1)

    def __call__(self, value: Any) -> acb:
        with ctx.workprec(self.bits):
            if isinstance(value, acb | arb):
                return acb(value)
            if isinstance(value, str):
                real, imaginary = parse_complex(value)
                return acb(self._real(real), self._real(imaginary))
            if isinstance(value, complex | np.complexfloating):
                return acb(self._real(value.real), self._real(value.imag))
            return acb(self._real(value))

    def _real(self, value: Any) -> arb:
        pair = as_fraction(value)
        if pair is None:
            raise refuse(self, value)
        return arb(fmpq(*pair))

    def inverse(self, x: acb) -> acb:
        if self.contains_zero(x):
            raise no_inverse(self, x)
        with ctx.workprec(self.bits):
            return 1 / x

    def conjugate(self, x: acb) -> acb:
        return acb(x.real, -x.imag)

    def root_of_unity(self, n: int) -> acb:
        """Return a ball around exp(2 pi i / n)."""
        with ctx.workprec(self.bits):
            return acb(arb(fmpq(2, n)).cos_pi(), arb(fmpq(2, n)).sin_pi())

    def is_zero(self, x: acb) -> bool:
        return bool(x == 0)

    def contains_zero(self, x: acb) -> bool:
        """Whether the ball contains zero."""
        return bool(acb(x).contains(0))


FLOAT64 = Float64()
