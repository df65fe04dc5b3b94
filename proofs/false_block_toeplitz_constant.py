"""A constant for block Toeplitz matrices."""

import numpy as np

from ldrtheory.certify.equality import rank_at_least
from ldrtheory.certify.instances import instances
from ldrtheory.operators import Sylvester, shift
from ldrtheory.rings import QQ

statement = """Block Toeplitz matrices with Toeplitz blocks (two-dimensional convolutions) have no
constant bound for one-dimensional shift operators: with k x k blocks of size k x k the displacement
rank for (Z_1, Z_-1) is 2 k, so 4 fails at k = 3."""
hypotheses = """Over Q."""
source = """A common misreading; the counterexample was found here."""
depends = ("closure_toeplitz_blocks",)


def claims(max_n, seed):
    pair = Sylvester(shift(f=1), shift(f=-1))
    for s in instances(max_n, 0, fields=(QQ,), repeat=1, least=3):
        t = [s.toeplitz(s.n, s.n) for _ in range(2 * s.n - 1)]
        M = np.block([[t[i - j + s.n - 1] for j in range(s.n)] for i in range(s.n)])
        yield rank_at_least(M, 2 * s.n, pair, QQ)
