"""Drawing members from the Hypothesis strategies: milliseconds a member of size 8, for every family."""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Iterable

from hypothesis import HealthCheck, Phase, given, seed, settings

from ldrtheory.errors import BadInput
from ldrtheory.families import Member
from ldrtheory.families.catalogue import FAMILIES
from ldrtheory.families.family import Family
from ldrtheory.rings import QQ
from ldrtheory.strategies import members
from tests.benchmarks.measuring import Table

SEED, SIZE, DRAWN = 7, 8, 50
TARGET = 2.0  # milliseconds


def tables() -> Iterable[Table]:
    """Yield the table of this module."""
    table = Table(
        "Members drawn by the strategies",
        f"`members(family, ring)`: median of {DRAWN} draws, entries not worked out; over Q where it has members.",
        ("member", "milliseconds", "target"),
    )
    for name in FAMILIES:
        family = max(
            (f for f in FAMILIES[name].up_to(SIZE) if max(f.shape) == SIZE),
            key=lambda f: min(f.shape),  # the first square one, if there are any
        )
        table.add(family, f"{1000 * seconds_a_member(family):.2f}", f"{TARGET:g}")
    yield table


def seconds_a_member(family: Family) -> float:
    """Return the median time between two draws that follow each other."""
    at: list[float] = []

    @seed(SEED)
    @settings(
        max_examples=DRAWN,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(_members(family))
    def draw(member: Member) -> None:
        at.append(time.perf_counter())

    at.append(time.perf_counter())
    draw()
    return statistics.median(end - start for start, end in itertools.pairwise(at))


def _members(family: Family) -> object:
    try:
        return members(family, QQ)
    except BadInput:  # a transform: no root of unity in Q
        return members(family, family.field())
