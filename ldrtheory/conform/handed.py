"""Arrays handed to a stranger's function, and what became of them.

fresh       a copy with the same strides
Handed      the fresh copies that one call gets; changes: what the function did to them
Returned    the last results; overwritten: whether a later call wrote into one
names, replaced     what numpy calls its functions, before and after a call or an import
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from ldrtheory.conform.libraries import Library

_FILLING: Final = 7  # what lies between the entries of an array with gaps
_KEPT: Final = 3  # results: a kernel may use several buffers in turn
SPACES: Final = (np, np.linalg, np.fft)
Names = list[tuple[Any, dict[str, Any]]]


def fresh(a: np.ndarray) -> np.ndarray:
    """Return a copy that owns its memory and has the strides of `a` (gaps, negative steps, broadcast axes).

    >>> fresh(np.arange(6.0)[::-2]).strides, fresh(np.broadcast_to(np.ones(2), (3, 2))).strides
    ((-16,), (0, 8))
    """
    a = np.asarray(a)
    copy = a.copy(order="K")
    if copy.strides != a.strides and a.size:
        steps = [(n - 1) * s for n, s in zip(a.shape, a.strides)]
        below, above = -sum(s for s in steps if s < 0), sum(s for s in steps if s > 0)
        memory = np.full((below + above) // a.itemsize + 1, _FILLING, dtype=a.dtype)
        copy = np.ndarray(a.shape, a.dtype, memory, below, a.strides)
        copy[...] = a
    copy.flags.writeable = a.flags.writeable
    return copy


def _form(given: Any) -> tuple[Any, ...]:
    """What a numpy array says of itself besides its entries."""
    if not isinstance(given, np.ndarray):
        return ()
    return given.shape, given.dtype, given.strides, given.flags.writeable


class Handed:
    """Fresh copies of the arguments of one call, in the arrays of a library.

    arguments: by name, numpy arrays or mappings of names to them.  given: the same as the function gets them, in order.
    """

    def __init__(self, library: Library, dtype: str, arguments: Mapping[str, Any]) -> None:
        self.library = library
        self.given: list[Any] = []
        self._arrays: list[tuple[str, Any, np.ndarray, tuple[Any, ...]]] = []
        self._mappings: list[tuple[str, dict[str, Any], dict[str, Any]]] = []

        def hand(label: str, a: np.ndarray) -> Any:
            given = library.give(fresh(a), dtype)
            self._arrays.append((label, given, a, _form(given)))
            return given

        for name, value in arguments.items():
            if isinstance(value, Mapping):
                prefix = "the parameter " if name == "parameters" else f"{name} of "
                mapping = {k: hand(f"{prefix}{k}", v) for k, v in value.items()}
                self._mappings.append((prefix, mapping, dict(mapping)))
                self.given.append(mapping)
            else:
                self.given.append(hand(name, np.asarray(value)))

    def changes(self) -> list[str]:
        """Return what was modified, one line each."""
        out = []
        for label, given, before, form in self._arrays:
            after = _form(given)
            if after != form:
                said = zip(("shape", "dtype", "strides", "writeable flag"), form, after)
                what = ", ".join(f"its {name} from {a} to {b}" for name, a, b in said if a != b)
                out.append(f"{label} was modified: {what}")
            elif not _same(self.library, given, before):
                out.append(f"{label} was modified")
        for prefix, mapping, first in self._mappings:
            if mapping.keys() != first.keys() or any(mapping[k] is not first[k] for k in first):
                lost = [k for k in first if mapping.get(k) is not first[k]]
                out += [f"{prefix}{k} was modified: it is another array now" for k in lost]
                out += [f"{prefix}{k} was added" for k in mapping if k not in first]
        return out


def _same(library: Library, given: Any, before: np.ndarray) -> bool:
    try:
        now = library.take(given)
    except Exception:  # whatever a library says of an array that was taken to pieces
        return False
    return now is not None and now.shape == before.shape and np.array_equal(now, before, equal_nan=True)


class Returned:
    """The last results of a kernel, as it returned them, with their entries at that time."""

    def __init__(self) -> None:
        self._kept: deque[tuple[Any, np.ndarray]] = deque(maxlen=_KEPT)

    def keep(self, result: Any, entries: np.ndarray | None) -> None:
        """Remember a result that is an array."""
        if entries is not None:
            self._kept.append((result, entries.copy()))

    def overwritten(self, library: Library) -> bool:
        """Whether one of them has other entries by now."""
        return not all(_same(library, result, entries) for result, entries in self._kept)


def names(spaces: tuple[Any, ...] = SPACES) -> Names:
    """Return what these modules call their functions now."""
    return [(space, dict(vars(space))) for space in spaces]


def replaced(before: Names) -> list[str]:
    """Return the names that stand for something else now, after giving them back what they stood for."""
    out = []
    for space, known in before:
        current = vars(space)
        for name in [k for k, v in known.items() if current.get(k) is not v]:
            out.append(f"{space.__name__}.{name}")
            setattr(space, name, known[name])
    return out
