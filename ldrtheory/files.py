"""Files: read whole or not at all, written beside their place and renamed into it.

opened        a regular file open for reading, or BadInput saying why not
read_bytes    the bytes of a file and their sha256
read_text     the UTF-8 text of a file and the sha256 of its bytes
writing       a context in which a new file is written; it appears whole, or nothing changes
protecting    a context in which what was read is not written over
write_bytes   one call of it for bytes; write_text for text
sha256_of     the sha256 of a file, streamed
"""

from __future__ import annotations

import contextlib
import difflib
import hashlib
import os
import secrets
import stat
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, Final

from ldrtheory.errors import BadInput

TEXT_LIMIT: Final = 1 << 29  # bytes of a text matrix: parsed entries take about fifty times a digit's room


def _missing(path: Path) -> str:
    try:
        names = sorted(entry.name for entry in path.parent.iterdir() if entry.is_file())
    except OSError:
        return f"the folder {str(path.parent)!r} cannot be listed: correct the path"
    near = difflib.get_close_matches(path.name, names, n=3, cutoff=0.6)
    return f"did you mean {' or '.join(map(repr, near))}?" if near else "correct the path"


def _reason(path: Path, error: OSError) -> BadInput:
    if isinstance(error, FileNotFoundError):
        return BadInput(f"{path}: no such file; wanted an existing file: {_missing(path)}")
    if isinstance(error, PermissionError):
        return BadInput(f"{path}: permission denied; wanted a readable file: change its mode or owner")
    if isinstance(error, IsADirectoryError):
        return BadInput(f"{path}: is a directory; wanted a file: name a file inside it")
    return BadInput(
        f"{path}: cannot be read ({error.strerror or error}); wanted a readable file: check the path"
    )


_inputs: set[str] | None = None  # the files read so far, while they are protected


@contextlib.contextmanager
def protecting() -> Iterator[None]:
    """Return a context in which no file that was read can be written: an answer never replaces its input."""
    global _inputs
    before, _inputs = _inputs, set()
    try:
        yield
    finally:
        _inputs = before


def was_read(path: Path) -> None:
    """Take note of an input file that is read in another way than by `opened`."""
    if _inputs is not None:
        _inputs.add(os.path.realpath(path))


@contextlib.contextmanager
def opened(path: Path) -> Iterator[BufferedReader]:
    """Return a context with the regular file open for reading in binary.

    Raises BadInput, naming the nearest file names, for a missing, unreadable or special file or a directory.
    """
    try:
        str(path).encode()  # a certificate names its files
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError
        if not stat.S_ISREG(mode):
            raise BadInput(f"{path}: is not a regular file; wanted a file: save its content to a file first")
        with open(path, "rb") as file:
            was_read(path)
            yield file
    except ValueError as error:
        if isinstance(error, BadInput):
            raise
        why = "it is no UTF-8" if isinstance(error, UnicodeEncodeError) else error
        raise BadInput(f"{str(path)!r}: not a file name ({why}); wanted a path: correct it") from error
    except OSError as error:
        raise _reason(path, error) from error


def read_bytes(path: Path, limit: int | None = None) -> tuple[bytes, str]:
    """Return the bytes of a file and their sha256, both from one reading.

    limit: the largest size accepted, in bytes.  Raises BadInput as `opened` does, and beyond the limit.
    """
    with opened(path) as file:
        size = os.fstat(file.fileno()).st_size
        if limit is not None and size > limit:
            raise BadInput(f"{path}: {size} bytes; wanted at most {limit} of this format: store it as .npy")
        data = file.read()
    return data, hashlib.sha256(data).hexdigest()


def read_text(path: Path, byte_order_mark: bool = False) -> tuple[str, str]:
    """Return the UTF-8 text of a file and the sha256 of its bytes.

    byte_order_mark: whether one at the start is skipped (spreadsheets write it) or refused.
    Raises BadInput as `read_bytes` does, and names the first byte that is not UTF-8.
    """
    data, digest = read_bytes(path, TEXT_LIMIT)
    if data.startswith(b"\xef\xbb\xbf"):
        if not byte_order_mark:
            raise BadInput(f"{path}: starts with a byte order mark; wanted plain UTF-8: save it without one")
        data = data[3:]
    try:
        return data.decode("utf-8"), digest
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{path}: byte {data[error.start]:#04x} at offset {error.start} is not UTF-8; "
            "wanted UTF-8 text: convert the file's encoding"
        ) from error


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file in hexadecimal; the file is streamed, never held."""
    with opened(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Digesting:
    """A file being written, and the sha256 of what was written to it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()

    def write(self, data: bytes | memoryview) -> None:
        self._file.write(data)
        self._digest.update(data)

    def sha256(self) -> str:
        return self._digest.hexdigest()


@contextlib.contextmanager
def writing(path: Path) -> Iterator[Digesting]:
    """Return a context in which a file is written beside its place; on leaving it is renamed into it.

    On any exception, Ctrl-C and a full disk included, the file that was there before stays as it was and
    nothing half-written is left.  A symbolic link is followed.
    Raises BadInput when the file cannot be written.
    """
    try:
        place = Path(os.path.realpath(path))
        if str(place) in (_inputs or ()):
            raise BadInput(
                f"{path}: is an input of this command; wanted a file to write: choose another name"
            )
        if place.exists() and not place.is_file():
            what = "a directory" if place.is_dir() else "not a regular file"
            raise BadInput(f"{path}: is {what}; wanted a file to write: choose another name")
        beside = place.with_name(f".ldrtheory-{secrets.token_hex(8)}.part")
        try:
            with open(beside, "xb") as file:
                digesting = Digesting(file)
                yield digesting
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, place)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(beside)
            raise
    except ValueError as error:
        if isinstance(error, BadInput) or "null" not in str(error):
            raise
        raise BadInput(f"{str(path)!r}: not a file name ({error}); wanted a path: correct it") from error
    except OSError as error:
        raise BadInput(
            f"{path}: cannot be written ({error.strerror or error}); nothing was changed: "
            "free space or choose another place"
        ) from error


def write_bytes(path: Path, data: bytes) -> str:
    """Return the sha256 of the data after writing it to a file, whole or not at all."""
    with writing(path) as file:
        file.write(data)
    return file.sha256()


def write_text(path: Path, text: str) -> str:
    """Return the sha256 of the text in UTF-8 after writing it to a file, whole or not at all."""
    return write_bytes(path, text.encode("utf-8"))
