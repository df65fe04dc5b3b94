"""Sparse matrices in width 2."""

from ldrtheory.certify.instances import instances
from ldrtheory.certify.kaleidoscopes import corner_is
from ldrtheory.linalg import zeros
from ldrtheory.rings import GF
from ldrtheory.synthesis import sparse

statement = """An m x n matrix with s nonzero entries and at most z empty rows and at most z empty columns
is the corner of a member of (BB*)^2 of size pow2(max(2, s + z)): width 2 for every s, also for s = 0."""
hypotheses = """Any field, any shape. All 0/1 matrices of shapes up to 3 x 3 over GF(2); random ones with s
= 0, 1, n/2, n, n + 1, 2 n, m n over other fields; a full row, a full column."""
source = """Derived here; existence with width 4 ceil(s/n) and expansion 4: Dao et al., Kaleidoscope (ICLR
2020), Theorem 3."""
largest = 6
necessity = "none"


def claims(max_n, seed):
    for m in range(1, min(max_n, 3) + 1):
        for n in range(1, min(max_n, 3) + 1):
            for bits in range(1 << (m * n)):
                M = [[bits >> (i * n + j) & 1 for j in range(n)] for i in range(m)]
                yield corner_is(sparse(M, GF(2)), M)
    for s in instances(max_n, seed, repeat=1):
        n = s.n
        for m in {n, s.size()}:
            places = [(i, j) for i in range(m) for j in range(n)]
            for count in sorted({0, 1, n // 2, n, n + 1, 2 * n, m * n}):
                M = zeros(s.ring, m, n)
                for at in s.draw.sample(places, min(count, m * n)):
                    M[at] = s.nonzero()
                yield corner_is(sparse(M, s.ring), M)
            row, column = zeros(s.ring, m, n), zeros(s.ring, m, n)
            row[m - 1, :], column[:, n - 1] = s.nonzero(), s.nonzero()
            yield corner_is(sparse(row, s.ring), row)
            yield corner_is(sparse(column, s.ring), column)
