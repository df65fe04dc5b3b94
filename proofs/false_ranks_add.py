"""Sums of matrices of small displacement rank."""

from ldrtheory.certify.equality import rank_exactly
from ldrtheory.operators import Sylvester, shift
from ldrtheory.rings import QQ

statement = """Displacement ranks do not add in sums, they only bound: equality fails at n = 1, where M and
-M of rank 1 add up to 0. The matrices of rank at most 1 for (Z_1, Z_-1) are no linear space: that fails at
n = 2, where Z_1 and Z_-1 have rank 1 and their sum has 2."""
hypotheses = """Over Q. For n = 1 every matrix has rank at most 1."""
source = """A common misreading; the counterexamples were found here."""
depends = ("closure_sum",)


def claims(max_n, seed):
    pair = Sylvester(shift(f=1), shift(f=-1))
    for M, r in (([[1]], 1), ([[-1]], 1), ([[0]], 0)):
        yield rank_exactly(M, r, pair, QQ)
    for M, r in (([[0, 1], [1, 0]], 1), ([[0, -1], [1, 0]], 1), ([[0, 0], [2, 0]], 2)):
        yield rank_exactly(M, r, pair, QQ)
