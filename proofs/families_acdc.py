"""The displacement structures of families: ACDC."""

from ldrtheory.certify.structures import family_statements
from ldrtheory.families import ACDC
from ldrtheory.rings import GF, QQ

statement = """A layer A C D C^-1, C the cosine transform, A and D diagonal, has displacement rank 0 for (A
T A^-1, T), T tridiagonal, and at most 1 for a pair whose operator is a bijection."""
hypotheses = """A field with the roots of unity; no entry of A is 0."""
source = """Classical (Kailath and Sayed 1995; Pan 2001); the residual equals explicit generators."""
largest = 4
necessity = "none: A must have an inverse for the pair to exist"


def claims(max_n, seed):
    yield from family_statements([ACDC], min(max_n, 6), seed, (QQ, GF(13)))
