"""A left eigenvector gives universal columns."""

import numpy as np

from ldrtheory.certify.equality import product_equals, rank_at_most
from ldrtheory.certify.instances import instances
from ldrtheory.elimination import inverse
from ldrtheory.linalg import diagonal_matrix, identity
from ldrtheory.operators import Stein, Sylvester

statement = """If y^T B = mu y^T with y_i != 0, then M = v y^T / y_i has M e_i = v and displacement rank at
most 1 for every A: with "some index i" the published theorem needs no hypothesis on the absolute values."""
hypotheses = """Any field; an eigenvalue of B in it."""
source = """A M - M B = (A - mu) v y^T / y_i and M - A M B = (1 - mu A) v y^T / y_i."""
necessity = {"y_i != 0": "false_approximation_every_index"}


def claims(max_n, seed):
    for s in instances(max_n, seed):
        P = s.nonsingular(s.n)
        B = P @ diagonal_matrix([s.element() for _ in range(s.n)], s.ring) @ inverse(P, s.ring)
        y = inverse(P, s.ring)[0]  # a row y with y B = mu y
        i = next(k for k in range(s.n) if not s.ring.is_zero(y[k]))
        v, A = s.matrix(s.n, 1), s.matrix(s.n, s.n)
        M = np.outer(v[:, 0], y) * s.ring.inverse(y[i])
        yield product_equals([M, identity(s.ring, s.n)[:, [i]]], v, s.ring)
        yield rank_at_most(M, 1, Sylvester(A, B), s.ring)
        yield rank_at_most(M, 1, Stein(A, B), s.ring)
