"""Exact equality of every built kaleidoscope with its source, and the widths, sizes and counts that are promised."""

import itertools
import math

import numpy as np
import pytest

from ldrtheory import GF, QQ
from ldrtheory.linalg import array, equal, matmul
from ldrtheory.synthesis import permutation, read_entries, sparse, sparse_product, sparse_unexpanded
from tests.laws.sizes import power_of_two


def stored(K):
    """4 w N log2 N, the bound for stored parameters, from the width and size that the product names."""
    return 4 * K.width * K.size * int(math.log2(K.size))


def with_entries(rng, m, n, s, ring):
    """A random m x n matrix with s entries that are units of the ring: fractions over Q."""
    table = np.full(m * n, ring.zero, dtype=object)
    for place in rng.choice(m * n, s, replace=False):
        table[place] = ring(int(rng.integers(1, 7))) * ring.inverse(ring(int(rng.integers(1, 7))))
    return table.reshape(m, n)


@pytest.mark.parametrize("n", [2, 3, 5, 16, 100, 512, 1024, 4096])
def test_random_permutations_move_vectors(n):
    rng = np.random.default_rng(n)
    p = rng.permutation(n)
    K = permutation(p)
    moved = K.multiply(np.arange(n).astype(object))
    assert (moved[p] == np.arange(n)).all()
    assert (K.width, K.size) == (1, power_of_two(max(2, n)))
    assert K.parameters == stored(K)


@pytest.mark.accept
@pytest.mark.parametrize("n", [5, 6, 7, 8])
def test_all_permutations(n):
    for p in itertools.permutations(range(n)):
        moved = permutation(p).multiply(np.arange(n).astype(object))
        assert [moved[p[i]] for i in range(n)] == list(range(n))


@pytest.mark.parametrize("s", range(6))
def test_all_small_supports_in_width_2(s):
    for support in itertools.combinations(range(16), s):
        A = np.zeros(16, dtype=int)
        A[list(support)] = 1
        K = sparse(A.reshape(4, 4))
        assert (K.entries().reshape(-1) == A).all()
        assert K.width == 2
        assert K.size <= power_of_two(max(2, s + 4))


@pytest.mark.parametrize("s", range(5))
def test_all_supports_of_at_most_n_entries_without_expansion(s):
    for support in itertools.combinations(range(16), s):
        A = np.zeros(16, dtype=int)
        A[list(support)] = range(1, s + 1)
        K = sparse_unexpanded(A.reshape(4, 4))
        assert (K.entries().reshape(-1) == A).all()
        assert (K.width, K.size) == (4, 4)


SPARSE_SIZES = [4, 8, *(pytest.param(n, marks=pytest.mark.accept) for n in (16, 32))]


@pytest.mark.parametrize("n", SPARSE_SIZES)
@pytest.mark.parametrize("ring", [QQ, GF(101)], ids=repr)
def test_every_number_of_entries(n, ring):
    rng = np.random.default_rng(n)
    for s in range(n * n + 1):
        A = with_entries(rng, n, n, s, ring)
        K = sparse(A, ring)
        assert equal(K.entries(), A)
        z = max(sum(not any(x != 0 for x in line) for line in lines) for lines in (A, A.T))
        assert (K.width, K.size, K.parameters) == (2, power_of_two(max(2, s + z)), stored(K))
        # at or below the published width, expansion and count (Theorem 3, with max(1, ceil(s/n)) for ceil(s/n))
        published_width = 4 * max(1, -(-s // n))
        assert K.width <= published_width
        assert K.expansion <= 4 or K.parameters <= 4 * published_width * 4 * n * int(math.log2(4 * n))


@pytest.mark.parametrize("shape", [(1, 1), (1, 6), (6, 1), (3, 3), (4, 7), (7, 5)])
def test_rectangles_and_sizes_that_are_no_powers_of_two(shape):
    rng = np.random.default_rng(sum(shape))
    for s in {0, 1, shape[0] * shape[1] // 2, shape[0] * shape[1]}:
        A = with_entries(rng, *shape, s, QQ)
        assert equal(sparse(A).entries(), A)
        assert equal(sparse_unexpanded(A).entries(), A)


def test_four_entries_a_row_at_1024():
    rng = np.random.default_rng(1024)
    n, s = 1024, 4096
    places = rng.choice(n * n, s, replace=False)
    entries = read_entries([(k // n, k % n, int(k % 5) + 1) for k in places.tolist()], QQ, (n, n))
    K = sparse(entries)
    found = {(i, j): x for i, row in enumerate(K.rows()) for j, x in row.items()}
    assert found == {(k // n, k % n): k % 5 + 1 for k in places.tolist()}
    assert (K.width, K.size) == (2, 8192)


@pytest.mark.parametrize("ring", [QQ, GF(7)], ids=repr)
def test_products_of_three_random_sparse_matrices(ring):
    rng = np.random.default_rng(3)
    for sizes in ([4, 4, 4, 4], [3, 5, 2, 6], [1, 8, 8, 1]):
        layers = [
            with_entries(rng, m, n, int(rng.integers(0, m * n + 1)), ring)
            for m, n in itertools.pairwise(sizes)
        ]
        K = sparse_product(layers, ring)
        assert equal(K.entries(), matmul(ring, *layers))
        assert K.width == 6
        assert K.size == power_of_two(max(2, *(read_entries(layer, ring).slots for layer in layers)))


def test_the_transpose_of_what_was_built():
    A = with_entries(np.random.default_rng(8), 5, 7, 12, QQ)
    assert equal(sparse(A).transpose().entries(), array(QQ, A.T))
