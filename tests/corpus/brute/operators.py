"""Displacement operators as dense matrices.

operator    the matrix of one side
residual    A M - M B, or M - A M B
kronecker   the matrix of the whole displacement operator
"""

from __future__ import annotations

from typing import Any

from tests.corpus.brute.fields import Element, Field, Rows
from tests.corpus.brute.matrices import minus, times


def operator(spec: dict[str, Any], n: int, field: Field) -> Rows:
    """Return the dense matrix of an operator of size n."""
    M = [[field.zero] * n for _ in range(n)]

    def put(i: int, j: int, x: Element) -> None:
        M[i][j] = field.add(M[i][j], x)

    kind = spec["op"]
    if kind == "transpose":
        return [list(column) for column in zip(*operator(spec["of"], n, field), strict=True)]
    if kind == "dense":
        return [[field.element(x) for x in row] for row in spec["entries"]]
    if kind == "blocks":
        at = 0
        for size, block in zip(spec["sizes"], spec["blocks"], strict=True):
            for i, row in enumerate(operator(block, size, field)):
                for j, x in enumerate(row):
                    put(at + i, at + j, x)
            at += size
        return M
    for k in range(n):
        if kind == "identity":
            put(k, k, field.one)
        elif kind == "diagonal":
            put(k, k, field.element(spec["values"][k]))
        elif kind == "tridiagonal":
            put(k, k, field.element(spec["main"][k]))
        if k + 1 < n:
            if kind in ("shift", "path"):
                put(k + 1, k, field.one)
            if kind == "path":
                put(k, k + 1, field.one)
            if kind == "subdiagonal":
                put(k + 1, k, field.element(spec["values"][k]))
            if kind == "tridiagonal":
                put(k + 1, k, field.element(spec["sub"][k]))
                put(k, k + 1, field.element(spec["super"][k]))
    if kind == "shift":
        put(0, n - 1, field.element(spec["corner"]))
    elif kind == "path":
        put(0, 0, field.element(spec["first"]))
        put(n - 1, n - 1, field.element(spec["last"]))
    elif kind == "subdiagonal" and len(spec["values"]) == n:
        put(0, n - 1, field.element(spec["values"][n - 1]))
    elif kind == "tridiagonal":
        put(0, n - 1, field.element(spec.get("top_right", 0)))
        put(n - 1, 0, field.element(spec.get("bottom_left", 0)))
    return M


def residual(M: Rows, operators: dict[str, Any], field: Field) -> Rows:
    """Return A M - M B, or M - A M B."""
    A, B = operator(operators["left"], len(M), field), operator(operators["right"], len(M[0]), field)
    if operators["kind"] == "sylvester":
        return minus(times(A, M, field), times(M, B, field), field)
    return minus(M, times(times(A, M, field), B, field), field)


def kronecker(operators: dict[str, Any], m: int, n: int, field: Field) -> Rows:
    """Return the mn x mn matrix of the displacement operator: row by row the residuals of the unit matrices."""
    out = []
    for k in range(m * n):
        E = [[field.one if i * n + j == k else field.zero for j in range(n)] for i in range(m)]
        out.append([x for row in residual(E, operators, field) for x in row])
    return out
