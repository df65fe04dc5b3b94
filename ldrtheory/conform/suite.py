"""The judge: every law on one kernel.

run         judge an adapter, an answer comes back
prepared, judge_law, certify    its steps: the bench, one law, the counterexample of a failure
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from ldrtheory.conform.adapter import Adapter
from ldrtheory.conform.answer import Answer, LawResult
from ldrtheory.conform.bench import WHOLE, Bench, Broken, Failure, Tally
from ldrtheory.conform.conventions import convention_named, matrix_of
from ldrtheory.conform.counterexample import counterexample, exact_product
from ldrtheory.conform.diagnosis import Diagnosis, diagnose, reading
from ldrtheory.conform.kernel import Fault, Unsupported
from ldrtheory.conform.laws import LAWS, Law
from ldrtheory.errors import BadInput
from ldrtheory.families import Family
from ldrtheory.files import write_text

Progress = Callable[[int, int, str], None]


def judge_law(bench: Bench, law: Law) -> tuple[LawResult, Failure | None]:
    """Return what one law says of the kernel of a bench."""
    tally = Tally(law.name)
    failure: Failure | None = None
    try:
        law.run(bench, tally)
    except Broken as broken:
        failure = broken.failure
    except Fault as fault:
        where = "" if bench.last is None else f"{bench.last}: "
        failure = Failure(law.name, f"{where}the kernel {fault}")
    except Unsupported:
        tally.notes.append("not supported by the kernel")
    passed: bool | None = failure is None
    words = "; ".join(tally.notes) if failure is None else failure.words
    if failure is None and tally.cases == 0:
        passed = None
    if passed and law.name == "values" and tally.sharp == 0:
        passed, words = None, "no case in which the allowance is small enough to tell anything"
    return LawResult(law.name, law.says, passed, tally.cases, tally.worst, words), failure


def run(
    adapter: Adapter,
    *,
    seed: int = 0,
    certificate: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
    laws: tuple[str, ...] | None = None,
) -> Answer:
    """Return the judgement of a kernel; a counterexample is written to `certificate` and given to the checker.

    seed: of all cases.  laws: only these, by name.  Raises BadInput where the family has no member of these sizes.

    >>> run(Adapter("Dense", lambda p, x: x @ p["M"].T, algorithm="direct", sizes=[1, 2, 3])).conforms
    True
    """
    bench = prepared(adapter, seed)
    results: list[LawResult] = []
    first: Failure | None = None
    chosen = [law for law in LAWS if laws is None or law.name in laws]
    for k, law in enumerate(chosen):
        if progress is not None:
            progress(k, len(chosen), law.name)
        if bench.kernel.hung:
            results.append(LawResult(law.name, law.says, None, 0, 0.0, "not tried: an earlier call hangs"))
            continue
        result, failure = judge_law(bench, law)
        results.append(result)
        if first is None or (first.case is None and failure is not None and failure.got is not None):
            first = failure if failure is not None else first
    return _answer(bench, results, first, certificate)


def prepared(adapter: Adapter, seed: int = 0) -> Bench:
    """Return the bench of an adapter; raise BadInput where there is nothing to try."""
    bench = Bench(adapter, seed)
    if adapter.convention is not None:
        convention = convention_named(adapter.convention)
        bench = Bench(adapter, seed, matrix_of(convention, reading(bench, convention)))
    if not bench.generic and not any(n > WHOLE for n in adapter.sizes or ()):
        sizes = f"the sizes {list(adapter.sizes)}" if adapter.sizes else "any usual size"
        raise BadInput(
            f"{_named(adapter)} has no member of {sizes} that can be judged in {adapter.dtype}; "
            "give other sizes or a longer dtype."
        )
    return bench


def _named(adapter: Adapter) -> str:
    return str(adapter.family) if isinstance(adapter.family, Family) else adapter.kind.__name__


def certify(bench: Bench, failure: Failure, place: str | os.PathLike[str]) -> tuple[bool, bool] | None:
    """Write the counterexample of a failure to `place`; return whether the checker confirmed it, and whether it says
    that the error is more than allowed; None where there is none.
    """
    made = counterexample(bench, failure)
    if made is None:
        return None
    from ldrtheory.judge import check

    write_text(Path(place), made.certificate.json())
    return check(os.fspath(place)).accepted, made.exceeds


def _answer(
    bench: Bench, results: list[LawResult], first: Failure | None, place: str | os.PathLike[str] | None
) -> Answer:
    adapter = bench.adapter
    diagnosis: list[Diagnosis] = []
    exact, written, checked, exceeds = None, None, None, False
    if first is not None:
        diagnosis = diagnose(bench)
        found = exact_product(bench, first) if first.got is not None else None
        exact = None if found is None else tuple(found[3][:, 0])
        if place is not None and (kept := certify(bench, first, place)) is not None:
            written, (checked, exceeds) = os.fspath(place), kept
    return Answer(
        kernel=adapter.title,
        family=_named(adapter),
        dtype=adapter.dtype,
        algorithm=bench.how,
        seed=bench.seed,
        laws=tuple(results),
        failure=first,
        exact=exact,
        diagnosis=tuple(diagnosis),
        certificate=written,
        checked=checked,
        exceeds=exceeds,
        convention=adapter.convention,
        sizes=tuple(sorted({max(p.family.shape) for p in bench.generic} | bench.large)),
        unsupported=dict(bench.unsupported),
        printed=bench.kernel.printed.strip(),
    )
