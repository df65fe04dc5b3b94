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
from ldrtheory.reference.maps import Chain, LinearMap
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
        return x * kind.coefficients(self.diagonal) + x[:, self.partner] * kind.coefficients(self.offdiagonal)

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
    elif x.dtype in (np.float64, np.complex128):
        y = np.array(x, order="C")
    else:
        return None
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

    @cached_property
    def _wide_tables(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        d, o = (
            np.stack(
                [[getattr(getattr(step, name), part) for step in self.steps] for part in ("high", "low")]
            )
            for name in ("diagonal", "offdiagonal")
        )
        return d, o, np.array([step.bit for step in self.steps])

    @cached_property
    def _tables(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        d, o, bits = self._wide_tables
        return d[0].copy(), o[0].copy(), bits

    @cached_property
    def is_complex(self) -> bool:  # type: ignore[override]
        """Whether an entry may have an imaginary part."""
        return any(step.is_complex for step in self.steps)

    def apply(self, kind: Kind, x: Any) -> Any:
        def kernel(rows: np.ndarray) -> None:
            _kernels()[0](rows, *(self._wide_tables if rows.ndim == 3 else self._tables))

        found = None if self.is_complex else _through(kernel, kind, x)
        return super().apply(kind, x) if found is None else found

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
