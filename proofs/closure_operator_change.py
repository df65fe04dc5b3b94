"""Rule (e): changing the operators."""

from ldrtheory.certify.equality import rank_at_least, rank_at_most
from ldrtheory.certify.instances import instances
from ldrtheory.elimination import rank
from ldrtheory.operators.closure import change_operators
from ldrtheory.operators.generator import generated

statement = """The displacement ranks of one matrix for (A, B) and for (A', B') differ by at most rank(A
- A') + rank(B - B'), for Sylvester and for Stein equations."""
hypotheses = """Any field, any shape."""
source = """Classical; collected in Thomas, Gu, Dao, Rudra and Ré 2018."""
necessity = "none"


def claims(max_n, seed):
    for s in instances(max_n, seed):
        m, n = s.size(), s.n
        d, e = s.pair(m, n), s.pair(m, n)
        x = generated(s.matrix(m, n), d, s.ring)
        apart = sum(
            rank(p.matrix(s.ring, k) - q.matrix(s.ring, k), s.ring)
            for p, q, k in ((d.left, e.left, m), (d.right, e.right, n))
        )
        y = change_operators(x, e.left, e.right)
        yield rank_at_most(y, x.bound + apart)
        yield rank_at_least(y, max(0, x.bound - apart))
