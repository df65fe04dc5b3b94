"""`ldrtheory dimension FAMILY`: the true generic dimension of a structured class."""

from __future__ import annotations

from typing import Annotated

import typer

from ldrtheory.cli.options import Json, Kept, output, placed, progress
from ldrtheory.errors import CheckerRefused, Undecided

Name = Annotated[
    str, typer.Argument(metavar="FAMILY", help="A class with its sizes, e.g. 'SubdiagonalLDR(n=8, rank=1)'")
]


def dimension(family: Name, certificate: Kept = None, as_json: Json = False) -> int:
    """Bound the dimension of a structured class from both sides: how many of its parameters are redundant?

    Example: ldrtheory dimension 'LowRank(n=8, rank=2)'
    """
    from ldrtheory.bounds.dimension import dimension as decide

    placed(certificate=certificate)
    with progress(as_json) as advance:
        try:
            answer = decide(family, certificate, progress=advance)
        except CheckerRefused as refusal:  # a bug of ours decides nothing: exit status 3
            raise Undecided(str(refusal)) from None
    if as_json:
        output(answer.json())
    else:
        from ldrtheory.report.terminal import show_answer

        show_answer(answer)
    return 0
