"""Rule (e): products whose inner operators differ."""

from ldrtheory.certify.equality import rank_at_most
from ldrtheory.certify.instances import instances
from ldrtheory.elimination import rank
from ldrtheory.operators import Sylvester
from ldrtheory.operators.closure import product
from ldrtheory.operators.generator import generated

statement = """If M has displacement rank r for (A, B) and N has s for (B', C), then M N has at most r +
rank(B - B') + s for (A, C)."""
hypotheses = """Any field, any sizes, Sylvester equations."""
source = """Classical: A M N - M N C = (A M - M B) N + M (B - B') N + M (B' N - N C)."""
necessity = {"Sylvester equations": "false_stein_product"}


def claims(max_n, seed):
    for s in instances(max_n, seed):
        m, k, n = s.size(), s.n, s.size()
        B, other = s.operator(k), s.operator(k)
        x = generated(s.matrix(m, k), Sylvester(s.operator(m), B), s.ring)
        y = generated(s.matrix(k, n), Sylvester(other, s.operator(n)), s.ring)
        apart = rank(B.matrix(s.ring, k) - other.matrix(s.ring, k), s.ring)
        yield rank_at_most(product(x, y), x.bound + apart + y.bound)
