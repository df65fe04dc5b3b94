"""Every row is universal when the operator is a bijection."""

import itertools

from ldrtheory.bounds.approximation.universality import embed_row
from ldrtheory.certify.equality import operator_is, rank_at_least
from ldrtheory.certify.instances import instances
from ldrtheory.operators import Sylvester, is_invertible, shift
from ldrtheory.rings import GF

statement = """If the Sylvester or the Stein operator of (A, B) is a bijection, then for every index i and
every vector v there is an M of displacement rank at most 1 whose row i is v."""
hypotheses = """Any field; the operator a bijection."""
source = """The statement for columns, for M^T and the pair (B^T, A^T)."""
depends = ("approximation_every_column", "closure_transpose")


def claims(max_n, seed):
    for s in instances(max_n, seed):
        m, kind = s.size(), s.draw.choice(["sylvester", "stein"])
        for _ in range(20):
            d = s.pair(m, s.n, kind)
            if is_invertible(d, (m, s.n), s.ring):
                v = s.matrix(1, s.n)[0]
                yield from embed_row(v, s.draw.randrange(m), d, m, s.ring).statements()
                break


def without_a_bijection():
    pair = Sylvester(shift(f=0), shift(f=0))  # row 0 of M is e_1: then Z M - M Z has the determinant -1
    yield operator_is(pair, (2, 2), GF(2))
    for a, b, d in itertools.product(range(2), repeat=3):
        yield rank_at_least([[a, 1], [b, d]], 2, pair, GF(2))


necessity = {"the operator is a bijection": without_a_bijection}
