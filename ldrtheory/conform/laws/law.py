"""The list of laws.

Law     a name, what it says, and how it is tried
LAWS    in the order of the table
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ldrtheory.conform.bench import Bench, Tally
from ldrtheory.conform.laws import calls, gradients, inputs, large, numbers, repeated, structure, values


@dataclass(frozen=True)
class Law:
    """A name (stable: test ids and JSON use it) and how the law is tried: `run` raises Broken where it fails."""

    name: str
    run: Callable[[Bench, Tally], None]

    @property
    def says(self) -> str:
        """What the law says, in one line."""
        return (self.run.__doc__ or "").strip().splitlines()[0]


LAWS: Final = (
    Law("values", values.values),
    Law("constants", values.constants),
    Law("probes", values.probes),
    Law("linearity", structure.linearity),
    Law("transpose", structure.transposes),
    Law("batch", structure.batch),
    Law("empty-batch", structure.empty),
    Law("layouts", inputs.layouts),
    Law("inputs-untouched", inputs.untouched),
    Law("dtype", inputs.dtypes),
    Law("scales", numbers.scales),
    Law("repeatable", repeated.repeatable),
    Law("fresh-results", calls.fresh_results),
    Law("nan-isolation", numbers.isolation),
    Law("gradients", gradients.gradients),
    Law("large", large.large),
)
