"""Rule (e) in the pair (Z_1, Z_-1)."""

from ldrtheory.certify.equality import rank_at_most
from ldrtheory.certify.instances import instances
from ldrtheory.operators import Sylvester, shift
from ldrtheory.operators.closure import change_operators, inverse, product
from ldrtheory.rings import GF, QQ, Cyclotomic

statement = """In the one pair (Z_1, Z_-1), a product of matrices of displacement ranks r and s has at
most r + s + 1, and an inverse at most r + 2."""
hypotheses = """Characteristic other than 2, square matrices."""
source = """Rule (e): rank(Z_1 - Z_-1) = 1."""
depends = (
    "closure_mismatch",
    "closure_operator_change",
    "closure_inverse",
)
necessity = "none: in characteristic 2 the two shifts are equal, and r + s and r hold"


def claims(max_n, seed):
    for s in instances(max_n, seed, fields=(QQ, GF(3), GF(7), Cyclotomic(3))):
        pair = Sylvester(shift(f=s.ring.one), shift(f=-s.ring.one))
        x, y = s.invertible(pair, s.n), s.structured(pair, s.n, s.n)
        yield rank_at_most(product(x, y), x.bound + y.bound + 1)
        z = change_operators(inverse(x), pair.left, pair.right)
        yield rank_at_most(z, x.bound + 2)
