"""Sparse matrices: the smallest cases, sizes by the formula, and what is refused."""

import numpy as np
import pytest
import scipy.sparse

from ldrtheory import GF, QQ, BadInput, ShapeMismatch
from ldrtheory.synthesis import read_entries, sparse, sparse_product, sparse_unexpanded


@pytest.mark.parametrize(
    ("rows", "size"),
    [
        ([[0]], 2),  # s = 0, one empty row and column share a slot: 1 slot
        ([[7]], 2),
        ([[1, 2, 3]], 4),  # a full row: 3 slots
        ([[1], [2], [0]], 4),  # s = 2, one empty row: 3 slots
        ([[0, 0], [0, 0]], 2),  # s = 0, z = 2
        ([[1, 0], [0, 0]], 2),  # s = 1, z = 1
        ([[1, 1], [1, 1]], 4),
        ([[0, 0, 0, 5, 0]], 8),  # s = 1, four empty columns: 5 slots
        ([["1/3", 0, 0], [0, -2, 0], [0, 0, 4]], 4),
    ],
)
def test_small_matrices_in_width_2(rows, size):
    K = sparse(rows)
    assert K.entries().tolist() == [[QQ(x) for x in row] for row in rows]
    assert (K.width, K.size, K.parameters) == (2, size, 8 * size * (size.bit_length() - 1))


def test_four_entries_of_four_rows_need_no_expansion():
    rows = [[0, 1, 2, 0], [0, 0, 0, 0], [0, 3, 0, 0], [4, 0, 0, 0]]
    K = sparse_unexpanded(rows)
    assert K.entries().tolist() == rows
    assert (K.width, K.expansion) == (4, 1)


def test_positions_beyond_the_corner_are_neither_read_nor_written():
    K = sparse([[1, 2], [3, 4], [5, 6]], size=16)
    wide = np.array([QQ(1)] * 16, dtype=object)
    for factor in K.factors:
        wide = factor.multiply(wide)
    assert wide.tolist() == [3, 7, 11] + [0] * 13


def test_entries_at_one_place_are_added_exactly():
    coo = scipy.sparse.coo_array(([1.0, 2.0**-60], ([0, 0], [1, 1])), shape=(2, 2))
    assert read_entries(coo).dense()[0, 1] == QQ(1) + QQ(2.0**-60)


def test_triples_over_a_prime_field_drop_what_vanishes():
    entries = read_entries([(0, 0, 5), (1, 0, 3), (1, 1, 10)], GF(5), (2, 2))
    assert (entries.count, entries.slots) == (1, 2)
    assert sparse(entries).entries().tolist() == [[0, 0], [3, 0]]


def test_a_product_reads_its_factors_left_to_right():
    A, B, C = [[1, 2], [0, 1]], [[0, 1, 0], [3, 0, 0]], [[1], [1], ["1/2"]]
    K = sparse_product([A, B, C])
    assert K.entries().tolist() == [[7], [3]]  # A (B C): B C = (1, 3)
    assert (K.width, K.size) == (6, 4)


@pytest.mark.parametrize(
    ("build", "error", "message"),
    [
        (lambda: sparse([]), BadInput, "empty matrix"),
        (lambda: sparse([[]]), BadInput, "empty matrix"),
        (lambda: sparse([[1, 2], [3]]), ShapeMismatch, "row 1 has 1 entries and row 0 has 2"),
        (lambda: sparse(np.zeros((2, 2, 2))), ShapeMismatch, r"shape \(2, 2, 2\)"),
        (lambda: sparse([(0, 2, 1)], shape=(2, 2)), BadInput, r"entry at \(0, 2\) of a 2 x 2 matrix"),
        (lambda: sparse([], shape=(0, 2)), BadInput, "shape 0 x 2 is empty"),
        (lambda: sparse([[1]], size=3), BadInput, "power of two of at least 2"),
        (lambda: sparse_product([]), BadInput, "a product of no factors"),
        (
            lambda: sparse_product([[[1, 2]], [[1], [2], [3]]]),
            ShapeMismatch,
            "factor 0 is 1 x 2 and factor 1 is 3 x 1",
        ),
        (lambda: sparse([(0, 0, 1)], shape=(2**26, 2**26)), BadInput, "GiB"),
    ],
)
def test_what_is_refused(build, error, message):
    with pytest.raises(error, match=message):
        build()
