"""A self-contained HTML page for `ldrtheory bounds`: the answer, the layers, the bounds, the samples, plots.

write_bounds    write the page of an Overview, whole or not at all
bounds_page     the page as text
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from ldrtheory import __version__
from ldrtheory.bounds.network import Network
from ldrtheory.bounds.overview import Overview
from ldrtheory.bounds.samples import SOURCES, accuracy
from ldrtheory.bounds.variants import depths, ranks, widths
from ldrtheory.bounds.vc.lower import path_bound
from ldrtheory.bounds.vc.upper import UpperBound, upper_bound
from ldrtheory.claims import Level
from ldrtheory.exactstrings import decimal_string
from ldrtheory.files import write_text
from ldrtheory.report.bounds_terminal import FORMS
from ldrtheory.report.curves import Series, bars, curves
from ldrtheory.report.template import rendered

LONGEST: Final = 16  # layers up to which every layer has bars of its own
SAMPLES: Final = tuple(round(10 ** (k / 4)) for k in range(8, 57))


def write_bounds(answer: Overview, path: str | os.PathLike[str]) -> None:
    """Write a page about the answer: one file, readable offline, on paper, in light and dark.

    Cost: some hundred milliseconds for the bounds of the networks that the plots compare.
    Raises BadInput where the file cannot be written; what was there before then stays.
    """
    write_text(Path(path), bounds_page(answer))


def bounds_page(answer: Overview) -> str:
    """Return the page as text; names and words from outside are escaped."""
    return rendered("bounds.html.j2", _words(answer) | _numbers(answer) | {"figures": _figures(answer)})


def _words(answer: Overview) -> dict[str, Any]:
    """The answer and what it rests on."""
    upper, lower = answer.upper, answer.lower
    bounded = isinstance(upper, UpperBound)
    headline = f"{answer.parameters:,} parameters"
    if isinstance(upper, UpperBound):
        same = upper.value == lower.value
        headline = f"VC dimension {lower.value:,}" + ("" if same else f" to {upper.value:,}")
    certificate = answer.certificate
    return {
        "name": answer.name,
        "headline": headline,
        "answer": answer.answer,
        "bounded": bounded,
        "reason": upper if isinstance(upper, str) else "",
        "level": str(answer.level) if bounded else "counted",
        "arithmetic": str(answer.arithmetic),
        "tone": "good" if answer.arithmetic is Level.VERIFIED else "fair",
        "theorem": upper.theorem if isinstance(upper, UpperBound) else "",
        "seen": upper.seen if isinstance(upper, UpperBound) else "",
        "lower_level": str(answer.shattered),
        "lower_method": lower.method,
        "lower_tone": "good" if answer.shattered is Level.VERIFIED else "fair",
        "commands": []
        if certificate is None
        else [
            f"ldrtheory check {shlex.quote(str(certificate))}",
            f"python -I checker.py {shlex.quote(str(certificate))}",
        ],
        "seconds": f"{answer.seconds:.2g}",
        "version": __version__,
    }


def _numbers(answer: Overview) -> dict[str, Any]:
    """The tables: layers, forms of the bound, sample sizes."""
    upper, sizes = answer.upper, answer.samples
    free = [r for r in answer.free_rows if r.own]
    rows = [
        {
            "name": r.name,
            "parameters": f"{r.parameters:,}" if r.own else "shared",
            "free": f"{r.dense_parameters:,}",
            "dimension": "–" if r.dimension is None else f"{r.dimension:,}",
            "degree": str(r.degree[0]) + (f" / {r.degree[1]}" if r.degree[1] else ""),
            "multiplications": f"{r.multiplications:,}",
            "activation": r.activation,
        }
        for r in answer.rows
    ]
    total = {
        "parameters": f"{answer.parameters:,}",
        "free": f"{sum(r.parameters for r in free):,}",
        "dimension": "–" if answer.dimension is None else f"{answer.dimension:,}",
        "multiplications": f"{sum(r.multiplications for r in answer.rows):,}",
    }
    forms = [] if isinstance(upper, str) else [(FORMS[k], f"{v:,}") for k, v in upper.forms.items()]
    samples = []
    if sizes is not None:
        for key, value in sizes.forms.items():
            kind, _, _ = key.partition("_")
            samples.append((kind, SOURCES[key], "does not apply" if value is None else f"{value:,}"))
    found: dict[str, Any] = {
        "rows": rows,
        "total": total,
        "forms": forms,
        "samples": samples,
        "reached": None,
    }
    if sizes is not None:
        found |= {
            "epsilon": decimal_string(sizes.epsilon),
            "delta": decimal_string(sizes.delta),
            "needed": [
                f"{n:,} by every learner, {kind}"
                for n, kind in zip(sizes.needed, ("realizable", "agnostic"))
                if n
            ],
        }
    if answer.accuracy is not None:
        found["reached"] = answer.accuracy.data()
    return found


def _figures(answer: Overview) -> list[dict[str, Any]]:
    from markupsafe import Markup

    made: list[Figure | None] = [_layers(answer), _beside(answer)]
    if isinstance(answer.upper, UpperBound) and answer.upper.steps:
        made += [
            _against(widths(answer.network), "width", "inputs (all sizes multiplied alike)"),
            _against(depths(answer.network), "depth", "layers (copies of a square hidden layer)"),
            _against(ranks(answer.network), "rank", "rank of the structured layers"),
        ]
    if isinstance(answer.upper, UpperBound):
        made.append(_learning(answer))
    return [{"svg": Markup(svg), "title": title, "note": note} for svg, title, note in filter(None, made)]


Figure = tuple[str, str, str]


def _layers(answer: Overview) -> Figure:
    rows = [(k, r) for k, r in enumerate(answer.rows, 1) if r.own]
    if len(rows) > LONGEST:
        rows = sorted(sorted(rows, key=lambda x: -x[1].parameters)[:LONGEST])
    groups = [(f"layer {k}", (r.parameters, r.dimension, r.dense_parameters)) for k, r in rows]
    words = ("parameters", "dimension of the class", "parameters if unstructured")
    alt = "Bars of parameters, dimension and unstructured parameters of each layer."
    note = "Where the dimension is below the number of parameters, some parameters are redundant."
    return (
        bars(groups, words, "layers", alt, "number (logarithmic)"),
        "Parameters and dimension, layer by layer.",
        note,
    )


def _beside(answer: Overview) -> Figure:
    free = [r for r in answer.free_rows if r.own]
    groups: list[tuple[str, tuple[int | None, ...]]] = [
        ("parameters", (answer.parameters, sum(r.parameters for r in free))),
        (
            "multiplications",
            (sum(r.multiplications for r in answer.rows), sum(r.multiplications for r in answer.free_rows)),
        ),
    ]
    if isinstance(answer.upper, UpperBound) and isinstance(answer.free_upper, UpperBound):
        groups.append(("VC at most", (answer.upper.value, answer.free_upper.value)))
    alt = "Bars of the network as planned beside the same network with free matrices."
    note = (
        "Multiplications are those of the exact reference multiply for one input, once the weights are known."
    )
    title = "As planned, and with unstructured matrices."
    return bars(groups, ("as planned", "unstructured"), "beside", alt, "number (logarithmic)"), title, note


def _against(variants: Iterable[tuple[int, Network]], what: str, label: str) -> Figure | None:
    points = []
    for x, network in variants:
        upper, free = upper_bound(network), upper_bound(network.dense())
        if isinstance(upper, UpperBound) and isinstance(free, UpperBound):
            points.append((x, upper.value, path_bound(network).value, free.value))
    if len(points) < 2:
        return None
    places, upper_values, lower_values, free_values = (tuple(map(float, column)) for column in zip(*points))
    series = [
        Series("at most, unstructured: cited", places, free_values, 1, True),
        Series("at most: cited", places, upper_values, 0),
        Series("at least (one unit reads a row)", places, tuple(max(v, 0.5) for v in lower_values), 2),
    ]
    alt = f"Bounds of the VC dimension against {what}."
    picture = curves(series, what, alt, label, "VC dimension", [p[0] for p in points])
    return (
        picture,
        f"VC dimension against {what}.",
        "Everything else is as in the plan. The truth lies between the full lines.",
    )


def _learning(answer: Overview) -> Figure | None:
    delta = answer.samples.delta if answer.samples is not None else Fraction(1, 20)
    series = []
    for bound, words, dashed in (
        (answer.upper, "as planned", False),
        (answer.free_upper, "unstructured", True),
    ):
        if isinstance(bound, str):
            continue
        found = [accuracy(bound.log2_growth, m, delta) for m in SAMPLES]
        for colour, kind in enumerate(("realizable", "agnostic")):
            points = [(a.samples, getattr(a, kind)) for a in found if getattr(a, kind) is not None]
            if points:
                xs, ys = zip(*points)
                label = f"{kind}, {words}"
                series.append(Series(label, tuple(map(float, xs)), tuple(map(float, ys)), colour, dashed))
    if not series:
        return None
    alt = "The accuracy epsilon that a number of samples guarantees."
    picture = curves(series, "learning", alt, "samples", "epsilon")
    sure = decimal_string(1 - delta)
    note = (
        f"With probability at least {sure}: cited theorems on the growth function; without a line, nothing."
    )
    return picture, "Accuracy against samples.", note
