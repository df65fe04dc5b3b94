"""From pivots to the evidence of a displacement-rank certificate, in the form that is cheapest to check.

at_least     {"rows", "columns", "prime"[, "root"]}: L[rows, columns] is nonsingular modulo the prime
at_most      pivots (small rank), generators (small integers found) or kernel vectors (rank nearly full)
"""

from __future__ import annotations

from typing import Any

from flint import nmod_mat

from ldrtheory.certify.rank.decision import Decision, integer_matrix
from ldrtheory.certify.rank.kernel_vectors import FEW_VECTORS, kernel_modulo
from ldrtheory.certify.rank.limits import roots_of_unity, small_primes
from ldrtheory.certify.rank.residual import Residual, clear_rows
from ldrtheory.claims import encode_number

LARGE_RANK = 16  # from here a small prime pays for the checker
CHEAP_PRIME = 2**13


def at_least(L: Residual, found: Decision) -> dict[str, Any]:
    """Return the evidence for rank >= r: the pivots and a prime, a small one where that makes checking cheaper."""
    prime, root = found.prime, found.root
    if found.rank >= LARGE_RANK and prime >= CHEAP_PRIME and not L.ring.characteristic:
        prime, root = _small_prime(L, found)
    evidence: dict[str, Any] = {"rows": found.rows, "columns": found.columns, "prime": encode_number(prime)}
    if L.degree > 1:
        evidence["root"] = encode_number(root)
    return evidence


def _small_prime(L: Residual, found: Decision) -> tuple[int, int]:
    order = int(getattr(L.ring, "order", 1))
    r = found.rank
    minor = None
    if L.degree == 1:
        minor = integer_matrix(clear_rows(L.scaled(found.rows, found.columns)))
    for p in small_primes(order):
        if p >= found.prime or not L.usable(p):
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
    if found.upper is not None:
        return found.upper
    if L.ring.characteristic and r >= LARGE_RANK and min(m, n) - r <= FEW_VECTORS:
        return kernel_modulo(L, found)
    return {"method": "pivots", "rows": found.rows, "columns": found.columns}
