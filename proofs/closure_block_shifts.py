"""Rule (g): back to one shift pair."""

from ldrtheory.certify.equality import rank_at_most, rank_exactly
from ldrtheory.certify.instances import instances
from ldrtheory.operators import Sylvester, shift
from ldrtheory.operators.closure_blocks import block_matrix, global_shifts
from ldrtheory.rings import GF, QQ, Cyclotomic

statement = """Blocks n x n of displacement rank at most r for (Z_1, Z_-1), k x l of them, make a matrix
of displacement rank at most r k l + (k - 1) + (l - [l odd]) for (Z_1, Z_-1) of full size. The bound is
attained: r = 1, k = l = 2, n = 4 gives 7."""
hypotheses = """Characteristic other than 2."""
source = """Derived here: the difference between Z_f of size kn and k copies of Z_f of size n has
rank k - [f^k = f]. The published bound r k l + 2 k + 2 l (Thomas et al. 2018, to be checked against the
paper) is larger."""
depends = ("closure_blocks",)
largest = 4
necessity = "none: in characteristic 2 the bound holds as well, with l - 1 in place of l - [l odd]"


def claims(max_n, seed):
    for s in instances(max_n, seed, fields=(QQ, GF(3), GF(7), Cyclotomic(3)), repeat=1):
        pair = Sylvester(shift(f=s.ring.one), shift(f=-s.ring.one))
        for k, across in ((1, 2), (2, 1), (2, 2), (2, 3), (3, 1)):
            grid = [[s.structured(pair, s.n, s.n) for _ in range(across)] for _ in range(k)]
            r = max(x.bound for row in grid for x in row)
            bound = r * k * across + (k - 1) + across - across % 2
            yield rank_at_most(global_shifts(block_matrix(grid)), bound)
    if max_n >= 4:  # attained
        for s in instances(4, 0, fields=(QQ,), repeat=1, least=4):
            pair = Sylvester(shift(f=1), shift(f=-1))
            yield rank_exactly(
                global_shifts(block_matrix([[s.structured(pair, 4, 4) for _ in "ab"] for _ in "cd"])), 7
            )
