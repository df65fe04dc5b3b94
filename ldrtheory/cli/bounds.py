"""`ldrtheory bounds NET.toml`: what a planned network costs, can shatter, and how many samples it needs."""

from __future__ import annotations

from typing import Annotated

import typer

from ldrtheory.cli.options import Json, Kept, Page, fraction, option, output, placed, whole


def bounds(
    network: Annotated[
        str, typer.Argument(metavar="NET.toml", help="A planned network in TOML, as in docs/bounds.md")
    ],
    epsilon: Annotated[str, option("E", "Accuracy of the sample sizes, between 0 and 1")] = "0.1",
    delta: Annotated[str, option("D", "Their failure probability, between 0 and 1")] = "0.05",
    samples: Annotated[str | None, option("M", "Also say which accuracy M samples give")] = None,
    report: Page = None,
    certificate: Kept = None,
    as_json: Json = False,
) -> int:
    """Count the parameters and operations of a planned network; bound its VC dimension and sample sizes.

    Example: ldrtheory bounds network.toml --epsilon 0.1 --delta 0.05
    """
    from ldrtheory.bounds.architecture import read_architecture
    from ldrtheory.bounds.overview import overview

    many = None if samples is None else whole("--samples", samples, 1)
    epsilon, delta = fraction("--epsilon", epsilon), fraction("--delta", delta)
    placed(network, report=report, certificate=certificate)
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
