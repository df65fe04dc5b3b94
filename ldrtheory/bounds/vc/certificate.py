"""Bounds of the VC dimension as certificates.

upper_statement     "vc-upper": the layers as sign patterns count them; the checker redoes the integers
lower_statement     "shatters": the network as a program, points, and the parameters of all labellings
checkable           whether the checker takes a shattering of this size
checked             writes a certificate of the bounds and has the checker decide it
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, Final

from ldrtheory import __version__
from ldrtheory.bounds.vc.lower import LowerBound
from ldrtheory.bounds.vc.upper import UpperBound
from ldrtheory.claims import Certificate, encode_number, shatters, statement, vc_upper
from ldrtheory.files import write_text
from ldrtheory.judge import Verdict, check

WORK: Final = 1 << 18  # steps of programs that the checker is asked to run: a second or two


def upper_statement(upper: UpperBound) -> dict[str, Any]:
    """Return the claim that the steps of the bound have VC dimension at most its value."""
    names: dict[str, int] = {}
    sizes: list[Any] = []
    for step in upper.steps:
        for name, size in step.blocks:
            if name not in names:
                names[name] = len(sizes)
                sizes.append(encode_number(size))
    layers = [
        {
            "units": encode_number(step.units),
            "breakpoints": encode_number(step.breakpoints),
            "degree": encode_number(step.degree),
            "numerator": encode_number(step.numerator),
            "constant": encode_number(step.constant),
            "denominator": encode_number(step.denominator),
            "parameters": [names[name] for name, _ in step.blocks],
        }
        for step in upper.steps
    ]
    return statement(vc_upper(encode_number(upper.value), sizes, layers), {})


def lower_statement(lower: LowerBound) -> dict[str, Any]:
    """Return the claim that the program shatters the points, with the parameters of all labellings."""
    found, program = lower.shattering, lower.program
    if found is None or program is None:
        raise ValueError("the lower bound has no explicit shattering")
    points = [[encode_number(x) for x in point] for point in found.points]
    if found.table:
        evidence: dict[str, Any] = {"table": [[encode_number(x) for x in row] for row in found.table]}
    else:
        linear = [[i, k, encode_number(c)] for i, k, c in found.linear]
        evidence = {"base": [encode_number(x) for x in found.base], "linear": linear}
    return statement(shatters(points, program.json()), evidence)


def checkable(lower: LowerBound) -> bool:
    """Return whether the checker takes the shattering, and in seconds."""
    found, program = lower.shattering, lower.program
    if found is None or program is None:
        return False
    m = len(found.points)
    labellings = len(found.table) or m
    return labellings * m * (program.parameters + program.inputs + len(program.steps)) <= WORK


def checked(statements: list[dict[str, Any]], source: str, out: Path | None) -> Verdict:
    """Write the statements as a certificate to `out` (None: a temporary file) and return the checker's verdict."""
    text = Certificate(tuple(statements), {"producer": f"ldrtheory {__version__}", "source": source}).json()
    if out is not None:
        write_text(out, text)
        return check(out).results[0]
    with tempfile.TemporaryDirectory(prefix="ldrtheory-") as folder:
        path = Path(folder) / "vc.cert.json"
        write_text(path, text)
        return check(path).results[0]
