"""The displacement structures of families: Circulant, FCirculant."""

from ldrtheory.certify.equality import rank_at_least
from ldrtheory.certify.structures import family_statements
from ldrtheory.families import Circulant, FCirculant
from ldrtheory.operators import Sylvester, shift
from ldrtheory.rings import GF, QQ

statement = """An f-circulant has displacement rank 0 for (Z_f, Z_f), a singular operator; for (Z_e, Z_g) at
most 2, and at most 1 where e or g is f."""
hypotheses = """Any field."""
source = """Classical (Kailath and Sayed 1995; Pan 2001); the residual equals explicit generators."""
largest = 4


def claims(max_n, seed):
    yield from family_statements([Circulant, FCirculant], min(max_n, 6), seed, (QQ, GF(13)))


def of_other_matrices():
    yield rank_at_least([[1, 0], [0, 0]], 1, Sylvester(shift(f=1), shift(f=1)), QQ)


necessity = {"an f-circulant": of_other_matrices}
