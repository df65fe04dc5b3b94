"""Triangular factors of Toeplitz matrices."""

from ldrtheory.certify.equality import product_equals, rank_exactly
from ldrtheory.linalg import identity, matrix
from ldrtheory.operators import Sylvester, shift
from ldrtheory.rings import QQ

statement = """The triangular factors of a Toeplitz matrix do not have displacement rank at most 2 for (Z_1,
Z_-1): it fails at n = 3 for the tridiagonal matrix with 2 on and 1 beside the diagonal, whose factors have
full rank n for every n tried."""
hypotheses = """Over Q, factors without pivoting, L with unit diagonal. For n <= 2 the rank is at most 2."""
source = """A common misreading; the counterexample was found here."""
depends = ("closure_schur_complement",)


def claims(max_n, seed):
    pair = Sylvester(shift(f=1), shift(f=-1))
    for n in range(3, max(3, max_n) + 1):
        T = matrix(n, n, lambda i, j: QQ(2 if i == j else int(abs(i - j) == 1)))
        L, U = identity(QQ, n), matrix(n, n, lambda i, j: QQ(int(j == i + 1)))
        for k in range(n):  # the pivots are (k + 2)/(k + 1)
            U[k, k] = QQ(k + 2) / QQ(k + 1)
            if k:
                L[k, k - 1] = QQ(k) / QQ(k + 1)
        yield rank_exactly(T, 2, pair, QQ)
        yield product_equals([L, U], T, QQ)
        yield rank_exactly(L, n, pair, QQ)
        yield rank_exactly(U, n, pair, QQ)
