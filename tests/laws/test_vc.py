"""Laws of the bounds of the VC dimension."""

import itertools
import math
from fractions import Fraction as Q

import pytest
from flint import arb, ctx, fmpq
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ldrtheory.bounds.layers import Linear
from ldrtheory.bounds.network import Network
from ldrtheory.bounds.vc.growth import (
    Cells,
    below_power_of_two,
    binomial_sum,
    growth,
    least_failing,
    log2_above,
    patterns,
    power,
    warren_patterns,
)
from ldrtheory.bounds.vc.upper import closed_form, upper_bound
from ldrtheory.families import Dense, SubdiagonalLDR, Toeplitz

layer = st.builds(Cells, st.integers(1, 9), st.integers(0, 1), st.integers(1, 30), st.integers(1, 6))
wide = st.builds(
    Cells, st.integers(1, 10**6), st.integers(0, 1), st.integers(1, 10**7), st.integers(1, 10**4)
)


def value(a):
    return Q(a[0]) * Q(2) ** a[1]


@given(st.integers(1, 40), st.integers(0, 45))
def test_binomial_sums_are_exact_where_they_are_short(M, n):
    assert value(binomial_sum(M, n)) == sum(math.comb(M, j) for j in range(n + 1))


@given(st.integers(1025, 1100), st.integers(1, 5000))
@settings(max_examples=40)
def test_binomial_sums_are_bounded_where_they_are_long(n, more):
    M = n + more
    bound = binomial_sum(M, n)
    assert value(bound) >= sum(math.comb(M, j) for j in range(n + 1))
    assert value(bound) <= Q(193, 71) ** n * Q(M, n) ** n  # never more than (e M/n)^n, e < 193/71


@given(st.fractions(1, 50), st.integers(0, 2000))
@settings(max_examples=60)
def test_powers_are_rounded_up_and_hardly(x, n):
    """Every number is kept to 256 bits, 2^-255 too large at most: x, which enters n times, the products, and the
    squares, of which the k-th enters 2^k times, fewer than 2 n times together: below 2 n + 1 parts in 2^253.
    """
    exact, found = x**n, value(power(x, n))
    assert exact <= found <= exact * (1 + Q(2 * n + 1, 2**253))


@given(st.integers(1, 10**30), st.integers(-50, 50))
def test_logarithms_are_rounded_up_and_hardly(x, e):
    found = log2_above((x, e))
    if x & (x - 1) == 0:
        assert found == x.bit_length() - 1 + e
    with ctx.workprec(256):  # a ball around the excess: certainly below 2^-40, and nowhere certainly below 0
        excess = arb(fmpq(found.numerator, found.denominator)) - e - arb(x).log() / arb(2).log()
        assert excess < arb(2) ** -40
        assert not excess < 0


@given(st.integers(1, 60), st.integers(1, 12), st.integers(1, 8))
def test_the_new_form_is_never_above_those_of_the_literature(M, n, D):
    """2 (2D)^n sum of C(M, j) for all M, and 2 (2e M D/n)^n for M >= n."""
    best = value(patterns(M, n, D))
    assert best <= 2 * Q(2 * D) ** n * sum(math.comb(M, j) for j in range(n + 1))
    assert best <= value(warren_patterns(M, n, D))


@given(st.lists(layer, min_size=1, max_size=4))
@settings(max_examples=60)
def test_the_search_finds_the_first_m(layers):
    m = least_failing(layers)
    assert below_power_of_two(growth(layers, m), m)
    assert not any(below_power_of_two(growth(layers, k), k) for k in range(min(m, 300)))
    assert all(below_power_of_two(growth(layers, k), k) for k in range(m, m + 50))  # and there is one change


@given(st.lists(wide, min_size=1, max_size=4), st.data())
@settings(max_examples=60)
def test_the_bound_is_monotone_in_every_number(layers, data):
    k = data.draw(st.integers(0, len(layers) - 1))
    name = data.draw(st.sampled_from(["per_point", "constant", "variables", "degree"]))
    more = data.draw(st.integers(1, 1000))
    changed = dict(vars(layers[k]))
    changed[name] += more
    larger = [*layers[:k], Cells(**changed), *layers[k + 1 :]]
    assert least_failing(larger) >= least_failing(layers)


@given(st.lists(layer, min_size=1, max_size=4))
def test_the_closed_form_is_never_below_the_first_m(layers):
    closed = closed_form(layers)
    assume(closed is not None)
    assert closed >= least_failing(layers) - 1


@given(st.integers(0, 30), st.integers(0, 40), st.integers(16, 10**4))
def test_the_lemma_behind_the_closed_form(t, more, rho):
    """If 2^m <= 2^t (m rho/w)^w with m >= w >= t then m <= t + w log2(2 rho log2 rho); checked at every such m."""
    w = t + more
    if w == 0:
        return
    limit = t + w * math.log2(2 * rho * math.log2(rho))
    for m in range(w, int(limit) + 200):
        if 2**m * w**w <= 2**t * (m * rho) ** w:
            assert m <= limit


@given(st.integers(1, 40), st.integers(1, 40), st.booleans(), st.integers(0, 5), st.integers(0, 5))
@settings(max_examples=60)
def test_networks_are_monotone_in_width(n, k, bias, more_n, more_k):
    def upper(n, k, bias):
        hidden = Linear(Dense(k, n), activation="relu", bias=bias)
        return upper_bound(Network(n, (hidden, Linear(Dense(1, k), bias=bias)))).value

    assert upper(n, k, bias) <= upper(n + more_n, k, bias)
    assert upper(n, k, bias) <= upper(n, k + more_k, bias)
    assert upper(n, k, False) <= upper(n, k, True)


@pytest.mark.parametrize("rank", [1, 2, 5, 8])
def test_structured_networks_are_monotone_in_rank_and_below_the_free_one(rank):
    def upper(family):
        return upper_bound(Network(16, (Linear(family, activation="relu"), Linear(Dense(1, 16))))).value

    assert upper(SubdiagonalLDR(16, rank)) <= upper(SubdiagonalLDR(16, rank + 1)) <= upper(Dense(16, 16))
    assert upper(Toeplitz(16)) < upper(Dense(16, 16))


@given(
    st.lists(st.fractions(-5, 5, max_denominator=7), min_size=1, max_size=5),
    st.integers(1, 4),
    st.integers(0, 2**32),
)
@settings(max_examples=40)
def test_signs_of_univariate_polynomials(points, degree, seed):
    """n = 1: M polynomials of degree D in one variable have at most M D + 1 sign vectors, found by their roots."""
    import random

    source = random.Random(seed)
    roots = [[source.randint(-20, 20) for _ in range(degree)] for _ in points]
    places = sorted({Q(r) for rs in roots for r in rs})
    samples = [places[0] - 1, *places, *[(a + b) / 2 for a, b in itertools.pairwise(places)], places[-1] + 1]
    vectors = {tuple(math.prod(x - r for r in rs) > 0 for rs in roots) for x in samples}
    assert len(vectors) <= value(patterns(len(points), 1, degree))
