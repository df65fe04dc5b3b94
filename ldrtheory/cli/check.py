"""`ldrtheory check CERT...`: have certificates decided again, in a clean process."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from ldrtheory.cli.options import Json, need, option, output


def check(
    certificates: Annotated[list[str], typer.Argument(metavar="CERT", help="Certificate files, .cert.json")],
    subject: Annotated[
        Path | None,
        option("FILE", "The matrix that it is about, if no file of its name lies beside the certificate"),
    ] = None,
    as_json: Json = False,
) -> int:
    """Check certificates again, in a process of its own that imports nothing of ours.

    Example: ldrtheory check matrix.cert.json
    """
    from ldrtheory.judge import check as judge

    if subject is not None:
        need(subject.is_file(), f"--subject {subject}: no such file; wanted the matrix of the certificate.")
    report = judge(certificates, subject=subject)
    if as_json:
        from dataclasses import asdict

        output(json.dumps({"results": [asdict(v) for v in report.results]}))
    else:
        from ldrtheory.report.terminal import show_check

        show_check(report)
    return report.status
