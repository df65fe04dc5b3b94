"""The results against the exact ones.

values          drawn cases, shrunk to a minimal one, and generic members of every size; of_side: for transposes
constants       parameters 0, 1 and impulses (the identity among them), i and -i in complex arithmetic
probes          unit vectors, small integers, powers of two: bitwise where every partial sum is representable
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings

from ldrtheory.conform.arithmetic import rounded
from ldrtheory.conform.bench import Bench, Broken, Failure, Prepared, Tally
from ldrtheory.conform.cases import SMALL, Case, drawn, settled
from ldrtheory.conform.kernel import Fault

EXAMPLES = 40
SHRINKING = 1.5  # seconds
FINEST = 3  # the powers of two are multiples of 2^-3


class _Enough(BaseException):
    """Shrinking has taken its time."""


def attempt(bench: Bench, case: Case, tally: Tally, side: str = "M") -> None:
    """Compare the kernel's result with the exact one."""
    found = bench.prepare(case.family, case.parameters)
    prepared = None if found is None else found.turned(side)
    if prepared is None or not np.isfinite(prepared.matrix.allowance(case.x)).all():
        return
    with bench.supported(prepared):
        try:
            got = bench.multiply(prepared, case.x)
        except Fault as fault:
            words = f"{prepared.title}: the kernel {fault}"
            raise Broken(Failure(tally.law, words, case, side=side)) from None
        tally.compare(prepared, case.x, got)


def values(bench: Bench, tally: Tally) -> None:
    """The result is M x within the allowance."""
    of_side(bench, tally, "M")


def of_side(bench: Bench, tally: Tally, side: str) -> None:
    """The same of the callable for M, M^T or M^H."""
    for prepared in (p.turned(side) for p in bench.generic):
        try:
            with bench.supported(prepared):
                x = bench.vectors(prepared, (3,))
                tally.compare(prepared, x[0], bench.multiply(prepared, x[0]))
                tally.compare(prepared, x[1:], bench.multiply(prepared, x[1:]))
        except (Broken, Fault) as first:
            smaller = _smaller(bench, tally.law, prepared.side)
            if smaller is None and isinstance(first, Fault):
                raise Broken(Failure(tally.law, f"{prepared.title}: the kernel {first}")) from None
            raise smaller or first from None
    found = _search(bench, tally, EXAMPLES, side)
    if found is not None:
        raise found


def _smaller(bench: Bench, law: str, side: str) -> Broken | None:
    return None if bench.kernels[side].hung else _search(bench, Tally(law), 4 * EXAMPLES, side)


def _search(bench: Bench, tally: Tally, examples: int, side: str) -> Broken | None:
    """Draw cases of small sizes; return the simplest failing one after shrinking for a while."""
    found = [f for n, families in bench.found.items() if n <= SMALL for f in families]
    if not found:
        return None
    best: list[tuple[Any, Broken]] = []
    deadline = [float("inf")]

    def law(case: Case) -> None:
        if time.monotonic() > deadline[0] or bench.kernels[side].hung:
            raise _Enough
        try:
            attempt(bench, case, tally, side)
        except Broken as broken:
            deadline[0] = min(deadline[0], time.monotonic() + SHRINKING)
            if not best or case.weight < best[0][0]:
                best[:] = [(case.weight, broken)]
            raise

    quiet = settings(
        max_examples=examples,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
        verbosity=Verbosity.quiet,
        report_multiple_bugs=False,
        print_blob=False,
        derandomize=False,
    )
    try:
        seed(bench.seed)(quiet(given(drawn(found, bench.arithmetic, side != "M"))(law)))()
    except (Broken, _Enough):
        pass
    except Exception:  # Hypothesis's own complaint of a kernel that answers differently each time
        if not best:
            raise
    return best[0][1] if best else None


def _impulses(prepared: Prepared) -> list[dict[str, np.ndarray]]:
    """Parameters 0, 1, and one entry of one slot 1, the others 0 or 1."""
    given = prepared.parameters
    out = [{k: np.full_like(v, c) for k, v in given.items()} for c in (0, 1)]
    if any(v.dtype.kind == "c" for v in given.values()):
        out.append({k: np.full_like(v, 1j if i % 2 else -1j) for i, (k, v) in enumerate(given.items())})
    for name, value in given.items():
        for k in sorted({0, value.size // 2, value.size - 1} if value.size else ()):
            for rest in (0, 1):
                p = {other: np.full_like(v, rest) for other, v in given.items()}
                p[name] = np.zeros_like(value)
                p[name].reshape(-1)[k] = 1
                out.append(p)
    return out


def constants(bench: Bench, tally: Tally) -> None:
    """Parameters 0 and 1, impulses and the identity give what they denote."""
    for prepared in bench.up_to(SMALL)[-8:]:
        for parameters in _impulses(prepared) if prepared.parameters else ():
            p = settled(prepared.family, parameters, bench.arithmetic)
            if p is not None:
                attempt(bench, Case(prepared.family, p, bench.vectors(prepared)), tally)


def probes(bench: Bench, tally: Tally) -> None:
    """Unit vectors, small integers and powers of two: exact where every partial sum is representable."""
    for prepared in [*bench.up_to(16), *bench.larger()]:
        n = prepared.shape[1]
        source = np.random.default_rng([bench.seed, n])
        whole = {k: _integers(source, v.shape, bench) for k, v in prepared.parameters.items()}
        settled_whole = settled(prepared.family, whole, bench.arithmetic)
        subject = None if settled_whole is None else bench.prepare(prepared.family, settled_whole)
        if subject is None:
            continue
        x = rounded(_probing(source, n, bench.arithmetic.complex), bench.arithmetic.store)
        with bench.supported(subject):
            got = bench.multiply(subject, x)
            tally.compare(subject, x, got)
            _bitwise(bench, subject, x, got, tally)
            for row in x[n:-1]:
                tally.compare(subject, row, bench.multiply(subject, row))


def _probing(source: np.random.Generator, n: int, is_complex: bool) -> np.ndarray:
    """Unit vectors; integers, with a zero and equal ones among them, also times i; powers of two."""
    whole = source.integers(-4, 5, (2, n)).astype(complex if is_complex else float)
    whole[0, source.integers(n)] = 0
    rows = [np.eye(n), whole, np.full((1, n), 3), np.exp2(source.integers(-FINEST, 4, (1, n)))]
    return np.concatenate([*rows[:3], *([1j * whole] if is_complex else []), rows[3]])


def _integers(source: np.random.Generator, shape: tuple[int, ...], bench: Bench) -> np.ndarray:
    values = source.integers(-3, 4, shape)
    if bench.arithmetic.complex:
        return rounded(values + 1j * source.integers(-3, 4, shape), bench.arithmetic.store)
    return rounded(values, bench.arithmetic.store)


def _bitwise(bench: Bench, subject: Prepared, x: np.ndarray, got: np.ndarray, tally: Tally) -> None:
    """Equal if all partial sums are representable, for transforms equal after rounding.

    The integer matrix takes multiples of 2^-e to such: their sums are representable where 2^e times them, an integer,
    is below 2^digits.
    """
    if not subject.matrix.whole:
        return
    whole = np.all(x == np.rint(x), axis=-1, keepdims=True)
    fine = np.where(whole, 1.0, 2.0**FINEST)
    sums = fine * (np.abs(x).astype(float) @ subject.matrix.bound.T)
    exact = subject.matrix.exact(x)
    if bench.how == "direct":
        fits = sums < 2.0**bench.arithmetic.exact_digits / 2
        wrong = fits & (got != exact.high)
    else:
        fits = fine * subject.matrix.allowance(x) < 0.25
        scaled = fine * got
        nearest = np.rint(scaled.real) + (1j * np.rint(scaled.imag) if np.iscomplexobj(got) else 0)
        wrong = fits & (nearest != fine * exact.high)
    tally.cases += int(np.sum(fits.any(axis=-1)))
    if wrong.any():
        b, i = (int(k) for k in np.argwhere(wrong)[0])
        case = Case(subject.family, subject.parameters, x[b])
        kind = "integers" if fine[b, 0] == 1 else f"multiples of 1/{fine[b, 0]:.0f}"
        words = (
            f"{subject.title}: {kind}: entry {i} is {got[b, i]}, exactly {exact.high[b, i]}; "
            "every partial sum is representable"
        )
        allowed = np.zeros(got.shape[-1])
        raise Broken(Failure(tally.law, words, case, got[b], exact.high[b], allowed))
