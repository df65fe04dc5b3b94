"""`ldrtheory prove [ID...]`: run the executable theorems."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from ldrtheory.cli.options import Json, listed, need, option, output, progress, whole
from ldrtheory.errors import unknown_name


def prove(
    theorem: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID", help="Names of --list; all if none is given"),
    ] = None,
    names: Annotated[
        bool, typer.Option("--list", help="Print the names of all theorems and what they say")
    ] = False,
    max_n: Annotated[str | None, option("N", "The largest size to run")] = None,
    as_json: Json = False,
) -> int:
    """Run executable theorems: each generates claims, smallest first, and the checker decides them.

    Example: ldrtheory prove false_toeplitz_product
    """
    from ldrtheory.report.terminal import show_theorems
    from ldrtheory.theorems import discover, load, run_all

    largest = None if max_n is None else whole("--max-n", max_n, 1)
    known = discover()
    if names:
        need(
            not theorem, f"--list takes no theorem; got {', '.join(theorem or [])}: leave one of the two out."
        )
        output(listed("theorems", [(id, load(id).statement) for id in known], as_json))
        return 0
    for name in theorem or []:
        if name not in known:
            raise unknown_name("theorem", name, known)
    with progress(as_json) as advance:
        results = run_all(theorem or sorted(known), largest, progress=advance)
    if as_json:
        output(json.dumps({"theorems": [r.data() for r in results]}))
    else:
        show_theorems(results)
    return 1 if any(r.refuted for r in results) else 0
