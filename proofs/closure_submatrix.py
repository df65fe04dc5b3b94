"""Rule (i): contiguous submatrices."""

from ldrtheory.certify.equality import rank_at_most, rank_exactly
from ldrtheory.certify.instances import instances
from ldrtheory.operators import Sylvester, shift
from ldrtheory.operators.closure_blocks import submatrix
from ldrtheory.rings import QQ

statement = """A submatrix of consecutive rows and consecutive columns has, for any shift pair (Z_e,
Z_f) of its size, at most 2 more than the displacement rank of the whole for a shift pair. The bound is
attained at n = 4."""
hypotheses = """Any field, any shape."""
source = """Derived here: its residual is a block of the residual of the whole but in the first row
and the last column."""
necessity = {"consecutive rows and columns": "false_submatrix"}


def claims(max_n, seed):
    for s in instances(max_n, seed):
        m, n = s.size(), s.n
        x = s.structured(Sylvester(shift(f=s.element()), shift(f=s.element())), m, n)
        a, c = s.draw.randrange(m), s.draw.randrange(n)
        b, d = s.draw.randint(a + 1, m), s.draw.randint(c + 1, n)
        yield rank_at_most(submatrix(x, (a, b), (c, d), s.element(), s.element()), x.bound + 2)
    if max_n >= 4:  # attained
        for s in instances(4, 0, fields=(QQ,), repeat=1, least=4):
            x = s.structured(Sylvester(shift(f=1), shift(f=-1)), 4, 4)
            yield rank_exactly(x, 1)
            yield rank_exactly(submatrix(x, (1, 4), (0, 3)), 3)
