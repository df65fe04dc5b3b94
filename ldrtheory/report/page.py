"""A self-contained HTML page for an answer: the verdict, what it rests on, how to check it again, pictures.

write_html      write the page of a Report or CatalogueReport, whole or not at all
html_page       the page as text
map_figure      a heat map with what has to be said of it
"""

from __future__ import annotations

import hashlib
import os
import shlex
from pathlib import Path
from typing import Any

import numpy as np

from ldrtheory import __version__
from ldrtheory.claims import Level
from ldrtheory.claims.numbers import decode_number
from ldrtheory.exactstrings import decimal_string
from ldrtheory.files import sha256_of, write_text
from ldrtheory.judge import CHECKER
from ldrtheory.report.numbers import Drawn, drawn, drawn_residual, singular_values
from ldrtheory.report.pictures import Bound, heat_map, spectrum
from ldrtheory.report.template import rendered
from ldrtheory.rings import QQ, ring_named, ring_of
from ldrtheory.verification import CatalogueReport, Report, WrittenCertificate

_TONES = {Level.PROVED: "good", Level.VERIFIED: "good", Level.REFUTED: "bad"}
_EXIT = {
    0: "the answer was established",
    1: "what was asked does not hold",
    3: "undecided, for no certificate was accepted",
}


def write_html(answer: Report | CatalogueReport, path: str | os.PathLike[str]) -> None:
    """Write a page about the answer: one file, readable offline, on paper, in light and dark.

    Pictures are drawn in floating point and labelled so; the verdict is the certificate's.
    Cost: a singular value decomposition of the residual (the leading part beyond 1024 x 1024).
    Raises BadInput where the file cannot be written; what was there before then stays.
    """
    write_text(Path(path), html_page(answer))


def html_page(answer: Report | CatalogueReport) -> str:
    """Return the page as text; names and words from outside are escaped."""
    best = answer.best if isinstance(answer, CatalogueReport) else answer
    content = _words(answer, best) | _certified(best) | _pictures(best)
    return rendered("page.html.j2", content)


def _words(answer: Report | CatalogueReport, best: Report) -> dict[str, Any]:
    """The verdict and what it rests on."""
    rows = list(answer.candidates) if isinstance(answer, CatalogueReport) else []
    status = 3 if not best.checked else 1 if answer.holds is False else 0
    return {
        "subject": best.subject,
        "field": best.subject.field,
        "headline": _headline(best),
        "level": str(best.level),
        "tone": _TONES.get(best.level, "fair"),
        "answer": best.answer(),
        "holds": answer.holds,
        "asked": answer.asked,
        "status": status,
        "status_meaning": "what was asked holds" if status == 0 and answer.holds else _EXIT[status],
        "rank": best.rank,
        "basis": best.basis,
        "equation": "A M − M B" if best.displacement.kind == "sylvester" else "M − A M B",
        "left": best.displacement.left.text(),
        "right": best.displacement.right.text(),
        "invertible": best.invertible,
        "tolerance": None if best.tolerance is None else decimal_string(best.tolerance),
        "distance": None if best.distance is None else best.distance.json(),
        "rows": [
            {
                "pair": row[0],
                "displacement": row[1],
                "rank": row[2],
                "invertible": row[3],
                "level": row[4],
                "tone": _TONES.get(report.level, "fair"),
                "certificate": _kept(report.certificate),
            }
            for row, report in zip(answer.rows() if isinstance(answer, CatalogueReport) else [], rows)
        ],
        "bases": [f"{level}: {basis}." for level, basis in dict.fromkeys((r.level, r.basis) for r in rows)],
        "seconds": f"{answer.seconds:.2g}",
        "version": __version__,
    }


def _headline(report: Report) -> str:
    number = str(report.rank) if report.relation == "exactly" else f"{report.relation} {report.rank}"
    full = ", full" if report.full and report.relation == "exactly" else ""
    within = "" if report.tolerance is None else f" within {decimal_string(report.tolerance)}"
    return f"Displacement rank {number}{full}{within}"


def _kept(written: WrittenCertificate | None) -> str | None:
    return None if written is None or written.path is None else str(written.path)


def _certified(report: Report) -> dict[str, Any]:
    """The certificate: its claims in words, the commands that check it, and the digests they depend on."""
    written, subject = report.certificate, report.subject
    digests = [] if subject.sha256 is None else [(subject.name, subject.sha256)]
    commands: list[str] = []
    sentences: tuple[str, ...] = ()
    if written is not None:
        sentences = written.certificate.sentences
        claimed = _claims(report)[0].get("subject", {}) if written.certificate.statements else {}
        if "sha256" in claimed and claimed["sha256"] != subject.sha256:
            digests.append((claimed["file"], claimed["sha256"]))
        if written.path is not None:
            place = shlex.quote(str(written.path))
            apart = subject.readable_by_checker and subject.path is not None
            if apart and subject.path.resolve().parent != written.path.resolve().parent:  # type: ignore[union-attr]
                place += f" --subject {shlex.quote(str(subject.path))}"
            commands = [f"ldrtheory check {place}", f"python -I checker.py {place}"]
            text = written.json().encode("utf-8")
            digests.append((written.path.name, hashlib.sha256(text).hexdigest()))
            digests.append((CHECKER.name, sha256_of(CHECKER)))
    return {"sentences": sentences, "commands": commands, "digests": digests, "checked": report.checked}


def _claims(report: Report) -> list[dict[str, Any]]:
    return (
        [] if report.certificate is None else [s["claim"] for s in report.certificate.certificate.statements]
    )


def _pictures(report: Report) -> dict[str, Any]:
    """Heat maps of the matrix and its residual, and the residual's singular values."""
    subject = report.subject
    own = ring_named(subject.field)
    constants = [x for x in report.displacement.values() if not isinstance(x, str | int)]
    wanted = ring_of(constants) if constants else own
    matrix = drawn(subject.array)
    residual = drawn_residual(subject, report.displacement, wanted if own.name == QQ.name else own)
    size = " × ".join(map(str, subject.shape))
    maps = [map_figure("matrix", "M", f"Heat map of the {size} matrix M.", matrix)]
    found: dict[str, Any] = {"spectrum": None, "coarse": max(subject.shape) > 256}
    if residual is None:
        found["no_spectrum"] = (
            "The residual is not drawn: its entries are out of what floating point can hold."
        )
    else:
        name = "L = A M − M B" if report.displacement.kind == "sylvester" else "L = M − A M B"
        zero = not residual.values.any()
        words = f"Heat map of the {size} residual {name}" + (", which is zero." if zero else ".")
        maps.append(map_figure("residual", name, words, residual))
        found |= _spectrum(report, matrix, residual)
    return found | {"maps": maps}


def map_figure(name: str, title: str, alt: str, matrix: Drawn) -> dict[str, Any]:
    """Return a heat map for a page: its svg, its title, and notes on what its colours mean."""
    from markupsafe import Markup

    notes = []
    if matrix.kind == "complex":
        notes.append("Absolute values.")
    if matrix.kind == "residue":
        notes.append("Residues; their sizes mean nothing, except zero.")
    if matrix.rounding == "float64":
        notes.append("Computed in float64.")
    if matrix.exponent:
        notes.append(
            f"Colours are of the entries times 2^{-matrix.exponent}, which are within float64's range."
        )
    if not matrix.values.any():
        notes.append("Every entry is zero" + ("." if matrix.rounding == "exact" else " in float64."))
    return {"svg": Markup(heat_map(matrix, name, alt)), "title": title + ".", "notes": notes}


def _spectrum(report: Report, matrix: Drawn, residual: Drawn) -> dict[str, Any]:
    from markupsafe import Markup

    if residual.kind == "residue":
        return {"no_spectrum": "Over a finite field there are none: matrices have a rank, but no sizes."}
    if not residual.values.any():
        return {"no_spectrum": "The residual is drawn as zero, so all of them are 0."}
    values, complete = singular_values(residual)
    small = min(report.subject.shape)
    unit = "" if not residual.exponent else f" Sizes are shown times 2^{-residual.exponent}."
    how_many = f"all {small}" if complete else f"the {len(values)} largest"
    notes = [f"Observed in float64, {how_many}.{unit}"]
    cut: str | None = None
    tolerance: float | None = None
    bounds: tuple[Bound, ...] = ()
    if report.tolerance is not None:
        tolerance = _relative(report.tolerance, matrix, residual)
        bounds = tuple(_bounds(report, matrix, residual))
        notes.append(
            f"T_k, the Frobenius distance of L to the matrices of rank k, is what the tolerance limits; "
            f"the line is at {tolerance:.4g}."
        )
        if bounds:
            notes.append("Triangles are what the accepted certificate states: verified.")
    elif report.relation in ("exactly", "at least"):
        how = "verified" if report.checked else "computed, no certificate accepted"
        cut = f"rank {'' if report.relation == 'exactly' else 'at least '}{report.rank}: {how}"
        if report.checked:
            after = (
                " and all after it are exactly 0" if report.relation == "exactly" and not report.full else ""
            )
            left = f"the first {report.rank} singular values are not 0" if report.rank else "L is 0"
            rounding = "; whatever is drawn below is rounding" if after else ""
            notes.append(f"Verified by the certificate: {left}{after}{rounding}.")
    alt = f"Logarithmic plot of the singular values of the residual; the largest is {values[0]:.4g}."
    picture = spectrum(
        values, complete, residual.noise, "spectrum", alt, rank=report.rank, cut=cut, tolerance=tolerance,
        bounds=bounds, size=small,
    )  # fmt: skip
    return {"spectrum": {"svg": Markup(picture), "notes": notes}}


def _relative(x: Any, matrix: Drawn, residual: Drawn) -> float:
    """x ||M||_F in the unit the residual is drawn in."""
    return float(x) * float(np.ldexp(matrix.size, matrix.exponent - residual.exponent))


def _bounds(report: Report, matrix: Drawn, residual: Drawn) -> list[Bound]:
    """What the certificate states about the residual's distances; nothing if it was not accepted."""
    found = []
    for claim in _claims(report) if report.checked else []:
        if claim["kind"] != "residual-distance":
            continue
        (unit, encoded), holds = next(iter(claim["bound"].items())), claim["relation"] == "within"
        x = decode_number(encoded, QQ)
        value = int(x.p) / int(x.q)
        drawn_at = (
            _relative(value, matrix, residual)
            if unit == "relative"
            else float(np.ldexp(value, -residual.exponent))
        )
        found.append(Bound(int(claim["rank"]), drawn_at, holds))
    return found
