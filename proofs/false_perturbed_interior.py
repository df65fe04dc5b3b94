"""Perturbing a tridiagonal matrix away from its ends."""

from ldrtheory.certify.equality import operator_is, rank_exactly
from ldrtheory.operators import Sylvester, tridiagonal
from ldrtheory.rings import QQ

statement = """A tridiagonal T without zeros beside its diagonal and T + c e_j e_j^T can share an eigenvalue
for j in the interior: it fails at n = 3 with j = 1, ones beside the diagonal, where (1, 0, -1) is an
eigenvector of both. At the ends they share none."""
hypotheses = """Over Q, c = 1, 2, -1. For n <= 2 every index is an end."""
source = """A tempting generalisation; the counterexample was found here."""
depends = ("operator_perturbed_tridiagonal",)


def claims(max_n, seed):
    v = [1, 0, -1]
    for c in (1, 2, -1):
        pair = Sylvester(tridiagonal([1, 1], [0, c, 0], [1, 1]), tridiagonal([1, 1], [0, 0, 0], [1, 1]))
        yield rank_exactly([[x * y for y in v] for x in v], 0, pair, QQ)
        yield operator_is(pair, (3, 3), QQ)
