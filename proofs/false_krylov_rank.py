"""Krylov sums of r terms."""

from ldrtheory.certify.equality import equal, rank_at_least
from ldrtheory.linalg import array
from ldrtheory.operators import Stein, diagonal, krylov_form
from ldrtheory.rings import QQ

statement = """The Krylov form sum of A^k G H^T B^k with r columns does not have Stein displacement rank at
most r: it fails at n = 2 with r = 1, where A = B = diag(0, 1) give rank 2. The right bound is 2 r, and r if
A^n or B^n is 0, or both are multiples of the identity."""
hypotheses = """Over Q. For n = 1 the rank is at most 1."""
source = """A common misreading; the counterexample was found here."""
depends = ("krylov_form_residual", "krylov_short_rank")


def claims(max_n, seed):
    A = diagonal([0, 1])
    G = array(QQ, [[1], [1]])
    M = krylov_form(G, G, A, A, QQ)
    yield equal(M, [[1, 1], [1, 2]], QQ)
    yield rank_at_least(M, 2, Stein(A, A), QQ)
