"""How many samples suffice, and how many are needed: every constant explicit, every logarithm with its base.

Hypotheses of all of them: independent samples from one distribution on (x, y), a class of VC dimension at most d.

SampleSizes         the answers for one class, epsilon and delta
sample_sizes        the least sizes that the theorems give
realizable_growth, realizable_behw, realizable_ssbd, agnostic_growth, agnostic_ssbd     one theorem each
accuracy            given m samples, the least epsilon
realizable_needed, agnostic_needed      what no learner can do without
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from flint import arb, ctx, fmpq

from ldrtheory.errors import BadInput
from ldrtheory.exactstrings import decimal_string, parse_rational, rounded_string, shortened

BITS: Final = 300  # of the balls in which logarithms are taken
Growth = Callable[[int], Fraction]  # m -> a rational at least log2 of the number of labellings of m points

SOURCES: Final = {
    "realizable_growth": "2 G(2m) 2^(-eps m/2) <= delta and m >= (8/eps) ln 2 (Blumer et al. 1989)",
    "realizable_behw": "max((4/eps) log2(2/delta), (8d/eps) log2(13/eps)) (Blumer et al. 1989)",
    "realizable_ssbd": "(8/eps) (2d ln(16e/eps) + ln(2/delta)), delta < 1/4 "
    "(Shalev-Shwartz-Ben-David 2014, theorem 28.3)",
    "agnostic_growth": "4 G(2m) exp(-eps^2 m/8) <= delta "
    "(Vapnik-Chervonenkis 1971; Anthony-Bartlett 1999, theorem 4.3)",
    "agnostic_ssbd": "4 (32d/eps^2) ln(64d/eps^2) + (8/eps^2) (8d ln(e/d) + 2 ln(4/delta)) "
    "(Shalev-Shwartz-Ben-David 2014, chapter 28)",
}


def probability(name: str, value: Any) -> Fraction:
    """Return the exact number in (0, 1) that a value denotes; a float is read as its shortest decimal.

    Raises BadInput naming the option and the value.

    >>> probability("epsilon", "0.1"), probability("delta", Fraction(1, 20))
    (Fraction(1, 10), Fraction(1, 20))
    """
    if isinstance(value, Fraction):
        x = value
    else:
        number = parse_rational(value if isinstance(value, str) else repr(value))
        x = Fraction(int(number.p), int(number.q))
    if not 0 < x < 1:
        shown = value if isinstance(value, str) else decimal_string(x)
        raise BadInput(f"{name} is {shortened(shown)[1:-1]}; wanted a number between 0 and 1, both excluded.")
    return x


def _ball(x: Fraction | int) -> arb:
    x = Fraction(x)
    return arb(fmpq(x.numerator, x.denominator))


def _ceiling(formula: Callable[[], arb]) -> int:
    """The least integer that is certainly at least the number which the formula encloses."""
    saved, ctx.prec = ctx.prec, BITS
    try:
        return max(int(formula().upper().ceil().unique_fmpz()), 1)
    finally:
        ctx.prec = saved


def _least(enough: Callable[[int], bool]) -> int:
    """The least m with enough(m), for a condition that stays true once it is."""
    high = 1
    while not enough(high):
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def _log2_above(x: Fraction) -> Fraction:
    from ldrtheory.bounds.vc.growth import log2_above
    from ldrtheory.bounds.vc.upper import rational

    return log2_above(rational(x))


LN2_ABOVE: Final = Fraction(6931471805599453095, 10**19)  # > ln 2


def realizable_growth(log2_growth: Growth, epsilon: Fraction, delta: Fraction) -> int:
    """Return the least m with 2 G(2m) 2^(-eps m/2) <= delta and m >= (8/eps) ln 2.

    Then, with probability >= 1 - delta, every classifier of the class without error on the sample has error <= eps.
    """
    spare = _log2_above(1 / delta)

    def enough(m: int) -> bool:
        return m * epsilon >= 8 * LN2_ABOVE and 1 + log2_growth(2 * m) + spare <= epsilon * m / 2

    return _least(enough)


def realizable_behw(d: int, epsilon: Fraction, delta: Fraction) -> int:
    """Return the least integer that is at least max((4/eps) log2(2/delta), (8d/eps) log2(13/eps)).

    >>> realizable_behw(1, Fraction(1, 2), Fraction(1, 2))
    76
    """

    def size() -> arb:
        first = _ball(4 / epsilon) * _ball(2 / delta).log_base(2)
        return first.max(_ball(8 * d / epsilon) * _ball(13 / epsilon).log_base(2))

    return _ceiling(size)


def realizable_ssbd(d: int, epsilon: Fraction, delta: Fraction) -> int | None:
    """Return the least integer that is at least (8/eps) (2d ln(16e/eps) + ln(2/delta)); None for delta >= 1/4."""
    if delta >= Fraction(1, 4):
        return None
    return _ceiling(
        lambda: _ball(8 / epsilon) * (2 * d * ((_ball(16 / epsilon)).log() + 1) + _ball(2 / delta).log())
    )


def agnostic_growth(log2_growth: Growth, epsilon: Fraction, delta: Fraction) -> int:
    """Return the least m with 4 G(2m) exp(-eps^2 m/8) <= delta.

    Then, with probability >= 1 - delta, error and training error differ by less than eps for all classifiers.
    """
    spare = _log2_above(1 / delta)

    def enough(m: int) -> bool:
        return (2 + log2_growth(2 * m) + spare) * LN2_ABOVE <= epsilon * epsilon * m / 8

    return _least(enough)


def agnostic_ssbd(d: int, epsilon: Fraction, delta: Fraction) -> int:
    """Return the least integer from 4 (32d/eps^2) ln(64d/eps^2) + (8/eps^2) (8d ln(e/d) + 2 ln(4/delta)) on, d >= 1."""
    square = epsilon * epsilon
    return _ceiling(
        lambda: (
            _ball(128 * d / square) * _ball(64 * d / square).log()
            + _ball(8 / square) * (8 * d * (1 - _ball(d).log()) + 2 * _ball(4 / delta).log())
        )
    )


def realizable_needed(d: int, epsilon: Fraction, delta: Fraction) -> int | None:
    """Return the least integer at least (d-1)/(32 eps), for d > 1, eps <= 1/8, delta <= 1/100; None otherwise.

    With fewer samples every learner fails on some distribution (Ehrenfeucht-Haussler-Kearns-Valiant 1989).
    """
    if d < 2 or epsilon > Fraction(1, 8) or delta > Fraction(1, 100):
        return None
    return -((1 - d) // (32 * epsilon)) if (d - 1) % (32 * epsilon) else int((d - 1) / (32 * epsilon))


def agnostic_needed(d: int, epsilon: Fraction, delta: Fraction) -> int | None:
    """Return what is needed for excess error eps: ln(1/(4 delta))/(2 eps^2) for eps < 1/sqrt(2), and d/(512 eps^2)
    for eps < 1/(8 sqrt(2)) and delta <= 1/8; None where neither holds.

    Source: Shalev-Shwartz-Ben-David 2014, chapter 28, with the constant that its argument shows.
    """
    found = []
    if d >= 1 and 2 * epsilon * epsilon < 1 and delta < Fraction(1, 4):
        found.append(_floor_up(lambda: _ball(1 / (4 * delta)).log() / _ball(2 * epsilon * epsilon)))
    if 128 * epsilon * epsilon < 1 and delta <= Fraction(1, 8):
        found.append(-(-Fraction(d) // (512 * epsilon * epsilon)))
    return max(found, default=None)


def _floor_up(formula: Callable[[], arb]) -> int:
    """The least integer at least a number of which the formula gives an enclosure, from below."""
    saved, ctx.prec = ctx.prec, BITS
    try:
        return max(int(formula().lower().ceil().unique_fmpz()), 1)
    finally:
        ctx.prec = saved


@dataclass(frozen=True)
class SampleSizes:
    """What the theorems give for one class.

    realizable      samples that suffice for a consistent learner
    agnostic        samples after which error and training error differ by less than epsilon
    forms           theorem -> its number, None where its hypotheses fail
    needed          (realizable, agnostic): what no learner can do without, None where no theorem applies
    """

    epsilon: Fraction
    delta: Fraction
    realizable: int
    agnostic: int
    forms: dict[str, int | None]
    needed: tuple[int | None, int | None]

    def data(self) -> dict[str, Any]:
        """Return the keys of the command line's JSON."""
        return {
            "epsilon": decimal_string(self.epsilon),
            "delta": decimal_string(self.delta),
            "realizable": self.realizable,
            "agnostic": self.agnostic,
            "forms": dict(self.forms),
            "needed": {"realizable": self.needed[0], "agnostic": self.needed[1]},
            "level": "cited",
        }


def sample_sizes(
    log2_growth: Growth, upper: int, lower: int, epsilon: Fraction, delta: Fraction
) -> SampleSizes:
    """Return the least sample sizes for a class with a growth bound and lower <= VC dimension <= upper."""
    d = max(upper, 1)
    forms = {
        "realizable_growth": realizable_growth(log2_growth, epsilon, delta),
        "realizable_behw": realizable_behw(d, epsilon, delta),
        "realizable_ssbd": realizable_ssbd(d, epsilon, delta),
        "agnostic_growth": agnostic_growth(log2_growth, epsilon, delta),
        "agnostic_ssbd": agnostic_ssbd(d, epsilon, delta),
    }
    least = [
        min(n for name, n in forms.items() if name.startswith(kind) and n is not None)
        for kind in ("realizable", "agnostic")
    ]
    needed = realizable_needed(lower, epsilon, delta), agnostic_needed(lower, epsilon, delta)
    return SampleSizes(epsilon, delta, least[0], least[1], forms, needed)


@dataclass(frozen=True)
class Accuracy:
    """The least epsilon that m samples are enough for; None where the theorems say nothing below 1."""

    samples: int
    realizable: Fraction | None
    agnostic: Fraction | None

    def data(self) -> dict[str, Any]:
        """Return the keys of the command line's JSON; numbers rounded up."""
        shown = [
            None if x is None else rounded_string(x, up=True, digits=6)
            for x in (self.realizable, self.agnostic)
        ]
        return {"samples": self.samples, "realizable": shown[0], "agnostic": shown[1]}


def accuracy(log2_growth: Growth, m: int, delta: Fraction) -> Accuracy:
    """Return the least epsilon for which the growth forms ask for at most m samples, rounded up.

    realizable: 2 (1 + log2 G(2m) + log2(1/delta))/m; agnostic: sqrt(8 (ln 4 + ln G(2m) + ln(1/delta))/m).

    >>> accuracy(lambda m: Fraction(10), 10**4, Fraction(1, 2)).data()["realizable"]
    '0.0024'
    """
    if m < 1:
        raise BadInput(f"samples is {m}; wanted a whole number of at least 1.")
    bits = log2_growth(2 * m) + _log2_above(1 / delta)
    realizable = max(2 * (1 + bits) / m, 8 * LN2_ABOVE / m)
    square = 8 * (2 + bits) * LN2_ABOVE / m
    agnostic = Fraction(_root_above(square.numerator << 80, square.denominator), 1 << 40)
    return Accuracy(m, *(x if x < 1 else None for x in (realizable, agnostic)))


def _root_above(numerator: int, denominator: int) -> int:
    """The least integer r with r^2 >= numerator/denominator, or one more."""
    from math import isqrt

    return isqrt(numerator // denominator) + 1
