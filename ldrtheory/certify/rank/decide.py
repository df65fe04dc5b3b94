"""The exact displacement rank of a matrix, with evidence that a stranger can check.

rank_evidence   decide rank(L) exactly and return what a certificate needs
quick_rank      a lower bound by random primes, with a bound on the error
RankEvidence    the answer of rank_evidence
QuickRank       the answer of quick_rank
ROUTES          the producer routes that can be forced
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np  # noqa: F401  (used by the examples)

from ldrtheory.certify.rank import evidence as evidence_of
from ldrtheory.certify.rank import flint_route as rank_flint
from ldrtheory.certify.rank import quick as rank_quick
from ldrtheory.certify.rank.decision import Decision
from ldrtheory.certify.rank.limits import Budget, Progress
from ldrtheory.certify.rank.quick import QuickRank
from ldrtheory.certify.rank.residual import Residual, residual_of
from ldrtheory.errors import unknown_name
from ldrtheory.rings import Ring

ROUTES = ("auto", "flint", "multimodular", "lll")
__all__ = ["ROUTES", "QuickRank", "RankEvidence", "quick_rank", "rank_evidence"]

GENERATORS_FROM = 5  # from this rank small generators are tried first
SMALL = 320 * 320  # up to this many entries flint answers before compiled kernels are loaded


@dataclass(frozen=True)
class RankEvidence:
    """The exact rank of a residual L with evidence in certificate notation.

    rank: rank(L); with relation "at least" (a caller's limit was exceeded) only a proved lower bound.
    rows, columns: a nonsingular rank x rank minor of L.  evidence: {"at_most": ..., "at_least": ...}.
    route: who decided.  level: "exact", which becomes "verified" when the checker has accepted the certificate.
    """

    rank: int
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    evidence: dict[str, Any]
    route: str
    level: str = "exact"
    relation: str = "exactly"


def rank_evidence(
    array: Any,
    field: str | Ring,
    displacement: Any,
    *,
    route: str = "auto",
    at_most: int | None = None,
    deadline: float | None = None,
    progress: Progress | None = None,
) -> RankEvidence:
    """Return the exact displacement rank of `array` over `field`, with its evidence.

    array: m x n; numeric, or object entries of the field.  Floats are the dyadic rationals they store.
    displacement: a Sylvester or Stein object, or its certificate notation.
    route: "auto", or one of ROUTES to force it; every route gives the same rank.
    at_most: a caller who asks "at most R?" gets an answer as soon as the rank is known to exceed R.
    deadline: a moment of time.monotonic().  progress: called as progress(done, total, what).
    Cost: O(m n r^2 log(entries)) for rank r; full rank as one elimination modulo a word-sized prime.
    Errors: Undecided when the deadline passes; NotInRing, ShapeMismatch, BadInput for wrong input.

    >>> toeplitz = {"kind": "sylvester", "left": {"op": "shift", "corner": 1}, "right": {"op": "shift", "corner": -1}}
    >>> answer = rank_evidence(np.array([[1, 2], [5, 1]]), "Q", toeplitz)
    >>> answer.rank, answer.evidence["at_least"]["rows"]
    (2, [0, 1])
    """
    if route not in ROUTES:
        raise unknown_name("route", route, ROUTES)
    budget = Budget(deadline, progress)
    budget.spend(0, 1, "reading the matrix")
    L = residual_of(array, field, displacement)
    name, found = _decide(L, route, budget, at_most)
    evidence: dict[str, Any] = {}
    if found.proved_above:
        evidence["at_most"] = evidence_of.at_most(L, found)
    evidence["at_least"] = evidence_of.at_least(L, found)
    relation = "exactly" if found.proved_above else "at least"
    return RankEvidence(
        found.rank, tuple(found.rows), tuple(found.columns), evidence, name, "exact", relation
    )


def _decide(L: Residual, route: str, budget: Budget, at_most: int | None) -> tuple[str, Decision]:
    """Return the route taken and its decision."""
    m, n = L.shape
    if route == "flint" or L.ring.characteristic or (route == "auto" and m * n <= SMALL):
        return "flint", rank_flint.decide(L, budget, at_most)
    from ldrtheory.certify.rank import (
        modular_route as rank_modular,  # the compiled kernels stay unloaded until they are needed
    )
    from ldrtheory.certify.rank.prepare import Prepared, explicit

    awkward = _is_awkward(L)
    if awkward and L.degree > 1:
        return "flint", rank_flint.decide(L, budget, at_most)
    plain = explicit(L) if awkward else L
    ready = Prepared.of(plain)
    generators_from = {"lll": 1, "auto": GENERATORS_FROM}.get(route)
    found = rank_modular.decide(plain, ready, budget, at_most, generators_from=generators_from)
    if found is None:
        from ldrtheory.certify.rank import large as rank_large

        found = rank_large.decide(plain, ready, budget, at_most)
    name = "lll" if found.upper is not None and found.upper["method"] == "generators" else "multimodular"
    return name, (replace(found, upper=None) if awkward else found)


def _is_awkward(L: Residual) -> bool:
    """Whether the kernels want L formed first: dense operators, or entries without a common denominator."""
    return L.entries.kind == "rational" or L.left.is_dense or L.right.is_dense


def quick_rank(
    array: Any,
    field: str | Ring,
    displacement: Any,
    *,
    error_bits: int = 80,
    deadline: float | None = None,
    progress: Progress | None = None,
    random: Callable[[int], int] = secrets.randbelow,
) -> QuickRank:
    """Return rank(L) modulo random primes: a lower bound that is too small with probability at most 2^-error_bits.

    A prime misses the rank only if it divides a fixed nonzero maximal minor of the integer matrix L', an integer
    below 2^b (over Q(zeta_N): its norm, below 2^(b phi(N))); see rank_quick for the count.
    random: a function of k that returns a random integer below k.
    Errors: as rank_evidence.

    >>> ordinary = {"kind": "sylvester", "left": {"op": "identity"}, "right": {"op": "zero"}}
    >>> answer = quick_rank(np.array([[1, 2, 3], [2, 4, 6]]), "Q", ordinary)
    >>> answer.rank, answer.level, answer.error_bits >= 80
    (1, 'probable', True)
    """
    budget = Budget(deadline, progress)
    budget.spend(0, 1, "reading the matrix")
    L = residual_of(array, field, displacement)
    m, n = L.shape
    if L.ring.characteristic or m * n <= SMALL or (_is_awkward(L) and L.degree > 1):
        return rank_quick.probable_rank(L, error_bits, budget, random)
    from ldrtheory.certify.rank.prepare import Prepared, explicit

    plain = explicit(L) if _is_awkward(L) else L
    return rank_quick.streamed_rank(plain, Prepared.of(plain), error_bits, budget, random)
