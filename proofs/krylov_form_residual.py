"""The exact residual of the Krylov form."""

from ldrtheory.certify.equality import equal, rank_at_most
from ldrtheory.certify.instances import instances
from ldrtheory.operators import Stein, displace, krylov_form, krylov_residual
from ldrtheory.operators.generator import Generated

statement = """M = sum of A^k G H^T B^k, k < n, has M - A M B = G H^T - A^n G H^T B^n for all A, B, G,
H: Stein displacement rank at most 2 r."""
hypotheses = """Any field, n the number of rows of M, r the number of columns of G."""
source = """Derived here: the sum telescopes."""
necessity = "none"


def claims(max_n, seed):
    for s in instances(max_n, seed):
        m, n, r = s.n, s.size(), s.draw.randint(1, 2)
        G, H = s.matrix(m, r), s.matrix(n, r)
        d = Stein(s.operator(m), s.operator(n))
        M = krylov_form(G, H, d.left, d.right, s.ring)
        P, Q = krylov_residual(G, H, d.left, d.right, s.ring)
        yield equal(displace(M, d, s.ring), P @ Q.T, s.ring)
        yield rank_at_most(Generated(d, P, Q, M, s.ring), 2 * r)
