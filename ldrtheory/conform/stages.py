"""How far a product by transforms can be from the exact one, stage by stage.

Signal          the exact vector before a stage, and how far the computed one may be from it
Convolved, Scaled       a stage by three transforms; a stage that multiplies entry by entry
stages_of       the ways in which a family is multiplied by transforms, each a tuple of stages
spread          the signal behind a stage: at large sizes, with the norms of the actual vectors
reach           (R, g) with ||error|| <= (e^g - 1) R ||x|| for every x: at small sizes, and for the transpose too

u is the unit roundoff, e = 7 u (log2 n + 4) the relative error of one transform in norm (Higham, Accuracy and
Stability of Numerical Algorithms, 2002, theorem 24.2, for lengths up to N = 16 n), z the exact vector before a stage,
z' the computed one, ||z' - z|| <= E, r = ||z|| + E.  A computed stage is S' z' with S' z' - S z = S (z' - z) +
(S' - S) z', so E becomes ||S|| E + L, L the stage's own error at z'.

Convolved, by C = F c and Z = F z' (F / sqrt(N) unitary), max|Z| <= max|F z| + sqrt(n) E: computed spectra differ by at
most e sqrt(N) ||c|| and e sqrt(N) r, so their product, divided by sqrt(N), by at most
    p = e max|C| r + e ||c|| max|Z| + e^2 sqrt(N) ||c|| r;
it is rounded, at most w = 3 u (max|C| r + p), and transformed: L = p + w + e (max|C| r + p + w).
||S|| <= max|C|: circulants, and f-circulants with |f| = 1, take values of C for eigenvalues, Toeplitz matrices are
corners of such.  Over a grid four times finer than c and z are long, times 1.1 > 1 / cos(pi / 8) for what lies between
its points (Ehlich and Zeller 1964).  Entries of c that are computed first, with a relative error q, add q ||c|| max|Z|.
With R = sqrt(l) ||c||, l the length of c, max|C| <= R and max|Z| <= sqrt(l) r: L <= (3 e + 7 e^2 + 3 u) R r;
the 3 u and the rounding of the result fit in the 3 (7 - 1 - 4 sqrt 2) u (log2 n + 4) > 4 u that e has to spare.

Scaled, by d: L = (q + 3 u) (||d * z|| + max|d| E), ||S|| = max|d|.

f-circulants with |f| != 0, 1 are D^-1 C' D with d[k] = |f|^(k/n) and C' the circulant (f < 0: the (-1)-circulant) of
c * d: ||D|| ||D^-1|| = max(|f|, 1/|f|)^((n-1)/n) enters by the two scalings.  d[k] = exp(k ln|f| / n) has a relative
error of at most (3 |ln|f|| + ANGLE) u.  Kernels may as well pad: the larger of both ways is allowed.
The roots of unity of (-1)-circulants, within 14 u each, fit in the 28 u by which e exceeds 7 u log2 n.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import singledispatch
from math import sqrt
from typing import Any

import numpy as np

from ldrtheory import families as f
from ldrtheory.conform.arithmetic import Arithmetic
from ldrtheory.conform.majorant import ANGLE
from ldrtheory.families import Family
from ldrtheory.reference import maps
from ldrtheory.reference.direct import acdc_chain, circulant, direct_map
from ldrtheory.reference.enclosures import Coefficients
from ldrtheory.reference.kinds import Plain
from ldrtheory.reference.transforms import Trigonometric, cosines

BETWEEN = 1.1  # a trigonometric polynomial between the points of the grid
OWN = 2.0**-36  # what our own floats may lose of the largest value that a vector can have: 2^17 units

Arrays = Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Signal:
    """The vector z before a stage, at most `size` long; the computed one differs by at most `error` in norm."""

    z: np.ndarray
    size: float
    error: float
    n: int
    arithmetic: Arithmetic

    def after(self, z: np.ndarray, norm: float, own: float) -> Signal:
        """Return the signal behind a stage of the given norm, with the error `own`, that gives z in our floats."""
        size = min(norm * self.size, float(np.linalg.norm(z)) + OWN * norm * self.size)
        return Signal(z, size, norm * self.error + own, self.n, self.arithmetic)


@dataclass(frozen=True, eq=False)
class Convolved:
    """The product with an f-circulant, |f| = 1 (`turn` = f), or else a Toeplitz matrix, of the sequence c.

    units: the relative error of computed entries of c, in units of u.
    """

    c: np.ndarray
    columns: int
    turn: int = 0
    units: float = 0.0

    @property
    def top(self) -> float:
        """At least max|C|, on the whole unit circle."""
        return _top(self.c)

    def apply(self, z: np.ndarray) -> np.ndarray:
        """Return the product in our floats."""
        n, c = self.columns, self.c
        if not self.turn:
            size = len(c) + n
            return np.fft.ifft(np.fft.fft(c, size) * np.fft.fft(z, size))[n - 1 : len(c)]
        w = np.exp(1j * np.pi * np.arange(n) / n) if self.turn < 0 else np.ones(n)
        return np.fft.ifft(np.fft.fft(w * c) * np.fft.fft(w * z)) / w


@dataclass(frozen=True, eq=False)
class Scaled:
    """The product with a diagonal matrix of numbers d that are computed first, within `units` u of themselves."""

    d: np.ndarray
    units: float = 0.0


def _top(values: np.ndarray) -> float:
    length = 4 << int(np.ceil(np.log2(len(values))))
    return BETWEEN * float(np.max(np.abs(np.fft.fft(values, length))))


def _convolved(t: maps.Toeplitz) -> Convolved:
    """A Toeplitz matrix with t[k + n] = f t[k], f = 1 or -1, is the f-circulant of its first column."""
    values, (m, n) = t.values.high, t.shape
    for turn in (1, -1) if m == n else ():
        if np.array_equal(values[: n - 1], turn * values[n:]):
            return Convolved(values[n - 1 :], n, turn)
    return Convolved(values, n)


@singledispatch
def spread(stage: Any, before: Signal) -> Signal:
    """Return the signal behind a stage (see the module)."""
    raise TypeError(f"no bound is stated for {type(stage).__name__}")


@spread.register(tuple)
@spread.register
def _(stage: maps.Chain, before: Signal) -> Signal:
    for step in stage if isinstance(stage, tuple) else stage.steps:
        before = spread(step, before)
    return before


@spread.register
def _(stage: maps.Total, before: Signal) -> Signal:
    """Sums of k terms in any order: (1 + u)^(k - 1) - 1 of the sum of the sizes."""
    parts = [spread(term, before) for term in stage.terms]
    z = np.sum([part.z for part in parts], axis=0)
    size, error = sum(p.size for p in parts), sum(p.error for p in parts)
    added = float(np.expm1((len(parts) - 1) * before.arithmetic.longest)) * (size + error)
    return Signal(
        z, min(size, float(np.linalg.norm(z)) + OWN * size), error + added, before.n, before.arithmetic
    )


@spread.register
def _(stage: maps.Selection, before: Signal) -> Signal:
    return before.after(stage.apply(Plain(before.z.dtype), before.z[None])[0], 1.0, 0.0)


@spread.register
def _(stage: Convolved, before: Signal) -> Signal:
    e, u = before.arithmetic.transformed(before.n), before.arithmetic.longest
    top, c, r = stage.top, float(np.linalg.norm(stage.c)), before.size + before.error
    seen = _top(before.z) + sqrt(before.n) * before.error
    p = e * top * r + (e + stage.units * u) * c * seen + e * e * 4 * sqrt(before.n) * c * r
    w = 3 * u * (top * r + p)
    return before.after(stage.apply(before.z), top, p + w + e * (top * r + p + w))


@spread.register
def _(stage: maps.Toeplitz, before: Signal) -> Signal:
    return spread(_convolved(stage), before)


@spread.register
def _(stage: Scaled, before: Signal) -> Signal:
    z, norm = stage.d * before.z, float(np.max(np.abs(stage.d), initial=0))
    size = float(np.linalg.norm(z)) + OWN * norm * before.size
    return before.after(z, norm, (stage.units + 3) * before.arithmetic.longest * (size + norm * before.error))


@spread.register
def _(stage: maps.Diagonal, before: Signal) -> Signal:
    return spread(Scaled(stage.values.high, 0.0 if stage.values.exact else ANGLE), before)


@spread.register
def _(stage: Trigonometric, before: Signal) -> Signal:
    """One transform; cosines and sines are corners of transforms of twice the length."""
    norm = sqrt(2 * before.n)
    z = stage.apply(Plain(before.z.dtype), before.z[None])[0]
    return before.after(
        z, norm, before.arithmetic.transformed(before.n) * norm * (before.size + before.error)
    )


@singledispatch
def reach(stage: Any, n: int, arithmetic: Arithmetic) -> tuple[float, float]:
    """Return (R, g) with ||error|| <= (e^g - 1) R ||x||, ||S|| <= R, for a stage of size at most n."""
    raise TypeError(f"no bound is stated for {type(stage).__name__}")


@reach.register(tuple)
@reach.register
def _(stage: maps.Chain, n: int, arithmetic: Arithmetic) -> tuple[float, float]:
    """Each computed factor is S + dS, ||dS|| <= (e^g - 1) R: the product of R e^g less that of R."""
    found = [reach(step, n, arithmetic) for step in (stage if isinstance(stage, tuple) else stage.steps)]
    return float(np.prod([R for R, _ in found])), sum(g for _, g in found)


@reach.register
def _(stage: maps.Total, n: int, arithmetic: Arithmetic) -> tuple[float, float]:
    found = [reach(term, n, arithmetic) for term in stage.terms]
    return sum(R for R, _ in found), max(g for _, g in found) + (len(found) - 1) * arithmetic.longest


@reach.register
def _(stage: maps.Selection, n: int, arithmetic: Arithmetic) -> tuple[float, float]:
    return 1.0, 0.0


@reach.register
def _(stage: Convolved, n: int, arithmetic: Arithmetic) -> tuple[float, float]:
    e, u = arithmetic.transformed(n), arithmetic.longest
    return sqrt(len(stage.c)) * float(np.linalg.norm(stage.c)), 3 * e + 3 * e * e + stage.units * u


@reach.register
def _(stage: maps.Toeplitz, n: int, arithmetic: Arithmetic) -> tuple[float, float]:
    return reach(_convolved(stage), n, arithmetic)


@reach.register
def _(stage: Scaled, n: int, arithmetic: Arithmetic) -> tuple[float, float]:
    return float(np.max(np.abs(stage.d), initial=0)), (stage.units + 3) * arithmetic.longest


@reach.register
def _(stage: maps.Diagonal, n: int, arithmetic: Arithmetic) -> tuple[float, float]:
    return reach(Scaled(stage.values.high, 0.0 if stage.values.exact else ANGLE), n, arithmetic)


@reach.register
def _(stage: Trigonometric, n: int, arithmetic: Arithmetic) -> tuple[float, float]:
    return sqrt(2 * n), arithmetic.transformed(n)


Way = tuple[Any, ...]
WAYS: dict[type[Family], Callable[[Any, Arrays], list[Way]]] = {}


def ways(*classes: type[Family]) -> Callable[[Any], Any]:
    """Return a decorator that registers how families are multiplied by transforms."""

    def register(maker: Any) -> Any:
        WAYS.update(dict.fromkeys(classes, maker))
        return maker

    return register


def stages_of(family: Family, parameters: Arrays) -> list[Way]:
    """Return the ways in which the member is multiplied by transforms, from float64 or complex128 parameters.

    Empty where none is known (WAYS has the families), or f leaves the range of floats.
    """
    maker = WAYS.get(type(family))
    return [] if maker is None else maker(family, parameters)


@ways(f.Circulant, f.Toeplitz, f.Hankel, f.ToeplitzPlusHankel)
@ways(f.ToeplitzProduct, f.TriangularToeplitzProduct, f.Bezoutian, f.DiagonalCirculant)
def _plain(family: Family, p: Arrays) -> list[Way]:
    return [(direct_map(family, p),)]


@ways(f.FCirculant)
def _f_circulant(family: f.FCirculant, p: Arrays) -> list[Way]:
    exact = Fraction(family.f)
    if exact and not 2.0**-500 < abs(exact) < 2.0**500:  # its products with entries are no floats
        return []
    n, c, size = family.n, p["c"], abs(float(exact))
    turn = -1 if exact < 0 else 1
    if size == 1:
        return [(Convolved(c, n, turn),)]
    padded = (Convolved(np.concatenate([float(exact) * c[1:], c]), n, units=2),)
    if size == 0:
        return [padded]
    d, units = size ** (np.arange(n) / n), 3 * abs(float(np.log(size))) + ANGLE
    return [padded, (Scaled(d, units), Convolved(c * d, n, turn, units + 1), Scaled(1 / d, units + 1))]


@ways(f.ToeplitzLike)
def _toeplitz_like(family: f.ToeplitzLike, p: Arrays) -> list[Way]:
    """1/2 sum over j of C(g_j) T(h_j), C circulant and T a (-1)-circulant."""
    n, terms = family.n, []
    for g, h in zip(p["G"].T, p["H"].T):
        T = maps.Toeplitz(Coefficients(np.concatenate([-h[: n - 1][::-1], h[::-1]])), n)
        terms.append(maps.Chain((T, circulant(g))))
    return [(maps.Total(tuple(terms)), Scaled(np.full(n, 0.5)))]


@ways(f.ACDC)
def _acdc(family: f.ACDC, p: Arrays) -> list[Way]:
    return [(acdc_chain(family, p, cosines(f.DCT(family.n, 2))),)]
