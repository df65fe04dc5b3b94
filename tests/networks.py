"""Networks for the tests of bounds: net(inputs, layers), hidden(family, f), out(inputs); SMALL ones of every kind."""

from ldrtheory.bounds.layers import Convolution, Linear, Recurrent
from ldrtheory.bounds.network import Network
from ldrtheory.families import (
    Butterfly,
    Dense,
    Householder,
    LowRank,
    SubdiagonalLDR,
    Toeplitz,
)


def net(n, *layers):
    return Network(n, layers)


def out(n, bias=True):
    return Linear(Dense(1, n), bias=bias)


def hidden(family, f="relu", **options):
    return Linear(family, activation=f, **options)


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
