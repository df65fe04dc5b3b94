"""NumPy's files: .npy and .npz, by our own strict reading of the header; nothing is ever unpickled.

npy_header      shape, order and number format from the first bytes, or a refusal
read_npy        the Content of a .npy file's bytes
is_canonical    whether the checker reads the header too
read_npz        the Content of one member of a .npz file, bounded before anything is allocated
"""

from __future__ import annotations

import ast
import math
import re
import zipfile
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

import numpy as np

from ldrtheory.errors import BadInput, unknown_name
from ldrtheory.subjects.subject import Content, finite

MAGIC: Final = b"\x93NUMPY"
HEADER_LIMIT: Final = 10_000  # numpy's own limit; a header of a plain array has about 60 bytes
EXPANDED_LIMIT: Final = 1 << 30  # bytes one compressed member may expand to
EXPANDED_FREELY: Final = 1 << 28  # below this size any ratio is allowed ...
RATIO_LIMIT: Final = 100  # ... beyond it, at most this many bytes for each stored one
DTYPES: Final = {
    **{
        f"{kind}{size}": f"{name}{8 * size}"
        for kind, name in (("i", "int"), ("u", "uint"))
        for size in (1, 2, 4, 8)
    },
    **{f"f{size}": f"float{8 * size}" for size in (2, 4, 8)},
    **{f"c{size}": f"complex{8 * size}" for size in (8, 16)},
    "b1": "bool",
}
_CANONICAL = re.compile(
    rb"\{'descr': '[<>|]\w+', 'fortran_order': (?:True|False), 'shape': \(\d{1,15}, \d{1,15}\), \} *\n"
)
_WANTED = "wanted bool, int, uint, float16/32/64 or complex64/128"


class Header(NamedTuple):
    """What a .npy header states."""

    dtype: np.dtype
    fortran_order: bool
    shape: tuple[int, ...]
    offset: int

    @property
    def nbytes(self) -> int:
        """Bytes of data that must follow."""
        return math.prod(self.shape) * self.dtype.itemsize


def _dtype(descr: object, where: str) -> np.dtype:
    if isinstance(descr, list):
        raise BadInput(
            f"{where}: structured records {descr!r:.80}; {_WANTED}: save one field as a plain array"
        )
    match = re.fullmatch(r"[<>|=]?([A-Za-z][0-9]*)", descr) if isinstance(descr, str) else None
    code = match[1] if match else ""
    if code in DTYPES:
        return np.dtype(descr)  # type: ignore[call-overload]
    advice = {
        "O": "object entries would be unpickled, which we never do: save numbers, or exact strings as .json",
        "f": "convert with .astype('float64') (this may round)",
        "c": "convert with .astype('complex128') (this may round)",
        "V": "raw bytes have no numeric meaning: save bfloat16 as .safetensors",
        "U": "save exact strings as .json",
        "S": "save exact strings as .json",
    }.get(code[:1], "convert it first")
    raise BadInput(f"{where}: number format {descr!r:.40}; {_WANTED}: {advice}")


def npy_header(file: BinaryIO, where: str) -> Header:
    """Return what the header at the file's position states; refuse anything but a plain array."""
    start = file.read(8)
    if len(start) < 8 or start[:6] != MAGIC:
        raise BadInput(
            f"{where}: not a .npy file (it starts with {start[:6]!r}); wanted one: save with numpy.save"
        )
    version = start[6], start[7]
    if version not in ((1, 0), (2, 0), (3, 0)):
        raise BadInput(
            f"{where}: .npy version {version[0]}.{version[1]}; wanted 1.0, 2.0 or 3.0: save it again"
        )
    width = 2 if version == (1, 0) else 4
    length = int.from_bytes(file.read(width), "little")
    if length > HEADER_LIMIT:
        raise BadInput(
            f"{where}: a header of {length} bytes; wanted at most {HEADER_LIMIT}: save a plain array"
        )
    data = file.read(length)
    if len(data) < length:
        raise BadInput(
            f"{where}: truncated inside its header; wanted {length} bytes of it: copy the file again"
        )
    malformed = BadInput(
        f"{where}: malformed .npy header {data[:80]!r}; wanted descr, fortran_order and shape: save it again"
    )
    try:
        text = data.decode("latin1" if version < (3, 0) else "utf-8")
        tree = ast.parse(text.strip(), mode="eval").body
        keys = (
            [ast.literal_eval(key) for key in tree.keys if key is not None]
            if isinstance(tree, ast.Dict)
            else []
        )
        if sorted(keys) != ["descr", "fortran_order", "shape"]:
            raise malformed
        stated = ast.literal_eval(tree)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError) as error:
        raise malformed from error
    shape, order = stated["shape"], stated["fortran_order"]
    whole = isinstance(shape, tuple) and all(type(k) is int and 0 <= k < 2**63 for k in shape)
    if not whole or len(shape) > 32 or type(order) is not bool:
        raise malformed
    return Header(_dtype(stated["descr"], where), order, shape, 8 + width + length)


def _content(header: Header, data: bytes | memoryview, where: str) -> Content:
    if header.dtype.kind == "b" and np.frombuffer(data, dtype=np.uint8).max(initial=0) > 1:
        raise BadInput(
            f"{where}: a bool entry is neither 0 nor 1; wanted bytes 0 and 1: save it again with numpy"
        )
    array = np.frombuffer(data, dtype=header.dtype)
    array = array.reshape(header.shape, order="F" if header.fortran_order else "C")
    field = "Q(zeta_4)" if header.dtype.kind == "c" else "Q"
    return Content(finite(array, where), field, header.dtype.newbyteorder("=").name)


def is_canonical(data: bytes) -> bool:
    """Return whether the header is spelled as numpy spells it, which the checker insists on."""
    start = 10 if data[6:7] == b"\x01" else 12
    return bool(_CANONICAL.match(data, start))


def _wrong_length(where: str, found: int, header: Header) -> BadInput:
    state = "truncated" if found < header.nbytes else "over-long"
    return BadInput(
        f"{where}: {state}: {found} bytes of data where the header states {header.nbytes} "
        f"(shape {header.shape}, {header.dtype.name}); wanted exactly as many: copy or save it again"
    )


def read_npy(data: bytes, where: str) -> Content:
    """Return the Content of the bytes of a .npy file, without copying them."""
    header = npy_header(BytesIO(data[: HEADER_LIMIT + 16]), where)
    body = memoryview(data)[header.offset :]
    if len(body) != header.nbytes:
        raise _wrong_length(where, len(body), header)
    return _content(header, body, where)


def _member(archive: zipfile.ZipFile, name: str | None, where: str) -> zipfile.ZipInfo:
    members: dict[str, zipfile.ZipInfo] = {}
    for info in archive.infolist():
        if info.is_dir():
            continue
        if info.filename in members:
            raise BadInput(
                f"{where}: two members are called {info.filename!r}; wanted distinct names: save it again"
            )
        members[info.filename] = info
    names = [key.removesuffix(".npy") for key in members]
    if name is None:
        if len(members) == 1:
            return next(iter(members.values()))
        listed = ", ".join(map(repr, sorted(names)[:20])) or "none"
        raise BadInput(
            f"{where}: {len(members)} members; wanted one, named as FILE.npz:NAME. Present: {listed}"
        )
    for key in (name, name + ".npy"):
        if key in members:
            return members[key]
    raise unknown_name(f"member of {where}", name, names)


def read_npz(path: Path, file: BufferedReader, name: str | None) -> tuple[Content, str]:
    """Return the Content of one member of a .npz file, and the member's name.

    The stated sizes are compared with limits and with each other before data are expanded, the expanded
    length with the stated one after; at most one member is expanded.
    Raises BadInput, offering the names present.
    """
    where = str(path)
    try:
        with zipfile.ZipFile(file) as archive:
            info = _member(archive, name, where)
            where = f"{path}:{info.filename.removesuffix('.npy')}"
            if info.flag_bits & 1:
                raise BadInput(f"{where}: encrypted; wanted a plain member: save it with numpy.savez")
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise BadInput(
                    f"{where}: unusual compression; wanted stored or deflated: save it with numpy.savez"
                )
            with archive.open(info) as member:
                header = npy_header(member, where)  # type: ignore[arg-type]
                _refuse_bomb(info, header, where)
                data = member.read(header.nbytes)
                extra = member.read(1)
            if len(data) != header.nbytes or extra:
                raise _wrong_length(where, len(data) + len(extra), header)
    except BadInput:
        raise
    except Exception as error:  # zipfile raises a dozen kinds on damaged archives, IndexError among them
        raise BadInput(
            f"{where}: a damaged .npz file ({error}); wanted one by numpy.savez: copy it again"
        ) from error
    return _content(header, data, where), info.filename.removesuffix(".npy")


def _refuse_bomb(info: zipfile.ZipInfo, header: Header, where: str) -> None:
    if info.file_size != header.nbytes + header.offset:
        raise _wrong_length(where, info.file_size - header.offset, header)
    size = info.file_size
    if size > EXPANDED_LIMIT:
        raise BadInput(f"{where}: expands to {size} bytes; wanted at most {EXPANDED_LIMIT}: save it as .npy")
    if size > EXPANDED_FREELY and size > RATIO_LIMIT * info.compress_size:
        raise BadInput(
            f"{where}: {info.compress_size} bytes would expand to {size}, as a zip bomb does; "
            f"wanted at most {RATIO_LIMIT} to 1 beyond {EXPANDED_FREELY} bytes: save it as .npy"
        )
