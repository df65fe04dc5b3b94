"""`ldrtheory hunt CONJECTURE`: look for a counterexample, certify it, have the certificate checked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from ldrtheory.cli.options import Json, listed, need, option, output, placed, positive, progress, whole
from ldrtheory.errors import BadInput

Found = Annotated[
    Path | None,
    option("OUT.json", "Where to write a counterexample (default: CONJECTURE.counterexample.cert.json)"),
]


def hunt(
    conjecture: Annotated[
        str | None,
        typer.Argument(metavar="CONJECTURE", help="A name of --list, a theorem, FILE.py or FILE.py:function"),
    ] = None,
    names: Annotated[
        bool, typer.Option("--list", help="Print the names of our conjectures and what they say")
    ] = False,
    max_n: Annotated[str | None, option("N", "The largest size to search (default 5)")] = None,
    seconds: Annotated[str | None, option("S", "Stop after S seconds (default 60)")] = None,
    field: Annotated[str | None, option("FIELD", "Q or GF(p), one of the conjecture's fields")] = None,
    seed: Annotated[str | None, option("S", "The seed of all random choices (default 0)")] = None,
    scheduler: Annotated[str | None, option("ADDRESS", "Run on the Dask cluster with this scheduler")] = None,
    workers: Annotated[str | None, option("N", "Processes (default: all cores)")] = None,
    state: Annotated[Path | None, option("FILE", "Go on from this file, and keep it up to date")] = None,
    certificate: Found = None,
    as_json: Json = False,
) -> int:
    """Look for a counterexample to a conjecture, from the smallest objects on.

    Example: ldrtheory hunt product_of_toeplitz
    """
    from ldrtheory.hunting import corpus
    from ldrtheory.hunting import hunt as search
    from ldrtheory.hunting.hunt import SECONDS
    from ldrtheory.report.terminal import show_answer

    if names:
        need(conjecture is None, f"--list takes no conjecture; got {conjecture!r}: leave one of the two out.")
        output(listed("conjectures", [(c.id, c.statement) for c in corpus().values()], as_json))
        return 0
    if conjecture is None:
        raise BadInput(
            "hunt wants a conjecture: a name of ldrtheory hunt --list, FILE.py or FILE.py:function; got none. "
            "See: ldrtheory hunt --help"
        )
    placed(conjecture, certificate=certificate, state=state)
    with progress(as_json) as advance:
        answer = search(
            conjecture,
            max_n=None if max_n is None else whole("--max-n", max_n, 1),
            seconds=SECONDS if seconds is None else positive("--seconds", seconds),
            field=field,
            seed=0 if seed is None else whole("--seed", seed, 0),
            scheduler=scheduler,
            workers=None if workers is None else whole("--workers", workers, 1),
            state=state,
            certificate=certificate
            or Path(f"{Path(conjecture.partition(':')[0]).stem}.counterexample.cert.json"),
            progress=advance,
        )
    if as_json:
        output(json.dumps(answer.json()))
    else:
        show_answer(answer)
    if not answer.found:
        return 3
    return 3 if answer.checked is False else 1
