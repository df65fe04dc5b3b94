"""The Gohberg-Semencul formula."""

from ldrtheory.certify.equality import product_equals
from ldrtheory.certify.instances import instances
from ldrtheory.elimination import rank, solve
from ldrtheory.linalg import identity
from ldrtheory.operators.inversion import toeplitz_inverse

statement = """For a nonsingular Toeplitz T with x = T^-1 e_0, y = T^-1 e_(n-1) and x_0 != 0, x_0 T^-1 =
L(x) L(J y)^T - L(Z y) L(Z J x)^T."""
hypotheses = """Any field, T square, Toeplitz and nonsingular, x_0 != 0."""
source = """Gohberg and Semencul 1972."""
largest = 6
necessity = {"x_0 != 0": "false_gohberg_semencul"}


def claims(max_n, seed):
    for s in instances(max_n, seed):
        T = s.toeplitz(s.n, s.n)
        if rank(T, s.ring) < s.n:
            continue
        units = identity(s.ring, s.n)
        x, y = solve(T, units[:, 0], s.ring), solve(T, units[:, -1], s.ring)
        if not s.ring.is_zero(x[0]):
            yield product_equals([T, toeplitz_inverse(x, y, s.ring)], units, s.ring)
