"""How many eigenvalues are real, and of which sign, from traces of powers: Hermite's forms, as certificates.

moment_forms    the forms tr C^(i+j) and tr C^(i+j+1), C = B^2, with the statements that tie them to B
signs           positive definite (or without negative values) by L D L^T, or a vector that shows otherwise

The rank of (tr C^(i+j)) is the number of distinct eigenvalues of C and its signature the number of real ones; with C
before the power they are weighed by their signs.  Source: Hermite; Gantmacher, The Theory of Matrices, XV.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ldrtheory.certify.equality import product_equals
from ldrtheory.linalg import Array, identity, matmul, zeros
from ldrtheory.rings import QQ

Json = dict[str, Any]


def moment_forms(B: Array) -> tuple[tuple[Json, ...], tuple[Array, Array]]:
    """Return statements and (H, K), H[i,j] = tr C^(i+j) and K[i,j] = tr C^(i+j+1) for C = B^2 and i, j < n.

    The statements: C = B B; the blocks of P = [I | C | ... | C^n] are the powers; H and K are the products of the
    matrices with rows vec(C^i) and vec((C^j)^T), the entries of P put in another order: tr(X Y) = vec(X) vec(Y^T).

    >>> from ldrtheory.linalg import array
    >>> [form.tolist() for form in moment_forms(array(QQ, [[1, 0], [0, 2]]))[1]]
    [[[2, 5], [5, 17]], [[5, 17], [17, 65]]]
    """
    n = len(B)
    C = B @ B
    powers = [identity(QQ, n)]
    while len(powers) <= n:
        powers.append(powers[-1] @ C)
    rows = np.stack([X.reshape(-1) for X in powers])
    turned = np.stack([X.T.reshape(-1) for X in powers])
    H, K = rows[:n] @ turned[:n].T, rows[:n] @ turned[1:].T
    statements = (
        product_equals([B, B], C, QQ),
        product_equals([C, np.hstack(powers[:-1])], np.hstack(powers[1:]), QQ),
        product_equals([rows[:n], turned[:n].T], H, QQ),
        product_equals([rows[:n], turned[1:].T], K, QQ),
    )
    return statements, (H, K)


def signs(H: Array, strict: bool) -> tuple[bool, Json]:
    """Return whether x^T H x > 0 for all x other than 0 (not strict: >= 0 for all x), and what shows it.

    True: H = L D L^T with L unit lower triangular and no entry of the diagonal D below 0 (strict: all above).
    False: x^T H x = c with x not 0 and c <= 0 (not strict: c < 0).  H: symmetric over Q.

    >>> from ldrtheory.linalg import array
    >>> signs(array(QQ, [[1, 1], [1, 1]]), False)[0], signs(array(QQ, [[1, 1], [1, 1]]), True)[0]
    (True, False)
    """
    n = len(H)
    L, D, S = identity(QQ, n), zeros(QQ, n, n), H.copy()
    for j in range(n):
        pivot, y = S[j, j], None
        other = next((k for k in range(j + 1, n) if S[k, j] != 0), None)
        if pivot < 0 or (strict and pivot == 0):
            y = identity(QQ, n)[:, [j]]
        elif pivot == 0 and other is not None:  # then 2 a S[j, other] + S[other, other] = -1 for a suitable a
            y = identity(QQ, n)[:, [other]]
            y[j, 0] = -(S[other, other] + QQ.one) / (S[other, j] * 2)
        if y is not None:
            x = _transposed_solution(L, y)
            value = matmul(QQ, x.T, H, x)
            return False, product_equals([x.T, H, x], value, QQ)
        D[j, j] = pivot
        if pivot != 0:
            L[j + 1 :, j] = S[j + 1 :, j] * QQ.inverse(pivot)
            for i in range(j + 1, n):
                S[i] = S[i] - S[j] * L[i, j]
    return True, product_equals([L, D, L.T.copy()], H, QQ)


def _transposed_solution(L: Array, y: Array) -> Array:
    """x with L^T x = y, L unit lower triangular; then x^T H x = y^T (L^-1 H L^-T) y."""
    x = y.copy()
    for i in range(len(L) - 1, -1, -1):
        for k in range(i + 1, len(L)):
            x[i, 0] = x[i, 0] - L[k, i] * x[k, 0]
    return x
