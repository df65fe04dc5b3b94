"""Rule (d) is sharp."""

from ldrtheory.certify.equality import rank_exactly
from ldrtheory.operators import Sylvester, shift
from ldrtheory.operators.closure import product
from ldrtheory.operators.generator import generated
from ldrtheory.rings import QQ

statement = """The bound r + s for products with a common inner operator is attained: at n = 2, ranks 1
and 1 give 2."""
hypotheses = """Over Q, for (Z_1, Z_0) and (Z_0, Z_-1)."""
source = """Computed here."""
depends = ("closure_product",)
necessity = "none: it asserts an example"


def claims(max_n, seed):
    x = generated([[0, -1], [-1, 0]], Sylvester(shift(f=1), shift(f=0)), QQ)
    y = generated([[0, 0], [0, -1]], Sylvester(shift(f=0), shift(f=-1)), QQ)
    yield rank_exactly(x, 1)
    yield rank_exactly(y, 1)
    yield rank_exactly(product(x, y), 2)
