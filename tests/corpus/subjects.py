"""The matrices that certificates are about: by value or in files, and the numbers in them.

number, numbers, value          as certificates write them
stored, npy, safetensors        write a file of the accepted certificates, return the subject
filed                           the same for JSON data that stand for a part of a subject
toeplitz, cauchy, fourier ...   the matrices, some with their operators
entries                         the same matrix by its entries, found by brute force
"""

from __future__ import annotations

import hashlib
import json
import random
import struct
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from tests.corpus import brute

ACCEPT = Path(__file__).parent / "accept"
Json = Any


def number(x: Any) -> Json:
    """Return a number as certificates write it."""
    if isinstance(x, tuple):
        return number(x[0]) if len(x) == 1 else [number(c) for c in x]
    x = Fraction(x)
    top, bottom = x.numerator, x.denominator
    if bottom == 1:
        return top if abs(top) < 2**53 else hex(top)
    return f"{hex(top)}/{hex(bottom)}"


def numbers(rows: Any) -> Json:
    """Return rows of numbers as certificates write them."""
    return [[number(x) for x in row] for row in rows]


def value(rows: Any) -> Json:
    """Return a subject given by value."""
    return {"entries": numbers(rows)}


def stored(name: str, data: bytes, shape: tuple[int, int], tensor: str | None = None) -> Json:
    """Write a subject's file and return the subject."""
    (ACCEPT / name).write_bytes(data)
    spec = {"file": name, "sha256": hashlib.sha256(data).hexdigest(), "shape": list(shape)}
    return spec if tensor is None else {**spec, "tensor": tensor}


def npy(name: str, array: np.ndarray) -> Json:
    """Write an NPY file and return the subject."""
    np.save(ACCEPT / name, array)
    return stored(name, (ACCEPT / name).read_bytes(), array.shape)


def safetensors(name: str, tensors: dict[str, tuple[str, tuple[int, int], bytes]], wanted: str) -> Json:
    """Write a safetensors file and return the subject."""
    header, data = {}, b""
    for key, (dtype, shape, raw) in tensors.items():
        header[key] = {
            "dtype": dtype,
            "shape": list(shape),
            "data_offsets": [len(data), len(data) + len(raw)],
        }
        data += raw
    text = json.dumps(header).encode()
    return stored(name, struct.pack("<Q", len(text)) + text + data, tensors[wanted][1], wanted)


def filed(name: str, data: Json) -> Json:
    """Write JSON data, and return what stands for them."""
    raw = json.dumps(data).encode()
    (ACCEPT / name).write_bytes(raw)
    return {"file": name, "sha256": hashlib.sha256(raw).hexdigest()}


def entries(subject: Json, field: str = "Q") -> Json:
    """Return the same matrix by its entries, found by brute force."""
    return value(brute.subject(subject, brute.Field(field), ACCEPT))


def toeplitz(m: int, n: int, seed: int, size: int = 9) -> list[list[int]]:
    """Return a random Toeplitz matrix of integers."""
    r = random.Random(seed)
    t = [r.randint(-size, size) or 1 for _ in range(m + n)]
    return [[t[i - j + n] for j in range(n)] for i in range(m)]


def diagonal(values: Any) -> Json:
    """Return a diagonal operator."""
    return {"op": "diagonal", "values": [number(x) for x in values]}


def cauchy() -> tuple[Json, Json]:
    """Return a Cauchy matrix of rationals, stored as exact strings, and its operators."""
    x, y = [Fraction(k, 3) for k in range(1, 6)], [Fraction(-k, 2) for k in range(1, 5)]
    rows = [[str(1 / (a - b)) for b in y] for a in x]
    data = json.dumps(rows).encode()
    operators = {"kind": "sylvester", "left": diagonal(x), "right": diagonal(y)}
    return stored("cauchy.json", data, (5, 4)), operators


def fourier(n: int) -> tuple[Json, Json]:
    """Return the Fourier matrix zeta_8^(ij) and Vandermonde operators over Q(zeta_8)."""
    F = brute.Field("Q(zeta_8)")
    powers = [F.lift([0] * k + [1]) for k in range(8)]
    rows = [[[str(c) for c in powers[i * j % 8]] for j in range(n)] for i in range(n)]
    data = json.dumps({"field": "Q(zeta_8)", "entries": rows}).encode()
    left = {"op": "diagonal", "values": [[int(c) for c in powers[i]] for i in range(n)]}
    operators = {"kind": "sylvester", "left": left, "right": {"op": "shift", "corner": 0}}
    return stored(f"fourier{n}.json", data, (n, n)), operators


def gaussian() -> Json:
    """Return a complex Toeplitz matrix in an NPY file."""
    T = toeplitz(4, 4, 5)
    return npy(
        "complex.npy", np.array([[complex(T[i][j], 0.5 * T[j][i]) for j in range(4)] for i in range(4)])
    )


def floating(name: str, dtype: str) -> Json:
    """Return a Toeplitz matrix of floats with a wide range of exponents in an NPY file."""
    t = [2.0 ** (k % 7 - 9) * (k + 1) / 3 for k in range(9)]
    return npy(name, np.array([[t[i - j + 4] for j in range(5)] for i in range(5)]).astype(dtype))


def wild() -> Json:
    """Return float64 entries from subnormal to 1e308."""
    t = [5e-324, 1e308, -1.5, 0.0, 2.0**-1060, 3.0, -1e-300]
    return npy("wild.npy", np.array([[t[i - j + 3] for j in range(4)] for i in range(4)]))


def bfloat() -> Json:
    """Return a tensor of bfloat16 beside one of int32."""
    rows = toeplitz(3, 4, 9)
    raw = b"".join(struct.pack("<f", x / 4)[2:] for row in rows for x in row)
    ints = b"".join(struct.pack("<i", 7 * x) for row in rows for x in row)
    return safetensors("tensors.safetensors", {"b": ("BF16", (3, 4), raw), "i": ("I32", (3, 4), ints)}, "b")
