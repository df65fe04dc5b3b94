"""The matrices of the gallery by their definitions, entry by entry, with no butterfly factor in sight.

What the families define (DFT, DCT, DST, Circulant, Toeplitz, WalshHadamard, ACDC) is taken from there; here are
inverse_dft, convolution, haar, fastfood, hd3, afdf, bit_reversal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from ldrtheory.families import WalshHadamard
from ldrtheory.linalg import Array, array, identity, matrix
from ldrtheory.rings import Ring
from ldrtheory.synthesis.gallery.hadamard import reversed_bits

Definition = Callable[[Ring], Array]


def _roots(n: int, ring: Ring) -> list[Any]:
    """1, w, ..., w^(n - 1) for the ring's primitive n-th root of unity w."""
    w = ring.root_of_unity(n)
    out = [ring.one]
    for _ in range(n - 1):
        out.append(out[-1] * w)
    return out


def inverse_dft(n: int) -> Definition:
    """w^(ij) / n."""

    def entries(ring: Ring) -> Array:
        w, scale = _roots(n, ring), ring(Fraction(1, n))
        return matrix(n, n, lambda i, j: w[i * j % n] * scale)

    return entries


def convolution(t: Sequence[Any] | Array, n: int) -> Definition:
    """t[i - j] where 0 <= i - j < len(t), else 0; len(t) + n - 1 rows."""

    def entries(ring: Ring) -> Array:
        v, m = array(ring, t), len(t)
        return matrix(m + n - 1, n, lambda i, j: v[i - j] if 0 <= i - j < m else ring.zero)

    return entries


def afdf(a: Sequence[Any], d: Sequence[Any]) -> Definition:
    """a[k] (1/n) sum over j of d[j] w^(-(k - l) j)."""

    def entries(ring: Ring) -> Array:
        n = len(a)
        w, left, inner = _roots(n, ring), array(ring, a), array(ring, d) * ring(Fraction(1, n))
        sums = [sum((inner[j] * w[-e * j % n] for j in range(n)), ring.zero) for e in range(n)]
        return matrix(n, n, lambda k, m: left[k] * sums[(k - m) % n])

    return entries


def haar(n: int) -> Definition:
    """Row 0: ones. Row 2^s + q: 1 on the first and -1 on the second half of block q of n/2^s columns."""

    def entry(ring: Ring, i: int, j: int) -> Any:
        if i == 0:
            return ring.one
        s = i.bit_length() - 1
        block = n >> s
        if j // block != i - (1 << s):
            return ring.zero
        return ring.one if j % block < block // 2 else -ring.one

    return lambda ring: matrix(n, n, lambda i, j: entry(ring, i, j))


def bit_reversal(n: int) -> Definition:
    """1 where the binary digits of i are those of j read backwards."""
    rev = reversed_bits(n)
    return lambda ring: matrix(n, n, lambda i, j: ring.one if rev[j] == i else ring.zero)


def _hadamard(x: Array, ring: Ring) -> Array:
    return WalshHadamard(len(x)).multiply({}, x, ring)


def fastfood(a: Sequence[Any], g: Sequence[Any], p: Sequence[int], d: Sequence[Any]) -> Definition:
    """diag(a) H diag(g) P H diag(d), P with ones at (p[i], i); applied to the columns of the identity."""

    def entries(ring: Ring) -> Array:
        x = _hadamard(array(ring, d)[:, None] * identity(ring, len(a)), ring)
        moved = x[np.argsort(p)]  # row p[i] of P x is row i of x
        return array(ring, a)[:, None] * _hadamard(array(ring, g)[:, None] * moved, ring)

    return entries


def hd3(*diagonals: Sequence[Any]) -> Definition:
    """H D3 H D2 H D1, applied to the columns of the identity."""

    def entries(ring: Ring) -> Array:
        x = identity(ring, len(diagonals[0]))
        for d in diagonals:
            x = _hadamard(array(ring, d)[:, None] * x, ring)
        return x

    return entries
