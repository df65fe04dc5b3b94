"""What came of a hunt.

HuntAnswer      the counterexample, its certificate, and what was searched
Progress        what a hunt tells while it runs: done, total, what
"""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ldrtheory.claims import Level
from ldrtheory.hunting.domains import Point

Json = dict[str, Any]
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class HuntAnswer:
    """What a hunt came to.

    id, statement, field    the conjecture
    n, objects, point       the counterexample (None: none was found), its objects by name as exact strings
    cases, tried            cases inside the domain, and points tried
    searched                n -> what was searched, in words
    certificate, checked    the certificate's file, and whether the checker accepted it; None: nothing to certify
    """

    id: str
    statement: str
    field: str
    n: int | None
    objects: Json | None
    point: Point | None
    cases: int
    tried: int
    searched: dict[int, str]
    certificate: Path | None
    checked: bool | None
    seed: int
    seconds: float

    @property
    def found(self) -> bool:
        """Whether there is a counterexample."""
        return self.objects is not None

    @property
    def level(self) -> Level:
        """REFUTED if the checker accepted the certificate, else OBSERVED."""
        return Level.REFUTED if self.checked else Level.OBSERVED

    @property
    def status(self) -> str:
        """The answer in words."""
        if not self.found:
            return f"no counterexample among {self.cases} cases"
        if self.checked:
            return f"refuted at n = {self.n}, certified"
        return f"counterexample at n = {self.n} by exact evaluation, without a certificate"

    def lines(self) -> list[str]:
        """Return the answer, what it rests on, and how to check it."""
        effort = f"over {self.field}, seed {self.seed}"
        searched = [f"searched at n = {n}: {words}" for n, words in self.searched.items()]
        if not self.found:
            told = f"{self.level}: none among {self.cases} cases {effort}"
            if not self.cases:
                told = f"{self.level}: nothing was tried: no case met what the conjecture assumes, {effort}"
            return [f"no counterexample to: {self.statement}", told, *searched]
        rows = [line for name, value in (self.objects or {}).items() for line in _drawn(name, value)]
        found, rests = {
            True: ("refuted", "the checker accepted every rank and product in it"),
            False: (
                "counterexample",
                f"{self.level}: the checker did not accept its certificate; please report this",
            ),
            None: (
                "counterexample",
                f"{self.level}: by exact evaluation of the function; it asked nothing that a certificate could say",
            ),
        }[self.checked]
        check = []
        if self.certificate is not None:
            check = [f"check it again: ldrtheory check {shlex.quote(str(self.certificate))}"]
        return [
            f"{found} at n = {self.n}: {self.statement}",
            f"{rests}; {self.cases} cases {effort}",
            *rows,
            *check,
        ]

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def json(self) -> Json:
        """Return the answer as JSON data."""
        return {
            "conjecture": self.id,
            "statement": self.statement,
            "field": self.field,
            "status": self.status,
            "level": str(self.level),
            "n": self.n,
            "counterexample": self.objects,
            "certificate": None if self.certificate is None else str(self.certificate),
            "checked": self.checked,
            "cases": self.cases,
            "tried": self.tried,
            "searched": {str(n): words for n, words in self.searched.items()},
            "seed": self.seed,
            "seconds": round(self.seconds, 3),
        }


def _drawn(name: str, value: Any) -> list[str]:
    """An object in lines: a matrix by its rows, in aligned columns."""
    if not (isinstance(value, list) and value and isinstance(value[0], list)):
        return [
            f"{name} = {value if not isinstance(value, list) else '(' + ', '.join(map(str, value)) + ')'}"
        ]
    if isinstance(value[0][0], list):
        return [line for k, part in enumerate(value) for line in _drawn(f"{name}[{k}]", part)]
    width = max(len(str(x)) for row in value for x in row)
    head = f"{name} = "
    return [
        (head if k == 0 else " " * len(head)) + "[ " + "  ".join(str(x).rjust(width) for x in row) + " ]"
        for k, row in enumerate(value)
    ]
