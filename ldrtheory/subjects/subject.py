"""What was read, and the refusals every format shares.

Subject         a matrix (or vector) with its field and its origin
Content         what one format's reader returns: an array, its field and the name of its number format
finite          an array unchanged, or a refusal naming the first NaN or infinite entry
settled         an array as every consumer may expect it: native byte order, C order, read-only
ENTRY_LIMIT     more entries than this are refused where the size is stated, not stored
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from ldrtheory.errors import BadInput, ShapeMismatch

ENTRY_LIMIT: Final = 1 << 27  # 11585 x 11585, one GiB of float64: beyond, a dense exact method is no use


class Content(NamedTuple):
    """The array a file holds, the field its entries live in, and the name of their format."""

    array: np.ndarray
    field: str
    dtype: str


@dataclass(frozen=True, eq=False)
class Subject:
    """A matrix, exactly as its source states it.

    array                read-only: numeric (int, uint, bool, float, complex), or objects: ring elements
    field                "Q", "Q(zeta_N)" or "GF(p)"; complex numbers live in "Q(zeta_4)"
    shape                (m, n), or (n,) for a vector
    dtype                how the source writes numbers: "float64", "bfloat16", "integer", "rational", ...
    path, sha256         the file and the sha256 of its bytes; None for Python values
    tensor               the member of a .npz or .safetensors file; None otherwise
    readable_by_checker  whether the checker reads this very file itself
    """

    array: np.ndarray
    field: str
    shape: tuple[int, ...]
    dtype: str
    path: Path | None = None
    sha256: str | None = None
    tensor: str | None = None
    readable_by_checker: bool = False

    @property
    def name(self) -> str:
        """The source as a user writes it: "W.npz:layer1", or "array" for a Python value."""
        if self.path is None:
            return "array"
        return str(self.path) + (f":{self.tensor}" if self.tensor is not None else "")

    def __repr__(self) -> str:
        size = " x ".join(map(str, self.shape))
        return f"Subject({self.name!r}, {size}, {self.dtype}, over {self.field})"


def position(index: tuple[int, ...]) -> str:
    """Return the place of an entry in words.

    >>> position((2, 5)), position((3,))
    ('row 2, column 5 (counting from 0)', 'position 3 (counting from 0)')
    """
    if len(index) == 2:
        return f"row {index[0]}, column {index[1]} (counting from 0)"
    return f"position {', '.join(map(str, index))} (counting from 0)"


def finite(array: np.ndarray, where: str) -> np.ndarray:
    """Return a numeric array unchanged; raise BadInput naming its first NaN or infinite entry."""
    if array.dtype.kind in "fc":
        good = np.isfinite(array)
        if not good.all():
            index = tuple(int(k) for k in np.unravel_index(int(np.argmin(good)), array.shape))
            raise BadInput(
                f"{where}: the entry at {position(index)} is {array[index]!s}; "
                "wanted finite numbers: replace or drop it"
            )
    return array


def settled(array: np.ndarray) -> np.ndarray:
    """Return the array in native byte order, aligned, C-contiguous and read-only."""
    if array.dtype.kind != "O" and not array.dtype.isnative:
        array = array.astype(array.dtype.newbyteorder("="))
    array = np.require(array, requirements=["C", "A"])
    if array.flags.writeable:
        array = array.view()
        array.flags.writeable = False
    return array


def as_matrix(array: np.ndarray, where: str) -> np.ndarray:
    """Return a 2-d array with at least one entry unchanged, or raise ShapeMismatch."""
    if array.ndim != 2:
        hint = "reshape it to (1, n) or (n, 1)" if array.ndim == 1 else "choose one slice or reshape it"
        raise ShapeMismatch(f"{where}: {array.ndim}-d of shape {array.shape}; wanted a matrix (2-d): {hint}")
    if array.size == 0:
        raise ShapeMismatch(
            f"{where}: empty, of shape {array.shape}; wanted at least one row and one column: "
            "check the source"
        )
    return array


def as_vector(array: np.ndarray, where: str) -> np.ndarray:
    """Return the entries of a vector given as (n,), (1, n) or (n, 1) as (n,), or raise ShapeMismatch."""
    if array.ndim == 2 and 1 in array.shape:
        array = array.reshape(-1)
    if array.ndim != 1:
        raise ShapeMismatch(
            f"{where}: shape {array.shape}; wanted a vector, of shape (n,), (1, n) or (n, 1): "
            "store one row only"
        )
    if array.size == 0:
        raise ShapeMismatch(f"{where}: empty; wanted a vector with at least one entry: check the source")
    return array


def ragged(where: str, lengths: list[int], row_name: Any = "row {} (counting from 0)".format) -> None:
    """Raise ShapeMismatch, naming the first row whose length differs from the first row's."""
    for i, length in enumerate(lengths):
        if length != lengths[0]:
            raise ShapeMismatch(
                f"{where}: {row_name(i)} has {length} entries, {row_name(0)} has {lengths[0]}; "
                "wanted rows of one length: complete or cut it"
            )
