"""The counts of a structured class: derived by running it over analysis elements, or from a closed form at size.

Derived     parameters, degrees, operations, nonzeros, rounding depth of a class
describe    them, for a family or its text
derive      the figures by running the family
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np

from ldrtheory.bounds.closed_forms import Figures, figures
from ldrtheory.errors import BadInput, Undecided
from ldrtheory.families import Family, cost, degree, parse_family, support
from ldrtheory.rings import ROUNDINGS

DERIVED_TO = 12  # up to this side every count is derived; the closed forms are tested equal up to here
DERIVABLE = 64  # the largest side at which a class without a closed form is run
MOST = 10**12  # sizes above are refused: no layer has them, and most are slips of the pen


@dataclass(frozen=True, kw_only=True)
class Derived(Figures):
    """The figures of a class with its parameters.

    parameters          of the class
    dense_parameters    rows times columns
    exactness           "derived" (by running the family) or "closed form" (tested equal for n <= 12)
    """

    family: Family
    parameters: int
    dense_parameters: int
    exactness: str


def read_family(family: Family | str) -> Family:
    """Return the family that a text denotes; a family is returned as it is.

    Raises UnknownName with the nearest names, or BadInput for sizes that are missing, out of range or above 10^12.
    """
    if isinstance(family, str):
        family = parse_family(family)
    if not isinstance(family, Family):
        raise BadInput(f"wanted a family such as 'Toeplitz(n=8)'; got {type(family).__name__}.")
    for name, size in family._sizes().items():
        if isinstance(size, int) and size > MOST:
            raise BadInput(f"{family}: {name} is above 10^12; wanted sizes of a layer that can exist.")
    return family


def parameter_total(family: Family) -> int:
    """Return the number of parameters, at any size."""
    return sum(prod(slot.shape) for slot in family.slots())


def derive(family: Family) -> Figures:
    """Return the figures by running the family over degrees, supports, counting elements and roundings.

    >>> from ldrtheory.families import Toeplitz
    >>> derive(Toeplitz(4)).multiplications
    16
    """
    counter = cost(family)
    numerator, denominator = degree(family)
    x = np.empty(family.shape[1], dtype=object)
    x[:] = [ROUNDINGS.parameter] * len(x)
    y = family.multiply(family.filled(lambda: ROUNDINGS.parameter), x, ROUNDINGS)
    return Figures(
        numerator,
        denominator,
        counter.multiplications + counter.scalings,
        counter.additions,
        counter.divisions,
        int(support(family).sum()),
        max(ROUNDINGS(v).depth for v in y),
        counter.preparation,
    )


def describe(family: Family | str) -> Derived:
    """Return the counts of a class: derived up to n = 12, from the closed form above.

    Cost: milliseconds at any size where a closed form is registered.
    Raises UnknownName, BadInput (see read_family); Undecided for a large class without a closed form.

    >>> d = describe("SubdiagonalLDR(n=4096, rank=1)")
    >>> d.parameters, d.dense_parameters, (d.degree_numerator, d.degree_denominator), d.exactness
    (16384, 16777216, (4097, 4096), 'closed form')
    """
    known = read_family(family)
    side = max(known.shape)
    parts = getattr(known, "factors", 1) if isinstance(getattr(known, "factors", 1), int) else 1
    if max(parts, getattr(known, "reflectors", 1), getattr(known, "width", 1)) > 10**5:
        raise BadInput(f"{known}: products of more than 10^5 factors are not counted; wanted fewer.")
    found = figures(known) if side > DERIVED_TO else None
    exactness = "closed form" if found else "derived"
    if found is None:
        if side > DERIVABLE:
            raise Undecided(
                f"{known}: its operations have no closed form, and running it is for sides up to {DERIVABLE}; "
                f"ask for a smaller size, or for its dimension only."
            )
        found = derive(known)
    m, n = known.shape
    return Derived(
        **vars(found),
        family=known,
        parameters=parameter_total(known),
        dense_parameters=m * n,
        exactness=exactness,
    )
