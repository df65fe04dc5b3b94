"""The naive product rule for Stein equations."""

from ldrtheory.certify.equality import rank_at_least, rank_exactly
from ldrtheory.operators import Stein, dense
from ldrtheory.rings import QQ

statement = """The rule "ranks r for (A, B) and s for (B, C) give at most r + s for (A, C)" is false for
Stein equations: it fails at n = 1, where ranks 0 and 0 give 1."""
hypotheses = """Over Q, A = C = [2], B = [1/2], M = N = [1]."""
source = """A common misreading; the counterexample was found here."""
depends = ("closure_product",)


def claims(max_n, seed):
    half = QQ("1/2")
    yield rank_exactly([[1]], 0, Stein(dense([[2]]), dense([[half]])), QQ)
    yield rank_exactly([[1]], 0, Stein(dense([[half]]), dense([[2]])), QQ)
    yield rank_at_least([[1]], 1, Stein(dense([[2]]), dense([[2]])), QQ)
