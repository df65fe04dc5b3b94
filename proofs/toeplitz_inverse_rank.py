"""Inverses of Toeplitz matrices."""

from ldrtheory.certify.equality import rank_at_most
from ldrtheory.certify.instances import instances
from ldrtheory.elimination import inverse, rank
from ldrtheory.operators import Stein, Sylvester, shift

statement = """The inverse of a Toeplitz matrix has displacement rank at most 2 for every Sylvester pair
(Z_e, Z_f), and for the Stein pairs (Z_0^T, Z_0) and (Z_0, Z_0^T): better than the r + 2 of an inverse
in one pair."""
hypotheses = """Any field, T square, Toeplitz and nonsingular."""
source = """Classical (Gohberg and Semencul 1972; Kailath, Kung and Morf 1979)."""
largest = 6
necessity = {"T Toeplitz": "false_inverse_one_pair"}


def claims(max_n, seed):
    for s in instances(max_n, seed):
        T = s.toeplitz(s.n, s.n)
        if rank(T, s.ring) < s.n:
            continue
        N = inverse(T, s.ring)
        yield rank_at_most(N, 2, Sylvester(shift(f=s.element()), shift(f=s.element())), s.ring)
        yield rank_at_most(N, 2, Stein(shift(f=0).T, shift(f=0)), s.ring)
        yield rank_at_most(N, 2, Stein(shift(f=0), shift(f=0).T), s.ring)
