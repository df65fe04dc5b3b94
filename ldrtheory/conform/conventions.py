"""Conventions: ways to read the parameters or the result of a kernel, each a function to exact matrices.

Convention      a name, how its meaning is said, and a function from (family, parameters) to exact matrices
CONVENTIONS     by name
convention_named    the convention of a name; matrix_of: its matrix; applicable: the names that a family has
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import numpy as np

from ldrtheory.conform.readings import (
    Parameters,
    Readings,
    adjoint,
    bit_reversed,
    conjugated,
    index_order,
    inverted_f,
    kron_order,
    linear,
    negated_f,
    orthonormal,
    reversed_factors,
    scaled,
    swapped,
    transposed,
    twin_pair,
)
from ldrtheory.conform.tolerance import Matrix, dense
from ldrtheory.errors import LdrTheoryError, unknown_name
from ldrtheory.families import Family


@dataclass(frozen=True)
class Convention:
    """A name, the sentence "conforms if ...", and the matrices that parameters denote under it.

    readings(family, p, ring) yields (which, matrix): a convention may have several readings, such as the index that
    is reversed; those a family does not have are not yielded.
    """

    name: str
    words: str
    readings: Callable[[Family, Parameters, Any], Readings]

    def sentence(self, which: str = "") -> str:
        """Return what is said of a kernel that is right under this convention."""
        return f"conforms if {self.words}{f' ({which})' if which else ''}"


_ALL = (
    Convention("transpose", "its output is read as the transpose, M^T x", transposed),
    Convention("conjugate", "its output is read as that of the conjugate matrix", conjugated),
    Convention("adjoint", "its output is read as the adjoint, M^H x", adjoint),
    Convention("swap_generators", "its generators are given in the other order", swapped),
    Convention("negate_f", "f is given with the other sign", negated_f),
    Convention("invert_f", "1/f is given for f", inverted_f),
    Convention("reverse_factors", "its factors are multiplied in the reverse order", reversed_factors),
    Convention("bit_reversed", "an index is read in bit-reversed order", bit_reversed),
    Convention(
        "orthonormal", "it is read as orthonormal (or with another weight of single rows)", orthonormal
    ),
    Convention("scale:n", "its output is read as off by a factor n", scaled(lambda n: Fraction(n))),
    Convention(
        "scale:sqrt(n)", "its output is read as off by a factor sqrt(n)", scaled(lambda n: Fraction(n), True)
    ),
    Convention("scale:2", "its output is read as off by a factor 2", scaled(lambda n: Fraction(2))),
    Convention("scale:-1", "its output is read with the other sign", scaled(lambda n: Fraction(-1))),
    Convention("linear", "circular and linear convolution are exchanged", linear),
    Convention("kron_order", "the factors of a Kronecker product are taken in the other order", kron_order),
    Convention(
        "index_order", "the indices of parameters are read in the other order (C or Fortran)", index_order
    ),
    Convention("twin_pair", "its parameters are read for the twin of the pair of operators", twin_pair),
)
CONVENTIONS: Final[dict[str, Convention]] = {c.name: c for c in _ALL}


def convention_named(name: str) -> Convention:
    """Return the convention called `name`; raise UnknownName with the nearest names for any other."""
    if name not in CONVENTIONS:
        raise unknown_name("convention", name, CONVENTIONS)
    return CONVENTIONS[name]


def matrix_of(convention: Convention, which: str = "") -> Matrix:
    """Return the function from (family, parameters, ring) to the matrix under a convention, in the reading `which`.

    Where a family has no such reading, its first one; where it has none (a size that is too small), its own matrix.
    """

    def matrix(family: Family, p: Parameters, ring: Any) -> np.ndarray:
        first: np.ndarray | None = None
        for said, M in convention.readings(family, p, ring):
            first = M if first is None else first
            if said == which:
                return M
        return dense(family, p, ring) if first is None else first

    return matrix


def applicable(family: Family, p: Parameters, ring: Any) -> list[str]:
    """Return the names of the conventions that have a reading for the family."""
    found = []
    for convention in _ALL:
        try:
            if next(convention.readings(family, p, ring), None) is not None:
                found.append(convention.name)
        except LdrTheoryError:
            continue
    return found
