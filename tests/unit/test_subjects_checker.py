"""The checker, which shares no code with the reader, reads the same matrix from every file both can read."""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import safetensors.numpy

from ldrtheory.subjects import Subject, exact_entries, read_subject, write_exact_subject

CHECKER = Path(__file__).parents[2] / "ldrtheory" / "checker.py"
TOKENS = [
    "3",
    "-7/5",
    "0.1",
    "1e-3",
    "-1.25E+2",
    "007",
    "+4",
    "5.",
    ".5",
    "0x1f/0x3",
    "-0xa",
    "14/6",
    "1e300",
    "0e7",
]
COMPLEX = ["2-1/3i", "i", "-j", "1e-3i", "1+i", "2.5e1-.5j", "0x1+0x2/0x3i", "7"]
BARE = "[[0.1, -2.5e-3, 1E3, 12, -0, 123456789012345678901234567890], [1e308, 5e-324, -0.0, 1e-400, 7, 0.5]]"


def as_hexadecimal(x: Any) -> Any:
    """The certificate's spelling of a ring element, written here from the format, not by the package."""
    if hasattr(x, "coefficients"):
        return [as_hexadecimal(part) for part in x.coefficients()]
    return f"{int(x.p):#x}/{int(x.q):#x}" if hasattr(x, "p") else int(x)


def statement(subject: Subject, change: int = 0) -> dict[str, Any]:
    entries = [[as_hexadecimal(x) for x in row] for row in exact_entries(subject.array)]
    if change:
        entries[0][0] = as_hexadecimal(exact_entries(subject.array)[0, 0] + change)
    assert subject.path is not None
    left = {"file": subject.path.name, "sha256": subject.sha256, "shape": list(subject.shape)}
    if subject.tensor is not None:
        left["tensor"] = subject.tensor
    right = {"entries": entries}
    return {
        "claim": {"kind": "matrices-equal", "left": left, "right": right, "field": subject.field},
        "evidence": {},
    }


def verdict(folder: Path, *statements: dict[str, Any]) -> tuple[int, str]:
    path = folder / "equal.cert.json"
    path.write_text(json.dumps({"format": "ldrtheory-certificate/1", "statements": list(statements)}))
    run = subprocess.run(
        [sys.executable, "-I", "-O", str(CHECKER), str(path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return run.returncode, run.stdout + run.stderr


def json_files(folder: Path) -> list[Subject]:
    texts = {
        "tokens": json.dumps([TOKENS]),
        "complex": json.dumps([COMPLEX]),
        "bare": BARE,
        "named": json.dumps({"field": "Q", "entries": [TOKENS]}),
        "gaussian": json.dumps({"field": "Q(zeta_4)", "entries": [["1+i", ["1", "-2/3"], 5, 0.25]]}),
        "eighth": json.dumps({"field": "Q(zeta_8)", "entries": [[["1", "0.5", "-1e-3", "0x2"], "i", 7]]}),
        "third": json.dumps({"field": "Q(zeta_3)", "entries": [[["1", "2/3"], "4"]]}),
        "residues": json.dumps({"field": "GF(7)", "entries": [[0, 6], ["3", 5]]}),
    }
    for name, text in texts.items():
        (folder / f"{name}.json").write_text(text)
    return [read_subject(folder / f"{name}.json") for name in texts]


def binary_files(folder: Path) -> list[Subject]:
    arrays = {
        kind: np.arange(6).reshape(2, 3).astype(kind) for kind in ("|b1", "<i2", ">i4", "<u8", "<f2", ">f8")
    }
    arrays["<f4"] = np.array([[1e-45, -0.0], [3.4028235e38, 0.1]], dtype="<f4")
    arrays["<f8"] = np.array([[5e-324, 1e308], [0.1, -2.5]])
    arrays["<c16"] = np.array([[1 + 2j, 0.1j], [5e-324, -1]])
    arrays["<c8"] = np.asfortranarray(np.array([[1 + 2j, 0.1j], [3, -1]], dtype="<c8"))
    for k, array in enumerate(arrays.values()):
        np.save(folder / f"{k}.npy", array)
    subjects = [read_subject(folder / f"{k}.npy") for k in range(len(arrays))]
    safetensors.numpy.save_file({"w": arrays["<f4"], "v": arrays["<i2"]}, folder / "W.safetensors")
    header = b'{"w":{"dtype":"BF16","shape":[1,2],"data_offsets":[0,4]}}'
    (folder / "B.safetensors").write_bytes(len(header).to_bytes(8, "little") + header + b"\xc0\x3f\x80\xc1")
    subjects += [
        read_subject(f"{folder}/{name}") for name in ("W.safetensors:w", "W.safetensors:v", "B.safetensors:w")
    ]
    assert subjects[-1].array.tolist() == [[1.5, -16.0]]
    return subjects


def rewritten(folder: Path) -> list[Subject]:
    (folder / "t.csv").write_text("1/3,0.1\n-2,1e-5\n")
    (folder / "c.csv").write_text("i,0.1\n-2,1-1e-5j\n")
    sources: list[Any] = [
        folder / "t.csv",
        folder / "c.csv",
        np.eye(2, dtype=">c8"),
        [[2**63, 1]],
        [[Fraction(1, 7**6000), 1]],
    ]
    return [write_exact_subject(read_subject(source), folder / f"w{k}") for k, source in enumerate(sources)]


@pytest.mark.parametrize("make", [json_files, binary_files, rewritten])
def test_the_checker_reads_the_same_matrix(make: Any, tmp_path: Path) -> None:
    subjects = make(tmp_path)
    assert all(subject.readable_by_checker for subject in subjects)
    for subject in subjects:
        code, output = verdict(tmp_path, statement(subject))
        assert code == 0, f"{subject}: {output}"
    for subject in (subjects[0], subjects[-1]):
        code, output = verdict(tmp_path, statement(subject, change=1))
        assert (code, output[:8]) == (1, "REJECTED")


def test_an_unusual_header_is_not_left_to_the_checker(tmp_path: Path) -> None:
    header = b"{'shape': (1, 1), 'descr': '<f8', 'fortran_order': False}\n"
    path = tmp_path / "W.npy"
    path.write_bytes(
        b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + np.float64(2.5).tobytes()
    )
    subject = read_subject(path)
    assert (subject.array.tolist(), subject.readable_by_checker) == ([[2.5]], False)
    assert np.load(path).tolist() == [[2.5]]
