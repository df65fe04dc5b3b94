"""The other members and matrices that the same parameters could denote, one function for each way to misread a class.

Reading             a member of a family as it is read: family, parameters and, where it is known, the matrix
swapped, index_order                                    which parameter, which index comes first
negated_f, inverted_f, linear, padding, twin            the operators
reversed_factors, reversed_bits                         the order of factors and of the parameters' indices
What is done to the matrix itself is in forms.py.  What a family does not have is not yielded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from typing import Any

import numpy as np

from ldrtheory.conform.tolerance import dense
from ldrtheory.families import Circulant, Family, FCirculant, ToeplitzLike
from ldrtheory.families.butterfly import Factored
from ldrtheory.families.toeplitz_like import scalar_power_solution
from ldrtheory.linalg import array, matmul, transpose
from ldrtheory.operators.banded import shift

Parameters = Mapping[str, Any]


@dataclass(frozen=True)
class Reading:
    """What parameters are read as: a member, and its matrix M where that is not the member's own."""

    family: Family
    p: Parameters
    M: np.ndarray | None = None

    def matrix(self, ring: Any) -> np.ndarray:
        """Return the matrix."""
        return dense(self.family, self.p, ring) if self.M is None else self.M

    def given(self, **changed: Any) -> Reading:
        """Return the member with other parameters."""
        return Reading(self.family, {**self.p, **changed})


Readings = Iterator[tuple[str, Reading]]

_PAIRS = (
    ("G", "H"), ("U", "V"), ("s", "t"), ("u", "v"), ("a", "b"), ("t", "h"), ("l", "u"), ("left", "right"),
    ("diagonal", "offdiagonal"), ("d", "c"), ("a", "d"),
)  # fmt: skip


def swapped(own: Reading, ring: Any) -> Readings:
    p, shapes = own.p, {slot.name: slot.shape for slot in own.family.slots()}
    pairs = [(a, b) for a, b in _PAIRS if a in shapes and b in shapes and shapes[a] == shapes[b]]
    every: dict[str, Any] = {}
    for a, b in pairs:
        yield f"{a} and {b}", own.given(**{a: p[b], b: p[a]})
        every |= {a: p[b], b: p[a]}
    if len(pairs) > 1:
        yield "all pairs", own.given(**every)
    for name, shape in shapes.items():
        if name in ("t", "h") and len(shape) == 1:  # first row for first column
            yield f"{name} reversed", own.given(**{name: p[name][::-1]})


def _corners(own: Reading, change: Callable[[Any], Any]) -> Readings:
    """The corners of learned operators changed: of A, of B, of both."""
    slots = {"A": ("A", -1), "B": ("B", -1), "A_corners": ("A", None), "B_corners": ("B", None)}
    found = {
        name: where for name, where in slots.items() if np.ndim(own.p.get(name, 0)) == 1 and "G" in own.p
    }
    for sides in ("A", "B", "AB"):
        changed = {}
        for name, (side, at) in found.items():
            if side in sides:
                values = own.p[name].copy()
                for k in range(len(values)) if at is None else [len(values) - 1]:
                    values[k] = change(values[k])
                changed[name] = values
        if changed:
            yield " and ".join(changed), own.given(**changed)


def negated_f(own: Reading, ring: Any) -> Readings:
    family = own.family
    if isinstance(family, FCirculant):
        yield "", Reading(FCirculant(family.n, -Fraction(family.f)), own.p)
    elif isinstance(family, Circulant):
        yield "f = -1 for 1", Reading(FCirculant(family.n, -1), own.p)
    elif isinstance(family, ToeplitzLike):
        yield "Z_-1 on the left, Z_1 on the right", _other_pair(own, ring)
    else:
        yield from _corners(own, lambda f: -f)


def inverted_f(own: Reading, ring: Any) -> Readings:
    family = own.family
    if isinstance(family, FCirculant):
        if family.f != 0:
            yield "", Reading(FCirculant(family.n, 1 / Fraction(family.f)), own.p)
    else:
        yield from _corners(own, ring.inverse)


def _other_pair(own: Reading, ring: Any) -> Reading:
    """Z_-1 M - M Z_1 for Z_1 M - M Z_-1."""
    R = matmul(ring, array(ring, own.p["G"]), transpose(array(ring, own.p["H"])))
    if len(R):
        R = scalar_power_solution(shift(f=-1), shift(f=1), ring(-1), ring(1), R, ring)
    return replace(own, M=R)


def reversed_factors(own: Reading, ring: Any) -> Readings:
    family, p = own.family, own.p
    if isinstance(family, Factored):
        M = None
        for factor in family.product(p, ring).factors:
            F = factor.dense(ring)
            M = F if M is None else M @ F
        if M is not None and M.shape == family.shape:
            yield "the last factor applied first", replace(own, M=M)
    several = {f.name for f in fields(family)}  # type: ignore[arg-type]
    slots = [s.name for s in family.slots() if len(s.shape) > 1]
    said = "the parameters of the factors in reverse"
    if several & {"factors", "reflectors"} or isinstance(family, Factored):
        yield said, own.given(**{k: p[k][::-1] for k in slots})
    numbered = [s.name for s in family.slots() if s.name[-1:].isdigit()]
    if len(numbered) > 1:
        yield said, own.given(**dict(zip(numbered, [p[k] for k in reversed(numbered)])))
    if type(family).__name__ == "DiagonalCirculant":  # C D in place of D C
        yield "C before D", replace(own, M=_circulant_diagonal(family, p, ring))
    if type(family).__name__ == "TriangularToeplitzProduct":
        yield "U L in place of L U", replace(own, M=_upper_lower(family, p, ring))


def _circulant_diagonal(family: Family, p: Parameters, ring: Any) -> np.ndarray:
    n, M = family.shape[0], None
    for d, c in zip(array(ring, p["d"]), array(ring, p["c"])):
        factor = Circulant(n).entries({"c": c}, ring) * d.reshape(1, n)
        M = factor if M is None else M @ factor
    return M  # type: ignore[return-value]


def _upper_lower(family: Family, p: Parameters, ring: Any) -> np.ndarray:
    n = family.shape[0]
    lower = _table(n, n, lambda i, j: p["l"][i - j] if i >= j else ring.zero)
    upper = _table(n, n, lambda i, j: p["u"][j - i] if j >= i else ring.zero)
    return upper @ lower


def _table(m: int, n: int, entry: Callable[[int, int], Any]) -> np.ndarray:
    M = np.empty((m, n), dtype=object)
    for i, j in np.ndindex(m, n):
        M[i, j] = entry(i, j)
    return M


def bits(n: int) -> np.ndarray:
    """Return 0, ..., n - 1 with the bits of each reversed."""
    width = max(1, (n - 1).bit_length())
    return np.array([int(f"{i:0{width}b}"[::-1], 2) for i in range(n)])


def reversed_bits(own: Reading, ring: Any) -> Readings:
    m, n = own.family.shape
    if m != n or n & (n - 1):
        return
    order = bits(n)
    changed = {
        slot.name: own.p[slot.name][..., order]
        for slot in own.family.slots()
        if slot.shape and slot.shape[-1] == n
    }
    for name, value in changed.items():
        yield f"the last index of {name}", own.given(**{name: value})
    if isinstance(own.family, Factored):
        yield "the last index of every parameter", own.given(**changed)


def linear(own: Reading, ring: Any) -> Readings:
    name, (m, n), p = type(own.family).__name__, own.family.shape, own.p
    if name in ("Circulant", "FCirculant"):
        yield "nothing comes round", Reading(FCirculant(n, 0), p)
        if name == "FCirculant":
            yield "what comes round is not multiplied by f", Reading(FCirculant(n, 1), p)
    if name in ("Toeplitz", "Hankel") and m == n:
        said = "circular, without padding"
        if name == "Hankel":
            yield said, replace(own, M=_table(n, n, lambda i, j: p["h"][(i + j) % n]))
            return
        yield said, replace(own, M=_table(n, n, lambda i, j: p["t"][((i - j) % n) + n - 1]))
        first = _table(n, n, lambda i, j: p["t"][(i - j) % n])
        yield "circular, from the first entries", replace(own, M=first)


def padding(own: Reading, ring: Any) -> Readings:
    """A convolution of length m + n - 1 on m + n - 2 points: its first and its last diagonal fall on each other."""
    (m, n), p = own.family.shape, own.p
    if m + n - 2 < max(m, n):
        return
    if isinstance(own.family, FCirculant) and own.family.f == 0:
        M = own.matrix(ring).copy()
        M[0, n - 1] = p["c"][n - 1]
        yield "the last entry comes round", replace(own, M=M)
    if type(own.family).__name__ not in ("Toeplitz", "Hankel", "ToeplitzPlusHankel"):
        return
    for said, part in (
        ("their sum in both", lambda v: (v[0] + v[-1], v[0] + v[-1])),
        ("the first in both", lambda v: (v[0], v[0])),
        ("the last in both", lambda v: (v[-1], v[-1])),
    ):
        changed = {name: p[name].copy() for name in ("t", "h") if name in p}
        for name, values in changed.items():
            values[0], values[-1] = part(p[name])
        yield said, own.given(**changed)


def index_order(own: Reading, ring: Any) -> Readings:
    p, changed = own.p, {}
    for slot in own.family.slots():
        if len(slot.shape) > 1 and sum(k > 1 for k in slot.shape) > 1:
            changed[slot.name] = p[slot.name].ravel().reshape(slot.shape, order="F")
            if slot.shape[-1] == slot.shape[-2]:
                turned = np.swapaxes(p[slot.name], -1, -2)
                yield f"the last two indices of {slot.name}", own.given(**{slot.name: turned})
    for name, value in changed.items():
        yield f"{name} by columns", own.given(**{name: value})
    if len(changed) > 1:
        yield "every parameter by columns", own.given(**changed)
        both = {k: np.swapaxes(v, -1, -2) for k, v in p.items() if np.ndim(v) > 1}
        if all(v.shape == np.shape(p[k]) for k, v in both.items()):
            yield "the last two indices of every parameter", own.given(**both)


def twin(own: Reading, ring: Any) -> Readings:
    family, p = own.family, own.p
    if isinstance(family, ToeplitzLike):
        yield "Z_-1 on the left, Z_1 on the right", _other_pair(own, ring)
    if hasattr(family, "krylov"):
        other: Any = replace(family, krylov=not family.krylov)  # type: ignore[call-arg]
        yield f"krylov={str(other.krylov).lower()}", Reading(other, p)
    sides = {k: "B" + k[1:] if k[0] == "A" else "A" + k[1:] for k in p if k[0] in "AB" and "G" in p}
    if sides:
        yield "A and B", own.given(**{k: p[other] for k, other in sides.items()})
    kind = getattr(family, "type", None)
    if kind in (2, 3):
        yield f"type {5 - kind}", Reading(replace(family, type=5 - kind), p)  # type: ignore[call-arg]
