"""From Sylvester to Stein equations and back."""

from ldrtheory.certify.equality import equal
from ldrtheory.certify.instances import instances
from ldrtheory.elimination import inverse
from ldrtheory.linalg import matmul
from ldrtheory.operators import Stein, Sylvester, dense, displace

statement = """If A is nonsingular, A M - M B = A (M - A^-1 M B) and M - A M B = A (A^-1 M - M B); if B is
nonsingular, A M - M B = -(M - A M B^-1) B. So the displacement ranks on both sides are equal."""
hypotheses = """Any field, any shape, A or B nonsingular."""
source = """Classical; Pan, Structured Matrices and Polynomials, 2001."""
necessity = {"A or B nonsingular": "false_conversion_singular"}


def claims(max_n, seed):
    for s in instances(max_n, seed):
        m, n = s.size(), s.n
        M, A, B = s.matrix(m, n), s.nonsingular(m), s.matrix(n, n)
        P = inverse(A, s.ring)
        left, right = (
            displace(M, Sylvester(dense(A), dense(B)), s.ring),
            displace(M, Stein(dense(P), dense(B)), s.ring),
        )
        yield equal(left, matmul(s.ring, A, right), s.ring)
        left, right = (
            displace(M, Stein(dense(A), dense(B)), s.ring),
            displace(M, Sylvester(dense(P), dense(B)), s.ring),
        )
        yield equal(left, matmul(s.ring, A, right), s.ring)
        A, B = s.matrix(m, m), s.nonsingular(n)
        Q = inverse(B, s.ring)
        left, right = (
            displace(M, Sylvester(dense(A), dense(B)), s.ring),
            displace(M, Stein(dense(A), dense(Q)), s.ring),
        )
        yield equal(left, -matmul(s.ring, right, B), s.ring)
