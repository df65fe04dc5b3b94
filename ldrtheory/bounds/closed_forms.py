"""Closed forms of the derived counts, one registered with each family class; they cost nothing at any size.

Figures         degrees, operations, nonzeros and rounding depth of a class at given sizes
closed_form     registers the formulas of a class
figures         the closed form of a family, or None

The formulas count what the reference multiply does for one vector once the weights are known; what it does with the
weights alone, such as forming the entries, is its preparation.  They follow from the lengths of its loops, and are
tested equal to the counts of running it for all n <= 12.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import prod
from typing import Any

from flint import fmpz

from ldrtheory import families as F
from ldrtheory.families import Family


@dataclass(frozen=True)
class Figures:
    """What running a family over analysis elements gives.

    degree_numerator, degree_denominator    of the entries in the parameters, at most
    multiplications                         of one multiply, those by constants other than 0, 1, -1 included
    additions, divisions                    of one multiply; a subtraction is an addition
    nonzeros                                entries that are not zero for all parameters
    rounding_depth                          factors (1 + delta) that a term of an output carries, at most
    preparation                             operations with the parameters alone, done once for all vectors
    """

    degree_numerator: int
    degree_denominator: int
    multiplications: int
    additions: int
    divisions: int
    nonzeros: int
    rounding_depth: int
    preparation: int = 0


_FORMS: dict[type[Family], Callable[[Any], Figures | None]] = {}


def closed_form(*classes: type[Family]) -> Callable[[Callable[[Any], Figures | None]], Callable]:
    """Register the decorated function of a family as the closed form of the classes; None: at these sizes none."""

    def register(form: Callable[[Any], Figures | None]) -> Callable:
        for cls in classes:
            _FORMS[cls] = form
        return form

    return register


def figures(family: Family) -> Figures | None:
    """Return the closed form of the family's figures, None where none is known.

    >>> figures(F.Toeplitz(4096)).multiplications == 4096**2
    True
    """
    form = _FORMS.get(type(family))
    return None if form is None else form(family)


def _dense(
    family: Family,
    degree: tuple[int, int] = (1, 0),
    forming: tuple[int, int, int] = (0, 0, 0),
    depth: int = 0,
) -> Figures:
    """The entries, of the given depth, formed by so many (multiplications, additions, divisions), times x."""
    m, n = family.shape
    return Figures(*degree, m * n, m * (n - 1), 0, m * n, depth + n, sum(forming))


@closed_form(F.Dense, F.Toeplitz, F.Hankel, F.Circulant)
def _(family: Family) -> Figures:
    return _dense(family)


@closed_form(F.ToeplitzPlusHankel)
def _(family: F.ToeplitzPlusHankel) -> Figures:
    m, n = family.shape
    return _dense(family, forming=(0, m * n, 0), depth=1)


@closed_form(F.FCirculant)
def _(family: F.FCirculant) -> Figures:
    n, above = family.n, family.n * (family.n - 1) // 2
    if family.f == 0:
        return Figures(1, 0, n * n - above, above, 0, n * n - above, n)
    trivial = family.f in (1, -1) or n == 1
    return _dense(family, forming=(0 if trivial else above, 0, 0), depth=0 if trivial else 1)


@closed_form(F.Resultant)
def _(family: F.Resultant) -> Figures:
    m, n = family.m, family.n
    nonzeros = n * (m + 1) + m * (n + 1)
    return Figures(1, 0, nonzeros, 2 * m * n, 0, nonzeros, max(m, n) + 1)


@closed_form(F.Companion)
def _(family: F.Companion) -> Figures:
    n = family.n
    return Figures(1, 0, n, n - 1, 0, 2 * n - 1, min(n, 2))


@closed_form(F.Bezoutian)
def _(family: F.Bezoutian) -> Figures:
    n = family.n
    terms = n * (n + 1) * (2 * n + 1) // 6  # the sum over i, j of min(i, n - 1 - j) + 1
    return _dense(family, (2, 0), (2 * terms, 2 * terms - n * n, 0), 2 * n)


@closed_form(F.Vandermonde)
def _(family: F.Vandermonde) -> Figures:
    m, n = family.shape
    if n == 1:
        return Figures(0, 0, 0, 0, 0, m, 0)
    return Figures(n - 1, 0, m * (n - 1), m * (n - 1), 0, m * n, n, m * (n - 2))


@closed_form(F.ChebyshevVandermonde)
def _(family: F.ChebyshevVandermonde) -> Figures:
    m, n = family.shape
    if n == 1:
        return Figures(0, 0, 0, 0, 0, m, 0)
    return Figures(n - 1, 0, m * (n - 1), m * (n - 1), 0, m * n, 3 * n - 4, 3 * m * (n - 2))


@closed_form(F.ConfluentVandermonde)
def _(family: F.ConfluentVandermonde) -> Figures:
    m, n = family.shape
    k = min(m, n)
    nonzeros = k * n - k * (k - 1) // 2
    if n == 1:
        return Figures(0, 0, 0, 0, 0, 1, 1)
    binomials = sum(n - 1 - i for i in (1, k - 1)) * (k - 1) // 2  # entries with a coefficient above 1
    return Figures(n - 1, 0, nonzeros - k, nonzeros - k, 0, nonzeros, n, n - 1 + binomials)


@closed_form(F.PolynomialVandermonde)
def _(family: F.PolynomialVandermonde) -> Figures:
    m, n = family.shape
    if n == 1:
        return Figures(0, 0, 0, 0, 0, m, 1)
    forming = 3 if n == 2 and m == 1 else 2 * m + 1 if n == 2 else (6 * n - 11) * m + 2 * n - 3
    return Figures(n - 1, n - 1, m * (n - 1), m * (n - 1), 0, m * n, 5 * (n - 1), forming)


@closed_form(F.Cauchy)
def _(family: F.Cauchy) -> Figures:
    m, n = family.shape
    return _dense(family, (0, 1), (0, m * n, m * n), 2)


@closed_form(F.Loewner)
def _(family: F.Loewner) -> Figures:
    m, n = family.shape
    return _dense(family, (1, 1), (m * n, 2 * m * n, m * n), 4)


@closed_form(F.Pick)
def _(family: F.Pick) -> Figures:
    n = family.n
    return _dense(family, (2, 2), (4 * n * n, 2 * n * n, n * n), 6)


@closed_form(F.LowRank)
def _(family: F.LowRank) -> Figures:
    (m, n), r = family.shape, family.rank
    return Figures(2, 0, r * (m + n), r * (n - 1) + m * (r - 1), 0, m * n, n + r)


@closed_form(F.DFT)
def _(family: F.DFT) -> Figures | None:
    """Products with 1 are free: n^2 less the pairs with i j = 0 mod n, whose number is the sum of gcd(i, n)."""
    n = family.n
    free = prod(int(p) ** (e - 1) * ((int(p) - 1) * e + int(p)) for p, e in fmpz(n).factor())
    return Figures(0, 0, n * n - free, n * (n - 1), 0, n * n, 2 * n - 2 + (n == 1)) if n > 1 else None


@closed_form(F.DCT, F.DST)
def _(family: F.DCT | F.DST) -> Figures | None:
    """Entries (z^k + z^-k) / 2, (z^-k - z^k) i / 2 from powers of a root of unity: depth of z^k is k - 1."""
    n, period, order = family.n, family._period, family.order
    if n < 3:
        return None
    top = (period - 1) * (order // period)
    depth = top - 1 + 2 if isinstance(family, F.DCT) else top - 1 + 1 + order // 4 + 1
    return Figures(0, 0, n * n, n * (n - 1), 0, n * n, depth + n)


@closed_form(F.WalshHadamard)
def _(family: F.WalshHadamard) -> Figures:
    n = family.n
    L = n.bit_length() - 1
    return Figures(0, 0, 0, n * L, 0, n * n, L)


@closed_form(F.ACDC)
def _(family: F.ACDC) -> Figures | None:
    n = family.n
    if n < 3:
        return None
    forming = n**3 + 4 * n * n + 4 * n - 2, n**3, 0
    return _dense(family, (2, 0), forming, 9 * n + 3)


@closed_form(F.ToeplitzProduct)
def _(family: F.ToeplitzProduct) -> Figures:
    n, k = family.n, family.factors
    return Figures(k, 0, k * n * n, k * n * (n - 1), 0, n * n, k * n)


@closed_form(F.TriangularToeplitzProduct)
def _(family: F.TriangularToeplitzProduct) -> Figures:
    n = family.n
    terms = n * (n + 1) * (2 * n + 1) // 6
    return _dense(family, (2, 0), (terms, terms - n * n, 0), min(n, 2))


@closed_form(F.InverseToeplitz)
def _(family: F.InverseToeplitz) -> Figures:
    n = family.n
    multiplications = n * n * (5 * n * n - 8 * n + 3) // 4
    additions = n * (n - 1) * (15 * n * n - 25 * n + 14) // 12
    return _dense(family, (n - 1, n), (multiplications, additions, 1), 2 * n * n - n + 2 if n > 1 else 2)


@closed_form(F.ToeplitzLike)
def _(family: F.ToeplitzLike) -> Figures:
    n, r = family.n, family.rank
    forming = n * n * (r + 2), n * n * (r - 1) + n * n * (n - 1) + 1, 1
    return _dense(family, (2, 0), forming, n + r + 3)


@closed_form(F.SubdiagonalLDR)
def _(family: F.SubdiagonalLDR) -> Figures:
    n, r = family.n, family.rank
    sums = n * n * (r - 1) + n * n * (n - 1)
    krylov = n * n * r + 2 * n * n * (n - 1)  # G H^T, and n - 1 products with A and with B
    if family.krylov:
        return _dense(family, (2 * n, 0), (krylov, sums, 0), 3 * n + r - 3)
    return _dense(family, (n + 1, n), (krylov + 2 * (n - 1) + n * n, sums + 1, 1), 3 * n + r)


@closed_form(F.TridiagonalLDR)
def _(family: F.TridiagonalLDR) -> Figures | None:
    """The Sylvester form's products of banded powers fill up after n/2 steps, hence the parity of n."""
    n, r = family.n, family.rank
    if n < (3 if family.krylov else 10):
        return None
    if family.krylov:
        forming = n * n * r + 6 * n * n * (n - 1), n * n * (r - 1) + 5 * n * n * (n - 1), 0
        return _dense(family, (2 * n, 0), forming, 7 * n + r - 7)
    odd = n % 2
    multiplications = (15 * n**4 + 107 * n**3 - 42 * n**2 - (74 - 9 * odd) * n + 24 + 9 * odd) // 12
    additions = (15 * n**4 + 68 * n**3 - 33 * n**2 - (26 - 6 * odd) * n + 24 + 6 * odd) // 12
    forming = multiplications + n * n * (r - 2), additions + n * n * (r - 1) - n * (n - 1), 1
    return _dense(family, (n * n + 1, n * n), forming, 12 * n * n - 5 * n + r - 20)


@closed_form(F.Butterfly)
def _(family: F.Butterfly) -> Figures:
    n, L = family.n, family.levels
    return Figures(L, 0, 2 * n * L, n * L, 0, n * n, 2 * L)


@closed_form(F.BlockButterfly)
def _(family: F.BlockButterfly) -> Figures:
    n, b, L = family.n, family.block, family.groups.bit_length() - 1
    return Figures(L, 0, 2 * n * b * L, n * (2 * b - 1) * L, 0, n * n, (b + 1) * L)


@closed_form(F.Kaleidoscope)
def _(family: F.Kaleidoscope) -> Figures:
    """Count factor by factor; while bits fall the first time, the padding of the input leaves pairs with one entry."""
    n, N, w = family.n, family.size, family.width
    L = N.bit_length() - 1
    multiplications, additions, depth = (2 * w - 1) * L * 2 * N, (2 * w - 1) * L * N, (2 * w - 1) * L * 2
    for b in range(L):
        groups, half = N >> (b + 1), 1 << b
        both = max(min(n, 2 * half) - half, 0)
        multiplications += groups * (4 * both + 2 * (min(n, half) - both))
        additions += groups * 2 * both
        depth += 2 if both else 1
    return Figures(2 * w * L, 0, multiplications, additions, 0, n * n, depth)


@closed_form(F.OrthogonalKaleidoscope)
def _(family: F.OrthogonalKaleidoscope) -> Figures:
    n, w, L = family.n, family.width, family.levels
    rotations = w * L * n  # each 3 multiplications, 3 additions, 1 division
    denominator = 4 * (n - 1) + 2 * (w - 1) * L * n  # 1 + t^2 of the rotations between an input and an output
    return Figures(
        denominator + w,
        denominator,
        4 * rotations,
        2 * rotations,
        0,
        n * n,
        w * (16 * L + 1),
        7 * rotations + 2 * w * n,
    )


@closed_form(F.Monarch)
def _(family: F.Monarch) -> Figures:
    n, m, q = family.n, family.block, family.groups
    return Figures(2, 0, n * (m + q), n * (m + q - 2), 0, n * n, m + q)


@closed_form(F.DiagonalCirculant)
def _(family: F.DiagonalCirculant) -> Figures:
    n, k = family.n, family.factors
    return Figures(2 * k, 0, k * n * (n + 1), k * n * (n - 1), 0, n * n, k * (n + 1))


@closed_form(F.Householder)
def _(family: F.Householder) -> Figures:
    n, k = family.n, family.reflectors
    return Figures(2 * k, 2 * k, k * (2 * n + 1), k * 2 * n, 0, n * n, k * (2 * n + 5), 2 * k * n)
