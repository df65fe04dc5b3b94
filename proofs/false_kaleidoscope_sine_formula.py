"""Closed forms of the cosine and sine transforms."""

from ldrtheory.certify.equality import differ, equal
from ldrtheory.linalg import array
from ldrtheory.rings import Cyclotomic

statement = """The closed forms 2 Re(e^(-i pi k/(2n)) V_k) and -2 Im(e^(-i pi k/(2n)) V_(k+1)), V the DFT of
the rearranged input, are not the cosine and sine transforms with plain sums of x_j cos and x_j sin: both
fail at n = 1. The factor 2 must go, and the sine transform needs k + 1 in place of k in the exponential."""
hypotheses = """Over Q(zeta_4n). The rearranged input has the entries of even number first, then those of
odd number backwards, with the opposite sign for the sine transform."""
source = """As quoted from Dao et al., Learning fast algorithms (ICML 2019), appendix A; corrected here."""
depends = ("kaleidoscope_cosine",)
largest = 8


def _closed(n, phase, shift, sign):
    """Twice the real part, and twice the imaginary part, of e^(-i pi (k + phase)/(2n)) V_(k + shift)."""
    F = Cyclotomic(4 * n)
    places = [(j // 2, 1) if j % 2 == 0 else (n - 1 - j // 2, sign) for j in range(n)]
    M = [[F.zeta ** -(k + phase + 4 * (k + shift) * t) * c for t, c in places] for k in range(n)]
    M, conjugate = array(F, M), array(F, [[F.conjugate(x) for x in row] for row in M])
    return M + conjugate, (M - conjugate) / F.zeta**n


def claims(max_n, seed):
    for n in range(1, max_n + 1):
        F = Cyclotomic(4 * n)
        z, i = F.zeta, F.zeta**n
        odd = [2 * j + 1 for j in range(n)]
        cosine = array(F, [[(z ** (k * a) + z ** -(k * a)) / 2 for a in odd] for k in range(n)])
        sine = array(F, [[(z ** (k * a) - z ** -(k * a)) / (2 * i) for a in odd] for k in range(1, n + 1)])
        twice, _ = _closed(n, 0, 0, 1)
        yield equal(twice / 2, cosine, F)
        yield differ(twice, cosine, F)
        _, right = _closed(n, 1, 1, -1)
        _, printed = _closed(n, 0, 1, -1)
        yield equal(right / -2, sine, F)
        yield differ(printed / -2, sine, F)
        yield differ(-printed, sine, F)
