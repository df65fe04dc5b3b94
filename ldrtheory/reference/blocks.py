"""Block diagonal matrices.

Blocks          a block diagonal matrix, all blocks multiplied at once
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ldrtheory.reference.enclosures import Coefficients
from ldrtheory.reference.kinds import Kind, Running, expanded
from ldrtheory.reference.maps import LinearMap
from ldrtheory.reference.numbers import WideNumbers, joined


def _expanded(A: Any, split: bool) -> Any:
    if isinstance(A, WideNumbers):
        return WideNumbers(expanded(A.high, split), expanded(A.low, split))
    return expanded(A, split)


def _joined(y: Any, outputs: int) -> Any:
    if isinstance(y, WideNumbers):
        return WideNumbers(_joined(y.high, outputs), _joined(y.low, outputs))
    return joined(y[..., :outputs], y[..., outputs:])


@dataclass(frozen=True)
class Blocks(LinearMap):
    """A block diagonal matrix; blocks[g] is the transpose of block g, so blocks has shape (count, inputs, outputs)."""

    blocks: Coefficients

    by_rows = True

    @property
    def shape(self) -> tuple[int, int]:
        count, inputs, outputs = self.blocks.shape
        return count * outputs, count * inputs

    def apply(self, kind: Kind, x: Any) -> Any:
        count, inputs, outputs = self.blocks.shape
        given = x.reshape(x.shape[0], count, inputs)
        if isinstance(kind, Running) or not self.is_complex:
            y = kind.blocks(kind.coefficients(self.blocks), given)
        else:
            if kind not in self.tables:  # the matrices that take (real parts, imaginary parts) to the same
                A = kind.coefficients(self.blocks)
                self.tables[kind] = _expanded(A, False), _expanded(A, True)
            split = (given.high if isinstance(given, WideNumbers) else given).dtype.kind == "c"
            parts = kind.concatenate([given.real, given.imag]) if split else given
            y = _joined(kind.blocks(self.tables[kind][split], parts), outputs)
        return y.reshape(x.shape[0], count * outputs)

    def transpose(self) -> Blocks:
        return Blocks(self.blocks.through(lambda A: np.swapaxes(A, 1, 2)))
