"""Rule (g): blocks that are exactly Toeplitz."""

import numpy as np

from ldrtheory.certify.equality import rank_at_least, rank_at_most, rank_exactly
from ldrtheory.certify.instances import instances
from ldrtheory.operators import Sylvester, shift
from ldrtheory.operators.closure_blocks import toeplitz_blocks
from ldrtheory.rings import QQ

statement = """A matrix of k x l Toeplitz blocks of one size has displacement rank at most k + l for
(Z_e, Z_f) of full size, for all e and f. The bound is attained: k = l = 3 blocks of size 2 x 2 give 6."""
hypotheses = """Any field, any block size."""
source = """Derived here: the residual lives on k rows and l columns."""
largest = 4


def claims(max_n, seed):
    for s in instances(max_n, seed, repeat=1):
        for k, across in ((1, 1), (2, 1), (1, 3), (2, 2), (2, 3)):
            height, width = s.size(), s.size()
            M = np.block([[s.toeplitz(height, width) for _ in range(across)] for _ in range(k)])
            yield rank_at_most(toeplitz_blocks(M, (k, across), s.element(), s.element(), s.ring), k + across)
    for s in instances(2, 1, fields=(QQ,), repeat=1, least=2):  # attained
        M = np.block([[s.toeplitz(2, 2) for _ in range(3)] for _ in range(3)])
        yield rank_exactly(toeplitz_blocks(M, (3, 3), ring=QQ), 6)


def without_toeplitz_blocks():
    yield rank_at_least(
        [[0, 0, 0], [1, 1, 0], [1, 1, 1]], 3, Sylvester(shift(f=1), shift(f=-1)), QQ
    )  # k = l = 1


necessity = {"Toeplitz blocks": without_toeplitz_blocks}
