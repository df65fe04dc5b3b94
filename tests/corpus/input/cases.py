"""One malformed or hostile input, and the bytes that such files are made of.

Case        name, source (what the user types, relative to a folder), write(folder), fragments of the message
stored      a write that stores a file
npy         an NPY file with any header
ONE, GOOD   the bytes of 1.0, and an NPY file that is in order
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class Case(NamedTuple):
    """One input that must be refused."""

    name: str
    source: str
    write: Callable[[Path], None]
    fragments: tuple[str, ...]


def stored(name: str, data: bytes | str) -> Callable[[Path], None]:
    content = data.encode() if isinstance(data, str) else data
    return lambda folder: (folder / name).write_bytes(content) and None


def npy(
    descr: str, shape: str, data: bytes, version: int = 1, order: str = "False", header: str = ""
) -> bytes:
    text = header or f"{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}, }}"
    line = text.encode() + b"\n"
    width = 2 if version == 1 else 4
    return b"\x93NUMPY" + bytes([version, 0]) + len(line).to_bytes(width, "little") + line + data


F64 = struct.Struct("<d").pack
ONE = F64(1.0)
GOOD = npy("'<f8'", "(1, 2)", ONE + ONE)
