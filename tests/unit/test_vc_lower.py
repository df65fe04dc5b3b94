"""Lower bounds: the rows, units and stairs that shattered sets are made of, and programs against networks."""

import itertools
from fractions import Fraction as Q

import numpy as np
import pytest

from ldrtheory import QQ
from ldrtheory.bounds.activations import activation
from ldrtheory.bounds.vc.forward import blocks, forward
from ldrtheory.bounds.vc.lower import path_bound, stairs_bound
from ldrtheory.bounds.vc.program import program_of
from ldrtheory.bounds.vc.rows import has_ones, keeps_first, witness_of
from ldrtheory.bounds.vc.search import searched
from ldrtheory.families import (
    FAMILIES,
    Butterfly,
    Cauchy,
    Dense,
    Householder,
    LowRank,
    SubdiagonalLDR,
    Toeplitz,
)
from tests.networks import SMALL, hidden, net, out


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


def test_the_free_classes_have_rows_units_and_ones():
    """What the three tests above pass over is not what they are about."""
    for family in (Dense(3, 3), Toeplitz(3), Butterfly(4), LowRank(3, 1), SubdiagonalLDR(3, 1)):
        assert witness_of(family) is not None
        assert keeps_first(family)
        assert has_ones(family)
    assert witness_of(Cauchy(3)) is None
    assert not keeps_first(Cauchy(3))
    assert not has_ones(Householder(3, 1))


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
