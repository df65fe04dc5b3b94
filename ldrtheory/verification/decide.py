"""From a matrix and operators to a certified answer.

verify      the public call
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from ldrtheory.certify.rank.decide import quick_rank, rank_evidence
from ldrtheory.claims import Level, displacement_rank, statement
from ldrtheory.errors import BadInput, Undecided
from ldrtheory.exactstrings import parse_rational
from ldrtheory.operators import CATALOGUE, Displacement, is_invertible, named_displacement
from ldrtheory.operators.convert import displacement_over
from ldrtheory.rings import PrimeField, Ring, ring_named, ring_of
from ldrtheory.rings.ring import as_fraction
from ldrtheory.subjects import Subject, read_subject
from ldrtheory.verification.answers import CatalogueReport, Distance, Report, WrittenCertificate
from ldrtheory.verification.certificates import Claims, written_and_checked

Progress = Callable[[int, int, str], None]

CHEAP_RANK = (
    32  # asked about less, the exact rank is still worked out up to here: it is what a reader wants next
)


def verify(
    source: Any,
    operators: str | Displacement | None = None,
    *,
    rank: int | None = None,
    tolerance: Any = None,
    certificate: str | os.PathLike[str] | None = None,
    all_certificates: bool = False,
    seconds: float | None = None,
    progress: Progress | None = None,
) -> Report | CatalogueReport:
    """Return the displacement rank of a matrix, exactly, with a certificate that the checker has accepted.

    source: a file name (.npy, .npz:name, .safetensors:tensor, .mtx, .csv, .json), a numpy array, a nested list, an
        array of rationals, a scipy sparse matrix, or anything with `__dlpack__` or `__array__`.
    operators: a name ("toeplitz", "cauchy:s.json,t.json", ...) or a displacement such as
        Sylvester(shift(f=1), shift(f=-1)); without it, every pair of the catalogue, as a CatalogueReport.
    rank: asks "at most this?"; the answer is in `holds`.
    tolerance: an exact number EPS (a string, Fraction or float); the rank is then the least r with
        min over rank(X) <= r of ||L - X||_F <= EPS ||M||_F, both sides proved.
    certificate: where to write it; default: beside the matrix file, with suffix .cert.json (arrays: nowhere).
    seconds: stop after this long with Undecided.

    Raises BadInput for what cannot be read, Undecided when the limits run out.

    >>> from ldrtheory import verify
    >>> report = verify([[1, 2, 3], [4, 1, 2], [5, 4, 1]], operators="toeplitz")
    >>> report.rank, report.checked, str(report.level)
    (2, True, 'verified')
    """
    start = time.monotonic()
    subject = source if isinstance(source, Subject) else read_subject(source)
    if rank is not None and (not isinstance(rank, int) or isinstance(rank, bool) or rank < 0):
        raise BadInput(f"a rank is a whole number of at least 0; got {rank!r}.")
    job = _Job(
        subject,
        rank,
        None if tolerance is None else _tolerance(tolerance),
        None if certificate is None else Path(certificate),
        start,
        None if seconds is None else start + seconds,
        progress,
    )
    if operators is not None:
        name = operators if isinstance(operators, str) else None
        displacement = named_displacement(operators) if isinstance(operators, str) else operators
        if not isinstance(displacement, Displacement):
            raise BadInput(
                f"operators must be a name such as 'toeplitz' or a displacement such as "
                f"Sylvester(shift(f=1), shift(f=-1)); got {operators!r} ({type(operators).__name__})."
            )
        return job.decide(name, displacement)
    return job.catalogue(all_certificates)


def _tolerance(value: Any) -> Fraction:
    """A tolerance as an exact rational: strings mean what they say, floats the dyadic rational they store."""
    if isinstance(value, str):
        value = parse_rational(value.strip())
    pair = as_fraction(value)
    if pair is None or pair[0] < 0:
        raise BadInput(f"a tolerance is an exact number of at least 0, such as '1e-9'; got {value!r}.")
    return Fraction(*pair)


class _Found(NamedTuple):
    """What a producer found: the claims for a certificate, and the fields of the Report they support."""

    claims: Claims
    fields: dict[str, Any]


@dataclass(frozen=True)
class _Job:
    """One call of verify: the subject, the question, and the limits."""

    subject: Subject
    asked: int | None
    tolerance: Fraction | None
    out: Path | None
    start: float
    deadline: float | None
    progress: Progress | None

    @property
    def limits(self) -> dict[str, Any]:
        """What every producer is told."""
        return {"deadline": self.deadline, "progress": self.progress}

    def ring(self, displacement: Displacement) -> Ring:
        """The field that holds the subject and the operators."""
        own = ring_named(self.subject.field)
        constants = [x for x in displacement.values() if not isinstance(x, int)]
        wanted = ring_of(constants) if constants else own
        if wanted.name in ("Q", own.name):
            return own
        if own.name == "Q":
            return wanted
        raise BadInput(
            f"{self.subject.name} lives over {own.name}, the operators over {wanted.name}; give both over one field."
        )

    def _spec(self, displacement: Displacement) -> dict[str, Any]:
        """The operators for a certificate; over GF(p) their parameters are elements of the field: p - 1 for -1."""
        ring = self.ring(displacement)
        return (
            displacement_over(displacement, ring) if isinstance(ring, PrimeField) else displacement
        ).spec()

    # ------------------------------------------------------------------ one pair

    def decide(self, name: str | None, displacement: Displacement, suffix: str = "") -> Report:
        """Decide one pair, write the certificate, have it checked."""
        began = time.monotonic()
        rows, columns = self.subject.shape
        displacement.left.sized(rows)
        displacement.right.sized(columns)
        self._say(f"{name or displacement}: residual and rank")
        found = self._numerical(displacement) if self.tolerance else self._exact(displacement)
        self._say("checker")
        written = written_and_checked(self.subject, found.claims, self.out, suffix, self.deadline)
        if written.accepted:
            level, basis = (
                Level.VERIFIED,
                "the checker accepted the certificate, exactly, in a process of its own",
            )
        else:
            level = Level.OBSERVED
            basis = f"our checker did not accept our certificate ({written.reason}); please report this"
        return self._report(name, displacement, found.fields, level, basis, began, written)

    def _report(
        self,
        name: str | None,
        displacement: Displacement,
        fields: dict[str, Any],
        level: Level,
        basis: str,
        began: float,
        certificate: WrittenCertificate | None = None,
    ) -> Report:
        return Report(
            subject=self.subject,
            displacement=displacement,
            name=name,
            exact=not self.tolerance,
            invertible=is_invertible(displacement, self.subject.shape, self.ring(displacement)),
            level=level,
            basis=basis,
            certificate=certificate,
            seconds=time.monotonic() - began,
            asked=self.asked,
            tolerance=self.tolerance,
            **fields,
        )

    def _exact(self, displacement: Displacement) -> _Found:
        """The exact rank; with tolerance 0 also the distance to the class that was asked about."""
        array, field, spec = self.subject.array, self.ring(displacement).name, self._spec(displacement)
        at_most = None if self.asked is None else max(self.asked, CHEAP_RANK)
        evidence = rank_evidence(array, field, displacement, at_most=at_most, **self.limits)
        holds = None if self.asked is None else evidence.relation == "exactly" and evidence.rank <= self.asked
        fields: dict[str, Any] = {"rank": evidence.rank, "relation": evidence.relation, "holds": holds}
        distance = None
        if self.tolerance is not None:
            from ldrtheory.certify.distance.of_class import class_distance

            rank = evidence.rank if self.asked is None or holds else self.asked
            distance = class_distance(array, field, displacement, rank, **self.limits)
            fields["distance"] = Distance(distance.rank, distance.lower, distance.upper)

        def claims(subject: dict[str, Any]) -> list[dict[str, Any]]:
            claim = displacement_rank(evidence.relation, evidence.rank, subject, spec, field)
            return [
                statement(claim, evidence.evidence),
                *([] if distance is None else distance.statements(subject, spec, field)),
            ]

        return _Found(claims, fields)

    def _numerical(self, displacement: Displacement) -> _Found:
        """The rank within the tolerance, and the distance to the class of that rank."""
        from ldrtheory.certify.distance.numerical import numerical_rank  # loads what only tolerances need
        from ldrtheory.certify.distance.of_class import class_distance

        array, field, spec = self.subject.array, self.ring(displacement).name, self._spec(displacement)
        evidence = numerical_rank(array, field, displacement, self.tolerance, rank=self.asked, **self.limits)
        distance = class_distance(array, field, displacement, evidence.rank, known=evidence, **self.limits)
        fields = {
            "rank": evidence.rank,
            "relation": "exactly" if self.asked is None else "at most" if evidence.holds else "more than",
            "holds": None if self.asked is None else evidence.holds,
            "distance": Distance(distance.rank, distance.lower, distance.upper),
        }

        def claims(subject: dict[str, Any]) -> list[dict[str, Any]]:
            return [*evidence.statements(subject, spec, field), *distance.statements(subject, spec, field)]

        return _Found(claims, fields)

    # ------------------------------------------------------------------ the catalogue

    def catalogue(self, all_certificates: bool) -> CatalogueReport:
        """Rank every pair of the catalogue; prove the best one, or all of them."""

        def order(report: Report) -> tuple[int, int]:
            return report.rank, CATALOGUE.index(str(report.name))

        reports = sorted((self._uncertified(name) for name in CATALOGUE), key=order)
        for k in range(len(reports)) if all_certificates else [0]:
            name = str(reports[k].name)
            reports[k] = self.decide(name, reports[k].displacement, f".{name}" if k else "")
        reports.sort(key=order)
        return CatalogueReport(tuple(reports), time.monotonic() - self.start, self.asked)

    def _uncertified(self, name: str) -> Report:
        """One row of the table, computed without a certificate."""
        began, displacement = time.monotonic(), named_displacement(name)
        self._say(f"{name}: rank")
        if self.tolerance:
            fields = self._numerical(displacement).fields
            basis = "computed; no certificate was checked for this row"
            return self._report(name, displacement, fields, Level.OBSERVED, basis, began)
        quick = quick_rank(
            self.subject.array, self.ring(displacement).name, displacement, deadline=self.deadline
        )
        level = Level.OBSERVED if quick.level == "observed" else Level.PROBABLE
        basis = "computed; no certificate was checked for this row"
        if level is Level.PROBABLE:
            error = "0" if quick.error_bits is None else f"<= 2^-{quick.error_bits}"
            basis = f"rank modulo random primes: never too large, too small with probability {error}"
        fields = {
            "rank": quick.rank,
            "relation": "exactly",
            "holds": None if self.asked is None else quick.rank <= self.asked,
            "error_bits": quick.error_bits if level is Level.PROBABLE else None,
        }
        return self._report(name, displacement, fields, level, basis, began)

    def _say(self, what: str) -> None:
        if self.progress is not None:
            self.progress(0, 0, what)
        if self.deadline is not None and time.monotonic() > self.deadline:
            raise Undecided(f"the time limit ran out before {what}; allow more time (--seconds).")
