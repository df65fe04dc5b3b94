"""Displacement rank modulo a prime."""

from ldrtheory.certify.equality import rank_at_most, rank_exactly
from ldrtheory.certify.instances import instances
from ldrtheory.linalg import array
from ldrtheory.operators import Stein, Sylvester, dense, displacement_rank
from ldrtheory.rings import GF, QQ

statement = """The displacement rank of an integer matrix for integer operators, modulo any prime, is at
most the rank over Q; it is equal for all but finitely many primes."""
hypotheses = """Integer A, B, M; p = 2, 3, 7 and 2^61 - 1, the last one for equality."""
source = """Minors reduce modulo p."""
necessity = "none: for fractions p must not divide a denominator, or nothing is defined"


def claims(max_n, seed):
    for s in instances(max_n, seed, fields=(QQ,), repeat=4):
        m, n = s.size(), s.n
        A, B, M = s.matrix(m, m), s.matrix(n, n), s.of_rank(m, n, s.draw.randint(1, 3))
        make = s.draw.choice([Sylvester, Stein])
        r = displacement_rank(M, make(dense(A), dense(B)), QQ)
        yield rank_exactly(M, r, make(dense(A), dense(B)), QQ)
        for p in (2, 3, 7, 2**61 - 1):
            a, b, c = (array(GF(p), [[int(x.p) for x in row] for row in X]) for X in (A, B, M))
            state = rank_exactly if p > 7 else rank_at_most
            yield state(c, r, make(dense(a), dense(b)), GF(p))
