"""Determinants without division or comparison, so that they run over every ring, analysis elements included.

characteristic_coefficients(A)      det(xI - A) by the Samuelson-Berkowitz recursion
adjugate(A)                         (adj A, det A)
horner(coefficients, B)             p(B)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ldrtheory.linalg import Array, identity, zeros
from ldrtheory.rings import Ring


def characteristic_coefficients(A: Array, ring: Ring) -> list[Any]:
    """Return the coefficients of det(xI - A) from x^0 to x^n, the last being one.

    Any commutative ring; n^4 / 4 multiplications or fewer.  Source: Berkowitz 1984.

    >>> from ldrtheory import QQ
    >>> from ldrtheory.linalg import array
    >>> characteristic_coefficients(array(QQ, [[1, 2], [3, 4]]), QQ)
    [-2, -5, 1]
    """
    falling = [ring.one]
    for k in range(A.shape[0]):
        step, v = [ring.one, -A[k, k]], A[:k, k]
        for _ in range(k):
            step.append(-(A[k, :k] @ v))
            v = A[:k, :k] @ v
        size = len(falling)
        falling = [
            _sum([step[i - j] * falling[j] for j in range(max(0, i - k - 1), min(i, size - 1) + 1)], ring)
            for i in range(size + 1)
        ]
    return falling[::-1]


def _sum(terms: Sequence[Any], ring: Ring) -> Any:
    total = ring.zero
    for term in terms:
        total = total + term
    return total


def _plus_scalar(M: Array, c: Any) -> Array:
    out = M.copy()
    for i in range(M.shape[0]):
        out[i, i] = out[i, i] + c
    return out


def horner(coefficients: Sequence[Any], B: Array, ring: Ring) -> Array:
    """Return the polynomial with the given coefficients (from x^0 up) at the square matrix B."""
    total = identity(ring, B.shape[0]) * coefficients[-1]
    for c in reversed(coefficients[:-1]):
        total = _plus_scalar(total @ B, c)
    return total


def adjugate(A: Array, ring: Ring) -> tuple[Array, Any]:
    """Return (adj A, det A), with A adj A = det(A) I.

    >>> from ldrtheory import QQ
    >>> from ldrtheory.linalg import array
    >>> adj, det = adjugate(array(QQ, [[1, 2], [3, 4]]), QQ)
    >>> adj.tolist(), det
    ([[4, -2], [-3, 1]], -2)
    """
    n = A.shape[0]
    if n == 0:
        return zeros(ring, 0, 0), ring.one
    c = characteristic_coefficients(A, ring)
    adj = horner(c[1:], A, ring)
    return (adj, -c[0]) if n % 2 else (-adj, c[0])
