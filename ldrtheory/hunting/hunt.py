"""The hunt: look for a counterexample, make it small, certify it, have the certificate checked.

hunt            the search
shrunk          a smaller counterexample of the same size n
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ldrtheory import __version__
from ldrtheory.claims import Certificate
from ldrtheory.errors import BadInput
from ldrtheory.files import write_text
from ldrtheory.hunting.answer import HuntAnswer, Progress
from ldrtheory.hunting.conjecture import Conjecture, certificate_of, described, evaluate, find, shown
from ldrtheory.hunting.domains import Number, Point
from ldrtheory.hunting.executors import Cluster, Cores, Executor, ThisProcess
from ldrtheory.hunting.stages import Unit, alphabets, exhaustive_units, reference, units
from ldrtheory.hunting.state import State, opened
from ldrtheory.hunting.theorem_files import hunt_theorem, theorem_named
from ldrtheory.judge import check
from ldrtheory.rings import Ring, ring_named

Json = dict[str, Any]
LARGEST = 5
SECONDS = 60.0
_SAVE_EVERY = 5.0  # seconds between two states on disk


def hunt(
    conjecture: Conjecture | str,
    *,
    max_n: int | None = None,
    seconds: float = SECONDS,
    field: str | None = None,
    seed: int = 0,
    scheduler: str | None = None,
    workers: int | None = None,
    state: Path | None = None,
    certificate: Path | None = None,
    start: Point | None = None,
    rounds: int | None = None,
    least_cases: int | None = None,
    progress: Progress | None = None,
) -> HuntAnswer:
    """Return the smallest counterexample that is found within the limits, or that none was.

    conjecture: a Conjecture, an id of the corpus or of a theorem, a file, or FILE:function.
    max_n: the largest size (default 5).
    field: one of the conjecture's fields (default: its first).  workers: processes (default: all cores; 1: this one).
    scheduler: the address of a Dask scheduler.  state: a file to go on from.  certificate: where to write it.
    start: a counterexample that is known already: only smaller sizes are searched, and it is shrunk if none is found.
    rounds: stop after so many rounds, each with four times the points of the one before; default: the time decides.
    least_cases: stop after so many cases inside the domain.
    The same seed finds the same, on any number of processes and on a cluster, unless the time runs out.

    >>> answer = hunt("product_of_toeplitz", workers=1)
    >>> answer.n, answer.checked
    (3, True)
    """
    begin = time.perf_counter()
    tell = progress or (lambda done, total, what: None)
    theorem = theorem_named(conjecture) if isinstance(conjecture, str) else None
    if theorem is not None:
        return hunt_theorem(theorem, max_n, seconds, seed, certificate, tell)
    c = find(conjecture) if isinstance(conjecture, str) else conjecture
    over = _field(c, field)
    largest = (LARGEST if max_n is None else max_n) if start is None else start.n - 1
    kept = opened(state, c, over, seed)
    search = _Search(c, over, kept, begin + seconds, tell)
    runner: Executor = Cluster(scheduler) if scheduler else ThisProcess() if workers == 1 else Cores(workers)
    with runner:
        point = search.run(runner, range(c.smallest, largest + 1), rounds, least_cases)
    kept.save()
    point = point or start
    objects: Json | None = None
    path, checked = None, None
    if point is not None:
        ring = ring_named(over)
        point = _confirmed(c, shrunk(c, point, ring), ring)
        objects = {name: shown(x) for name, x in (c.objects(point, ring) or {}).items()}
        path, checked = _certified(c, point, over, certificate)
    return HuntAnswer(
        id=c.id,
        statement=c.statement,
        field=over,
        n=None if point is None else point.n,
        objects=objects,
        point=point,
        cases=search.cases,
        tried=search.tried,
        searched=search.searched,
        certificate=path,
        checked=checked,
        seed=seed,
        seconds=time.perf_counter() - begin,
    )


def _field(c: Conjecture, field: str | None) -> str:
    if field is None:
        return c.fields[0]
    name = ring_named(field).name
    if name not in c.fields:
        raise BadInput(
            f"conjecture {c.id} is stated over {', '.join(c.fields)}; got --field {name}: a counterexample over "
            "another field would not refute it."
        )
    return name


class _Search:
    """The loop over rounds, sizes and stages, and what it has seen."""

    def __init__(self, c: Conjecture, field: str, state: State, deadline: float, progress: Progress) -> None:
        self.c, self.field, self.state, self.deadline, self.progress = c, field, state, deadline, progress
        self.cases = self.tried = 0
        self.searched: dict[int, str] = {}
        self.saved = time.perf_counter()

    def run(self, runner: Executor, sizes: range, rounds: int | None, enough: int | None) -> Point | None:
        """Return the smallest counterexample of the first stage that has one."""
        for turn in count() if rounds is None else range(rounds):
            work = 0
            for n in sizes:
                for stage in units(self.c, self.field, n, turn, self.state.heading["seed"]):
                    work += len(stage)
                    best, finished = self._stage(runner, n, stage)
                    if best is not None and turn == 0:
                        return self._below(runner, range(sizes.start, n)) or best
                    if best is not None or not finished:
                        return best
                    if enough is not None and self.cases >= enough:
                        return None
            if not work:
                return None
        return None

    def _below(self, runner: Executor, sizes: range) -> Point | None:
        """Return a counterexample of a smaller size that the first round was too short for."""
        for n in sizes:
            for stage in exhaustive_units(self.c, self.field, n, self.state.heading["seed"]):
                best, finished = self._stage(runner, n, stage)
                if best is not None or not finished:
                    return best
        return None

    def _stage(self, runner: Executor, n: int, stage: list[Unit]) -> tuple[Point | None, bool]:
        best: Point | None = None
        finished = True
        for k, (unit, result) in enumerate(self._results(runner, stage), 1):
            self.state.add(unit, result)
            self.cases, self.tried = self.cases + result["cases"], self.tried + result["tried"]
            if result["point"] is not None:
                point = Point.from_data(result["point"])
                best = point if best is None or point.weight() < best.weight() else best
            self.progress(k, len(stage), f"n = {n}, {stage[0].stage}, {self.cases} cases")
            if time.perf_counter() > self.saved + _SAVE_EVERY:
                self.state.save()
                self.saved = time.perf_counter()
            if time.perf_counter() > self.deadline and k < len(stage):
                finished = False
                break
        if time.perf_counter() > self.deadline:
            finished = False
        if finished:
            self.searched[n] = _words(stage[0], self.field, self.searched.get(n))
        return best, finished

    def _results(self, runner: Executor, stage: list[Unit]) -> Iterator[tuple[Unit, Json]]:
        todo = []
        for unit in stage:
            known = self.state.result(unit)
            if known is None:
                todo.append(unit)
            else:
                yield unit, known
        if todo:
            yield from runner.run(reference(self.c), self.field, todo)


def _words(unit: Unit, field: str, before: str | None) -> str:
    entries = ", ".join(map(str, alphabets(field)[unit.alphabet]))
    names = {
        "every": f"all numbers in {{{entries}}}",
        "sample": f"samples of numbers in {{{entries}}}",
        "structured": "samples of special forms",
        "hypothesis": "Hypothesis",
        "modular": "samples modulo a prime",
    }
    return names[unit.stage] if before is None else f"{before}; {names[unit.stage]}"


def _simpler(x: Number) -> list[Number]:
    tries: list[Number] = [1, -1, round(x), x // 2, round(x) - (1 if x > 0 else -1)]
    return [y for y in (*tries, -x if x < 0 else x) if y != x]


def shrunk(c: Conjecture, point: Point, ring: Ring) -> Point:
    """Return a counterexample of the same n that no change of one or two numbers or of a choice makes smaller."""

    def fails(candidate: Point) -> bool:
        return candidate.weight() < best.weight() and evaluate(c, candidate, ring).holds is False

    def candidates() -> Iterator[Point]:
        numbers = list(best.numbers)
        for k, top in enumerate(best.choices):
            for value in range(top):
                yield Point(best.n, best.numbers, (*best.choices[:k], value, *best.choices[k + 1 :]))
        alive = [k for k, x in enumerate(numbers) if x != 0]
        for k in alive:
            yield _with(best, {k: 0})
        for k in alive:
            for x in _simpler(numbers[k]):
                yield _with(best, {k: x})
        for k in alive:  # two at once: what keeps a determinant, or a sum
            for j in alive:
                if j < k:
                    yield _with(best, {j: 0, k: 0})
        if len(alive) <= 12:
            for k in alive:
                for j in range(len(numbers)):
                    if j < k:
                        yield _with(best, {j: 1, k: 0})

    best, moved = point, True
    while moved:
        moved = False
        for candidate in candidates():
            if fails(candidate):
                best, moved = candidate, True
                break
    return best


def _with(point: Point, changes: dict[int, Number]) -> Point:
    numbers = tuple(changes.get(k, x) for k, x in enumerate(point.numbers))
    return Point(point.n, numbers, point.choices)


def _confirmed(c: Conjecture, point: Point, ring: Ring) -> Point:
    answers = [evaluate(c, point, ring).holds for _ in range(3)]
    if answers != [False] * 3:
        raise BadInput(
            f"conjecture {c.id} is flaky: for {described(c, point, ring)} it answered {answers} after a False; that is "
            "no counterexample: let the function depend on its arguments alone."
        )
    return point


def _certified(
    c: Conjecture, point: Point, field: str, target: Path | None
) -> tuple[Path | None, bool | None]:
    statements = certificate_of(c, point, field)
    if not statements:
        return None, None
    ring = ring_named(field)
    origin = {
        "producer": f"ldrtheory {__version__}",
        "conjecture": c.statement,
        "counterexample": {name: shown(x) for name, x in (c.objects(point, ring) or {}).items()},
    }
    text = Certificate(tuple(statements), origin).json()
    with nullcontext(target.parent) if target else TemporaryDirectory(prefix="ldrtheory-") as folder:
        path = target or Path(str(folder)) / "counterexample.cert.json"
        write_text(path, text)
        verdict = check(path).results[0]
    return target, verdict.accepted
