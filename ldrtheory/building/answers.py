"""What `build` returns: a frozen value that prints well in a terminal and in a notebook.

BuildAnswer     the kaleidoscope, what it was built from, how it compares, and what the answer rests on
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from pathlib import Path
from typing import Any

from ldrtheory.building.bounds import Bound, ratio, traded
from ldrtheory.building.circuits import CircuitSource
from ldrtheory.building.kinds import Source
from ldrtheory.claims import Certificate, Level
from ldrtheory.kaleidoscopes import KaleidoscopeProduct
from ldrtheory.synthesis import Circuit

_FORMS = ("dense", "sparse", "circuit")


@dataclass(frozen=True, eq=False)
class BuildAnswer:
    """A source as a kaleidoscope.

    product         the kaleidoscope
    form, why       the construction that was chosen, and why, with the next cheapest one
    bound           the published width and expansion it is compared with
    operations      (multiplications, additions) of the kaleidoscope, dense, sparse and circuit form (None: no circuit)
    certificate     the certificate; its file is `path`, None if it was only checked and not kept
    checked         whether the checker accepted it in this run; `reason` is what it said
    out             the file of the kaleidoscope, None if it was not asked for
    recheck         the shell command that checks the certificate again
    """

    source: Source
    product: KaleidoscopeProduct
    form: str
    why: str
    bound: Bound
    operations: dict[str, tuple[int, int] | None]
    certificate: Certificate
    path: Path | None
    checked: bool
    reason: str
    out: Path | None
    recheck: str | None
    seconds: float

    @property
    def width(self) -> int:
        """w, how often BB* is repeated."""
        return self.product.width

    @property
    def expansion(self) -> Fraction:
        """N / max(m, n)."""
        return self.product.expansion

    @property
    def size(self) -> int:
        """N, the size of the factors."""
        return self.product.size

    @property
    def parameters(self) -> int:
        """The number of stored entries."""
        return self.product.parameters

    @property
    def nonzeros(self) -> int:
        """The number of stored entries that are not zero."""
        return self.product.nonzeros

    @property
    def circuit(self) -> Circuit | None:
        """The circuit the source is, None for other sources."""
        return self.source.circuit if isinstance(self.source, CircuitSource) else None

    @property
    def traded(self) -> str:
        """Width and expansion beside the published ones, and which was traded for which."""
        return traded(self.product, self.bound)

    @property
    def level(self) -> Level:
        """VERIFIED if the checker accepted the certificate in this run, else OBSERVED."""
        return Level.VERIFIED if self.checked else Level.OBSERVED

    @property
    def basis(self) -> str:
        """The level in words."""
        if self.checked:
            return "the checker multiplied the factors out and found the source, exactly, in a process of its own"
        return f"the checker did not accept the certificate: {self.reason}"

    def data(self) -> dict[str, Any]:
        """Return the answer with the keys of the command line's JSON."""
        source, origin = self.source, self.source.origin
        return {
            "source": {
                "name": source.name,
                "kind": source.kind,
                "sha256": None if origin is None else origin.sha256,
                "shape": list(source.shape),
            },
            "field": self.product.data_field,
            "kind": self.product.kind,
            "form": self.form,
            "why": self.why,
            "width": self.width,
            "expansion": ratio(self.expansion),
            "size": self.size,
            "parameters": self.parameters,
            "nonzeros": self.nonzeros,
            "traded": self.traded,
            "bound": self.bound.data(),
            "operations": {
                name: None if pair is None else {"multiplications": pair[0], "additions": pair[1]}
                for name, pair in self.operations.items()
            },
            "level": self.level.value,
            "basis": self.basis,
            "certificate": None if self.path is None else str(self.path),
            "checked": self.checked,
            "out": None if self.out is None else str(self.out),
            "seconds": round(self.seconds, 4),
        }

    def json(self) -> str:
        """Return `data()` as one JSON object."""
        return json.dumps(self.data())

    def answer(self) -> str:
        """Return the answer as one sentence."""
        m, n = self.source.shape
        p = self.product
        return (
            f"{self.source.name} ({self.source.kind}, {m} x {n}, over {p.field}): a kaleidoscope of width {self.width} "
            f"and expansion {self.expansion}, in {p.name} of size {self.size}: {self.parameters} stored numbers, "
            f"{self.nonzeros} of them not zero"
        )

    def lines(self) -> list[str]:
        """Return the answer, what it rests on, how it compares and how to check it, as lines of text."""
        counts = [f"kaleidoscope {_pair(self.operations['kaleidoscope'])}"]
        counts += [
            f"{name} {_pair(self.operations[name])}" for name in _FORMS if self.operations[name] is not None
        ]
        lines = [
            self.answer(),
            f"{self.level}: {self.basis}",
            f"{self.form}: {self.why}",
            f"{self.traded}; published: {self.bound.source}",
            f"multiplications + additions: {', '.join(counts)}",
        ]
        if self.out is not None:
            lines.append(f"written: {self.out}")
        lines.append(
            f"check it again: {self.recheck}"
            if self.recheck
            else "the certificate was checked and not kept; --certificate C.json (certificate=...) keeps it"
        )
        return lines

    def __str__(self) -> str:
        return "\n".join(self.lines())

    __repr__ = __str__

    def _repr_html_(self) -> str:
        first, *rest = self.lines()
        return f"<p><b>{escape(first)}</b></p><ul>{''.join(f'<li>{escape(line)}</li>' for line in rest)}</ul>"


def _pair(counts: tuple[int, int] | None) -> str:
    return "none" if counts is None else f"{counts[0]} + {counts[1]}"
