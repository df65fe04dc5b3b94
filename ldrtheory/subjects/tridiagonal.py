"""Tridiagonal operators from their JSON file.

read_tridiagonal    {"sub": [n-1], "main": [n], "super": [n-1], "top_right": x, "bottom_left": y}, exactly
Tridiagonal         the five parts, in one field, and the file's sha256
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ldrtheory.errors import BadInput, ShapeMismatch, unknown_name
from ldrtheory.exactstrings import shortened
from ldrtheory.files import read_text
from ldrtheory.subjects.entries import assembled, exact_entries
from ldrtheory.subjects.json_files import json_document, json_entry

_LISTS = ("sub", "main", "super")
_CORNERS = ("top_right", "bottom_left")


@dataclass(frozen=True, eq=False)
class Tridiagonal:
    """The parts of a tridiagonal matrix with corners, as object arrays of ring elements.

    main[i] at (i, i), sub[i] at (i+1, i), super_[i] at (i, i+1), top_right at (0, n-1),
    bottom_left at (n-1, 0).
    """

    sub: np.ndarray
    main: np.ndarray
    super_: np.ndarray
    top_right: Any
    bottom_left: Any
    field: str
    path: Path
    sha256: str


def read_tridiagonal(path: str | os.PathLike[str]) -> Tridiagonal:
    """Return the tridiagonal matrix a JSON file states; corners are optional, and only for n >= 3.

    Raises BadInput for unknown names and malformed numbers, ShapeMismatch for lists of the wrong length.
    """
    place = Path(path)
    where = str(place)
    text, digest = read_text(place)
    document = json_document(text, where)
    if not isinstance(document, dict):
        raise BadInput(
            f'{where}: {shortened(document)}; wanted an object with "sub", "main" and "super": correct it'
        )
    for name in document:
        if name not in _LISTS + _CORNERS:
            raise unknown_name(f"name in {where}", name, _LISTS + _CORNERS)
    for name in _LISTS:
        if not isinstance(document.get(name), list):
            raise BadInput(
                f"{where}: {name!r} is {shortened(document.get(name))}; wanted a list of numbers: add it"
            )
    n = len(document["main"])
    for name, length in (("main", max(n, 1)), ("sub", n - 1), ("super", n - 1)):
        if len(document[name]) != length:
            raise ShapeMismatch(
                f"{where}: {name!r} has {len(document[name])} entries; wanted {length}, because 'main' "
                f"has {n}: complete or cut the list"
            )
    corners = [document.get(name, 0) for name in _CORNERS]
    if n < 3 and any(name in document for name in _CORNERS):
        raise ShapeMismatch(
            f"{where}: corners in size {n}; wanted size 3 or more: there they are sub and super"
        )
    names = [f"{name!r}, {k} (counting from 0)" for name in _LISTS for k in range(len(document[name]))]
    values = [value for name in _LISTS for value in document[name]] + corners
    read, _ = json_entry(None, where)
    content = assembled(
        values, (len(values),), where, read, lambda index: (names + list(map(repr, _CORNERS)))[index[0]]
    )
    entries = exact_entries(content.array)
    sub, main, super_ = entries[: n - 1], entries[n - 1 : 2 * n - 1], entries[2 * n - 1 : 3 * n - 2]
    return Tridiagonal(sub, main, super_, entries[-2], entries[-1], content.field, place, digest)
