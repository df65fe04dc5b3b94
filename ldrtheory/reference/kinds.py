"""The three kinds of numbers that a multiply is run on: plain floats, double-double, floats with an error bound.

Plain       floats of one dtype; the numbers are numpy arrays
Wide        double-double: high + low, 106 bits
Running     floats with a bound of their error, entry by entry
Kind        what the three have in common: read a coefficient, dense products, concatenation, zeros

A multiply is written once, as maps (maps.py) of arrays of shape (batch, n), and run on each kind.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ldrtheory.reference.arguments import complex_dtype, real_dtype
from ldrtheory.reference.enclosures import RELATIVE, Coefficients
from ldrtheory.reference.numbers import ETA, UNIT, RunningNumbers, WideNumbers, joined, modulus, outward

WIDE = 2.0**-40


class Kind(ABC):
    """What a multiply may do with numbers besides + - * and indexing."""

    def coefficients(self, given: Coefficients) -> Any:
        """Return coefficients, known as double-double numbers, as numbers of this kind; made once."""
        if self not in given.kept:
            given.kept[self] = self.read(given)
        return given.kept[self]

    @abstractmethod
    def read(self, given: Coefficients) -> Any:
        """Return coefficients as numbers of this kind."""

    @abstractmethod
    def dense(self, A: Any, x: Any) -> Any:
        """Return the rows A^T x for A of shape (k, m) and x of shape (batch, k)."""

    def blocks(self, A: Any, x: Any) -> Any:
        """Return the rows A[g]^T x[:, g] for A of shape (count, k, m) and x of shape (batch, count, k)."""
        count, _, m = A.shape
        made = self.concatenate([self.dense(A[g], x[:, g]) for g in range(count)])
        return made.reshape(x.shape[0], count, m)

    @abstractmethod
    def concatenate(self, parts: Sequence[Any], axis: int = -1) -> Any:
        """Return the parts behind each other."""

    @abstractmethod
    def zeros(self, shape: tuple[int, ...]) -> Any:
        """Return exact zeros."""


def expanded(A: np.ndarray, is_complex: bool) -> np.ndarray:
    """Return the real matrix that takes [Re x, Im x] (Re x where x is real) to [Re y, Im y]."""
    upper = np.concatenate([A.real, A.imag], axis=-1)
    if not is_complex:
        return upper
    return np.concatenate([upper, np.concatenate([-A.imag, A.real], axis=-1)], axis=-2)


def _through_reals(A: np.ndarray, x: np.ndarray, *others: np.ndarray) -> tuple[list[np.ndarray], bool, bool]:
    """Return real arrays of the product, and whether A was expanded, and whether x was split by rows."""
    wide = np.iscomplexobj(A)
    split = np.iscomplexobj(x)
    matrices, vectors = [A, *others[: len(others) // 2]], [x, *others[len(others) // 2 :]]
    if wide:
        matrices = [expanded(M, split) for M in matrices]
        vectors = [np.concatenate([v.real, v.imag], axis=-1) if split else v for v in vectors]
    elif split:
        vectors = [np.concatenate([v.real, v.imag]) for v in vectors]
    return [np.ascontiguousarray(a) for a in (*matrices, *vectors)], wide, split


def _recombined(y: np.ndarray, wide: bool, split: bool) -> np.ndarray:
    """Return the complex numbers of the real arrays that the product gave."""
    if wide:
        half = y.shape[-1] // 2
        return joined(y[..., :half], y[..., half:])
    if split:
        half = y.shape[0] // 2
        return joined(y[:half], y[half:])
    return y


@dataclass(frozen=True)
class Plain(Kind):
    """Floats of one precision; dtype is float32 or float64, and complex where the numbers are."""

    dtype: np.dtype

    def read(self, given: Coefficients) -> np.ndarray:
        target = complex_dtype(self.dtype) if np.iscomplexobj(given.high) else real_dtype(self.dtype)
        return given.high.astype(target, order="C")

    def dense(self, A: np.ndarray, x: np.ndarray) -> np.ndarray:
        return self.blocks(A[None], x[:, None])[:, 0]

    def blocks(self, A: np.ndarray, x: np.ndarray) -> np.ndarray:
        from ldrtheory.reference.kernels.dense import dense

        (M, v), wide, split = _through_reals(A, x)
        y = np.empty((*v.shape[:2], M.shape[2]), dtype=v.dtype)
        dense(M, v, y)
        return _recombined(y, wide, split)

    def concatenate(self, parts: Sequence[np.ndarray], axis: int = -1) -> np.ndarray:
        return np.concatenate(parts, axis=axis)

    def zeros(self, shape: tuple[int, ...]) -> np.ndarray:
        return np.zeros(shape, dtype=real_dtype(self.dtype))


@dataclass(frozen=True)
class Wide(Kind):
    """Double-double numbers."""

    def read(self, given: Coefficients) -> WideNumbers:
        return WideNumbers(np.asarray(given.high, order="C"), np.asarray(given.low, order="C"))

    def dense(self, A: WideNumbers, x: WideNumbers) -> WideNumbers:
        return self.blocks(A[None], x[:, None])[:, 0]

    def blocks(self, A: WideNumbers, x: WideNumbers) -> WideNumbers:
        from ldrtheory.reference.kernels.dense import dense_wide

        (Mh, Ml, vh, vl), wide, split = _through_reals(A.high, x.high, A.low, x.low)
        high, low = (np.empty((*vh.shape[:2], Mh.shape[2])) for _ in range(2))
        dense_wide(Mh, Ml, vh, vl, high, low)
        return WideNumbers(_recombined(high, wide, split), _recombined(low, wide, split))

    def concatenate(self, parts: Sequence[WideNumbers], axis: int = -1) -> WideNumbers:
        high, low = ([getattr(p, name) for p in parts] for name in ("high", "low"))
        return WideNumbers(np.concatenate(high, axis=axis), np.concatenate(low, axis=axis))

    def zeros(self, shape: tuple[int, ...]) -> WideNumbers:
        return WideNumbers(np.zeros(shape), np.zeros(shape))


@dataclass(frozen=True)
class Running(Kind):
    """Floats with error bounds; the values are those of Plain with the same dtype, bit for bit.

    wide: instead, a bound whose WIDE-fold covers the same product in double-double (dtype is then of doubles).  A
    product or sum of Wide errs by at most 10 u^2 of itself, a sum of K terms, in whatever order its kernel takes them,
    by (256 + 3 d) u^2 times the sum of |terms|, d <= K / 16 + 40 the additions that one term meets; here the same
    steps are charged u times at least as much, and WIDE = 2^13 u is more than (257 + 3 d) u up to K = 2^15 terms.
    Coefficients and underflow, which do not shrink with u, are charged 2^46-fold and with an eta 2^54 times too large.
    """

    dtype: np.dtype
    wide: bool = False

    def read(self, given: Coefficients) -> RunningNumbers:
        value = Plain(self.dtype).coefficients(given)
        # high - value is exact (both are doubles of almost the same size), the rest is 2^-53 of it or less
        error = modulus(given.high - value) + modulus(given.low)
        if self.wide and not given.exact:
            error = error + 2.0**46 * (RELATIVE * modulus(given.high) + given.absolute)
        if not error.any() and not given.absolute:
            return RunningNumbers(value)
        return RunningNumbers(value, outward(error + RELATIVE * modulus(given.high) + given.absolute))

    def dense(self, A: RunningNumbers, x: RunningNumbers) -> RunningNumbers:
        from ldrtheory.reference.kernels.dense import dense_running

        (M, v), wide, split = _through_reals(A.value, x.value)
        k, name = A.value.shape[0], v.dtype.name
        y = np.empty((v.shape[0], M.shape[1]), dtype=v.dtype)
        sums, products = np.empty(y.shape), np.empty(y.shape)
        dense_running(M, v, y, sums, products)
        own = UNIT[name] * (sums + products) + (2 * k + 2) * ETA[name]
        parts = _recombined(own, wide, split)
        error = np.abs(parts) * (1 + 2.0**-50) if wide or split else parts
        for first, second in (
            (A.error, modulus(x.value)),
            (modulus(A.value), x.error),
            (A.error, x.error),
        ):
            if first is not None and second is not None:
                error = error + outward(second @ first, 2 * k) + k * ETA["float64"]
        return RunningNumbers(_recombined(y, wide, split), outward(error, 8 * k + 8))

    def concatenate(self, parts: Sequence[RunningNumbers], axis: int = -1) -> RunningNumbers:
        value = np.concatenate([p.value for p in parts], axis=axis)
        if all(p.error is None for p in parts):
            return RunningNumbers(value)
        errors = [np.zeros(p.shape) if p.error is None else p.error for p in parts]
        return RunningNumbers(value, np.concatenate(errors, axis=axis))

    def zeros(self, shape: tuple[int, ...]) -> RunningNumbers:
        return RunningNumbers(np.zeros(shape, dtype=real_dtype(self.dtype)))
