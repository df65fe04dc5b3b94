"""A family together with its parameters.

Member      family, parameters, ring; `Member.read` checks them
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import fmpq, nmod

from ldrtheory.families.family import CORNERS, Family, Parameters
from ldrtheory.families.structure import Structure
from ldrtheory.linalg import Array
from ldrtheory.rings import QQ, CyclotomicField, CyclotomicNumber, Ring


@dataclass(frozen=True)
class Member:
    """A family with parameters over a ring; `Member.read` checks them."""

    family: Family
    params: Parameters
    ring: Ring

    @classmethod
    def read(cls, family: Family, params: Mapping[str, Any], ring: Ring) -> Member:
        """Return the member, after `family.read` has checked the parameters."""
        return cls(family, family.read(params, ring), ring)

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, columns)."""
        return self.family.shape

    def entries(self) -> Array:
        """Return the dense matrix."""
        return self.family.entries(self.params, self.ring)

    def multiply(self, x: Array) -> Array:
        """Return M x."""
        return self.family.multiply(self.params, x, self.ring)

    def structures(self, corners: tuple[Any, Any] = CORNERS) -> tuple[Structure, ...]:
        """Return every displacement structure of the member."""
        return self.family.structures(self.params, self.ring, corners)

    def __repr__(self) -> str:
        """Return text that makes the member again (over the exact fields): rationals are exact strings.

        >>> from ldrtheory.families import Toeplitz
        >>> Member.read(Toeplitz(2), {"t": [1, "1/2", 0]}, QQ)
        Member.read(Toeplitz(n=2), {'t': [1, '1/2', 0]}, QQ)
        """
        values = ", ".join(f"{k!r}: {_text(v)}" for k, v in self.params.items())
        return f"Member.read({self.family!r}, {{{values}}}, {_ring_text(self.ring)})"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Print as repr does; Hypothesis would otherwise show how it was drawn."""
        printer.text(repr(self))


def _text(x: Any) -> str:
    """A parameter as Python text."""
    if isinstance(x, np.ndarray):
        return f"[{', '.join(map(_text, x))}]"
    if isinstance(x, CyclotomicNumber):
        terms = x.coefficients()
        if any(terms[1:]):
            den = math.lcm(*(int(c.q) for c in terms))
            whole = [int(c.p) * (den // int(c.q)) for c in terms]
            return f"Cyclotomic({x.order})({whole})" + (f" / {den}" if den > 1 else "")
        x = terms[0]
    if isinstance(x, fmpq):
        return str(x) if x.q == 1 else repr(str(x))
    return str(int(x)) if isinstance(x, nmod) else repr(x)


def _ring_text(ring: Ring) -> str:
    return (
        "QQ"
        if ring is QQ
        else f"Cyclotomic({ring.order})"
        if isinstance(ring, CyclotomicField)
        else ring.name
    )
