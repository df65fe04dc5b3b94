"""Permutations: smallest cases by hand, the switches of a swap, and what is refused."""

import itertools

import numpy as np
import pytest

from ldrtheory import GF, QQ, BadInput
from ldrtheory.kaleidoscopes import KaleidoscopeProduct
from ldrtheory.synthesis import is_modular_balanced, permutation
from ldrtheory.synthesis.routing import permutation_middle, routes


def ones_of(p):
    return [[int(p[i] == row) for i in range(len(p))] for row in range(len(p))]


def test_the_swap_of_two_sits_in_the_star_factor():
    star, second = permutation([1, 0]).factors
    assert star.offdiagonal.tolist() == [1, 1]
    assert star.diagonal.tolist() == [0, 0]
    assert second.diagonal.tolist() == [1, 1]


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_every_small_permutation(n):
    for p in itertools.permutations(range(n)):
        K = permutation(p)
        assert K.entries().tolist() == ones_of(p)
        assert (K.width, K.size) == (1, {1: 2, 2: 2, 3: 4, 4: 4}[n])


def test_a_cycle_goes_forward():
    assert permutation([1, 2, 3, 0]).multiply(np.array([10, 11, 12, 13], dtype=object)).tolist() == [
        13,
        10,
        11,
        12,
    ]


def test_the_factor_of_bit_0_of_the_second_half_is_the_identity():
    factors = permutation([5, 2, 7, 1, 0, 3, 6, 4]).factors
    assert factors[3].diagonal.tolist() == [1] * 8
    assert not any(factors[3].offdiagonal)


def test_one_nonzero_in_each_row_of_each_factor():
    K = permutation(np.random.default_rng(5).permutation(16), GF(3))
    assert K.nonzeros == 16 * 8
    for factor in K.factors:
        assert {(int(d), int(o)) for d, o in zip(factor.diagonal, factor.offdiagonal)} <= {(0, 1), (1, 0)}


@pytest.mark.parametrize("p", [[1, 0], [2, 0, 3, 1], [3, 7, 1, 0, 6, 2, 5, 4], [4, 2, 0, 1, 3]])
def test_the_two_halves_may_meet_at_the_highest_bit(p):
    factors = permutation_middle(p)
    size = factors[0].size
    K = KaleidoscopeProduct(len(p), len(p), size, 1, QQ, "B*B", tuple(factors))
    assert K.entries().tolist() == ones_of(p)


def test_modular_balance_counts_the_settings_of_the_switches():
    # n L / 2 switches: 2 settings at n = 2, 2^4 at n = 4
    assert sum(map(is_modular_balanced, itertools.permutations(range(2)))) == 2
    assert sum(map(is_modular_balanced, itertools.permutations(range(4)))) == 16
    assert not is_modular_balanced([0, 2, 1, 3])


@pytest.mark.accept
def test_modular_balance_at_8():
    assert sum(map(is_modular_balanced, itertools.permutations(range(8)))) == 2**12


def test_two_inputs_that_meet_on_a_wire_are_named():
    with pytest.raises(BadInput, match="inputs 2 and 0 meet on wire 0 behind bit 1"):
        routes([0, 2], [0, 1], 4)


@pytest.mark.parametrize(
    ("p", "message"),
    [
        ([], "empty permutation"),
        ([0, 2, 2], "2 is repeated and 1 is missing"),
        ([1, 1], "1 is repeated and 0 is missing"),
        ([0, 3, 1], "entry 1 of the permutation is 3"),
        ([0, -1], "entry 1 of the permutation is -1"),
        ([0, "1"], "entry 1 of the permutation is '1'"),
        ([True, 0], "entry 0 of the permutation is True"),
        ([0.0, 1.0], "entry 0 of the permutation is 0.0"),
    ],
)
def test_what_is_no_permutation_is_refused(p, message):
    with pytest.raises(BadInput, match=message):
        permutation(p)


def test_a_size_that_does_not_fit_is_refused():
    with pytest.raises(BadInput, match="power of two of at least 4"):
        permutation([0, 1, 2], size=6)
