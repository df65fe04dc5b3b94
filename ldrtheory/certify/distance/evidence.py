"""Integers that prove how far a residual is from the matrices of rank at most r, both ways.

Write T_r(L) = min over rank(X) <= r of ||L - X||_F = (sum of sigma_i(L)^2 over i > r)^(1/2)   (Eckart, Young).

within            G, H, shift: X = G H^T / 2^shift has rank at most r, so T_r(L) <= ||L - X||_F, a number
                  computed exactly.
not within        U, V: with K = U^T L V, D = diag K and N = K - D,
                  T_r(L) >= (T_r(D) - ||N||_F) / (||U||_2 ||V||_2).
                  Proof.  Let rank(X) <= r with ||L - X||_F = T_r(L).  U^T X V has rank at most r, so
                  T_r(K) <= ||U^T (L - X) V||_F <= ||U||_2 ||V||_2 T_r(L), by ||P Q||_F <= ||P||_2 ||Q||_F,
                  used on both sides.
                  A distance to a set changes by at most the norm of a change of the point: T_r(D) <= T_r(K) + ||N||_F.
                  T_r(D) is the root of the sum of the squares of D without the r largest, since |d_i| are D's
                  singular values.
                  ||U||_2^2 = rho(U^T U) <= ||U^T U||_inf, the largest row sum of absolute values.

Factors               the integers of either side with the number they prove
lower_bound           that number for U, V, as a rational rounded downward
within_evidence, not_within_evidence    search for integers whose number is close to the truth
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import log2 as log2_float
from typing import Any

import numpy as np
from flint import fmpz_mat

from ldrtheory.certify.distance.deflated import project
from ldrtheory.certify.distance.entries import grid, rescale, to_flint, to_ints
from ldrtheory.certify.distance.numbers import log2, root_down, root_up
from ldrtheory.certify.distance.residual import ExactMatrix
from ldrtheory.certify.distance.spectrum import Spectrum

SMALL = 2**53


@dataclass(frozen=True)
class Factors:
    """Integer matrices that prove a bound: X = left right^T / 2^shift, or U = left, V = right."""

    left: fmpz_mat
    right: fmpz_mat
    shift: int
    bound: Fraction
    square: Fraction

    def evidence(self) -> dict[str, Any]:
        """Return the certificate's JSON: {"left": rows, "right": rows, "shift": shift}."""
        return {
            "left": _rows(self.left),
            "right": _rows(self.right),
            "shift": self.shift,
        }


def _rows(X: fmpz_mat) -> list[list[int | str]]:
    """Return the rows of an integer matrix as certificate numbers: small integers as they are, others hexadecimal."""
    return [[x if -SMALL < x < SMALL else hex(x) for x in row] for row in to_ints(X).tolist()]


def lower_bound(L: ExactMatrix, U: fmpz_mat, V: fmpz_mat, rank: int) -> Fraction:
    """Return a rational at most (T_r(diag K) - ||offdiag K||_F) / (||U||_2 ||V||_2) <= T_r(L), K = U^T L V; r
    = rank.

    U: m x k, V: n x k integers.  Exact but for square roots, which are rounded to about 96 bits in the safe
    direction.
    """
    K = to_ints(U.transpose() * L.times(V))
    squares = sorted((x * x for x in K.diagonal().tolist()), reverse=True)
    everything = sum(x * x for x in K.ravel().tolist())
    top = root_down(Fraction(sum(squares[rank:]))) - root_up(Fraction(everything - sum(squares)))
    if top <= 0:
        return Fraction(0)
    return top * L.scale / root_up(_gram_bound(U) * _gram_bound(V))


def _gram_bound(U: fmpz_mat) -> Fraction:
    """Return ||U^T U||_inf >= ||U||_2^2."""
    gram = to_ints(U.transpose() * U)
    return Fraction(max(sum(abs(x) for x in row) for row in gram.tolist()))


def within_evidence(spectrum: Spectrum, rank: int, target: Fraction, margin: float) -> Factors:
    """Return G, H with the exact bound ||L - G H^T / 2^shift||_F (rounded up) as close to T_rank(L) as margin
    asks.

    target: the size that matters (the bound to prove, or the tail itself); rounding is kept below sqrt(margin)
    target / 16,
    which enters in quadrature.
    """
    guard = 4 + max(0, int(-log2_float(margin) / 2) + 1)
    rest = project(spectrum.L, spectrum.span(rank), target, guard)
    square = rest.square()
    return Factors(rest.G, rest.H, rest.shift, root_up(square), square)


def not_within_evidence(
    spectrum: Spectrum, rank: int, columns: int, target: Fraction, margin: float
) -> Factors:
    """Return U, V with the exact lower bound on T_rank(L) that they prove, lost to rounding at most about
    margin target.

    columns: how many singular vectors to use.  U and V are rounded to a grid and corrected: with K = U^T L V =
    D + N, the steps
    V <- V (I - D^-1 upper(N)) and U <- U (I - D^-1 lower(N)^T) square the relative size of N; a correction is
    needed only when
    target is close to the float noise of the largest singular value.
    """
    L = spectrum.L
    size = max(L.shape)
    head = max(0, spectrum.exponent + 1 - log2(target)) + max(1, int(-log2_float(margin)) + 1)
    gram = int(log2_float(columns * size**0.5 / margin)) + 1
    bits = max(head + columns.bit_length() // 2 + 4, gram + 1)
    U, V = grid(spectrum.left[:, :columns], bits), grid(spectrum.right[:, :columns], bits)
    bound = lower_bound(L, U, V, rank)
    best = Factors(U, V, bits, bound, bound**2)
    noise = float(spectrum.values[0]) * 2.0**-46 if len(spectrum.values) else 0.0
    small = float(target / Fraction(2) ** spectrum.exponent) * margin / 8
    if noise < small:
        return best
    for step in range(24):
        U, V = _corrected(L, U, V, bits)
        bound = lower_bound(L, U, V, rank)
        if step >= 3 and 0 < bound <= best.bound * (1 + Fraction(1, 1 << 40)):
            break
        best = best if bound < best.bound else Factors(U, V, bits, bound, bound**2)
    return best


def _corrected(L: ExactMatrix, U: fmpz_mat, V: fmpz_mat, bits: int) -> tuple[fmpz_mat, fmpz_mat]:
    """Return U, V after one step that removes the off-diagonal part of K = U^T L V to first order.

    Entries of more than 1/64 of their pivot wait for the next step: the pivot itself is then still
    contaminated.
    """
    K = to_ints(U.transpose() * L.times(V))
    k = K.shape[0]
    q = bits + 10
    right, left = np.zeros((k, k), dtype=object), np.zeros((k, k), dtype=object)
    diagonal = K.diagonal().tolist()
    for i in range(k):
        for j in range(k):
            if j > i and 64 * abs(K[i, j]) < abs(diagonal[i]):
                right[i, j] = (K[i, j] << q) // diagonal[i]
            if j > i and 64 * abs(K[j, i]) < abs(diagonal[i]):
                left[i, j] = (K[j, i] << q) // diagonal[i]
    U = U - to_flint(rescale(to_ints(U * to_flint(left)), -q))
    V = V - to_flint(rescale(to_ints(V * to_flint(right)), -q))
    return U, V
