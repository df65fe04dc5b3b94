"""Displacement rank exactly 1 instead of at most 1."""

from ldrtheory.certify.equality import rank_exactly
from ldrtheory.operators import Stein, Sylvester, dense
from ldrtheory.rings import QQ

statement = """The form with displacement rank exactly r in place of at most r fails at n = 1: M = [v] with
v = 0 is the only matrix with column v, and it has displacement rank 0, also where all published hypotheses
hold (A = 2, B = 3)."""
hypotheses = """Over Q."""
source = """Derived here."""
depends = ("approximation_every_column",)


def claims(max_n, seed):
    for make in (Stein, Sylvester):
        yield rank_exactly([[0]], 0, make(dense([[2]]), dense([[3]])), QQ)
        yield rank_exactly([[1]], 1, make(dense([[2]]), dense([[3]])), QQ)
