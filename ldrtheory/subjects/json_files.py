"""JSON matrices: rows, {"entries": rows} or {"field": F, "entries": rows}, every number exact.

json_document   the document, with numbers read exactly and duplicate names refused
json_entry      the reader of one entry over a stated field, or over Q and Q(zeta_4) if none is stated
json_content    the Content of a document, as a matrix or a vector

An unquoted number containing . e or E is the nearest float64; integers and quoted numbers are exact.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Final, NamedTuple

import flint

from ldrtheory.errors import BadInput, NotInRing, ShapeMismatch
from ldrtheory.exactstrings import integer, parse_rational, shortened
from ldrtheory.rings.cyclotomic import Cyclotomic, CyclotomicField
from ldrtheory.subjects.entries import assembled, exact_number
from ldrtheory.subjects.subject import Content, ragged

ORDER_LIMIT: Final = 1024  # of the root of unity, as the checker has it
_INTEGER = re.compile(r"[+-]?[0-9]+")


class _Unreadable(NamedTuple):
    """A number that cannot be read, kept until its place is known."""

    message: str


def _integer(digits: str) -> Any:
    if len(digits) < 4000:
        return int(digits)
    try:
        return int(integer(digits))
    except BadInput as error:
        return _Unreadable(str(error))


def _float(text: str) -> Any:
    value = float(text)
    if abs(value) == float("inf"):
        return _Unreadable(f"{shortened(text)} overflows float64; wanted a finite number: put it in quotes")
    return value


def _constant(name: str) -> Any:
    return _Unreadable(f"{name} is not finite; wanted finite numbers: replace or drop it")


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = dict(pairs)
    if len(keys) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise BadInput(f"the name {shortened(twice)} occurs twice; wanted distinct names: drop one")
    return keys


def json_document(text: str, where: str) -> Any:
    """Return the parsed document; raise BadInput naming line and column where it is no JSON."""
    try:
        return json.loads(
            text,
            parse_int=_integer,
            parse_float=_float,
            parse_constant=_constant,
            object_pairs_hook=_distinct,
        )
    except BadInput as error:
        raise BadInput(f"{where}: {error}") from error
    except json.JSONDecodeError as error:
        raise BadInput(
            f"{where}: not JSON at line {error.lineno}, column {error.colno} ({error.msg}); "
            'wanted a list of rows or {"entries": rows}: correct it'
        ) from error
    except RecursionError as error:
        raise BadInput(f"{where}: nested too deeply; wanted a list of rows: flatten it") from error


def _plain(value: Any) -> Any:
    """Return an unstructured JSON number as int, float, fmpq or pair."""
    if type(value) in (int, float):
        return value
    if isinstance(value, str):
        return exact_number(value)
    if isinstance(value, _Unreadable):
        raise BadInput(value.message)
    if isinstance(value, list):
        raise BadInput(
            f"a list {shortened(value)}; wanted a number: "
            'a list of coefficients needs {"field": "Q(zeta_N)", "entries": rows} with phi(N) > 1'
        )
    raise BadInput(f"{json.dumps(value)[:40]}; wanted a number or an exact string: correct it")


def _real(value: Any) -> Any:
    number = _plain(value)
    if isinstance(number, tuple):
        raise NotInRing(f"{shortened(value)} is complex; wanted an element of Q: state the field Q(zeta_4)")
    return number


def _residue(p: int) -> Callable[[Any], flint.nmod]:
    def read(value: Any) -> flint.nmod:
        if isinstance(value, str) and _INTEGER.fullmatch(value):
            value = int(integer(value))
        if type(value) is not int or not 0 <= value < p:
            if isinstance(value, _Unreadable):
                raise BadInput(value.message)
            raise NotInRing(f"{shortened(value)}; wanted an integer from 0 to {p - 1}: reduce it modulo {p}")
        return flint.nmod(value, p)

    return read


def _cyclotomic(field: CyclotomicField) -> Callable[[Any], Any]:
    phi = field.degree

    def read(value: Any) -> Any:
        if not isinstance(value, list):
            number = _plain(value)
            if not isinstance(number, tuple):
                return field(number)
            if field.order % 4:
                raise NotInRing(
                    f"{shortened(value)}; wanted an element of {field.name}, which has no i: use another N"
                )
            return field(number[0]) + field(number[1]) * field.root_of_unity(4)
        if len(value) != phi:
            raise BadInput(
                f"{len(value)} coefficients; wanted phi({field.order}) = {phi} of them: complete the list"
            )
        for part in value:
            if not isinstance(part, str) and type(part) is not int:
                raise BadInput(f"coefficient {shortened(part)}; wanted an integer or exact string: quote it")
        return field([parse_rational(part) if isinstance(part, str) else part for part in value])

    return read


def json_entry(field: Any, where: str) -> tuple[Callable[[Any], Any], int]:
    """Return the reader of one entry, and phi(N) (1 unless the field is cyclotomic of degree above 1).

    field: "Q", "Q(zeta_N)", "GF(p)", or None for numbers that say themselves whether they are complex.
    """
    if field is None:
        return _plain, 1
    if isinstance(field, str):
        match = re.fullmatch(r"Q|Q\(zeta_([1-9][0-9]{0,3})\)|GF\(([1-9][0-9]{0,19})\)", field)
        if match and match[2] and int(match[2]) < 2**64 and flint.fmpz(int(match[2])).is_prime():
            return _residue(int(match[2])), 1
        if match and not match[2] and int(match[1] or 1) <= 2:
            return _real, 1
        if match and match[1] and int(match[1]) <= ORDER_LIMIT:
            ring = Cyclotomic(int(match[1]))
            return _cyclotomic(ring), ring.degree
    raise BadInput(
        f'{where}: the field {shortened(field)}; wanted "Q", "Q(zeta_N)" with N at most {ORDER_LIMIT}, '
        'or "GF(p)" with a prime p below 2^64: correct it'
    )


def _rows(document: Any, where: str) -> tuple[list[Any], Any]:
    field = None
    if isinstance(document, dict):
        unknown = sorted(set(document) - {"field", "entries"})
        if unknown or "entries" not in document:
            found = ", ".join(shortened(key) for key in list(document)[:8]) or "none"
            raise BadInput(f'{where}: the names {found}; wanted "entries", and "field" if not Q: rename them')
        field = document.get("field")
        if "field" in document and field is None:
            raise BadInput(f'{where}: the field null; wanted a field\'s name: drop it or write "Q"')
        document = document["entries"]
    if not isinstance(document, list):
        raise BadInput(
            f"{where}: {shortened(document)} where a list of rows was wanted: write [[1, 2], [3, 4]]"
        )
    return document, field


def json_content(document: Any, where: str, vector: bool = False) -> Content:
    """Return the Content of a parsed document: 2-d for a list of rows, 1-d for a flat list.

    vector: read n lists of phi(N) coefficients over Q(zeta_N) as n numbers, not as an n x phi(N) matrix.
    """
    rows, field = _rows(document, where)
    read, phi = json_entry(field, where)
    lists = sum(isinstance(row, list) for row in rows)
    coefficients = (
        vector and phi > 1 and len(rows) > 1 and all(isinstance(r, list) and len(r) == phi for r in rows)
    )
    if not rows:
        raise ShapeMismatch(f"{where}: no rows; wanted at least one entry: check the source")
    if lists == 0 or coefficients or (vector and phi > 1 and lists < len(rows)):
        return assembled(rows, (len(rows),), where, read)
    for i, row in enumerate(rows):
        if not isinstance(row, list):
            raise BadInput(
                f"{where}: row {i} (counting from 0) is {shortened(row)}; wanted a list of entries"
            )
    ragged(where, [len(row) for row in rows])
    if not rows[0]:
        raise ShapeMismatch(f"{where}: rows without entries; wanted at least one column: check the source")
    return assembled([value for row in rows for value in row], (len(rows), len(rows[0])), where, read)
