"""Write tests/corpus/accept and tests/corpus/reject: `python -m tests.corpus.make_certificates`, from the root.

Evidence is found by plain elimination over Fractions (brute.py) and, for distances, by rounding a float64 SVD; nothing
of ldrtheory is used. The seed is fixed: running this again writes the same files.

ACCEPTED    name -> function that returns the statements
reject()    certificates that must be refused, with the verdict and a fragment of the reason
"""

from __future__ import annotations

import copy
import hashlib
import json
import random
import struct
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from tests.corpus import brute

HERE = Path(__file__).parent
ACCEPT, REJECT = HERE / "accept", HERE / "reject"
Json = Any

TOEPLITZ = {"kind": "sylvester", "left": {"op": "shift", "corner": 1}, "right": {"op": "shift", "corner": -1}}
STEIN = {
    "kind": "stein",
    "left": {"op": "shift", "corner": 0},
    "right": {"op": "transpose", "of": {"op": "shift", "corner": 0}},
}
HANKEL = {**TOEPLITZ, "right": {"op": "transpose", "of": {"op": "shift", "corner": -1}}}
PATHS = {
    "kind": "sylvester",
    "left": {"op": "path", "first": 0, "last": 0},
    "right": {"op": "path", "first": 1, "last": 1},
}
RANK = {"kind": "sylvester", "left": {"op": "identity"}, "right": {"op": "zero"}}


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


def elimination(L: brute.Rows, field: brute.Field) -> tuple[list[int], list[int]]:
    """Return pivot rows and columns."""
    rows, I, J = [list(row) for row in L], [], []  # noqa: E741
    while True:
        spot = next(((i, j) for i, row in enumerate(rows) for j, x in enumerate(row) if any(x)), None)
        if spot is None:
            return I, J
        i, j = spot
        I.append(i)
        J.append(j)
        up = field.inverse(rows[i][j])
        for k in range(len(rows)):
            if k != i and any(rows[k][j]):
                c = field.minus(field.mul(rows[k][j], up))
                rows[k] = [field.add(x, field.mul(c, y)) for x, y in zip(rows[k], rows[i], strict=True)]
        rows[i] = [field.zero] * len(rows[i])


def prime_for(field: brute.Field, L: brute.Rows, I: list[int], J: list[int], least: int) -> Json:  # noqa: E741
    """Return a prime (and a root) modulo which L[I, J] is nonsingular."""
    if field.p:
        return {"prime": field.p}
    p = least
    while True:
        p += 1
        if any(p % q == 0 for q in range(2, int(p**0.5) + 1)) or (p - 1) % field.N:
            continue
        small = brute.Field(f"GF({p})")
        roots = [z for z in range(p) if sum(int(c) * z**k for k, c in enumerate(field.modulus)) % p == 0]
        if any(c.denominator % p == 0 for row in L for x in row for c in x):
            continue
        z = roots[0] if field.phi > 1 else 0
        image = [[small.lift([sum(c * z**k for k, c in enumerate(L[i][j]))]) for j in J] for i in I]
        if brute.rank(image, small) == len(I):
            return {"prime": p, "root": z} if field.phi > 1 else {"prime": p}


def rank_statement(
    subject: Json,
    operators: Json,
    field: str = "Q",
    method: str = "pivots",
    relation: str = "exactly",
    least: int = 100,
) -> Json:
    """Return a true statement about the displacement rank, with evidence of the given method."""
    F = brute.Field(field)
    L = brute.residual(brute.subject(subject, F, ACCEPT), operators, F)
    I, J = elimination(L, F)  # noqa: E741
    r, m, n = len(I), len(L), len(L[0])
    U = [[L[i][j] for j in J] for i in I]
    claim = {"kind": "displacement-rank", "relation": relation, "rank": r, "subject": subject}
    claim |= {"operators": operators, "field": field}
    evidence = {}
    if relation != "at least":
        if method == "pivots":
            found = {"rows": I, "columns": J}
        elif method == "generators":
            inverse = solve(U, F)
            G = brute.times([[row[j] for j in J] for row in L], inverse, F) if r else [[] for _ in L]
            found = {"left": numbers(G), "right": numbers([[L[i][j] for i in I] for j in range(n)])}
        else:
            right = method == "right"
            basic, size = (J, n) if right else (I, m)
            free = [k for k in range(size) if k not in basic]
            vectors = []
            for k in free:
                v = [F.zero] * size
                v[k] = F.one
                if r:
                    inverse = solve(U if right else [list(c) for c in zip(*U, strict=True)], F)
                    side = [[L[i][k]] for i in I] if right else [[L[k][j]] for j in J]
                    for b, x in zip(basic, brute.times(inverse, side, F), strict=True):
                        v[b] = F.minus(x[0])
                vectors.append([number(x) for x in v])
            found = {"side": method, "vectors": vectors, "free": free}
        kind = "kernel" if method in ("left", "right") else method
        evidence["at_most"] = {"method": kind, **found}
    if relation != "at most":
        evidence["at_least"] = {"rows": I, "columns": J, **prime_for(F, L, I, J, least)}
    return [{"claim": claim, "evidence": evidence}]


def solve(U: brute.Rows, F: brute.Field) -> brute.Rows:
    """Return the inverse of U, by Gauss-Jordan elimination."""
    size = len(U)
    T = [list(row) + [F.one if i == j else F.zero for j in range(size)] for i, row in enumerate(U)]
    for k in range(size):
        pivot = next(i for i in range(k, size) if any(T[i][k]))
        T[k], T[pivot] = T[pivot], T[k]
        up = F.inverse(T[k][k])
        T[k] = [F.mul(up, x) for x in T[k]]
        for i in range(size):
            if i != k and any(T[i][k]):
                c = F.minus(T[i][k])
                T[i] = [F.add(x, F.mul(c, y)) for x, y in zip(T[i], T[k], strict=True)]
    return [row[size:] for row in T]


def distance_statement(
    kind: str,
    relation: str,
    rank: int,
    bound: Json,
    subject: Json,
    operators: Json,
    extra: Json = None,
    columns: int = 0,
) -> Json:
    """Return a statement about a distance whose evidence is a rounded singular value decomposition."""
    F = brute.Field("Q")
    L = brute.floats(brute.residual(brute.subject(subject, F, ACCEPT), operators, F))
    U, s, Vt = np.linalg.svd(L)
    shift = 24
    if relation == "within":
        left, right = U[:, :rank] * s[:rank], Vt[:rank].T
        data = {"left": rounded(left, 12), "right": rounded(right, 12), "shift": 24}
    else:
        k = columns or len(s)
        data = {"left": rounded(U[:, :k], shift), "right": rounded(Vt[:k].T, shift), "shift": shift}
    claim = {"kind": kind, "relation": relation, "rank": rank, "bound": bound, "subject": subject}
    claim |= {"operators": operators, "field": "Q"}
    return [{"claim": claim, "evidence": {**data, **(extra or {})}}]


def rounded(array: np.ndarray, shift: int) -> Json:
    """Return the entries times 2^shift, rounded to integers."""
    return [[round(float(x) * 2**shift) for x in row] for row in array]


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


def unusual() -> Json:
    """Return operators of every kind inside blocks and transposes."""
    tridiagonal = {"op": "tridiagonal", "sub": [1, 2], "main": [0, 1, -1], "super": [3, "-1/2"]}
    corners = {**tridiagonal, "top_right": 2, "bottom_left": "0x3/0x2"}
    left = {
        "op": "blocks",
        "blocks": [{"op": "transpose", "of": {"op": "subdiagonal", "values": [2, 3]}}, corners],
        "sizes": [3, 3],
    }
    right = {
        "op": "transpose",
        "of": {
            "op": "blocks",
            "blocks": [
                {"op": "subdiagonal", "values": [1, 2, 5]},
                {"op": "dense", "entries": [[1, 2], [3, 4]]},
            ],
            "sizes": [3, 2],
        },
    }
    return {"kind": "stein", "left": left, "right": right}


def bfloat() -> Json:
    """Return a tensor of bfloat16 beside one of int32."""
    rows = toeplitz(3, 4, 9)
    raw = b"".join(struct.pack("<f", x / 4)[2:] for row in rows for x in row)
    ints = b"".join(struct.pack("<i", 7 * x) for row in rows for x in row)
    return safetensors("tensors.safetensors", {"b": ("BF16", (3, 4), raw), "i": ("I32", (3, 4), ints)}, "b")


SMALL = [[3, 1, 0], [1, 2, Fraction(1, 2)], [0, Fraction(1, 2), 1]]
NOISY = [[4, 2, 1, Fraction(1, 100)], [2, 5, 2, 1], [1, 2, 4, 3], [Fraction(1, 50), 1, 2, 4]]


def rank_of(subject: Json, operators: Json, *args: Any, **more: Any) -> Callable[[], Json]:
    """Return a function that makes a rank statement when called."""
    return lambda: rank_statement(subject() if callable(subject) else subject, operators, *args, **more)


def operators_only(kind: str, operators: Json, shape: list[int], evidence: Json, field: str = "Q") -> Json:
    """Return a statement about operators."""
    return [
        {
            "claim": {"kind": kind, "operators": operators, "shape": shape, "field": field},
            "evidence": evidence,
        }
    ]


SHIFT = {"op": "shift", "corner": 1}


def large(left: Json) -> Json:
    """Return a Sylvester equation with 5 as the right operator."""
    return {"kind": "sylvester", "left": left, "right": {"op": "diagonal", "values": [5]}}


def matrices(kind: str, names: Json, evidence: Json, field: str = "Q") -> Json:
    """Return a statement about matrices."""
    return [{"claim": {"kind": kind, **names, "field": field}, "evidence": evidence}]


def shift_pair(kind: str, e: Any, f: Any) -> Json:
    """Return operators that are shifts."""
    return {"kind": kind, "left": {"op": "shift", "corner": e}, "right": {"op": "shift", "corner": f}}


def within(operators: Json, rule: str, bound: Any, rows: Any = NOISY, rank: int = 2) -> Json:
    """Return a statement that a matrix is near a class."""
    extra = {"separation": rule}
    return distance_statement(
        "class-distance", "within", rank, {"absolute": bound}, value(rows), operators, extra
    )


PERMUTATION = [[0, 1, 0], [0, 0, 1], [1, 0, 0]]
FACTOR = [[1, 2, 0], [0, "1/3", 1]]
KRYLOV = {"kind": "sylvester", "left": {"op": "dense", "entries": [[0, 1], [1, 1]]}, "right": {"op": "zero"}}

ACCEPTED: dict[str, Callable[[], Json]] = {
    "toeplitz-int64": lambda: rank_statement(npy("toeplitz.npy", np.array(toeplitz(6, 6, 1))), TOEPLITZ),
    "toeplitz-uint64": rank_of(
        lambda: npy("u8.npy", np.array([[2**64 - 1, 5], [1, 2**63], [7, 0]], "<u8")), TOEPLITZ
    ),
    "hankel-fortran": rank_of(
        lambda: npy("fortran.npy", np.asfortranarray(np.array(toeplitz(4, 5, 2), ">i4")[:, ::-1])), HANKEL
    ),
    "bool": rank_of(lambda: npy("bool.npy", np.array([[True, False], [True, True]])), RANK),
    "float16": rank_of(lambda: floating("f2.npy", "<f2"), TOEPLITZ),
    "float32": rank_of(lambda: floating("f4.npy", ">f4"), TOEPLITZ, method="generators"),
    "float64": rank_of(lambda: floating("f8.npy", "<f8"), TOEPLITZ, least=2**20),
    "float64-wild": rank_of(wild, TOEPLITZ),
    "float64-zero": rank_of(lambda: npy("zero.npy", np.zeros((2, 3))), TOEPLITZ),
    "integers-in-floats": rank_of(
        lambda: npy("large.npy", np.array([[2.0**60, 2.0**1000], [0.0, 2.0**70]])), RANK
    ),
    "complex128": rank_of(gaussian, TOEPLITZ, "Q(zeta_4)"),
    "complex-left-kernel": rank_of(gaussian, TOEPLITZ, "Q(zeta_4)", "left"),
    "complex-generators": rank_of(gaussian, TOEPLITZ, "Q(zeta_4)", "generators", relation="at most"),
    "real-in-gaussian": rank_of(
        lambda: npy("toeplitz.npy", np.array(toeplitz(6, 6, 1))), TOEPLITZ, "Q(zeta_4)"
    ),
    "bfloat16": rank_of(bfloat, TOEPLITZ),
    "safetensors-int32": lambda: rank_statement({**bfloat(), "tensor": "i"}, TOEPLITZ, method="right"),
    "cauchy": lambda: rank_statement(*cauchy()),
    "cauchy-at-least": lambda: rank_statement(*cauchy(), relation="at least"),
    "cauchy-at-most": lambda: rank_statement(*cauchy(), relation="at most", method="generators"),
    "fourier": lambda: rank_statement(*fourier(4), "Q(zeta_8)"),
    "fourier-generators": lambda: rank_statement(*fourier(3), "Q(zeta_8)", "generators"),
    "fourier-right-kernel": lambda: rank_statement(*fourier(3), "Q(zeta_8)", "right"),
    "modulo-7": rank_of(
        lambda: npy("mod7.npy", np.array(toeplitz(4, 4, 3)) % 7), shift_pair("sylvester", 1, 6), "GF(7)"
    ),
    "modulo-7-kernel": rank_of(value([[1, 2, 3], [2, 4, 6], [5, 6, 0]]), RANK, "GF(7)", "right"),
    "modulo-7-left-kernel": rank_of(value([[1, 2, 3], [2, 4, 6], [5, 6, 0]]), RANK, "GF(7)", "left"),
    "modulo-7-generators": rank_of(value([[1, 2, 3], [2, 4, 6], [5, 6, 0]]), RANK, "GF(7)", "generators"),
    "modulo-2": rank_of(value([[1, 1, 0], [0, 1, 1], [1, 0, 1]]), RANK, "GF(2)"),
    "json-modulo-5": lambda: rank_statement(
        stored("mod5.json", b'{"field": "GF(5)", "entries": [[1, 2], [3, 1]]}', (2, 2)), RANK, "GF(5)"
    ),
    "json-complex": lambda: rank_statement(
        stored("complex.json", b'[["2-1/3i", "j"], [1, "-0x3/0x2"], ["0.5", 1e-1]]', (3, 2)),
        RANK,
        "Q(zeta_8)",
    ),
    "stein": rank_of(value(toeplitz(4, 5, 4)), STEIN),
    "unusual-operators": rank_of(
        value([[i * j % 5 - i for j in range(5)] for i in range(6)]), unusual(), method="left"
    ),
    "toeplitz+hankel": rank_of(
        value([[(i - j) ** 2 + (i + j) ** 3 for j in range(5)] for i in range(5)]), PATHS, method="generators"
    ),
    "float64-tiny": rank_of(
        lambda: npy("tiny.npy", np.array([[5e-324, 1e-320, 3e-321], [2e-322, 0.0, 5e-324]])), TOEPLITZ
    ),
    "modulo-3-constant-row": rank_of(
        lambda: npy("mod3.npy", np.array([[2, 2], [0, 1], [1, 1]], np.uint8)), RANK, "GF(3)"
    ),
    "one-by-one": rank_of(value([[7]]), TOEPLITZ),
    "one-row": rank_of(value([[1, 2, 3]]), TOEPLITZ, method="left"),
    "full-rank-many-pivots": rank_of(
        value([[1 / Fraction(i + j + 1) for j in range(5)] for i in range(5)]), RANK
    ),
    "kernel-right": rank_of(value([[1, 2, 3], [2, 4, 6], [1, 1, 1]]), RANK, method="right", least=2),
    "residual-within": lambda: distance_statement(
        "residual-distance", "within", 1, {"relative": "1/2"}, value(SMALL), RANK
    ),
    "residual-within-absolute": lambda: distance_statement(
        "residual-distance", "within", 2, {"absolute": 1}, value(SMALL), RANK
    ),
    "residual-within-exactly": lambda: [
        {
            "claim": {
                "kind": "residual-distance",
                "relation": "within",
                "rank": 1,
                "bound": {"absolute": 3},
                "subject": value([[3, 0], [0, 4]]),
                "operators": RANK,
                "field": "Q",
            },
            "evidence": {"left": [[0], [8]], "right": [[0], [1]], "shift": 1},
        }
    ],
    "residual-within-nothing": lambda: distance_statement(
        "residual-distance", "within", 0, {"relative": 0}, value([[0, 0]]), RANK
    ),
    "residual-not-within": lambda: distance_statement(
        "residual-distance", "not within", 1, {"relative": "1/10"}, value(SMALL), RANK
    ),
    "residual-not-within-few": lambda: distance_statement(
        "residual-distance", "not within", 1, {"absolute": 1}, value(SMALL), RANK, columns=2
    ),
    "class-not-within": lambda: distance_statement(
        "class-distance", "not within", 1, {"absolute": "1/4"}, value(NOISY), TOEPLITZ
    ),
    "class-not-within-stein": lambda: distance_statement(
        "class-distance", "not within", 1, {"relative": "1/50"}, value(NOISY), STEIN
    ),
    "class-within-rank": lambda: within(RANK, "diagonal", "2", SMALL, 1),
    "class-within-shift-pair": lambda: within(TOEPLITZ, "shift-pair", 2),
    "class-within-rectangular": lambda: within(
        shift_pair("sylvester", -1, 1), "shift-pair", 8, [row[:3] for row in NOISY]
    ),
    "class-within-shift-pair-stein": lambda: within(shift_pair("stein", 1, -1), "shift-pair", 7),
    "class-within-shift-power": lambda: within(shift_pair("sylvester", 3, "1/2"), "shift-power", 40),
    "class-within-shift-power-stein": lambda: within(shift_pair("stein", 3, "1/2"), "shift-power", 200),
    "class-within-nilpotent": lambda: within(STEIN, "nilpotent-stein", 6, NOISY[:3]),
    "class-within-paths": lambda: within(PATHS, "path-pair", 40, NOISY, 3),
    "class-within-stein-diagonal": lambda: within(
        {"kind": "stein", "left": diagonal([2, 3, 4, 5]), "right": diagonal([1, -1, 2, 0])}, "diagonal", 12
    ),
    "class-within-approximant": lambda: [
        {
            "claim": {
                **within(TOEPLITZ, "shift-pair", 2)[0]["claim"],
                "bound": {"relative": "1/7"},
            },
            "evidence": {
                "approximant": value(toeplitz_near()),
                "at_most": rank_statement(value(toeplitz_near()), TOEPLITZ, relation="at most")[0][
                    "evidence"
                ]["at_most"],
            },
        }
    ],
    "invertible-toeplitz": lambda: operators_only("operator-invertible", TOEPLITZ, [4, 4], {"prime": 101}),
    "invertible-stein": lambda: operators_only("operator-invertible", STEIN, [3, 4], {"prime": 2}),
    "invertible-dense": lambda: operators_only(
        "operator-invertible",
        {
            "kind": "sylvester",
            "left": {"op": "dense", "entries": [[0, 2, 1, 3], [0, 1, "1/2", 1], [5, 0, 1, 2], [4, 1, 0, 0]]},
            "right": {"op": "path", "first": 1, "last": 2},
        },
        [4, 3],
        {"prime": 10007},
    ),
    # chi_A = x^513 - 1, and 5^513 - 1 is not divisible by 103
    "invertible-large": lambda: operators_only("operator-invertible", large(SHIFT), [513, 1], {"prime": 103}),
    "invertible-large-transposed": lambda: operators_only(
        "operator-invertible", large({"op": "transpose", "of": SHIFT}), [513, 1], {"prime": 103}
    ),
    "invertible-stein-dense": lambda: operators_only(
        "operator-invertible",
        {**KRYLOV, "kind": "stein", "right": {"op": "dense", "entries": [[1, 2, 0], [0, 0, 0], [3, 0, 2]]}},
        [2, 3],
        {"prime": 10007},
    ),
    "invertible-gaussian": lambda: operators_only(
        "operator-invertible",
        {
            "kind": "sylvester",
            "left": {"op": "shift", "corner": [0, 1]},
            "right": {"op": "shift", "corner": 1},
        },
        [3, 3],
        {"prime": 13, "root": 5},
        "Q(zeta_4)",
    ),
    "invertible-modulo-5": lambda: operators_only(
        "operator-invertible", shift_pair("sylvester", 2, 3), [2, 2], {"prime": 5}, "GF(5)"
    ),
    "singular-circulant": lambda: operators_only(
        "operator-singular",
        shift_pair("sylvester", 2, 2),
        [3, 3],
        {"kernel": [[0, 2, 2], [1, 0, 1], [2, 1, 1]]},
    ),
    "singular-stein": lambda: operators_only(
        "operator-singular",
        {"kind": "stein", "left": {"op": "identity"}, "right": {"op": "diagonal", "values": [1, 2]}},
        [2, 2],
        {"kernel": [[0, 0, 1], [1, 0, "-1/3"]]},
    ),
    "singular-largest": lambda: operators_only(
        "operator-singular",
        {"kind": "sylvester", "left": {"op": "identity"}, "right": {"op": "identity"}},
        [2048, 1],
        {"kernel": [[2047, 0, 1]]},
    ),
    "singular-modulo-2": lambda: operators_only(
        "operator-singular",
        shift_pair("sylvester", 1, 1),
        [2, 2],
        {"kernel": [[0, 0, 1], [1, 1, 1]]},
        "GF(2)",
    ),
    "singular-gaussian": lambda: operators_only(
        "operator-singular",
        {"kind": "sylvester", "left": diagonal_data([[0, 1], 1]), "right": diagonal_data([2, [0, 1]])},
        [2, 2],
        {"kernel": [[0, 1, [1, 2]]]},
        "Q(zeta_4)",
    ),
    "equal": lambda: matrices(
        "matrices-equal",
        {
            "left": stored("half.json", b'[["0.5", 1], [3, "-1/3"]]', (2, 2)),
            "right": value([[Fraction(1, 2), 1], [3, Fraction(-1, 3)]]),
        },
        {},
    ),
    "equal-gaussian": lambda: matrices(
        "matrices-equal",
        {"left": gaussian(), "right": value(brute_rows(gaussian(), "Q(zeta_4)"))},
        {},
        "Q(zeta_4)",
    ),
    "differ": lambda: matrices(
        "matrices-differ",
        {"left": value([[1, 2, 3], [4, 5, 6]]), "right": value([[1, 2, 3], [4, 5, Fraction(13, 2)]])},
        {"row": 1, "column": 2},
    ),
    "differ-in-shape": lambda: matrices(
        "matrices-differ", {"left": value([[1, 2]]), "right": value([[1], [2]])}, {"row": 0, "column": 0}
    ),
    "differ-gaussian": lambda: matrices(
        "matrices-differ",
        {"left": {"entries": [[1, [2, 3]]]}, "right": {"entries": [[1, [2, 4]]]}},
        {"row": 0, "column": 1},
        "Q(zeta_4)",
    ),
    # the first factor makes every bound of the product 0, but not the entries of the last
    "product-zero": lambda: matrices(
        "product-equals",
        {"factors": [value([[0]]), value([[1000]])], "matrix": value([[0]])},
        {},
    ),
    "product": lambda: matrices(
        "product-equals",
        {
            "factors": [{"entries": FACTOR}, value(PERMUTATION), value(PERMUTATION)],
            "matrix": {"entries": [[2, 0, 1], ["1/3", 1, 0]]},
        },
        {},
    ),
    "product-modulo-3": lambda: matrices(
        "product-equals",
        {"factors": [value([[2, 1]]), value([[2], [2]])], "matrix": value([[0]])},
        {},
        "GF(3)",
    ),
    "two-statements": lambda: [
        *rank_statement(value(toeplitz(3, 3, 8)), TOEPLITZ),
        *operators_only("operator-invertible", TOEPLITZ, [3, 3], {"prime": 7}),
    ],
}


def diagonal_data(values: Json) -> Json:
    """Return a diagonal operator with the values as they are."""
    return {"op": "diagonal", "values": values}


def toeplitz_near() -> list[list[Fraction]]:
    """Return a Toeplitz matrix near NOISY."""
    t = [Fraction(1, 66), 1, 2, 4, 2, 1, Fraction(1, 66)]
    return [[Fraction(t[i - j + 3]) for j in range(4)] for i in range(4)]


def brute_rows(spec: Json, field: str) -> brute.Rows:
    """Return the rows of a stored subject."""
    return brute.subject(spec, brute.Field(field), ACCEPT)


def write(folder: Path, name: str, statements: Json, origin: Json = None) -> None:
    """Write a certificate."""
    data = {"format": "ldrtheory-certificate/1", "statements": statements}
    if origin is not None:
        data["origin"] = origin
    (folder / f"{name}.cert.json").write_text(json.dumps(data) + "\n")


def accept() -> None:
    """Write the certificates that must be accepted; every claim is checked by brute force first."""
    from tests.corpus import computed, learning, programs

    for name, make in (ACCEPTED | computed.ACCEPTED | programs.ACCEPTED | learning.ACCEPTED).items():
        statements = make()
        for entry in statements:
            small = max(entry["claim"].get("shape", [1])) < 20  # beyond, the Kronecker matrix is too large
            if small and not brute.holds(entry["claim"], entry["evidence"], ACCEPT):
                raise SystemExit(f"{name}: the claim is false")
        write(ACCEPT, name, statements, {"source": "x", "version": 0.5} if name == "differ" else None)


def main() -> None:
    """Write both folders."""
    from tests.corpus import make_rejected

    for folder in (ACCEPT, REJECT):
        folder.mkdir(exist_ok=True)
        for path in folder.iterdir():
            path.unlink()
    accept()
    made = {
        path.name[: -len(".cert.json")]: json.loads(path.read_text()) for path in ACCEPT.glob("*.cert.json")
    }
    make_rejected.write(copy.deepcopy(made), ACCEPT, REJECT)


if __name__ == "__main__":
    main()
