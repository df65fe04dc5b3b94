"""Sample sizes: against the formulas evaluated by mpmath, and the search for the least m against a scan."""

from fractions import Fraction as Q

import mpmath
import pytest

from ldrtheory.bounds.samples import (
    accuracy,
    agnostic_growth,
    agnostic_needed,
    agnostic_ssbd,
    probability,
    realizable_behw,
    realizable_growth,
    realizable_needed,
    realizable_ssbd,
    sample_sizes,
)
from ldrtheory.bounds.vc.upper import sauer_log2
from ldrtheory.errors import BadInput

CASES = [
    (d, e, t)
    for d in (1, 2, 3, 50, 10**6)
    for e in (Q(1, 10), Q(1, 2), Q(1, 1000))
    for t in (Q(1, 20), Q(1, 1000))
]


@pytest.fixture(autouse=True)
def sixty_digits():
    """Every test evaluates the formulas with 60 digits, and leaves mpmath as it was."""
    with mpmath.workdps(60):
        yield


def ceiling(x):
    return max(int(mpmath.ceil(x)), 1)


def mp(x):
    return mpmath.mpf(x.numerator) / x.denominator


@pytest.mark.parametrize(("d", "e", "t"), CASES)
def test_the_closed_forms(d, e, t):
    eps, delta, ln = mp(e), mp(t), mpmath.log
    assert realizable_ssbd(d, e, t) == ceiling(8 / eps * (2 * d * ln(16 * mpmath.e / eps) + ln(2 / delta)))
    log2 = lambda x: ln(x, 2)  # noqa: E731
    assert realizable_behw(d, e, t) == ceiling(max(4 / eps * log2(2 / delta), 8 * d / eps * log2(13 / eps)))
    expected = 4 * (32 * d / eps**2) * ln(64 * d / eps**2)
    expected += 8 / eps**2 * (8 * d * ln(mpmath.e / d) + 2 * ln(4 / delta))
    assert agnostic_ssbd(d, e, t) == ceiling(expected)


@pytest.mark.parametrize(("d", "e", "t"), CASES)
def test_the_closed_agnostic_form_is_enough_for_the_deviation_bound(d, e, t):
    """sqrt(8 d ln(em/d)/m) + sqrt(2 ln(4/delta)/m) <= eps at that m, and m >= d: the step from one to the other."""
    m, delta = agnostic_ssbd(d, e, t), mp(t)
    deviation = mpmath.sqrt(8 * d * mpmath.log(mpmath.e * m / d) / m) + mpmath.sqrt(
        2 * mpmath.log(4 / delta) / m
    )
    assert m >= d
    assert deviation <= mp(e)


@pytest.mark.parametrize("d", [1, 2, 5])
def test_the_growth_forms_find_the_least_m(d):
    """A scan over all m with binomial sums by mpmath; equality of real numbers does not occur at these sizes."""
    e, t = Q(1, 4), Q(1, 20)
    log2 = lambda m: mpmath.log(sum(mpmath.binomial(m, j) for j in range(d + 1)), 2)  # noqa: E731
    growth = lambda m: sauer_log2(d, m)  # noqa: E731
    scan = next(
        m for m in range(1, 10**5)
        if m >= 8 * mpmath.log(2) * 4 and mpmath.power(2, 1 + log2(2 * m) - mpmath.mpf(m) / 8) <= mp(t)
    )  # fmt: skip
    assert realizable_growth(growth, e, t) == scan
    m = agnostic_growth(growth, e, t)
    holds = [4 * mpmath.power(2, log2(2 * k)) * mpmath.exp(-mpmath.mpf(k) / 128) <= mp(t) for k in (m - 1, m)]
    assert holds == [False, True]


def test_needed_is_at_most_enough():
    for d in (1, 2, 10, 1000):
        for e, t in ((Q(1, 20), Q(1, 100)), (Q(1, 100), Q(1, 1000))):
            answer = sample_sizes(lambda m, d=d: sauer_log2(d, m), d, d, e, t)
            realizable, agnostic = answer.needed
            assert realizable is None or realizable <= answer.realizable
            assert agnostic is not None
            assert agnostic <= answer.agnostic
            assert answer.realizable == min(n for k, n in answer.forms.items() if k.startswith("realizable"))


def test_needed_by_hand():
    assert realizable_needed(65, Q(1, 8), Q(1, 100)) == 16  # 64 / 4
    assert realizable_needed(66, Q(1, 8), Q(1, 100)) == 17
    assert realizable_needed(66, Q(1, 7), Q(1, 100)) is None
    assert realizable_needed(66, Q(1, 8), Q(1, 99)) is None
    assert realizable_needed(1, Q(1, 8), Q(1, 100)) is None
    assert agnostic_needed(512, Q(1, 100), Q(1, 8)) == 10**4
    assert agnostic_needed(512, Q(1, 2), Q(1, 8)) == 2  # ln 2 / (1/2) = 1.38...
    assert agnostic_needed(512, Q(4, 5), Q(1, 8)) is None
    assert realizable_ssbd(3, Q(1, 2), Q(1, 4)) is None


@pytest.mark.parametrize("d", [1, 10, 1000])
def test_accuracy_is_the_inverse_question(d):
    """Both ways take the same logarithms; the root is up to 2^-39 too large, of values above 2^-10: 2^-28 is more."""
    growth = lambda m: sauer_log2(d, m)  # noqa: E731
    t = Q(1, 20)
    found = accuracy(growth, 10**6, t)
    assert realizable_growth(growth, found.realizable, t) <= 10**6
    assert agnostic_growth(growth, found.agnostic, t) <= 10**6
    assert found.agnostic > Q(1, 2**10)
    assert realizable_growth(growth, found.realizable * (1 - Q(1, 2**28)), t) > 10**6
    assert agnostic_growth(growth, found.agnostic * (1 - Q(1, 2**28)), t) > 10**6


def test_few_samples_say_nothing():
    found = accuracy(lambda m: sauer_log2(100, m), 50, Q(1, 20))
    assert (found.realizable, found.agnostic) == (None, None)
    assert found.data() == {"samples": 50, "realizable": None, "agnostic": None}
    with pytest.raises(BadInput, match="at least 1"):
        accuracy(lambda m: sauer_log2(100, m), 0, Q(1, 20))


@pytest.mark.parametrize("value", ["0", "1", "-0.1", "1.5", 0, 1, 2.0, "nan", "x", "1e-2000000"])
def test_what_is_no_probability_is_refused(value):
    with pytest.raises(BadInput):
        probability("epsilon", value)


def test_a_probability_is_read_exactly():
    assert probability("epsilon", "0.1") == probability("epsilon", 0.1) == Q(1, 10)
    assert probability("epsilon", "1/3") == Q(1, 3)
