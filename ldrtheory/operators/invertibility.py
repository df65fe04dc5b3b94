"""Is the displacement operator a bijection?  What it sends to zero when it is not is in kernel.py.

is_invertible           decided exactly by a greatest common divisor
operator_determinant    the determinant of X -> A X - X B (or X - A X B) as a resultant
Invertibility, invertibility        the decision with the prime that proves it
reductions              primes, with the ring homomorphism from Q or Q(zeta_N) to GF(p)

Sylvester: bijective iff chi_A and chi_B have no common factor.  Stein: iff chi_A and the reversed chi_B have none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import gcd as integer_gcd
from typing import Any

from flint import fmpz

from ldrtheory.errors import BadInput, NotInRing, ShapeMismatch, Undecided
from ldrtheory.operators.banded import Shift
from ldrtheory.operators.displacement import Displacement, Stein
from ldrtheory.operators.operator import Transpose
from ldrtheory.operators.polynomials import gcd, monic, polynomial, reverse
from ldrtheory.operators.spectrum import characteristic_polynomial_of
from ldrtheory.rings import GF, CyclotomicField, PrimeField, RationalField, Ring

Shape = tuple[int, int]
_TOP = 2**31  # machine words for us, single digits for the checker
_ATTEMPTS = 3  # primes tried before the exact computation, which settles the matter


@dataclass(frozen=True)
class Invertibility:
    """Whether the operator is a bijection; `prime` (and `root`, a zero of Phi_N modulo it) prove that it is."""

    invertible: bool
    prime: int | None = None
    root: int | None = None


def _primes(step: int) -> Iterator[int]:
    """Primes below 2^31 that are 1 modulo step, from the largest on."""
    p = (_TOP - 2) // step * step + 1
    while True:
        if fmpz(p).is_prime():
            yield p
        p -= step


def checked_shape(shape: Any) -> Shape:
    m, n = (shape, shape) if isinstance(shape, int) else shape
    if m < 1 or n < 1:
        raise ShapeMismatch(f"a displacement operator wants a shape of positive sizes (m, n); got {shape!r}.")
    return int(m), int(n)


def shift_corners(d: Displacement, shape: Shape, ring: Ring) -> tuple[Any, Any] | None:
    """The corners, if both operators are shifts or transposes of shifts."""
    corners = []
    for op, n in zip((d.left, d.right), shape):
        op.sized(n)
        base = op.of if isinstance(op, Transpose) else op
        if not isinstance(base, Shift):
            return None
        corners.append(ring(base.f))
    return corners[0], corners[1]


def shift_gcd(e: Any, f: Any, shape: Shape, stein: bool, ring: Ring) -> tuple[int, Any] | None:
    """(g, c) with gcd(x^m - e, x^n - f) = x^g - c, None if it is 1.

    With g = gcd(m, n) and am + bn = g: a common root z has z^g = e^a f^b, and conversely; the root c of
    y^(m/g) - e and y^(n/g) - f is simple in one of them, since no characteristic divides both exponents.
    """
    m, n = shape
    if stein:  # the reversal of x^n - f is x^n - 1/f, and a constant for f = 0
        if ring.is_zero(f):
            return None
        f = ring.inverse(f)
    if ring.is_zero(e) or ring.is_zero(f):
        return (min(m, n), ring.zero) if ring.is_zero(e) and ring.is_zero(f) else None
    g = integer_gcd(m, n)
    if not ring.is_zero(power_of(e, n // g, ring) - power_of(f, m // g, ring)):
        return None
    a = pow(m // g, -1, n // g) if n > g else 0
    b = (g - a * m) // n
    return g, power_of(e, a, ring) * power_of(f, b, ring)


def power_of(x: Any, k: int, ring: Ring) -> Any:
    x, k, out = (x, k, ring.one) if k >= 0 else (ring.inverse(x), -k, ring.one)
    while k:
        out = out * x if k & 1 else out
        k >>= 1
        x = x * x if k else x
    return out


def invertibility(d: Displacement, shape: Shape, ring: Ring | None = None) -> Invertibility:
    """Return whether the displacement operator on matrices of `shape` is a bijection, with the prime that shows it.

    Exact: a trivial gcd modulo one prime proves it over Q and Q(zeta_N); after three primes with a common factor the
    gcd is computed over the field itself.  GF(p): `prime` is p.  Other fields: no prime.
    Cost: shifts O(1) powers; diagonals, paths, tridiagonals O(n^2) word operations; dense O(n^3).

    >>> from ldrtheory import QQ, Sylvester, shift
    >>> invertibility(Sylvester(shift(f=1), shift(f=-1)), (8, 8), QQ).invertible
    True
    """
    m, n = shape = checked_shape(shape)
    ring = d.ring() if ring is None else ring
    if not ring.exact:
        raise BadInput(f"whether {d} is invertible is decided exactly; {ring.name} is not an exact field.")
    d.left.sized(m)
    d.right.sized(n)
    if isinstance(ring, RationalField | CyclotomicField):
        return _over_number_field(d, shape, ring)
    trivial = common_factor(d, shape, ring).degree() == 0
    return Invertibility(trivial, ring.p if trivial and isinstance(ring, PrimeField) else None)


def common_factor(d: Displacement, shape: Shape, ring: Ring, read: Any = None) -> Any:
    """gcd(chi_A, chi_B), or gcd(chi_A, rev chi_B) for Stein."""
    left = characteristic_polynomial_of(d.left, shape[0], ring, read)
    right = characteristic_polynomial_of(d.right, shape[1], ring, read)
    return gcd(left, reverse(right, ring) if isinstance(d, Stein) else right, ring)


def _over_number_field(d: Displacement, shape: Shape, ring: RationalField | CyclotomicField) -> Invertibility:
    corners = shift_corners(d, shape, ring)
    if corners is not None and shift_gcd(*corners, shape, isinstance(d, Stein), ring) is not None:
        return Invertibility(False)
    known = corners is not None
    for attempt, (p, root, read) in enumerate(reductions(ring)):
        try:
            trivial = common_factor(d, shape, GF(p), read).degree() == 0
        except NotInRing:  # p divides a denominator
            continue
        if trivial:
            return Invertibility(True, p, root)
        if attempt >= _ATTEMPTS and not known:
            if common_factor(d, shape, ring).degree() > 0:
                return Invertibility(False)
            known = True
    raise Undecided("no prime was left")  # the primes below 2^31 do not end in practice


def reductions(ring: RationalField | CyclotomicField) -> Iterator[tuple[int, int | None, Any]]:
    """Yield (p, root, read): primes below 2^31, a zero of Phi_N modulo p (None over Q), and the reduction to GF(p).

    `read` raises NotInRing for elements whose denominator p divides.
    """
    order = ring.order if isinstance(ring, CyclotomicField) else 1
    for p in _primes(max(order, 2)):
        root = int(GF(p).root_of_unity(order)) if order > 2 else None
        yield p, root, _reader(ring, GF(p), root)


def _reader(ring: Ring, field: PrimeField, root: int | None) -> Any:
    """The reduction of `ring` to `field` that sends zeta to the root."""
    if root is None:
        # Q, or Q(zeta_1) and Q(zeta_2), which are Q
        return lambda x: field(x if isinstance(ring, RationalField) else ring(x).coefficients()[0])
    z = field(root)

    def read(x: Any) -> Any:
        total = field.zero
        for c in reversed(ring(x).coefficients()):
            total = total * z + field(c)
        return total

    return read


def is_invertible(d: Displacement, shape: Any, ring: Ring | None = None) -> bool:
    """Whether X -> A X - X B (or X - A X B) is a bijection of the matrices of the given shape.

    shape: (m, n), or n for square.  ring: the field (default: the smallest that holds the operators).

    >>> from ldrtheory import GF, Sylvester, shift
    >>> pair = Sylvester(shift(f=1), shift(f=-1))
    >>> is_invertible(pair, 4), is_invertible(pair, 4, GF(2))
    (True, False)
    """
    return invertibility(d, shape, ring).invertible


def operator_determinant(d: Displacement, shape: Any, ring: Ring | None = None) -> Any:
    """Return the determinant of the displacement operator on F^(mn).

    Sylvester: Res(chi_A, chi_B), the product of all a_i - b_j.  Stein: the product of all 1 - a_i b_j.

    >>> from ldrtheory import Sylvester, shift
    >>> operator_determinant(Sylvester(shift(f=5), shift(f=3)), 4)
    16
    """
    m, n = checked_shape(shape)
    ring = d.ring() if ring is None else ring
    left = characteristic_polynomial_of(d.left, m, ring)
    right = characteristic_polynomial_of(d.right, n, ring)
    if isinstance(d, Stein):  # prod over a_i of (rev chi_B)(a_i), rev at the full length n
        right = polynomial(ring, right.coeffs()[::-1])
    return _values_over_roots(left, right, ring)


def _values_over_roots(p: Any, q: Any, ring: Ring) -> Any:
    """The product of q over the roots of the monic p, by Euclid's algorithm."""
    result = ring.one
    while True:
        q = q % p if q.degree() >= p.degree() else q
        if p.degree() == 0:
            return result
        if not q:
            return ring.zero
        # prod over roots of p of q = lead^deg(p) (-1)^(deg p deg q) prod over roots of q/lead of p
        lead = ring(q.coeffs()[-1])
        result = result * power_of(lead, p.degree(), ring)
        if p.degree() * q.degree() % 2:
            result = -result
        p, q = monic(q, ring), p
