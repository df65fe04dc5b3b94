"""The DFT for shift operators."""

from ldrtheory.certify.equality import rank_at_least, rank_exactly
from ldrtheory.families import DFT
from ldrtheory.operators import Sylvester, diagonal, shift

statement = """The DFT does not have displacement rank at most 2 for (Z_1, Z_-1): it fails at n = 3, where
it has 3, and at n = 5 with 5. For (D, Z_1) with D diagonal it has rank 0, for a singular operator, and 1
for (D, Z_-1)."""
hypotheses = """Over Q(zeta_n), D the powers of zeta_n^-1. For n <= 2 every matrix has rank at most 2."""
source = """A common misreading; the counterexample was found here."""
depends = ("families_transforms",)


def claims(max_n, seed):
    for n in range(3, max(3, max_n) + 1):
        family = DFT(n)
        F = family.field()
        M = family.entries(family.random(seed, F), F)
        D = diagonal([F.root_of_unity(n) ** -i for i in range(n)])
        yield rank_exactly(M, 0, Sylvester(D, shift(f=1)), F)
        yield rank_exactly(M, 1, Sylvester(D, shift(f=-1)), F)
        yield rank_at_least(M, 3, Sylvester(shift(f=1), shift(f=-1)), F)
