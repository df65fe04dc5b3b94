"""Residuals from full operator matrices, written out again for the laws.

residual    A M - M B, or M - A M B
"""

from __future__ import annotations

import numpy as np

from ldrtheory.operators import Displacement
from ldrtheory.rings import Ring


def residual(M: np.ndarray, d: Displacement, ring: Ring) -> np.ndarray:
    """Return what the displacement operator does to M, by the dense matrices of both sides."""
    A, B = d.left.matrix(ring, M.shape[0]), d.right.matrix(ring, M.shape[1])
    return A @ M - M @ B if d.kind == "sylvester" else M - A @ M @ B
