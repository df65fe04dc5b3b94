"""What the commands share: options, their values, and where output goes.

option, Json, Certificate, Page, Limit      the options that several commands have
need, whole, positive                       conditions and numbers of the command line
output                                      one text on standard output
progress                                    a progress line for work of over a second, on a terminal only
"""

from __future__ import annotations

import contextlib
import re
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from ldrtheory.errors import BadInput
from ldrtheory.exactstrings import parse_rational, shortened


def option(metavar: str, words: str) -> Any:
    return typer.Option(metavar=metavar, help=words)


Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
Certificate = Annotated[Path | None, option("OUT.json", "Where to write the certificate")]
Page = Annotated[Path | None, option("OUT.html", "Write a page with pictures as well")]
Limit = Annotated[str | None, option("S", "Stop undecided after S seconds")]


def need(condition: bool, message: str) -> None:
    if not condition:
        raise BadInput(message)


def whole(option: str, text: str, least: int) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", text.strip()) or int(text) < least:
        raise BadInput(f"{option} wants a whole number of at least {least}; got {shortened(text)}.")
    return int(text)


def positive(option: str, text: str) -> float:
    value = parse_rational(text.strip())
    need(value > 0, f"{option} wants a positive number; got {shortened(text)}.")
    return int(value.p) / int(value.q)


def output(text: str) -> None:
    sys.stdout.write(text.rstrip("\n") + "\n")


@contextlib.contextmanager
def progress(quiet: bool) -> Iterator[Callable[[int, int, str], None]]:
    """A progress line on standard error, only on a terminal and only for work of over a second."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, total, what: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=console, transient=True
    )
    task, stage = bar.add_task("", total=None), ""
    start = threading.Timer(1.0, bar.start)  # short work shows nothing
    start.daemon = True
    start.start()

    def update(done: int, total: int, what: str) -> None:
        nonlocal task, stage
        if what != stage:  # every stage has a clock and an end of its own
            bar.remove_task(task)
            task, stage = bar.add_task(what, total=total or None), what
        bar.update(task, completed=done, total=total or None)

    try:
        yield update
    finally:
        start.cancel()
        bar.stop()
