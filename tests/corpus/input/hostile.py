"""Malformed and hostile matrix files: what each one is, and what the refusal must say.

CASES       a tuple of Case; each is to be refused, with every fragment in the message, whatever reads it

The files are built where they are used: many are too large, too broken or too special to be stored.
"""

from __future__ import annotations

import os
from pathlib import Path

from tests.corpus.input.binary_files import NPY, NPZ, SAFETENSORS
from tests.corpus.input.cases import GOOD, Case, stored
from tests.corpus.input.text_files import CSV, JSON, MTX


def fifo(folder: Path) -> None:
    os.mkfifo(folder / "W.npy")


def nothing(folder: Path) -> None:
    pass


FILES = (
    Case(
        "missing file",
        "Wieghts.npy",
        stored("Weights.npy", GOOD),
        ("no such file", "did you mean 'Weights.npy'"),
    ),
    Case("missing folder", "none/W.npy", nothing, ("no such file", "cannot be listed")),
    Case("directory", "W.npy", lambda f: (f / "W.npy").mkdir(), ("is a directory", "name a file inside it")),
    Case("pipe", "W.npy", fifo, ("not a regular file",)),
    Case("dangling link", "W.npy", lambda f: (f / "W.npy").symlink_to(f / "gone.npy"), ("no such file",)),
    Case("unknown suffix", "W.pt", stored("W.pt", b"PK"), ("unknown suffix '.pt'", ".safetensors", ".mtx")),
    Case("no suffix", "W", stored("W", b"1"), ("unknown suffix ''", ".npy")),
    Case("gzip", "W.mtx.gz", stored("W.mtx.gz", b"\x1f\x8b"), ("unknown suffix '.gz'",)),
    Case("zero byte in the name", "W\0.npy", nothing, ("not a file name", "null")),
    Case("name too long", "W" * 300 + ".npy", nothing, ("cannot be read", "too long")),
    Case("file used as a folder", "W.npy/V.npy", stored("W.npy", GOOD), ("cannot be read",)),
)

CASES: tuple[Case, ...] = FILES + NPY + NPZ + SAFETENSORS + JSON + CSV + MTX
