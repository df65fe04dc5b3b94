"""The three kinds of numbers that a multiply is run on, as arrays with + - * and `dense`.

Plain       floats of one dtype; the numbers are numpy arrays
Wide        double-double: high + low, 106 bits
Running     floats with a bound of their error, entry by entry
Kind        what the three have in common: read a coefficient, read vectors, dense products, stacking

A multiply is written once, as maps (maps.py) of arrays of shape (batch, n), and run on each kind.

The bounds.  u = 2^-53 or 2^-24, eta the least positive float.  For floats a, b with errors at most s, t:
    |fl(a + b) - (A + B)| <= s + t + u |fl(a + b)|                      (sums of floats never underflow)
    |fl(a b) - A B|       <= |a| t + |b| s + s t + u |fl(a b)| + eta    (complex: 3 u |a| |b| + 4 eta)
    dense: u times (sum of |terms| + sum of |partial sums|) in the order of the kernel, + |A| t + S |x| + S t + eta
A complex error is a bound of the modulus: 2 sqrt 2 u covers the four products and two sums, with or without fused
operations.  The bounds themselves are computed in float64: every step multiplies by more than its own rounding errors
can take away (`_outward`), and eta exceeds what underflow can.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ldrtheory.reference.arguments import complex_dtype, real_dtype
from ldrtheory.reference.enclosures import RELATIVE, Coefficients

UNIT = {"float32": 2.0**-24, "float64": 2.0**-53}
ETA = {
    "float32": 2.0**-148,
    "float64": 2.0**-1020,
}  # for doubles 2^54 times what underflow takes: see Running.wide
WIDE = 2.0**-40


def _outward(bound: np.ndarray, operations: int = 8) -> np.ndarray:
    """Return at least the exact value of a sum of products of nonnegative doubles with that many operations."""
    return bound * (1 + (operations + 4) * 2.0**-52)


def _flat(*arrays: np.ndarray) -> tuple[list[np.ndarray], tuple[int, ...]]:
    shape = np.broadcast_shapes(*(a.shape for a in arrays))
    return [np.ascontiguousarray(np.broadcast_to(a, shape)).reshape(-1) for a in arrays], shape


@dataclass(frozen=True, eq=False)
class WideNumbers:
    """An array of double-double numbers, real or complex."""

    high: np.ndarray
    low: np.ndarray

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the array."""
        return self.high.shape

    @property
    def is_complex(self) -> bool:
        """Whether the numbers have imaginary parts."""
        return np.iscomplexobj(self.high)

    @property
    def real(self) -> WideNumbers:
        """The real parts."""
        return WideNumbers(self.high.real, self.low.real)

    @property
    def imag(self) -> WideNumbers:
        """The imaginary parts."""
        return WideNumbers(self.high.imag, self.low.imag)

    def __getitem__(self, index: Any) -> WideNumbers:
        return WideNumbers(self.high[index], self.low[index])

    def reshape(self, *shape: int) -> WideNumbers:
        """Return the same numbers in another shape."""
        return WideNumbers(self.high.reshape(*shape), self.low.reshape(*shape))

    def conj(self) -> WideNumbers:
        """Return the complex conjugates."""
        return WideNumbers(self.high.conj(), self.low.conj())

    def __neg__(self) -> WideNumbers:
        return WideNumbers(-self.high, -self.low)

    def __add__(self, other: WideNumbers) -> WideNumbers:
        if self.is_complex or other.is_complex:
            return _together(self.real + other.real, self.imag + other.imag)
        from ldrtheory.reference.kernels.elementwise import add_wide

        return _entrywise(add_wide, self, other)

    def __sub__(self, other: WideNumbers) -> WideNumbers:
        return self + -other

    def __mul__(self, other: WideNumbers) -> WideNumbers:
        if self.is_complex and other.is_complex:
            a, b, c, d = self.real, self.imag, other.real, other.imag
            return _together(a * c - b * d, a * d + b * c)
        if self.is_complex:
            return _together(self.real * other, self.imag * other)
        if other.is_complex:
            return _together(self * other.real, self * other.imag)
        from ldrtheory.reference.kernels.elementwise import multiply_wide

        return _entrywise(multiply_wide, self, other)


def _together(real: WideNumbers, imaginary: WideNumbers) -> WideNumbers:
    return WideNumbers(joined(real.high, imaginary.high), joined(real.low, imaginary.low))


def joined(real: np.ndarray, imaginary: np.ndarray) -> np.ndarray:
    """Return real + i imaginary."""
    out = np.empty(real.shape, dtype=complex_dtype(real.dtype))
    out.real, out.imag = real, imaginary
    return out


def _entrywise(kernel: Any, a: WideNumbers, b: WideNumbers) -> WideNumbers:
    flat, shape = _flat(a.high, a.low, b.high, b.low)
    high, low = np.empty(flat[0].shape), np.empty(flat[0].shape)
    kernel(*flat, high, low)
    return WideNumbers(high.reshape(shape), low.reshape(shape))


@dataclass(frozen=True, eq=False)
class RunningNumbers:
    """An array of floats and float64 bounds of their errors; no bounds where the floats are exact."""

    value: np.ndarray
    error: np.ndarray | None = None

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the array."""
        return self.value.shape

    def _pair(self, other: RunningNumbers) -> tuple[Any, Any, float, float]:
        name = real_dtype(self.value.dtype).name
        s = 0.0 if self.error is None else self.error
        t = 0.0 if other.error is None else other.error
        return s, t, UNIT[name], ETA[name]

    def __getitem__(self, index: Any) -> RunningNumbers:
        return RunningNumbers(self.value[index], None if self.error is None else self.error[index])

    def reshape(self, *shape: int) -> RunningNumbers:
        """Return the same numbers in another shape."""
        return RunningNumbers(
            self.value.reshape(*shape), None if self.error is None else self.error.reshape(*shape)
        )

    def conj(self) -> RunningNumbers:
        """Return the complex conjugates."""
        return RunningNumbers(self.value.conj(), self.error)

    def __neg__(self) -> RunningNumbers:
        return RunningNumbers(-self.value, self.error)

    def __add__(self, other: RunningNumbers) -> RunningNumbers:
        s, t, u, _ = self._pair(other)
        value = self.value + other.value
        return RunningNumbers(value, _outward(s + t + u * _modulus(value)))

    def __sub__(self, other: RunningNumbers) -> RunningNumbers:
        return self + -other

    def __mul__(self, other: RunningNumbers) -> RunningNumbers:
        s, t, u, eta = self._pair(other)
        value = self.value * other.value
        a, b = _modulus(self.value), _modulus(other.value)
        if np.iscomplexobj(self.value) and np.iscomplexobj(other.value):
            own = 3 * u * (a * b) + 4 * eta
        else:
            own = u * _modulus(value) + 2 * eta
        return RunningNumbers(value, _outward(a * t + b * s + s * t + own))


def _modulus(values: np.ndarray) -> np.ndarray:
    """Return at least |values|, as float64."""
    if not np.iscomplexobj(values):
        return np.abs(values).astype(np.float64)
    return np.hypot(np.abs(values.real).astype(np.float64), np.abs(values.imag).astype(np.float64)) * (
        1 + 2.0**-50
    )


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

    @abstractmethod
    def concatenate(self, parts: Sequence[Any], axis: int = -1) -> Any:
        """Return the parts behind each other."""

    @abstractmethod
    def zeros(self, shape: tuple[int, ...]) -> Any:
        """Return exact zeros."""


def _expanded(A: np.ndarray, is_complex: bool) -> np.ndarray:
    """Return the real matrix that takes [Re x, Im x] (Re x where x is real) to [Re y, Im y]."""
    upper = np.concatenate([A.real, A.imag], axis=1)
    return np.concatenate([upper, np.concatenate([-A.imag, A.real], axis=1)]) if is_complex else upper


def _through_reals(A: np.ndarray, x: np.ndarray, *others: np.ndarray) -> tuple[list[np.ndarray], bool, bool]:
    """Return real arrays of the product, and whether A was expanded, and whether x was split by rows."""
    wide = np.iscomplexobj(A)
    split = np.iscomplexobj(x)
    matrices, vectors = [A, *others[: len(others) // 2]], [x, *others[len(others) // 2 :]]
    if wide:
        matrices = [_expanded(M, split) for M in matrices]
        vectors = [np.concatenate([v.real, v.imag], axis=1) if split else v for v in vectors]
    elif split:
        vectors = [np.concatenate([v.real, v.imag]) for v in vectors]
    return [np.ascontiguousarray(a) for a in (*matrices, *vectors)], wide, split


def _recombined(y: np.ndarray, wide: bool, split: bool) -> np.ndarray:
    """Return the complex numbers of the real arrays that the product gave."""
    if wide:
        half = y.shape[1] // 2
        return joined(y[:, :half], y[:, half:])
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
        return given.high.astype(target)

    def dense(self, A: np.ndarray, x: np.ndarray) -> np.ndarray:
        from ldrtheory.reference.kernels.dense import dense

        (M, v), wide, split = _through_reals(A, x)
        y = np.empty((v.shape[0], M.shape[1]), dtype=v.dtype)
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
        return WideNumbers(given.high, given.low)

    def dense(self, A: WideNumbers, x: WideNumbers) -> WideNumbers:
        from ldrtheory.reference.kernels.dense import dense_wide

        (Mh, Ml, vh, vl), wide, split = _through_reals(A.high, x.high, A.low, x.low)
        high, low = (np.empty((vh.shape[0], Mh.shape[1])) for _ in range(2))
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
        error = _modulus(given.high - value) + _modulus(given.low)
        if self.wide and not given.exact:
            error = error + 2.0**46 * (RELATIVE * _modulus(given.high) + given.absolute)
        if not error.any() and not given.absolute:
            return RunningNumbers(value)
        return RunningNumbers(value, _outward(error + RELATIVE * _modulus(given.high) + given.absolute))

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
            (A.error, _modulus(x.value)),
            (_modulus(A.value), x.error),
            (A.error, x.error),
        ):
            if first is not None and second is not None:
                error = error + _outward(second @ first, 2 * k) + k * ETA["float64"]
        return RunningNumbers(_recombined(y, wide, split), _outward(error, 8 * k + 8))

    def concatenate(self, parts: Sequence[RunningNumbers], axis: int = -1) -> RunningNumbers:
        value = np.concatenate([p.value for p in parts], axis=axis)
        if all(p.error is None for p in parts):
            return RunningNumbers(value)
        errors = [np.zeros(p.shape) if p.error is None else p.error for p in parts]
        return RunningNumbers(value, np.concatenate(errors, axis=axis))

    def zeros(self, shape: tuple[int, ...]) -> RunningNumbers:
        return RunningNumbers(np.zeros(shape, dtype=real_dtype(self.dtype)))
