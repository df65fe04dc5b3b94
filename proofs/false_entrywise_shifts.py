"""Entrywise products for shift operators."""

from ldrtheory.certify.equality import rank_at_least, rank_exactly
from ldrtheory.linalg import array
from ldrtheory.operators import Sylvester, shift
from ldrtheory.rings import QQ

statement = """The rule "ranks r and s give at most r s for the entrywise product" is false for (Z_1,
Z_-1): it fails at n = 2, where ranks 1 and 1 give 2, and at n = 3 they give 3."""
hypotheses = """Over Q."""
source = """A common misreading; the counterexample was found here."""
depends = ("closure_entrywise",)


def claims(max_n, seed):
    pair = Sylvester(shift(f=1), shift(f=-1))
    cases = [
        ([[0, 1], [0, 1]], [[0, -1], [1, 0]]),
        ([[-1, 0, 1], [-1, -1, 0], [0, -1, 1]], [[-1, 0, 1], [1, 1, 0], [0, 1, 1]]),
    ]
    for rows, others in cases:
        M, N = array(QQ, rows), array(QQ, others)
        yield rank_exactly(M, 1, pair, QQ)
        yield rank_exactly(N, 1, pair, QQ)
        yield rank_at_least(M * N, len(M), pair, QQ)
