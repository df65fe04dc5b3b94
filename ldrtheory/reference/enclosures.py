"""The entries of a member as double-double numbers, whatever the family: `entries` is run over balls.

WideMatrix          entries hi + lo, real or complex, and what is known of their error
enclosed_entries    the entries of a family at float parameters, each to 2^-104 of itself

A float is a dyadic rational, so the parameters enter the balls without error.  The precision is doubled until every
ball is small against its own middle, or, for an entry that is zero by cancellation, against the largest entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import acb, arb, ctx

from ldrtheory.errors import BadInput, NotInvertible, Undecided
from ldrtheory.families import Family
from ldrtheory.linalg import Array
from ldrtheory.rings import GAUSSIAN, QQ, Balls

PRECISIONS = (192, 384, 768, 1536, 3072, 6144)
RELATIVE = 2.0**-104  # error of a stored entry against itself
BEYOND = 300  # an entry below 2^-BEYOND times the largest, and not told from zero, is stored as zero


@dataclass(frozen=True)
class WideMatrix:
    """An m x n matrix high + low; each entry is right to RELATIVE of itself plus `absolute`.

    high, low: float64 or complex128 arrays, low at most half a unit in the last place of high, part by part.
    """

    high: np.ndarray
    low: np.ndarray
    absolute: float = 0.0

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, columns)."""
        return self.high.shape  # type: ignore[return-value]


def enclosed_entries(family: Family, parameters: Mapping[str, Any]) -> WideMatrix:
    """Return the entries of the member with the given float parameters.

    Cost: `family.entries` over balls, so an operation of the family takes about a microsecond.
    Raises BadInput where the parameters denote no matrix, Undecided where 6144 bits do not tell an entry.
    """
    found: WideMatrix | None = None
    for bits in PRECISIONS:
        ring = Balls(bits)
        with ctx.workprec(bits):
            p = {name: _read(values, ring) for name, values in parameters.items()}
            try:
                table = family.entries(p, ring)
            except (NotInvertible, ZeroDivisionError):
                continue
            found = _split(table)
        if found is not None:
            return found
    exact = QQ if all(not np.iscomplexobj(v) for v in parameters.values()) else GAUSSIAN
    family.read(dict(parameters), exact)  # says what is wrong where the parameters denote no matrix
    raise Undecided(
        f"{family}: {PRECISIONS[-1]} bits do not tell some entries from zero or infinity; "
        "move the parameters away from each other, or scale them."
    )


def _read(values: np.ndarray, ring: Balls) -> Any:
    if values.shape == ():
        return ring(values[()])
    out = np.empty(values.shape, dtype=object)
    for index in np.ndindex(values.shape):
        out[index] = ring(values[index])
    return out


def _split(table: Array) -> WideMatrix | None:
    """Return the balls as pairs of doubles; None where one is too wide."""
    values = [acb(x) for x in table.flat]
    reals, imaginaries = [x.real for x in values], [x.imag for x in values]
    if not all(x.is_finite() for x in values):
        return None
    largest = max((_magnitude(x) for part in (reals, imaginaries) for x in part), default=arb(0))
    floor = largest * arb(2) ** -BEYOND
    parts, absolute = [], 0.0
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
        parts.append((high.reshape(table.shape), low.reshape(table.shape)))
    (real, real_low), (imaginary, imaginary_low) = parts
    if not imaginary.any():
        return WideMatrix(real, real_low, absolute)
    return WideMatrix(real + 1j * imaginary, real_low + 1j * imaginary_low, absolute)


def _magnitude(x: arb) -> arb:
    return arb(x.abs_upper())
