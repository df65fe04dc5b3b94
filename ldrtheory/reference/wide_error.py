"""How far the double-double multiply by transforms can be from the exact product, in the 2-norm.

WideError       norm, error, tiny: the computed M x is within error ||x|| + tiny of M x, and ||M|| is at most norm
wide_error      the three numbers of a map
wide_limit      at least |computed M x - M x|, entry by entry

u = 2^-53.  A complex sum in double-double errs by at most 4.3 u^2 of its norm at each of the two outputs of a pair, a
product with a root of unity by 17 u^2 (four products of 5 u^2, two sums, the root's own 4 u^2); so a transform of 2^k
numbers errs by 22 k u^2 in norm.  A convolution takes two transforms of x, two more make the spectrum (whose numbers
are at most sqrt(N) ||c||, and it is used once direct and once mirrored), and 250 u^2 cover combining and scaling:
    error <= (100 log2 N + 250) u^2 sqrt(N) ||c||,    norm <= sqrt(N) ||c||.
Chains add the errors of their steps, each carried through the norms of the others.  Numbers below 2^-1000 may lose
bits to underflow: tiny covers them.
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
from ldrtheory.reference.recurrences import BlockedReflections, Reflections
from ldrtheory.reference.transforms import Trigonometric

UU = 2.0**-106
UNDERFLOW = 2.0**-1000


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
            after.norm * self.norm,
            after.norm * self.error + after.error * total,
            (after.norm + after.error) * self.tiny + after.tiny,
        )

    def __add__(self, other: WideError) -> WideError:
        norm = self.norm + other.norm
        return WideError(norm, self.error + other.error + 8 * UU * norm, self.tiny + other.tiny)


def _norm(c: Coefficients) -> float:
    """At least the 2-norm of the numbers taken as one vector."""
    return float(np.linalg.norm(c.high)) * (1 + 2.0**-20) + c.absolute * sqrt(c.high.size)


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
    norm = float(np.abs(given.values.high).max(initial=0)) * (1 + 2.0**-20) + given.values.absolute
    return WideError(norm, 40 * UU * norm + given.values.absolute, UNDERFLOW * given.shape[0])


@wide_error.register
def _(given: DenseMap) -> WideError:
    (m, n), norm = given.shape, _norm(given.columns)
    own = (600 + n) * UU + RELATIVE
    return WideError(norm, own * norm + given.columns.absolute * sqrt(m * n), UNDERFLOW * m * n)


@wide_error.register
def _(given: Convolution) -> WideError:
    N = given.period
    norm = sqrt(N) * _norm(given.values)
    own = (100 * log2(N) + 250) * UU
    return WideError(norm, own * norm + given.values.absolute * N, UNDERFLOW * N * (1 + norm))


@wide_error.register
def _(given: RealPart) -> WideError:
    inner = wide_error(given.of)
    return WideError(inner.norm, 2 * inner.error, 2 * inner.tiny)


@wide_error.register
def _(given: Expansion) -> WideError:
    m, n = given.shape
    total = wide_error(Total(given.terms))
    return WideError(
        total.norm + given.tail * sqrt(m * n), total.error + given.tail * sqrt(m * n), total.tiny
    )


@wide_error.register
def _(given: Trigonometric) -> WideError:
    return wide_error(given.exact)


@wide_error.register
def _(given: Reflections) -> WideError:
    """Each reflection x - v (s (v^T x)) of norm 1 + |s| ||v||^2, which is 3 or, for complex v, more."""
    total = WideError(1.0, 0.0)
    n = given.shape[0]
    exact = not given.vectors.is_complex
    for v, s in zip(given.vectors.high, given.scales.high):
        moved = float(np.abs(s)) * float(np.linalg.norm(v)) ** 2 * (1 + 2.0**-20)
        total = total.then(
            WideError(1.0 if exact else 1 + moved, (1300 + 2 * n) * UU * (1 + moved), UNDERFLOW * n)
        )
    return total


@wide_error.register
def _(given: BlockedReflections) -> WideError:
    return wide_error(given.exact)


@singledispatch
def wide_limit(given: LinearMap, rows: np.ndarray) -> np.ndarray:
    """Return at least |computed M x - M x| for every row x: in general from the 2-norm."""
    limits = wide_error(given)
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return (limits.error * norms + limits.tiny) * (1 + 2.0**-20)


@wide_limit.register
def _(given: CauchySums, rows: np.ndarray) -> np.ndarray:
    """Entry by entry: the quotients' own 10 u^2, and what sums of products cost."""
    n = given.shape[1]
    return (600 + n) * UU * given.magnitude(rows) + UNDERFLOW * n
