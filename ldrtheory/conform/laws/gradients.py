"""Derivatives against exact difference quotients, where the adapter offers them.

gradients       JVP, VJP and second derivatives along seeded directions
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from flint import acb, acb_mat, ctx

from ldrtheory.conform.bench import Bench, Broken, Failure, Prepared, Tally, ratios
from ldrtheory.conform.cases import SMALL, Case, Parameters, generic
from ldrtheory.conform.kernel import Fault
from ldrtheory.conform.tolerance import majorants, read_parameters
from ldrtheory.families import Family

STEP = 160  # bits of the difference quotient's step; the balls have four times as many
BITS = 4 * STEP + 256
LARGEST, QUICK = 32, 0.1  # a size above 8, where its matrix took less than that many seconds


def _moved(family: Family, p: Parameters, dp: Parameters, k: int, bench: Bench) -> Any:
    """M at the parameters p + k 2^-STEP dp, in balls of BITS bits."""
    ring = majorants(bench.arithmetic)
    wide = type(ring)(BITS, ring.unit, ring.floor)
    h = acb(k) / acb(2) ** STEP
    at = read_parameters(family, p, wide)
    along = read_parameters(family, dp, wide)
    moved: dict[str, Any] = {}
    for name, value in at.items():
        if not isinstance(value, np.ndarray):
            moved[name] = wide.parameter(0)
            moved[name].value = value.value + h * along[name].value
            continue
        moved[name] = value.copy()
        for i in np.ndindex(value.shape):
            old: Any = value[i]
            step: Any = along[name][i]
            element: Any = wide.parameter(0)
            element.value = old.value + h * step.value
            moved[name][i] = element
    rows = bench.read(family, moved, wide)
    return acb_mat([[wide.read(x).value for x in row] for row in rows])


def _column(x: np.ndarray) -> acb_mat:
    return acb_mat([[acb(complex(c))] for c in np.asarray(x).tolist()])


def _derivatives(
    prepared: Prepared, dp: Parameters, x: np.ndarray, dx: np.ndarray, bench: Bench
) -> tuple[Any, Any]:
    """The first and second derivatives of M(p + h dp) (x + h dx) at h = 0, to 2^-STEP relative."""
    with ctx.workprec(BITS):
        h = acb(1) / acb(2) ** STEP
        y = [
            _moved(prepared.family, prepared.parameters, dp, k, bench) * (_column(x) + _column(dx) * (h * k))
            for k in (-1, 0, 1)
        ]
        first, second = (y[2] - y[0]) * (1 / (2 * h)), (y[2] - y[1] * 2 + y[0]) * (1 / (h * h))
        m = prepared.shape[0]
        return tuple(np.array([complex(d[i, 0]) for i in range(m)]) for d in (first, second))  # type: ignore[return-value]


def _allowed(
    bench: Bench, prepared: Prepared, dp: Parameters, x: np.ndarray, dx: np.ndarray, order: int
) -> np.ndarray:
    """(order + 1)! times the allowance of the multiply at |p| + |dp| and |x| + |dx|.

    M x is a polynomial with absolute coefficients |M|; each of its derivatives along the steps is a sum of terms of
    |M|(|p| + |dp|) (|x| + |dx|), each at most order! times, with the roundings of the term and one for the sum.
    """
    both = {k: (np.abs(v) + np.abs(dp[k])).astype(v.dtype) for k, v in prepared.parameters.items()}
    larger = bench.prepare(prepared.family, both)
    if larger is None:
        return np.full(prepared.shape[0], np.inf)
    factor = {1: 2, 2: 6}[order]
    return factor * larger.matrix.allowance((np.abs(x) + np.abs(dx)).astype(x.dtype))


def gradients(bench: Bench, tally: Tally) -> None:
    """Derivatives along any direction are the exact ones, for vectors and summed over batches."""
    offered = bench.adapter.gradients
    if offered.jvp is None and offered.vjp is None and offered.second is None:
        tally.notes.append("not offered")
        return
    small = [p for p in bench.some(5) if max(p.shape) <= SMALL]
    large = [
        p for p in bench.generic if SMALL < max(p.shape) <= LARGEST and bench.seconds[str(p.family)] < QUICK
    ]
    for prepared in [*small, *large[-1:]]:
        with bench.supported(prepared):
            for shape in ((), (3,)):
                _judge(bench, tally, prepared, shape)


def _asked(bench: Bench, prepared: Prepared, tally: Tally, call: Any, what: str, *arguments: Any) -> Any:
    """Return what a derivative returns for copies of the arguments, after looking whether it has left them alone."""
    kernel, store = bench.kernel, bench.arithmetic.store.name
    give, take = kernel.library.give, kernel.library.take
    bench.last = f"{prepared.title}, {what}"
    given = [
        {k: give(v.copy(), store) for k, v in a.items()} if isinstance(a, dict) else give(a.copy(), store)
        for a in arguments
    ]
    held = [(a[k], b[k]) for a, b in zip(given, arguments) if isinstance(b, dict) for k in b]
    held += [(a, b) for a, b in zip(given, arguments) if not isinstance(b, dict)]
    y = kernel.guarded(lambda: call(*given))
    for array, before in held:
        now = take(array)
        kept = now is not None and now.shape == before.shape and np.array_equal(now, before)
        tally.require(kept, f"{bench.last}: wrote into its arguments")
    return y


def _judge(bench: Bench, tally: Tally, prepared: Prepared, shape: tuple[int, ...]) -> None:
    offered, p = bench.adapter.gradients, prepared.parameters
    dp = generic(prepared.family, bench.arithmetic, bench.seed + 77) or {}
    x, dx = bench.vectors(prepared, shape, 10), bench.vectors(prepared, shape, 11)
    x.reshape(-1, x.shape[-1])[1:2, ::2] = 0  # a derivative does not vanish with its factor
    n = x.shape[-1]
    exact = np.array([
        _derivatives(prepared, dp, v, dv, bench) for v, dv in zip(x.reshape(-1, n), dx.reshape(-1, n))
    ]).swapaxes(0, 1).reshape(2, *shape, -1)  # fmt: skip
    for order, call, what in ((1, offered.jvp, "derivative"), (2, offered.second, "second derivative")):
        if call is not None:
            y = _asked(
                bench,
                prepared,
                tally,
                call,
                f"the {what} of a batch" if shape else f"the {what}",
                p,
                x,
                dp,
                dx,
            )
            off = bench.kernel.taken(y, (*shape, prepared.shape[0])) - exact[order - 1]
            allowed = _allowed(bench, prepared, dp, x, dx, order)
            _compare(tally, prepared, x, off, allowed, f"the {what}{_of(shape)}")
    if offered.vjp is not None:
        g = bench.vectors(prepared.turned("M^T"), shape, 12)
        y = _asked(bench, prepared, tally, offered.vjp, f"the gradient{_of(shape)}", p, x, g)
        slots, back = _pulled(bench, prepared, y, x.shape)
        off = _paired(slots, dp, back, dx) - np.sum(g * exact[0])
        # every entry of the gradient is a sum over the m results, and their sum has `count` terms
        count = x.size + sum(v.size for v in dp.values()) + g.size
        allowed = np.asarray((1 + count) * np.sum(np.abs(g) * _allowed(bench, prepared, dp, x, dx, 1)))
        what = f"the gradient{_of(shape)}"
        if bench.arithmetic.complex and not np.abs(off) <= allowed:
            conjugated = {k: np.conj(v) for k, v in slots.items()}
            adjoint = _paired(conjugated, dp, np.conj(back), dx) - np.sum(np.conj(g) * exact[0])
            if np.abs(adjoint) <= allowed:
                what += ", which is conjugated as torch has it, J^H g (wanted J^T g: conjugate g and what comes back),"
        _compare(tally, prepared, x, off, allowed, what)


def _of(shape: tuple[int, ...]) -> str:
    return " of a batch" if shape else ""


def _pulled(
    bench: Bench, prepared: Prepared, y: Any, shape: tuple[int, ...]
) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """The gradients by slot and that of x; a Fault, in words, where the pair is not one."""
    form = "(gradients by slot, gradient of x)"
    if not isinstance(y, tuple | list) or len(y) != 2:
        found = f"{type(y).__name__} of {len(y)}" if isinstance(y, tuple | list) else type(y).__name__
        raise Fault("type", f"returned {found} as a gradient; wanted a pair {form}")
    slots, back = y
    if not isinstance(slots, Mapping):
        raise Fault(
            "type", f"returned {type(slots).__name__} for the gradients by slot; wanted a mapping in {form}"
        )
    wanted = {name: value.shape for name, value in prepared.parameters.items()}
    missing = [name for name in wanted if name not in slots]
    if missing:
        raise Fault(
            "type", f"returned no gradient of {', '.join(missing)}; wanted one for each slot in {form}"
        )
    return {k: _one(bench, slots[k], size, k) for k, size in wanted.items()}, _one(bench, back, shape, "x")


def _one(bench: Bench, gradient: Any, shape: tuple[int, ...], of: str) -> np.ndarray:
    try:
        return bench.kernel.taken(gradient, shape)
    except Fault as fault:
        raise Fault(fault.kind, f"{fault} (the gradient of {of})") from None


def _paired(slots: Parameters, dp: Parameters, back: np.ndarray, dx: np.ndarray) -> Any:
    """The gradients times the steps, summed."""
    return np.sum(back * dx) + sum(np.sum(slots[k] * dp[k]) for k in slots)


def _compare(
    tally: Tally, prepared: Prepared, x: np.ndarray, off: Any, allowed: np.ndarray, what: str
) -> None:
    tally.cases += 1
    tally.worst = max(tally.worst, float(np.max(ratios(np.abs(off), allowed))))
    if not tally.worst <= 1:
        case = Case(prepared.family, prepared.parameters, x.reshape(-1, x.shape[-1])[0])
        words = f"{prepared.title}: {what} is off by {np.max(np.abs(off)):.3g}"
        raise Broken(Failure(tally.law, words, case))
