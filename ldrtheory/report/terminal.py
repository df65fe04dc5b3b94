"""Answers for reading in a terminal.

show            a Report or CatalogueReport: the answer, what it rests on, how to check it
show_answer     any other answer made of lines: what was built, hunted, counted
show_check      verdicts of the checker, each with its claims in a sentence and in the checker's own words
show_theorems   the outcome of theorems
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from rich.console import Console
from rich.text import Text

from ldrtheory.claims import Level, sentences_of
from ldrtheory.judge import CheckReport
from ldrtheory.verification import CatalogueReport, Report

_COLOURS = {
    Level.PROVED: "bold green",
    Level.VERIFIED: "green",
    Level.ENCLOSED: "cyan",
    Level.PROBABLE: "yellow",
    Level.OBSERVED: "yellow",
    Level.CITED: "blue",
    Level.REFUTED: "red",
}


class Outcome(Protocol):
    """What is shown of a theorem that was run."""

    @property
    def id(self) -> str: ...

    @property
    def statement(self) -> str: ...

    @property
    def status(self) -> str: ...

    @property
    def necessity(self) -> str: ...

    @property
    def level(self) -> Level: ...


class Answer(Protocol):
    """What is shown of any question: lines, the answer first."""

    @property
    def level(self) -> Level: ...

    def lines(self) -> list[str]: ...


def show(answer: Report | CatalogueReport, console: Console | None = None) -> None:
    """Print an answer: first the answer, then what it rests on, then how to check it."""
    console = Console(highlight=False, soft_wrap=True) if console is None else console
    best = answer.best if isinstance(answer, CatalogueReport) else answer
    if isinstance(answer, CatalogueReport):
        for line in _table(answer):
            console.print(line)
        console.print()
    show_answer(best, console)


def _table(answer: CatalogueReport) -> Iterator[Text]:
    """The rows of the catalogue, as wide as they have to be: nothing is cut on a narrow terminal."""
    head = ("pair", "displacement", "rank", "invertible", "level")
    rows = answer.rows()
    widths = [max(map(len, column)) for column in zip(head, *rows)]
    styles = ["bold", *(_COLOURS[report.level] for report in answer.candidates)]
    for row, style in zip([head, *rows], styles):
        cells = [x.rjust(w) if k == 2 else x.ljust(w) for k, (x, w) in enumerate(zip(row, widths))]
        plain = "bold" if row is head else ""
        yield Text.assemble(("  ".join(cells[:4]) + "  ", plain), (row[4], style))


def show_answer(answer: Answer, console: Console | None = None) -> None:
    """Print any answer that is made of lines: what was built, a counterexample, a dimension."""
    console = Console(highlight=False, soft_wrap=True) if console is None else console
    first, *rest = answer.lines()
    console.print(Text(first, "bold"))
    for line in rest:
        console.print(Text(line, _COLOURS[answer.level] if line.startswith(f"{answer.level}:") else ""))


def show_check(report: CheckReport, console: Console | None = None) -> None:
    """Print the verdicts: accepted claims in a sentence and as the checker prints them, refusals with its reason."""
    console = Console(highlight=False, soft_wrap=True) if console is None else console
    for verdict in report.results:
        style = "green" if verdict.accepted else "red"
        if not verdict.accepted:
            console.print(
                Text.assemble(
                    (verdict.verdict.upper(), style), _printable(f" {verdict.path}: {verdict.reason}")
                )
            )
            continue
        console.print(Text.assemble((verdict.verdict.upper(), style), _printable(f" {verdict.path}")))
        for sentence, claim in zip(sentences_of(Path(verdict.path)), verdict.claim, strict=True):
            console.print(Text(_printable(f"  {sentence}")))
            console.print(Text(_printable(f"  in the checker's words: {claim}"), "dim"))


def _printable(text: str) -> str:
    """The text on one line, whatever a certificate contains: control characters as escapes."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def show_theorems(results: Iterable[Outcome], console: Console | None = None) -> None:
    """Print theorem outcomes: id and computed status, then the statement and which hypotheses are needed."""
    console = Console(highlight=False, soft_wrap=True) if console is None else console
    for r in results:
        console.print(Text.assemble((r.id, "bold"), ": ", (str(r.status), _COLOURS[r.level])))
        console.print(Text(f"  {r.statement}"))
        console.print(Text(f"  needed: {r.necessity}", style="dim"))
