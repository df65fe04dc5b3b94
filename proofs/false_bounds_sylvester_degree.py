"""Degrees of weights that solve a Sylvester equation."""

from math import comb

import numpy as np

from ldrtheory.certify.equality import differ, product_equals
from ldrtheory.linalg import zeros
from ldrtheory.rings import QQ

statement = """The entries of the M with A M - M B = G H^T are no polynomials of degree 2 n in A, B, G, H:
it fails at n = 1, where M = g h/(a - b) and the third difference along a line is not 0. They are rational,
of degree n^2 + 1 over n^2, and denominators must be cleared."""
hypotheses = (
    """Over Q; a = 2 + t, b = 1, g = h = 1, t = 0, 1, 2, 3; no order of differences below 8 gives 0."""
)
source = """Thomas et al. 2018 define the class by the Sylvester residual and count the degree of the Krylov
form (to be checked against the paper); found here."""
depends = ("bounds_krylov_degree",)


def size(claim):
    return 1


def claims(max_n, seed):
    for order in range(3, 8):
        values = np.array([[1 / QQ(1 + t)] for t in range(order + 1)])
        for t in range(order + 1):
            yield product_equals([[[1 + t]], [values[t]]], [[1]], QQ)  # (a - b) M = g h
        weights = np.array([[QQ((-1) ** k * comb(order, k)) for k in range(order + 1)]])
        yield product_equals([weights, values], weights @ values, QQ)
        yield differ(weights @ values, zeros(QQ, 1, 1), QQ)
