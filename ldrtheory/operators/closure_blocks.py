"""The closure calculus of blocks: block matrices, Schur complements, submatrices, Kronecker and entrywise products.

block_matrix        rule (g): blocks side by side, operators in direct sum
global_shifts       rule (g): back to one shift pair for the whole matrix
toeplitz_blocks     rule (g): every block exactly Toeplitz
corner_rank         rank(Z_F of size kn minus the direct sum of k copies of Z_f of size n) = k - [f^k = F]
schur_complement    rule (h)
submatrix           rule (i): contiguous rows and columns
kronecker           rule (j)
entrywise           rule (k): for diagonal operators
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ldrtheory.elimination import inverse
from ldrtheory.errors import BadInput, NotInvertible, ShapeMismatch
from ldrtheory.linalg import Array, array, kron, matmul, zeros
from ldrtheory.operators.banded import Diagonal, Shift, shift
from ldrtheory.operators.closure import change_operators
from ldrtheory.operators.composed import blocks, dense
from ldrtheory.operators.displacement import Displacement, Sylvester, displace
from ldrtheory.operators.generator import Generated, factorised, generated, side_by_side
from ldrtheory.operators.operator import Operator
from ldrtheory.rings import Ring


def corner_rank(k: int, f: Any, ring: Ring, corner: Any = None) -> int:
    """Return rank(Z_(F,kn) - (Z_(f,n) + ... + Z_(f,n))), k summands: k - [f^k = F], F = `corner` (default f).

    Derivation: the difference lives on k rows and k columns, where it is Z_F - f I of size k; Z_F is cyclic, so the
    kernel has dimension 1 or 0.

    >>> from ldrtheory import QQ
    >>> [corner_rank(k, -1, QQ) for k in (1, 2, 3, 4)]
    [0, 2, 2, 4]
    """
    f = ring(f)
    power = ring.one
    for _ in range(k):
        power = power * f
    return k - int(ring.is_zero(power - (f if corner is None else ring(corner))))


def block_matrix(grid: Sequence[Sequence[Generated]]) -> Generated:
    """Return the matrix of the blocks M_ij, rule (g): bound sum of all r_ij for (A_1 + ... + A_k, B_1 + ... + B_l).

    grid: k rows of l blocks.  Row i shares its height and left operator, column j its width and right operator; block
    pairs that deviate are changed first (rule (e)) to those of the first block of their row and column.
    Stein residuals of off-diagonal blocks are those of (A_i, B_j) as well.
    """
    ring, kind = grid[0][0].ring, type(grid[0][0].displacement)
    heights, widths = [row[0].shape[0] for row in grid], [x.shape[1] for x in grid[0]]
    lefts, rights = [row[0].displacement.left for row in grid], [x.displacement.right for x in grid[0]]
    G, H = [], []
    for i, row in enumerate(grid):
        if [x.shape for x in row] != [(heights[i], w) for w in widths]:
            raise ShapeMismatch(
                f"block row {i} wants shapes {[(heights[i], w) for w in widths]}; got {[x.shape for x in row]}."
            )
        for j, x in enumerate(row):
            if type(x.displacement) is not kind or x.ring != ring:
                raise BadInput(f"block ({i}, {j}) has another field or kind of equation than block (0, 0).")
            x = change_operators(x, lefts[i], rights[j])
            tall, wide = zeros(ring, sum(heights), x.bound), zeros(ring, sum(widths), x.bound)
            tall[sum(heights[:i]) : sum(heights[: i + 1])] = x.G
            wide[sum(widths[:j]) : sum(widths[: j + 1])] = x.H
            G.append(tall)
            H.append(wide)
    M = np.concatenate([np.concatenate([x.matrix for x in row], axis=1) for row in grid], axis=0)
    pair = kind(blocks(lefts, heights), blocks(rights, widths))
    return Generated(pair, side_by_side(ring, len(M), *G), side_by_side(ring, M.shape[1], *H), M, ring)


def global_shifts(x: Generated, e: Any = 1, f: Any = -1) -> Generated:
    """Return a block matrix for one shift pair (Z_e, Z_f) of its full size, rule (g).

    The blocks' operators are shifts; with k x l blocks of bound r, all for (Z_1, Z_-1), the new bound is
    r k l + (k - 1) + (l - [l odd]).
    """
    return change_operators(x, shift(f=e), shift(f=f))


def toeplitz_blocks(
    M: Any, counts: tuple[int, int], e: Any = 1, f: Any = -1, ring: Ring | None = None
) -> Generated:
    """Return a matrix of k x l exactly Toeplitz blocks for (Z_e, Z_f) of full size, rule (g): bound k + l.

    M: (k h, l w).  counts: (k, l), the numbers of block rows and of block columns.
    Derivation: the residual vanishes off the first row of each block row and the last column of each block column.
    Raises BadInput if some block is not Toeplitz.
    """
    pair = Sylvester(shift(f=e), shift(f=f))
    ring = pair.ring(M) if ring is None else ring
    M = array(ring, M)
    k, across = counts
    if M.shape[0] % k or M.shape[1] % across:
        raise ShapeMismatch(f"shape {M.shape} does not split into {k} x {across} equal blocks.")
    rows = list(range(0, M.shape[0], M.shape[0] // k))
    width = M.shape[1] // across
    columns = list(range(width - 1, M.shape[1], width))
    L = displace(M, pair, ring)
    G, H = _crosses(L, rows, columns, ring)
    if not all(ring.is_zero(x) for x in (L - G @ H.T).flat):
        raise BadInput(
            f"some of the {k} x {across} blocks is not Toeplitz; use block_matrix and global_shifts."
        )
    return Generated(pair, G, H, M, ring)


def _crosses(L: Array, rows: list[int], columns: list[int], ring: Ring) -> tuple[Array, Array]:
    """A generator of the part of L on the given rows and columns, one column of it for each."""
    units = zeros(ring, L.shape[0], len(rows))
    for k, i in enumerate(rows):
        units[i, k] = ring.one
    rest = L[:, columns].copy()
    rest[rows] = zeros(ring, len(rows), len(columns))
    ends = zeros(ring, L.shape[1], len(columns))
    for k, j in enumerate(columns):
        ends[j, k] = ring.one
    return np.concatenate([units, rest], axis=1), np.concatenate([L[rows].T, ends], axis=1)


def schur_complement(x: Generated, k: int) -> Generated:
    """Return S = M_22 - M_21 M_11^-1 M_12, M_11 of size k, for the trailing blocks of A and B, rule (h).

    The rank is kept or falls.  A must be block lower and B block upper triangular at k.
    With X = M_21 M_11^-1 and Y = M_11^-1 M_12,
    Sylvester: generator (G_2 - X G_1, H_2 - Y^T H_1) =: (g, h).  Stein: E = A_21 + A_22 X - X A_11 and
    F = B_12 + Y B_22 - B_11 Y correct it: A_11 nonsingular: (g - E A_11^-1 G_1, h); B_11 nonsingular:
    (g, h - F^T B_11^-T H_1); both singular: by elimination.
    Derivation: eliminate either identity of [[I, B_11, F], [A_11, I, 0], [E, 0, S - A_22 S B_22]] (M_11 = I).
    Raises NotInvertible if M_11 is singular, BadInput if the operators are not triangular at k.
    """
    (m, n), ring, M, d = x.shape, x.ring, x.matrix, x.displacement
    if not 0 < k < min(m, n):
        raise ShapeMismatch(f"a Schur complement of a {m} x {n} matrix wants 0 < k < {min(m, n)}; got {k}.")
    A, B = _partition(d.left, m, k, ring), _partition(d.right, n, k, ring)
    if any(not ring.is_zero(c) for c in (*A[0][1].flat, *B[1][0].flat)):
        raise BadInput(f"rule (h) wants A lower and B upper triangular at {k}; {d} is not.")
    head = inverse(M[:k, :k], ring)
    X, Y = M[k:, :k] @ head, head @ M[:k, k:]
    S = M[k:, k:] - X @ M[:k, k:]
    pair = type(d)(_trailing(d.left, A, m - k), _trailing(d.right, B, n - k))
    G1, H1 = x.G[:k], x.H[:k]
    g, h = x.G[k:] - matmul(ring, X, G1), x.H[k:] - matmul(ring, Y.T, H1)
    if isinstance(d, Sylvester):
        return Generated(pair, g, h, S, ring)
    E = A[1][0] + A[1][1] @ X - X @ A[0][0]
    F = B[0][1] + Y @ B[1][1] - B[0][0] @ Y
    try:
        return Generated(pair, g - matmul(ring, E, inverse(A[0][0], ring), G1), h, S, ring)
    except NotInvertible:
        pass
    try:
        return Generated(pair, g, h - matmul(ring, F.T, inverse(B[0][0], ring).T, H1), S, ring)
    except NotInvertible:
        return generated(S, pair, ring)


def _partition(op: Operator, n: int, k: int, ring: Ring) -> list[list[Array]]:
    T = op.matrix(ring, n)
    return [[T[:k, :k], T[:k, k:]], [T[k:, :k], T[k:, k:]]]


def _trailing(op: Operator, parts: list[list[Array]], n: int) -> Operator:
    """The trailing block, kept as a shift where it is one."""
    base = op if isinstance(op, Shift) else op.T if isinstance(op.T, Shift) else None
    if base is not None and str(base.f) == "0":  # type: ignore[attr-defined]
        return shift(f=0) if base is op else shift(f=0).T
    return dense(parts[1][1])


def submatrix(
    x: Generated, rows: tuple[int, int], columns: tuple[int, int], e: Any = None, f: Any = None
) -> Generated:
    """Return Y = M[a:b, c:d] for the shift pair (Z_e, Z_f) of its own size, rule (i): bound r + 2.

    x: for a Sylvester pair of shifts.  rows = (a, b), columns = (c, d).  e, f: any corners (default: those of x).
    Derivation: the residual of Y is a block of the residual of M but in its first row and its last column.
    """
    d, ring, (m, n) = x.displacement, x.ring, x.shape
    if not (isinstance(d, Sylvester) and isinstance(d.left, Shift) and isinstance(d.right, Shift)):
        raise BadInput(f"rule (i) is for Sylvester pairs of shifts; got {d}.")
    (a, b), (c, g) = rows, columns
    if not (0 <= a < b <= m and 0 <= c < g <= n):
        raise ShapeMismatch(f"rows {rows} and columns {columns} are not ranges inside a {m} x {n} matrix.")
    pair = Sylvester(shift(f=d.left.f if e is None else e), shift(f=d.right.f if f is None else f))
    Y = x.matrix[a:b, c:g]
    rest = displace(Y, pair, ring) - matmul(ring, x.G[a:b], x.H[c:g].T)
    edge, end = _crosses(rest, [0], [g - c - 1], ring)
    G, H = np.concatenate([x.G[a:b], edge], axis=1), np.concatenate([x.H[c:g], end], axis=1)
    return Generated(pair, G, H, Y.copy(), ring)


def kronecker(K: Any, x: Generated) -> Generated:
    """Return K (x) N for (I (x) A, I (x) B), rule (j): bound rank(K) s, and exactly that when s is the rank of N.

    K: (p, q), any matrix.  Generator (U (x) G, V (x) H) for K = U V^T; Sylvester and Stein alike.
    """
    ring, (m, n), d = x.ring, x.shape, x.displacement
    K = array(ring, K)
    (p, q), (U, V) = K.shape, factorised(K, ring)
    pair = type(d)(blocks([d.left] * p, [m] * p), blocks([d.right] * q, [n] * q))
    return Generated(pair, kron(U, x.G), kron(V, x.H), kron(K, x.matrix), ring)


def entrywise(x: Generated, N: Any) -> Generated:
    """Return the entrywise product M o N for the same diagonal operators, rule (k): bound r rank(N).

    The residual is (residual of M) o N; its generator has the entrywise products of the columns of G and U, H and V,
    N = U V^T.  For shift operators no bound in terms of r and the displacement rank of N follows.
    """
    ring, d = x.ring, x.displacement
    if not (_is_diagonal(d) and np.shape(N) == x.shape):
        raise BadInput(
            f"rule (k) wants diagonal operators and a matrix N of shape {x.shape}; got {d}, {np.shape(N)}."
        )
    N = array(ring, N)
    U, V = factorised(N, ring)
    pairs = [(j, k) for j in range(x.bound) for k in range(U.shape[1])]
    G = side_by_side(ring, len(N), *[(x.G[:, j] * U[:, k])[:, None] for j, k in pairs])
    H = side_by_side(ring, N.shape[1], *[(x.H[:, j] * V[:, k])[:, None] for j, k in pairs])
    return Generated(d, G, H, x.matrix * N, ring)


def _is_diagonal(d: Displacement) -> bool:
    return isinstance(d.left, Diagonal) and isinstance(d.right, Diagonal)
