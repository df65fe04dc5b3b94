"""The sufficient condition for a column is not necessary."""

from ldrtheory.certify.equality import operator_is, product_equals, rank_at_most
from ldrtheory.linalg import array, identity
from ldrtheory.operators import Sylvester, shift, zero
from ldrtheory.operators import identity as identity_operator
from ldrtheory.rings import GF, QQ

statement = """That the sufficient condition for a universal column of a singular operator is necessary
fails at n = 2: for A = 0, B = Z, Sylvester, column 1 violates it (mu = x, e_1 = B e_0 and chi_A = x^2), yet
v e_1^T has displacement rank at most 1 for every v."""
hypotheses = """Any field."""
source = """Derived here; the exact characterisation is open."""
depends = ("approximation_singular_column",)


def claims(max_n, seed):
    pair = Sylvester(zero(), shift(f=0))
    for ring in (QQ, GF(2), GF(3)):
        yield operator_is(pair, (2, 2), ring)
        B, unit = shift(f=0).matrix(ring, 2), identity(ring, 2)[:, [1]]
        yield product_equals([B, identity(ring, 2)[:, [0]]], unit, ring)  # e_1 lies in p(B) F^2, p = x
        yield operator_is(Sylvester(zero(), zero()), (2, 1), ring)  # x divides chi_A
        for v in ([[1], [0]], [[0], [1]]):
            M = array(ring, v) @ unit.T  # residual -v e_0^T: one h for all v
            yield rank_at_most(M, 1, pair, ring)
            yield product_equals([M, unit], v, ring)
    yield operator_is(
        Sylvester(identity_operator(), shift(f=0)), (2, 2), QQ
    )  # with A = I the operator is a bijection
