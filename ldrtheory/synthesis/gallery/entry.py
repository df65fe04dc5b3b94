"""What an entry of the gallery is, and what a name of it denotes.

Entry       name, signature, statement, published width and expansion, sizes, and how it is built
Made        a transform that was built: its factors, its definition, how the factors were found
Named       the same with its canonical name and what is published
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Final

from ldrtheory.errors import BadInput
from ldrtheory.kaleidoscopes import KaleidoscopeProduct
from ldrtheory.linalg import Array
from ldrtheory.rings import Ring
from ldrtheory.synthesis.gallery.definitions import Definition
from ldrtheory.synthesis.gallery.grammar import Given

DENSE_LIMIT: Final = 1 << 22  # so many entries of a definition are written out

Published = tuple[int, Fraction, str]


@dataclass(frozen=True)
class Made:
    """A transform that was built: its factors, its definition, and how the factors were found."""

    product: KaleidoscopeProduct
    definition: Definition
    why: str


@dataclass(frozen=True)
class Entry:
    """One name of the gallery.

    signature   as it is written, with the sizes; `Vector` stands for a file with a vector
    statement   the definition in one line
    published   (width, expansion, source) as stated in the literature for n = 2^L, None where nothing is
    ours        the (w, e) built here, in words
    sizes       the sizes that are built
    needs       the root of unity and the inverse that the factors need
    """

    name: str
    signature: str
    statement: str
    published: Published | None
    ours: str
    sizes: str
    needs: str
    parameters: tuple[str, ...]
    defaults: tuple[int, ...]
    vector: bool
    make: Callable[[Given], Made] = field(repr=False)
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Named:
    """What a name of the gallery denotes.

    name        the text in its canonical form
    product     the kaleidoscope, equal to `matrix` as a corner
    why         in one sentence, how the factors come about
    published   (width, expansion, source) from the literature, for n = 2^L of at least 2; else None
    """

    name: str
    product: KaleidoscopeProduct
    why: str
    published: Published | None
    definition: Definition = field(repr=False)

    @property
    def ring(self) -> Ring:
        """The field of the factors; the entries of `matrix` are elements of it."""
        return self.product.field

    @cached_property
    def matrix(self) -> Array:
        """The m x n matrix by its definition, computed without the factors."""
        m, n = self.product.shape
        if m * n > DENSE_LIMIT:
            raise BadInput(
                f"{self.name} has {m} x {n} entries; at most {DENSE_LIMIT} are written out: use the factors."
            )
        return self.definition(self.ring)
