"""Exact strings: how numbers are written in files and on the command line, read and printed without loss.

parse_rational  the rational number an exact string denotes: "3", "-7/5", "0.1", "1e-3", "0x1f/0x3"
parse_complex   real and imaginary part of a complex exact string: "2-1/3i" is (2, -1/3); `j` is accepted
is_complex      whether a string is written as a complex number
exact_string    the exact string of a rational number, hexadecimal beyond 4000 digits
decimal_string  the same, as a short decimal where there is one
rounded_string  a short decimal on the safe side of a bound
complex_string  the exact string of a real and an imaginary part
DIGIT_LIMIT     no number may have more digits than this; EXPONENT_LIMIT bounds the power of ten likewise
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

import flint

from ldrtheory.errors import BadInput

DIGIT_LIMIT: Final = 1_000_000
EXPONENT_LIMIT: Final = 10_000
DECIMAL_DIGITS: Final = 4000  # longer integers are printed in hexadecimal: Python limits decimal conversion
_LONGEST: Final = 10**DECIMAL_DIGITS

_UNSIGNED = r"(?:0x[0-9a-f]+(?:/0x[0-9a-f]+)?|[0-9]+/[0-9]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
_REAL = re.compile(rf"[+-]?{_UNSIGNED}")
_COMPLEX = re.compile(rf"(?:([+-]?{_UNSIGNED})(?=[+-]))?([+-]?(?:{_UNSIGNED})?)[ij]")
_WANTED = 'wanted an exact number such as "3", "-7/5", "0.1", "1e-3" or "2-1/3i"'


def shortened(text: object, length: int = 40) -> str:
    """Return the repr of a value for a message, cut in the middle when long.

    >>> shortened("12"), shortened("9" * 1000)
    ("'12'", "'99999999999999999...99999999999999999' (1000 characters)")
    """
    if isinstance(text, str) and len(text) > length:
        half = (length - 6) // 2
        return f"{text[:half] + '...' + text[-half:]!r} ({len(text)} characters)"
    try:
        whole = repr(text)
    except ValueError:  # Python prints no integer of more than 4300 digits
        return f"<{type(text).__name__} with more than 4300 digits>"
    return whole if len(whole) <= 2 * length else whole[: 2 * length] + "..."


def _refuse_long(text: str) -> None:
    if len(text) > 2 * DIGIT_LIMIT + 64:
        raise BadInput(
            f"a number of {len(text)} characters; wanted at most {DIGIT_LIMIT} digits: "
            "no matrix entry needs more, check the file or scale the matrix"
        )


def integer(digits: str) -> flint.fmpz:
    """Return the integer written in decimal, with an optional sign; beyond Python's 4300 digits too.

    Raises BadInput beyond DIGIT_LIMIT digits.

    >>> integer("-12")
    -12
    """
    if len(digits.lstrip("+-")) > DIGIT_LIMIT:
        raise BadInput(
            f"an integer of {len(digits.lstrip('+-'))} digits; wanted at most {DIGIT_LIMIT} digits: "
            "no matrix entry needs more, check the file or scale the matrix"
        )
    return flint.fmpz(digits.removeprefix("+"))


def _decimal(text: str) -> flint.fmpq:
    mantissa, _, exponent = text.replace("E", "e").partition("e")
    whole, _, fraction = mantissa.partition(".")
    if len(exponent.lstrip("+-").lstrip("0")) > 5 or abs(int(exponent or "0")) > EXPONENT_LIMIT:
        raise BadInput(
            f"the exponent of {shortened(text)} is too large; wanted at most {EXPONENT_LIMIT} in magnitude: "
            "scale the matrix"
        )
    power = int(exponent or "0") - len(fraction)
    number = integer(whole + fraction)
    ten = flint.fmpz(10) ** abs(power)
    return flint.fmpq(number * ten) if power >= 0 else flint.fmpq(number, ten)


def _value(text: str) -> flint.fmpq:
    negative = text.startswith("-")
    text = text.lstrip("+-")
    top, slash, bottom = text.partition("/")
    if text.startswith("0x"):
        numerator, denominator = flint.fmpz(int(top, 16)), flint.fmpz(int(bottom, 16) if slash else 1)
    elif slash:
        numerator, denominator = integer(top), integer(bottom)
    else:
        number = flint.fmpq(integer(text)) if text.isdecimal() else _decimal(text)
        return -number if negative else number
    if denominator == 0:
        raise BadInput(f"{shortened(text)} divides by zero; wanted a nonzero denominator: correct the entry")
    return flint.fmpq(-numerator if negative else numerator, denominator)


def parse_rational(text: str) -> flint.fmpq:
    """Return the rational number that an exact string denotes.

    "0.1" is exactly 1/10 and "1e-3" exactly 1/1000. Cost: one conversion, quasilinear in the digits.
    Raises BadInput for anything else, for a zero denominator and beyond DIGIT_LIMIT digits.

    >>> parse_rational("-7/5"), parse_rational("0.1"), parse_rational("1e-3"), parse_rational("0x1f/0x3")
    (-7/5, 1/10, 1/1000, 31/3)
    """
    _refuse_long(text)
    if not _REAL.fullmatch(text):
        if _COMPLEX.fullmatch(text):
            raise BadInput(f"{shortened(text)} is complex; wanted a rational number: drop the imaginary part")
        raise BadInput(f"{shortened(text)} is not an exact number; {_WANTED}: correct it")
    return _value(text)


def is_complex(text: str) -> bool:
    """Return whether a string is written as a complex number: whether it ends in i or j.

    >>> is_complex("2+0i"), is_complex("2")
    (True, False)
    """
    return text[-1:] in ("i", "j")


def parse_complex(text: str) -> tuple[flint.fmpq, flint.fmpq]:
    """Return the real and the imaginary part of an exact string; a real string has imaginary part 0.

    Raises BadInput as `parse_rational` does.

    >>> parse_complex("2-1/3i"), parse_complex("-j"), parse_complex("5")
    ((2, -1/3), (0, -1), (5, 0))
    """
    _refuse_long(text)
    if not is_complex(text):
        return parse_rational(text), flint.fmpq(0)
    match = _COMPLEX.fullmatch(text)
    if match is None:
        raise BadInput(f"{shortened(text)} is not an exact number; {_WANTED}: correct it")
    real, imaginary = match.groups()
    if imaginary in ("", "+", "-"):
        imaginary += "1"
    return (_value(real) if real else flint.fmpq(0)), _value(imaginary)


def _integer_string(number: int) -> str:
    return str(number) if abs(number) < _LONGEST else hex(number)


def exact_string(number: int | Fraction | flint.fmpz | flint.fmpq) -> str:
    """Return the exact string "p" or "p/q" of a rational number, hexadecimal beyond 4000 digits.

    >>> exact_string(flint.fmpq(-14, 10)), exact_string(3), exact_string(Fraction(1, 10))
    ('-7/5', '3', '1/10')
    """
    if isinstance(number, int | flint.fmpz):
        return _integer_string(int(number))
    if isinstance(number, Fraction):
        top, bottom = number.numerator, number.denominator
    else:
        top, bottom = int(number.p), int(number.q)
    if bottom == 1:
        return _integer_string(top)
    parts = _integer_string(top), _integer_string(bottom)
    if any("x" in part for part in parts):
        parts = hex(top), hex(bottom)
    return "/".join(parts)


def decimal_string(number: int | Fraction | flint.fmpz | flint.fmpq) -> str:
    """Return an exact string of a rational number, as a short decimal where there is one.

    >>> decimal_string(Fraction(1, 10**12)), decimal_string(Fraction(-3, 20)), decimal_string(Fraction(1, 3))
    ('1e-12', '-0.15', '1/3')
    >>> decimal_string(Fraction(72521463, 10**7)), decimal_string(Fraction(-12, 10**9))
    ('7.2521463', '-1.2e-8')
    """
    if isinstance(number, flint.fmpq):
        number = Fraction(int(number.p), int(number.q))
    x = Fraction(number if isinstance(number, Fraction) else int(number))
    places, scaled = 0, x
    while scaled.denominator != 1 and places < 40:
        places, scaled = places + 1, scaled * 10
    if scaled.denominator != 1 or places == 0:
        return exact_string(x)
    sign, digits = "-" if x < 0 else "", str(abs(scaled.numerator))
    if len(digits) + 2 < places:  # beyond two zeros after the point
        return f"{sign}{digits[0]}{'.' + digits[1:] if len(digits) > 1 else ''}e{len(digits) - 1 - places}"
    whole, part = divmod(abs(scaled.numerator), 10**places)
    return f"{sign}{whole}.{part:0{places}d}"


def rounded_string(number: Fraction, up: bool, digits: int = 8) -> str:
    """Return a decimal of at most `digits` significant digits on the safe side of number >= 0.

    >>> rounded_string(Fraction(1, 3), up=False), rounded_string(Fraction(1, 3), up=True, digits=3)
    ('0.33333333', '0.334')
    >>> rounded_string(Fraction(5, 2), up=True), rounded_string(Fraction(10**9 - 1, 10**20), up=True, digits=3)
    ('2.5', '1e-11')
    """
    if number <= 0:
        return "0"
    exponent = (
        number.numerator.bit_length() - number.denominator.bit_length() - 1
    ) * 30103 // 100000 - 1  # or less
    while number >= Fraction(10) ** (exponent + 1):
        exponent += 1
    unit = Fraction(10) ** (exponent - digits + 1)
    count = -((-number) // unit) if up else number // unit
    value = count * unit
    if -5 <= exponent < digits:
        places = max(0, digits - 1 - exponent)
        text = f"{value.numerator * 10**places // value.denominator:0{places + 1}d}"
        return f"{text[:-places]}.{text[-places:]}".rstrip("0").rstrip(".") if places else text
    text = str(count)
    shown = text.rstrip("0")
    return f"{shown[0]}{'.' + shown[1:] if len(shown) > 1 else ''}e{exponent + len(text) - digits}"


def complex_string(real: flint.fmpq, imaginary: flint.fmpq) -> str:
    """Return the exact string of real + imaginary * i.

    >>> complex_string(flint.fmpq(2), flint.fmpq(-1, 3)), complex_string(flint.fmpq(0), flint.fmpq(1))
    ('2-1/3i', '0+1i')
    """
    part = exact_string(imaginary)
    return f"{exact_string(real)}{'' if part.startswith('-') else '+'}{part}i"
