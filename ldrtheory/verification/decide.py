"""From a matrix and operators to a certified answer.

verify      the public call
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

from ldrtheory import __version__
from ldrtheory.certify.rank import QuickRank, quick_rank, rank_evidence
from ldrtheory.claims import Certificate, Level, displacement_rank, statement, subject_by_file
from ldrtheory.errors import BadInput, Undecided
from ldrtheory.exactstrings import parse_rational
from ldrtheory.files import write_text
from ldrtheory.judge import check
from ldrtheory.operators import CATALOGUE, Displacement, is_invertible, named_displacement
from ldrtheory.rings import Ring, ring_named, ring_of
from ldrtheory.rings.ring import as_fraction
from ldrtheory.subjects import Subject, read_subject, write_exact_subject
from ldrtheory.verification.answers import CatalogueReport, Distance, Report, WrittenCertificate

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


class _Job:
    """One call of verify: the subject, the question, and the limits."""

    def __init__(
        self,
        subject: Subject,
        asked: int | None,
        tolerance: Fraction | None,
        out: Path | None,
        start: float,
        deadline: float | None,
        progress: Progress | None,
    ) -> None:
        self.subject = subject
        self.asked = asked
        self.tolerance = tolerance
        self.out = out
        self.start = start
        self.deadline = deadline
        self.progress = progress

    # ------------------------------------------------------------------ one pair

    def ring(self, displacement: Displacement) -> Ring:
        """The field that holds the subject and the operators."""
        own = ring_named(self.subject.field)
        constants = [x for x in displacement.values() if not isinstance(x, str | int)]
        wanted = ring_of(constants) if constants else own
        if wanted.name in ("Q", own.name):
            return own
        if own.name == "Q":
            return wanted
        raise BadInput(
            f"{self.subject.name} lives over {own.name}, the operators over {wanted.name}; give both over one field."
        )

    def decide(self, name: str | None, displacement: Displacement, suffix: str = "") -> Report:
        """Decide one pair, write the certificate, have it checked."""
        began = time.monotonic()
        rows, columns = self.subject.shape
        displacement.left.sized(rows)
        displacement.right.sized(columns)
        field = self.ring(displacement).name
        self._say(f"{name or displacement}: residual and rank")
        if self.tolerance:
            found = self._numerical(displacement, field)
        else:
            found = self._exact(displacement, field)
        claims, fields = found
        written = self._certify(claims, suffix)
        accepted = written.accepted
        level = Level.VERIFIED if accepted else Level.OBSERVED
        basis = (
            "the checker accepted the certificate, exactly, in a process of its own"
            if accepted
            else f"our checker did not accept our certificate ({written.reason}); please report this"
        )
        return Report(
            subject=self.subject,
            displacement=displacement,
            name=name,
            exact=not self.tolerance,
            invertible=self._invertible(displacement),
            level=level,
            basis=basis,
            certificate=written,
            seconds=time.monotonic() - began,
            asked=self.asked,
            tolerance=self.tolerance,
            **fields,
        )

    def _exact(
        self, displacement: Displacement, field: str
    ) -> tuple[Callable[[dict], list[dict]], dict[str, Any]]:
        evidence = rank_evidence(
            self.subject.array,
            field,
            displacement,
            at_most=None if self.asked is None else max(self.asked, CHEAP_RANK),
            deadline=self.deadline,
            progress=self.progress,
        )
        relation = evidence.relation
        fields = {
            "rank": evidence.rank,
            "relation": relation,
            "holds": None if self.asked is None else relation == "exactly" and evidence.rank <= self.asked,
        }

        def claims(subject: dict) -> list[dict]:
            claim = displacement_rank(relation, evidence.rank, subject, displacement.spec(), field)
            return [statement(claim, evidence.evidence)]

        return claims, fields

    def _numerical(
        self, displacement: Displacement, field: str
    ) -> tuple[Callable[[dict], list[dict]], dict[str, Any]]:
        from ldrtheory.certify.distance import numerical_rank  # loads what only tolerances need
        from ldrtheory.certify.distance_class import class_distance

        limits: dict[str, Any] = {"deadline": self.deadline, "progress": self.progress}
        array, spec = self.subject.array, displacement.spec()
        evidence = numerical_rank(array, field, displacement, self.tolerance, rank=self.asked, **limits)
        distance = class_distance(array, field, displacement, evidence.rank, known=evidence, **limits)
        fields = {
            "rank": evidence.rank,
            "relation": "exactly" if self.asked is None else "at most" if evidence.holds else "more than",
            "holds": None if self.asked is None else evidence.holds,
            "distance": Distance(distance.lower, distance.upper),
        }

        def claims(subject: dict) -> list[dict]:
            return [*evidence.statements(subject, spec, field), *distance.statements(subject, spec, field)]

        return claims, fields

    def _invertible(self, displacement: Displacement) -> bool:
        return is_invertible(displacement, self.subject.shape, self.ring(displacement))

    # ------------------------------------------------------------------ the catalogue

    def catalogue(self, all_certificates: bool) -> CatalogueReport:
        """Rank every pair of the catalogue; prove the best one, or all of them."""
        rows = []
        for order, name in enumerate(CATALOGUE):
            self._say(f"{name}: rank modulo random primes")
            displacement = named_displacement(name)
            if self.tolerance:
                rows.append((self.decide_uncertified(name, displacement), order))
                continue
            began, field = time.monotonic(), self.ring(displacement).name
            quick = quick_rank(self.subject.array, field, displacement, deadline=self.deadline)
            rows.append((self._quick(name, displacement, quick, began), order))
        rows.sort(key=lambda row: (row[0].rank, row[1]))
        reports = [report for report, _ in rows]
        chosen = range(len(reports)) if all_certificates else [0]
        for k in chosen:
            suffix = "" if k == 0 else f".{reports[k].name}"
            reports[k] = self.decide(reports[k].name, reports[k].displacement, suffix)
        order_of = {name: k for k, name in enumerate(CATALOGUE)}
        reports.sort(key=lambda r: (r.rank, order_of[str(r.name)]))
        return CatalogueReport(tuple(reports), time.monotonic() - self.start, self.asked)

    def decide_uncertified(self, name: str, displacement: Displacement) -> Report:
        """The tolerance question for one row of the table, without a certificate of its own."""
        began = time.monotonic()
        _, fields = self._numerical(displacement, self.ring(displacement).name)
        return self._row(
            name,
            displacement,
            fields,
            Level.OBSERVED,
            "computed, no certificate was checked for this row",
            began,
        )

    def _quick(self, name: str, displacement: Displacement, quick: QuickRank, began: float) -> Report:
        fields = {
            "rank": quick.rank,
            "relation": "exactly",
            "holds": None if self.asked is None else quick.rank <= self.asked,
        }
        basis = (
            "computed; no certificate was checked for this row"
            if quick.error_bits is None
            else f"rank modulo random primes: never too large, too small with probability at most 2^-{quick.error_bits}"
        )
        return self._row(name, displacement, fields, Level.PROBABLE, basis, began)

    def _row(
        self,
        name: str,
        displacement: Displacement,
        fields: dict[str, Any],
        level: Level,
        basis: str,
        began: float,
    ) -> Report:
        return Report(
            subject=self.subject,
            displacement=displacement,
            name=name,
            exact=not self.tolerance,
            invertible=self._invertible(displacement),
            level=level,
            basis=basis,
            certificate=None,
            seconds=time.monotonic() - began,
            asked=self.asked,
            tolerance=self.tolerance,
            **fields,
        )

    # ------------------------------------------------------------------ certificates

    def _certify(self, claims: Callable[[dict], list[dict]], suffix: str) -> WrittenCertificate:
        """Write the certificate (and the exact subject, where the checker cannot read the source), check it."""
        self._say("checker")
        target = self._target(suffix)
        if target is not None:
            return self._write_and_check(claims, target, keep=True)
        with tempfile.TemporaryDirectory(prefix="ldrtheory-") as folder:
            return self._write_and_check(claims, Path(folder) / "matrix.cert.json", keep=False)

    def _target(self, suffix: str) -> Path | None:
        if self.out is not None:
            return self.out if not suffix else self.out.with_name(_stem(self.out) + suffix + ".cert.json")
        if self.subject.path is None:
            return None
        stem = self.subject.path.name.rsplit(".", 1)[0]
        member = f".{self.subject.tensor}" if self.subject.tensor else ""
        return self.subject.path.with_name(f"{stem}{member.replace('/', '_')}{suffix}.cert.json")

    def _write_and_check(
        self, claims: Callable[[dict], list[dict]], target: Path, keep: bool
    ) -> WrittenCertificate:
        source, stored = self.subject, self.subject
        origin: dict[str, Any] = {"producer": f"ldrtheory {__version__}"}
        if not source.readable_by_checker:
            stored = write_exact_subject(source, target.with_name(_stem(target)))
            origin |= {
                "source": source.name if source.path is None else source.path.name,
                "sha256": source.sha256,
            }
        if stored.path is None or stored.sha256 is None:
            raise BadInput(f"{source.name} has no file to certify; save it as .npy first.")
        named = subject_by_file(stored.path.name, stored.sha256, stored.shape, stored.tensor)  # type: ignore[arg-type]
        certificate = Certificate(tuple(claims(named)), origin)
        write_text(target, certificate.json())
        beside = stored.path.resolve().parent == target.resolve().parent
        left = None if self.deadline is None else max(0.1, self.deadline - time.monotonic())
        verdict = check(target, subject=None if beside else stored.path, seconds=left).results[0]
        recheck = f"ldrtheory check {target}" + ("" if beside else f" --subject {stored.path}")
        return WrittenCertificate(
            certificate, target if keep else None, verdict.accepted, verdict.reason, recheck if keep else None
        )

    def _say(self, what: str) -> None:
        if self.progress is not None:
            self.progress(0, 0, what)
        if self.deadline is not None and time.monotonic() > self.deadline:
            raise Undecided(f"the time limit ran out before {what}; allow more time (--seconds).")


def _stem(path: Path) -> str:
    name = path.name
    return name.removesuffix(".json").removesuffix(".cert")
