"""The displacement structures of families: DFT, DCT, DST."""

from ldrtheory.certify.structures import family_statements
from ldrtheory.families import DCT, DFT, DST
from ldrtheory.rings import GF, QQ

statement = """The DFT has displacement rank 0 for (D, Z_1), the cosine and sine transforms of types 1 to 4
have 0 for a diagonal and a tridiagonal operator: singular operators; a corner or an end changed gives rank
at most 1."""
hypotheses = """Fields with the roots of unity of the entries, exactly."""
source = """Classical (Kailath and Sayed 1995; Pan 2001); the residual equals explicit generators."""
largest = 4
necessity = "none: without the roots of unity there is no matrix"


def claims(max_n, seed):
    yield from family_statements([DFT, DCT, DST], min(max_n, 6), seed, (QQ, GF(13)))
