"""Sylvester and Stein ranks with two singular operators."""

from ldrtheory.certify.equality import rank_exactly
from ldrtheory.linalg import identity
from ldrtheory.operators import Stein, Sylvester, shift
from ldrtheory.rings import QQ

statement = """If A and B are both singular, Sylvester and Stein displacement ranks are unrelated: the
identity has rank 0 and n for the pair (Z_0, Z_0), from n = 1 on."""
hypotheses = """Over Q."""
source = """A common misreading; the counterexample was found here."""
depends = ("conversion_identities",)


def claims(max_n, seed):
    for n in range(1, max_n + 1):
        yield rank_exactly(identity(QQ, n), 0, Sylvester(shift(f=0), shift(f=0)), QQ)
        yield rank_exactly(identity(QQ, n), n, Stein(shift(f=0), shift(f=0)), QQ)
