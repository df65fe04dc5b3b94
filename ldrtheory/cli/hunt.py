"""`ldrtheory hunt CONJECTURE`: look for a counterexample, certify it, have the certificate checked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from ldrtheory.cli.options import Certificate, Json, option, output, positive, progress, whole


def hunt(
    conjecture: Annotated[
        str, typer.Argument(metavar="CONJECTURE", help="An id of the corpus, FILE.py or FILE.py:function")
    ],
    max_n: Annotated[str | None, option("N", "The largest size to search")] = None,
    seconds: Annotated[str | None, option("S", "Stop after S seconds (default 60)")] = None,
    field: Annotated[str | None, option("FIELD", "Q or GF(p), one of the conjecture's fields")] = None,
    seed: Annotated[str | None, option("S", "The seed of all random choices (default 0)")] = None,
    scheduler: Annotated[str | None, option("ADDRESS", "Run on a Dask cluster")] = None,
    workers: Annotated[str | None, option("N", "Processes (default: all cores)")] = None,
    state: Annotated[Path | None, option("FILE", "Go on from this file, and keep it up to date")] = None,
    certificate: Certificate = None,
    as_json: Json = False,
) -> int:
    """Look for a counterexample, from the smallest objects on."""
    from ldrtheory.hunting import hunt as search
    from ldrtheory.hunting.hunt import SECONDS
    from ldrtheory.report.terminal import show_answer

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
        output(json.dumps(answer.json(), ensure_ascii=False))
    else:
        show_answer(answer)
    if not answer.found:
        return 3
    return 3 if answer.checked is False else 1
