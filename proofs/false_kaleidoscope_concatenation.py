"""Products by concatenating factors, with expansion."""

from ldrtheory.certify.kaleidoscopes import corner_is, corner_is_not, is_product
from ldrtheory.kaleidoscopes import KaleidoscopeProduct
from ldrtheory.rings import QQ
from ldrtheory.synthesis import multiplied, permutation

statement = """The factors of two corners, concatenated, do not give the product of the corners when e > 1:
it fails at n = 1 and e = 2, where the corner of the swap is 0 and the corner of its square 1. A projector
on the first n positions between the two, absorbed in the next factor, repairs it."""
hypotheses = """Over Q; n = 1, 2, 4 with N = 2 n, halves exchanged. With e = 1 there is nothing beyond the
corner."""
source = """Read literally: Dao et al., Kaleidoscope (ICLR 2020), closure under products; found here."""
depends = ("kaleidoscope_products",)


def claims(max_n, seed):
    for n in (k for k in (1, 2, 4) if k <= max_n):
        whole = permutation([*range(n, 2 * n), *range(n)])
        K = KaleidoscopeProduct(n, n, 2 * n, 1, QQ, "BB*", whole.factors)
        nothing = [[0] * n for _ in range(n)]
        yield corner_is(K, nothing)
        plain = KaleidoscopeProduct(n, n, 2 * n, 2, QQ, "BB*", (*K.factors, *K.factors))
        yield corner_is_not(plain, nothing)
        yield is_product(plain, [[[int(i == j) for j in range(n)] for i in range(n)]])
        yield corner_is(multiplied(K, K), nothing)
