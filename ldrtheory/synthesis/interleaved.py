"""4 x 4 matrices as four interleaved 2 x 2 blocks: the invariant that decides BB*, and the factors.

interleaved_blocks      K_ij[a, b] = M[i + 2a, j + 2b]
with_invariant          the matrix with blocks K00 = K01 = K10 = I and K11 = X
invariant               X = K00 K10^-1 K11 K01^-1
discriminant            (tr X)^2 - 4 det X
eigenvectors            P with P^-1 X P diagonal over the field itself
four_by_four            the factors of BB* from such a P

A 4 x 4 matrix with invertible blocks is in BB*(F) iff its invariant X is diagonalisable over F. Both bit-0 factors
together are arbitrary 2 x 2 matrices for each value t of bit 1, so membership means K_ij = D_i Lam_ij E_j with Lam_ij
diagonal in t, and then X = D_0 (Lam_00 Lam_10^-1 Lam_11 Lam_01^-1) D_0^-1; the converse is `four_by_four`.
"""

from __future__ import annotations

from typing import Any

from ldrtheory.kaleidoscopes import ButterflyFactor, KaleidoscopeProduct, identity_factor
from ldrtheory.linalg import Array, array, identity, matrix, zeros
from ldrtheory.rings import Ring, ring_of
from ldrtheory.synthesis.quadratic import square_root


def interleaved_blocks(M: Array) -> dict[tuple[int, int], Array]:
    """Return the 2 x 2 matrices K[i, j] with K[i, j][a, b] = M[i + 2a, j + 2b]."""
    return {(i, j): M[i::2, j::2] for i in range(2) for j in range(2)}


def with_invariant(X: Any, ring: Ring | None = None) -> Array:
    """Return the 4 x 4 matrix with K00 = K01 = K10 = I and K11 = X: its invariant is X, its determinant det(X - I).

    >>> with_invariant([[2, 1], [0, 2]]).tolist()
    [[1, 1, 0, 0], [1, 2, 0, 1], [0, 0, 1, 1], [0, 0, 1, 2]]
    """
    field = ring_of(X) if ring is None else ring
    table, one = array(field, X), identity(field, 2)
    return matrix(4, 4, lambda r, c: (table if r % 2 and c % 2 else one)[r // 2, c // 2])


def _inverse(K: Array, ring: Ring) -> Array:
    out = zeros(ring, 2, 2)
    scale = ring.inverse(ring(_determinant(K)))
    out[0, 0], out[0, 1], out[1, 0], out[1, 1] = K[1, 1], -K[0, 1], -K[1, 0], K[0, 0]
    return out * scale


def _determinant(K: Array) -> Any:
    return K[0, 0] * K[1, 1] - K[0, 1] * K[1, 0]


def discriminant(X: Array) -> Any:
    """(tr X)^2 - 4 det X, the discriminant of the characteristic polynomial."""
    return (X[0, 0] - X[1, 1]) * (X[0, 0] - X[1, 1]) + 4 * X[0, 1] * X[1, 0]


def _scalar(X: Array) -> bool:
    return bool(X[0, 1] == 0 and X[1, 0] == 0 and X[0, 0] == X[1, 1])


def invariant(M: Array, ring: Ring) -> Array | None:
    """Return X = K00 K10^-1 K11 K01^-1, or None where one of the four blocks is singular."""
    K = interleaved_blocks(M)
    if any(ring.is_zero(_determinant(block)) for block in K.values()):
        return None
    return K[0, 0] @ _inverse(K[1, 0], ring) @ K[1, 1] @ _inverse(K[0, 1], ring)


def eigenvectors(X: Array, ring: Ring) -> Array | None:
    """Return P with P^-1 X P diagonal, or None if X is not diagonalisable over the field."""
    if _scalar(X):
        return identity(ring, 2)
    disc = discriminant(X)
    if disc == 0 or ring.characteristic == 2:  # over GF(2) an invertible X has no two different eigenvalues
        return None
    root = square_root(disc, ring)
    if root is None:
        return None
    half, P = ring.inverse(ring(2)), zeros(ring, 2, 2)
    for t, sign in enumerate((ring.one, -ring.one)):
        value = (X[0, 0] + X[1, 1] + sign * root) * half
        rows = ((X[0, 0] - value, X[0, 1]), (X[1, 0], X[1, 1] - value))
        a, b = next(row for row in rows if row[0] != 0 or row[1] != 0)
        P[0, t], P[1, t] = b, -a
    return P


def four_by_four(K: dict[tuple[int, int], Array], P: Array, ring: Ring) -> KaleidoscopeProduct:
    """Return M as BB*: K_ij = D_i Lam_ij E_j with D_0 = P and Lam_00 = Lam_01 = Lam_10 = I."""
    inverse = _inverse(P, ring)
    E = (inverse @ K[0, 0], inverse @ K[0, 1])
    D = (P, K[1, 0] @ _inverse(E[0], ring))
    last = inverse @ K[0, 0] @ _inverse(K[1, 0], ring) @ K[1, 1] @ _inverse(K[0, 1], ring) @ P
    one = ring.one
    lam = {(0, 0): [one, one], (0, 1): [one, one], (1, 0): [one, one], (1, 1): [last[0, 0], last[1, 1]]}
    place = [(i & 1, i >> 1) for i in range(4)]  # bit 0 and bit 1 of a position
    first = ButterflyFactor(1, [E[j][t, t] for j, t in place], [E[j][t, 1 - t] for j, t in place])
    middle = ButterflyFactor(0, [lam[i, i][t] for i, t in place], [lam[i, 1 - i][t] for i, t in place])
    third = ButterflyFactor(1, [D[i][a, a] for i, a in place], [D[i][a, 1 - a] for i, a in place])
    factors = (first, middle, identity_factor(0, 4, ring), third)
    return KaleidoscopeProduct(4, 4, 4, 1, ring, "BB*", factors)
