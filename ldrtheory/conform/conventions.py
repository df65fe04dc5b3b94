"""Conventions: ways to read the parameters or the result of a kernel, each a function to exact matrices.

Convention      a name, how its meaning is said, and how a member or its matrix is read otherwise
Combination     one or more of them, one after the other, as "transpose+scale:n" names them
CONVENTIONS     by name; PAIRS: the combinations of two that a diagnosis tries
convention_named    the combination of a name; matrix_of: its matrix; applicable: the names that a family has
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from typing import Any, Final

import numpy as np

from ldrtheory.conform.forms import (
    Forms,
    adjoint,
    columns_first,
    conjugated,
    flipped,
    inverse,
    negated,
    orthonormal,
    reversed_indices,
    scaled,
    transposed,
    weighted,
)
from ldrtheory.conform.readings import (
    Parameters,
    Reading,
    Readings,
    index_order,
    inverted_f,
    linear,
    negated_f,
    padding,
    reversed_bits,
    reversed_factors,
    swapped,
    twin,
)
from ldrtheory.conform.tolerance import Matrix
from ldrtheory.errors import BadInput, LdrTheoryError, unknown_name
from ldrtheory.families import Family

PARAMETERS, INDICES, NORMALISATION, SIDES, SCALE = range(5)  # conventions are combined in this order


@dataclass(frozen=True)
class Convention:
    """A name, the sentence "conforms if ...", and what parameters denote under it.

    step: its place where several are combined.  members(reading, ring) yields (which, member read otherwise),
    forms(M, family, ring) yields (which, matrix): a convention may have several readings, such as the index that is
    reversed; those a family does not have are not yielded.
    """

    name: str
    words: str
    step: int
    members: Callable[[Reading, Any], Readings] | None = None
    forms: Callable[[np.ndarray, Family, Any], Forms] | None = None

    def said(self, which: str = "") -> str:
        """Return its words with the reading in brackets."""
        return f"{self.words}{f' ({which})' if which else ''}"

    def readings(self, own: Reading, ring: Any) -> Readings:
        """Yield (which, reading) for every way to read a member, or what it has been turned into, otherwise."""
        if self.forms is not None:
            for which, M in self.forms(own.matrix(ring), own.family, ring):
                yield which, replace(own, M=M)
        if self.members is not None and own.M is None:
            yield from self.members(own, ring)


_ALL = (
    Convention("transpose", "its output is read as the transpose, M^T x", SIDES, forms=transposed),
    Convention("conjugate", "its output is read as that of the conjugate matrix", SIDES, forms=conjugated),
    Convention("adjoint", "its output is read as the adjoint, M^H x", SIDES, forms=adjoint),
    Convention("inverse", "its output is read as that of the inverse, M^-1 x", NORMALISATION, forms=inverse),
    Convention("swap_generators", "its generators are given in the other order", PARAMETERS, swapped),
    Convention("negate_f", "f is given with the other sign", PARAMETERS, negated_f),
    Convention("invert_f", "1/f is given for f", PARAMETERS, inverted_f),
    Convention(
        "reverse_factors", "its factors are multiplied in the reverse order", PARAMETERS, reversed_factors
    ),
    Convention(
        "bit_reversed",
        "an index is read in bit-reversed order",
        INDICES,
        reversed_bits,
        reversed_indices,
    ),
    Convention("orthonormal", "it is read as orthonormal", NORMALISATION, forms=orthonormal),
    Convention("weights", "it is read with other weights", NORMALISATION, forms=weighted),
    Convention(
        "scale:n", "its output is read as off by a factor n", SCALE, forms=scaled(lambda n: Fraction(n * n))
    ),
    Convention(
        "scale:sqrt(n)",
        "its output is read as off by a factor sqrt(n)",
        SCALE,
        forms=scaled(lambda n: Fraction(n)),
    ),
    Convention(
        "scale:2", "its output is read as off by a factor 2", SCALE, forms=scaled(lambda n: Fraction(4))
    ),
    Convention("scale:-1", "its output is read with the other sign", SCALE, forms=negated),
    Convention("linear", "circular and linear convolution are exchanged", PARAMETERS, linear),
    Convention(
        "padding",
        "it convolves on one point too few, so that the first and the last diagonal fall on each other",
        PARAMETERS,
        padding,
    ),
    Convention(
        "kron_order",
        "the factors of a Kronecker product are taken in the other order",
        INDICES,
        forms=columns_first,
    ),
    Convention(
        "index_order",
        "the indices of parameters are read in the other order (C or Fortran)",
        PARAMETERS,
        index_order,
    ),
    Convention(
        "twin_pair", "its parameters are read for the twin of the pair of operators", INDICES, twin, flipped
    ),
)
CONVENTIONS: Final[dict[str, Convention]] = {c.name: c for c in _ALL}


@dataclass(frozen=True)
class Combination:
    """Conventions that hold together, in the order in which they are applied."""

    parts: tuple[Convention, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its parts."""
        return tuple(part.name for part in self.parts)

    def sentence(self, which: tuple[str, ...] = ()) -> str:
        """Return what is said of a kernel that is right under this convention, in the reading `which` of each part."""
        said = which or ("",) * len(self.parts)
        return "conforms if " + ", and ".join(part.said(w) for part, w in zip(self.parts, said))

    def readings(
        self, family: Family, p: Parameters, ring: Any
    ) -> Iterator[tuple[tuple[str, ...], np.ndarray]]:
        """Yield (which of each part, matrix); nothing where one part has no reading for the member."""
        for which, reading in _chain(self.parts, Reading(family, p), ring):
            yield which, reading.matrix(ring)


def _chain(
    parts: tuple[Convention, ...], own: Reading, ring: Any
) -> Iterator[tuple[tuple[str, ...], Reading]]:
    if not parts:
        yield (), own
        return
    for which, reading in parts[0].readings(own, ring):
        for rest, last in _chain(parts[1:], reading, ring):
            yield (which, *rest), last


def combined(*parts: Convention) -> Combination:
    """Return the combination of conventions, whatever the order in which they are given."""
    return Combination(tuple(sorted(parts, key=lambda part: (part.step, _ALL.index(part)))))


def _together(a: Convention, b: Convention) -> bool:
    """Whether two conventions say more together than another one says alone."""
    if a.step == b.step:
        return a.step in (PARAMETERS, INDICES)
    return not (a.name == "weights" and b.step == SCALE and b.name != "scale:-1")


PAIRS: Final[tuple[Combination, ...]] = tuple(
    sorted(
        (combined(a, b) for a, b in combinations(_ALL, 2) if _together(a, b)),
        key=lambda pair: (-pair.parts[1].step, -pair.parts[0].step),
    )
)


def convention_named(name: str) -> Combination:
    """Return the convention called `name`, or the combination "a+b"; UnknownName with the nearest names for any other.

    >>> convention_named("scale:n+transpose").names
    ('transpose', 'scale:n')
    """
    names = name.split("+")
    for part in names:
        if part not in CONVENTIONS:
            raise unknown_name("convention", part, CONVENTIONS)
    if len(set(names)) < len(names):
        raise BadInput(
            f"the convention {name!r} names one twice; wanted each once, such as transpose+scale:n."
        )
    return combined(*(CONVENTIONS[part] for part in names))


def matrix_of(convention: Combination, *which: str) -> Matrix:
    """Return the function from (family, parameters, ring) to the matrix under a convention, in these readings.

    Where a member has no such reading of a part, the part's first one; where it has none (a size that is too small),
    the part changes nothing.
    """

    def matrix(family: Family, p: Parameters, ring: Any) -> np.ndarray:
        own = Reading(family, p)
        with np.errstate(all="ignore"):  # 1/0, which has no finite bound
            for k, part in enumerate(convention.parts):
                wanted = which[k] if k < len(which) else ""
                first: Reading | None = None
                for said, reading in part.readings(own, ring):
                    first = reading if first is None or said == wanted else first
                    if said == wanted:
                        break
                own = own if first is None else first
            return own.matrix(ring)

    return matrix


def applicable(family: Family, p: Parameters, ring: Any) -> list[str]:
    """Return the names of the conventions that have a reading for the family."""
    found = []
    for convention in _ALL:
        try:
            if next(convention.readings(Reading(family, p), ring), None) is not None:
                found.append(convention.name)
        except LdrTheoryError:
            continue
    return found
