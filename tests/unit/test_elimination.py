"""Elimination with witnesses, against sympy's DomainMatrix (another system)."""

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from ldrtheory.elimination import (
    characteristic_polynomial,
    determinant,
    echelon,
    inverse,
    kernel,
    ldl,
    pivots,
    rank,
    solve,
)
from ldrtheory.errors import NotInvertible, ShapeMismatch
from ldrtheory.linalg import (
    adjoint,
    array,
    direct_sum,
    equal,
    identity,
    kron,
    matmul,
    matrix,
    reversal,
    zeros,
)
from ldrtheory.rings import GAUSSIAN, GF, QQ, Cyclotomic, RationalFunctions

FIELDS = [QQ, GF(2), GF(7), GAUSSIAN, Cyclotomic(3)]


@st.composite
def small_matrices(draw, square=False):
    m = draw(st.integers(1, 4))
    n = m if square else draw(st.integers(1, 4))
    return draw(st.lists(st.lists(st.integers(-2, 2), min_size=n, max_size=n), min_size=m, max_size=m))


@given(small_matrices())
def test_rank_over_q_agrees_with_sympy(rows):
    assert rank(array(QQ, rows)) == sympy.Matrix(rows).rank()


@given(small_matrices(), st.sampled_from(FIELDS))
def test_the_pivots_are_a_nonsingular_minor_of_full_rank(rows, ring):
    A = array(ring, rows)
    rows_of, columns = pivots(A, ring)
    assert len(rows_of) == len(columns) == rank(A, ring) == len(echelon(A, ring)[2])
    if rows_of:
        assert not ring.is_zero(determinant(A[np.ix_(rows_of, columns)], ring))


@given(small_matrices(), st.sampled_from(FIELDS))
def test_the_kernel_is_annihilated_independent_and_of_the_right_size(rows, ring):
    A = array(ring, rows)
    K = kernel(A, ring)
    assert K.shape == (A.shape[1], A.shape[1] - rank(A, ring))
    assert all(ring.is_zero(x) for x in matmul(ring, A, K).flat)
    assert rank(K, ring) == K.shape[1]


@given(small_matrices(square=True))
def test_determinant_and_characteristic_polynomial_agree_with_sympy(rows):
    A, S = array(QQ, rows), sympy.Matrix(rows)
    assert int(determinant(A)) == S.det()
    assert [int(c) for c in characteristic_polynomial(A)] == [
        int(c) for c in reversed(S.charpoly().all_coeffs())
    ]


@given(small_matrices(square=True), st.sampled_from([GAUSSIAN, Cyclotomic(3)]))
def test_the_general_code_agrees_with_the_rational_one(rows, ring):
    A = array(ring, rows)
    assert determinant(A, ring) == determinant(array(QQ, rows))
    assert characteristic_polynomial(A, ring) == characteristic_polynomial(array(QQ, rows))


def test_a_symbolic_determinant():
    field = RationalFunctions("x", "y")
    x, y = field.variables
    assert determinant(matrix(2, 2, lambda i, j: [[x, y], [y, x]][i][j]), field) == x**2 - y**2


@pytest.mark.parametrize("ring", FIELDS)
def test_a_singular_matrix_is_refused(ring):
    A = array(ring, [[1, 1], [1, 1]])
    with pytest.raises(NotInvertible, match="singular"):
        inverse(A, ring)
    with pytest.raises(NotInvertible, match="singular"):
        solve(A, array(ring, [1, 0]), ring)


@pytest.mark.parametrize("ring", FIELDS)
def test_inverse_by_hand(ring):
    A = array(ring, [[1, 1], [0, 1]])
    assert equal(inverse(A, ring), array(ring, [[1, -1], [0, 1]]))


def test_ldl_by_hand():
    L, d = ldl(array(QQ, [[4, 2], [2, 3]]))
    assert [str(x) for x in L.flat] == ["1", "0", "1/2", "1"]
    assert [str(x) for x in d] == ["4", "2"]
    with pytest.raises(NotInvertible, match="leading minor of order 1"):
        ldl(array(QQ, [[0, 1], [1, 0]]))


def test_products_through_an_empty_dimension_are_zero():
    assert equal(matmul(QQ, zeros(QQ, 2, 0), zeros(QQ, 0, 3)), zeros(QQ, 2, 3))
    with pytest.raises(ShapeMismatch, match=r"\(2, 3\) and \(2, 3\)"):
        matmul(QQ, zeros(QQ, 2, 3), zeros(QQ, 2, 3))


def test_kronecker_direct_sum_reversal_and_adjoint_by_hand():
    A, B = array(QQ, [[1, 2]]), array(QQ, [[3], [4]])
    assert kron(A, B).tolist() == [[3, 6], [4, 8]]
    assert direct_sum(QQ, A, B).tolist() == [[1, 2, 0], [0, 0, 3], [0, 0, 4]]
    assert reversal(QQ, 2).tolist() == [[0, 1], [1, 0]]
    assert adjoint(array(GAUSSIAN, [["1+i", 2]]), GAUSSIAN).tolist() == [[GAUSSIAN("1-i")], [2]]
    assert identity(QQ, 2).tolist() == [[1, 0], [0, 1]]


def test_ragged_rows_are_refused():
    with pytest.raises(ShapeMismatch, match="lengths 2 and 1"):
        array(QQ, [[1, 2], [3]])
