"""The command line: `ldrtheory verify | check | prove`.

main        the entry point: turns our exceptions into messages and exit statuses
Exit status: 0 holds, accepted, done; 1 refuted, rejected; 2 the request or an input is wrong; 3 undecided; 130 Ctrl-C.
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
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ldrtheory import __version__
from ldrtheory.errors import BadInput, LdrTheoryError, NotInvertible, Undecided, unknown_name
from ldrtheory.exactstrings import parse_rational, shortened

if TYPE_CHECKING:
    from ldrtheory.operators import Displacement

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Exact verification of structured matrices, with certificates that anyone can check again.",
)

# the ancestor of all usage errors, whether typer takes them from click or brings its own copy
_USAGE_ERRORS: type[Exception] = next(c for c in typer.BadParameter.__mro__ if c.__name__ == "ClickException")

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


def _option(metavar: str, words: str) -> Any:
    return typer.Option(metavar=metavar, help=words)


Matrix = Annotated[
    str, typer.Argument(metavar="MATRIX", help="A file: .npy .npz:NAME .safetensors:TENSOR .mtx .csv .json")
]
Pair = Annotated[
    str | None,
    _option(
        "NAME", "toeplitz, hankel, toeplitz-stein, toeplitz+hankel, vandermonde:FILE, cauchy:S,T or rank"
    ),
]
Kind = Annotated[
    str | None, _option("KIND", "sylvester (A M - M B) or stein (M - A M B); with --left and --right")
]
Left = Annotated[str | None, _option("OP", "The operator A, e.g. 'shift(1)', 'diag:nodes.json'")]
Right = Annotated[str | None, _option("OP", "The operator B")]
Rank = Annotated[str | None, _option("R", "Ask: is the rank at most R?")]
Tolerance = Annotated[str | None, _option("EPS", "Ask for the rank within EPS * ||M||_F, an exact decimal")]
Out = Annotated[Path | None, _option("OUT.json", "Where to write the certificate")]
Page = Annotated[Path | None, _option("OUT.html", "Write a page with pictures as well")]
Limit = Annotated[str | None, _option("S", "Stop undecided after S seconds")]


@app.command()
def verify(
    matrix: Matrix,
    operators: Pair = None,
    kind: Kind = None,
    left: Left = None,
    right: Right = None,
    rank: Rank = None,
    tolerance: Tolerance = None,
    certificate: Out = None,
    all_certificates: Annotated[bool, typer.Option("--all-certificates", help="One for every row")] = False,
    report: Page = None,
    seconds: Limit = None,
    as_json: Json = False,
) -> int:
    """Decide the displacement rank of a matrix exactly, certify it, and have the certificate checked."""
    from ldrtheory.verification import CatalogueReport
    from ldrtheory.verification import verify as decide

    asked = None if rank is None else _whole("--rank", rank, 0)
    limit = None if seconds is None else _positive("--seconds", seconds)
    chosen = _operators(operators, kind, left, right)
    with _progress(as_json) as progress:
        answer = decide(
            matrix,
            chosen,
            rank=asked,
            tolerance=tolerance,
            certificate=certificate,
            all_certificates=all_certificates,
            seconds=limit,
            progress=progress,
        )
    if report is not None:
        from ldrtheory.report.page import write_html

        write_html(answer, report)
    if as_json:
        _print(answer.json())
    else:
        from ldrtheory.report.terminal import show

        show(answer)
        if report is not None:
            _print(f"report: {report}")
    best = answer.best if isinstance(answer, CatalogueReport) else answer
    if not best.checked:
        return 3
    return 1 if answer.holds is False else 0


def _operators(
    operators: str | None, kind: str | None, left: str | None, right: str | None
) -> str | Displacement | None:
    """The displacement that the options name, None for the catalogue."""
    given = [
        name for name, value in (("--kind", kind), ("--left", left), ("--right", right)) if value is not None
    ]
    if operators is not None:
        _need(
            not given, f"give --operators, or --kind --left --right; got --operators and {', '.join(given)}."
        )
        return operators
    if not given:
        return None
    _need(len(given) == 3, f"--kind, --left and --right go together; got only {', '.join(given)}.")
    from ldrtheory.operators import Stein, Sylvester, parse_operator

    kinds = {"sylvester": Sylvester, "stein": Stein}
    if str(kind).lower() not in kinds:
        raise unknown_name("kind", str(kind), kinds)
    return kinds[str(kind).lower()](parse_operator(str(left)), parse_operator(str(right)))


@app.callback(invoke_without_command=True)
def _version(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        _print(f"ldrtheory {__version__}")
    elif context.invoked_subcommand is None:
        _print(context.get_help())


@app.command()
def check(
    certificates: Annotated[list[str], typer.Argument(metavar="CERT...", help="Certificate files")],
    subject: Annotated[Path | None, typer.Option(help="The subject, where it lies elsewhere")] = None,
    as_json: Json = False,
) -> int:
    """Check certificates again, in a clean process that imports nothing of ours."""
    from ldrtheory.judge import check as judge

    report = judge(certificates, subject=subject)
    if as_json:
        from dataclasses import asdict

        _print(json.dumps({"results": [asdict(v) for v in report.results]}, ensure_ascii=False))
    else:
        from ldrtheory.report.terminal import show_check

        show_check(report)
    return report.status


@app.command()
def prove(
    theorem: Annotated[
        list[str] | None, typer.Argument(metavar="[ID...]", help="Theorem ids; all if none")
    ] = None,
    max_n: Annotated[str | None, typer.Option("--max-n", metavar="N", help="The largest size to run")] = None,
    as_json: Json = False,
) -> int:
    """Run executable theorems: each generates claims, smallest first, and the checker decides them."""
    from ldrtheory.report.terminal import show_theorems
    from ldrtheory.theorems import discover, run

    largest = None if max_n is None else _whole("--max-n", max_n, 1)
    known = discover()
    for name in theorem or []:
        if name not in known:
            raise unknown_name("theorem", name, known)
    results = []
    with _progress(as_json) as progress:
        for k, name in enumerate(theorem or sorted(known)):
            progress(k, len(theorem or known), name)
            results.append(run(name, largest))
    if as_json:
        _print(json.dumps({"theorems": [r.data() for r in results]}, ensure_ascii=False))
    else:
        show_theorems(results)
    return 1 if any(r.refuted for r in results) else 0


def _need(condition: bool, message: str) -> None:
    if not condition:
        raise BadInput(message)


def _whole(option: str, text: str, least: int) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", text.strip()) or int(text) < least:
        raise BadInput(f"{option} wants a whole number of at least {least}; got {shortened(text)}.")
    return int(text)


def _positive(option: str, text: str) -> float:
    value = parse_rational(text.strip())
    _need(value > 0, f"{option} wants a positive number; got {shortened(text)}.")
    return int(value.p) / int(value.q)


def _print(text: str) -> None:
    sys.stdout.write(text.rstrip("\n") + "\n")


@contextlib.contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[int, int, str], None]]:
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


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its status; no exception of ours ever shows a traceback."""
    sys.exit(status(arguments))


def status(arguments: list[str] | None = None) -> int:
    """Return the exit status of one command line; messages go to standard error."""
    try:
        result: Any = app(args=arguments, prog_name="ldrtheory", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except typer.Exit as request:
        return int(request.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        return 130
    except _USAGE_ERRORS as error:
        return _fail(error.format_message(), 2)  # type: ignore[attr-defined]
    except Undecided as error:
        return _fail(f"undecided: {error}", 3)
    except (LdrTheoryError, OSError) as error:
        return _fail(_words(error), 2)
    except MemoryError:
        return _fail("undecided: the machine ran out of memory; try a smaller matrix.", 3)
    except Exception as error:
        if "LDRTHEORY_TRACEBACK" in os.environ:
            raise
        return _fail(
            f"undecided: an error of ours, not yours ({type(error).__name__}: {error}); "
            "please report it with what LDRTHEORY_TRACEBACK=1 prints.",
            3,
        )


def _words(error: Exception) -> str:
    if isinstance(error, BrokenPipeError):
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return "the reader of our output went away."
    if isinstance(error, NotInvertible):
        return f"not invertible: {error}"
    return str(error)


def _fail(message: str, status: int) -> int:
    sys.stderr.write(f"ldrtheory: {message}\n")
    return status


if __name__ == "__main__":
    main()
