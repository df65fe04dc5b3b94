"""The process in which a stranger's kernel is judged; watch.py starts it, asks it and ends it.

serve       answer requests until the watching process goes away
Lines of JSON go both ways; the kernel's own output goes to a file, which standard error is when the process starts.
"""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import json
import os
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

import numpy as np

from ldrtheory.conform.adapter import Adapter, imported
from ldrtheory.conform.answer import written
from ldrtheory.conform.bench import Bench, Failure
from ldrtheory.conform.diagnosis import diagnose
from ldrtheory.conform.handed import names, replaced
from ldrtheory.conform.kernel import FRESH, PRINTED, UNTOUCHED, Kernel, worded
from ldrtheory.conform.laws import LAWS
from ldrtheory.conform.suite import certify, judge, judge_law, named, prepared, seen
from ldrtheory.errors import BadInput, LdrTheoryError, Undecided

Message = dict[str, Any]


def _mortal() -> None:
    """Die with the watching process, where the system offers that: a blocked interpreter hears of nothing."""
    with contextlib.suppress(OSError, AttributeError):
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


class _Channel:
    """What the watching process hears; it is not where the kernel prints."""

    def __init__(self) -> None:
        self._out = os.fdopen(os.dup(1), "wb")
        os.dup2(2, 1)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)

    def tell(self, message: Message) -> None:
        """Send one message; without a listener there is no reason to go on."""
        try:
            self._out.write(json.dumps(message).encode() + b"\n")
            self._out.flush()
        except OSError:
            os._exit(1)


def _requests(asked: BinaryIO) -> queue.SimpleQueue[Message]:
    """The requests as they come; the process ends when nobody can send any more."""
    waiting: queue.SimpleQueue[Message] = queue.SimpleQueue()

    def listen() -> None:
        for line in asked:
            waiting.put(json.loads(line))
        os._exit(1)

    threading.Thread(target=listen, daemon=True, name="requests").start()
    return waiting


def _bench(request: Message, tell: Callable[[Message], None]) -> Bench:
    """Import the kernel and prepare its bench."""
    target, options = request["target"], request["adapter"]
    Adapter(call=print, **options)  # what is wrong with the request is said before anything is imported
    known = names((np, np.linalg))
    try:
        call = imported(target)
    except LdrTheoryError:
        raise
    except BaseException as error:
        raise BadInput(
            f"{target} cannot be imported: {worded(error)} (modules of the current folder are found)"
        ) from None
    if changed := replaced(known):
        raise BadInput(
            f"{target} cannot be judged: its module replaces {', '.join(changed)}, for the judge as well; "
            "wanted a module that leaves numpy as it is."
        )
    adapter = Adapter(call=call, **options)
    tell({"kind": "imported", "family": named(adapter), "algorithm": adapter.how})
    sys.stdout.flush()
    sys.stderr = open(os.devnull, "w")  # noqa: SIM115 - from here on only calls of the kernel are heard
    try:
        return prepared(adapter, request["seed"])
    except ImportError as error:
        raise BadInput(f"the library {adapter.library} cannot be imported: {worded(error)}") from error


def _printed() -> str:
    """The beginning of what the kernel, its module or its compiled code wrote below Python's own streams."""
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
    if os.name == "posix":
        ctypes.CDLL(None).fflush(None)  # what compiled code wrote is still in the buffers of its library
    try:
        end = os.lseek(2, 0, os.SEEK_END)
        os.lseek(2, 0, os.SEEK_SET)
        text = os.read(2, PRINTED)
        os.lseek(2, end, os.SEEK_SET)
    except OSError:
        return ""
    return text.decode(errors="replace")


class _Server:
    """A bench, and which of its laws have been judged."""

    def __init__(self, bench: Bench, tell: Callable[[Message], None]) -> None:
        self.bench, self.tell = bench, tell
        self.judged: set[str] = set()

    def judge(self, request: Message) -> Message:
        """Every law."""
        answer = judge(
            self.bench,
            certificate=request["certificate"],
            progress=lambda done, total, law: self.tell(
                {"kind": "progress", "done": done, "total": total, "law": law}
            ),
            told=lambda result: self.tell({"kind": "law", **result.json()}),
        )
        answer = replace(answer, printed=(answer.printed + "\n" + _printed()).strip())
        if answer.certificate is not None:
            answer = replace(answer, certificate=request["shown"])
        return {
            "text": str(answer),
            "json": answer.json(),
            "status": answer.status,
            "certificate": answer.certificate,
        }

    def law(self, request: Message) -> Message:
        """One law, with what a failure has to say."""
        law = next(law for law in LAWS if law.name == request["law"])
        self.tell({"kind": "progress", "done": 0, "total": 1, "law": law.name})
        if self.bench.kernel.hung:
            return {"result": None, "lines": None, "words": "not tried: an earlier call hangs"}
        result, failure = judge_law(self.bench, law)
        lines: list[str] | None = None
        if failure is None:
            for other in {UNTOUCHED, FRESH} & self.judged:  # those have been answered for: say it here
                failure = failure or seen(self.bench, other)
        self.judged.add(law.name)
        if failure is not None:
            result = replace(result, passed=False, words=failure.words)
            lines = [f"{failure.law}: {law.says}" if failure.law == law.name else failure.law, failure.words]
            lines += self._explained(failure, request)
        return {"result": result.json(), "says": law.says, "lines": lines, "words": result.words}

    def _explained(self, failure: Failure, request: Message) -> list[str]:
        """The conventions under which the kernel would be right, and where the counterexample was written."""
        said = [d.sentence for d in diagnose(self.bench)]
        kept = certify(self.bench, failure, request["certificate"])
        return said if kept is None else [*said, written(Path(request["certificate"]).name, *kept)]


def serve(asked: BinaryIO, first: Message) -> NoReturn:
    """Answer the first request, then those that come from `asked`, for ever."""
    channel = _Channel()
    _mortal()
    requests = _requests(asked)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the watching process is the one to interrupt
    with contextlib.suppress(OSError, ValueError):
        faulthandler.enable()
    Kernel.watch = channel.tell
    server: _Server | None = None
    request = first
    while True:
        try:
            if server is None:
                server = _Server(_bench(request, channel.tell), channel.tell)
                done: Message = {}
            else:
                done = {"judge": server.judge, "law": server.law}[request["do"]](request)
            channel.tell({"kind": "done", **done})
        except Undecided as error:
            channel.tell({"kind": "undecided", "words": str(error)})
        except (LdrTheoryError, OSError) as error:
            channel.tell({"kind": "refused", "words": str(error)})
        except MemoryError:
            channel.tell({"kind": "memory"})
        except BaseException as error:
            channel.tell({"kind": "ours", "words": worded(error), "traceback": traceback.format_exc()})
        request = requests.get()
