"""The displacement structures of families: Cauchy, Loewner, Pick."""

from ldrtheory.certify.structures import family_statements
from ldrtheory.families import Cauchy, Loewner, Pick
from ldrtheory.rings import GF, QQ

statement = """Cauchy matrices have displacement rank at most 1 for (D_s, D_t), Loewner matrices at most 2;
Pick matrices have Stein displacement rank at most 2 for (D_z, D_z)."""
hypotheses = """Any field; no s_i = t_j, no z_i z_j = 1, where nothing is defined."""
source = """Classical (Kailath and Sayed 1995; Pan 2001); the residual equals explicit generators."""
largest = 4
necessity = "none: a denominator 0 defines no matrix"


def claims(max_n, seed):
    yield from family_statements([Cauchy, Loewner, Pick], min(max_n, 6), seed, (QQ, GF(13)))
