"""The VC dimension from both sides: classes whose dimension is known, shattered sets, brute force on tiny networks."""

import itertools
from fractions import Fraction as Q

import numpy as np
import pytest

from ldrtheory import QQ
from ldrtheory.bounds.activations import activation
from ldrtheory.bounds.layers import Linear
from ldrtheory.bounds.vc.forward import forward
from ldrtheory.bounds.vc.growth import Cells, growth, least_failing
from ldrtheory.bounds.vc.lower import lower_bound, path_bound
from ldrtheory.bounds.vc.program import Program, program_of
from ldrtheory.bounds.vc.search import searched
from ldrtheory.bounds.vc.shattering import Shattering
from ldrtheory.bounds.vc.upper import upper_bound
from ldrtheory.families import (
    Dense,
    SubdiagonalLDR,
    Toeplitz,
)
from tests.networks import SMALL, hidden, net, out


@pytest.mark.parametrize("n", [1, 2, 3, 5, 8, 40])
@pytest.mark.parametrize("bias", [True, False])
def test_one_halfspace_is_known_exactly(n, bias):
    network = net(n, out(n, bias))
    assert upper_bound(network).value == lower_bound(network).value == n + bias


def test_one_halfspace_is_known_exactly_at_any_size():
    for n in (784, 5000, 10**5):
        network = net(n, out(n))
        assert upper_bound(network).value == n + 1
        assert path_bound(network).value == n + 1


def test_composed_linear_layers_are_one_halfspace():
    network = net(5, Linear(Toeplitz(5)), Linear(Dense(3, 5)), out(3))
    assert upper_bound(network).value == 6


@pytest.mark.parametrize("degree", range(7))
def test_signs_of_univariate_polynomials(degree):
    """VC dimension degree + 1; the class is affine in degree + 1 parameters, and interpolation shatters."""
    n = degree + 1
    assert least_failing([Cells(1, 0, n, 1)]) - 1 == n
    steps, top = [], 0  # Horner: parameters 0..degree from the constant on, the input is value n
    top = degree
    for k in range(degree - 1, -1, -1):
        steps.append(("mul", top, n))
        steps.append(("add", n + len(steps), k))
        top = n + len(steps)
    program = Program(n, 1, tuple(steps), (), top)
    points = tuple((Q(k),) for k in range(n))
    lagrange = []
    for k in range(n):
        coefficients = [Q(1)]
        for j in range(n):
            if j != k:
                coefficients = [
                    (a - j * b) / (k - j) for a, b in zip([Q(0), *coefficients], [*coefficients, Q(0)])
                ]
        lagrange.append(coefficients)
    linear = tuple((i, k, c) for k, column in enumerate(lagrange) for i, c in enumerate(column) if c)
    assert Shattering(points, (Q(0),) * n, linear).holds(program)


@pytest.mark.parametrize("k", [1, 2, 3])
def test_unions_of_intervals(k):
    """VC dimension 2k: 2k thresholds with weights 1 and -1; the output has no parameters of its own."""
    assert least_failing([Cells(2 * k, 0, 2 * k, 1)]) - 1 >= 2 * k
    threshold = activation("threshold")
    steps = []
    for i in range(2 * k):
        steps += [("sub", 2 * k, i), ("piecewise", 2 * k + 1 + len(steps), 0)]
    ends = [2 * k + 2 + 2 * i for i in range(2 * k)]
    total = ends[0]
    for i in range(1, 2 * k):
        steps.append(("sub" if i % 2 else "add", total, ends[i]))
        total = 2 * k + len(steps)
    program = Program(2 * k, 1, tuple(steps), (threshold,), total)
    points = tuple((Q(j),) for j in range(2 * k))
    table = []
    for number in range(1 << 2 * k):
        chosen = [bool(number >> j & 1) for j in range(2 * k)]
        ends = [
            Q(j) - Q(1, 2) for j, (a, b) in enumerate(itertools.pairwise([False, *chosen, False])) if a != b
        ]
        table.append(tuple(ends + [Q(100)] * (2 * k - len(ends))))
    assert Shattering(points, table=tuple(table)).holds(program)


def test_a_wrong_shattering_does_not_hold():
    program = program_of(net(1, out(1)))
    points = ((Q(0),), (Q(1),))
    right = Shattering(points, (Q(0), Q(0)), ((1, 0, Q(1)), (0, 1, Q(1)), (0, 0, Q(-1))))
    assert right.holds(program)
    for wrong in (
        Shattering(points, (Q(0), Q(0)), ((1, 0, Q(1)), (0, 1, Q(1)))),
        Shattering(points, (Q(0), Q(2)), right.linear),
        Shattering((*points, (Q(2),)), table=((Q(1), Q(1)),) * 8),
    ):
        assert not wrong.holds(program)


@pytest.mark.parametrize("network", SMALL, ids=lambda x: str(x.layers[0]) + x.layers[0].f.name)
def test_the_sandwich(network):
    upper, lower = upper_bound(network), lower_bound(network)
    assert 1 <= lower.value <= upper.value
    if lower.shattering is not None:
        m = len(lower.shattering.points)
        assert m == lower.value
        assert lower.shattering.holds(lower.program)


def test_the_search_finds_more_and_the_same_again():
    network = net(2, hidden(Dense(3, 2)), out(3))
    found = searched(network, path_bound(network).value)
    assert found.value >= 4  # three units and a bias: independent features
    assert found == searched(network, 3)
    assert found.shattering.holds(found.program)


def labellings(weights, points, f):
    """The number of labellings of integer points by a network of free layers with random integer parameters."""
    seen = set()
    for parameters in weights:
        h = points
        for k, (M, b) in enumerate(parameters):
            h = h @ M.T + b
            h = f(h) if k < len(parameters) - 1 else h
        seen.add(tuple((h[:, 0] > 0).tolist()))
    return len(seen)


def random_parameters(rng, shapes, number):
    for _ in range(number):
        yield [(rng.integers(-9, 10, (a, b)), rng.integers(-9, 10, a)) for a, b in shapes]


def growth_is_never_exceeded(number):
    rng = np.random.default_rng(7)
    functions = {"relu": lambda h: np.maximum(h, 0), "threshold": lambda h: (h > 0).astype(int)}
    for n, k, name in (
        (1, 1, "relu"),
        (1, 2, "threshold"),
        (2, 1, "relu"),
        (1, 2, "relu"),
        (1, 1, "threshold"),
    ):
        bound = upper_bound(net(n, hidden(Dense(k, n), name), out(k)))
        for m in (3, 5, 8):
            points = rng.integers(-6, 7, (m, n))
            found = labellings(random_parameters(rng, [(k, n), (1, k)], number), points, functions[name])
            top, e = growth(bound.cells, m)
            assert found <= top * 2**e
            assert found <= 2 ** float(bound.log2_growth(m))


def test_random_parameters_never_exceed_the_growth_bound():
    growth_is_never_exceeded(1000)


@pytest.mark.accept
def test_very_many_random_parameters_never_exceed_the_growth_bound():
    growth_is_never_exceeded(10**5)


def test_random_rational_parameters_never_exceed_the_growth_bound():
    """A layer with learned operators and its denominator, at exact parameters."""
    network = net(2, hidden(SubdiagonalLDR(2, 1)), out(2))
    bound, family = upper_bound(network), SubdiagonalLDR(2, 1)
    points = [(1, 0), (0, 1), (1, 1), (-2, 1), (3, -1)]
    seen = set()
    for seed in range(150):
        values = {
            "layer 1 weights": [x for s in family.slots() for x in family.example(seed)[s.name].reshape(-1)]
        }
        values |= {"layer 1 bias": [QQ(seed % 7 - 3), QQ(seed % 5 - 2)]}
        values |= {"layer 2 weights": [QQ(seed % 3 - 1), QQ(1)], "layer 2 bias": [QQ(seed % 11 - 5)]}
        relu = lambda f, y: y if y > 0 else QQ(0)  # noqa: E731
        seen.add(tuple(forward(network, values, [QQ(c) for c in x], QQ, relu)[0] > 0 for x in points))
    top, e = growth(bound.cells, len(points))
    assert 2 < len(seen) <= top * 2**e
