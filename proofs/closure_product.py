"""Rule (d): products with a common inner operator."""

from ldrtheory.certify.equality import rank_at_most
from ldrtheory.certify.instances import instances
from ldrtheory.elimination import inverse
from ldrtheory.operators import Stein, Sylvester
from ldrtheory.operators.closure import product
from ldrtheory.operators.composed import dense
from ldrtheory.operators.generator import generated

statement = """If M has displacement rank r for (A, B) and N has s for (B, C), then M N has at most r +
s for (A, C). For Stein equations the inner operator must be inverted: N has s for (B^-1, C)."""
hypotheses = """Any field, M of size m x k, N of size k x n; B nonsingular in the Stein case."""
source = """Sylvester: classical. Stein: M N - A M N C = (M - A M B) N + A M B (N - B^-1 N C)."""
necessity = {"the inner operator inverted for Stein equations": "false_stein_product"}


def claims(max_n, seed):
    for s in instances(max_n, seed):
        m, k, n = s.size(), s.n, s.size()
        A, B, C = s.operator(m), s.operator(k), s.operator(n)
        x = generated(s.matrix(m, k), Sylvester(A, B), s.ring)
        y = generated(s.matrix(k, n), Sylvester(B, C), s.ring)
        yield rank_at_most(product(x, y), x.bound + y.bound)
        T = s.nonsingular(k)
        x = generated(s.matrix(m, k), Stein(A, dense(T)), s.ring)
        y = generated(s.matrix(k, n), Stein(dense(inverse(T, s.ring)), C), s.ring)
        yield rank_at_most(product(x, y), x.bound + y.bound)
