"""Rule (h): Schur complements."""

from ldrtheory.certify.equality import rank_at_least, rank_at_most, rank_exactly
from ldrtheory.certify.instances import instances
from ldrtheory.elimination import rank
from ldrtheory.operators import Stein, Sylvester, dense, shift
from ldrtheory.operators.closure_blocks import schur_complement
from ldrtheory.rings import QQ

statement = """Let A be lower and B upper triangular. The Schur complement of a nonsingular leading
block of M has, for the trailing blocks of A and B, at most the displacement rank of M, for Sylvester
and for Stein equations."""
hypotheses = """Any field, any shape, the leading k x k block of M nonsingular."""
source = """Sylvester: classical. Stein: derived here for singular A and B too, by eliminating either
identity of [[I, B_11, F], [A_11, I, 0], [E, 0, S - A_22 S B_22]]."""


def claims(max_n, seed):
    for s in instances(max_n, seed, least=2):
        m, n = s.size(2), s.n
        lower, upper = s.matrix(m, m), s.matrix(n, n)
        for i in range(m):
            lower[i, i + 1 :] = [s.ring.zero] * (m - i - 1)
        for j in range(n):
            upper[j + 1 :, j] = [s.ring.zero] * (n - j - 1)
        A, B = s.draw.choice([(dense(lower), dense(upper)), (shift(f=0), shift(f=0).T)])
        x = s.structured(s.draw.choice([Sylvester, Stein])(A, B), m, n)
        for k in range(1, min(m, n)):
            if rank(x.matrix[:k, :k], s.ring) == k:
                yield rank_at_most(schur_complement(x, k), x.bound)


def without_triangular_operators():
    A, B = dense([[0, 1], [1, 0]]), dense([[-1, 0], [1, 1]])
    yield rank_exactly([[1, 1], [0, 1]], 0, Sylvester(A, B), QQ)  # B = M^-1 A M
    yield rank_at_least(
        [[1]], 1, Sylvester(dense([[0]]), dense([[1]])), QQ
    )  # S = 1, the trailing blocks 0 and 1


necessity = {"A lower and B upper triangular": without_triangular_operators}
