"""Permutations in BB* and in B*B."""

import random
from itertools import permutations

from ldrtheory.certify.kaleidoscopes import corner_is, in_class
from ldrtheory.kaleidoscopes import KaleidoscopeProduct
from ldrtheory.rings import GF, QQ
from ldrtheory.synthesis import permutation
from ldrtheory.synthesis.routing import permutation_middle

statement = """Every n x n permutation matrix, n = 2^L, is in BB* and in B*B, with one entry 1 in each row
of each factor and zeros otherwise. For other n it is a corner of expansion pow2(n)/n."""
hypotheses = """Any field; here Q and GF(2). All permutations for n <= 4, random ones above."""
source = """Dao et al., Kaleidoscope (ICLR 2020), Theorem 2; the routing is the looping algorithm of
Benes."""
largest = 16
necessity = "none"


def _some(n, seed):
    if n <= 4:
        yield from (list(p) for p in permutations(range(n)))
        return
    draw = random.Random(f"{seed} {n}")
    yield list(range(n))[::-1]
    for _ in range(4):
        yield draw.sample(range(n), n)


def claims(max_n, seed):
    for n in range(1, max_n + 1):
        for k, p in enumerate(_some(n, seed)):
            ring = (QQ, GF(2))[k % 2]
            K = permutation(p, ring)
            if n == K.size:
                yield in_class(K, p)
                factors = tuple(permutation_middle(p, ring))
                yield corner_is(KaleidoscopeProduct(n, n, n, 1, ring, "B*B", factors), p)
            else:
                yield corner_is(K, p)
