"""The inversion formulas: M from its residual R = G H^T, each with its own hypothesis.

f_circulant             Z_f(v), the f-circulant with first column v
shift_pair              (e - f)^-1 sum Z_e(g) Z_f(J h)                   Sylvester (Z_e, Z_f)
shift_pair_transposed   (e - f)^-1 sum Z_e(g) Z_f(h) J                   Sylvester (Z_e, Z_f^T)
stein_shift_pair        (1 - ef)^-1 sum Z_e(g) Z_f(h)^T                  Stein (Z_e, Z_f^T); e = f = 0: sum L(g) L(h)^T
along_diagonals         any two shifts, rectangular, by walking (i, j) -> (i+1, j+1)
diagonal_pair           R[i,j] / (a_i - b_j), R[i,j] / (1 - a_i b_j)
scalar_powers           A^q = a I:  sum A^i R B^(q-1-i) (a I - B^q)^-1, and the Stein analogue
annihilating            p(A) = 0:   the general formula
toeplitz_inverse        the inverse of a Toeplitz matrix from its first and last column (Gohberg-Semencul)
"""

from __future__ import annotations

from math import gcd
from typing import Any

import numpy as np

from ldrtheory.elimination import inverse
from ldrtheory.errors import NotInvertible, ShapeMismatch
from ldrtheory.linalg import Array, array, identity, matrix, zeros
from ldrtheory.operators.displacement import Displacement, Stein
from ldrtheory.operators.operator import Operator, Transpose
from ldrtheory.operators.spectrum import characteristic_polynomial_of, scalar_power
from ldrtheory.rings import Ring


def untransposed(op: Operator) -> Operator:
    """Return the operator of which `op` is the transpose, or `op` itself."""
    return op.of if isinstance(op, Transpose) else op


def f_circulant(v: Any, f: Any, ring: Ring) -> Array:
    """Return Z_f(v) = sum v_i Z_f^i: entry v_(i-j) on and below the diagonal, f v_(n+i-j) above; f = 0 gives L(v).

    >>> from ldrtheory import QQ
    >>> f_circulant([1, 2, 3], -1, QQ).tolist()
    [[1, -3, -2], [2, 1, -3], [3, 2, 1]]
    """
    v, f, n = array(ring, v), ring(f), len(v)
    wrapped = v * f
    return matrix(n, n, lambda i, j: v[i - j] if i >= j else wrapped[n + i - j])


def _circulant_sum(left: list[Array], right: list[Array], factor: Any, n: int, ring: Ring) -> Array:
    total = zeros(ring, n, n)
    for L, R in zip(left, right):
        total = total + L @ R
    return total * ring.inverse(factor)


def shift_pair(G: Array, H: Array, e: Any, f: Any, ring: Ring) -> Array:
    """Return M with Z_e M - M Z_f = G H^T, e != f: (e - f)^-1 sum_j Z_e(g_j) Z_f(J h_j).  Square.

    The usual factor 1/2 is right for e - f = 2 only.  Source: Pan, Structured Matrices and Polynomials, 2001.
    """
    left = [f_circulant(g, e, ring) for g in G.T]
    right = [f_circulant(h[::-1], f, ring) for h in H.T]
    return _circulant_sum(left, right, ring(e) - ring(f), len(G), ring)


def shift_pair_transposed(G: Array, H: Array, e: Any, f: Any, ring: Ring) -> Array:
    """Return M with Z_e M - M Z_f^T = G H^T, e != f: (e - f)^-1 sum_j Z_e(g_j) Z_f(h_j) J.  Square (Hankel-like)."""
    left = [f_circulant(g, e, ring) for g in G.T]
    right = [f_circulant(h, f, ring)[:, ::-1] for h in H.T]
    return _circulant_sum(left, right, ring(e) - ring(f), len(G), ring)


def stein_shift_pair(G: Array, H: Array, e: Any, f: Any, ring: Ring) -> Array:
    """Return M with M - Z_e M Z_f^T = G H^T, ef != 1: (1 - ef)^-1 sum_j Z_e(g_j) Z_f(h_j)^T.  Square.

    e = f = 0: M = sum_j L(g_j) L(h_j)^T, lower times upper triangular Toeplitz.
    Source: Kailath, Kung and Morf 1979.
    """
    left = [f_circulant(g, e, ring) for g in G.T]
    right = [f_circulant(h, f, ring).T for h in H.T]
    return _circulant_sum(left, right, ring.one - ring(e) * ring(f), len(G), ring)


def along_diagonals(R: Array, d: Displacement, ring: Ring) -> Array:
    """Return M with residual R for two shifts (or transposes of shifts), rectangular.

    Both equations tie M[i+1, j+1] to M[i, j], times a corner where an edge is crossed.  On the closed path through
    (i, j) this is one scalar equation, with the factor e^(n/g) - f^(m/g) (Stein: 1 - (ef)-powers), g = gcd(m, n).
    Cost: O(mn).  Raises NotInvertible if that factor is zero.
    """
    m, n = R.shape
    stein = isinstance(d, Stein)
    e, f = (ring(untransposed(op).f) for op in (d.left, d.right))  # type: ignore[attr-defined]
    rows, columns = isinstance(d.left, Transpose), isinstance(d.right, Transpose) != stein
    R = (
        R[::-1] if rows else R
    )  # Z^T = J Z J turns the equations into those of (Z_e, Z_f) and, for Stein, (Z_e, Z_f^T)
    R = R[:, ::-1] if columns else R
    M = zeros(ring, m, n)
    length = m * n // gcd(m, n)
    for start in range(gcd(m, n)):
        cells = [((start + k) % m, k % n) for k in range(length)]
        _close(M, R, cells, (e, f), stein, ring)
    M = M[::-1] if rows else M
    return M[:, ::-1].copy() if columns else M.copy()


def _close(
    M: Array, R: Array, cells: list[tuple[int, int]], corners: tuple[Any, Any], stein: bool, ring: Ring
) -> None:
    """Solve alpha_k x_k - beta_k x_(k+1) = r_k around one closed path of cells.

    Sylvester: equation (i', j) of Z_e M - M Z_f reads e? M[i, j] - f? M[i+1, j+1], with (i', j) = (i+1, j).
    Stein: equation (i', j') of M - Z_e M Z_f^T reads M[i', j'] - e? f? M[i, j], here with both signs changed.
    """
    (m, n), (e, f), one = M.shape, corners, ring.one
    links = []
    for i, j in cells:
        down, along = (i + 1) % m, (j + 1) % n
        row, column = (e if i + 1 == m else one), (f if j + 1 == n else one)
        links.append((row * column, one, -R[down, along]) if stein else (row, column, R[down, j]))
    products = [one, one]
    for alpha, beta, _ in links:
        products = [products[0] * alpha, products[1] * beta]
    # x_0 (prod alpha - prod beta) = sum_k r_k (prod of alpha after k) (prod of beta before k)
    after, before, total = [one], one, ring.zero
    for alpha, _, _ in reversed(links[1:]):
        after.append(after[-1] * alpha)
    for (_, beta, r), rest in zip(links, reversed(after)):
        total = total + r * rest * before
        before = before * beta
    # start where no division by a zero corner is needed: walk on by the equation that solves for the next cell
    x = total * _scalar_inverse(products[0] - products[1], ring)
    M[cells[0]] = x
    if stein or not ring.exact or not ring.is_zero(f):
        for k in range(len(cells) - 1):
            alpha, beta, r = links[k]
            x = (alpha * x - r) if stein or beta is one else (alpha * x - r) * ring.inverse(beta)
            M[cells[k + 1]] = x
    else:
        for k in range(len(cells) - 1, 0, -1):
            alpha, beta, r = links[k]
            x = (beta * x + r) if alpha is one else (beta * x + r) * ring.inverse(alpha)
            M[cells[k]] = x


def _scalar_inverse(x: Any, ring: Ring) -> Any:
    try:
        return ring.inverse(x)
    except NotInvertible:
        raise NotInvertible(
            "the shift corners make the displacement operator singular; choose other corners."
        ) from None


def diagonal_pair(R: Array, d: Displacement, ring: Ring) -> Array:
    """Return M with residual R for two diagonal operators: R[i,j]/(a_i - b_j), or R[i,j]/(1 - a_i b_j) for Stein."""
    a, b = ([ring(x) for x in op.entries] for op in (d.left, d.right))  # type: ignore[attr-defined]
    m, n = R.shape
    if isinstance(d, Stein):
        return matrix(m, n, lambda i, j: R[i, j] * ring.inverse(ring.one - a[i] * b[j]))
    return matrix(m, n, lambda i, j: R[i, j] * ring.inverse(a[i] - b[j]))


def scalar_powers(R: Array, d: Displacement, ring: Ring) -> Array:
    """Return M with residual R where A^q = a I (shifts, subdiagonals with corner, I, 0).

    Sylvester: M = [sum_(i<q) A^i R B^(q-1-i)] (a I - B^q)^-1.  Stein: M = [sum_(k<q) A^k R B^k] (I - a B^q)^-1.
    Where B^q = b I too, the inverse is the scalar (a - b)^-1 or (1 - ab)^-1.
    Source: Pan, Structured Matrices and Polynomials, 2001.
    """
    m, n = R.shape
    known = scalar_power(d.left, m, ring)
    if known is None:
        raise ShapeMismatch(
            f"no power of {d.left} is known to be a multiple of I; use annihilating(R, d, ring)."
        )
    q, a = known
    other = scalar_power(d.right, n, ring)
    same = other is not None and q % other[0] == 0
    total, P = R, identity(ring, n)  # P runs through the powers of B
    for _ in range(q - 1):
        if isinstance(d, Stein):
            total = R + d.right.rtimes(d.left.times(total, ring), ring)
            P = P if same else d.right.rtimes(P, ring)
        else:  # S_(k+1) = A S_k + R B^k
            P = d.right.rtimes(P, ring) if not same else P
            if same:
                R = d.right.rtimes(R, ring)
                total = d.left.times(total, ring) + R
            else:
                total = d.left.times(total, ring) + R @ P
    if same and other is not None:
        b = ring.one
        for _ in range(q // other[0]):
            b = b * other[1]
        return total * ring.inverse(ring.one - a * b if isinstance(d, Stein) else a - b)
    P = d.right.rtimes(P, ring)
    return total @ inverse(
        identity(ring, n) - P * a if isinstance(d, Stein) else identity(ring, n) * a - P, ring
    )


def annihilating(R: Array, d: Displacement, ring: Ring, p: list[Any] | None = None) -> Array:
    """Return M with residual R from a polynomial p with p(A) = 0 (default: the characteristic polynomial of A).

    p: coefficients from x^0 to x^q.  No hypothesis on powers of A or B.
    Sylvester, p(B) nonsingular:  M = -[sum_k p_k sum_(i<k) A^i R B^(k-1-i)] p(B)^-1.
    Stein, P = sum_k p_k B^(q-k) nonsingular:  M = [sum_k p_k sum_(j<k) A^j R B^(j+q-k)] P^-1.
    Both sums by Horner's rule: q products with A and with B.
    Derivation: A^k M - M B^k = sum_(i<k) A^i R B^(k-1-i) and M - A^k M B^k = sum_(j<k) A^j R B^j, weighted by p_k.
    """
    m, n = R.shape
    if p is None:
        p = [ring(c) for c in characteristic_polynomial_of(d.left, m, ring).coeffs()]
    A, B, one = d.left, d.right, identity(ring, n)
    total = zeros(ring, m, n)
    if not isinstance(d, Stein):
        P = zeros(ring, n, n)  # P_j = sum_(k>=j) p_k B^(k-j)
        for c in reversed(p[1:]):
            P = B.rtimes(P, ring) + one * c
            total = A.times(total, ring) + R @ P
        return -total @ inverse(B.rtimes(P, ring) + one * p[0], ring)
    S, power = zeros(ring, n, n), one  # S_j = sum_(k>j) p_k B^(q-k)
    for c in reversed(p[1:]):
        S, power = S + power * c, B.rtimes(power, ring)
        total = R @ S + B.rtimes(A.times(total, ring), ring)
    return total @ inverse(S + power * p[0], ring)


def toeplitz_inverse(x: Any, y: Any, ring: Ring) -> Array:
    """Return T^-1 of a Toeplitz T from its first column x = T^-1 e_0 and its last column y = T^-1 e_(n-1).

    x_0 T^-1 = L(x) L(J y)^T - L(Z y) L(Z J x)^T, for x_0 != 0.  Source: Gohberg and Semencul 1972.
    Raises NotInvertible if x_0 = 0, which does occur for nonsingular T.

    >>> from ldrtheory import QQ
    >>> toeplitz_inverse(["2/3", "-1/3"], ["-1/3", "2/3"], QQ).tolist()
    [[2/3, -1/3], [-1/3, 2/3]]
    """
    x, y = array(ring, x), array(ring, y)
    if ring.exact and ring.is_zero(x[0]):
        raise NotInvertible(
            "the Gohberg-Semencul formula divides by x_0, the first entry of T^-1 e_0, which is 0 here; T may still be "
            "invertible: use the generator of the inverse with operators swapped, `closure.inverse`."
        )
    lower = lambda v: f_circulant(v, 0, ring)  # noqa: E731
    down = lambda v: np.concatenate([zeros(ring, 1), v[:-1]])  # noqa: E731
    product = lower(x) @ lower(y[::-1]).T - lower(down(y)) @ lower(down(x[::-1])).T
    return product * ring.inverse(x[0])
