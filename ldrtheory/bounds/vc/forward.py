"""The function that a network computes, over any ring.

blocks      the distinct parameters of a network, in order: (name, family or None for biases, how many)
forward     the outputs at one input, from parameters in that order
member_of, listed   parameters of a family from their list, and back
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from ldrtheory.bounds.activations import Activation
from ldrtheory.bounds.layers import Convolution, Layer, Recurrent
from ldrtheory.bounds.network import Network
from ldrtheory.families import Family
from ldrtheory.linalg import Array
from ldrtheory.rings import Ring

Apply = Callable[[Activation, Any], Any]
Values = Mapping[str, Sequence[Any]]


def blocks(network: Network) -> dict[str, tuple[Family | None, int]]:
    """Return name -> (family, number of parameters), in the order in which parameters are listed."""
    out: dict[str, tuple[Family | None, int]] = {}
    for k, layer in enumerate(network.layers):
        for stage in itertools.islice(layer.stages(network.name(k)), 2):
            for block in (stage.weights, stage.direct, stage.bias):
                if block is not None:
                    out[block.name] = (block.family, block.parameters)
    return out


def member_of(family: Family, values: Sequence[Any]) -> dict[str, Any]:
    """Return parameters from their list, slot by slot, row by row."""
    p: dict[str, Any] = {}
    start = 0
    for slot in family.slots():
        part = np.empty(slot.size, dtype=object)
        part[:] = list(values[start : start + slot.size])
        p[slot.name] = part[0] if slot.shape == () else part.reshape(slot.shape)
        start += slot.size
    return p


def listed(family: Family, p: dict[str, Any]) -> list[Any]:
    """Return the list of which `member_of` gives p."""
    return [x for slot in family.slots() for x in np.asarray(p[slot.name], dtype=object).reshape(-1)]


def forward(
    network: Network,
    values: Values,
    x: Sequence[Any],
    ring: Ring,
    apply: Apply,
    upto: int | None = None,
) -> list[Any]:
    """Return the outputs of the first `upto` layers (all if None) at x.

    values: block name -> its parameters, elements of the ring.  Cost: one multiply of each family for every
    application.
    """
    h = list(x)
    for k, layer in enumerate(network.layers[:upto]):
        name = network.name(k)
        bias = list(values[f"{name} bias"]) if layer.bias else None
        if isinstance(layer, Recurrent):
            h = _recurrent(layer, name, h, values, bias, ring, apply)
        else:
            h = _repeated(layer, name, h, values, bias, ring, apply)
    return h


def _repeated(
    layer: Layer,
    name: str,
    h: list[Any],
    values: Values,
    bias: Any,
    ring: Ring,
    apply: Apply,
) -> list[Any]:
    p = member_of(layer.family, values[f"{name} weights"])
    for _ in range(layer.repeat):
        h = [apply(layer.f, y) for y in _affine(layer, p, h, bias, ring)]
    return h


def _affine(layer: Layer, p: dict[str, Any], h: list[Any], bias: Any, ring: Ring) -> list[Any]:
    columns = _patches(layer, h, ring) if isinstance(layer, Convolution) else _parts(layer, h)
    out = layer.family.multiply(p, columns, ring)
    if bias is not None:
        out = out + np.array([[b] for b in bias], dtype=object)
    return list((out if isinstance(layer, Convolution) else out.T).reshape(-1))


def _parts(layer: Layer, h: list[Any]) -> Array:
    """The positions as columns."""
    n = layer.shape[1]
    table = np.empty((n, len(h) // n), dtype=object)
    for k, x in enumerate(h):
        table[k % n, k // n] = x
    return table


def _patches(layer: Convolution, h: list[Any], ring: Ring) -> Array:
    """The patches as columns: channel by channel, then along the kernel."""
    places = list(itertools.product(*map(range, layer.grid)))
    offsets = list(itertools.product(*map(range, layer.kernel)))  # type: ignore[arg-type]
    table = np.full((layer.shape[1], len(places)), ring.zero, dtype=object)
    for c, (j, place) in itertools.product(range(layer.channels_in), enumerate(places)):
        for k, offset in enumerate(offsets):
            spot = source(layer, place, offset)
            if spot is not None:
                table[c * len(offsets) + k, j] = h[c * int(np.prod(layer.input)) + spot]
    return table


def source(layer: Convolution, place: Sequence[int], offset: Sequence[int]) -> int | None:
    """Return the index in the input grid that the patch at `place` holds at `offset`, None for padding."""
    spot = 0
    for o, d, side, s, p in zip(place, offset, layer.input, layer.stride, layer.padding):  # type: ignore[arg-type]
        at = o * s + d - p
        if not 0 <= at < side:
            return None
        spot = spot * side + at
    return spot


def _recurrent(
    layer: Recurrent,
    name: str,
    x: list[Any],
    values: Values,
    bias: Any,
    ring: Ring,
    apply: Apply,
) -> list[Any]:
    W = member_of(layer.input_matrix, values[f"{name} input weights"])
    parts = np.array(x, dtype=object).reshape(layer.repeat, -1)
    h: Any = None
    for part in parts:
        z = layer.input_matrix.multiply(W, part, ring)
        if h is not None:
            z = z + layer.matrix.multiply(member_of(layer.matrix, values[f"{name} weights"]), h, ring)
        if bias is not None:
            z = z + np.array(bias, dtype=object)
        h = np.array([apply(layer.f, y) for y in z], dtype=object)
    return list(h)
