"""Exact strings against Python's fractions, and what is no exact string."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldrtheory.errors import BadInput
from ldrtheory.exactstrings import (
    complex_string,
    exact_string,
    is_complex,
    parse_complex,
    parse_rational,
    shortened,
)


def fraction(number: object) -> Fraction:
    return Fraction(int(number.p), int(number.q))  # type: ignore[attr-defined]


@given(st.from_regex(r"[+-]?([0-9]{1,30}\.?[0-9]{0,30}|\.[0-9]{1,9})([eE][+-]?[0-9]{1,3})?", fullmatch=True))
def test_decimals_as_fractions_reads_them(text: str) -> None:
    assert fraction(parse_rational(text)) == Fraction(text)


@given(st.fractions(), st.fractions())
def test_printing_and_reading_are_inverse(x: Fraction, y: Fraction) -> None:
    assert fraction(parse_rational(exact_string(x))) == x
    real, imaginary = (parse_rational(exact_string(part)) for part in (x, y))
    assert parse_complex(complex_string(real, imaginary)) == (real, imaginary)


@pytest.mark.parametrize("digits", [3999, 4000, 4001, 20_000])
def test_long_numbers(digits: int) -> None:
    number = 10**digits - 1
    text = exact_string(number)
    assert text.startswith("0x") == (digits > 4000)
    assert int(text, 0) == number if text.startswith("0x") else len(text) == digits
    assert parse_rational("9" * digits) == number
    mixed = exact_string(Fraction(2, number))
    assert fraction(parse_rational(mixed)) == Fraction(2, number)


@pytest.mark.parametrize(
    ("text", "real", "imaginary"),
    [
        ("2-1/3i", "2", "-1/3"),
        ("i", "0", "1"),
        ("-j", "0", "-1"),
        ("2+i", "2", "1"),
        ("1e-3-2.5E+1j", "1/1000", "-25"),
        ("1e-3i", "0", "1/1000"),
        ("-0x1f/0x2+0x3i", "-31/2", "3"),
        ("7", "7", "0"),
    ],
)
def test_complex_strings(text: str, real: str, imaginary: str) -> None:
    assert tuple(map(fraction, parse_complex(text))) == (Fraction(real), Fraction(imaginary))
    assert is_complex(text) == (text != "7")


NO_NUMBERS = [
    "",
    " ",
    "1 ",
    " 1",
    "+",
    "-",
    ".",
    "e5",
    "1e",
    "1e+",
    "--1",
    "1/",
    "/2",
    "1/-2",
    "1.5/2",
    "1/2/3",
    "0x",
]
NO_NUMBERS += ["0X1F", "0x1F", "1_0", "٣", "nan", "inf", "1d3", "1,5", "1+2", "0x1/2", "1\n", "1e1.5"]
NO_COMPLEX = ["2--i", "1i2", "2i+1", "i+1", "2*i", "(1)i", "k", "ii", "1 +i", "1e-i", "+-i"]


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_no_rational(text: str) -> None:
    for parse in (parse_rational, parse_complex):
        with pytest.raises(BadInput, match="is not an exact number"):
            parse(text)


@pytest.mark.parametrize("text", NO_COMPLEX)
def test_no_complex(text: str) -> None:
    with pytest.raises(BadInput, match="is not an exact number"):
        parse_complex(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1/0", "divides by zero"),
        ("0x1/0x0", "divides by zero"),
        ("2+1/0i", "divides by zero"),
        ("1e10001", "too large; wanted at most 10000"),
        ("1e-10001", "too large"),
        ("1e" + "9" * 10**6, "too large"),
        ("7" * 1_000_001, "1000001 digits; wanted at most 1000000"),
        ("0x" + "f" * 3_000_000, "3000002 characters"),
        ("1+2i", "is complex; wanted a rational number"),
    ],
)
def test_refused_numbers(text: str, message: str) -> None:
    with pytest.raises(BadInput, match=message) as refusal:
        parse_rational(text) if "0i" not in text else parse_complex(text)
    assert len(str(refusal.value)) < 300


def test_shortened_values() -> None:
    assert shortened("9" * 1000).endswith("(1000 characters)")
    assert len(shortened(list(range(1000)))) < 100


def test_integers_that_python_does_not_print() -> None:
    """A message about a number of 5001 digits must not fail itself."""
    assert shortened(10**5000) == "<int with more than 4300 digits>"
    assert shortened([10**5000]) == "<list with more than 4300 digits>"
