"""Transposes in one pair."""

from ldrtheory.certify.equality import rank_at_least, rank_exactly
from ldrtheory.operators import Sylvester, shift
from ldrtheory.rings import QQ

statement = """The rule "M^T has the displacement rank of M" is false in the one pair (Z_1, Z_-1): it
fails at n = 2 (rank 1, transpose 2)."""
hypotheses = """Over Q."""
source = """A common misreading; the counterexample was found here."""
depends = ("closure_transpose",)


def claims(max_n, seed):
    pair = Sylvester(shift(f=1), shift(f=-1))
    yield rank_exactly([[-1, 0], [1, 0]], 1, pair, QQ)
    yield rank_at_least([[-1, 1], [0, 0]], 2, pair, QQ)
