"""Toeplitz matrices by cyclic convolution, in doubles and in double-double.

Roots           the roots of unity of transforms of one length
Spectrum        a sequence ready to be convolved with
Convolution     a Toeplitz matrix that multiplies by transforms

A real convolution of length 2 h is done on h complex numbers z[j] = x[2j] + i x[2j+1].  With C_e, C_o the transforms of
the even and odd members of c, and w = exp(-2 pi i k / h), the transform of the result is
    Z[k] (C_e + i/2 (1 - w) C_o) + conj(Z[-k]) i/2 (1 + w) C_o.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from flint import arb, ctx, fmpq

from ldrtheory.reference.enclosures import Coefficients
from ldrtheory.reference.kinds import Kind, Plain, Wide
from ldrtheory.reference.maps import LinearMap, Toeplitz
from ldrtheory.reference.numbers import WideNumbers, joined

PADDING = 8  # unused places at the end of a row, so that rows do not fall on each other in the cache
LEAST = 32  # the shortest transform


def unit_circle(numerators: np.ndarray, denominator: int) -> WideNumbers:
    """Return exp(2 pi i k / denominator) for the given integers k, each part to 2^-104 of itself."""
    parts = [np.empty(len(numerators)) for _ in range(4)]
    with ctx.workprec(160):
        for j, k in enumerate(numerators.tolist()):
            sine, cosine = arb(fmpq(2 * (k % denominator), denominator)).sin_cos_pi()
            for x, (high, low) in ((cosine, parts[:2]), (sine, parts[2:])):
                high[j] = float(x.mid())
                low[j] = float(x.mid() - arb(high[j]))
    return WideNumbers(joined(parts[0], parts[2]), joined(parts[1], parts[3]))


@lru_cache(maxsize=64)
def _circle(length: int) -> WideNumbers:
    """exp(-2 pi i k / length) for k < length, from an eighth of the circle: length is a multiple of 8."""
    eighth = length // 8
    first = unit_circle(np.arange(eighth + 1), length)

    def spread(values: np.ndarray) -> np.ndarray:
        c, s = values.real, values.imag
        quarter = np.concatenate([c, s[::-1][1:]]), np.concatenate([s, c[::-1][1:]])
        cosine = np.concatenate([quarter[0][:-1], -quarter[1][:-1]])
        sine = np.concatenate([quarter[1][:-1], quarter[0][:-1]])
        return joined(np.concatenate([cosine, -cosine]), -np.concatenate([sine, -sine]))

    return WideNumbers(spread(first.high), spread(first.low))


def _table(numbers: WideNumbers, wide: bool) -> np.ndarray:
    """Return rows of complex numbers (rows, length) as a table of the kernels."""
    rows, length = numbers.shape
    out = np.zeros((2 * rows, 2, length + PADDING))
    for part, values in enumerate((numbers.high, numbers.low)):
        out[0::2, part, :length] = values.real
        out[1::2, part, :length] = values.imag
    return out if wide else np.ascontiguousarray(out[:, 0])


class Roots:
    """The roots of unity that a transform of `length` = 2^k takes, step by step, as tables of the kernels."""

    def __init__(self, length: int) -> None:
        log = length.bit_length() - 1
        self.offsets = np.zeros(log + 1, dtype=np.int64)
        places, position = [], 0
        steps = [(log - 1, log)] if log % 2 else []
        steps += [(level - 2, level) for level in range(log - log % 2, 3, -2)]
        for quarter, level in steps:
            k = np.arange(1 << quarter) << (log - level)
            self.offsets[quarter] = position
            places.append(np.stack([k, 2 * k, 3 * k]) % length)
            position += len(k)
        circle = _circle(length)
        index = np.concatenate(places, axis=1)
        self.wide = _table(circle[index], True)
        self.plain = np.ascontiguousarray(self.wide[:, 0])

    @staticmethod
    @lru_cache(maxsize=32)
    def of(length: int) -> Roots:
        """Return the roots of a length; the last ones asked for are kept."""
        return Roots(length)


@lru_cache(maxsize=32)
def reversed_bits(length: int) -> np.ndarray:
    """Return the bit-reversed order of 0, ..., length - 1."""
    order = np.zeros(1, dtype=np.int64)
    while len(order) < length:
        order = np.concatenate([2 * order, 2 * order + 1])
    return order


def _transformed(numbers: WideNumbers) -> WideNumbers:
    """Return the transform of one row of complex numbers, in bit-reversed order."""
    length = numbers.shape[0]
    z = _table(numbers.reshape(1, length), True)
    _run(z, z, length, 1)
    return WideNumbers(joined(z[0, 0, :length], z[1, 0, :length]), joined(z[0, 1, :length], z[1, 1, :length]))


class Spectrum:
    """The transform of c, real (length 2 h) or complex (length h), ready for `convolve`; `plain` and `wide` tables."""

    def __init__(self, c: WideNumbers) -> None:
        self.is_complex = c.is_complex
        self.length = c.shape[0] if self.is_complex else c.shape[0] // 2
        over = np.full(1, 1 / self.length)  # a power of two: exact
        scale = WideNumbers(over, np.zeros(1))
        if self.is_complex:
            rows = (_transformed(c) * scale).reshape(1, -1)
        else:
            order = reversed_bits(self.length)
            w = _circle(self.length)[order] if self.length >= 8 else unit_circle(-order, self.length)
            one = WideNumbers(np.ones(self.length), np.zeros(self.length))
            half_i = WideNumbers(np.full(1, 0.5j), np.zeros(1, dtype=complex))
            zeros = np.zeros(self.length)
            even, odd = (
                _transformed(WideNumbers(joined(p.high, zeros), joined(p.low, zeros)))
                for p in (c[::2], c[1::2])
            )
            odd = odd * half_i * scale
            first, second = even * scale + odd * (-w + one), odd * (w + one)
            rows = WideNumbers(np.stack([first.high, second.high]), np.stack([first.low, second.low]))
        self.wide = _table(rows, True)
        self.plain = np.ascontiguousarray(self.wide[:, 0])


_NO_ROWS = np.empty((1, 0, 0))


def _run(
    z: np.ndarray, c: np.ndarray, length: int, stages: int, x: np.ndarray = _NO_ROWS, y: np.ndarray = _NO_ROWS
) -> None:
    """Call the kernel with the roots that it takes."""
    from ldrtheory.reference.kernels.fourier import convolve

    roots = Roots.of(length)
    w = roots.wide if z.ndim == 3 else roots.plain
    convolve(x, y, z, z.reshape(-1, z.shape[-1]), c, w, roots.offsets, length, stages)


def convolved(spectrum: Spectrum, x: np.ndarray, low: np.ndarray | None, count: int) -> list[np.ndarray]:
    """Return the first `count` numbers of the convolution with each row of x (+ low): float64 arrays [high, (low)]."""
    length, wide = spectrum.length, low is not None
    c = spectrum.wide if wide else spectrum.plain
    z = np.empty((2, 2, length + PADDING) if wide else (2, length + PADDING))
    batch = x.shape[0]
    if not spectrum.is_complex:
        y = np.empty((1 + wide, batch, count))
        _run(z, c, length, 59, x[None] if low is None else np.ascontiguousarray(np.stack([x, low])), y)
        return list(y)
    parts = [x] if low is None else [x, low]
    y = np.empty((2 * len(parts), batch, count))
    _run(z, c, length, 205, np.stack([p.real for p in parts] + [p.imag for p in parts]), y)
    return [joined(y[k], y[k + len(parts)]) for k in range(len(parts))]


@dataclass(frozen=True)
class Convolution(LinearMap):
    """M[i, j] = values[i - j + columns - 1], multiplied by transforms of length `period` or half of it.

    period: m + n - 1 <= period, or m = n = period for a circulant.
    """

    values: Coefficients
    columns: int
    circulant: bool = False

    by_rows = True

    @property
    def shape(self) -> tuple[int, int]:
        return self.values.shape[0] - self.columns + 1, self.columns

    @property
    def period(self) -> int:
        """The length of the cyclic convolution, a power of two."""
        m, n = self.shape
        least = 2 * LEAST
        if self.circulant and n >= least and n & (n - 1) == 0:
            return n
        return max(least, 1 << (m + n - 2).bit_length())

    def spectrum(self) -> Spectrum:
        """Return the transform of the first column of the circulant around M; made once."""
        kept = self.values.kept
        key = "spectrum", self.columns, self.circulant
        if key not in kept:
            m, n = self.shape
            parts = []
            for values in (self.values.high, self.values.low):
                c = np.zeros(self.period, dtype=values.dtype)
                c[:m] = values[n - 1 :]
                if self.period != n:
                    c[self.period - n + 1 :] = values[: n - 1]
                parts.append(c)
            kept[key] = Spectrum(WideNumbers(*parts))
        return kept[key]

    def apply(self, kind: Kind, x: Any) -> Any:
        spectrum, m = self.spectrum(), self.shape[0]
        if type(kind) is Wide:
            if x.is_complex and not spectrum.is_complex:
                parts = [
                    convolved(spectrum, p.high, p.low, m) for p in (_contiguous(x.real), _contiguous(x.imag))
                ]
                return WideNumbers(joined(parts[0][0], parts[1][0]), joined(parts[0][1], parts[1][1]))
            return WideNumbers(*convolved(spectrum, *_held(x), m))
        if type(kind) is not Plain:
            raise TypeError(
                "a convolution has no running error bound; its error is bounded against double-double"
            )
        if np.iscomplexobj(x) and not spectrum.is_complex:
            found = joined(*(convolved(spectrum, _double(p), None, m)[0] for p in (x.real, x.imag)))
        else:
            found = convolved(spectrum, _double(x), None, m)[0]
        return found.astype(
            np.result_type(x.dtype, np.complex64) if np.iscomplexobj(found) else x.dtype, copy=False
        )

    def transpose(self) -> Convolution:
        return Convolution(self.values.through(lambda t: t[::-1]), self.shape[0], self.circulant)


def _double(x: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(x, dtype=np.complex128 if np.iscomplexobj(x) else np.float64)


def _contiguous(x: WideNumbers) -> WideNumbers:
    return WideNumbers(np.ascontiguousarray(x.high), np.ascontiguousarray(x.low))


def _held(x: WideNumbers) -> tuple[np.ndarray, np.ndarray]:
    return np.ascontiguousarray(x.high), np.ascontiguousarray(x.low)


def by_transforms(given: LinearMap) -> LinearMap:
    """Return the same matrix with every Toeplitz factor multiplied by transforms."""
    from dataclasses import fields, replace

    if isinstance(given, Toeplitz):
        m, n = given.shape
        t = given.values
        circulant = m == n and bool(
            (t.high[: n - 1] == t.high[n:]).all() and (t.low[: n - 1] == t.low[n:]).all()
        )
        return Convolution(t, n, circulant)

    def within(value: Any) -> Any:
        if isinstance(value, LinearMap):
            return by_transforms(value)
        return tuple(map(within, value)) if isinstance(value, tuple) else value

    return replace(given, **{f.name: within(getattr(given, f.name)) for f in fields(given)})  # type: ignore[type-var, arg-type]
