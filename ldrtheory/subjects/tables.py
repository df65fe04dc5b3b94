"""Text tables: CSV cells as exact strings, MatrixMarket integers exact and reals to the nearest float64.

read_csv            the Content of a comma-separated table without header
read_matrix_market  the Content of a MatrixMarket file, coordinate or array, with its symmetry unfolded

A `pattern` file has the entry 1 at every listed place.  Two entries for one place are refused, never added.
"""

from __future__ import annotations

import math
import re
from typing import Any, Final

import flint
import numpy as np

from ldrtheory.errors import BadInput, ShapeMismatch
from ldrtheory.exactstrings import integer, shortened
from ldrtheory.subjects.entries import assembled, exact_number
from ldrtheory.subjects.subject import ENTRY_LIMIT, Content, ragged

_SMALL = re.compile(r"[+-]?[0-9]{1,18}")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_REAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
FIELDS: Final = ("real", "complex", "integer", "pattern")
SYMMETRIES: Final = ("general", "symmetric", "skew-symmetric", "hermitian")


def _cell(text: str) -> Any:
    text = text.strip(" \t")
    if _SMALL.fullmatch(text):
        return int(text)
    if not text:
        raise BadInput(
            "an empty cell; wanted an exact number: write 0 for zero, and no comma at the line's end"
        )
    if ";" in text or "\t" in text:
        raise BadInput(
            f"{shortened(text)} is not an exact number; wanted cells separated by commas: convert the table"
        )
    return exact_number(text)


def read_csv(text: str, where: str) -> Content:
    """Return the Content of a CSV table: commas, no header, no quotes; every cell is an exact string."""
    lines = text.replace("\r\n", "\n").split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    for k, line in enumerate(lines):
        if not line.strip():
            raise ShapeMismatch(f"{where}: line {k + 1} is blank; wanted one row a line: drop the line")
    if not lines:
        raise ShapeMismatch(f"{where}: empty; wanted at least one row: check the source")
    rows = [line.split(",") for line in lines]
    ragged(where, [len(row) for row in rows], lambda i: f"line {i + 1}")

    def place(index: tuple[int, ...]) -> str:
        return f"line {index[0] + 1}, cell {index[1] + 1}"

    try:
        return assembled(
            [cell for row in rows for cell in row], (len(rows), len(rows[0])), where, _cell, place
        )
    except BadInput as error:
        if re.match(r"\s*\"?[A-Za-z_]", lines[0]) and "line 1," in str(error):
            raise type(error)(f"{error} (a CSV matrix has no header line)") from error
        raise


def _banner(line: str, where: str) -> tuple[str, str, str]:
    words = line.lower().split()
    good = len(words) == 5 and words[0] == "%%matrixmarket" and words[1] == "matrix"
    good = good and words[2] in ("coordinate", "array") and words[3] in FIELDS and words[4] in SYMMETRIES
    good = good and not (words[2] == "array" and words[3] == "pattern")
    good = good and not (words[4] == "hermitian" and words[3] != "complex")
    good = good and not (words[4] == "skew-symmetric" and words[3] == "pattern")
    if not good:
        raise BadInput(
            f"{where}: line 1 is {shortened(line.strip())}; wanted '%%MatrixMarket matrix coordinate|array "
            f"{'|'.join(FIELDS)} {'|'.join(SYMMETRIES)}': correct the banner"
        )
    return words[2], words[3], words[4]


def _value(words: list[str], field: str) -> Any:
    if field == "pattern":
        return 1
    pattern = _INTEGER if field == "integer" else _REAL
    for word in words:
        if not pattern.fullmatch(word):
            raise BadInput(
                f"{shortened(word)} is not {'an integer' if field == 'integer' else 'a real number'}"
            )
    if field == "integer":
        return int(words[0]) if len(words[0]) < 4000 else int(integer(words[0]))
    parts = [float(word) for word in words]
    if not all(math.isfinite(part) for part in parts):
        raise BadInput(f"{shortened(' '.join(words))} overflows float64; wanted finite numbers")
    return parts[0] if field == "real" else complex(*parts)


def _size(line: str, number: int, layout: str, where: str) -> tuple[int, int, int]:
    words = line.split()
    wanted = 3 if layout == "coordinate" else 2
    if len(words) != wanted or not all(re.fullmatch(r"[0-9]{1,12}", word) for word in words):
        names = "rows, columns, entries" if wanted == 3 else "rows, columns"
        raise BadInput(f"{where}: line {number} is {shortened(line)}; wanted the sizes ({names}): correct it")
    m, n = int(words[0]), int(words[1])
    if m * n == 0:
        raise ShapeMismatch(f"{where}: empty, of shape ({m}, {n}); wanted at least one row and one column")
    if m * n > ENTRY_LIMIT:
        raise ShapeMismatch(
            f"{where}: {m} x {n} entries; wanted at most {ENTRY_LIMIT} in all: take a submatrix"
        )
    return m, n, int(words[2]) if wanted == 3 else 0


def _places(m: int, n: int, symmetry: str) -> list[tuple[int, int]]:
    """Return the places of an array file in order: columns, only the lower triangle of a symmetric matrix."""
    first = {"general": lambda j: 0, "skew-symmetric": lambda j: j + 1}.get(symmetry, lambda j: j)
    return [(i, j) for j in range(n) for i in range(first(j), m)]


def _coordinates(words: list[str], m: int, n: int, symmetry: str) -> tuple[int, int]:
    if not all(re.fullmatch(r"[0-9]{1,12}", word) for word in words):
        raise BadInput(f"{shortened(' '.join(words))} is not a row and a column")
    i, j = int(words[0]) - 1, int(words[1]) - 1
    if not (0 <= i < m and 0 <= j < n):
        raise BadInput(f"place ({i + 1}, {j + 1}) is outside the {m} x {n} matrix (counting from 1)")
    if symmetry != "general" and (i < j or (i == j and symmetry == "skew-symmetric")):
        part = "strictly lower" if symmetry == "skew-symmetric" else "lower"
        raise BadInput(f"place ({i + 1}, {j + 1}) of a {symmetry} matrix; wanted the {part} triangle only")
    return i, j


def _filled(m: int, n: int, field: str, found: list[tuple[int, int, Any]], symmetry: str) -> Content:
    exact = field in ("integer", "pattern")
    small = exact and all(-(2**63) < value < 2**63 for _, _, value in found)
    dtype = {"real": np.float64, "complex": np.complex128}.get(field, np.int64 if small else object)
    array = np.full((m, n), flint.fmpq(0), dtype=object) if dtype is object else np.zeros((m, n), dtype=dtype)
    for i, j, value in found:
        entry = flint.fmpq(value) if dtype is object else value
        array[i, j] = entry
        if i != j and symmetry != "general":
            mirrored = entry.conjugate() if symmetry == "hermitian" else entry
            array[j, i] = -mirrored if symmetry == "skew-symmetric" else mirrored
    return Content(
        array, "Q(zeta_4)" if field == "complex" else "Q", "integer" if exact else array.dtype.name
    )


def read_matrix_market(text: str, where: str) -> Content:
    """Return the Content of a MatrixMarket file; raise BadInput naming the line that is wrong.

    Cost: about a microsecond an entry listed, and room for all m n entries.
    """
    lines = text.split("\n")
    layout, field, symmetry = _banner(lines[0], where)
    body = [
        (k, line)
        for k, line in enumerate(lines[1:], start=2)
        if line.strip() and not line.lstrip().startswith("%")
    ]
    if not body:
        raise BadInput(f"{where}: ends before its sizes; wanted a complete file: copy it again")
    m, n, listed = _size(body[0][1], body[0][0], layout, where)
    if symmetry != "general" and m != n:
        raise ShapeMismatch(
            f"{where}: a {symmetry} matrix of shape ({m}, {n}); wanted a square one: correct it"
        )
    places = _places(m, n, symmetry) if layout == "array" else []
    wanted = listed if layout == "coordinate" else len(places)
    if len(body) - 1 != wanted:
        state = "truncated" if len(body) - 1 < wanted else "over-long"
        raise BadInput(
            f"{where}: {state}: {len(body) - 1} entries where {wanted} are stated; copy or write it again"
        )
    per_entry = {"pattern": 0, "complex": 2}.get(field, 1)
    ahead = 2 if layout == "coordinate" else 0
    found: list[tuple[int, int, Any]] = []
    seen: dict[tuple[int, int], int] = {}
    for k, (number, line) in enumerate(body[1:]):
        words = line.split()
        try:
            if len(words) != ahead + per_entry:
                raise BadInput(f"{len(words)} words; wanted {ahead + per_entry}")
            i, j = _coordinates(words[:2], m, n, symmetry) if ahead else places[k]
            if seen.setdefault((i, j), number) != number:
                raise BadInput(
                    f"place ({i + 1}, {j + 1}) was given on line {seen[i, j]} already; wanted it once"
                )
            value = _value(words[ahead:], field)
            if symmetry == "hermitian" and i == j and value.imag != 0:
                raise BadInput(f"the diagonal entry {value} of a hermitian matrix; wanted a real one")
        except BadInput as error:
            raise BadInput(f"{where}: line {number}: {error}: correct the line") from error
        found.append((i, j, value))
    return _filled(m, n, field, found, symmetry)
