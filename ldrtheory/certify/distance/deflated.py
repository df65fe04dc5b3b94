"""What is left of an exact residual after a product of low rank has been taken out, exactly.

Deflated         L - G H^T / 2^shift: exact products, exact Frobenius norm, float approximation
project          G, H, shift with G H^T / 2^shift close to the projection of L onto the span of given columns
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

import numpy as np
from flint import fmpz_mat

from ldrtheory.certify.distance.entries import floats_of, inner, rescale, to_flint, to_ints
from ldrtheory.certify.distance.numbers import log2, root_up
from ldrtheory.certify.distance.residual import ExactMatrix


@dataclass(frozen=True)
class Deflated:
    """The rational matrix L - G H^T / 2^shift, L an ExactMatrix, G (m x s) and H (n x s) integer matrices."""

    L: ExactMatrix
    G: fmpz_mat
    H: fmpz_mat
    shift: int

    @property
    def unit(self) -> Fraction:
        """The factor of the integer matrix that `times` multiplies with."""
        return Fraction(1, self.L.scale.denominator << self.shift)

    def times(self, V: fmpz_mat, *, transposed: bool = False) -> fmpz_mat:
        """Return the integer matrix (L - G H^T / 2^shift) V / unit (or with the transpose)."""
        left, right = (self.H, self.G) if transposed else (self.G, self.H)
        first = self.L.times(V, transposed=transposed) * (self.L.scale.numerator << self.shift)
        if self.G.ncols() == 0:
            return first
        return first - (left * (right.transpose() * V)) * self.L.scale.denominator

    def square(self) -> Fraction:
        """Return ||L - G H^T / 2^shift||_F^2 exactly, as ||L||^2 - 2 <L H, G> / 2^shift + <G^T G, H^T H> / 4^shift."""
        scale = self.L.scale
        total = self.L.frobenius_squared * scale**2
        if self.G.ncols() == 0:
            return total
        cross = inner(self.L.times(self.H), self.G) * scale / (1 << self.shift)
        own = inner(self.G.transpose() * self.G, self.H.transpose() * self.H)
        return total - 2 * cross + Fraction(own, 1 << (2 * self.shift))

    def floats(self) -> tuple[np.ndarray, int]:
        """Return (Y, e): a float64 approximation Y of this matrix times 2^-e, max|Y| about 1."""
        if self.G.ncols() == 0:
            Y, e = self.L.floats()
            scale = self.L.scale
            s = log2(scale)
            return Y * float(scale / Fraction(2) ** s), e + s
        if self.L.flint is not None:
            whole = self.L.flint * (self.L.scale.numerator << self.shift)
            X = to_ints(whole - (self.G * self.H.transpose()) * self.L.scale.denominator)
        else:
            X = to_ints(self.times(to_flint(np.eye(self.L.shape[1], dtype=np.int64).astype(object))))
        Y, e = floats_of(X)
        s = log2(self.unit)
        return Y * float(self.unit / Fraction(2) ** s), e + s


def project(L: ExactMatrix, columns: fmpz_mat, target: Fraction, guard: int = 12) -> Deflated:
    """Return L minus about its orthogonal projection onto the span of the columns: L - G H^T / 2^shift.

    columns: m x s integers, nearly orthogonal up to scaling.  G is the columns, each normalised to length
    about 2^bits;
    H^T is a rounding of (G^T G)^-1 G^T L, the inverse by Newton's iteration X (2 - S X) in fixed point.
    Rounding changes the distance by less than about 2^-guard target, in quadrature with what the projection
    leaves.
    """
    m, s = columns.nrows(), columns.ncols()
    nothing = Deflated(L, fmpz_mat(m, 0), fmpz_mat(L.shape[1], 0), 0)
    if s == 0:
        return nothing
    norm = root_up(L.frobenius_squared * L.scale**2, 20)
    bits = max(8, log2(norm / target) + guard + (m * max(s, 1)).bit_length() // 2 + 2)
    C = to_ints(columns)
    normalised = []
    for j in range(s):
        length = isqrt(sum(x * x for x in C[:, j].tolist()))
        if length:
            normalised.append(rescale(C[:, j], bits - length.bit_length()))
    if not normalised:
        return nothing
    G = to_flint(np.stack(normalised, axis=1))
    S = G.transpose() * G
    floats = np.ldexp(np.array(rescale(to_ints(S), 60 - 2 * bits), dtype=np.float64), -60)
    try:
        start = np.linalg.inv(floats)
    except np.linalg.LinAlgError:
        start = np.eye(len(normalised))
    q, have = bits + 16, 40
    X = _fixed(start, q)
    while have < q:
        X = X * 2 - to_flint(rescale(to_ints(X * S * X), -(q + 2 * bits)))
        have *= 2
    shift = max(0, bits + guard + (L.shape[1] * s).bit_length() // 2 + 2 - log2(target))
    T = to_ints(L.times(G, transposed=True) * X)
    factor = L.scale.numerator << shift
    below = L.scale.denominator << (q + 2 * bits)
    H = (2 * T * factor + below) // (2 * below)
    return Deflated(L, G, to_flint(H), shift)


def _fixed(X: np.ndarray, bits: int) -> fmpz_mat:
    """Return about 2^bits X as integers, X a float array of any size."""
    whole = np.array([int(x) for x in np.rint(np.ldexp(X, 50)).ravel().tolist()], dtype=object).reshape(
        X.shape
    )
    return to_flint(rescale(whole, bits - 50))
