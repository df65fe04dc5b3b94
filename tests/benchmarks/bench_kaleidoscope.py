"""Permutations, sparse matrices and circuits as kaleidoscopes: seconds beside a target and a baseline, and memory."""

from __future__ import annotations

import os
import random
import sys
import tempfile
import tracemalloc
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array

from ldrtheory import QQ
from ldrtheory.certify.kaleidoscopes import circuit_is, corner_is
from ldrtheory.claims import Certificate
from ldrtheory.judge import CHECKER
from ldrtheory.kaleidoscopes import KaleidoscopeProduct
from ldrtheory.synthesis import Circuit, Entries, compile_circuit, permutation, read_entries, sparse
from tests.benchmarks.measuring import Table, process, timed

SEED = 11
ISOLATED = [sys.executable, "-I", "-S", "-O"]


def fractions(n: int, count: int, rng: np.random.Generator) -> Entries:
    """An n x n matrix with the given number of nonzero entries, fractions a/b with a, b below 100."""
    places = rng.choice(n * n, count, replace=False).tolist()
    values = [f"{a}/{b}" for a, b in rng.integers(1, 100, (count, 2)).tolist()]
    return read_entries([(k // n, k % n, x) for k, x in zip(places, values)], QQ, (n, n))


def random_circuit(inputs: int, gates: int, seed: int = SEED) -> Circuit:
    """A circuit of random gates; its outputs are the gates that no other gate reads, so that all are in use."""
    draw = random.Random(seed)
    made, read = [], set()
    for k in range(inputs, inputs + gates):
        i, j = draw.randrange(k), draw.randrange(k)
        read |= {i, j}
        made.append((draw.randint(1, 9), i, draw.randint(1, 9), j))
    return Circuit(inputs, made, [k for k in range(inputs, inputs + gates) if k not in read], QQ)


def serial_circuit(gates: int) -> Circuit:
    """x_(k+1) = x_k + x_(k-1) on two inputs: one gate on each level."""
    return Circuit(2, [(1, k + 1, 1, k) for k in range(gates)], [gates + 1, gates], QQ)


def tables() -> Iterable[Table]:
    """Yield the tables of this module."""
    yield building()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        yield checking()
        os.chdir("/")
    yield memory()


def building() -> Table:
    """Routing and compiling, in process and warm."""
    table = Table(
        "Building kaleidoscopes, in process",
        "Warm. The baseline does less, in machine numbers or without factors: it says how fast this machine is.",
        (
            "what",
            "width",
            "size N",
            "stored numbers",
            "seconds",
            "target",
            "baseline",
            "baseline, seconds",
            "ratio",
        ),
    )

    def add(
        what: str, make: Callable[[], KaleidoscopeProduct], target: str, name: str, base: Callable[[], object]
    ) -> None:
        K, seconds, habit = make(), timed(make), timed(base, 9)
        counts = (K.width, K.size, K.parameters)
        table.add(what, *counts, f"{seconds:.3f}", target, name, f"{habit:.5f}", f"{seconds / habit:.0f}")

    rng = np.random.default_rng(SEED)
    for exponent in (12, 14, 16):
        p, target = rng.permutation(1 << exponent), "1" if exponent == 16 else "-"
        route, argsort = partial(permutation, p), partial(np.argsort, p)
        add(f"permutation of 2^{exponent}", route, target, "`numpy.argsort(p)`", argsort)
    for n in (256, 1024):
        E, target = fractions(n, 4 * n, rng), "2" if n == 1024 else "-"
        x = np.array([float(v) for v in E.values])
        csr = partial(csr_array, (x, (E.rows, E.columns)), shape=E.shape)
        what = f"sparse, s = 4n fractions, n = {n}"
        add(what, partial(sparse, E), target, "`scipy.sparse.csr_array`, floats", csr)
    for circuit in (random_circuit(64, 2000), random_circuit(256, 2000), serial_circuit(2000)):
        kind = "Fibonacci" if circuit.inputs == 2 else f"random, {circuit.inputs} inputs,"
        what = f"{kind} circuit of 2000 gates, depth {circuit.depth}"
        add(what, partial(compile_circuit, circuit), "3", "its dense matrix, gate by gate", circuit.matrix)
    return table


def checking() -> Table:
    """The standard-library checker on certificates that a product of factors is its source."""
    table = Table(
        "Checking kaleidoscopes",
        "Whole process `python -I -S -O checker.py CERT`; the baseline only reads the JSON, in a process of its own.",
        ("certificate", "MB", "seconds", "target", "peak MB", "baseline, seconds", "ratio"),
    )
    rng = np.random.default_rng(SEED)
    E = fractions(1024, 4096, rng)
    circuit = random_circuit(256, 2000)
    p = rng.permutation(4096).tolist()
    for what, target, claim in (
        ("sparse, s = 4n fractions, n = 1024", "3", corner_is(sparse(E), E)),
        ("permutation of 4096", "-", corner_is(permutation(p), p)),
        (
            "random circuit, 2000 gates, 256 inputs, compiled",
            "-",
            circuit_is(circuit, compile_circuit(circuit)),
        ),
    ):
        Path("K.cert.json").write_text(Certificate((claim,)).json(), encoding="utf-8")
        seconds, peak = process([*ISOLATED, str(CHECKER), "K.cert.json"], 3)
        reading, _ = process([*ISOLATED, "-c", "import json; json.load(open('K.cert.json'))"], 3)
        megabytes = Path("K.cert.json").stat().st_size / 1e6
        cells = (f"{megabytes:.1f}", f"{seconds:.2f}", target, f"{peak:.0f}", f"{reading:.2f}")
        table.add(what, *cells, f"{seconds / reading:.1f}")
    return table


def memory() -> Table:
    """What a built kaleidoscope holds, and the peak while it is built, by tracemalloc."""
    table = Table(
        "Memory of kaleidoscopes",
        "Bytes that Python and numpy hold for the result, and at the peak of the construction, per stored number; "
        "a pointer to a shared 0 or 1 takes 8. It grows like the stored numbers if the columns stay level.",
        ("what", "stored numbers", "bytes held / number", "bytes at the peak / number"),
    )
    rng = np.random.default_rng(SEED)
    makers: list[tuple[str, Callable[[], KaleidoscopeProduct]]] = []
    for exponent in (12, 16):
        p = rng.permutation(1 << exponent)
        makers.append((f"permutation of 2^{exponent}", partial(permutation, p)))
    for n in (128, 1024):
        E = fractions(n, 4 * n, rng)
        makers.append((f"sparse, s = 4n, n = {n}", partial(sparse, E)))
    for gates in (250, 2000):
        circuit = random_circuit(gates // 8, gates)
        makers.append((f"random circuit, {gates} gates", partial(compile_circuit, circuit)))
    for what, make in makers:
        make()
        tracemalloc.start()
        K = make()
        held, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        table.add(what, K.parameters, f"{held / K.parameters:.1f}", f"{peak / K.parameters:.1f}")
    return table
