"""Hunting a theorem file: its claims, with seed after seed, until the checker accepts a counterexample.

hunt_theorem    the hunt for a file of proofs/, or one of the user's in the same form
theorem_named   the theorem of that id or file, None if the name is none
"""

from __future__ import annotations

import json
import time
from itertools import count
from pathlib import Path
from typing import Any

from ldrtheory import __version__
from ldrtheory.claims import Certificate
from ldrtheory.files import write_text
from ldrtheory.hunting.answer import HuntAnswer, Progress
from ldrtheory.judge import check
from ldrtheory.theorems import Theorem, discover, load, read_theorem, run_theorem, size


def theorem_named(name: str) -> Theorem | None:
    """Return the theorem with this id, or in this file if it has `claims`; None for anything else."""
    if name in discover():
        return load(name)
    file = Path(name)
    if (
        file.suffix == ".py"
        and file.is_file()
        and "\ndef claims(" in file.read_text(encoding="utf-8", errors="replace")
    ):
        return read_theorem(file)
    return None


def hunt_theorem(
    theorem: Theorem,
    max_n: int | None,
    seconds: float,
    seed: int,
    certificate: Path | None,
    progress: Progress,
) -> HuntAnswer:
    """Return what running the claims of a theorem file gave: sizes from the smallest on, then other seeds."""
    begin = time.perf_counter()
    largest = theorem.largest if max_n is None else max_n
    cases, turns, searched = 0, 0, {}
    for turn in count():
        for n in range(1, largest + 1) if turn == 0 else [largest]:
            report = run_theorem(theorem, n, seed + turn)
            cases, turns = cases + report.instances, turns + 1
            progress(turns, 0, f"n <= {n}, {cases} claims")
            if report.refuted_by is not None:
                return _answer(theorem, begin, cases, {}, seed, report.refuted_by, certificate)
            searched[n] = f"claims for {turn + 1} seeds"
            if time.perf_counter() - begin > seconds:
                return _answer(theorem, begin, cases, searched, seed, None, None)
    raise AssertionError  # count() does not end


def _answer(
    theorem: Theorem,
    begin: float,
    cases: int,
    searched: dict[int, str],
    seed: int,
    bad: Any,
    path: Path | None,
) -> HuntAnswer:
    checked = None
    if bad is not None:
        checked = True  # run_theorem had the checker accept it
        if path is not None:
            origin = {"producer": f"ldrtheory {__version__}", "theorem": theorem.statement}
            write_text(path, Certificate((bad,), origin).json())
            checked = check(path).results[0].accepted
    return HuntAnswer(
        id=theorem.id,
        statement=theorem.statement,
        field="Q" if bad is None else str(bad["claim"]["field"]),
        n=None if bad is None else size(bad["claim"]),
        objects=None if bad is None else {"claim": json.dumps(bad["claim"])},
        point=None,
        cases=cases,
        tried=cases,
        searched=searched,
        certificate=path if bad is not None else None,
        checked=checked,
        seed=seed,
        seconds=time.perf_counter() - begin,
    )
