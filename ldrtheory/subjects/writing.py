"""Subjects written so that the checker reads them itself.

write_exact_subject     STEM.subject.npy for numeric arrays, STEM.subject.json for ring elements
json_rows               an array of ring elements as JSON text: decimal strings, hexadecimal when long
exact_entry             one ring element as a JSON value
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import flint
import numpy as np

from ldrtheory.exactstrings import exact_string
from ldrtheory.files import write_text, writing
from ldrtheory.rings.cyclotomic import CyclotomicNumber
from ldrtheory.subjects.subject import Subject


def exact_entry(value: Any) -> Any:
    """Return a ring element as a JSON value: an integer, an exact string, or a list of coefficients."""
    if isinstance(value, flint.nmod):
        return int(value)
    if isinstance(value, CyclotomicNumber):
        return [exact_string(part) for part in value.coefficients()]
    if value.q == 1 and abs(value.p) < 2**53:
        return int(value.p)
    return exact_string(value)


def json_rows(array: np.ndarray, field: str) -> str:
    """Return the JSON text of an object array of ring elements, one row a line.

    >>> import flint
    >>> print(json_rows(np.array([[flint.fmpq(1, 3), flint.fmpq(2)]]), "Q"))
    {"field": "Q", "entries": [
    ["1/3", 2]
    ]}
    """
    rows = ",\n".join(json.dumps([exact_entry(value) for value in row]) for row in array)
    return f'{{"field": {json.dumps(field)}, "entries": [\n{rows}\n]}}\n'


def _numpy_header(array: np.ndarray) -> bytes:
    shape = ", ".join(map(str, array.shape))
    text = f"{{'descr': '{array.dtype.str}', 'fortran_order': False, 'shape': ({shape}), }}"
    padding = (
        -(len(text) + 11) % 64
    )  # magic 6, version 2, length 2, newline 1: the data start at a multiple of 64
    line = (text + " " * padding + "\n").encode("latin1")
    return b"\x93NUMPY\x01\x00" + len(line).to_bytes(2, "little") + line


def write_exact_subject(subject: Subject, stem: str | os.PathLike[str]) -> Subject:
    """Return the subject as now stored in STEM.subject.npy or STEM.subject.json, which the checker reads.

    Numeric arrays keep their format (bfloat16 becomes float32, exactly); ring elements are written as exact
    strings.  Raises BadInput when the file cannot be written; then nothing is left behind.
    """
    base = os.fspath(stem)
    for suffix in (".subject.npy", ".subject.json"):
        base = base.removesuffix(suffix)
    array = subject.array
    if array.dtype.kind == "O":
        path = Path(base + ".subject.json")
        digest = write_text(path, json_rows(array, subject.field))
    else:
        path = Path(base + ".subject.npy")
        little = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
        with writing(path) as file:
            file.write(_numpy_header(little))
            file.write(little.reshape(-1).data.cast("B"))
        digest = file.sha256()
    return Subject(array, subject.field, subject.shape, subject.dtype, path, digest, None, True)
