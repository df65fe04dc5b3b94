"""`ldrtheory prove [ID...]`: run the executable theorems."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from ldrtheory.cli.options import Json, output, progress, whole
from ldrtheory.errors import unknown_name


def prove(
    theorem: Annotated[
        list[str] | None, typer.Argument(metavar="[ID...]", help="Theorem ids; all if none")
    ] = None,
    max_n: Annotated[str | None, typer.Option("--max-n", metavar="N", help="The largest size to run")] = None,
    as_json: Json = False,
) -> int:
    """Run executable theorems: each generates claims, smallest first, and the checker decides them."""
    from ldrtheory.report.terminal import show_theorems
    from ldrtheory.theorems import discover, run_all

    largest = None if max_n is None else whole("--max-n", max_n, 1)
    known = discover()
    for name in theorem or []:
        if name not in known:
            raise unknown_name("theorem", name, known)
    with progress(as_json) as advance:
        results = run_all(theorem or sorted(known), largest, progress=advance)
    if as_json:
        output(json.dumps({"theorems": [r.data() for r in results]}, ensure_ascii=False))
    else:
        show_theorems(results)
    return 1 if any(r.refuted for r in results) else 0
