"""What a family makes of its parameters, as double-double numbers: its construction is run over balls.

Coefficients        arrays of numbers high + low, real or complex, and what is known of their error
enclosed            what a construction makes of float parameters, each number to 2^-104 of itself
enclosed_entries    the entries of a family at float parameters

A float is a dyadic rational, so the parameters enter the balls without error.  The precision grows until every
ball is small against its own middle, or, for an entry that is zero by cancellation, against the largest entry.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from flint import acb, arb, ctx

from ldrtheory.errors import BadInput, NotInvertible, Undecided
from ldrtheory.families import Family
from ldrtheory.linalg import Array
from ldrtheory.rings import GAUSSIAN, QQ, Balls

PRECISIONS = (192, 1536, 3072, 6144)
RELATIVE = 2.0**-104  # error of a stored entry against itself
BEYOND = 1000  # an entry below 2^-BEYOND times the largest, and not told from zero, is stored as zero


class Coefficients:
    """Numbers that a map multiplies by: high + low, each right to RELATIVE of itself plus `absolute`.

    high, low: float64 or complex128 arrays, low at most half a unit in the last place of high, part by part.
    kept: what kinds of numbers made of them.
    """

    def __init__(self, high: np.ndarray, low: np.ndarray | None = None, absolute: float = 0.0) -> None:
        wide = np.complex128 if np.iscomplexobj(high) else np.float64
        self.high = np.asarray(high, dtype=wide)
        self.low = np.zeros_like(self.high) if low is None else low
        self.absolute = absolute
        self.exact = low is None
        self.kept: dict[Any, Any] = {}

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the arrays."""
        return self.high.shape

    @property
    def is_complex(self) -> bool:
        """Whether there are imaginary parts."""
        return np.iscomplexobj(self.high)

    def through(self, change: Callable[[np.ndarray], np.ndarray]) -> Coefficients:
        """Return the same numbers moved, conjugated or negated: `change` is applied to high and low."""
        low = None if self.exact else np.ascontiguousarray(change(self.low))
        return Coefficients(np.ascontiguousarray(change(self.high)), low, self.absolute)

    def modulus(self) -> Coefficients:
        """Return the absolute values, to the precision of doubles, rounded up."""
        return Coefficients(np.abs(self.high) * (1 + 2.0**-50) + self.absolute)


def enclosed(
    family: Family, parameters: Mapping[str, Any], make: Callable[[Mapping[str, Any], Balls], Sequence[Array]]
) -> list[Coefficients]:
    """Return the arrays that `make` builds from the parameters over balls, as coefficients.

    Cost: what `make` does over balls, about a microsecond an operation.
    Raises BadInput where the parameters denote no matrix, Undecided where 6144 bits do not tell a number.
    """
    for bits in PRECISIONS:
        ring = Balls(bits)
        with ctx.workprec(bits):
            p = {name: _read(values, ring) for name, values in parameters.items()}
            try:
                tables = make(p, ring)
            except (NotInvertible, ZeroDivisionError):
                continue
            found = [_split(table) for table in tables]
        if all(split is not None for split in found):
            return found  # type: ignore[return-value]
    exact = QQ if all(not np.iscomplexobj(v) for v in parameters.values()) else GAUSSIAN
    family.read(dict(parameters), exact)  # says what is wrong where the parameters denote no matrix
    raise Undecided(
        f"{family}: {PRECISIONS[-1]} bits do not tell some entries from zero or infinity; "
        "move the parameters away from each other, or scale them."
    )


def enclosed_entries(family: Family, parameters: Mapping[str, Any]) -> Coefficients:
    """Return the dense matrix of the member with the given float parameters."""
    return enclosed(family, parameters, lambda p, ring: (family.entries(p, ring),))[0]


def _read(values: np.ndarray, ring: Balls) -> Any:
    if values.shape == ():
        return ring(values[()])
    out = np.empty(values.shape, dtype=object)
    for index in np.ndindex(values.shape):
        out[index] = ring(values[index])
    return out


def _split(table: Array) -> Coefficients | None:
    """Return the balls as pairs of doubles; None where one is too wide."""
    values = [acb(x) for x in table.flat]
    reals, imaginaries = [x.real for x in values], [x.imag for x in values]
    if not all(x.is_finite() for x in values):
        return None
    largest = max((_magnitude(x) for part in (reals, imaginaries) for x in part), default=arb(0))
    floor = largest * arb(2) ** -BEYOND
    parts, absolute = [], 0.0  # absolute also covers the low parts that underflow
    for part in (reals, imaginaries):
        high, low = np.zeros(len(values)), np.zeros(len(values))
        for k, x in enumerate(part):
            if x == 0:
                continue
            if not x.rad() < abs(x.mid()) * arb(2) ** -110:
                if not _magnitude(x) < floor:
                    return None
                absolute = max(absolute, np.nextafter(float(_magnitude(x)), np.inf))
                continue
            high[k] = float(x.mid())
            if not np.isfinite(high[k]):
                raise BadInput(
                    f"an entry is {x.mid().str(5)}, beyond the largest double; scale the parameters."
                )
            low[k] = float(x.mid() - arb(high[k]))
            if abs(high[k]) < 2.0**-900:
                absolute = max(absolute, 2.0**-1070)
        parts.append((high.reshape(table.shape), low.reshape(table.shape)))
    (real, real_low), (imaginary, imaginary_low) = parts
    if not imaginary.any():
        return Coefficients(real, real_low, absolute)
    return Coefficients(real + 1j * imaginary, real_low + 1j * imaginary_low, absolute)


def _magnitude(x: arb) -> arb:
    return arb(x.abs_upper())
