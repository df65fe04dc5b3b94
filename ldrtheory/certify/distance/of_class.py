"""The distance of a matrix to the set of matrices whose displacement rank is at most r, enclosed with proofs.

class_distance   D_r(M) = inf of ||M - X||_F over X with rank N(X) <= r, N the displacement operator: lower and
                 upper bound
ClassDistance    its answer, ready for a certificate

Lower: if rank N(X) <= r then T_r(N(M)) <= ||N(M) - N(X)||_F <= c ||M - X||_F, with c of `separation.stretch`;
so D_r >= T_r / c.  No inverse is needed, so this holds for singular operators too.
Upper: if ||N(Y)||_F >= s ||Y||_F for all Y, s > 0, then N is a bijection; X = N^-1(G H^T / 2^e) has
displacement rank at most r and ||M - X||_F <= ||N(M) - G H^T / 2^e||_F / s; so D_r is at most that.
Upper, for matrices of up to 2^16 entries: X = G H^T / 2^e with k columns, 2 k <= r.  N(X) = (A G) H^T - G (B^T H)^T, or
G H^T - (A G) (B^T H)^T (over 2^e), has rank at most 2 k <= r; so D_r <= ||M - X||_F, and the best X gives T_k(M).
The certificate holds X itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from ldrtheory import claims
from ldrtheory.certify.distance.entries import to_ints
from ldrtheory.certify.distance.evidence import not_within_evidence, within_evidence
from ldrtheory.certify.distance.numerical import DistanceEvidence
from ldrtheory.certify.distance.residual import ExactMatrix, residual
from ldrtheory.certify.distance.separation import separation, stretch
from ldrtheory.certify.distance.spectrum import Spectrum
from ldrtheory.certify.rank.decide import rank_evidence
from ldrtheory.certify.rank.limits import Progress
from ldrtheory.certify.rank.operators import SparseOperator, sparse_operator
from ldrtheory.claims import encode_matrix, encode_number
from ldrtheory.errors import BadInput
from ldrtheory.exactstrings import rounded_string
from ldrtheory.rings import QQ

Json = dict[str, Any]
WORK = 1 << 23
BY_VALUE = 1 << 16
IDENTITY: Json = {"kind": "sylvester", "left": {"op": "identity"}, "right": {"op": "zero"}}


@dataclass(frozen=True)
class ClassDistance:
    """The enclosure lower <= D_rank(M) <= upper, with its proofs.

    lower, upper     exact rationals with short decimals; upper is None where none is known
    not_within       evidence of D > lower, None for lower = 0
    within           evidence of D <= upper, None for upper = 0
    member           for upper = 0: evidence that M itself has displacement rank at most `rank`
    rule             the rule that gives the upper bound: one of `separation`, or "low-rank"
    """

    rank: int
    lower: Fraction
    upper: Fraction | None
    not_within: Json | None = None
    within: Json | None = None
    member: Json | None = None
    rule: str | None = None

    @property
    def lower_text(self) -> str:
        """The lower bound as a decimal."""
        return rounded_string(self.lower, up=False)

    @property
    def upper_text(self) -> str | None:
        """The upper bound as a decimal, None where there is none."""
        return None if self.upper is None else rounded_string(self.upper, up=True)

    def statements(self, subject: Json, operators: Json, field: str = "Q") -> list[Json]:
        """Return the statements (claim and evidence) of a certificate about `subject`."""
        out = []
        if self.member is not None:
            claim = claims.displacement_rank("at most", self.rank, subject, operators, field)
            out.append(claims.statement(claim, {"at_most": self.member}))
        for relation, bound, evidence in (
            ("not within", self.lower, self.not_within),
            ("within", self.upper, self.within),
        ):
            if evidence is not None:
                size = {"absolute": claims.encode_number(bound)}
                claim = claims.class_distance(relation, self.rank, size, subject, operators, field)
                out.append(claims.statement(claim, evidence))
        return out


def class_distance(
    array: np.ndarray,
    field: str,
    displacement: Any,
    rank: int,
    *,
    known: DistanceEvidence | None = None,
    deadline: float | None = None,
    progress: Progress | None = None,
) -> ClassDistance:
    """Return an enclosure of the Frobenius distance from M to the matrices of displacement rank at most `rank`.

    array: m x n over Q.  known: the answer of `numerical_rank` for the same matrix and displacement, which saves time.
    The lower bound uses as many singular vectors as a budget for the checker allows (all of them up to 200 x 200).
    Errors: BadInput for fields other than Q and negative ranks; Undecided at the deadline.

    >>> identity = {"kind": "sylvester", "left": {"op": "identity"}, "right": {"op": "zero"}}
    >>> answer = class_distance(np.diag([12, 4, 3]), "Q", identity, 1)
    >>> answer.lower_text, answer.upper_text                    # the truth is 5
    ('4.9999999', '5.0000001')
    """
    if field != "Q":
        raise BadInput(f"a distance needs a matrix over Q (real numbers); got field {field}.")
    if rank < 0:
        raise BadInput(f"a rank is at least 0; got {rank}.")
    operators = displacement if isinstance(displacement, dict) else displacement.spec()
    if rank >= min(array.shape):
        side = "right" if array.shape[1] <= array.shape[0] else "left"
        nothing = {"method": "kernel", "side": side, "vectors": [], "free": []}
        return ClassDistance(rank, Fraction(0), Fraction(0), member=nothing)
    spectrum = known.spectrum if known is not None else None
    if spectrum is None:
        L, _ = residual(array, operators)
        spectrum = Spectrum(L, deadline=deadline, progress=progress)
    L = spectrum.L
    tail = _settled_tail(spectrum, rank) if spectrum.square else 0.0
    if tail == 0:
        exact = rank_evidence(array, field, operators, at_most=rank, deadline=deadline, progress=progress)
        if exact.rank <= rank:
            return ClassDistance(rank, Fraction(0), Fraction(0), member=exact.evidence["at_most"])
    target = Fraction(tail or 2.0**-200) * Fraction(2) ** spectrum.exponent
    values = spectrum.values[rank:]
    lower, not_within = Fraction(0), None
    if tail and values.any():
        captured = np.sqrt(np.cumsum(values**2))
        columns = min(rank + 1 + int((captured < 0.9995 * captured[-1]).sum()), _budget(L, rank))
        factors = not_within_evidence(spectrum, rank, columns, target, 2.0**-11)
        lower = factors.bound / stretch(operators, L.shape)
        if lower:
            lower = Fraction(rounded_string(lower * (1 - Fraction(1, 1 << 40)), up=False))
            not_within = factors.evidence()
    choices: list[tuple[Fraction, str, Json]] = []
    rule = separation(operators, L.shape)
    if rule is not None:
        factors = within_evidence(spectrum, rank, target, 2.0**-20)
        choices.append((factors.bound / rule[1], rule[0], {**factors.evidence(), "separation": rule[0]}))
    if array.size <= BY_VALUE:
        M, square = residual(array, IDENTITY)
        if rule is None or choices[0][0] ** 2 > square / 10**4:
            choices.append(_low_rank(Spectrum(M, deadline=deadline, progress=progress), operators, rank // 2))
    if not choices:
        return ClassDistance(rank, lower, None, not_within)
    bound, name, within = min(choices, key=lambda choice: choice[0])
    upper = Fraction(rounded_string(bound * (1 + Fraction(1, 1 << 40)), up=True))
    return ClassDistance(rank, lower, upper, not_within, within, rule=name)


def _low_rank(spectrum: Spectrum, operators: Json, columns: int) -> tuple[Fraction, str, Json]:
    """Return the distance from M to an X = G H^T / 2^e of so few columns, and evidence of its displacement rank."""
    tail = _settled_tail(spectrum, columns)
    target = Fraction(tail or 2.0**-60) * Fraction(2) ** spectrum.exponent
    factors = within_evidence(spectrum, columns, target, 2.0**-12)
    (m, n), unit = spectrum.L.shape, 1 << factors.shift
    X = [
        [encode_number(Fraction(x, unit)) for x in row]
        for row in to_ints(factors.left * factors.right.transpose()).tolist()
    ]
    if factors.left.ncols() == 0:
        at_most: Json = {"method": "pivots", "rows": [], "columns": []}
    else:
        G, H = _fractions(to_ints(factors.left)), _fractions(to_ints(factors.right))
        AG = _times(sparse_operator(operators["left"], m, QQ), G, transposed=False)
        BH = _times(sparse_operator(operators["right"], n, QQ), H, transposed=True)
        pair = (AG, -G) if operators["kind"] == "sylvester" else (G, -AG)
        left = np.concatenate(pair, axis=1) / unit
        at_most = {
            "method": "generators",
            "left": encode_matrix(left),
            "right": encode_matrix(np.concatenate([H, BH], axis=1)),
        }
    return factors.bound, "low-rank", {"approximant": {"entries": X}, "at_most": at_most}


def _fractions(X: np.ndarray) -> np.ndarray:
    out = np.empty(X.shape, dtype=object)
    out[...] = [[Fraction(x) for x in row] for row in X.tolist()]
    return out


def _times(op: SparseOperator, X: np.ndarray, *, transposed: bool) -> np.ndarray:
    """Return A X, or A^T X, in Fractions."""
    out = np.full(X.shape, Fraction(0), dtype=object)
    for i, j, value in op.entries:
        target, source = (j, i) if transposed else (i, j)
        out[target] += value[0] * X[source]
    return out


def _budget(L: ExactMatrix, rank: int) -> int:
    m, n = L.shape
    return max(rank + 8, min(min(m, n), WORK // (m * n)))


def _settled_tail(spectrum: Spectrum, rank: int) -> float:
    """Return a guess of T_rank in units of 2^exponent, after widening and deflating until it is above the noise."""
    L = spectrum.L
    for _ in range(80):
        values = spectrum.values
        if spectrum.exhausted and len(values) <= rank:
            return 0.0
        if len(values) <= rank and not spectrum.complete:
            spectrum.widen()
            continue
        tail = float(np.sqrt((values[rank:] ** 2).sum() + spectrum.rest**2))
        blur = 64 * spectrum.noise * len(values) ** 0.5
        fresh = values[spectrum.taken :]
        if blur > 2.0**-12 * tail and fresh.any() and spectrum.taken <= rank:
            spectrum.deflate()
        elif spectrum.rest > 0.1 * tail and not spectrum.complete and len(values) < _budget(L, rank):
            spectrum.widen()
        else:
            return tail
    return 0.0
