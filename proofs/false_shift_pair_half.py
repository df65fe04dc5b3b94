"""The factor 1/2 of the reconstruction formula."""

from ldrtheory.certify.equality import differ, equal
from ldrtheory.linalg import array
from ldrtheory.operators import Sylvester, displace, shift
from ldrtheory.operators.inversion import shift_pair
from ldrtheory.rings import QQ

statement = """The constant 1/2 in the reconstruction from the pair (Z_e, Z_f) is 1/(e - f): with (Z_2,
Z_1) it fails at n = 1."""
hypotheses = """Over Q."""
source = """A common misreading; the counterexample was found here."""
depends = ("reconstruction_shifts",)


def claims(max_n, seed):
    G, H = array(QQ, [[1]]), array(QQ, [[1]])
    for e, f in ((1, -1), (2, 1)):
        M = shift_pair(G, H, e, f, QQ)
        pair = Sylvester(shift(f=e), shift(f=f))
        yield equal(displace(M, pair, QQ), G @ H.T, QQ)
        halved = M * QQ(e - f) * QQ("1/2")
        compare = equal if e - f == 2 else differ
        yield compare(displace(halved, pair, QQ), G @ H.T, QQ)
