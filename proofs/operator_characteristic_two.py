"""(Z_1, Z_-1) in characteristic 2."""

from ldrtheory.certify.equality import operator_is
from ldrtheory.operators import Sylvester, shift
from ldrtheory.rings import GF, QQ

statement = """Over GF(2) the pair (Z_1, Z_-1) is singular for every n, because 1 = -1."""
hypotheses = """Characteristic 2."""
source = """Immediate from the resultant (1 - (-1))^n = 0."""
largest = 8


def claims(max_n, seed):
    for n in range(1, max_n + 1):
        yield operator_is(Sylvester(shift(f=1), shift(f=-1)), (n, n), GF(2))


def in_other_characteristics():
    for field in (GF(3), QQ):
        yield operator_is(Sylvester(shift(f=1), shift(f=-1)), (1, 1), field)  # invertible: 1 - (-1) = 2


necessity = {"characteristic 2": in_other_characteristics}
