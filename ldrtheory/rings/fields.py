"""From a name or an array to its ring.

ring_named(name)    the ring called "Q", "GF(7)", "Q(zeta_8)"
ring_of(*arrays)    the smallest ring that holds all entries
"""

from __future__ import annotations

import re
from math import lcm
from typing import Any

import numpy as np
from flint import nmod

from ldrtheory.errors import NotInRing, unknown_name
from ldrtheory.rings.cyclotomic import GAUSSIAN, Cyclotomic, CyclotomicNumber
from ldrtheory.rings.exact import GF, QQ
from ldrtheory.rings.rational_functions import RationalFunctions
from ldrtheory.rings.ring import Ring, as_fraction


def ring_named(name: str) -> Ring:
    """Return the exact field called `name`: "Q", "Q(i)", "Q(zeta_N)" or "GF(p)".

    >>> ring_named("GF(7)"), ring_named("Q(zeta_8)")
    (GF(7), Q(zeta_8))
    """
    text = name.replace(" ", "")
    if text in ("Q", "QQ"):
        return QQ
    if text == "Q(i)":
        return GAUSSIAN
    if match := re.fullmatch(r"Q\(zeta_(\d{1,6})\)", text):
        return Cyclotomic(int(match[1]))
    if match := re.fullmatch(r"GF\((\d{1,20})\)", text):
        return GF(int(match[1]))
    raise unknown_name("field", name, ["Q", "Q(i)", "Q(zeta_8)", "GF(7)"])


def ring_of(*arrays: Any) -> Ring:
    """Return the smallest exact ring that holds every entry of the arrays; floats count as dyadic rationals.

    >>> ring_of([[1, 0.5]]), ring_of([1j])
    (Q, Q(zeta_4))
    """
    order, prime, owner = 1, 0, None
    for array in arrays:
        data = np.asarray(array, dtype=None if isinstance(array, np.ndarray) else object)
        if data.dtype != object:
            order = lcm(order, 4) if data.dtype.kind == "c" else order
            continue
        for x in data.flat:
            if isinstance(x, CyclotomicNumber):
                order = lcm(order, x.order)
            elif isinstance(x, complex | np.complexfloating):
                order = lcm(order, 4)
            elif isinstance(x, nmod):
                if prime not in (0, x.modulus()):
                    raise NotInRing(
                        f"entries of GF({prime}) and GF({x.modulus()}) stand in one place; use one field."
                    )
                prime = x.modulus()
            elif hasattr(x, "field") and hasattr(x.field, "gens"):
                owner = tuple(str(s) for s in x.field.symbols)
            elif not isinstance(x, str) and as_fraction(x) is None:
                raise NotInRing(f"{x!r} ({type(x).__name__}) belongs to no exact ring we know.")
    if (order > 1) + (prime > 0) + (owner is not None) > 1:
        raise NotInRing("entries of different fields stand in one place; convert them to one field first.")
    if owner is not None:
        return RationalFunctions(*owner)
    return GF(prime) if prime else Cyclotomic(order) if order > 1 else QQ
