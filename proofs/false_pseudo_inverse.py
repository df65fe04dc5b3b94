"""Pseudo-inverses."""

from ldrtheory.certify.equality import equal, product_equals, rank_at_least, rank_exactly
from ldrtheory.linalg import array
from ldrtheory.operators import Sylvester, shift
from ldrtheory.rings import QQ

statement = """The rule "M^-1 has for the swapped operators the displacement rank of M" is false for the
Moore-Penrose inverse of a singular M: it fails at n = 3 for (Z_1, Z_-1), where rank 2 becomes 3."""
hypotheses = (
    """Over Q, entries 0 and 1. For n <= 2 a singular matrix has rank at most 1, where the rule holds."""
)
source = """A tempting extension; the counterexample was found here."""
depends = ("closure_inverse", "pseudo_inverse_rank_one")


def claims(max_n, seed):
    one, other, half = shift(f=1), shift(f=-1), QQ("1/2")
    M = array(QQ, [[0, 0, 0], [0, 1, 0], [1, 0, 1]])
    P = array(QQ, [[0, 0, half], [0, 1, 0], [0, 0, half]])
    yield product_equals([M, P, M], M, QQ)
    yield product_equals([P, M, P], P, QQ)
    for X in (M @ P, P @ M):
        yield equal(X, X.T, QQ)
    yield rank_exactly(M, 2, Sylvester(one, other), QQ)
    yield rank_at_least(P, 3, Sylvester(other, one), QQ)
