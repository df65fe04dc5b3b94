"""How many sign patterns the polynomials of a network can have: upper bounds in integers.

Cells               the polynomials that one layer adds: how many, in how many parameters, of what degree
Scaled              a pair (x, e) that stands for x 2^e, rounded up: a bound of any size in few digits
patterns            a bound of the number of vectors (1[P_1(a) > 0], ..., 1[P_M(a) > 0]), a real, deg P_i <= D
growth              a bound of the number of labellings of m points: the product over the layers
least_failing       the least m for which a growth bound is below 2^m
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Final

Scaled = tuple[int, int]

DIGITS: Final = 256  # bits that powers keep
EXACT_SUMS: Final = 1024  # variables up to which the sum of binomials is formed as it is
LONG: Final = 1 << 17  # variables from which 2^M stands for 2^M - 1
PRODUCT: Final = 1 << 18  # bits that the product over the layers keeps
E_ABOVE: Final = Fraction(193, 71)  # > e


@dataclass(frozen=True)
class Cells:
    """The polynomials whose signs tell what a layer does at m points: per_point * m + constant of them.

    per_point   breakpoints times units (1 for the output, which is compared with 0)
    constant    1 where the sign of a denominator is needed too, else 0
    variables   distinct parameters on which they depend
    degree      their total degree in these, at most
    """

    per_point: int
    constant: int
    variables: int
    degree: int

    def count(self, m: int) -> int:
        """Return the number of polynomials at m points."""
        return self.per_point * m + self.constant


def scaled(x: int, e: int = 0, digits: int = DIGITS) -> Scaled:
    """Return x 2^e with at most `digits` bits and an exponent, rounded up.

    >>> scaled(5), scaled(2**300 + 1, 0, 8)
    ((5, 0), (129, 293))
    """
    cut = max(x.bit_length() - digits, 0)
    return -(-x >> cut), e + cut


def power(base: Fraction, n: int) -> Scaled:
    """Return base^n for base >= 1, rounded up by less than n parts in 2^(DIGITS - 4); exact where it is short.

    >>> power(Fraction(3), 4)
    (81, 0)
    """
    cut = 0 if base.denominator == 1 else DIGITS
    x, e = scaled(-((-base.numerator << cut) // base.denominator), -cut)
    out = (1, 0)
    for bit in f"{n:b}":
        out = scaled(out[0] * out[0], 2 * out[1])
        if bit == "1":
            out = scaled(out[0] * x, out[1] + e)
    return out


def times(a: Scaled, b: Scaled) -> Scaled:
    """Return the product, as it is."""
    return a[0] * b[0], a[1] + b[1]


def below_power_of_two(a: Scaled, m: int) -> bool:
    """Return whether x 2^e < 2^m.

    >>> below_power_of_two((7, 0), 3), below_power_of_two((8, 0), 3)
    (True, False)
    """
    return a[0].bit_length() + a[1] <= m


def at_most(a: Scaled, b: Scaled) -> bool:
    """Return whether a <= b, without forming powers of two that are too long to hold."""
    a_length, b_length = a[0].bit_length() + a[1], b[0].bit_length() + b[1]
    if a_length != b_length:
        return a_length < b_length
    low = min(a[1], b[1])
    return a[0] << (a[1] - low) <= b[0] << (b[1] - low)


@lru_cache(maxsize=64)  # layers that share their parameters ask for the same sum
def binomial_sum(M: int, n: int) -> Scaled:
    """Return a bound of C(M, 0) + ... + C(M, n), exact for n <= 1024 and for M <= n + 1 (n < 2^17).

    Beyond: 2^M - 1 for M <= 2 n.  For M > 2 n it is (M/n)^n (M/(M-n))^(M-n), because with t = n/M <= 1/2
    1 = (t + (1-t))^M >= t^n (1-t)^(M-n) (C(M, 0) + ... + C(M, n)).  That is never more than (e M/n)^n.

    >>> binomial_sum(4, 2), binomial_sum(3000, 5000), binomial_sum(3, 2)
    ((11, 0), (1, 3000), (7, 0))
    """
    if n >= M:
        return 1, M
    if n <= EXACT_SUMS:
        total = term = 1
        for j in range(n):
            term = term * (M - j) // (j + 1)
            total += term
        return total, 0
    if 2 * n >= M:
        return ((1 << M) - 1, 0) if n < LONG else (1, M)
    return times(power(Fraction(M, n), n), power(Fraction(M, M - n), M - n))


def patterns(M: int, n: int, D: int) -> Scaled:
    """Return a bound of the number of vectors 1[P > 0] of M real polynomials of degree <= D in n variables.

    min(2^M, D (2D-1)^(n-1) (C(M,0) + ... + C(M,n))): shift each P_i by a small generic number, so that distinct
    vectors lie in distinct components of the complement of the zero sets; each intersection of j <= n of these has at
    most D (2D-1)^(n-1) components (Milnor 1964, theorem 2), and the components of the complement are at most as many
    as those of all intersections together (Warren 1968).  For D = 1 it is the count of a hyperplane arrangement.

    >>> patterns(3, 1, 1), patterns(2, 5, 7), patterns(3, 0, 0)
    ((4, 0), (1, 2), (1, 0))
    """
    if n == 0:
        return 1, 0
    factor = times((D, 0), power(Fraction(2 * D - 1), n - 1))
    bound = times(factor, binomial_sum(M, n))
    return bound if at_most(bound, (1, M)) else (1, M)


def warren_patterns(M: int, n: int, D: int) -> Scaled:
    """Return min(2^M, 2 (2e M D/n)^n) for M >= n, else 2^M, with 193/71 for e; the form of Warren 1968."""
    if n == 0:
        return 1, 0
    if n > M:
        return 1, M
    bound = times((2, 0), power(2 * E_ABOVE * M * D / n, n))
    return bound if at_most(bound, (1, M)) else (1, M)


def growth(layers: Sequence[Cells], m: int, form: Callable[[int, int, int], Scaled] = patterns) -> Scaled:
    """Return a bound of the number of labellings of m points: the product of `form` over the layers.

    >>> growth([Cells(1, 0, 3, 1)], 4)
    (15, 0)
    """
    out = (1, 0)
    for layer in layers:
        out = scaled(*times(out, form(layer.count(m), layer.variables, layer.degree)), PRODUCT)
    return out


def log2_above(a: Scaled) -> Fraction:
    """Return a rational at least log2(x 2^e), too large by less than 2^-40.

    >>> log2_above((8, -1)) == 2, 0 < log2_above((3, 0)) - Fraction(math.log2(3)) < Fraction(1, 2**39)
    (True, True)
    """
    x, e = scaled(a[0], a[1], 200)
    length = x.bit_length() - 1
    if x == 1 << length:
        return Fraction(e + length)
    out, y, one = Fraction(0), x << (200 - length), 1 << 200  # y / 2^200 in (1, 2]
    for k in range(1, 42):
        y = -(-y * y >> 200)
        if y >= 2 * one:
            out, y = out + Fraction(1, 1 << k), -(-y >> 1)
    return e + length + out + Fraction(1, 1 << 41)


def _rough(layers: Sequence[Cells], m: int) -> float:
    """log2 of the growth bound at m in floating point, only to know where to look."""
    total = 0.0
    for layer in layers:
        M, n, D = layer.count(m), layer.variables, layer.degree
        if n:
            t = n / M if M else 1.0
            entropy = (
                float(M) if 2 * t >= 1 else -M * (t * math.log2(t) + (1 - t) * math.log1p(-t) / math.log(2))
            )
            total += min(float(M), math.log2(D) + (n - 1) * math.log2(2 * D - 1) + entropy)
    return total


def least_failing(layers: Sequence[Cells], form: Callable[[int, int, int], Scaled] = patterns) -> int:
    """Return the least m with growth(m) < 2^m, so that the VC dimension is at most m - 1.

    log2 of each factor is concave in m (docs/bounds.md), so there is one change from "not below" to "below".

    >>> least_failing([Cells(1, 0, 4, 1)])
    5
    """

    def below(m: int) -> bool:
        return below_power_of_two(growth(layers, m, form), m)

    low, high = 0, 1
    while _rough(layers, high) >= high:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _rough(layers, middle) < middle else (middle, high)
    step = 1
    if below(high):
        low = high - 1
        while low > 0 and below(low):
            low, high, step = max(low - 2 * step, 0), low, 2 * step
    else:
        low, high = high, high + 1
        while not below(high):
            low, high, step = high, high + 2 * step, 2 * step
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if below(middle) else (middle, high)
    return high
