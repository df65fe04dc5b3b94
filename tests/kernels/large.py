"""Kernels that only large sizes tell apart: correct ones, and the same with a mistake beyond WHOLE = 64.

LARGE           adapters that conform at SIZES
BEYOND          name -> adapter that is right up to 64, so that only the law of large sizes finds the mistake
"""

from __future__ import annotations

from functools import partial

import numpy as np
import scipy.fft
import scipy.linalg

from ldrtheory.conform import Adapter
from tests.kernels.correct import (
    cauchy,
    circulant_dense,
    circulant_fft,
    diagonal_circulant,
    reflections,
    toeplitz_dense,
    toeplitz_fft,
)
from tests.kernels.mistaken import fft_running_twiddles

SIZES = [200, 256, 1000, 1024]
WHOLE = 64


# f-circulants


def real(y, x):
    return (y if np.iscomplexobj(x) else y.real).astype(x.dtype)


def f_circulant_dense(f, p, x):
    c = p["c"]
    return x @ scipy.linalg.toeplitz(c, np.r_[c[:1], (f * c[:0:-1]).astype(c.dtype)]).T


def powers(f, n):
    """f^(k/n), the n-th root in the upper half plane."""
    return abs(f) ** (np.arange(n) / n) * (np.exp(1j * np.pi * np.arange(n) / n) if f < 0 else 1)


def f_circulant_scaled(f, roots, p, x):
    d = roots(f, x.shape[-1])
    single = np.dtype(x.dtype).char in "fF"
    d = d.astype("complex64" if single else "complex128")
    return real(scipy.fft.ifft(scipy.fft.fft(d * p["c"]) * scipy.fft.fft(d * x)) / d, x)


def f_circulant_padded(f, p, x):
    c = p["c"]
    return toeplitz_fft({"t": np.concatenate([(f * c[1:]).astype(c.dtype), c])}, x)


# products


def diagonal_circulant_dense(p, x):
    for d, c in zip(p["d"][::-1], p["c"][::-1]):
        x = d * circulant_dense({"c": c}, x)
    return x


def toeplitz_product(p, x):
    for name in sorted(p, reverse=True):
        x = toeplitz_fft({"t": p[name]}, x)
    return x


def triangular_product(p, x):
    zeros = np.zeros(x.shape[-1] - 1, dtype=x.dtype)
    y = toeplitz_fft({"t": np.r_[p["u"][::-1], zeros]}, x)
    return toeplitz_fft({"t": np.r_[zeros, p["l"]]}, y)


def toeplitz_like_fast(p, x):
    """Half the sum of circulants of g times skew-circulants of h reversed."""
    n, y = x.shape[-1], np.zeros_like(x)
    w = np.exp(-1j * np.pi * np.arange(n) / n)
    for g, h in zip(p["G"].T, p["H"].T):
        inner = real(np.fft.ifft(np.fft.fft(w * h[::-1]) * np.fft.fft(w * x)) / w, x)
        y = y + circulant_fft({"c": g}, inner)
    return (y / 2).astype(x.dtype)


def acdc(p, x):
    y = scipy.fft.dct(p["d"] * scipy.fft.idct(x, 2), 2)
    return (p["a"] * y).astype(x.dtype)


# reflections


def reflections_formed(p, x):
    """Every reflection as a matrix."""
    for v in p["v"][::-1]:
        x = x @ (np.eye(len(v), dtype=x.dtype) - np.outer(v, v) * (2 / (v @ v)))
    return x


def reflections_in_blocks(form, width, p, x):
    starts = range(0, len(p["v"]), width)
    for start in reversed(starts):
        W, Y = form(p["v"][start : start + width])
        x = x - (x @ Y.T) @ W
    return x


def wy(v):
    """H_1 ... H_b = I - W^T Y (rows), w_j = t_j H_1 ... H_(j-1) v_j."""
    W = np.zeros_like(v)
    for j, row in enumerate(v):
        W[j] = 2 / (row @ row) * (row - (v[:j] @ row) @ W[:j])
    return W, v


def compact(v):
    """T column by column, as LAPACK's larft does."""
    T = np.zeros((len(v), len(v)), dtype=v.dtype)
    for j, row in enumerate(v):
        T[j, j] = 2 / (row @ row)
        T[:j, j] = -T[j, j] * (T[:j, :j] @ (v[:j] @ row))
    return T.T @ v, v


def by_inverse(v):
    """T from its inverse."""
    gram = v @ v.T
    return np.linalg.solve(
        np.triu(gram, 1) + np.diag(np.diag(gram) / 2), np.eye(len(v), dtype=v.dtype)
    ).T @ v, v


def cauchy_by_rows(p, x):
    return np.stack([np.sum(x / (s - p["t"]), axis=-1) for s in p["s"]], axis=-1)


def _all(family, call, algorithm, dtypes=("float64", "float32"), sizes=SIZES):
    return {dtype: Adapter(family, call, dtype, algorithm, sizes) for dtype in dtypes}


_TABLE = {
    "Cauchy": _all("Cauchy", cauchy, "direct"),
    "Cauchy, complex": _all("Cauchy", cauchy, "direct", ["complex128"], [200]),
    "Cauchy by rows": _all("Cauchy", cauchy_by_rows, "direct"),
    **{
        f"FCirculant, f = {f}": _all(f"FCirculant(4, {f})", partial(f_circulant_dense, f), "direct", dtypes)
        for f, dtypes in ((2, ("float64", "float32")), (-1, ("float64", "complex64")), (-3, ("float64",)))
    },
    **{
        f"FCirculant, f = {f}, scaled": _all(
            f"FCirculant(4, {f})", partial(f_circulant_scaled, f, powers), "transform", dtypes
        )
        for f, dtypes in (
            (2, ("float64", "float32", "complex128")),
            (-3, ("float64", "float32")),
            (1000, ("float64", "float32")),
            (0.125, ("float64",)),
        )
    },
    **{
        f"FCirculant, f = {f}, padded": _all(
            f"FCirculant(4, {f})", partial(f_circulant_padded, f), "transform"
        )
        for f in (2, 0, 1000)
    },
    "DiagonalCirculant": _all(
        "DiagonalCirculant(4, 3)", diagonal_circulant, "transform", ("float64", "float32", "complex128")
    ),
    "DiagonalCirculant, dense": _all("DiagonalCirculant(4, 2)", diagonal_circulant_dense, "direct"),
    "ToeplitzProduct": _all("ToeplitzProduct(4, 3)", toeplitz_product, "transform"),
    "TriangularToeplitzProduct": _all("TriangularToeplitzProduct", triangular_product, "transform"),
    "ToeplitzLike": _all("ToeplitzLike(4, 2)", toeplitz_like_fast, "transform"),
    "ACDC": _all("ACDC", acdc, "transform"),
    "Toeplitz, dense": _all("Toeplitz", toeplitz_dense, "direct"),
    "Householder": _all("Householder(4, 3)", reflections, "direct"),
    "Householder, formed": _all("Householder(4, 3)", reflections_formed, "direct"),
    "Householder, one by one": _all("Householder(4, 5)", reflections, "normwise"),
    "Householder, WY": _all(
        "Householder(4, 40)", partial(reflections_in_blocks, wy, 16), "normwise", ["float64"]
    ),
    "Householder, compact WY": _all(
        "Householder(4, 40)", partial(reflections_in_blocks, compact, 32), "normwise", ["float64"]
    ),
    "Householder, compact WY, short": _all(
        "Householder(4, 4)", partial(reflections_in_blocks, compact, 4), "normwise", ["float32"]
    ),
    "Householder, T by its inverse": _all(
        "Householder(4, 64)", partial(reflections_in_blocks, by_inverse, 64), "normwise", ["float64"]
    ),
}
LARGE: dict[str, Adapter] = {f"{k}, {dtype}": a for k, found in _TABLE.items() for dtype, a in found.items()}


# mistakes that begin beyond WHOLE


def beyond(right, wrong, p, x):
    return (right if x.shape[-1] <= WHOLE else wrong)(p, x)


def repeated(f, n):
    """f^(k/n) by repeated multiplication with the rounded root: an error of k u."""
    return np.cumprod(np.concatenate([[1.0], np.full(n - 1, f ** (1 / n))]))


def single_root(f, n):
    return np.float64(np.float32(f ** (1 / n))) ** np.arange(n)


def fft_running(p, x):
    """The circulants by transforms whose twiddles come from repeated multiplication: an error of n u."""
    for d, c in zip(p["d"][::-1], p["c"][::-1]):
        spectrum = fft_running_twiddles({}, c) * fft_running_twiddles({}, x)
        x = d * np.conj(fft_running_twiddles({}, np.conj(spectrum))).real / x.shape[-1]
    return x


def single_spectrum(p, x):
    for d, c in zip(p["d"][::-1], p["c"][::-1]):
        spectrum = np.fft.fft(c).astype("complex64")
        x = d * np.fft.ifft(spectrum * np.fft.fft(x)).real
    return x


def one_entry(kernel, by, p, x):
    y = kernel(p, x)
    y[..., 77] = y[..., 77] * (1 + by)
    return y


def without_last(kernel, p, x):
    return kernel({k: v[:-1] for k, v in p.items()}, x)


def cauchy_one_entry(p, x):
    M = 1 / (p["s"][:, None] - p["t"])
    M[5, 77] = -M[5, 77]
    return x @ M.T


def cauchy_single_entries(p, x):
    M = 1 / (p["s"].astype("float32")[:, None] - p["t"].astype("float32"))
    return x @ M.T.astype("float64")


def cauchy_running_differences(p, x):
    """s_i - t_j from s_i - t_0 by running sums of t_j - t_(j+1): an error of n u."""
    s, t = p["s"], p["t"]
    return (
        x
        @ (1 / np.cumsum(np.concatenate([(s - t[0])[:, None], np.tile(t[:-1] - t[1:], (len(s), 1))], 1), 1)).T
    )


def single_scales(p, x):
    for v in p["v"][::-1]:
        x = x - np.multiply.outer(x @ v, np.float64(np.float32(2 / (v @ v))) * v)
    return x


def uncoupled(v):
    """T without its entries above the diagonal of the last column."""
    T = np.zeros((len(v), len(v)), dtype=v.dtype)
    for j, row in enumerate(v):
        T[j, j] = 2 / (row @ row)
        if j + 1 < len(v):
            T[:j, j] = -T[j, j] * (T[:j, :j] @ (v[:j] @ row))
    return T.T @ v, v


def single_between(p, x):
    """A product of Toeplitz matrices whose intermediate result is kept in single precision."""
    for name in sorted(p, reverse=True):
        x = toeplitz_fft({"t": p[name]}, x.astype("float32").astype("float64"))
    return x


def last_pair_lost(p, x):
    return toeplitz_like_fast({k: v[:, :-1] for k, v in p.items()}, x)


def acdc_single_weight(p, x):
    y = scipy.fft.dct(p["d"] * scipy.fft.idct(x, 2) * np.float32(1 + 2**-23), 2)
    return p["a"] * y


def _late(family, right, wrong, algorithm, n=1024):
    return Adapter(family, partial(beyond, right, wrong), "float64", algorithm, [8, n])


_scaled = partial(f_circulant_scaled, 2)
BEYOND: dict[str, Adapter] = {
    "f^(k/n) by repeated multiplication": _late(
        "FCirculant(4, 2)", partial(_scaled, powers), partial(_scaled, repeated), "transform", 1 << 16
    ),
    "f^(1/n) in single precision": _late(
        "FCirculant(4, 2)", partial(_scaled, powers), partial(_scaled, single_root), "transform"
    ),
    "f-circulant, one wrong entry": _late(
        "FCirculant(4, 2)",
        partial(_scaled, powers),
        partial(one_entry, partial(_scaled, powers), 1e-9),
        "transform",
    ),
    "f-circulant, dense, one wrong entry": _late(
        "FCirculant(4, -3)",
        partial(f_circulant_dense, -3),
        partial(one_entry, partial(f_circulant_dense, -3), 1e-9),
        "direct",
        256,
    ),
    "diagonals and circulants, running twiddles": _late(
        "DiagonalCirculant(4, 2)", diagonal_circulant, fft_running, "transform", 1 << 16
    ),
    "diagonals and circulants, spectrum in single precision": _late(
        "DiagonalCirculant(4, 2)", diagonal_circulant, single_spectrum, "transform"
    ),
    "diagonals and circulants, one wrong entry": _late(
        "DiagonalCirculant(4, 2)", diagonal_circulant, partial(one_entry, diagonal_circulant, 1e-8), "transform"
    ),
    "diagonals and circulants, one factor missing": _late(
        "DiagonalCirculant(4, 2)", diagonal_circulant, partial(without_last, diagonal_circulant), "transform"
    ),
    "Cauchy, one wrong entry": _late("Cauchy", cauchy, cauchy_one_entry, "direct", 200),
    "Cauchy, entries in single precision": _late("Cauchy", cauchy, cauchy_single_entries, "direct", 200),
    "Cauchy, running differences": _late("Cauchy", cauchy, cauchy_running_differences, "direct", 200),
    "Householder, one reflection missing": _late(
        "Householder(4, 3)", reflections, partial(without_last, reflections), "direct"
    ),
    "Householder, one reflection missing, normwise": _late(
        "Householder(4, 40)", reflections, partial(without_last, reflections), "normwise"
    ),
    "Householder, scales in single precision": _late("Householder(4, 3)", reflections, single_scales, "direct"),
    "Householder, scales in single precision, normwise": _late(
        "Householder(4, 40)", reflections, single_scales, "normwise"
    ),
    "Householder, T of a block": _late(
        "Householder(4, 40)", reflections, partial(reflections_in_blocks, uncoupled, 32), "normwise"
    ),
    "Toeplitz product, single precision between the factors": _late(
        "ToeplitzProduct(4, 2)", toeplitz_product, single_between, "transform"
    ),
    "Toeplitz-like, last pair of generators lost": _late(
        "ToeplitzLike(4, 2)", toeplitz_like_fast, last_pair_lost, "transform"
    ),
    "ACDC, a constant in single precision": _late("ACDC", acdc, acdc_single_weight, "transform"),
}  # fmt: skip
