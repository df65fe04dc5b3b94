"""A planned network: inputs, layers, and what its output means.

Network     layers whose sizes chain; `from_torch` reads a torch.nn.Sequential
blocks of a Network are named after `share`, or after the number of the layer
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ldrtheory.bounds.layers import Layer, Stage, count, whole
from ldrtheory.errors import BadInput, ShapeMismatch, unknown_name
from ldrtheory.families import Family

OUTPUTS: Final = ("binary", "vector")
MOST_STAGES: Final = 1024  # unrolled steps that sign patterns are counted for
MOST_LAYERS: Final = 4096


@dataclass(frozen=True)
class Network:
    """Layers applied one after the other.

    inputs      numbers that the first layer takes
    output      "binary": the classifier is 1[y > 0] for the one number y that comes out; "vector": anything else

    >>> from ldrtheory.bounds.layers import Linear
    >>> from ldrtheory.families import Dense, Toeplitz
    >>> Network(3, (Linear(Toeplitz(3), activation="relu"), Linear(Dense(1, 3)))).parameters
    12
    """

    inputs: int
    layers: tuple[Layer, ...]
    output: str = "binary"

    def __post_init__(self) -> None:
        whole("inputs", self.inputs)
        if self.output not in OUTPUTS:
            raise unknown_name("output", str(self.output), OUTPUTS)
        object.__setattr__(self, "layers", tuple(self.layers))
        if not 1 <= len(self.layers) <= MOST_LAYERS:
            raise BadInput(f"the network has {len(self.layers)} layers; wanted 1 to {MOST_LAYERS} of them.")
        width, before = self.inputs, f"the network has {self.inputs} inputs"
        for k, layer in enumerate(self.layers, 1):
            name = f"layer {k} ({layer})"
            if layer.inputs != width:
                raise ShapeMismatch(
                    f"{layer.place}{name} takes {layer.inputs} inputs, but {before}; change one of the sizes."
                )
            width, before = layer.outputs, f"{name} gives {layer.outputs}"
        self._check_output()
        self._check_shared()

    def _check_output(self) -> None:
        last = self.layers[-1]
        if self.output != "binary":
            return
        if last.outputs != 1:
            raise ShapeMismatch(
                f"{last.place}a binary output is the sign of one number, but layer {len(self.layers)} ({last}) gives "
                f'{last.outputs}; add a layer with one row, or say output = "vector".'
            )
        if last.f.name != "identity":
            raise BadInput(
                f"{last.place}a binary output is the sign of the last layer's number, so that layer's activation is "
                f"identity; got {last.f.name} (an increasing function does not change which labels are possible)."
            )

    def _check_shared(self) -> None:
        first: dict[str, int] = {}
        for k, layer in enumerate(self.layers):
            if layer.share is None:
                continue
            other = self.layers[first.setdefault(layer.share, k)]
            mine, theirs = ([(w.family, w.copies) for w in x.weights()] + [x.bias] for x in (layer, other))
            if mine != theirs:
                raise ShapeMismatch(
                    f"{layer.place}layers that share parameters ({layer.share!r}) have the same family and bias; "
                    f"got {other} with bias = {str(other.bias).lower()} for layer {first[layer.share] + 1} and "
                    f"{layer} with bias = {str(layer.bias).lower()} for layer {k + 1}."
                )

    def name(self, k: int) -> str:
        """Return the name under which the parameters of layer k (from 0) are counted."""
        return self.layers[k].share or f"layer {k + 1}"

    def own(self) -> tuple[bool, ...]:
        """Return for each layer whether its parameters are counted there, or were with an earlier layer."""
        names = [self.name(k) for k in range(len(self.layers))]
        return tuple(name not in names[:k] for k, name in enumerate(names))

    @property
    def parameters(self) -> int:
        """The number of distinct parameters, biases included."""
        return sum(
            layer.biases + sum(w.copies * count(w.family) for w in layer.weights())
            for layer, own in zip(self.layers, self.own())
            if own
        )

    def stages(self) -> tuple[Stage, ...]:
        """Return the unrolled network.  Raises BadInput where a layer does not unroll, or beyond 1024 steps."""
        steps = sum(layer.repeat for layer in self.layers)
        if steps > MOST_STAGES:
            raise BadInput(f"the network unrolls into {steps} steps; wanted at most {MOST_STAGES}.")
        return tuple(stage for k, layer in enumerate(self.layers) for stage in layer.stages(self.name(k)))

    def dense(self) -> Network:
        """Return the network with every weight matrix unstructured."""
        return Network(self.inputs, tuple(layer.dense() for layer in self.layers), self.output)

    @classmethod
    def from_torch(
        cls,
        module: Any,
        families: Mapping[int | str, Family | str] | Sequence[Family | str | None] | None = None,
        *,
        input: tuple[int, ...] | None = None,
        output: str | None = None,
    ) -> Network:
        """Return the network that a torch.nn.Sequential of Linear, Conv1d, Conv2d and activations computes.

        families: for some layers (by position or name in the Sequential) the family, or its
        text, to plan instead of a free matrix.
        input: the sides of the image or signal, where the first layer is a convolution.
        output: "binary" (the default where one number comes out) or "vector".
        Raises BadInput for modules outside this list, naming the first.
        """
        from ldrtheory.bounds.from_torch import layers_of

        inputs, layers = layers_of(module, families, input)
        single = layers[-1].outputs == 1 and layers[-1].f.name == "identity"
        return cls(inputs, layers, output or ("binary" if single else "vector"))
