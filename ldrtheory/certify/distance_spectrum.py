"""Singular values of an exact residual, as guesses that exact integers will confirm, below float noise as well.

Deflated         L - G H^T / 2^shift, exactly: what is left of a residual after its large part has been taken out
project          G, H, shift with G H^T / 2^shift close to the projection of L onto the span of given columns
Spectrum         guesses of singular values and vectors of L; `widen` asks for more of them, `deflate` goes below the noise

Nothing here is a proof.  A float64 singular value decomposition knows values down to about 2^-46 ||L||; what lies below
(the rounding errors of a matrix that is structured up to rounding) is seen after subtracting the large part in exact
integers and decomposing the remainder, which is again an ordinary float matrix.  Each such level gains 22 bits or more.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

import numpy as np
from flint import fmpz_mat, nmod_mat

from ldrtheory.certify.distance_residual import ExactMatrix, floats_of, to_flint, to_ints
from ldrtheory.errors import Undecided

FULL = 256
DENSE = 1 << 20
Progress = Callable[[str], None]


def log2(x: Fraction) -> int:
    """Return an integer within 1 of log2(x), x > 0."""
    return x.numerator.bit_length() - x.denominator.bit_length()


def root_up(x: Fraction, bits: int = 96) -> Fraction:
    """Return a rational at least sqrt(x) and above it by a factor of at most 1 + 2^(1 - bits).

    >>> root_up(Fraction(9, 4)) >= Fraction(3, 2)
    True
    """
    low = root_down(x, bits)
    return low if low * low == x else low * (1 + Fraction(1, 1 << (bits - 1)))


def root_down(x: Fraction, bits: int = 96) -> Fraction:
    """Return a rational at most sqrt(x) and below it by a factor of at least 1 - 2^(-bits); exact for squares of integers.

    With s chosen so that x 4^s >= 4^bits, floor(sqrt(floor(x 4^s))) / 2^s differs from sqrt(x) by less than 2^-s <= 2^-bits sqrt(x).
    """
    if x <= 0:
        return Fraction(0)
    s = max(0, bits + 2 - log2(x) // 2)
    return Fraction(isqrt((x.numerator << (2 * s)) // x.denominator), 1 << s)


def inner(A: fmpz_mat, B: fmpz_mat) -> int:
    """Return the sum of the products of corresponding entries of two integer matrices."""
    return sum(int(x) * int(y) for x, y in zip(A.entries(), B.entries(), strict=True))


def grid(X: np.ndarray, bits: int) -> fmpz_mat:
    """Return round(2^bits X) for a float array with entries of at most about 1 in absolute value."""
    fine = min(bits, 60)
    whole = np.rint(np.ldexp(X, fine)).astype(np.int64).astype(object)
    return to_flint(whole << (bits - fine))


def rescale(X: np.ndarray, shift: int) -> np.ndarray:
    """Return round(2^shift X) entry by entry, X an object array of integers."""
    if shift >= 0:
        out: np.ndarray = X << shift
        return out
    rounded: np.ndarray = (X + (1 << (-shift - 1))) >> (-shift)
    return rounded


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

    columns: m x s integers, nearly orthogonal up to scaling.  G is the columns, each normalised to length about 2^bits;
    H^T is a rounding of (G^T G)^-1 G^T L, the inverse by Newton's iteration X (2 - S X) in fixed point.
    Rounding changes the distance by less than about 2^-guard target, in quadrature with what the projection leaves.
    """
    m, s = columns.nrows(), columns.ncols()
    norm = root_up(L.frobenius_squared * L.scale**2, 20)
    bits = max(8, log2(norm / target) + guard + (m * max(s, 1)).bit_length() // 2 + 2)
    C = to_ints(columns)
    normalised = []
    for j in range(s):
        length = isqrt(sum(x * x for x in C[:, j].tolist()))
        if length:
            normalised.append(rescale(C[:, j], bits - length.bit_length()))
    if not normalised:
        return Deflated(L, fmpz_mat(m, 0), fmpz_mat(L.shape[1], 0), 0)
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
    whole = np.array([int(x) for x in np.rint(np.ldexp(X, 50)).ravel().tolist()], dtype=object).reshape(X.shape)
    return to_flint(rescale(whole, bits - 50))


class Spectrum:
    """Guesses of the largest singular values and vectors of L, in units of 2^exponent.

    values       float64, largest first;  left, right: float64 columns;  rest: norm of what the values do not cover
    noise        absolute uncertainty of a value on the current level;  complete: no further value exists
    taken        how many values were deflated;  exhausted: L seems to have no others (rank L = taken)
    """

    def __init__(self, L: ExactMatrix, *, deadline: float | None = None, progress: Progress | None = None) -> None:
        self.L = L
        self.deadline = deadline
        self.progress = progress
        self.square = L.frobenius_squared * L.scale**2
        self.exponent = log2(self.square) // 2
        self.columns = fmpz_mat(L.shape[0], 0)
        self.remainder = Deflated(L, self.columns, fmpz_mat(L.shape[1], 0), 0)
        self.taken = 0
        self.exhausted = False
        self._done_left = np.zeros((L.shape[0], 0))
        self._done_right = np.zeros((L.shape[1], 0))
        self._done_values = np.zeros(0)
        self._dense: np.ndarray | None = None
        self._level(16)

    def _say(self, what: str) -> None:
        if self.deadline is not None and time.monotonic() > self.deadline:
            raise Undecided(f"the time limit ran out while {what}; allow more seconds, or ask without a tolerance.")
        if self.progress is not None:
            self.progress(what)

    @property
    def complete(self) -> bool:
        """True when the current level holds every singular value that is left."""
        return self.exhausted or self._wanted >= min(self.L.shape)

    @property
    def values(self) -> np.ndarray:
        """All guesses, deflated levels first."""
        return np.concatenate([self._done_values, self._s])

    @property
    def left(self) -> np.ndarray:
        """Left singular vectors, one column per value."""
        return np.concatenate([self._done_left, self._u], axis=1)

    @property
    def right(self) -> np.ndarray:
        """Right singular vectors, one column per value."""
        return np.concatenate([self._done_right, self._v], axis=1)

    def widen(self) -> None:
        """Compute four times as many values on the current level."""
        self._level(4 * self._wanted)

    def deflate(self, cut: float = 2.0**-22) -> None:
        """Take the values above cut times the largest of this level out of the matrix, in exact integers.

        The rounding of the projection is kept 2^-40 below what remains; a remainder that stays beyond 12 such attempts is zero
        for our purposes.
        """
        count = max(1, int((self._s > cut * self._s[0]).sum()))
        self._say(f"taking {count} singular values out of the residual")
        self.columns = self.span(self.taken + count)
        self._done_left = np.concatenate([self._done_left, self._u[:, :count]], axis=1)
        self._done_right = np.concatenate([self._done_right, self._v[:, :count]], axis=1)
        self._done_values = np.concatenate([self._done_values, self._s[:count]])
        self.taken += count
        fine = log2(Fraction(float(self._s[0]))) + self.exponent - 80
        for _ in range(12):
            self.remainder = project(self.L, self.columns, Fraction(2) ** fine)
            square = self.remainder.square()
            if square == 0 or log2(square) // 2 > fine + 40:
                break
            if self._looks_exhausted():
                self.exhausted = True
                self._u, self._s, self._v = self._u[:, :0], self._s[:0], self._v[:, :0]
                self.rest = self.noise = 0.0
                return
            fine -= 80
        self._dense = None
        self._level(16)

    def _looks_exhausted(self) -> bool:
        """Whether the rank of L seems to be `taken`: the rank modulo a prime of L times a few random columns."""
        rng = np.random.default_rng(20240301)
        count = min(self.taken + 4, self.L.shape[1])
        image = self.L.times(to_flint(rng.integers(-(2**15), 2**15, (self.L.shape[1], count)).astype(object)))
        return int(nmod_mat(image, 2**61 - 1).rank()) <= self.taken

    def span(self, rank: int) -> fmpz_mat:
        """Return integer columns that span about the first `rank` left singular vectors: deflated ones, then E v."""
        kept = to_ints(self.columns)[:, :rank]
        if rank <= self.taken:
            return to_flint(kept) if rank else fmpz_mat(self.L.shape[0], 0)
        more = to_ints(self.remainder.times(grid(self._v[:, : rank - self.taken], 50)))
        return to_flint(np.concatenate([kept, more], axis=1))

    def _level(self, wanted: int) -> None:
        m, n = self.L.shape
        small = min(m, n)
        if small <= FULL or 3 * wanted > small:
            wanted = small
        self._wanted = wanted
        self._say(f"looking for {wanted} singular values of a {m} x {n} residual")
        if self.taken and (wanted < small or m * n > DENSE):
            self._exact_range(min(wanted, small))
            return
        if self._dense is None:
            Y, e = self.remainder.floats()
            self._dense = np.ldexp(Y, e - self.exponent)
        Y = self._dense
        total = float(np.linalg.norm(Y))
        if wanted == small:
            left = small - self.taken
            u, s, vt = np.linalg.svd(Y, full_matrices=False)
            u, s, vt = u[:, :left], s[:left], vt[:left]
            self.rest = 0.0
        else:
            rng = np.random.default_rng(20240229)
            Q = np.linalg.qr(Y @ rng.standard_normal((n, min(wanted + 8, small))))[0]
            for _ in range(2):
                Q = np.linalg.qr(Y @ np.linalg.qr(Y.T @ Q)[0])[0]
            small_matrix = Q.T @ Y
            u, s, vt = np.linalg.svd(small_matrix, full_matrices=False)
            u = Q @ u
            self.rest = float(np.linalg.norm(Y - Q @ small_matrix))
        self._u, self._s, self._v = u, s, vt.T
        self.noise = 2.0**-46 * total

    def _exact_range(self, wanted: int) -> None:
        """A range finder whose products with the deflated remainder are exact, for matrices too large to deflate densely."""
        E = self.remainder
        n = self.L.shape[1]
        rng = np.random.default_rng(20240229)
        count = min(wanted + 8, min(self.L.shape))
        B = rng.integers(-127, 128, (n, count)).astype(np.float64) / 128
        for _ in range(2):
            Q = np.linalg.qr(floats_of(to_ints(E.times(grid(B, 40))))[0])[0]
            image, e = floats_of(to_ints(E.times(grid(Q, 50), transposed=True)))
            B = np.linalg.qr(image)[0]
        v, s, ut = np.linalg.svd(image, full_matrices=False)
        s = s * float(E.unit * Fraction(2) ** (e - 50 - self.exponent))
        self._u, self._s, self._v = Q @ ut.T, s, v
        square = E.square() / Fraction(4) ** self.exponent
        self.rest = float(max(square - sum(Fraction(x) ** 2 for x in s.tolist()), square / 2**40)) ** 0.5
        self.noise = 2.0**-46 * float(square) ** 0.5 if wanted >= min(self.L.shape) else 2.0**-24 * float(square) ** 0.5
