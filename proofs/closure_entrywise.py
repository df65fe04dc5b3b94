"""Rule (k): entrywise products for diagonal operators."""

from ldrtheory.certify.equality import rank_at_least, rank_at_most, rank_exactly
from ldrtheory.certify.instances import instances
from ldrtheory.elimination import rank
from ldrtheory.operators import Stein, Sylvester, diagonal, shift
from ldrtheory.operators.closure_blocks import entrywise
from ldrtheory.rings import QQ

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


def without_diagonal_operators():
    pair = Sylvester(shift(f=1), shift(f=1))
    yield rank_exactly([[1, 1], [1, 1]], 0, pair, QQ)
    yield rank_at_least([[1, 0], [0, 0]], 1, pair, QQ)  # its product with [[1, 0], [0, 0]], of rank 1


necessity = {"diagonal operators": without_diagonal_operators}
