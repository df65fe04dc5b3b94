"""From generators back to the matrix, for shifts."""

from ldrtheory.certify.equality import equal
from ldrtheory.certify.instances import instances
from ldrtheory.operators import Stein, Sylvester, displace, shift
from ldrtheory.operators.inversion import shift_pair, shift_pair_transposed, stein_shift_pair

statement = """For n x n matrices: Z_e M - M Z_f = G H^T gives M = sum Z_e(g_j) Z_f(J h_j)/(e - f); Z_e M -
M Z_f^T = G H^T gives sum Z_e(g_j) Z_f(h_j) J/(e - f); M - Z_e M Z_f^T = G H^T gives sum Z_e(g_j)
Z_f(h_j)^T/(1 - e f), for e = f = 0 the sum of L(g_j) L(h_j)^T."""
hypotheses = """Any field; e != f, or e f != 1 for the Stein equation."""
source = """Pan 2001; Kailath, Kung and Morf 1979; Sindhwani, Sainath and Kumar 2015 for e = 1, f = -1."""
necessity = {"e != f": "false_rank_zero"}


def claims(max_n, seed):
    for s in instances(max_n, seed):
        n, r = s.n, s.draw.randint(1, 2)
        G, H, e, f = s.matrix(n, r), s.matrix(n, r), s.element(), s.element()
        if e != f:
            for make, right in ((shift_pair, shift(f=f)), (shift_pair_transposed, shift(f=f).T)):
                M = make(G, H, e, f, s.ring)
                yield equal(displace(M, Sylvester(shift(f=e), right), s.ring), G @ H.T, s.ring)
        for x, y in ((e, f), (s.ring.zero, s.ring.zero)):
            if x * y != s.ring.one:
                M = stein_shift_pair(G, H, x, y, s.ring)
                yield equal(displace(M, Stein(shift(f=x), shift(f=y).T), s.ring), G @ H.T, s.ring)
