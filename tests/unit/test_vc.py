"""The VC dimension from both sides: classes whose dimension is known, shattered sets, brute force on tiny networks."""

import itertools
import math
from fractions import Fraction as Q

import numpy as np
import pytest

from ldrtheory import QQ
from ldrtheory.bounds.activations import activation
from ldrtheory.bounds.layers import LSTM, Attention, Convolution, Linear, Recurrent
from ldrtheory.bounds.network import Network
from ldrtheory.bounds.vc.forward import blocks, forward
from ldrtheory.bounds.vc.growth import Cells, growth, least_failing
from ldrtheory.bounds.vc.lower import lower_bound, path_bound, stairs_bound
from ldrtheory.bounds.vc.program import Program, program_of
from ldrtheory.bounds.vc.rows import has_ones, keeps_first, witness_of
from ldrtheory.bounds.vc.search import searched
from ldrtheory.bounds.vc.shattering import Shattering
from ldrtheory.bounds.vc.steps import _COMMON, cells, common_degree, steps
from ldrtheory.bounds.vc.upper import UpperBound, sigmoid_bound, upper_bound
from ldrtheory.families import (
    DCT,
    DFT,
    FAMILIES,
    Butterfly,
    Cauchy,
    Dense,
    Householder,
    LowRank,
    SubdiagonalLDR,
    Toeplitz,
    TridiagonalLDR,
)


def net(n, *layers):
    return Network(n, layers)


def out(n, bias=True):
    return Linear(Dense(1, n), bias=bias)


def hidden(family, f="relu", **options):
    return Linear(family, activation=f, **options)


# ---- classes whose VC dimension is known -----------------------------------------------------------------------


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


# ---- networks: the sandwich, and brute force -------------------------------------------------------------------

SMALL = [
    net(1, hidden(Dense(2, 1)), out(2)),
    net(2, hidden(Dense(2, 2)), out(2)),
    net(2, hidden(Dense(3, 2), "threshold"), out(3)),
    net(2, hidden(Dense(2, 2), "hard_tanh", bias=False), out(2)),
    net(2, hidden(Toeplitz(2)), out(2)),
    net(4, hidden(Butterfly(4), "leaky_relu"), out(4)),
    net(3, hidden(SubdiagonalLDR(3, 1)), out(3)),
    net(3, hidden(SubdiagonalLDR(3, 1, True)), hidden(LowRank(3, 1)), out(3, bias=False)),
    net(4, Convolution(1, 2, 2, (4,), stride=2, activation="relu"), out(4)),
    net(6, Recurrent(Toeplitz(2), Dense(2, 2), repeat=3, activation="relu"), out(2)),
    net(2, hidden(Dense(2, 2), share="a"), hidden(Dense(2, 2), share="a"), out(2)),
    net(3, hidden(Householder(3, 2)), out(3)),
]


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


# ---- degrees, denominators, steps ------------------------------------------------------------------------------


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


# ---- no bound, with its reason; sigmoid units ------------------------------------------------------------------


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


# ---- rows and programs -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_witnesses_have_the_row_that_they_promise(name):
    for family in itertools.islice(FAMILIES[name].up_to(4), 12):
        witness = witness_of(family)
        if witness is None:
            continue
        w = [QQ(3 * j * j - 7 * j + 2) for j in range(family.shape[1])]
        p = family.read(witness.at(family, w, QQ.zero), QQ)
        assert list(family.entries(p, QQ)[0]) == w


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_what_keeps_the_first_unit_does(name):
    for family in itertools.islice(FAMILIES[name].up_to(4), 8):
        if keeps_first(family) and family.shape[1] > 1:
            network = net(
                family.shape[1],
                hidden(Dense(family.shape[1], family.shape[1])),
                hidden(family),
                out(family.shape[0]),
            )
            found = path_bound(network)
            assert found.value == family.shape[1] + 1
            assert found.shattering is not None


def ones_of(family):
    """Parameters whose matrix should be all ones, by the sentence of has_ones."""
    p = family.filled(lambda: QQ.one)
    name, n = type(family).__name__, family.shape[1]
    if name == "ToeplitzPlusHankel":
        p["h"][:] = QQ.zero
    elif name == "ToeplitzLike":
        p["G"][:], p["H"][:] = QQ.zero, QQ.zero
        p["G"][:, 0], p["H"][n - 1, 0] = QQ(2), QQ.one
    elif name == "LowRank":
        p["U"][:, 1:] = p["V"][:, 1:] = QQ.zero
    elif name in ("SubdiagonalLDR", "TridiagonalLDR"):
        for key in p:
            p[key][:] = QQ.zero
        p["G"][:, 0] = p["H"][:, 0] = QQ.one
        if not family.krylov:
            p["A" if name == "SubdiagonalLDR" else "A_main"][:] = QQ.one
    elif name == "Kaleidoscope":
        L = family.size.bit_length() - 1
        for t in range(2 * family.width * L):
            if not L <= t < 2 * L:
                p["offdiagonal"][t, :] = QQ.zero
    elif name == "DiagonalCirculant":
        p["c"][1:, 1:] = QQ.zero
    elif name == "ToeplitzProduct":
        for k in range(2, family.factors + 1):
            p[f"t{k}"][:] = QQ.zero
            p[f"t{k}"][n - 1] = QQ.one
    return p


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_what_has_ones_has_the_matrix_of_ones(name):
    for family in itertools.islice(FAMILIES[name].up_to(4), 12):
        if has_ones(family):
            entries = family.entries(family.read(ones_of(family), QQ), QQ)
            assert all(x == 1 for x in entries.flat), family


@pytest.mark.parametrize("name", ["relu", "hard_tanh", "threshold"])
@pytest.mark.parametrize("bias", [True, False])
def test_stairs_are_independent_features(name, bias):
    """The matrix of the docstring at points t_i = 4i, thresholds 4j - 1 (hard_tanh saturates), and its determinant."""
    k, f = 6, activation(name)
    points = range(0 if bias else 1, k + 1)
    rows = [[f(Q(4 * i - (4 * j - 1))) for j in range(1, k + 1)] + [Q(1)] * bias for i in points]
    assert np.linalg.matrix_rank(np.array(rows, dtype=float)) == k + bias
    hidden_layer = hidden(Toeplitz(k), name)
    assert stairs_bound(net(k, hidden_layer, out(k, bias))).value == k + bias
    assert stairs_bound(net(k, hidden(Dense(k, k)), hidden_layer, out(k, bias))).value == k + bias


def test_where_there_are_no_stairs():
    for network in (
        net(3, out(3)),
        net(3, hidden(Dense(3, 3), bias=False), out(3)),
        net(3, hidden(Dense(3, 3), "leaky_relu"), out(3)),
        net(3, hidden(Cauchy(3)), out(3)),
        net(3, hidden(Dense(3, 3), "threshold"), hidden(Dense(3, 3)), out(3)),
        net(6, hidden(Dense(3, 3), positions=2), out(6)),
        net(3, hidden(Dense(3, 3), share="a"), hidden(Dense(3, 3), share="a"), out(3)),
    ):
        assert stairs_bound(network).value == 0


def test_stairs_agree_with_the_search():
    network = net(2, hidden(Dense(7, 2)), out(7))
    assert stairs_bound(network).value == 8
    assert searched(network, 7).value >= 8


@pytest.mark.parametrize("network", SMALL, ids=lambda x: str(x.layers[0]) + x.layers[0].f.name)
def test_the_program_is_the_network(network):
    program = program_of(network)
    values, theta = {}, []
    for name, (family, size) in blocks(network).items():
        part = [QQ(3 * k + 1) / (k + 2) for k in range(size)]
        if family is not None:
            p = family.example(5)
            part = [x for s in family.slots() for x in np.asarray(p[s.name], dtype=object).reshape(-1)]
        values[name] = part
        theta += [Q(int(x.p), int(x.q)) for x in part]
    x = [Q(k * k - 3) for k in range(network.inputs)]
    apply = lambda f, y: QQ(f(Q(int(y.p), int(y.q))))  # noqa: E731
    (y,) = forward(network, values, [QQ(v) for v in x], QQ, apply)
    assert program.run(theta, x) == Q(int(y.p), int(y.q))
