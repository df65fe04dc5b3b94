"""Reading a torch.nn.Sequential; the only module that imports torch.

layers_of   the number of inputs, and the layers
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from ldrtheory.bounds.activations import ACTIVATIONS, IDENTITY, Activation
from ldrtheory.bounds.derived import read_family
from ldrtheory.bounds.layers import Convolution, Layer, Linear
from ldrtheory.errors import BadInput, ShapeMismatch, unknown_name
from ldrtheory.families import Dense, Family

Choice = Mapping[int | str, Family | str] | Sequence[Family | str | None] | None
_NAMES = {
    "ReLU": "relu", "LeakyReLU": "leaky_relu", "Hardtanh": "hard_tanh", "Identity": "identity",
    "Sigmoid": "sigmoid", "Tanh": "tanh", "Softmax": "softmax",
}  # fmt: skip
_SILENT = ("Dropout", "Dropout1d", "Dropout2d", "Flatten")  # what changes no number when the network is used


def layers_of(module: Any, families: Choice, grid: tuple[int, ...] | None) -> tuple[int, tuple[Layer, ...]]:
    """Return (inputs, layers) of a torch.nn.Sequential; see Network.from_torch."""
    try:
        from torch import nn
    except ImportError as error:
        raise BadInput("torch is not installed; install it, or describe the network in TOML.") from error
    if not isinstance(module, nn.Sequential):
        raise BadInput(f"got a {type(module).__name__}; wanted a torch.nn.Sequential.")
    chosen = _chosen(families, [name for name, _ in module.named_children()])
    drafts: list[tuple[dict[str, Any], Activation]] = []
    for k, (name, child) in enumerate(module.named_children()):
        kind = type(child).__name__
        if kind in _SILENT:
            continue
        if kind in _NAMES:
            if not drafts or drafts[-1][1] is not IDENTITY:
                raise BadInput(f"{kind} at {name!r} follows no Linear or convolution; wanted one before it.")
            drafts[-1] = (drafts[-1][0], _activation(child, kind))
            continue
        family = chosen.get(k, chosen.get(name))
        if isinstance(child, nn.Linear):
            shape = (child.out_features, child.in_features)
            drafts.append(
                ({"matrix": _fitting(family, shape, name), "bias": child.bias is not None}, IDENTITY)
            )
        elif isinstance(child, nn.Conv1d | nn.Conv2d):
            drafts.append((_convolution(child, family, name), IDENTITY))
        else:
            raise BadInput(
                f"{kind} at {name!r} is not understood; wanted Linear, Conv1d, Conv2d, "
                f"{', '.join((*_NAMES, *_SILENT))}."
            )
    layers: list[Layer] = []
    for draft, f in drafts:
        if "kernel" in draft:
            if grid is None:
                raise BadInput("a convolution needs the sides of its input; give input=(32, 32), say.")
            layer: Layer = Convolution(**draft, input=grid, activation=f)
            grid = layer.grid  # type: ignore[attr-defined]
        else:
            layer = Linear(**draft, activation=f)
        layers.append(layer)
    if not layers:
        raise BadInput("the Sequential has no layers with weights; wanted at least one.")
    return layers[0].inputs, tuple(layers)


def _chosen(families: Choice, names: list[str]) -> dict[int | str, Family]:
    if families is None:
        return {}
    pairs = families.items() if isinstance(families, Mapping) else enumerate(families)
    out = {key: read_family(family) for key, family in pairs if family is not None}
    for key in out:
        if key not in names and not (isinstance(key, int) and 0 <= key < len(names)):
            raise unknown_name("layer", str(key), [*names, *map(str, range(len(names)))])
    return out


def _activation(child: Any, kind: str) -> Activation:
    f = ACTIVATIONS[_NAMES[kind]]
    if kind == "LeakyReLU" and child.negative_slope != 0.01:
        return Activation(f"leaky_relu({child.negative_slope})", 1, 1)
    if kind == "Hardtanh" and (child.min_val, child.max_val) != (-1.0, 1.0):
        return Activation(f"hard_tanh({child.min_val}, {child.max_val})", 2, 1)
    return f


def _fitting(family: Family | None, shape: tuple[int, int], name: str) -> Family:
    if family is None:
        return Dense(*shape)
    if family.shape != shape:
        raise ShapeMismatch(
            f"{family} is {family.shape}, but the layer {name!r} is {shape}; change its sizes."
        )
    return family


def _convolution(child: Any, family: Family | None, name: str) -> dict[str, Any]:
    padding = child.padding
    plain = all(x == 1 for x in child.dilation) and child.groups == 1 and not isinstance(padding, str)
    if not plain or child.padding_mode != "zeros":
        raise BadInput(
            f"the convolution {name!r} has dilation, groups or a padding by name; wanted none, and zeros as padding."
        )
    shape = (child.out_channels, child.in_channels * math.prod(child.kernel_size))
    return {
        "channels_in": child.in_channels,
        "channels_out": child.out_channels,
        "kernel": tuple(child.kernel_size),
        "stride": tuple(child.stride),
        "padding": tuple(padding),
        "matrix": _fitting(family, shape, name),
        "bias": child.bias is not None,
    }
