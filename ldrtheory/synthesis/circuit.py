"""Linear circuits: gates that add two multiples of earlier values, and the matrices they compute.

Circuit         inputs, gates (alpha, i, beta, j), outputs; gate number k has id inputs + k and the value
                alpha * value(i) + beta * value(j)
from_matrix, from_sparse_product    circuits of matrices, by balanced trees of additions
from_data       the JSON form {"inputs": n, "gates": [[alpha, i, beta, j], ...], "outputs": [ids]}

The size s of a circuit counts its inputs; the depth of an input is 0 and of a gate one more than that of its operands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ldrtheory.errors import BadInput, ShapeMismatch
from ldrtheory.exactstrings import shortened
from ldrtheory.linalg import Array, zeros
from ldrtheory.rings import QQ, Ring, ring_of
from ldrtheory.synthesis.entries import Entries, read_entries
from ldrtheory.synthesis.sparse import read_layers

Gate = tuple[Any, int, Any, int]


def _is_id(x: Any) -> bool:
    return isinstance(x, int | np.integer) and not isinstance(x, bool)


@dataclass(frozen=True, eq=False)
class Circuit:
    """A linear circuit over an exact field; its matrix has one row for each output, one column for each input.

    inputs      n >= 1; their ids are 0..n-1
    gates       tuples (alpha, i, beta, j); i and j are earlier ids and may be equal
    outputs     a list of ids: inputs and repetitions are allowed
    ring        the field of alpha and beta; by default the smallest that holds them

    Raises BadInput naming the gate that uses itself or a later one, and the output that does not exist.

    >>> Circuit(2, [(1, 0, 2, 1), (3, 2, 0, 2)], [3, 0]).matrix().tolist()
    [[3, 6], [1, 0]]
    """

    inputs: int
    gates: Sequence[Gate]
    outputs: Sequence[int]
    ring: Ring | None = None

    def __post_init__(self) -> None:
        if not _is_id(self.inputs) or self.inputs < 1:
            raise BadInput(
                f"a circuit with {shortened(self.inputs)} inputs; wanted a whole number of at least 1."
            )
        given = [self._shaped(k, gate) for k, gate in enumerate(self.gates)]
        ring = self.ring
        if ring is None:
            ring = ring_of([x for alpha, _, beta, _ in given for x in (alpha, beta)]) if given else QQ
            object.__setattr__(self, "ring", ring)
        gates = tuple((ring(alpha), int(i), ring(beta), int(j)) for alpha, i, beta, j in given)
        object.__setattr__(self, "gates", gates)
        total = self.inputs + len(gates)
        outputs = tuple(self.outputs)
        if not outputs:
            raise BadInput("a circuit without outputs; wanted a list of at least one id.")
        for k, out in enumerate(outputs):
            if not _is_id(out) or not 0 <= out < total:
                raise BadInput(f"output {k} is the id {shortened(out)}; wanted an id from 0 to {total - 1}.")
        object.__setattr__(self, "outputs", tuple(int(out) for out in outputs))

    def _shaped(self, k: int, gate: Any) -> Gate:
        here = self.inputs + k
        if not isinstance(gate, tuple | list) or len(gate) != 4:
            raise BadInput(f"gate {k} (id {here}) is {shortened(gate)}; wanted [alpha, i, beta, j].")
        for operand in (gate[1], gate[3]):
            if not _is_id(operand) or operand < 0:
                raise BadInput(
                    f"gate {k} (id {here}) uses {shortened(operand)}; wanted ids from 0 to {here - 1}."
                )
            if operand >= here:
                what = "itself" if operand == here else f"the later id {operand}"
                raise BadInput(
                    f"gate {k} (id {here}) uses {what}; wanted ids from 0 to {here - 1}: reorder the gates."
                )
        return tuple(gate)

    @property
    def field(self) -> Ring:
        """The field of the coefficients."""
        return QQ if self.ring is None else self.ring

    @property
    def shape(self) -> tuple[int, int]:
        """(m, n): the numbers of outputs and of inputs."""
        return len(self.outputs), self.inputs

    @property
    def size(self) -> int:
        """s, the number of inputs and gates."""
        return self.inputs + len(self.gates)

    @cached_property
    def depths(self) -> list[int]:
        """The depth of every id."""
        depths = [0] * self.inputs
        for _, i, _, j in self.gates:
            depths.append(1 + max(depths[i], depths[j]))
        return depths

    @property
    def depth(self) -> int:
        """d, the largest depth of an id."""
        return max(self.depths)

    def evaluate(self, x: Sequence[Any] | Array) -> list[Any]:
        """Return the values of the outputs for the given values of the inputs."""
        if len(x) != self.inputs:
            raise ShapeMismatch(f"{len(x)} values for a circuit with {self.inputs} inputs.")
        values = list(x)
        for alpha, i, beta, j in self.gates:
            values.append(alpha * values[i] + beta * values[j])
        return [values[out] for out in self.outputs]

    def matrix(self) -> Array:
        """Return the m x n matrix: the value of each output as a combination of the inputs."""
        rows: list[dict[int, Any]] = [{i: self.field.one} for i in range(self.inputs)]
        for alpha, i, beta, j in self.gates:
            row = {k: alpha * x for k, x in rows[i].items()}
            for k, x in rows[j].items():
                row[k] = row[k] + beta * x if k in row else beta * x
            rows.append({k: x for k, x in row.items() if x != 0})
        out = zeros(self.field, *self.shape)
        for r, gate in enumerate(self.outputs):
            for k, x in rows[gate].items():
                out[r, k] = x
        return out

    def pruned(self) -> Circuit:
        """Return the circuit without gates that no output depends on, and without operands of coefficient zero."""
        simple: list[Gate] = []
        for alpha, i, beta, j in self.gates:
            if beta == 0:
                j = i if alpha != 0 else 0
            if alpha == 0:
                i = j
            simple.append((alpha, i, beta, j))
        needed = [False] * self.size
        for out in self.outputs:
            needed[out] = True
        for k in range(len(simple) - 1, -1, -1):
            if needed[self.inputs + k]:
                needed[simple[k][1]] = needed[simple[k][3]] = True
        new = list(range(self.inputs))
        kept: list[Gate] = []
        for k, (alpha, i, beta, j) in enumerate(simple):
            new.append(self.inputs + len(kept))
            if needed[self.inputs + k]:
                kept.append((alpha, new[i], beta, new[j]))
        return Circuit(self.inputs, kept, [new[out] for out in self.outputs], self.field)

    def graph(self) -> Any:
        """Return the circuit as a networkx.DiGraph: an edge operand -> gate carries `weight`, a node its `depth`.

        The graph has `inputs` and `outputs` as attributes; equal operands share one edge of weight alpha + beta.
        """
        import networkx

        G = networkx.DiGraph(inputs=self.inputs, outputs=list(self.outputs))
        G.add_nodes_from((k, {"depth": depth}) for k, depth in enumerate(self.depths))
        for k, (alpha, i, beta, j) in enumerate(self.gates):
            for operand, weight in [(i, alpha + beta)] if i == j else [(i, alpha), (j, beta)]:
                G.add_edge(operand, self.inputs + k, weight=weight)
        return G

    def operations(self) -> tuple[int, int]:
        """Return the numbers of multiplications (by neither 0, 1 nor -1) and of additions."""
        coefficients = [x for alpha, _, beta, _ in self.gates for x in (alpha, beta)]
        multiplications = sum(not (x == 0 or x == 1 or x == -1) for x in coefficients)
        return multiplications, sum(alpha != 0 and beta != 0 for alpha, _, beta, _ in self.gates)


def _combine(gates: list[Gate], inputs: int, terms: list[tuple[Any, int]], ring: Ring) -> int:
    """Append gates for the sum of (coefficient, id) terms, as a balanced tree; return the id of the sum."""
    if len(terms) == 1 and terms[0][0] == 1:
        return terms[0][1]
    if len(terms) < 2:
        a, i = terms[0] if terms else (ring.zero, 0)
        gates.append((a, i, ring.zero, i))
        return inputs + len(gates) - 1
    while len(terms) > 1:
        paired = []
        for (a, i), (b, j) in zip(terms[::2], terms[1::2]):
            gates.append((a, i, b, j))
            paired.append((ring.one, inputs + len(gates) - 1))
        terms = paired + terms[2 * len(paired) :]
    return terms[0][1]


def _through_layers(layers: Sequence[Entries]) -> Circuit:
    ring, inputs = layers[0].ring, layers[0].shape[1]
    gates: list[Gate] = []
    wires = list(range(inputs))
    for layer in layers:
        rows: list[list[tuple[Any, int]]] = [[] for _ in range(layer.shape[0])]
        for r, c, x in zip(layer.rows.tolist(), layer.columns.tolist(), layer.values):
            rows[r].append((x, wires[c]))
        wires = [_combine(gates, inputs, terms, ring) for terms in rows]
    return Circuit(inputs, gates, wires, ring)


def from_matrix(source: Any, ring: Ring | None = None) -> Circuit:
    """Return a circuit for a matrix (dense, nested lists or scipy sparse), each row a balanced tree of its entries.

    >>> from_matrix([[1, 2, 0], [0, 1, 0]]).depth
    1
    """
    return _through_layers([read_entries(source, ring)])


def from_sparse_product(factors: Sequence[Any], ring: Ring | None = None) -> Circuit:
    """Return a circuit for a product of matrices, the leftmost applied last.

    Raises ShapeMismatch naming both neighbours where shapes do not chain.
    """
    return _through_layers(read_layers(factors, ring))


def from_data(data: Any, ring: Ring | None = None, where: str = "circuit") -> Circuit:
    """Return the circuit of {"inputs": n, "gates": [[alpha, i, beta, j], ...], "outputs": [ids]}; raise BadInput."""
    names = ("inputs", "gates", "outputs")
    if not isinstance(data, dict) or set(data) != set(names):
        raise BadInput(f"{where}: {shortened(data)}; wanted an object with exactly {', '.join(names)}.")
    for name in names[1:]:
        if not isinstance(data[name], Iterable) or isinstance(data[name], str | dict):
            raise BadInput(f"{where}: {name} is {shortened(data[name])}; wanted a list.")
    try:
        return Circuit(data["inputs"], list(data["gates"]), list(data["outputs"]), ring)
    except BadInput as error:
        raise type(error)(f"{where}: {error}") from error
