"""Malformed and hostile matrix files: what each one is, and what the refusal must say.

CASES       a tuple of Case; each is to be refused, with every fragment in the message, whatever reads it
Case        name, source (what the user types, relative to a folder), write(folder), fragments of the message

The files are built where they are used: many are too large, too broken or too special to be stored.
"""

from __future__ import annotations

import io
import json
import os
import struct
import warnings
import zipfile
import zlib
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


F64 = struct.Struct("<d").pack
ONE = F64(1.0)
GOOD = npy("'<f8'", "(1, 2)", ONE + ONE)
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


def _json(name: str, data: bytes | str, *fragments: str) -> Case:
    return Case(f"json {name}", "W.json", stored("W.json", data), fragments)


def _csv(name: str, data: bytes | str, *fragments: str) -> Case:
    return Case(f"csv {name}", "W.csv", stored("W.csv", data), fragments)


def _mtx(name: str, banner: str, body: str, *fragments: str) -> Case:
    return Case(f"mtx {name}", "W.mtx", stored("W.mtx", f"%%MatrixMarket matrix {banner}\n{body}"), fragments)


def fifo(folder: Path) -> None:
    os.mkfifo(folder / "W.npy")


def nothing(folder: Path) -> None:
    pass


FILES = (
    Case(
        "missing file",
        "Wieghts.npy",
        stored("Weights.npy", GOOD),
        ("no such file", "did you mean 'Weights.npy'"),
    ),
    Case("missing folder", "none/W.npy", nothing, ("no such file", "cannot be listed")),
    Case("directory", "W.npy", lambda f: (f / "W.npy").mkdir(), ("is a directory", "name a file inside it")),
    Case("pipe", "W.npy", fifo, ("not a regular file",)),
    Case("dangling link", "W.npy", lambda f: (f / "W.npy").symlink_to(f / "gone.npy"), ("no such file",)),
    Case("unknown suffix", "W.pt", stored("W.pt", b"PK"), ("unknown suffix '.pt'", ".safetensors", ".mtx")),
    Case("no suffix", "W", stored("W", b"1"), ("unknown suffix ''", ".npy")),
    Case("gzip", "W.mtx.gz", stored("W.mtx.gz", b"\x1f\x8b"), ("unknown suffix '.gz'",)),
    Case("zero byte in the name", "W\0.npy", nothing, ("not a file name", "null")),
    Case("name too long", "W" * 300 + ".npy", nothing, ("cannot be read", "too long")),
    Case("file used as a folder", "W.npy/V.npy", stored("W.npy", GOOD), ("cannot be read",)),
)

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

JSON = (
    _json("empty file", "", "not JSON at line 1, column 1"),
    _json("broken", "[[1, 2],\n [3 4]]", "not JSON at line 2, column 5"),
    _json("two documents", "[[1]] [[2]]", "not JSON at line 1, column 7", "Extra data"),
    _json("nested a million deep", "[" * 10**6, "nested too deeply"),
    _json(
        "integer of ten million digits",
        "[[" + "7" * 10**7 + "]]",
        "10000000 digits",
        "at most 1000000",
        "row 0",
    ),
    _json(
        "fraction of a million digits", '[["1/' + "7" * 1_000_001 + '"]]', "1000001 digits", "row 0, column 0"
    ),
    _json("no UTF-8", b'[["1"], ["\xe9"]]', "byte 0xe9 at offset 10 is not UTF-8"),
    _json("UTF-16", "[[1]]".encode("utf-16"), "is not UTF-8"),
    _json("byte order mark", b"\xef\xbb\xbf[[1]]", "byte order mark"),
    _json("nan", "[[1, NaN]]", "row 0, column 1 (counting from 0)", "NaN is not finite"),
    _json("infinity", "[[-Infinity]]", "-Infinity is not finite"),
    _json("overflow", "[[1e400]]", "'1e400' overflows float64", "put it in quotes"),
    _json("truth value", "[[1, true]]", "row 0, column 1", "true; wanted a number"),
    _json("null", "[[null]]", "null; wanted a number"),
    _json("object entry", '[[{"re": 1}]]', '{"re": 1}; wanted a number'),
    _json("ragged", "[[1, 2], [3, 4], [5]]", "row 2 (counting from 0) has 1 entries, row 0", "has 2"),
    _json("row of no list", "[[1, 2], 3]", "row 1 (counting from 0) is 3; wanted a list"),
    _json("no rows", "[]", "no rows"),
    _json("no columns", "[[], []]", "rows without entries"),
    _json("flat list", "[1, 2, 3]", "1-d of shape (3,)"),
    _json("cube", "[[[1]]]", "row 0, column 0", "a list [1]; wanted a number"),
    _json("number", "7", "7 where a list of rows was wanted"),
    _json("string", '"[[1]]"', "where a list of rows was wanted"),
    _json("a name twice", '{"entries": [[1]], "entries": [[2]]}', "the name 'entries' occurs twice"),
    _json("unknown name", '{"rows": [[1]]}', "the names 'rows'", 'wanted "entries"'),
    _json("no number", '[["1", "one"]]', "row 0, column 1", "'one' is not an exact number"),
    _json("spaces", '[["1 /2"]]', "'1 /2' is not an exact number"),
    _json("division by zero", '[["1/0"]]', "'1/0' divides by zero"),
    _json("huge exponent", '[["1e1000000000"]]', "'1e1000000000' is too large", "at most 10000"),
    _json("other digits", '[["٣"]]', "'٣' is not an exact number"),
    _json("underscores", '[["1_000"]]', "'1_000' is not an exact number"),
    _json("unknown field", '{"field": "R", "entries": [[1]]}', "the field 'R'", '"Q(zeta_N)"'),
    _json("field of no string", '{"field": 7, "entries": [[1]]}', "the field 7"),
    _json("field null", '{"field": null, "entries": [[1]]}', "the field null"),
    _json("composite modulus", '{"field": "GF(91)", "entries": [[1]]}', "the field 'GF(91)'", "prime p"),
    _json("large prime", '{"field": "GF(18446744073709551629)", "entries": [[1]]}', "below 2^64"),
    _json("large order", '{"field": "Q(zeta_9999)", "entries": [[1]]}', "at most 1024"),
    _json("residue too large", '{"field": "GF(7)", "entries": [[0, 7]]}', "row 0, column 1", "from 0 to 6"),
    _json(
        "fraction for a residue",
        '{"field": "GF(7)", "entries": [["1/2"]]}',
        "'1/2'; wanted an integer from 0 to 6",
    ),
    _json("i in Q", '{"field": "Q", "entries": [["1+2i"]]}', "'1+2i' is complex", "Q(zeta_4)"),
    _json("i in Q(zeta_3)", '{"field": "Q(zeta_3)", "entries": [["i"]]}', "which has no i"),
    _json("one coefficient short", '{"field": "Q(zeta_8)", "entries": [[["1", "2", "3"]]]}', "phi(8) = 4"),
    _json(
        "coefficient of no string",
        '{"field": "Q(zeta_3)", "entries": [[["1", 0.5]]]}',
        "coefficient 0.5",
        "quote it",
    ),
    _json("coefficients without a field", '[[["1", "2"]]]', "row 0, column 0", "needs {"),
)

CSV = (
    _csv("empty file", "", "empty; wanted at least one row"),
    _csv("header", "a,b\n1,2\n", "line 1, cell 1", "no header line"),
    _csv("ragged", "1,2\n3,4\n5\n", "line 3 has 1 entries, line 1 has 2"),
    _csv("comma at the end", "1,2,\n3,4,\n", "line 1, cell 3", "an empty cell"),
    _csv("blank line", "1,2\n\n3,4\n", "line 2 is blank"),
    _csv("semicolons", "1;2\n3;4\n", "'1;2' is not an exact number", "separated by commas"),
    _csv("quotes", '"1","2"\n', "is not an exact number"),
    _csv("nan", "1,nan\n", "line 1, cell 2", "'nan' is not an exact number"),
    _csv("spreadsheet error", "1,2\n3,#DIV/0!\n", "line 2, cell 2", "'#DIV/0!'"),
    _csv("formula", "1,=1+1\n", "'=1+1' is not an exact number"),
    _csv("Latin-1", b"1,2\n3,\xbd\n", "byte 0xbd at offset 6 is not UTF-8"),
    _csv("zero bytes", b"1,\x002\n", "is not an exact number"),
)

MTX = (
    Case("mtx empty file", "W.mtx", stored("W.mtx", ""), ("line 1 is ''", "%%MatrixMarket matrix")),
    Case(
        "mtx no banner",
        "W.mtx",
        stored("W.mtx", "2 2 1\n1 1 1\n"),
        ("line 1 is '2 2 1'", "correct the banner"),
    ),
    _mtx(
        "unknown field",
        "coordinate quaternion general",
        "1 1 0\n",
        "line 1 is",
        "real|complex|integer|pattern",
    ),
    _mtx("array of a pattern", "array pattern general", "1 1\n", "correct the banner"),
    _mtx("real hermitian", "array real hermitian", "1 1\n1\n", "correct the banner"),
    _mtx("no sizes", "array real general", "% only a comment\n", "ends before its sizes"),
    _mtx("sizes in words", "array real general", "two 2\n", "line 2 is 'two 2'", "rows, columns"),
    _mtx("negative size", "array real general", "-2 2\n", "wanted the sizes"),
    _mtx("no rows", "array real general", "0 2\n", "empty, of shape (0, 2)"),
    _mtx(
        "astronomic size", "coordinate real general", "1000000000 1000000000 0\n", "wanted at most 134217728"
    ),
    _mtx("truncated", "coordinate real general", "2 2 2\n1 1 1\n", "truncated: 1 entries where 2 are stated"),
    _mtx("over-long", "array real general", "1 1\n1\n2\n", "over-long: 2 entries where 1 are stated"),
    _mtx(
        "outside",
        "coordinate real general",
        "2 2 1\n3 1 1\n",
        "line 3: place (3, 1) is outside the 2 x 2 matrix",
    ),
    _mtx("zero index", "coordinate real general", "2 2 1\n0 1 1\n", "place (0, 1) is outside"),
    _mtx("a place twice", "coordinate real general", "2 2 2\n1 1 1\n1 1 2\n", "given on line 3 already"),
    _mtx("upper triangle", "coordinate real symmetric", "2 2 1\n1 2 1\n", "wanted the lower triangle only"),
    _mtx("skew diagonal", "coordinate real skew-symmetric", "2 2 1\n1 1 1\n", "strictly lower triangle"),
    _mtx("complex diagonal", "coordinate complex hermitian", "2 2 1\n1 1 1 2\n", "wanted a real one"),
    _mtx("rectangular symmetric", "array real symmetric", "2 3\n1\n2\n3\n", "wanted a square one"),
    _mtx("fraction of an integer", "array integer general", "1 1\n1.5\n", "line 3: '1.5' is not an integer"),
    _mtx("nan", "array real general", "1 1\nnan\n", "'nan' is not a real number"),
    _mtx("overflow", "array real general", "1 1\n1e400\n", "'1e400' overflows float64"),
    _mtx("one word too many", "coordinate real general", "1 1 1\n1 1 1 1\n", "line 3: 4 words; wanted 3"),
    _mtx("long integer", "array integer general", "1 1\n" + "7" * 1_000_001 + "\n", "1000001 digits"),
)

CASES: tuple[Case, ...] = FILES + NPY + NPZ + SAFETENSORS + JSON + CSV + MTX
