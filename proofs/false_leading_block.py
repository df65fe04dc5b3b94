"""Leading blocks."""

from ldrtheory.certify.equality import rank_at_least, rank_exactly
from ldrtheory.operators import Sylvester, shift
from ldrtheory.rings import QQ

statement = """A leading block can have a larger displacement rank for (Z_1, Z_-1) than the matrix: "at most
r" fails at n = 3, where a permutation of rank 1 has a leading 2 x 2 block of rank 2. The right bound is r +
2."""
hypotheses = """Over Q, entries 0 and 1. For n = 2 the block is a number, of rank at most 1."""
source = """A common misreading; the counterexample was found here."""
depends = ("closure_submatrix",)


def claims(max_n, seed):
    pair = Sylvester(shift(f=1), shift(f=-1))
    yield rank_exactly([[0, 0, 1], [1, 0, 0], [0, 1, 0]], 1, pair, QQ)
    yield rank_at_least([[0, 0], [1, 0]], 2, pair, QQ)
