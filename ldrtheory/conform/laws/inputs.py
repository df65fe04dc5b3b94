"""What a multiply may not ask of its inputs, or do to them.

LAYOUTS, MEMORY     the same values, as they may lie in memory: for every library; for numpy alone
layouts         non-contiguous, negatively strided, Fortran-ordered, permuted, read-only, broadcast and shared inputs
untouched       inputs are not modified
dtypes          the result has the dtype of the inputs
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from ldrtheory.conform.bench import Bench, Prepared, Tally
from ldrtheory.conform.cases import SMALL, Case, Parameters, settled

Change = Callable[[np.ndarray], np.ndarray]


def _spread(a: np.ndarray) -> np.ndarray:
    """The same values with gaps between them."""
    if a.ndim == 0:
        return a.copy()
    wide = np.full((*a.shape[:-1], 2 * a.shape[-1]), 7, dtype=a.dtype)
    wide[..., ::2] = a
    return wide[..., ::2]


def _backward(a: np.ndarray) -> np.ndarray:
    """The same values with negative strides."""
    return a[(slice(None, None, -1),) * a.ndim].copy()[(slice(None, None, -1),) * a.ndim]


def _permuted(a: np.ndarray) -> np.ndarray:
    """The same values with the first two axes of three or more exchanged in memory."""
    return a.swapaxes(0, 1).copy().swapaxes(0, 1) if a.ndim >= 3 else a.copy()


def _locked(a: np.ndarray) -> np.ndarray:
    """The same values, read-only."""
    out = a.copy()
    out.flags.writeable = False
    return out


def _unaligned(a: np.ndarray) -> np.ndarray:
    """The same values, one byte beside where the processor would have them."""
    out: np.ndarray = np.ndarray(a.shape, a.dtype, np.zeros(a.nbytes + 1, dtype=np.uint8), 1)
    out[...] = a
    return out


LAYOUTS: dict[str, Change] = {
    "non-contiguous": _spread,
    "negative strides": _backward,
    "Fortran order": lambda a: np.asfortranarray(a.copy()) if a.ndim else a.copy(),
    "permuted axes": _permuted,
}
MEMORY: dict[str, Change] = {"read-only": _locked, "unaligned": _unaligned}


def _changes(bench: Bench) -> dict[str, Change]:
    return LAYOUTS | MEMORY if bench.kernel.library.name == "numpy" else LAYOUTS


def _plain(a: np.ndarray) -> bool:
    return bool(a.flags.c_contiguous and a.flags.writeable and a.flags.aligned)


def _copies(parameters: Parameters, change: Change = np.copy) -> Parameters:
    return {k: change(v) for k, v in parameters.items()}


def layouts(bench: Bench, tally: Tally) -> None:
    """The result does not depend on where and how the inputs lie in memory."""
    library = bench.kernel.library
    if not library.strided:
        tally.notes.append(f"{library.name} copies its inputs")
    for prepared in bench.on_every_side([*bench.some(4), *bench.larger()]):
        with bench.supported(prepared):
            for x, parameters, what in _laid_out(bench, prepared):
                values = np.array(x)  # x may be an argument twice
                tally.compare(prepared, values, bench.as_given(prepared, parameters, x, what), what)
            if max(prepared.shape) <= SMALL:
                _broadcast(bench, tally, prepared)


def _laid_out(bench: Bench, prepared: Prepared) -> Iterator[tuple[np.ndarray, Parameters, str]]:
    """x and parameters, one of them or both in another layout; in words which."""
    given, changes = prepared.parameters, _changes(bench)
    for shape in ((), (3,), (2, 3)):
        x = bench.vectors(prepared, shape, 5)
        for name, change in changes.items():
            if not _plain(changed := change(x)):
                yield changed, _copies(given), name
        if shape:
            yield np.broadcast_to(x.reshape(-1, x.shape[-1])[0], x.shape), _copies(given), "broadcast"
        for k, (name, change) in enumerate(changes.items()):
            if k % 2 == len(shape) % 2 and given:
                changed = change(x) if k % 4 > 1 else x.copy()
                yield changed, _copies(given, change), f"parameters: {name}"
    if bench.kernel.library.name != "numpy":
        return
    for name, value in given.items():
        if value.ndim and value.shape[-1] == prepared.shape[1]:
            own = _copies(given)
            yield own[name], own, f"x is the parameter {name}"


def _broadcast(bench: Bench, tally: Tally, prepared: Prepared) -> None:
    """Constant parameters, each one number in memory."""
    same = {k: np.full_like(v, v.flat[0]) for k, v in prepared.parameters.items() if v.size and v.ndim}
    constant = prepared.parameters | same
    if not same or settled(prepared.family, constant, bench.arithmetic) is not constant:
        return
    found = bench.prepare(prepared.family, constant)
    x = bench.vectors(prepared, (2,), 5)
    if found is None or not np.isfinite(found.turned(prepared.side).matrix.allowance(x)).all():
        return
    subject = found.turned(prepared.side)
    narrow = constant | {k: np.broadcast_to(v.flat[0], v.shape) for k, v in same.items()}
    what = "parameters: broadcast"
    tally.compare(subject, x, bench.as_given(subject, narrow, x.copy(), what), what)


def untouched(bench: Bench, tally: Tally) -> None:
    """x and the parameters are as they were."""
    for prepared in bench.on_every_side([*bench.some(4), *bench.larger()]):
        with bench.supported(prepared):
            for shape in ((), (2,), (2, 2), (1, 2, 1)):
                x = bench.vectors(prepared, shape, 6)
                _untouched(bench, tally, prepared, x, np.copy)
                if len(shape) < 2:
                    _untouched(bench, tally, prepared, x, _spread)


def _untouched(bench: Bench, tally: Tally, prepared: Prepared, x: np.ndarray, change: Change) -> None:
    kernel, store = bench.kernels[prepared.side], bench.arithmetic.store.name
    give, take = kernel.library.give, kernel.library.take
    bench.last = prepared.title
    given, own = {k: give(change(v), store) for k, v in prepared.parameters.items()}, give(change(x), store)
    names = dict(given)
    kernel.guarded(lambda: kernel.call(given, own))
    case = Case(prepared.family, prepared.parameters, x.reshape(-1, x.shape[-1])[0])
    where = f"{prepared.title}, x of shape {x.shape}"
    tally.require(_same(take(own), x), f"{where}: x was modified", case)
    for k, v in prepared.parameters.items():
        kept = given.get(k) is names[k] and _same(take(names[k]), v)
        tally.require(kept, f"{where}: the parameter {k} was modified", case)


def _same(a: Any, b: np.ndarray) -> bool:
    return a is not None and a.shape == b.shape and bool(np.array_equal(a, b, equal_nan=True))


def wanted(bench: Bench) -> set[str]:
    """Return the dtypes that results may have: that of the inputs, or the complex one of its precision where M is."""
    store = bench.arithmetic.store
    if any(np.any(np.abs(p.matrix.values.imag) > 2.0**-100 * p.matrix.bound) for p in bench.generic):
        return {"complex128" if store.digits > 24 else "complex64"}
    return {store.name} if bench.adapter.library != "numpy" else {store.carrier}


def dtypes(bench: Bench, tally: Tally) -> None:
    """The result has the dtype of the inputs, the complex one of that precision where M is complex."""
    of_size = {max(p.shape): p for p in bench.generic}
    for prepared in bench.on_every_side(list(of_size.values())):
        shapes = ((), (2,), (2, 2), (0,), (1, 2, 2)) if max(prepared.shape) <= SMALL else ((),)
        with bench.supported(prepared):
            for shape in shapes:
                kernel = bench.kernels[prepared.side]
                before = dict(kernel.dtypes)
                bench.multiply(prepared, bench.vectors(prepared, shape))
                found = {name for name, count in kernel.dtypes.items() if count != before.get(name, 0)}
                where = f"{prepared.title}, x of shape {(*shape, prepared.shape[1])}"
                _right(tally, found, wanted(bench), where)
    for side, kernel in bench.kernels.items():
        _right(tally, set(kernel.dtypes), wanted(bench), f"{side}, in some call")


def _right(tally: Tally, found: set[str], right: set[str], where: str) -> None:
    other = sorted(found - right)
    tally.require(not other, f"{where}: dtype {', '.join(other)} for inputs of {', '.join(sorted(right))}")
