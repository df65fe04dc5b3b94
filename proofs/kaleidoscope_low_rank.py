"""Matrices of low rank, and all matrices, in width 1."""

from ldrtheory.certify.instances import instances
from ldrtheory.certify.kaleidoscopes import corner_is, in_class
from ldrtheory.synthesis import general, low_rank, outer

statement = """An outer product u v^T of size n = 2^L is in BB* itself. A matrix of rank r >= 1 is the
corner of a member of BB* of expansion pow2(r), and every n x n matrix is one of expansion n: that some (w,
e) reaches a matrix says nothing, only its size does."""
hypotheses = """Any field, any shape; other sizes are corners of the next power of two."""
source = """Derived here."""
necessity = "none"


def claims(max_n, seed):
    for s in instances(max_n, seed):
        m, n = s.size(), s.n
        u, v = [s.element() for _ in range(n)], [s.element() for _ in range(n)]
        K = outer(u, v, s.ring)
        member = in_class if K.size == n else corner_is
        yield member(K, [[x * y for y in v] for x in u])
        for r in (1, 2, 3):
            M = s.of_rank(m, n, r)
            yield corner_is(low_rank(M, s.ring), M)
        M = s.matrix(m, n)
        yield corner_is(general(M, s.ring), M)
