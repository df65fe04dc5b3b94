"""The closure calculus as laws: every rule over every field, each generator against the residual."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest

from ldrtheory.certify.instances import Instance
from ldrtheory.elimination import inverse as inverse_matrix
from ldrtheory.elimination import rank
from ldrtheory.errors import BadInput, NotInvertible, ShapeMismatch
from ldrtheory.linalg import Array, direct_sum, identity
from ldrtheory.operators import Stein, Sylvester, dense, diagonal, generated, shift, subdiagonal
from ldrtheory.operators import closure as rules
from ldrtheory.operators import closure_blocks as blocks_rules
from ldrtheory.operators.generator import Generated
from ldrtheory.operators.structure import from_shifts, to_shifts
from ldrtheory.rings import GAUSSIAN, GF, QQ, Cyclotomic, Ring
from tests.laws.residuals import residual

FIELDS = [QQ, GF(2), GF(3), GF(7), GF(2**61 - 1), GAUSSIAN, Cyclotomic(5), Cyclotomic(12)]
fields = pytest.mark.parametrize("ring", FIELDS, ids=lambda r: r.name)
kinds = pytest.mark.parametrize("kind", [Sylvester, Stein])


def _residual(x: Generated) -> Array:
    return residual(x.matrix, x.displacement, x.ring)


def _product_of(x: Generated) -> Array:
    """G H^T as a sum of outer products."""
    total = np.full(x.shape, x.ring.zero, dtype=object)
    for g, h in zip(x.G.T, x.H.T):
        total = total + np.outer(g, h)
    return total


def _holds(x: Generated, bound: int) -> None:
    assert (_residual(x) == _product_of(x)).all(), str(x.displacement)
    assert x.holds()
    assert x.bound <= bound
    short = x.shortest()
    assert short.bound == rank(_residual(x), x.ring) <= x.bound
    assert (_product_of(short) == _residual(x)).all()


def _cases(ring: Ring, rule: str, count: int = 12, n: int = 4) -> list[Instance]:
    return [Instance(n, ring, random.Random(f"{rule} {ring.name} {k}")) for k in range(count)]


@fields
@kinds
def test_transpose_swaps_and_transposes_the_operators(ring: Ring, kind: type) -> None:
    for s in _cases(ring, "transpose"):
        m, n = s.size(), s.size()
        A, B = s.operator(m), s.operator(n)
        x = generated(s.matrix(m, n), kind(A, B), ring)
        y = rules.transpose(x)
        assert (y.displacement.left.matrix(ring, n) == B.matrix(ring, n).T).all()
        assert (y.matrix == x.matrix.T).all()
        _holds(y, x.bound)


@fields
@kinds
def test_inverse_swaps_the_operators_and_keeps_the_rank(ring: Ring, kind: type) -> None:
    for s in _cases(ring, "inverse"):
        n = s.size()
        # the pair (Z_0, Z_0^T) is the doubly singular case of the Stein rule
        A, B = s.draw.choice([(s.operator(n), s.operator(n)), (shift(f=0), shift(f=0).T)])
        x = s.invertible(kind(A, B), n)
        y = rules.inverse(x)
        assert (x.matrix @ y.matrix == identity(ring, n)).all()
        assert (y.displacement.left, y.displacement.right) == (B, A)
        _holds(y, x.bound)
        assert rank(_residual(y), ring) == rank(_residual(x), ring)


@fields
@kinds
def test_sums_multiples_and_changed_operators(ring: Ring, kind: type) -> None:
    for s in _cases(ring, "sum"):
        m, n = s.size(), s.size()
        d, e = kind(s.operator(m), s.operator(n)), kind(s.operator(m), s.operator(n))
        x, y, z = (generated(s.of_rank(m, n, 1), p, ring) for p in (d, d, e))
        _holds(rules.add(x, y), x.bound + y.bound)
        c = s.element()
        _holds(rules.scale(c, x), 0 if ring.is_zero(c) else x.bound)
        apart = sum(
            rank(p.matrix(ring, k) - q.matrix(ring, k), ring)
            for p, q, k in ((d.left, e.left, m), (d.right, e.right, n))
        )
        changed = rules.change_operators(x, e.left, e.right)
        assert (changed.displacement.left, changed.displacement.right) == (e.left, e.right)
        _holds(changed, x.bound + apart)
        _holds(rules.add(x, z), x.bound + z.bound + apart)


@fields
def test_sylvester_product_pays_for_the_mismatch_of_the_inner_operators(ring: Ring) -> None:
    for s in _cases(ring, "product"):
        m, k, n = s.size(), s.size(), s.size()
        A, B, other, C = s.operator(m), s.operator(k), s.operator(k), s.operator(n)
        x = generated(s.matrix(m, k), Sylvester(A, B), ring)
        for inner, apart in ((B, 0), (other, rank(B.matrix(ring, k) - other.matrix(ring, k), ring))):
            y = generated(s.matrix(k, n), Sylvester(inner, C), ring)
            z = rules.product(x, y)
            assert (z.matrix == x.matrix @ y.matrix).all()
            _holds(z, x.bound + y.bound + apart)


@fields
def test_stein_product_inverts_the_inner_operator(ring: Ring) -> None:
    for s in _cases(ring, "stein product"):
        m, k, n = s.size(), s.size(), s.size()
        T = s.nonsingular(k)
        x = generated(s.matrix(m, k), Stein(s.operator(m), dense(T)), ring)
        y = generated(s.matrix(k, n), Stein(dense(inverse_matrix(T, ring)), s.operator(n)), ring)
        _holds(rules.product(x, y), x.bound + y.bound)
        other = s.operator(k)
        singular = generated(s.matrix(k, n), Stein(other, s.operator(n)), ring)
        apart = rank(other.matrix(ring, k) - inverse_matrix(T, ring), ring)
        _holds(rules.product(x, singular), x.bound + singular.bound + apart)
        back = generated(s.matrix(m, k), Stein(s.operator(m), other), ring)
        apart = rank(other.matrix(ring, k) - inverse_matrix(T, ring), ring)
        z = generated(s.matrix(k, n), Stein(dense(T), s.operator(n)), ring)
        _holds(rules.product(back, z), back.bound + z.bound + apart)


@fields
@kinds
def test_similarity_and_scalar_shift(ring: Ring, kind: type) -> None:
    for s in _cases(ring, "similarity"):
        m, n = s.size(), s.size()
        x = generated(s.of_rank(m, n, 1), kind(s.operator(m), s.operator(n)), ring)
        P, Q = s.nonsingular(m), s.nonsingular(n)
        y = rules.similarity(x, P, Q)
        assert (y.matrix @ Q == P @ x.matrix).all()
        _holds(y, x.bound)
        if kind is Sylvester:
            c = s.element()
            z = rules.shift_by(x, c)
            moved = x.displacement.left.matrix(ring, m) + identity(ring, m) * c
            assert (z.displacement.left.matrix(ring, m) == moved).all()
            _holds(z, x.bound)


@fields
@kinds
def test_block_matrices_and_kronecker_products(ring: Ring, kind: type) -> None:
    for s in _cases(ring, "blocks", n=3):
        heights, widths = [s.size(), s.size()], [s.size(), s.size(), s.size()]
        lefts, rights = [s.operator(h) for h in heights], [s.operator(w) for w in widths]
        grid = [
            [generated(s.of_rank(h, w, 1), kind(A, B), ring) for w, B in zip(widths, rights)]
            for h, A in zip(heights, lefts)
        ]
        x = blocks_rules.block_matrix(grid)
        _holds(x, sum(b.bound for row in grid for b in row))
        whole = direct_sum(ring, *(A.matrix(ring, h) for A, h in zip(lefts, heights)))
        assert (x.displacement.left.matrix(ring, sum(heights)) == whole).all()
        K = s.of_rank(2, 3, s.draw.randint(0, 2))
        y = blocks_rules.kronecker(K, grid[0][0])
        _holds(y, rank(K, ring) * grid[0][0].bound)
        assert y.shortest().bound == rank(K, ring) * grid[0][0].bound


@fields
def test_block_matrices_return_to_one_shift_pair(ring: Ring) -> None:
    minus = -ring.one
    for s in _cases(ring, "global", count=4, n=3):
        n = s.size()
        pair = Sylvester(shift(f=ring.one), shift(f=minus))
        for k, across in ((1, 2), (2, 1), (2, 2), (1, 3), (3, 2)):
            grid = [[s.structured(pair, n, n) for _ in range(across)] for _ in range(k)]
            x = blocks_rules.global_shifts(blocks_rules.block_matrix(grid))
            r = max(b.bound for row in grid for b in row)
            odd = across % 2 == 1 or ring.characteristic == 2  # (-1)^l = -1
            _holds(x, r * k * across + (k - 1) + (across - int(odd)))
        height, width = s.size(), s.size()
        M = np.block([[s.toeplitz(height, width) for _ in range(3)] for _ in range(2)])
        _holds(blocks_rules.toeplitz_blocks(M, (2, 3), s.element(), s.element(), ring), 5)


@fields
@pytest.mark.parametrize("n", [1, 2, 3])
def test_corner_rank_is_the_rank_of_the_difference(ring: Ring, n: int) -> None:
    for k in range(1, 5):
        for f in {str(c): ring(c) for c in (0, 1, -1, 2)}.values():
            for corner in (f, ring.one):
                Z = shift(f=corner).matrix(ring, k * n) - direct_sum(ring, *[shift(f=f).matrix(ring, n)] * k)
                assert blocks_rules.corner_rank(k, f, ring, corner) == rank(Z, ring)


@fields
@kinds
def test_schur_complements(ring: Ring, kind: type) -> None:
    for s in _cases(ring, "schur", count=20):
        m, n = s.size(2), s.size(2)
        lower, upper = np.tril(s.matrix(m, m).astype(object)), np.triu(s.matrix(n, n))
        lower, upper = lower + ring.zero, upper + ring.zero
        A, B = s.draw.choice(
            [(dense(lower), dense(upper)), (shift(f=0), shift(f=0).T), (dense(lower), shift(f=0).T)]
        )
        x = s.structured(kind(A, B), m, n)
        for k in range(1, min(m, n)):
            if rank(x.matrix[:k, :k], ring) < k:
                continue
            y = blocks_rules.schur_complement(x, k)
            head = inverse_matrix(x.matrix[:k, :k], ring)
            assert (y.matrix == x.matrix[k:, k:] - x.matrix[k:, :k] @ head @ x.matrix[:k, k:]).all()
            assert (y.displacement.left.matrix(ring, m - k) == A.matrix(ring, m)[k:, k:]).all()
            _holds(y, x.bound)


@fields
def test_contiguous_submatrices(ring: Ring) -> None:
    for s in _cases(ring, "submatrix", count=20, n=5):
        m, n = s.size(), s.size()
        x = s.structured(Sylvester(shift(f=s.element()), shift(f=s.element())), m, n)
        a, c = s.draw.randrange(m), s.draw.randrange(n)
        b, d = s.draw.randint(a + 1, m), s.draw.randint(c + 1, n)
        y = blocks_rules.submatrix(x, (a, b), (c, d), s.element(), s.element())
        assert (y.matrix == x.matrix[a:b, c:d]).all()
        _holds(y, x.bound + 2)


@fields
@kinds
def test_entrywise_products_for_diagonal_operators(ring: Ring, kind: type) -> None:
    for s in _cases(ring, "entrywise"):
        m, n = s.size(), s.size()
        d = kind(diagonal([s.element() for _ in range(m)]), diagonal([s.element() for _ in range(n)]))
        x, N = s.structured(d, m, n), s.of_rank(m, n, s.draw.randint(0, 2))
        y = blocks_rules.entrywise(x, N)
        assert (y.matrix == x.matrix * N).all()
        _holds(y, x.bound * rank(N, ring))


@fields
@kinds
def test_low_rank_matrices(ring: Ring, kind: type) -> None:
    for s in _cases(ring, "low rank"):
        m, n, k = s.size(), s.size(), s.draw.randint(0, 2)
        d = s.pair(m, n, kind.kind)
        _holds(rules.low_rank(s.matrix(m, k), s.matrix(n, k), d, ring), 2 * k)


@fields
def test_subdiagonal_structure_theorem(ring: Ring) -> None:
    for s in _cases(ring, "structure"):
        m, n = s.size(), s.size()
        A = subdiagonal([*(s.nonzero() for _ in range(m - 1)), s.element()])
        B = subdiagonal([*(s.nonzero() for _ in range(n - 1)), s.element()])
        x = generated(s.of_rank(m, n, 1), Sylvester(A, B), ring)
        T = to_shifts(x)
        _holds(T, x.bound)
        back = from_shifts(T, A, B)
        assert (back.matrix == x.matrix).all()
        _holds(back, x.bound)


Refusal = tuple[type, Callable[[], object]]


def _refusals() -> list[Refusal]:
    one = generated([[1, 2], [3, 4]], Sylvester(shift(f=1), shift(f=-1)), QQ)
    stein = generated([[1, 2], [3, 4]], Stein(shift(f=0), shift(f=0)), QQ)
    tall = generated([[1], [3]], Sylvester(shift(f=1), shift(f=-1)), QQ)
    flat = generated([[1, 2], [2, 4]], Sylvester(shift(f=1), shift(f=-1)), QQ)
    return [
        (NotInvertible, lambda: rules.inverse(flat)),
        (NotInvertible, lambda: rules.product(stein, stein)),
        (NotInvertible, lambda: rules.similarity(one, [[1, 1], [1, 1]], [[1, 0], [0, 1]])),
        (
            NotInvertible,
            lambda: to_shifts(generated([[1, 2], [3, 4]], Sylvester(subdiagonal([0, 1]), shift(f=1)), QQ)),
        ),
        (BadInput, lambda: rules.add(one, stein)),
        (BadInput, lambda: rules.shift_by(stein, 1)),
        (BadInput, lambda: blocks_rules.entrywise(one, [[1, 1], [1, 1]])),
        (BadInput, lambda: blocks_rules.submatrix(stein, (0, 1), (0, 1))),
        (BadInput, lambda: blocks_rules.schur_complement(one, 1)),
        (BadInput, lambda: blocks_rules.toeplitz_blocks([[1, 2, 3], [3, 4, 1], [5, 6, 7]], (1, 1))),
        (ShapeMismatch, lambda: rules.product(tall, one)),
        (ShapeMismatch, lambda: rules.add(one, tall)),
        (ShapeMismatch, lambda: blocks_rules.block_matrix([[one, tall], [tall, one]])),
        (ShapeMismatch, lambda: blocks_rules.submatrix(one, (0, 3), (0, 1))),
    ]


@pytest.mark.parametrize("case", range(len(_refusals())))
def test_rules_refuse_what_they_do_not_cover(case: int) -> None:
    error, call = _refusals()[case]
    with pytest.raises(error):
        call()
