"""The dimension of a class as a formula in its sizes, compared with certified dimensions for n <= 16.

formula     the value, or None where no formula is known
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Any

from ldrtheory import families as F
from ldrtheory.families import Family

_FORMULAS: dict[type[Family], Callable[[Any], int | None]] = {}


def dimension_formula(*classes: type[Family]) -> Callable[[Callable[[Any], int | None]], Callable]:
    """Register the decorated function as the formula of the classes."""

    def register(form: Callable[[Any], int | None]) -> Callable:
        for cls in classes:
            _FORMULAS[cls] = form
        return form

    return register


def formula(family: Family) -> int | None:
    """Return the dimension by the formula of the class, None where there is none at these sizes.

    >>> formula(F.Butterfly(1024)), formula(F.LowRank(rows=10**6, columns=10, rank=2))
    (11264, 2000016)
    """
    form = _FORMULAS.get(type(family))
    return None if form is None else form(family)


def _parameters(family: Family) -> int:
    return sum(prod(slot.shape) for slot in family.slots())


@dimension_formula(F.DFT, F.DCT, F.DST, F.WalshHadamard)
def _(family: Family) -> int:
    return 0


@dimension_formula(
    F.Dense, F.Toeplitz, F.Hankel, F.Circulant, F.FCirculant, F.Resultant, F.Companion, F.InverseToeplitz
)
def _(family: Family) -> int:
    """Every parameter can be read off the matrix."""
    return _parameters(family)


@dimension_formula(F.ToeplitzPlusHankel)
def _(family: F.ToeplitzPlusHankel) -> int:
    """Toeplitz and Hankel share the matrices a + b (-1)^(i+j); with one row or column they share all."""
    m, n = family.shape
    return 2 * (m + n - 1) - (2 if min(m, n) > 1 else max(m, n))


@dimension_formula(F.Vandermonde, F.ChebyshevVandermonde, F.ConfluentVandermonde)
def _(family: Family) -> int:
    """The nodes stand in the second column."""
    return _parameters(family) if family.shape[1] > 1 else 0


@dimension_formula(F.PolynomialVandermonde)
def _(family: F.PolynomialVandermonde) -> int:
    m, n = family.shape
    return min(_parameters(family) - 2, m * (n - 1)) if n > 1 else 0


@dimension_formula(F.Cauchy)
def _(family: F.Cauchy) -> int:
    m, n = family.shape
    return m + n - 1


@dimension_formula(F.Loewner)
def _(family: F.Loewner) -> int:
    m, n = family.shape
    return min(2 * (m + n) - 3, m * n)


@dimension_formula(F.Pick)
def _(family: F.Pick) -> int:
    n = family.n
    return min(3 * n - 2, n * (n + 1) // 2)


@dimension_formula(F.Bezoutian, F.TriangularToeplitzProduct, F.ACDC)
def _(family: Any) -> int:
    return 2 * family.n - 1


@dimension_formula(F.LowRank)
def _(family: F.LowRank) -> int:
    (m, n), r = family.shape, family.rank
    return r * (m + n - r)


@dimension_formula(F.ToeplitzLike)
def _(family: F.ToeplitzLike) -> int:
    n, r = family.n, family.rank
    return r * (2 * n - r)


@dimension_formula(F.SubdiagonalLDR)
def _(family: F.SubdiagonalLDR) -> int:
    return min(_parameters(family) - family.rank**2 - 1, family.n**2)


@dimension_formula(F.TridiagonalLDR)
def _(family: F.TridiagonalLDR) -> int:
    return min(_parameters(family) - family.rank**2 - (1 if family.krylov else 2), family.n**2)


@dimension_formula(F.ToeplitzProduct)
def _(family: F.ToeplitzProduct) -> int:
    n, k = family.n, family.factors
    return min(k * (2 * n - 2) + 1, n * n)


@dimension_formula(F.Butterfly)
def _(family: F.Butterfly) -> int:
    return family.n * (family.levels + 1)


@dimension_formula(F.BlockButterfly)
def _(family: F.BlockButterfly) -> int:
    return family.n * family.block * family.groups.bit_length()


@dimension_formula(F.Kaleidoscope)
def _(family: F.Kaleidoscope) -> int | None:
    n, w, L = family.n, family.width, family.n.bit_length() - 1
    return min(n * (2 * w * (L - 1) + 2), n * n) if family.size == n else None


@dimension_formula(F.OrthogonalKaleidoscope)
def _(family: F.OrthogonalKaleidoscope) -> int:
    n, w = family.n, family.width
    return min(_parameters(family) - (w - 1) * (n // 2 + 2), n * n)


@dimension_formula(F.Monarch)
def _(family: F.Monarch) -> int:
    return family.n * (family.block + family.groups - 1)


@dimension_formula(F.DiagonalCirculant)
def _(family: F.DiagonalCirculant) -> int:
    n, k = family.n, family.factors
    return min(2 * n * k - (2 * k - 1), n * n)


@dimension_formula(F.Householder)
def _(family: F.Householder) -> int:
    """Orthogonal matrices that fix n - k dimensions: a k-dimensional subspace and an orthogonal map of it."""
    n, k = family.n, min(family.n, family.reflectors)
    return k * (n - k) + k * (k - 1) // 2
