"""Statements about the displacement structures of a family, at members with random parameters.

structure_statements    residual = G H^T for every structure of a member, and the rank that follows
family_statements       the same for every instance of the families up to a size, over the fields where they live
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ldrtheory.certify.equality import equal, rank_at_most
from ldrtheory.errors import NotInvertible
from ldrtheory.families import Family
from ldrtheory.operators import displace
from ldrtheory.operators.generator import Generated
from ldrtheory.rings import Ring

Json = dict[str, Any]


def structure_statements(
    family: Family, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any]
) -> Iterator[Json]:
    """Yield, for every displacement structure of the member, that its residual is G H^T, and has at most that rank.

    >>> from ldrtheory import QQ, Vandermonde
    >>> family = Vandermonde(rows=2, columns=2)
    >>> found = structure_statements(family, family.random(0, QQ), QQ, (1, -1))
    >>> [s["claim"]["kind"] for s in found][:2]
    ['matrices-equal', 'displacement-rank']
    """
    M = family.entries(p, ring)
    for structure in family.structures(p, ring, corners):
        try:
            d, (G, H) = structure.displacement(), structure.generators()
        except NotInvertible:  # what the pair asks of the parameters does not hold here
            continue
        yield equal(displace(M, d, ring), G @ H.T, ring)
        yield rank_at_most(Generated(d, G, H, M, ring), structure.rank)


def family_statements(
    classes: Sequence[type[Family]], max_n: int, seed: int, fields: Sequence[Ring]
) -> Iterator[Json]:
    """Yield the statements of every instance up to max_n, smallest first, over the fields in which it lives.

    A family that lives in none of the fields is taken over its smallest field.
    """
    found = [family for cls in classes for family in cls.up_to(max_n)]
    for family in sorted(found, key=lambda f: max(f.shape)):
        for ring in [r for r in fields if family.lives_in(r)] or [family.field()]:
            corners = (ring(seed % 3), ring(-1 - seed % 2))
            yield from structure_statements(family, family.random(seed, ring), ring, corners)
