"""What a multiply may not ask of its inputs, or do to them.

layouts         non-contiguous, negatively strided, Fortran-ordered and broadcast inputs
untouched       inputs are not modified
dtypes          the result has the dtype of the inputs
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ldrtheory.conform.bench import Bench, Tally
from ldrtheory.conform.cases import Case


def _spread(a: np.ndarray) -> np.ndarray:
    """The same values with gaps between them."""
    if a.ndim == 0:
        return a
    wide = np.full((*a.shape[:-1], 2 * a.shape[-1]), 7, dtype=a.dtype)
    wide[..., ::2] = a
    return wide[..., ::2]


def _backward(a: np.ndarray) -> np.ndarray:
    """The same values with negative strides."""
    return a[(slice(None, None, -1),) * a.ndim].copy()[(slice(None, None, -1),) * a.ndim]


LAYOUTS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "non-contiguous": _spread,
    "negative strides": _backward,
    "Fortran order": np.asfortranarray,
}


def layouts(bench: Bench, tally: Tally) -> None:
    """The result does not depend on strides."""
    library = bench.kernel.library
    if not library.strided:
        tally.notes.append(f"{library.name} copies its inputs")
    for prepared in bench.some(4):
        with bench.supported(prepared):
            x = bench.vectors(prepared, (3,), 5)
            for name, change in LAYOUTS.items():
                tally.compare(prepared, x, bench.multiply(prepared, change(x)), name)
                changed = {k: change(v) if v.ndim else v for k, v in prepared.parameters.items()}
                got = bench.kernel(changed, x, prepared.shape[0])
                tally.compare(prepared, x, got, f"parameters: {name}")
            spread = np.broadcast_to(x[0], x.shape)
            tally.compare(prepared, spread, bench.multiply(prepared, spread), "broadcast")


def untouched(bench: Bench, tally: Tally) -> None:
    """x and the parameters are as they were."""
    kernel = bench.kernel
    for prepared in bench.some(4):
        with bench.supported(prepared):
            x = bench.vectors(prepared, (2,), 6)
            copies = {k: v.copy() for k, v in prepared.parameters.items()}
            vector = x.copy()
            given, own = {k: kernel.give(v) for k, v in copies.items()}, kernel.give(vector)
            names = dict(given)
            kernel.guarded(lambda given=given, own=own: kernel.call(given, own))  # type: ignore[misc]
            case = Case(prepared.family, prepared.parameters, x[0])
            tally.require(_same(kernel.library.take(own), x), f"{prepared.family}: x was modified", case)
            for k, v in prepared.parameters.items():
                kept = k in given and _same(kernel.library.take(names[k]), v)
                tally.require(kept, f"{prepared.family}: the parameter {k} was modified", case)


def _same(a: Any, b: np.ndarray) -> bool:
    return a is not None and a.shape == b.shape and bool(np.array_equal(a, b, equal_nan=True))


def dtypes(bench: Bench, tally: Tally) -> None:
    """The result has the dtype of the inputs."""
    store = bench.arithmetic.store
    wanted = {store.name} if bench.adapter.library != "numpy" else {store.carrier}
    for prepared in bench.some(2):
        with bench.supported(prepared):
            for x in (bench.vectors(prepared), bench.vectors(prepared, (2,))):
                kernel = bench.adapter.kernel()
                kernel(prepared.parameters, x, prepared.shape[0])
                other = sorted(set(kernel.dtypes) - wanted)
                tally.require(
                    not other,
                    f"{prepared.family}: dtype {', '.join(other)} for inputs of {', '.join(wanted)}",
                )
