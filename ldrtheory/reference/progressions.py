"""Cauchy matrices whose nodes lie on arithmetic progressions, M[i, j] = 1 / (s_i - t_j).

coincidence     refuses a node of a row that is one of a column
progression     the Toeplitz or Hankel matrix that M is where the nodes lie on progressions of one step, or None

Nodes are doubles, and the difference of two doubles is a double and another one, its rounding error, which the exact
difference determines (Dekker, Knuth).  So progressions are told exactly: a grid with one node moved by a unit in the
last place is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ldrtheory.errors import BadInput
from ldrtheory.families import Cauchy
from ldrtheory.reference.enclosures import enclosed
from ldrtheory.reference.maps import Chain, LinearMap, Toeplitz, reversal


def coincidence(family: Cauchy, p: Mapping[str, np.ndarray]) -> None:
    """Raise BadInput where a row and a column have the same node."""
    _, i, j = np.intersect1d(p["s"], p["t"], return_indices=True)
    if len(i):
        raise BadInput(
            f"{family}: the nodes s[{i[0]}] and t[{j[0]}] coincide (both are {p['s'][i[0]]}); move one of them."
        )


def _steps(nodes: np.ndarray) -> np.ndarray:
    """Return the differences of neighbours exactly: as floats and their errors, which the difference determines."""
    out = []
    for v in (nodes.real.astype(np.float64), nodes.imag.astype(np.float64)):
        high = v[1:] - v[:-1]
        t = high - v[1:]
        out += [high, (v[1:] - (high - t)) - (v[:-1] + t)]
    return np.array(out)


def progression(family: Cauchy, p: Mapping[str, np.ndarray]) -> LinearMap | None:
    """Return M as a Toeplitz matrix (s and t of one step) or a Hankel matrix (of opposite steps), None otherwise.

    Decided exactly, from differences of doubles without error; a difference that overflows decides for None.
    """
    n = family.shape[1]
    with np.errstate(all="ignore"):
        rows, columns = _steps(p["s"]), _steps(p["t"])
        same, opposite = (
            bool((both == both[:, :1]).all())
            for both in (np.hstack([rows, columns]), np.hstack([rows, -columns]))
        )
    if not (same or opposite):
        return None

    def make(q: Mapping[str, Any], ring: Any) -> list[Any]:
        s, t = q["s"], q["t"]
        first = [s[0] - x for x in (t[::-1] if same else t)]
        then = [x - (t[0] if same else t[n - 1]) for x in s[1:]]
        return [np.array([ring.inverse(x) for x in first + then], dtype=object)]

    (values,) = enclosed(family, p, make)
    return Toeplitz(values, n) if same else Chain((reversal(n), Toeplitz(values, n)))
