"""What all analysis elements share: they stand for values that are not known, so they refuse to be looked at.

Opaque          no truth value, no comparison
Analysis        a ring of analysis elements; `parameter` is the element that stands for a free parameter
is_constant_zero    whether a plain number is zero, None for anything else
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ldrtheory.errors import NotInRing
from ldrtheory.rings.ring import Ring, as_fraction


def is_constant_zero(value: Any) -> bool | None:
    """Whether a plain number is zero (None: not a plain number)."""
    if isinstance(value, str):
        return value.strip("0. ") == ""
    pair = as_fraction(value)
    return None if pair is None else pair[0] == 0


class Opaque:
    """Shared refusals of all analysis elements."""

    __slots__ = ()

    def __bool__(self) -> bool:
        raise NotInRing(
            "an analysis element has no truth value: constructions branch on shapes, never on entries."
        )

    def __eq__(self, other: object) -> bool:
        raise NotInRing(
            "analysis elements cannot be compared: constructions branch on shapes, never on entries."
        )

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True, repr=False)
class Analysis(Ring):
    """A ring of analysis elements.

    read        a plain number, or an element, as an element
    parameter   the element that stands for a free parameter
    constant    the element that stands for a constant other than 0, 1 and -1
    """

    name: str
    read: Any
    parameter: Any
    constant: Any
    exact: bool = field(default=False, init=False)

    @property
    def zero(self) -> Any:
        return self.read(0)

    @property
    def one(self) -> Any:
        return self.read(1)

    def __call__(self, value: Any) -> Any:
        return self.read(value)

    def inverse(self, x: Any) -> Any:
        return self.read(x).inverse()

    def is_zero(self, x: Any) -> bool:
        raise NotInRing(
            "an analysis element has no truth value: constructions branch on shapes, never on entries."
        )

    def root_of_unity(self, n: int) -> Any:
        """Return a constant: a root of unity carries no parameter."""
        return self.read(1) if n == 1 else self.constant
