"""Rule (g): block matrices for direct sums of operators."""

from ldrtheory.certify.equality import rank_at_most
from ldrtheory.certify.instances import instances
from ldrtheory.operators import Stein, Sylvester
from ldrtheory.operators.closure_blocks import block_matrix
from ldrtheory.operators.generator import generated

statement = """A matrix of k x l blocks, block (i, j) of displacement rank r_ij for (A_i, B_j), has at
most the sum of all r_ij for the direct sums of the A_i and of the B_j, Sylvester and Stein alike."""
hypotheses = """Any field, any block sizes."""
source = """Classical; collected in Thomas, Gu, Dao, Rudra and Ré 2018."""
largest = 4
necessity = "none"


def claims(max_n, seed):
    for s in instances(max_n, seed):
        kind = s.draw.choice([Sylvester, Stein])
        heights, widths = [s.size() for _ in range(2)], [s.size() for _ in range(s.draw.randint(1, 2))]
        lefts, rights = [s.operator(h) for h in heights], [s.operator(w) for w in widths]
        grid = [
            [generated(s.of_rank(h, w, 1), kind(A, B), s.ring) for w, B in zip(widths, rights)]
            for h, A in zip(heights, lefts)
        ]
        yield rank_at_most(block_matrix(grid), sum(x.bound for row in grid for x in row))
