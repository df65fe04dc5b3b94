"""Entries: values of any exact kind, brought into one field without loss.

python_number   a Python, numpy, sympy or flint number as one of the few types below, or NotInRing
assembled       an array of such numbers as the Content of one field
exact_entries   a numeric array as an object array of ring elements

The types between: int, float, flint.fmpq, a pair (real, imaginary) of fmpq, flint.nmod, CyclotomicNumber.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import flint
import numpy as np

from ldrtheory.errors import BadInput, NotInRing
from ldrtheory.exactstrings import is_complex, parse_complex, parse_rational, shortened
from ldrtheory.rings.cyclotomic import Cyclotomic, CyclotomicNumber
from ldrtheory.subjects.subject import Content, position

_WANTED = "wanted an integer, float, Fraction, exact string or ring element"


def exact_number(text: str) -> Any:
    """Return the fmpq an exact string denotes, or the pair (real, imaginary) if it is written as complex."""
    return parse_complex(text) if is_complex(text) else parse_rational(text)


def _dyadic(value: Any) -> Any:
    if not math.isfinite(value):
        raise BadInput(f"{value} is not finite; wanted finite numbers: replace or drop it")
    if isinstance(value, float | np.float32 | np.float16):
        return float(value)
    return flint.fmpq(*map(int, value.as_integer_ratio()))  # numpy's long double


def python_number(value: Any) -> Any:
    """Return a Python, numpy, sympy or flint number as int, float, fmpq, pair, nmod or CyclotomicNumber.

    Raises NotInRing for what is no exact number and BadInput for NaN, infinities and malformed strings.

    >>> python_number(Fraction(1, 3)), python_number("2-1/3i"), python_number(Decimal("0.10"))
    (1/3, (2, -1/3), 1/10)
    """
    if isinstance(value, bool | np.bool_ | int | np.integer | flint.fmpz):
        return int(value)
    if isinstance(value, float | np.floating):
        return _dyadic(value)
    if isinstance(value, complex | np.complexfloating):
        return tuple(
            flint.fmpq(*map(int, _dyadic(part).as_integer_ratio())) for part in (value.real, value.imag)
        )
    if isinstance(value, flint.fmpq | flint.nmod | CyclotomicNumber):
        return value
    if isinstance(value, str):
        return exact_number(value)
    if isinstance(value, Decimal):
        return parse_rational(str(value))
    if isinstance(value, Fraction | numbers.Rational):  # sympy and gmpy2 register theirs as such
        return flint.fmpq(int(value.numerator), int(value.denominator))
    hint = "write complex numbers as exact strings" if hasattr(value, "free_symbols") else "convert it first"
    raise NotInRing(f"{shortened(value)} is a {type(value).__name__}; {_WANTED}: {hint}")


def _rational(value: Any) -> flint.fmpq:
    if isinstance(value, flint.fmpq):
        return value
    return flint.fmpq(*value.as_integer_ratio()) if isinstance(value, float) else flint.fmpq(value)


def _object_array(values: list[Any], shape: tuple[int, ...]) -> np.ndarray:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array.reshape(shape)


def _rationals(values: list[Any], kinds: set[type], shape: tuple[int, ...]) -> Content:
    if kinds == {float}:
        return Content(np.array(values, dtype=np.float64).reshape(shape), "Q", "float64")
    whole: list[Any] = values
    if kinds != {int}:
        values = [_rational(value) for value in values]
        if any(value.q != 1 for value in values):
            return Content(_object_array(values, shape), "Q", "rational")
        whole = [int(value.p) for value in values]
    if all(-(2**63) <= value < 2**63 for value in whole):
        return Content(np.array(whole, dtype=np.int64).reshape(shape), "Q", "integer")
    return Content(_object_array([flint.fmpq(value) for value in whole], shape), "Q", "integer")


def _cyclotomics(values: list[Any], shape: tuple[int, ...]) -> Content:
    order = math.lcm(*(v.order for v in values if isinstance(v, CyclotomicNumber)))
    if any(isinstance(v, tuple) for v in values):
        order = math.lcm(order, 4)
    field = Cyclotomic(order)
    i = field.root_of_unity(4) if order % 4 == 0 else None

    def element(value: Any) -> CyclotomicNumber:
        if isinstance(value, tuple):
            return field(value[0]) + field(value[1]) * i
        return field(value)

    name = field.name if order > 2 else "Q"
    if order <= 2:  # phi(1) = phi(2) = 1: these are rational numbers
        values = [
            value.coefficients()[0] if isinstance(value, CyclotomicNumber) else value for value in values
        ]
        return _rationals(values, set(map(type, values)), shape)
    return Content(_object_array([element(value) for value in values], shape), name, name)


def assembled(
    values: list[Any],
    shape: tuple[int, ...],
    where: str,
    read: Callable[[Any], Any],
    place: Callable[[tuple[int, ...]], str] = position,
) -> Content:
    """Return the Content of an array of values, given row by row, in the smallest field that holds them all.

    read: turns a value into one of the types of this module; its BadInput is raised again with the place.
    Integers that all fit come as an int64 array, floats as a float64 array, all else as ring elements.
    """

    def at(k: int) -> str:
        return place(tuple(int(i) for i in np.unravel_index(k, shape)))

    numbers_read: list[Any] = []
    for k, value in enumerate(values):
        try:
            numbers_read.append(read(value))
        except BadInput as error:
            raise type(error)(f"{where}: the entry at {at(k)}: {error}") from error
    kinds = set(map(type, numbers_read))
    if kinds <= {int, float, flint.fmpq}:
        return _rationals(numbers_read, kinds, shape)
    if kinds <= {int, float, flint.fmpq, tuple, CyclotomicNumber}:
        return _cyclotomics(numbers_read, shape)
    moduli = [int(v.modulus()) if isinstance(v, flint.nmod) else None for v in numbers_read]
    p = moduli[0]
    for k, modulus in enumerate(moduli):
        if modulus != p or p is None:
            first, other = (f"GF({q})" if q else "another field" for q in (p, modulus))
            raise NotInRing(
                f"{where}: the entry at {at(k)} is of {other}, the first one of {first}; "
                "wanted one field: convert the entries"
            )
    if not flint.fmpz(p).is_prime():
        raise NotInRing(
            f"{where}: entries modulo {p}, which is not a prime; wanted a field: choose a prime modulus"
        )
    return Content(_object_array(numbers_read, shape), f"GF({p})", f"GF({p})")


def exact_entries(array: np.ndarray) -> np.ndarray:
    """Return a numeric array as an object array of ring elements, exactly; an object array unchanged.

    Integers and floats become flint.fmpq (a float is the dyadic rational it stores), complex numbers elements
    of Cyclotomic(4).  Cost: one conversion an entry, about a microsecond: meant for small matrices.

    >>> exact_entries(np.array([[0.5, 0.1]]))
    array([[1/2, 3602879701896397/36028797018963968]], dtype=object)
    """
    if array.dtype.kind == "O":
        return array
    values = [python_number(value) for value in array.reshape(-1).tolist()]
    if array.dtype.kind == "c":
        return _cyclotomics(values, array.shape).array
    return _object_array([_rational(value) for value in values], array.shape)
