"""What every layer of a planned network supplies.

Layer       its family of weights, sizes, biases, activation, sharing and repetition; how it unrolls.  What is written
            here holds for one matrix at any number of places; a layer states its fields, `places`, and what differs
Weights     one weight matrix of a layer: its family, how many copies there are, how often each is applied
Block       parameters seen by the counting of sign patterns
Stage       one step of the unrolled network: units, weights, activation
whole, count, check_family      an integer in a range; the parameters of a family; a family
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Final

from ldrtheory.bounds.activations import IDENTITY, Activation, activation
from ldrtheory.errors import BadInput, ShapeMismatch
from ldrtheory.exactstrings import shortened
from ldrtheory.families import Dense, Family

LARGEST: Final = 10**12  # units, positions and repetitions


def whole(what: str, x: Any, least: int = 1, most: int = LARGEST) -> int:
    """Return x if it is an integer from least to most; raise BadInput naming `what` otherwise."""
    if isinstance(x, bool) or not isinstance(x, int) or not least <= x <= most:
        raise BadInput(f"{what} is {shortened(x)}; wanted an integer from {least} to {most}.")
    return x


@dataclass(frozen=True)
class Weights:
    """Matrices of one family: `copies` of them with parameters of their own, each applied `applications` times."""

    family: Family
    copies: int = 1
    applications: int = 1


@dataclass(frozen=True)
class Block:
    """Parameters that a stage sees: of the weights of a family (None: biases), all of one name being the same."""

    name: str
    family: Family | None
    parameters: int


@dataclass(frozen=True)
class Stage:
    """One step of the unrolled network.

    units       outputs, every position counted
    weights     the block that multiplies the previous stage's outputs
    direct      the block that multiplies the network's inputs, for recurrent steps
    bias        the block of biases
    """

    units: int
    activation: Activation
    weights: Block
    direct: Block | None = None
    bias: Block | None = None


@dataclass(frozen=True, kw_only=True)
class Layer(ABC):
    """Common to all layers; each has a field `matrix` besides.

    copies      how many matrices of the family it has, each with parameters of its own
    bias        whether every output channel has a bias of its own
    activation  an Activation, its name, or {"pieces": ..., "degree": ...}
    share       layers with the same name here share their parameters
    repeat      how often the layer is applied, with the same parameters
    place       where it was read, for messages
    """

    copies: ClassVar[int] = 1

    bias: bool = True
    activation: Activation | str | dict[str, int] = IDENTITY
    share: str | None = None
    repeat: int = 1
    place: str = field(default="", compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "activation", activation(self.activation))
        if not isinstance(self.bias, bool):
            raise BadInput(f"bias is {shortened(self.bias)}; wanted true or false.")
        if self.share is not None and not isinstance(self.share, str):
            raise BadInput(f"share is {shortened(self.share)}; wanted a name.")
        whole("repeat", self.repeat)
        self._check()

    @property
    def f(self) -> Activation:
        """The activation."""
        return self.activation  # type: ignore[return-value]

    @property
    def nonlinearity(self) -> str:
        """What follows the matrices, in words."""
        return self.f.name

    @property
    def family(self) -> Family:
        """The family of the (first) weight matrix: the field `matrix`, which every layer has."""
        return self.matrix  # type: ignore[attr-defined]

    @property
    @abstractmethod
    def places(self) -> int:
        """At how many places the matrix is applied, to numbers of their own, with the same parameters."""

    @property
    def inputs(self) -> int:
        """Numbers that go in."""
        return self.shape[1] * self.places

    @property
    def outputs(self) -> int:
        """Numbers that come out, which are the units of its last step."""
        return self.shape[0] * self.places

    @property
    def shape(self) -> tuple[int, int]:
        """(outputs, inputs) of the (first) weight matrix."""
        return self.family.shape

    def weights(self) -> tuple[Weights, ...]:
        """Return the weight matrices of one forward pass, repetitions included in `applications`."""
        return (Weights(self.family, self.copies, self.places * self.repeat),)

    @property
    def biases(self) -> int:
        """How many biases it has."""
        return self.copies * self.shape[0] * self.bias

    @property
    def bias_additions(self) -> int:
        """How many additions of biases, and of one product to another, one forward pass does."""
        return self.biases * self.places * self.repeat

    def stages(self, name: str) -> Iterator[Stage]:
        """Yield the unrolled steps; blocks are called after `name`."""
        weights = Block(f"{name} weights", self.family, count(self.family))
        bias = self._bias(name)
        for _ in range(self.repeat):
            yield Stage(self.outputs, self.f, weights, bias=bias)

    def _bias(self, name: str) -> Block | None:
        return Block(f"{name} bias", None, self.biases) if self.bias else None

    def dense(self) -> Layer:
        """Return the layer with every weight matrix unstructured."""
        return replace(self, matrix=Dense(*self.shape))  # type: ignore[call-arg]

    def _check(self) -> None:
        if self.repeat > 1 and self.inputs != self.outputs:
            raise ShapeMismatch(
                f"repeat = {self.repeat} applies the layer to its own outputs, so it wants as many inputs as outputs; "
                f"{self.family} takes {self.inputs} and gives {self.outputs}."
            )

    def counted_only(self) -> str | None:
        """Return why the layer has no place in the counting of sign patterns, None where it has."""
        return None

    def __str__(self) -> str:
        return str(self.family)


def count(family: Family) -> int:
    """Return the number of parameters of a family, at any size."""
    return sum(math.prod(slot.shape) for slot in family.slots())


def check_family(value: Any) -> None:
    if not isinstance(value, Family):
        raise BadInput(f"a layer's weights are {shortened(value)}; wanted a family such as Toeplitz(8).")
