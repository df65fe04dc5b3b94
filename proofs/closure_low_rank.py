"""Rule (l): low rank."""

from ldrtheory.certify.equality import rank_at_most, rank_exactly
from ldrtheory.certify.instances import instances
from ldrtheory.elimination import rank
from ldrtheory.operators import Sylvester, identity, shift, zero
from ldrtheory.operators.closure import low_rank
from ldrtheory.operators.generator import generated
from ldrtheory.rings import QQ

statement = """A matrix of rank k has displacement rank at most 2 k for every pair, Sylvester or Stein,
and exactly k for the Sylvester pair (I, 0). The bound is attained: k = 1 at n = 2 for (Z_1, Z_-1)."""
hypotheses = """Any field, any shape."""
source = """Classical; collected in Thomas, Gu, Dao, Rudra and Ré 2018."""
necessity = "none"


def claims(max_n, seed):
    for s in instances(max_n, seed):
        m, n, k = s.size(), s.n, s.draw.randint(1, 2)
        U, V = s.matrix(m, k), s.matrix(n, k)
        yield rank_at_most(low_rank(U, V, s.pair(m, n), s.ring), 2 * k)
        x = generated(U @ V.T, Sylvester(identity(), zero()), s.ring)
        yield rank_exactly(x, rank(U @ V.T, s.ring))
    yield rank_exactly([[1, 0], [0, 0]], 2, Sylvester(shift(f=1), shift(f=-1)), QQ)
