"""The structure theorem of subdiagonal operators, and recurrence width.

scaled_shift        A = D Z_a D^-1 for a subdiagonal operator without zeros below the diagonal
to_shifts           D^-1 M E: the Toeplitz-like matrix inside a matrix with subdiagonal operators
from_shifts         D T E^-1: back again
recurrence_width    the least t such that t earlier rows give the next one, with polynomial coefficients
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ldrtheory.elimination import rank
from ldrtheory.errors import BadInput, NotInvertible
from ldrtheory.linalg import Array, array, zeros
from ldrtheory.operators.banded import Shift, Subdiagonal, shift
from ldrtheory.operators.displacement import Sylvester
from ldrtheory.operators.generator import Generated
from ldrtheory.operators.operator import Operator
from ldrtheory.rings import Ring


def scaled_shift(op: Operator, n: int, ring: Ring) -> tuple[list[Any], Any]:
    """Return (D, a) with A = D Z_a D^-1 for subdiagonal entries s_i != 0 and corner c.

    D = (1, s_1, s_1 s_2, ...), a = c s_1 ... s_(n-1); then A^n = a I.  Raises NotInvertible if some s_i is 0.

    >>> from ldrtheory import QQ, subdiagonal
    >>> scaled_shift(subdiagonal([2, 3, 5]), 3, QQ)
    ([1, 2, 6], 30)
    """
    if isinstance(op, Shift):
        return [ring.one] * op.sized(n), ring(op.f)
    if not isinstance(op, Subdiagonal):
        raise BadInput(f"the structure theorem is for subdiagonal operators with corner; got {op}.")
    op.sized(n)
    D = [ring.one]
    for k, s in enumerate(op.below):
        D.append(D[-1] * ring(s))
        if ring.exact and ring.is_zero(D[-1]):
            raise NotInvertible(f"subdiagonal entry {k} of {op} is 0: split the matrix into blocks there.")
    return D, D[-1] * ring(op.corner)


def to_shifts(x: Generated) -> Generated:
    """Return T = D^-1 M E for (Z_a, Z_b), M for subdiagonal operators A = D Z_a D^-1 and B = E Z_b E^-1.

    Residual D^-1 (A M - M B) E: generator (D^-1 G, E H), rank kept.
    Source: derived by substitution; with `from_shifts` it is a bijection of the two classes when a != b.
    """
    (m, n), ring, d = x.shape, x.ring, x.displacement
    if not isinstance(d, Sylvester):
        raise BadInput(f"the structure theorem is stated for Sylvester pairs; got {d}.")
    (D, a), (E, b) = scaled_shift(d.left, m, ring), scaled_shift(d.right, n, ring)
    rows, columns = _column([ring.inverse(c) for c in D]), _column(E)
    pair = Sylvester(shift(f=a), shift(f=b))
    return Generated(pair, x.G * rows, x.H * columns, x.matrix * rows * columns.T, ring)


def from_shifts(x: Generated, left: Operator, right: Operator) -> Generated:
    """Return M = D T E^-1 for the subdiagonal pair (A, B), T for (Z_a, Z_b) with their a and b.

    A product of M with a vector is 2r f-circulant products and two scalings: O(r n log n).
    Raises BadInput if a or b are not the corners of T's pair.
    """
    (m, n), ring, d = x.shape, x.ring, x.displacement
    (D, a), (E, b) = scaled_shift(left, m, ring), scaled_shift(right, n, ring)
    corners = [op.f for op in (d.left, d.right) if isinstance(op, Shift)]
    if not isinstance(d, Sylvester) or len(corners) != 2 or [ring(c) for c in corners] != [a, b]:
        raise BadInput(f"from_shifts wants T for Sylvester(shift({a}), shift({b})); got {d}.")
    rows, columns = _column(D), _column([ring.inverse(c) for c in E])
    return Generated(Sylvester(left, right), x.G * rows, x.H * columns, x.matrix * rows * columns.T, ring)


def _column(values: list[Any]) -> Array:
    out = np.empty((len(values), 1), dtype=object)
    out[:, 0] = values
    return out


def recurrence_width(
    M: Any, ring: Ring, modulo_power: bool = False, constant_error: bool = False
) -> int | None:
    """Return the least t >= 1 with a_(i+1) = sum_(j<t) g_(i,j) a_(i-j), deg g_(i,j) <= j + 1, for all i >= t - 1.

    a_i(X) = sum_j M[i,j] X^j.  modulo_power: equality modulo X^n, n the number of columns.  constant_error: up to a
    constant.  None if no t below the number of rows will do.  Cost: a rank of at most (2t + 3t) x 2n entries per row.
    Source: De Sa, Gu, Puttagunta, Ré and Rudra 2018, with these degree conventions.

    >>> from ldrtheory import QQ
    >>> recurrence_width([[1, 0, 0], [0, 1, 0], [-1, 0, 2], [0, -3, 0]], QQ) is None
    False
    >>> recurrence_width([[1, 2, 3], [4, 1, 2], [5, 4, 1]], QQ, modulo_power=True, constant_error=True)
    1
    """
    M = array(ring, M)
    for t in range(1, len(M)):
        if all(_recurs(M, i, t, ring, modulo_power, constant_error) for i in range(t - 1, len(M) - 1)):
            return t
    return None


def _recurs(M: Array, i: int, t: int, ring: Ring, modulo_power: bool, constant_error: bool) -> bool:
    """Whether row i + 1 is in the span of X^k a_(i-j), k <= j + 1, j < t."""
    n = M.shape[1]
    span = []
    for j in range(t):
        for k in range(j + 2):
            row = zeros(ring, n + t + 1)
            row[k : k + n] = M[i - j]
            span.append(row[:n] if modulo_power else row)
    if constant_error:
        row = zeros(ring, len(span[0]))
        row[0] = ring.one
        span.append(row)
    target = zeros(ring, len(span[0]))
    target[:n] = M[i + 1]
    return rank(np.array([*span, target], dtype=object), ring) == rank(np.array(span, dtype=object), ring)
