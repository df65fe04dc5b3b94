# mypy: disable-error-code="no-untyped-def,assignment,no-untyped-call"
"""Sums and products of two doubles without error, and double-double numbers made of them.

compiled        the decorator of every kernel of this package
fma             a b + c with one rounding
two_sum         a + b = s + e exactly, s = fl(a + b)
quick_two_sum   the same where |a| >= |b| or a = 0
two_product     a b = p + e exactly where nothing underflows, p = fl(a b)
wide_sum        double-double plus double-double, relative error at most 3 u^2 / (1 - 4u) (u = 2^-53)
wide_product    double-double times double-double, relative error at most 5 u^2
wide_quotient   double-double over double-double, relative error at most 9.8 u^2

A double-double number is a pair hi + lo with |lo| at most half a unit in the last place of hi.  Bounds: Joldes, Muller
and Popescu, Tight and rigorous error bounds for basic building blocks of double-word arithmetic, 2017
(AccurateDWPlusDW, DWTimesDW2, DWDivDW3).
"""

from __future__ import annotations

from pathlib import Path

from numba import types
from numba.extending import intrinsic

from ldrtheory.compile_cache import compiler

compiled = compiler(Path(__file__).resolve().parent)


@intrinsic
def fma(typing_context, a, b, c):
    """Return a b + c, rounded once."""

    def generated(context, builder, signature, arguments):
        cast = [context.cast(builder, x, t, types.float64) for x, t in zip(arguments, signature.args)]
        return builder.fma(*cast)

    return types.float64(a, b, c), generated


@compiled
def two_sum(a, b):
    s = a + b
    t = s - a
    return s, (a - (s - t)) + (b - t)


@compiled
def quick_two_sum(a, b):
    s = a + b
    return s, b - (s - a)


@compiled
def two_product(a, b):
    p = a * b
    return p, fma(a, b, -p)


@compiled
def wide_sum(ah, al, bh, bl):
    sh, sl = two_sum(ah, bh)
    th, tl = two_sum(al, bl)
    vh, vl = quick_two_sum(sh, sl + th)
    return quick_two_sum(vh, tl + vl)


@compiled
def wide_product(ah, al, bh, bl):
    ch, cl = two_product(ah, bh)
    return quick_two_sum(ch, cl + fma(ah, bl, al * bh))


@compiled
def wide_quotient(ah, al, bh, bl):
    th = 1.0 / bh
    rh = fma(-bh, th, 1.0)
    rl = -(bl * th)
    eh, el = quick_two_sum(rh, rl)
    dh, dl = wide_product(eh, el, th, 0.0)
    mh, ml = wide_sum(dh, dl, th, 0.0)
    return wide_product(ah, al, mh, ml)
