"""The inverse of every Toeplitz matrix by Gohberg and Semencul."""

from ldrtheory.certify.equality import product_equals
from ldrtheory.linalg import identity
from ldrtheory.rings import QQ

statement = """The Gohberg-Semencul formula does not give the inverse of every nonsingular Toeplitz
matrix: it fails at n = 2, where T = [[0, 1], [1, 0]] is its own inverse and x_0 = 0."""
hypotheses = """Over any field; here Q."""
source = """A common misreading; the counterexample was found here."""
depends = ("toeplitz_inverse_formula",)


def claims(max_n, seed):
    T = [[0, 1], [1, 0]]
    yield product_equals([T, T], identity(QQ, 2), QQ)
    yield product_equals([T, [[1], [0]]], [[0], [1]], QQ)  # x = T^-1 e_0 = T e_0 = e_1, so x_0 = 0
