"""`ldrtheory bounds NET.toml`: what a planned network costs, can shatter, and how many samples it needs."""

from __future__ import annotations

from typing import Annotated

import typer

from ldrtheory.cli.options import Certificate, Json, Page, option, output, whole


def bounds(
    network: Annotated[str, typer.Argument(metavar="NET.toml", help="A network in TOML: docs/bounds.md")],
    epsilon: Annotated[str, option("E", "Accuracy, between 0 and 1")] = "0.1",
    delta: Annotated[str, option("D", "Failure probability, between 0 and 1")] = "0.05",
    samples: Annotated[str | None, option("M", "Also: which epsilon do M samples give?")] = None,
    report: Page = None,
    certificate: Certificate = None,
    as_json: Json = False,
) -> int:
    """Count parameters, operations and dimensions of a planned network; bound its VC dimension and sample sizes."""
    from ldrtheory.bounds.architecture import read_architecture
    from ldrtheory.bounds.overview import overview

    many = None if samples is None else whole("--samples", samples, 1)
    answer = overview(
        read_architecture(network),
        network,
        epsilon=epsilon,
        delta=delta,
        samples=many,
        certificate=certificate,
    )
    if report is not None:
        from ldrtheory.report.bounds_page import write_bounds

        write_bounds(answer, report)
    if as_json:
        output(answer.json())
    else:
        from ldrtheory.report.bounds_terminal import show_bounds

        show_bounds(answer)
        if report is not None:
            output(f"report: {report}")
    return 0
