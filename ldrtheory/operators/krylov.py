"""Krylov matrices, and the Krylov form of the learned classes.

krylov          K(A, v) = [v, Av, A^2 v, ..., A^(k-1) v]
krylov_form     sum_(k<N) A^k G H^T B^k = sum_j K(A, g_j) K(B^T, h_j)^T, which is no solution of the Sylvester equation
krylov_residual the exact residual of that form: M - A M B = G H^T - A^N G H^T B^N
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ldrtheory.errors import ShapeMismatch
from ldrtheory.linalg import Array, array, matmul
from ldrtheory.operators.composed import dense
from ldrtheory.operators.operator import Operator
from ldrtheory.rings import QQ, Ring


def _operator(A: Any) -> Operator:
    return A if isinstance(A, Operator) else dense(A)


def krylov(A: Any, v: Any, ring: Ring = QQ, columns: int | None = None) -> Array:
    """Return the Krylov matrix of A and v, [v, Av, A^2 v, ...], with len(v) columns unless told otherwise.

    A: an operator or a square array.  v: (n,).  Returns (n, columns).  Any ring.
    Cost: columns - 1 products of A with a vector.  Degree: up to columns - 1 in A, 1 in v.
    Raises ShapeMismatch if v and A disagree.
    Source: Pan, Structured Matrices and Polynomials, 2001.

    >>> krylov([[0, 0], [2, 0]], [1, 5]).tolist()
    [[1, 0], [5, 2]]
    """
    op, vector = _operator(A), array(ring, v)
    if vector.ndim != 1:
        raise ShapeMismatch(f"krylov wants a vector v; got shape {vector.shape}.")
    columns = len(vector) if columns is None else columns
    out = np.empty((len(vector), columns), dtype=object)
    column = vector.reshape(-1, 1)
    op.sized(len(vector))
    for k in range(columns):
        out[:, k] = column[:, 0]
        column = op.times(column, ring) if k + 1 < columns else column
    return out


def krylov_form(G: Any, H: Any, left: Any, right: Any, ring: Ring = QQ, terms: int | None = None) -> Array:
    """Return sum_(k<N) A^k G H^T B^k, N = `terms` (default: the number of rows of G).

    G: (m, r).  H: (n, r).  Cost: N - 1 products of A and of B^T with r columns, and N products m x r by r x n.
    Source: Thomas, Gu, Dao, Rudra and Ré, Learning compressed transforms with low displacement rank, 2018.

    >>> from ldrtheory import shift
    >>> krylov_form([[1], [2]], [[1], [1]], shift(f=0), shift(f=0).T).tolist()
    [[1, 1], [2, 3]]
    """
    A, B, G, H = _operator(left), _operator(right), array(ring, G), array(ring, H)
    if G.ndim != 2 or H.ndim != 2 or G.shape[1] != H.shape[1]:
        raise ShapeMismatch(f"krylov_form wants G (m, r) and H (n, r); got {G.shape} and {H.shape}.")
    terms = G.shape[0] if terms is None else terms
    if not G.shape[1]:
        return matmul(ring, G, H.T)
    total = G @ H.T
    for _ in range(terms - 1):
        G, H = A.times(G, ring), B.T.times(H, ring)
        total = total + G @ H.T
    return total


def krylov_residual(
    G: Any, H: Any, left: Any, right: Any, ring: Ring = QQ, terms: int | None = None
) -> tuple[Array, Array]:
    """Return generators of the Stein residual of the Krylov form: G H^T - A^N G H^T B^N.

    They are ([G, -A^N G], [H, (B^T)^N H]): at most 2r columns, and A^N = a I, B^N = b I leave (1 - ab) G H^T.
    Derivation: the sum telescopes under M -> M - A M B.

    >>> from ldrtheory import shift
    >>> G, H = krylov_residual([[1], [2]], [[1], [1]], shift(f=1), shift(f=1).T)
    >>> (G @ H.T).tolist()
    [[0, 0], [0, 0]]
    """
    A, B, G, H = _operator(left), _operator(right), array(ring, G), array(ring, H)
    terms = G.shape[0] if terms is None else terms
    far, other = G, H
    for _ in range(terms):
        far, other = A.times(far, ring), B.T.times(other, ring)
    return np.concatenate([G, -far], axis=1), np.concatenate([H, other], axis=1)
