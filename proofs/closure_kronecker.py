"""Rule (j): Kronecker products."""

from ldrtheory.certify.equality import rank_exactly
from ldrtheory.certify.instances import instances
from ldrtheory.elimination import rank
from ldrtheory.operators.closure_blocks import kronecker
from ldrtheory.operators.generator import generated

statement = """K (x) N has displacement rank rank(K) s for (I (x) A, I (x) B), s being that of N for (A,
B), Sylvester and Stein alike."""
hypotheses = """Any field, any shapes."""
source = """Classical; collected in Thomas, Gu, Dao, Rudra and Ré 2018."""
largest = 4
necessity = "none"


def claims(max_n, seed):
    for s in instances(max_n, seed):
        m, n = s.size(), s.n
        K = s.of_rank(s.draw.randint(1, 3), s.draw.randint(1, 3), s.draw.randint(0, 2))
        x = generated(s.of_rank(m, n, 1), s.pair(m, n), s.ring)
        yield rank_exactly(kronecker(K, x), rank(K, s.ring) * x.bound)
