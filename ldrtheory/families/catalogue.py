"""Families by name.

FAMILIES        name -> class, in the order of the documentation
family_named    the class with the given name
parse_family    "SubdiagonalLDR(n=8, rank=1)" as an instance
"""

from __future__ import annotations

import re
from dataclasses import MISSING, fields
from fractions import Fraction
from typing import Any

from ldrtheory.errors import BadInput, LdrTheoryError, unknown_name
from ldrtheory.exactstrings import shortened
from ldrtheory.families.family import Family
from ldrtheory.rings import QQ

FAMILIES: dict[str, type[Family]] = {}

_CALL = re.compile(r"([A-Za-z][A-Za-z0-9_]*)(?:\((.*)\))?", re.DOTALL)


def family_named(name: str) -> type[Family]:
    """Return the family class called `name`; case, spaces, `-` and `_` do not matter.

    >>> family_named("toeplitz plus hankel").__name__
    'ToeplitzPlusHankel'
    """
    key = re.sub(r"[\s_-]", "", name).lower()
    for known, cls in FAMILIES.items():
        if known.lower() == key:
            return cls
    raise unknown_name("family", shortened(name)[1:-1] if len(name) > 40 else name, FAMILIES)


def size_names(cls: type[Family]) -> list[str]:
    """Return the names of the sizes of a family class, in the order of positional arguments."""
    return [f.name for f in fields(cls) if f.init and not f.kw_only] + [
        f.name for f in fields(cls) if f.init and f.kw_only
    ]


def parse_family(text: str) -> Family:
    """Return the family that the text denotes, e.g. "Toeplitz(8)" or "SubdiagonalLDR(n=8, rank=1, krylov=true)".

    Raises UnknownName (offering the nearest names) or BadInput (sizes missing, unknown, repeated or out of range).

    >>> parse_family("subdiagonalldr(n = 8, rank=1)")
    SubdiagonalLDR(n=8, rank=1)
    """
    match = _CALL.fullmatch(re.sub(r"\s", "", text))
    if match is None:
        raise BadInput(
            f"{shortened(text)} is not a family; wanted a name with sizes, such as 'Toeplitz(n=8)' or "
            "'SubdiagonalLDR(n=8, rank=1)'."
        )
    cls = family_named(match[1])
    names = size_names(cls)
    positional = [f.name for f in fields(cls) if not f.kw_only]
    sizes: dict[str, Any] = {}
    for place, part in enumerate(match[2].split(",") if match[2] else []):
        name, given, value = part.rpartition("=")
        if not given:
            if place >= len(positional):
                raise BadInput(f"{cls.__name__} has the sizes {', '.join(names)}; {part!r} is one too many.")
            name = positional[place]
        lowered = {known.lower(): known for known in names}
        if name.lower() not in lowered:
            raise unknown_name(f"size of {cls.__name__}", name, names)
        name = lowered[name.lower()]
        if name in sizes:
            raise BadInput(f"{cls.__name__}: the size {name} is given twice.")
        sizes[name] = _size(cls, name, value)
    return build(cls, sizes)


def build(cls: type[Family], sizes: dict[str, Any]) -> Family:
    """Return cls(**sizes), after checking that every size without a default is given and none is unknown."""
    for name in sizes:
        if name not in size_names(cls):
            raise unknown_name(f"size of {cls.__name__}", str(name), size_names(cls))
    missing = [f.name for f in fields(cls) if f.default is MISSING and f.name not in sizes]
    if missing:
        raise BadInput(
            f"{cls.__name__} wants the sizes {', '.join(size_names(cls))}; missing: {', '.join(missing)}."
        )
    return cls(**sizes)


def _size(cls: type[Family], name: str, value: str) -> int | bool | Fraction:
    if value.lower() in ("true", "false"):
        return value.lower() == "true"
    if re.fullmatch(r"[+-]?[0-9]{1,18}", value):
        return int(value)
    try:
        x = QQ(value)
    except LdrTheoryError:
        raise BadInput(
            f"{cls.__name__}: {name}={shortened(value)} is not a size; wanted an integer, true, false or "
            "an exact rational."
        ) from None
    return Fraction(int(x.p), int(x.q))
