"""The judge: every law on one kernel.

run         judge an adapter, an answer comes back
prepared, judge, judge_law, certify     its steps: the bench, all laws, one law, the counterexample of a failure
seen        what the calls have shown against a law that all of them are watched for
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np

from ldrtheory.conform.adapter import Adapter
from ldrtheory.conform.answer import Answer, LawResult
from ldrtheory.conform.bench import WHOLE, Bench, Broken, Failure, Tally
from ldrtheory.conform.cases import instances
from ldrtheory.conform.conventions import convention_named, matrix_of
from ldrtheory.conform.counterexample import counterexample, exact_product
from ldrtheory.conform.diagnosis import Diagnosis, diagnose, reading
from ldrtheory.conform.kernel import UNTOUCHED, Fault, Unsupported
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
        failure = _alone(bench, broken.failure)
    except Fault as fault:
        where = "" if bench.last is None else f"{bench.last}: "
        failure = Failure(law.name, f"{where}the kernel {fault}")
    except Unsupported:
        tally.notes.append("not supported by the kernel")
    except Exception:
        if seen(bench, UNTOUCHED) is None:
            raise
        failure = Failure(
            law.name, "could not be tried: the kernel modified the arrays that the law goes on with"
        )
    passed: bool | None = failure is None
    words = "; ".join(tally.notes) if failure is None else failure.words
    if failure is None and tally.cases == 0:
        passed = None
    if passed and law.name == "values":
        if tally.sharp == 0:
            passed, words = None, "no case in which the allowance is small enough to tell anything"
        else:
            passed, words = _covered(bench, words)
    result = LawResult(law.name, law.says, passed, tally.cases, tally.worst, words)
    if failure is None and (failure := seen(bench, law.name)) is not None:
        result = refused(result, failure)
    return result, failure


def _covered(bench: Bench, words: str) -> tuple[bool | None, str]:
    """Whether the sizes that the kernel does tell anything, and words about those that it does not."""
    judged, asked = set(_sizes(bench)), {max(p.family.shape) for p in bench.generic}
    if judged == asked:
        return True, words
    told = ", ".join(map(str, sorted(judged)))
    if judged <= {1}:
        return None, f"judged at n = {told or 'no size'} alone, where a number is all there is"
    return True, "; ".join(
        filter(None, [words, f"judged at n = {told}, {len(judged)} of {len(asked)} sizes"])
    )


def _sizes(bench: Bench) -> list[int]:
    """The sizes at which the kernel gave a result."""
    judged = {max(p.family.shape) for p in bench.generic if p.shape in bench.kernel.shapes}
    return sorted(judged | bench.large)


def seen(bench: Bench, law: str) -> Failure | None:
    """Return what the calls, of whatever law they were, have shown against this one."""
    words = bench.kernel.record.broken.get(law)
    return None if words is None else Failure(law, words)


def refused(result: LawResult, failure: Failure) -> LawResult:
    """Return the result of a law that does not hold after all."""
    return replace(result, passed=False, worst_ratio=math.inf, words=failure.words)


def _alone(bench: Bench, failure: Failure) -> Failure:
    """Return a failure with the result for its vector alone; without one where that is right, or there is none.

    The wrong result may have come from a batch, from arrays that lie otherwise in memory, or from a repeated call: then
    the vector by itself is no counterexample.
    """
    case, allowance = failure.case, failure.allowance
    if case is None or failure.got is None or not (np.isfinite(allowance).all() and np.any(allowance)):
        return failure
    member = bench.prepare(case.family, case.parameters)
    if member is None:
        return failure
    if failure.side != "M":
        member = member.turned(failure.side)
    alone = "this vector alone is multiplied rightly: wants x of shape (..., n), in any layout"
    try:
        got = bench.multiply(member, case.x)
        Tally(failure.law).compare(member, case.x, got)
    except Broken as again:
        return replace(again.failure, words=failure.words)
    except Fault as fault:
        alone = f"for this vector alone the kernel {fault}"
    except Unsupported as said:
        alone = f"this vector alone is not supported: {said}"
    words = f"{failure.words}; {alone}"
    return replace(failure, words=words, got=None, exact=None, allowance=None)


def run(
    adapter: Adapter,
    *,
    seed: int = 0,
    certificate: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
    laws: tuple[str, ...] | None = None,
) -> Answer:
    """Return the judgement of a kernel; a counterexample is written to `certificate` and given to the checker.

    The kernel runs in this process: a call that ends the process, or keeps the interpreter's lock beyond the time
    limit, cannot be stopped here.  `ldrtheory conform` and `pytest --conform` judge in a process of its own.

    seed: of all cases.  laws: only these, by name.  Raises BadInput where the family has no member of these sizes.

    >>> run(Adapter("Dense", lambda p, x: x @ p["M"].T, algorithm="direct", sizes=[1, 2, 3])).conforms
    True
    """
    return judge(prepared(adapter, seed), certificate=certificate, progress=progress, laws=laws)


def judge(
    bench: Bench,
    *,
    certificate: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
    laws: tuple[str, ...] | None = None,
    told: Callable[[LawResult], None] | None = None,
) -> Answer:
    """Return the judgement of the kernel of a bench; `told` hears of every law as it ends."""
    place = (
        None if certificate is None else Path(certificate).absolute()
    )  # before a kernel changes the folder
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
        if told is not None:
            told(result)
        if first is None or (first.case is None and failure is not None and failure.got is not None):
            first = failure if failure is not None else first
    for k, result in enumerate(results):  # what the calls of later laws have shown
        if result.passed is not False and (failure := seen(bench, result.law)) is not None:
            results[k], first = refused(result, failure), first or failure
    answer = _answer(bench, results, first, place)
    return answer if answer.certificate is None else replace(answer, certificate=os.fspath(certificate or ""))


def prepared(adapter: Adapter, seed: int = 0) -> Bench:
    """Return the bench of an adapter; raise BadInput where there is nothing to try."""
    _determined(adapter)
    bench = Bench(adapter, seed)
    if adapter.convention is not None:
        convention = convention_named(adapter.convention)
        bench = Bench(adapter, seed, matrix_of(convention, *reading(bench, convention)))
    if not bench.generic and not any(n > WHOLE for n in adapter.sizes or ()):
        sizes = f"the sizes {list(adapter.sizes)}" if adapter.sizes else "any usual size"
        raise BadInput(
            f"{named(adapter)} has no member of {sizes} that can be judged in {adapter.dtype}; "
            "give other sizes or a longer dtype."
        )
    return bench


def _determined(adapter: Adapter) -> None:
    """Refuse a bare name whose members no kernel can tell apart: of one shape, with slots of one shape."""
    if isinstance(adapter.family, Family):
        return
    for n in adapter.sizes or (8,):
        alike: dict[Any, Family] = {}
        for family in instances(adapter.kind, n):
            other = alike.setdefault(
                (family.shape, *((slot.name, slot.shape) for slot in family.slots())), family
            )
            if other is not family:
                open_ = [f.name for f in fields(family) if getattr(family, f.name) != getattr(other, f.name)]  # type: ignore[arg-type]
                raise BadInput(
                    f"{named(adapter)} alone leaves {' and '.join(open_)} open, which no kernel can see in its "
                    f'parameters; name the one that it computes, such as "{other}" or "{family}" (sizes still vary).'
                )


def named(adapter: Adapter) -> str:
    """Return the name of the family of an adapter, as its author gave it."""
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
        family=named(adapter),
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
        sizes=tuple(_sizes(bench)),
        unsupported=dict(bench.unsupported),
        printed=bench.kernel.printed.strip(),
    )
