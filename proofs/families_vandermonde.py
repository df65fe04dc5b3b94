"""The displacement structures of the Vandermonde families."""

from ldrtheory.certify.structures import family_statements
from ldrtheory.families import ChebyshevVandermonde, ConfluentVandermonde, PolynomialVandermonde, Vandermonde
from ldrtheory.rings import GF, QQ

statement = """Vandermonde matrices of powers, derivatives, polynomials with a three-term recurrence and
Chebyshev polynomials have displacement rank at most 1, the nodes on the diagonal of the left operator."""
hypotheses = """Fields in which the recurrence can be solved; the nodes need not be distinct."""
source = """Classical (Kailath and Sayed 1995; Pan 2001); the residual equals explicit generators."""
largest = 4
necessity = "none: the nodes are free"


CLASSES = [Vandermonde, ConfluentVandermonde, PolynomialVandermonde, ChebyshevVandermonde]


def claims(max_n, seed):
    yield from family_statements(CLASSES, min(max_n, 6), seed, (QQ, GF(13)))
