"""What `verify` returns: frozen values that print well in a terminal and in a notebook.

Report              one decision about one matrix and one displacement
CatalogueReport     the catalogue of pairs, best first
WrittenCertificate  a certificate, where it lies, and whether the checker accepted it
Distance            proven bounds of the Frobenius distance to the class
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from pathlib import Path
from typing import Any

from ldrtheory.claims import Certificate, Level
from ldrtheory.exactstrings import decimal_string, rounded_string
from ldrtheory.operators import Displacement
from ldrtheory.operators.composed import Blocks
from ldrtheory.operators.operator import Operator, Transpose
from ldrtheory.subjects import Subject


@dataclass(frozen=True)
class WrittenCertificate:
    """A certificate and where it lies.

    path        the file, None if it was only checked and not kept
    accepted    whether the checker accepted it in this run
    reason      the checker's own words
    recheck     the shell command that checks it again, None if it was not kept
    """

    certificate: Certificate
    path: Path | None
    accepted: bool
    reason: str
    recheck: str | None = None

    def json(self) -> str:
        """Return the certificate as JSON text."""
        return self.certificate.json()


@dataclass(frozen=True)
class Distance:
    """Bounds of the Frobenius distance from M to the matrices of displacement rank at most r.

    lower is proven; upper too, or None where no lower bound of the operator's smallest singular value is at hand.
    """

    rank: int
    lower: Fraction
    upper: Fraction | None

    def json(self) -> dict[str, str | None]:
        """Return both bounds as exact strings, rounded outward."""
        return {
            "lower": rounded_string(self.lower, up=False),
            "upper": None if self.upper is None else rounded_string(self.upper, up=True),
        }


def _files(operator: Operator) -> dict[str, str]:
    """The files an operator was read from, with their sha256."""
    if isinstance(operator, Transpose):
        return _files(operator.of)
    if isinstance(operator, Blocks):
        return {name: digest for part in operator.parts for name, digest in _files(part).items()}
    return dict([operator.source]) if operator.source else {}


@dataclass(frozen=True)
class Report:
    """One decision: the displacement rank of a matrix under one pair of operators.

    rank        the rank; with `relation` "at least", a proven lower bound of it
    exact       True unless a tolerance was given
    holds       the answer to "at most R?", None if that was not asked
    invertible  whether the displacement operator is a bijection (M is determined by its generators)
    level       what the answer rests on; VERIFIED only if the checker accepted the certificate in this run
    basis       that level in words
    error_bits  b where the rank is too small with probability at most 2^-b; None where it cannot be, as a full rank
    """

    subject: Subject
    displacement: Displacement
    name: str | None
    rank: int
    relation: str
    exact: bool
    invertible: bool
    level: Level
    basis: str
    certificate: WrittenCertificate | None
    seconds: float
    holds: bool | None = None
    asked: int | None = None
    tolerance: Fraction | None = None
    distance: Distance | None = None
    error_bits: int | None = None

    @property
    def level_text(self) -> str:
        """The level as it is printed: a probable one with its error bound, which is 0 if the test cannot err."""
        if self.level is not Level.PROBABLE:
            return str(self.level)
        return f"{self.level}, error {'0' if self.error_bits is None else f'<= 2^-{self.error_bits}'}"

    @property
    def checked(self) -> bool:
        """Whether the checker accepted the certificate in this run."""
        return self.certificate is not None and self.certificate.accepted

    @property
    def full(self) -> bool:
        """Whether the rank is as large as the shape allows."""
        return self.rank == min(self.subject.shape)

    def data(self) -> dict[str, Any]:
        """Return the answer with the keys of the command line's JSON."""
        s, d, c = self.subject, self.displacement, self.certificate
        data: dict[str, Any] = {
            "subject": {
                "path": None if s.path is None else s.name,
                "sha256": s.sha256,
                "shape": list(s.shape),
                "dtype": s.dtype,
            },
            "operators": {
                "kind": d.kind,
                "left": d.left.text(),
                "right": d.right.text(),
                "name": self.name,
                "files": {**_files(d.left), **_files(d.right)},
            },
            "rank": self.rank,
            "relation": self.relation,
            "exact": self.exact,
            "invertible": self.invertible,
            "level": self.level.value,
            "basis": self.basis,
            "certificate": None if c is None or c.path is None else str(c.path),
            "checked": self.checked,
            "seconds": round(self.seconds, 4),
        }
        if self.holds is not None:
            data["holds"] = self.holds
        if self.tolerance is not None:
            data["tolerance"] = decimal_string(self.tolerance)
            data["distance"] = None if self.distance is None else self.distance.json()
        return data

    def json(self) -> str:
        """Return `data()` as one JSON object."""
        return json.dumps(self.data())

    def answer(self) -> str:
        """Return the answer as one sentence."""
        size = " x ".join(map(str, self.subject.shape))
        residual = "A M - M B" if self.displacement.kind == "sylvester" else "M - A M B"
        d = self.displacement
        where = f"with A = {d.left.text()}, B = {d.right.text()}" + (
            f" ({self.name})" if self.name and ":" not in self.name else ""
        )
        return f"{self.subject.name} ({size}, {self.subject.dtype}): {self._finding(residual)}, {where}"

    def _finding(self, residual: str) -> str:
        if self.tolerance is None or self.exact:
            full = ", full" if self.full and self.relation == "exactly" else ""
            return f"the rank of {residual} is {self.relation} {self.rank}{full}"
        near = f"within {decimal_string(self.tolerance)} * ||M||_F of rank {self.rank}"
        if self.holds is False:
            return f"{residual} is not {near}"
        below = f" and not of rank {self.rank - 1}" if self.holds is None and self.rank else ""
        return f"{residual} is {near}{below}"

    def operators_text(self) -> str:
        """Return both operators in the grammar of the command line."""
        return f"{self.displacement.left.text()}, {self.displacement.right.text()}"

    def lines(self) -> list[str]:
        """Return the answer, what it rests on, and how to check it, as lines of text."""
        lines = [self.answer()]
        if self.holds is not None:
            lines.append(f"at most {self.asked}? {'yes' if self.holds else 'no'}")
        lines.append(f"{self.level}: {self.basis}")
        if self.distance is not None:
            upper = self.distance.json()["upper"]
            lines.append(
                f"distance to displacement rank {self.distance.rank}: at least {self.distance.json()['lower']}"
                + (f", at most {upper}" if upper is not None else "; no upper bound is at hand")
            )
        lines.append(
            "the displacement operator is invertible: M is determined by its generators"
            if self.invertible
            else "the displacement operator is singular: M is not determined by its generators"
        )
        if self.certificate is not None and self.certificate.recheck:
            lines.append(f"check it again: {self.certificate.recheck}")
        return lines

    def __str__(self) -> str:
        return "\n".join(self.lines())

    __repr__ = __str__

    def _repr_html_(self) -> str:
        first, *rest = self.lines()
        return f"<p><b>{escape(first)}</b></p><ul>{''.join(f'<li>{escape(line)}</li>' for line in rest)}</ul>"


@dataclass(frozen=True)
class CatalogueReport:
    """The pairs of the catalogue by rank, then catalogue order; the first row carries a certificate."""

    candidates: tuple[Report, ...]
    seconds: float
    asked: int | None = None

    @property
    def best(self) -> Report:
        """The row of least rank."""
        return self.candidates[0]

    @property
    def rank(self) -> int:
        """The least rank."""
        return self.best.rank

    @property
    def level(self) -> Level:
        """The level of the first row."""
        return self.best.level

    @property
    def certificate(self) -> WrittenCertificate | None:
        """The certificate of the first row."""
        return self.best.certificate

    @property
    def checked(self) -> bool:
        """Whether the first row's certificate was accepted in this run."""
        return self.best.checked

    @property
    def holds(self) -> bool | None:
        """Whether some row holds, None if no rank was asked about."""
        return None if self.asked is None else any(bool(r.holds) for r in self.candidates)

    def data(self) -> dict[str, Any]:
        """Return the keys of the first row, and all rows under `candidates`."""
        data = self.best.data() | {"candidates": [r.data() for r in self.candidates]}
        data["seconds"] = round(self.seconds, 4)
        if self.holds is not None:
            data["holds"] = self.holds
        return data

    def json(self) -> str:
        """Return `data()` as one JSON object."""
        return json.dumps(self.data())

    def rows(self) -> list[tuple[str, str, str, str, str]]:
        """Return the table: pair, operators, rank, operator invertible, level."""
        return [
            (
                r.name or "",
                f"{type(r.displacement).__name__}({r.operators_text()})",
                str(r.rank) if r.relation == "exactly" else f">= {r.rank}",
                "yes" if r.invertible else "no",
                r.level_text,
            )
            for r in self.candidates
        ]

    def __str__(self) -> str:
        table = [("pair", "displacement", "rank", "invertible", "level"), *self.rows()]
        widths = [max(len(row[k]) for row in table) for k in range(5)]
        lines = ["  ".join(cell.ljust(w) for cell, w in zip(row, widths)).rstrip() for row in table]
        return "\n".join([*lines, "", *self.best.lines()])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        head = "<tr><th>pair</th><th>displacement</th><th>rank</th><th>invertible</th><th>level</th></tr>"
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in self.rows()
        )
        return f"<table>{head}{body}</table>{self.best._repr_html_()}"
