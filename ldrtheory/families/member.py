"""A family together with its parameters.

Member      family, parameters, ring; `Member.read` checks them
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ldrtheory.families.family import CORNERS, Family, Parameters
from ldrtheory.families.structure import Structure
from ldrtheory.linalg import Array
from ldrtheory.rings import Ring


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
        values = ", ".join(
            f"{k}={v.tolist() if isinstance(v, np.ndarray) else v}" for k, v in self.params.items()
        )
        return f"<{self.family} over {self.ring}: {values}>"
