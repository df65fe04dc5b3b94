"""Rule (c): sums and multiples."""

from ldrtheory.certify.equality import rank_at_most, rank_exactly
from ldrtheory.certify.instances import instances
from ldrtheory.operators import Sylvester, shift
from ldrtheory.operators.closure import add, scale
from ldrtheory.operators.generator import generated
from ldrtheory.rings import QQ

statement = """For one pair of operators, displacement ranks r and s give at most r + s for the sum, and
exactly r for a nonzero multiple."""
hypotheses = """Any field, any shape, any A and B."""
source = """Classical; collected in Thomas, Gu, Dao, Rudra and Ré 2018."""


def claims(max_n, seed):
    for s in instances(max_n, seed):
        m, n = s.size(), s.n
        d = s.pair(m, n)
        x, y = s.structured(d, m, n), generated(s.of_rank(m, n, 1), d, s.ring)
        yield rank_at_most(add(x, y), x.bound + y.bound)
        yield rank_exactly(scale(s.nonzero(), x), x.bound)


def with_the_multiple_zero():
    pair = Sylvester(shift(f=1), shift(f=-1))
    yield rank_exactly([[1]], 1, pair, QQ)
    yield rank_exactly([[0]], 0, pair, QQ)


necessity = {"c != 0": with_the_multiple_zero}
