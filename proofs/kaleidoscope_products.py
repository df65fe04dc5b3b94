"""Products."""

from ldrtheory.certify.instances import instances
from ldrtheory.certify.kaleidoscopes import is_product
from ldrtheory.synthesis import low_rank, multiplied, sparse

statement = """The product of members of (BB*)^w_e and (BB*)^w'_e' is in (BB*)^(w + w') of the larger of the
two sizes. Where the inner dimension is smaller than the size, the next factor absorbs a projector on it."""
hypotheses = """Any field, any shapes that chain."""
source = """Dao et al., Kaleidoscope (ICLR 2020), closure of the hierarchy; the projector is needed for e >
1."""
necessity = {"a projector between the two, where e > 1": "false_kaleidoscope_concatenation"}


def claims(max_n, seed):
    for s in instances(max_n, seed):
        m, k, n = s.size(), s.size(), s.n
        parts = [low_rank(s.of_rank(m, k, 2), s.ring), sparse(s.matrix(k, n), s.ring)]
        yield is_product(multiplied(*parts), parts)
        three = [*parts, low_rank(s.of_rank(n, m, 1), s.ring)]
        yield is_product(multiplied(*three), three)
