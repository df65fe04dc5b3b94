"""What calls with one input, or with one array, have in common.

repeatable      the same input gives the same bits; arrays changed in place give the results of their new values
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ldrtheory.conform.bench import Bench, Prepared, Tally
from ldrtheory.conform.cases import Case, Parameters, generic

QUICK = 0.05  # seconds for an exact matrix, of which changed parameters need three more


def repeatable(bench: Bench, tally: Tally) -> None:
    """The same input gives the same bits, and inputs changed in place give the results of their new values."""
    others = bench.on_every_side(bench.some(3))
    for prepared in bench.on_every_side([*bench.some(4), *bench.larger()]):
        with bench.supported(prepared):
            for shape in ((), (3,)):
                x = bench.vectors(prepared, shape, 8)
                first = bench.multiply(prepared, x)
                for between in range(4):
                    for other in others[:between]:
                        with bench.supported(other):
                            bench.multiply(other, bench.vectors(other, (between,), 8))
                    second = bench.multiply(prepared, x)
                    same = np.array_equal(first, second, equal_nan=True)
                    words = f"{prepared.title}: two calls with one input differ by {np.max(np.abs(first - second)):.3g}"
                    case = Case(prepared.family, prepared.parameters, x.reshape(-1, x.shape[-1])[0])
                    tally.require(same, words, case)
            if bench.seconds[str(prepared.family)] < QUICK:
                _in_place(bench, tally, prepared)


def _refill(library: str, old: Any, new: Any) -> None:
    """Overwrite an array of a library by the values of another one."""
    if library == "torch":
        old.copy_(new)
    else:
        old[...] = new


def _in_place(bench: Bench, tally: Tally, prepared: Prepared) -> None:
    """The same array objects with other values: all of them, then two neighbours exchanged, then x alone."""
    kernel, family = bench.kernels[prepared.side], prepared.family
    library, store = kernel.library, bench.arithmetic.store.name
    if library.name == "jax":  # its arrays do not change
        return
    other = generic(family, bench.arithmetic, bench.seed + 31)
    steps = [prepared.parameters, *([] if other is None else [other, _exchanged(other)])]
    x = bench.vectors(prepared, (), 8)
    given = {k: library.give(v.copy(), store) for k, v in prepared.parameters.items()}
    own = library.give(x.copy(), store)
    bench.last = f"{prepared.title}, changed in place"
    for p, vector, what in (
        *((p, x, "parameters changed in place") for p in steps),
        (steps[-1], bench.vectors(prepared, (), 9), "x changed in place"),
    ):
        found = bench.prepare(family, p)
        if found is None or not np.isfinite(found.matrix.bound).all():
            continue
        subject = found.turned(prepared.side)
        for name, value in p.items():
            _refill(library.name, given[name], library.give(value.copy(), store))
        _refill(library.name, own, library.give(vector.copy(), store))
        y = kernel.taken(kernel.guarded(lambda: kernel.call(given, own)), (subject.shape[0],))
        if p is steps[0] and not _within(subject, vector, y):
            return  # wrong without any change: not for this law to say
        tally.compare(subject, vector, y, what)


def _within(prepared: Prepared, x: np.ndarray, y: np.ndarray) -> bool:
    """Whether a result is allowed."""
    return bool(np.all(prepared.matrix.exact(x).error(y) <= prepared.matrix.allowance(x)))


def _exchanged(parameters: Parameters) -> Parameters:
    """Two neighbours exchanged, as late as the first and the last entry and the sum stay as they are."""
    out = {k: v.copy() for k, v in parameters.items()}
    for v in out.values():
        if v.size >= 4:
            flat = v.reshape(-1)
            flat[[-3, -2]] = flat[[-2, -3]]
    return out
