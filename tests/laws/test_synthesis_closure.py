"""Sums, products, direct sums and Kronecker products equal those of the dense matrices, over Q and GF(7)."""

import numpy as np
import pytest

from ldrtheory import GF, QQ
from ldrtheory.linalg import array, equal, identity, kron, matmul
from ldrtheory.linalg import direct_sum as block_diagonal
from ldrtheory.synthesis import (
    direct_sum,
    embedded,
    invertible_sum,
    kronecker,
    low_rank,
    multiplied,
    orthogonal,
    parallel_sum,
    permutation,
    reflection,
    serial_sum,
    sparse,
)

FIELDS = pytest.mark.parametrize("ring", [QQ, GF(7)], ids=repr)
SHAPES = [(1, 1), (2, 2), (3, 2), (4, 4), (2, 5)]


def built(rng, m, n, ring, size=None):
    A = rng.integers(-2, 3, (m, n))
    return sparse(A, ring, size=size), array(ring, A)


@FIELDS
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("terms", [1, 2, 3, 5])
def test_sums(ring, shape, terms):
    rng = np.random.default_rng(terms)
    pairs = [built(rng, *shape, ring) for _ in range(terms)]
    total = sum((A for _, A in pairs[1:]), pairs[0][1])
    products = [K for K, _ in pairs]
    width, size = max(K.width for K in products), max(K.size for K in products)
    parallel, serial = parallel_sum(*products), serial_sum(*products)
    assert equal(parallel.entries(), total)
    assert equal(serial.entries(), total)
    assert (parallel.width, parallel.size) == (width, size * {1: 1, 2: 2, 3: 4, 5: 8}[terms])
    assert (serial.width, serial.size) == (terms * width, 4 * size)
    assert parallel.parameters <= serial.parameters


@FIELDS
@pytest.mark.parametrize("shape", SHAPES)
def test_products_of_different_sizes(ring, shape):
    rng = np.random.default_rng(6)
    m, n = shape
    (A, a), (B, b), (C, c) = built(rng, m, n, ring), built(rng, n, m, ring, 16), built(rng, m, 3, ring)
    K = multiplied(A, B, C)
    assert equal(K.entries(), matmul(ring, a, b, c))
    assert (K.width, K.size) == (6, max(16, C.size))


@FIELDS
@pytest.mark.parametrize("n", [1, 2, 4])
def test_direct_sums_and_kronecker_products(ring, n):
    rng = np.random.default_rng(n)
    (A, a), (B, b) = built(rng, n, n, ring), built(rng, n, n, ring, 32)
    assert equal(direct_sum(A, B).entries(), block_diagonal(ring, a, b))
    assert equal(direct_sum(B, A).entries(), block_diagonal(ring, b, a))
    for other in (1, 2, 4):
        p = rng.permutation(other)
        P = permutation(p, ring)
        assert equal(kronecker(B, P).entries(), kron(b, P.entries()))
        assert equal(kronecker(P, A).entries(), kron(P.entries(), a))
        assert kronecker(A, P).size == A.size * P.size


def test_sums_of_invertible_products():
    rng = np.random.default_rng(9)
    skew = multiplied(embedded([[1, 2], [3, 4]], 0, 2, 4), embedded([[1, 1], [0, 1]], 3, 1, 4))
    summands = [skew, permutation(rng.permutation(4)), reflection([1, 2, 0, -1])]
    K = invertible_sum(*summands)
    assert equal(K.entries(), sum((S.entries() for S in summands[1:]), skew.entries()))
    assert (K.width, K.size) == (2 * 3 * 2, 8)


@pytest.mark.parametrize("n", [2, 3, 4, 8, pytest.param(16, marks=pytest.mark.accept)])
def test_every_pair_of_coordinates(n):
    for i in range(n):
        for j in range(n):
            if i != j:
                E = identity(QQ, n)
                E[i, i], E[i, j], E[j, i], E[j, j] = map(QQ, (2, 3, 5, 7))
                assert equal(embedded([[2, 3], [5, 7]], i, j, n).entries(), E)


@pytest.mark.parametrize("n", [1, 2, 3, 4, 7, 8, 16])
def test_reflections_and_their_products(n):
    rng = np.random.default_rng(n)
    Q = identity(QQ, n)
    for k in range(3):
        u = array(QQ, rng.integers(-3, 4, n))
        u[int(rng.integers(n))] = QQ(k + 1)
        H = identity(QQ, n) - np.multiply.outer(u, u) * (2 / (u @ u))
        assert equal(reflection(u).entries(), H)
        Q = matmul(QQ, Q, H)
    K = orthogonal(Q)
    assert equal(K.entries(), Q)
    assert K.width <= max(1, n)


@pytest.mark.parametrize("n", [1, 2, 3, 4, 8])
@pytest.mark.parametrize("r", [0, 1, 2, 3, 4])
@FIELDS
def test_low_rank(ring, n, r):
    rng = np.random.default_rng(10 * n + r)
    A = rng.integers(-2, 3, (n, r)) @ rng.integers(-2, 3, (r, n + 1))
    assert equal(low_rank(A, ring).entries(), array(ring, A))
