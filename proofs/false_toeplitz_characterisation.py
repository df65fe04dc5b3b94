"""Small displacement rank and being Toeplitz."""

from ldrtheory.certify.equality import differ, product_equals, rank_exactly
from ldrtheory.linalg import identity
from ldrtheory.operators import Sylvester, shift
from ldrtheory.rings import QQ

statement = """Displacement rank at most 2 for (Z_1, Z_-1) does not make a matrix Toeplitz: it fails at n =
2 for diag(0, 1). The inverse of a Toeplitz matrix is not Toeplitz: that fails at n = 3."""
hypotheses = """Over Q. A number is a Toeplitz matrix; an inverse of size 2 is a Toeplitz matrix."""
source = """A common misreading; the counterexamples were found here."""
depends = ("toeplitz_inverse_rank",)


def claims(max_n, seed):
    pair = Sylvester(shift(f=1), shift(f=-1))
    yield rank_exactly([[0, 0], [0, 1]], 2, pair, QQ)
    yield differ([[0]], [[1]], QQ)  # the two entries of its diagonal
    T = [[0, 1, 0], [1, 0, 1], [1, 1, 0]]
    N = [[-1, 0, 1], [1, 0, 0], [1, 1, -1]]
    yield product_equals([T, N], identity(QQ, 3), QQ)
    yield differ([[N[0][0]]], [[N[1][1]]], QQ)
