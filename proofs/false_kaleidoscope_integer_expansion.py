"""Whole-number expansions of sizes that are not powers of two."""

from ldrtheory.certify.kaleidoscopes import corner_is
from ldrtheory.rings import QQ
from ldrtheory.synthesis import permutation, sparse

statement = """A hierarchy (BB*)^w_e with a whole number e is empty unless n is a power of two, since
factors have size N = e n = 2^L: it fails at n = 3, where no multiple of 3 is a power of two. With rational
e = N/n the constructions reach every n: permutations at e = 4/3 for n = 3, the full matrix of ones at e =
16/3."""
hypotheses = """Over Q; here n = 3, 5, 6, 7, whose corners are verified. That a power of two has no divisor
3, 5, 6 or 7 is arithmetic and no claim."""
source = """Read literally: Dao et al., Kaleidoscope (ICLR 2020), Theorems 1 and 3; the correction was found
here."""
depends = ("kaleidoscope_permutations", "kaleidoscope_sparse")
largest = 7


def claims(max_n, seed):
    for n in (k for k in (3, 5, 6, 7) if k <= max_n):
        cycle = [*range(1, n), 0]
        yield corner_is(permutation(cycle), cycle)
        ones = [[QQ.one] * n for _ in range(n)]
        yield corner_is(sparse(ones), ones)
