"""Pairs that do not fit Toeplitz matrices."""

from ldrtheory.certify.equality import rank_at_least, rank_exactly
from ldrtheory.linalg import matrix
from ldrtheory.operators import Stein, Sylvester, shift
from ldrtheory.rings import QQ

statement = """Toeplitz matrices do not have displacement rank at most 2 for the Stein pair (Z_0, Z_0)
or for the Sylvester pair (Z_1, Z_-1^T): both fail at n = 3, and full rank occurs for every n tried."""
hypotheses = """Over Q; the right partners are Z_0^T and Z_-1."""
source = """A common misreading; the counterexample was found here."""
depends = ("families_toeplitz_hankel",)


def claims(max_n, seed):
    for n in range(3, max(3, max_n) + 1):
        T = matrix(n, n, lambda i, j: QQ((i - j) ** 2 + 2 * (i >= j)))
        yield rank_exactly(T, 2, Stein(shift(f=0), shift(f=0).T), QQ)
        yield rank_at_least(T, 3, Stein(shift(f=0), shift(f=0)), QQ)
        yield rank_at_least(T, 3, Sylvester(shift(f=1), shift(f=-1).T), QQ)
