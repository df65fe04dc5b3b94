"""A network with one hidden layer inside a network of structured blocks: the same function, certified.

HiddenLayer         x -> c + sum over b < k of alpha_b s(w_b^T x + theta_b), rational, for any activation s
BlockNetwork        the same with w_0, ..., w_(kn-1) the columns of W = [W_1 | ... | W_k], each n x n and structured
embed_network       the block network that computes what a hidden layer computes
ACTIVATIONS         exact activations by name: relu, threshold, identity, square

Column i of W_b is the weight vector of neuron b, with its bias and output weight; the other output weights are 0.
Equality of the used columns, biases and output weights is equality of the two functions for every activation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ldrtheory.bounds.approximation.columns import ColumnMap
from ldrtheory.bounds.approximation.universality import column_map, universal_columns
from ldrtheory.certify.equality import equal, operator_is, product_equals, rank_at_most
from ldrtheory.errors import BadInput, NotInvertible, ShapeMismatch, unknown_name
from ldrtheory.linalg import Array, array, identity, matmul, zeros
from ldrtheory.operators import Displacement
from ldrtheory.operators.generator import Generated
from ldrtheory.rings import QQ

Json = dict[str, Any]
Activation = Callable[[Any], Any]

ACTIVATIONS: Mapping[str, Activation] = {
    "relu": lambda t: t if t > 0 else t * 0,
    "threshold": lambda t: t * 0 + (1 if t >= 0 else 0),
    "identity": lambda t: t,
    "square": lambda t: t * t,
}


def _activation(name: str | Activation) -> Activation:
    if callable(name):
        return name
    if name not in ACTIVATIONS:
        raise unknown_name("activation", str(name), ACTIVATIONS)
    return ACTIVATIONS[name]


@dataclass(frozen=True, eq=False)
class HiddenLayer:
    """The network x -> constant + sum_b alpha_b s(w_b^T x + theta_b) over Q.

    weights (k, n), row b is w_b^T; biases (k,), output (k,), constant a number.  Exact strings are numbers too.

    >>> HiddenLayer([["1/2", 1]], [0], [3], -1)([2, 1])
    5
    """

    weights: Array
    biases: Array
    output: Array
    constant: Any = 0

    def __post_init__(self) -> None:
        for name in ("weights", "biases", "output"):
            object.__setattr__(self, name, array(QQ, getattr(self, name)))
        object.__setattr__(self, "constant", QQ(self.constant))
        if self.weights.ndim != 2 or 0 in self.weights.shape:
            raise ShapeMismatch(f"weights wants one row per neuron, (k, n); got shape {self.weights.shape}.")
        k = len(self.weights)
        for name in ("biases", "output"):
            if getattr(self, name).shape != (k,):
                raise ShapeMismatch(
                    f"{name} wants one number for each of {k} neurons; got shape {getattr(self, name).shape}."
                )

    def __call__(self, x: Any, activation: str | Activation = "relu") -> Any:
        """Return the value at x, (n,), exactly; `activation` a name or a function of one rational number."""
        s, x = _activation(activation), _point(x, self.weights.shape[1])
        inner = matmul(QQ, self.weights, x) + self.biases
        return sum((a * s(t) for a, t in zip(self.output, inner)), self.constant)


@dataclass(frozen=True, eq=False)
class BlockNetwork:
    """The network x -> constant + sum_j alpha_j s(w_j^T x + theta_j), w_j the columns of W = [W_1 | ... | W_k].

    blocks  the W_b, each with its generators; biases and output (k n,), constant a number; index: the used column i
    source  the hidden layer that it computes
    """

    blocks: tuple[Generated, ...]
    biases: Array
    output: Array
    constant: Any
    index: int
    source: HiddenLayer
    bijective: bool

    @property
    def weights(self) -> Array:
        """W = [W_1 | ... | W_k], (n, k n)."""
        return np.hstack([block.matrix for block in self.blocks])

    @property
    def parameters(self) -> int:
        """Numbers that a network of this form is free to choose: 2n for each block's generators, and 2kn + 1."""
        n = len(self.biases) // len(self.blocks)
        return len(self.blocks) * 4 * n + 1

    def __call__(self, x: Any, activation: str | Activation = "relu") -> Any:
        """Return the value at x, (n,), exactly, from all k n neurons."""
        s, W = _activation(activation), self.weights
        inner = matmul(QQ, W.T, _point(x, len(W))) + self.biases
        return sum((a * s(t) for a, t in zip(self.output, inner)), self.constant)

    def statements(self) -> tuple[Json, ...]:
        """Return what certifies that it computes its source, for every activation.

        For each block b: W_b has displacement rank at most 1, W_b e_i is the weight vector of neuron b, e_i^T theta_b
        its bias, and e_i times its output weight is alpha_b: so neuron i of the block is neuron b of the source, and
        the others have output weight 0.  At last the constants.
        """
        n, net, i = len(self.weights), self.source, self.index
        unit, d = identity(QQ, n)[:, [i]], self.blocks[0].displacement
        out: list[Json] = []
        for b, block in enumerate(self.blocks):
            own = slice(b * n, (b + 1) * n)
            out += [
                rank_at_most(block, 1),
                product_equals([block.matrix, unit], net.weights[[b]].T, QQ),
                product_equals([unit.T, self.biases[own].reshape(-1, 1)], [[net.biases[b]]], QQ),
                product_equals([unit, [[net.output[b]]]], self.output[own].reshape(-1, 1), QQ),
            ]
        out.append(equal([[self.constant]], [[net.constant]], QQ))
        if self.bijective:
            out.append(operator_is(d, (n, n), QQ))
        return tuple(out)


def embed_network(net: HiddenLayer, d: Displacement, index: int | None = None) -> BlockNetwork:
    """Return the network of blocks of displacement rank at most 1 for d that computes what `net` computes.

    index: the column that carries the weights (default: the first that a rule makes universal; any, if the operator is
    a bijection).  Cost: one column map, and one matrix for each neuron.
    Source: Zhao et al. 2017, second theorem, here with the hypotheses of `column_map` only.

    >>> from ldrtheory import Sylvester, shift
    >>> net = HiddenLayer([[1, -2], [0, 3]], [0, 1], [1, "1/2"])
    >>> blocks = embed_network(net, Sylvester(shift(f=1), shift(f=-1)))
    >>> blocks.weights.tolist(), blocks.output.tolist()
    ([[1, -2, 0, 3], [-2, 1, 3, 0]], [1, 0, 1/2, 0])
    >>> blocks([5, 7]) == net([5, 7])
    True
    """
    n = net.weights.shape[1]
    found = _column(d, n, index)
    blocks = tuple(found.at(w).value for w in net.weights)
    biases, output = zeros(QQ, len(blocks) * n), zeros(QQ, len(blocks) * n)
    biases[found.index :: n], output[found.index :: n] = net.biases, net.output
    bijective = found.rule == "invertible"
    return BlockNetwork(blocks, biases, output, net.constant, found.index, net, bijective)


def _column(d: Displacement, n: int, index: int | None) -> ColumnMap:
    if d.ring().name != QQ.name:
        raise BadInput(f"a network over Q wants rational operators; {d} is over {d.ring().name}.")
    if index is not None:
        return column_map(index, d, n, QQ)
    rules = universal_columns(d, n, QQ)
    usable = [i for i, rule in enumerate(rules) if rule is not None]
    if not usable:  # excluded by the theorem that some column is universal
        raise NotInvertible(f"no column of {n} x {n} matrices is universal for {d} by a rule of ours.")
    return column_map(usable[0], d, n, QQ)


def _point(x: Sequence[Any] | Array, n: int) -> Array:
    point = array(QQ, x)
    if point.shape != (n,):
        raise ShapeMismatch(f"a point of {n} coordinates is wanted; got shape {point.shape}.")
    return point
