"""How far the double-double multiply by transforms can be from the exact product, in the 2-norm.

WideError       norm, error, tiny: the computed M x is within error ||x|| + tiny of M x, and ||M|| is at most norm
wide_error      the three numbers of a map
wide_limit      at least |computed M x - M x|, entry by entry
lengths         at least the 2-norms of rows, of whatever magnitude

u = 2^-53, eta = 2^-1074, the least positive double.  A complex sum in double-double errs by at most 4.3 u^2 of its norm
at each of the two outputs of a pair, a product with a root of unity by 17 u^2 (four products of 5 u^2, two sums, the
root's own 4 u^2); so a transform of 2^k numbers errs by 22 k u^2 in norm.  A convolution takes two transforms of x, two
more make the spectrum (whose numbers are at most sqrt(N) ||c||, and it is used once direct and once mirrored), and
250 u^2 cover combining and scaling:
    error <= (100 log2 N + 250) u^2 sqrt(N) ||c||,    norm <= sqrt(N) ||c||.
Chains add the errors of their steps, each carried through the norms of the others.

Underflow.  Sums of doubles never underflow, so neither do those of double-double numbers.  A product is
quick_two_sum(p, e + f), p = fl(a b), e = fma(a, b, -p), f = fma(a, b', fl(a' b)): e, f and a' b may each lose eta / 2
beyond their relative errors, together 3 eta / 2, and a complex product 6 eta.  Hence, in norm,
    transform of N numbers: a level 6 eta sqrt(N), carried through the others: together at most 32 eta N;
    convolution: 32 eta N ||c|| for the transform of x (the rest has norm ||c||), 48 eta N for combining and going back;
        the spectrum, divided by N, is off by 62 eta sqrt(N) at a frequency, the product by 62 eta N^1.5 ||x||;
    reflection: 5 n eta in v^T x, times |s|, and 6 eta in the product with s; both times ||v||; and 6 eta sqrt(n).
UNDERFLOW = 128 eta covers each of these constants.  Terms of a series of maps, and real and imaginary parts taken one
after the other, are within its margin.  The three numbers are doubles themselves, rounded up by `_up`; 2-norms are
those of vectors brought near 1 by a power of two, for squares underflow below 2^-537.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import singledispatch
from math import log2, sqrt

import numpy as np

from ldrtheory.reference.cauchy import CauchySums
from ldrtheory.reference.chirps import Expansion, RealPart
from ldrtheory.reference.convolution import Convolution
from ldrtheory.reference.enclosures import RELATIVE, Coefficients
from ldrtheory.reference.maps import Chain, DenseMap, Diagonal, LinearMap, Selection, Total
from ldrtheory.reference.numbers import LEAST
from ldrtheory.reference.recurrences import BlockedReflections, Reflections
from ldrtheory.reference.transforms import Trigonometric

UU = 2.0**-106
UNDERFLOW = 2.0**-1067


def _up(bound: float) -> float:
    """Return at least the exact value of a sum of two products of nonnegative doubles, from the computed one."""
    return bound * (1 + 2.0**-50) + LEAST


def lengths(rows: np.ndarray) -> np.ndarray:
    """Return at least the 2-norm of each row, of up to 2^30 numbers, as a column; infinite where none is a double."""
    parts = np.concatenate([rows.real, rows.imag], axis=1) if np.iscomplexobj(rows) else rows
    _, exponents = np.frexp(np.abs(parts).max(axis=1, initial=0, keepdims=True))
    near = np.linalg.norm(np.ldexp(parts, -exponents), axis=1, keepdims=True)
    return np.ldexp(near * (1 + 2.0**-20), exponents) + LEAST


@dataclass(frozen=True)
class WideError:
    """||computed M x - M x|| <= error ||x|| + tiny, ||M|| <= norm."""

    norm: float
    error: float
    tiny: float = 0.0

    def then(self, after: WideError) -> WideError:
        """Return the numbers of `after` applied to the result of this one."""
        total = self.norm + self.error
        return WideError(
            _up(after.norm * self.norm),
            _up(after.norm * self.error + after.error * total),
            _up((after.norm + after.error) * self.tiny + after.tiny),
        )

    def __add__(self, other: WideError) -> WideError:
        norm = self.norm + other.norm
        error = _up(self.error + other.error + 8 * UU * norm)
        return WideError(_up(norm), error, _up(self.tiny + other.tiny))


def _norm(c: Coefficients) -> float:
    """At least the 2-norm of the numbers taken as one vector."""
    return _up(float(lengths(c.high.reshape(1, -1))[0, 0]) + c.absolute * sqrt(c.high.size))


@singledispatch
def wide_error(given: LinearMap) -> WideError:
    """Return the numbers of a map."""
    raise TypeError(f"no bound is stated for {type(given).__name__}")


@wide_error.register
def _(given: Chain) -> WideError:
    total = WideError(1.0, 0.0)
    for step in given.steps:
        total = total.then(wide_error(step))
    return total


@wide_error.register
def _(given: Total) -> WideError:
    first, *others = map(wide_error, given.terms)
    for other in others:
        first = first + other
    return first


@wide_error.register
def _(given: Selection) -> WideError:
    return WideError(1.0, 0.0)


@wide_error.register
def _(given: Diagonal) -> WideError:
    norm = _up(float(np.abs(given.values.high).max(initial=0)) * (1 + 2.0**-20) + given.values.absolute)
    return WideError(norm, _up(40 * UU * norm + given.values.absolute), UNDERFLOW * given.shape[0])


@wide_error.register
def _(given: DenseMap) -> WideError:
    (m, n), norm = given.shape, _norm(given.columns)
    own = (600 + n) * UU + RELATIVE
    return WideError(norm, _up(own * norm + given.columns.absolute * sqrt(m * n)), UNDERFLOW * m * n)


@wide_error.register
def _(given: Convolution) -> WideError:
    N, length = given.period, _norm(given.values)
    norm = _up(sqrt(N) * length)
    own = _up((100 * log2(N) + 250) * UU * norm + given.values.absolute * N)
    return WideError(norm, own + UNDERFLOW * N * sqrt(N), _up(UNDERFLOW * N * length + UNDERFLOW * N))


@wide_error.register
def _(given: RealPart) -> WideError:
    inner = wide_error(given.of)
    return WideError(inner.norm, 2 * inner.error, 2 * inner.tiny)


@wide_error.register
def _(given: Expansion) -> WideError:
    m, n = given.shape
    total, tail = wide_error(Total(given.terms)), given.tail * sqrt(m * n)
    return WideError(_up(total.norm + tail), _up(total.error + tail), total.tiny)


@wide_error.register
def _(given: Trigonometric) -> WideError:
    return wide_error(given.exact)


@wide_error.register
def _(given: Reflections) -> WideError:
    """Each reflection x - v (s (v^T x)) of norm 1 + |s| ||v||^2, which is 3 or, for complex v, more.

    The vectors are parameters, without error; an absolute error of s counts ||v||^2-fold.
    """
    total = WideError(1.0, 0.0)
    n = given.shape[0]
    exact = not given.vectors.is_complex
    moduli = given.scales.modulus().high
    for length, s in zip(lengths(given.vectors.high)[:, 0].tolist(), moduli.tolist()):
        along = _up(s * length)
        moved, off = _up(along * length), _up(_up(given.scales.absolute * length) * length)
        error = _up((1300 + 2 * n) * UU * (1 + moved) + off)
        tiny = _up(UNDERFLOW * n * along + UNDERFLOW * (length + n))
        total = total.then(WideError(1.0 if exact else 1 + moved, error, tiny))
    return total


@wide_error.register
def _(given: BlockedReflections) -> WideError:
    return wide_error(given.exact)


@singledispatch
def wide_limit(given: LinearMap, rows: np.ndarray) -> np.ndarray:
    """Return at least |computed M x - M x| for every row x: in general from the 2-norm."""
    limits = wide_error(given)
    return (limits.error * lengths(rows) + limits.tiny) * (1 + 2.0**-20) + LEAST


@wide_limit.register
def _(given: CauchySums, rows: np.ndarray) -> np.ndarray:
    """Entry by entry: the quotients' own 10 u^2, and what sums of products cost."""
    n = given.shape[1]
    return (600 + n) * UU * given.magnitude(rows) + UNDERFLOW * n
