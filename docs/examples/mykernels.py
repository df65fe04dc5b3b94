"""Kernels that docs/judge-your-kernel.md judges: three correct ones, four that are not."""

import numpy as np
import scipy.fft
import scipy.linalg


def circulant(parameters, x):
    spectrum = scipy.fft.rfft(parameters["c"])
    return scipy.fft.irfft(spectrum * scipy.fft.rfft(x), n=x.shape[-1])


def toeplitz(parameters, x):
    t, n = parameters["t"], x.shape[-1]
    m, size = len(t) - n + 1, scipy.fft.next_fast_len(len(t) + n, real=True)
    y = scipy.fft.irfft(scipy.fft.rfft(t, size) * scipy.fft.rfft(x, size), n=size)
    return y[..., n - 1 : n - 1 + m]


def dense(parameters, x):
    return x @ parameters["M"].T


def circulant_even(parameters, x):
    """irfft without its length: right for even n only."""
    return scipy.fft.irfft(scipy.fft.rfft(parameters["c"]) * scipy.fft.rfft(x))


def correlation(parameters, x):
    """The conjugate on the wrong side: multiplies by the adjoint."""
    spectrum = np.conj(scipy.fft.rfft(parameters["c"]))
    return scipy.fft.irfft(spectrum * scipy.fft.rfft(x), n=x.shape[-1])


def cosine(parameters, x):
    """scipy's normalisation."""
    return scipy.fft.dct(x, 2)


def single(parameters, x):
    """A spectrum that was kept in single precision."""
    spectrum = scipy.fft.rfft(parameters["c"].astype("float32"))
    return scipy.fft.irfft(spectrum.astype("complex128") * scipy.fft.rfft(x), n=x.shape[-1])
