"""Operator matrices: the A and B of a displacement equation, described rather than tabulated.

Operator        the contract: terms (sparse entries), matrix, times (A M), rtimes (M A), spec, text
Shift, Identity, Zero, Diagonal, Subdiagonal, Tridiagonal, Path, Dense, Blocks, Transpose      the kinds
shift, identity, zero, diagonal, subdiagonal, tridiagonal, path, dense, blocks                 their makers
from_spec       the operator that certificate data describe

An operator may leave its size open (`size` None): it then takes the size of the matrix it meets.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

import numpy as np

from ldrtheory.claims import decode_number, encode_matrix, encode_number
from ldrtheory.errors import BadInput, ShapeMismatch, unknown_name
from ldrtheory.linalg import Array, zeros
from ldrtheory.rings import Ring

Terms = Iterator[tuple[int, int, Any]]


@dataclass(frozen=True, repr=False)
class Operator(ABC):
    """A square matrix given by a rule; entries are read into whatever ring it is used over.

    size    the number of rows, or None: taken from the matrix it is applied to
    source  (file name, sha256) of the file its entries came from, if any; not part of its identity
    """

    size: int | None = field(default=None, kw_only=True)
    source: tuple[str, str] | None = field(default=None, kw_only=True, compare=False)

    @abstractmethod
    def terms(self, n: int) -> Terms:
        """Yield (row, column, value) of the entries that may be nonzero, each place at most once."""

    @abstractmethod
    def spec(self) -> dict[str, Any]:
        """Return the operator as certificate data."""

    @abstractmethod
    def text(self) -> str:
        """Return the operator in the grammar of the command line."""

    @abstractmethod
    def latex(self) -> str:
        """Return the operator as LaTeX."""

    def sized(self, n: int) -> int:
        """Return n after checking that it fits; raise ShapeMismatch if the operator has another size."""
        if n < 1:
            raise ShapeMismatch(f"{self.text()} wants at least one row; got size {n}.")
        if self.size is not None and self.size != n:
            raise ShapeMismatch(
                f"{self.text()} has size {self.size}, but meets a matrix that wants size {n}; "
                "give as many values as the matrix has rows (left operator) or columns (right operator)."
            )
        return n

    def resolved(self, n: int | None) -> int:
        """Return the size to use: the given one or the operator's own."""
        if n is None and self.size is None:
            raise ShapeMismatch(f"{self.text()} has no size of its own; say the size n.")
        return self.sized(self.size if n is None else n)  # type: ignore[arg-type]

    def matrix(self, ring: Ring, n: int | None = None) -> Array:
        """Return the operator as an n x n array over `ring`.

        >>> from ldrtheory import QQ, shift
        >>> shift(3, f=5).matrix(QQ).tolist()
        [[0, 0, 5], [1, 0, 0], [0, 1, 0]]
        """
        n = self.resolved(n)
        out = zeros(ring, n, n)
        for i, j, x in self.terms(n):
            out[i, j] = ring(x)
        return out

    def times(self, M: Array, ring: Ring) -> Array:
        """Return A M without forming A.  Cost: one row operation for each entry of A that is not zero."""
        out = zeros(ring, *M.shape)
        for i, j, x in self.terms(self.sized(M.shape[0])):
            out[i] = out[i] + M[j] * ring(x)
        return out

    def rtimes(self, M: Array, ring: Ring) -> Array:
        """Return M A without forming A."""
        out = zeros(ring, *M.shape)
        for i, j, x in self.terms(self.sized(M.shape[1])):
            out[:, j] = out[:, j] + M[:, i] * ring(x)
        return out

    def values(self) -> tuple[Any, ...]:
        """Return the parameters, from which the ring of the operator is told."""
        return ()

    @property
    def T(self) -> Operator:
        """The transpose."""
        return Transpose(self, size=self.size)

    def named(self, source: tuple[str, str] | None) -> Self:
        """Return the same operator with the file its entries came from."""
        return replace(self, source=source)

    def __repr__(self) -> str:
        return self.text()

    def _repr_latex_(self) -> str:
        return f"${self.latex()}$"


def _shown(x: Any) -> str:
    return str(x).replace(" ", "")


@dataclass(frozen=True, repr=False)
class Shift(Operator):
    """Z_f: ones below the diagonal, f in row 0, last column.  For n = 1: [f]."""

    f: Any = 0

    def terms(self, n: int) -> Terms:
        yield from ((i + 1, i, 1) for i in range(n - 1))
        yield 0, n - 1, self.f

    def spec(self) -> dict[str, Any]:
        return {"op": "shift", "corner": encode_number(self.f)}

    def text(self) -> str:
        return f"shift({_shown(self.f)})"

    def latex(self) -> str:
        return f"Z_{{{_shown(self.f)}}}"

    def values(self) -> tuple[Any, ...]:
        return (self.f,)


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


@dataclass(frozen=True, repr=False)
class Diagonal(Operator):
    """D_x: the given values on the diagonal."""

    entries: tuple[Any, ...] = ()

    def terms(self, n: int) -> Terms:
        yield from ((i, i, x) for i, x in enumerate(self.entries))

    def spec(self) -> dict[str, Any]:
        return {"op": "diagonal", "values": [encode_number(x) for x in self.entries]}

    def text(self) -> str:
        return f"diag:{self.source[0]}" if self.source else f"diag[{len(self.entries)} values]"

    def latex(self) -> str:
        return r"\operatorname{diag}(x)" if len(self.entries) > 4 else _latex_list(self.entries)

    def values(self) -> tuple[Any, ...]:
        return self.entries

    @property
    def T(self) -> Operator:
        return self


def _latex_list(values: Sequence[Any]) -> str:
    return r"\operatorname{diag}(" + ", ".join(_shown(x) for x in values) + ")"


@dataclass(frozen=True, repr=False)
class Subdiagonal(Operator):
    """Free entries on the subdiagonal [i+1, i], and optionally in the corner [0, n-1]."""

    below: tuple[Any, ...] = ()
    corner: Any = 0

    def terms(self, n: int) -> Terms:
        yield from ((i + 1, i, x) for i, x in enumerate(self.below))
        yield 0, n - 1, self.corner

    def spec(self) -> dict[str, Any]:
        return {"op": "subdiagonal", "values": [encode_number(x) for x in (*self.below, self.corner)]}

    def text(self) -> str:
        return f"subdiag:{self.source[0]}" if self.source else f"subdiag[{len(self.below) + 1} values]"

    def latex(self) -> str:
        return r"\operatorname{subdiag}(x)"

    def values(self) -> tuple[Any, ...]:
        return (*self.below, self.corner)


@dataclass(frozen=True, repr=False)
class Tridiagonal(Operator):
    """Free entries on the three middle diagonals and, for n >= 3, in both corners."""

    sub: tuple[Any, ...] = ()
    main: tuple[Any, ...] = ()
    super_: tuple[Any, ...] = ()
    top_right: Any = 0
    bottom_left: Any = 0

    def terms(self, n: int) -> Terms:
        yield from ((i + 1, i, x) for i, x in enumerate(self.sub))
        yield from ((i, i, x) for i, x in enumerate(self.main))
        yield from ((i, i + 1, x) for i, x in enumerate(self.super_))
        if n >= 3:
            yield 0, n - 1, self.top_right
            yield n - 1, 0, self.bottom_left

    def spec(self) -> dict[str, Any]:
        spec: dict[str, Any] = {
            "op": "tridiagonal",
            "sub": [encode_number(x) for x in self.sub],
            "main": [encode_number(x) for x in self.main],
            "super": [encode_number(x) for x in self.super_],
        }
        if len(self.main) >= 3:
            spec |= {
                "top_right": encode_number(self.top_right),
                "bottom_left": encode_number(self.bottom_left),
            }
        return spec

    def text(self) -> str:
        return f"tridiag:{self.source[0]}" if self.source else f"tridiag[{len(self.main)} x {len(self.main)}]"

    def latex(self) -> str:
        return r"\operatorname{tridiag}(x)"

    def values(self) -> tuple[Any, ...]:
        return (*self.sub, *self.main, *self.super_, self.top_right, self.bottom_left)


@dataclass(frozen=True, repr=False)
class Path(Operator):
    """Y_ab = Z + Z^T with a added to the first and b to the last diagonal entry."""

    first: Any = 0
    last: Any = 0

    def terms(self, n: int) -> Terms:
        if n == 1:
            yield 0, 0, self.first + self.last
            return
        yield from ((i + 1, i, 1) for i in range(n - 1))
        yield from ((i, i + 1, 1) for i in range(n - 1))
        yield 0, 0, self.first
        yield n - 1, n - 1, self.last

    def spec(self) -> dict[str, Any]:
        return {"op": "path", "first": encode_number(self.first), "last": encode_number(self.last)}

    def text(self) -> str:
        return f"path({_shown(self.first)},{_shown(self.last)})"

    def latex(self) -> str:
        return f"Y_{{{_shown(self.first)},{_shown(self.last)}}}"

    def values(self) -> tuple[Any, ...]:
        return (self.first, self.last)

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


@dataclass(frozen=True, repr=False)
class Transpose(Operator):
    """The transpose of another operator."""

    of: Operator = field(default_factory=Identity)

    def terms(self, n: int) -> Terms:
        yield from ((j, i, x) for i, j, x in self.of.terms(n))

    def times(self, M: Array, ring: Ring) -> Array:
        return self.of.rtimes(M.T, ring).T

    def rtimes(self, M: Array, ring: Ring) -> Array:
        return self.of.times(M.T, ring).T

    def spec(self) -> dict[str, Any]:
        return {"op": "transpose", "of": self.of.spec()}

    def text(self) -> str:
        return self.of.text() + "^T"

    def latex(self) -> str:
        inner = self.of.latex()
        return rf"\left({inner}\right)^T" if r"\oplus" in inner else f"{inner}^T"

    def values(self) -> tuple[Any, ...]:
        return self.of.values()

    @property
    def T(self) -> Operator:
        return self.of


def shift(n: int | None = None, *, f: Any = 0) -> Operator:
    """Return Z_f: ones below the diagonal, f in row 0, last column.  (Z_f)^n = f I.

    >>> print(shift(f=-1), shift(4, f=1).T)
    shift(-1) shift(1)^T
    """
    return Shift(f, size=n)


def identity(n: int | None = None) -> Operator:
    """Return I."""
    return Identity(size=n)


def zero(n: int | None = None) -> Operator:
    """Return the zero operator."""
    return Zero(size=n)


def diagonal(values: Sequence[Any]) -> Operator:
    """Return D_x, the diagonal operator with the given values.

    >>> from ldrtheory import QQ
    >>> diagonal([2, "1/3"]).matrix(QQ).tolist()
    [[2, 0], [0, 1/3]]
    """
    entries = tuple(values)
    return Diagonal(entries, size=_counted("diagonal", len(entries)))


def subdiagonal(values: Sequence[Any], n: int | None = None) -> Operator:
    """Return the operator with `values` on the subdiagonal.

    values: n - 1 entries [1,0], [2,1], ...; or n entries, the last being the corner [0, n-1].
    n: the size; needed only to tell the two apart (without it n = len(values), the last value being the corner).
    """
    entries = tuple(values)
    n = len(entries) if n is None else n
    if len(entries) == n and n >= 1:
        return Subdiagonal(entries[:-1], entries[-1], size=n)
    if len(entries) == n - 1:
        return Subdiagonal(entries, 0, size=n)
    raise ShapeMismatch(
        f"a subdiagonal operator of size {n} wants {n - 1} values, or {n} with the top-right corner last; "
        f"got {len(entries)}."
    )


def tridiagonal(
    sub: Sequence[Any],
    main: Sequence[Any],
    super_: Sequence[Any],
    top_right: Any = 0,
    bottom_left: Any = 0,
) -> Operator:
    """Return the tridiagonal operator with corners; corners need n >= 3.

    sub, super_: n - 1 entries.  main: n entries.  top_right: entry [0, n-1].  bottom_left: entry [n-1, 0].
    """
    n = _counted("tridiagonal", len(main))
    if len(sub) != n - 1 or len(super_) != n - 1:
        raise ShapeMismatch(
            f"a tridiagonal operator with {n} diagonal entries wants {n - 1} below and above; "
            f"got {len(sub)} and {len(super_)}."
        )
    if n < 3 and any(str(x) != "0" for x in (top_right, bottom_left)):
        raise BadInput(
            f"corners of a tridiagonal operator need n >= 3; got n = {n}: put them in sub and super."
        )
    return Tridiagonal(tuple(sub), tuple(main), tuple(super_), top_right, bottom_left, size=n)


def path(first: Any = 0, last: Any = 0, n: int | None = None) -> Operator:
    """Return Y_ab = Z + Z^T + a e_0 e_0^T + b e_{n-1} e_{n-1}^T."""
    return Path(first, last, size=n)


def dense(entries: Any) -> Operator:
    """Return the operator with the given square array of entries."""
    table = np.array(entries, dtype=object)
    if table.ndim != 2 or table.shape[0] != table.shape[1] or not table.size:
        raise ShapeMismatch(f"a dense operator wants a square matrix; got shape {table.shape}.")
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


def _counted(what: str, n: int) -> int:
    if n < 1:
        raise ShapeMismatch(f"a {what} operator wants at least one value; got none.")
    return n


def from_spec(spec: dict[str, Any], ring: Ring) -> Operator:
    """Return the operator that certificate data describe, entries read into `ring`."""

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
        return subdiagonal(numbers(spec["values"]))
    if kind == "tridiagonal":
        corners = (number(spec.get("top_right", 0)), number(spec.get("bottom_left", 0)))
        return tridiagonal(numbers(spec["sub"]), numbers(spec["main"]), numbers(spec["super"]), *corners)
    if kind == "path":
        return path(number(spec["first"]), number(spec["last"]))
    if kind == "dense":
        return dense([numbers(row) for row in spec["entries"]])
    if kind == "blocks":
        return blocks([from_spec(s, ring) for s in spec["blocks"]], spec["sizes"])
    if kind == "transpose":
        return from_spec(spec["of"], ring).T
    raise unknown_name(
        "operator", str(kind), ["shift", "identity", "zero", "diagonal", "subdiagonal", "dense"]
    )
