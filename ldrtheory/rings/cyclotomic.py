"""Cyclotomic fields Q(zeta_N), with the Gaussian rationals as N = 4.

Cyclotomic(N)       the field; zeta_N is a primitive N-th root of unity, exp(2 pi i / N) as a complex number
CyclotomicNumber    an element: a polynomial in zeta of degree below phi(N)
GAUSSIAN            Q(i) = Cyclotomic(4)
"""

from __future__ import annotations

import cmath
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np
from flint import fmpq, fmpq_poly, fmpz_poly

from ldrtheory.errors import NotInRing
from ldrtheory.exactstrings import parse_complex
from ldrtheory.rings.ring import Ring, as_fraction, no_inverse, refuse


@lru_cache(maxsize=256)
def _modulus(order: int) -> fmpq_poly:
    return fmpq_poly(fmpz_poly.cyclotomic(order))


class CyclotomicNumber:
    """An element of Q(zeta_N): exact, immutable, with `+ - * /` among itself and with rationals."""

    __slots__ = ("order", "poly")

    def __init__(self, order: int, poly: fmpq_poly) -> None:
        self.order = order
        self.poly = poly

    def _lift(self, other: Any) -> fmpq_poly | None:
        if isinstance(other, CyclotomicNumber):
            if other.order != self.order:
                raise NotInRing(
                    f"cannot combine elements of Q(zeta_{self.order}) and Q(zeta_{other.order}); "
                    "embed both into one field first."
                )
            return other.poly
        if isinstance(other, fmpq | int | np.integer | Fraction):
            return fmpq_poly([fmpq(*_pair(other))])
        return None

    def _make(self, poly: fmpq_poly) -> CyclotomicNumber:
        return CyclotomicNumber(self.order, poly)

    def __add__(self, other: Any) -> CyclotomicNumber:
        poly = self._lift(other)
        return NotImplemented if poly is None else self._make(self.poly + poly)

    __radd__ = __add__

    def __sub__(self, other: Any) -> CyclotomicNumber:
        poly = self._lift(other)
        return NotImplemented if poly is None else self._make(self.poly - poly)

    def __rsub__(self, other: Any) -> CyclotomicNumber:
        poly = self._lift(other)
        return NotImplemented if poly is None else self._make(poly - self.poly)

    def __mul__(self, other: Any) -> CyclotomicNumber:
        poly = self._lift(other)
        return NotImplemented if poly is None else self._make((self.poly * poly) % _modulus(self.order))

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> CyclotomicNumber:
        poly = self._lift(other)
        return NotImplemented if poly is None else self * self._make(poly).inverse()

    def __rtruediv__(self, other: Any) -> CyclotomicNumber:
        return self.inverse() * other

    def __neg__(self) -> CyclotomicNumber:
        return self._make(-self.poly)

    def __pow__(self, exponent: int) -> CyclotomicNumber:
        base = self if exponent >= 0 else self.inverse()
        result, exponent = self._make(fmpq_poly([1])), abs(exponent)
        while exponent:
            if exponent & 1:
                result = result * base
            base = base * base
            exponent >>= 1
        return result

    def inverse(self) -> CyclotomicNumber:
        """Return 1/x by the extended Euclidean algorithm modulo the cyclotomic polynomial."""
        if not self:
            raise no_inverse(Cyclotomic(self.order), self)
        _, inverse, _ = self.poly.xgcd(_modulus(self.order))
        return self._make(inverse % _modulus(self.order))

    def conjugate(self) -> CyclotomicNumber:
        """Return the complex conjugate: zeta goes to zeta^(N-1)."""
        terms = [fmpq(0)] * self.order
        for k, c in enumerate(self.poly.coeffs()):
            terms[-k % self.order] += c
        return self._make(fmpq_poly(terms) % _modulus(self.order))

    def coefficients(self) -> list[fmpq]:
        """Return the phi(N) rational coefficients of 1, zeta, zeta^2, ..."""
        given = [fmpq(c) for c in self.poly.coeffs()]
        return given + [fmpq(0)] * (_modulus(self.order).degree() - len(given))

    def __eq__(self, other: object) -> bool:
        poly = self._lift(other)
        return NotImplemented if poly is None else self.poly == poly

    def __bool__(self) -> bool:
        return bool(self.poly)

    def __hash__(self) -> int:
        return hash((self.order, tuple(str(c) for c in self.poly.coeffs())))

    def __complex__(self) -> complex:
        zeta = cmath.exp(2j * cmath.pi / self.order)
        return complex(sum(int(c.p) / int(c.q) * zeta**k for k, c in enumerate(self.coefficients())))

    def __repr__(self) -> str:
        symbol = "i" if self.order == 4 else f"zeta_{self.order}"
        terms = []
        for k, c in enumerate(self.coefficients()):
            if c == 0:
                continue
            power = "" if k == 0 else symbol if k == 1 else f"{symbol}^{k}"
            terms.append(
                str(c) if not power else power if c == 1 else "-" + power if c == -1 else f"{c}*{power}"
            )
        return " + ".join(terms).replace("+ -", "- ") if terms else "0"


def _pair(value: Any) -> tuple[int, int]:
    pair = as_fraction(value)
    if pair is None:
        raise NotInRing(f"{value!r} is not a rational number.")
    return pair


@dataclass(frozen=True, repr=False)
class CyclotomicField(Ring):
    """The field Q(zeta_N); elements are polynomials in zeta modulo the N-th cyclotomic polynomial.

    >>> F = Cyclotomic(8)
    >>> F.zeta ** 4, F.zeta + F.conjugate(F.zeta), F.root_of_unity(4)
    (-1, zeta_8 - zeta_8^3, zeta_8^2)
    """

    order: int
    name: str = field(init=False)

    def __post_init__(self) -> None:
        if not isinstance(self.order, int) or self.order < 1:
            raise NotInRing(f"Cyclotomic(N) wants an integer N of at least 1; got {self.order!r}.")
        object.__setattr__(self, "name", f"Q(zeta_{self.order})")

    @property
    def degree(self) -> int:
        """phi(N), the dimension over Q."""
        return _modulus(self.order).degree()

    @property
    def zero(self) -> CyclotomicNumber:
        return CyclotomicNumber(self.order, fmpq_poly([0]))

    @property
    def one(self) -> CyclotomicNumber:
        return CyclotomicNumber(self.order, fmpq_poly([1]))

    @property
    def zeta(self) -> CyclotomicNumber:
        """The primitive N-th root of unity exp(2 pi i / N)."""
        return self([0, 1] if self.order > 2 else [1 if self.order == 1 else -1])

    def __call__(self, value: Any) -> CyclotomicNumber:
        if isinstance(value, CyclotomicNumber):
            if self.order % value.order:
                raise refuse(self, value)
            step = self.order // value.order
            if step == 1:
                return value
            terms = [fmpq(0)] * max(1, len(value.poly.coeffs()) * step)
            for k, c in enumerate(value.poly.coeffs()):
                terms[k * step] = fmpq(c)
            return CyclotomicNumber(self.order, fmpq_poly(terms) % _modulus(self.order))
        if isinstance(value, list | tuple | np.ndarray):
            terms = [fmpq(*_pair(c)) for c in value]
            return CyclotomicNumber(self.order, fmpq_poly(terms) % _modulus(self.order))
        if isinstance(value, str):
            real, imaginary = parse_complex(value)
            return self._gaussian(fmpq(*_pair(real)), fmpq(*_pair(imaginary)), value)
        if isinstance(value, complex | np.complexfloating):
            return self._gaussian(fmpq(*_pair(value.real)), fmpq(*_pair(value.imag)), value)
        pair = as_fraction(value)
        if pair is None:
            raise refuse(self, value)
        return CyclotomicNumber(self.order, fmpq_poly([fmpq(*pair)]))

    def _gaussian(self, real: fmpq, imaginary: fmpq, value: Any) -> CyclotomicNumber:
        if imaginary == 0:
            return CyclotomicNumber(self.order, fmpq_poly([real]))
        if self.order % 4:
            raise NotInRing(
                f"{value!r} is not in {self.name}, which has no square root of -1; "
                f"use Cyclotomic({self.order * 4 // (2 if self.order % 2 == 0 else 1)})."
            )
        terms = [real] + [fmpq(0)] * (self.order // 4 - 1) + [imaginary]
        return CyclotomicNumber(self.order, fmpq_poly(terms) % _modulus(self.order))

    def inverse(self, x: CyclotomicNumber) -> CyclotomicNumber:
        return self(x).inverse()

    def conjugate(self, x: CyclotomicNumber) -> CyclotomicNumber:
        return self(x).conjugate()

    def root_of_unity(self, n: int) -> CyclotomicNumber:
        if n >= 1 and self.order % n == 0:
            return self.zeta ** (self.order // n)
        if n >= 1 and self.order % 2 and (2 * self.order) % n == 0:  # -zeta generates all roots of unity here
            return (-(self.zeta ** ((self.order + 1) // 2))) ** (2 * self.order // n)
        raise NotInRing(f"{self.name} has no primitive root of unity of order {n}; use Cyclotomic({n}).")


@lru_cache(maxsize=256)
def Cyclotomic(order: int) -> CyclotomicField:
    """Return the cyclotomic field Q(zeta_N) of the given order N.

    >>> Cyclotomic(4)("2-1/3i") * Cyclotomic(4)("i")
    1/3 + 2*i
    """
    return CyclotomicField(order)


GAUSSIAN = Cyclotomic(4)
