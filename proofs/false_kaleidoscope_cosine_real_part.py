"""Cosine transforms as real parts."""

from ldrtheory.certify.equality import equal
from ldrtheory.certify.kaleidoscopes import corner_is, corner_is_not
from ldrtheory.linalg import array
from ldrtheory.rings import Cyclotomic
from ldrtheory.synthesis import multiplied, permutation, scaled
from ldrtheory.synthesis.gallery.fourier import dft

statement = """The product D F P of a diagonal matrix, the DFT and a permutation, whose real part is the
cosine transform of type 2, is not the cosine transform: it fails at n = 2. Taking real parts is not linear
over the field of the factors, so that this puts no cosine transform into (BB*)^2. With the real part the
mean with the conjugate is the transform."""
hypotheses = """Over Q(zeta_4n), n = 2, 4, 8. For n = 1 both are 1."""
source = """Read literally: Dao et al., Learning fast algorithms (ICML 2019), appendix A; found here."""
depends = ("kaleidoscope_cosine",)
largest = 8


def claims(max_n, seed):
    for n in (k for k in (2, 4, 8) if k <= max_n):
        F = Cyclotomic(4 * n)
        z = F.zeta
        angles = [[k * (2 * j + 1) for j in range(n)] for k in range(n)]
        C = array(F, [[(z**a + z**-a) / 2 for a in row] for row in angles])
        p = [
            j // 2 if j % 2 == 0 else n - 1 - j // 2 for j in range(n)
        ]  # the even ones, then the odd ones backwards
        K = scaled(multiplied(dft(n, F), permutation(p, F)), [z**-k for k in range(n)])
        yield corner_is_not(K, C)
        M = K.entries()
        conjugate = array(F, [[F.conjugate(x) for x in row] for row in M])
        yield equal((M + conjugate) / 2, C, F)
        yield corner_is(K, M)
