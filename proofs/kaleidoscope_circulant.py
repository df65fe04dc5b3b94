"""Circulant matrices."""

from ldrtheory.certify.instances import instances
from ldrtheory.certify.kaleidoscopes import corner_is, in_class
from ldrtheory.linalg import array, diagonal_matrix, matmul
from ldrtheory.rings import GF, QQ, Cyclotomic
from ldrtheory.synthesis.gallery.fourier import afdf, circulant

statement = """Every circulant of size n = 2^L is in BB*: a transposed FFT butterfly, a diagonal, an FFT
butterfly. The factors are over Q(zeta_n) where the entries are rational. For other n it is the corner of a
member of BB* of size pow2(2 n - 1). Every product A F D F^-1 with diagonals A and D, of size n = 2^L, is in
BB* as well."""
hypotheses = """A field with a root of unity of order n, or of order N for a size N > n, and 1/N."""
source = """Dao et al., Kaleidoscope (ICLR 2020), and Monarch (arXiv 2204.00595); the field is part of the
statement."""
largest = 12
necessity = """not known for circulants over Q; products modulo x^4 + 1 fail there
(false_kaleidoscope_real_convolution)"""


def _circulant(c, ring):
    return array(ring, [[c[(i - j) % len(c)] for j in range(len(c))] for i in range(len(c))])


def claims(max_n, seed):
    for s in instances(max_n, seed, fields=(QQ, GF(12289)), repeat=1):
        n = s.n
        c = [s.element() for _ in range(n)]
        K = circulant(c, None if s.ring is QQ else s.ring)
        yield (in_class if K.size == n else corner_is)(K, _circulant(c, K.field))
    for n in (k for k in (2, 4, 8) if k <= max_n):
        F = Cyclotomic(n) if n > 2 else QQ
        w = F.root_of_unity(n)
        a, d = [F(k + 1) for k in range(n)], [w**k + 2 for k in range(n)]
        lam = [sum((d[q] * w ** (-q * k % n) for q in range(n)), F(0)) / n for k in range(n)]
        yield in_class(afdf(a, d, F), matmul(F, diagonal_matrix(a, F), _circulant(lam, F)))
