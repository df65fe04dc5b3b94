"""Square roots in Q, Q(zeta_N) and GF(p), and proofs that there is none.

square_root             the root of an element, None where the field has none
reduction, split_primes an element modulo p under zeta -> z; the primes p = 1 mod N with such a z
squarefree_part         s with Q(sqrt(x)) = Q(sqrt(s)) for a rational x
cyclotomic_order        the least N for which Q(zeta_N) holds sqrt(s): |disc Q(sqrt(s))|
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flint import fmpq, fmpq_mat, fmpz, fmpz_poly, nmod, nmod_poly

from ldrtheory.errors import BadInput
from ldrtheory.rings import GF, CyclotomicField, CyclotomicNumber, PrimeField, RationalField, Ring
from ldrtheory.rings.ring import as_fraction

FACTORING_LIMIT = 160  # bits of a number whose squarefree part is looked for


def square_root(x: Any, ring: Ring) -> Any | None:
    """Return an r of the field with r^2 = x, or None if there is none; exact, decided, in every field here.

    Over Q(zeta_N): x is a square iff K[w]/(w^2 - x) is no field, which the characteristic polynomial of w + s zeta on
    that algebra tells once it has no repeated factor; the root is read off one of its two factors.

    >>> from ldrtheory import QQ, Cyclotomic
    >>> square_root(QQ("9/4"), QQ), square_root(QQ(2), QQ) is None, square_root(Cyclotomic(4)(-1), Cyclotomic(4))
    (3/2, True, -i)
    """
    if isinstance(ring, RationalField):
        return _rational_root(x)
    if isinstance(ring, PrimeField):
        if x == 0 or ring.p == 2:
            return x
        roots = nmod_poly([-int(x), 0, 1], ring.p).roots()
        return min((ring(int(r)) for r, _ in roots), key=int) if roots else None
    if isinstance(ring, CyclotomicField):
        rational = _rational(x)
        root = None if rational is None else _rational_root(rational)
        return ring(root) if root is not None else _cyclotomic_root(x, ring)
    raise BadInput(f"square roots over {ring.name}; wanted Q, Q(zeta_N) or GF(p).")


def _rational_root(x: fmpq) -> fmpq | None:
    p, q = fmpz(x.p), fmpz(x.q)
    return fmpq(p.isqrt(), q.isqrt()) if p >= 0 and p.is_square() and q.is_square() else None


def _rational(x: CyclotomicNumber) -> fmpq | None:
    """Return x as a rational number, None if it is none."""
    c = x.coefficients()
    return None if any(c[1:]) else c[0]


def _cyclotomic_root(x: CyclotomicNumber, field: CyclotomicField) -> CyclotomicNumber | None:
    """Return a square root in Q(zeta_N) by factoring the characteristic polynomial of w + s zeta, w^2 = x."""
    if not x:
        return x
    phi = field.degree
    powers = [field([0] * k + [1]) for k in range(phi)]
    s = 0
    while True:
        s += 1
        turn = field.zeta * s
        images = [(turn * e, e) for e in powers] + [(x * e, turn * e) for e in powers]
        columns = [[*u.coefficients(), *v.coefficients()] for u, v in images]
        entries = [columns[j][i] for i in range(2 * phi) for j in range(2 * phi)]
        _, factors = fmpz_poly(fmpq_mat(2 * phi, 2 * phi, entries).charpoly().numer()).factor()
        if any(multiplicity > 1 for _, multiplicity in factors):
            continue
        if len(factors) == 1:
            return None
        u, v = (
            field.zero,
            field.zero,
        )  # g(w + s zeta) = u + v w by Horner; it vanishes where w is one of the roots
        for c in reversed(factors[0][0].coeffs()):
            u, v = u * turn + v * x + field(int(c)), u + v * turn
        return -u * v.inverse()


def split_primes(ring: Ring, least: int = 3) -> Iterator[tuple[int, int | None]]:
    """Yield (p, z): the odd primes p from `least` on with p = 1 mod N, and a root z of the N-th cyclotomic polynomial.

    Over Q every odd prime, with z = None.

    >>> from itertools import islice
    >>> from ldrtheory import QQ, Cyclotomic
    >>> list(islice(split_primes(QQ), 3)), list(islice(split_primes(Cyclotomic(4)), 2))
    ([(3, None), (5, None), (7, None)], [(5, 2), (13, 8)])
    """
    order = ring.order if isinstance(ring, CyclotomicField) and ring.degree > 1 else 1
    p = max(least, 3)
    while True:
        if p % order == 1 % order and fmpz(p).is_prime():
            yield p, int(GF(p).root_of_unity(order)) if order > 1 else None
        p += 1


def reduction(x: Any, p: int, z: int | None) -> nmod:
    """Return x modulo p under zeta -> z; raise NotInRing where a denominator is divisible by p."""
    field = GF(p)
    if not isinstance(x, CyclotomicNumber):
        return field(x)
    total, power = field.zero, field.one
    for c in x.coefficients():
        total, power = total + field(c) * power, power * field(z or 1)
    return total


def squarefree_part(x: Any) -> int | None:
    """Return the squarefree integer s with x = s times a square, x rational and not 0; None if x is too long.

    >>> from ldrtheory import QQ
    >>> squarefree_part(QQ("-12/25")), squarefree_part(QQ("8/9"))
    (-3, 2)
    """
    pair = as_fraction(x)
    if pair is None or not pair[0]:
        raise BadInput(f"{x!r}; wanted a rational number other than 0.")
    value = pair[0] * pair[1]
    if abs(value).bit_length() > FACTORING_LIMIT:
        return None
    s = -1 if value < 0 else 1
    for prime, exponent in fmpz(abs(value)).factor():
        s *= int(prime) if exponent % 2 else 1
    return s


def cyclotomic_order(s: int) -> int:
    """Return the least N for which Q(zeta_N) contains sqrt(s), s squarefree: |s| if s = 1 mod 4, else 4 |s|.

    It is the absolute value of the discriminant of Q(sqrt(s)), by the theorem of Kronecker and Weber the conductor.

    >>> cyclotomic_order(-1), cyclotomic_order(5), cyclotomic_order(-3), cyclotomic_order(2)
    (4, 5, 3, 8)
    """
    return abs(s) if s % 4 == 1 else 4 * abs(s)
