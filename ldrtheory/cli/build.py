"""`ldrtheory build SOURCE`: a matrix, permutation, circuit, sparse product or named transform as a kaleidoscope."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ldrtheory.cli.options import Json, Page, option, output, placed, progress

Source = Annotated[
    str,
    typer.Argument(
        metavar="SOURCE",
        help="A matrix file, a .json permutation, circuit or product (docs/build-a-kaleidoscope.md), "
        "or a transform such as 'DFT(8)'",
    ),
]
As = Annotated[
    str | None,
    typer.Option(
        "--as", metavar="KIND", help="Read SOURCE as a matrix, permutation, circuit or sparse-product"
    ),
]
Field = Annotated[
    str | None, option("FIELD", "Q, Q(zeta_N) or GF(p) (default: the smallest that holds the entries)")
]
Out = Annotated[Path | None, option("K.json", "Where to write the kaleidoscope")]
Certificate = Annotated[
    Path | None, option("C.json", "Where to write the certificate (default: beside K.json or SOURCE)")
]


def build(
    source: Source,
    kind: As = None,
    field: Field = None,
    out: Out = None,
    certificate: Certificate = None,
    report: Page = None,
    as_json: Json = False,
) -> int:
    """Write a matrix, permutation, circuit, sparse product or transform as butterfly factors, exactly.

    Example: ldrtheory build circuit.json --out factors.json
    """
    from ldrtheory.building import build as construct

    placed(source, out=out, certificate=certificate, report=report)
    with progress(as_json) as advance:
        answer = construct(source, kind=kind, field=field, out=out, certificate=certificate, progress=advance)
    if report is not None:
        from ldrtheory.report.kaleidoscope_page import write_build_html

        write_build_html(answer, report)
    if as_json:
        output(answer.json())
    else:
        from ldrtheory.report.terminal import show_answer

        show_answer(answer)
        if report is not None:
            output(f"report: {report}")
    return 0 if answer.checked else 3
