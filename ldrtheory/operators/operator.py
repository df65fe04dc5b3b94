"""Operator matrices: the A and B of a displacement equation, described rather than tabulated.

Operator        the contract: terms (sparse entries), matrix, times (A M), rtimes (M A), spec, text, latex
Transpose       the transpose of another operator
shown           a parameter as the grammar writes it
parameter       a parameter as it is kept: exact strings become numbers

An operator may leave its size open (`size` None): it then takes the size of the matrix it meets.
The kinds are in banded.py and composed.py.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Self

from ldrtheory.errors import ShapeMismatch
from ldrtheory.exactstrings import parse_complex
from ldrtheory.linalg import Array, zeros
from ldrtheory.rings import GAUSSIAN, Ring

Terms = Iterator[tuple[int, int, Any]]


def parameter(x: Any) -> Any:
    """Return a parameter of an operator; an exact string such as "-1/2" or "2-i" as the number it denotes."""
    if not isinstance(x, str):
        return x
    real, imaginary = parse_complex(x.strip())
    return real if imaginary == 0 else GAUSSIAN([real, imaginary])


def shown(x: Any) -> str:
    return str(x).replace(" ", "")


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


@dataclass(frozen=True, repr=False)
class Transpose(Operator):
    """The transpose of another operator."""

    of: Operator

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
