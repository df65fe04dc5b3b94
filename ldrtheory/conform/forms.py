"""What is done to a matrix that is read another way, one function for each: its sides, indices and normalisation.

Forms               pairs (which, matrix): a convention may have several, such as the index that is reversed
transposed, conjugated, adjoint, inverse                of the matrix
reversed_indices, columns_first, flipped                the order of its indices
scaled, negated, orthonormal, weighted                     the normalisation
Each is a function of the matrix, the family that it is of, and the ring.  What a family does not have is not yielded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
from flint import ctx

from ldrtheory.conform.majorant import Majorants
from ldrtheory.conform.readings import bits
from ldrtheory.errors import NotInRing
from ldrtheory.families import Family
from ldrtheory.rings import Balls

Forms = Iterator[tuple[str, np.ndarray]]


def _conjugate(M: np.ndarray, ring: Any) -> np.ndarray:
    out = np.empty(M.shape, dtype=object)
    for at in np.ndindex(M.shape):
        out[at] = ring.conjugate(ring(M[at]))
    return out


def transposed(M: np.ndarray, family: Family, ring: Any) -> Forms:
    yield "", M.T


def conjugated(M: np.ndarray, family: Family, ring: Any) -> Forms:
    yield "", _conjugate(M, ring)


def adjoint(M: np.ndarray, family: Family, ring: Any) -> Forms:
    yield "", _conjugate(M.T, ring)


def reversed_indices(M: np.ndarray, family: Family, ring: Any) -> Forms:
    """With bits reversed."""
    m, n = M.shape
    if m == n and not n & (n - 1):
        order = bits(n)
        yield "the result's index", M[order]
        yield "the vector's index", M[:, order]
        yield "both indices", M[np.ix_(order, order)]


def _shuffle(n: int, a: int) -> np.ndarray:
    """The permutation that reads an a x (n / a) grid by columns."""
    return np.arange(n).reshape(a, n // a).T.ravel()


def columns_first(M: np.ndarray, family: Family, ring: Any) -> Forms:
    """With indices that count a grid by columns."""
    m, n = M.shape
    if m != n:
        return
    own = getattr(family, "block", None)
    for a in [own] if own else [k for k in range(2, n) if n % k == 0]:
        if n % a or a in (1, n):
            continue
        for order, said in ((_shuffle(n, a), f"{a} rows"), (_shuffle(n, n // a), f"{a} columns")):
            yield f"both indices read by columns, in grids of {said}", M[np.ix_(order, order)]
            yield f"the result's index read by columns, in a grid of {said}", M[order]
            yield f"the vector's index read by columns, in a grid of {said}", M[:, order]


def flipped(M: np.ndarray, family: Family, ring: Any) -> Forms:
    """With indices that count down, J the flip."""
    yield "Z^T for Z on the right: M J", M[:, ::-1]
    yield "Z^T for Z on the left: J M", M[::-1]
    if M.shape[0] == M.shape[1]:
        yield "Z^T for Z on both sides: J M J", M[::-1, ::-1]


def root(ring: Any, x: Fraction) -> Any:
    """Return the square root of a positive rational, in rings that have it."""
    top, bottom = (int(k**0.5 + 0.5) for k in (x.numerator, x.denominator))
    if top * top == x.numerator and bottom * bottom == x.denominator:
        return ring(Fraction(top, bottom))
    if isinstance(ring, Majorants):
        return ring.square_root(x)
    if isinstance(ring, Balls):
        with ctx.workprec(ring.bits):
            return ring(x).sqrt()
    raise NotInRing(f"{ring.name} has no square root of {x}; read the kernel over balls.")


def scaled(square: Callable[[int], Fraction]) -> Callable[[np.ndarray, Family, Any], Forms]:
    """Return the form "off by a factor", given the factor's square as a function of n."""

    def forms(M: np.ndarray, family: Family, ring: Any) -> Forms:
        x = square(max(M.shape))
        yield "multiplied", M * root(ring, x)
        yield "divided", M * root(ring, 1 / x)

    return forms


def negated(M: np.ndarray, family: Family, ring: Any) -> Forms:
    yield "", -M


def _length(family: Family) -> tuple[Fraction, list[int], list[int]] | None:
    """(s, rows, columns): the transform is orthogonal after sqrt(s) times all, sqrt(1/2) times these rows, columns."""
    name, n, kind = type(family).__name__, family.shape[0], getattr(family, "type", 0)
    if name in ("DFT", "WalshHadamard"):
        return Fraction(1, n), [], []
    if name not in ("DCT", "DST"):
        return None
    rows, columns = {
        ("DCT", 1): ([0, n - 1], [0, n - 1]), ("DCT", 2): ([0], []), ("DCT", 3): ([], [0]),
        ("DST", 2): ([n - 1], []), ("DST", 3): ([], [n - 1]),
    }.get((name, kind), ([], []))  # fmt: skip
    return Fraction(2, {("DCT", 1): n - 1, ("DST", 1): n + 1}.get((name, kind), n)), rows, columns


def _times(M: np.ndarray, factor: Any, rows: list[int], r: Any, columns: list[int], c: Any) -> np.ndarray:
    """factor M, with these rows times r and these columns times c; None for 1."""
    out = M.copy() if factor is None else M * factor
    for i in rows if r is not None else ():
        out[i] = out[i] * r
    for j in columns if c is not None else ():
        out[:, j] = out[:, j] * c
    return out


def orthonormal(M: np.ndarray, family: Family, ring: Any) -> Forms:
    found = _length(family)
    if found is not None:
        s, rows, columns = found
        half = root(ring, Fraction(1, 2))
        yield "", _times(M, root(ring, s), rows, half, columns, half)
    elif type(family).__name__ == "Circulant":
        yield "1/sqrt(n)", M * root(ring, Fraction(1, M.shape[0]))


def inverse(M: np.ndarray, family: Family, ring: Any) -> Forms:
    """Of a transform: s times its adjoint, with the rows as columns and the columns as rows times 1/2 each."""
    found = _length(family)
    if found is not None:
        s, rows, columns = found
        half = ring(Fraction(1, 2))
        yield "", _times(_conjugate(M.T, ring), ring(s), columns, half, rows, half)


_WEIGHTS = {
    "1": Fraction(1), "sqrt(1/2)": Fraction(1, 2), "1/2": Fraction(1, 4), "sqrt(2)": Fraction(2), "2": Fraction(4),
}  # fmt: skip


def _place(at: list[int]) -> str:
    return "first and last" if len(at) > 1 else "last" if at[0] else "first"


def weighted(M: np.ndarray, family: Family, ring: Any) -> Forms:
    """The cosine and sine transforms with another factor, N = 2/s, and another weight of their ends."""
    found = _length(family)
    if found is None or type(family).__name__ not in ("DCT", "DST"):
        return
    s, rows, columns = found
    N = 2 / s
    factors = {
        "1": Fraction(1), "2": Fraction(4), "1/2": Fraction(1, 4), "1/N": 1 / N**2, "2/N": 4 / N**2,
        "1/(2N)": 1 / (4 * N**2), "sqrt(2/N)": 2 / N, "sqrt(1/(2N))": 1 / (2 * N),
    }  # fmt: skip
    kind = (type(family).__name__, getattr(family, "type", 0))
    long = {("DCT", 1): "(n - 1)", ("DST", 1): "(n + 1)"}.get(kind, "n")
    ends = (_WEIGHTS if rows else ["1"], _WEIGHTS if columns else ["1"])
    usual = ("sqrt(2/N)", "sqrt(1/2)" if rows else "1", "sqrt(1/2)" if columns else "1")
    for said, r, c in product(factors, *ends):
        plain = r == c == "1" and (said in ("1", "2", "1/2") or (said == "1/N" and long == "n"))
        if plain or (said, r, c) == usual:  # has a name of its own
            continue
        by = [None if w == "1" else root(ring, _WEIGHTS[w]) for w in (r, c)]
        words = [] if said == "1" else [f"times {said.replace('N', long)}"]
        words += [f"{_place(rows)} row{'s' * (len(rows) > 1)} times {r}"] if r != "1" else []
        words += [f"{_place(columns)} column{'s' * (len(columns) > 1)} times {c}"] if c != "1" else []
        factor = None if said == "1" else root(ring, factors[said])
        yield ", ".join(words), _times(M, factor, rows, by[0], columns, by[1])
