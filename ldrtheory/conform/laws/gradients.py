"""Derivatives against exact difference quotients, where the adapter offers them.

gradients       JVP, VJP and second derivatives along seeded directions
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from flint import acb, acb_mat, ctx

from ldrtheory.conform.bench import Bench, Broken, Failure, Prepared, Tally, ratios
from ldrtheory.conform.cases import Case, Parameters, generic
from ldrtheory.conform.tolerance import majorants, read_parameters
from ldrtheory.families import Family

STEP = 160  # bits of the difference quotient's step; the balls have four times as many
BITS = 4 * STEP + 256


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
    """Derivatives along any direction are the exact ones."""
    offered = bench.adapter.gradients
    if offered.jvp is None and offered.vjp is None and offered.second is None:
        tally.notes.append("not offered")
        return
    for prepared in [p for p in bench.some(4) if max(p.shape) <= 8]:
        with bench.supported(prepared):
            _judge(bench, tally, prepared)


def _judge(bench: Bench, tally: Tally, prepared: Prepared) -> None:
    offered, kernel = bench.adapter.gradients, bench.kernel
    dp = generic(prepared.family, bench.arithmetic, bench.seed + 77) or {}
    x, dx = bench.vectors(prepared, (), 10), bench.vectors(prepared, (), 11)
    exact = _derivatives(prepared, dp, x, dx, bench)
    at, along = ({k: kernel.give(v) for k, v in q.items()} for q in (prepared.parameters, dp))
    vx, vdx = kernel.give(x), kernel.give(dx)
    for order, call, what in ((1, offered.jvp, "derivative"), (2, offered.second, "second derivative")):
        if call is not None:
            y = kernel.guarded(partial(call, at, vx, along, vdx))
            off = kernel.taken(y, (prepared.shape[0],)) - exact[order - 1]
            _compare(tally, prepared, x, off, _allowed(bench, prepared, dp, x, dx, order), f"the {what}")
    if offered.vjp is not None:
        turned = prepared.turned("M^T")
        g = bench.vectors(turned, (), 12)
        slots, back = kernel.guarded(partial(offered.vjp, at, vx, kernel.give(g)))
        pulled = np.sum(kernel.taken(back, x.shape) * dx)
        for name, value in prepared.parameters.items():
            pulled += np.sum(kernel.taken(slots[name], value.shape) * dp[name])
        # every entry of the gradient is a sum over the m results, and their sum has `count` terms
        count = x.size + sum(v.size for v in dp.values()) + len(g)
        allowed = (1 + count) * np.sum(np.abs(g) * _allowed(bench, prepared, dp, x, dx, 1))
        _compare(tally, prepared, x, pulled - np.sum(g * exact[0]), np.asarray(allowed), "the gradient")


def _compare(
    tally: Tally, prepared: Prepared, x: np.ndarray, off: Any, allowed: np.ndarray, what: str
) -> None:
    tally.cases += 1
    tally.worst = max(tally.worst, float(np.max(ratios(np.abs(off), allowed))))
    if not tally.worst <= 1:
        case = Case(prepared.family, prepared.parameters, x)
        raise Broken(
            Failure(tally.law, f"{prepared.family}: {what} is off by {np.max(np.abs(off)):.3g}", case)
        )
