"""`ldrtheory verify MATRIX`: decide a displacement rank, certify it, have the certificate checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ldrtheory.cli.options import (
    Json,
    Limit,
    Page,
    need,
    option,
    output,
    placed,
    positive,
    progress,
    rational,
    whole,
)
from ldrtheory.errors import unknown_name
from ldrtheory.exactstrings import shortened

if TYPE_CHECKING:
    from ldrtheory.operators import Displacement

Matrix = Annotated[
    str, typer.Argument(metavar="MATRIX", help="A file: .npy .npz:NAME .safetensors:TENSOR .mtx .csv .json")
]
Pair = Annotated[
    str | None,
    option(
        "NAME",
        "A pair by name: toeplitz, hankel, toeplitz-stein, toeplitz+hankel, vandermonde:FILE, cauchy:S,T or rank "
        "(default: a table of all that need no file)",
    ),
]
Kind = Annotated[
    str | None,
    option(
        "KIND", "Or a pair of your own: sylvester (A M - M B) or stein (M - A M B), with --left and --right"
    ),
]
Left = Annotated[str | None, option("OP", "The operator A, e.g. 'shift(1)' or 'diag:nodes.json'")]
Right = Annotated[str | None, option("OP", "The operator B")]
Rank = Annotated[str | None, option("R", "Ask: is the rank at most R? (exit status 0 or 1)")]
Tolerance = Annotated[str | None, option("EPS", "Ask for the rank within EPS * ||M||_F, an exact decimal")]
Certificate = Annotated[
    Path | None, option("OUT.json", "Where to write the certificate (default: beside MATRIX, as .cert.json)")
]


def verify(
    matrix: Matrix,
    operators: Pair = None,
    kind: Kind = None,
    left: Left = None,
    right: Right = None,
    rank: Rank = None,
    tolerance: Tolerance = None,
    certificate: Certificate = None,
    all_certificates: Annotated[
        bool, typer.Option("--all-certificates", help="Write a certificate for every row of the table")
    ] = False,
    report: Page = None,
    seconds: Limit = None,
    as_json: Json = False,
) -> int:
    """Decide the displacement rank of a matrix exactly, certify it, and have the certificate checked.

    Example: ldrtheory verify matrix.npy --operators toeplitz
    """
    from ldrtheory.verification import CatalogueReport
    from ldrtheory.verification import verify as decide

    asked = None if rank is None else whole("--rank", rank, 0)
    placed(matrix, certificate=certificate, report=report)
    if tolerance is not None:
        wanted = "an exact number of at least 0, such as 1e-9"
        least = rational("--tolerance", tolerance, wanted)
        need(least >= 0, f"--tolerance wants {wanted}; got {shortened(tolerance)}.")
    limit = None if seconds is None else positive("--seconds", seconds)
    chosen = _operators(operators, kind, left, right)
    with progress(as_json) as advance:
        answer = decide(
            matrix,
            chosen,
            rank=asked,
            tolerance=tolerance,
            certificate=certificate,
            all_certificates=all_certificates,
            seconds=limit,
            progress=advance,
        )
    if report is not None:
        from ldrtheory.report.page import write_html

        write_html(answer, report)
    if as_json:
        output(answer.json())
    else:
        from ldrtheory.report.terminal import show

        show(answer)
        if report is not None:
            output(f"report: {report}")
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
        need(
            not given, f"give --operators, or --kind --left --right; got --operators and {', '.join(given)}."
        )
        return operators
    if not given:
        return None
    need(len(given) == 3, f"--kind, --left and --right go together; got only {', '.join(given)}.")
    from ldrtheory.operators import Stein, Sylvester, parse_operator

    kinds = {"sylvester": Sylvester, "stein": Stein}
    if str(kind).lower() not in kinds:
        raise unknown_name("kind", str(kind), kinds)
    return kinds[str(kind).lower()](parse_operator(str(left)), parse_operator(str(right)))
