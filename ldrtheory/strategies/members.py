"""Members of structured classes, drawn from the slots of their family: a new family has its strategies at once.

families        families with sides of at most max_size
members         members of a family: a class, an instance or a name
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from ldrtheory.errors import BadInput
from ldrtheory.families import Family, Member
from ldrtheory.families.catalogue import FAMILIES, family_named
from ldrtheory.rings import Ring
from ldrtheory.strategies.elements import drawn_elements, made


def families(ring: Ring | None = None, max_size: int = 6) -> st.SearchStrategy[Family]:
    """Return a strategy for instances of all families with sides of at most max_size, small ones first.

    ring: only families that have members over it.

    >>> from hypothesis import find
    >>> find(families(max_size=3), lambda family: family.shape == (2, 2)).shape
    (2, 2)
    """

    def instances(cls: type[Family]) -> list[Family]:
        return sorted(
            (f for f in cls.up_to(max_size) if ring is None or f.lives_in(ring)), key=lambda f: sum(f.shape)
        )

    found = [some for cls in FAMILIES.values() if (some := instances(cls))]
    return st.sampled_from(found).flatmap(st.sampled_from)


def _instances(family: type[Family] | Family | str, ring: Ring, max_size: int) -> list[Family]:
    if isinstance(family, str):
        family = family_named(family)
    given = [family] if isinstance(family, Family) else list(family.up_to(max_size))
    alive = [instance for instance in given if instance.lives_in(ring)]
    if not alive:
        name = family if isinstance(family, Family) else family.__name__
        raise BadInput(
            f"{name} has no member over {ring.name} of size at most {max_size}; "
            f"choose a larger size or another field (an instance's field() says which holds it)."
        )
    return sorted(alive, key=lambda instance: sum(instance.shape))


def members(family: type[Family] | Family | str, ring: Ring, max_size: int = 6) -> st.SearchStrategy[Member]:
    """Return a strategy for members of a family (class, instance or name) with sides of at most max_size.

    Parameters are drawn freely and then repaired, so nothing is ever filtered out; examples shrink to the
    smallest size and to parameters 0, 1 and small integers, and are shown as text that makes them again.  Raises
    BadInput where no size lives in the ring.
    """

    def params(instance: Family) -> st.SearchStrategy[Member]:
        def member(values: Iterator[Any]) -> Member:
            p = instance.filled(lambda: next(values))
            return Member(instance, instance.repaired(p, ring), ring)

        return made(drawn_elements(sum(slot.size for slot in instance.slots()), ring), member)

    return st.sampled_from(_instances(family, ring, max_size)).flatmap(params)
