"""How one number passes through a network: read by one unit of the first layer, handed on by one unit of each other.

Path        the inputs that are read, and what every layer does
Pass        what one layer does
path_of     the path of a network, None where there is none
carries     whether one input reaches a layer as an increasing function of itself
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from ldrtheory.bounds.activations import Activation
from ldrtheory.bounds.layers import Convolution, Layer, Linear, Recurrent
from ldrtheory.bounds.network import Network
from ldrtheory.bounds.vc.forward import source
from ldrtheory.bounds.vc.rows import every_row, keeps_first

INCREASING: Final = ("leaky_relu", "identity", "sigmoid", "tanh")
SIGNED: Final = ("relu", "leaky_relu", "hard_tanh", "identity", "threshold", "tanh")
CARRYING: Final = ("relu", "leaky_relu", "hard_tanh", "identity", "tanh")  # increasing on [0, 1], and 0 at 0
State = tuple[Fraction, Fraction] | str | None  # what is known of the values for the labels 1 and -1


@dataclass(frozen=True)
class Pass:
    """One layer of a path.

    unit    the column of the 1 in the first row of its matrix; None for the layer that reads
    bias    the bias of its first unit; that of the layer that reads is the first label instead
    """

    unit: int | None
    bias: Fraction


@dataclass(frozen=True)
class Path:
    """A path through a network.

    places, columns     the inputs that are read, and the columns of the first matrix that read them
    layers              what every layer does
    """

    places: tuple[int, ...]
    columns: tuple[int, ...]
    layers: tuple[Pass, ...]


def path_of(network: Network) -> Path | None:
    """Return a path: one unit of the first layer reads an arbitrary row, one unit of every other layer hands it on."""
    taken: set[str] = set()
    for k in range(len(network.layers)):
        if network.name(k) in taken:
            return None  # a shared layer would have to read and to pass on, or to pass from two places
        taken.add(network.name(k))
    first = network.layers[0]
    read = _reading(first)
    if read is None or (first.repeat > 1 and not isinstance(first, Recurrent)):
        return None
    places, columns, spot = read
    state = _through((Fraction(1), Fraction(-1)), first.f)
    layers = [Pass(None, Fraction(0))]
    for layer in network.layers[1:]:
        if state is None or isinstance(layer, Recurrent):
            return None
        passed = _passing(layer, spot)
        if passed is None or (layer.repeat > 1 and (spot != 0 or passed[1] != 0)):
            return None
        unit, spot = passed
        if unit and not every_row(layer.family):
            return None
        bias = Fraction(0)
        if layer.bias and layer.repeat == 1:
            if isinstance(state, tuple):
                bias = -sum(state, Fraction(0)) / 2
                state = state[0] + bias, state[1] + bias
            else:
                state = "signed"
        for _ in range(layer.repeat):
            state = _through(state, layer.f)
        layers.append(Pass(unit, bias))
    good = state == "signed" or (isinstance(state, tuple) and state[0] > 0 >= state[1])
    return Path(places, columns, tuple(layers)) if good else None


def carries(network: Network, upto: int) -> bool:
    """Return whether, for inputs (t, 0, ..., 0) with 0 <= t <= 1 and suitable parameters, all units before layer `upto`
    are nonnegative multiples of one increasing function of t, or of 0, and not all of 0.

    Rows of the matrices are unit rows or have ones; biases are 0.
    """
    spot = 0
    for layer in network.layers[:upto]:
        passed = None if isinstance(layer, Recurrent) else _passing(layer, spot)
        if passed is None or layer.repeat > 1:
            return False
        unit, spot = passed
        if (unit and not every_row(layer.family)) or layer.f.name not in CARRYING:
            return False
    return True


def _through(state: State, f: Activation) -> State:
    """What is known of the two values after an activation: the values, that they have signs + and not +, or that the
    first is larger; None if nothing."""
    if isinstance(state, tuple) and f.known:
        after = f(state[0]), f(state[1])
        return after if after[0] > after[1] else None
    if isinstance(state, tuple):
        state = "signed" if state[0] > 0 >= state[1] else "ordered"
    if state == "signed" and f.name in SIGNED:
        return "signed"
    return "ordered" if f.name in INCREASING else None


def _reading(layer: Layer) -> tuple[tuple[int, ...], tuple[int, ...], int] | None:
    """(inputs read, the matrix's columns that read them, the output that holds the result) of a first layer."""
    if isinstance(layer, Recurrent):
        if not (every_row(layer.matrix) and every_row(layer.input_matrix)):
            return None
        n = layer.input_matrix.shape[1]
        return tuple(range((layer.repeat - 1) * n, layer.repeat * n)), tuple(range(n)), 0
    if not every_row(layer.family) or layer.inputs > 10**7:
        return None
    if isinstance(layer, Linear):
        return tuple(range(layer.shape[1])), tuple(range(layer.shape[1])), 0
    if isinstance(layer, Convolution):
        middle = [side // 2 for side in layer.grid]
        spot = 0
        for side, at in zip(layer.grid, middle):
            spot = spot * side + at
        offsets = list(itertools.product(*map(range, layer.kernel)))  # type: ignore[arg-type]
        area = math.prod(layer.input)
        pairs = [
            (c * area + place, c * len(offsets) + j)
            for c in range(layer.channels_in)
            for j, offset in enumerate(offsets)
            if (place := source(layer, middle, offset)) is not None
        ]
        return (tuple(p for p, _ in pairs), tuple(j for _, j in pairs), spot) if pairs else None
    return None


def _passing(layer: Layer, spot: int) -> tuple[int, int] | None:
    """(column of the unit row, the output that holds the result) with which a layer passes on its input `spot`."""
    if not keeps_first(layer.family):
        return None
    if isinstance(layer, Linear):
        rows, columns = layer.shape
        return spot % columns, spot // columns * rows
    if isinstance(layer, Convolution):
        channel, place = divmod(spot, math.prod(layer.input))
        at = []
        for side in reversed(layer.input):
            place, x = divmod(place, side)
            at.append(x)
        at.reverse()
        out, offset = 0, 0
        for x, side, k, s, p in zip(at, layer.grid, layer.kernel, layer.stride, layer.padding):  # type: ignore[arg-type]
            o = min((x + p) // s, side - 1)
            d = x + p - o * s
            if d >= k:
                return None
            out, offset = out * side + o, offset * k + d
        size = layer.shape[1] // layer.channels_in
        return channel * size + offset, out
    return None
