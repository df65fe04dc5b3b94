"""How the gallery builds each of its entries from sizes, or from a vector.

MAKERS      name -> the function from the arguments of a name to what was built

A size alone chooses small whole numbers as parameters: the vector 1, ..., n, its reverse n, ..., 1, the diagonals
t_k = k of a Toeplitz matrix, the permutation p[i] = (3 i + 1) mod n.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ldrtheory.families import ACDC, DCT, DFT, DST, Circulant, Toeplitz, WalshHadamard
from ldrtheory.linalg import Array, array, diagonal_matrix
from ldrtheory.rings import Ring
from ldrtheory.synthesis.gallery import definitions, fourier, hadamard, trigonometric
from ldrtheory.synthesis.gallery.entry import Made
from ldrtheory.synthesis.gallery.fields import is_power_of_two
from ldrtheory.synthesis.gallery.grammar import Given


def _up(n: int) -> list[int]:
    return list(range(1, n + 1))


def _down(n: int) -> list[int]:
    return list(range(n, 0, -1))


def _diagonal(g: Given) -> Made:
    d = g.values if g.values is not None else _up(g["n"])
    return Made(
        hadamard.diagonal(d, g.field),
        lambda ring: diagonal_matrix(list(array(ring, d)), ring),
        "a diagonal is one butterfly factor, the others are the identity",
    )


def _identity(g: Given) -> Made:
    return Made(
        hadamard.diagonal([1] * g["n"], g.field),
        lambda ring: diagonal_matrix([ring.one] * g["n"], ring),
        "every butterfly factor is the identity",
    )


def _bit_reversal(g: Given) -> Made:
    return Made(
        hadamard.bit_reversal(g["n"], g.field),
        definitions.bit_reversal(g["n"]),
        "a permutation, routed through the switches of one BB*",
    )


def _hadamard(g: Given) -> Made:
    return Made(
        hadamard.hadamard(g["n"], g.field),
        lambda ring: WalshHadamard(g["n"]).entries({}, ring),
        "a Kronecker power of [[1, 1], [1, -1]]: one butterfly factor for each bit, in B itself",
    )


def _haar(g: Given) -> Made:
    return Made(
        hadamard.haar(g["n"], g.field),
        definitions.haar(g["n"]),
        "sums and differences in place are in B, a permutation in BB* sorts the scales",
    )


def _fastfood(g: Given) -> Made:
    n = g["n"]
    parts = _up(n), _down(n), [(3 * i + 1) % n for i in range(n)], _up(n)
    return Made(
        hadamard.fastfood(*parts, field=g.field),
        definitions.fastfood(*parts),
        "H in falling order, the permutation through the highest bit, H in rising order; diagonals are absorbed",
    )


def _hd3(g: Given) -> Made:
    n = g["n"]
    parts = _up(n), _down(n), _up(n)
    return Made(
        hadamard.hd3(*parts, field=g.field),
        definitions.hd3(*parts),
        "three times H, in falling, rising and falling order, the diagonals absorbed",
    )


_SMALL = "a matrix of at most 2 x 2 is a single butterfly factor"


def _chirp(n: int) -> str:
    if n <= 2:
        return _SMALL
    if n == 4:
        return "bit 1 carries signs, bit 0 the powers of i: a fourth root of unity is enough"
    if is_power_of_two(n):
        return "-2ij = (i-j)^2 - i^2 - j^2: a circulant of powers of zeta_2n between two diagonals"
    return (
        "-ij = C(i-j, 2) - C(i, 2) - C(j+1, 2): a Toeplitz matrix of powers of zeta_n between two diagonals"
    )


def _dft(g: Given) -> Made:
    n = g["n"]
    return Made(fourier.dft(n, g.field), lambda ring: DFT(n).entries({}, ring), _chirp(n))


def _inverse_dft(g: Given) -> Made:
    n = g["n"]
    return Made(fourier.inverse_dft(n, g.field), definitions.inverse_dft(n), _chirp(n))


def _wrapped(n: int, size: int) -> str:
    if n <= 2:
        return _SMALL
    if n == size:
        return "F^-1 diag F with F = R FB^T: the bit reversals R cancel"
    return f"the corner of a circulant of size {size}"


def _circulant(g: Given) -> Made:
    c = g.values if g.values is not None else _up(g["n"])
    K = fourier.circulant(c, g.field)
    why = _wrapped(len(c), K.size)
    return Made(K, lambda ring: Circulant(len(c)).entries({"c": array(ring, c)}, ring), why)


def _toeplitz(g: Given) -> Made:
    t: Sequence[int] | Array
    if g.values is not None:
        t = g.values
        K = fourier.toeplitz(t, field=g.field)
    else:
        m, n = g["n"], g.sizes.get("columns", g["n"])
        t = range(1 - n, m)
        K = fourier.toeplitz(t, m, n, g.field)
    m, n = K.shape
    family = Toeplitz(rows=m, columns=n)
    return Made(K, lambda ring: family.entries({"t": array(ring, t)}, ring), _wrapped(max(m, n), K.size))


def _convolution(g: Given) -> Made:
    t = g.values if g.values is not None else _up(g["n"])
    n = len(t)
    K = fourier.linear_convolution(t, field=g.field)
    return Made(K, definitions.convolution(t, n), _wrapped(max(K.shape), K.size))


def _afdf(g: Given) -> Made:
    a, d = _up(g["n"]), _down(g["n"])
    K = fourier.afdf(a, d, g.field)
    why = "F D F^-1 is a circulant" + ("" if len(a) <= 2 else f": {_wrapped(len(a), K.size)}")
    return Made(K, definitions.afdf(a, d), why)


def _trigonometric(family: type[DCT] | type[DST]) -> Callable[[Given], Made]:
    build = trigonometric.dct if family is DCT else trigonometric.dst

    def make(g: Given) -> Made:
        n, kind = g["n"], g["type"]
        if n <= 2:
            why = _SMALL
        elif n == 4 and kind in (2, 3):
            why = "K_11 = -K_10 K_00^-1 K_01 for the blocks K_ij = M[i::2, j::2], so one BB* is enough"
        elif is_power_of_two(n) and kind != 1:
            why = (
                f"the input is mirrored, then a DFT of size {2 * n} with twiddles, kept linear by the mirror"
            )
            why = f"the transpose of type 2: {why}" if kind == 3 else why
        else:
            why = "half the sum of two chirps, zeta^pq and zeta^-pq, in parallel"
        return Made(build(n, kind, g.field), lambda ring: family(n, kind).entries({}, ring), why)

    return make


def _acdc(g: Given) -> Made:
    n = g["n"]
    a, d = _up(n), _down(n)

    def entries(ring: Ring) -> Array:
        return ACDC(n).entries({"a": array(ring, a), "d": array(ring, d)}, ring)

    if n <= 2:
        why = _SMALL
    elif is_power_of_two(n):
        why = f"mirroring commutes with D, so C D C^-1 is one circulant of size {2 * n} behind a signed copy"
    else:
        why = "a product of two transforms, each half the sum of two chirps"
    return Made(trigonometric.acdc(a, d, g.field), entries, why)


MAKERS: dict[str, Callable[[Given], Made]] = {
    "Identity": _identity,
    "Diagonal": _diagonal,
    "BitReversal": _bit_reversal,
    "Hadamard": _hadamard,
    "Haar": _haar,
    "DFT": _dft,
    "InverseDFT": _inverse_dft,
    "Circulant": _circulant,
    "Toeplitz": _toeplitz,
    "LinearConvolution": _convolution,
    "AFDF": _afdf,
    "DCT": _trigonometric(DCT),
    "DST": _trigonometric(DST),
    "Fastfood": _fastfood,
    "HD3": _hd3,
    "ACDC": _acdc,
}
