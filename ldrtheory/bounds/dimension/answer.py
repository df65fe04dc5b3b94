"""The generic dimension of a class: the dimension of the closure of its matrices, in characteristic 0.

dimension           lower bound by the rank of the Jacobian, upper bound by what is redundant, and what each rests on
DimensionAnswer     the answer
"""

from __future__ import annotations

import json
import shlex
import time
from collections.abc import Callable
from dataclasses import dataclass
from math import log2
from pathlib import Path
from typing import Any

from ldrtheory.bounds.closed_forms import figures
from ldrtheory.bounds.derived import derive, parameter_total, read_family
from ldrtheory.bounds.dimension.certificate import CHECKER_STEPS, Lower, checked, jacobian_rank
from ldrtheory.bounds.dimension.formulas import formula
from ldrtheory.bounds.dimension.learned import Generated, generated_rank
from ldrtheory.bounds.dimension.recording import TOO_LONG, program_of
from ldrtheory.bounds.dimension.upper import Upper, directions, upper_bounds
from ldrtheory.bounds.dimension.words import matrix_gauges
from ldrtheory.claims import Level
from ldrtheory.claims.level import weakest
from ldrtheory.errors import BadInput, CheckerRefused, Undecided
from ldrtheory.families import Family

SEED = 20240229
MOST_ENTRIES, MOST_WORK = 1 << 14, 1 << 29  # entries, and steps times parameters, that are differentiated
# operations times parameters above which classes given by generators are differentiated by matrix products
QUICK = 1 << 26


@dataclass(frozen=True)
class Redundancy:
    """Independent directions along which no entry changes, and whether that was shown as an identity."""

    name: str
    directions: int
    identity: bool


@dataclass(frozen=True)
class DimensionAnswer:
    """lower <= dimension of the class <= upper.

    dimension       lower, the rank of the Jacobian at a random point
    lower_level     verified: the checker accepted the certificate of a minor; observed: the rank was computed in this
                    run and not checked again
    upper_level     verified: a number of parameters or entries of the accepted certificate; probable: identities
                    shown here, which the checker does not decide, or the rank at two random points, with the error
    redundancy      parameters - dimension
    gauges          where it comes from
    formula         the closed formula of the class, None where there is none
    level           the least of the two
    """

    family: Family
    parameters: int
    dimension: int
    lower: int
    lower_level: Level
    lower_reason: str
    upper: int
    upper_level: Level
    upper_reason: str
    ambient: int
    gauges: tuple[Redundancy, ...]
    formula: int | None
    certificate: Path | None
    checked: bool
    seconds: float

    @property
    def redundancy(self) -> int:
        """parameters - dimension."""
        return self.parameters - self.dimension

    @property
    def level(self) -> Level:
        """What the value of the dimension rests on."""
        return weakest(self.lower_level, self.upper_level)

    def json(self) -> str:
        """Return the answer as one JSON object."""
        data: dict[str, Any] = {
            "family": str(self.family),
            "parameters": self.parameters,
            "dimension": self.dimension,
            "lower": self.lower,
            "lower_level": str(self.lower_level),
            "lower_reason": self.lower_reason,
            "upper": self.upper,
            "upper_level": str(self.upper_level),
            "upper_reason": self.upper_reason,
            "level": str(self.level),
            "redundancy": self.redundancy,
            "ambient": self.ambient,
            "gauges": [vars(g) for g in self.gauges],
            "formula": self.formula,
            "certificate": None if self.certificate is None else str(self.certificate),
            "checked": self.checked,
            "seconds": round(self.seconds, 3),
        }
        return json.dumps(data)

    def lines(self) -> list[str]:
        """Return the answer for reading."""
        m, n = self.family.shape
        out = [
            f"{self.family}: dimension {self.dimension} of {self.ambient} ({m} x {n} matrices)",
            f"parameters  {self.parameters}, of them redundant {self.redundancy}",
            f"at least    {self.lower}  {self.lower_level}: {self.lower_reason}",
            f"at most     {self.upper}  {self.upper_level}: {self.upper_reason}",
        ]
        out += [
            f"redundant   {g.directions} by {g.name}{'' if g.identity else ' (not shown as an identity)'}"
            for g in self.gauges
            if g.directions
        ]
        if self.formula is not None:
            agrees = "agrees" if self.formula == self.dimension else "DIFFERS: please report it"
            out.append(f"formula     {self.formula}: {agrees}")
        if self.certificate is not None:
            out.append(f"check it again: ldrtheory check {shlex.quote(str(self.certificate))}")
        return out

    def __str__(self) -> str:
        return "\n".join(self.lines())


def dimension(
    family: Family | str,
    certificate: str | Path | None = None,
    seed: int = SEED,
    progress: Callable[[int, int, str], None] = lambda done, total, what: None,
) -> DimensionAnswer:
    """Return the generic dimension of a class, bounded from both sides.

    certificate: where to write the certificate of the lower bound.  progress: called with each stage in words.
    Raises UnknownName or BadInput for what is no class; Undecided for sizes beyond a minute's work.

    >>> answer = dimension("LowRank(n=4, rank=2)")
    >>> answer.parameters, answer.lower, answer.upper, str(answer.level)
    (16, 12, 12, 'probable')
    """
    started = time.monotonic()
    known = read_family(family)
    out = None if certificate is None else Path(certificate)
    m, n = known.shape
    parameters = parameter_total(known)
    operations = _operations(known)
    if isinstance(known, Generated) and out is None and operations * parameters > QUICK:
        progress(0, 0, "differentiating")
        return _generated(known, parameters, seed, started)
    if m * n > MOST_ENTRIES or parameters > MOST_ENTRIES:
        raise Undecided(
            f"{known}: {m * n} entries and {parameters} parameters; wanted at most {MOST_ENTRIES} of each. "
            f"{_by_formula(known)}"
        )
    if operations > 4 * TOO_LONG:
        raise Undecided(
            f"{known}: about {operations} operations to differentiate; wanted at most {4 * TOO_LONG}. "
            f"{_by_formula(known)}"
        )
    progress(0, 0, "writing the class as a program")
    program = program_of(known)
    if len(program.steps) * max(parameters, 1) > MOST_WORK:
        raise Undecided(
            f"{known}: {len(program.steps)} operations to differentiate by {parameters} parameters; wanted a product "
            f"of at most {MOST_WORK}. {_by_formula(known)}"
        )
    progress(0, 0, "differentiating")
    lower = jacobian_rank(program, known.order, seed)
    if out is not None and not lower.checkable:
        raise BadInput(
            f"{known}: its certificate would take the checker {len(program.steps) * lower.rank} steps; wanted at most "
            f"{CHECKER_STEPS}: ask without a certificate, or for smaller sizes."
        )
    progress(0, 0, "looking for redundant directions")
    found = directions(known, program, lower.point)
    best = upper_bounds(known, program, found)[0]
    upper, again = best.bound, None
    if best.bound > lower.rank:
        again = jacobian_rank(lower.program, known.order, seed + 1).rank
        if again > lower.rank:  # the first point was not generic
            return dimension(known, certificate, seed + 2, progress)
        upper = lower.rank
    progress(0, 0, "checking the certificate")
    fine = lower.checkable and _accepted(lower, known, out)
    upper_level = Level.VERIFIED if best.counted and again is None and fine else Level.PROBABLE
    upper_reason = (
        best.reason
        if upper_level is Level.VERIFIED
        else _doubt(known, lower, best, 1 if again is None else 2)
    )
    return DimensionAnswer(
        known,
        parameters,
        lower.rank,
        lower.rank,
        Level.VERIFIED if fine else Level.OBSERVED,
        _minor(lower, fine),
        upper,
        upper_level,
        upper_reason,
        m * n,
        tuple(Redundancy(d.gauge.name, d.count, d.shown) for d in found),
        formula(known),
        out if fine else None,
        fine,
        time.monotonic() - started,
    )


def _operations(family: Family) -> int:
    """About how many operations the entries take, without running them (0 where that is not known)."""
    known = figures(family)
    if known is None:
        return 0
    vectors = 1 if type(family).multiply is Family.multiply else family.shape[1]
    return (known.multiplications + known.additions) * vectors + known.preparation


def _by_formula(family: Family) -> str:
    value = formula(family)
    return (
        "Ask for smaller sizes."
        if value is None
        else f"Its formula gives {value}; ask for smaller sizes to verify."
    )


def _minor(lower: Lower, fine: bool) -> str:
    where = f"a minor of size {lower.rank} of the Jacobian is nonzero modulo {lower.point.prime}"
    return f"{where}; {'the checker accepted it' if fine else 'computed here, too long for the checker'}"


def _accepted(lower: Lower, family: Family, out: Path | None) -> bool:
    verdict = checked(lower, family, out)
    if not verdict.accepted:
        raise CheckerRefused(f"{family}: the checker did not accept the certificate: {verdict.reason}")
    return True


def _doubt(family: Family, lower: Lower, best: Upper, points: int) -> str:
    """What an upper bound without a certificate rests on, with its error by the lemma of Schwartz and Zippel."""
    closed = figures(family) or derive(family)
    degree = (lower.rank + 1) * max(closed.degree_numerator + closed.degree_denominator - 1, 1)
    error = int(points * (log2(degree) - 53))
    chance = f"error <= 2^{error} over the choice of the points modulo {lower.point.prime}"
    if points == 1:
        return f"{best.reason}; shown in this run, without a certificate, and the rank at a random point: {chance}"
    return f"the rank at two random points, {chance}; shown in this run: at most {best.bound} ({best.reason})"


def _generated(family: Generated, parameters: int, seed: int, started: float) -> DimensionAnswer:
    """Classes given by generators at size: the rank modulo a small prime, the gauges as matrix identities."""
    entries = family.shape[0] * family.shape[1]
    if parameters * entries > MOST_WORK:
        raise Undecided(
            f"{family}: its Jacobian has {parameters} columns and {entries} rows. {_by_formula(family)}"
        )
    rank = generated_rank(family, seed)
    found = [Redundancy(name, count, True) for name, count in matrix_gauges(family)]
    free = parameters - sum(g.directions for g in found)
    names = ", ".join(f"{g.name} ({g.directions})" for g in found)
    reason = f"gauge directions: {names}" if free < entries else "the number of entries"
    upper = min(free, entries)
    if rank < upper:
        reason = f"the rank at a random point modulo a prime near 2^22; shown: at most {upper} ({reason})"
        upper = rank
    return DimensionAnswer(
        family,
        parameters,
        rank,
        rank,
        Level.OBSERVED,
        "the rank of the Jacobian at a random point modulo a prime near 2^22, computed here and not checked again",
        upper,
        Level.OBSERVED,
        f"{reason}; computed in this run",
        entries,
        tuple(found),
        formula(family),
        None,
        False,
        time.monotonic() - started,
    )
