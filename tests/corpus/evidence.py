"""Statements with their evidence, by plain elimination over Fractions or, for distances, a rounded float64 SVD.

TOEPLITZ, STEIN, HANKEL, PATHS, RANK    operators; shift_pair for two shifts of any corners
rank_statement, rank_of                 a true statement about the displacement rank, and a function that makes it
distance_statement                      a statement about a distance
operators_only, matrices                a claim about operators, or matrices, with the evidence given
solve                                   an inverse
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tests.corpus import brute
from tests.corpus.subjects import ACCEPT, number, numbers

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


def rank_of(subject: Json, operators: Json, *args: Any, **more: Any) -> Callable[[], Json]:
    """Return a function that makes a rank statement when called."""
    return lambda: rank_statement(subject() if callable(subject) else subject, operators, *args, **more)


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


def operators_only(kind: str, operators: Json, shape: list[int], evidence: Json, field: str = "Q") -> Json:
    """Return a statement about operators."""
    return [
        {
            "claim": {"kind": kind, "operators": operators, "shape": shape, "field": field},
            "evidence": evidence,
        }
    ]


def matrices(kind: str, names: Json, evidence: Json, field: str = "Q") -> Json:
    """Return a statement about matrices."""
    return [{"claim": {"kind": kind, **names, "field": field}, "evidence": evidence}]


def shift_pair(kind: str, e: Any, f: Any) -> Json:
    """Return operators that are shifts."""
    return {"kind": kind, "left": {"op": "shift", "corner": e}, "right": {"op": "shift", "corner": f}}
