"""Exact numbers in certificates: small integers as they are, others as hexadecimal strings.

encode_number   an element as JSON data
decode_number   the element that JSON data denote
encode_matrix   rows of encoded numbers
"""

from __future__ import annotations

import re
from typing import Any

from flint import fmpq, fmpz, nmod

from ldrtheory.errors import BadInput, NotInRing
from ldrtheory.exactstrings import shortened
from ldrtheory.rings import QQ, CyclotomicNumber, Ring
from ldrtheory.rings.ring import as_fraction

_HEXADECIMAL = re.compile(r"(-?)0x([0-9a-f]+)(?:/0x([0-9a-f]+))?")
_SMALL = 2**53


def encode_number(x: Any) -> int | str | list[Any]:
    """Return x as certificate data: an integer below 2^53 in absolute value, else a hexadecimal string.

    x: int, Fraction, float (its exact value), fmpq, nmod, or a CyclotomicNumber (a list of phi(N) numbers).

    >>> encode_number(QQ("-7/5")), encode_number(3), encode_number(2**60)
    ('-0x7/0x5', 3, '0x1000000000000000')
    """
    if isinstance(x, CyclotomicNumber):
        terms = [encode_number(c) for c in x.coefficients()]
        return terms[0] if len(terms) == 1 else terms
    pair = (int(x), 1) if isinstance(x, nmod) else as_fraction(x)
    if pair is None:
        raise NotInRing(
            f"{x!r} ({type(x).__name__}) cannot be written in a certificate; wanted an exact number."
        )
    numerator, denominator = pair
    if denominator == 1:
        return numerator if abs(numerator) < _SMALL else hex(numerator)
    return f"{hex(numerator)}/{hex(denominator)}"


def encode_matrix(M: Any) -> list[list[Any]]:
    """Return the rows of M as encoded numbers."""
    return [[encode_number(x) for x in row] for row in M]


def decode_number(data: Any, ring: Ring = QQ) -> Any:
    """Return the element of `ring` that certificate data denote.

    >>> decode_number("-0x7/0x5")
    -7/5
    """
    if isinstance(data, list):
        return ring([decode_number(c) for c in data])
    if isinstance(data, int) and not isinstance(data, bool):
        return ring(data)
    match = _HEXADECIMAL.fullmatch(data) if isinstance(data, str) else None
    if match is None:
        raise BadInput(f"{shortened(data)} is not a certificate number; wanted an integer or '-0x1f/0x3'.")
    value = fmpq(fmpz(int(match[2], 16)), fmpz(int(match[3] or "1", 16)))
    return ring(-value if match[1] else value)
