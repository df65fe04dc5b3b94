"""Verdicts on hypotheses: what holds, why, and what certifies it.

Hypothesis      one hypothesis for the given operators
Published       all hypotheses of the published theorem for one pair
decided         the level of statements: verified if the checker accepts them all
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ldrtheory.claims import Certificate, Level
from ldrtheory.judge import check
from ldrtheory.operators import Stein

Json = dict[str, Any]
SOURCE = "Zhao et al. 2017, first theorem; as understood here"


@dataclass(frozen=True, eq=False)
class Hypothesis:
    """One hypothesis for the given operators.

    holds   None: not asked, since it is about a q that does not exist.  statements: claims with evidence
    """

    name: str
    holds: bool | None
    reason: str
    statements: tuple[Json, ...] = ()

    def __str__(self) -> str:
        verdict = {True: "holds", False: "fails", None: "not asked"}[self.holds]
        return f"{self.name}: {verdict}; {self.reason}"


@dataclass(frozen=True, eq=False)
class Published:
    """All hypotheses of the published theorem for one pair, and whether the operator is a bijection.

    bijective   whether M -> M - A M B is one: the only hypothesis of the strong theorem, which gives every column
    """

    pair: Stein
    n: int
    hypotheses: tuple[Hypothesis, ...]
    bijective: bool
    bijection: Json

    @property
    def hold(self) -> bool:
        """Whether all hypotheses hold."""
        return all(h.holds for h in self.hypotheses)

    @cached_property
    def level(self) -> Level:
        """VERIFIED if the checker accepts the statements of every verdict; runs it once."""
        return decided([s for h in self.hypotheses for s in h.statements] + [self.bijection])

    def __getitem__(self, name: str) -> Hypothesis:
        return next(h for h in self.hypotheses if h.name == name or h.name.startswith(name + " "))

    def __str__(self) -> str:
        verb = "hold" if self.hold else "do not hold"
        words = "a bijection: every column is universal" if self.bijective else "singular"
        return "\n".join(
            [
                f"hypotheses of the published theorem {verb} for {self.pair}, n = {self.n}",
                *(f"  {h}" for h in self.hypotheses),
                f"  strong theorem: the Stein operator is {words}",
                f"  arithmetic: {self.level}; published theorem: cited ({SOURCE})",
            ]
        )


def decided(statements: Sequence[Json]) -> Level:
    """Return VERIFIED if the checker, in a process of its own, accepts all statements, else OBSERVED."""
    with TemporaryDirectory() as place:
        path = Path(place) / "claims.json"
        path.write_text(Certificate(tuple(statements)).json(), encoding="utf-8")
        return check(path).level
