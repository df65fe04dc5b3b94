"""The displacement structures of families: Bezoutian, Resultant, Companion."""

from ldrtheory.certify.structures import family_statements
from ldrtheory.families import Bezoutian, Companion, Resultant
from ldrtheory.rings import GF, QQ

statement = """Bezoutians, resultant matrices and companion matrices have displacement rank at most 2 for
the shift pairs of the table of families."""
hypotheses = """Any field."""
source = """Classical (Kailath and Sayed 1995; Pan 2001); the residual equals explicit generators."""
largest = 4
necessity = "none"


def claims(max_n, seed):
    yield from family_statements([Bezoutian, Resultant, Companion], min(max_n, 6), seed, (QQ, GF(13)))
