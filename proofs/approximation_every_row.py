"""Every row is universal when the operator is a bijection."""

from ldrtheory.bounds.approximation.universality import embed_row
from ldrtheory.certify.instances import instances
from ldrtheory.operators import is_invertible

statement = """If the Sylvester or the Stein operator of (A, B) is a bijection, then for every index i and every
vector v there is an M of displacement rank at most 1 whose row i is v."""
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
