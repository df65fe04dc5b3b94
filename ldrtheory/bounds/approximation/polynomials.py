"""What the constructions of this package ask of polynomials, over any of our fields.

prime_to            the largest divisor of p without a common factor with q
part_within         the largest divisor of p all of whose irreducible factors divide q
irreducible_factors the monic irreducible factors, each once; over Q and GF(p)
reciprocal_series   the first coefficients of the power series 1/(rev p)
squarefree_part     the product of the irreducible factors, characteristic 0
"""

from __future__ import annotations

from typing import Any

from ldrtheory.errors import Undecided
from ldrtheory.operators.polynomials import gcd, monic, polynomial
from ldrtheory.rings import PrimeField, RationalField, Ring


def prime_to(p: Any, q: Any, ring: Ring) -> Any:
    """Return the largest monic divisor of p that has no factor in common with q.

    >>> from ldrtheory import QQ
    >>> p, q = polynomial(QQ, [0, 0, 1, 1]), polynomial(QQ, [0, 5])        # x^2 (x + 1) and 5 x
    >>> prime_to(p, q, QQ).coeffs()
    [1, 1]
    """
    p = monic(p, ring)
    while (common := gcd(p, q, ring)).degree() > 0:
        p = p // common
    return p


def part_within(p: Any, q: Any, ring: Ring) -> Any:
    """Return the largest monic divisor of p all of whose irreducible factors divide q."""
    return monic(p, ring) // prime_to(p, q, ring)


def irreducible_factors(p: Any, ring: Ring) -> list[Any]:
    """Return the monic irreducible factors of p, each once, those of least degree first.

    Raises Undecided over fields without a factorisation of ours; the linear p are their own factors everywhere.

    >>> from ldrtheory import QQ
    >>> [q.coeffs() for q in irreducible_factors(polynomial(QQ, [0, 0, -2, 0, 1]), QQ)]
    [[0, 1], [-2, 0, 1]]
    """
    if p.degree() == 1:
        return [monic(p, ring)]
    if isinstance(ring, RationalField):
        found = [polynomial(ring, q.coeffs()) for q, _ in p.numer().factor()[1]]
    elif isinstance(ring, PrimeField):
        found = [q for q, _ in p.factor()[1]]
    else:
        raise Undecided(
            f"polynomials are not factored over {ring.name} here; use rational operators, or operators modulo a prime."
        )
    return sorted((monic(q, ring) for q in found), key=lambda q: (q.degree(), [str(c) for c in q.coeffs()]))


def reciprocal_series(p: Any, count: int, ring: Ring) -> list[Any]:
    """Return c_0, ..., c_(count-1) of 1/(rev p), p monic of degree d: c_k = - sum over j <= k of p_(d-j) c_(k-j).

    >>> from ldrtheory import QQ
    >>> reciprocal_series(polynomial(QQ, [6, -5, 1]), 4, QQ)               # 1/((1 - 2x)(1 - 3x))
    [1, 5, 19, 65]
    """
    coefficients = [ring(c) for c in p.coeffs()]
    d = len(coefficients) - 1
    out: list[Any] = []
    for k in range(count):
        c = ring.one if k == 0 else ring.zero
        for j in range(1, min(k, d) + 1):
            c = c - coefficients[d - j] * out[k - j]
        out.append(c)
    return out


def squarefree_part(p: Any, ring: Ring) -> Any:
    """Return p / gcd(p, p'), monic: the same roots, each once.  Characteristic 0."""
    derivative = polynomial(ring, [ring(c) * k for k, c in enumerate(p.coeffs())][1:])
    return monic(p, ring) // gcd(p, derivative, ring)
