"""Discrete Fourier transforms, circulants and Toeplitz matrices in BB*, over fields with roots of unity.

dft, inverse_dft        F[i, j] = w^(-ij) and its inverse, w = zeta_n
circulant, toeplitz     C[i, j] = c[(i - j) mod n],  T[i, j] = t[i - j + n - 1]
linear_convolution      the (m + n - 1) x n matrix of the polynomial product with t
afdf                    A F D F^-1, A and D diagonal
fft_factors             the butterfly FB(w), bits 0..L-1, with F = FB(w) R, R the bit reversal
circulant_factors       the chain FB(w)^T, diagonal, FB(w^-1) of a circulant of size 2^L
dft_factors             the chain of F itself, by the chirp identity

All are in (BB*)^1: e = 1 for the transforms, the circulants and A F D F^-1 of size n = 2^L, e = N/n otherwise, with
N = pow2(2n - 1).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

from ldrtheory.errors import BadInput, ShapeMismatch
from ldrtheory.kaleidoscopes import ButterflyFactor, KaleidoscopeProduct, levels
from ldrtheory.linalg import Array, array, matrix
from ldrtheory.rings import Ring, ring_of
from ldrtheory.synthesis.chains import Factors, constant, identities, product_of, size_for, transposed
from ldrtheory.synthesis.gallery.fields import (
    FieldName,
    affordable,
    field_for,
    is_power_of_two,
    of_two,
    powers,
    whole_size,
)
from ldrtheory.synthesis.products import scaled

Vector = Sequence[Any] | Array


def fft_factors(w: Any, size: int, field: Ring) -> Factors:
    """Return FB(w), bits 0..L-1, for a primitive root w of order 2^L = size: FB(w) R = [w^(-ij)], R bit reversal."""
    down = powers(field.inverse(w), size, field)
    i = np.arange(size)
    out = []
    for bit in range(levels(size)):
        m = 1 << bit
        k, step = i % (2 * m), size // (2 * m)
        upper = k < m
        d = np.where(upper, field.one, -down[(k - m) * step])
        o = np.where(upper, down[k * step], field.one)
        out.append(ButterflyFactor(bit, d, o))
    return out


def circulant_factors(c: Array, w: Any, field: Ring) -> Factors:
    """Return the chain of BB* of the circulant with the first column c of length 2^L, w primitive of that order.

    C = F^-1 diag(F c) F; with F = R FB(w)^T the eigenvalues in the order of the chain are FB(w)^T c.
    """
    size = len(c)
    forward = transposed(fft_factors(w, size, field))
    eigenvalues = c
    for factor in forward:
        eigenvalues = factor.multiply(eigenvalues)
    forward[-1] = forward[-1].rows_scaled(eigenvalues * field(Fraction(1, size)))
    return [*forward, *fft_factors(field.inverse(w), size, field)]


def dft_factors(zeta: Any, size: int, field: Ring) -> Factors:
    """Return the chain of BB* of F[i, j] = w^(-ij), w = zeta^2, for a primitive root zeta of order 2 size, size >= 4.

    -2ij = (i - j)^2 - i^2 - j^2, so F = D T D with D = diag(zeta^(-k^2)) and the circulant T of zeta^(k^2).
    """
    root = powers(zeta, 2 * size, field)
    squares = np.arange(size) ** 2 % (2 * size)
    chain = circulant_factors(root[squares], zeta * zeta, field)
    return _between(chain, root[-squares % (2 * size)], root[-squares % (2 * size)])


def _between(chain: Factors, rows: Array, columns: Array) -> Factors:
    """The chain of diag(rows) M diag(columns), both as long as the chain's size."""
    return [chain[0].columns_scaled(columns), *chain[1:-1], chain[-1].rows_scaled(rows)]


def _dft_of_four(w: Any, field: Ring) -> Factors:
    """The chain of [w^(-ij)], i, j < 4, from a primitive fourth root w alone; positions are i + 2t."""
    one, zero = field.one, field.zero
    sign = np.array([one, -one], dtype=object)
    i, t = np.arange(4) % 2, np.arange(4) // 2
    low = field.inverse(w)
    return [
        # row j + 2t: (-1)^(b(t+j)) at column j + 2b; the diagonal has b = t
        ButterflyFactor(1, sign[t * (t + i) % 2], sign[(1 - t) * (t + i) % 2]),
        # row i + 2t, column j + 2t: w^(-ij) where t = i + j mod 2; the diagonal has j = i
        ButterflyFactor(
            0,
            np.where(t == 0, np.where(i == 1, low, one), zero),
            np.where(t == 1, one, zero),
        ),
        *identities([0], 4, field),
        # row i + 2a: (-1)^(a(t'+i)) at column i + 2t'; the diagonal has t' = a
        ButterflyFactor(1, sign[t * (t + i) % 2], sign[t * (1 - t + i) % 2]),
    ]


def _fourier(what: str, n: int, field: FieldName, inverse: bool) -> KaleidoscopeProduct:
    whole_size(what, n)
    power = is_power_of_two(n)
    N = n if power and n > 1 else size_for(2 * n - 1)
    order = lcm(n, N) if not power else n if n <= 4 else 2 * n
    home = field_for(what, order, field=field)
    affordable(what, 1, N, home)
    w = home.root_of_unity(n)
    w, scale = (home.inverse(w), home(Fraction(1, n))) if inverse else (w, home.one)
    if n <= 2:
        return of_two(matrix(n, n, lambda i, j: -scale if i * j else scale), home)
    if not power:
        # -ij = C(i-j, 2) - C(i, 2) - C(j+1, 2) with C(k, 2) = k (k-1)/2
        root = powers(w, n, home)
        T = toeplitz_over(lambda d: root[d * (d - 1) // 2 % n], n, n, home)
        i = np.arange(n)
        return scaled(T, root[-(i * (i - 1) // 2) % n] * scale, root[-(i * (i + 1) // 2) % n])
    if n == 4:
        chain = _dft_of_four(w, home)
    else:
        zeta = home.root_of_unity(2 * n)
        chain = dft_factors(home.inverse(zeta) if inverse else zeta, n, home)
    if inverse:
        chain[-1] = chain[-1].rows_scaled(constant(scale, n))
    return product_of(chain, n, n, home)


def dft(n: int, field: FieldName = None) -> KaleidoscopeProduct:
    """Return F with F[i, j] = w^(-ij), w = zeta_n, as a member of BB*, n any size.

    n = 2^L: (w, e) = (1, 1), against (2, 1) as published, with a primitive root of unity of order 2n (n for n <= 4).
    Other n: (1, N/n), N = pow2(2n - 1), with one of order lcm(n, N).
    field: by default the smallest cyclotomic field with that root; Q(zeta_N) or GF(p) with it may be named.
    Raises NotInRing for a field without the root.

    >>> K = dft(4)
    >>> K.field, K.width, K.size, K.entries()[1].tolist()
    (Q(zeta_4), 1, 4, [1, -i, -1, i])
    """
    return _fourier(f"DFT({n})", n, field, inverse=False)


def inverse_dft(n: int, field: FieldName = None) -> KaleidoscopeProduct:
    """Return F^-1 with entries w^(ij) / n, w = zeta_n, in the width, size and field of `dft`.

    >>> inverse_dft(2).entries().tolist()
    [[1/2, 1/2], [1/2, -1/2]]
    """
    return _fourier(f"InverseDFT({n})", n, field, inverse=True)


def embedding_size(t: Callable[[int], Any], m: int, n: int) -> int:
    """Return the least N = 2^L for which [t(i - j)], m x n, is the corner of an N x N circulant; at most pow2(m+n-1).

    >>> embedding_size(lambda d: d % 4, 4, 4), embedding_size(lambda d: d, 4, 4)
    (4, 8)
    """
    N = size_for(max(m, n))
    while not all(t(d) == t(d + N) for d in range(1 - n, m - N)):
        N *= 2
    return N


def toeplitz_over(t: Callable[[int], Any], m: int, n: int, field: Ring) -> KaleidoscopeProduct:
    """The m x n matrix [t(i - j)] over a field that has the root."""
    if max(m, n) <= 2:
        return of_two(matrix(m, n, lambda i, j: t(i - j)), field)
    N = embedding_size(t, m, n)
    c = constant(field.zero, N)
    for d in range(1 - n, m):
        c[d % N] = t(d)
    return product_of(circulant_factors(c, field.root_of_unity(N), field), m, n, field)


def _values(what: str, values: Vector) -> Array:
    """A vector read into the smallest ring that holds it."""
    given = list(values)
    if not given:
        raise BadInput(f"{what} of an empty vector; wanted at least one entry.")
    return array(ring_of(given), given)


def _shaped(
    what: str, t: Callable[[int], Any], m: int, n: int, field: FieldName, values: Array
) -> KaleidoscopeProduct:
    N = embedding_size(t, m, n)
    home = field_for(what, N if max(m, n) > 2 else 1, values, field)
    affordable(what, 1, N, home)
    return toeplitz_over(lambda d: home(t(d)), m, n, home)


def circulant(c: Vector, field: FieldName = None) -> KaleidoscopeProduct:
    """Return C with C[i, j] = c[(i - j) mod n], n = len(c), as a member of BB*.

    n = 2^L: (w, e) = (1, 1), with a primitive root of unity of order n.  Other n: as a Toeplitz matrix, (1, N/n), with
    one of order N = pow2(2n - 1).  For n <= 2 one factor and no root is enough.

    >>> K = circulant([1, 2, 3, 4])
    >>> K.field, K.width, K.size, K.entries()[0].tolist()
    (Q(zeta_4), 1, 4, [1, 4, 3, 2])
    """
    values = _values("a circulant", c)
    n = len(values)
    return _shaped(f"Circulant({n})", lambda d: values[d % n], n, n, field, values)


def toeplitz(
    t: Vector, rows: int | None = None, columns: int | None = None, field: FieldName = None
) -> KaleidoscopeProduct:
    """Return T with T[i, j] = t[i - j + columns - 1] as a member of BB*; t runs from top right to bottom left.

    (w, e) = (1, N/n) with N = pow2(rows + columns - 1), or a smaller N where the wrapped diagonals agree, as they do
    for a circulant; needs a primitive root of unity of order N.  For rows, columns <= 2 one factor is enough, and no
    root.  Square where rows and columns are not given.

    >>> K = toeplitz([1, 2, 3])
    >>> K.field, K.width, K.size, K.entries().tolist()
    (Q, 1, 2, [[2, 1], [3, 2]])
    """
    values = _values("a Toeplitz matrix", t)
    count = len(values)
    m = rows if rows is not None else count + 1 - columns if columns is not None else (count + 1) // 2
    n = columns if columns is not None else count + 1 - m
    for number in (m, n):
        whole_size("a Toeplitz matrix", number)
    if m + n - 1 != count:
        raise ShapeMismatch(
            f"{count} diagonals for a Toeplitz matrix of shape {m} x {n}; wanted rows + columns - 1 = {m + n - 1}."
        )
    if rows is None and columns is None and count % 2 == 0:
        raise ShapeMismatch(
            f"{count} diagonals; wanted an odd number 2n - 1, or rows and columns beside them."
        )
    return _shaped(f"Toeplitz({m}, {n})", lambda d: values[d + n - 1], m, n, field, values)


def linear_convolution(t: Vector, columns: int | None = None, field: FieldName = None) -> KaleidoscopeProduct:
    """Return the (m + n - 1) x n matrix with t[i - j] where 0 <= i - j < m = len(t), n = columns (m if not given).

    It multiplies polynomials by t.  In BB* of size N = pow2(m + n - 1): nothing wraps around.

    >>> linear_convolution([1, 2]).entries().tolist()
    [[1, 0], [2, 1], [0, 2]]
    """
    values = _values("a linear convolution", t)
    m = len(values)
    n = m if columns is None else columns
    whole_size("a linear convolution", n)
    zero = values[0] - values[0]
    return _shaped(
        f"LinearConvolution({m}, {n})",
        lambda d: values[d] if 0 <= d < m else zero,
        m + n - 1,
        n,
        field,
        values,
    )


def afdf(a: Vector, d: Vector, field: FieldName = None) -> KaleidoscopeProduct:
    """Return diag(a) F diag(d) F^-1, F = dft(n), as a member of BB*: F D F^-1 is the circulant of F d / n.

    n = 2^L: (w, e) = (1, 1), with a primitive root of unity of order n; other n: (1, N/n), N = pow2(2n - 1).

    >>> afdf([1, 2], [3, 5]).entries().tolist()
    [[4, -1], [-2, 8]]
    """
    left, inner = _values("A F D F^-1", a), _values("A F D F^-1", d)
    n = len(left)
    if len(inner) != n:
        raise ShapeMismatch(f"diagonals of {n} and {len(inner)} entries; wanted the same number of both.")
    order = n if is_power_of_two(n) else lcm(n, size_for(2 * n - 1))
    home = field_for(f"AFDF({n})", order, [*left, *inner], field)
    affordable(f"AFDF({n})", 1, size_for(n if is_power_of_two(n) else 2 * n - 1), home)
    down = powers(home.inverse(home.root_of_unity(n)), n, home)
    k = np.arange(n)
    c = array(home, inner) @ down[np.outer(k, k) % n] * home(Fraction(1, n))
    return scaled(toeplitz_over(lambda e: c[e % n], n, n, home), array(home, left))
