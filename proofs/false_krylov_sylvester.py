"""The Krylov form as a solution of the Sylvester equation."""

from ldrtheory.certify.equality import rank_at_least, rank_at_most
from ldrtheory.operators import Stein, Sylvester, krylov_form, tridiagonal
from ldrtheory.rings import QQ

statement = """The Krylov form sum of A^k G H^T B^k over tridiagonal operators does not have Sylvester
displacement rank at most 2 r for (A, B) itself: it fails at n = 3 with r = 1, where the rank is 3. Its
Stein rank is at most 2 r."""
hypotheses = """Over Q."""
source = """A common misreading; the counterexample was found here."""
depends = ("krylov_short_rank",)


def claims(max_n, seed):
    A, B = tridiagonal([1, 2], [0, 1, 1], [1, 1]), tridiagonal([1, 1], [2, 0, 1], [1, 3])
    M = krylov_form([[1], [0], [0]], [[1], [1], [0]], A, B)
    yield rank_at_most(M, 2, Stein(A, B), QQ)
    yield rank_at_least(M, 3, Sylvester(A, B), QQ)
