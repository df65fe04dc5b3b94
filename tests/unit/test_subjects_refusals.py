"""Every malformed or hostile input is refused with a message that says what, the value, what was wanted."""

from __future__ import annotations

import os
import tracemalloc
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import flint
import numpy as np
import pytest
import safetensors.numpy
import scipy.sparse
import sympy

from ldrtheory.errors import BadInput, ShapeMismatch
from ldrtheory.subjects import read_subject, read_tridiagonal, read_vector
from tests.corpus.input.hostile import CASES


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_hostile_file_is_refused(case: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    case.write(tmp_path)
    with pytest.raises(BadInput) as refusal:
        read_subject(case.source)
    message = str(refusal.value)
    for fragment in case.fragments:
        assert fragment in message
    assert len(message) < 1000
    assert not (tmp_path / "pwned").exists()


def test_names_of_cases_differ() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 60


@pytest.mark.parametrize("name", ["npz bomb", "npz more stated than stored", "npy astronomic size"])
def test_refusals_come_before_allocation(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    case = next(case for case in CASES if case.name == name)
    case.write(tmp_path)
    tracemalloc.start()
    try:
        with pytest.raises(BadInput):
            read_subject(case.source)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("suffix", [".npy", ".npz", ".safetensors", ".json", ".csv", ".mtx"])
def test_unreadable_file(suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / f"W{suffix}"
    path.write_bytes(b"[[1]]")
    path.chmod(0)
    if os.access(path, os.R_OK):  # as root every file opens: let the operating system's answer stand in

        def denied(*args: Any, **options: Any) -> Any:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("builtins.open", denied)
    with pytest.raises(BadInput, match="permission denied; wanted a readable file"):
        read_subject(path)


class Strange:
    """Gives what __array__ must not give."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


class OnDevice:
    """Memory that numpy cannot reach."""

    def __dlpack__(self, **options: Any) -> Any:
        raise BufferError("cannot export a tensor on device cuda:0")

    def __dlpack_device__(self) -> tuple[int, int]:
        return (2, 0)


def objects(*rows: list[Any]) -> np.ndarray:
    array = np.empty((len(rows), len(rows[0])), dtype=object)
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            array[i, j] = value
    return array


DOUBLED = scipy.sparse.coo_array(([1.0, 2.0], ([0, 0], [0, 0])), shape=(2, 2))
VALUES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "none": (None, ("None is a NoneType", "wanted a file name, an array")),
    "number": (7, ("7 is a int",)),
    "bytes": (b"W.npy", ("is a bytes",)),
    "path of bytes": (type("P", (os.PathLike,), {"__fspath__": lambda self: b"W.npy"})(), ("path of bytes",)),
    "dictionary": ({"entries": [[1]]}, ("is a dict",)),
    "1-d": (np.ones(3), ("1-d of shape (3,)", "reshape")),
    "3-d": (np.ones((1, 2, 3)), ("3-d of shape (1, 2, 3)",)),
    "empty": (np.ones((0, 3)), ("empty, of shape (0, 3)",)),
    "empty objects": (np.empty((0, 2), dtype=object), ("empty, of shape (0, 2)",)),
    "nan": (np.array([[1.0, np.nan]]), ("row 0, column 1", "nan")),
    "nan in objects": (objects([1, float("nan")]), ("row 0, column 1", "nan is not finite")),
    "infinite decimal": (
        objects([Decimal("Infinity")]),
        ("row 0, column 0", "'Infinity' is not an exact number"),
    ),
    "huge decimal": (objects([Decimal("1e1000000000")]), ("too large", "at most 10000")),
    "masked": (np.ma.MaskedArray([[1, 2]], mask=[[0, 1]]), ("entry (0, 1) is masked", "filled")),
    "text": (np.array([["1", "2"]]), ("number format <U1",)),
    "dates": (np.array([["2020-01-01"]], dtype="M8[D]"), ("number format datetime64[D]",)),
    "records": (np.zeros((1, 1), dtype=[("a", "f8")]), ("number format",)),
    "long double": (np.ones((1, 1), dtype=np.longdouble), ("wanted bool, int, uint, float16/32/64",)),
    "unknown objects": (objects([1, object()]), ("row 0, column 1", "is a object; wanted an integer, float")),
    "none in objects": (objects([None]), ("None is a NoneType",)),
    "symbol": (objects([sympy.Symbol("x")]), ("x is a Symbol",)),
    "sympy float": (objects([sympy.Float("0.1")]), ("is a Float",)),
    "sympy complex": (objects([sympy.I]), ("write complex numbers as exact strings",)),
    "two moduli": (objects([flint.nmod(1, 5), flint.nmod(1, 7)]), ("is of GF(7), the first one of GF(5)",)),
    "residue and number": (objects([1, flint.nmod(1, 7)]), ("row 0, column 0", "another field")),
    "composite modulus": (objects([flint.nmod(1, 6)]), ("modulo 6, which is not a prime",)),
    "ragged lists": ([[1, 2], [3]], ("row 1 (counting from 0) has 1 entries",)),
    "rows of no list": ([[1, 2], 3], ("row 1 (counting from 0) is 3",)),
    "no rows": ([], ("no rows",)),
    "no columns": ([[], []], ("rows without entries",)),
    "flat list": ([1, 2], ("1-d of shape (2,)",)),
    "bad string": ([["1", "1/0"]], ("row 0, column 1", "divides by zero")),
    "__array__ gives a list": (Strange([[1]]), ("a Strange that gives no array",)),
    "__array__ raises": (Strange(ZeroDivisionError("no")), ("ZeroDivisionError: no",)),
    "__array__ gives objects": (Strange(objects([object()])), ("row 0, column 0", "is a object")),
    "on another device": (OnDevice(), ("a OnDevice that gives no array", "move it to the CPU")),
    "large sparse": (scipy.sparse.coo_array((10**6, 10**6)), ("wanted at most 134217728 entries",)),
    "doubled sparse": (DOUBLED, ("several values for one place", "sum_duplicates")),
}


@pytest.mark.parametrize("name", VALUES)
def test_strange_value_is_refused(name: str) -> None:
    value, fragments = VALUES[name]
    with pytest.raises(BadInput) as refusal:
        read_subject(value)
    for fragment in fragments:
        assert fragment in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "text", "fragment"),
    [
        ("a.json", "[[1, 2], [3, 4]]", "shape (2, 2); wanted a vector"),
        ("a.json", "[]", "no rows"),
        ("a.csv", "1,2\n3,4\n", "shape (2, 2); wanted a vector"),
        ("a.csv", "1\nx\n", "line 2, cell 1"),
        ("a.json", '{"field": "Q(zeta_4)", "entries": [["1"], ["2", "3"]]}', "row 1"),
    ],
)
def test_no_vector(name: str, text: str, fragment: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(BadInput) as refusal:
        read_vector(tmp_path / name)
    assert fragment in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("[1, 2]", "wanted an object with"),
        ('{"sub": [1], "main": [1, 2], "super": [1], "corner": 1}', "unknown name"),
        ('{"sub": [1], "main": [1, 2]}', "'super' is None; wanted a list"),
        ('{"sub": [1, 2], "main": [1, 2], "super": [1]}', "'sub' has 2 entries; wanted 1"),
        ('{"sub": [], "main": [], "super": []}', "'main' has 0 entries; wanted 1"),
        ('{"sub": [1], "main": [1, 2], "super": [1], "top_right": 1}', "corners in size 2"),
        ('{"sub": ["x"], "main": [1, 2], "super": [1]}', "'sub', 0 (counting from 0): 'x' is not"),
        ('{"sub": [1, 1], "main": [1, 2, 3], "super": [1, 1], "top_right": null}', "'top_right': null"),
    ],
)
def test_no_tridiagonal(text: str, fragment: str, tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text(text)
    with pytest.raises(BadInput) as refusal:
        read_tridiagonal(tmp_path / "t.json")
    assert fragment in str(refusal.value)


def test_shape_refusals_are_shape_mismatches() -> None:
    with pytest.raises(ShapeMismatch):
        read_subject([[1, 2], [3]])


GOOD_TEXTS = {
    ".json": b'{"field": "Q(zeta_8)", "entries": [[["1", "0x2/0x3", "-1e-3", "0"], 5, "2-1/3i", 0.5]]}',
    ".csv": b"1,2/3,-4e-5\n1+2i,0x1f,-i\n",
    ".mtx": b"%%MatrixMarket matrix coordinate real symmetric\n% c\n3 3 2\n1 1 1.5\n3 2 -1e-3\n",
}


def mutated(data: bytes, random: Random) -> bytes:
    """A few bytes changed, removed, inserted or repeated."""
    changed = bytearray(data)
    for _ in range(random.choice([1, 1, 2, 5])):
        at, other = random.randrange(len(changed) + 1), random.randrange(len(changed) + 1)
        kind = random.randrange(4)
        if kind == 0 and at < len(changed):
            changed[at] ^= 1 << random.randrange(8)
        elif kind == 1:
            del changed[at : at + random.randrange(1, 9)]
        elif kind == 2:
            changed[at:at] = random.randbytes(random.randrange(1, 5))
        else:
            changed[at:at] = changed[other : other + random.randrange(1, 30)]
    return bytes(changed)


@pytest.mark.parametrize("suffix", [".npy", ".npz", ".safetensors", ".json", ".csv", ".mtx"])
def test_damaged_files_are_read_or_refused_and_nothing_else(suffix: str, tmp_path: Path) -> None:
    random, path = Random(20240607), tmp_path / f"W{suffix}"
    if suffix in GOOD_TEXTS:
        path.write_bytes(GOOD_TEXTS[suffix])
    elif suffix == ".npy":
        np.save(path, np.arange(6.0).reshape(2, 3))
    elif suffix == ".npz":
        np.savez_compressed(path, a=np.arange(6.0).reshape(2, 3))
    else:
        safetensors.numpy.save_file({"a": np.arange(6.0).reshape(2, 3)}, path)
    good = path.read_bytes()
    assert read_subject(path).array.size > 1
    refusals = []
    for _ in range(300):
        path.write_bytes(mutated(good, random))
        try:
            read_subject(path)
        except BadInput as refusal:
            refusals.append(str(refusal))
    assert len(refusals) > 30
    assert max(map(len, refusals)) < 1500
