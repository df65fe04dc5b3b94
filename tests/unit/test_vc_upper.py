"""Upper bounds: degrees, denominators and steps by hand, why there may be no bound, sigmoid units."""

import itertools
import math

import pytest

from ldrtheory.bounds.layers import LSTM, Attention, Linear, Recurrent
from ldrtheory.bounds.network import Network
from ldrtheory.bounds.vc.lower import lower_bound, path_bound
from ldrtheory.bounds.vc.steps import _COMMON, cells, common_degree, steps
from ldrtheory.bounds.vc.upper import UpperBound, sigmoid_bound, upper_bound
from ldrtheory.families import (
    DCT,
    DFT,
    FAMILIES,
    Cauchy,
    Dense,
    Householder,
    SubdiagonalLDR,
    Toeplitz,
    TridiagonalLDR,
)
from tests.networks import hidden, net, out


@pytest.mark.parametrize("cls", _COMMON, ids=lambda c: c.__name__)
def test_common_denominators_by_formula_are_those_derived(cls):
    for family in cls.up_to(6):
        if not getattr(family, "krylov", False):  # the Krylov form divides by nothing
            assert common_degree(family) == _COMMON[cls](family)


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_the_common_denominator_is_no_less_than_that_of_an_entry(name):
    from ldrtheory.families import degree

    for family in itertools.islice(FAMILIES[name].up_to(4), 6):
        (top, bottom), (numerator, denominator) = common_degree(family), degree(family)
        assert bottom >= denominator
        assert top >= numerator


def test_degrees_by_hand():
    """Theory: free layers have D_i = i; pieces of degree s: 1 + s + ...; learned operators n + 1 over n."""
    relu = net(3, hidden(Dense(3, 3)), hidden(Dense(3, 3)), out(3))
    assert [c.degree for c in upper_cells(relu)] == [1, 2, 3]
    square = {"pieces": 3, "degree": 2}
    layers = [hidden(Dense(3, 3), square) for _ in range(2)]
    assert [c.degree for c in upper_cells(net(3, *layers, out(3)))] == [1, 3, 7]
    learned = net(9, hidden(SubdiagonalLDR(9, 1)), hidden(SubdiagonalLDR(9, 1)), out(9))
    assert [(c.degree, c.constant, c.per_point) for c in upper_cells(learned)] == [
        (10, 1, 9),
        (20, 1, 9),
        (21, 0, 1),
    ]
    assert [c.variables for c in upper_cells(learned)] == [45, 90, 100]


def upper_cells(network):
    return cells(steps(network))


def test_thresholds_forget_what_was_before():
    network = net(4, hidden(Dense(4, 4), "threshold"), hidden(Dense(4, 4), "threshold"), out(4))
    assert [(c.variables, c.degree) for c in upper_cells(network)] == [(20, 1), (20, 1), (5, 1)]


def test_shared_parameters_count_once():
    layers = [hidden(Dense(3, 3), share="a") for _ in range(4)]
    assert [c.variables for c in upper_cells(net(3, *layers, out(3)))] == [12, 12, 12, 12, 16]
    repeated = net(3, hidden(Dense(3, 3), repeat=4), out(3))
    assert upper_bound(repeated).value == upper_bound(net(3, *layers, out(3))).value


def test_a_recurrent_layer_multiplies_its_operator_at_every_step():
    network = net(12, Recurrent(Dense(3, 3), Dense(3, 4), repeat=3, activation="relu"), out(3))
    assert [(c.variables, c.degree) for c in upper_cells(network)] == [(15, 1), (24, 2), (24, 3), (28, 4)]


def test_fixed_layers_have_no_parameters():
    network = net(4, Linear(DCT(4, 2), activation="relu", bias=False), out(4))
    assert [c.variables for c in upper_cells(network)] == [0, 5]
    assert upper_bound(network).value == 5


def test_a_class_is_never_bounded_above_its_free_superclass():
    for family in (TridiagonalLDR(6, 1), Cauchy(6), Householder(6, 3), SubdiagonalLDR(6, 5)):
        free = upper_bound(net(6, hidden(Dense(6, 6)), out(6))).value
        assert upper_bound(net(6, hidden(family), out(6))).value <= free


@pytest.mark.parametrize(
    ("network", "words"),
    [
        (Network(2, (Linear(Dense(3, 2)),), "vector"), "vector"),
        (net(15, LSTM(Dense(4, 4), Dense(4, 3), repeat=5), out(4)), "gates"),
        (net(8, Attention(Toeplitz(4), 2), out(8)), "softmax"),
        (net(4, hidden(DFT(4)), out(4)), "not real"),
        (net(4, hidden(Dense(4, 4), "softmax"), out(4)), "softmax"),
        (net(4, hidden(Dense(4, 4), "sigmoid"), hidden(Dense(4, 4)), out(4)), "relu, sigmoid"),
        (net(4, hidden(Dense(4, 4), repeat=2000), out(4)), "2001 steps"),
    ],
)
def test_there_is_a_reason_where_there_is_no_bound(network, words):
    reason = upper_bound(network)
    assert isinstance(reason, str)
    assert words in reason


def test_sigmoid_units_have_the_published_bound():
    network = net(3, hidden(Toeplitz(3), "sigmoid"), hidden(Toeplitz(3), "tanh"), out(3))
    W, k = 12 + 12 + 4, 7
    expected = (W * k) ** 2 + math.floor(11 * W * k * math.log2(18 * W * k * k))
    bound = upper_bound(network)
    assert isinstance(bound, UpperBound)
    assert bound.value == sigmoid_bound(W, k) == expected
    assert "Karpinski" in bound.theorem
    assert lower_bound(network).value == 4


def test_the_functions_of_unknown_pieces_have_no_path():
    network = net(3, hidden(Dense(3, 3), {"pieces": 4, "degree": 2}), out(3))
    assert path_bound(network).value == 1
    assert upper_bound(network).value > 1
