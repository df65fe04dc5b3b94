"""What a singular displacement operator sends to zero.

kernel_dimension        the dimension of {X : A X = X B} (or X = A X B)
kernel_element          a nonzero X in it
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from ldrtheory.errors import BadInput
from ldrtheory.linalg import Array, zeros
from ldrtheory.operators.displacement import Displacement, Stein
from ldrtheory.operators.invertibility import (
    Shape,
    checked_shape,
    common_factor,
    invertibility,
    shift_corners,
    shift_gcd,
)
from ldrtheory.operators.operator import Operator, Transpose
from ldrtheory.operators.polynomials import gcd, reverse
from ldrtheory.operators.spectrum import annihilator, applied, cyclic_parts
from ldrtheory.rings import Ring


def kernel_dimension(d: Displacement, shape: Any, ring: Ring | None = None) -> int:
    """Return the dimension of {X : A X = X B} (Sylvester) or {X : X = A X B} (Stein); 0 for a bijection.

    The sum of deg gcd(p, q) over the cyclic parts p of A and q of B; for Stein the parts of B are reversed.
    Source: Gantmacher, The Theory of Matrices, VIII.1 (there over C, by elementary divisors).

    >>> from ldrtheory import Sylvester, identity, shift
    >>> kernel_dimension(Sylvester(shift(f=1), shift(f=1)), (4, 6))
    2
    >>> kernel_dimension(Sylvester(identity(), identity()), 3)
    9
    """
    m, n = shape = checked_shape(shape)
    ring = d.ring() if ring is None else ring
    stein = isinstance(d, Stein)
    corners = shift_corners(d, shape, ring)
    if corners is not None:
        common = shift_gcd(*corners, shape, stein, ring)
        return common[0] if common else 0
    if invertibility(d, shape, ring).invertible:
        return 0
    left, right = cyclic_parts(d.left, m, ring), cyclic_parts(d.right, n, ring)
    if stein:
        right = [(reverse(q, ring), k) for q, k in right]
    linear: Counter[str] = Counter()
    for q, k in right:
        if q.degree() == 1:
            linear[str(q.coeffs()[0])] += k
    others = [(q, k) for q, k in right if q.degree() > 1]
    total = 0
    for p, j in left:
        if p.degree() == 1:
            total += j * linear[str(p.coeffs()[0])]
        else:
            total += sum(j * k * gcd(p, q, ring).degree() for q, k in right if q.degree() == 1)
        total += sum(j * k * gcd(p, q, ring).degree() for q, k in others)
    return total


def kernel_element(d: Displacement, shape: Any, ring: Ring | None = None) -> Array | None:
    """Return a nonzero X that the displacement operator sends to zero, None if there is none.

    With y and w such that p(A) y = 0 and p(B^T) w = 0, p the annihilator of both, X = sum_k p_k sum_(i<k) A^i y
    ((B^T)^(k-1-i) w)^T has A X - X B = p(A) y w^T - y w^T p(B) = 0, and X is not 0 because y, A y, ... are
    independent up to the degree of p.  Stein: the same with B inverted where it acts on w.

    >>> from ldrtheory import Sylvester, shift
    >>> kernel_element(Sylvester(shift(f=1), shift(f=1)), (2, 2)).tolist()
    [[1, 0], [0, 1]]
    """
    m, n = shape = checked_shape(shape)
    ring = d.ring() if ring is None else ring
    stein = isinstance(d, Stein)
    if shift_corners(d, shape, ring) is not None:
        return _shift_kernel(d, shape, ring)
    h = common_factor(d, shape, ring)
    if h.degree() == 0:
        return None
    y, p = _vector_killed_by(d.left, m, h, ring)
    w, q = _vector_killed_by(d.right.T, n, reverse(p, ring) if stein else p, ring)
    r = reverse(q, ring) if stein else q
    y = applied(p // r, d.left, y, ring)
    left, right = _krylov(d.left, y, r.degree(), ring), _krylov(d.right.T, w, r.degree(), ring)
    if stein:
        right = right[::-1]  # powers of the inverse of B^T on the span of w, B^T w, ...
    X = zeros(ring, m, n)
    for k, c in enumerate(r.coeffs()):
        for i in range(k):
            X = X + ring(c) * (left[i] @ right[k - 1 - i].T)
    return X


def _krylov(op: Operator, v: Array, k: int, ring: Ring) -> list[Array]:
    out = [v]
    while len(out) < k:
        out.append(op.times(out[-1], ring))
    return out


def _vector_killed_by(op: Operator, n: int, h: Any, ring: Ring) -> tuple[Array, Any]:
    """(v, p): v nonzero with least annihilator p, a divisor of h; h has a factor in common with chi of op."""
    for i in range(n):
        least = annihilator(op, n, i, ring)
        p = gcd(least, h, ring)
        if p.degree() > 0:
            v = zeros(ring, n, 1)
            v[i, 0] = ring.one
            return applied(least // p, op, v, ring), p
    raise BadInput(f"{op} and the polynomial have no common factor.")  # excluded by the callers


def _shift_kernel(d: Displacement, shape: Shape, ring: Ring) -> Array | None:
    """The element whose first column is y, (x^m - e)/(x^g - c) in the basis 1, x, ..., and column j is A^j y."""
    m, n = shape
    e, f = shift_corners(d, shape, ring) or (ring.zero, ring.zero)
    stein = isinstance(d, Stein)
    common = shift_gcd(e, f, shape, stein, ring)
    if common is None:
        return None
    g, c = common
    column, value = {}, ring.one
    for k in range(m - g, -1, -g):
        column[k] = value
        value = value * c
    if ring.is_zero(c):
        column = {m - g: ring.one}
    X = zeros(ring, m, n)
    for j in range(n):
        for i, x in column.items():
            X[i, j] = x
        column = {(i + 1) % m: (x if i + 1 < m else x * e) for i, x in column.items()}
        column = {i: x for i, x in column.items() if not ring.is_zero(x)}
    # this X has Z_e X = X Z_f (for Stein with 1/f, and Z_f^-1 = Z_(1/f)^T); a transposed operator is J Z J
    X = X[::-1] if isinstance(d.left, Transpose) else X
    flip = isinstance(d.right, Transpose) != stein
    return (X[:, ::-1] if flip else X).copy()
