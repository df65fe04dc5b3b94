"""Layers with several matrices.

Recurrent   h <- f(U h + W x_t), for t = 1, ..., repeat
LSTM        four gates of that kind; counted only, for gates are no piecewise polynomials
Attention   four projections; counted only, for softmax is none
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ldrtheory.bounds.layers.layer import Block, Layer, Stage, Weights, check_family, count, whole
from ldrtheory.errors import BadInput, ShapeMismatch
from ldrtheory.families import Dense, Family


@dataclass(frozen=True)
class Recurrent(Layer):
    """h <- f(U h + W x_t + b) for t = 1, ..., repeat, from h = 0; U and W are in families, the same for all t."""

    matrix: Family
    input_matrix: Family

    places = 1

    def _check(self) -> None:
        check_family(self.matrix)
        check_family(self.input_matrix)
        (m, n), (k, _) = self.matrix.shape, self.input_matrix.shape
        if not m == n == k:
            raise ShapeMismatch(
                f"a recurrent layer wants a square matrix and an input matrix with as many rows; got {self.matrix}, "
                f"which is {m} x {n}, and {self.input_matrix}, which has {k} rows."
            )

    @property
    def inputs(self) -> int:
        return self.input_matrix.shape[1] * self.repeat

    def weights(self) -> tuple[Weights, ...]:
        return (
            Weights(self.matrix, self.copies, self.repeat - 1),
            Weights(self.input_matrix, self.copies, self.repeat),
        )

    @property
    def bias_additions(self) -> int:
        return self.biases * self.repeat + self.copies * self.outputs * (self.repeat - 1)

    def stages(self, name: str) -> Iterator[Stage]:
        weights = Block(f"{name} weights", self.matrix, count(self.matrix))
        direct = Block(f"{name} input weights", self.input_matrix, count(self.input_matrix))
        bias = self._bias(name)
        yield Stage(self.outputs, self.f, direct, bias=bias)
        for _ in range(self.repeat - 1):
            yield Stage(self.outputs, self.f, weights, direct, bias)

    def dense(self) -> Layer:
        return replace(self, matrix=Dense(*self.shape), input_matrix=Dense(*self.input_matrix.shape))

    def __str__(self) -> str:
        return f"{type(self).__name__}({self.matrix}, {self.input_matrix})"


@dataclass(frozen=True)
class LSTM(Recurrent):
    """Four gates of U h + W x_t + b each; the output is the last h."""

    copies = 4
    nonlinearity = "gates"

    def counted_only(self) -> str | None:
        return (
            "an LSTM multiplies sigmoid and tanh gates with each other, which are not piecewise polynomials"
        )


@dataclass(frozen=True)
class Attention(Layer):
    """Query, key, value and output projections, each d x d from one family, on `positions` tokens of d numbers."""

    matrix: Family
    positions: int

    copies = 4
    nonlinearity = "softmax"

    def _check(self) -> None:
        check_family(self.matrix)
        whole("positions", self.positions)
        m, n = self.matrix.shape
        if m != n:
            raise ShapeMismatch(
                f"projections map tokens to tokens, so they are square; {self.matrix} is {m} x {n}."
            )

    @property
    def places(self) -> int:
        return self.positions

    def stages(self, name: str) -> Iterator[Stage]:
        raise BadInput(f"attention does not unroll into stages: {self.counted_only()}.")

    def counted_only(self) -> str | None:
        return "attention multiplies queries with keys and takes a softmax, which is no piecewise polynomial"

    def __str__(self) -> str:
        return f"attention({self.matrix}, {self.positions} tokens)"
