"""Layers that apply one matrix, at one or many places.

Linear      a matrix, at one or several positions (the weights shared between positions), repeated or not
Convolution a matrix at every patch of a grid
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from ldrtheory.bounds.layers.layer import LARGEST, Layer, check_family, whole
from ldrtheory.errors import BadInput, ShapeMismatch
from ldrtheory.families import Dense, Family


@dataclass(frozen=True)
class Linear(Layer):
    """y = f(M x + b), M in a family; with positions = P the same M acts on P parts of x one after the other.

    >>> from ldrtheory.families import Dense
    >>> layer = Linear(Dense(3, 2), positions=5, activation="relu")
    >>> layer.inputs, layer.outputs, layer.biases
    (10, 15, 3)
    """

    matrix: Family
    positions: int = 1

    @property
    def places(self) -> int:
        return self.positions

    def _check(self) -> None:
        check_family(self.matrix)
        whole("positions", self.positions)
        super()._check()


@dataclass(frozen=True)
class Convolution(Layer):
    """A matrix of shape (channels_out, channels_in * prod(kernel)) applied to every patch of a grid.

    input: the grid's sides; kernel, stride, padding: one integer, or one for each side.  family: None for a free
    kernel.  The weights are counted once, the units at every place of the output grid.

    >>> layer = Convolution(3, 8, kernel=3, input=(32, 32), padding=1, activation="relu")
    >>> layer.outputs, layer.shape, layer.weights()[0].applications
    (8192, (8, 27), 1024)
    """

    channels_in: int
    channels_out: int
    kernel: int | tuple[int, ...]
    input: tuple[int, ...]
    stride: int | tuple[int, ...] = 1
    padding: int | tuple[int, ...] = 0
    matrix: Family | None = None

    def _check(self) -> None:
        whole("channels_in", self.channels_in)
        whole("channels_out", self.channels_out)
        sides = (self.input,) if isinstance(self.input, int) else tuple(self.input)
        object.__setattr__(self, "input", tuple(whole("a side of input", x) for x in sides))
        for name, least in (("kernel", 1), ("stride", 1), ("padding", 0)):
            value = getattr(self, name)
            each = (value,) * len(sides) if isinstance(value, int) else tuple(value)
            if len(each) != len(sides):
                raise BadInput(
                    f"{name} has {len(each)} numbers and input has {len(sides)} sides; wanted as many."
                )
            object.__setattr__(self, name, tuple(whole(name, x, least) for x in each))
        for side, k, p in zip(self.input, self.kernel, self.padding):  # type: ignore[arg-type]
            if side + 2 * p < k:
                raise ShapeMismatch(
                    f"a kernel of {k} does not fit into an input of {side} with a padding of {p}; "
                    "make the kernel smaller or the padding larger."
                )
        wanted = (self.channels_out, self.channels_in * math.prod(self.kernel))  # type: ignore[arg-type]
        if max(wanted) > LARGEST:
            raise BadInput(f"the kernel's matrix is {wanted[0]} x {wanted[1]}; wanted sides up to {LARGEST}.")
        if self.matrix is None:
            object.__setattr__(self, "matrix", Dense(*wanted))
        if self.family.shape != wanted:
            raise ShapeMismatch(
                f"the kernel of {self.channels_out} channels from {self.channels_in} is a {wanted[0]} x {wanted[1]} "
                f"matrix, but {self.matrix} is {self.family.shape[0]} x {self.family.shape[1]}."
            )
        super()._check()

    @property
    def grid(self) -> tuple[int, ...]:
        """The sides of the output grid."""
        return tuple(
            (side + 2 * p - k) // s + 1
            for side, k, s, p in zip(self.input, self.kernel, self.stride, self.padding)  # type: ignore[arg-type]
        )

    @property
    def places(self) -> int:
        return math.prod(self.grid)

    @property
    def inputs(self) -> int:
        return self.channels_in * math.prod(self.input)

    def __str__(self) -> str:
        size = " x ".join(map(str, self.kernel))  # type: ignore[arg-type]
        plain = "" if isinstance(self.matrix, Dense) else f", {self.matrix}"
        return f"conv{len(self.input)}d({self.channels_in} -> {self.channels_out}, {size}{plain})"
