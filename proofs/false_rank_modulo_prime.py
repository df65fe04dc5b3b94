"""Ranks modulo a prime."""

from ldrtheory.certify.equality import rank_exactly
from ldrtheory.operators import Sylvester, dense, shift
from ldrtheory.rings import GF, QQ

statement = """The displacement rank modulo a prime is not the displacement rank over Q: equality fails at n
= 1, where A = 1, B = -1 and M = 1 give rank 1 over Q and 0 modulo 2. It is at most the rank over Q."""
hypotheses = """Integer matrices; p = 2, and p = 2, 3, 5 for M = p."""
source = """A common misreading; the counterexample was found here."""
depends = ("rank_modulo_primes",)


def claims(max_n, seed):
    for field, r in ((QQ, 1), (GF(2), 0)):
        yield rank_exactly([[1]], r, Sylvester(dense([[1]]), dense([[-1]])), field)
    for p in (2, 3, 5):
        pair = Sylvester(shift(f=1), shift(f=-1))
        yield rank_exactly([[p]], 1, pair, QQ)
        yield rank_exactly([[p]], 0, pair, GF(p))
