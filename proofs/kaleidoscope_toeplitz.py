"""Toeplitz matrices and linear convolutions."""

from ldrtheory.certify.instances import instances
from ldrtheory.certify.kaleidoscopes import corner_is
from ldrtheory.rings import GF, QQ
from ldrtheory.synthesis.gallery.fourier import linear_convolution, toeplitz

statement = """Every m x n Toeplitz matrix is the corner of a member of BB* of size pow2(m + n - 1): of
expansion 2 for m = n = 2^L. So is the (m + n - 1) x n matrix of the product with a polynomial of m
coefficients."""
hypotheses = """A field with a root of unity of the order of that size N, and 1/N; here Q, with factors over
Q(zeta_N), and GF(12289)."""
source = """Dao et al., Kaleidoscope (ICLR 2020); the field is part of the statement."""
largest = 12
necessity = "not known over fields without the root of unity"


def claims(max_n, seed):
    for s in instances(max_n, seed, fields=(QQ, GF(12289)), repeat=1):
        field = None if s.ring is QQ else s.ring
        for m, n in {(s.n, s.n), (s.size(), s.n)}:
            t = [s.element() for _ in range(m + n - 1)]
            K = toeplitz(t, m, n, field)
            yield corner_is(K, [[t[i - j + n - 1] for j in range(n)] for i in range(m)])
        m, n = s.size(), s.size()
        t = [s.element() for _ in range(m)]
        K = linear_convolution(t, n, field)
        rows = [[t[i - j] if 0 <= i - j < m else 0 for j in range(n)] for i in range(m + n - 1)]
        yield corner_is(K, rows)
