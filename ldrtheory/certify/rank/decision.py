"""What every route hands back: the rank with its pivots.

Decision         rank, pivots, the prime they were found with, and evidence for "at most" where a route has it
integer_matrix   an object array of integers as a flint matrix
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import fmpz_mat


@dataclass(frozen=True)
class Decision:
    """The rank r of L, exactly: the r x r minor `rows` x `columns` is nonzero modulo `prime` (zeta -> root).

    proved_above: whether rank <= r was established too (false when a caller asked for a bound only).
    upper: evidence for rank <= r other than the pivots, in certificate notation.
    """

    rank: int
    rows: list[int]
    columns: list[int]
    prime: int
    root: int = 1
    proved_above: bool = True
    upper: dict[str, Any] | None = None


def integer_matrix(L: np.ndarray) -> fmpz_mat:
    """Return an object array of integers as a flint matrix."""
    return fmpz_mat(L.shape[0], L.shape[1], L.ravel().tolist())
