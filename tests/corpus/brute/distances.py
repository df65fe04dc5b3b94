"""Claims about distances, by the singular values of residuals and operators in float64.

singular_values     them, and by how much each may be off
possible            whether a claim is true as far as these can tell
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from tests.corpus.brute.fields import Field, Rows
from tests.corpus.brute.matrices import floats, minus, rank
from tests.corpus.brute.operators import kronecker, residual
from tests.corpus.brute.subjects import subject


def singular_values(A: Rows) -> tuple[np.ndarray, float]:
    """Return the singular values of an m x n matrix over Q, and m n 2^-50 times the largest.

    LAPACK finds those of A + E, ||E|| <= p(m, n) u ||A||, u = 2^-53, p <= 4 m n for these sizes; entries are rounded
    to float64 before, which adds at most m n u ||A||: 5 m n u, and 8 m n u is taken.
    """
    values = np.linalg.svd(floats(A), compute_uv=False)
    return values, float(len(A) * len(A[0]) * 2.0**-50 * values[0])


def possible(
    claim: dict[str, Any], evidence: dict[str, Any], M: Rows, L: Rows, field: Field, folder: Path
) -> bool:
    """Return whether a claim about the residual L of M is true, unless float64 cannot tell: then it counts as true."""
    sigma, off = singular_values(L)
    tail, off = float(np.linalg.norm(sigma[claim["rank"] :])), off * len(sigma) ** 0.5
    ((unit, bound),) = claim["bound"].items()
    limit = float(field.element(bound)[0])
    if unit == "relative":
        limit *= float(np.linalg.norm(floats(M)))
    # norms, quotients and roots of sums of at most 64 squares: off by less than 64 u in all
    most, least = limit * (1 + 2.0**-46), limit * (1 - 2.0**-46)
    within = claim["relation"] == "within"
    if claim["kind"] == "residual-distance":
        return tail - off <= most if within else tail + off > least
    if "approximant" in evidence:
        X = subject(evidence["approximant"], field, folder)
        near = float(np.linalg.norm(floats(minus(M, X, field)))) <= most
        return near and rank(residual(X, claim["operators"], field), field) <= claim["rank"]
    N, also = singular_values(kronecker(claim["operators"], len(M), len(M[0]), field))
    if within:  # D <= T / least singular value of the operator
        return tail - off <= most * (N[-1] + also)
    return tail + off > least * (N[0] - also)  # D >= T / ||operator||
