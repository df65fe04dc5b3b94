"""How the benchmarks measure.

timed(f)            median seconds of a warm call, with the spread
process(command)    wall seconds and peak memory of a whole process
Table               a Markdown table with a title
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass
class Table:
    """A Markdown table: a title, what it says, and rows of cells."""

    title: str
    says: str
    head: Sequence[str]
    rows: list[Sequence[object]] = field(default_factory=list)

    def add(self, *cells: object) -> None:
        """Add a row and print it, so that a reader at a terminal sees it come."""
        self.rows.append(cells)
        print(f"{self.title}: " + " | ".join(map(str, cells)), flush=True)

    def markdown(self) -> str:
        """Return the table as Markdown."""
        lines = [f"## {self.title}", "", self.says, "", "| " + " | ".join(self.head) + " |"]
        lines.append("|" + "|".join("---" if k == 0 else "--:" for k in range(len(self.head))) + "|")
        lines += ["| " + " | ".join(map(str, row)) + " |" for row in self.rows]
        return "\n".join([*lines, ""])


def timed(f: Callable[[], object], runs: int = 3) -> float:
    """Return the median wall time of `runs` calls after one that is not counted."""
    f()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        f()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


# Linux counts the memory of the process that forked towards the peak of its child, so a small process does the forking
_LAUNCHER = """
import json, os, subprocess, sys, time
start = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(child.pid, 0)
print(json.dumps([os.waitstatus_to_exitcode(status), time.perf_counter() - start, usage.ru_maxrss / 1024]))
"""


def process(command: Sequence[str], runs: int = 3) -> tuple[float, float]:
    """Return the median wall seconds and the peak memory in MB of a command, after a run that is not counted."""
    times, peak = [], 0.0
    for k in range(runs + 1):
        launched = [sys.executable, "-I", "-S", "-c", _LAUNCHER, *command]
        done = subprocess.run(launched, capture_output=True, check=True)
        code, seconds, memory = json.loads(done.stdout)
        if code not in (0, 1):
            raise RuntimeError(f"{command} ended with {code}: {done.stderr.decode()}")
        if k:
            times.append(seconds)
            peak = max(peak, memory)
    return statistics.median(times), peak
