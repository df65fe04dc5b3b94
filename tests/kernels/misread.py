"""Kernels that are right under another convention: one for each way to misread a class.

MISREAD     name -> (adapter, the convention that must be named)
"""

from __future__ import annotations

from functools import partial

import numpy as np
import scipy.fft
import scipy.linalg

from ldrtheory.conform import Adapter
from tests.kernels import correct
from tests.kernels.correct import (
    circulant_fft,
    dense,
    hadamard,
    krylov_ldr,
    low_rank,
    reflections,
    toeplitz_fft,
    toeplitz_like,
    trigonometric,
)


def bits(n):
    width = max(1, (n - 1).bit_length())
    return np.array([int(f"{i:0{width}b}"[::-1], 2) for i in range(n)])


def scaled(kernel, factor, p, x):
    return (kernel(p, x) * factor(x.shape[-1])).astype(x.dtype)


def reordered(kernel, order, p, x):
    return kernel(p, x)[..., order(x.shape[-1])]


def given(kernel, change, p, x):
    return kernel(change(p), x)


def swapped(kernel, a, b, p, x):
    return kernel({**p, a: p[b], b: p[a]}, x)


def circulant_transposed(p, x):
    y = np.fft.ifft(np.conj(np.fft.fft(np.conj(p["c"]))) * np.fft.fft(x))
    return (y if np.iscomplexobj(x) else y.real).astype(x.dtype)


def circulant_adjoint(p, x):
    return np.fft.ifft(np.conj(np.fft.fft(p["c"])) * np.fft.fft(x)).astype(x.dtype)


def circulant_conjugate(p, x):
    return circulant_fft({"c": np.conj(p["c"])}, x)


def circulant_linear(p, x):
    n = x.shape[-1]
    y = scipy.fft.irfft(scipy.fft.rfft(p["c"], 2 * n) * scipy.fft.rfft(x, 2 * n), 2 * n)
    return y[..., :n].copy()


def circulant_without_inverse_scaling(p, x):
    return np.fft.ifft(np.fft.fft(p["c"]) * np.fft.fft(x), norm="forward").real


def circulant_forward_twice(p, x):
    y = np.fft.ifft(np.fft.fft(p["c"], norm="ortho") * np.fft.fft(x, norm="ortho"), norm="ortho")
    return y.real


def toeplitz_first_row_first(p, x):
    return toeplitz_fft({"t": p["t"][::-1]}, x)


def toeplitz_circular(p, x):
    n = x.shape[-1]
    return circulant_fft({"c": p["t"][n - 1 :]}, x)


def toeplitz_correlated(p, x):
    return x @ toeplitz_matrix(p, x)


def toeplitz_matrix(p, x):
    n = x.shape[-1]
    return scipy.linalg.toeplitz(p["t"][n - 1 :], p["t"][:n][::-1])


def toeplitz_reversed(p, x):
    return toeplitz_fft(p, x[..., ::-1])


def skew(sign, p, x):
    n, c = x.shape[-1], p["c"]
    M = np.array([[c[i - j] if i >= j else sign * c[n + i - j] for j in range(n)] for i in range(n)])
    return x @ M.T


def butterfly_backwards(p, x):
    levels = len(p["diagonal"])
    for b in reversed(range(levels)):
        x = p["diagonal"][b] * x + p["offdiagonal"][b] * x[..., np.arange(x.shape[-1]) ^ (1 << b)]
    return x


def butterfly_reversed_bits(p, x):
    levels = len(p["diagonal"])
    order = bits(x.shape[-1])
    q = {k: v[:, order] for k, v in p.items()}
    assert levels
    return correct.butterfly(q, x)


def butterfly_transposed(p, x):
    for b in reversed(range(len(p["diagonal"]))):
        other = np.arange(x.shape[-1]) ^ (1 << b)
        x = p["diagonal"][b] * x + p["offdiagonal"][b][other] * x[..., other]
    return x


def monarch_grid_by_columns(p, x):
    q, m = p["right"].shape[:2]
    order = np.arange(x.shape[-1]).reshape(m, q).T.ravel()
    back = np.argsort(order)
    return correct.monarch(p, x[..., order])[..., back]


def monarch_block_transposed(p, x):
    return correct.monarch({"left": np.swapaxes(p["left"], 1, 2), "right": p["right"]}, x)


def monarch_blocks_fortran(p, x):
    return correct.monarch({k: np.swapaxes(v, 1, 2) for k, v in p.items()}, x)


def reflections_backwards(p, x):
    return reflections({"v": p["v"][::-1]}, x)


def diagonal_after(p, x):
    for d, c in zip(p["d"][::-1], p["c"][::-1]):
        x = circulant_fft({"c": c}, d * x)
    return x


def fortran(name):
    return lambda p: {**p, name: p[name].ravel().reshape(p[name].shape, order="F")}


def krylov_with_sign(p, x):
    flipped = p["B"].copy()
    flipped[-1] = -flipped[-1]
    return krylov_ldr({**p, "B": flipped}, x)


def toeplitz_like_other_pair(p, x):
    """Z_-1 M - M Z_1 in place of Z_1 M - M Z_-1."""
    n, y = x.shape[-1], np.zeros_like(x)
    for g, h in zip(p["G"].T, p["H"].T):
        left = np.array([[g[i - j] if i >= j else -g[n + i - j] for j in range(n)] for i in range(n)])
        rows = np.array([np.roll(h, -(n - 1 - k)) for k in range(n)])
        y = y - (x @ rows.T) @ left.T
    return y / 2


def dct(kind, norm, transform=scipy.fft.dct):
    return lambda p, x: transform(x, kind, norm=norm).astype(x.dtype)


def without_inverse_scaling(norm, p, x):
    return np.fft.fft(x, norm=norm)


def dft_inverse(p, x):
    return np.fft.ifft(x, norm="forward")


def hankel_as_toeplitz(p, x):
    return toeplitz_fft({"t": p["h"]}, x)


def hankel_circular(p, x):
    n = x.shape[-1]
    return x @ p["h"][np.add.outer(np.arange(n), np.arange(n)) % n]


def companion_transposed(p, x):
    return np.concatenate([x[..., 1:], (x @ p["c"])[..., None]], -1)


def vandermonde_descending(p, x):
    return x @ np.vander(p["x"], x.shape[-1]).T


def _table(family, dtype="float64", algorithm=None, sizes=None, **kernels):
    """Rows: name=(call, convention)."""
    return {
        f"{family}: {name.replace('_', ' ')}": (Adapter(family, call, dtype, algorithm, sizes), convention)
        for name, (call, convention) in kernels.items()
    }


SHORT = [2, 3, 5]
_scaled = partial(partial, scaled)

MISREAD: dict[str, tuple[Adapter, str]] = {
    **_table(
        "Circulant",
        "complex128",
        spectrum_conjugated=(circulant_transposed, "transpose"),
        adjoint=(circulant_adjoint, "adjoint"),
        conjugate=(circulant_conjugate, "conjugate"),
    ),
    **_table(
        "Circulant",
        transposed=(circulant_transposed, "transpose"),
        padded=(circulant_linear, "linear"),
        times_n=(circulant_without_inverse_scaling, "scale:n"),
        over_sqrt_n=(circulant_forward_twice, "scale:sqrt(n)"),
        half=(_scaled(circulant_fft, lambda n: 0.5), "scale:2"),
        sign=(_scaled(circulant_fft, lambda n: -1), "scale:-1"),
        skew=(partial(skew, -1), "negate_f"),
    ),
    **_table(
        "Toeplitz",
        row_first=(toeplitz_first_row_first, "swap_generators"),
        x_reversed=(toeplitz_reversed, "twin_pair"),
    ),
    **_table(
        "Toeplitz(4)",
        sizes=SHORT,
        unpadded=(toeplitz_circular, "linear"),
        x_on_the_left=(toeplitz_correlated, "transpose"),
    ),
    **_table("Hankel", as_toeplitz=(hankel_as_toeplitz, "twin_pair")),
    **_table("Hankel(4)", sizes=SHORT, circular=(hankel_circular, "linear")),
    **_table(
        "FCirculant(4, 2)",
        "float64",
        "direct",
        SHORT,
        sign_of_f=(partial(skew, -2), "negate_f"),
        inverse_of_f=(partial(skew, 0.5), "invert_f"),
        f_as_1=(partial(skew, 1), "linear"),
    ),
    **_table(
        "FCirculant(4, -1)", algorithm="direct", sizes=SHORT, sign_ignored=(partial(skew, 1), "negate_f")
    ),
    **_table(
        "DFT",
        "complex128",
        inverse_sign=(dft_inverse, "conjugate"),
        orthonormal=(partial(without_inverse_scaling, "ortho"), "orthonormal"),
        over_n=(partial(without_inverse_scaling, "forward"), "scale:n"),
    ),
    **_table(
        "DFT",
        "complex128",
        sizes=[2, 4, 8, 16],
        bit_reversed=(partial(reordered, correct.dft, bits), "bit_reversed"),
    ),
    **_table(
        "DCT(4, 2)",
        sizes=SHORT,
        times_2=(dct(2, "backward"), "scale:2"),
        orthonormal=(dct(2, "ortho"), "orthonormal"),
        type_3=(partial(trigonometric, scipy.fft.dct, 3, "backward"), "twin_pair"),
    ),
    **_table("DCT(4, 3)", sizes=SHORT, other_weights=(dct(3, "backward"), "weights")),
    **_table("DCT(4, 4)", sizes=SHORT, orthonormal=(dct(4, "ortho"), "orthonormal")),
    **_table("DST(4, 3)", sizes=SHORT, orthonormal=(dct(3, "ortho", scipy.fft.dst), "orthonormal")),
    **_table(
        "WalshHadamard",
        orthonormal=(_scaled(hadamard, lambda n: n**-0.5), "orthonormal"),
        bit_reversed=(partial(reordered, hadamard, bits), "bit_reversed"),
    ),
    **_table(
        "Butterfly",
        backwards=(butterfly_backwards, "reverse_factors"),
        bit_reversed_twiddles=(butterfly_reversed_bits, "bit_reversed"),
        transposed=(butterfly_transposed, "transpose"),
    ),
    **_table(
        "Monarch(6, 2)",
        sizes=[4, 6, 8],
        grid_by_columns=(monarch_grid_by_columns, "kron_order"),
        left_transposed=(monarch_block_transposed, "index_order"),
        blocks_by_columns=(monarch_blocks_fortran, "index_order"),
    ),
    **_table("Dense", by_columns=(partial(given, dense, fortran("M")), "index_order")),
    **_table(
        "LowRank(4, 2)",
        sizes=[3, 4, 5],
        U_by_columns=(partial(given, low_rank, fortran("U")), "index_order"),
        swapped=(partial(swapped, low_rank, "U", "V"), "swap_generators"),
    ),
    **_table(
        "Cauchy(4)", sizes=SHORT, swapped=(partial(swapped, correct.cauchy, "s", "t"), "swap_generators")
    ),
    **_table(
        "Bezoutian", sizes=SHORT, swapped=(partial(swapped, correct.bezoutian, "a", "b"), "swap_generators")
    ),
    **_table("Householder(4, 2)", sizes=SHORT, backwards=(reflections_backwards, "reverse_factors")),
    **_table("DiagonalCirculant(4, 2)", sizes=SHORT, circulant_first=(diagonal_after, "reverse_factors")),
    **_table(
        "SubdiagonalLDR(4, 2, true)",
        sizes=[3, 4],
        generators_swapped=(partial(swapped, krylov_ldr, "G", "H"), "swap_generators"),
        operators_swapped=(partial(swapped, krylov_ldr, "A", "B"), "twin_pair"),
        sign_of_a_corner=(krylov_with_sign, "negate_f"),
    ),
    **_table("SubdiagonalLDR(4, 2)", sizes=[3, 4], krylov=(krylov_ldr, "twin_pair")),
    **_table(
        "ToeplitzLike(4, 2)",
        "float64",
        "direct",
        SHORT,
        other_pair=(toeplitz_like_other_pair, "twin_pair"),
        generators_swapped=(partial(swapped, toeplitz_like, "G", "H"), "swap_generators"),
    ),
    **_table("Companion", transposed=(companion_transposed, "transpose")),
    **_table("Vandermonde", sizes=SHORT, descending=(vandermonde_descending, "twin_pair")),
}
