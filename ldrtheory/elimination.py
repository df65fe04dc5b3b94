"""Elimination over a field, each answer with its witness.

echelon(A)          reduced row echelon form with pivot rows and columns
rank(A)             the rank
pivots(A)           rows I and columns J with A[I, J] nonsingular of full rank
kernel(A)           a basis of {x : A x = 0}, one vector per column, identity on the free columns
solve, inverse, determinant     the usual, refusing singular matrices
ldl(A)              A = L D L^T for symmetric A with nonzero leading minors
characteristic_polynomial(A)    det(xI - A), coefficients from x^0 to x^n
"""

from __future__ import annotations

from typing import Any

import numpy as np
from flint import fmpq_mat, nmod_mat

from ldrtheory.errors import NotInvertible, ShapeMismatch
from ldrtheory.linalg import Array, identity, zeros
from ldrtheory.rings import QQ, PrimeField, RationalField, Ring


def echelon(A: Array, ring: Ring) -> tuple[Array, list[int], list[int]]:
    """Return (R, rows, columns): the reduced row echelon form of A and its pivot rows (of A) and columns.

    A: (m, n) over a field.  The leading r rows of R have the identity in the pivot columns.
    Cost: O(m n r) operations of the field.
    """
    R = A.copy()
    order = list(range(R.shape[0]))
    columns: list[int] = []
    r = 0
    for j in range(R.shape[1]):
        p = next((i for i in range(r, R.shape[0]) if not ring.is_zero(R[i, j])), None)
        if p is None:
            continue
        if p != r:
            R[[r, p]] = R[[p, r]]
            order[r], order[p] = order[p], order[r]
        R[r] = R[r] * ring.inverse(R[r, j])
        for i in range(R.shape[0]):
            if i != r and not ring.is_zero(R[i, j]):
                R[i] = R[i] - R[r] * R[i, j]
        columns.append(j)
        r += 1
        if r == R.shape[0]:
            break
    return R, order[:r], columns


def _flint(A: Array, ring: Ring) -> Any:
    """A as a flint matrix where flint has one (None otherwise)."""
    if isinstance(ring, RationalField):
        return fmpq_mat(A.shape[0], A.shape[1], list(A.flat))
    if isinstance(ring, PrimeField):
        return nmod_mat(A.shape[0], A.shape[1], [int(x) for x in A.flat], ring.p)
    return None


def _array(M: Any, ring: Ring) -> Array:
    out = np.empty((M.nrows(), M.ncols()), dtype=object)
    out[:] = [[ring(x) for x in row] for row in M.tolist()] if M.nrows() and M.ncols() else out
    return out


def rank(A: Array, ring: Ring = QQ) -> int:
    """Return the rank of A over the field `ring`.

    >>> from ldrtheory.linalg import array
    >>> rank(array(QQ, [[1, 2], ["1/2", 1]]))
    1
    """
    if 0 in A.shape:
        return 0
    fast = _flint(A, ring)
    return len(echelon(A, ring)[2]) if fast is None else int(fast.rank())


def pivots(A: Array, ring: Ring = QQ) -> tuple[list[int], list[int]]:
    """Return (I, J), ascending, with A[I, J] nonsingular and len(I) = len(J) = rank(A)."""
    rows, columns = echelon(A, ring)[1:]
    return sorted(rows), columns


def kernel(A: Array, ring: Ring = QQ) -> Array:
    """Return an n x k array whose columns are a basis of {x : A x = 0}; k = n - rank(A).

    >>> from ldrtheory.linalg import array
    >>> kernel(array(QQ, [[1, 2, 3]])).tolist()
    [[-2, -3], [1, 0], [0, 1]]
    """
    R, _, columns = echelon(A, ring)
    free = [j for j in range(A.shape[1]) if j not in set(columns)]
    basis = zeros(ring, A.shape[1], len(free))
    for k, j in enumerate(free):
        basis[j, k] = ring.one
        for i, p in enumerate(columns):
            basis[p, k] = -R[i, j]
    return basis


def _square(A: Array) -> int:
    if A.ndim != 2 or A.shape[0] != A.shape[1]:
        raise ShapeMismatch(f"a square matrix is wanted; got shape {A.shape}.")
    return int(A.shape[0])


def solve(A: Array, b: Array, ring: Ring = QQ) -> Array:
    """Return x with A x = b for nonsingular square A; b may be a vector or have several columns.

    Raises NotInvertible if A is singular.
    """
    n = _square(A)
    columns = b.reshape(n, -1)
    fast = _flint(A, ring)
    if fast is not None and n and columns.shape[1]:
        try:
            return _array(fast.solve(_flint(columns, ring)), ring).reshape(b.shape)
        except ZeroDivisionError:
            raise NotInvertible(
                f"the {n} x {n} matrix is singular over {ring.name}; no unique solution."
            ) from None
    R, _, pivot_columns = echelon(np.concatenate([A, columns], axis=1), ring)
    if pivot_columns[:n] != list(range(n)):
        raise NotInvertible(f"the {n} x {n} matrix is singular over {ring.name}; no unique solution.")
    return R[:n, n:].reshape(b.shape)


def inverse(A: Array, ring: Ring = QQ) -> Array:
    """Return A^(-1); raise NotInvertible if A is singular.

    >>> from ldrtheory.linalg import array
    >>> inverse(array(QQ, [[2, 1], [1, 1]])).tolist()
    [[1, -1], [-1, 2]]
    """
    return solve(A, identity(ring, _square(A)), ring)


def determinant(A: Array, ring: Ring = QQ) -> Any:
    """Return det A.

    >>> from ldrtheory.linalg import array
    >>> determinant(array(QQ, [[0, 1], [1, 0]]))
    -1
    """
    n = _square(A)
    fast = _flint(A, ring)
    if fast is not None and n:
        return ring(fast.det())
    R, result = A.copy(), ring.one
    for j in range(n):
        p = next((i for i in range(j, n) if not ring.is_zero(R[i, j])), None)
        if p is None:
            return ring.zero
        if p != j:
            R[[j, p]] = R[[p, j]]
            result = -result
        result = result * R[j, j]
        head = ring.inverse(R[j, j])
        for i in range(j + 1, n):
            R[i] = R[i] - R[j] * (R[i, j] * head)
    return result


def ldl(A: Array, ring: Ring = QQ) -> tuple[Array, list[Any]]:
    """Return (L, d), L unit lower triangular, with A = L diag(d) L^T.

    A: symmetric with nonzero leading minors; NotInvertible otherwise.  All d positive proves A positive definite.
    """
    n = _square(A)
    L, d, S = identity(ring, n), [], A.copy()
    for j in range(n):
        if ring.is_zero(S[j, j]):
            raise NotInvertible(f"the leading minor of order {j + 1} is zero; no LDL^T without pivoting.")
        d.append(S[j, j])
        head = ring.inverse(S[j, j])
        L[j + 1 :, j] = S[j + 1 :, j] * head
        for i in range(j + 1, n):
            S[i] = S[i] - S[j] * L[i, j]
    return L, d


def characteristic_polynomial(A: Array, ring: Ring = QQ) -> list[Any]:
    """Return the coefficients of det(xI - A) from x^0 to x^n, the last being one.

    Any field, by reduction to Hessenberg form.  Cost: O(n^3) operations.

    >>> from ldrtheory.linalg import array
    >>> characteristic_polynomial(array(QQ, [[0, 1], [1, 0]]))
    [-1, 0, 1]
    """
    n = _square(A)
    fast = _flint(A, ring)
    if fast is not None and n:
        return [ring(c) for c in fast.charpoly().coeffs()]
    H = A.copy()
    for k in range(n - 2):
        p = next((i for i in range(k + 1, n) if not ring.is_zero(H[i, k])), None)
        if p is None:
            continue
        if p != k + 1:
            H[[k + 1, p]] = H[[p, k + 1]]
            H[:, [k + 1, p]] = H[:, [p, k + 1]]
        head = ring.inverse(H[k + 1, k])
        for i in range(k + 2, n):
            factor = H[i, k] * head
            H[i] = H[i] - H[k + 1] * factor
            H[:, k + 1] = H[:, k + 1] + H[:, i] * factor
    polynomials: list[list[Any]] = [[ring.one]]
    for k in range(n):
        previous = polynomials[k]
        current = [ring.zero, *previous]
        for i, c in enumerate(previous):
            current[i] = current[i] - H[k, k] * c
        chain = ring.one
        for i in range(k - 1, -1, -1):
            chain = chain * H[i + 1, i]
            for j, c in enumerate(polynomials[i]):
                current[j] = current[j] - H[i, k] * chain * c
        polynomials.append(current)
    return polynomials[n]
