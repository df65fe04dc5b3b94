"""Krylov forms whose Stein rank is at most r."""

from ldrtheory.certify.equality import rank_at_most
from ldrtheory.certify.instances import instances
from ldrtheory.elimination import inverse
from ldrtheory.operators import Stein, Sylvester, dense, krylov_form, shift, subdiagonal

statement = """The Krylov form sum of A^k G H^T B^k, k < n, G and H with r columns, has Stein displacement
rank at most r for (A, B) if A^n = 0 or B^n = 0, or if A^n and B^n are multiples of the identity. If A is
nonsingular, its Sylvester rank for (A^-1, B) is at most 2 r."""
hypotheses = """Any field, n x n."""
source = """Derived here from the residual G H^T - A^n G H^T B^n; the usual wording of the last sentence
omits that A is nonsingular (Thomas et al. 2018, to be checked against the paper)."""
depends = ("krylov_form_residual", "conversion_identities")
necessity = {
    "A^n = 0 or B^n = 0, or both multiples of I": "false_krylov_rank",
    "(A^-1, B) in place of (A, B) for the Sylvester rank": "false_krylov_sylvester",
}


def claims(max_n, seed):
    for s in instances(max_n, seed):
        n, r = s.n, s.draw.randint(1, 2)
        G, H, any_operator = s.matrix(n, r), s.matrix(n, r), s.operator(n)
        cases = [
            (shift(f=0), any_operator),
            (any_operator, shift(f=0).T),
            (subdiagonal([s.nonzero() for _ in range(n)], n), shift(f=s.element())),
        ]
        for A, B in cases:
            yield rank_at_most(krylov_form(G, H, A, B, s.ring), r, Stein(A, B), s.ring)
        T = s.nonsingular(n)
        M = krylov_form(G, H, dense(T), any_operator, s.ring)
        yield rank_at_most(M, 2 * r, Sylvester(dense(inverse(T, s.ring)), any_operator), s.ring)
