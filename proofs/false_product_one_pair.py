"""Products in one pair."""

from ldrtheory.certify.equality import product_equals, rank_at_least, rank_exactly
from ldrtheory.linalg import array
from ldrtheory.operators import Sylvester, shift
from ldrtheory.rings import QQ

statement = """The rule "ranks r and s give at most r + s for the product" is false in the one pair
(Z_1, Z_-1): it fails at n = 3, where ranks 1 and 1 give 3 = r + s + 1."""
hypotheses = """Over Q. For n <= 2 a product of two nonzero matrices has rank at most n <= r + s."""
source = """A common misreading; the counterexample was found here."""
depends = ("closure_product", "closure_one_pair")


def claims(max_n, seed):
    pair = Sylvester(shift(f=1), shift(f=-1))
    M = array(QQ, [[-1, 0, -1], [1, -1, 0], [0, 1, -1]])
    N = array(QQ, [[1, -1, 2], [0, -1, -1], [-1, 2, -1]])
    yield rank_exactly(M, 1, pair, QQ)
    yield rank_exactly(N, 1, pair, QQ)
    yield product_equals([M, N], M @ N, QQ)
    yield rank_at_least(M @ N, 3, pair, QQ)
