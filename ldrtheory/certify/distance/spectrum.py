"""Singular values of an exact residual, as guesses that exact integers will confirm, below float noise as well.

Spectrum         guesses of singular values and vectors of L; `widen` asks for more of them, `deflate` goes
                 below the noise

Nothing here is a proof.  A float64 singular value decomposition knows values down to about 2^-46 ||L||; what
                          lies below
(the rounding errors of a matrix that is structured up to rounding) is seen after subtracting the large part in
exact
integers and decomposing the remainder, which is again an ordinary float matrix.  Each such level gains 22 bits
or more.
"""

from __future__ import annotations

import time
from fractions import Fraction
from math import ldexp

import numpy as np
from flint import fmpz_mat, nmod_mat

from ldrtheory.certify.distance.deflated import Deflated, project
from ldrtheory.certify.distance.entries import floats_of, grid, to_flint, to_ints
from ldrtheory.certify.distance.numbers import log2, root_up
from ldrtheory.certify.distance.residual import ExactMatrix
from ldrtheory.certify.rank.limits import Progress
from ldrtheory.errors import Undecided

FULL = 256
DENSE = 1 << 20
START = 16


class Spectrum:
    """Guesses of the largest singular values and vectors of L, in units of 2^exponent.

    values       float64, largest first;  left, right: float64 columns;  rest: norm of what the values do not
                 cover
    noise        absolute uncertainty of a value on the current level;  complete: no further value exists
    taken        how many values were deflated;  exhausted: L seems to have no others (rank L = taken)
    """

    def __init__(
        self, L: ExactMatrix, *, deadline: float | None = None, progress: Progress | None = None
    ) -> None:
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
        self._dense: tuple[np.ndarray, int] | None = None
        self._u: np.ndarray
        self._s: np.ndarray
        self._v: np.ndarray
        self._level(START)

    def _say(self, what: str) -> None:
        if self.progress is not None:
            self.progress(self.taken, min(self.L.shape), what)
        if self.deadline is not None and time.monotonic() > self.deadline:
            raise Undecided(
                f"the time limit ran out while {what}; allow more seconds, or ask without a tolerance."
            )

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

        The rounding of the projection is kept 2^-40 below what remains; a remainder that stays beyond 12 such
        attempts is zero
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
        self._level(START)

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
        try:
            self._decompose(wanted)
        except np.linalg.LinAlgError:
            raise Undecided(
                "the singular value decomposition in floating point did not converge on this residual; "
                "ask for the exact rank by leaving the tolerance out."
            ) from None

    def _decompose(self, wanted: int) -> None:
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
            self._dense = self.remainder.floats()
        Y, e = self._dense
        unit = ldexp(1.0, e - self.exponent)
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
            self.rest = float(np.linalg.norm(Y - Q @ small_matrix)) * unit
        self._u, self._s, self._v = u, s * unit, vt.T
        self.noise = 2.0**-46 * total * unit

    def _exact_range(self, wanted: int) -> None:
        """A range finder by exact products with the remainder, for matrices too large to deflate densely."""
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
        missing = square - sum(Fraction(x) ** 2 for x in s.tolist())
        self.rest = float(root_up(max(missing, square / 2**40)))
        self.noise = float(root_up(square)) * (2.0**-46 if wanted >= min(self.L.shape) else 2.0**-24)
