"""From the residual back to the matrix, for any operators."""

from ldrtheory.certify.equality import equal
from ldrtheory.certify.instances import instances
from ldrtheory.operators import displace, is_invertible
from ldrtheory.operators.inversion import annihilating

statement = """Let p(A) = 0 with p = sum p_k x^k of degree q. A residual R of a Sylvester equation comes
from M = -[sum_k p_k sum_(i<k) A^i R B^(k-1-i)] p(B)^-1, and of a Stein equation from M = [sum_k p_k
sum_(j<k) A^j R B^(j+q-k)] P^-1 with P = sum_k p_k B^(q-k)."""
hypotheses = (
    """Any field, any shape, p(B) or P nonsingular: for p = chi_A, as here, the operator is a bijection."""
)
source = """Derived here: A^k M - M B^k is the sum of A^i R B^(k-1-i), M - A^k M B^k that of A^j R B^j."""
depends = ("operator_coprime",)
necessity = {"the operator is a bijection": "false_rank_zero"}


def claims(max_n, seed):
    for s in instances(max_n, seed):
        m, n = s.size(), s.n
        for kind in ("sylvester", "stein"):
            d = s.pair(m, n, kind)
            if is_invertible(d, (m, n), s.ring):
                M = s.matrix(m, n)
                yield equal(annihilating(displace(M, d, s.ring), d, s.ring), M, s.ring)
