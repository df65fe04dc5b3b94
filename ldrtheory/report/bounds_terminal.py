"""The bounds of a planned network for reading in a terminal.

show_bounds     the answer first, then the layers, the VC dimension, the samples, and what all of it rests on
"""

from __future__ import annotations

import shlex

from rich.console import Console
from rich.text import Text

from ldrtheory.bounds.overview import Overview
from ldrtheory.bounds.vc.upper import UpperBound
from ldrtheory.claims import Level
from ldrtheory.exactstrings import decimal_string

FORMS = {
    "growth": "growth function, exact integers",
    "warren": "growth function, form of Warren 1968",
    "closed": "closed form L + W log2(4eR log2(2eR))",
    "sigmoid": "sigmoid units, (Wk)^2 + 11 Wk log2(18 W k^2)",
}


def show_bounds(answer: Overview, console: Console | None = None) -> None:
    """Print the answer."""
    console = Console(highlight=False, soft_wrap=True) if console is None else console
    console.print(Text(answer.answer, "bold"))
    console.print()
    console.print(Text(_layers(answer)))
    console.print()
    for line in lines(answer):
        console.print(Text(line))


def _layers(answer: Overview) -> str:
    """The layers as a table that is as wide as it has to be."""
    rows = [("layer", "parameters", "unstructured", "dimension", "degree", "multiplications", "activation")]
    for r in answer.rows:
        rows.append(
            (
                r.name,
                f"{r.parameters:,}" if r.own else "shared",
                f"{r.dense_parameters:,}",
                "-" if r.dimension is None else f"{r.dimension:,}",
                str(r.degree[0]) + (f" / {r.degree[1]}" if r.degree[1] else ""),
                f"{r.multiplications:,}",
                r.activation,
            )
        )
    free = sum(r.parameters for r in answer.free_rows if r.own)
    dimension = "-" if answer.dimension is None else f"{answer.dimension:,}"
    multiplications = f"{sum(r.multiplications for r in answer.rows):,}"
    rows.append(("total", f"{answer.parameters:,}", f"{free:,}", dimension, "", multiplications, ""))
    widths = [max(map(len, column)) for column in zip(*rows)]
    left = (0, len(widths) - 1)
    return "\n".join(
        "  ".join(
            x.ljust(w) if k in left else x.rjust(w) for k, (x, w) in enumerate(zip(row, widths))
        ).rstrip()
        for row in rows
    )


def lines(answer: Overview) -> list[str]:
    """Return what stands below the table."""
    upper, lower = answer.upper, answer.lower
    if isinstance(upper, str):
        return [f"no VC dimension: {upper}"]
    out = [f"VC dimension at most {upper.value:,}"]
    out += [f"  {FORMS[form]}: {value:,}" for form, value in upper.forms.items()]
    if upper.seen == "free" and "sigmoid" not in upper.forms:
        out.append("  (least with the weights seen as free matrices)")
    out.append(f"  {answer.level}: {upper.theorem}; arithmetic: {answer.arithmetic}")
    if isinstance(answer.free_upper, UpperBound):
        out.append(f"  unstructured: at most {answer.free_upper.value:,}")
    proof = " (proof in docs/bounds.md)" if answer.shattered is Level.CITED else ""
    out += [f"VC dimension at least {lower.value:,}", f"  {answer.shattered}{proof}: {lower.method}"]
    sizes = answer.samples
    if sizes is not None:
        e, d = decimal_string(sizes.epsilon), decimal_string(sizes.delta)
        out.append(f"samples for epsilon = {e}, delta = {d}")
        out.append(
            f"  {sizes.realizable:,} suffice where some network of the class has no error (realizable)"
        )
        out.append(
            f"  {sizes.agnostic:,} suffice for error and training error to differ by less than epsilon (agnostic)"
        )
        for words, needed in zip(("realizable", "agnostic"), sizes.needed):
            if needed is not None:
                out.append(f"  {needed:,} are needed by every learner, {words}")
        out.append("  cited: the theorems are in docs/bounds.md")
    reached = answer.accuracy
    if reached is not None:
        found = reached.data()
        for words in ("realizable", "agnostic"):
            text = "no epsilon below 1" if found[words] is None else f"epsilon = {found[words]}"
            out.append(f"with {reached.samples:,} samples, {words}: {text}")
    if answer.certificate is not None:
        out.append(f"check it again: ldrtheory check {shlex.quote(str(answer.certificate))}")
    return out
