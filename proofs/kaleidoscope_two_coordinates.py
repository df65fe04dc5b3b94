"""A 2 x 2 matrix on two coordinates."""

from ldrtheory.certify.instances import instances
from ldrtheory.certify.kaleidoscopes import corner_is, in_class
from ldrtheory.linalg import identity
from ldrtheory.rings import GF, QQ
from ldrtheory.synthesis import embedded

statement = """The identity of size n = 2^L with a 2 x 2 matrix put on any two coordinates is in BB*. Every
matrix is a product of such matrices and diagonals, their number bounded by n, so for fixed n the classes
(BB*)^w stop growing with w at all matrices."""
hypotheses = """Any field, any two different coordinates in any order; here Q and GF(7), all pairs of
coordinates. The consequence is Gaussian elimination."""
source = """Derived here."""
largest = 8
necessity = "none"


def claims(max_n, seed):
    for s in instances(max_n, seed, fields=(QQ, GF(7)), repeat=1, least=2):
        for i in range(s.n):
            for j in (j for j in range(s.n) if j != i):
                G = s.matrix(2, 2)
                M = identity(s.ring, s.n)
                for a, r in enumerate((i, j)):
                    for b, c in enumerate((i, j)):
                        M[r, c] = G[a, b]
                K = embedded(G, i, j, s.n, s.ring)
                yield (in_class if K.size == s.n else corner_is)(K, M)
