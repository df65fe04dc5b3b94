"""What numbers may not do to a multiply.

scales          2^k x and 2^k times a parameter, as far as nothing over- or underflows; magnitudes mixed in one vector
isolation       NaN and infinity stay in their vector, and there reach whatever the dense product makes non-finite
"""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from ldrtheory.conform.bench import Bench, Broken, Failure, Prepared, Tally, times_power
from ldrtheory.conform.cases import SMALL, Case, Parameters, settled
from ldrtheory.conform.kernel import Fault

MIXED = (0, 33, 66)  # magnitudes 1, 1e-10, 1e-20 in one vector or parameter, where the format has them


def exponents(bench: Bench, prepared: Prepared, x: np.ndarray) -> tuple[int, int]:
    """Return (k, k') with 2^k x large and 2^k' x small, so that no intermediate leaves the normal range.

    Intermediates are at most || |M| ||_F ||x|| n in absolute value, for transforms of 4 n terms that times 4; those
    that matter for the result are at least the unit roundoff times the smallest |M_ij| |x_j|.  Where f^(k/n) may scale
    them, as for f-circulants, both parameters and vector are larger or smaller by up to |f|.
    """
    store, n = bench.arithmetic.store, max(prepared.shape)
    f = abs(float(getattr(prepared.family, "f", 1) or 1))
    top = float(np.linalg.norm(prepared.matrix.bound)) * float(np.linalg.norm(x.astype(complex))) * 16 * n
    top *= max(f, 1 / f) ** 2
    inner = max([1.0, *(float(np.max(np.abs(v), initial=0)) for v in prepared.parameters.values())])
    up = store.most - 2 - int(np.ceil(np.log2(max(top, 1.0) * inner)))
    least = [np.abs(a[np.nonzero(a)]) for a in (prepared.matrix.bound, x)]
    small = float(np.prod([np.min(a) if a.size else 1.0 for a in least])) / max(f, 1 / f) ** 2
    down = store.least + store.digits + 4 - int(np.floor(np.log2(min(small, 1.0))))
    return max(0, up), min(0, down)


def reach(bench: Bench, prepared: Prepared) -> tuple[int, int]:
    """Return (k, k') such that 2^k and 2^k' times a parameter stay in the normal range in every product.

    `stages` products follow each other in M x, so at most that many factors and x are multiplied; a divisor may be a
    product of two more.  Their sums have at most 16 n terms of generic parameters, between 1/4 and 2 in absolute value.
    """
    store, factors = bench.arithmetic.store, prepared.matrix.stages + 2
    room = 2 * factors + int(np.ceil(np.log2(16 * max(prepared.shape))))
    return (store.most - room) // factors, (store.least + store.digits + room) // factors


def scales(bench: Bench, tally: Tally) -> None:
    """2^k x gives 2^k M x, and small, large and mixed parameters and vectors what they denote."""
    for prepared in bench.on_every_side(bench.some(6)):
        with bench.supported(prepared):
            x = bench.vectors(prepared, (), 7)
            ks = sorted({*exponents(bench, prepared, x)} - {0})
            for k in ks:
                got = bench.multiply(prepared, times_power(x, k))
                tally.compare(prepared, x, got, f"2^{k} x", shift=k)
            rows = bench.multiply(prepared, np.array([times_power(x, k) for k in (0, *ks)]))
            for k, got in zip((0, *ks), rows):
                tally.compare(prepared, x, got, f"2^{k} x in a batch", shift=k)
    for prepared in bench.on_every_side([p for p in bench.some(6) if max(p.shape) <= SMALL and p.parameters]):
        with bench.supported(prepared):
            _parameters(bench, tally, prepared)
            if bench.how == "direct" and all(x.depth == 0 for x in prepared.matrix.rows.flat):
                _mixed(bench, tally, prepared)


def _known(bench: Bench, prepared: Prepared, p: Parameters, x: np.ndarray) -> Prepared | None:
    """The member with other parameters, if these denote something enclosed, none of it out of range."""
    found = bench.prepare(prepared.family, p)
    if found is None:
        return None
    subject = found.turned(prepared.side)
    with np.errstate(all="ignore"):
        known = (
            np.isfinite(subject.matrix.allowance(x)).all() and np.isfinite(subject.matrix.exact(x).high).all()
        )
    return subject if known else None


def _tried(bench: Bench, tally: Tally, prepared: Prepared, p: Parameters, x: np.ndarray, what: str) -> None:
    subject = _known(bench, prepared, p, x)
    if subject is not None:
        tally.compare(subject, x, bench.multiply(subject, x), what)


def _parameters(bench: Bench, tally: Tally, prepared: Prepared) -> None:
    """2^k times all parameters of one slot, or of all slots, where M is homogeneous in them.

    A computation from them then scales with them, whatever its formulas; where M is not, one with other formulas than
    the family's may cancel.
    """
    x = bench.vectors(prepared, (), 7)
    up, down = reach(bench, prepared)
    names = [(name,) for name in prepared.parameters]
    for chosen in dict.fromkeys([*names, tuple(prepared.parameters)]):
        for k in (k for k in (up, min(up, 20), max(down, -30), down) if abs(k) > 1):
            scaled = {name: times_power(prepared.parameters[name], k) for name in chosen}
            subject = _known(bench, prepared, prepared.parameters | scaled, x)
            if subject is not None and _homogeneous(prepared, subject, k):
                what = f"2^{k} {' and '.join(chosen)}"
                tally.compare(subject, x, bench.multiply(subject, x), what)


def _homogeneous(prepared: Prepared, scaled: Prepared, k: int) -> bool:
    """Whether one matrix is 2^(d k) times the other, d an integer."""
    before, after = prepared.matrix.values, scaled.matrix.values
    one, other = float(np.max(np.abs(before))), float(np.max(np.abs(after)))
    if not one or not other:
        return False
    d = round(float(np.log2(other / one)) / k)
    return bool(np.all(np.abs(times_power(after, -d * k) - before) <= 2.0**-45 * one))


def _mixed(bench: Bench, tally: Tally, prepared: Prepared) -> None:
    """A small number beside a large one is as good as alone, where every entry of M is a parameter."""
    low = -reach(bench, prepared)[1]
    steps = [min(e, low) for e in MIXED] if low > 1 else []
    if not steps:
        return
    source = random.Random(f"mixed {prepared.title} {bench.seed}")

    def mixed(a: np.ndarray) -> np.ndarray:
        powers = np.array([2.0 ** -source.choice(steps) for _ in range(a.size)]).reshape(a.shape)
        return (a * powers).astype(a.dtype)

    n = prepared.shape[1]
    p = {k: mixed(v) for k, v in prepared.parameters.items()}
    _tried(
        bench, tally, prepared, p, np.eye(n, dtype=bench.arithmetic.carrier), "parameters of mixed magnitudes"
    )
    x = bench.vectors(prepared, (2,), 7)
    x[:, source.randrange(n)] *= 2.0 ** -steps[-1]
    for name, value in prepared.parameters.items():
        one = {k: np.ones_like(v) for k, v in prepared.parameters.items()} | {name: np.zeros_like(value)}
        for at in source.sample(range(value.size), min(3, value.size)):
            one[name].flat[at] = 1
        if settled(prepared.family, one, bench.arithmetic) is one:
            _tried(bench, tally, prepared, one, x, "x of mixed magnitudes")
            _tried(bench, tally, prepared, one, mixed(x), "x of mixed magnitudes")


def isolation(bench: Bench, tally: Tally) -> None:
    """A NaN or an infinity in one vector leaves the others bitwise unchanged, and is not lost in its own."""
    for prepared in bench.on_every_side([*bench.some(4), *bench.larger()]):
        n = prepared.shape[1]
        source = random.Random(f"isolation {prepared.title} {bench.seed}")
        with bench.supported(prepared):
            x = bench.vectors(prepared, (4,), 9)
            clean = bench.multiply(prepared, x)
            values: list[Any] = [
                np.nan,
                np.inf,
                -np.inf,
                *([complex(0.5, np.inf)] if bench.arithmetic.complex else []),
            ]
            for value in values:
                places = sorted({0, min(1, n - 1), n - 1, source.randrange(n), source.randrange(n)})
                for b, j in zip((source.randrange(4) + k for k in range(n)), places):
                    bad = x.copy()
                    bad[b % 4, j] = value
                    got = bench.multiply(prepared, bad)
                    case = Case(prepared.family, prepared.parameters, bad[b % 4])
                    for k in {0, 1, 2, 3} - {b % 4}:
                        same = np.array_equal(got[k], clean[k])
                        words = f"{prepared.title}: {value} in vector {b % 4} changes vector {k}"
                        tally.require(same, words, case)
                    M = prepared.matrix  # balls around zeros have a radius far below 2^-100
                    reached = np.abs(M.values[:, j]) > 2.0**-100 * np.max(M.bound)
                    _reaches(prepared, got[b % 4], reached, f"x[{j}] = {value}", case, tally)
            if max(prepared.shape) <= SMALL:
                _not_a_number(bench, tally, prepared, source)


def _not_a_number(bench: Bench, tally: Tally, prepared: Prepared, source: random.Random) -> None:
    """A NaN in a parameter reaches the entries whose row depends on it; a kernel may raise instead."""
    x = bench.vectors(prepared, (), 9)
    for name, value in prepared.parameters.items():
        if not value.size:
            continue
        at = np.unravel_index(source.randrange(value.size), value.shape)
        moved, bad = value.copy(), value.copy()
        moved[at] *= 1.5
        bad[at] = np.nan
        found = bench.prepare(prepared.family, prepared.parameters | {name: moved})
        if found is None:
            continue
        M, other = prepared.matrix, found.turned(prepared.side).matrix
        with np.errstate(all="ignore"):
            change = np.abs(M.values - other.values) > 2.0**-40 * np.max(M.bound)
        p = prepared.parameters | {name: bad}
        bench.last = f"{prepared.title}, NaN in {name}"
        try:
            got = bench.kernels[prepared.side](p, x, prepared.shape[0])
        except Fault as fault:
            if fault.kind != "raises":
                raise
            continue
        where = f"{name}[{', '.join(str(int(k)) for k in at)}] = nan"
        _reaches(prepared, got, change.any(axis=1), where, Case(prepared.family, p, x), tally)


def _reaches(
    prepared: Prepared, got: np.ndarray, reached: np.ndarray, what: str, case: Case, tally: Tally
) -> None:
    """The entries that are reached are not finite; others, where M_ij = 0, may be or not."""
    lost = np.isfinite(got) & reached
    tally.cases += 1
    if lost.any():
        i = int(np.argmax(lost))
        words = f"{prepared.title}: {what} does not reach entry {i}, which depends on it"
        raise Broken(Failure(tally.law, words, case, side=prepared.side))
