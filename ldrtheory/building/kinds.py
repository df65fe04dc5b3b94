"""What can be built: the common face of matrices, permutations, circuits, sparse products and named transforms.

Source          kind, name, shape, ring, construct(), stated(), costs()
Origin          the file a source was read from
Construction    a built product with the reason for its form and the published bound to compare with
affordable      a refusal of what is too large to write and check, before it is built
by_value        rows of nonzero entries as a subject of a certificate
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Final

from ldrtheory.building.bounds import Bound
from ldrtheory.claims import encode_number, subject_by_nonzeros
from ldrtheory.errors import BadInput
from ldrtheory.kaleidoscopes import KaleidoscopeProduct, levels
from ldrtheory.rings import Ring
from ldrtheory.synthesis import Entries

NUMBER_LIMIT: Final = 1 << 26  # stored numbers of one build
FACTOR_LIMIT: Final = 1 << 19
BYTES_EACH: Final = 64  # that the checker needs for a number of the JSON text, measured
BYTES_FACTOR: Final = 1 << 10

Json = dict[str, Any]
Row = dict[int, Any]


@dataclass(frozen=True)
class Origin:
    """The file a source was read from: path, sha256 of its bytes, the member of a container file.

    plain   whether the checker reads this very file as the source, entry by entry
    """

    path: Path
    sha256: str
    tensor: str | None = None
    plain: bool = False


@dataclass(frozen=True, eq=False)
class Construction:
    """A product, the name of its form, the reason for it, and the published bound."""

    product: KaleidoscopeProduct
    form: str
    why: str
    bound: Bound


@dataclass(frozen=True, eq=False)
class Source(ABC):
    """Something that can be written as a kaleidoscope.

    name    as a user writes it: a file name, "DFT(8)", or "array" for a Python value
    origin  the file, None for names and Python values
    """

    kind: ClassVar[str]
    name: str
    origin: Origin | None

    @property
    @abstractmethod
    def ring(self) -> Ring:
        """The field of the entries."""

    @property
    @abstractmethod
    def shape(self) -> tuple[int, int]:
        """(m, n)."""

    @abstractmethod
    def construct(self) -> Construction:
        """Return the kaleidoscope, with the reason for its form."""

    @abstractmethod
    def stated(self) -> Json:
        """Return the source as a subject of a certificate, by value."""

    def filed(self) -> str | None:
        """Return the name under which the checker reads the source's file, None where it reads a matrix."""
        return None

    @abstractmethod
    def rows(self) -> Sequence[Row]:
        """Return the rows of the matrix as {column: nonzero entry}."""

    def circuit_cost(self) -> tuple[int, int] | None:
        """Return the multiplications and additions of the circuit, None where the source is none."""
        return None

    def costs(self) -> dict[str, tuple[int, int] | None]:
        """Return (multiplications, additions) of the dense, the sparse and the circuit form.

        Multiplications by 1 and -1 cost nothing in the sparse form and in the circuit.
        """
        m, n = self.shape
        multiplications = additions = 0
        for row in self.rows():
            multiplications += sum(not (x == 1 or x == -1) for x in row.values())
            additions += max(0, len(row) - 1)
        return {
            "dense": (m * n, m * (n - 1)),
            "sparse": (multiplications, additions),
            "circuit": self.circuit_cost(),
        }


def affordable(count: int, width: int, size: int, what: str) -> None:
    """Raise BadInput if `count` numbers, at a width and size, or their factors, are too many to write and check."""
    factors = 2 * width * levels(size)
    if count > NUMBER_LIMIT or factors > FACTOR_LIMIT:
        room = (BYTES_EACH * count + BYTES_FACTOR * factors) / 2**30
        raise BadInput(
            f"{what} needs width {width} at size {size}: {count} stored numbers in {factors} factors, about "
            f"{room:.1f} GiB to write and check; at most {NUMBER_LIMIT} in {FACTOR_LIMIT} factors are built here: take "
            "a smaller or shallower source, or build it unchecked with ldrtheory.synthesis."
        )


def entry_rows(entries: Entries) -> list[Row]:
    """Return the rows of a matrix given by its entries."""
    rows: list[Row] = [{} for _ in range(entries.shape[0])]
    for r, c, x in zip(entries.rows.tolist(), entries.columns.tolist(), entries.values):
        rows[r][c] = x
    return rows


def by_value(shape: tuple[int, int], rows: Sequence[Row]) -> Json:
    """Return the subject given by its nonzero entries, or by all of them where most are not zero."""
    if 2 * sum(map(len, rows)) > shape[0] * shape[1]:
        return {
            "entries": [[encode_number(row[c]) if c in row else 0 for c in range(shape[1])] for row in rows]
        }
    places = ((r, c, x) for r, row in enumerate(rows) for c, x in row.items())
    return subject_by_nonzeros(shape, places)
