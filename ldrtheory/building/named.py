"""Transforms that are built by name, such as "DFT(8)".

is_name         whether a text is written as a name with sizes
read_named      the transform of that name
published       its published width and expansion as a bound
"""

from __future__ import annotations

import re
from fractions import Fraction
from math import ceil
from pathlib import Path

from ldrtheory.building.bounds import Bound, sparse_bound
from ldrtheory.building.kinds import NUMBER_LIMIT
from ldrtheory.building.matrices import GivenSource
from ldrtheory.errors import BadInput
from ldrtheory.kaleidoscopes import power_of_two
from ldrtheory.rings import CyclotomicField, Ring
from ldrtheory.synthesis import Entries, read_entries
from ldrtheory.synthesis.chains import parameters, size_for

_NAME = re.compile(r"\s*[(A-Za-z][^/\\]*\(.*\)\s*", re.DOTALL)


def is_name(text: str) -> bool:
    """Whether a text is a name followed by sizes in parentheses.

    >>> is_name("DFT(8)"), is_name("(HD)^3(16)"), is_name("DFT.json")
    (True, True, False)
    """
    return _NAME.fullmatch(text) is not None


def read_named(text: str, ring: Ring | None) -> GivenSource:
    """Return the named transform, built; raise UnknownName, or NotInRing where the field lacks a root of unity."""
    from ldrtheory.synthesis.gallery import named

    found = named(text, None if ring is None else ring.name, Path())
    p = found.product
    degree = p.field.degree if isinstance(p.field, CyclotomicField) else 1
    count = p.m * p.n * degree
    if count > NUMBER_LIMIT:
        raise BadInput(
            f"{found.name} has {p.m} x {p.n} entries of {degree} rational coefficients over {p.field.name}: {count} "
            f"of them, about {24 * count / 2**30:.1f} GiB; at most {NUMBER_LIMIT} are written out to certify the "
            "factors: take a smaller size, or a prime field with the root of unity."
        )
    entries = read_entries(found.matrix, p.field)
    N = size_for(entries.slots)
    sparse = f"as a sparse matrix, in width 2 and size {N}, {parameters(2, N)}"
    why = f"{found.why}: {p.parameters} stored numbers; {sparse}."
    bound = published(found.published, entries)
    return GivenSource(found.name, None, p, "named transform", why, bound, entries)


def published(stated: tuple[int, Fraction, str] | None, entries: Entries) -> Bound:
    """Return a stated (width, expansion, source) as a bound for a matrix; Theorem 3 where nothing is stated.

    A statement up to a real part is no membership; adding the conjugate makes it one, at twice the expansion.
    """
    if stated is None:
        return sparse_bound(entries.count, entries.shape)
    width, expansion, source = stated
    if "not linear" in source:
        expansion, source = (
            2 * expansion,
            f"{source}: linear with the conjugate added, at twice the expansion",
        )
    size = power_of_two(ceil(expansion * max(entries.shape)))
    return Bound(width, size, entries.shape, f"{source}: ({width}, {expansion})")
