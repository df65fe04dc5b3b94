"""Fields by brute force: arithmetic on tuples of Fractions, the coefficients of 1, zeta, zeta^2, ...

Field       Q, Q(zeta_N) or GF(p)
plain       the rational number that an integer or an exact string denotes
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

Element = tuple[Fraction, ...]
Rows = list[list[Element]]


def polynomial_divide(a: list[Fraction], b: list[Fraction]) -> tuple[list[Fraction], list[Fraction]]:
    """Return quotient and remainder of polynomials, constant first."""
    a = list(a)
    quotient = [Fraction(0)] * max(len(a) - len(b) + 1, 1)
    while len(a) >= len(b) and any(a):
        c, at = a[-1] / b[-1], len(a) - len(b)
        quotient[at] = c
        for k, y in enumerate(b):
            a[at + k] -= c * y
        a.pop()
    while a and not a[-1]:
        a.pop()
    return quotient, a


class Field:
    """Q, Q(zeta_N) or GF(p)."""

    def __init__(self, name: str) -> None:
        match = re.fullmatch(r"Q|Q\(zeta_(\d+)\)|GF\((\d+)\)", name)
        if match is None:
            raise ValueError(name)
        self.N, self.p = int(match[1] or 1), int(match[2] or 0)
        if self.p and any(self.p % k == 0 for k in range(2, min(self.p, 2000))):
            raise ValueError("not a field")
        # Phi_N = product over d | N of (x^d - 1)^mu(N/d), as the quotient of the two products
        top, bottom = [Fraction(1)], [Fraction(1)]
        for d in (d for d in range(1, self.N + 1) if self.N % d == 0):
            factors, mu, q = self.N // d, 1, 2
            while factors > 1:
                if factors % q == 0:
                    factors //= q
                    mu = 0 if factors % q == 0 else -mu
                    if not mu:
                        break
                q += 1
            cyclic = [Fraction(-1)] + [Fraction(0)] * (d - 1) + [Fraction(1)]
            if mu > 0:
                top = self._convolve(top, cyclic)
            elif mu < 0:
                bottom = self._convolve(bottom, cyclic)
        self.modulus = polynomial_divide(top, bottom)[0]
        self.phi = len(self.modulus) - 1
        self.zero, self.one = self.lift([Fraction(0)]), self.lift([Fraction(1)])

    @staticmethod
    def _convolve(a: Any, b: Any) -> list[Fraction]:
        c = [Fraction(0)] * (len(a) + len(b) - 1)
        for i, x in enumerate(a):
            for j, y in enumerate(b):
                c[i + j] += x * y
        return c

    def lift(self, coefficients: Any) -> Element:
        """Return the element with these coefficients, reduced."""
        if self.p:
            value = Fraction(coefficients[0])
            return (Fraction(value.numerator * pow(value.denominator, -1, self.p) % self.p),)
        rest = polynomial_divide([Fraction(c) for c in coefficients], self.modulus)[1]
        return tuple(rest + [Fraction(0)] * (self.phi - len(rest)))

    def add(self, x: Element, y: Element) -> Element:
        """Return x + y."""
        return self.lift([a + b for a, b in zip(x, y, strict=True)])

    def minus(self, x: Element) -> Element:
        """Return -x."""
        return self.lift([-a for a in x])

    def mul(self, x: Element, y: Element) -> Element:
        """Return x y."""
        return self.lift(self._convolve(x, y))

    def inverse(self, x: Element) -> Element:
        """Return 1 / x, by the extended Euclidean algorithm."""
        if self.p:
            return (Fraction(pow(int(x[0]), -1, self.p)),)
        a, b = list(self.modulus), polynomial_divide(list(x), self.modulus)[1]
        s, t = [Fraction(0)], [Fraction(1)]
        while len(b) > 1:
            q, r = polynomial_divide(a, b)
            product = self._convolve(q, t)
            size = max(len(s), len(product))
            s += [Fraction(0)] * (size - len(s))
            product += [Fraction(0)] * (size - len(product))
            a, b, s, t = b, r, t, [u - v for u, v in zip(s, product, strict=True)]
        return self.lift([c / b[0] for c in t])

    def complex(self, real: Fraction, imaginary: Fraction) -> Element:
        """Return real + imaginary i."""
        if imaginary and self.N % 4:
            raise ValueError("complex")
        if not imaginary:
            return self.lift([real])
        return self.add(self.lift([real]), self.lift([0] * (self.N // 4) + [imaginary]))

    def element(self, data: Any) -> Element:
        """Return the element that JSON data denote."""
        if isinstance(data, list):
            if len(data) != self.phi or self.phi == 1:
                raise ValueError("coefficients")
            return self.lift([plain(c) for c in data])
        if isinstance(data, str) and data[-1:] in "ij":
            cut = max(data.rfind("+"), data.rfind("-"), 0)  # no exponents in complex strings here
            imaginary = data[cut:-1]
            imaginary += "1" if imaginary in ("", "+", "-") else ""
            return self.complex(plain(data[:cut] or "0"), plain(imaginary))
        return self.lift([plain(data)])


def plain(data: Any) -> Fraction:
    """Return the rational number that an integer or an exact string denotes."""
    if isinstance(data, str) and "x" in data:
        top, _, bottom = data.partition("/")
        return Fraction(int(top, 16), int(bottom or "0x1", 16))
    return Fraction(data)
