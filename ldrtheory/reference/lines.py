"""Numbers of a kind as the real arrays that compiled kernels take, and back.

A plane is a real array: floats have one plane, double-double numbers two, of high and low parts, in the first axis.

planes          coefficients as planes
Rows            a batch of vectors as planes, and how results become numbers of the kind again
line            planes as the array of a kernel: two axes for floats, three for double-double
filled          a count filled up to whole vectors
expanded        the real matrices that stand for complex ones

Complex coefficients multiply vectors (real parts, imaginary parts); real ones take the two for vectors of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ldrtheory.reference.enclosures import Coefficients
from ldrtheory.reference.kinds import Kind, expanded
from ldrtheory.reference.numbers import WideNumbers, joined

LANES = 8  # numbers in a vector of the kernels


def filled(count: int, unit: int = LANES) -> int:
    """Return the least multiple of `unit` that is at least `count`."""
    return -(-count // unit) * unit


def _stacked(numbers: Any) -> np.ndarray:
    return np.stack([numbers.high, numbers.low]) if isinstance(numbers, WideNumbers) else numbers[None]


def planes(kind: Kind, given: Coefficients, matrix: bool = False) -> np.ndarray:
    """Return the coefficients as planes, complex ones where they are complex.

    matrix: the planes of the real matrix (k, m) that takes (real parts, imaginary parts) to the same.
    """
    found = _stacked(kind.coefficients(given))
    return expanded(found, True) if matrix and given.is_complex else found


def line(given: np.ndarray, rows: int) -> np.ndarray:
    """Return real planes as the array that a kernel takes, of that many rows."""
    width = given.size // (len(given) * rows) if rows else 0
    whole = np.ascontiguousarray(given).reshape(len(given), rows, width)
    return whole if len(given) == 2 else whole[0]


@dataclass(frozen=True)
class Rows:
    """The vectors of a batch: planes of shape (batch, parts, n).

    joint: parts is 2, real and imaginary parts.  split: first the real parts of all vectors, then the imaginary parts.
    """

    planes: np.ndarray
    joint: bool
    split: bool

    @staticmethod
    def of(x: Any, joint: bool) -> Rows:
        """Return the vectors x (batch, n) of any kind but the running one; joint: for complex coefficients."""
        found = _stacked(x)
        if joint:
            return Rows(np.stack([found.real, found.imag], axis=2), True, False)
        split = np.iscomplexobj(found)
        whole = np.concatenate([found.real, found.imag], axis=1) if split else found
        return Rows(whole[:, :, None], False, split)

    @property
    def shape(self) -> tuple[int, int, int]:
        """(batch, parts, n)."""
        return self.planes.shape[1:]  # type: ignore[return-value]

    def widened(self, width: int) -> np.ndarray:
        """Return the planes with every part filled up to `width` by zeros."""
        out = np.zeros((*self.planes.shape[:3], width), dtype=self.planes.dtype)
        out[..., : self.planes.shape[3]] = self.planes
        return out

    def numbers(self, results: np.ndarray) -> Any:
        """Return planes (batch, parts, m) of results as numbers of the kind."""
        half = results.shape[1] // 2
        if self.joint:
            made = joined(results[:, :, 0], results[:, :, 1])
        elif self.split:
            made = joined(results[:, :half, 0], results[:, half:, 0])
        else:
            made = np.ascontiguousarray(results[:, :, 0])
        return WideNumbers(made[0], made[1]) if len(made) == 2 else made[0]
