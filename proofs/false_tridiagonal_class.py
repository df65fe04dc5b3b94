"""A definition that defines everything."""

from ldrtheory.certify.equality import operator_is, rank_exactly
from ldrtheory.certify.instances import instances
from ldrtheory.operators import Sylvester, identity

statement = """The set of matrices of displacement rank at most r for some tridiagonal A and B is the
set of all matrices: A = B = I gives rank 0 to every M, from n = 1 on. The definition must demand that A
and B share no eigenvalue."""
hypotheses = """Any field."""
source = """The class definition as usually printed (Thomas et al. 2018, to be checked against the
paper)."""
depends = ("operator_coprime",)


def claims(max_n, seed):
    pair = Sylvester(identity(), identity())
    for s in instances(max_n, seed, repeat=1):
        yield rank_exactly(s.matrix(s.n, s.n), 0, pair, s.ring)
        yield operator_is(pair, (s.n, s.n), s.ring)
