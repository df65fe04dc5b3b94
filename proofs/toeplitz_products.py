"""Products of Toeplitz matrices."""

from ldrtheory.certify.equality import product_equals, rank_at_least, rank_at_most
from ldrtheory.certify.instances import instances
from ldrtheory.linalg import matmul
from ldrtheory.operators import Sylvester, shift
from ldrtheory.rings import QQ

statement = (
    """A product of k Toeplitz matrices has displacement rank at most 2 k for every pair (Z_e, Z_f)."""
)
hypotheses = """Any field, square matrices, any e and f; k = 1, 2, 3."""
source = (
    """A Toeplitz matrix has rank at most 2 for every such pair, so that the inner operators can agree."""
)
depends = ("closure_product",)


def claims(max_n, seed):
    for s in instances(max_n, seed):
        for k in (1, 2, 3):
            T = [s.toeplitz(s.n, s.n) for _ in range(k)]
            M = matmul(s.ring, *T)
            yield product_equals(T, M, s.ring)
            yield rank_at_most(M, 2 * k, Sylvester(shift(f=s.element()), shift(f=s.element())), s.ring)


def without_toeplitz_factors():
    yield rank_at_least([[0, 0, 0], [1, 1, 0], [1, 1, 1]], 3, Sylvester(shift(f=1), shift(f=-1)), QQ)


necessity = {"Toeplitz factors": without_toeplitz_factors}
