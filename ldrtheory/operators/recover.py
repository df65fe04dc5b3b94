"""From generators back to the matrix: the choice among the inversion formulas of inversion.py.

recover                 M with A M - M B = G H^T (or M - A M B = G H^T); a singular operator is refused
"""

from __future__ import annotations

from typing import Any

from ldrtheory.errors import NotInvertible, ShapeMismatch
from ldrtheory.linalg import Array, array, matmul
from ldrtheory.operators.banded import Diagonal, Shift
from ldrtheory.operators.displacement import Displacement, Stein
from ldrtheory.operators.inversion import (
    along_diagonals,
    annihilating,
    diagonal_pair,
    scalar_powers,
    untransposed,
)
from ldrtheory.operators.invertibility import is_invertible
from ldrtheory.operators.kernel import kernel_dimension
from ldrtheory.operators.spectrum import scalar_power
from ldrtheory.rings import Ring


def recover(G: Any, H: Any, d: Displacement, ring: Ring | None = None) -> Array:
    """Return the M whose residual is G H^T.

    G: (m, r).  H: (n, r).  Returns (m, n) over `ring` (default: the smallest that holds everything).
    Cost: O(mnr) for shift and diagonal pairs; else O(m) products with sparse or dense operators and one inverse.
    Over an inexact or analysis ring no decision is made on entries, and only the first three are oblivious.
    Raises NotInvertible with the dimension of the kernel where the residual does not determine M.

    >>> from ldrtheory import Sylvester, shift
    >>> recover([[1], [0]], [[1], [2]], Sylvester(shift(f=1), shift(f=-1))).tolist()
    [[1, -1/2], [1/2, 1]]
    """
    ring = d.ring(G, H) if ring is None else ring
    G, H = _generator(ring, G, "G"), _generator(ring, H, "H")
    if G.shape[1] != H.shape[1]:
        raise ShapeMismatch(
            f"recover wants as many columns in G as in H (the residual is G H^T); got {G.shape} and {H.shape}."
        )
    shape = m, n = G.shape[0], H.shape[0]
    d.left.sized(m)
    d.right.sized(n)
    if ring.exact and not is_invertible(d, shape, ring):
        raise NotInvertible(
            f"{d} on {m} x {n} matrices over {ring.name} sends a space of dimension "
            f"{kernel_dimension(d, shape, ring)} to zero: G and H do not determine M; "
            "change an operator so that the two share no eigenvalue (Stein: have no pair with product 1), or give M."
        )
    R = matmul(ring, G, H.T)
    if isinstance(untransposed(d.left), Shift) and isinstance(untransposed(d.right), Shift):
        return along_diagonals(R, d, ring)
    if isinstance(d.left, Diagonal) and isinstance(d.right, Diagonal):
        return diagonal_pair(R, d, ring)
    if scalar_power(d.left, m, ring) is not None:
        return scalar_powers(R, d, ring)
    if scalar_power(d.right, n, ring) is not None:
        flipped = type(d)(d.right.T, d.left.T)  # the equation of M^T; Sylvester changes sign
        return scalar_powers(R.T if isinstance(d, Stein) else -R.T, flipped, ring).T
    return annihilating(R, d, ring)


def _generator(ring: Ring, values: Any, name: str) -> Array:
    table = array(ring, values)
    if table.ndim != 2 or table.shape[0] == 0:
        raise ShapeMismatch(
            f"recover wants {name} as a matrix with one row per index and one column per generator; "
            f"got shape {table.shape}."
        )
    return table
