"""Degrees of weights in the parameters of a layer."""

from math import comb

import numpy as np

from ldrtheory.certify.equality import differ, product_equals
from ldrtheory.certify.instances import instances
from ldrtheory.linalg import zeros
from ldrtheory.operators import dense, krylov_form
from ldrtheory.rings import QQ

statement = """Every entry of the Krylov form sum of A^k G H^T B^k, k < n, is a polynomial of degree at most
2 n in A, B, G, H: along a line its differences of order 2 n + 1 vanish, and those of order 2 n do not."""
hypotheses = """Over Q, n x n, dense A and B; random lines, so that the upper bound is verified for their
restrictions."""
source = """Thomas et al. 2018 (to be checked against the paper) for this form of the weights."""
necessity = {"the Krylov form in place of the solution of A M - M B = G H^T": "false_bounds_sylvester_degree"}
largest = 4


def size(claim):
    return round(len(claim.get("matrix", claim.get("right"))["entries"][0]) ** 0.5)


def claims(max_n, seed):
    for s in instances(max_n, seed, fields=(QQ,), repeat=2):
        n = s.n
        shapes = [(n, n), (n, n), (n, 1), (n, 1)]
        start, step = ([s.matrix(*shape) for shape in shapes] for _ in "ab")
        values = []
        for t in range(2 * n + 2):
            A, B, G, H = (x + t * y for x, y in zip(start, step))
            values.append(krylov_form(G, H, dense(A), dense(B), QQ).reshape(-1))
        order = 2 * n + 1
        weights = [[QQ((-1) ** k * comb(order, k)) for k in range(order + 1)]]
        yield product_equals([weights, np.array(values)], zeros(QQ, 1, n * n), QQ)
        weights = np.array([[QQ((-1) ** k * comb(2 * n, k)) for k in range(order)]])
        top = weights @ np.array(values[:order])
        if any(top[0]):
            yield product_equals([weights, np.array(values[:order])], top, QQ)
            yield differ(top, zeros(QQ, 1, n * n), QQ)
