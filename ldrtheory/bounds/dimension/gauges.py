"""Directions in the parameters of a class along which no entry changes: where its redundancy comes from.

Gauge       a name and a vector field on the parameters, linear in its coefficients
gauge       registers the gauges of a class
gauges      the gauges of a family
envelope    a variety of known dimension that holds the class

A field maps parameters p and `free` (each call of it gives a new coefficient) to slot -> array of the derivatives;
slots left out stand still.  Everything is a Polynomial, so one call describes all directions of a gauge at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from ldrtheory import families as F
from ldrtheory.bounds.dimension.reflections import conjugates, orthogonal, turning, turns
from ldrtheory.bounds.dimension.rotations import low_bit
from ldrtheory.bounds.dimension.rotations import turns as rotations_turn
from ldrtheory.bounds.dimension.symbolic import Polynomial
from ldrtheory.bounds.dimension.words import determined, matrix_gauges
from ldrtheory.families import Family
from ldrtheory.kaleidoscopes import bit_pattern

Parameters = Mapping[str, Any]
Free = Callable[[], Polynomial]
Motion = dict[str, np.ndarray]
Field = Callable[[Parameters, Free], Motion]


@dataclass(frozen=True)
class Gauge:
    """A family of directions.

    name        in words
    field       the derivatives of the parameters along them
    shown       whether an argument of its own shows it; None: by running the class along the directions
    """

    name: str
    field: Field
    shown: Callable[[], bool] | None = None


_GAUGES: dict[type[Family], Callable[[Any], Iterator[Gauge]]] = {}


def gauge(*classes: type[Family]) -> Callable[[Callable[[Any], Iterator[Gauge]]], Callable]:
    """Register the decorated generator of gauges for the classes."""

    def register(named: Callable[[Any], Iterator[Gauge]]) -> Callable:
        for cls in classes:
            _GAUGES[cls] = named
        return named

    return register


def gauges(family: Family) -> tuple[Gauge, ...]:
    """Return the gauges registered for a family.

    >>> [g.name for g in gauges(F.LowRank(4, 2))]
    ['GL_2 on U, V']
    """
    named = _GAUGES.get(type(family))
    return () if named is None else tuple(named(family))


def envelope(family: Family) -> tuple[int, str, bool] | None:
    """Return the dimension of a known variety that holds the class, its name, and whether that was redone; or None.

    >>> envelope(F.Householder(3, 9))
    (3, 'orthogonal matrices', True)
    """
    if isinstance(family, F.Householder):
        return family.n * (family.n - 1) // 2, "orthogonal matrices", orthogonal()
    return None


def _still(p: Parameters, name: str) -> np.ndarray:
    out = np.empty(np.shape(p[name]), dtype=object)
    out.fill(Polynomial({}))
    return out


def _general_linear(left: str, right: str) -> Field:
    """G -> G X, H -> H X^-T leave G H^T: derivatives G X and -H X^T, X free."""

    def field(p: Parameters, free: Free) -> Motion:
        r = p[left].shape[1]
        X = np.array([[free() for _ in range(r)] for _ in range(r)], dtype=object)
        return {left: _times(p[left], X), right: -_times(p[right], X.T)}

    return field


def _times(G: np.ndarray, X: np.ndarray) -> np.ndarray:
    out = np.empty((G.shape[0], X.shape[1]), dtype=object)
    for i, j in np.ndindex(out.shape):
        total = Polynomial({})
        for k in range(G.shape[1]):
            total = total + G[i, k] * X[k, j]
        out[i, j] = total
    return out


def _scaling(weights: Mapping[str, int]) -> Field:
    """Every parameter of a slot grows at the rate of its weight."""

    def field(p: Parameters, free: Free) -> Motion:
        c = free()
        return {k: np.asarray(p[k] * (c * Polynomial.constant(w)), dtype=object) for k, w in weights.items()}

    return field


def _translation(*slots: str) -> Field:
    """All parameters of the slots move at the same speed."""

    def field(p: Parameters, free: Free) -> Motion:
        c = free()
        motion = {k: _still(p, k) for k in slots}
        for moved in motion.values():
            moved.fill(c)
        return motion

    return field


def _rows_scaled(name: str, parts: int) -> Field:
    """The rows of a slot are factors of a product: one grows as the next shrinks."""

    def field(p: Parameters, free: Free) -> Motion:
        out = _still(p, name)
        for t in range(parts - 1):
            c = free()
            out[t], out[t + 1] = out[t] + p[name][t] * c, out[t + 1] - p[name][t + 1] * c
        return {name: out}

    return field


@gauge(F.LowRank)
def _(family: F.LowRank) -> Iterator[Gauge]:
    yield Gauge(f"GL_{family.rank} on U, V", _general_linear("U", "V"))


@gauge(F.ToeplitzLike)
def _(family: F.ToeplitzLike) -> Iterator[Gauge]:
    yield Gauge(f"GL_{family.rank} on G, H", _general_linear("G", "H"))


@gauge(F.SubdiagonalLDR, F.TridiagonalLDR)
def _(family: F.SubdiagonalLDR | F.TridiagonalLDR) -> Iterator[Gauge]:
    names = [slot.name for slot in family.slots() if slot.name not in "GH"]
    fields = {
        "GL": _general_linear("G", "H"),
        "scaling (A, B)": _scaling({k: 1 if k[0] == "A" else -1 for k in names}),
        "scaling (A, B, G)": _scaling({**dict.fromkeys(names, 1), "G": 1}),
        "shift": _translation("A_main", "B_main"),
    }
    for name, _ in matrix_gauges(family):
        start = next(key for key in sorted(fields, key=len, reverse=True) if name.startswith(key))
        yield Gauge(name, fields[start], lambda: family.krylov or determined(family))


@gauge(F.Cauchy)
def _(family: F.Cauchy) -> Iterator[Gauge]:
    yield Gauge("translation of the nodes", _translation("s", "t"))


@gauge(F.Loewner)
def _(family: F.Loewner) -> Iterator[Gauge]:
    yield Gauge("translation of the nodes", _translation("s", "t"))
    yield Gauge("translation of the values", _translation("u", "v"))
    yield Gauge("scaling of nodes and values", _scaling(dict.fromkeys("stuv", 1)))


@gauge(F.Pick)
def _(family: F.Pick) -> Iterator[Gauge]:
    def field(p: Parameters, free: Free) -> Motion:
        c = free()
        return {"x": p["y"] * c, "y": p["x"] * c}

    def moebius(p: Parameters, free: Free) -> Motion:
        c, one = free(), Polynomial.constant(1)
        return {"z": (p["z"] * p["z"] - one) * c, "x": p["x"] * p["z"] * c, "y": p["y"] * p["z"] * c}

    yield Gauge("hyperbolic rotation of x, y", field)
    yield Gauge("Moebius maps of the nodes", moebius)


@gauge(F.PolynomialVandermonde)
def _(family: F.PolynomialVandermonde) -> Iterator[Gauge]:
    if family.shape[1] > 1:
        yield Gauge("translation of the nodes and of b", _translation("x", "b"))
        yield Gauge("scaling of nodes and coefficients", _scaling(dict.fromkeys("xabc", 1)))


@gauge(F.Bezoutian)
def _(family: F.Bezoutian) -> Iterator[Gauge]:
    def field(p: Parameters, free: Free) -> Motion:
        s, t, u = free(), free(), free()
        return {"a": p["a"] * s + p["b"] * t, "b": p["a"] * u - p["b"] * s}

    yield Gauge("SL_2 on the two polynomials", field)


@gauge(F.ACDC)
def _(family: F.ACDC) -> Iterator[Gauge]:
    yield Gauge("scaling (a, d) -> (c a, d / c)", _scaling({"a": 1, "d": -1}))


@gauge(F.ToeplitzProduct, F.TriangularToeplitzProduct)
def _(family: Family) -> Iterator[Gauge]:
    names = [slot.name for slot in family.slots()]
    for first, second in pairwise(names):
        yield Gauge(
            f"scaling ({first}, {second}) -> (c {first}, {second} / c)", _scaling({first: 1, second: -1})
        )


@gauge(F.DiagonalCirculant)
def _(family: F.DiagonalCirculant) -> Iterator[Gauge]:
    k = family.factors

    def field(p: Parameters, free: Free) -> Motion:
        d, c = _still(p, "d"), _still(p, "c")
        chain = [(array, row, t) for t in range(k) for array, row in ((d, p["d"][t]), (c, p["c"][t]))]
        for (a, x, s), (b, y, t) in pairwise(chain):
            rate = free()
            a[s], b[t] = a[s] + x * rate, b[t] - y * rate
        return {"d": d, "c": c}

    yield Gauge("scaling of neighbouring factors", field)


@gauge(F.Monarch)
def _(family: F.Monarch) -> Iterator[Gauge]:
    def field(p: Parameters, free: Free) -> Motion:
        left, right = _still(p, "left"), _still(p, "right")
        for r, a in np.ndindex(family.block, family.groups):
            c = free()
            left[r, :, a], right[a, r, :] = p["left"][r, :, a] * c, right[a, r, :] - p["right"][a, r, :] * c
        return {"left": left, "right": right}

    yield Gauge("scaling of the paths between the two factors", field)


def _exchange(bits: Sequence[int], size: int) -> Field:
    """Neighbours F' F become (F' S^-1)(S F): S diagonal, or any factor of their bit where they have the same bit."""

    def field(p: Parameters, free: Free) -> Motion:
        d, o = _still(p, "diagonal"), _still(p, "offdiagonal")
        for t, (b, after) in enumerate(pairwise(bits)):
            same = after == b
            s = [free() for _ in range(size)]
            q = [free() if same else Polynomial({}) for _ in range(size)]  # S[i, i ^ bit]
            for i in range(size):
                j, D, E = i ^ (1 << b), p["diagonal"], p["offdiagonal"]
                d[t, i] = d[t, i] + s[i] * D[t, i] + q[i] * E[t, j]
                o[t, i] = o[t, i] + s[i] * E[t, i] + q[i] * D[t, j]
                j = i ^ (1 << after)
                d[t + 1, i] = d[t + 1, i] - D[t + 1, i] * s[i] - E[t + 1, i] * q[j]
                o[t + 1, i] = o[t + 1, i] - E[t + 1, i] * s[j] - D[t + 1, i] * q[i]
        return {"diagonal": d, "offdiagonal": o}

    return field


@gauge(F.Butterfly)
def _(family: F.Butterfly) -> Iterator[Gauge]:
    if family.levels > 1:
        yield Gauge("diagonals between the factors", _exchange(range(family.levels), family.n))


@gauge(F.Kaleidoscope)
def _(family: F.Kaleidoscope) -> Iterator[Gauge]:
    bits = bit_pattern("BB*", family.width, family.size)
    yield Gauge(
        "diagonals between the factors, blocks between factors of one bit", _exchange(bits, family.size)
    )


@gauge(F.BlockButterfly)
def _(family: F.BlockButterfly) -> Iterator[Gauge]:
    levels, groups, size = family.groups.bit_length() - 1, family.groups, family.block

    def field(p: Parameters, free: Free) -> Motion:
        d, o = _still(p, "diagonal"), _still(p, "offdiagonal")
        D, E = p["diagonal"], p["offdiagonal"]
        for t in range(levels - 1):
            S = [
                np.array([[free() for _ in range(size)] for _ in range(size)], dtype=object)
                for _ in range(groups)
            ]
            for g in range(groups):
                h = g ^ (1 << (t + 1))
                d[t, g], o[t, g] = d[t, g] + _times(S[g], D[t, g]), o[t, g] + _times(S[g], E[t, g])
                d[t + 1, g] = d[t + 1, g] - _times(D[t + 1, g], S[g])
                o[t + 1, g] = o[t + 1, g] - _times(E[t + 1, g], S[h])
        return {"diagonal": d, "offdiagonal": o}

    if levels > 1:
        yield Gauge(f"GL_{size} of every group between the factors", field)


@gauge(F.OrthogonalKaleidoscope)
def _(family: F.OrthogonalKaleidoscope) -> Iterator[Gauge]:
    def rotations(p: Parameters, free: Free) -> Motion:
        u, v, one = _still(p, "u"), _still(p, "v"), Polynomial.constant(1)
        for k in range(family.width - 1):
            for i in range(family.n // 2):
                c, s, t = free(), p["u"][k][-1][i], p["v"][k + 1][-1][i]
                u[k, -1, i], v[k + 1, -1, i] = c * (one + s * s), c * (one + t * t)
        return {"u": u, "v": v}

    if family.width > 1:
        yield Gauge("rotations of the highest bit between neighbours", rotations)
        yield Gauge("scaling of neighbouring diagonals", _rows_scaled("d", family.width))
        yield Gauge("scaling of the odd positions between neighbours", low_bit, rotations_turn)


@gauge(F.Householder)
def _(family: F.Householder) -> Iterator[Gauge]:
    def lengths(p: Parameters, free: Free) -> Motion:
        return {"v": np.array([row * free() for row in p["v"]], dtype=object).reshape(p["v"].shape)}

    yield Gauge("lengths of the normals", lengths)
    if family.reflectors > 1:
        yield Gauge("rotations of pairs of normals", turning, lambda: turns() and conjugates())
