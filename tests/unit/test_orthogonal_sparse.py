"""Sparse matrices from rotations: the corner, the orthogonality of every factor, sizes and what is refused."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest

from ldrtheory import GF, QQ, BadInput, ButterflyFactor, Cyclotomic, ShapeMismatch
from ldrtheory.linalg import equal, identity, matmul
from ldrtheory.synthesis import sparse
from ldrtheory.synthesis.orthogonal_sparse import (
    is_orthogonal_factor,
    orthogonal_sparse,
    orthogonal_sparse_product,
)


def checked(K, M, ring=QQ):
    """The corner is M, and every butterfly factor, multiplied out, has orthonormal rows."""
    assert K.product().entries().tolist() == [[ring(x) for x in row] for row in M]
    for star, _, rise in K.parts():
        for factor in [*star, *rise]:
            assert is_orthogonal_factor(factor)
            F = factor.dense(ring)
            assert equal(matmul(ring, F, F.T), identity(ring, K.size))
    return K


def random_matrix(draw, m, n, s, values=(1, -2, 3, 5, -7)):
    M = [[0] * n for _ in range(m)]
    for k in draw.sample(range(m * n), s):
        M[k // n][k % n] = draw.choice(values)
    return M


def test_all_zero_one_matrices_of_size_3_with_few_entries():
    for s in range(4):
        for places in itertools.combinations(range(9), s):
            M = [[int(3 * i + j in places) for j in range(3)] for i in range(3)]
            K = orthogonal_sparse(M)
            assert K.product().entries().tolist() == M
            assert K.width == 2
            assert all(is_orthogonal_factor(f) for star, _, rise in K.parts() for f in [*star, *rise])


@pytest.mark.parametrize("ring", [QQ, GF(7), GF(101), Cyclotomic(4)], ids=str)
def test_random_sparse_matrices(ring):
    draw = random.Random(ring.name)
    for m, n in ((1, 1), (1, 5), (4, 1), (3, 3), (4, 6), (8, 8)):
        for s in {0, 1, n, min(m * n, 2 * n), m * n if m * n < 20 else n + 3}:
            M = random_matrix(draw, m, n, s)
            K = checked(orthogonal_sparse(M, ring), M, ring)
            assert (K.width, K.size) == (2, sparse(M, ring).size)  # the size of the BB* construction


def test_one_split_by_hand():
    """The column (1, 1)^T: one wire is split by the rotation (3/5, 4/5), and the diagonal divides by it."""
    K = checked(orthogonal_sparse([[1], [1]]), [[1], [1]])
    (star, d, _), _ = K.parts()
    assert star[0].dense(QQ).tolist() == [[QQ("3/5"), QQ("-4/5")], [QQ("4/5"), QQ("3/5")]]
    assert d.tolist() == [QQ("5/3"), QQ("5/4")]


def test_products_need_a_projector_and_get_one():
    draw = random.Random(11)
    for shapes in ([(3, 4), (4, 2)], [(2, 3), (3, 5), (5, 4)], [(1, 2), (2, 2), (2, 2), (2, 1)]):
        layers = [random_matrix(draw, m, n, max(1, m * n // 2)) for m, n in shapes]
        total = np.linalg.multi_dot([np.array(layer) for layer in layers])
        K = orthogonal_sparse_product(layers, size=16)
        checked(K, total.tolist())
        assert K.width == 3 * len(layers) - 1


def test_without_the_projector_the_product_is_another_one():
    A, B = [[1, 1], [0, 1]], [[1, 0], [1, 1]]
    right, left = orthogonal_sparse(B, size=8), orthogonal_sparse(A, size=8)
    wide = np.zeros(8, dtype=object)
    wide[:2] = 1, 2
    for K in (right, left):
        for factor in K.product().factors:
            wide = factor.multiply(wide)
    assert wide[:2].tolist() != [4, 3]
    assert orthogonal_sparse_product([A, B], size=8).product().entries().tolist() == [[2, 1], [1, 1]]


def test_no_projector_where_nothing_lies_beyond():
    K = orthogonal_sparse_product([np.eye(4, dtype=int), np.eye(4, dtype=int)])
    assert (K.width, K.size) == (4, 4)
    checked(K, np.eye(4, dtype=int).tolist())


def test_orthogonal_factors_by_hand():
    three, four = QQ("3/5"), QQ("4/5")
    assert is_orthogonal_factor(ButterflyFactor(0, [three, -three], [four, four]))
    assert is_orthogonal_factor(ButterflyFactor(1, [1, -1, 1, 1], [0, 0, 0, 0]))
    assert not is_orthogonal_factor(ButterflyFactor(0, [three, three], [four, four]))
    assert not is_orthogonal_factor(ButterflyFactor(0, [1, 2], [0, 0]))


@pytest.mark.parametrize(
    ("build", "error", "message"),
    [
        (lambda: orthogonal_sparse([[1]], GF(5)), BadInput, "other than 2, 3 and 5"),
        (lambda: orthogonal_sparse([[1]], GF(2)), BadInput, "other than 2, 3 and 5"),
        (lambda: orthogonal_sparse([]), BadInput, "empty"),
        (lambda: orthogonal_sparse([[1]], size=3), BadInput, "power of two"),
        (lambda: orthogonal_sparse([(0, 0, 1)], shape=(2**26, 2**26)), BadInput, "GiB"),
        (lambda: orthogonal_sparse_product([]), BadInput, "no factors"),
        (lambda: orthogonal_sparse_product([[[1, 2]], [[1]]]), ShapeMismatch, "factor 0 is 1 x 2"),
    ],
)
def test_what_is_refused(build, error, message):
    with pytest.raises(error, match=message):
        build()
