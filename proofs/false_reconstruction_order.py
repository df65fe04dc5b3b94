"""The order of the entries in the reconstruction formula."""

from ldrtheory.certify.equality import differ, equal
from ldrtheory.linalg import array
from ldrtheory.operators import Sylvester, displace, shift
from ldrtheory.operators.inversion import f_circulant
from ldrtheory.rings import QQ

statement = """The reconstruction from (Z_e, Z_f) is the sum of Z_e(g) Z_f(J h)/(e - f), h reversed: without
the reversal it fails at n = 2."""
hypotheses = """Over Q, e = 1, f = -1. For n = 1 the reversal changes nothing."""
source = """A common misreading; the counterexample was found here."""
depends = ("reconstruction_shifts",)


def claims(max_n, seed):
    pair = Sylvester(shift(f=1), shift(f=-1))
    for n in range(2, max(2, max_n) + 1):
        G = array(QQ, [[i + 1] for i in range(n)])
        H = array(QQ, [[1 - 2 * i] for i in range(n)])
        left = f_circulant(G[:, 0], 1, QQ)
        right = left @ f_circulant(H[::-1, 0], -1, QQ) / 2
        wrong = left @ f_circulant(H[:, 0], -1, QQ) / 2
        yield equal(displace(right, pair, QQ), G @ H.T, QQ)
        yield differ(displace(wrong, pair, QQ), G @ H.T, QQ)
