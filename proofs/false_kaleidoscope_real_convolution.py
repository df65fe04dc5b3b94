"""Convolutions over the reals."""

from ldrtheory.certify.kaleidoscopes import in_class
from ldrtheory.rings import GAUSSIAN, QQ, Cyclotomic
from ldrtheory.synthesis import scaled
from ldrtheory.synthesis.gallery.fourier import circulant
from ldrtheory.synthesis.membership import bb_star_membership_4

statement = """Convolution matrices are in BB* over a field with the roots of unity, not over Q or R in
general: it fails at n = 4, for the product with 1 + x modulo x^4 + 1. Over Q(i) this matrix is in BB*, and
over Q(zeta_8) every product modulo x^4 + 1 is: a circulant between diagonals."""
hypotheses = """Over Q; the discriminant of the criterion is -4, no square in R either. For n = 2 every
matrix is in BB*, and 3 is no size of factors. That a circulant of size 4 fails over Q is not known here."""
source = """Read without the field: Dao et al., Kaleidoscope (ICLR 2020); the counterexample was found
here."""
depends = ("kaleidoscope_four_criterion", "kaleidoscope_circulant")
largest = 4


def claims(max_n, seed):
    F = Cyclotomic(8)
    z = F.zeta
    for c in ((1, 1, 0, 0), (-1, 0, 0, 1), (2, 1, 0, 0), (1, 0, 0, 2)):
        M = [[c[i - j] if i >= j else -c[4 + i - j] for j in range(4)] for i in range(4)]
        yield bb_star_membership_4(M, QQ).statement
        yield bb_star_membership_4(M, GAUSSIAN).statement
        turned = circulant([c[k] * z**k for k in range(4)], F)
        yield in_class(scaled(turned, [z**-k for k in range(4)], [z**k for k in range(4)]), M)
