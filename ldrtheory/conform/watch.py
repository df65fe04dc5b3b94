"""Watching the process in which a stranger's kernel is judged.

Watched         such a process: asked, and ended when a call takes too long
Ended           it ended, or was ended, without an answer: what the kernel did
broken_off      the answer of the judge in that case

The kernel may end its process, crash it, or keep the interpreter's lock for ever: here it is another process, and
only an answer that arrives counts.  Nothing heavy is imported: the other process does that.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from ldrtheory.errors import BadInput, Undecided

if TYPE_CHECKING:
    from ldrtheory.conform.answer import Answer

SLACK: Final = 2.0  # seconds that a call may take beyond its limit before its process is ended
AFTERWARDS: Final = 60.0  # seconds in which the judge has to be done after a call that did not return
_BOOT: Final = """
import json, os, sys
asked = os.fdopen(os.dup(0), "rb")
first = json.loads(asked.readline())
sys.path[:] = first["path"]
from ldrtheory.conform.child import serve
serve(asked, first)
"""
Progress = Callable[[int, int, str], None]


class Ended(Exception):
    """The process of a kernel ended without an answer; its words say what the kernel did."""


class _Late(Exception):
    """There was no message in time."""


class Watched:
    """A process with the kernel of a request, ready to be asked.

    request: target, adapter (its options), seed.  Raises BadInput where the request is wrong or the kernel's module
    cannot be imported, Ended where the kernel ends the process or hangs, now and in `ask`.

    laws: the results so far; law: the one at work; sizes: those at which the kernel gave a result.  ended: whether the
    process is gone; printed: then, the beginning of what it wrote.
    """

    def __init__(self, request: dict[str, Any], progress: Progress | None = None) -> None:
        self.request, self.progress = request, progress
        self.facts: dict[str, Any] | None = None
        self.laws: list[dict[str, Any]] = []
        self.law = "values"
        self.sizes: set[int] = set()
        self.printed = ""
        self.ended = False
        self._call: dict[str, Any] | None = None
        self._deadline: float | None = None
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the process lives
        self._messages: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _BOOT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            start_new_session=True,  # Ctrl-C is for the watching process
        )

        self._listener = threading.Thread(target=self._listen, daemon=True, name="watching")

    def start(self) -> Watched:
        """Import the kernel and prepare what it is tried on."""
        self._listener.start()
        self.ask(self.request | {"path": [str(folder) for folder in sys.path]})
        return self

    def _listen(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            for line in self._process.stdout or ():
                self._messages.put(json.loads(line))
        self._messages.put(None)

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return what the process answers."""
        stdin = self._process.stdin
        with contextlib.suppress(OSError):  # it has ended: that is found below
            if stdin is not None:
                stdin.write(json.dumps(request).encode() + b"\n")
                stdin.flush()
        while True:
            try:
                message = self._next()
            except _Late:
                raise Ended(self._ended(self._too_long())) from None
            if message is None:
                raise self._unanswered()
            answer = self._heard(message)
            if answer is not None:
                return answer

    def _heard(self, message: dict[str, Any]) -> dict[str, Any] | None:
        """Take note of a message; return it if it is an answer."""
        kind = message.pop("kind")
        if kind == "call":
            self._call, self._deadline = message, time.monotonic() + message["seconds"] + SLACK
        elif kind == "back":
            self._deadline = time.monotonic() + AFTERWARDS if message["hung"] else None
            self._call = self._call if message["hung"] else None
        elif kind == "size":
            self.sizes.add(message["size"])
        elif kind == "progress":
            self.law = message["law"]
            if self.progress is not None:
                self.progress(message["done"], message["total"], message["law"])
        elif kind == "law":
            self.laws.append(message)
        elif kind == "imported":
            self.facts = message
        elif kind == "undecided":
            raise Undecided(message["words"])
        elif kind == "refused":
            raise BadInput(message["words"])
        elif kind == "memory":
            raise MemoryError
        elif kind == "ours":
            error = RuntimeError(message["words"])
            error.add_note(message["traceback"])
            raise error
        elif kind == "done":
            self._deadline = None
            return message
        return None

    def _next(self) -> dict[str, Any] | None:
        """The next message; None if the process has ended, or can be heard no more."""
        while True:
            late = self._deadline is not None and time.monotonic() > self._deadline
            with contextlib.suppress(queue.Empty):
                return self._messages.get(timeout=0.2)
            if self._process.poll() is not None:  # what it started may keep the pipe open
                with contextlib.suppress(queue.Empty):
                    return self._messages.get(timeout=1.0)
                return None
            if late:  # and nothing had come in the meantime
                raise _Late

    def _too_long(self) -> str:
        call = self._call or {"about": "", "seconds": 0.0}
        return (
            f"did not return within {call['seconds']:.3g} s and kept the interpreter: its process was ended"
        )

    def _ended(self, words: str) -> str:
        """End the process, keep what was printed, say what the kernel did."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=1.0 if self._deadline is None else 0.01)
        self.close()
        about = self._call["about"] if self._call else ""
        return f"{about}: the kernel {words}" if about else f"the kernel {words}"

    def _unanswered(self) -> Exception:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=1.0)
        code = self._process.poll()
        how = "closed the files of its process"
        if code is not None and code < 0:
            known = {s.value: s.name for s in signal.Signals}
            how = f"crashed its process: signal {-code}, {known.get(-code, 'unknown')}"
        elif code is not None:
            how = f"ended its process, with exit status {code}"
        words = self._ended(how)
        if self.facts is None:
            last = f" ({self.printed.splitlines()[-1]})" if self.printed else ""
            return BadInput(f"{self.request['target']} cannot be imported: its module {how}{last}")
        return Ended(words)

    def close(self) -> None:
        """End the process and whatever it has started."""
        if self.ended:
            return
        self.ended = True
        with contextlib.suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()
        self._process.wait()
        with contextlib.suppress(OSError):
            self._said.seek(0)
            self.printed = self._said.read(4000).decode(errors="replace").strip()
        if self._listener.is_alive():
            self._listener.join(timeout=1.0)
        heard = None if self._listener.is_alive() else self._process.stdout  # what got away may keep it open
        for stream in (self._process.stdin, heard, self._said):
            with contextlib.suppress(OSError):
                if stream is not None:
                    stream.close()

    def __enter__(self) -> Watched:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def broken_off(watched: Watched, ended: Ended) -> Answer:
    """Return the answer about a kernel whose process ended: the law at work fails, later ones were not tried."""
    from ldrtheory.conform.answer import Answer, LawResult
    from ldrtheory.conform.bench import Failure
    from ldrtheory.conform.laws import LAWS

    known, results = {law["law"]: law for law in watched.laws}, []
    for law in LAWS:
        if law.name in known:
            r = known[law.name]
            ratio = float("inf") if r["worst_ratio"] is None else r["worst_ratio"]
            results.append(LawResult(law.name, law.says, r["passed"], r["cases"], ratio, r["words"]))
        elif law.name == watched.law:
            results.append(LawResult(law.name, law.says, False, 0, float("inf"), str(ended)))
        else:
            words = "not tried: the process of the kernel has ended"
            results.append(LawResult(law.name, law.says, None, 0, 0.0, words))
    options, facts = watched.request["adapter"], watched.facts or {}
    return Answer(
        kernel=options["name"],
        family=facts["family"],
        dtype=options["dtype"],
        algorithm=facts["algorithm"],
        seed=watched.request["seed"],
        laws=tuple(results),
        failure=Failure(watched.law, str(ended)),
        convention=options["convention"],
        sizes=tuple(sorted(watched.sizes)),
        printed=watched.printed,
    )
