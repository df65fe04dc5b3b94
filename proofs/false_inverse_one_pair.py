"""Inverses in one pair."""

from ldrtheory.certify.equality import product_equals, rank_at_least, rank_exactly
from ldrtheory.elimination import inverse
from ldrtheory.linalg import array, identity
from ldrtheory.operators import Sylvester, shift
from ldrtheory.rings import QQ

statement = """The rule "M^-1 has the displacement rank of M" is false in the one pair (Z_1, Z_-1): it
fails at n = 2 (rank 1, inverse 2), and at n = 3 the inverse has r + 2 = 3."""
hypotheses = """Over Q."""
source = """A common misreading; the counterexample was found here."""
depends = ("closure_inverse", "closure_one_pair")


def claims(max_n, seed):
    pair = Sylvester(shift(f=1), shift(f=-1))
    for rows, rank in (([[3, -1], [-3, -1]], 2), ([[1, 0, -1], [1, 1, 0], [1, 0, 0]], 3)):
        M = array(QQ, rows)
        N = inverse(M, QQ)
        yield rank_exactly(M, 1, pair, QQ)
        yield product_equals([M, N], identity(QQ, len(M)), QQ)
        yield rank_at_least(N, rank, pair, QQ)
