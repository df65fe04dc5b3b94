"""Measure everything and write docs/benchmarks.md: `make bench`; name modules to run only those."""

from __future__ import annotations

import os
import platform
import sys
from importlib import import_module
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "2")

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "benchmarks.md"
MODULES = ("rank", "process", "kaleidoscope", "reference", "strategies")


def main(wanted: list[str]) -> int:
    """Run the modules named (all if none); the page is written only when all ran."""
    import numpy

    sections = []
    for name in wanted or MODULES:
        for table in import_module(f"tests.benchmarks.bench_{name}").tables():
            sections.append(table.markdown())
    head = [
        "# Measured times",
        "",
        "Written by `make bench`: what one machine measured in one run. Machines are noisy: trust the ratios.",
        f"Python {platform.python_version()}, numpy {numpy.__version__}, {platform.machine()}, {os.cpu_count()} cores, "
        f"{os.environ['OMP_NUM_THREADS']} BLAS threads.",
        "",
    ]
    if not wanted:
        PAGE.write_text("\n".join([*head, *sections]))
        print(f"written: {PAGE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
