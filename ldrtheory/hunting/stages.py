"""The units of work of a hunt: small, repeatable, with the same answer wherever and however often they are run.

Unit        one piece of one stage
units       the units of a round, by size and stage
run_unit    run one: the number of cases, and the smallest counterexample in it
Found       what a unit came back with
alphabets   the numbers that stages draw from

Stages, for each n: every point over a small alphabet, where there are few enough, else a seeded sample of them;
objects of special forms, such as circulants; Hypothesis, drawn towards a large margin; sparse and structured random
points modulo a prime, each counterexample lifted to the field.
Later rounds draw more points, with other seeds.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from fractions import Fraction
from itertools import islice, product
from math import prod
from typing import Any, Final

from ldrtheory.errors import BadInput
from ldrtheory.hunting.conjecture import Conjecture, corpus, evaluate, from_source
from ldrtheory.hunting.domains import Number, Point
from ldrtheory.rings import GF, PrimeField, Ring, ring_named

Json = dict[str, Any]

EXHAUSTIVE: Final = 1 << 13  # points of one alphabet that are all tried, and the number of a sample otherwise
UNIT: Final = 1 << 10  # points of one unit
ENOUGH: Final = 32  # counterexamples after which a unit stops: the rest would only be larger on average
PRIME: Final = (1 << 31) - 1
HALF: Final = Fraction(1, 2)
ALPHABETS: Final[tuple[tuple[Number, ...], ...]] = (
    (0, 1),
    (0, 1, -1),
    (0, 1, -1, 2, -2),
    (0, 1, -1, 2, -2, HALF, -HALF),
)


@dataclass(frozen=True)
class Unit:
    """One piece of a stage: points number start to stop of an alphabet, or as many drawn from a seed.

    stage: "every", "sample", "structured", "hypothesis" or "modular".
    """

    stage: str
    n: int
    alphabet: int
    start: int
    stop: int
    seed: int
    round: int

    @property
    def key(self) -> str:
        """Its name in a state file."""
        return f"{self.round}/{self.n}/{self.stage}/{self.alphabet}/{self.start}-{self.stop}"


@dataclass(frozen=True)
class Found:
    """How many cases lay inside the domain, how many points were tried, and the smallest counterexample, if any."""

    cases: int
    tried: int
    point: Point | None = None


def alphabets(field: str) -> tuple[tuple[Number, ...], ...]:
    """Return the small sets of numbers that are tried over a field, smallest first."""
    ring = ring_named(field)
    if isinstance(ring, PrimeField):
        return (tuple(range(ring.p)),) if ring.p <= 7 else ((0, 1), (0, 1, ring.p - 1), tuple(range(5)))
    return ALPHABETS


def _points(c: Conjecture, n: int, alphabet: tuple[Number, ...]) -> int:
    return len(alphabet) ** c.numbers(n) * prod(c.choices(n))


def units(c: Conjecture, field: str, n: int, round: int, seed: int) -> Iterator[list[Unit]]:
    """Yield the stages of one size in one round, each a list of units that may run in any order."""
    if 0 in c.choices(n):
        return
    wanted = EXHAUSTIVE << (2 * round)
    before = EXHAUSTIVE << (2 * (round - 1)) if round else 0

    def pieces(stage: str, alphabet: int, total: int) -> list[Unit]:
        return [
            Unit(stage, n, alphabet, start, min(start + UNIT, total), seed, round)
            for start in range(0, total, UNIT)
        ]

    for k, alphabet in enumerate(alphabets(field)):
        if k == 2 and any(domain.structured for domain in c.domains.values()):
            yield pieces("structured", 0, wanted // 4)
        total = _points(c, n, alphabet)
        if total <= wanted:
            if total > before:  # else an earlier round has tried them all
                yield pieces("every", k, total)
        else:
            yield pieces("sample", k, wanted // 4)
    yield [Unit("hypothesis", n, 0, 0, 200 << round, seed, round)]
    if c.lifts and field == "Q":
        yield pieces("modular", 0, UNIT << (2 * round))


def exhaustive_units(c: Conjecture, field: str, n: int, seed: int) -> Iterator[list[Unit]]:
    """Yield the alphabets that are small enough to try every point, up to 2^15, and that the first round sampled."""
    for k, alphabet in enumerate(alphabets(field)):
        total = _points(c, n, alphabet)
        if EXHAUSTIVE < total <= EXHAUSTIVE << 2:
            yield [
                Unit("every", n, k, start, min(start + UNIT, total), seed, -1)
                for start in range(0, total, UNIT)
            ]


def reference(c: Conjecture) -> Json:
    """Return how another process finds the conjecture: by its id in the package, else by its source.

    Raises BadInput for a conjecture that was typed into a session.
    """
    if corpus().get(c.id) is c:
        return {"id": c.id}
    if not c.source:
        raise BadInput(
            f"conjecture {c.id} stands in no file, and other processes could not read it; wanted a Python file: write "
            f"it to one and hunt FILE.py:{c.function}."
        )
    return {"source": c.source, "function": c.function}


def resolve(ref: Json) -> Conjecture:
    """Return the conjecture that a reference names."""
    return corpus()[ref["id"]] if "id" in ref else from_source(ref["source"], ref["function"])


def run_unit(ref: Json, field: str, unit: Json) -> Json:
    """Return what one unit found, as JSON data: the function that runs in other processes."""
    found = search(resolve(ref), field, Unit(**unit))
    return {"cases": found.cases, "tried": found.tried, "point": found.point and found.point.data()}


def task(unit: Unit) -> Json:
    """Return the unit as JSON data."""
    return asdict(unit)


def search(c: Conjecture, field: str, unit: Unit) -> Found:
    """Return what one unit found."""
    ring = ring_named(field)
    if unit.stage == "hypothesis":
        return _hypothesis(c, ring, unit)
    if unit.stage == "modular":
        return _modular(c, ring, unit)
    alphabet = alphabets(field)[unit.alphabet]
    if unit.stage == "every":
        return _try(c, ring, _every(c, unit, alphabet))
    return _try(c, ring, _sample(c, unit, alphabet, 0.9 if unit.stage == "structured" else 0.0))


def _try(c: Conjecture, ring: Ring, points: Iterator[Point]) -> Found:
    cases, tried, best, bad = 0, 0, None, 0
    for point in points:
        tried += 1
        holds = evaluate(c, point, ring).holds
        cases += holds is not None
        if holds is False:
            best, bad = point if best is None or point.weight() < best.weight() else best, bad + 1
            if bad == ENOUGH:
                break
    return Found(cases, tried, best)


def _every(c: Conjecture, unit: Unit, alphabet: tuple[Number, ...]) -> Iterator[Point]:
    """Points in the order of their digits, from number `start` on."""
    kinds = c.choices(unit.n)
    every = product(*[range(k) for k in kinds], *[alphabet] * c.numbers(unit.n))
    for digits in islice(every, unit.start, unit.stop):
        yield Point(unit.n, digits[len(kinds) :], digits[: len(kinds)])  # type: ignore[arg-type]


def _sample(
    c: Conjecture, unit: Unit, alphabet: tuple[Number, ...], structured: float = 0.0
) -> Iterator[Point]:
    """Random points: a share of the objects has a special form; in half of the rest zeros are frequent."""
    draw, kinds = random.Random(f"{unit.seed}/{unit.key}"), c.choices(unit.n)
    for _ in range(unit.start, unit.stop):
        numbers: list[Number] = []
        for domain in c.domains.values():
            if domain.structured is not None and draw.random() < structured:
                numbers += domain.structured(unit.n, draw)
            else:
                numbers += draw.choices(alphabet, k=domain.numbers(unit.n))
        if draw.random() < (1 - structured) / 2:
            share = draw.random()
            numbers = [0 if draw.random() < share else x for x in numbers]
        yield Point(unit.n, tuple(numbers), tuple(draw.randrange(k) for k in kinds))


def _modular(c: Conjecture, ring: Ring, unit: Unit) -> Found:
    """Counterexamples modulo a large prime, of small integers, that are counterexamples over the field too."""
    modular, alphabet = GF(PRIME), tuple(sorted(range(-6, 7), key=abs))
    cases, tried, best = 0, 0, None
    for point in _sample(c, unit, alphabet, 0.5):
        tried += 1
        holds = evaluate(c, point, modular).holds
        cases += holds is not None
        if holds is False and (best is None or point.weight() < best.weight()):
            lifted = evaluate(c, point, ring).holds
            best = point if lifted is False else best
    return Found(cases, tried, best)


def _hypothesis(c: Conjecture, ring: Ring, unit: Unit) -> Found:
    """The example that Hypothesis shrinks to, drawing towards large margins."""
    from hypothesis import HealthCheck, Phase, given, seed, settings, target
    from hypothesis import strategies as st

    count, kinds = c.numbers(unit.n), c.choices(unit.n)
    numbers: Any = st.integers(-9, 9)
    if isinstance(ring, PrimeField):
        numbers = st.integers(0, ring.p - 1)
    elif ring.characteristic == 0:
        numbers = numbers | st.fractions(-4, 4, max_denominator=4)
    cases, tried, failing = 0, 0, None

    @seed(unit.seed + unit.n)
    @settings(
        max_examples=unit.stop,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.target, Phase.shrink],
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )
    @given(
        st.tuples(*[st.integers(0, k - 1) for k in kinds]),
        st.lists(numbers, min_size=count, max_size=count),
    )
    def holds(chosen: tuple[int, ...], drawn: list[Number]) -> None:
        nonlocal cases, tried, failing
        point = Point(unit.n, tuple(_plain(x) for x in drawn), chosen)
        outcome = evaluate(c, point, ring)
        tried += 1
        cases += outcome.holds is not None
        if outcome.holds and outcome.margin is not None:
            target(float(outcome.margin))
        if outcome.holds is False:
            failing = point
            raise _Counterexample

    with suppress(_Counterexample):
        holds()
    return Found(cases, tried, failing)


class _Counterexample(Exception):
    """Tells Hypothesis to shrink."""


def _plain(x: Number) -> Number:
    return x.numerator if x.denominator == 1 else x
