"""Kernels with one planted mistake that no convention explains.

MISTAKEN    name -> (adapter, a law that must fail)
"""

from __future__ import annotations

import sys
import time

import numpy as np
import scipy.fft

from ldrtheory.conform import Adapter, Gradients
from tests.kernels import correct
from tests.kernels.correct import circulant_fft, dense, krylov_ldr, toeplitz_fft


def circulant_single_spectrum(p, x):
    spectrum = np.fft.fft(p["c"]).astype("complex64").astype("complex128")
    return np.fft.ifft(spectrum * np.fft.fft(x)).real


def dct_short_pi(p, x):
    n = x.shape[-1]
    i, j = np.mgrid[:n, :n]
    return x @ np.cos(i * (2 * j + 1) * 3.14159265 / (2 * n)).T


def dft_running_twiddles(p, x):
    """Twiddles by repeated multiplication with a root that was rounded to float32."""
    n = x.shape[-1]
    w = np.cumprod(np.full(n, np.complex64(np.exp(-2j * np.pi / n)), dtype=complex)) / np.complex64(
        np.exp(-2j * np.pi / n)
    )
    k = np.arange(n)
    return x @ w[np.outer(k, k) % n]


def fft_running_twiddles(p, x):
    """A radix-2 transform whose twiddles come from one root by repeated multiplication: errors grow like n u."""
    n = x.shape[-1]
    if n & (n - 1):
        return scipy.fft.fft(x)
    w = np.cumprod(np.concatenate([[1], np.full(max(n - 1, 0), np.exp(-2j * np.pi / n))]))

    def transform(y):
        m = y.shape[-1]
        if m == 1:
            return y
        even, odd = transform(y[..., ::2]), transform(y[..., 1::2]) * w[:: n // m][: m // 2]
        return np.concatenate([even + odd, even - odd], axis=-1)

    return transform(x)


def half_sums(p, x):
    """Sums in float16 of a kernel that says float32."""
    return (x.astype("float16") @ p["M"].T.astype("float16")).astype("float32")


def dropped_imaginary(p, x):
    return (circulant_fft({"c": p["c"].real.astype(x.dtype)}, x)).astype(x.dtype)


def real_result(p, x):
    return circulant_fft(p, x).real


def wider(p, x):
    return dense(p, x).astype("float64")


def dft_right_up_to_four(p, x):
    y = scipy.fft.fft(x)
    return y if x.shape[-1] <= 4 else y[..., np.r_[0, 2, 1, 3 : x.shape[-1]]]


def odd_is_wrong(p, x):
    n = x.shape[-1]
    half = n // 2 * 2
    c = p["c"].copy()
    if n > 2 and n % 2:
        c[half] = 0
    return circulant_fft({"c": c}, x)


def irfft_without_length(p, x):
    y = scipy.fft.irfft(scipy.fft.rfft(p["c"]) * scipy.fft.rfft(x), max(1, x.shape[-1] // 2 * 2))
    out = np.zeros_like(x)
    out[..., : y.shape[-1]] = y
    return out


def prime_is_wrong(p, x):
    n = x.shape[-1]
    y = toeplitz_fft(p, x)
    return y * 1.001 if n in (5, 7, 31) else y


def rectangular_is_cut(p, x):
    m = len(p["t"]) - x.shape[-1] + 1
    n = min(m, x.shape[-1])
    y = toeplitz_fft(p, x)
    y[..., n:] = 0
    return y


def absolute_corner(p, x):
    return krylov_ldr({**p, "A": np.r_[p["A"][:-1], abs(p["A"][-1:])]}, x)


# inputs and batches


def first_of_batch_only(p, x):
    y = circulant_fft(p, x)
    if x.ndim > 1 and len(x) > 1:
        y[-1] = y[0]
    return y


def batch_axes_exchanged(p, x):
    y = dense(p, x)
    return np.swapaxes(y, 0, 1).reshape(y.shape) if x.ndim == 3 else y


def in_place(p, x):
    if x.flags.writeable:
        x *= 2
        return circulant_fft(p, x) / 2
    return circulant_fft(p, x)


def parameters_in_place(p, x):
    c = p["c"]
    if c.flags.writeable:
        c[0] += 1
        c = c - np.eye(1, len(c))[0]
    return circulant_fft({"c": c}, x)


def reads_the_buffer(p, x):
    """Ignores strides."""
    base = x if x.base is None or x.base.ndim != x.ndim else x.base
    flat = np.frombuffer(np.ascontiguousarray(base).tobytes(), dtype=x.dtype)[: x.size].reshape(x.shape)
    return dense(p, flat)


def whole_batch_normalised(p, x):
    size = np.max(np.abs(x), initial=0) or 1
    return dense(p, x / size) * size


def nan_to_zero(p, x):
    return dense(p, np.nan_to_num(x, nan=0.0, posinf=0.0, neginf=0.0))


def forgetful(p, x):
    rng = np.random.default_rng(time.perf_counter_ns())
    return circulant_fft(p, x) * (1 + 1e-15 * rng.standard_normal(x.shape))


class Cached:
    """Keeps the parameters of the first call of each size."""

    def __init__(self):
        self.kept = {}

    def __call__(self, p, x):
        return circulant_fft(self.kept.setdefault(len(p["c"]), {k: v.copy() for k, v in p.items()}), x)


def clipped(p, x):
    return np.clip(dense(p, x), -1e6, 1e6)


def with_bias(p, x):
    return dense(p, x) + 2.0**-20


def one_ulp_up(p, x):
    """Within what rounding allows, but not what integers give."""
    return np.nextafter(dense(p, x), np.inf)


def divides_by_first(p, x):
    """Normalised by a coefficient that may be zero."""
    c = p["c"]
    return circulant_fft({"c": c / c[0]}, x) * c[0]


def affine(p, x):
    return circulant_fft(p, x) + 1


def squared_norm(p, x):
    """Overflows where the result does not."""
    norm = np.sqrt(np.sum(x * x, axis=-1, keepdims=True))
    safe = np.where(norm == 0, 1, norm)
    return np.where(norm == 0, 0, dense(p, x / safe) * norm)


def empty_refused(p, x):
    return np.stack([dense(p, v) for v in x.reshape(-1, x.shape[-1])]).reshape(*x.shape[:-1], -1)


# faults


def raises(p, x):
    if x.shape[-1] == 5:
        raise ZeroDivisionError("size five")
    return circulant_fft(p, x)


def transposed_result(p, x):
    return circulant_fft(p, x).T.copy() if x.ndim == 2 else circulant_fft(p, x)


def a_list(p, x):
    return dense(p, x).tolist()


def hangs(p, x):
    while x.shape[-1] == 4:
        time.sleep(0.01)
    return circulant_fft(p, x)


class OneBuffer:
    """Results of one shape share their memory."""

    def __init__(self):
        self.buffers = {}

    def __call__(self, p, x):
        y = circulant_fft(p, x)
        out = self.buffers.setdefault((y.shape, y.dtype), np.empty_like(y))
        out[...] = y
        return out


def exits(p, x):
    sys.exit(3)


def wrong_gradient(p, x, g):
    slots, back = correct.circulant_vjp(p, x, g)
    return slots, circulant_fft(p, g) + 0 * back


def half_jvp(p, x, dp, dx):
    return circulant_fft(p, dx)


def wrong_second(p, x, dp, dx):
    return circulant_fft(dp, dx)


def _c(call, law="values", family="Circulant", dtype="float64", algorithm=None, **rest):
    return Adapter(family, call, dtype, algorithm, **rest), law


MISTAKEN: dict[str, tuple[Adapter, str]] = {
    # arithmetic
    "circulant, spectrum in single precision": _c(circulant_single_spectrum),
    "DCT, pi of nine digits": _c(dct_short_pi, family="DCT(4, 2)", algorithm="direct", sizes=[4, 8, 16]),
    "DFT, running twiddles": _c(dft_running_twiddles, family="DFT", dtype="complex128", algorithm="direct"),
    "FFT, running twiddles": _c(fft_running_twiddles, "large", family="DFT", dtype="complex128"),
    "dense, sums in half precision": _c(half_sums, family="Dense", dtype="float32"),
    "circulant, imaginary part of c dropped": _c(dropped_imaginary, dtype="complex128"),
    "circulant, imaginary part of the result dropped": _c(real_result, dtype="complex128"),
    "dense, float64 for float32": _c(wider, "dtype", family="Dense", dtype="float32"),
    "DFT, right up to n = 4": _c(dft_right_up_to_four, family="DFT", dtype="complex128"),
    "circulant, last coefficient of odd n": _c(odd_is_wrong),
    "circulant, irfft without its length": _c(irfft_without_length),
    "toeplitz, primes off by a thousandth": _c(prime_is_wrong, family="Toeplitz"),
    "toeplitz, square only": _c(rectangular_is_cut, family="Toeplitz"),
    "Krylov, corner in absolute value": _c(
        absolute_corner, family="SubdiagonalLDR(4, 2, true)", sizes=[3, 4]
    ),
    # inputs, batches, numbers
    "circulant, last of a batch": _c(first_of_batch_only),
    "dense, batch axes exchanged": _c(batch_axes_exchanged, "batch", family="Dense"),
    "circulant, x in place": _c(in_place, "inputs-untouched"),
    "circulant, c in place": _c(parameters_in_place, "inputs-untouched"),
    "dense, strides ignored": _c(reads_the_buffer, "layouts", family="Dense"),
    "dense, batch normalised": _c(whole_batch_normalised, "nan-isolation", family="Dense"),
    "dense, NaN replaced": _c(nan_to_zero, "nan-isolation", family="Dense"),
    "circulant, noise": _c(forgetful, "repeatable"),
    "circulant, one buffer": _c(OneBuffer(), "fresh-results"),
    "circulant, first parameters kept": _c(Cached(), "values"),
    "dense, clipped": _c(clipped, "scales", family="Dense"),
    "dense, bias": _c(with_bias, "values", family="Dense"),
    "dense, one ulp up": _c(one_ulp_up, "probes", family="Dense", sizes=[8, 12]),
    "circulant, divided by c[0]": _c(divides_by_first, "constants"),
    "circulant, plus one": _c(affine, "linearity"),
    "dense, squares overflow": _c(squared_norm, "scales", family="Dense", algorithm="normwise"),
    "dense, no empty batch": _c(empty_refused, "empty-batch", family="Dense"),
    "gradient, without transpose": _c(circulant_fft, "gradients", gradients=Gradients(vjp=wrong_gradient)),
    "gradient, parameters forgotten": _c(circulant_fft, "gradients", gradients=Gradients(jvp=half_jvp)),
    "second derivative, half": _c(circulant_fft, "gradients", gradients=Gradients(second=wrong_second)),
    "transpose, not transposed": _c(circulant_fft, "transpose", transpose=circulant_fft),
    "adjoint, not conjugated": _c(
        circulant_fft, "transpose", dtype="complex128", adjoint=correct.circulant_transpose
    ),
    # faults
    "raises at n = 5": _c(raises),
    "batch transposed": _c(transposed_result),
    "a list": _c(a_list, family="Dense"),
    "hangs at n = 4": _c(hangs, seconds=0.3),
    "exits": _c(exits),
}
