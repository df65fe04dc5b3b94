"""Which rows a structured matrix can have: what a network needs to pass one number through a layer.

Witness         parameters of a member with a given first row w: fixed places, and one place for each w_j
witness         registers the witnesses of a class; they hold at every size
witness_of      the Witness of a family, None where none is registered
every_row       whether every vector is the first row of a member
keeps_first     whether (1, 0, ..., 0) is the first row of a member
has_ones        whether the matrix of ones is a member
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

import numpy as np

from ldrtheory import families as F
from ldrtheory.families import Family

Place = tuple[str, tuple[int, ...]]


@dataclass(frozen=True)
class Witness:
    """Slots are zero but for `fixed`, and for scale * w_j at the place `carrier(j)`.

    fixed       (slot, index or None for all of it, value)
    carrier     j -> (slot, index)
    scale       j -> the factor of w_j
    """

    fixed: tuple[tuple[str, tuple[int, ...] | None, int], ...]
    carrier: Callable[[int], Place]
    scale: Callable[[int], Fraction] = field(default=lambda j: Fraction(1))

    def at(self, family: Family, w: Sequence[Any], zero: Any) -> dict[str, Any]:
        """Return parameters whose matrix has the first row w; zero: that of the elements of w."""
        p: dict[str, Any] = {}
        for slot in family.slots():
            p[slot.name] = np.full(slot.shape, zero, dtype=object)
        for name, index, value in self.fixed:
            if index is None:
                p[name][...] = zero + value
            else:
                p[name][index] = zero + value
        for j, x in enumerate(w):
            name, index = self.carrier(j)
            factor = self.scale(j)
            p[name][index] = x * factor.numerator / factor.denominator if factor != 1 else x
        return p


_WITNESSES: Final[dict[type[Family], Callable[[Any], Witness | None]]] = {}


def witness(*classes: type[Family]) -> Callable[[Callable[[Any], Witness | None]], Callable]:
    """Register the decorated function of a family as the witness of the classes."""

    def register(make: Callable[[Any], Witness | None]) -> Callable:
        for cls in classes:
            _WITNESSES[cls] = make
        return make

    return register


def witness_of(family: Family) -> Witness | None:
    """Return the witness of a family, None where its class has none.

    >>> from ldrtheory import QQ
    >>> family = F.SubdiagonalLDR(3, 1)
    >>> p = witness_of(family).at(family, [QQ(5), QQ(6), QQ(7)], QQ.zero)
    >>> family.entries(p, QQ).tolist()
    [[5, 6, 7], [0, 0, 0], [0, 0, 0]]
    """
    make = _WITNESSES.get(type(family))
    return None if make is None else make(family)


def every_row(family: Family) -> bool:
    """Whether every vector is the first row of a member, as far as the witnesses tell."""
    return witness_of(family) is not None


def keeps_first(family: Family) -> bool:
    """Whether (1, 0, ..., 0) is the first row of a member: every_row, the identity, or a reflection that fixes it."""
    if isinstance(family, F.Householder):
        return family.n > 1 or family.reflectors % 2 == 0
    identity = isinstance(family, F.OrthogonalKaleidoscope | F.TriangularToeplitzProduct | F.BlockButterfly)
    return identity or every_row(family)


def has_ones(family: Family) -> bool:
    """Whether the matrix with all entries 1 is a member: so for every class with a witness but f-circulants, f != 1.

    Toeplitz, Hankel, circulant: the parameters are 1 (h = 0 for Toeplitz + Hankel); LowRank, learned operators: e e^T
    with e = (1, ..., 1) in place of e_0 w^T; ToeplitzLike: it is a circulant; butterflies and Monarch matrices: all
    factors with ones; products: one factor of ones, the others the identity.
    """
    return every_row(family) and not (isinstance(family, F.FCirculant) and family.f != 1)


@witness(F.Dense)
def _(family: F.Dense) -> Witness:
    return Witness((), lambda j: ("M", (0, j)))


@witness(F.LowRank)
def _(family: F.LowRank) -> Witness:
    return Witness((("U", (0, 0), 1),), lambda j: ("V", (j, 0)))


@witness(F.Toeplitz, F.ToeplitzPlusHankel)
def _(family: F.Toeplitz) -> Witness:
    n = family.shape[1]
    return Witness((), lambda j: ("t", (n - 1 - j,)))


@witness(F.Hankel)
def _(family: F.Hankel) -> Witness:
    return Witness((), lambda j: ("h", (j,)))


@witness(F.Circulant)
def _(family: F.Circulant) -> Witness:
    return Witness((), lambda j: ("c", (-j % family.n,)))


@witness(F.FCirculant)
def _(family: F.FCirculant) -> Witness | None:
    if family.f == 0:
        return None
    f = Fraction(family.f)
    return Witness((), lambda j: ("c", (-j % family.n,)), lambda j: 1 / f if j else Fraction(1))


@witness(F.ToeplitzLike)
def _(family: F.ToeplitzLike) -> Witness:
    """M = circulant C: Z_1 C - C Z_-1 = C (Z_1 - Z_-1) = 2 C e_0 e_(n-1)^T, of rank 1."""
    n = family.n
    return Witness((("H", (n - 1, 0), 1),), lambda j: ("G", (-j % n, 0)), lambda j: Fraction(2))


@witness(F.SubdiagonalLDR)
def _(family: F.SubdiagonalLDR) -> Witness:
    """M = e_0 w^T: A = Z_1, B = 0 and A M = e_1 w^T; in the Krylov form A = B = 0 and M = G H^T."""
    if family.krylov:
        return Witness((("G", (0, 0), 1),), lambda j: ("H", (j, 0)))
    return Witness((("A", None, 1), ("G", (1 % family.n, 0), 1)), lambda j: ("H", (j, 0)))


@witness(F.TridiagonalLDR)
def _(family: F.TridiagonalLDR) -> Witness:
    """M = e_0 w^T: A = I, B = 0 and M = G H^T; in the Krylov form A = B = 0."""
    identity: tuple[Any, ...] = () if family.krylov else (("A_main", None, 1),)
    return Witness((*identity, ("G", (0, 0), 1)), lambda j: ("H", (j, 0)))


def _first_factor(n: int, start: int, stop: int, identity: Iterable[int]) -> Witness:
    """Factor `start` is that of bit 0 and carries w; those after it, before `stop`, add up what it gives."""
    fixed: list[Any] = [("diagonal", (t,), 1) for t in (*identity, *range(start + 1, stop))]
    fixed += [("offdiagonal", (t,), 1) for t in range(start + 1, stop)]
    return Witness(tuple(fixed), lambda j: ("offdiagonal" if j % 2 else "diagonal", (start, j - j % 2)))


@witness(F.Butterfly)
def _(family: F.Butterfly) -> Witness:
    return _first_factor(family.n, 0, family.levels, ())


@witness(F.Kaleidoscope)
def _(family: F.Kaleidoscope) -> Witness | None:
    """The factors of the first B* and all after the first B are the identity."""
    L = family.size.bit_length() - 1
    if family.width * L > 10**4:
        return None
    return _first_factor(family.size, L, 2 * L, (*range(L), *range(2 * L, 2 * family.width * L)))


@witness(F.Monarch)
def _(family: F.Monarch) -> Witness:
    m = family.block
    return Witness((("left", (0, 0), 1),), lambda j: ("right", (j // m, 0, j % m)))


@witness(F.DiagonalCirculant)
def _(family: F.DiagonalCirculant) -> Witness | None:
    if family.factors > 10**4:
        return None
    others = tuple(("c", (k, 0), 1) for k in range(1, family.factors))
    return Witness((("d", None, 1), *others), lambda j: ("c", (0, -j % family.n)))


@witness(F.ToeplitzProduct)
def _(family: F.ToeplitzProduct) -> Witness | None:
    n = family.n
    if family.factors > 10**4:
        return None
    others = tuple((f"t{k}", (n - 1,), 1) for k in range(2, family.factors + 1))
    return Witness(others, lambda j: ("t1", (n - 1 - j,)))
