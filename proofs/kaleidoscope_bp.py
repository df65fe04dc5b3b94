"""Products of a butterfly and block permutations."""

import random
from itertools import product

from ldrtheory.certify.kaleidoscopes import corner_is, is_product
from ldrtheory.kaleidoscopes import ButterflyFactor, KaleidoscopeProduct, identity_factor
from ldrtheory.rings import QQ
from ldrtheory.synthesis import permutation

statement = """A product B P of a butterfly matrix and L block permutations is in (BB*)^2: P in BB*, the
identity for the star part, B. Each block permutation splits every block by even and odd entries, or not,
and reverses its halves, or not."""
hypotheses = """Over Q; all 8^L choices for n <= 4, random ones above. All splits and no reversal give the
reversal of bits."""
source = """Dao, Gu, Eichhorn, Rudra and Ré 2019 (arXiv 1903.05895), section 3; the inclusion: Kaleidoscope
(ICLR 2020)."""
largest = 16
necessity = "none"


def _block(x, split, first, second):
    x = x[::2] + x[1::2] if split else list(x)
    h = len(x) // 2
    return (x[:h][::-1] if first else x[:h]) + (x[h:][::-1] if second else x[h:])


def _order(n, choices):
    """The inputs in the order in which they come out."""
    x = list(range(n))
    for level, choice in enumerate(choices):
        size = n >> level
        x = [y for k in range(0, n, size) for y in _block(x[k : k + size], *choice)]
    return x


def claims(max_n, seed):
    for n in (k for k in (2, 4, 8, 16) if k <= max_n):
        L, draw = n.bit_length() - 1, random.Random(f"{seed} {n}")
        every = list(product((False, True), repeat=3))
        picked = (
            list(product(every, repeat=L))
            if n <= 4
            else [[draw.choice(every) for _ in range(L)] for _ in range(8)]
        )
        for choices in [*picked, [(True, False, False)] * L]:
            p = [0] * n
            for place, i in enumerate(_order(n, choices)):
                p[i] = place
            P = permutation(p)
            rising = [
                ButterflyFactor(
                    b,
                    [QQ(draw.randint(-3, 3)) for _ in range(n)],
                    [QQ(draw.randint(-3, 3)) for _ in range(n)],
                )
                for b in range(L)
            ]
            B = KaleidoscopeProduct(n, n, n, 1, QQ, "B", tuple(rising))
            still = [identity_factor(b, n, QQ) for b in reversed(range(L))]
            K = KaleidoscopeProduct(n, n, n, 2, QQ, "BB*", (*P.factors, *still, *rising))
            yield is_product(K, [B, p])
        yield corner_is(P, [int(f"{i:0{L}b}"[::-1], 2) for i in range(n)])
