"""Direct sums and Kronecker products."""

from ldrtheory.certify.instances import instances
from ldrtheory.certify.kaleidoscopes import corner_is
from ldrtheory.linalg import direct_sum as blocks
from ldrtheory.linalg import kron
from ldrtheory.synthesis import direct_sum, kronecker, low_rank, permutation, sparse

statement = """For n x n members M and M' of (BB*)^w_e with n a power of two, diag(M, M') is in (BB*)^w_e of
size 2 n, and the Kronecker product of members of (BB*)^w_e and (BB*)^w_e' of sizes that are powers of two
is in (BB*)^w_(e e')."""
hypotheses = """Any field. The selector of a direct sum is the bit above those of the place inside a
summand, not the highest one."""
source = """Dao et al., Kaleidoscope (ICLR 2020), appendix; the position of the bits for e > 1 was derived
here."""
largest = 4
necessity = "not known: for other n the selector is no bit"


def claims(max_n, seed):
    for s in instances(max_n, seed, repeat=1):
        n = s.n
        if n & (n - 1):
            continue
        K, M = sparse(s.matrix(n, n), s.ring), low_rank(s.of_rank(n, n, min(2, n)), s.ring)
        P = permutation(s.draw.sample(range(n), n), s.ring)
        for x, y in ((K, M), (M, P), (P, K)):
            yield corner_is(direct_sum(x, y), blocks(s.ring, x.entries(), y.entries()))
        small = low_rank(s.of_rank(2, 2, 1), s.ring)
        for x, y in ((small, M), (P, small)):
            yield corner_is(kronecker(x, y), kron(x.entries(), y.entries()))
