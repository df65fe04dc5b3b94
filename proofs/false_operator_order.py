"""Which of the two operators stands on the left."""

from ldrtheory.certify.equality import rank_exactly
from ldrtheory.operators import Sylvester, dense, shift
from ldrtheory.rings import QQ

statement = """The displacement rank changes when A and B are exchanged: equality fails at n = 2 for (Z_1,
Z_-1) and (Z_-1, Z_1), with ranks 2 and 1, and with ranks 0 and 2 for another pair."""
hypotheses = """Over Q. For n = 1 the residuals are (a - b) m and (b - a) m."""
source = """A common misreading; the counterexample was found here."""
depends = ("closure_transpose",)


def claims(max_n, seed):
    one, other = shift(f=1), shift(f=-1)
    M = [[0, 0], [1, 1]]
    yield rank_exactly(M, 2, Sylvester(one, other), QQ)
    yield rank_exactly(M, 1, Sylvester(other, one), QQ)
    E, X = dense([[1, 1], [0, 0]]), [[1, 0], [1, 1]]
    F = dense([[2, 1], [-2, -1]])  # F = X^-1 E X
    yield rank_exactly(X, 0, Sylvester(E, F), QQ)
    yield rank_exactly(X, 2, Sylvester(F, E), QQ)
