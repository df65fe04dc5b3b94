"""Calling a stranger's function: with a time limit, its output caught, its result looked at before it is believed.

Kernel          the callable of an adapter, guarded
Fault           what went wrong in a call, in one line
Unsupported     the kernel says that it does not do this size
"""

from __future__ import annotations

import contextlib
import io
import queue
import threading
import warnings
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ldrtheory.conform.arithmetic import Format
from ldrtheory.conform.libraries import Library


class Fault(Exception):
    """A call that gave no usable answer; kind is raises, shape, type, or hangs."""

    def __init__(self, kind: str, words: str) -> None:
        super().__init__(words)
        self.kind = kind


class Unsupported(Exception):
    """The kernel raised NotImplementedError: it does not do this size, which is no fault."""


class _Worker:
    """One daemon thread that runs calls; a call that does not come back leaves the thread behind."""

    def __init__(self) -> None:
        self.asked: queue.SimpleQueue[Callable[[], Any]] = queue.SimpleQueue()
        self.answered: queue.SimpleQueue[tuple[Any, BaseException | None]] = queue.SimpleQueue()
        threading.Thread(target=self._work, daemon=True, name="kernel").start()

    def _work(self) -> None:
        while True:
            call = self.asked.get()
            try:
                with np.errstate(all="ignore"):
                    self.answered.put((call(), None))
            except BaseException as error:
                self.answered.put((None, error))

    def run(self, call: Callable[[], Any], seconds: float) -> Any:
        self.asked.put(call)
        try:
            value, error = self.answered.get(timeout=seconds)
        except queue.Empty:
            raise Fault("hangs", f"did not return within {seconds:.3g} s") from None
        if error is not None:
            raise error
        return value


class Kernel:
    """A callable of an adapter: `kernel(parameters, x, m)` gives the result as numpy, checked for type and shape.

    printed: what it wrote to standard output or standard error in all calls; dtypes: the dtypes of its results.
    """

    def __init__(self, call: Callable[..., Any], library: Library, store: Format, seconds: float) -> None:
        self.call, self.library, self.store, self.seconds = call, library, store, seconds
        self.printed, self.calls, self.hung = "", 0, False
        self.dtypes: dict[str, int] = {}
        self._worker = _Worker()

    def give(self, x: np.ndarray) -> Any:
        """Return a numpy array as an array of the kernel's library."""
        return self.library.give(x, self.store.name)

    def guarded(self, call: Callable[[], Any]) -> Any:
        """Return what the call returns; raise Fault or Unsupported in place of whatever it raises."""
        if self.hung:
            raise Fault("hangs", "was not called again: an earlier call did not return")
        said = io.StringIO()
        self.calls += 1
        try:
            with (
                warnings.catch_warnings(),
                contextlib.redirect_stdout(said),
                contextlib.redirect_stderr(said),
            ):
                warnings.simplefilter("ignore")
                return self._worker.run(call, self.seconds)
        except Fault:
            self.hung = True
            raise
        except NotImplementedError as error:
            raise Unsupported(str(error)) from error
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            words = " ".join(str(error).split())
            raise Fault("raises", f"raised {type(error).__name__}: {words[:200]}") from error
        finally:
            self.printed += said.getvalue()[:1000]

    def taken(self, y: Any, shape: tuple[int, ...]) -> np.ndarray:
        """Return a result as numpy after checking that it is an array of the library, of the wanted shape."""
        out = self.library.take(y)
        if out is None:
            kind = f"{type(y).__module__}.{type(y).__name__}".removeprefix("builtins.")
            raise Fault("type", f"returned {kind}; wanted an array of {self.library.name}")
        if out.shape != shape:
            raise Fault("shape", f"returned shape {tuple(out.shape)}; wanted {shape}")
        if out.dtype.kind not in "fciub":
            raise Fault("type", f"returned dtype {out.dtype}; wanted {self.store.name}")
        name = self.library.dtype_of(y)
        self.dtypes[name] = self.dtypes.get(name, 0) + 1
        return out.astype(complex if out.dtype.kind == "c" else float)

    def __call__(self, parameters: Mapping[str, np.ndarray], x: np.ndarray, m: int) -> np.ndarray:
        """Return the result for x of shape (..., n) as float64 or complex128, of shape (..., m)."""
        given, vector = {k: self.give(v) for k, v in parameters.items()}, self.give(x)
        kept = [(a, a.copy()) for a in (x, *parameters.values())]
        try:
            y = self.guarded(lambda: self.call(given, vector))
            return self.taken(y, (*x.shape[:-1], m))
        finally:  # a kernel that writes into its inputs spoils its own calls only: a law of its own says so
            for own, before in kept:
                if own.flags.writeable:
                    own[...] = before
