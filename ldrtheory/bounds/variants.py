"""Networks like a given one, with one size changed: what the plots of a plan compare.

widths      the network with all sizes multiplied
depths      with copies of a square hidden layer added
ranks       with another rank in every layer that has one
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any, Final

from ldrtheory.bounds.layers import Layer, Linear
from ldrtheory.bounds.network import Network
from ldrtheory.errors import LdrTheoryError
from ldrtheory.families import Family

FACTORS: Final = tuple(Fraction(2) ** k for k in range(-3, 4))
ADDED: Final = (0, 1, 2, 4, 8)
RANKS: Final = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32)


def widths(network: Network) -> Iterator[tuple[int, Network]]:
    """Yield (inputs, network) with every size but 1 multiplied by a power of 2, where all families allow it."""

    def scaled(x: int, factor: Fraction) -> int:
        if x == 1:
            return 1
        y = x * factor
        if y.denominator != 1 or y < 2:
            raise ValueError
        return int(y)

    for factor in FACTORS:

        def change(layer: Layer, factor: Fraction = factor) -> Layer:
            sizes = _sizes(layer.family)
            for name in ("n", "rows", "columns"):
                if sizes.get(name) is not None:
                    sizes[name] = scaled(sizes[name], factor)
            return _with(layer, sizes)

        try:
            made = _changed(network, change, scaled(network.inputs, factor))
        except ValueError:
            continue
        if made is not None:
            yield made.inputs, made


def depths(network: Network) -> Iterator[tuple[int, Network]]:
    """Yield (layers, network) with 0, 1, 2, 4, 8 more copies of the first square hidden layer, not shared."""
    for k, layer in enumerate(network.layers[:-1]):
        if isinstance(layer, Linear) and layer.inputs == layer.outputs and layer.share is None:
            for more in ADDED:
                layers = network.layers[:k] + (layer,) * more + network.layers[k:]
                yield len(layers), Network(network.inputs, layers, network.output)
            return


def ranks(network: Network) -> Iterator[tuple[int, Network]]:
    """Yield (rank, network) with this rank in every layer that has one."""
    if not any("rank" in _sizes(layer.family) for layer in network.layers):
        return
    for rank in RANKS:

        def change(layer: Layer, rank: int = rank) -> Layer:
            sizes = _sizes(layer.family)
            return _with(layer, sizes | {"rank": rank}) if "rank" in sizes else layer

        made = _changed(network, change, network.inputs)
        if made is not None:
            yield rank, made


def _sizes(family: Family) -> dict[str, Any]:
    return dict(family._sizes())


def _with(layer: Layer, sizes: dict[str, Any]) -> Layer:
    if not isinstance(layer, Linear):
        raise ValueError
    return dataclasses.replace(layer, matrix=type(layer.matrix)(**sizes))


def _changed(network: Network, change: Callable[[Layer], Layer], inputs: int) -> Network | None:
    """The network of changed layers, None where they do not exist or do not chain."""
    try:
        return Network(inputs, tuple(map(change, network.layers)), network.output)
    except (LdrTheoryError, ValueError):
        return None
