"""Displacement rank 0."""

from ldrtheory.certify.equality import differ, operator_is, rank_exactly
from ldrtheory.linalg import zeros
from ldrtheory.operators import Sylvester, shift
from ldrtheory.operators.inversion import f_circulant
from ldrtheory.rings import QQ

statement = """Displacement rank 0 does not mean M = 0, and generators do not determine M: it fails at n = 1
for A = B = Z_1, for which every circulant has rank 0. It holds exactly if A and B share no eigenvalue."""
hypotheses = """Over Q."""
source = """A common misreading; the counterexample was found here."""
depends = ("operator_coprime",)


def claims(max_n, seed):
    pair = Sylvester(shift(f=1), shift(f=1))
    for n in range(1, max_n + 1):
        M = f_circulant(list(range(1, n + 1)), 1, QQ)
        yield rank_exactly(M, 0, pair, QQ)
        yield differ(M, zeros(QQ, n, n), QQ)
        yield operator_is(pair, (n, n), QQ)
