"""Rational functions Q(x, y, ...), where symbolic identities are decided.

RationalFunctions("f", "x0", ...)   the field of fractions of Q[f, x0, ...]; sympy does the arithmetic
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ldrtheory.errors import BadInput
from ldrtheory.exactstrings import parse_rational
from ldrtheory.rings.ring import Ring, as_fraction, no_inverse, refuse

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


@lru_cache(maxsize=256)
def _field(names: tuple[str, ...]) -> Any:
    from sympy import QQ as rationals
    from sympy.polys.fields import field as fraction_field

    return fraction_field(list(names), rationals)[0]


@dataclass(frozen=True, repr=False)
class RationalFunctions(Ring):
    """The field Q(x_1, ..., x_k); `variable(name)` gives a generator, and elements carry `+ - * /`.

    An identity between two elements is decided exactly: equal elements are equal rational functions.

    >>> F = RationalFunctions("f", "x")
    >>> f, x = F.variables
    >>> (f * f - x * x) / (f - x) == f + x
    True
    """

    names: tuple[str, ...]
    name: str = field(init=False)

    def __init__(self, *names: str) -> None:
        if not names or len(set(names)) != len(names) or not all(_NAME.match(n) for n in names):
            raise BadInput(
                f"RationalFunctions wants distinct variable names such as 'f', 'x0'; got {names!r}."
            )
        object.__setattr__(self, "names", tuple(names))
        object.__setattr__(self, "name", f"Q({', '.join(names)})")

    @property
    def variables(self) -> tuple[Any, ...]:
        """The generators, in the order of the names."""
        return tuple(_field(self.names).gens)

    def variable(self, name: str) -> Any:
        """Return the generator called `name`."""
        return _field(self.names).gens[self.names.index(name)]

    @property
    def zero(self) -> Any:
        return _field(self.names).zero

    @property
    def one(self) -> Any:
        return _field(self.names).one

    def __call__(self, value: Any) -> Any:
        owner = _field(self.names)
        if getattr(value, "field", None) is owner:
            return value
        if isinstance(value, str):
            value = parse_rational(value)
        pair = as_fraction(value)
        if pair is None:
            raise refuse(self, value)
        return owner.ground_new(owner.domain(pair[0]) / owner.domain(pair[1]))

    def inverse(self, x: Any) -> Any:
        if not x:
            raise no_inverse(self, x)
        return self.one / x
