"""Perturbing a tridiagonal matrix at an end."""

from ldrtheory.certify.equality import operator_is, rank_exactly
from ldrtheory.certify.instances import instances
from ldrtheory.elimination import inverse
from ldrtheory.operators import Sylvester, dense, tridiagonal
from ldrtheory.rings import QQ

statement = """Let T be tridiagonal with T[j, j+1] T[j+1, j] != 0 for all j and c != 0. Then T and S (T + c
e_j e_j^T) S^-1 share no eigenvalue for j = 0 and for j = n - 1: the Sylvester operator is a bijection, and
an ACDC layer has displacement rank at most 1 for such a pair."""
hypotheses = """Any field, S nonsingular."""
source = """Derived here: chi of T + c e_0 e_0^T is chi_T - c chi_T', T' without its first row and column,
and chi_T, chi_T' are coprime by the three-term recurrence."""


def claims(max_n, seed):
    for s in instances(max_n, seed):
        n = s.n
        sub, main, above = ([s.nonzero() for _ in range(k)] for k in (n - 1, n, n - 1))
        T = tridiagonal(sub, main, above)
        S = s.nonsingular(n)
        for j in (0, n - 1):
            P = T.matrix(s.ring, n).copy()
            P[j, j] = P[j, j] + s.nonzero()
            moved = dense(S @ P @ inverse(S, s.ring))
            found = operator_is(Sylvester(moved, T), (n, n), s.ring)
            yield {**found, "claim": {**found["claim"], "kind": "operator-invertible"}}


def without_entries_beside_the_diagonal():
    pair = Sylvester(tridiagonal([0], [1, 0], [0]), tridiagonal([0], [0, 0], [0]))
    yield rank_exactly([[0, 0], [0, 1]], 0, pair, QQ)
    yield operator_is(pair, (2, 2), QQ)


necessity = {
    "j = 0 or j = n - 1": "false_perturbed_interior",
    "no zero beside the diagonal": without_entries_beside_the_diagonal,
}
