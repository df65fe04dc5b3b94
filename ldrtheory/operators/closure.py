"""The closure calculus: what becomes of displacement rank when matrices are transposed, inverted, added, multiplied.

transpose, inverse, add, scale, product, change_operators, similarity, shift_by     rules (a) to (f) of docs/calculus.md
low_rank        rule (l)

Every rule returns a generator (G, H) of the new residual, so its bound is a number of columns, not a promise;
`shortest` cuts the generator to the displacement rank itself.  Rules (g) to (k) are in closure_blocks.py.
"""

from __future__ import annotations

from functools import reduce
from typing import Any

from ldrtheory.elimination import inverse as inverse_matrix
from ldrtheory.errors import BadInput, NotInvertible, ShapeMismatch
from ldrtheory.linalg import array, identity, matmul, zeros
from ldrtheory.operators.banded import Diagonal, Tridiagonal, diagonal, tridiagonal
from ldrtheory.operators.composed import Zero, dense
from ldrtheory.operators.convert import inverse_operator
from ldrtheory.operators.displacement import Displacement, Stein, Sylvester
from ldrtheory.operators.generator import Generated, difference, generated, side_by_side
from ldrtheory.operators.operator import Operator
from ldrtheory.rings import Ring


def _fits(x: Generated, y: Generated) -> None:
    if x.ring != y.ring or type(x.displacement) is not type(y.displacement):
        raise BadInput(
            f"two matrices over one field with one kind of equation are wanted; got {x.displacement} over "
            f"{x.ring.name} and {y.displacement} over {y.ring.name}: convert one (to_stein, to_sylvester) first."
        )


def transpose(x: Generated) -> Generated:
    """Return M^T for (B^T, A^T), rule (a): rank kept, operators swapped and transposed.

    Sylvester: residual -(A M - M B)^T, generator (-H, G).  Stein: generator (H, G).
    """
    d = x.displacement
    pair = type(d)(d.right.T, d.left.T)
    return Generated(pair, x.H if isinstance(d, Stein) else -x.H, x.G, x.matrix.T.copy(), x.ring)


def inverse(x: Generated) -> Generated:
    """Return N = M^-1 for (B, A), rule (b): rank kept, operators swapped.  Raises NotInvertible if M is singular.

    Sylvester: generator (-N G, N^T H).  Stein, A nonsingular: (N A^-1 G, A^T N^T H); B nonsingular:
    (B N G, N^T B^-T H); both singular: by elimination, of the same length, because both residuals are Schur
    complements in [[M, A], [B, N]].
    """
    d, ring = x.displacement, x.ring
    n = x.shape[0]
    N = inverse_matrix(x.matrix, ring)
    pair = type(d)(d.right, d.left)
    if isinstance(d, Sylvester):
        return Generated(pair, matmul(ring, -N, x.G), matmul(ring, N.T, x.H), N, ring)
    try:
        G = matmul(ring, N, inverse_operator(d.left, n, ring).times(x.G, ring))
        return Generated(pair, G, d.left.T.times(matmul(ring, N.T, x.H), ring), N, ring)
    except NotInvertible:
        pass
    try:
        H = matmul(ring, N.T, inverse_operator(d.right, n, ring).T.times(x.H, ring))
        return Generated(pair, d.right.times(matmul(ring, N, x.G), ring), H, N, ring)
    except NotInvertible:
        return generated(N, pair, ring)


def add(x: Generated, *others: Generated) -> Generated:
    """Return the sum, rule (c): bound r + s + ...  All for the pair of the first; other pairs are changed to it."""
    return reduce(_add, others, x)


def _add(x: Generated, y: Generated) -> Generated:
    _fits(x, y)
    if x.shape != y.shape:
        raise ShapeMismatch(f"cannot add matrices of shapes {x.shape} and {y.shape}.")
    y = change_operators(y, x.displacement.left, x.displacement.right)
    (m, n), ring = x.shape, x.ring
    G, H = side_by_side(ring, m, x.G, y.G), side_by_side(ring, n, x.H, y.H)
    return Generated(x.displacement, G, H, x.matrix + y.matrix, ring)


def scale(c: Any, x: Generated) -> Generated:
    """Return c M, rule (c): rank kept for c != 0, 0 for c = 0."""
    c = x.ring(c)
    if x.ring.is_zero(c):
        (m, n), ring = x.shape, x.ring
        return Generated(x.displacement, zeros(ring, m, 0), zeros(ring, n, 0), zeros(ring, m, n), ring)
    return Generated(x.displacement, x.G * c, x.H, x.matrix * c, x.ring)


def product(x: Generated, y: Generated) -> Generated:
    """Return M N for (A, C), rules (d) and (e), M for (A, B) and N for (B', C).

    Sylvester: generator ([G_M, M U, M G_N], [N^T H_M, N^T V, H_N]) with U V^T = B - B': bound r + rank(B - B') + s.
    Stein wants B' = B^-1.  B nonsingular, U V^T = B' - B^-1: [G_M, A M B G_N, A M B U], [N^T H_M, H_N, C^T N^T V];
    else, for B' nonsingular, [G_M, A M B'^-1 G_N, A M U], [N^T H_M, H_N, N^T V] with U V^T = B - B'^-1.
    Raises NotInvertible in the Stein case if B and B' are both singular.
    """
    _fits(x, y)
    if x.shape[1] != y.shape[0]:
        raise ShapeMismatch(
            f"cannot multiply shapes {x.shape} and {y.shape}: {x.shape[1]} columns against {y.shape[0]} rows."
        )
    ring, M, N = x.ring, x.matrix, y.matrix
    (m, k), n = x.shape, y.shape[1]
    d, e = x.displacement, y.displacement
    inner = matmul(ring, N.T, x.H)
    if isinstance(d, Sylvester):
        U, V = difference(d.right, e.left, k, ring)
        G = side_by_side(ring, m, x.G, matmul(ring, M, U), matmul(ring, M, y.G))
        H = side_by_side(ring, n, inner, matmul(ring, N.T, V), y.H)
        return Generated(Sylvester(d.left, e.right), G, H, M @ N, ring)
    AM = d.left.times(M, ring)
    try:
        U, V = difference(e.left, inverse_operator(d.right, k, ring), k, ring)
        AMB = d.right.rtimes(AM, ring)
        far, mismatch = matmul(ring, AMB, y.G), matmul(ring, AMB, U)
        other = e.right.T.times(matmul(ring, N.T, V), ring)
    except NotInvertible:
        try:
            B = inverse_operator(e.left, k, ring)
        except NotInvertible:
            raise NotInvertible(
                f"the Stein product rule inverts an inner operator, and both {d.right} and {e.left} are singular over "
                f"{ring.name}; use Sylvester equations, or change an operator first."
            ) from None
        U, V = difference(d.right, B, k, ring)
        far, mismatch = matmul(ring, AM, B.times(y.G, ring)), matmul(ring, AM, U)
        other = matmul(ring, N.T, V)
    G, H = side_by_side(ring, m, x.G, far, mismatch), side_by_side(ring, n, inner, y.H, other)
    return Generated(Stein(d.left, e.right), G, H, M @ N, ring)


def change_operators(x: Generated, left: Operator, right: Operator) -> Generated:
    """Return M for (A', B'), rule (e): bound r + rank(A' - A) + rank(B' - B).

    With A' - A = U V^T and B' - B = P Q^T.  Sylvester: [G, U, -M P], [H, M^T V, Q].
    Stein: [G, -U, -A' M P], [H, B^T M^T V, Q].
    """
    (m, n), ring, M, d = x.shape, x.ring, x.matrix, x.displacement
    (U, V), (P, Q) = difference(left, d.left, m, ring), difference(right, d.right, n, ring)
    MV, MP = matmul(ring, M.T, V), matmul(ring, M, P)
    if isinstance(d, Stein):
        U, MV, MP = -U, d.right.T.times(MV, ring), left.times(MP, ring)
    G, H = side_by_side(ring, m, x.G, U, -MP), side_by_side(ring, n, x.H, MV, Q)
    return Generated(type(d)(left, right), G, H, M, ring)


def similarity(x: Generated, P: Any, Q: Any) -> Generated:
    """Return P M Q^-1 for (P A P^-1, Q B Q^-1), rule (f): rank kept, because the operators move too.

    P: (m, m), Q: (n, n), both nonsingular.  Generator (P G, Q^-T H), Sylvester and Stein alike.
    """
    (m, n), ring, d = x.shape, x.ring, x.displacement
    P, Q = array(ring, P), array(ring, Q)
    R, S = inverse_matrix(P, ring), inverse_matrix(Q, ring)
    left = dense(P @ d.left.matrix(ring, m) @ R)
    right = dense(Q @ d.right.matrix(ring, n) @ S)
    G, H = matmul(ring, P, x.G), matmul(ring, S.T, x.H)
    return Generated(type(d)(left, right), G, H, P @ x.matrix @ S, ring)


def shift_by(x: Generated, c: Any) -> Generated:
    """Return M for (A + c I, B + c I), rule (f): the same residual.  Sylvester only: for Stein it is false."""
    d = x.displacement
    if not isinstance(d, Sylvester):
        raise BadInput(
            "adding c I to both operators leaves A M - M B as it is, not M - A M B; got a Stein pair."
        )
    (m, n), ring = x.shape, x.ring
    pair = Sylvester(_plus_scalar(d.left, c, m, ring), _plus_scalar(d.right, c, n, ring))
    return Generated(pair, x.G, x.H, x.matrix, ring)


def _plus_scalar(op: Operator, c: Any, n: int, ring: Ring) -> Operator:
    c = ring(c)
    if isinstance(op, Diagonal):
        return diagonal([ring(x) + c for x in op.entries])
    if isinstance(op, Tridiagonal):
        main = [ring(x) + c for x in op.main]
        return tridiagonal(op.sub, main, op.super_, op.top_right, op.bottom_left)
    return dense(op.matrix(ring, n) + identity(ring, n) * c)


def low_rank(U: Any, V: Any, d: Displacement, ring: Ring | None = None) -> Generated:
    """Return M = U V^T with k columns, rule (l): bound 2k for every pair, k if B = 0.

    Sylvester: ([A U, -U], [V, B^T V]).  Stein: ([U, -A U], [V, B^T V]).
    """
    ring = d.ring(U, V) if ring is None else ring
    U, V = array(ring, U), array(ring, V)
    AU, BV = d.left.times(U, ring), d.right.T.times(V, ring)
    near, far = (U, -AU) if isinstance(d, Stein) else (AU, -U)
    if isinstance(d.right, Zero):
        return Generated(d, near, V, matmul(ring, U, V.T), ring)
    G, H = side_by_side(ring, len(U), near, far), side_by_side(ring, len(V), V, BV)
    return Generated(d, G, H, matmul(ring, U, V.T), ring)
