"""Elements of Q and of Q(zeta_N) as complex numbers, by flint alone.

enclosed    a ball of the working precision
rounded     a matrix in complex128, each entry off by at most 2^-52 of its modulus
"""

from __future__ import annotations

from typing import Any

import numpy as np
from flint import acb, ctx, fmpq


def enclosed(x: Any) -> acb:
    """Return a ball around x: its polynomial at exp(2 pi i / N)."""
    if not hasattr(x, "coefficients"):
        return acb(x)
    zeta = acb(fmpq(2, x.order)).exp_pi_i()
    return sum((acb(c) * zeta**k for k, c in enumerate(x.coefficients())), acb(0))


def rounded(M: np.ndarray) -> np.ndarray:
    """Return the entries rounded from balls of 256 bits; they must have no cancellation beyond 200 of them."""
    with ctx.workprec(256):
        return np.array([[complex(enclosed(x)) for x in row] for row in M])
