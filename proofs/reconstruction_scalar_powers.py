"""From the residual back to the matrix, for operators with scalar powers."""

from ldrtheory.certify.equality import equal
from ldrtheory.certify.instances import instances
from ldrtheory.linalg import matmul
from ldrtheory.operators import Stein, Sylvester, displace, krylov, shift, subdiagonal
from ldrtheory.operators.generator import generated
from ldrtheory.operators.spectrum import scalar_power

statement = """Let A^n = a I and B^n = b I. If a b != 1, M with M - A M B = G H^T is the sum of K(A, g_j)
K(B^T, h_j)^T over 1 - a b, K the Krylov matrices of n columns. If a != b, M with A M - M B = R is the sum
of A^i R B^(n-1-i), i < n, over a - b."""
hypotheses = """Any field, n x n; here shifts and subdiagonal operators with corner."""
source = """Pan, Structured Matrices and Polynomials, 2001; Kailath, Kung and Morf 1979."""
necessity = {"a != b": "false_rank_zero"}


def claims(max_n, seed):
    for s in instances(max_n, seed):
        n = s.n
        A = subdiagonal([s.nonzero() for _ in range(n)], n)
        B = s.draw.choice([shift(f=s.element()), subdiagonal([s.nonzero() for _ in range(n)], n)])
        (p, a), (q, b) = scalar_power(A, n, s.ring), scalar_power(B, n, s.ring)
        if p != n or q != n:
            continue
        M = s.matrix(n, n)
        if not s.ring.is_zero(s.ring.one - a * b):
            x = generated(M, Stein(A, B), s.ring)
            total = M * s.ring.zero
            for g, h in zip(x.G.T, x.H.T):
                total = total + matmul(s.ring, krylov(A, g, s.ring, n), krylov(B.T, h, s.ring, n).T)
            yield equal(total * s.ring.inverse(s.ring.one - a * b), M, s.ring)
        if not s.ring.is_zero(a - b):
            R = displace(M, Sylvester(A, B), s.ring)
            total = M * s.ring.zero
            for i in range(n):
                term = R
                for _ in range(i):
                    term = A.times(term, s.ring)
                for _ in range(n - 1 - i):
                    term = B.rtimes(term, s.ring)
                total = total + term
            yield equal(total * s.ring.inverse(a - b), M, s.ring)
