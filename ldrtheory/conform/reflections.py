"""How far a product of Householder reflections can be from the exact one, in norm, with every constant.

reflected       the allowed ||error|| / ||x|| of H_1 ... H_k x, applied one after the other or in blocks
BLOCK           reflections in one block, at most

H_l = I - t_l v_l v_l^T real, t_l = 2 / (v_l^T v_l), scaled so that t_l = 1, ||v_l||^2 = 2; g_m = m u / (1 - m u).
v^T v is a sum of squares, so t has a relative error of g_(n+1), entries of scaled vectors of n / 2 + 2 roundings, and
whichever way H is formed, H' = H + dH with |dH| <= g_(n+8) |v| |v|^T, ||dH|| <= 2 g_(n+8).  One after the other,
v (t (v^T x)) adds g_(n+2) in norm twice and the difference u: 2 g_(2n+10) + u for each reflection.

A block of b: Q = H_1 ... H_b = I - V T V^T = I - W V^T, V = [v_1 ... v_b], w_j = H_1 ... H_(j-1) v_j of norm sqrt(2),
so ||V||_F = ||W||_F = ||T V^T||_F = sqrt(2 b); T is upper triangular with T^-1 + T^-T = V^T V, so W^T W = T + T^T and
|T_ij| = |w_i^T w_j| <= 2: ||T||_F <= sqrt(2) b; |v_i|^T |v_j| <= 2.  Q_j = Q_(j-1) H_j - f_j v_j^T where w_j (or V
times column j of T) is computed with an error f_j: the errors add up, they are not multiplied.  To first order they
are, each times ||v_j|| = sqrt(2),
  p = V^T v_j off by 2 g_n in each entry:  ||W|| 2 sqrt(j) g_n sqrt(2) = 4 j g_n for each j,   2 b^2 g_n in all;
  T p, W p:  |T| |p| g_j <= 4 j g_j in each entry:  8 j^2 g_j, 4 j g_j for each j,            (8/3) b^3 g_b in all;
  T from T^-1 by substitution, T^-1 off by 2 g_n in each entry:  2 b sqrt(2) b (g_n + g_b),   3 b^2 (g_n + g_b);
  V (T (V^T x)):  2 b g_n + 2 sqrt(2) b^2 g_b + 2 b g_b + 2 u;     the reflections themselves:  2 b g_(n+8).
All of this is below
    B = g_(n+8) (3 b^2 + 4 b) + g_(2b+2) (3 b^3 + 3 b^2 + 2 b + 2),
and so are the 4 n + 21 roundings of one reflection after the other.  T is computed as (I + G) T, and terms of second
order are below half of B while 8 b^3 g_(n+8) <= 1/8.  Blocks follow each other and ||Q|| = 1:
    ||error|| <= ((1 + 3/2 B)^(k/b) - 1) ||x||,    b = min(k, 64), the largest block of LAPACK.
(Higham, Accuracy and Stability of Numerical Algorithms, 2002, lemmas 19.2 and 19.3 and section 19.5, states the same
with constants left open.)
"""

from __future__ import annotations

from math import ceil, expm1, inf
from typing import Final

BLOCK: Final = 64


def _gamma(m: float, unit: float) -> float:
    return m * unit / (1 - m * unit) if m * unit < 1 else inf


def reflected(n: int, count: int, unit: float) -> float | None:
    """Return the allowed ||error|| / ||x|| of a product of `count` real reflections; None where it tells nothing.

    >>> reflected(256, 1, 2.0**-53) / (256 * 2.0**-53)
    11.06...
    """
    b = min(count, BLOCK)
    g, short = _gamma(n + 8, unit), _gamma(2 * b + 2, unit)
    if not 8 * b**3 * g <= 1 / 8:
        return None
    block = g * (3 * b * b + 4 * b) + short * (3 * b**3 + 3 * b * b + 2 * b + 2)
    return expm1(ceil(count / b) * 1.5 * block)
