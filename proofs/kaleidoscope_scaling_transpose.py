"""Scaling rows and columns, and transposing."""

from ldrtheory.certify.instances import instances
from ldrtheory.certify.kaleidoscopes import corner_is
from ldrtheory.linalg import diagonal_matrix, matmul
from ldrtheory.synthesis import scaled, sparse
from ldrtheory.synthesis.low_rank import low_rank

statement = """If M is in (BB*)^w_e then so are D M D' for diagonal matrices D and D', and the transpose of
M: the outer factors absorb the diagonals, and the transposed factors in reverse order have the same
bits."""
hypotheses = """Any field, any shape, any diagonal matrices."""
source = """Transpose: Dao et al., Kaleidoscope (ICLR 2020). Scaling: derived here."""
necessity = "none"


def claims(max_n, seed):
    for s in instances(max_n, seed):
        m, n = s.size(), s.n
        for K in (sparse(s.matrix(m, n), s.ring), low_rank(s.of_rank(m, n, 1), s.ring)):
            d, e = [s.element() for _ in range(m)], [s.element() for _ in range(n)]
            M = K.entries()
            yield corner_is(K.transpose(), M.T)
            D, E = diagonal_matrix(d, s.ring), diagonal_matrix(e, s.ring)
            yield corner_is(scaled(K, d, e), matmul(s.ring, D, M, E))
