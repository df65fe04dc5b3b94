"""The command line: `ldrtheory COMMAND`, one module for each command.

main        the entry point: turns our exceptions into messages and exit statuses
options     what the commands share
Exit status: 0 holds, accepted, done; 1 refuted, rejected; 2 the request or an input is wrong; 3 undecided; 130 Ctrl-C.
A new command is a function in a module of its own, and a name in COMMANDS.
"""

from __future__ import annotations

import contextlib
import functools
import io
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import Annotated, Any, Final

import typer

from ldrtheory import __version__
from ldrtheory.cli.bounds import bounds
from ldrtheory.cli.build import build
from ldrtheory.cli.check import check
from ldrtheory.cli.conform import conform
from ldrtheory.cli.dimension import dimension
from ldrtheory.cli.hunt import hunt
from ldrtheory.cli.options import output
from ldrtheory.cli.prove import prove
from ldrtheory.cli.verify import verify
from ldrtheory.compile_cache import user_cache
from ldrtheory.errors import LdrTheoryError, NotInvertible, Undecided
from ldrtheory.files import protecting

# in the order of the help page
COMMANDS: Final[tuple[Callable[..., int], ...]] = (
    verify,
    check,
    build,
    hunt,
    bounds,
    dimension,
    conform,
    prove,
)

_WIDE = {"max_content_width": 110}

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=_WIDE,
    help="Structured matrices, exactly: verify, build, bound, hunt, judge; certificates that anyone can check again.",
    epilog="Exit status: 0 holds, accepted, done; 1 refuted, rejected; 2 the request or an input is wrong; "
    "3 undecided within the limits. ldrtheory COMMAND --help says more.",
)


class _NoReader(Exception):
    """Standard output is closed, or who read it went away."""


def _read(command: Callable[..., int]) -> Callable[..., int]:
    """Return the command, which stops with _NoReader where nobody reads what it says."""

    @functools.wraps(command)
    def run(*arguments: Any, **options: Any) -> int:
        if sys.stdout is None:
            raise _NoReader("standard output is closed; wanted a place for the answer: open it.")
        try:
            code = command(*arguments, **options)
            sys.stdout.flush()
        except BrokenPipeError:
            with contextlib.suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise _NoReader("the reader of our output went away.") from None
        return code

    return run


for command in COMMANDS:
    first = (command.__doc__ or "").partition("\n")[0]
    app.command(short_help=first, context_settings=_WIDE)(_read(command))

# the ancestor of all usage errors, whether typer takes them from click or brings its own copy
_USAGE_ERRORS: type[Exception] = next(c for c in typer.BadParameter.__mro__ if c.__name__ == "ClickException")


@app.callback(invoke_without_command=True)
def _version(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        output(f"ldrtheory {__version__}")
    elif context.invoked_subcommand is None:
        output(context.get_help())


_interrupted = False


def _interrupt(number: int, frame: Any) -> None:
    """Remember Ctrl-C: compiled modules that are being imported can turn KeyboardInterrupt into something else."""
    global _interrupted
    _interrupted = True
    signal.default_int_handler(number, frame)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its status; no exception of ours ever shows a traceback."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, _interrupt)
    # what Hypothesis keeps goes with our other caches, not into the folder one stands in
    os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(user_cache() / "hypothesis"))
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # names that it cannot encode
    code = status(arguments)
    if _interrupted and threading.active_count() > 1:  # threads at work would be waited for
        os._exit(130)
    sys.exit(130 if _interrupted else code)


def status(arguments: list[str] | None = None) -> int:
    """Return the exit status of one command line; messages go to standard error."""
    try:
        with protecting():
            result: Any = app(args=arguments, prog_name="ldrtheory", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except typer.Exit as request:
        return int(request.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        return 130
    except _USAGE_ERRORS as error:
        return _fail(_usage(error, sys.argv[1:] if arguments is None else arguments), 2)
    except Undecided as error:
        return _fail(f"undecided: {error}", 3)
    except (LdrTheoryError, OSError, _NoReader) as error:
        return _fail(_words(error), 2)
    except MemoryError:
        return _fail("undecided: the machine ran out of memory; try a smaller matrix.", 3)
    except Exception as error:
        if not _interrupted and "LDRTHEORY_TRACEBACK" in os.environ:
            raise
        return _fail(
            f"undecided: an error of ours, not yours ({type(error).__name__}: {error}); "
            "please report it with what LDRTHEORY_TRACEBACK=1 prints.",
            3,
        )


def _usage(error: Any, arguments: list[str]) -> str:
    """What is wrong with a command line, what was wanted, and where it is described."""
    wanted = getattr(getattr(error, "param", None), "help", None)
    message = error.format_message()
    if wanted and message.startswith("Missing"):
        message = f"{message.rstrip('.')}: {wanted}."
    named = [command.__name__ for command in COMMANDS if command.__name__ in arguments[:1]]
    return f"{message.rstrip()} See: {' '.join(['ldrtheory', *named])} --help"


def _words(error: Exception) -> str:
    if isinstance(error, NotInvertible):
        return f"not invertible: {error}"
    return str(error)


def _fail(message: str, status: int) -> int:
    if _interrupted:
        return 130
    with contextlib.suppress(OSError, AttributeError):  # closed or full: the status says it alone
        sys.stderr.write(f"ldrtheory: {message}\n")
        sys.stderr.flush()
    return status
