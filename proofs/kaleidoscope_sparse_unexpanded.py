"""Matrices with few entries, without expansion."""

from itertools import combinations

from ldrtheory.certify.instances import instances
from ldrtheory.certify.kaleidoscopes import corner_is
from ldrtheory.linalg import zeros
from ldrtheory.rings import QQ
from ldrtheory.synthesis import sparse_unexpanded

statement = """An n x n matrix with at most n nonzero entries, n = 2^L >= 2, is in (BB*)^4 with e = 1: a
permutation, copies of the inputs, a permutation between rows and columns, sums, a permutation."""
hypotheses = """Any field. All supports with at most n entries for n <= 4, with entries 1, 2, 3, ... over Q;
random ones over other fields and for n = 8."""
source = """Derived here, after the step matrices of Dao et al., Kaleidoscope (ICLR 2020), appendix."""
largest = 8
necessity = "not known whether (BB*)^4 with e = 1 holds matrices of size n with more entries for all n"


def claims(max_n, seed):
    for n in (k for k in (2, 4) if k <= max_n):
        for count in range(n + 1):
            for places in combinations([(i, j) for i in range(n) for j in range(n)], count):
                M = zeros(QQ, n, n)
                for k, at in enumerate(places):
                    M[at] = QQ(k + 1)
                yield corner_is(sparse_unexpanded(M, QQ), M)
    for s in instances(max_n, seed, repeat=1, least=2):
        if s.n & (s.n - 1):
            continue
        for _ in range(3):
            M = zeros(s.ring, s.n, s.n)
            for at in s.draw.sample([(i, j) for i in range(s.n) for j in range(s.n)], s.n):
                M[at] = s.nonzero()
            yield corner_is(sparse_unexpanded(M, s.ring), M)
