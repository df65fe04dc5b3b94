"""What can be built. Each kind knows its shape and field, its construction, its cost, and how it is claimed.

Source              the common face: kind, name, shape, ring, construct(), stated(), costs()
Origin              the file a source was read from
Construction        a built product with the reason for its form and the published bound to compare with
MatrixSource, PermutationSource, CircuitSource, ProductSource, GivenSource     the kinds
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from ldrtheory.building.bounds import (
    Bound,
    cheapest,
    circuit_bound,
    low_rank_bound,
    permutation_bound,
    product_bound,
    sparse_bound,
)
from ldrtheory.claims import encode_number
from ldrtheory.kaleidoscopes import KaleidoscopeProduct
from ldrtheory.linalg import Array
from ldrtheory.rings import Ring
from ldrtheory.synthesis import (
    Circuit,
    Entries,
    compile_circuit,
    forms,
    from_sparse_product,
    multiplied,
    permutation,
    serial_sum,
    sparse_product,
    sparse_unexpanded,
)
from ldrtheory.synthesis.chains import parameters, refuse_beyond_memory, size_for

Json = dict[str, Any]
Row = dict[int, Any]


@dataclass(frozen=True)
class Origin:
    """The file a source was read from: path, sha256 of its bytes, the member of a container file.

    plain   whether the checker reads this very file as the source, entry by entry
    """

    path: Path
    sha256: str
    tensor: str | None = None
    plain: bool = False


@dataclass(frozen=True, eq=False)
class Construction:
    """A product, the name of its form, the reason for it, and the published bound."""

    product: KaleidoscopeProduct
    form: str
    why: str
    bound: Bound


@dataclass(frozen=True, eq=False)
class Source(ABC):
    """Something that can be written as a kaleidoscope.

    name    as a user writes it: a file name, "DFT(8)", or "array" for a Python value
    origin  the file, None for names and Python values
    """

    kind: ClassVar[str]
    name: str
    origin: Origin | None

    @property
    @abstractmethod
    def ring(self) -> Ring:
        """The field of the entries."""

    @property
    @abstractmethod
    def shape(self) -> tuple[int, int]:
        """(m, n)."""

    @abstractmethod
    def construct(self) -> Construction:
        """Return the kaleidoscope, with the reason for its form."""

    @abstractmethod
    def stated(self) -> Json:
        """Return the source as a subject of a certificate, by value."""

    def filed(self) -> str | None:
        """Return the name under which the checker reads the source's file, None where it reads a matrix."""
        return None

    @abstractmethod
    def rows(self) -> Sequence[Row]:
        """Return the rows of the matrix as {column: nonzero entry}."""

    def circuit_cost(self) -> tuple[int, int] | None:
        """Return the multiplications and additions of the circuit, None where the source is none."""
        return None

    def costs(self) -> dict[str, tuple[int, int] | None]:
        """Return (multiplications, additions) of the dense, the sparse and the circuit form.

        Multiplications by 1 and -1 cost nothing in the sparse form and in the circuit.
        """
        m, n = self.shape
        multiplications = additions = 0
        for row in self.rows():
            multiplications += sum(not (x == 1 or x == -1) for x in row.values())
            additions += max(0, len(row) - 1)
        return {
            "dense": (m * n, m * (n - 1)),
            "sparse": (multiplications, additions),
            "circuit": self.circuit_cost(),
        }


def entry_rows(entries: Entries) -> list[Row]:
    """Return the rows of a matrix given by its entries."""
    rows: list[Row] = [{} for _ in range(entries.shape[0])]
    for r, c, x in zip(entries.rows.tolist(), entries.columns.tolist(), entries.values):
        rows[r][c] = x
    return rows


def by_value(shape: tuple[int, int], rows: Sequence[Row]) -> Json:
    """Return the subject given by its nonzero entries, or by all of them where most are not zero."""
    if 2 * sum(map(len, rows)) > shape[0] * shape[1]:
        return {
            "entries": [[encode_number(row[c]) if c in row else 0 for c in range(shape[1])] for row in rows]
        }
    nonzeros = [[r, c, encode_number(x)] for r, row in enumerate(rows) for c, x in row.items()]
    return {"shape": list(shape), "nonzeros": nonzeros}


@dataclass(frozen=True, eq=False)
class MatrixSource(Source):
    """A matrix by its nonzero entries: the cheapest exact form is recognised and built."""

    kind = "matrix"
    entries: Entries

    @property
    def ring(self) -> Ring:
        return self.entries.ring

    @property
    def shape(self) -> tuple[int, int]:
        return self.entries.shape

    def construct(self) -> Construction:
        found = forms(self.entries)
        narrow = next(form for form in found if form.width <= 2)
        # more width than any sparse matrix needs is taken only where it halves the stored numbers
        best = next(form for form in found if form is narrow or 2 * form.parameters <= narrow.parameters)
        others = [form for form in found if form is not best]
        why = f"{best.why}: {best.parameters} stored numbers"
        if others:
            other = others[0]
            why += f"; as {other.name}, in width {other.width} and size {other.size}, {other.parameters}"
        bounds = [sparse_bound(self.entries.count, self.shape)]
        if best.rank is not None:
            bounds.append(low_rank_bound(best.rank, self.shape))
        if best.name == "permutation":
            bounds.append(permutation_bound(self.shape[0]))
        return Construction(best.build(), best.name, f"{why}.", cheapest(bounds))

    def stated(self) -> Json:
        return by_value(self.shape, self.rows())

    def rows(self) -> Sequence[Row]:
        return entry_rows(self.entries)


@dataclass(frozen=True, eq=False)
class PermutationSource(Source):
    """A permutation p, out[p[i]] = in[i]: routed through the switches of BB*."""

    kind = "permutation"
    p: Array
    field: Ring

    @property
    def ring(self) -> Ring:
        return self.field

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.p), len(self.p)

    def construct(self) -> Construction:
        product = permutation(self.p, self.field)
        why = (
            f"routed through {len(product.factors)} columns of switches: {product.parameters} stored numbers, 0 and 1 "
            f"only; as a sparse matrix {parameters(2, product.size)}."
        )
        return Construction(product, "permutation", why, permutation_bound(len(self.p)))

    def stated(self) -> Json:
        return {"permutation": self.p.tolist()}

    def filed(self) -> str | None:
        return "permutation"

    def rows(self) -> Sequence[Row]:
        return [{i: self.field.one} for i in np.argsort(self.p).tolist()]

    def circuit_cost(self) -> tuple[int, int]:
        return 0, 0


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
        refuse_beyond_memory(2, size_for(max(self.shape)), f"a circuit with {self.shape[1]} inputs")
        product = compile_circuit(self.circuit)
        used = self.circuit.pruned()
        why = (
            f"compiled from depth {used.depth}, {used.inputs} inputs and {len(used.gates)} gates in use: "
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
        return {"circuit": {"inputs": c.inputs, "gates": gates, "outputs": list(c.outputs)}}

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
        d, slots = len(self.factors), max(factor.slots for factor in self.factors)
        layered = parameters(2 * d, size_for(slots))
        words = f"{d} factors of width 2 in one size for {slots} slots: {layered}"
        other = f"every factor split into summands with at most n entries: {bound.parameters}"
        if layered <= bound.parameters:
            return Construction(
                sparse_product(self.factors), "sparse product", f"{words} stored numbers; {other}.", bound
            )
        refuse_beyond_memory(bound.width, bound.size, f"a product of {d} sparse matrices")
        n = max(max(shape) for shape in shapes)
        built = multiplied(*(split(factor, n) for factor in self.factors))
        return Construction(built, "product of sums", f"{other} stored numbers; {words}.", bound)

    def stated(self) -> Json:
        return {"product": [by_value(factor.shape, entry_rows(factor)) for factor in self.factors]}

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


@dataclass(frozen=True, eq=False)
class GivenSource(Source):
    """A kaleidoscope that is built already: a Python value, or a named transform.

    entries     the matrix it is claimed to be, by its definition; None: its own corner
    """

    kind = "named"
    product: KaleidoscopeProduct
    form: str
    why: str
    bound: Bound
    entries: Entries | None = None

    @property
    def ring(self) -> Ring:
        return self.product.field

    @property
    def shape(self) -> tuple[int, int]:
        return self.product.shape

    def construct(self) -> Construction:
        return Construction(self.product, self.form, self.why, self.bound)

    def stated(self) -> Json:
        return by_value(self.shape, self.rows())

    def rows(self) -> Sequence[Row]:
        return self.product.rows() if self.entries is None else entry_rows(self.entries)
