"""The gauge that two neighbours U D V^T of an orthogonal kaleidoscope have in the lowest bit.

Everything between the blocks X = U_0 D V_0^T of one and Y = U_0' D' V_0'^T of the other keeps the lowest bit, so it
commutes with E, the projection on the odd positions: X (I + eps E) and (I - eps E) Y give the same product.

low_bit     the motion of the half tangents and diagonals that moves X by X E and Y by - E Y
turns       the two identities behind it
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from ldrtheory.bounds.dimension.symbolic import Polynomial

ONE, TWO = Polynomial.constant(1), Polynomial.constant(2)


def _moves(d: Polynomial, e: Polynomial, t: Polynomial, u: Polynomial) -> tuple[Polynomial, ...]:
    """(w, dd, de, dt, du): dd / w, ... move X = R(u) diag(d, e) R(t)^T by X E; t, u are half tangents.

    R(t)^T E R(t) = S has S_00 = s^2, S_01 = s c, S_11 = c^2.  X moves by X E if d, e move by d S_00, e S_11, and the
    angles by a = 2 d e S_01 / (d^2 - e^2) for u, b = (d^2 + e^2) S_01 / (d^2 - e^2) for t (see turns).
    """
    square = ONE + t * t
    s, c, gap = TWO * t, ONE - t * t, d * d - e * e
    return (
        TWO * gap * square * square,
        TWO * d * s * s * gap,
        TWO * e * c * c * gap,
        (d * d + e * e) * s * c * square,
        TWO * d * e * s * c * (ONE + u * u),
    )


def low_bit(p: Mapping[str, Any], free: Callable[[], Polynomial]) -> dict[str, np.ndarray]:
    """Return the motions of all neighbours, each multiplied by the denominators of its parts."""
    moved = {}
    for name in ("u", "v", "d"):
        moved[name] = np.empty(p[name].shape, dtype=object)
        moved[name].fill(Polynomial({}))
    width, _, pairs = p["u"].shape
    for k in range(width - 1):
        c, parts = free(), []
        for i in range(pairs):
            ends = 2 * i, 2 * i + 1
            left = _moves(
                p["d"][k + 1][ends[0]], p["d"][k + 1][ends[1]], p["v"][k + 1][0][i], p["u"][k + 1][0][i]
            )
            right = _moves(p["d"][k][ends[0]], p["d"][k][ends[1]], p["u"][k][0][i], p["v"][k][0][i])
            parts += [(k + 1, i, "v", "u", c, left), (k, i, "u", "v", -c, right)]
        for j, (row, i, t, u, rate, move) in enumerate(parts):
            for other, part in enumerate(parts):
                rate = rate if other == j else rate * part[-1][0]
            for name, place, speed in (
                ("d", (row, 2 * i), move[1]),
                ("d", (row, 2 * i + 1), move[2]),
                (t, (row, 0, i), move[3]),
                (u, (row, 0, i), move[4]),
            ):
                moved[name][place] = moved[name][place] + speed * rate
    return moved


@lru_cache(maxsize=1)
def turns() -> bool:
    """Whether a J D + dD + D (b J)^T = D S for symmetric S, and R(t) moves by 2 / (1 + t^2) J R(t).

    With dU = U a J, dV = V b J the left side is U^T d(U D V^T) V; J = [[0, -1], [1, 0]].  The diagonals agree by the
    choice of dD.
    """
    d, e, s01, t = (Polynomial.symbol(k) for k in range(1, 5))
    gap, a, b = d * d - e * e, TWO * d * e * s01, (d * d + e * e) * s01
    upper = d * b - a * e - gap * d * s01
    lower = a * d - e * b - gap * e * s01
    square, c, s = ONE + t * t, ONE - t * t, TWO * t
    # (c / square)' = - 2 s / square^2 and (s / square)' = 2 c / square^2
    cosine = -TWO * t * square - c * TWO * t + TWO * s
    sine = TWO * square - s * TWO * t - TWO * c
    return not any(x.terms for x in (upper, lower, cosine, sine))
