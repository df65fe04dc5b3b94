"""What the commands share: options, their values, and where output goes.

option, Json, Kept, Page, Limit             the options that several commands have
need, whole, rational, positive, fraction   conditions and numbers of the command line
placed                                      files to write: their folders are there before any work is done
output                                      one text on standard output
listed                                      names and what they stand for, a line each
progress                                    a progress line for work of over a second, on a terminal only
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from flint import fmpq

from ldrtheory.errors import BadInput
from ldrtheory.exactstrings import parse_rational, shortened


def option(metavar: str, words: str) -> Any:
    return typer.Option(metavar=metavar, help=words)


Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
Kept = Annotated[
    Path | None, option("OUT.json", "Write the certificate to this file (default: it is not kept)")
]
Page = Annotated[Path | None, option("OUT.html", "Write a page with pictures as well")]
Limit = Annotated[str | None, option("S", "Stop undecided after S seconds")]


def need(condition: bool, message: str) -> None:
    if not condition:
        raise BadInput(message)


def whole(option: str, text: str, least: int) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", text.strip()) or int(text) < least:
        raise BadInput(f"{option} wants a whole number of at least {least}; got {shortened(text)}.")
    return int(text)


def rational(option: str, text: str, wanted: str) -> fmpq:
    """Return the number that an exact string denotes; a refusal names the option."""
    try:
        return parse_rational(text.strip())
    except BadInput as error:
        raise BadInput(f"{option} wants {wanted}; got {shortened(text)}: {error}") from None


def positive(option: str, text: str) -> float:
    value = rational(option, text, "a positive number")
    need(value > 0, f"{option} wants a positive number; got {shortened(text)}.")
    return int(value.p) / int(value.q)


def fraction(option: str, text: str) -> str:
    """Return the text, if it denotes a number between 0 and 1."""
    wanted = "a number between 0 and 1, both excluded"
    need(0 < rational(option, text, wanted) < 1, f"{option} wants {wanted}; got {shortened(text)}.")
    return text


def placed(*inputs: str, **paths: Path | None) -> None:
    """Refuse files to write (by the name of their option) that would lie in no folder, or replace a folder, one of the
    inputs (FILE or FILE:name) or each other.
    """
    given = {
        os.path.realpath(name)
        for text in inputs
        for name in (text, text.partition(":")[0])
        if "\0" not in name
    }
    places: dict[str, str] = {}
    for name, path in paths.items():
        if path is not None:
            other = places.setdefault(os.path.realpath(path), name)
            need(
                other == name,
                f"--{other} and --{name} are both {path}; wanted two files: choose another name.",
            )
            need(
                os.path.realpath(path) not in given,
                f"--{name} {path}: is an input of this command; wanted a file to write: choose another name.",
            )
            folder = str(path.parent)
            need(
                path.parent.is_dir(),
                f"--{name} {path}: there is no folder {folder!r}; make it, or choose another.",
            )
            need(not path.is_dir(), f"--{name} {path}: that is a folder; wanted the name of a file in it.")


def output(text: str) -> None:
    sys.stdout.write(text.rstrip("\n") + "\n")


def listed(what: str, rows: list[tuple[str, str]], as_json: bool) -> str:
    """Return names and statements, a line each or as one JSON object."""
    if as_json:
        return json.dumps({what: [{"id": name, "statement": words} for name, words in rows]})
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name.ljust(width)}  {words}" for name, words in rows)


@contextlib.contextmanager
def progress(quiet: bool) -> Iterator[Callable[[int, int, str], None]]:
    """A progress line on standard error, only on a terminal and only for work of over a second."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
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
