"""Matrices of powers of points on the unit circle, by chirps.

chirp           exp(2 pi i (product i j + left i + right j + constant)): diagonal, Toeplitz, diagonal (Bluestein)
RealPart        the real part of a map
Expansion       the first terms of a series of maps, fewer in floats than in double-double
arc             turns (start, step) such that the nodes are near exp(2 pi i (start + step k)), or None
arc_powers      the Vandermonde matrix of such nodes

2 i j = i^2 + j^2 - (i - j)^2, so a chirp is a diagonal matrix times a Toeplitz matrix times a diagonal matrix.

Nodes are floats, and powers of an arc of the circle only nearly: x_k = w_k (1 + e_k), |w_k| = 1.  As
    x_k^j = w_k^j sum over r of C(j, r) e_k^r,
M is the sum over r of D((n e)^r) F D(C(j, r) / n^r) with F the powers of w.  With d = n max |e_k| the terms from r = R
add up to at most 2 d^R / R! at every entry, and those before have norms that add up to at most exp(d) times the norm of
F.  So the multiply errs by a multiple of u log(m + n) in norm for the nodes as they are, not by n u as it would with
w_k in their place, and the double-double product takes as many terms as it needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import comb, lcm
from typing import Any

import numpy as np
from flint import acb, arb, ctx, fmpq

from ldrtheory.families import Vandermonde
from ldrtheory.reference.convolution import Convolution, unit_circle
from ldrtheory.reference.enclosures import Coefficients, enclosed
from ldrtheory.reference.kinds import Kind, Wide
from ldrtheory.reference.maps import Chain, Diagonal, LinearMap, Total
from ldrtheory.reference.numbers import WideNumbers, joined

NEAR = 2.0**-8  # n times the distance of a node from the arc, at most
TAILS = 2.0**-56, 2.0**-106  # of an entry, left out in floats and in double-double
STRAY = {"complex64": 2.0**-20, "complex128": 2.0**-48}  # turns by which an angle may err when it is measured


def chirp(
    shape: tuple[int, int],
    product: Fraction,
    left: Fraction = Fraction(0),
    right: Fraction = Fraction(0),
    constant: Fraction = Fraction(0),
) -> Chain:
    """Return exp(2 pi i (product i j + left i + right j + constant)), all in turns."""
    (m, n), half = shape, product / 2
    whole = lcm(*(q.denominator for q in (half, left, right, constant)))
    square, by_i, by_j, one = (int(q * whole) for q in (half, left, right, constant))

    def circle(*numerators: int) -> Coefficients:
        found = unit_circle(np.array([k % whole for k in numerators], dtype=object), whole)
        return Coefficients(found.high, found.low)

    return Chain(
        (
            Diagonal(circle(*(square * j * j + by_j * j for j in range(n)))),
            Convolution(circle(*(-square * d * d for d in range(1 - n, m))), n),
            Diagonal(circle(*(square * i * i + by_i * i + one for i in range(m)))),
        )
    )


@dataclass(frozen=True)
class RealPart(LinearMap):
    """The real part of a complex matrix."""

    of: LinearMap

    @property
    def shape(self) -> tuple[int, int]:
        return self.of.shape

    @property
    def by_rows(self) -> bool:
        return self.of.by_rows

    @property
    def is_complex(self) -> bool:
        return False

    def apply(self, kind: Kind, x: Any) -> Any:
        if isinstance(x, WideNumbers):
            if not x.is_complex:
                return self.of.apply(kind, x).real
            real, imaginary = self.of.apply(kind, x.real).real, self.of.apply(kind, x.imag).real
            return WideNumbers(joined(real.high, imaginary.high), joined(real.low, imaginary.low))
        if not np.iscomplexobj(x):
            return self.of.apply(kind, x).real
        return joined(self.of.apply(kind, x.real.copy()).real, self.of.apply(kind, x.imag.copy()).real)

    def transpose(self) -> RealPart:
        return RealPart(self.of.transpose())


@dataclass(frozen=True)
class Expansion(Total):
    """The sum of all terms in double-double, of the first `plain` in floats; `tail`: what an entry lacks."""

    plain: int
    tail: float

    def apply(self, kind: Kind, x: Any) -> Any:
        return Total(self.terms if isinstance(kind, Wide) else self.terms[: self.plain]).apply(kind, x)

    def transpose(self) -> Expansion:
        return replace(self, terms=super().transpose().terms)


def _simplest(turns: Fraction, off: float) -> Fraction:
    """Return a fraction of small denominator that is at most `off` away."""
    for bits in range(200):
        found = turns.limit_denominator(1 << bits)
        if abs(found - turns) <= off:
            return found
    return turns


def arc(x: np.ndarray, n: int) -> tuple[Fraction, Fraction] | None:
    """Return (start, step) in turns if the complex nodes x may be near an arc for powers below n; None if they are not.

    The step is measured between nodes 0 and 1, 2, 4, ..., and simple fractions are preferred; nothing is proven here.
    """
    stray, m = STRAY[x.dtype.name], len(x)
    x = x.astype(np.complex128)
    with np.errstate(all="ignore"):
        if not (np.abs(np.abs(x) - 1) * n <= 2 * NEAR).all():
            return None
    turns = np.angle(x * x[0].conj()) / (2 * np.pi)
    step = Fraction(0)
    for k in [1 << b for b in range((m - 1).bit_length())] + [m - 1]:
        if 0 < k < m:
            found = Fraction(float(turns[k]))
            around = round(step * k - found)
            if k > 1 and abs(step * k - found - around) * n > 2 * NEAR:
                return None
            step = (around + found) / k
    start = _simplest(Fraction(float(np.angle(x[0]) / (2 * np.pi))), stray)
    return start, _simplest(step, stray / m)


def _offsets(x: Any, start: Fraction, step: Fraction) -> list[acb]:
    """Return e_k for the balls x."""
    out = []
    for k, node in enumerate(x):
        turn = (start + step * k) % 1
        sine, cosine = arb(fmpq(2 * turn.numerator, turn.denominator)).sin_cos_pi()
        out.append((acb(node) - acb(cosine, sine)) * acb(cosine, -sine))
    return out


def _count(d: float, tail: float) -> int:
    """Return the least R > 0 with 2 d^R / R! <= tail."""
    count, term = 1, 2 * d
    while term > tail:
        count += 1
        term *= d / count
    return count


def arc_powers(
    family: Vandermonde, p: Mapping[str, np.ndarray]
) -> tuple[Fraction, Fraction, LinearMap, Any] | None:
    """Return start, step, F by chirps, and a function that makes M of F; None where the nodes are not near an arc."""
    m, n = family.shape
    x = p["x"]
    found = arc(x, n) if np.iscomplexobj(x) else None
    if found is None:
        return None
    start, step = found
    with ctx.workprec(192):
        d = (
            max(float(abs(e).abs_upper()) for e in _offsets(map(complex, x), start, step))
            * n
            * (1 + 2.0**-50)
        )
    if not d <= NEAR:
        return None
    plain, wide = (_count(d, tail) for tail in TAILS)

    def make(q: Mapping[str, Any], ring: Any) -> list[Any]:
        e = [z * n for z in _offsets(q["x"], start, step)]
        left = [[z**r for z in e] for r in range(1, wide)]
        right = [[ring(Fraction(comb(j, r), n**r)) for j in range(n)] for r in range(1, wide)]
        return [np.array(v, dtype=object) for v in left + right]

    scales = enclosed(family, p, make) if wide > 1 else []

    def expanded(F: LinearMap) -> LinearMap:
        pairs = zip(scales[: wide - 1], scales[wide - 1 :])
        corrections = (Chain((Diagonal(right), F, Diagonal(left))) for left, right in pairs)
        return Expansion((F, *corrections), plain, TAILS[1])

    return start, step, chirp((m, n), step, right=start), expanded
