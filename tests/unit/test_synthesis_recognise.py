"""Which form is chosen, that it equals the matrix, and that its count is the one announced."""

import itertools

import numpy as np
import pytest

from ldrtheory import GAUSSIAN, GF, QQ, BadInput
from ldrtheory.kaleidoscopes import ButterflyFactor, KaleidoscopeProduct
from ldrtheory.linalg import equal, matmul
from ldrtheory.synthesis import (
    Circuit,
    blocking_minor,
    embedded,
    factor_butterfly,
    forms,
    general,
    is_modular_balanced,
    permutation,
    read_entries,
    recognise,
    reflection,
    to_kaleidoscope,
)

FULL = [[1, 2, 3, 4], [2, 3, 5, 7], [4, 9, 2, 1], [3, 3, 1, 8]]
FEW = np.zeros((16, 16), dtype=int)
FEW[[0, 8, 1, 9, 3, 4, 5, 6, 7], [0, 1, 0, 3, 5, 6, 7, 8, 9]] = range(1, 10)
MIRRORS = matmul(QQ, reflection([1, 2, 3, 4]).entries(), reflection([1, -2, 3, 5]).entries())


@pytest.mark.parametrize(
    ("M", "ring", "form", "width", "parameters"),
    [
        ([[7]], QQ, "butterfly", 1, 4),
        ([[0, 0, 0], [0, 0, 0]], QQ, "butterfly", 1, 16),
        (np.diag([1, 2, 0, 4, 5]), QQ, "butterfly", 1, 48),
        (np.outer([1, 2, 3, 4], [5, 6, 7, 8]), QQ, "butterfly", 1, 16),
        (permutation([0, 2, 1, 3]).entries(), QQ, "permutation", 1, 32),
        ([[3, 0, 0, 0], [0, 0, 2, 0], [0, 1, 0, 0], [0, 0, 0, 1]], QQ, "weighted permutation", 1, 32),
        (embedded([[1, 2], [3, 4]], 0, 5, 8).entries(), QQ, "2 x 2 block", 1, 96),
        (reflection(range(1, 9)).entries(), QQ, "reflection", 1, 96),
        (MIRRORS, QQ, "orthogonal", 2, 64),
        (np.array(FULL)[:, :2] @ np.array(FULL)[:2], QQ, "low rank", 1, 96),
        (FEW, QQ, "sparse without expansion", 4, 1024),
        (FULL, QQ, "general", 1, 256),
        (np.array([[1j, 0, 1], [0, 1, 1], [1, 1, 1]]), GAUSSIAN, "sparse", 2, 192),
    ],
)
def test_the_cheapest_form(M, ring, form, width, parameters):
    found = recognise(M, ring)
    assert found.form == form
    assert equal(found.product.entries(), read_entries(M, ring).dense())
    assert (found.product.width, found.product.parameters) == (width, parameters)
    assert f"{parameters} stored numbers" in found.why


@pytest.mark.parametrize("ring", [QQ, GF(3)], ids=repr)
def test_every_form_of_random_matrices_equals_the_matrix(ring):
    rng = np.random.default_rng(30)
    for _ in range(25):
        m, n = rng.integers(1, 7, 2)
        A = rng.integers(-1, 2, (m, n)) * (rng.random((m, n)) < 0.4)
        for form in forms(A, ring):
            K = form.build()
            assert equal(K.entries(), read_entries(A, ring).dense()), form.name
            assert (K.width, K.size, K.parameters) == (form.width, form.size, form.parameters), form.name


def test_the_butterfly_matrices_with_entries_0_and_1_of_size_4():
    # four 2 x 2 blocks (rows r, r+2; columns 2J, 2J+1), each one of the ten 0/1 matrices of rank at most 1
    small = [b for b in itertools.product((0, 1), repeat=4) if b[0] * b[3] == b[1] * b[2]]
    assert len(small) == 10
    rng = np.random.default_rng(4)
    for blocks in rng.integers(0, 10, (200, 4)):
        A = np.zeros((4, 4), dtype=int)
        for (r, J), b in zip(itertools.product((0, 1), repeat=2), blocks):
            A[r::2, 2 * J : 2 * J + 2] = np.reshape(small[b], (2, 2))
        K = factor_butterfly(A)
        assert K.entries().tolist() == A.tolist()
        assert blocking_minor(A) is None


def test_whatever_is_no_butterfly_has_a_minor_to_show():
    rng = np.random.default_rng(5)
    refused = 0
    for _ in range(200):
        A = rng.integers(0, 2, (8, 8)) * rng.integers(0, 2, (8, 8))
        minor = blocking_minor(A)
        assert (factor_butterfly(A) is None) == (minor is not None)
        if minor is not None:
            (i, k), (j, c) = minor
            assert A[i, j] * A[k, c] != A[i, c] * A[k, j]
            assert any((i - k) % 2**t == 0 and j >> t == c >> t for t in (1, 2))
            refused += 1
    assert refused > 100


def test_butterfly_permutations_are_the_modular_balanced_ones():
    for p in itertools.permutations(range(4)):
        assert (factor_butterfly(permutation(p).entries()) is not None) == is_modular_balanced(p)


def test_a_transposed_butterfly():
    p = [1, 2, 0, 3]  # 1, 2 differ modulo 2, but 0, 3 do as well: in B; its inverse is not
    inverse = np.argsort(p).tolist()
    assert {is_modular_balanced(p), is_modular_balanced(inverse)} == {True, False}
    found = {recognise(permutation(q).entries()).form for q in (p, inverse)}
    assert found == {"butterfly", "transposed butterfly"}


def test_products_of_random_butterfly_factors_are_recognised():
    rng = np.random.default_rng(6)
    K = to_kaleidoscope(np.kron([[1, 2], [3, 4]], [[1, 1], [2, 5]]))
    assert K.kind == "B"
    for _ in range(20):
        factors = [
            ButterflyFactor(b, *([QQ(int(x)) for x in v] for v in rng.integers(-1, 2, (2, 8))))
            for b in range(3)
        ]
        M = KaleidoscopeProduct(8, 8, 8, 1, QQ, "B", tuple(factors)).entries()
        assert equal(factor_butterfly(M).entries(), M)


def test_what_a_kaleidoscope_may_come_from():
    circuit = Circuit(2, [(1, 0, -1, 1)], [2, 0])
    K = to_kaleidoscope(circuit)
    assert (K.entries().tolist(), K.width) == ([[1, -1], [1, 0]], 2)
    assert to_kaleidoscope(K) is K
    assert to_kaleidoscope([[0, 1], [1, 0]]).kind == "B"


def test_any_matrix_by_its_rows():
    K = general([[1, 2, 3], [4, 5, 6]])
    assert K.entries().tolist() == [[1, 2, 3], [4, 5, 6]]
    assert (K.width, K.size) == (1, 8)


def test_an_empty_matrix_has_no_form():
    with pytest.raises(BadInput, match="empty matrix"):
        recognise([])
