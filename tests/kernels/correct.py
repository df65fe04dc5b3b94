"""Correct kernels, written with numpy, scipy and LAPACK as their users write them; CORRECT lists their adapters."""

from __future__ import annotations

from functools import partial

import numpy as np
import scipy.fft
import scipy.linalg

from ldrtheory import FLOAT64, Circulant, parse_family
from ldrtheory.conform import Adapter, Gradients
from ldrtheory.conform.arithmetic import FORMATS, rounded


def circulant_fft(p, x):
    y = scipy.fft.ifft(scipy.fft.fft(p["c"]) * scipy.fft.fft(x))
    return (y if np.iscomplexobj(x) else y.real).astype(x.dtype)


def circulant_rfft(p, x):
    n = x.shape[-1]
    return scipy.fft.irfft(scipy.fft.rfft(p["c"]) * scipy.fft.rfft(x), n=n).astype(x.dtype)


def circulant_dense(p, x):
    return x @ scipy.linalg.circulant(p["c"]).T


def circulant_transpose(p, y):
    return circulant_fft({"c": np.roll(p["c"][..., ::-1], 1, axis=-1)}, y)


def circulant_adjoint(p, y):
    return circulant_transpose({"c": np.conj(p["c"])}, y)


def circulant_jvp(p, x, dp, dx):
    return circulant_fft(dp, x) + circulant_fft(p, dx)


def circulant_second(p, x, dp, dx):
    return 2 * circulant_fft(dp, dx)


def circulant_vjp(p, x, g):
    each = circulant_transpose({"c": x}, g)
    return {"c": each.reshape(-1, x.shape[-1]).sum(axis=0)}, circulant_transpose(p, g)


def toeplitz_parts(p, x):
    n = x.shape[-1]
    return p["t"][n - 1 :], p["t"][:n][::-1]


def toeplitz_scipy(p, x):
    flat = x.reshape(-1, x.shape[-1])
    column, row = toeplitz_parts(p, x)
    if not len(flat):
        return np.empty((*x.shape[:-1], len(column)), dtype=x.dtype)
    y = scipy.linalg.matmul_toeplitz((column, row), flat.T).T
    return y.reshape(*x.shape[:-1], len(column)).astype(x.dtype)


def toeplitz_fft(p, x):
    t, n = p["t"], x.shape[-1]
    m, size = len(t) - n + 1, scipy.fft.next_fast_len(len(t) + n)
    y = scipy.fft.ifft(scipy.fft.fft(t, size) * scipy.fft.fft(x, size))[..., n - 1 : n - 1 + m]
    return (y if np.iscomplexobj(x) else y.real).astype(x.dtype)


def toeplitz_dense(p, x):
    column, row = toeplitz_parts(p, x)
    return x @ scipy.linalg.toeplitz(column, row).T


def hankel_fft(p, x):
    return toeplitz_fft({"t": p["h"]}, x[..., ::-1])


def toeplitz_hankel_fft(p, x):
    return toeplitz_fft(p, x) + hankel_fft(p, x)


def skew_circulant_fft(p, x):
    n = x.shape[-1]
    w = np.exp(-1j * np.pi * np.arange(n) / n)
    y = np.fft.ifft(np.fft.fft(w * p["c"]) * np.fft.fft(w * x)) * np.conj(w)
    return y.real.astype(x.dtype)


def dft(p, x):
    return scipy.fft.fft(x)


def dft_by_inverse(p, x):
    return (np.conj(np.fft.ifft(np.conj(x))) * x.shape[-1]).astype(x.dtype)


def dft_by_matrix(p, x):
    n = x.shape[-1]
    k = np.arange(n)
    return (x @ np.exp(-2j * np.pi * (np.outer(k, k) % n) / n)).astype(x.dtype)


def _weighted(x, ends, weight):
    x = x.copy()
    for k in ends:
        x[..., k] = x[..., k] * weight
    return x


def trigonometric(transform, kind, norm, p, x):
    """The plain cosines and sines, whatever scipy's normalisation is."""
    n = x.shape[-1]
    cosine = transform is scipy.fft.dct
    length = {(True, 1): n - 1, (False, 1): n + 1}.get((cosine, kind), n)
    columns = {(True, 1): (0, n - 1), (True, 3): (0,), (False, 3): (n - 1,)}.get((cosine, kind), ())
    rows = {(True, 1): (0, n - 1), (True, 2): (0,), (False, 2): (n - 1,)}.get((cosine, kind), ())
    y = transform(_weighted(x, columns, np.sqrt(2) if norm == "ortho" else 2), kind, norm=norm)
    if norm == "ortho":
        return (_weighted(y, rows, np.sqrt(2)) * np.sqrt(length / 2)).astype(x.dtype)
    return (y / 2 * (2 * length if norm == "forward" else 1)).astype(x.dtype)


def hadamard(p, x):
    n, y = x.shape[-1], x
    half = 1
    while half < n:
        y = y.reshape(*x.shape[:-1], n // (2 * half), 2, half)
        y = np.stack([y[..., 0, :] + y[..., 1, :], y[..., 0, :] - y[..., 1, :]], axis=-2)
        half *= 2
    return y.reshape(x.shape).copy()


def hadamard_dense(p, x):
    return x @ scipy.linalg.hadamard(x.shape[-1]).astype(x.dtype)


def reflections(p, x):
    for v in p["v"][::-1]:
        x = x - np.multiply.outer(x @ v, 2 * v / (v @ v))
    return x


def ormqr(p, x):
    """The product of the reflections as the Q of a QR factorisation, applied by LAPACK."""
    flat = np.asfortranarray(x.reshape(-1, x.shape[-1]).T)
    if not flat.size:
        return x.copy()
    M = reflections(p, np.eye(x.shape[-1])).T
    qr, tau, _, _ = scipy.linalg.lapack.dgeqrf(M)
    y, _, _ = scipy.linalg.lapack.dormqr("L", "N", qr, tau, np.triu(qr) @ flat, 64 * max(flat.shape))
    return y.T.reshape(x.shape)


def dense(p, x):
    return x @ p["M"].T


def dense_bfloat16(p, x):
    return rounded(x @ p["M"].T, FORMATS["bfloat16"])


def dense_tf32(p, x):
    def short(a):
        mantissa, exponent = np.frexp(a)
        return np.ldexp(np.rint(np.ldexp(mantissa, 11)), exponent - 11)

    return short(x) @ short(p["M"]).T


def low_rank(p, x):
    return (x @ p["V"]) @ p["U"].T


def cauchy(p, x):
    return x @ (1 / (p["s"][:, None] - p["t"])).T


def vandermonde_horner(p, x):
    y = np.zeros((*x.shape[:-1], len(p["x"])), dtype=x.dtype)
    for j in reversed(range(x.shape[-1])):
        y = y * p["x"] + x[..., j : j + 1]
    return y


def vandermonde_numpy(p, x):
    return x @ np.vander(p["x"], x.shape[-1], increasing=True).T.astype(x.dtype)


def butterfly(p, x):
    for b, (d, o) in enumerate(zip(p["diagonal"], p["offdiagonal"])):
        x = d * x + o * x[..., np.arange(len(d)) ^ (1 << b)]
    return x


def kaleidoscope(p, x):
    n, size = x.shape[-1], p["diagonal"].shape[-1]
    levels = size.bit_length() - 1
    x = np.concatenate([x, np.zeros((*x.shape[:-1], size - n), dtype=x.dtype)], axis=-1)
    bits = [*reversed(range(levels)), *range(levels)]
    for k, (d, o) in enumerate(zip(p["diagonal"], p["offdiagonal"])):
        x = d * x + o * x[..., np.arange(size) ^ (1 << bits[k % len(bits)])]
    return x[..., :n].copy()


def monarch(p, x):
    q, m = p["right"].shape[:2]
    grid = np.einsum("aij,...aj->...ai", p["right"], x.reshape(*x.shape[:-1], q, m))
    return np.einsum("rij,...jr->...ir", p["left"], grid).reshape(x.shape)


def diagonal_circulant(p, x):
    for d, c in zip(p["d"][::-1], p["c"][::-1]):
        x = d * circulant_fft({"c": c}, x)
    return x


def toeplitz_like(p, x):
    """Half the sum over k < n of Z_1^k g times h^T Z_-1^(n-1-k), for every pair of generators."""
    n, y = x.shape[-1], np.zeros_like(x)
    for g, h in zip(p["G"].T, p["H"].T):
        rows = np.array([np.concatenate([h[n - 1 - k :], -h[: n - 1 - k]]) for k in range(n)])
        y = y + circulant_dense({"c": g}, x @ rows.T)
    return y / 2


def krylov_ldr(p, x):
    """The sum of A^k G H^T B^k x."""
    n = x.shape[-1]

    def operator(values):
        A = np.diag(values[:-1], -1)
        A[0, n - 1] = A[0, n - 1] + values[-1]
        return A

    A, B = operator(p["A"]), operator(p["B"])
    ahead, powers = [], x
    for _ in range(n):
        ahead.append(powers @ p["H"] @ p["G"].T)
        powers = powers @ B.T
    y = ahead[-1]
    for term in ahead[-2::-1]:
        y = term + y @ A.T
    return y


def bezoutian(p, x):
    n = x.shape[-1]
    a, b = p["a"], p["b"]

    def upper(c):
        return scipy.linalg.hankel(c[1:], np.zeros(n))

    def triangular(c):
        return scipy.linalg.toeplitz(np.r_[c[0], np.zeros(n - 1)], c[:n])

    M = upper(a) @ triangular(b) - upper(b) @ triangular(a)
    return x @ M.T


def companion(p, x):
    y = x[..., -1:] * p["c"]
    y[..., 1:] = y[..., 1:] + x[..., :-1]
    return y


def own_multiply(name, p, x):
    """The family's own multiply over float64."""
    n = x.shape[-1]
    family = parse_family(name.format(n=n))
    rows = x.reshape(-1, n).T.astype(object)
    y = family.multiply({k: v.astype(object) for k, v in p.items()}, rows, FLOAT64)
    return np.asarray(y, dtype=x.dtype).T.reshape(x.shape)


def reference_multiply(name, p, x):
    from ldrtheory.reference import multiply

    return multiply(name.format(n=x.shape[-1]), p, x)


POWERS = [1, 2, 4, 8, 16, 32]
_circulant = {"transpose": circulant_transpose, "adjoint": circulant_adjoint}
_gradients = Gradients(circulant_jvp, circulant_vjp, circulant_second)
_complex = {**_circulant, "gradients": _gradients}

CORRECT: dict[str, Adapter] = {
    "circulant, scipy.fft": Adapter("Circulant", circulant_fft, gradients=_gradients, **_circulant),
    "circulant, scipy.fft, float32": Adapter(Circulant, circulant_fft, "float32", **_circulant),
    "circulant, scipy.fft, complex128": Adapter("Circulant", circulant_fft, "complex128", **_complex),
    "circulant, scipy.fft, complex64": Adapter("Circulant", circulant_fft, "complex64"),
    "circulant, real transforms": Adapter("Circulant", circulant_rfft),
    "circulant, dense": Adapter("Circulant", circulant_dense, algorithm="direct"),
    "toeplitz, scipy matmul_toeplitz": Adapter("Toeplitz", toeplitz_scipy),
    "toeplitz, scipy matmul_toeplitz, complex128": Adapter("Toeplitz", toeplitz_scipy, "complex128"),
    "toeplitz, fast length": Adapter("Toeplitz", toeplitz_fft),
    "toeplitz, fast length, float32": Adapter("Toeplitz", toeplitz_fft, "float32"),
    "toeplitz, dense": Adapter("Toeplitz", toeplitz_dense, algorithm="direct"),
    "hankel, transforms": Adapter("Hankel", hankel_fft),
    "toeplitz plus hankel, transforms": Adapter("ToeplitzPlusHankel", toeplitz_hankel_fft),
    "skew-circulant, transforms": Adapter("FCirculant(4, -1)", skew_circulant_fft, sizes=[1, 2, 3, 5, 8, 12, 31]),
    "DFT, scipy.fft": Adapter("DFT", dft, "complex128"),
    "DFT, scipy.fft, complex64": Adapter("DFT", dft, "complex64"),
    "DFT by the inverse": Adapter("DFT", dft_by_inverse, "complex128"),
    "DFT by its matrix": Adapter("DFT", dft_by_matrix, "complex128", "direct"),
    **{
        f"{name}, type {kind}, {norm}": Adapter(
            f"{name}(4, {kind})", partial(trigonometric, transform, kind, norm), dtype, sizes=[1, 2, 3, 4, 7, 12, 31]
        )
        for name, transform in (("DCT", scipy.fft.dct), ("DST", scipy.fft.dst))
        for kind in (1, 2, 3, 4)
        for norm, dtype in (("backward", "float64"), ("ortho", "float32"), ("forward", "float64"))
    },
    "hadamard": Adapter("WalshHadamard", hadamard),
    "hadamard, float16": Adapter("WalshHadamard", hadamard, "float16"),
    "hadamard, dense, float32": Adapter("WalshHadamard", hadamard_dense, "float32", sizes=POWERS),
    "reflections": Adapter("Householder", reflections),
    "reflections, LAPACK ormqr": Adapter("Householder", ormqr, algorithm="normwise", sizes=[1, 2, 3, 5, 12]),
    "dense, float16": Adapter("Dense", dense, "float16"),
    "dense, float16, long sums": Adapter("Dense", dense, "float16", accumulate="float32"),
    "dense, bfloat16": Adapter("Dense", dense_bfloat16, "bfloat16", accumulate="float32"),
    "dense, tf32": Adapter("Dense", dense_tf32, "tf32"),
    "dense, float32": Adapter("Dense", dense, "float32"),
    "dense, float64": Adapter("Dense", dense),
    "dense, complex64": Adapter("Dense", dense, "complex64"),
    "dense, complex128": Adapter("Dense", dense, "complex128"),
    "low rank": Adapter("LowRank", low_rank, "float32"),
    "cauchy": Adapter("Cauchy", cauchy),
    "vandermonde, Horner": Adapter("Vandermonde", vandermonde_horner, sizes=[1, 2, 3, 5, 8, 12]),
    "vandermonde, numpy": Adapter("Vandermonde", vandermonde_numpy, "float32", sizes=[1, 2, 3, 5, 8, 12]),
    "butterfly": Adapter("Butterfly", butterfly),
    "butterfly, complex64": Adapter("Butterfly", butterfly, "complex64"),
    "kaleidoscope": Adapter("Kaleidoscope", kaleidoscope, sizes=[1, 2, 3, 4, 7, 12]),
    "monarch": Adapter("Monarch", monarch, "float32"),
    "diagonal times circulant": Adapter("DiagonalCirculant", diagonal_circulant),
    "toeplitz-like": Adapter("ToeplitzLike", toeplitz_like, algorithm="direct", sizes=[1, 2, 3, 5, 8, 12]),
    "subdiagonal LDR, Krylov": Adapter("SubdiagonalLDR(4, 2, true)", krylov_ldr, sizes=[2, 3, 4, 7, 12]),
    "bezoutian": Adapter("Bezoutian", bezoutian, sizes=[1, 2, 3, 5, 8, 12]),
    "companion": Adapter("Companion", companion, "float16"),
    **{
        f"our reference, {name.format(n='n')}, {dtype}": Adapter(
            name.format(n=4), partial(reference_multiply, name), dtype, algorithm, sizes
        )
        for name, dtype, algorithm, sizes in (
            ("Toeplitz({n})", "float64", "direct", None),
            ("Hankel({n})", "complex64", "direct", None),
            ("Cauchy({n})", "float32", "direct", [1, 2, 3, 7]),
            ("Butterfly({n})", "float32", "direct", None),
            ("SubdiagonalLDR({n}, 2, true)", "float64", "direct", [2, 3, 7]),
            ("DFT({n})", "complex128", "direct", None),
            ("Householder({n}, 2)", "float32", "direct", None),
        )
    },
    **{
        f"our own {name}": Adapter(name.format(n=4), partial(own_multiply, name), algorithm="direct", sizes=sizes)
        for name, sizes in (
            ("Monarch({n}, 2)", [2, 4, 6, 12]),
            ("Butterfly({n})", [2, 4, 8]),
            ("LowRank({n}, 1)", [1, 2, 3, 7]),
            ("Householder({n}, 2)", [1, 2, 3, 7]),
            ("OrthogonalKaleidoscope({n}, 1)", [2, 4, 8]),
        )
    },
}  # fmt: skip
