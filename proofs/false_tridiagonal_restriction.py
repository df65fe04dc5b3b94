"""Some tridiagonal pair."""

from ldrtheory.certify.equality import operator_is, rank_exactly
from ldrtheory.linalg import identity
from ldrtheory.operators import Sylvester
from ldrtheory.operators import identity as identity_operator
from ldrtheory.rings import GF, QQ

statement = """That some M has displacement rank larger than r for all tridiagonal A and B is false for
every n and every r >= 0: it fails at n = 1, and A = B = I give rank 0 to every M. Verified for the n^2 unit
matrices, and I M - M I is linear in M. With operators that share no eigenvalue the statement becomes a
question."""
hypotheses = """Any field; here Q and GF(2)."""
source = """The class definition as usually printed (Thomas et al. 2018, to be checked against the paper); the
identity is immediate."""
depends = (
    "operator_coprime",
    "false_tridiagonal_class",
)


def claims(max_n, seed):
    pair = Sylvester(identity_operator(), identity_operator())
    for n in range(1, max_n + 1):
        for ring in (QQ, GF(2)):
            one = identity(ring, n)
            for i in range(n):
                for j in range(n):
                    yield rank_exactly(one[:, [i]] @ one[[j]], 0, pair, ring)
            yield operator_is(pair, (n, n), ring)
