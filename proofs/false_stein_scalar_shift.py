"""Adding c I to both operators of a Stein equation."""

from ldrtheory.certify.equality import rank_at_least, rank_exactly
from ldrtheory.operators import Stein, dense
from ldrtheory.rings import QQ

statement = """For Stein equations the displacement rank changes when c I is added to both operators: it
fails at n = 1, where 0 becomes 1."""
hypotheses = """Over Q, A = B = [1], c = 1."""
source = """A common misreading; the counterexample was found here."""
depends = ("closure_similarity",)


def claims(max_n, seed):
    yield rank_exactly([[1]], 0, Stein(dense([[1]]), dense([[1]])), QQ)
    yield rank_at_least([[1]], 1, Stein(dense([[2]]), dense([[2]])), QQ)
