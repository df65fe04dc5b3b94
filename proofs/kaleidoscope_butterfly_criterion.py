"""Which matrices are butterfly matrices."""

from itertools import product

from ldrtheory.certify.instances import instances
from ldrtheory.kaleidoscopes import ButterflyFactor, KaleidoscopeProduct
from ldrtheory.linalg import array
from ldrtheory.rings import GF
from ldrtheory.synthesis.membership import butterfly_membership

statement = """A matrix of size n = 2^L is in B if and only if, for 0 < t < L, every submatrix of rows that
are equal modulo 2^t and of columns of one aligned chunk of 2^t has rank at most 1; the factors are then
read off, and otherwise a 2 x 2 minor refuses. Every 2 x 2 matrix is in B. M is in B* if and only if M^T is
in B."""
hypotheses = """Any field. Here the 0/1 matrices of size 4 whose second half of columns repeats the first,
all over GF(2), and products of random factors with many zeros and their changes in one entry, over several
fields."""
source = """The identifiability results of Zheng, Riccietti and Gribonval (arXiv 2110.01230), restated;
proved here."""
largest = 8
necessity = "none: an equivalence"


def _decided(M, ring):
    yield butterfly_membership(M, "B", ring).statement
    yield butterfly_membership(M.T, "B*", ring).statement


def claims(max_n, seed):
    if max_n >= 4:
        for bits in product((0, 1), repeat=8):
            M = array(GF(2), [[bits[2 * i + j % 2] for j in range(4)] for i in range(4)])
            yield from _decided(M, GF(2))
    for s in instances(max_n, seed, repeat=1, least=2):
        if s.n & (s.n - 1):
            continue
        for _ in range(3):
            L = s.n.bit_length() - 1
            thin = [[s.element() * s.ring(s.draw.randint(0, 1)) for _ in range(s.n)] for _ in range(2 * L)]
            factors = [ButterflyFactor(b, *thin[2 * b : 2 * b + 2]) for b in range(L)]
            M = KaleidoscopeProduct(s.n, s.n, s.n, 1, s.ring, "B", tuple(factors)).entries()
            yield from _decided(M, s.ring)
            M[s.draw.randrange(s.n), s.draw.randrange(s.n)] += s.ring.one
            yield from _decided(M, s.ring)
