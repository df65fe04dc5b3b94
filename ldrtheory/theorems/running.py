"""Running theorems: their claims, and the counterexamples that show a hypothesis needed, decided by the checker.

run, run_theorem    one theorem; run_all, many at once
TheoremReport       what came of it; Need, what came of one hypothesis
size                the largest number of rows or columns that a claim speaks of
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from math import isqrt
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ldrtheory.certify.equality import negation
from ldrtheory.certify.kaleidoscopes import shape
from ldrtheory.claims import Certificate, Level, sentence
from ldrtheory.errors import Undecided
from ldrtheory.judge import check
from ldrtheory.theorems.files import Dropped, Json, Theorem, load

SEED = 2024
WORKERS = 3  # theorems under way at once: one being generated, two being checked
_BATCH = 100  # statements in one certificate file: few enough that a refusal is found quickly
_Refusal = tuple[int, str]  # which statement of a list, and why


@dataclass(frozen=True)
class Need:
    """What came of one hypothesis: without it the theorem fails at size n, by `instances` accepted claims.

    n is None where the counterexample was not accepted, or where necessity is not known.
    """

    hypothesis: str
    status: str
    n: int | None = None
    instances: int = 0


@dataclass(frozen=True)
class TheoremReport:
    """What running a theorem gave.

    status      in words: "verified exactly, n <= 5, 80 instances over Q, GF(2)", "refuted at n = 3", "open ..."
    level       VERIFIED if the checker accepted every claim, REFUTED if it accepted a counterexample, CITED if there is
                nothing to check, else OBSERVED
    instances   the number of claims decided; `refuted_by` the accepted counterexample, a statement
    needs       the hypotheses that were dropped; `remark` what is said of necessity where none was
    """

    id: str
    statement: str
    hypotheses: str
    source: str
    status: str
    level: Level
    instances: int
    seconds: float
    refuted_by: Json | None = None
    needs: tuple[Need, ...] = ()
    remark: str = ""

    @property
    def refuted(self) -> bool:
        """Whether the file's own statement is refuted by an accepted counterexample."""
        return self.level is Level.REFUTED

    @property
    def necessity(self) -> str:
        """Which hypotheses are needed, in words."""
        return self.remark or "; ".join(f"{need.hypothesis}: {need.status}" for need in self.needs)

    def data(self) -> Json:
        """Return the report as JSON data."""
        return {
            "id": self.id,
            "statement": self.statement,
            "hypotheses": self.hypotheses,
            "source": self.source,
            "status": self.status,
            "level": str(self.level),
            "instances": self.instances,
            "seconds": round(self.seconds, 3),
            "counterexample": self.refuted_by,
            "necessity": self.necessity,
            "needs": [vars(need) for need in self.needs],
        }

    def __str__(self) -> str:
        return f"{self.id}: {self.status}\n  {self.statement}"


def run(id: str, max_n: int | None = None, seed: int = SEED) -> TheoremReport:
    """Return the outcome of a theorem: its claims up to size max_n, decided by the checker in a process of its own.

    >>> report = run("closure_transpose", 2)
    >>> str(report.level), report.necessity
    ('verified', 'operators transposed and swapped: fails without it, n <= 2')
    """
    return run_theorem(load(id), max_n, seed)


def run_all(
    ids: Iterable[str],
    max_n: int | None = None,
    seed: int = SEED,
    workers: int = WORKERS,
    progress: Callable[[int, int, str], None] = lambda done, total, what: None,
) -> list[TheoremReport]:
    """Return the outcomes of theorems in the order given.

    workers: so many are under way at once, each with a checker in a process of its own: while the checkers decide the
    claims of some, those of another are generated.
    """
    wanted = list(ids)
    found: dict[str, TheoremReport] = {}
    pool = ThreadPoolExecutor(workers)
    try:
        waiting = {pool.submit(run, id, max_n, seed): id for id in dict.fromkeys(wanted)}
        for future in as_completed(waiting):
            found[waiting[future]] = future.result()
            progress(len(found), len(waiting), "theorems")
    finally:  # after Ctrl-C those under way are not waited for
        pool.shutdown(wait=False, cancel_futures=True)
    return [found[id] for id in wanted]


def run_theorem(theorem: Theorem, max_n: int | None = None, seed: int = SEED) -> TheoremReport:
    """Return the outcome of a loaded theorem."""
    start = time.perf_counter()
    limit = theorem.largest if max_n is None else max_n
    statements = list(theorem.claims(limit, seed))
    against = [list(d.counterexample()) for d in theorem.necessity.shown]
    refused, *others = _first_refused([statements, *against])
    needs = [_need(d, found, bad) for d, found, bad in zip(theorem.necessity.shown, against, others)]
    needs += [Need(hypothesis, "not known") for hypothesis in theorem.necessity.unknown]
    status, level, counterexample = _status(theorem, statements, refused, limit)
    unshown = next((need for need in needs if need.n is None and need.status != "not known"), None)
    if unshown is not None and level is not Level.REFUTED:
        status, level = (
            f"undecided: necessity of {unshown.hypothesis!r}: {unshown.status}; {status}",
            Level.OBSERVED,
        )
    return TheoremReport(
        id=theorem.id,
        statement=theorem.statement,
        hypotheses=theorem.hypotheses,
        source=theorem.source,
        status=status,
        level=level,
        instances=len(statements),
        seconds=time.perf_counter() - start,
        refuted_by=counterexample,
        needs=tuple(needs),
        remark=theorem.necessity.remark,
    )


def _need(dropped: Dropped, statements: list[Json], refused: _Refusal | None) -> Need:
    hypothesis = dropped.hypothesis
    if not statements:
        return Need(hypothesis, "no counterexample was given")
    if refused is not None:
        k, reason = refused
        said = f"{sentence(statements[k]['claim'])}: {reason}"
        return Need(hypothesis, f"claim {k + 1} of the counterexample was not accepted ({said})")
    n = max((dropped.size or size)(s["claim"]) for s in statements)
    return Need(hypothesis, f"fails without it, n <= {n}", n, len(statements))


def _status(
    theorem: Theorem, statements: list[Json], refused: _Refusal | None, limit: int
) -> tuple[str, Level, Json | None]:
    if not statements:
        if theorem.id.startswith("cited_"):
            return "cited: no finite computation decides it", Level.CITED, None
        return f"open: no claim up to n = {limit}", Level.OBSERVED, None
    if refused is not None:
        claim, reason = statements[refused[0]]["claim"], refused[1]
        opposite = negation(claim)
        if opposite is not None and _first_refused([[opposite]]) == [None]:
            return f"refuted at n = {(theorem.size or size)(claim)}", Level.REFUTED, opposite
        said = f"{sentence(claim)}: {reason}"
        return f"undecided: claim {refused[0] + 1} was not accepted ({said})", Level.OBSERVED, None
    fields = list(dict.fromkeys(s["claim"]["field"] for s in statements))
    largest = max((theorem.size or size)(s["claim"]) for s in statements)
    what = f"n <= {largest}, {len(statements)} instances over {', '.join(fields)}"
    if theorem.id.startswith("open_"):
        return f"open; holds exactly for {what}", Level.OBSERVED, None
    if theorem.id.startswith("cited_"):
        return f"cited; its exact part verified, {what}", Level.CITED, None
    return f"verified exactly, {what}", Level.VERIFIED, None


def size(claim: Json) -> int:
    """Return the largest number of rows or columns that a claim speaks of; of a program, the root of its outputs."""
    if "program" in claim:
        return isqrt(len(claim["program"]["outputs"]))
    if "shape" in claim:
        return int(max(claim["shape"]))
    subjects = [claim[key] for key in ("subject", "left", "right", "matrix") if key in claim]
    return max((max(shape(s)) for s in [*subjects, *claim.get("factors", [])]), default=0)


def _first_refused(lists: list[list[Json]]) -> list[_Refusal | None]:
    """For each list the place of its first statement that the checker does not accept, with its reason, or None."""
    starts = [(k, at) for k, statements in enumerate(lists) for at in range(0, len(statements), _BATCH)]
    found: list[_Refusal | None] = [None] * len(lists)
    verdicts = _verdicts([lists[k][at : at + _BATCH] for k, at in starts]) if starts else ()
    for (k, at), verdict in zip(starts, verdicts):
        if verdict.accepted or found[k] is not None:
            continue
        singles = _verdicts([[s] for s in lists[k][at : at + _BATCH]])
        bad = ((at + j, v.reason) for j, v in enumerate(singles) if not v.accepted)
        found[k] = next(bad, (at, verdict.reason))
    return found


def _verdicts(batches: list[list[Json]]) -> tuple[Any, ...]:
    with TemporaryDirectory() as place:
        paths = []
        for k, batch in enumerate(batches):
            path = Path(place) / f"{k}.json"
            path.write_text(Certificate(tuple(batch)).json(), encoding="utf-8")
            paths.append(path)
        answers = check(paths).results
    if len(answers) != len(batches):
        raise Undecided(f"the checker answered {len(answers)} of {len(batches)} certificates; run it again.")
    return answers
