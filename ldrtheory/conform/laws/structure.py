"""What a multiply is as a map.

linearity       f(x + y) = f(x) + f(y), f(2 x) = 2 f(x)
batch           a batch gives what its vectors give one by one; an empty batch an empty result
transposes      the callables for M^T and M^H, by values and by inner product
"""

from __future__ import annotations

import random

import numpy as np

from ldrtheory.conform.arithmetic import rounded
from ldrtheory.conform.bench import Bench, Broken, Failure, Prepared, Tally, ratios
from ldrtheory.conform.cases import Case
from ldrtheory.conform.laws.values import of_side


def _check(
    tally: Tally, prepared: Prepared, x: np.ndarray, error: np.ndarray, allowed: np.ndarray, words: str
) -> None:
    tally.cases += 1
    tally.worst = max(tally.worst, float(np.max(ratios(error, allowed), initial=0)))
    if not tally.worst <= 1:
        case = Case(prepared.family, prepared.parameters, x)
        words = f"{prepared.title}: {words} by {np.max(error):.3g}"
        raise Broken(Failure(tally.law, words, case, side=prepared.side))


def linearity(bench: Bench, tally: Tally) -> None:
    """f(x + y) = f(x) + f(y) and f(2 x) = 2 f(x), within the allowances of their terms."""
    for prepared in bench.some(6):
        with bench.supported(prepared):
            short = np.round(bench.vectors(prepared, (2,), 1) * 16) / 16  # so that x + y is exact
            x, y = rounded(short, bench.arithmetic.store)
            both = rounded(x + y, bench.arithmetic.store)
            fx, fy, fxy, f2 = (bench.multiply(prepared, v) for v in (x, y, both, x + x))
            allowance = prepared.matrix.allowance
            allowed = allowance(x) + allowance(y) + allowance(both)
            _check(tally, prepared, x, np.abs(fxy - fx - fy), allowed, "f(x + y) differs from f(x) + f(y)")
            _check(tally, prepared, x, np.abs(f2 - 2 * fx), 4 * allowance(x), "f(2 x) differs from 2 f(x)")


SHAPES = ((1,), (5,), (2, 3), (1, 1, 2), (2, 2, 2))


def _many(bench: Bench, prepared: Prepared) -> tuple[tuple[int, ...], ...]:
    """As many vectors as entries; for small members also more than blocks of 8 and of 64 hold."""
    n = prepared.shape[1]
    source = random.Random(f"batch {prepared.title} {bench.seed}")
    blocks = ((source.randrange(9, 32),), (source.randrange(65, 130),), (3, source.randrange(7, 20)))
    return ((n,), *(blocks if n <= 6 else ()))


def batch(bench: Bench, tally: Tally) -> None:
    """A batch of any shape gives what its vectors give one by one."""
    for prepared in bench.on_every_side([*bench.some(4), *bench.larger()]):
        with bench.supported(prepared):
            for shape in (*SHAPES, *_many(bench, prepared)):
                x = bench.vectors(prepared, shape, 2)
                got = bench.multiply(prepared, x)
                tally.compare(prepared, x, got, f"batch {shape}")
                at = tuple(k - 1 for k in shape)
                allowed = 2 * prepared.matrix.allowance(x[at])
                error = np.abs(bench.multiply(prepared, x[at]) - got[at])
                _check(tally, prepared, x[at], error, allowed, f"the batch {shape} differs from the loop")


def empty(bench: Bench, tally: Tally) -> None:
    """An empty batch gives an empty result."""
    for prepared in bench.on_every_side(bench.some(3)):
        with bench.supported(prepared):
            for shape in ((0,), (2, 0), (0, 3)):
                got = bench.multiply(prepared, bench.vectors(prepared, shape))
                tally.require(got.shape == (*shape, prepared.shape[0]), f"{prepared.title}: {got.shape}")


def transposes(bench: Bench, tally: Tally) -> None:
    """<y, M x> = <M^T y, x>, and the same for M^H, where the adapter offers them."""
    for what in ("M^T", "M^H"):
        if what not in bench.kernels:
            tally.notes.append(f"{what} not offered")
            continue
        of_side(bench, tally, what)
        for prepared in bench.some(6):
            m, n = prepared.shape
            turned = prepared.turned(what)
            with bench.supported(prepared):
                y = bench.vectors(turned, (), 4)
                x = bench.vectors(prepared, (), 3)
                back, ahead = bench.multiply(turned, y), bench.multiply(prepared, x)
                conjugated = np.conj if what == "M^H" else np.asarray
                left, right = np.sum(conjugated(y) * ahead), np.sum(conjugated(back) * x)
                own = (m + n + 4) * 2.0**-51 * (np.abs(y) @ prepared.matrix.bound @ np.abs(x))
                allowed = (
                    np.abs(y) @ prepared.matrix.allowance(x) + np.abs(x) @ turned.matrix.allowance(y) + own
                )
                _check(
                    tally,
                    prepared,
                    x,
                    np.abs(left - right),
                    np.asarray(allowed),
                    f"<y, M x> and <{what} y, x> differ",
                )
