"""Calling a stranger's function: with a time limit, its output caught, its result looked at before it is believed.

Kernel          the callable of an adapter, guarded
Record          what its calls have shown so far
Fault           what went wrong in a call, in one line
Unsupported     the kernel says that it does not do this size
visible, worded     a text, or an exception, as one line that a terminal shows as it is

A thread makes the calls.  A call that keeps the interpreter's lock, or ends the process, also stops whoever waits for
the thread: the command line and pytest --conform judge in a process of its own (watch.py), which can be ended.
"""

from __future__ import annotations

import contextlib
import io
import queue
import threading
import warnings
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from ldrtheory.conform.arithmetic import Format
from ldrtheory.conform.handed import Handed, Returned, fresh, names, replaced
from ldrtheory.conform.libraries import Library

PRINTED = 2000  # characters that are kept
UNTOUCHED, FRESH = "inputs-untouched", "fresh-results"  # laws that every call is watched for


class Fault(Exception):
    """A call that gave no usable answer; kind is raises, shape, type, replaces or hangs."""

    def __init__(self, kind: str, words: str) -> None:
        super().__init__(words)
        self.kind = kind


class Unsupported(Exception):
    """The kernel raised NotImplementedError: it does not do this size, which is no fault."""


def visible(text: str) -> str:
    r"""Return the text as one line in which everything that does not print is an escape.

    >>> visible("no\n such \x1b[31msize")
    'no such \\x1b[31msize'
    """
    line = " ".join(text.split())
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)


def worded(error: BaseException) -> str:
    """Return the class of an exception and what it says, which may be nothing, or itself go wrong."""
    try:
        words = str(error)
    except BaseException as again:
        words = f"(its text raises {type(again).__name__})"
    return visible(f"{type(error).__name__}: {words}").removesuffix(":")[:240]


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

    def run(self, call: Callable[[], Any], seconds: float) -> tuple[Any, BaseException | None]:
        """Return (result, exception) of a call; raise queue.Empty when the time is over."""
        self.asked.put(call)
        return self.answered.get(timeout=seconds)


class _Said(io.StringIO):
    """What a kernel prints, from the beginning; closing it, as some do with sys.stdout, does nothing."""

    def write(self, text: str) -> int:
        return super().write(text) if self.tell() < PRINTED else len(text)

    def close(self) -> None:
        pass


@dataclass
class Record:
    """What the calls of a kernel, and of its transposes, have shown so far.

    printed: the beginning of its standard output and standard error.  hung: whether a call did not return.
    broken: law -> in words how a call broke it.
    """

    printed: str = ""
    calls: int = 0
    hung: bool = False
    broken: dict[str, str] = field(default_factory=dict)
    results: Returned = field(default_factory=Returned)


class Kernel:
    """A callable of an adapter: `kernel(parameters, x, m)` gives the result as numpy, checked for type and shape.

    Every call gets copies of its own, so what a kernel keeps and writes into is not what the judge has recorded.
    dtypes: the dtypes of its results.  shapes: (m, n) of the matrices that it has multiplied by.
    watch: told before and after every call, in a process that is watched.
    """

    watch: ClassVar[Callable[[dict[str, Any]], None] | None] = None

    def __init__(self, call: Callable[..., Any], library: Library, store: Format, seconds: float) -> None:
        self.call, self.library, self.store, self.seconds = call, library, store, seconds
        self.record = Record()
        self.dtypes: dict[str, int] = {}
        self.shapes: set[tuple[int, int]] = set()
        self._worker = _Worker()

    @property
    def hung(self) -> bool:
        """Whether a call did not return: there are no more."""
        return self.record.hung

    @property
    def printed(self) -> str:
        """The beginning of what it wrote to standard output and standard error."""
        return self.record.printed

    def like(self, call: Callable[..., Any]) -> Kernel:
        """Return the same for another callable of the same author, with one record for both."""
        other = copy(self)
        other.call, other.dtypes, other.shapes = call, {}, set()
        return other

    def give(self, x: np.ndarray) -> Any:
        """Return a copy of a numpy array, with its strides, as an array of the kernel's library."""
        return self.library.give(fresh(x), self.store.name)

    def _tell(self, **message: Any) -> None:
        if Kernel.watch is not None:
            Kernel.watch(message)

    def guarded(self, call: Callable[[], Any], about: str = "") -> Any:
        """Return what the call returns; raise Fault or Unsupported in place of whatever it raises.

        about: what is asked, in words, for those who watch.
        """
        if self.hung:
            raise Fault("hangs", "was not called again: an earlier call did not return")
        said, known = _Said(), names()
        self.record.calls += 1
        self._tell(kind="call", about=about, seconds=self.seconds)
        try:
            with (
                warnings.catch_warnings(),
                contextlib.redirect_stdout(said),
                contextlib.redirect_stderr(said),
            ):
                warnings.simplefilter("ignore")
                value, error = self._worker.run(call, self.seconds)
        except queue.Empty:
            self.record.hung = True
            raise Fault("hangs", f"did not return within {self.seconds:.3g} s") from None
        finally:
            changed = replaced(known)
            self.record.printed = (self.record.printed + said.getvalue())[:PRINTED]
            self._tell(kind="back", hung=self.record.hung)
        if changed:
            raise Fault("replaces", f"replaced {', '.join(changed)} for everybody")
        if isinstance(error, NotImplementedError):
            raise Unsupported(worded(error).removeprefix("NotImplementedError: ")) from error
        if error is not None:
            raise Fault("raises", f"raised {worded(error)}") from error
        return value

    def asked(self, call: Callable[..., Any], **arguments: Any) -> Any:
        """Return what the call returns for fresh copies of the arguments: numpy arrays, or mappings of names to them.

        They are passed in their order; what the call does to them, and to earlier results, goes into the record.
        """
        handed = Handed(self.library, self.store.name, arguments)
        about = ", ".join(
            f"{k} of shape {np.shape(v)}" for k, v in arguments.items() if not isinstance(v, Mapping)
        )
        try:
            return self.guarded(lambda: call(*handed.given), about)
        except Fault as fault:
            if not isinstance(fault.__cause__, KeyError):
                raise
            names = ", ".join(name for v in arguments.values() if isinstance(v, Mapping) for name in v)
            raise Fault(
                fault.kind, f"{fault}; the parameters it is given are called: {names or '(none)'}"
            ) from fault
        finally:
            if not self.hung:
                self._look(handed, about)

    def _look(self, handed: Handed, about: str) -> None:
        """Record what a call has done besides returning a result."""
        if UNTOUCHED not in self.record.broken and (changes := handed.changes()):
            self.record.broken[UNTOUCHED] = f"{about}: {changes[0]}"
        if FRESH not in self.record.broken and self.record.results.overwritten(self.library):
            self.record.broken[FRESH] = f"{about}: the call wrote into the result of an earlier one"

    def taken(self, y: Any, shape: tuple[int, ...]) -> np.ndarray:
        """Return a result as numpy after checking that it is an array of the library, of the wanted shape."""
        kind = visible(f"{type(y).__module__}.{type(y).__name__}").removeprefix("builtins.")
        try:
            out, name = self.library.take(y), ""
            if out is not None:
                name = self.library.dtype_of(y)
        except Exception as error:
            raise Fault("type", f"returned {kind} that cannot be read: {worded(error)}") from error
        if out is None:
            raise Fault("type", f"returned {kind}; wanted an array of {self.library.name}")
        if out.shape != shape:
            raise Fault("shape", f"returned shape {tuple(out.shape)}; wanted {shape}")
        if out.dtype.kind not in "fciub":
            raise Fault("type", f"returned dtype {out.dtype}; wanted {self.store.name}")
        self.dtypes[name] = self.dtypes.get(name, 0) + 1
        with np.errstate(all="ignore"):
            return out.astype(complex if out.dtype.kind == "c" else float)

    def __call__(self, parameters: Mapping[str, np.ndarray], x: np.ndarray, m: int) -> np.ndarray:
        """Return the result for x of shape (..., n) as float64 or complex128, of shape (..., m)."""
        y = self.asked(self.call, parameters=parameters, x=x)
        out = self.taken(y, (*x.shape[:-1], m))
        self.record.results.keep(y, self.library.take(y))
        shape = (m, x.shape[-1])
        if shape not in self.shapes:
            self.shapes.add(shape)
            self._tell(kind="size", size=max(shape))
        return out
