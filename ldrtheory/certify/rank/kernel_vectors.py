"""Rank at most r by explicit kernel vectors: cheap to prove and to check when r is nearly full.

kernel_over_q    vectors v = (-U^-1 L[I, free], 1) with L v = 0, checked exactly; None if they do not lie in the kernel
kernel_modulo    the same over GF(p)
"""

from __future__ import annotations

from typing import Any

from flint import fmpz, fmpz_mat, nmod_mat

from ldrtheory.certify.rank.decision import Decision, integer_matrix
from ldrtheory.certify.rank.residual import Residual, clear_rows
from ldrtheory.claims import encode_number

FEW_VECTORS = 6  # kernel vectors are worth computing and writing down up to this many


def kernel_over_q(L: Residual, found: Decision) -> dict[str, Any] | None:
    """Return kernel evidence for rank <= found.rank, proved here by an exact product; None if the rank is larger.

    Right vectors for n <= m, else left ones.  Cost: one exact linear system of size r, and min(m,n) - r products.
    """
    m, n = L.shape
    right = n <= m
    scaled = L.scaled()
    # clearing denominators by rows of what multiplies the vectors leaves the vectors as they are
    Z = clear_rows(scaled if right else scaled.T)
    rows, basic = (found.rows, found.columns) if right else (found.columns, found.rows)
    scales = L.column_scales if right else L.row_scales
    size = Z.shape[1]
    free = sorted(set(range(size)) - set(basic))
    block = Z[rows]
    numerator, denominator = (
        integer_matrix(block[:, basic]).solve(integer_matrix(block[:, free])).numer_denom()
    )
    vectors = fmpz_mat(size, len(free))
    for t, position in enumerate(free):
        for s, j in enumerate(basic):
            vectors[j, t] = -numerator[s, t]
        vectors[position, t] = denominator
    if any(integer_matrix(Z) * vectors):
        return None
    written = []
    for t in range(len(free)):
        column = [int(vectors[j, t]) * scales[j] for j in range(size)]
        common = fmpz(0)
        for x in column:
            common = common.gcd(x)
        written.append([encode_number(x // int(common)) for x in column])
    return {"method": "kernel", "side": "right" if right else "left", "vectors": written, "free": free}


def kernel_modulo(L: Residual, found: Decision) -> dict[str, Any]:
    """Return kernel evidence over GF(p) for a rank that is already exact."""
    m, n = L.shape
    right, p, r = n <= m, L.ring.characteristic, found.rank
    size, basic = (n, found.columns) if right else (m, found.rows)
    free = sorted(set(range(size)) - set(basic))
    block = L.modulo(p, 1, found.rows, None) if right else L.modulo(p, 1, None, found.columns).T
    U = nmod_mat(r, r, block[:, basic].ravel().tolist(), p)
    V = nmod_mat(r, len(free), block[:, free].ravel().tolist(), p)
    solution = U.solve(V)
    vectors = []
    for t, position in enumerate(free):
        vector = [0] * size
        for s, j in enumerate(basic):
            vector[j] = -int(solution[s, t]) % p
        vector[position] = 1
        vectors.append([encode_number(x) for x in vector])
    return {"method": "kernel", "side": "right" if right else "left", "vectors": vectors, "free": free}
