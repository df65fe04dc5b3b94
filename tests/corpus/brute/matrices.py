"""Matrices over such fields, as rows of elements.

times, minus, chain, transposed     products, differences, the transpose
rank                                by elimination
floats                              a matrix over Q in float64
"""

from __future__ import annotations

import numpy as np

from tests.corpus.brute.fields import Field, Rows


def times(A: Rows, B: Rows, field: Field) -> Rows:
    """Return the product of two matrices."""
    C = [[field.zero] * len(B[0]) for _ in A]
    for i, row in enumerate(A):
        for k, x in enumerate(row):
            if any(x):
                for j, y in enumerate(B[k]):
                    if any(y):
                        C[i][j] = field.add(C[i][j], field.mul(x, y))
    return C


def minus(A: Rows, B: Rows, field: Field) -> Rows:
    """Return A - B."""
    return [
        [field.add(x, field.minus(y)) for x, y in zip(r, s, strict=True)] for r, s in zip(A, B, strict=True)
    ]


def chain(matrices: list[Rows], field: Field) -> Rows:
    """Return the product of matrices, the first applied first."""
    product = matrices[0]
    for M in matrices[1:]:
        product = times(M, product, field)
    return product


def transposed(M: Rows) -> Rows:
    """Return the transpose."""
    return [list(column) for column in zip(*M, strict=True)]


def rank(M: Rows, field: Field) -> int:
    """Return the rank, by elimination."""
    rows, found = [list(row) for row in M], 0
    for j in range(len(rows[0]) if rows else 0):
        pivot = next((i for i in range(found, len(rows)) if any(rows[i][j])), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        up = field.inverse(rows[found][j])
        for i in range(found + 1, len(rows)):
            if any(rows[i][j]):
                c = field.minus(field.mul(rows[i][j], up))
                rows[i] = [field.add(x, field.mul(c, y)) for x, y in zip(rows[i], rows[found], strict=True)]
        found += 1
    return found


def floats(M: Rows) -> np.ndarray:
    """Return a matrix over Q in float64."""
    return np.array([[float(x[0]) for x in row] for row in M])
