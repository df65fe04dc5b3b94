"""Absolute values of the eigenvalues of a shift."""

from ldrtheory.certify.equality import operator_is, product_equals, rank_exactly
from ldrtheory.linalg import diagonal_matrix
from ldrtheory.operators import Sylvester, shift, zero
from ldrtheory.operators import identity as identity_operator
from ldrtheory.rings import QQ, Cyclotomic

statement = """That the eigenvalues of Z_f, f != 0, have distinct absolute values is false for every n >= 2:
it fails at n = 2. Z_f^n = f I forces |x|^n = |f| for each of its n eigenvalues, which are distinct: for f =
1 they are the roots of unity, with eigenvectors that make a nonsingular matrix."""
hypotheses = """Over Q for f = 1, -1, 2, -3; the eigenvectors over Q(zeta_n) for f = 1. For n = 1 there is one
eigenvalue."""
source = """A hypothesis of Zhao et al. 2017, first theorem, against its use for shifts; the identity is
immediate."""
depends = (
    "approximation_every_column",
    "false_approximation_shifts",
)


def claims(max_n, seed):
    for n in range(2, max(2, max_n) + 1):
        for f in (1, -1, 2, -3):
            Z = shift(f=f).matrix(QQ, n)
            yield product_equals([Z] * n, diagonal_matrix([QQ(f)] * n, QQ), QQ)
        F = Cyclotomic(n)
        values = [F.root_of_unity(n) ** k for k in range(n)]
        V = [[x**-i for x in values] for i in range(n)]
        D = diagonal_matrix(values, F)
        Z = shift(f=1).matrix(F, n)
        yield product_equals([Z, V], V @ D, F)
        yield rank_exactly(V, n, Sylvester(identity_operator(), zero()), F)
        yield operator_is(Sylvester(shift(f=1), zero()), (n, n), QQ)  # no eigenvalue is 0
