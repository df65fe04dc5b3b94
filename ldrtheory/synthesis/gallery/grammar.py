"""From the text of a gallery name to its entry and its arguments; nothing is ever evaluated.

given       (entry, Given) for a text
Given       the sizes or the vector, and the field, as a text gave them
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar

from ldrtheory.errors import BadInput, unknown_name
from ldrtheory.exactstrings import shortened
from ldrtheory.linalg import Array
from ldrtheory.subjects import exact_entries, read_vector
from ldrtheory.synthesis.gallery.fields import FieldName

SIZE_LIMIT: Final = 1 << 20
_LONGEST: Final = 4096  # characters of a text, the file name included

_CALL = re.compile(
    r"\s*(\(\s*HD\s*\)\s*\^\s*3|[A-Za-z][A-Za-z0-9\s_^-]*?)\s*\((.*)\)\s*", re.DOTALL | re.IGNORECASE
)
_SIZE = re.compile(r"\s*(?:([A-Za-z]+)\s*=\s*)?([0-9]{1,18})\s*")


class Grammar(Protocol):
    """What the grammar wants to know of an entry."""

    @property
    def name(self) -> str: ...

    @property
    def signature(self) -> str: ...

    @property
    def parameters(self) -> tuple[str, ...]: ...

    @property
    def defaults(self) -> tuple[int, ...]: ...

    @property
    def vector(self) -> bool: ...

    @property
    def aliases(self) -> tuple[str, ...]: ...


AnyEntry = TypeVar("AnyEntry", bound=Grammar)


@dataclass(frozen=True)
class Given:
    """The arguments of a name: sizes by name, or the vector of a file; `text` is their canonical form."""

    sizes: dict[str, int]
    values: Array | None
    text: str
    field: FieldName

    def __getitem__(self, name: str) -> int:
        return self.sizes[name]


def _key(name: str) -> str:
    return re.sub(r"[\s_-]", "", name).lower()


def _entry(name: str, entries: Mapping[str, AnyEntry]) -> AnyEntry:
    for entry in entries.values():
        if _key(name) in {_key(known) for known in (entry.name, *entry.aliases)}:
            return entry
    raise unknown_name("gallery name", name if len(name) <= 40 else shortened(name)[1:-1], entries)


def _sizes(entry: Grammar, parts: list[str]) -> dict[str, int]:
    """The sizes that the parts give, by position or by name."""
    found: dict[str, int] = {}
    for place, part in enumerate(parts):
        match = _SIZE.fullmatch(part)
        if match is None:
            raise BadInput(
                f"{entry.name}: {shortened(part.strip())} is no size; wanted whole numbers, as in {entry.signature}."
            )
        if match[1]:
            name = match[1].lower()
            if name not in entry.parameters:
                raise unknown_name(f"size of {entry.name}", match[1], entry.parameters)
        elif place < len(entry.parameters):
            name = entry.parameters[place]
        else:
            raise BadInput(f"{entry.name}: {part.strip()} is one size too many; wanted {entry.signature}.")
        if name in found:
            raise BadInput(f"{entry.name}: the size {name} is given twice; wanted {entry.signature}.")
        value = int(match[2])
        if not 1 <= value <= SIZE_LIMIT:
            raise BadInput(f"{entry.name}: {name}={value}; wanted a whole number from 1 to {SIZE_LIMIT}.")
        found[name] = value
    required = entry.parameters[: len(entry.parameters) - len(entry.defaults)]
    missing = [name for name in required if name not in found]
    if missing:
        raise BadInput(f"{entry.name}: {', '.join(missing)} missing; wanted {entry.signature}.")
    for name, value in zip(entry.parameters[len(required) :], entry.defaults):
        if value:
            found.setdefault(name, value)
    return found


def _vector(file: str, folder: Path | None) -> Array:
    subject = read_vector(str(file if folder is None else folder / file))
    array: Any = subject.array
    return array if array.dtype == object else exact_entries(array)


def given(
    text: str, entries: Mapping[str, AnyEntry], field: FieldName, folder: Path | None
) -> tuple[AnyEntry, Given]:
    """Return the entry that a text names and its arguments; raise UnknownName or BadInput."""
    match = _CALL.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        if len(text) <= _LONGEST and re.fullmatch(r"\s*[A-Za-z][A-Za-z0-9\s_^-]*", text):
            entry = _entry(text.strip(), entries)
            raise BadInput(f"{entry.name} without a size; wanted {entry.signature}.")
        raise BadInput(
            f"{shortened(text)} is no gallery name; wanted a name with sizes or a file, such as 'DFT(8)', "
            "'DCT(8, 2)' or 'Circulant(c.json)'."
        )
    entry = _entry(match[1], entries)
    arguments = match[2].strip()
    if entry.vector and "." in arguments:
        return entry, Given({}, _vector(arguments, folder), arguments, field)
    sizes = _sizes(entry, arguments.split(",") if arguments else [])
    shown = ", ".join(str(sizes[name]) for name in entry.parameters if name in sizes)
    return entry, Given(sizes, None, shown, field)
