"""Rationals on the safe side: what every bound on a distance is rounded with.

rational         an exact number of any of our types as a Fraction
log2             the binary logarithm within 1
root_up, root_down   rational bounds of a square root
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from typing import Any

import numpy as np

from ldrtheory.errors import BadInput


def rational(value: Any) -> Fraction:
    """Return an exact number (int, Fraction, float, fmpq) as a Fraction.

    >>> rational(0.5)
    Fraction(1, 2)
    """
    if isinstance(value, Fraction):
        return value
    if isinstance(value, (int, np.integer)):
        return Fraction(int(value))
    if isinstance(value, (float, np.float16, np.float32, np.float64)):
        return Fraction(float(value))
    if hasattr(value, "p") and hasattr(value, "q"):
        return Fraction(int(value.p), int(value.q))
    try:
        return Fraction(int(value))
    except (TypeError, ValueError):
        raise BadInput(
            f"a distance needs rational numbers; got {value!r} of type {type(value).__name__}. "
            "Distances are defined over Q only: drop the tolerance, or give real rational entries."
        ) from None


def log2(x: Fraction) -> int:
    """Return an integer within 1 of log2(x), x > 0."""
    return x.numerator.bit_length() - x.denominator.bit_length()


def root_up(x: Fraction, bits: int = 96) -> Fraction:
    """Return a rational at least sqrt(x) and above it by a factor of at most 1 + 2^(1 - bits).

    >>> root_up(Fraction(9, 4)) >= Fraction(3, 2)
    True
    """
    low = root_down(x, bits)
    return low if low * low == x else low * (1 + Fraction(1, 1 << (bits - 1)))


def root_down(x: Fraction, bits: int = 96) -> Fraction:
    """Return a rational at most sqrt(x) and below it by a factor of at least 1 - 2^(-bits); exact for squares
    of integers.

    With s chosen so that x 4^s >= 4^bits, floor(sqrt(floor(x 4^s))) / 2^s differs from sqrt(x) by less than
    2^-s <= 2^-bits sqrt(x).
    """
    if x <= 0:
        return Fraction(0)
    s = max(0, bits + 2 - log2(x) // 2)
    return Fraction(isqrt((x.numerator << (2 * s)) // x.denominator), 1 << s)
