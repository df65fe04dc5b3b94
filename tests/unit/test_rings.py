"""Rings: elements by hand, and against sympy and Python's own fractions."""

from fractions import Fraction

import pytest
import sympy
from flint import acb, ctx, fmpq
from hypothesis import given
from hypothesis import strategies as st

from ldrtheory.errors import BadInput, NotInRing, NotInvertible, UnknownName
from ldrtheory.rings import (
    BOOL,
    DEGREES,
    FLOAT64,
    GAUSSIAN,
    GF,
    QQ,
    ROUNDINGS,
    SUPPORT,
    Balls,
    Counter,
    Counts,
    Cyclotomic,
    RationalFunctions,
    ring_named,
    ring_of,
)
from tests.enclosures import enclosed

rationals = st.fractions(max_denominator=50)


def test_floats_are_the_dyadic_rationals_they_store():
    assert QQ(0.1) == QQ("3602879701896397/36028797018963968")
    assert QQ("0.1") == QQ("1/10")
    assert QQ(0.1) != QQ("0.1")
    assert QQ(5e-324) == QQ(1) / QQ(2) ** 1074


@given(rationals, rationals)
def test_rationals_agree_with_python_fractions(a, b):
    assert QQ(a) * QQ(b) + QQ(a) == QQ(a * b + a)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), None, "1+i", [1], object()])
def test_q_refuses_what_is_no_rational(value):
    with pytest.raises(BadInput):
        QQ(value)


def test_gf_reads_fractions_and_refuses_a_zero_denominator():
    assert GF(7)("1/2") == 4
    assert GF(7)(-1) == 6
    with pytest.raises(NotInRing, match="denominator is divisible by 7"):
        GF(7)("1/14")
    with pytest.raises(NotInRing, match="prime p below"):
        GF(91)
    with pytest.raises(NotInRing):
        GF(7)(GF(5)(1))


@pytest.mark.parametrize(("p", "n"), [(7, 6), (13, 4), (97, 32), (2**31 - 1, 9)])
def test_gf_roots_of_unity_have_exactly_the_order_asked_for(p, n):
    root = GF(p).root_of_unity(n)
    orders = [k for k in range(1, n + 1) if pow(int(root), k, p) == 1]
    assert orders == [n]


def test_gf_without_the_root_says_which_field_has_it():
    with pytest.raises(NotInRing, match=r"choose a prime p = 1 mod 4, or Cyclotomic\(4\)"):
        GF(7).root_of_unity(4)


@pytest.mark.parametrize(
    "ring", [QQ, GF(5), GAUSSIAN, Cyclotomic(5), RationalFunctions("x"), FLOAT64, Balls(64)]
)
def test_zero_has_no_inverse(ring):
    with pytest.raises(NotInvertible):
        ring.inverse(ring.zero)
    assert ring.is_zero(ring.inverse(ring(2)) * 2 - 1)


@pytest.mark.parametrize("order", [1, 2, 3, 4, 5, 6, 8, 9, 12, 15, 16])
def test_cyclotomic_arithmetic_is_complex_arithmetic(order):
    field = Cyclotomic(order)
    a, b = field.zeta * 3 - QQ("2/3"), field.zeta**2 + 5
    with ctx.workprec(256):
        for exact, ball in [
            (a * b, enclosed(a) * enclosed(b)),
            (a - b, enclosed(a) - enclosed(b)),
            (field.conjugate(a), enclosed(a).conjugate()),
            (field.inverse(b), 1 / enclosed(b)),
            (field.zeta, acb(fmpq(2, order)).exp_pi_i()),
        ]:
            assert enclosed(exact).overlaps(ball)
            # c_k zeta^k in float64, k < phi(15) = 8: the angle, the cosine and the sine of zeta are off by 16 u in all,
            # u = 2^-53, its k-th power by k (16 + 3) u, c_k, the product and at most 8 sums by 16 u: below 2^-45 |c_k|
            size = sum(abs(int(c.p) / int(c.q)) for c in exact.coefficients())
            assert abs(acb(complex(exact)) - enclosed(exact)) <= size * 2.0**-45
    assert field.zeta**order == 1
    assert all(field.zeta**k != 1 for k in range(1, order))
    assert field.degree == sympy.totient(order)


def test_odd_cyclotomic_fields_hold_the_roots_of_twice_the_order():
    root = Cyclotomic(3).root_of_unity(6)
    assert [k for k in range(1, 7) if root**k == 1] == [6]


def test_gaussian_numbers_read_both_letters_and_combine():
    assert GAUSSIAN("2-1/3i") == GAUSSIAN([2, QQ("-1/3")])
    assert GAUSSIAN("1+j") * GAUSSIAN("1-i") == 2
    assert GAUSSIAN(1.5 - 2j) == GAUSSIAN("3/2-2i")
    assert Cyclotomic(8)(GAUSSIAN("i")) == Cyclotomic(8).zeta ** 2


def test_fields_do_not_mix_silently():
    with pytest.raises(NotInRing, match="embed both into one field"):
        Cyclotomic(3).zeta + Cyclotomic(5).zeta
    with pytest.raises(NotInRing, match=r"no square root of -1; use Cyclotomic\(12\)"):
        Cyclotomic(3)("i")
    with pytest.raises(NotInRing, match="different fields"):
        ring_of([GF(7)(1)], [GAUSSIAN("i")])


def test_rational_functions_decide_identities():
    field = RationalFunctions("x", "y")
    x, y = field.variables
    assert (x**2 - y**2) / (x - y) == x + y
    assert field("1/2") * 2 == field.one
    assert x != y


def test_balls_enclose_and_never_call_a_nonzero_radius_zero():
    field = Balls(64)
    third = field("1/3")
    assert field.contains_zero(third * 3 - 1)
    assert not field.is_zero(third * 3 - 1)
    assert field.contains_zero(field.root_of_unity(3) ** 3 - 1)
    with pytest.raises(NotInvertible):
        field.inverse(third * 3 - 1)


def test_the_boolean_semiring_adds_but_never_subtracts():
    assert BOOL(1) + BOOL(1) == 1
    assert BOOL(1) * BOOL(0) == 0
    with pytest.raises(NotInRing, match="no subtraction"):
        BOOL(1) - BOOL(1)
    with pytest.raises(NotInRing):
        BOOL(2)


def test_degrees_of_a_rational_function():
    x = DEGREES.parameter
    value = (x * x * 3 + x) / (x + 1) + 7  # (3x^2 + x + 7(x + 1)) / (x + 1)
    assert (value.numerator, value.denominator) == (2, 1)
    assert (x * 0).numerator is None


def test_degrees_share_a_denominator_only_where_the_inversion_is_shared():
    x = DEGREES.parameter  # stands for every parameter: two inversions of it divide by different ones
    one, two = DEGREES.inverse(x), DEGREES.inverse(x)
    for value, expected in [
        (one + one * x, (1, 1)),  # (1 + y) / x
        (one + two, (1, 2)),  # 1/x + 1/y = (x + y) / (x y)
        (one * one + one, (1, 2)),  # (1 + x) / x^2
        (one * two + one, (1, 2)),  # (1 + y) / (x y)
        (one * one + two * two, (2, 4)),
        (DEGREES.inverse(one + two), (2, 1)),  # x y / (x + y)
        (DEGREES.inverse(DEGREES.one) + x, (1, 0)),
    ]:
        assert (value.numerator, value.denominator) == expected


def test_counts_ignore_zero_and_one():
    counter = Counter()
    x = Counts(counter).parameter
    _ = x * 1 + 0
    _ = x * x + x * 2 - x
    assert (counter.multiplications, counter.scalings, counter.additions) == (1, 1, 2)


def test_support_never_assumes_cancellation():
    x = SUPPORT.parameter
    assert (x - x).nonzero
    assert not (x * 0).nonzero


def test_roundings_of_an_inner_product():
    # x1*y1 + x2*y2 + x3*y3 from left to right: one rounding per product, one per sum, at most 1 + 2 on one term
    x = ROUNDINGS.parameter
    assert (x * x + x * x + x * x).depth == 3
    assert (x * 1 + 0).depth == 0


@pytest.mark.parametrize("element", [DEGREES.parameter, SUPPORT.parameter, ROUNDINGS.parameter])
def test_analysis_elements_refuse_to_be_compared(element):
    with pytest.raises(NotInRing, match="branch on shapes"):
        bool(element)
    with pytest.raises(NotInRing, match="branch on shapes"):
        _ = element == 0


def test_rings_by_name():
    assert ring_named("Q(zeta_8)") is Cyclotomic(8)
    assert ring_named("Q(i)") is GAUSSIAN
    assert ring_named("GF(7)") is GF(7)
    with pytest.raises(UnknownName, match="Known: GF"):
        ring_named("R")


def test_the_ring_of_mixed_entries():
    assert ring_of([[1, 0.5, Fraction(1, 3)]]) is QQ
    assert ring_of([1j]) is GAUSSIAN
    assert ring_of([Cyclotomic(3).zeta], [1j]) is Cyclotomic(12)
    assert ring_of([GF(7)(3)], [1]) is GF(7)
    with pytest.raises(NotInRing):
        ring_of([object()])
