"""What products of reflections have in common, shown in the plane.

reflected       (u^T u) H_u x = (u^T u) x - 2 (u^T x) u
turning         the normals of a product of reflections turn in pairs, and the product stands still
orthogonal, turns, conjugates       the three identities behind it

H_u acts in the span of u only, and Q H_u Q^T = H_(Qu) for orthogonal Q; so an identity between products of H_u and H_v
that holds for generic u, v in the plane holds in every dimension (the span of generic u, v is turned into the
coordinate plane).  The plane is where these are shown, as polynomial identities in the four coordinates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from ldrtheory.bounds.dimension.symbolic import Polynomial

TWO = Polynomial.constant(2)


def dot(u: np.ndarray, v: np.ndarray) -> Polynomial:
    """Return u^T v."""
    total = Polynomial({})
    for x, y in zip(u, v):
        total = total + x * y
    return total


def reflected(u: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return (u^T u) H_u x."""
    return x * dot(u, u) - u * (TWO * dot(u, x))


def turning(p: Mapping[str, Any], free: Callable[[], Polynomial]) -> dict[str, np.ndarray]:
    """Return the motions of all pairs i < j of normals: v_i and w = H_(i+1) ... H_(j-1) v_j turn in their plane.

    H_(i+1) ... H_(j-1) H_j = H_w H_(i+1) ... H_(j-1), and H_i H_w stands still.  Each motion is multiplied by a
    polynomial of the normals between, which clears its denominators.
    """
    v = p["v"]
    k = len(v)
    out = np.empty(v.shape, dtype=object)
    out.fill(Polynomial({}))
    for i in range(k):
        for j in range(i + 1, k):
            w, scale, c = v[j], Polynomial.constant(1), free()
            for t in range(j - 1, i, -1):
                w, scale = reflected(v[t], w), scale * dot(v[t], v[t])
            vv, vw, ww = dot(v[i], v[i]), dot(v[i], w), dot(w, w)
            first, second = w * vv - v[i] * vw, w * vw - v[i] * ww
            for t in range(i + 1, j):
                second = reflected(v[t], second)
            out[i] = out[i] + first * (scale * scale * c)
            out[j] = out[j] + second * c
    return {"v": out}


def _pair() -> tuple[np.ndarray, np.ndarray]:
    names = [Polynomial.symbol(k) for k in range(1, 5)]
    u, v = np.empty(2, dtype=object), np.empty(2, dtype=object)
    u[:], v[:] = names[:2], names[2:]
    return u, v


def _unit(k: int) -> np.ndarray:
    x = np.empty(2, dtype=object)
    x[:] = [Polynomial.constant(int(t == k)) for t in range(2)]
    return x


def _zero(x: np.ndarray) -> bool:
    return not any(entry.terms for entry in x)


@lru_cache(maxsize=1)
def orthogonal() -> bool:
    """Whether H_u is symmetric and H_u H_u = I."""
    u, _ = _pair()
    square = dot(u, u) * dot(u, u)
    R = [reflected(u, _unit(k)) for k in range(2)]
    symmetric = not (R[0][1] - R[1][0]).terms
    return symmetric and all(_zero(reflected(u, R[k]) - _unit(k) * square) for k in range(2))


@lru_cache(maxsize=1)
def turns() -> bool:
    """Whether H_u H_v, u^T u and v^T v stand still as u and v turn in their plane."""
    u, v = _pair()
    uu, uv, vv = dot(u, u), dot(u, v), dot(v, v)
    du, dv = v * uu - u * uv, v * uv - u * vv
    if dot(u, du).terms or dot(v, dv).terms:
        return False

    def moved(n: np.ndarray, dn: np.ndarray, x: np.ndarray, dx: np.ndarray) -> np.ndarray:
        """The derivative of (n^T n) H_n x, where n^T n stands still."""
        return dx * dot(n, n) - dn * (TWO * dot(n, x)) - n * (TWO * (dot(dn, x) + dot(n, dx)))

    for k in range(2):
        x = _unit(k)
        still = x * Polynomial({})
        if not _zero(moved(u, du, reflected(v, x), moved(v, dv, x, still))):
            return False
    return True


@lru_cache(maxsize=1)
def conjugates() -> bool:
    """Whether H_u H_v = H_w H_u for w = H_u v."""
    u, v = _pair()
    w, square = reflected(u, v), dot(u, u) * dot(u, u)
    return all(
        _zero(reflected(w, reflected(u, x)) - reflected(u, reflected(v, x)) * square)
        for x in map(_unit, range(2))
    )
