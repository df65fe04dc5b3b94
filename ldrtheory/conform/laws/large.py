"""Values at sizes where whole matrices are too many, against the double-double reference multiply.

large           the sizes above 64 that the adapter supports, or USUAL
Subject, drawn  a member at such a size, with seeded parameters
direct, transforms, reflections     the allowed error, from a subject; in words why there is none
roundings       the depth at a large size, from those at small ones

At these sizes an error that grows like n u, as twiddles by repeated multiplication make, exceeds the allowance of
transforms, which grows like log n.  A case counts where the allowance is below an eighth of the result.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ldrtheory.conform.arithmetic import arithmetic, rounded
from ldrtheory.conform.bench import WHOLE, Bench, Broken, Failure, Tally, ratios
from ldrtheory.conform.cases import Case, Parameters, generic, instances
from ldrtheory.conform.kernel import Unsupported
from ldrtheory.conform.reflections import reflected
from ldrtheory.conform.tolerance import Exact, denoted
from ldrtheory.errors import LdrTheoryError
from ldrtheory.families import Family, Householder

USUAL = {"direct": (200, 256), "transform": (1000, 1024), "normwise": (200, 256)}
TRIES = 4


@dataclass(frozen=True)
class Subject:
    """A large member: parameters and x in the kernel's format, and in doubles (numbers, wide)."""

    family: Family
    parameters: Parameters
    x: np.ndarray
    numbers: Parameters
    wide: np.ndarray

    @cached_property
    def exact(self) -> Exact:
        """M x."""
        from ldrtheory.reference import truth

        return Exact(*truth(self.family, self.numbers, self.wide))

    @cached_property
    def sums(self) -> np.ndarray:
        """|F_L| ... |F_1| |x|."""
        return _sums(self.family, self.numbers, np.abs(self.wide))


Allowance = Callable[[Subject], Any]


def _numbers(source: np.random.Generator, shape: tuple[int, ...], bench: Bench, apart: bool) -> np.ndarray:
    """Normal numbers; apart: multiples of 2^(2 - digits) below 4, as differences of nodes in short formats want."""
    store = bench.arithmetic.store
    if apart and int(np.prod(shape)) <= 1 << store.digits:
        whole = 1 << min(store.digits, 20)
        chosen = source.choice(np.arange(1 - whole, whole), size=shape, replace=False)
        return rounded(chosen * (4.0 / whole), store)
    values = source.standard_normal(shape)
    return rounded(values + 1j * source.standard_normal(shape) if store.complex else values, store)


def drawn(family: Family, bench: Bench) -> Subject | None:
    """Return a large member whose nodes do not coincide and whose products do not overflow; None if none is found."""
    source = np.random.default_rng([bench.seed, *family.shape])
    store, adds = bench.arithmetic.store, bench.arithmetic.accumulate
    kind, slots = complex if store.complex else float, family.slots()
    for k in range(TRIES):
        if k == TRIES - 1:  # no value twice in all the slots
            numbers = _numbers(source, (sum(s.size for s in slots),), bench, True)
            ends = np.cumsum([s.size for s in slots])[:-1]
            parameters = {s.name: v.reshape(s.shape) for s, v in zip(slots, np.split(numbers, ends))}
        else:
            parameters = {s.name: _numbers(source, s.shape, bench, False) for s in slots}
        x = _numbers(source, (family.shape[1],), bench, False)
        found = Subject(
            family, parameters, x, {n: v.astype(kind) for n, v in parameters.items()}, x.astype(kind)
        )
        try:
            top = np.max(found.sums if bench.how == "direct" else np.abs(found.exact.high), initial=0)
        except LdrTheoryError:
            continue
        inner = top * (1 if bench.how == "direct" else 16 * max(family.shape))  # before a transform is scaled
        if top < 2.0 ** min(1023, store.most - 2) and inner < 2.0 ** min(1023, adds.most):
            return found
    return None


def _sums(family: Family, parameters: Parameters, size: np.ndarray) -> np.ndarray:
    """Return |F_L| ... |F_1| size by the factors of the direct multiply; size is a row or rows."""
    from ldrtheory.reference import reference
    from ldrtheory.reference.cauchy import CauchySums
    from ldrtheory.reference.direct import direct_map
    from ldrtheory.reference.kinds import Plain

    if not family.slots():  # no entry is above 1
        return np.repeat(np.sum(size, axis=-1, keepdims=True), family.shape[0], axis=-1)
    found = reference(family, parameters)
    if isinstance(found.map, CauchySums):
        return found.map.magnitude(np.atleast_2d(size)).reshape(*size.shape[:-1], family.shape[0])
    factors = found.map if found.algorithm == "direct" else direct_map(family, found.parameters)
    rows = factors.absolute().apply(Plain(np.dtype(float)), np.atleast_2d(size))
    return np.abs(rows).reshape(*size.shape[:-1], family.shape[0])


def roundings(family: Family, bench: Bench) -> tuple[int, int] | None:
    """Return (depth, stages) at the size of the family: affine in n or in log2 n through those at 8 and 16.

    None where the absolute values of the factors of the direct multiply are not what bounds the error: the majorants of
    the entries at small sizes say so (1 / (s - t) with s and t as given is as good as its own absolute value,
    a sum that cancels before it is divided by is not).
    """
    found: list[tuple[int, int]] = []
    wide = arithmetic("complex128" if bench.arithmetic.complex else "float64")
    for n in (4, 8, 16):
        small = next(iter(instances(_template(family, bench), n, 1)), None)
        parameters = None if small is None else generic(small, wide, 0)
        if small is None or parameters is None:
            return None
        M = denoted(small, parameters, wide, "direct")
        if small.slots():
            bound = _sums(small, parameters, np.eye(small.shape[1])).T
            if not np.all(M.bound <= bound * (1 + 1e-3) + 1e-300):  # otherwise they differ by far more
                return None
        found.append((M.depth, M.stages))
    depth, stages = (_affine(values, max(family.shape)) for values in zip(*found))
    return None if depth is None or stages is None else (depth, stages)


def _affine(values: tuple[int, ...], n: int) -> int | None:
    first, second = values[1] - values[0], values[2] - values[1]
    if second >= 1.5 * first > 0:
        return None if second > 2.2 * first else values[2] + -(-second * (n - 16) // 8)
    return values[2] + second * (int(np.ceil(np.log2(n))) - 4)


def _template(family: Family, bench: Bench) -> Any:
    return bench.adapter.family if isinstance(bench.adapter.family, Family) else family


def direct(family: Family, bench: Bench) -> Allowance | str:
    """Return the allowed |error| of every entry: g |F_L| ... |F_1| |x|, g = (1 + u)^k - 1, k = `roundings`.

    As quotients divide by computed sums, g / (1 - g) in place of g (Higham, Accuracy and Stability of Numerical
    Algorithms, 2002, lemma 3.1).
    """
    counted = roundings(family, bench)
    if counted is None:
        return "no bound"
    growth = bench.arithmetic.growth(*counted)
    if growth >= 1:
        return "the allowance is above the result"
    return lambda subject: growth / (1 - growth) * subject.sums * (1 + 2.0**-20)


def transforms(family: Family, bench: Bench) -> Allowance | str:
    """Return the allowed ||error||: through the stages of the family; of a transform alone, ||M|| <= sqrt(2 n)."""
    from ldrtheory.conform.stages import WAYS, Signal, spread, stages_of

    n, given = max(family.shape), bench.arithmetic

    def allowed(subject: Subject) -> float:
        norm = float(np.linalg.norm(subject.wide)) * (1 + 2.0**-20)
        if not family.slots():
            return given.transformed(n) * float(np.sqrt(2 * n)) * norm
        start = Signal(subject.wide, norm, 0.0, n, given)
        ends = [spread(way, start) for way in stages_of(family, subject.numbers)]
        return max((end.error + given.longest * (end.size + end.error) for end in ends), default=np.inf)

    return allowed if not family.slots() or type(family) in WAYS else "no bound"


def reflections(family: Family, bench: Bench) -> Allowance | str:
    """Return the allowed ||error|| of real reflections, one after the other or in blocks."""
    given = bench.arithmetic
    if not isinstance(family, Householder) or given.complex:
        return "no bound"
    found = reflected(family.n, family.reflectors, given.longest)
    if found is None:
        return "the allowance is above the result"
    return lambda subject: found * float(np.linalg.norm(subject.wide)) * (1 + 2.0**-20)


ALLOWED: dict[str, Callable[[Family, Bench], Any]] = {
    "direct": direct,
    "transform": transforms,
    "normwise": reflections,
}


def large(bench: Bench, tally: Tally) -> None:
    """At large sizes the result is M x within an allowance that grows like log n for transforms."""
    adapter = bench.adapter
    if adapter.convention is not None:
        tally.notes.append("not under a convention")
        return
    sizes = USUAL[bench.how] if adapter.sizes is None else [n for n in adapter.sizes if n > WHOLE]
    said: dict[str, list[int]] = {"": []}  # why they do not count -> sizes
    for n in sizes:
        found = instances(adapter.family, n, 3 if bench.how == "transform" else 1)  # type: ignore[arg-type]
        for family in found if found and found[0].slots() else found[:1]:
            try:
                why = _judge(bench, tally, family)
                said.setdefault(why, []).append(n)
                bench.large |= set() if why else {n}
            except Unsupported as refused:
                bench.unsupported[str(family)] = str(refused)
    for why, where in said.items():
        at = f"n = {', '.join(map(str, dict.fromkeys(where)))}"
        tally.notes += [f"{why} at {at}" if why else at] if where else []
    if not tally.notes:
        tally.notes.append("no size above 64")


def _judge(bench: Bench, tally: Tally, family: Family) -> str:
    """Judge one member; return why it does not count, "" if it does."""
    allowance = ALLOWED[bench.how](family, bench)
    if isinstance(allowance, str):
        return allowance
    subject = drawn(family, bench)
    if subject is None:
        return "overflow or coinciding nodes"
    allowed, exact = allowance(subject), subject.exact
    bench.last = family
    got = bench.kernel(subject.parameters, subject.x, family.shape[0])
    if np.iscomplexobj(got) and not np.iscomplexobj(exact.high):
        exact = Exact(exact.high.astype(complex), exact.low.astype(complex))
    error = exact.error(got)
    if bench.how == "direct":
        ratio = float(np.max(ratios(error, allowed), initial=0))
        sharp = np.max(allowed) <= np.max(np.abs(exact.high)) / 8
    else:
        ratio = float(ratios(np.array(np.linalg.norm(error)), allowed))
        sharp = allowed <= np.linalg.norm(exact.high) / 8
    tally.worst = max(tally.worst, ratio)
    if not ratio <= 1:
        tally.cases += 1
        words = f"{family}: the allowed error is exceeded {ratio:.3g} times"
        raise Broken(Failure(tally.law, words, Case(family, subject.parameters, subject.x)))
    if not sharp:
        return "the allowance is above an eighth of the result"
    tally.cases += 1
    return ""
