"""Transforms that are built by name, such as "DFT(8)".

is_name         whether a text is written as a name with sizes
read_named      the transform of that name
"""

from __future__ import annotations

import re
from pathlib import Path

from ldrtheory.building.bounds import Bound
from ldrtheory.building.kinds import GivenSource
from ldrtheory.rings import Ring
from ldrtheory.synthesis import read_entries

_NAME = re.compile(r"\s*[A-Za-z][^/\\]*\(.*\)\s*", re.DOTALL)


def is_name(text: str) -> bool:
    """Whether a text is a name followed by sizes in parentheses.

    >>> is_name("DFT(8)"), is_name("DFT.json")
    (True, False)
    """
    return _NAME.fullmatch(text) is not None


def read_named(text: str, ring: Ring | None) -> GivenSource:
    """Return the named transform, built; raise UnknownName, or NotInRing where the field lacks a root of unity."""
    from ldrtheory.synthesis.gallery import named  # type: ignore

    found = named(text, ring, Path())
    p = found.product
    bound = Bound(p.width, p.size, p.shape, "")
    return GivenSource(
        found.name, None, p, "named transform", found.why, bound, read_entries(found.matrix, p.field)
    )
