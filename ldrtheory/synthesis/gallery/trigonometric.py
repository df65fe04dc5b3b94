"""Cosine and sine transforms, exactly, without a real part at the end.

dct, dst    types 1 to 4, entries plain cosines and sines
acdc        A C D C^-1, C the cosine transform of type 2

n = 2^L, types 2, 3, 4: (w, e) = (2, 2): mirror the input into the second half, a DFT of size 2n, twiddles.
Types 2 and 3 are transposes of each other.  Type 1 and other n: a parallel sum of two chirps, (1, 2N/n) with
N = pow2(2n - 1).  Types 2 and 3 of size 4 are in BB* itself.
The published (2, 1) takes the real part at the end, which is not linear over the field of the factors.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

from ldrtheory.errors import ShapeMismatch
from ldrtheory.families import ACDC, DCT, DST
from ldrtheory.kaleidoscopes import ButterflyFactor, KaleidoscopeProduct, levels
from ldrtheory.linalg import Array, array, matmul, matrix
from ldrtheory.rings import Ring
from ldrtheory.synthesis.chains import Factors, constant, identities, inside, product_of, size_for
from ldrtheory.synthesis.gallery.fields import (
    FieldName,
    affordable,
    field_for,
    is_power_of_two,
    of_two,
    powers,
)
from ldrtheory.synthesis.gallery.fourier import circulant_factors, dft_factors, toeplitz_over
from ldrtheory.synthesis.products import multiplied, scaled
from ldrtheory.synthesis.routing import routes
from ldrtheory.synthesis.sums import parallel_sum

Transform = DCT | DST


def _mirrored(n: int, sign: Any, field: Ring) -> Factors:
    """The star part of size 2n that keeps x[j] at j < n and puts sign * x[j] at 2n - 1 - j."""
    second, L = slice(n, 2 * n), levels(n)
    top = inside(L, 2 * n, field, second, field.zero, sign)
    return [top, *(inside(b, 2 * n, field, second, field.zero, field.one) for b in reversed(range(L)))]


def _by_fourier(family: Transform, field: Ring) -> KaleidoscopeProduct:
    """Types 2, 3 and 4 for n = 2^L: with y the mirrored input, F y of size 2n up to two diagonals.

    Type 2, eta = zeta_4n, w = eta^2: cos = eta^-k (sum of y[j] w^-kj) / 2; for sines index k + 1, hence w^-j before.
    Type 4, mu = zeta_8n, eta = mu^2: (2k+1)(2j+1) = 4kj + 2j + (2k+1), and the mirror changes the sign.
    """
    n, sine = family.n, isinstance(family, DST)
    if family.type == 3:
        return _by_fourier(type(family)(n, 2), field).transpose()
    k, half, minus = np.arange(2 * n), field(Fraction(1, 2)), -field.one
    if family.type == 2:
        root = powers(field.root_of_unity(4 * n), 4 * n, field)
        eta, before, after, mirror = root[1], -2 * k * sine, -k - sine, minus if sine else field.one
    else:
        root = powers(field.root_of_unity(8 * n), 8 * n, field)
        eta, before, after, mirror = root[2], -2 * k, -2 * k - 1, field.one if sine else minus
    scale = root[len(root) // 4] * half if sine else half
    chain = dft_factors(eta, 2 * n, field)
    chain[0] = chain[0].columns_scaled(root[before % len(root)])
    chain[-1] = chain[-1].rows_scaled(root[after % len(root)] * scale)
    middle = identities(range(levels(2 * n)), 2 * n, field)
    return product_of([*_mirrored(n, mirror, field), *middle, *chain], n, n, field)


def _of_four(family: Transform, field: Ring) -> KaleidoscopeProduct:
    """Types 2 and 3 for n = 4 in BB* itself: K_11 = -K_10 K_00^-1 K_01 for the blocks K_ij = M[i::2, j::2].

    So K_ij = D_i S_ij E_j with E_j = K_0j, D_0 = 1, D_1 = K_10 K_00^-1 and the signs S of [[1, 1], [1, -1]].
    """
    M = family.entries({}, field)
    (p, q), (r, s) = M[::2, ::2]
    inverse = matrix(2, 2, lambda i, j: [[s, -q], [-r, p]][i][j]) * field.inverse(p * s - q * r)
    one, zero = field.one, field.zero
    D1 = matmul(field, M[1::2, ::2], inverse)
    E = M[::2, ::2], M[::2, 1::2]
    D = matrix(2, 2, lambda i, j: one if i == j else zero), D1
    at = [(k % 2, k // 2) for k in range(4)]  # position i + 2t
    first = ButterflyFactor(1, [E[j][t, t] for j, t in at], [E[j][t, 1 - t] for j, t in at])
    signs = ButterflyFactor(0, [one, -one, one, -one], [one] * 4)
    last = ButterflyFactor(1, [D[i][a, a] for i, a in at], [D[i][a, 1 - a] for i, a in at])
    return product_of([first, signs, *identities([0], 4, field), last], 4, 4, field)


def _angles(family: Transform) -> tuple[int, int, int, int, int]:
    """(N, a, b, c, d): the entries are cosines or sines of 2 pi (a i + b)(c j + d) / N."""
    n, s = family.n, int(isinstance(family, DST))
    return {
        1: (2 * (n + 1) if s else 2 * (n - 1), 1, s, 1, s),
        2: (4 * n, 1, s, 2, 1),
        3: (4 * n, 2, 1, 1, s),
        4: (8 * n, 2, 1, 2, 1),
    }[family.type]


def _by_chirps(family: Transform, field: Ring) -> KaleidoscopeProduct:
    """Any n and type: the parallel sum of [r^pq] and [r^-pq], up to constants, p = a i + b and q = c j + d.

    With C(k, 2) = k (k - 1)/2, ij = C(i, 2) + C(j + 1, 2) - C(i - j, 2): each is diagonal, Toeplitz, diagonal.
    """
    n, sine = family.n, isinstance(family, DST)
    period, a, b, c, d = _angles(family)
    every = powers(field.root_of_unity(family.order), family.order, field)
    root, half = every[:: family.order // period], field(Fraction(1, 2))
    k = np.arange(n)
    terms = []
    for sign in (1, -1):
        t = {m: root[-sign * a * c * (m * (m - 1) // 2) % period] for m in range(1 - n, n)}
        T = toeplitz_over(t.__getitem__, n, n, field)
        rows = root[sign * (a * d * k + b * d + a * c * (k * (k - 1) // 2)) % period]
        columns = root[sign * (b * c * k + a * c * (k * (k + 1) // 2)) % period]
        constant_ = every[-family.order // 4] * half * sign if sine else half  # 1/(2i) = -i/2
        terms.append(scaled(T, rows * constant_, columns))
    return parallel_sum(*terms)


def _chirp_size(n: int) -> int:
    return size_for(2 * n - 1)


def _trigonometric(family: Transform, field: FieldName) -> KaleidoscopeProduct:
    n, what = family.n, f"{type(family).__name__}({family.n}, {family.type})"
    by_fourier = is_power_of_two(n) and family.type != 1
    order = family.order if n <= 2 or by_fourier else lcm(family.order, _chirp_size(n))
    home = field_for(what, order, field=field)
    if n <= 2:
        return of_two(family.entries({}, home), home)
    if n == 4 and family.type in (2, 3):
        return _of_four(family, home)
    if by_fourier:
        affordable(what, 2, 2 * n, home)
        return _by_fourier(family, home)
    affordable(what, 1, 2 * _chirp_size(n), home)
    return _by_chirps(family, home)


def dct(n: int, type: int = 2, field: FieldName = None) -> KaleidoscopeProduct:
    """Return the cosine transform of a type from 1 to 4 and any size n, the entries as in the family DCT.

    n = 2^L, types 2 to 4: (w, e) = (2, 2), with a primitive root of unity of order 4n (8n for type 4); (1, 1) for n = 4
    and types 2, 3.  Otherwise (1, 2N/n), N = pow2(2n - 1), with one of the same order (2n - 2 for type 1) and one of
    order N.  n <= 2: in B.  Published: (2, 1) for n = 2^L up to a real part.

    >>> K = dct(8)
    >>> K.field, K.width, K.size, K.entries()[0].tolist()
    (Q(zeta_32), 2, 16, [1, 1, 1, 1, 1, 1, 1, 1])
    """
    return _trigonometric(DCT(n, type), field)


def dst(n: int, type: int = 2, field: FieldName = None) -> KaleidoscopeProduct:
    """Return the sine transform of a type from 1 to 4 and any size n, the entries as in the family DST; see `dct`.

    >>> dst(4).entries()[3].tolist()
    [1, -1, 1, -1]
    """
    return _trigonometric(DST(n, type), field)


def acdc(a: Sequence[Any] | Array, d: Sequence[Any] | Array, field: FieldName = None) -> KaleidoscopeProduct:
    """Return diag(a) C diag(d) C^-1, C = dct(n), C^-1 = C^T diag(1/n, 2/n, ..., 2/n).

    n = 2^L: (w, e) = (2, 2), with a primitive root of unity of order 4n, against (2, 1) up to a real part as published.
    C^-1 x, mirrored, is F^-1 of the 2n numbers 2 eta^k x[k], 0, -2 eta^k x[2n - k], and mirroring commutes with D; so
    the product is a copy of x in star order, a circulant of size 2n between diagonals, and no second DFT.
    Other n: (2, 2N/n), a product of two transforms.

    >>> acdc([1, 1], [1, 3]).entries()[0, 0]
    2
    """
    n, what = len(a), f"ACDC({len(a)})"
    if len(d) != n:
        raise ShapeMismatch(f"diagonals of {n} and {len(d)} entries; wanted the same number of both.")
    family = ACDC(n)
    order = 4 * n if is_power_of_two(n) else lcm(4 * n, _chirp_size(n))
    home = field_for(what, order, [*a, *d], field)
    left, inner = array(home, a), array(home, d)
    if n <= 2:
        return of_two(family.entries({"a": left, "d": inner}, home), home)
    if not is_power_of_two(n):
        affordable(what, 2, 2 * _chirp_size(n), home)
        C = _by_chirps(DCT(n, 2), home)
        weights = [home(Fraction(1 if k == 0 else 2, n)) for k in range(n)]
        return multiplied(scaled(C, left, inner), scaled(C.transpose(), columns=weights))
    affordable(what, 2, 2 * n, home)
    N, k = 2 * n, np.arange(2 * n)
    eta = powers(home.root_of_unity(2 * N), 2 * N, home)
    kernel = np.concatenate([inner, inner[::-1]]) @ eta[-2 * np.outer(k, k) % (2 * N)] * home(Fraction(1, N))
    chain = circulant_factors(kernel, eta[2], home)
    before = np.where(k < n, eta[k], np.where(k > n, -eta[k], home.zero))
    after = constant(home.zero, N)
    after[:n] = left * eta[-k[:n] % (2 * N)]
    chain[0], chain[-1] = chain[0].columns_scaled(before), chain[-1].rows_scaled(after)
    copied = np.concatenate([np.arange(n), np.arange(n - 1, 0, -1)])
    spread = routes(copied, np.delete(k, n), N, home)
    return product_of([*spread, *identities(range(levels(N)), N, home), *chain], n, n, home)
