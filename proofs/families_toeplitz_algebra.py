"""The displacement structures of families: InverseToeplitz, ToeplitzProduct, TriangularToeplitzProduct."""

from ldrtheory.certify.structures import family_statements
from ldrtheory.families import InverseToeplitz, ToeplitzProduct, TriangularToeplitzProduct
from ldrtheory.rings import GF, QQ

statement = """Inverses of Toeplitz matrices have displacement rank at most 2, products of k of them at most
2 k, for the pairs of the table of families."""
hypotheses = """Any field; T nonsingular."""
source = """Classical (Kailath and Sayed 1995; Pan 2001); the residual equals explicit generators."""
largest = 4
necessity = "none: a singular T has no inverse"


CLASSES = [InverseToeplitz, ToeplitzProduct, TriangularToeplitzProduct]


def claims(max_n, seed):
    yield from family_statements(CLASSES, min(max_n, 6), seed, (QQ, GF(13)))
