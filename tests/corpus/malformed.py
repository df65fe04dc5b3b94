"""Certificates that are not JSON of the right form, and subjects in files that are not of their format.

RAW         (name, bytes of the certificate, verdict, fragment of the reason)
SUBJECTS    name of the file -> its bytes, the verdict, a fragment of the reason
FIELDS      the field of the claim about such a subject, if it is not Q
"""

from __future__ import annotations

from tests.corpus.changes import R, U

RAW: list[tuple[str, bytes, str, str]] = [
    ("not-json", b"displacement rank 2\n", U, "is no JSON certificate: Expecting value"),
    ("not-utf8", b'{"format": "\xff"}', U, "is no JSON certificate: 'utf-8' codec"),
    ("not-object", b"[]", U, "the certificate is not a JSON object"),
    (
        "key-twice",
        b'{"format": "ldrtheory-certificate/1", "format": "x", "statements": []}',
        U,
        "a JSON object has a key twice",
    ),
    ("nan", b'{"format": NaN, "statements": []}', U, "unknown format nan"),
    ("digits", b'{"format": 1' + b"0" * 5000 + b', "statements": []}', U, "4300"),
    ("nested", b"[" * 20000, U, "RecursionError"),
]


def npy(header: str, data: bytes, version: int = 1) -> bytes:
    """Return an NPY file with the given header."""
    text = (header + "\n").encode()
    return (
        b"\x93NUMPY"
        + bytes([version, 0])
        + len(text).to_bytes(2 if version == 1 else 4, "little")
        + text
        + data
    )


def tensors(header: bytes, data: bytes) -> bytes:
    """Return a safetensors file with the given header."""
    return len(header).to_bytes(8, "little") + header + data


def header(dtype: str, shape: str) -> str:
    """Return the usual NPY header."""
    return f"{{'descr': '{dtype}', 'fortran_order': False, 'shape': {shape}, }}"


F64 = b'{"x": {"dtype": "F64", "shape": [1, 2], "data_offsets": [0, 16]}}'
INFINITY = b"\0\0\0\0\0\0\xf0\xff"
SUBJECTS: dict[str, tuple[bytes, str, str]] = {
    "truncated.npy": (
        npy(header("<f8", "(1, 2)"), bytes(15)),
        U,
        "1 x 2 numbers of 8 bytes announced, 15 bytes there",
    ),
    "long.npy": (npy(header("<f8", "(1, 2)"), bytes(17)), U, "17 bytes there"),
    "enormous.npy": (npy(header("<f8", "(999999999999, 999999999999)"), b""), U, "0 bytes there"),
    "vector.npy": (npy(header("<f8", "(2,)"), bytes(16)), U, "unreadable NPY header"),
    "object.npy": (npy(header("|O", "(1, 2)"), bytes(16)), U, "the type of the numbers is 'O'"),
    "bf.npy": (npy(header("<bf", "(1, 2)"), bytes(4)), U, "the type of the numbers is 'bf'"),
    "nan.npy": (
        npy(header("<f8", "(1, 2)"), b"\0\0\0\0\0\0\xf8\x7f" + bytes(8)),
        U,
        "row 0 has NaN or infinity",
    ),
    "infinite.npy": (npy(header("<f8", "(1, 2)"), INFINITY + bytes(8)), U, "row 0 has NaN or infinity"),
    "infinite-complex.npy": (npy(header("<c16", "(1, 1)"), INFINITY + bytes(8)), U, "OverflowError"),
    "empty.npy": (npy(header("<f8", "(0, 2)"), b""), U, "a size is not an integer from 1"),
    "version.npy": (
        b"\x93NUMPY\4\0" + npy(header("<f8", "(1, 2)"), bytes(16))[8:],
        U,
        "unreadable NPY header",
    ),
    "short.npy": (b"\x93NUMPY", U, "unreadable NPY header"),
    "nothing.json": (b"", U, "the subject is neither NPY nor JSON: Expecting value"),
    "infinite.json": (b"[[1e999, 1]]", U, "OverflowError"),
    "nan.json": (b"[[NaN, 1]]", U, "a number is nan"),
    "ragged.json": (b"[[1, 2], [3]]", R, "the rows of a matrix differ in length"),
    "float-modulo.json": (b"[[1.0, 2]]", U, "a number is not an integer from 0 to p - 1"),
    "float-coefficient.json": (
        b'{"field": "Q(zeta_4)", "entries": [[[1.5, 1], 2]]}',
        U,
        "a coefficient is not rational",
    ),
    "rows.json": (b'{"rows": [[1, 2]]}', U, "the subject lacks these keys"),
    "number.json": (b"5", U, "the entries of the subject is not a JSON array"),
    "lies.safetensors": (tensors(F64, bytes(8)), U, "the tensor is said to end at byte 16 of 8"),
    "cut.safetensors": (tensors(F64, b"")[:-1], U, "the header is said to end at byte"),
    "no-data.safetensors": (tensors(F64, b""), U, "the tensor is said to end at byte 16 of 0"),
    "shape.safetensors": (tensors(F64.replace(b"[1, 2]", b"[9, 9]"), bytes(16)), U, "9 x 9 numbers"),
    "backwards.safetensors": (tensors(F64.replace(b"[0, 16]", b"[16, 0]"), bytes(16)), U, "0 bytes there"),
    "type.safetensors": (
        tensors(F64.replace(b"F64", b"F8_E4M3"), bytes(16)),
        U,
        "the type of the tensor is 'F8_E4M3'",
    ),
    "list.safetensors": (tensors(b"[1]", bytes(16)), U, "the safetensors file has no tensor 'x'"),
    "twice.safetensors": (tensors(b'{"x": 1, "x": 2}', bytes(16)), U, "a JSON object has a key twice"),
    "extra.safetensors": (
        tensors(F64.replace(b'"dtype"', b'"a": 1, "dtype"'), bytes(16)),
        U,
        "a tensor lacks these keys",
    ),
}

FIELDS = {"float-modulo.json": "GF(5)", "float-coefficient.json": "Q(zeta_4)"}
