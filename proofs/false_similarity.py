"""Similar matrices."""

from ldrtheory.certify.equality import product_equals, rank_at_most, rank_exactly
from ldrtheory.linalg import identity
from ldrtheory.operators import Sylvester, shift
from ldrtheory.rings import QQ

statement = """The rule "S M S^-1 has the displacement rank of M" is false in one fixed pair (Z_1, Z_-1): it
fails at n = 2, where rank 2 becomes 1. The operators must be conjugated too."""
hypotheses = """Over Q. For n = 1 a conjugate is the matrix itself."""
source = """A common misreading; the counterexample was found here."""
depends = ("closure_similarity",)


def claims(max_n, seed):
    pair = Sylvester(shift(f=1), shift(f=-1))
    M, S, T, N = [[0, 0], [0, 1]], [[1, 1], [0, 1]], [[1, -1], [0, 1]], [[0, 1], [0, 1]]
    yield product_equals([S, T], identity(QQ, 2), QQ)
    yield product_equals([S, M, T], N, QQ)
    yield rank_exactly(M, 2, pair, QQ)
    yield rank_at_most(N, 1, pair, QQ)
