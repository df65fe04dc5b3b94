"""Rule (k): entrywise products for diagonal operators."""

from ldrtheory.certify.equality import rank_at_most
from ldrtheory.certify.instances import instances
from ldrtheory.elimination import rank
from ldrtheory.operators import Stein, Sylvester, diagonal
from ldrtheory.operators.closure_blocks import entrywise

statement = """For diagonal operators the entrywise product of M, of displacement rank r, and any N has
at most r rank(N)."""
hypotheses = """Any field, any shape, Sylvester or Stein."""
source = """Derived here: the residual of M o N is that of M, times N entrywise."""


def claims(max_n, seed):
    for s in instances(max_n, seed):
        m, n = s.size(), s.n
        kind = s.draw.choice([Sylvester, Stein])
        d = kind(diagonal([s.element() for _ in range(m)]), diagonal([s.element() for _ in range(n)]))
        N = s.of_rank(m, n, s.draw.randint(1, 2))
        x = s.structured(d, m, n)
        yield rank_at_most(entrywise(x, N), x.bound * rank(N, s.ring))
