"""Arrays of numbers with + - *: double-double, and floats with a bound of their error.

WideNumbers     high + low, 106 bits
RunningNumbers  floats and bounds of their errors
joined          complex numbers from real and imaginary parts
modulus, outward        absolute values and sums of bounds, rounded up

The bounds.  u = 2^-53 or 2^-24, eta the least positive float.  For floats a, b with errors at most s, t:
    |fl(a + b) - (A + B)| <= s + t + u |fl(a + b)|                      (sums of floats never underflow)
    |fl(a b) - A B|       <= |a| t + |b| s + s t + u |fl(a b)| + eta    (complex: 3 u |a| |b| + 4 eta)
    dense: u times (sum of |terms| + sum of |partial sums|) in the order of the kernel, + |A| t + S |x| + S t + eta
A complex error is a bound of the modulus: 2 sqrt 2 u covers the four products and two sums, with or without fused
operations.  The bounds themselves are computed in float64: every step multiplies by more than its own rounding errors
can take away (`outward`), and eta exceeds what underflow can.  Sums of floats need no eta; LEAST is for u |fl(a + b)|
itself, which is rounded where it is subnormal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ldrtheory.reference.arguments import complex_dtype, real_dtype

UNIT = {"float32": 2.0**-24, "float64": 2.0**-53}
# for doubles 2^54 times what underflow takes: see kinds.Running
ETA = {"float32": 2.0**-148, "float64": 2.0**-1020}
LEAST = 2.0**-1074  # the least positive double: rounding to a multiple of it takes at most half of it


def outward(bound: np.ndarray, operations: int = 8) -> np.ndarray:
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
        return RunningNumbers(value, outward(s + t + (u * modulus(value) + LEAST)))

    def __sub__(self, other: RunningNumbers) -> RunningNumbers:
        return self + -other

    def __mul__(self, other: RunningNumbers) -> RunningNumbers:
        s, t, u, eta = self._pair(other)
        value = self.value * other.value
        a, b = modulus(self.value), modulus(other.value)
        if np.iscomplexobj(self.value) and np.iscomplexobj(other.value):
            own = 3 * u * (a * b) + 4 * eta
        else:
            own = u * modulus(value) + 2 * eta
        return RunningNumbers(value, outward(a * t + b * s + s * t + own))


def modulus(values: np.ndarray) -> np.ndarray:
    """Return at least |values|, as float64."""
    if not np.iscomplexobj(values):
        return np.abs(values).astype(np.float64)
    found = np.hypot(np.abs(values.real).astype(np.float64), np.abs(values.imag).astype(np.float64))
    return found * (1 + 2.0**-50) + LEAST * (found != 0)
