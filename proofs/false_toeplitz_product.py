"""Products of Toeplitz matrices."""

from ldrtheory.certify.equality import product_equals, rank_at_least, rank_at_most
from ldrtheory.operators import Sylvester, shift
from ldrtheory.rings import QQ

statement = """The product of two Toeplitz matrices does not have displacement rank at most 2 for (Z_1,
Z_-1): it fails at n = 3, where it has 3. The right bound is 4."""
hypotheses = """Over Q, entries 0 and 1. For n <= 2 every matrix has displacement rank at most 2."""
source = """A common misreading; the counterexample was found here."""
depends = ("toeplitz_products",)


def claims(max_n, seed):
    pair = Sylvester(shift(f=1), shift(f=-1))
    S, T = [[0, 0, 0], [1, 0, 0], [0, 1, 0]], [[1, 1, 0], [1, 1, 1], [0, 1, 1]]
    M = [[0, 0, 0], [1, 1, 0], [1, 1, 1]]
    for X in (S, T):
        yield rank_at_most(X, 2, pair, QQ)
    yield product_equals([S, T], M, QQ)
    yield rank_at_least(M, 3, pair, QQ)
