"""Squares of matrices of displacement rank 1."""

from ldrtheory.certify.equality import product_equals, rank_at_least, rank_exactly
from ldrtheory.linalg import array
from ldrtheory.operators import Sylvester, shift
from ldrtheory.rings import QQ

statement = """The square of a matrix of displacement rank 1 for (Z_1, Z_-1) does not have at most 2: it
fails at n = 3, where it has 3. The right bound is r + r + 1 = 3."""
hypotheses = """Over Q, entries -1, 0 and 1. For n <= 2 every matrix has displacement rank at most 2."""
source = """A common misreading; the counterexample was found here."""
depends = ("closure_one_pair",)


def claims(max_n, seed):
    pair = Sylvester(shift(f=1), shift(f=-1))
    M = array(QQ, [[0, -1, 0], [0, 0, 1], [-1, 0, 0]])
    yield rank_exactly(M, 1, pair, QQ)
    yield product_equals([M, M], M @ M, QQ)
    yield rank_at_least(M @ M, 3, pair, QQ)
