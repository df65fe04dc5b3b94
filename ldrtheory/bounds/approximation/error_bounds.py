"""The constants of the cited error bounds, and parameter counts.

ErrorBound      a number with its hypotheses, its source, and both levels: of the arithmetic and of the theorem
barron          mean squared error at most (2 rho C)^2 / k with k blocks
blocks_needed   the least k for which that is at most epsilon
cube_radius_squared     rho^2 = n/4 for [0, 1]^n
cosine_moment, gaussian_moment      C of two kinds of targets, as rational upper bounds
parameter_counts        of k blocks of displacement rank r, and of an ordinary layer with k neurons

C is the first moment of the Fourier transform: f(x) = integral of exp(i w^T x) F(dw), C = integral of |w| |F|(dw), with
the Euclidean norm.  It does not change when f is translated, so the ball may stand anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt
from typing import Any

from ldrtheory.claims import Level
from ldrtheory.errors import BadInput, ShapeMismatch
from ldrtheory.rings.ring import as_fraction

BARRON = "Barron 1993, theorem 1; for blocks Zhao et al. 2017, third theorem"
_DIGITS = 2**32  # denominators of rational upper bounds of roots


@dataclass(frozen=True)
class ErrorBound:
    """An upper bound for an infimum of errors; exact arithmetic with a theorem that is cited.

    value       the bound; of what: `measures`.  hypotheses, source: of the theorem
    level       CITED: the weaker of the arithmetic (exact here) and the theorem
    """

    value: Fraction
    measures: str
    hypotheses: tuple[str, ...]
    source: str
    level: Level = Level.CITED

    def __str__(self) -> str:
        return f"{self.measures} at most {float(self.value):.6g}; arithmetic: exact; theorem: cited ({self.source})"


def _number(name: str, value: Any, least: int | None = 0, strict: bool = True) -> Fraction:
    pair = None if isinstance(value, bool) else as_fraction(value)
    if pair is None:
        raise BadInput(f"{name} wants an exact number (int, Fraction, float as it is stored); got {value!r}.")
    number = Fraction(*pair)
    if least is not None and (number < least or (strict and number == least)):
        raise BadInput(f"{name} wants a number {'above' if strict else 'of at least'} {least}; got {value}.")
    return number


def _count(name: str, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise BadInput(f"{name} wants a whole number from 1 on; got {value!r}.")
    return value


def barron(k: int, radius_squared: Any, moment: Any) -> ErrorBound:
    """Return the bound (2 rho C)^2 / k for the least mean squared error of nets with k blocks and a constant term.

    k counts blocks, not neurons: of the n neurons of a block the construction uses one.
    radius_squared: rho^2 of a ball that holds the domain.  moment: C, or an upper bound of it.

    >>> barron(8, cube_radius_squared(2), 3).value
    Fraction(9, 4)
    """
    k = _count("k", k)
    rho, C = _number("radius_squared", radius_squared), _number("moment", moment, strict=False)
    return ErrorBound(
        4 * rho * C * C / k,
        f"infimum of the mean squared error with {k} blocks",
        (
            "f has a Fourier representation with first moment at most C",
            "the activation is sigmoidal: bounded and measurable, limits 0 and 1",
            "the error is the integral of (f - G)^2 for a probability measure on a ball of radius rho",
            "a constant term is free; without one add a saturated neuron",
            "some column is universal for the pair of operators, r >= 1",
        ),
        BARRON,
    )


def blocks_needed(epsilon: Any, radius_squared: Any, moment: Any) -> int:
    """Return the least k with (2 rho C)^2 / k <= epsilon, at least 1.

    >>> blocks_needed(Fraction(1, 100), cube_radius_squared(2), 3)
    1800
    """
    tolerance, whole = _number("epsilon", epsilon), barron(1, radius_squared, moment).value
    return max(1, -(-whole // tolerance))


def cube_radius_squared(n: int) -> Fraction:
    """Return n/4: [0, 1]^n lies in the ball of radius sqrt(n)/2 around its centre."""
    return Fraction(_count("n", n), 4)


def _root_above(x: Fraction) -> Fraction:
    """A rational number that is at least sqrt(x), and above it by at most 2^-32."""
    scaled = x * _DIGITS * _DIGITS
    root = isqrt(scaled.numerator // scaled.denominator)
    return Fraction(root if root * root == scaled else root + 1, _DIGITS)


def cosine_moment(amplitudes: Sequence[Any], frequencies: Sequence[Sequence[Any]]) -> Fraction:
    """Return an upper bound of C for f(x) = sum_j a_j cos(w_j^T x + phi_j): sum_j |a_j| |w_j|, roots rounded up.

    It is C itself, up to the rounding, if no w_j equals another or its opposite.

    >>> cosine_moment([2], [[3, 4]])
    Fraction(10, 1)
    """
    if len(amplitudes) != len(frequencies):
        raise ShapeMismatch(
            f"one frequency per amplitude is wanted; got {len(amplitudes)} and {len(frequencies)}."
        )
    total = Fraction(0)
    for a, w in zip(amplitudes, frequencies):
        size = sum((_number("a frequency", x, None) ** 2 for x in w), Fraction(0))
        total += abs(_number("an amplitude", a, None)) * _root_above(size)
    return total


def gaussian_moment(n: int, width: Any = 1) -> Fraction:
    """Return an upper bound of C for f(x) = exp(-|x - c|^2 / (2 width^2)) on R^n: sqrt(n) / width, root rounded up.

    C = E|w| for w normal with covariance I / width^2, and E|w| <= sqrt(E|w|^2) = sqrt(n) / width.

    >>> gaussian_moment(4, 2)
    Fraction(1, 1)
    """
    return _root_above(Fraction(_count("n", n))) / _number("width", width)


def parameter_counts(n: int, k: int, rank: int = 1) -> dict[str, int]:
    """Return the numbers of parameters of k blocks of displacement rank r and of an ordinary layer of k neurons.

    Blocks: 2 n r for the generators of each, n biases and n output weights each, and the constant: k n (2r + 2) + 1.
    Ordinary: k (n + 2) + 1.  The blocks never have fewer.

    >>> parameter_counts(8, 5)
    {'blocks': 161, 'ordinary': 51}
    """
    n, k, rank = _count("n", n), _count("k", k), _count("rank", rank)
    return {"blocks": k * n * (2 * rank + 2) + 1, "ordinary": k * (n + 2) + 1}
