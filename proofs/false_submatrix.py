"""Submatrices that are not contiguous."""

from ldrtheory.certify.equality import rank_at_least, rank_exactly
from ldrtheory.operators import Sylvester, shift
from ldrtheory.operators.inversion import f_circulant
from ldrtheory.rings import QQ

statement = """Displacement rank at most r + 2 does not pass to arbitrary submatrices: it fails at n =
6, where rows 0, 1, 2, 4 and columns 0, 1, 3, 5 of a matrix of rank 1 for (Z_1, Z_-1) have rank 4."""
hypotheses = """Over Q. For n <= 5 at most one row and one column are left out of a submatrix of size 4,
which costs at most 2."""
source = """A common misreading; the counterexample was found here."""
depends = ("closure_submatrix",)


def claims(max_n, seed):
    pair = Sylvester(shift(f=1), shift(f=-1))
    M = f_circulant([2, 1, 1, -1, 0, -1], -1, QQ)
    yield rank_exactly(M, 1, pair, QQ)
    yield rank_at_least(M[[0, 1, 2, 4]][:, [0, 1, 3, 5]], 4, pair, QQ)
