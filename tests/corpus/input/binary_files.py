"""Malformed NPY, NPZ and safetensors files.

NPY, NPZ, SAFETENSORS   tuples of Case
"""

from __future__ import annotations

import io
import json
import struct
import warnings
import zipfile
import zlib
from pathlib import Path

from tests.corpus.input.cases import F64, GOOD, ONE, Case, npy, stored


def safetensors(header: object, data: bytes = b"", length: int | None = None) -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text) if length is None else length) + text + data


def npz(*members: tuple[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", compression) as archive:
        warnings.simplefilter("ignore")  # a duplicate name is the point of one case
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()


def bomb(folder: Path) -> None:
    """A .npz of a few MB whose member expands to 1.352 GB of zeros: one deflated block of zeros, many times."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    stream = deflate.compress(npy("'<f8'", "(13000, 13000)", b"")) + deflate.flush(zlib.Z_FULL_FLUSH)
    block = deflate.compress(bytes(13000 * 8)) + deflate.flush(zlib.Z_FULL_FLUSH)
    with zipfile.ZipFile(folder / "bomb.npz", "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("W.npy", stream + block * 13000 + deflate.flush())
        info = archive.getinfo("W.npy")  # the central directory is written on closing
        info.compress_type, info.file_size = (
            zipfile.ZIP_DEFLATED,
            8 * 13000**2 + len(npy("'<f8'", "(13000, 13000)", b"")),
        )


def patched(data: bytes, old: bytes, new: bytes) -> bytes:
    if old not in data:
        raise ValueError(f"{old!r} does not occur")
    return data.replace(old, new)


PAIR = {"a": {"dtype": "F64", "shape": [1, 1], "data_offsets": [0, 8]}}
TWO = {**PAIR, "b": {"dtype": "F64", "shape": [1, 1], "data_offsets": [8, 16]}}


def tensor(dtype: str, shape: list[int], offsets: list[int], data: bytes) -> bytes:
    return safetensors({"a": {"dtype": dtype, "shape": shape, "data_offsets": offsets}}, data)


def _npy(name: str, data: bytes, *fragments: str) -> Case:
    return Case(f"npy {name}", "W.npy", stored("W.npy", data), fragments)


def _npz(name: str, source: str, data: bytes, *fragments: str) -> Case:
    return Case(f"npz {name}", source, stored("W.npz", data), fragments)


def _safe(name: str, source: str, data: bytes, *fragments: str) -> Case:
    return Case(f"safetensors {name}", source, stored("W.safetensors", data), fragments)


NPY = (
    _npy("empty file", b"", "not a .npy file", "numpy.save"),
    _npy("text", b"1 2 3\n4 5 6\n", "not a .npy file", "b'1 2 3\\n'"),
    _npy("version 9", npy("'<f8'", "(1, 1)", ONE, version=9), "version 9.0", "wanted 1.0, 2.0 or 3.0"),
    _npy("0-d", npy("'<f8'", "()", ONE), "0-d", "wanted a matrix"),
    _npy("1-d", npy("'<f8'", "(2,)", ONE * 2), "1-d of shape (2,)", "reshape it to (1, n) or (n, 1)"),
    _npy("3-d", npy("'<f8'", "(1, 1, 2)", ONE * 2), "3-d of shape (1, 1, 2)", "choose one slice"),
    _npy("no rows", npy("'<f8'", "(0, 3)", b""), "empty, of shape (0, 3)"),
    _npy("objects", npy("'|O'", "(1, 1)", b"\x80\x04N."), "'|O'", "would be unpickled, which we never do"),
    _npy("records", npy("[('a', '<f8')]", "(1, 1)", ONE), "structured records", "save one field"),
    _npy("text entries", npy("'<U4'", "(1, 1)", bytes(16)), "'<U4'", "exact strings as .json"),
    _npy("dates", npy("'<M8[s]'", "(1, 1)", ONE), "number format '<M8[s]'"),
    _npy("long double", npy("'<f16'", "(1, 1)", bytes(16)), "'<f16'", "astype('float64')"),
    _npy("raw bytes", npy("'|V2'", "(1, 1)", bytes(2)), "'|V2'", "bfloat16 as .safetensors"),
    _npy("impossible size", npy("'<f3'", "(1, 1)", bytes(3)), "'<f3'"),
    _npy("number for a format", npy("8", "(1, 1)", ONE), "number format 8"),
    _npy("truncated data", npy("'<f8'", "(2, 2)", ONE * 3), "truncated: 24 bytes", "states 32"),
    _npy("over-long", npy("'<f8'", "(2, 2)", ONE * 5), "over-long: 40 bytes", "states 32"),
    _npy("truncated header", GOOD[:40], "truncated inside its header"),
    _npy(
        "header length",
        b"\x93NUMPY\x02\x00\xff\xff\xff\xff{}",
        "a header of 4294967295 bytes",
        "at most 10000",
    ),
    _npy(
        "code in the header",
        npy("", "", ONE, header="{'descr': __import__('os').system('touch pwned')}"),
        "malformed",
    ),
    _npy("nested header", npy("", "", b"", header="{'descr': " + "(" * 9000 + "}"), "malformed .npy header"),
    _npy(
        "a key twice",
        npy("", "", ONE, header="{'descr': '<f8', 'shape': (1, 1), 'shape': (9, 9), 'fortran_order': False}"),
        "malformed .npy header",
    ),
    _npy(
        "a key missing", npy("", "", ONE, header="{'descr': '<f8', 'shape': (1, 1)}"), "malformed .npy header"
    ),
    _npy("negative size", npy("'<f8'", "(-1, -1)", ONE), "malformed .npy header"),
    _npy("size in words", npy("'<f8'", "('1', 1)", ONE), "malformed .npy header"),
    _npy("astronomic size", npy("'<f8'", f"({2**61}, {2**61})", ONE), "truncated: 8 bytes", str(2**125)),
    _npy("order in words", npy("'<f8'", "(1, 1)", ONE, order="'no'"), "malformed .npy header"),
    _npy(
        "nan", npy("'<f8'", "(2, 2)", ONE * 3 + F64(float("nan"))), "row 1, column 1 (counting from 0) is nan"
    ),
    _npy("infinity", npy("'<f4'", "(1, 2)", struct.pack("<ff", 1, float("-inf"))), "row 0, column 1", "-inf"),
    _npy("complex nan", npy("'<c16'", "(1, 1)", ONE + F64(float("nan"))), "row 0, column 0", "nan"),
    _npy(
        "fortran order nan",
        npy("'<f8'", "(2, 2)", ONE * 2 + F64(float("nan")) + ONE, order="True"),
        "row 0, column 1",
    ),
    _npy("bool byte 2", npy("'|b1'", "(1, 2)", b"\x01\x02"), "neither 0 nor 1"),
)

NPZ = (
    _npz(
        "missing member", "W.npz:layer2", npz(("layer1.npy", GOOD)), "unknown member", "'layer2'", "'layer1'"
    ),
    _npz("no name", "W.npz", npz(("a.npy", GOOD), ("b.npy", GOOD)), "2 members", "FILE.npz:NAME", "'a', 'b'"),
    _npz("no members", "W.npz", npz(), "0 members", "none"),
    _npz("no zip file", "W.npz:a", b"PK\x03\x04 but no more", "a damaged .npz file"),
    _npz("truncated", "W.npz:a", npz(("a.npy", GOOD))[:-30], "a damaged .npz file"),
    _npz("a name twice", "W.npz:a", npz(("a.npy", GOOD), ("a.npy", GOOD)), "two members are called 'a.npy'"),
    _npz(
        "damaged data",
        "W.npz:a",
        patched(npz(("a.npy", GOOD), compression=0), ONE + ONE, ONE + F64(2.0)),
        "CRC",
    ),
    _npz(
        "unusual compression",
        "W.npz:a",
        npz(("a.npy", GOOD), compression=zipfile.ZIP_BZIP2),
        "unusual compression",
    ),
    _npz("text member", "W.npz:a.txt", npz(("a.txt", b"1 2 3 4 5 6")), "W.npz:a.txt: not a .npy file"),
    _npz("objects", "W.npz:a", npz(("a.npy", npy("'|O'", "(1, 1)", b"cos\nsystem\n"))), "never do"),
    _npz(
        "more stated than stored",
        "W.npz:a",
        npz(("a.npy", npy("'<f8'", "(9999, 9999)", ONE))),
        "truncated: 8 bytes",
    ),
    _npz("more stored than stated", "W.npz:a", npz(("a.npy", GOOD + bytes(1000))), "over-long: 1016 bytes"),
    Case("npz bomb", "bomb.npz:W", bomb, ("expands to 1352000", "wanted at most 1073741824")),
    _npz(
        "bomb below the limit",
        "W.npz:a",
        npz(("a.npy", npy("'|i1'", "(20000, 20000)", bytes(400_000_000)))),
        "as a zip bomb does",
        "save it as .npy",
    ),
)

SAFETENSORS = (
    _safe("empty file", "W.safetensors:a", b"", "the header claims 0 bytes of a file of 0"),
    _safe(
        "header beyond the file",
        "W.safetensors:a",
        safetensors(PAIR, ONE, length=2**40),
        f"claims {2**40} bytes",
    ),
    _safe(
        "header of 2^64-1",
        "W.safetensors:a",
        safetensors(PAIR, ONE, length=2**64 - 1),
        f"claims {2**64 - 1} bytes",
    ),
    _safe("no JSON", "W.safetensors:a", safetensors(b"{'a': 1}"), "malformed safetensors header"),
    _safe("no UTF-8", "W.safetensors:a", safetensors(b'{"\xff": 1}'), "malformed safetensors header"),
    _safe("a list", "W.safetensors:a", safetensors([1, 2]), "malformed safetensors header", "list"),
    _safe("nested header", "W.safetensors:a", safetensors(b"[" * 10**6), "malformed safetensors header"),
    _safe(
        "a name twice",
        "W.safetensors:a",
        safetensors(json.dumps(PAIR)[:-1].encode() + b"," + json.dumps(PAIR)[1:].encode(), ONE),
        "a name occurs twice",
    ),
    _safe(
        "shape lies", "W.safetensors:a", tensor("F64", [9, 9], [0, 8], ONE), "needs 648 bytes but is given 8"
    ),
    _safe("type lies", "W.safetensors:a", tensor("F32", [1, 1], [0, 8], ONE), "needs 4 bytes but is given 8"),
    _safe("offsets backwards", "W.safetensors:a", tensor("F64", [1, 1], [8, 0], ONE), "given -8"),
    _safe("negative offset", "W.safetensors:a", tensor("F64", [1, 1], [-8, 0], ONE), "entry for 'a'"),
    _safe("overlap", "W.safetensors:a", safetensors({**PAIR, "b": PAIR["a"]}, ONE), "overlap or leave a gap"),
    _safe(
        "gap", "W.safetensors:a", tensor("F64", [1, 1], [8, 16], ONE * 2), "overlap or leave a gap at byte 0"
    ),
    _safe("over-long", "W.safetensors:a", safetensors(PAIR, ONE + b"x"), "over-long"),
    _safe("truncated", "W.safetensors:a", safetensors(PAIR, ONE[:7]), "truncated"),
    _safe(
        "strange entry",
        "W.safetensors:a",
        safetensors({"a": {"dtype": "F64"}}),
        "entry for 'a'",
        "data_offsets",
    ),
    _safe(
        "shape of floats",
        "W.safetensors:a",
        safetensors({"a": {**PAIR["a"], "shape": [1.0, 1]}}, ONE),
        "entry for",
    ),
    _safe(
        "missing tensor", "W.safetensors:c", safetensors(TWO, ONE * 2), "unknown tensor", "'c'", "Known: a, b"
    ),
    _safe("no name", "W.safetensors", safetensors(TWO, ONE * 2), "2 tensors", "'a', 'b'"),
    _safe("eight-bit float", "W.safetensors:a", tensor("F8_E4M3", [1, 1], [0, 1], b"1"), "'F8_E4M3'", "BF16"),
    _safe(
        "convolution",
        "W.safetensors:a",
        tensor("F32", [1, 1, 1, 1], [0, 4], bytes(4)),
        "4-d of shape (1, 1, 1, 1)",
    ),
    _safe("bias vector", "W.safetensors:a", tensor("F32", [2], [0, 8], bytes(8)), "1-d of shape (2,)"),
    _safe(
        "bfloat16 nan",
        "W.safetensors:a",
        tensor("BF16", [1, 2], [0, 4], b"\x80\x3f\xc0\x7f"),
        "column 1",
        "nan",
    ),
    _safe("bool byte 2", "W.safetensors:a", tensor("BOOL", [1, 2], [0, 2], b"\x01\x02"), "neither 0 nor 1"),
)
