"""Sums, products, low rank, embedded blocks and reflections: smallest cases, widths and sizes, refusals."""

import numpy as np
import pytest

from ldrtheory import GF, QQ, BadInput, NotInvertible, ShapeMismatch
from ldrtheory.kaleidoscopes import KaleidoscopeProduct
from ldrtheory.linalg import matmul
from ldrtheory.synthesis import (
    direct_sum,
    embedded,
    in_hierarchy,
    invertible_sum,
    kronecker,
    low_rank,
    multiplied,
    orthogonal,
    outer,
    parallel_sum,
    permutation,
    reflection,
    scaled,
    serial_sum,
    sparse,
)
from ldrtheory.synthesis.chains import product_of
from ldrtheory.synthesis.routing import permutation_factors, permutation_middle

SWAP, STAY = permutation([1, 0]), permutation([0, 1])
WIDE = sparse([[1, 2, 3]])


def test_a_product_needs_the_projector():
    # the corner (0) of a swap sends its input to position 1; plain concatenation would bring it back
    corner = KaleidoscopeProduct(1, 1, 2, 1, QQ, "BB*", tuple(permutation_factors([1, 0])))
    plain = product_of([*corner.factors, *corner.factors], 1, 1, QQ)
    assert plain.entries().tolist() == [[1]]
    assert multiplied(corner, corner).entries().tolist() == [[0]]


def test_the_sum_of_three_in_parallel_and_in_series():
    together, after = parallel_sum(SWAP, STAY, STAY), serial_sum(SWAP, STAY, STAY)
    assert together.entries().tolist() == after.entries().tolist() == [[2, 1], [1, 2]]
    assert (together.width, together.size) == (1, 8)
    assert (after.width, after.size) == (3, 8)


def test_the_sum_of_one():
    assert parallel_sum(WIDE).size == WIDE.size
    assert serial_sum(WIDE).entries().tolist() == [[1, 2, 3]]


def test_the_sum_of_invertible_summands_may_be_singular():
    K = invertible_sum(embedded([[2, 1], [1, 1]], 0, 1, 2), scaled(SWAP, [-1, -1]))
    assert K.entries().tolist() == [[2, 0], [0, 1]]
    Z = invertible_sum(SWAP, scaled(SWAP, rows=[-1, -1]))
    assert Z.entries().tolist() == [[0, 0], [0, 0]]
    assert (Z.width, Z.size) == (4, 4)


def test_scaling_by_rows_and_columns():
    K = scaled(sparse([[1, 2], [3, 4], [5, 6]]), [1, 10, 100], ["1/2", -1])
    assert K.entries().tolist() == [[QQ("1/2"), -2], [15, -40], [250, -600]]


@pytest.mark.parametrize("kind", ["B", "B*", "B*B"])
def test_other_kinds_enter_the_hierarchy(kind):
    p = [2, 3, 0, 1]
    factors = {
        "B": permutation_factors(p)[2:],
        "B*": permutation_factors(p)[:2],
        "B*B": permutation_middle(p),
    }
    K = KaleidoscopeProduct(4, 4, 4, 1, QQ, kind, tuple(factors[kind]))
    into = in_hierarchy(K)
    assert into.entries().tolist() == K.entries().tolist()
    assert (into.kind, into.width) == ("BB*", 2 if kind == "B*B" else 1)


def test_direct_sum_and_kronecker_product_by_hand():
    A = sparse([[1, 2], [3, 4]])
    assert direct_sum(A, SWAP).entries().tolist() == [[1, 2, 0, 0], [3, 4, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]]
    K = kronecker(SWAP, A)
    assert K.entries().tolist() == [[0, 0, 1, 2], [0, 0, 3, 4], [1, 2, 0, 0], [3, 4, 0, 0]]
    assert (K.width, K.size) == (A.width, 2 * A.size)


def test_an_outer_product_has_few_nonzeros():
    K = outer(range(1, 9), range(1, 9))
    assert (K.width, K.expansion, K.nonzeros) == (1, 1, 4 * 7)
    assert K.entries()[3].tolist() == [4 * j for j in range(1, 9)]


@pytest.mark.parametrize(("r", "factor"), [(0, 1), (1, 1), (2, 2), (3, 4), (4, 4)])
def test_rank_r_costs_the_power_of_two_above_r(r, factor):
    rng = np.random.default_rng(r)
    A = np.zeros((8, 8), dtype=int)
    A[:r, :r] = np.triu(np.ones((r, r), dtype=int))
    A = A[rng.permutation(8)]
    K = low_rank(A)
    assert K.entries().tolist() == A.tolist()
    assert (K.width, K.size) == (1, 8 * factor)


def test_a_block_on_two_far_coordinates():
    K = embedded([[1, 2], [3, 4]], 6, 1, 7, GF(5))
    expected = np.eye(7, dtype=int)
    expected[6, 6], expected[6, 1], expected[1, 6], expected[1, 1] = 1, 2, 3, 4
    assert K.entries().tolist() == expected.tolist()
    assert (K.width, K.size) == (1, 8)


@pytest.mark.parametrize("u", [[1], [0, 0, 5], [1, 2, 2], [0, 0, 3, 4], [1, -1, 1, -1, 0, 0, 0, 2]])
def test_reflections_negate_u_and_are_rational(u):
    K = reflection(u)
    x = np.array([QQ(v) for v in u], dtype=object)
    assert K.multiply(x).tolist() == [-v for v in u]
    M = K.entries()
    assert (matmul(QQ, M, M) == np.eye(len(u), dtype=int)).all()
    assert (M == M.T).all()
    assert K.width == 1


def test_a_rotation_is_two_reflections_and_the_identity_none():
    rotation = [["3/5", "-4/5", 0], ["4/5", "3/5", 0], [0, 0, 1]]
    K = orthogonal(rotation)
    assert K.entries().tolist() == [[QQ(x) for x in row] for row in rotation]
    assert (K.width, K.size) == (2, 4)
    assert orthogonal([[1, 0], [0, 1]]).width == 1


@pytest.mark.parametrize(
    ("build", "error", "message"),
    [
        (
            lambda: multiplied(WIDE, SWAP),
            ShapeMismatch,
            "kaleidoscope 0 is 1 x 3 and kaleidoscope 1 is 2 x 2",
        ),
        (lambda: multiplied(), BadInput, "no kaleidoscope"),
        (lambda: parallel_sum(SWAP, WIDE), ShapeMismatch, r"2 x 2 \(number 0\) and 1 x 3 \(number 1\)"),
        (lambda: serial_sum(SWAP, permutation([1, 0], GF(3))), BadInput, "over Q and GF"),
        (lambda: scaled(SWAP, [1]), ShapeMismatch, "1 scale factors for 2"),
        (lambda: direct_sum(WIDE, SWAP), BadInput, "shape 1 x 3"),
        (lambda: direct_sum(permutation([0]), SWAP), ShapeMismatch, "sizes 1 and 2"),
        (lambda: kronecker(SWAP, permutation([0, 2, 1])), BadInput, "powers of two"),
        (lambda: invertible_sum(permutation([0, 2, 1])), BadInput, "summand 0 is the 3 x 3 corner of size 4"),
        (lambda: invertible_sum(outer([1, 1], [1, 1])), NotInvertible, "singular"),
        (lambda: outer([], [1]), BadInput, "0 and 1 entries"),
        (lambda: embedded([[1, 0], [0, 1]], 1, 1, 3), BadInput, "both coordinates are 1"),
        (
            lambda: embedded([[1, 0], [0, 1]], 0, 3, 3),
            BadInput,
            "coordinate j = 3; wanted a number from 0 to 2",
        ),
        (lambda: embedded([[1, 0]], 0, 1, 3), ShapeMismatch, r"shape \(1, 2\)"),
        (lambda: reflection([0, 0]), BadInput, "along 2 zeros"),
        (lambda: reflection([1, 0], GF(2)), BadInput, "where 2 = 0"),
        (lambda: reflection([1, 2], GF(5)), NotInvertible, "vanishing sum of squares"),  # 1 + 4 = 0
        (lambda: orthogonal([[1, 1], [0, 1]]), BadInput, "not the identity"),
        (lambda: orthogonal([[1, 0]]), ShapeMismatch, r"shape \(1, 2\)"),
    ],
)
def test_what_is_refused(build, error, message):
    with pytest.raises(error, match=message):
        build()
