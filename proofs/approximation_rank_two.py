"""With displacement rank 2 nothing is assumed."""

from ldrtheory.certify.equality import product_equals, rank_at_most
from ldrtheory.certify.instances import instances
from ldrtheory.linalg import identity

statement = """For all operators and every i, M = v e_i^T has M e_i = v and displacement rank at most 2: for
r >= 2 the published theorem needs no hypothesis."""
hypotheses = """Any field."""
source = """A v e_i^T - v e_i^T B and v e_i^T - A v e_i^T B are sums of two matrices of rank 1."""
necessity = "none"


def claims(max_n, seed):
    for s in instances(max_n, seed):
        m = s.size()
        i, v = s.draw.randrange(s.n), s.matrix(m, 1)
        unit = identity(s.ring, s.n)[:, [i]]
        yield product_equals([v @ unit.T, unit], v, s.ring)
        for kind in ("sylvester", "stein"):
            yield rank_at_most(v @ unit.T, 2, s.pair(m, s.n, kind), s.ring)
