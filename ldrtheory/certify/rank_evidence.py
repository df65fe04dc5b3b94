"""From pivots to the evidence of a displacement-rank certificate, in the form that is cheapest to check.

at_least     {"rows", "columns", "prime"[, "root"]}: L[rows, columns] is nonsingular modulo the prime
at_most      pivots (small rank), generators (small integers found) or kernel vectors (rank nearly full)
"""

from __future__ import annotations

from math import lcm
from typing import Any

from flint import fmpq, nmod_mat

from ldrtheory.certify.rank_flint import Decision, integer_matrix
from ldrtheory.certify.rank_limits import roots_of_unity, small_primes
from ldrtheory.certify.rank_residual import Residual, clear_rows
from ldrtheory.claims import encode_number

LARGE_RANK = 16  # from here a small prime pays for the checker
FEW_VECTORS = 4  # kernel vectors are worth writing down up to this many


def at_least(L: Residual, found: Decision) -> dict[str, Any]:
    """Return the evidence for rank >= r: the pivots and a prime, a small one where that makes checking cheaper."""
    prime, root = found.prime, found.root
    if found.rank >= LARGE_RANK and not L.ring.characteristic:
        prime, root = _small_prime(L, found)
    evidence: dict[str, Any] = {"rows": found.rows, "columns": found.columns, "prime": prime}
    if L.degree > 1:
        evidence["root"] = root
    return evidence


def _small_prime(L: Residual, found: Decision) -> tuple[int, int]:
    order = int(getattr(L.ring, "order", 1))
    r = found.rank
    minor = None
    if L.degree == 1:
        minor = integer_matrix(clear_rows(L.scaled(found.rows, found.columns)))
    for p in small_primes(order):
        if p >= found.prime:
            continue
        if not L.usable(p):
            continue
        for root in roots_of_unity(order, p)[:2]:
            if minor is not None:
                reduced = nmod_mat(minor, p)
            else:
                reduced = nmod_mat(r, r, L.modulo(p, root, found.rows, found.columns).ravel().tolist(), p)
            if reduced.rank() == r:
                return p, root
    return found.prime, found.root


def at_most(L: Residual, found: Decision) -> dict[str, Any]:
    """Return the evidence for rank <= r that a checker verifies fastest."""
    m, n = L.shape
    r = found.rank
    if r == min(m, n):
        return {"method": "kernel", "side": "right" if n <= m else "left", "vectors": [], "free": []}
    if r >= LARGE_RANK and L.degree == 1 and min(m, n) - r <= FEW_VECTORS and max(m, n) <= 512:
        return _kernel(L, found)
    return {"method": "pivots", "rows": found.rows, "columns": found.columns}


def _kernel(L: Residual, found: Decision) -> dict[str, Any]:
    """Return min(m, n) - r independent vectors v with L v = 0 (or v^T L = 0): v = (-U^-1 L[I, free], 1)."""
    m, n = L.shape
    right = n <= m
    size, basic = (n, found.columns) if right else (m, found.rows)
    free = sorted(set(range(size)) - set(basic))
    p = L.ring.characteristic
    if p:
        return _kernel_modulo(L, found, right, free, size, p)
    if right:
        block = clear_rows(L.scaled(found.rows))
        U, V = block[:, found.columns], block[:, free]
        scales = L.column_scales
    else:
        block = L.scaled(columns=found.columns)
        if (
            L.entries.kind == "rational"
        ):  # the scaling of rows must be undone below: keep the fractions together
            common = lcm(*(int(fmpq(x).q) for x in block.ravel().tolist()))
            block = block * common
            block[...] = [[int(fmpq(x).p) for x in row] for row in block.tolist()]
        U, V = block[found.rows].T, block[free].T
        scales = L.row_scales
    solution = integer_matrix(U).solve(integer_matrix(V))
    vectors = []
    for t, position in enumerate(free):
        numerators = {j: fmpq(-solution[s, t]) * scales[j] for s, j in enumerate(basic)}
        numerators[position] = fmpq(scales[position])
        clear = lcm(*(int(x.q) for x in numerators.values()))
        vectors.append([encode_number(numerators.get(j, fmpq(0)) * clear) for j in range(size)])
    return {"method": "kernel", "side": "right" if right else "left", "vectors": vectors, "free": free}


def _kernel_modulo(
    L: Residual, found: Decision, right: bool, free: list[int], size: int, p: int
) -> dict[str, Any]:
    basic = found.columns if right else found.rows
    block = L.modulo(p, 1, found.rows, None) if right else L.modulo(p, 1, None, found.columns).T
    r = found.rank
    U = nmod_mat(r, r, block[:, basic].ravel().tolist(), p)
    V = nmod_mat(r, len(free), block[:, free].ravel().tolist(), p)
    solution = U.solve(V)
    vectors = []
    for t, position in enumerate(free):
        vector = [0] * size
        for s, j in enumerate(basic):
            vector[j] = -int(solution[s, t]) % p
        vector[position] = 1
        vectors.append(vector)
    return {"method": "kernel", "side": "right" if right else "left", "vectors": vectors, "free": free}
