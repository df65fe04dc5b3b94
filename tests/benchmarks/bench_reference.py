"""The reference multiplies against named baselines: medians of the ratios of paired runs, targets beside.

Run in a process of its own, so that BLAS has one thread.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

import numpy as np

from tests.benchmarks.measuring import Table

SEED = 5
HEAD = ("multiply", "n", "batch", "microseconds", "baseline", "ratio", "target")
Call = Callable[[], object]


def paired(ours: Call, theirs: Call, runs: int = 25) -> tuple[float, float]:
    """Return the median of ours / theirs over runs that follow each other, and the median seconds of ours."""
    ours()
    theirs()
    ratios, seconds = [], []
    for _ in range(runs):
        start = time.perf_counter()
        ours()
        middle = time.perf_counter()
        theirs()
        end = time.perf_counter()
        ratios.append((middle - start) / (end - middle))
        seconds.append(middle - start)
    return statistics.median(ratios), statistics.median(seconds)


def tables() -> Iterable[Table]:
    """Yield the tables of this module, measured in another process."""
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.bench_reference"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    *printed, data = done.stdout.splitlines()
    print("\n".join(printed))
    for table in json.loads(data):
        yield Table(**table)


def measured() -> Iterable[Table]:
    """Measure."""
    yield floats()
    yield recurrences()
    yield wide()
    yield threads()
    yield first_calls()


def _add(
    table: Table,
    what: str,
    n: int,
    batch: int,
    ours: Call,
    name: str,
    theirs: Call,
    target: str,
    runs: int = 25,
) -> None:
    ratio, seconds = paired(ours, theirs, runs)
    table.add(what, n, batch, f"{seconds * 1e6:.1f}", name, f"{ratio:.2f}", target)


def _normal(rng: np.random.Generator, family: str) -> dict[str, np.ndarray]:
    from ldrtheory.families import parse_family

    return {slot.name: rng.standard_normal(slot.shape) for slot in parse_family(family).slots()}


def floats() -> Table:
    """float64, one thread."""
    import scipy.fft as sf
    import scipy.linalg as sl

    from ldrtheory.reference import Reference

    table = Table(
        "Reference multiplies, float64, one thread",
        "Median of the ratios of paired runs; the baseline runs on the same batch. Targets are upper limits, "
        "but `>=` says how many times faster.",
        HEAD,
    )
    rng = np.random.default_rng(SEED)

    def made(family: str, algorithm: str) -> Any:
        return Reference(family, _normal(rng, family), algorithm=algorithm)

    for exponent in (10, 12, 14, 16, 18):
        n = 1 << exponent
        R = made(f"Circulant({n})", "transform")
        for batch in (1, 64) if exponent <= 14 else (1,):
            x = rng.standard_normal((batch, n))
            _add(
                table,
                "circulant",
                n,
                batch,
                lambda R=R, x=x: R.multiply(x),
                "rfft(n)",
                lambda x=x: sf.rfft(x),
                "2.3",
            )
    for exponent in (12, 14, 16, 18):
        n = 1 << exponent
        R = made(f"Toeplitz({n})", "transform")
        x, t = rng.standard_normal(n), R.parameters["t"]
        _add(
            table, "Toeplitz", n, 1, lambda R=R, x=x: R.multiply(x), "rfft(n)", lambda x=x: sf.rfft(x), "5.5"
        )
        pair = t[n - 1 :].copy(), t[n - 1 :: -1].copy()
        inverse, seconds = paired(
            lambda R=R, x=x: R.multiply(x), lambda c=pair, x=x: sl.matmul_toeplitz(c, x), 9
        )
        cells = (
            f"{seconds * 1e6:.1f}",
            "scipy.linalg.matmul_toeplitz",
            f"1/{1 / inverse:.1f}",
            ">= 3 times faster",
        )
        table.add("Toeplitz", n, 1, *cells)
    for exponent in (10, 12, 14, 16, 18):
        n = 1 << exponent
        R = made(f"WalshHadamard({n})", "direct")
        x = rng.standard_normal(n)
        z = x.astype(complex)
        _add(
            table,
            "Walsh-Hadamard",
            n,
            1,
            lambda R=R, x=x: R.multiply(x),
            "complex fft(n)",
            lambda z=z: sf.fft(z),
            "0.7",
        )
    for exponent in range(8, 14):
        n = 1 << exponent
        R = made(f"Butterfly({n})", "direct")
        for batch, target in ((1, "3"), (64, "2.5")):
            x = rng.standard_normal((batch, n))
            _add(
                table,
                "butterfly",
                n,
                batch,
                lambda R=R, x=x: R.multiply(x),
                "rfft(n)",
                lambda x=x: sf.rfft(x),
                target,
            )
    for n in (64, 256, 1024):
        (qr, tau), _ = sl.qr(rng.standard_normal((n, n)), mode="raw")
        v = (np.tril(qr, -1) + np.eye(n)).T[: n - 1]  # LAPACK's last reflector is the identity
        R = Reference(f"Householder({n}, {n - 1})", {"v": v}, algorithm="transform")
        x = rng.standard_normal((64, n))
        C = np.asfortranarray(x.T)
        work = int(sl.lapack.dormqr("L", "N", qr, tau, C, -1)[1][0])

        def lapack(qr: Any = qr, tau: Any = tau, C: Any = C, work: int = work) -> object:
            return sl.lapack.dormqr("L", "N", qr, tau, C, work)

        _add(
            table,
            "Householder, n - 1 reflectors",
            n,
            64,
            lambda R=R, x=x: R.multiply(x),
            "dormqr",
            lapack,
            "1.3",
            9,
        )
    for n, target in ((1024, "5"), (4096, "0.5")):
        s, t, x = rng.standard_normal((3, n))
        R = Reference(f"Cauchy({n})", {"s": s, "t": t}, algorithm="transform")
        M = 1 / np.subtract.outer(s, t)
        _add(
            table,
            "Cauchy, random real nodes",
            n,
            1,
            lambda R=R, x=x: R.multiply(x),
            "numpy, M @ x",
            lambda M=M, x=x: M @ x,
            target,
        )
    for n in (1024, 16384):
        R = Reference(
            f"Vandermonde({n})", {"x": np.exp(-2j * np.pi * np.arange(n) / n)}, algorithm="transform"
        )
        z = rng.standard_normal(n).astype(complex)
        _add(
            table,
            "Vandermonde, rounded roots of unity",
            n,
            1,
            lambda R=R, z=z: R.multiply(z),
            "complex fft(n)",
            lambda z=z: sf.fft(z),
            "5",
        )
    for n in (256, 1024, 4096):
        R, condition = learned(n, rng)
        x, x2 = rng.standard_normal((64, n)), rng.standard_normal((64, 2 * n))
        what = f"SubdiagonalLDR, r = 4, conditions {condition[0]:.1f} and {condition[1]:.1f}"
        _add(table, what, n, 64, lambda R=R, x=x: R.multiply(x), "rfft(2n)", lambda x=x2: sf.rfft(x), "40", 9)
    return table


COMPILED = (
    "SubdiagonalLDR(512, 4, krylov=true)",
    "TridiagonalLDR(512, 4, krylov=true)",
    "ToeplitzLike(512, 4)",
    "Householder(512, 64)",
    "Monarch(1024, 32)",
    "BlockButterfly(1024, 16)",
)


def near_shifts(family: str, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Normal parameters, but operators near the shifts, so that their powers stay near 1."""
    found = _normal(rng, family)
    for name, values in found.items():
        if name in ("A", "B", "A_sub", "B_sub"):
            found[name] = 1 + 0.5 / len(values) * values
        elif name.startswith(("A_", "B_")):
            found[name] = 0.5 / len(values) * values
    return found


def recurrences() -> Table:
    """Direct multiplies by steps, against the product with as large a dense matrix."""
    from ldrtheory.reference import Reference

    table = Table(
        "Reference multiplies by steps, float64, one thread",
        "The direct algorithm against the direct product with a dense matrix of the same size. A Krylov recurrence of "
        "rank r takes 2 n^2 (r + 1) products or more, a dense matrix n^2: nothing is asked of the ratio.",
        HEAD,
    )
    rng = np.random.default_rng(SEED)
    for family in COMPILED:
        R = Reference(family, near_shifts(family, rng), algorithm="direct")
        n = R.family.shape[1]
        dense = Reference(f"Dense({n}, {n})", {"M": rng.standard_normal((n, n))})
        for batch in (1, 64):
            x = rng.standard_normal((batch, n))
            one, other = (lambda R=R, x=x: R.multiply(x) for R in (R, dense))
            _add(table, family, n, batch, one, "Dense, direct", other, "", 9)
    return table


def learned(n: int, rng: np.random.Generator) -> tuple[Any, tuple[float, float]]:
    """A learned class of rank 4 with operators near the shifts, and the conditions of its scalings."""
    from ldrtheory.reference import Reference
    from ldrtheory.reference.transforms import scaling_conditions

    p = {
        "A": 1 + 0.5 / n * rng.standard_normal(n),
        "B": 1 - 1 / n + 0.5 / n * rng.standard_normal(n),
        "G": rng.standard_normal((n, 4)),
        "H": rng.standard_normal((n, 4)),
    }
    R = Reference(f"SubdiagonalLDR({n}, 4, krylov=true)", p, algorithm="transform")
    return R, scaling_conditions(p)


def wide() -> Table:
    """Double-double against float64."""
    from ldrtheory.reference import Reference

    table = Table(
        "Reference multiplies in double-double",
        "`truth` against `multiply` of the same member and vector, one thread.",
        HEAD,
    )
    rng = np.random.default_rng(SEED)
    for family, algorithm in (
        ("Dense(512, 512)", "direct"),
        ("Toeplitz(512)", "direct"),
        ("LowRank(1024, rank=8)", "direct"),
        ("Circulant(1024)", "transform"),
        ("Circulant(65536)", "transform"),
        ("Toeplitz(16384)", "transform"),
        ("WalshHadamard(4096)", "direct"),
        ("WalshHadamard(65536)", "direct"),
        ("Butterfly(4096)", "direct"),
        ("Householder(256, 64)", "direct"),
        ("Householder(256, 64)", "transform"),
        ("Monarch(1024, 32)", "direct"),
        ("SubdiagonalLDR(512, 4, krylov=true)", "direct"),
        ("TridiagonalLDR(512, 4, krylov=true)", "direct"),
    ):
        R = Reference(family, near_shifts(family, rng), algorithm=algorithm)
        n = R.family.shape[1]
        x = rng.standard_normal(n)
        what = f"{family}, {algorithm}"
        _add(
            table,
            what,
            n,
            1,
            lambda R=R, x=x: R.truth(x),
            "float64",
            lambda R=R, x=x: R.multiply(x),
            "25",
            15,
        )
    R, _ = learned(1024, rng)
    x = rng.standard_normal(1024)
    _add(
        table,
        "SubdiagonalLDR, r = 4, transform",
        1024,
        1,
        lambda: R.truth(x),
        "float64",
        lambda: R.multiply(x),
        "25",
        15,
    )
    return table


def threads() -> Table:
    """Two threads against one."""
    from ldrtheory.reference import Reference

    table = Table(
        "Reference multiplies on two threads",
        "One thread / two threads, the median of paired runs; other programs ran on the machine if this is near 1. A "
        "batch that takes a few milliseconds gains less: the threads are woken, and the memory of the result is new.",
        ("multiply", "n", "batch", "one thread", "speed-up", "target"),
    )
    rng = np.random.default_rng(SEED)
    for family, algorithm, batch in (
        ("Circulant(16384)", "transform", 64),
        ("Circulant(16384)", "transform", 256),
        ("Toeplitz(16384)", "transform", 64),
        ("Toeplitz(16384)", "transform", 256),
        ("Butterfly(4096)", "direct", 64),
        ("Butterfly(4096)", "direct", 512),
        ("WalshHadamard(65536)", "direct", 64),
        ("Householder(1024, 1023)", "transform", 512),
    ):
        R = Reference(family, _normal(rng, family), algorithm=algorithm)
        n = R.family.shape[1]
        x = rng.standard_normal((batch, n))
        one, two = (lambda R=R, x=x, k=k: R.multiply(x, threads=k) for k in (1, 2))
        speedup, seconds = paired(one, two)
        table.add(f"{family}, {algorithm}", n, batch, f"{seconds * 1e3:.1f} ms", f"{speedup:.2f}", "1.7")
    return table


def first_calls() -> Table:
    """Compilation: a process with an empty cache, and the next one."""
    table = Table(
        "First calls",
        "Processor seconds of `multiply`, `truth` and `bound` of one member in a new process, start of Python and "
        "imports left out: with an empty cache of compiled code, and in the next process.",
        ("member", "first process", "target", "second process"),
    )
    program = (
        "import time, numpy as np; from ldrtheory.reference import Reference; import numba;"
        "R = Reference({family!r}, {{k: np.ones(s) for k, s in {shapes!r}}}, algorithm={algorithm!r});"
        "x = np.ones({n}); t = time.process_time(); R.multiply(x); R.truth(x); R.bound(x);"
        "print(time.process_time() - t)"
    )
    from ldrtheory.families import parse_family

    for family, algorithm in (
        ("Toeplitz(64)", "direct"),
        ("Toeplitz(512)", "transform"),
        ("Butterfly(64)", "direct"),
        ("SubdiagonalLDR(64, 2, krylov=true)", "direct"),
        ("Householder(64, 4)", "direct"),
        ("Monarch(64, 8)", "direct"),
    ):
        found = parse_family(family)
        shapes = [(slot.name, slot.shape) for slot in found.slots()]
        code = program.format(family=family, shapes=shapes, algorithm=algorithm, n=found.shape[1])
        with tempfile.TemporaryDirectory() as folder:
            environment = os.environ | {"XDG_CACHE_HOME": folder}
            first, second = (
                float(
                    subprocess.run(
                        [sys.executable, "-c", code],
                        env=environment,
                        capture_output=True,
                        text=True,
                        check=True,
                    ).stdout
                )
                for _ in range(2)
            )
        table.add(f"{family}, {algorithm}", f"{first:.2f}", "8", f"{second:.2f}")
    return table


if __name__ == "__main__":
    print("\n" + json.dumps([asdict(table) for table in measured()]))
