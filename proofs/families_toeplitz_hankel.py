"""The displacement structures of families: Toeplitz, Hankel, ToeplitzPlusHankel."""

from ldrtheory.certify.equality import rank_at_least
from ldrtheory.certify.structures import family_statements
from ldrtheory.families import Hankel, Toeplitz, ToeplitzPlusHankel
from ldrtheory.operators import Sylvester, shift
from ldrtheory.rings import GF, QQ

statement = """Toeplitz and Hankel matrices have displacement rank at most 2, their sums at most 4, for the
shift and path pairs of the table of families."""
hypotheses = """Any field, any shape, any corners of the shifts."""
source = """Classical (Kailath and Sayed 1995; Pan 2001); the residual equals explicit generators."""
largest = 4


def claims(max_n, seed):
    yield from family_statements([Toeplitz, Hankel, ToeplitzPlusHankel], min(max_n, 6), seed, (QQ, GF(13)))


def of_other_matrices():
    yield rank_at_least([[0, 0, 0], [1, 1, 0], [1, 1, 1]], 3, Sylvester(shift(f=1), shift(f=-1)), QQ)


necessity = {"constant diagonals": of_other_matrices}
