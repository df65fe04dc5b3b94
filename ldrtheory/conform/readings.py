"""The other matrices that the same parameters could denote, one function for each way to misread a class.

Readings            pairs (which, matrix): a convention may have several, such as the index that is reversed
transposed, conjugated, adjoint                         of the matrix
swapped, index_order, kron_order                        which parameter, which index comes first
negated_f, inverted_f, linear, twin_pair                the operators
reversed_factors, bit_reversed                          the order of factors and indices
scaled, orthonormal                                     the normalisation
What a family does not have is not yielded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from fractions import Fraction
from typing import Any

import numpy as np

from ldrtheory.conform.majorant import Majorants
from ldrtheory.conform.tolerance import dense
from ldrtheory.errors import NotInRing
from ldrtheory.families import Circulant, Family, FCirculant, ToeplitzLike
from ldrtheory.families.butterfly import Factored
from ldrtheory.families.toeplitz_like import scalar_power_solution
from ldrtheory.linalg import array, matmul, transpose
from ldrtheory.operators.banded import shift

Parameters = Mapping[str, Any]
Readings = Iterator[tuple[str, np.ndarray]]


def _conjugated(M: np.ndarray, ring: Any) -> np.ndarray:
    out = np.empty(M.shape, dtype=object)
    for at in np.ndindex(M.shape):
        out[at] = ring.conjugate(ring(M[at]))
    return out


def transposed(family: Family, p: Parameters, ring: Any) -> Readings:
    yield "", dense(family, p, ring).T


def conjugated(family: Family, p: Parameters, ring: Any) -> Readings:
    yield "", _conjugated(dense(family, p, ring), ring)


def adjoint(family: Family, p: Parameters, ring: Any) -> Readings:
    yield "", _conjugated(dense(family, p, ring).T, ring)


_PAIRS = (
    ("G", "H"), ("U", "V"), ("s", "t"), ("u", "v"), ("a", "b"), ("t", "h"), ("l", "u"), ("left", "right"),
    ("diagonal", "offdiagonal"), ("d", "c"), ("a", "d"),
)  # fmt: skip


def swapped(family: Family, p: Parameters, ring: Any) -> Readings:
    shapes = {slot.name: slot.shape for slot in family.slots()}
    pairs = [(a, b) for a, b in _PAIRS if a in shapes and b in shapes and shapes[a] == shapes[b]]
    every: dict[str, Any] = dict(p)
    for a, b in pairs:
        yield f"{a} and {b}", dense(family, {**p, a: p[b], b: p[a]}, ring)
        every[a], every[b] = p[b], p[a]
    if len(pairs) > 1:
        yield "all pairs", dense(family, every, ring)
    for name, shape in shapes.items():
        if name in ("t", "h") and len(shape) == 1:  # first row for first column
            yield f"{name} reversed", dense(family, {**p, name: p[name][::-1]}, ring)


def _minus(values: np.ndarray) -> np.ndarray:
    out = values.copy()
    out[..., -1] = -out[..., -1]
    return out


def negated_f(family: Family, p: Parameters, ring: Any) -> Readings:
    if isinstance(family, FCirculant):
        yield "", dense(FCirculant(family.n, -Fraction(family.f)), p, ring)
    elif type(family).__name__ == "Circulant":
        yield "f = -1 for 1", dense(FCirculant(family.shape[0], -1), p, ring)
    elif isinstance(family, ToeplitzLike):
        yield "Z_-1 on the left, Z_1 on the right", _toeplitz_like(p, -1, 1, ring)
    else:
        for names in (("A",), ("B",), ("A", "B")):
            if all(name in p and np.ndim(p[name]) == 1 for name in names) and "G" in p:
                yield " and ".join(names), dense(family, {**p, **{k: _minus(p[k]) for k in names}}, ring)


def inverted_f(family: Family, p: Parameters, ring: Any) -> Readings:
    if isinstance(family, FCirculant) and family.f != 0:
        yield "", dense(FCirculant(family.n, 1 / Fraction(family.f)), p, ring)


def _toeplitz_like(p: Parameters, e: int, f: int, ring: Any) -> np.ndarray:
    R = matmul(ring, array(ring, p["G"]), transpose(array(ring, p["H"])))
    n = R.shape[0]
    a, b = (e, f)
    return scalar_power_solution(shift(f=e), shift(f=f), ring(a), ring(b), R, ring) if n else R


def reversed_factors(family: Family, p: Parameters, ring: Any) -> Readings:
    if isinstance(family, Factored):
        M = None
        for factor in family.product(p, ring).factors:
            F = factor.dense(ring)
            M = F if M is None else M @ F
        if M is not None and M.shape == family.shape:
            yield "the last factor applied first", M
    several = {f.name: getattr(family, f.name) for f in fields(family)}  # type: ignore[arg-type]
    slots = [s.name for s in family.slots() if len(s.shape) > 1]
    if "factors" in several or "reflectors" in several or isinstance(family, Factored):
        yield (
            "the parameters of the factors in reverse",
            dense(family, {k: v[::-1] if k in slots else v for k, v in p.items()}, ring),
        )
    numbered = [s.name for s in family.slots() if s.name[-1:].isdigit()]
    if len(numbered) > 1:
        swapped = dict(zip(numbered, [p[k] for k in reversed(numbered)]))
        yield "the parameters of the factors in reverse", dense(family, {**p, **swapped}, ring)
    if type(family).__name__ == "DiagonalCirculant":  # C D in place of D C
        yield "C before D", _circulant_diagonal(family, p, ring)
    if type(family).__name__ == "TriangularToeplitzProduct":
        yield "U L in place of L U", _upper_lower(family, p, ring)


def _circulant_diagonal(family: Family, p: Parameters, ring: Any) -> np.ndarray:
    n, M = family.shape[0], None
    for d, c in zip(array(ring, p["d"]), array(ring, p["c"])):
        factor = Circulant(n).entries({"c": c}, ring) * d.reshape(1, n)
        M = factor if M is None else M @ factor
    return M  # type: ignore[return-value]


def _upper_lower(family: Family, p: Parameters, ring: Any) -> np.ndarray:
    n = family.shape[0]
    lower, upper = np.empty((n, n), dtype=object), np.empty((n, n), dtype=object)
    for i, j in np.ndindex(n, n):
        lower[i, j] = p["l"][i - j] if i >= j else ring.zero
        upper[i, j] = p["u"][j - i] if j >= i else ring.zero
    return upper @ lower


def _bits(n: int) -> np.ndarray:
    width = max(1, (n - 1).bit_length())
    return np.array([int(f"{i:0{width}b}"[::-1], 2) for i in range(n)])


def bit_reversed(family: Family, p: Parameters, ring: Any) -> Readings:
    m, n = family.shape
    if m != n or n & (n - 1):
        return
    order, M = _bits(n), dense(family, p, ring)
    yield "the result's index", M[order]
    yield "the vector's index", M[:, order]
    yield "both indices", M[np.ix_(order, order)]
    for slot in family.slots():
        if slot.shape and slot.shape[-1] == n:
            yield (
                f"the last index of {slot.name}",
                dense(family, {**p, slot.name: p[slot.name][..., order]}, ring),
            )
    if isinstance(family, Factored):
        yield (
            "the last index of every parameter",
            dense(family, {k: v[..., order] if np.shape(v)[-1] == n else v for k, v in p.items()}, ring),
        )


def _root(ring: Any, x: Fraction) -> Any:
    """The square root of a positive rational, in rings that have it."""
    if isinstance(ring, Majorants):
        return ring.square_root(x)
    top, bottom = (int(k**0.5 + 0.5) for k in (x.numerator, x.denominator))
    if top * top != x.numerator or bottom * bottom != x.denominator:
        raise NotInRing(f"{ring.name} has no square root of {x}; read the kernel over balls.")
    return ring(Fraction(top, bottom))


def scaled(x: Callable[[int], Fraction], root: bool = False) -> Callable[[Family, Parameters, Any], Readings]:
    def readings(family: Family, p: Parameters, ring: Any) -> Readings:
        M = dense(family, p, ring)
        for which, factor in (("multiplied", x(max(M.shape))), ("divided", 1 / x(max(M.shape)))):
            yield which, M * (_root(ring, factor) if root else ring(factor))

    return readings


def orthonormal(family: Family, p: Parameters, ring: Any) -> Readings:
    """Scaled by sqrt(c / n), and some first or last row or column by another sqrt(1/2) or 1/2."""
    if family.slots() and type(family).__name__ not in ("Circulant",):
        return
    M = dense(family, p, ring)
    n = M.shape[0]
    name, kind = type(family).__name__, getattr(family, "type", 0)
    if name in ("DFT", "WalshHadamard", "Circulant"):
        yield "1/sqrt(n)", M * _root(ring, Fraction(1, n))
        return
    length = {("DCT", 1): n - 1, ("DST", 1): n + 1}.get((name, kind), n)
    half = _root(ring, Fraction(1, 2))
    rows, columns = {
        ("DCT", 1): ([0, n - 1], [0, n - 1]), ("DCT", 2): ([0], []), ("DCT", 3): ([], [0]),
        ("DST", 2): ([n - 1], []), ("DST", 3): ([], [n - 1]),
    }.get((name, kind), ([], []))  # fmt: skip
    for factor, said in ((Fraction(2, length), "sqrt(2/n)"), (Fraction(1), "1"), (Fraction(4), "2")):
        scaled = M * _root(ring, factor) if factor != 1 else M.copy()
        if factor == Fraction(2, length):
            yield f"every row and column times {said}", scaled.copy()
        if rows or columns:
            for power, part in ((half, "sqrt(1/2)"), (half * half, "1/2")):
                changed = scaled.copy()
                for i in rows:
                    changed[i] = changed[i] * power
                for j in columns:
                    changed[:, j] = changed[:, j] * power
                ends = "; ".join(
                    f"{'first and last' if len(k) > 1 else 'last' if k[0] else 'first'} {what} times {part}"
                    for k, what in ((rows, "row"), (columns, "column"))
                    if k
                )
                yield f"times {said}, {ends}", changed


def linear(family: Family, p: Parameters, ring: Any) -> Readings:
    name = type(family).__name__
    n = family.shape[1]
    if name in ("Circulant", "FCirculant"):
        yield "nothing comes round", dense(FCirculant(n, 0), p, ring)
        if name == "FCirculant":
            yield "what comes round is not multiplied by f", dense(FCirculant(n, 1), p, ring)
    if name in ("Toeplitz", "Hankel") and family.shape[0] == n:
        slot = "t" if name == "Toeplitz" else "h"
        M = np.empty((n, n), dtype=object)
        for i, j in np.ndindex(n, n):
            M[i, j] = p[slot][((i - j) % n) + n - 1] if slot == "t" else p[slot][(i + j) % n]
        yield "circular, without padding", M
        if slot == "t":
            wrapped = np.empty((n, n), dtype=object)
            for i, j in np.ndindex(n, n):
                wrapped[i, j] = p[slot][(i - j) % n]
            yield "circular, from the first entries", wrapped


def _shuffle(n: int, a: int) -> np.ndarray:
    """The permutation that reads an a x (n / a) grid by columns."""
    return np.arange(n).reshape(a, n // a).T.ravel()


def kron_order(family: Family, p: Parameters, ring: Any) -> Readings:
    m, n = family.shape
    if m != n:
        return
    M = dense(family, p, ring)
    own = getattr(family, "block", None)
    for a in [own] if own else [k for k in range(2, n) if n % k == 0]:
        if n % a or a in (1, n):
            continue
        for order, said in ((_shuffle(n, a), f"{a} rows"), (_shuffle(n, n // a), f"{a} columns")):
            yield f"both indices read by columns, in grids of {said}", M[np.ix_(order, order)]
            yield f"the result's index read by columns, in a grid of {said}", M[order]
            yield f"the vector's index read by columns, in a grid of {said}", M[:, order]


def index_order(family: Family, p: Parameters, ring: Any) -> Readings:
    changed = {}
    for slot in family.slots():
        if len(slot.shape) > 1 and sum(k > 1 for k in slot.shape) > 1:
            changed[slot.name] = p[slot.name].ravel().reshape(slot.shape, order="F")
            if slot.shape[-1] == slot.shape[-2]:
                swapped = {**p, slot.name: np.swapaxes(p[slot.name], -1, -2)}
                yield f"the last two indices of {slot.name}", dense(family, swapped, ring)
    for name, value in changed.items():
        yield f"{name} by columns", dense(family, {**p, name: value}, ring)
    if len(changed) > 1:
        yield "every parameter by columns", dense(family, {**p, **changed}, ring)
        both = {k: np.swapaxes(v, -1, -2) for k, v in p.items() if np.ndim(v) > 1}
        if all(v.shape == np.shape(p[k]) for k, v in both.items()):
            yield "the last two indices of every parameter", dense(family, {**p, **both}, ring)


def twin_pair(family: Family, p: Parameters, ring: Any) -> Readings:
    M = dense(family, p, ring)
    yield "Z^T for Z on the right: M J", M[:, ::-1]
    yield "Z^T for Z on the left: J M", M[::-1]
    if M.shape[0] == M.shape[1]:
        yield "Z^T for Z on both sides: J M J", M[::-1, ::-1]
    if isinstance(family, ToeplitzLike):
        yield "Z_-1 on the left, Z_1 on the right", _toeplitz_like(p, -1, 1, ring)
    if hasattr(family, "krylov"):
        other: Any = replace(family, krylov=not family.krylov)  # type: ignore[call-arg]
        yield f"krylov={str(other.krylov).lower()}", dense(other, p, ring)
    sides = {k: "B" + k[1:] if k[0] == "A" else "A" + k[1:] for k in p if k[0] in "AB" and "G" in p}
    if sides:
        yield "A and B", dense(family, {**p, **{k: p[other] for k, other in sides.items()}}, ring)
    kind = getattr(family, "type", None)
    if kind in (2, 3):
        yield f"type {5 - kind}", dense(replace(family, type=5 - kind), p, ring)  # type: ignore[call-arg]
