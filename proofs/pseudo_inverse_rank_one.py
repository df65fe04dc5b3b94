"""Pseudo-inverses of matrices of rank 1."""

import numpy as np

from ldrtheory.certify.equality import equal, product_equals, rank_exactly
from ldrtheory.certify.instances import instances
from ldrtheory.operators import Sylvester, displacement_rank, shift
from ldrtheory.rings import QQ

statement = """The Moore-Penrose inverse of a matrix of rank 1 has for (Z_-1, Z_1) the displacement rank
that the matrix has for (Z_1, Z_-1)."""
hypotheses = """Over Q, square matrices, rank 1."""
source = """Derived here: Z_1 and Z_-1 are orthogonal, so u is an eigenvector of Z exactly if it is one of
Z^T, and the pseudo-inverse of u v^T is a multiple of v u^T."""
necessity = {"rank 1 (or n)": "false_pseudo_inverse"}
largest = 6


def claims(max_n, seed):
    there, back = Sylvester(shift(f=1), shift(f=-1)), Sylvester(shift(f=-1), shift(f=1))
    for s in instances(max_n, seed, fields=(QQ,), repeat=6):
        u, v = s.matrix(s.n, 1)[:, 0], s.matrix(s.n, 1)[:, 0]
        if s.draw.random() < 0.5:  # an eigenvector: then the rank is 1
            u = np.array([QQ(1)] * s.n, dtype=object)
        if not any(u) or not any(v):
            continue
        X, P = np.outer(u, v), np.outer(v, u) / ((u @ u) * (v @ v))
        yield product_equals([X, P, X], X, QQ)
        yield product_equals([P, X, P], P, QQ)
        yield equal(X @ P, (X @ P).T, QQ)
        yield equal(P @ X, (P @ X).T, QQ)
        r = displacement_rank(X, there, QQ)
        yield rank_exactly(X, r, there, QQ)
        yield rank_exactly(P, r, back, QQ)
