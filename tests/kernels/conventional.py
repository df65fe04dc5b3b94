"""Kernels that follow a convention or two, as libraries ship them and papers write them, and kernels near these.

EXPLAINED   name -> (adapter, the convention, or the two, that must be named)
NEAR        name -> (adapter, the convention that it is near to): no convention explains it
"""

from __future__ import annotations

from functools import partial

import numpy as np
import scipy.fft
import scipy.linalg

from ldrtheory.conform import Adapter
from tests.kernels import correct
from tests.kernels.correct import circulant_fft, krylov_ldr, low_rank, toeplitz_dense, toeplitz_like
from tests.kernels.misread import (
    bits,
    butterfly_backwards,
    butterfly_transposed,
    circulant_transposed,
    fortran,
    monarch_grid_by_columns,
    skew,
    swapped,
)

SHORT = [2, 3, 5]
C1, C2, C3, C4 = (f"DCT(4, {kind})" for kind in (1, 2, 3, 4))
S1, S2, S3, S4 = (f"DST(4, {kind})" for kind in (1, 2, 3, 4))


def shipped(transform, kind, **options):
    """A transform of scipy with the given options."""
    return lambda p, x: transform(x, kind, **options).astype(x.dtype)


def times(kernel, factor):
    """The kernel's result times a function of n."""
    return lambda p, x: (kernel(p, x) * factor(x.shape[-1])).astype(x.dtype)


def changed(kernel, **changes):
    """The kernel with functions of single parameters for these."""
    return lambda p, x: kernel({**p, **{k: change(p[k]) for k, change in changes.items()}}, x)


def last(change):
    def values(a):
        return np.r_[a[:-1], change(a[-1:])]

    return values


def embedded(combine, p, x):
    """A Toeplitz product by a circulant one of m + n - 2 points, where m + n - 1 are needed."""
    t, n = p["t"], x.shape[-1]
    m, size = len(t) - n + 1, len(t) - 1
    if 1 in (m, n):
        raise NotImplementedError("one row or column")
    if not x.size:
        return np.zeros((*x.shape[:-1], m), dtype=x.dtype)
    column = np.zeros(size)
    column[:m] = t[n - 1 :]
    column[m:] = t[1 : n - 1]
    column[m - 1] = combine(t[0], t[-1])
    y = scipy.fft.ifft(scipy.fft.fft(column) * scipy.fft.fft(x, size))
    return y[..., :m].real.astype(x.dtype)


def both(a, b):
    return a + b


def one_corner(p, x):
    """The first diagonal falls on the last one, but not the last on the first."""
    y = toeplitz_dense(p, x)
    y[..., -1] += p["t"][0] * x[..., 0]
    return y


def padded_two_short(p, x):
    """m + n - 3 points."""
    t, n = p["t"], x.shape[-1]
    m, size = len(t) - n + 1, len(t) - 2
    y = toeplitz_dense(p, x)
    for i in range(m):
        for j in range(n):
            other = i - j + size if i - j < 0 else i - j - size
            if -n < other < m:
                y[..., i] = y[..., i] + t[other + n - 1] * x[..., j]
    return y


def hankel_embedded(p, x):
    return embedded(both, {"t": p["h"]}, x[..., ::-1])


def lower_embedded(p, x):
    """A lower triangular Toeplitz matrix by transforms of 2n - 2 points."""
    c, n = p["c"], x.shape[-1]
    size = max(1, 2 * n - 2)
    y = scipy.fft.irfft(scipy.fft.rfft(c, size) * scipy.fft.rfft(x, size), size)
    return y[..., :n].copy()


def cosines_with_the_first_half(p, x):
    """Type 1 with the first column halved, but not the last."""
    return scipy.fft.dct(x, 1) + x[..., -1:] * (-1.0) ** np.arange(x.shape[-1])


def tridiagonal_krylov(p, x):
    """The sum of A^k G H^T B^k x, A and B with three diagonals and two corners."""
    n = x.shape[-1]

    def operator(side):
        A = np.diag(p[f"{side}_main"])
        A = A + np.diag(p[f"{side}_sub"], -1) + np.diag(p[f"{side}_super"], 1)
        if n >= 3:
            A[0, n - 1], A[n - 1, 0] = (
                A[0, n - 1] + p[f"{side}_corners"][0],
                A[n - 1, 0] + p[f"{side}_corners"][1],
            )
        return A

    A, B = operator("A"), operator("B")
    y = powers = x @ p["H"] @ p["G"].T
    for _ in range(n - 1):
        x = x @ B.T
        powers = x @ p["H"] @ p["G"].T
        y = y + _power(A, _ + 1, powers)
    return y


def _power(A, k, y):
    for _ in range(k):
        y = y @ A.T
    return y


def parity(even, odd):
    """One kernel for even sizes, another for odd ones."""
    return lambda p, x: (odd if x.shape[-1] % 2 else even)(p, x)


def reciprocal_magnitude(a):
    return 1 / np.abs(a)


def first_reciprocal(a):
    return np.r_[1 / a[:1], a[1:]]


def _rows(family, dtype="float64", algorithm=None, sizes=SHORT, **kernels):
    """Rows: name=(call, convention)."""
    return {
        f"{family}: {name.replace('_', ' ')}": (Adapter(family, call, dtype, algorithm, sizes), convention)
        for name, (call, convention) in kernels.items()
    }


dct, idct, dst, idst = (
    partial(shipped, f) for f in (scipy.fft.dct, scipy.fft.idct, scipy.fft.dst, scipy.fft.idst)
)
PLAIN = {"norm": "ortho", "orthogonalize": False}
KRYLOV = "SubdiagonalLDR(4, 2, true)"

EXPLAINED: dict[str, tuple[Adapter, str]] = {
    **_rows(
        C1,
        backward=(dct(1), "weights"),
        ortho=(dct(1, norm="ortho"), "orthonormal"),
        ortho_without_weights=(dct(1, **PLAIN), "weights"),
        forward=(dct(1, norm="forward"), "weights"),
        backward_with_weights=(dct(1, orthogonalize=True), "weights"),
        inverse=(idct(1), "weights"),
        inverse_ortho=(idct(1, norm="ortho"), "orthonormal"),
        inverse_by_numpy=(lambda p, x: np.linalg.solve(_cosines(x), x[..., None])[..., 0], "inverse"),
        minus=(times(dct(1), lambda n: -1), "weights+scale:-1"),
    ),
    **_rows(
        C2,
        forward=(dct(2, norm="forward"), "scale:n"),
        ortho_without_weights=(dct(2, **PLAIN), "weights"),
        inverse=(idct(2), "inverse+scale:2"),
        inverse_forward=(idct(2, norm="forward"), "inverse+scale:n"),
        inverse_ortho=(idct(2, norm="ortho"), "orthonormal+transpose"),
        inverse_ortho_without_weights=(idct(2, **PLAIN), "weights+transpose"),
    ),
    **_rows(
        C3,
        forward=(dct(3, norm="forward"), "weights"),
        ortho=(dct(3, norm="ortho"), "orthonormal"),
        inverse=(idct(3), "transpose+scale:n"),
        inverse_ortho=(idct(3, norm="ortho"), "orthonormal+transpose"),
    ),
    **_rows(C4, inverse=(idct(4), "scale:n")),
    **_rows(
        S1,
        backward=(dst(1), "scale:2"),
        ortho=(dst(1, norm="ortho"), "orthonormal"),
        forward=(dst(1, norm="forward"), "weights"),
        inverse=(idst(1), "weights"),
    ),
    **_rows(
        S2,
        ortho=(dst(2, norm="ortho"), "orthonormal"),
        ortho_without_weights=(dst(2, **PLAIN), "weights"),
        inverse=(idst(2), "inverse+scale:2"),
        inverse_ortho=(idst(2, norm="ortho"), "orthonormal+transpose"),
    ),
    **_rows(
        S3,
        backward=(dst(3), "weights"),
        forward=(dst(3, norm="forward"), "weights"),
        inverse=(idst(3), "transpose+scale:n"),
    ),
    **_rows(S4, ortho=(dst(4, norm="ortho"), "orthonormal"), inverse=(idst(4), "scale:n")),
    **_rows(
        "DFT",
        "complex128",
        sizes=[2, 3, 5, 8],
        inverse=(lambda p, x: np.fft.ifft(x), "inverse"),
        inverse_ortho=(lambda p, x: np.fft.ifft(x, norm="ortho"), "conjugate+scale:sqrt(n)"),
        minus_conjugate=(lambda p, x: -np.fft.ifft(x, norm="forward"), "conjugate+scale:-1"),
    ),
    **_rows(
        KRYLOV,
        sizes=[3, 4],
        inverse_of_A=(changed(krylov_ldr, A=last(np.reciprocal)), "invert_f"),
        inverse_of_B=(changed(krylov_ldr, B=last(np.reciprocal)), "invert_f"),
        inverse_of_both=(changed(krylov_ldr, A=last(np.reciprocal), B=last(np.reciprocal)), "invert_f"),
        minus_inverse_of_A=(changed(krylov_ldr, A=last(lambda f: -1 / f)), "negate_f+invert_f"),
        minus_A_inverse_B=(
            changed(krylov_ldr, A=last(np.negative), B=last(np.reciprocal)),
            "negate_f+invert_f",
        ),
        sign_and_generators=(
            partial(swapped, changed(krylov_ldr, A=last(np.negative)), "G", "H"),
            "swap_generators+negate_f",
        ),
    ),
    **_rows(
        "TridiagonalLDR(4, 1, true)",
        sizes=[3, 4],
        inverse_of_corners=(changed(tridiagonal_krylov, A_corners=np.reciprocal), "invert_f"),
        sign_of_corners=(changed(tridiagonal_krylov, B_corners=np.negative), "negate_f"),
    ),
    **_rows(
        "FCirculant(4, 2)",
        "float64",
        "direct",
        minus_inverse_of_f=(partial(skew, -0.5), "negate_f+invert_f"),
    ),
    **_rows(
        "FCirculant(4, 0)", sizes=[2, 3, 5, 8], padded_one_short=(lower_embedded, "padding")
    ),
    **_rows(
        "Toeplitz",
        sizes=[3, 4, 5, 8],
        padded_one_short_sum=(partial(embedded, both), "padding"),
        padded_one_short_first=(partial(embedded, lambda a, b: a), "padding"),
        padded_one_short_last=(partial(embedded, lambda a, b: b), "padding"),
        padded_one_short_and_halved=(times(partial(embedded, both), lambda n: 0.5), "padding+scale:2"),
    ),
    **_rows("Hankel", sizes=[3, 4, 5, 8], padded_one_short=(hankel_embedded, "padding")),
    **_rows(
        "Circulant",
        transposed_and_doubled=(times(circulant_transposed, lambda n: 2), "transpose+scale:2"),
        transposed_over_n=(times(circulant_transposed, lambda n: 1 / n), "transpose+scale:n"),
        skew_and_minus=(times(partial(skew, -1), lambda n: -1), "negate_f+scale:-1"),
    ),
    **_rows(
        "Circulant",
        "complex128",
        conjugate_times_n=(
            lambda p, x: circulant_fft({"c": np.conj(p["c"])}, x) * x.shape[-1],
            "conjugate+scale:n",
        ),
    ),
    **_rows(
        "LowRank(4, 2)",
        sizes=[3, 4, 5],
        by_columns_and_transposed=(
            lambda p, x: low_rank({"U": fortran("V")(p)["V"], "V": fortran("U")(p)["U"]}, x),
            "index_order+transpose",
        ),
    ),
    **_rows(
        "Butterfly",
        sizes=[2, 4, 8],
        backwards_and_minus=(times(butterfly_backwards, lambda n: -1), "reverse_factors+scale:-1"),
        transposed_and_orthonormal=(
            times(butterfly_transposed, lambda n: n**-0.5),
            "transpose+scale:sqrt(n)",
        ),
    ),
    **_rows(
        "WalshHadamard",
        sizes=[4, 8, 16],
        orthonormal_in_bit_reversed_order=(
            lambda p, x: (correct.hadamard(p, x) * x.shape[-1] ** -0.5)[..., bits(x.shape[-1])],
            "bit_reversed+orthonormal",
        ),
    ),
    **_rows(
        "Monarch(6, 2)",
        sizes=[4, 6, 8],
        grid_by_columns_and_halved=(times(monarch_grid_by_columns, lambda n: 0.5), "kron_order+scale:2"),
    ),
    **_rows(
        "ToeplitzLike(4, 2)",
        "float64",
        "direct",
        generators_swapped_and_minus=(
            times(partial(swapped, toeplitz_like, "G", "H"), lambda n: -1),
            "swap_generators+scale:-1",
        ),
    ),
}  # fmt: skip


def _cosines(x):
    n = x.shape[-1]
    return scipy.fft.dct(np.eye(n) * np.where(np.isin(np.arange(n), (0, n - 1)), 1, 0.5), 1, axis=0)


def transposed_divided(p, x):
    """Right under the transpose, but for parameters that are zero."""
    c = p["c"]
    return circulant_transposed({"c": c / c[0]}, x) * c[0]


NEAR: dict[str, tuple[Adapter, str]] = {
    **_rows(
        C1,
        sizes=[3, 4, 5],
        first_column_only=(cosines_with_the_first_half, "weights"),
        forward_by_n=(times(dct(1), lambda n: 1 / (2 * n)), "weights"),
        inverse_in_single_precision=(
            lambda p, x: scipy.fft.idct(x.astype("float32"), 1).astype("float64"),
            "weights",
        ),
    ),
    **_rows(
        C2,
        sizes=[3, 4, 5],
        inverse_by_n_plus_1=(times(idct(2), lambda n: n / (n + 1)), "inverse+scale:2"),
        inverse_for_even_n=(parity(idct(2), dct(2)), "inverse+scale:2"),
        ortho_for_odd_n=(parity(dct(2), dct(2, norm="ortho")), "orthonormal"),
    ),
    **_rows(
        S1, sizes=[3, 4, 5], forward_of_the_cosines=(times(dst(1), lambda n: 1 / (2 * n - 2)), "weights")
    ),
    **_rows(
        KRYLOV,
        sizes=[3, 4],
        magnitude_of_the_inverse=(changed(krylov_ldr, A=last(reciprocal_magnitude)), "invert_f"),
        inverse_of_the_first=(changed(krylov_ldr, A=first_reciprocal), "invert_f"),
        twice_the_inverse=(changed(krylov_ldr, B=last(lambda f: 2 / f)), "invert_f"),
        one_minus_inverse=(changed(krylov_ldr, A=last(lambda f: 1 - 1 / f)), "negate_f+invert_f"),
    ),
    **_rows(
        "Toeplitz",
        sizes=[4, 5, 8],
        padded_two_short=(padded_two_short, "padding"),
        one_corner=(one_corner, "padding"),
    ),
    **_rows(
        "Circulant",
        sizes=[3, 4, 5],
        transposed_and_tripled=(times(circulant_transposed, lambda n: 3), "transpose+scale:2"),
        transposed_or_doubled=(
            parity(circulant_transposed, times(circulant_fft, lambda n: 2)),
            "transpose+scale:2",
        ),
        transposed_and_divided=(transposed_divided, "transpose"),
    ),
}
