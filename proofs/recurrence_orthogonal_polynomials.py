"""Coefficient matrices of orthogonal polynomials."""

from ldrtheory.certify.equality import equal, product_equals, rank_at_least, rank_at_most
from ldrtheory.certify.instances import instances
from ldrtheory.linalg import zeros
from ldrtheory.operators import Sylvester, displace, shift, tridiagonal
from ldrtheory.rings import QQ

statement = """Let x p_j = a_j p_(j+1) + b_j p_j + c_j p_(j-1), and row j of P the coefficients of p_j. Then
T P - P Z^T is zero but for its last row, T the tridiagonal matrix of a, b, c: displacement rank at most 1,
recurrence width 2."""
hypotheses = """Any field, n x n, no a_j is 0."""
source = """Classical; recurrence widths: De Sa, Gu, Puttagunta, Ré and Rudra 2018."""
largest = 6


def claims(max_n, seed):
    for s in instances(max_n, seed):
        n, ring = s.n, s.ring
        a = [s.nonzero() for _ in range(n - 1)]
        b, c = [s.element() for _ in range(n)], [s.element() for _ in range(n - 1)]
        P = zeros(ring, n, n)
        P[0, 0] = s.nonzero()
        for j in range(n - 1):
            row = zeros(ring, n)
            row[1:] = P[j, :-1]
            row = row - P[j] * b[j] - (P[j - 1] * c[j - 1] if j else zeros(ring, n))
            P[j + 1] = row * ring.inverse(a[j])
        pair = Sylvester(tridiagonal(c, b, a), shift(f=0).T)
        R = displace(P, pair, ring)
        yield rank_at_most(P, 1, pair, ring)
        if n > 1:
            yield equal(R[:-1], zeros(ring, n - 1, n), ring)
            yield product_equals([P, shift(f=0).T.matrix(ring, n)], pair.left.matrix(ring, n) @ P - R, ring)


def without_a_recurrence():
    pair = Sylvester(tridiagonal([1, 1], [0, 0, 0], [1, 1]), shift(f=0).T)
    yield rank_at_least([[1, 0, 0], [0, 0, 1], [0, 1, 0]], 2, pair, QQ)


necessity = {"rows of a three-term recurrence": without_a_recurrence}
