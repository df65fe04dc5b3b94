"""Linear circuits and products of sparse matrices as sources.

CircuitSource       a circuit, compiled layer by layer
ProductSource       a product of sparse matrices, in one size or with its factors split
split               a sparse matrix as a serial sum
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from ldrtheory.building.bounds import circuit_bound, product_bound
from ldrtheory.building.kinds import Construction, Json, Origin, Row, Source, affordable, by_value, entry_rows
from ldrtheory.claims import encode_number, subject_by_circuit, subject_by_product
from ldrtheory.kaleidoscopes import KaleidoscopeProduct
from ldrtheory.rings import Ring
from ldrtheory.synthesis import (
    Circuit,
    Entries,
    compile_circuit,
    from_sparse_product,
    layers,
    multiplied,
    serial_sum,
    sparse_product,
    sparse_unexpanded,
)
from ldrtheory.synthesis.chains import parameters, size_for


@dataclass(frozen=True, eq=False)
class CircuitSource(Source):
    """A linear circuit: compiled layer by layer."""

    kind = "circuit"
    circuit: Circuit

    @property
    def ring(self) -> Ring:
        return self.circuit.field

    @property
    def shape(self) -> tuple[int, int]:
        return self.circuit.shape

    def construct(self) -> Construction:
        what = f"a circuit with {self.shape[1]} inputs"
        N = size_for(max(self.shape))
        affordable(parameters(2, N), 2, N, what)  # before anything of that size is allocated
        used = self.circuit.pruned()
        width = 2 * max(1, used.depth)
        affordable(parameters(width, N), width, N, f"{what} and depth {used.depth}")
        N = size_for(max(layer.slots for layer in layers(used)))
        affordable(parameters(width, N), width, N, f"{what} and depth {used.depth}")
        product = compile_circuit(used)
        why = (
            f"depth {used.depth}, inputs {used.inputs}, gates in use {len(used.gates)}: "
            f"{product.parameters} stored numbers; {self._as_sparse()}."
        )
        return Construction(product, "compiled circuit", why, circuit_bound(self.circuit))

    def _as_sparse(self) -> str:
        n = self.shape[1]
        rows = list(self.rows())
        columns = {c for row in rows for c in row}
        slots = sum(map(len, rows)) + max(sum(not row for row in rows), n - len(columns))
        N = size_for(slots)
        return f"its matrix as a sparse one would store {parameters(2, N)} in width 2 and size {N}"

    def stated(self) -> Json:
        c = self.circuit
        gates = [[encode_number(a), i, encode_number(b), j] for a, i, b, j in c.gates]
        return subject_by_circuit({"inputs": c.inputs, "gates": gates, "outputs": list(c.outputs)})

    def filed(self) -> str | None:
        return "circuit"

    def rows(self) -> Sequence[Row]:
        M = self.circuit.matrix()
        return [{int(c): M[r, c] for c in np.flatnonzero(M[r] != 0)} for r in range(len(M))]

    def circuit_cost(self) -> tuple[int, int]:
        return self.circuit.operations()


@dataclass(frozen=True, eq=False)
class ProductSource(Source):
    """A product of sparse matrices, the leftmost applied last.

    factors     over one field, shapes that chain
    parts       the files of the factors, None where a factor was given by its rows
    """

    kind = "sparse-product"
    factors: tuple[Entries, ...]
    parts: tuple[Origin | None, ...]

    @property
    def ring(self) -> Ring:
        return self.factors[0].ring

    @property
    def shape(self) -> tuple[int, int]:
        return self.factors[0].shape[0], self.factors[-1].shape[1]

    def construct(self) -> Construction:
        shapes = [factor.shape for factor in self.factors]
        counts = [factor.count for factor in self.factors]
        bound = product_bound(shapes, counts, self.shape)
        d, N = len(self.factors), size_for(max(max(shape) for shape in shapes))
        what = f"a product of {d} sparse matrices"
        affordable(parameters(2 * d, N), 2 * d, N, what)  # before anything of that size is allocated
        slots = max(factor.slots for factor in self.factors)
        layered = parameters(2 * d, size_for(slots))
        words = f"{d} factors of width 2 in one size for {slots} slots: {layered}"
        N = size_for(slots)
        affordable(min(layered, bound.parameters), 2 * d, N, what)
        other = f"every factor split into summands with at most n entries: {bound.parameters}"
        if layered <= bound.parameters:
            return Construction(
                sparse_product(self.factors), "sparse product", f"{words} stored numbers; {other}.", bound
            )
        n = max(max(shape) for shape in shapes)
        built = multiplied(*(split(factor, n) for factor in self.factors))
        return Construction(built, "product of sums", f"{other} stored numbers; {words}.", bound)

    def stated(self) -> Json:
        return subject_by_product([by_value(factor.shape, entry_rows(factor)) for factor in self.factors])

    def rows(self) -> Sequence[Row]:
        return reduce(_rows_times, (entry_rows(factor) for factor in self.factors))

    def circuit_cost(self) -> tuple[int, int]:
        return from_sparse_product(self.factors).operations()


def split(entries: Entries, n: int) -> KaleidoscopeProduct:
    """Return a sparse matrix as a serial sum of matrices with at most n entries each, n at least its larger side."""
    pieces = [
        sparse_unexpanded(
            Entries(
                entries.rows[at : at + n],
                entries.columns[at : at + n],
                entries.values[at : at + n],
                entries.shape,
                entries.ring,
            )
        )
        for at in range(0, max(1, entries.count), n)
    ]
    return pieces[0] if len(pieces) == 1 else serial_sum(*pieces)


def _rows_times(left: Sequence[Row], right: Sequence[Row]) -> list[Row]:
    out = []
    for row in left:
        total: Row = {}
        for k, a in row.items():
            for j, x in right[k].items():
                total[j] = total[j] + a * x if j in total else a * x
        out.append({j: x for j, x in total.items() if x != 0})
    return out
