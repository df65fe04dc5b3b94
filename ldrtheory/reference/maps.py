"""Linear maps that a multiply is composed of: each is applied to numbers of any kind, and has a transpose.

LinearMap       the contract: shape, apply, transpose, conjugate, absolute
DenseMap        a matrix given by its entries
Chain, Total    a product and a sum of maps
Diagonal        a diagonal matrix
Selection       some coordinates, in some order, and zeros
Toeplitz        a Toeplitz matrix given by its diagonals
scaled          entrywise products, the same bit for bit in every kind
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any, Self

import numpy as np

from ldrtheory.reference.enclosures import Coefficients
from ldrtheory.reference.kinds import Kind
from ldrtheory.reference.numbers import RunningNumbers, WideNumbers, joined

GATHERED = 1 << 22  # entries of a Toeplitz matrix formed at a time


def scaled(x: Any, c: Any) -> Any:
    """Return x c entry by entry; (a + ib)(c + id) = (ac - bd) + i(ad + bc), each operation rounded.

    numpy may fuse the operations of a complex product; compiled kernels do not, in any kind.
    """
    if isinstance(x, RunningNumbers):
        made = x * c
        return RunningNumbers(scaled(x.value, c.value), made.error) if np.iscomplexobj(made.value) else made
    if not (isinstance(x, np.ndarray) and np.iscomplexobj(x) and np.iscomplexobj(c)):
        return x * c
    return joined(x.real * c.real - x.imag * c.imag, x.real * c.imag + x.imag * c.real)


class LinearMap(ABC):
    """An m x n matrix that knows how to multiply; its numbers are fields of the dataclass."""

    @property
    @abstractmethod
    def shape(self) -> tuple[int, int]:
        """(rows, columns)."""

    @abstractmethod
    def apply(self, kind: Kind, x: Any) -> Any:
        """Return M x for every row x of an array (batch, n) of numbers of this kind."""

    @abstractmethod
    def transpose(self) -> LinearMap:
        """Return M^T."""

    def _changed(
        self, change: Callable[[Coefficients], Coefficients], inner: Callable[[LinearMap], LinearMap]
    ) -> Self:
        """Return the map with every coefficient changed, and the maps it is made of by what they are asked for."""

        def within(value: Any) -> Any:
            if isinstance(value, Coefficients):
                return change(value)
            if isinstance(value, LinearMap):
                return inner(value)
            return tuple(map(within, value)) if isinstance(value, tuple) else value

        return replace(self, **{f.name: within(getattr(self, f.name)) for f in fields(self)})  # type: ignore[type-var, arg-type]

    @property
    def by_rows(self) -> bool:
        """Whether a few rows cost no more for each than all at once: nothing is read or made for the whole batch."""
        return False

    @property
    def is_complex(self) -> bool:
        """Whether an entry may have an imaginary part."""

        def within(value: Any) -> bool:
            if isinstance(value, Coefficients | LinearMap):
                return value.is_complex
            return isinstance(value, tuple) and any(map(within, value))

        return any(within(getattr(self, f.name)) for f in fields(self))  # type: ignore[arg-type]

    @cached_property
    def of_one_field(self) -> Self:
        """M with every coefficient complex where one is, as compiled kernels take them."""

        def within(m: Any) -> Any:
            return m._changed(lambda c: c.through(lambda v: v.astype(np.complex128)), within)

        return within(self) if self.is_complex else self

    @cached_property
    def tables(self) -> dict[Kind, tuple[Any, ...]]:
        """The arrays that a compiled kernel takes for M, by kind; made once."""
        return {}

    def conjugate(self) -> Self:
        """Return the complex conjugate of M."""
        return self._changed(lambda c: c.through(np.conj) if c.is_complex else c, lambda m: m.conjugate())

    def absolute(self) -> LinearMap:
        """Return the absolute-value product: the map with |.| on every number, and all sums of one sign."""
        return self._changed(Coefficients.modulus, lambda m: m.absolute())

    def side(self, side: str) -> LinearMap:
        """Return M, M^T or M^H."""
        if side == "M":
            return self
        flipped = self.transpose()
        return flipped.conjugate() if side == "H" else flipped


@dataclass(frozen=True)
class DenseMap(LinearMap):
    """A matrix given by its entries; `columns` is its transpose, of shape (n, m)."""

    columns: Coefficients

    @property
    def shape(self) -> tuple[int, int]:
        n, m = self.columns.shape
        return m, n

    def apply(self, kind: Kind, x: Any) -> Any:
        return kind.dense(kind.coefficients(self.columns), x)

    def transpose(self) -> DenseMap:
        return DenseMap(self.columns.through(np.transpose))


@dataclass(frozen=True)
class Chain(LinearMap):
    """A product of maps, in order of application."""

    steps: tuple[LinearMap, ...]

    @property
    def shape(self) -> tuple[int, int]:
        return self.steps[-1].shape[0], self.steps[0].shape[1]

    @property
    def by_rows(self) -> bool:
        return all(step.by_rows for step in self.steps)

    def apply(self, kind: Kind, x: Any) -> Any:
        for step in self.steps:
            x = step.apply(kind, x)
        return x

    def transpose(self) -> Chain:
        return Chain(tuple(step.transpose() for step in reversed(self.steps)))


@dataclass(frozen=True)
class Total(LinearMap):
    """A sum of maps of one shape."""

    terms: tuple[LinearMap, ...]

    @property
    def shape(self) -> tuple[int, int]:
        return self.terms[0].shape

    @property
    def by_rows(self) -> bool:
        return all(term.by_rows for term in self.terms)

    def apply(self, kind: Kind, x: Any) -> Any:
        total, *others = (term.apply(kind, x) for term in self.terms)
        for other in others:
            total = total + other
        return total

    def transpose(self) -> Total:
        return Total(tuple(term.transpose() for term in self.terms))


@dataclass(frozen=True)
class Diagonal(LinearMap):
    """A diagonal matrix."""

    values: Coefficients

    by_rows = True

    @property
    def shape(self) -> tuple[int, int]:
        return (*self.values.shape, *self.values.shape)  # type: ignore[return-value]

    def apply(self, kind: Kind, x: Any) -> Any:
        return x * kind.coefficients(self.values)

    def transpose(self) -> Diagonal:
        return self


@dataclass(frozen=True, eq=False)
class Selection(LinearMap):
    """y[i] = x[source[i]], and 0 where source[i] = -1; no source twice."""

    source: np.ndarray
    columns: int

    by_rows = True

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.source), self.columns

    def apply(self, kind: Kind, x: Any) -> Any:
        if (self.source < 0).any():
            x = kind.concatenate([x, kind.zeros((x.shape[0], 1))])  # index -1 is the zero
        return x[:, self.source]

    def transpose(self) -> Selection:
        back = np.full(self.columns, -1)
        kept = np.flatnonzero(self.source >= 0)
        back[self.source[kept]] = kept
        return Selection(back, len(self.source))


def reversal(n: int) -> Selection:
    """Return the map that reverses the order of n coordinates."""
    return Selection(np.arange(n)[::-1].copy(), n)


def resized(rows: int, columns: int) -> Selection:
    """Return the map that cuts a vector off, or fills it up with zeros."""
    source = np.full(rows, -1)
    least = min(rows, columns)
    source[:least] = np.arange(least)
    return Selection(source, columns)


def _windows(t: Any, n: int) -> Any:
    """Return A[j, i] = t[i - j + n - 1] for j < n, a view of numbers of any kind."""
    if isinstance(t, WideNumbers):
        return WideNumbers(_windows(t.high, n), _windows(t.low, n))
    if isinstance(t, RunningNumbers):
        return RunningNumbers(_windows(t.value, n), None if t.error is None else _windows(t.error, n))
    return np.lib.stride_tricks.sliding_window_view(t, len(t) - n + 1)[::-1]


@dataclass(frozen=True)
class Toeplitz(LinearMap):
    """M[i, j] = values[i - j + columns - 1]; the entries are gathered, some columns of M^T at a time."""

    values: Coefficients
    columns: int

    @property
    def shape(self) -> tuple[int, int]:
        return self.values.shape[0] - self.columns + 1, self.columns

    def apply(self, kind: Kind, x: Any) -> Any:
        m, n = self.shape
        t = kind.coefficients(self.values)
        step = max(1, GATHERED // n)
        parts = [kind.dense(_windows(t[i : min(m, i + step) + n - 1], n), x) for i in range(0, m, step)]
        return parts[0] if len(parts) == 1 else kind.concatenate(parts)

    def transpose(self) -> Toeplitz:
        return Toeplitz(self.values.through(lambda t: t[::-1]), self.shape[0])
