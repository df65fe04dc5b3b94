"""Safetensors files, by our own bounded reading of the header.

read_safetensors    the Content of one tensor of a .safetensors file

Layout: 8 bytes (little-endian) give the length of a JSON header; the header maps names to dtype, shape and
data_offsets, which must tile the rest of the file without gap or overlap.
"""

from __future__ import annotations

import json
import math
import os
from io import BufferedReader
from pathlib import Path
from typing import Any, Final

import numpy as np

from ldrtheory.errors import BadInput, unknown_name
from ldrtheory.subjects.subject import Content, finite

HEADER_LIMIT: Final = 100_000_000  # the format's own limit
DTYPES: Final = {
    "BOOL": "|b1", "U8": "|u1", "I8": "|i1", "U16": "<u2", "I16": "<i2", "U32": "<u4", "I32": "<i4",
    "U64": "<u8", "I64": "<i8", "F16": "<f2", "BF16": "<u2", "F32": "<f4", "F64": "<f8",
}  # fmt: skip


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = dict(pairs)
    if len(keys) < len(pairs):
        raise ValueError("a name occurs twice")
    return keys


def _header(file: BufferedReader, size: int, where: str) -> tuple[dict[str, Any], int]:
    length = int.from_bytes(file.read(8), "little")
    if size < 8 or length > min(size - 8, HEADER_LIMIT):
        raise BadInput(
            f"{where}: the header claims {length} bytes of a file of {size}; "
            "wanted a header inside the file: copy or save it again"
        )
    try:
        header = json.loads(file.read(length).decode("utf-8"), object_pairs_hook=_distinct)
        if not isinstance(header, dict):
            raise ValueError(f"a {type(header).__name__} where an object was wanted")
    except (ValueError, RecursionError) as error:
        raise BadInput(
            f"{where}: malformed safetensors header ({error}); wanted JSON: save it again"
        ) from error
    header.pop("__metadata__", None)
    return header, 8 + length


def _whole(values: Any) -> bool:
    return isinstance(values, list) and all(type(k) is int and 0 <= k < 2**63 for k in values)


def _span(name: str, entry: Any, where: str) -> tuple[int, int]:
    """Return begin and end of a tensor's data, refusing an entry that contradicts itself."""
    good = isinstance(entry, dict) and set(entry) == {"dtype", "shape", "data_offsets"}
    good = good and isinstance(entry["dtype"], str) and _whole(entry["shape"]) and len(entry["shape"]) <= 32
    good = good and _whole(entry["data_offsets"]) and len(entry["data_offsets"]) == 2
    if not good:
        raise BadInput(
            f"{where}: the header's entry for {name!r} is {entry!r:.80}; "
            "wanted dtype, shape and data_offsets: save it again"
        )
    begin, end = entry["data_offsets"]
    if entry["dtype"] in DTYPES:
        needed = math.prod(entry["shape"]) * np.dtype(DTYPES[entry["dtype"]]).itemsize
        if end - begin != needed:
            raise BadInput(
                f"{where}: tensor {name!r} of shape {entry['shape']} and type {entry['dtype']} needs "
                f"{needed} bytes but is given {end - begin}; "
                "wanted a header that agrees with itself: save it again"
            )
    return begin, end


def _tensor_name(header: dict[str, Any], name: str | None, where: str) -> str:
    if name is not None:
        if name not in header:
            raise unknown_name(f"tensor of {where}", name, header)
        return name
    if len(header) == 1:
        return next(iter(header))
    listed = ", ".join(map(repr, sorted(header)[:20])) or "none"
    raise BadInput(
        f"{where}: {len(header)} tensors; wanted one, named as FILE.safetensors:NAME. Present: {listed}"
    )


def read_safetensors(path: Path, file: BufferedReader, name: str | None) -> tuple[Content, str]:
    """Return the Content of one tensor and its name; bfloat16 is widened to float32, which is exact.

    Every length stated is compared with the file's own before anything is read.  Raises BadInput.
    """
    where = str(path)
    size = os.fstat(file.fileno()).st_size
    header, start = _header(file, size, where)
    spans = sorted(_span(key, entry, where) for key, entry in header.items())
    at = 0
    for begin, end in spans:
        if begin != at or end < begin:
            raise BadInput(f"{where}: tensors overlap or leave a gap at byte {at} of the data; save it again")
        at = end
    if start + at != size:
        state = "truncated" if start + at > size else "over-long"
        raise BadInput(
            f"{where}: {state}: {size} bytes where the header states {start + at}; copy or save it again"
        )
    name = _tensor_name(header, name, where)
    where = f"{path}:{name}"
    entry = header[name]
    kind = entry["dtype"]
    if kind not in DTYPES:
        raise BadInput(
            f"{where}: number format {kind!r:.40}; wanted one of {', '.join(DTYPES)}: convert it first"
        )
    begin, end = entry["data_offsets"]
    file.seek(start + begin)
    data = file.read(end - begin)
    if len(data) != end - begin:
        raise BadInput(f"{where}: the file changed while it was read; wanted a file at rest: try again")
    if kind == "BOOL" and any(set(data) - {0, 1}):
        raise BadInput(f"{where}: a bool entry is neither 0 nor 1; wanted bytes 0 and 1: save it again")
    array = np.frombuffer(data, dtype=DTYPES[kind]).reshape(entry["shape"])
    if kind == "BF16":  # a bfloat16 is the upper half of a float32
        array = (array.astype(np.uint32) << 16).view(np.float32)
    return Content(finite(array, where), "Q", "bfloat16" if kind == "BF16" else array.dtype.name), name
