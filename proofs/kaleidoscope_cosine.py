"""Cosine and sine transforms, exactly."""

from ldrtheory.certify.kaleidoscopes import corner_is
from ldrtheory.synthesis.gallery.trigonometric import dct, dst

statement = """The cosine and sine transforms of type 2 of size n = 2^L, with entries cos(pi k (2 j + 1)/(2
n)) and sin(pi (k + 1) (2 j + 1)/(2 n)), are corners of members of (BB*)^2 of expansion at most 2, over the
field of their factors and without a real part."""
hypotheses = """A field with a root of unity of order 4 n, and 1/(2 n); here Q(zeta_4n)."""
source = """Derived here; up to a real part, which is not linear, (BB*)^2 without expansion is claimed by
Dao et al. (ICLR 2020)."""
largest = 16
necessity = "not known: over Q(zeta_4n) only the construction needs the root of unity"


def claims(max_n, seed):
    for n in (k for k in (1, 2, 4, 8, 16) if k <= max_n):
        for sine, transform in ((False, dct), (True, dst)):
            K = transform(n)
            F = K.field
            z = F.root_of_unity(4 * n)
            i, half = z**n, F.inverse(F(2))
            rows = []
            for k in range(n):
                angles = [(k + sine) * (2 * j + 1) % (4 * n) for j in range(n)]
                rows.append([(z**a - z**-a) / i * half if sine else (z**a + z**-a) * half for a in angles])
            yield corner_is(K, rows)
