"""The other operators: identity, zero, any dense matrix, block diagonal sums; and reading all kinds back.

Identity, Zero, Dense, Blocks       the kinds
identity, zero, dense, blocks       their makers
from_spec                           the operator that certificate data describe, of any kind
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ldrtheory.claims import decode_number, encode_matrix
from ldrtheory.errors import BadInput, ShapeMismatch, unknown_name
from ldrtheory.linalg import Array
from ldrtheory.operators.banded import diagonal, path, shift, subdiagonal, tridiagonal
from ldrtheory.operators.operator import Operator, Terms, parameter
from ldrtheory.rings import Ring


@dataclass(frozen=True, repr=False)
class Identity(Operator):
    """I."""

    def terms(self, n: int) -> Terms:
        yield from ((i, i, 1) for i in range(n))

    def spec(self) -> dict[str, Any]:
        return {"op": "identity"}

    def text(self) -> str:
        return "identity"

    def latex(self) -> str:
        return "I"

    @property
    def T(self) -> Operator:
        return self


@dataclass(frozen=True, repr=False)
class Zero(Operator):
    """The zero matrix."""

    def terms(self, n: int) -> Terms:
        yield from ()

    def spec(self) -> dict[str, Any]:
        return {"op": "zero"}

    def text(self) -> str:
        return "zero"

    def latex(self) -> str:
        return "0"

    @property
    def T(self) -> Operator:
        return self


@dataclass(frozen=True, repr=False, eq=False)
class Dense(Operator):
    """Any square matrix, entry by entry."""

    entries: Array = field(default_factory=lambda: np.empty((0, 0), dtype=object))

    def terms(self, n: int) -> Terms:
        for i in range(n):
            for j in range(n):
                yield i, j, self.entries[i, j]

    def times(self, M: Array, ring: Ring) -> Array:
        return self.matrix(ring, M.shape[0]) @ M

    def rtimes(self, M: Array, ring: Ring) -> Array:
        return M @ self.matrix(ring, M.shape[1])

    def spec(self) -> dict[str, Any]:
        return {"op": "dense", "entries": encode_matrix(self.entries)}

    def text(self) -> str:
        return (
            f"dense:{self.source[0]}" if self.source else f"dense[{len(self.entries)} x {len(self.entries)}]"
        )

    def latex(self) -> str:
        return r"\text{dense}"

    def values(self) -> tuple[Any, ...]:
        return tuple(self.entries.flat)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dense) and np.array_equal(self.entries, other.entries)

    def __hash__(self) -> int:
        return hash(self.entries.shape)


@dataclass(frozen=True, repr=False)
class Blocks(Operator):
    """The block diagonal sum of operators of the given sizes."""

    parts: tuple[Operator, ...] = ()
    sizes: tuple[int, ...] = ()

    def terms(self, n: int) -> Terms:
        start = 0
        for part, k in zip(self.parts, self.sizes):
            yield from ((start + i, start + j, x) for i, j, x in part.terms(part.sized(k)))
            start += k

    def spec(self) -> dict[str, Any]:
        return {"op": "blocks", "blocks": [p.spec() for p in self.parts], "sizes": list(self.sizes)}

    def text(self) -> str:
        return f"blocks({', '.join(p.text() for p in self.parts)}; {', '.join(map(str, self.sizes))})"

    def latex(self) -> str:
        return r" \oplus ".join(p.latex() for p in self.parts)

    def values(self) -> tuple[Any, ...]:
        return tuple(x for p in self.parts for x in p.values())


_NAMES = (
    "shift", "identity", "zero", "diagonal", "subdiagonal", "tridiagonal", "path", "dense", "blocks", "transpose",
)  # fmt: skip


def identity(n: int | None = None) -> Operator:
    """Return I."""
    return Identity(size=n)


def zero(n: int | None = None) -> Operator:
    """Return the zero operator."""
    return Zero(size=n)


def dense(entries: Any) -> Operator:
    """Return the operator with the given square array of entries."""
    table = np.array(entries, dtype=object)
    if table.ndim != 2 or table.shape[0] != table.shape[1] or not table.size:
        raise ShapeMismatch(f"a dense operator wants a square matrix; got shape {table.shape}.")
    for index in np.ndindex(table.shape):
        table[index] = parameter(table[index])
    return Dense(table, size=table.shape[0])


def blocks(parts: Sequence[Operator], sizes: Sequence[int]) -> Operator:
    """Return the block diagonal sum of `parts` with the given sizes."""
    if len(parts) != len(sizes) or not parts or any(k < 1 for k in sizes):
        raise ShapeMismatch(
            f"blocks wants one positive size for each operator; got {len(parts)} operators, sizes {list(sizes)}."
        )
    for part, k in zip(parts, sizes):
        part.sized(k)
    return Blocks(tuple(parts), tuple(sizes), size=sum(sizes))


def from_spec(spec: dict[str, Any], ring: Ring, n: int | None = None) -> Operator:
    """Return the operator that certificate data describe, entries read into `ring`.

    n: the size, needed only for a subdiagonal without its corner.  Raises BadInput for data of another form.
    """
    if not isinstance(spec, dict) or not isinstance(spec.get("op"), str):
        raise BadInput(f'an operator is an object such as {{"op": "shift", "corner": 1}}; got {spec!r}.')
    try:
        return _from_spec(spec, ring, n)
    except (KeyError, TypeError) as error:
        raise BadInput(
            f"operator {spec['op']!r} is not complete ({error}); see docs/certificate-format.md."
        ) from None


def _from_spec(spec: dict[str, Any], ring: Ring, n: int | None) -> Operator:
    def number(x: Any) -> Any:
        return decode_number(x, ring)

    def numbers(xs: Sequence[Any]) -> list[Any]:
        return [number(x) for x in xs]

    kind = spec.get("op")
    if kind == "shift":
        return shift(f=number(spec["corner"]))
    if kind == "identity":
        return identity()
    if kind == "zero":
        return zero()
    if kind == "diagonal":
        return diagonal(numbers(spec["values"]))
    if kind == "subdiagonal":
        return subdiagonal(numbers(spec["values"]), n)
    if kind == "tridiagonal":
        corners = (number(spec.get("top_right", 0)), number(spec.get("bottom_left", 0)))
        return tridiagonal(numbers(spec["sub"]), numbers(spec["main"]), numbers(spec["super"]), *corners)
    if kind == "path":
        return path(number(spec["first"]), number(spec["last"]))
    if kind == "dense":
        return dense([numbers(row) for row in spec["entries"]])
    if kind == "blocks":
        return blocks([from_spec(s, ring, k) for s, k in zip(spec["blocks"], spec["sizes"])], spec["sizes"])
    if kind == "transpose":
        return from_spec(spec["of"], ring, n).T
    raise unknown_name("operator", str(kind), _NAMES)
