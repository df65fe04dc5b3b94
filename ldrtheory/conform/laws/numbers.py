"""What numbers may not do to a multiply.

scales          2^k x gives 2^k M x, for the largest and smallest k at which nothing over- or underflows
repeatable      the same input gives the same bits
isolation       NaN and infinity stay in their vector, and there reach whatever the dense product makes non-finite
"""

from __future__ import annotations

import numpy as np

from ldrtheory.conform.bench import Bench, Broken, Failure, Prepared, Tally, times_power
from ldrtheory.conform.cases import Case


def exponents(bench: Bench, prepared: Prepared, x: np.ndarray) -> tuple[int, int]:
    """Return (k, k') with 2^k x large and 2^k' x small, so that no intermediate leaves the normal range.

    Intermediates are at most || |M| ||_F ||x|| n in absolute value, for transforms of 4 n terms that times 4; those
    that matter for the result are at least the unit roundoff times the smallest |M_ij| |x_j|.
    """
    store, n = bench.arithmetic.store, max(prepared.shape)
    top = float(np.linalg.norm(prepared.matrix.bound)) * float(np.linalg.norm(x.astype(complex))) * 16 * n
    inner = max([1.0, *(float(np.max(np.abs(v), initial=0)) for v in prepared.parameters.values())])
    up = store.most - 2 - int(np.ceil(np.log2(max(top, 1.0) * inner)))
    least = [np.abs(a[np.nonzero(a)]) for a in (prepared.matrix.bound, x)]
    small = float(np.prod([np.min(a) if a.size else 1.0 for a in least]))
    down = store.least + store.digits + 4 - int(np.floor(np.log2(min(small, 1.0))))
    return max(0, up), min(0, down)


def scales(bench: Bench, tally: Tally) -> None:
    """2^k x gives 2^k M x."""
    for prepared in bench.some(6):
        with bench.supported(prepared):
            x = bench.vectors(prepared, (), 7)
            for k in sorted({*exponents(bench, prepared, x)} - {0}):
                got = bench.multiply(prepared, times_power(x, k))
                tally.compare(prepared, x, got, f"2^{k} x", shift=k)


def repeatable(bench: Bench, tally: Tally) -> None:
    """The same input gives the same bits."""
    for prepared in bench.some(4):
        with bench.supported(prepared):
            x = bench.vectors(prepared, (3,), 8)
            first, other = bench.multiply(prepared, x), bench.multiply(prepared, x[::-1].copy())
            del other  # another call in between
            second = bench.multiply(prepared, x)
            same = np.array_equal(first, second, equal_nan=True)
            words = (
                f"{prepared.family}: two calls with one input differ by {np.max(np.abs(first - second)):.3g}"
            )
            tally.require(same, words, Case(prepared.family, prepared.parameters, x[0]))


def isolation(bench: Bench, tally: Tally) -> None:
    """A NaN or an infinity in one vector leaves the others bitwise unchanged, and is not lost in its own."""
    for prepared in bench.some(4):
        n = prepared.shape[1]
        with bench.supported(prepared):
            x = bench.vectors(prepared, (4,), 9)
            clean = bench.multiply(prepared, x)
            for value in (np.nan, np.inf, -np.inf):
                for j in sorted({0, n // 2, n - 1}):
                    bad = x.copy()
                    bad[1, j] = value
                    got = bench.multiply(prepared, bad)
                    case = Case(prepared.family, prepared.parameters, bad[1])
                    for b in (0, 2, 3):
                        same = np.array_equal(got[b], clean[b])
                        words = f"{prepared.family}: {value} in vector 1 changes vector {b}"
                        tally.require(same, words, case)
                    _reaches(prepared, got[1], j, value, case, tally)


def _reaches(prepared: Prepared, got: np.ndarray, j: int, value: float, case: Case, tally: Tally) -> None:
    """Where M[i, j] is not zero, entry i is not finite."""
    M = prepared.matrix  # balls around zeros have a radius far below 2^-100
    lost = np.isfinite(got) & (np.abs(M.values[:, j]) > 2.0**-100 * np.max(M.bound))
    tally.cases += 1
    if lost.any():
        i = int(np.argmax(lost))
        raise Broken(
            Failure(tally.law, f"{prepared.family}: x[{j}] = {value} does not reach entry {i}", case)
        )
