"""Every column is universal when the operator is a bijection."""

from ldrtheory.bounds.approximation.universality import column_map
from ldrtheory.certify.instances import instances
from ldrtheory.operators import is_invertible

statement = """If the Sylvester or the Stein operator of (A, B) is a bijection, then for every index i and
every vector v there is an M of displacement rank at most 1 with M e_i = v; its residual is g h^T with h
depending on B and i only and g linear in v: shown by the matrices for all unit vectors, which have one
h."""
hypotheses = """Any field; A m x m, B n x n, also singular ones; the operator a bijection."""
source = """Derived here: column i is f(A) g with f = h^T (x - B)^-1 e_i, and h makes f = 1/mu for the least
mu with mu(B) e_i = 0. Strengthens Zhao et al. 2017, first theorem."""
necessity = {"the operator is a bijection": "false_approximation_every_index"}


def claims(max_n, seed):
    for s in instances(max_n, seed):
        m, kind = s.size(), s.draw.choice(["sylvester", "stein"])
        for _ in range(20):
            d = s.pair(m, s.n, kind)
            if is_invertible(d, (m, s.n), s.ring):
                yield from column_map(s.draw.randrange(s.n), d, (m, s.n), s.ring).statements()
                break
