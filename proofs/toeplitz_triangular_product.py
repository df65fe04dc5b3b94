"""Lower times upper triangular Toeplitz matrices."""

from ldrtheory.certify.equality import equal, rank_at_least, rank_at_most
from ldrtheory.certify.instances import instances
from ldrtheory.operators import Stein, displace, shift
from ldrtheory.operators.generator import Generated
from ldrtheory.operators.inversion import f_circulant
from ldrtheory.rings import QQ

statement = """For lower triangular Toeplitz matrices L(g) and L(h), M = L(g) L(h)^T has M - Z M Z^T = g
h^T: Stein displacement rank at most 1."""
hypotheses = """Any field; Z = Z_0."""
source = """Classical (Kailath, Kung and Morf 1979)."""


def claims(max_n, seed):
    pair = Stein(shift(f=0), shift(f=0).T)
    for s in instances(max_n, seed):
        g, h = s.matrix(s.n, 1), s.matrix(s.n, 1)
        M = f_circulant(g[:, 0], 0, s.ring) @ f_circulant(h[:, 0], 0, s.ring).T
        yield equal(displace(M, pair, s.ring), g @ h.T, s.ring)
        yield rank_at_most(Generated(pair, g, h, M, s.ring), 1)


def of_the_other_order():
    pair = Stein(shift(f=0), shift(f=0).T)  # L(h)^T L(g) with g = h = (1, 1)
    yield rank_at_least([[2, 1], [1, 1]], 2, pair, QQ)


necessity = {"the lower factor on the left": of_the_other_order}
