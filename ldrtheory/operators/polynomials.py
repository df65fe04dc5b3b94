"""Polynomials in one variable over any of our fields, with one set of signs.

polynomial      from coefficients, constant first: flint's over Q and GF(p), ours elsewhere
Polynomial      ours: `+ - *`, divmod, gcd, degree, coeffs, over any field
monomial        x^n - c
monic           divided by the leading coefficient
gcd             the monic greatest common divisor
reverse         x^q p(1/x), of exact degree q once the powers of x that divide p are taken away
power, product  of one polynomial, of many
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flint import fmpq_poly, nmod_poly

from ldrtheory.errors import NotInvertible
from ldrtheory.rings import PrimeField, RationalField, Ring


@dataclass(frozen=True)
class Polynomial:
    """A polynomial over a field that flint has no polynomials for; `terms` has no zero at its end."""

    ring: Ring
    terms: tuple[Any, ...]

    def degree(self) -> int:
        """Return the degree, -1 for zero."""
        return len(self.terms) - 1

    def coeffs(self) -> list[Any]:
        """Return the coefficients from x^0 on."""
        return list(self.terms)

    def __bool__(self) -> bool:
        return bool(self.terms)

    def __add__(self, other: Polynomial) -> Polynomial:
        a, b = sorted((self.terms, other.terms), key=len, reverse=True)
        return _trimmed(self.ring, [x + b[k] if k < len(b) else x for k, x in enumerate(a)])

    def __neg__(self) -> Polynomial:
        return Polynomial(self.ring, tuple(-x for x in self.terms))

    def __sub__(self, other: Polynomial) -> Polynomial:
        return self + (-other)

    def __mul__(self, other: Polynomial) -> Polynomial:
        if not self or not other:
            return Polynomial(self.ring, ())
        out = [self.ring.zero] * (self.degree() + other.degree() + 1)
        for i, x in enumerate(self.terms):
            for j, y in enumerate(other.terms):
                out[i + j] = out[i + j] + x * y
        return _trimmed(self.ring, out)

    def __divmod__(self, other: Polynomial) -> tuple[Polynomial, Polynomial]:
        if not other:
            raise NotInvertible("division of a polynomial by the zero polynomial.")
        rest, head = list(self.terms), self.ring.inverse(other.terms[-1])
        quotient = [self.ring.zero] * max(0, len(rest) - other.degree())
        for k in range(len(quotient) - 1, -1, -1):
            quotient[k] = rest[k + other.degree()] * head
            for j, y in enumerate(other.terms):
                rest[k + j] = rest[k + j] - quotient[k] * y
        return _trimmed(self.ring, quotient), _trimmed(self.ring, rest[: other.degree()])

    def __floordiv__(self, other: Polynomial) -> Polynomial:
        return divmod(self, other)[0]

    def __mod__(self, other: Polynomial) -> Polynomial:
        return divmod(self, other)[1]

    def gcd(self, other: Polynomial) -> Polynomial:
        """Return a greatest common divisor, by Euclid's algorithm."""
        a, b = self, other
        while b:
            a, b = b, monic(a % b, self.ring)
        return a


def _trimmed(ring: Ring, terms: Sequence[Any]) -> Polynomial:
    length = len(terms)
    while length and ring.is_zero(terms[length - 1]):
        length -= 1
    return Polynomial(ring, tuple(terms[:length]))


def polynomial(ring: Ring, coefficients: Sequence[Any]) -> Any:
    """Return the polynomial with the given coefficients, constant first, over a field.

    >>> from ldrtheory import QQ
    >>> polynomial(QQ, [-1, 0, 1]).gcd(polynomial(QQ, [1, 1])).coeffs()
    [1, 1]
    """
    values = [ring(c) for c in coefficients]
    if isinstance(ring, RationalField):
        return fmpq_poly(values)
    if isinstance(ring, PrimeField):
        return nmod_poly([int(c) for c in values], ring.p)
    return _trimmed(ring, values)


def monomial(ring: Ring, n: int, c: Any) -> Any:
    """Return x^n - c."""
    return polynomial(ring, [-ring(c)] + [ring.zero] * (n - 1) + [ring.one])


def monic(p: Any, ring: Ring) -> Any:
    """Return p divided by its leading coefficient; zero stays zero."""
    if not p or p.coeffs()[-1] == ring.one:
        return p
    return p * polynomial(ring, [ring.inverse(ring(p.coeffs()[-1]))])


def gcd(p: Any, q: Any, ring: Ring) -> Any:
    """Return the monic greatest common divisor."""
    return monic(p.gcd(q), ring)


def reverse(p: Any, ring: Ring) -> Any:
    """Return x^q p(1/x), q the degree of p, divided by its leading coefficient.

    For the characteristic polynomial of B these are the nonzero eigenvalues of B inverted.
    """
    return monic(polynomial(ring, p.coeffs()[::-1]), ring)


def power(p: Any, k: int, ring: Ring) -> Any:
    """Return p^k by repeated squaring."""
    out = polynomial(ring, [1])
    while k:
        if k & 1:
            out = out * p
        k >>= 1
        p = p * p if k else p
    return out


def product(factors: Iterable[Any], ring: Ring) -> Any:
    """Return the product, by halves, so that the degrees stay balanced."""
    level = list(factors)
    while len(level) > 1:
        pairs = [a * b for a, b in zip(level[::2], level[1::2])]
        level = pairs + level[len(pairs) * 2 :]
    return level[0] if level else polynomial(ring, [1])
