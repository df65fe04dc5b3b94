"""From a source to a Subject: file names by their suffix, everything else as a Python value.

read_subject    a matrix from any source
read_vector     a vector from any source: 1-d, 1 x n or n x 1
SUFFIXES        the file formats known
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np

from ldrtheory.errors import BadInput
from ldrtheory.files import opened, read_bytes, read_text
from ldrtheory.subjects.json_files import json_content, json_document
from ldrtheory.subjects.numpy_files import is_canonical, read_npy, read_npz
from ldrtheory.subjects.python_values import WHERE, python_content
from ldrtheory.subjects.subject import Content, Subject, as_matrix, as_vector, settled
from ldrtheory.subjects.tables import read_csv, read_matrix_market
from ldrtheory.subjects.tensors import read_safetensors

SUFFIXES: Final = (".npy", ".npz", ".safetensors", ".json", ".csv", ".mtx")
_CONTAINERS: Final = (".npz", ".safetensors")
# decimal conversion of such numbers exceeds what the checker allows itself; they are rewritten in hexadecimal
_TOO_LONG: Final = re.compile(r"[0-9]{4001}|[eE][+-]?[0-9]{4}")


def split_member(source: str) -> tuple[Path, str | None]:
    """Return the file and the member that FILE.npz:NAME or FILE.safetensors:NAME names.

    >>> split_member("W.npz:layer:1")
    (PosixPath('W.npz'), 'layer:1')
    """
    lowered = source.lower()
    cuts = [at + len(suffix) for suffix in _CONTAINERS if (at := lowered.find(suffix + ":")) >= 0]
    if not cuts or os.path.exists(source):
        return Path(source), None
    cut = min(cuts)
    return Path(source[:cut]), source[cut + 1 :]


def _from_file(path: Path, member: str | None, vector: bool) -> tuple[Content, str, str | None, bool]:
    """Return the content, the sha256 of the whole file, the member's name, and whether the checker reads it."""
    suffix = path.suffix.lower()
    where = str(path)
    if suffix == ".npy":
        data, digest = read_bytes(path)
        return read_npy(data, where), digest, None, is_canonical(data)
    if suffix in _CONTAINERS:
        with opened(path) as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            content, name = (read_npz if suffix == ".npz" else read_safetensors)(path, file, member)
        return content, digest, name, suffix == ".safetensors"
    if suffix in (".csv", ".mtx"):
        text, digest = read_text(path, byte_order_mark=suffix == ".csv")
        return (read_csv if suffix == ".csv" else read_matrix_market)(text, where), digest, None, False
    if suffix == ".json":
        text, digest = read_text(path)
        return (
            json_content(json_document(text, where), where, vector),
            digest,
            None,
            not _TOO_LONG.search(text),
        )
    with opened(path):
        pass  # a missing file or a directory is the better message
    raise BadInput(
        f"{where}: unknown suffix {path.suffix!r}; wanted one of {', '.join(SUFFIXES)}: "
        "rename or convert the file"
    )


def _read(source: Any, shaped: Callable[[np.ndarray, str], np.ndarray], vector: bool) -> Subject:
    if isinstance(source, Subject):
        array = settled(shaped(source.array, source.name))
        return source if array is source.array else Subject(array, source.field, array.shape, source.dtype)
    if not isinstance(source, str | os.PathLike):
        content = python_content(source)
        array = settled(shaped(content.array, WHERE))
        return Subject(array, content.field, array.shape, content.dtype)
    name = os.fspath(source)
    if not isinstance(name, str):
        raise BadInput(f"{name!r} is a path of bytes; wanted text: decode it with os.fsdecode")
    path, member = split_member(name)
    content, digest, tensor, readable = _from_file(path, member, vector)
    array = settled(shaped(content.array, name))
    return Subject(
        array,
        content.field,
        array.shape,
        content.dtype,
        path,
        digest,
        tensor,
        readable and path.suffix.islower(),
    )


def read_subject(source: Any) -> Subject:
    """Return the matrix that a source states, without losing a bit.

    source: a file name (.npy, .npz, .safetensors, .json, .csv, .mtx; members as FILE.npz:NAME and
    FILE.safetensors:NAME), a numpy array, an object array of rationals, a scipy.sparse matrix, anything with
    __dlpack__ or __array__, nested lists, or a Subject, which is returned.
    Stored floats are the dyadic rationals they store; nothing is ever unpickled.
    Cost: one pass; a .npy file of 134 MB takes about 0.2 s, half of it for the sha256.
    Raises BadInput (ShapeMismatch, NotInRing, UnknownName): what, the value, what was wanted, what to do.

    >>> read_subject([["1/3", "0.1"], [2, -1]]).array
    array([[1/3, 1/10], [2, -1]], dtype=object)
    """
    return _read(source, as_matrix, vector=False)


def read_vector(source: Any) -> Subject:
    """Return a vector, of shape (n,), from any source that `read_subject` takes: 1-d, 1 x n or n x 1.

    Over Q(zeta_N) a JSON list of n lists of phi(N) coefficients is a vector of n numbers.

    >>> read_vector(["1/2", "3"]).array
    array([1/2, 3], dtype=object)
    """
    return _read(source, as_vector, vector=True)
