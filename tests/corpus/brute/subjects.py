"""The matrices that the subjects of certificates denote.

subject     by entries, from a file, or computed
content     JSON data, or what the file holds that they name
factors     the dense butterfly factors of a kaleidoscope
wires       the matrix of a circuit
"""

from __future__ import annotations

import json
import struct
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from tests.corpus.brute.fields import Field, Rows
from tests.corpus.brute.matrices import chain


def subject(spec: dict[str, Any], field: Field, folder: Path) -> Rows:
    """Return the matrix of a subject."""
    if "entries" in spec:
        return [[field.element(x) for x in row] for row in spec["entries"]]
    if "nonzeros" in spec:
        m, n = spec["shape"]
        M = [[field.zero] * n for _ in range(m)]
        for i, j, x in spec["nonzeros"]:
            M[i][j] = field.element(x)
        return M
    if "permutation" in spec:
        p = content(spec["permutation"], folder)
        return [[field.one if p[j] == i else field.zero for j in range(len(p))] for i in range(len(p))]
    if "kaleidoscope" in spec:
        K = content(spec["kaleidoscope"], folder)
        M = chain(factors(K, field), field)
        return [row[: K["n"]] for row in M[: K["m"]]]
    if "circuit" in spec:
        return wires(content(spec["circuit"], folder), field)
    if "product" in spec:
        return chain([subject(x, field, folder) for x in spec["product"]][::-1], field)
    path = folder / spec["file"]
    if "tensor" in spec:
        data = path.read_bytes()
        end = 8 + int.from_bytes(data[:8], "little")
        entry = json.loads(data[8:end])[spec["tensor"]]
        first, last = entry["data_offsets"]
        raw = data[end + first : end + last]
        if entry["dtype"] == "BF16":
            values = [struct.unpack("<f", b"\0\0" + raw[k : k + 2])[0] for k in range(0, len(raw), 2)]
            array = np.array(values).reshape(entry["shape"])
        else:
            kind = {"F": "f", "I": "i", "U": "u", "B": "b"}[entry["dtype"][0]]
            bits = 8 if entry["dtype"] == "BOOL" else int(entry["dtype"][1:])
            array = np.frombuffer(raw, f"<{kind}{bits // 8}").reshape(entry["shape"])
    elif path.suffix == ".npy":
        array = np.load(path, allow_pickle=False)
    else:
        data = json.loads(path.read_text(), parse_float=lambda x: Fraction(float(x)))
        entries = data["entries"] if isinstance(data, dict) else data
        return [[field.element(x) for x in row] for row in entries]
    if array.dtype.kind == "c":
        return [
            [field.complex(Fraction(float(z.real)), Fraction(float(z.imag))) for z in row] for row in array
        ]
    return [[field.lift([Fraction(x.item())]) for x in row] for row in array]


def content(data: Any, folder: Path) -> Any:
    """Return JSON data, or what the file holds that they name."""
    return (
        json.loads((folder / data["file"]).read_text()) if isinstance(data, dict) and "file" in data else data
    )


def factors(K: dict[str, Any], field: Field) -> list[Rows]:
    """Return the dense factors of a kaleidoscope, the first applied first."""
    found, N = [], K["size"]
    for factor in K["factors"]:
        A = [[field.zero] * N for _ in range(N)]
        for i in range(N):
            A[i][i] = field.element(factor["diagonal"][i])
            A[i][i ^ (1 << factor["bit"])] = field.element(factor["offdiagonal"][i])
        found.append(A)
    return found


def wires(circuit: dict[str, Any], field: Field) -> Rows:
    """Return the matrix of a circuit: column j holds what its outputs are for the j-th unit vector."""
    columns = []
    for j in range(circuit["inputs"]):
        x = [field.one if i == j else field.zero for i in range(circuit["inputs"])]
        for a, i, b, k in circuit["gates"]:
            x.append(field.add(field.mul(field.element(a), x[i]), field.mul(field.element(b), x[k])))
        columns.append([x[i] for i in circuit["outputs"]])
    return [list(row) for row in zip(*columns, strict=True)]
