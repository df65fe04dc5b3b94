"""Linear maps that a multiply is composed of: each is applied to numbers of any kind, and has a transpose.

LinearMap       the contract: shape, apply, transpose, conjugate
DenseMap        a matrix given by its entries
Chain           a product of maps
Total           a sum of maps
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

import numpy as np

from ldrtheory.reference.enclosures import WideMatrix
from ldrtheory.reference.numbers import Kind


def turned(given: WideMatrix) -> WideMatrix:
    """Return the transposed matrix."""
    return WideMatrix(np.ascontiguousarray(given.high.T), np.ascontiguousarray(given.low.T), given.absolute)


def conjugated(given: WideMatrix) -> WideMatrix:
    """Return the complex conjugate."""
    if not np.iscomplexobj(given.high):
        return given
    return WideMatrix(given.high.conj(), given.low.conj(), given.absolute)


class LinearMap(ABC):
    """An m x n matrix that knows how to multiply."""

    @property
    @abstractmethod
    def shape(self) -> tuple[int, int]:
        """(rows, columns)."""

    @property
    @abstractmethod
    def is_complex(self) -> bool:
        """Whether an entry may have an imaginary part."""

    @abstractmethod
    def apply(self, kind: Kind, x: Any) -> Any:
        """Return M x for every row x of an array (batch, n) of numbers of this kind."""

    @abstractmethod
    def transpose(self) -> LinearMap:
        """Return M^T."""

    @abstractmethod
    def conjugate(self) -> LinearMap:
        """Return the complex conjugate of M."""

    def side(self, side: str) -> LinearMap:
        """Return M, M^T or M^H."""
        if side == "M":
            return self
        flipped = self.transpose()
        return flipped.conjugate() if side == "H" else flipped


@dataclass(frozen=True)
class DenseMap(LinearMap):
    """A matrix given by its entries; `columns` is its transpose, of shape (n, m)."""

    columns: WideMatrix

    @property
    def shape(self) -> tuple[int, int]:
        n, m = self.columns.shape
        return m, n

    @property
    def is_complex(self) -> bool:
        return np.iscomplexobj(self.columns.high)

    def apply(self, kind: Kind, x: Any) -> Any:
        return kind.dense(kind.coefficients(self.columns), x)

    def transpose(self) -> DenseMap:
        return DenseMap(turned(self.columns))

    def conjugate(self) -> DenseMap:
        return DenseMap(conjugated(self.columns))


@dataclass(frozen=True)
class Chain(LinearMap):
    """A product of maps, in order of application."""

    steps: tuple[LinearMap, ...]

    @property
    def shape(self) -> tuple[int, int]:
        return self.steps[-1].shape[0], self.steps[0].shape[1]

    @property
    def is_complex(self) -> bool:
        return any(step.is_complex for step in self.steps)

    def apply(self, kind: Kind, x: Any) -> Any:
        for step in self.steps:
            x = step.apply(kind, x)
        return x

    def transpose(self) -> Chain:
        return Chain(tuple(step.transpose() for step in reversed(self.steps)))

    def conjugate(self) -> Chain:
        return Chain(tuple(step.conjugate() for step in self.steps))


@dataclass(frozen=True)
class Total(LinearMap):
    """A sum of maps of one shape."""

    terms: tuple[LinearMap, ...]

    @property
    def shape(self) -> tuple[int, int]:
        return self.terms[0].shape

    @property
    def is_complex(self) -> bool:
        return any(term.is_complex for term in self.terms)

    def apply(self, kind: Kind, x: Any) -> Any:
        first, *others = (term.apply(kind, x) for term in self.terms)
        for other in others:
            first = first + other
        return first

    def transpose(self) -> Total:
        return Total(tuple(term.transpose() for term in self.terms))

    def conjugate(self) -> Total:
        return Total(tuple(term.conjugate() for term in self.terms))
