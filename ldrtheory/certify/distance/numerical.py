"""Two-sided proofs about the distance of a matrix to the matrices of small displacement rank.

numerical_rank     least r with T_r(L) <= EPS ||M||_F, or a decision for one r; T_r(L) is the Frobenius
                   distance of the residual L
                   to the matrices of rank at most r
DistanceEvidence   its answer: the integers that prove it, ready for a certificate

Floating point only guesses here; what is returned was recomputed in exact integers first.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as attribute
from fractions import Fraction
from typing import Any

import numpy as np

from ldrtheory import claims
from ldrtheory.certify.distance.evidence import Factors, not_within_evidence, within_evidence
from ldrtheory.certify.distance.numbers import log2, rational, root_up
from ldrtheory.certify.distance.residual import residual
from ldrtheory.certify.distance.spectrum import Spectrum
from ldrtheory.certify.rank.limits import Progress
from ldrtheory.errors import BadInput, Undecided
from ldrtheory.exactstrings import rounded_string

Json = dict[str, Any]


@dataclass(frozen=True)
class DistanceEvidence:
    """The answer to "which rank does the residual have, up to the tolerance", with its proofs.

    rank         the least r that holds, or the r that was asked for
    holds        whether T_rank <= tolerance * ||M||_F
    within       evidence of T_rank <= tolerance * ||M||_F, None where holds is False
    not_within   evidence of T > tolerance * ||M||_F at rank - 1 (at rank where holds is False); None for rank
                 0 and where not needed
    tail_upper   proven upper bound on T_rank (absolute), None where holds is False
    tail_lower   proven lower bound on T at the rank that not_within is about, else 0
    spectrum     what was learned about the residual, for `class_distance` to go on with
    """

    rank: int
    holds: bool
    tolerance: Fraction
    within: Json | None
    not_within: Json | None
    tail_lower: Fraction
    tail_upper: Fraction | None
    spectrum: Spectrum | None = attribute(default=None, repr=False, compare=False)

    def statements(self, subject: Json, operators: Json, field: str = "Q") -> list[Json]:
        """Return the statements (claim and evidence) of a certificate about `subject`."""
        bound = {"relative": claims.encode_number(self.tolerance)}
        out = []
        for relation, rank, evidence in (
            ("within", self.rank, self.within),
            ("not within", self.rank - 1 if self.holds else self.rank, self.not_within),
        ):
            if evidence is not None:
                claim = claims.residual_distance(relation, rank, bound, subject, operators, field)
                out.append(claims.statement(claim, evidence))
        return out


def numerical_rank(
    array: np.ndarray,
    field: str,
    displacement: Any,
    tolerance: Any,
    *,
    rank: int | None = None,
    deadline: float | None = None,
    progress: Progress | None = None,
) -> DistanceEvidence:
    """Return the least r with T_r(L) <= tolerance ||M||_F, proved on both sides.  With `rank`, decide that one r.

    array: m x n, integers, floats (read as the dyadic rationals they store) or exact rationals.
    displacement: an object with .spec(), or certificate notation.
    tolerance: exact and positive (tolerance 0 is the exact rank, a question for certify.rank).
    deadline: a moment of time.monotonic().  progress: called as progress(done, total, what).
    Cost: a singular value decomposition, full for min(m, n) <= 256 and else of as many values as needed, and exact
    integer products with r + few columns.
    Errors: BadInput for complex entries, fields other than Q, a tolerance that is not positive; Undecided where
    the two sides cannot be separated or the time runs out.

    >>> rank = {"kind": "sylvester", "left": {"op": "identity"}, "right": {"op": "zero"}}
    >>> answer = numerical_rank(np.diag([12, 4, 3]), "Q", rank, Fraction(4, 10))
    >>> answer.rank, answer.tail_upper, answer.holds          # ||M|| = 13: 5 <= 0.4 * 13 < 13
    (1, Fraction(5, 1), True)
    """
    eps = rational(tolerance)
    if eps <= 0:
        raise BadInput(
            f"a tolerance must be positive; got {eps}. For the exact rank leave the tolerance out."
        )
    if field != "Q":
        raise BadInput(
            f"a tolerance needs a matrix over Q (real numbers); got field {field}. Leave the tolerance out."
        )
    if rank is not None and rank < 0:
        raise BadInput(f"a rank is at least 0; got {rank}.")
    operators = displacement if isinstance(displacement, dict) else displacement.spec()
    L, norm_squared = residual(array, operators)
    target = root_up(eps**2 * norm_squared)
    search = _Search(Spectrum(L, deadline=deadline, progress=progress), eps**2 * norm_squared, target)
    if rank is not None:
        return search.decide(min(rank, min(L.shape)), rank, eps)
    return search.least(eps)


class _Search:
    """Proofs of T_r <= target or T_r > target for one residual, made once each."""

    def __init__(self, spectrum: Spectrum, target_squared: Fraction, target: Fraction) -> None:
        self.spectrum = spectrum
        self.target_squared = target_squared
        self.target = target
        self.trivial = spectrum.square <= target_squared
        self.size = 0.0 if self.trivial else float(target / Fraction(2) ** spectrum.exponent)
        if not self.trivial and log2(target) - spectrum.exponent < -900:
            raise Undecided(
                "the tolerance is below 2^-900 of the residual's norm, too small for a distance; "
                "ask for the exact rank by leaving the tolerance out."
            )
        self._within: dict[int, Factors] = {}
        self._beyond: dict[int, Factors] = {}

    def least(self, eps: Fraction) -> DistanceEvidence:
        rank = 0 if self.trivial else self._guess(None)
        for _ in range(4):
            if not self.prove_within(rank):
                if not self.prove_beyond(rank):
                    break
                rank += 1
            elif rank == 0 or self.prove_beyond(rank - 1):
                return self._answer(rank, rank, True, eps, rank - 1)
            elif not self.prove_within(rank - 1):
                rank -= 1
                break
            else:
                rank -= 1
        raise Undecided(self._enclosure(rank, eps))

    def decide(self, rank: int, asked: int, eps: Fraction) -> DistanceEvidence:
        if self.trivial:
            rank = 0
        else:
            self._guess(rank)
        if self.prove_within(rank):
            return self._answer(rank, asked, True, eps, None)
        if self.prove_beyond(rank):
            return self._answer(rank, asked, False, eps, rank)
        raise Undecided(self._enclosure(rank, eps))

    def _answer(
        self, rank: int, asked: int, holds: bool, eps: Fraction, below: int | None
    ) -> DistanceEvidence:
        upper = self._within[rank] if holds else None
        lower = self._beyond[below] if below is not None and below >= 0 else None
        return DistanceEvidence(
            rank=asked,
            holds=holds,
            tolerance=eps,
            within=upper.evidence() if upper else None,
            not_within=lower.evidence() if lower else None,
            tail_lower=lower.bound if lower else Fraction(0),
            tail_upper=upper.bound if upper else None,
            spectrum=self.spectrum,
        )

    def _enclosure(self, rank: int, eps: Fraction) -> str:
        lower = self._beyond[rank].bound if rank in self._beyond else Fraction(0)
        upper = self._within[rank].bound if rank in self._within else None
        return (
            f"tolerance {rounded_string(eps, up=False)}: the residual's distance to rank {rank} lies in "
            f"[{rounded_string(lower, up=False, digits=17)}, "
            f"{'?' if upper is None else rounded_string(upper, up=True, digits=17)}] and the bound "
            f"{rounded_string(self.target, up=False, digits=17)} could not be separated from it; "
            "ask for a slightly larger or smaller tolerance."
        )

    def _values(self) -> np.ndarray:
        """Return the guesses of singular values in units of the target, cut at 1e150 so that squares stay finite."""
        return np.minimum(self.spectrum.values / self.size, 1e150)

    def _tails(self) -> np.ndarray:
        """Return guesses of T_0, T_1, ..., T_K in units of the target, summed from the smallest value upward."""
        rest = min(self.spectrum.rest / self.size, 1e150)
        squares = np.concatenate([[rest**2], self._values()[::-1] ** 2])
        return np.asarray(np.sqrt(np.cumsum(squares)))[::-1]

    def _guess(self, rank: int | None) -> int:
        """Return the least r that seems to hold, once the spectrum is known well enough to decide it (or `rank`)."""
        spectrum = self.spectrum
        for _ in range(200):
            tails = self._tails()
            blur = 64 * spectrum.noise * len(spectrum.values) ** 0.5
            if blur > 2.0**-12 * self.size and spectrum.values[spectrum.taken :].any():
                if spectrum.complete or spectrum.values[-1] < 2.0**-22 * spectrum.values[spectrum.taken]:
                    spectrum.deflate()
                else:
                    spectrum.widen()
                continue
            guess = int((tails > 1).sum()) if rank is None else rank
            if spectrum.complete or self._covered(tails, guess, rank):
                break
            spectrum.widen()
        return min(guess, len(spectrum.values))

    def _covered(self, tails: np.ndarray, guess: int, rank: int | None) -> bool:
        """Return whether the known values alone are enough to prove what seems to be true."""
        if guess >= len(tails):
            return False
        below = guess if rank is not None else guess - 1
        if below < 0 or tails[below] <= 1:
            return True
        return bool(np.linalg.norm(self._values()[below:]) > 1.0001)

    def prove_within(self, rank: int) -> bool:
        """Return whether T_rank <= target was proved (exactly)."""
        if rank not in self._within:
            tail = 0.0 if self.trivial else float(self._tails()[min(rank, len(self.spectrum.values))])
            gap = 1 - tail
            if gap < -1e-6:
                return False
            for margin in (max(min(gap, 0.5), 2.0**-40), 2.0**-80):
                made = within_evidence(self.spectrum, rank, self.target, margin)
                if rank not in self._within or made.square < self._within[rank].square:
                    self._within[rank] = made
                if made.square <= self.target_squared or gap > 0.01:
                    break
        return self._within[rank].square <= self.target_squared

    def prove_beyond(self, rank: int) -> bool:
        """Return whether T_rank > target was proved (exactly)."""
        if self.trivial:
            return False
        if rank not in self._beyond:
            values = self._values()
            if rank >= len(values):
                return False
            reach = np.sqrt(np.cumsum(values[rank:] ** 2))
            if reach[-1] < 1 - 1e-6:
                return False
            wanted = 1 + 0.6 * (reach[-1] - 1)
            columns = rank + 1 + int((reach < wanted).sum())
            margin = max(min(0.5 * (reach[-1] - 1), 0.25), 2.0**-40)
            self._beyond[rank] = not_within_evidence(
                self.spectrum, rank, min(columns, len(values)), self.target, margin
            )
        return self._beyond[rank].square > self.target_squared
