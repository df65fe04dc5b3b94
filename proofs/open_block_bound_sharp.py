"""Sharpness of the bound for block matrices."""

import numpy as np

from ldrtheory.certify.equality import rank_at_least, rank_at_most
from ldrtheory.certify.instances import instances
from ldrtheory.operators import Sylvester, shift
from ldrtheory.operators.inversion import shift_pair
from ldrtheory.rings import GF

statement = """For all k, l, r >= 1 and all n >= n_0(k, l, r), do some k x l blocks of size n x n and
displacement rank at most r for (Z_1, Z_-1) attain r k l + (k - 1) + (l - [l odd]) for the whole? They do
here, k, l <= 3, r <= 2, for every n from the first one on at which random blocks do."""
hypotheses = """Open in general; k = l = 1 is trivial. Random blocks over GF(10007)."""
source = """Raised here."""
depends = ("closure_block_shifts",)
largest = 9


def claims(max_n, seed):
    pair, ring = Sylvester(shift(f=1), shift(f=-1)), GF(10007)
    for k, across, r in (
        (1, 2, 1),
        (2, 1, 1),
        (2, 2, 1),
        (1, 3, 1),
        (3, 1, 1),
        (1, 2, 2),
        (2, 1, 2),
        (2, 3, 1),
    ):
        bound = r * k * across + (k - 1) + across - across % 2
        for s in instances(max_n, seed, fields=(ring,), repeat=1, least=-(-bound // min(k, across))):
            draw = [[ring(s.draw.randrange(10007)) for _ in range(2 * r * s.n)] for _ in range(k * across)]
            parts = [np.array(x, dtype=object).reshape(2, s.n, r) for x in draw]
            parts = [shift_pair(G, H, 1, -1, ring) for G, H in parts]
            for M in parts:
                yield rank_at_most(M, r, pair, ring)
            M = np.block([parts[i * across : (i + 1) * across] for i in range(k)])
            yield rank_at_least(M, bound, pair, ring)
