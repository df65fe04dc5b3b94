"""The JSON forms of permutations, circuits and sparse products, as files and as Python values.

read_permutation    a list p of the numbers 0..n-1, out[p[i]] = in[i]
read_circuit        {"inputs": n, "gates": [[alpha, i, beta, j], ...], "outputs": [ids]}
read_product        {"product": [FILE or rows, ...]}, the leftmost factor applied last, files relative to the document
values_of           the entries of a vector as Python integers where they are whole
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from ldrtheory.building.circuits import CircuitSource, ProductSource
from ldrtheory.building.kinds import Origin
from ldrtheory.building.matrices import PermutationSource
from ldrtheory.errors import BadInput, ShapeMismatch
from ldrtheory.exactstrings import shortened
from ldrtheory.rings import QQ, CyclotomicField, Ring, ring_named, ring_of
from ldrtheory.subjects import Subject, exact_entries, read_subject
from ldrtheory.subjects.entries import assembled, python_number
from ldrtheory.subjects.json_files import json_content, json_entry
from ldrtheory.synthesis import Entries, read_entries
from ldrtheory.synthesis.circuit import from_data
from ldrtheory.synthesis.routing import read_permutation as checked_permutation

_SIDE_LIMIT = 1 << 53
_LONG_EXPONENT = re.compile("[eE][+-]?[0-9]{4}")


def values_of(vector: Subject) -> list[Any]:
    """Return the entries of a vector, whole rational numbers as int."""
    values = exact_entries(vector.array).tolist()
    return [int(x.p) if getattr(x, "q", None) == 1 else x for x in values]


def _whole(x: Any) -> Any:
    """A number that JSON could not hold as its own message; everything else unchanged."""
    if hasattr(x, "message"):
        raise BadInput(x.message)
    return x


def read_permutation(
    document: Any, ring: Ring | None, where: str, origin: Origin | None
) -> PermutationSource:
    """Return the permutation; raise BadInput naming the repeated and the missing value."""
    try:
        if not isinstance(document, list):
            raise BadInput(f"{shortened(document)} where a list of the numbers 0..n-1 was wanted.")
        p = checked_permutation([_whole(x) for x in document])
    except BadInput as error:
        raise type(error)(f"{where}: {error}") from error
    if origin is not None:
        origin = replace(origin, plain=isinstance(document, list))
    return PermutationSource(where, origin, p, QQ if ring is None else ring)


def read_circuit(document: Any, ring: Ring | None, where: str, origin: Origin | None) -> CircuitSource:
    """Return the circuit; coefficients are integers, exact strings or floats, which are the dyadics they store.

    Raises BadInput naming the gate that uses itself or a later id, and the output out of range.
    """
    gates = document.get("gates") if isinstance(document, dict) else None
    if isinstance(gates, list) and all(isinstance(g, list | tuple) and len(g) == 4 for g in gates):
        numbers = _coefficients([x for a, _, b, _ in gates for x in (a, b)], ring, where, origin is not None)
        read = iter(numbers)
        if origin is not None:
            written = all(_is_written(x) for a, _, b, _ in gates for x in (a, b))
            origin = replace(origin, plain=written and (ring is None or ring.characteristic == 0))
        document = {**document, "gates": [[next(read), i, next(read), j] for _, i, _, j in gates]}
    circuit = from_data(document, ring, where)
    if circuit.inputs >= _SIDE_LIMIT:
        raise BadInput(
            f"{where}: a circuit with {shortened(circuit.inputs)} inputs needs more memory than there is."
        )
    return CircuitSource(where, origin, circuit)


def _is_written(x: Any) -> bool:
    """Whether the checker reads a number as it is written: an exact one, and not a very long one."""
    if isinstance(x, list):
        return all(map(_is_written, x))
    if isinstance(x, int):
        return x.bit_length() < 1 << 12
    return isinstance(x, str) and len(x) < 1 << 10 and _LONG_EXPONENT.search(x) is None


def _coefficients(values: list[Any], ring: Ring | None, where: str, from_json: bool) -> list[Any]:
    """Return the numbers of the gates over one field."""
    if not values:
        return []

    def place(index: tuple[int, ...]) -> str:
        return f"{'beta' if index[0] % 2 else 'alpha'} of gate {index[0] // 2}"

    if from_json:
        read, _ = json_entry(ring.name if isinstance(ring, CyclotomicField) else None, where)
    else:
        read = _python_entry
    content = assembled(values, (len(values),), where, read, place)
    field = ring_named(content.field) if ring is None else ring
    return [field(x) for x in exact_entries(content.array)]


def _python_entry(value: Any) -> Any:
    if isinstance(value, bool):
        raise BadInput(f"{value}; wanted a number or an exact string: correct it")
    return python_number(value)


def read_product(document: Any, ring: Ring | None, where: str, origin: Origin | None) -> ProductSource:
    """Return the factors over one field; raise ShapeMismatch naming two factors whose shapes do not chain."""
    if isinstance(document, list | tuple):
        document = {"product": list(document)}
    if not isinstance(document, dict) or set(document) != {"product"}:
        raise BadInput(
            f'{where}: {shortened(document)}; wanted {{"product": [FILE or rows, ...]}}: correct it.'
        )
    given = document["product"]
    if not isinstance(given, list | tuple):
        raise BadInput(f"{where}: product is {shortened(given)}; wanted a list of files or rows.")
    if not given:
        raise BadInput(f"{where}: a product of no factors; wanted at least one matrix.")
    found = [_factor(item, k, where, origin) for k, item in enumerate(given)]
    for k, ((left, a, _), (right, b, _)) in enumerate(pairwise(found)):
        if a.shape[1] != b.shape[0]:
            raise ShapeMismatch(
                f"{where}: {left} is {a.shape[0]} x {a.shape[1]} and {right} is {b.shape[0]} x {b.shape[1]}; "
                f"wanted as many columns of factor {k} as rows of factor {k + 1}: correct a factor."
            )
    if ring is None:
        ring = ring_of(*(entries.values for _, entries, _ in found))
    factors = tuple(read_entries(entries, ring) for _, entries, _ in found)
    parts = tuple(
        part if part is not None and part.plain and ring.characteristic == 0 else None for _, _, part in found
    )
    return ProductSource(where, origin, factors, parts)


def _factor(item: Any, k: int, where: str, origin: Origin | None) -> tuple[str, Entries, Origin | None]:
    """Return what to call a factor, its entries, and its file."""
    if isinstance(item, str | os.PathLike):
        folder = Path() if origin is None else origin.path.parent
        subject = read_subject(os.path.join(folder, item))
        name, part = f"factor {k} ({os.fspath(item)})", None
        if subject.path is not None and subject.sha256 is not None:
            plain = subject.readable_by_checker and subject.field == "Q"
            part = Origin(subject.path, subject.sha256, subject.tensor, plain)
        return name, read_entries(subject.array, ring_named(subject.field)), part
    name = f"factor {k}"
    if origin is not None:
        content = json_content(item, f"{where}: {name}")
        if content.array.ndim != 2:
            raise ShapeMismatch(f"{where}: {name} is a list of numbers; wanted a list of rows.")
        return name, read_entries(content.array, ring_named(content.field)), None
    if hasattr(item, "tocoo") or isinstance(item, Entries):
        return name, read_entries(item), None
    subject = read_subject(item)
    return name, read_entries(subject.array, ring_named(subject.field)), None
