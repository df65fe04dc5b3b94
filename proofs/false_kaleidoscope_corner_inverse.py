"""Inverting a corner factor by factor."""

from ldrtheory.certify.equality import differ, product_equals
from ldrtheory.certify.kaleidoscopes import corner_is
from ldrtheory.kaleidoscopes import ButterflyFactor, KaleidoscopeProduct, identity_factor
from ldrtheory.rings import QQ

statement = """The inverse factors of a corner do not give the inverse of the corner when e > 1: it fails at
n = 1 and e = 2, where the corner of [[1, 1], [1, 2]] is 1 and the corner of its inverse is 2."""
hypotheses = """Over Q. With e = 1 the inverse factors give the inverse."""
source = """A tempting reading of closure under inverses; the counterexample was found here."""
depends = ("kaleidoscope_inverse",)


def claims(max_n, seed):
    chain = [identity_factor(0, 2, QQ), ButterflyFactor(0, [QQ(1), QQ(2)], [QQ(1), QQ(1)])]
    inverse = [factor.inverse(QQ) for factor in reversed(chain)]
    yield corner_is(KaleidoscopeProduct(1, 1, 2, 1, QQ, "BB*", tuple(chain)), [[1]])
    yield corner_is(KaleidoscopeProduct(1, 1, 2, 1, QQ, "BB*", tuple(inverse)), [[2]])
    yield product_equals([[[1]], [[1]]], [[1]], QQ)
    yield differ([[1]], [[2]], QQ)
