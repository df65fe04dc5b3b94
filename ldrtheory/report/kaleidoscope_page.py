"""A self-contained HTML page for `ldrtheory build`: the answer, what it rests on, how to check it, counts, pictures.

write_build_html    write the page of a BuildAnswer, whole or not at all
build_page          the page as text
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

import numpy as np

from ldrtheory import __version__
from ldrtheory.building import BuildAnswer
from ldrtheory.files import sha256_of, write_text
from ldrtheory.judge import CHECKER
from ldrtheory.report.circuits import circuit_diagram
from ldrtheory.report.diagrams import factor_diagram
from ldrtheory.report.numbers import drawn
from ldrtheory.report.page import map_figure
from ldrtheory.report.template import rendered

CELLS: Final = (
    256  # sides up to this are drawn entry by entry, longer ones as numbers of nonzero entries in blocks
)


def write_build_html(answer: BuildAnswer, path: str | os.PathLike[str]) -> None:
    """Write a page about the answer: one file, readable offline, on paper, in light and dark.

    Raises BadInput where the file cannot be written; what was there before then stays.
    """
    write_text(Path(path), build_page(answer))


def build_page(answer: BuildAnswer) -> str:
    """Return the page as text; names and words from outside are escaped."""
    return rendered(
        "kaleidoscope.html.j2", _words(answer) | _certified(answer) | _counts(answer) | _pictures(answer)
    )


def _words(answer: BuildAnswer) -> dict[str, Any]:
    """The answer, what it rests on, and how it compares."""
    source, bound = answer.source, answer.bound
    return {
        "name": source.name,
        "kind": source.kind,
        "shape": source.shape,
        "field": str(answer.product.field),
        "headline": f"Width {answer.width}, expansion {answer.expansion}",
        "level": str(answer.level),
        "tone": "good" if answer.checked else "fair",
        "within": answer.parameters <= bound.parameters,
        "answer": answer.answer(),
        "status": 0 if answer.checked else 3,
        "status_meaning": (
            "the factors multiply to the source"
            if answer.checked
            else "undecided, for no certificate was accepted"
        ),
        "basis": answer.basis,
        "form": answer.form,
        "why": answer.why,
        "traded": answer.traded,
        "width": answer.width,
        "expansion": str(answer.expansion),
        "size": answer.size,
        "parameters": answer.parameters,
        "bound": {
            "source": bound.source,
            "width": bound.width,
            "expansion": str(bound.expansion),
            "size": bound.size,
            "parameters": bound.parameters,
        },
        "seconds": f"{answer.seconds:.2g}",
        "version": __version__,
    }


def _certified(answer: BuildAnswer) -> dict[str, Any]:
    """The certificate: its claims in words, the commands that check it, and the digests they depend on."""
    origin = answer.source.origin
    digests = [] if origin is None else [(origin.path.name, origin.sha256)]
    digests += [(path.name, sha256_of(path)) for path in (answer.out, answer.path) if path is not None]
    commands: list[str] = []
    if answer.recheck is not None:
        commands = [answer.recheck, answer.recheck.replace("ldrtheory check", "python -I checker.py", 1)]
        digests.append((CHECKER.name, sha256_of(CHECKER)))
    return {
        "sentences": answer.certificate.sentences,
        "commands": commands,
        "digests": digests,
        "checked": answer.checked,
    }


def _counts(answer: BuildAnswer) -> dict[str, Any]:
    """One row for the kaleidoscope, the dense and the sparse matrix, and the circuit if the source is one."""
    (m, n), nonzeros = answer.source.shape, sum(map(len, answer.source.rows()))
    stored: dict[str, tuple[int, int]] = {
        "kaleidoscope": (answer.parameters, answer.nonzeros),
        "dense": (m * n, nonzeros),
        "sparse": (nonzeros, nonzeros),
    }
    if answer.circuit is not None:
        coefficients = [x for alpha, _, beta, _ in answer.circuit.gates for x in (alpha, beta)]
        stored["circuit"] = (len(coefficients), sum(x != 0 for x in coefficients))
    rows = []
    for form, (kept, live) in stored.items():
        spent = answer.operations.get(form)
        multiplications, additions = ("", "") if spent is None else spent
        rows.append(
            {
                "form": form,
                "stored": kept,
                "nonzeros": live,
                "multiplications": multiplications,
                "additions": additions,
            }
        )
    return {"counts": rows}


def _pictures(answer: BuildAnswer) -> dict[str, Any]:
    """The factors, the circuit and the source."""
    from markupsafe import Markup

    circuit = answer.circuit
    return {
        "factors": Markup(factor_diagram(answer.product)),
        "circuit": None if circuit is None else Markup(circuit_diagram(circuit)),
        "source": _source(answer),
    }


def _source(answer: BuildAnswer) -> dict[str, Any]:
    """Where the source has entries: the entries themselves, or their number in blocks of rows and columns."""
    m, n = answer.source.shape
    rows = answer.source.rows()
    if max(m, n) <= CELLS:
        values = np.empty((m, n), dtype=object)
        values.fill(answer.source.ring.zero)
        for i, row in enumerate(rows):
            for j, x in row.items():
                values[i, j] = x
        alt = f"Heat map of the {m} × {n} source."
        figure = map_figure("source", "The entries", alt, drawn(values))
        return {**figure, "notes": [*figure["notes"], "Rounded for the picture, which proves nothing."]}
    counts = np.zeros((min(m, CELLS), min(n, CELLS)))
    for i, row in enumerate(rows):
        for j in row:
            counts[i * len(counts) // m, j * counts.shape[1] // n] += 1
    alt = f"Heat map of the numbers of nonzero entries in blocks of the {m} × {n} source."
    figure = map_figure("source", "Numbers of nonzero entries in blocks", alt, drawn(counts))
    return {**figure, "notes": [f"The source is {m} × {n}."]}
