"""When a displacement operator is a bijection."""

from ldrtheory.certify.equality import operator_is, rank_at_most, rank_exactly
from ldrtheory.certify.instances import instances
from ldrtheory.elimination import characteristic_polynomial, rank
from ldrtheory.linalg import identity, matmul, zeros
from ldrtheory.operators import Stein, Sylvester, zero
from ldrtheory.operators import identity as identity_operator

statement = """M -> A M - M B is a bijection if and only if chi_A(B) is nonsingular, that is if A and B
share no eigenvalue; M -> M - A M B if and only if (rev chi_A)(B) is, that is if no product of eigenvalues
is 1."""
hypotheses = """Any field, A m x m, B n x n; rev chi_A (x) = det(I - x A)."""
source = """Classical (Sylvester 1884)."""
necessity = "none: an equivalence"


def claims(max_n, seed):
    for s in instances(max_n, seed):
        m, n = s.size(), s.n
        for make in (Sylvester, Stein):
            d = make(s.operator(m), s.operator(n))
            B, one = d.right.matrix(s.ring, n), identity(s.ring, n)
            p = characteristic_polynomial(d.left.matrix(s.ring, m), s.ring)  # from x^0 on
            P = zeros(s.ring, n, n)
            for c in reversed(p if make is Sylvester else p[::-1]):
                P = matmul(s.ring, P, B) + one * c
            yield operator_is(d, (m, n), s.ring)
            plain = Sylvester(identity_operator(), zero())
            invertible = operator_is(d, (m, n), s.ring)["claim"]["kind"] == "operator-invertible"
            yield rank_exactly(P, n, plain, s.ring) if invertible else rank_at_most(P, n - 1, plain, s.ring)
            if invertible != (rank(P, s.ring) == n):
                raise AssertionError("the two conditions were to agree")
