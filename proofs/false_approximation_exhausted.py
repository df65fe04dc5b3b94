"""Every column for a singular operator, by exhaustion."""

from itertools import product

from ldrtheory.bounds.approximation.exhaustion import NoSuchMatrix, exhaust
from ldrtheory.certify.equality import operator_is
from ldrtheory.operators import Sylvester, dense, shift
from ldrtheory.rings import GF

statement = """That for all A, B and every index i every v is column i of a matrix of displacement rank at
most 1 is false over every field: it fails at n = 2 for A = B = Z^T, i = 0 and v = e_1. Over GF(2), GF(3)
and GF(5) this is decided by running through all residuals g h^T; for n = 1 the statement holds."""
hypotheses = """GF(2), GF(3), GF(5); for other fields see false_approximation_every_index. n = 1: all A, B
and v over GF(2) and GF(3)."""
source = """Derived here."""
depends = ("approximation_every_column", "false_approximation_every_index")


def size(claim):
    """2 for the equations of the exhaustion, of which there are more."""
    if claim["kind"] == "product-equals" and len(claim["factors"]) == 2:
        return max(2 if len(claim["factors"][0]["entries"][0]) > 2 else 1, 1)
    return max(claim.get("shape", [1]))


def claims(max_n, seed):
    for p in (2, 3):
        for a, b, v in product(range(p), repeat=3):
            found = exhaust([v], 0, Sylvester(dense([[a]]), dense([[b]])), 1, GF(p))
            if isinstance(found, NoSuchMatrix):
                raise AssertionError("for n = 1 every column was to be found")
            yield from found.statements()
    pair = Sylvester(shift(f=0).T, shift(f=0).T)
    for p in (2, 3, 5):
        found = exhaust([0, 1], 0, pair, 2, GF(p))
        if not isinstance(found, NoSuchMatrix):
            raise AssertionError("the column was not to be found")
        yield from found.statements()
        yield operator_is(pair, (2, 2), GF(p))
