"""Whole processes: the checker, a small verify, the cost of importing; seconds and peak memory."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from ldrtheory import verify
from ldrtheory.judge import CHECKER
from tests.benchmarks.measuring import Table, process

SEED = 20


def toeplitz(n: int, dtype: str, rng: np.random.Generator) -> np.ndarray:
    """A random Toeplitz matrix: displacement rank 2."""
    t = rng.integers(-(2**31) + 1, 2**31, 2 * n - 1) if dtype == "int64" else rng.standard_normal(2 * n - 1)
    return t[np.subtract.outer(np.arange(n), np.arange(n)) + n - 1].astype(dtype)


def tables() -> Iterable[Table]:
    """Yield the tables of this module."""
    rng = np.random.default_rng(SEED)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        yield checker(rng)
        yield whole_verify(rng)
        os.chdir("/")
    yield importing()


def checker(rng: np.random.Generator) -> Table:
    """The standard-library checker on exact-rank certificates."""
    table = Table(
        "The checker",
        "Whole process `python -I -S -O checker.py CERT`, Toeplitz pair, rank exactly 2 (full: random entries).",
        ("matrix", "seconds", "peak MB"),
    )
    for n, dtype, runs in [
        (1024, "int64", 3),
        (4096, "int64", 1),
        (1024, "float64", 3),
        (4096, "float64", 1),
    ]:
        np.save("T.npy", toeplitz(n, dtype, rng))
        verify("T.npy", "toeplitz")
        seconds, peak = process([sys.executable, "-I", "-S", "-O", str(CHECKER), "T.cert.json"], runs)
        table.add(f"{dtype}, n = {n}, rank 2", f"{seconds:.2f}", f"{peak:.0f}")
    np.save("R.npy", rng.standard_normal((1024, 1024)))
    verify("R.npy", "toeplitz")
    seconds, peak = process([sys.executable, "-I", "-S", "-O", str(CHECKER), "R.cert.json"], 1)
    table.add("float64, n = 1024, full", f"{seconds:.2f}", f"{peak:.0f}")
    return table


def whole_verify(rng: np.random.Generator) -> Table:
    """`ldrtheory verify` as a person runs it."""
    table = Table(
        "ldrtheory verify, whole process",
        "Second run, the checker's process included.",
        ("file", "seconds", "peak MB"),
    )
    program = str(Path(sys.executable).with_name("ldrtheory"))
    np.save("T.npy", toeplitz(256, "float64", rng))
    np.save("R.npy", rng.standard_normal((256, 256)))
    for name, what in [("T.npy", "rank 2"), ("R.npy", "full")]:
        for options, label in [(["--operators", "toeplitz"], "--operators toeplitz"), ([], "catalogue")]:
            seconds, peak = process([program, "verify", name, *options])
            table.add(f"float64, n = 256, {what}, {label}", f"{seconds:.2f}", f"{peak:.0f}")
    np.save("T.npy", toeplitz(4096, "int64", rng))
    seconds, peak = process([program, "verify", "T.npy", "--operators", "toeplitz"], 1)
    table.add("int64, n = 4096, rank 2, --operators toeplitz", f"{seconds:.2f}", f"{peak:.0f}")
    return table


def importing() -> Table:
    """The cost of importing, next to numpy's."""
    table = Table(
        "Importing",
        "Whole process `python -c 'import X'`; the ratio is against `import numpy`.",
        ("import", "seconds", "ratio"),
    )
    base, _ = process([sys.executable, "-c", "import numpy"], 7)
    table.add("numpy", f"{base:.3f}", "1")
    for statement in ("import ldrtheory", "import numpy, ldrtheory", "from ldrtheory import verify"):
        seconds, _ = process([sys.executable, "-c", statement], 7)
        table.add(f"`{statement}`", f"{seconds:.3f}", f"{seconds / base:.2f}")
    return table
