"""Operators with few diagonals, with or without corners.

Shift, Diagonal, Subdiagonal, Tridiagonal, Path     the kinds
shift, diagonal, subdiagonal, tridiagonal, path     their makers, which check sizes
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ldrtheory.claims import encode_number
from ldrtheory.errors import BadInput, ShapeMismatch
from ldrtheory.operators.operator import Operator, Terms, parameter, shown


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
        return f"shift({shown(self.f)})"

    def latex(self) -> str:
        return f"Z_{{{shown(self.f)}}}"

    def values(self) -> tuple[Any, ...]:
        return (self.f,)


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
    return r"\operatorname{diag}(" + ", ".join(shown(x) for x in values) + ")"


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
        return f"path({shown(self.first)},{shown(self.last)})"

    def latex(self) -> str:
        return f"Y_{{{shown(self.first)},{shown(self.last)}}}"

    def values(self) -> tuple[Any, ...]:
        return (self.first, self.last)

    @property
    def T(self) -> Operator:
        return self


def shift(n: int | None = None, *, f: Any = 0) -> Operator:
    """Return Z_f: ones below the diagonal, f in row 0, last column.  (Z_f)^n = f I.

    >>> print(shift(f=-1), shift(4, f=1).T)
    shift(-1) shift(1)^T
    """
    return Shift(parameter(f), size=n)


def diagonal(values: Sequence[Any]) -> Operator:
    """Return D_x, the diagonal operator with the given values.

    >>> from ldrtheory import QQ
    >>> diagonal([2, "1/3"]).matrix(QQ).tolist()
    [[2, 0], [0, 1/3]]
    """
    entries = tuple(map(parameter, values))
    return Diagonal(entries, size=counted("diagonal", len(entries)))


def subdiagonal(values: Sequence[Any], n: int | None = None) -> Operator:
    """Return the operator with `values` on the subdiagonal.

    values: n - 1 entries [1,0], [2,1], ...; or n entries, the last being the corner [0, n-1].
    n: the size; needed only to tell the two apart (without it n = len(values), the last value being the corner).
    """
    entries = tuple(map(parameter, values))
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
    n = counted("tridiagonal", len(main))
    if len(sub) != n - 1 or len(super_) != n - 1:
        raise ShapeMismatch(
            f"a tridiagonal operator with {n} diagonal entries wants {n - 1} below and above; "
            f"got {len(sub)} and {len(super_)}."
        )
    if n < 3 and any(str(x) != "0" for x in (top_right, bottom_left)):
        raise BadInput(
            f"corners of a tridiagonal operator need n >= 3; got n = {n}: put them in sub and super."
        )
    below, on, above = (tuple(map(parameter, band)) for band in (sub, main, super_))
    return Tridiagonal(below, on, above, parameter(top_right), parameter(bottom_left), size=n)


def path(first: Any = 0, last: Any = 0, n: int | None = None) -> Operator:
    """Return Y_ab = Z + Z^T + a e_0 e_0^T + b e_{n-1} e_{n-1}^T."""
    return Path(parameter(first), parameter(last), size=n)


def counted(what: str, n: int) -> int:
    if n < 1:
        raise ShapeMismatch(f"a {what} operator wants at least one value; got none.")
    return n
