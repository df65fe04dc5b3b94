"""Butterfly factors and the Walsh-Hadamard matrix, with compiled products for doubles.

Couple          a butterfly factor
Couples         a product of butterfly factors
Hadamard        the Walsh-Hadamard matrix
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from ldrtheory.reference.enclosures import Coefficients
from ldrtheory.reference.kinds import Kind, Running, Wide
from ldrtheory.reference.lines import Rows, line, planes
from ldrtheory.reference.maps import Chain, LinearMap, scaled
from ldrtheory.reference.numbers import WideNumbers, joined

LEAST = 8  # the shortest row of the compiled products


@dataclass(frozen=True)
class Couple(LinearMap):
    """(M x)[i] = diagonal[i] x[i] + offdiagonal[i] x[i XOR 2^bit]."""

    bit: int
    diagonal: Coefficients
    offdiagonal: Coefficients

    by_rows = True

    @property
    def shape(self) -> tuple[int, int]:
        return (*self.diagonal.shape, *self.diagonal.shape)  # type: ignore[return-value]

    @property
    def partner(self) -> np.ndarray:
        """i XOR 2^bit for every i."""
        return np.arange(self.shape[0]) ^ (1 << self.bit)

    def apply(self, kind: Kind, x: Any) -> Any:
        d, o = kind.coefficients(self.diagonal), kind.coefficients(self.offdiagonal)
        return scaled(x, d) + scaled(x[:, self.partner], o)

    def transpose(self) -> Couple:
        return Couple(self.bit, self.diagonal, self.offdiagonal.through(lambda o: o[self.partner]))


@lru_cache(maxsize=1)
def _kernels() -> tuple[Callable[..., None], Callable[..., None]]:
    from ldrtheory.reference.kernels.butterflies import couples, hadamard

    return couples, hadamard


def _through(kernel: Callable[[np.ndarray], Any], kind: Kind, x: Any) -> Any:
    """Return the rows x after `kernel` worked on a copy of their real and imaginary parts; None where it cannot."""
    if x.shape[1] < LEAST or type(kind) is Running:
        return None
    if type(kind) is Wide:
        y = np.ascontiguousarray(np.stack([x.high, x.low]))
    else:
        y = np.array(x, order="C")
    if np.iscomplexobj(y):
        parts = np.ascontiguousarray(y.real), np.ascontiguousarray(y.imag)
        for part in parts:
            kernel(part)
        y = joined(*parts)
    else:
        kernel(y)
    return WideNumbers(y[0], y[1]) if type(kind) is Wide else y


@dataclass(frozen=True)
class Couples(Chain):
    """A product of butterfly factors of one size, in order of application."""

    steps: tuple[Couple, ...]  # type: ignore[assignment]

    def _table(self, kind: Kind) -> tuple[Any, ...]:
        if kind not in self.tables:
            made: list[Any] = []
            for name in ("diagonal", "offdiagonal"):
                found = np.stack([planes(kind, getattr(step, name)) for step in self.steps], axis=1)
                parts = (found.real, found.imag) if np.iscomplexobj(found) else (found,)
                whole = tuple(line(part, len(self.steps)) for part in parts)
                made.append(whole if len(whole) == 2 else whole[0])
            self.tables[kind] = *made, np.array([step.bit for step in self.steps])
        return self.tables[kind]

    @cached_property
    def is_complex(self) -> bool:  # type: ignore[override]
        """Whether an entry may have an imaginary part."""
        return any(step.is_complex for step in self.steps)

    def apply(self, kind: Kind, x: Any) -> Any:
        if self.is_complex:
            return self.of_one_field._complex(kind, x)

        def kernel(rows: np.ndarray) -> None:
            _kernels()[0](rows, *self._table(kind), *rows.shape[-2:])

        found = _through(kernel, kind, x)
        return self.by_steps(kind, x) if found is None else found

    def _complex(self, kind: Kind, x: Any) -> Any:
        """Return the product, all coefficients being complex."""
        if x.shape[1] < LEAST or type(kind) is Running:
            return self.by_steps(kind, x)
        given = Rows.of(x, True)
        parts = tuple(line(given.planes[:, :, k], x.shape[0]) for k in range(2))
        _kernels()[0](parts, *self._table(kind), *x.shape)
        wide = (part.reshape(len(given.planes), *x.shape) for part in parts)
        return given.numbers(np.stack(list(wide), axis=2))

    def by_steps(self, kind: Kind, x: Any) -> Any:
        """Return the product in numbers of any kind, factor by factor."""
        return super().apply(kind, x)

    def transpose(self) -> Couples:
        return Couples(tuple(step.transpose() for step in reversed(self.steps)))

    def absolute(self) -> Couples:
        return Couples(tuple(step.absolute() for step in self.steps))  # type: ignore[misc]


@dataclass(frozen=True)
class Hadamard(LinearMap):
    """M[i, j] = (-1)^(number of binary digits that i and j share), by additions."""

    n: int
    positive: bool = False

    by_rows = True

    @property
    def shape(self) -> tuple[int, int]:
        return self.n, self.n

    def apply(self, kind: Kind, x: Any) -> Any:
        found = None if self.positive else _through(lambda rows: _kernels()[1](rows), kind, x)
        if found is not None:
            return found
        half = 1
        while half < self.n:
            pairs = x.reshape(-1, 2, half)
            a, b = pairs[:, 0], pairs[:, 1]
            both = [(a + b).reshape(-1, 1, half), (a + b if self.positive else a - b).reshape(-1, 1, half)]
            x = kind.concatenate(both, axis=1).reshape(-1, self.n)
            half *= 2
        return x

    def transpose(self) -> Hadamard:
        return self

    def absolute(self) -> Hadamard:
        return Hadamard(self.n, True)
