"""Limits of kaleidoscope matrices."""

from ldrtheory.certify.equality import differ
from ldrtheory.rings import QQ
from ldrtheory.synthesis.interleaved import with_invariant
from ldrtheory.synthesis.membership import bb_star_membership_4

statement = """BB* is not closed under limits, so that a best approximation need not exist: it fails at n =
4, where matrices M_1, M_2, ... of BB* differ from a matrix outside BB* in one entry only, M_k by 1/k."""
hypotheses = """Over Q; over R and C the limit is outside as well, for its X is a Jordan block. M_k has the
blocks K_00 = K_01 = K_10 = I and K_11 = [[1, 1], [0, 1 + 1/k]], K_ij[a, b] = M[i + 2 a, j + 2 b]. For n = 2
every matrix is in BB*, a closed set."""
source = """Minimising over BB* assumes the contrary; the sequence was found here."""
depends = ("kaleidoscope_four_criterion",)
largest = 12


def claims(max_n, seed):
    limit = with_invariant([[1, 1], [0, 1]], QQ)
    yield bb_star_membership_4(limit, QQ).statement
    for k in [*range(1, max_n + 1), 10**6, 10**12]:
        M = with_invariant([[1, 1], [0, 1 + 1 / QQ(k)]], QQ)
        yield bb_star_membership_4(M, QQ).statement
        yield differ(M, limit, QQ)
