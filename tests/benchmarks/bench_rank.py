"""The exact rank producer against the floating-point habit, in one run: seconds in process, warm, evidence included."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from ldrtheory.certify.rank.decide import rank_evidence
from tests.benchmarks.measuring import Table, process, timed

SEED = 7
PAIR: dict[str, Any] = {
    "kind": "sylvester",
    "left": {"op": "shift", "corner": 1},
    "right": {"op": "shift", "corner": -1},
}
ORDINARY: dict[str, Any] = {"kind": "sylvester", "left": {"op": "identity"}, "right": {"op": "zero"}}


def toeplitz(values: np.ndarray) -> np.ndarray:
    """The square Toeplitz matrix of 2n - 1 values."""
    n = (len(values) + 1) // 2
    return values[np.subtract.outer(np.arange(n), np.arange(n)) + n - 1]


def inputs(n: int, rng: np.random.Generator) -> Iterable[tuple[str, np.ndarray]]:
    """Yield the matrices of one size: displacement rank 2, 4 with a dense residual, and full."""
    yield "float64, rank 2", toeplitz(rng.standard_normal(2 * n - 1))
    yield "int64 below 2^31, rank 2", toeplitz(rng.integers(-(2**31) + 1, 2**31, 2 * n - 1))
    first, second = (toeplitz(rng.integers(-1000, 1001, 2 * n - 1)).astype(float) for _ in range(2))
    product = first @ second  # below 2^53, so exact
    yield "float64, rank 4, product of two Toeplitz", product
    yield "int64, rank 4, product of two Toeplitz", product.astype(np.int64)
    yield "float64, full", rng.standard_normal((n, n))


def habit(M: np.ndarray) -> Callable[[], object]:
    """numpy.linalg.matrix_rank(A @ M - M @ B), operators as arrays made beforehand."""
    n = len(M)
    A = np.diag(np.ones(n - 1), -1)
    B = A.copy()
    A[0, -1], B[0, -1] = 1, -1
    X = M.astype(float)
    return lambda: np.linalg.matrix_rank(A @ X - X @ B)


def tables() -> Iterable[Table]:
    """Yield the tables of this module."""
    yield against_habit()
    yield other_ranks()
    yield memory()


def against_habit() -> Table:
    """Seconds and ratios for the pair (Z_1, Z_-1)."""
    table = Table(
        "Exact displacement rank, in process",
        "Pair (Z_1, Z_-1), `rank_evidence` warm; the habit is `numpy.linalg.matrix_rank(A @ M - M @ B)`, same run.",
        ("matrix", "rank found", "seconds", "habit, seconds", "habit / exact"),
    )
    for n in (256, 512, 1024, 2048, 4096):
        rng = np.random.default_rng(SEED)
        for name, M in inputs(n, rng):
            runs = 3 if n < 4096 or "full" not in name else 1
            seconds = timed(lambda M=M: rank_evidence(M, "Q", PAIR), runs)
            rank = rank_evidence(M, "Q", PAIR).rank
            float_habit = habit(M)
            if n < 2048:
                usual = timed(float_habit)
            else:
                start = time.perf_counter()
                float_habit()
                usual = time.perf_counter() - start
            table.add(f"{name}, n = {n}", rank, f"{seconds:.4f}", f"{usual:.3f}", f"{usual / seconds:.1f}")
    return table


def other_ranks() -> Table:
    """Larger ranks, wild exponents, complex and rational entries: correct, and how long."""
    table = Table(
        "Other ranks and entries, in process",
        "`rank_evidence` warm; the route is what `auto` took.",
        ("matrix", "rank found", "route", "evidence", "seconds"),
    )
    rng = np.random.default_rng(SEED)
    n = 1024

    def add(name: str, M: np.ndarray, field: str, equation: dict[str, Any]) -> None:
        seconds = timed(lambda: rank_evidence(M, field, equation), 1)
        answer = rank_evidence(M, field, equation)
        table.add(name, answer.rank, answer.route, answer.evidence["at_most"]["method"], f"{seconds:.3f}")

    for r in (8, 16, 32):
        G, H = rng.integers(-100, 101, (n, r)), rng.integers(-100, 101, (r, n))
        add(f"int64, n = {n}, ordinary rank {r}", G @ H, "Q", ORDINARY)
    G, H = rng.integers(-100, 101, (300, 100)), rng.integers(-100, 101, (100, 300))
    add("int64, n = 300, ordinary rank 100", G @ H, "Q", ORDINARY)
    M = rng.integers(-100, 101, (400, 400))
    M[:, 5] = M[:, 6] - M[:, 7]
    add("int64, n = 400, ordinary rank 399", M, "Q", ORDINARY)
    wild = np.ldexp(rng.integers(1, 100, 2 * n - 1).astype(float), rng.integers(-1074, 960, 2 * n - 1))
    add(f"float64 with exponents from -1074 to 960, n = {n}", toeplitz(wild), "Q", PAIR)
    T = toeplitz(rng.standard_normal(2 * n - 1) + 1j * rng.standard_normal(2 * n - 1))
    add(f"complex128, n = {n}", T, "Q(zeta_4)", PAIR)
    return table


def memory() -> Table:
    """Peak memory of a process that makes the matrix and decides its rank."""
    table = Table(
        "Memory of the producer",
        "Peak of a whole process that loads the matrix (128 MB at n = 4096) and calls `rank_evidence`.",
        ("matrix", "seconds, with start and compiled code from the cache", "peak MB"),
    )
    program = (
        "import numpy as np; from ldrtheory.certify.rank.decide import rank_evidence;"
        "from tests.benchmarks import bench_rank as b;"
        "rng = np.random.default_rng(7); n = 4096; t = {values};"
        "i = np.arange(n, dtype=np.int32); M = {matrix}; rank_evidence(M, 'Q', b.PAIR)"
    )
    square = "t[i[:, None] - i[None] + np.int32(n - 1)]"
    for name, values, matrix in [
        ("float64, n = 4096, rank 2", "rng.standard_normal(2 * n - 1)", square),
        ("int64, n = 4096, rank 2", "rng.integers(-2**31 + 1, 2**31, 2 * n - 1)", square),
        ("float64, n = 4096, full", "0", "rng.standard_normal((n, n))"),
    ]:
        seconds, peak = process([sys.executable, "-c", program.format(values=values, matrix=matrix)], 1)
        table.add(name, f"{seconds:.2f}", f"{peak:.0f}")
    return table
