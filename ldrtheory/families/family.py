"""What a structured class supplies, and what follows from it.

Slot            one parameter array: name, shape, description
Family          a frozen dataclass of sizes: slots, entries, multiply, structures
Square          a family with one size n
Rectangular     a family with n, or rows and columns
Parameters      slot name -> array of ring elements (a scalar slot: the element)
"""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from fractions import Fraction
from typing import Any, ClassVar

import numpy as np

from ldrtheory.errors import BadInput, NotInRing, ShapeMismatch
from ldrtheory.families.structure import Structure
from ldrtheory.linalg import Array, array, matmul
from ldrtheory.operators.displacement import Displacement
from ldrtheory.rings import QQ, Cyclotomic, Ring

Parameters = dict[str, Any]
CORNERS = (1, -1)


@dataclass(frozen=True)
class Slot:
    """A parameter array: its name in params, its shape (() for a scalar), what it is."""

    name: str
    shape: tuple[int, ...]
    description: str

    @property
    def size(self) -> int:
        """The number of parameters it holds."""
        return int(np.prod(self.shape, dtype=int))


@dataclass(frozen=True, repr=False)
class Family(ABC):
    """A structured class of m x n matrices, written once; every other fact is an interpretation of it.

    A subclass is a frozen dataclass of sizes.  Its constructions branch on sizes, never on an entry, so they run
    over exact fields, rational functions, floats, balls and analysis elements alike.
    """

    least: ClassVar[int] = 1  # the smallest n

    @property
    @abstractmethod
    def shape(self) -> tuple[int, int]:
        """(rows, columns) of the matrices."""

    @abstractmethod
    def slots(self) -> tuple[Slot, ...]:
        """Return the parameter arrays."""

    @abstractmethod
    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        """Return the dense matrix that the parameters p denote, an (m, n) array over `ring`."""

    @abstractmethod
    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        """Return every displacement structure of the member, the main one first.

        corners: (e, f), used where a pair holds for shifts with any corners.
        """

    @classmethod
    @abstractmethod
    def up_to(cls, size: int) -> Iterator[Family]:
        """Yield the instances whose sizes are at most `size`, smallest first."""

    @property
    def order(self) -> int:
        """The order of the root of unity that the entries need (1: none)."""
        return 1

    def field(self) -> Ring:
        """Return the smallest field of characteristic 0 in which members with rational parameters live."""
        return QQ if self.order <= 2 else Cyclotomic(self.order)

    def lives_in(self, ring: Ring) -> bool:
        """Whether the ring has the root of unity that the entries need."""
        try:
            ring.root_of_unity(self.order)
        except NotInRing:
            return False
        return True

    def multiply(self, p: Mapping[str, Any], x: Array, ring: Ring) -> Array:
        """Return M x for x of shape (n,) or (n, k); overridden where a fast product defines the family."""
        return matmul(ring, self.entries(p, ring), x)

    def displacement(self, p: Mapping[str, Any], ring: Ring) -> Displacement:
        """Return the main displacement; it takes p because learned classes learn their operators."""
        return self.structures(p, ring)[0].displacement()

    def refusal(self, p: Mapping[str, Any], ring: Ring) -> str | None:
        """Return why the parameters denote no matrix (naming indices), or None where they do."""
        return None

    def repaired(self, p: Parameters, ring: Ring) -> Parameters:
        """Return p, changed just enough that `refusal` has nothing to say; possible over every field."""
        return p

    def read(self, params: Mapping[str, Any], ring: Ring) -> Parameters:
        """Return the parameters as arrays over `ring`, after checking names, shapes and the family's constraints.

        Raises BadInput (missing or unknown slot, a refusal), ShapeMismatch, NotInRing.
        """
        wanted = {slot.name: slot for slot in self.slots()}
        missing, extra = [k for k in wanted if k not in params], [k for k in params if k not in wanted]
        if missing or extra:
            names = ", ".join(wanted) or "no parameters"
            raise BadInput(
                f"{self} wants {names}; "
                + "; ".join(
                    text
                    for text in (
                        f"missing: {', '.join(missing)}" * bool(missing),
                        f"unknown: {', '.join(map(str, extra))}" * bool(extra),
                    )
                    if text
                )
                + "."
            )
        p = {name: self._read_slot(slot, params[name], ring) for name, slot in wanted.items()}
        if ring.exact and (reason := self.refusal(p, ring)) is not None:
            raise BadInput(f"{self}: {reason}")
        return p

    def _read_slot(self, slot: Slot, value: Any, ring: Ring) -> Any:
        if slot.shape == ():
            return ring(value[()] if isinstance(value, np.ndarray) and value.ndim == 0 else value)
        if np.size(value) == 0 and slot.size == 0:
            return np.empty(slot.shape, dtype=object)
        table = array(ring, value)
        if table.shape != slot.shape:
            hint = " It looks transposed." if table.T.shape == slot.shape else ""
            raise ShapeMismatch(
                f'{self} wants params["{slot.name}"] of shape {slot.shape}, {slot.description}; '
                f"got {table.shape}.{hint}"
            )
        return table

    def filled(self, value: Callable[[], Any]) -> Parameters:
        """Return parameters whose elements are successive values of `value()`, unrepaired."""
        p: Parameters = {}
        for slot in self.slots():
            if slot.shape == ():
                p[slot.name] = value()
                continue
            table = np.empty(slot.shape, dtype=object)
            for index in np.ndindex(slot.shape):
                table[index] = value()
            p[slot.name] = table
        return p

    def example(self, seed: int = 0, ring: Ring | None = None) -> Parameters:
        """Return small parameters that meet the family's constraints, rational unless another ring is given.

        The same seed gives the same parameters on every machine.
        """
        source = random.Random(seed)
        home = self.field() if ring is None else ring

        def value() -> Any:
            k = Fraction(source.choice((-1, 1)) * source.randint(1, 30), source.choice((1, 1, 1, 2, 3)))
            try:
                return home(k)
            except NotInRing:  # a denominator divisible by the characteristic
                return home(k.numerator)

        return self.repaired(self.filled(value), home)

    def random(self, seed: int, ring: Ring) -> Parameters:
        """Return generic parameters over `ring`: integers below 2^60 read into it, repaired where they must be."""
        source = random.Random(seed)
        return self.repaired(self.filled(lambda: ring(source.randrange(2**60))), ring)

    def _sizes(self) -> dict[str, Any]:
        return {f.name: getattr(self, f.name) for f in fields(self)}

    def _call(self, shown: Callable[[Any], str]) -> str:
        given = {k: v for k, v in self._sizes().items() if v is not None and v is not False}
        return f"{type(self).__name__}({', '.join(f'{k}={shown(v)}' for k, v in given.items())})"

    def __str__(self) -> str:
        return self._call(lambda v: str(v).lower() if isinstance(v, bool) else str(v))

    def __repr__(self) -> str:
        return self._call(repr)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Print as repr does, in notebooks and in failing examples of Hypothesis."""
        printer.text(repr(self))

    def _whole(self, name: str, least: int, most: int | None = None) -> None:
        """Check that the size `name` is an integer in its range."""
        value = getattr(self, name)
        kind = type(self).__name__
        if isinstance(value, bool) or not isinstance(value, int):
            raise BadInput(f"{kind} wants an integer {name} of at least {least}; got {name}={value!r}.")
        if value < least:
            raise BadInput(f"{kind} wants {name} of at least {least}; got {name}={value}.")
        if most is not None and value > most:
            raise BadInput(f"{kind} wants {name} of at most {most}, its smaller side; got {name}={value}.")


@dataclass(frozen=True, repr=False)
class Square(Family):
    """A family of n x n matrices."""

    n: int

    def __post_init__(self) -> None:
        self._whole("n", self.least)

    @property
    def shape(self) -> tuple[int, int]:
        return self.n, self.n

    @classmethod
    def up_to(cls, size: int) -> Iterator[Family]:
        yield from (cls(n) for n in range(cls.least, size + 1))


@dataclass(frozen=True, repr=False)
class Rectangular(Family):
    """A family of rows x columns matrices; n stands for both and is None where they differ."""

    n: int | None = None
    rows: int | None = field(default=None, kw_only=True)
    columns: int | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        kind = type(self).__name__
        if self.n is not None:
            self._whole("n", self.least)
            if (self.rows, self.columns) not in ((None, None), (self.n, self.n)):
                raise BadInput(f"{kind} wants n, or rows and columns, not both; got {self}.")
        for name in ("rows", "columns"):
            if self.n is not None:
                object.__setattr__(self, name, self.n)
            elif getattr(self, name) is None:
                raise BadInput(f"{kind} wants n, or both rows and columns; {name} is missing.")
            self._whole(name, self.least)
        object.__setattr__(self, "n", self.rows if self.rows == self.columns else None)

    @property
    def shape(self) -> tuple[int, int]:
        return self.rows, self.columns  # type: ignore[return-value]

    def _sizes(self) -> dict[str, Any]:
        sizes = super()._sizes()
        for name in ("n",) if self.n is None else ("rows", "columns"):
            del sizes[name]
        return sizes

    @classmethod
    def up_to(cls, size: int) -> Iterator[Family]:
        for k in range(cls.least, size + 1):
            yield cls(k)
            for other in range(cls.least, k):
                yield cls(rows=k, columns=other)
                yield cls(rows=other, columns=k)
