"""Membership in butterfly classes.

member          whether a claim of membership is true
in_butterfly    whether a matrix is in B
in_double       whether one of size 4 with invertible parts is in BB*
"""

from __future__ import annotations

import math
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.corpus.brute.fields import Element, Field, Rows
from tests.corpus.brute.matrices import chain, rank, transposed
from tests.corpus.brute.subjects import content, factors, subject


def member(claim: dict[str, Any], evidence: dict[str, Any], field: Field, folder: Path) -> bool:
    """Return whether a claim of membership is true."""
    M = subject(claim["subject"], field, folder)
    if any(len(M) != len(row) for row in M) or len(M) < 2 or len(M) & (len(M) - 1):
        return False  # the classes are not defined
    if claim["class"] != "BB*":
        inside = in_butterfly(M if claim["class"] == "B" else transposed(M), field)
    elif claim["relation"] == "in":  # the witness decides
        K = content(evidence["kaleidoscope"], folder)
        bits = [factor["bit"] for factor in K["factors"]]
        levels = list(range(len(M).bit_length() - 1))
        inside = bits == levels[::-1] + levels and chain(factors(K, field), field) == M
    else:
        inside = in_double(M, field)
    return inside == (claim["relation"] == "in")


def in_butterfly(M: Rows, field: Field) -> bool:
    """Return whether M is in B: rows that agree modulo 2^t and columns of a block of 2^t form matrices of rank <= 1."""
    n, t = len(M), 2
    while t < n:
        for r in range(t):
            for c in range(0, n, t):
                if rank([row[c : c + t] for row in M[r::t]], field) > 1:
                    return False
        t *= 2
    return True


def in_double(M: Rows, field: Field) -> bool:
    """Return whether M, 4 x 4 with invertible M[i::2, j::2], is in BB*, by the eigenvectors of the pencil."""
    K = {(i, j): [row[j::2] for row in M[i::2]] for i in (0, 1) for j in (0, 1)}
    if any(rank(part, field) < 2 for part in K.values()):
        raise ValueError("singular")

    def inverse(A: Rows) -> Rows:
        (a, b), (c, d) = A
        up = field.inverse(field.add(field.mul(a, d), field.minus(field.mul(b, c))))
        return [[field.mul(up, x) for x in row] for row in ([d, field.minus(b)], [field.minus(c), a])]

    X = chain([inverse(K[0, 1]), K[1, 1], inverse(K[1, 0]), K[0, 0]], field)
    (a, b), (c, d) = X
    if not any(b) and not any(c):
        return True  # diagonal
    if field.p:  # two eigenvalues: try all
        shifted = [
            [[field.add(a, (Fraction(-z),)), b], [c, field.add(d, (Fraction(-z),))]] for z in range(field.p)
        ]
        return sum(rank(S, field) < 2 for S in shifted) == 2
    gap = field.add(a, field.minus(d))
    disc = field.add(field.mul(gap, gap), field.mul(field.lift([4]), field.mul(b, c)))
    return any(disc) and is_square(disc, field)


def is_square(x: Element, field: Field) -> bool:
    """Return whether x is a square; over Q, GF(p), Q(i)."""

    def root(q: Fraction) -> Fraction | None:
        if q < 0:
            return None
        top, bottom = math.isqrt(q.numerator), math.isqrt(q.denominator)
        return Fraction(top, bottom) if (top * top, bottom * bottom) == (q.numerator, q.denominator) else None

    if field.p:
        return any(z * z % field.p == x[0] for z in range(field.p))
    if field.phi == 1:
        return root(x[0]) is not None
    if field.N != 4:
        raise ValueError("squares")
    a, b = x  # (u + v i)^2 = a + b i: u^2 = (a +- |x|) / 2, v^2 = u^2 - a
    size = root(a * a + b * b)
    return size is not None and any(
        root(u) is not None and root(u - a) is not None for u in ((a + size) / 2, (a - size) / 2)
    )
