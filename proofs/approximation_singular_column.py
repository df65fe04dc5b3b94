"""A sufficient condition for one column when the operator is singular."""

from ldrtheory.bounds.approximation.universality import column_map, universal_columns
from ldrtheory.certify.equality import operator_is
from ldrtheory.certify.instances import instances
from ldrtheory.elimination import inverse
from ldrtheory.linalg import diagonal_matrix
from ldrtheory.operators import Stein, Sylvester, diagonal, is_invertible
from ldrtheory.rings import GF, QQ

statement = """For a singular operator column i is universal if some irreducible factor p of the least mu with
mu(B) e_i = 0 has e_i outside of p(B) F^n, or is prime to chi_A (Stein: the reversal of p is prime to
chi_A, where the reversal of x is 1)."""
hypotheses = """Any field."""
source = """Derived here. For the second part h is a functional on the primary component of p, q its
annihilator, and q(A) (Stein: rev q(A)) is nonsingular."""
depends = ("approximation_some_column",)
necessity = {"e_i outside of p(B) F^n, or p prime to chi_A": "false_approximation_every_index"}


def claims(max_n, seed):
    for s in instances(max_n, seed, fields=(QQ, GF(2), GF(7)), repeat=3):
        make = s.draw.choice([Sylvester, Stein])
        shared = s.ring.one
        A = diagonal([shared, *(s.element() for _ in range(s.n - 1))])
        P = s.nonsingular(s.n)
        values = [shared, *(s.element() for _ in range(s.n - 1))]
        d = make(A, P @ diagonal_matrix(values, s.ring) @ inverse(P, s.ring))
        if is_invertible(d, (s.n, s.n), s.ring):
            continue
        yield operator_is(d, (s.n, s.n), s.ring)
        for i, rule in enumerate(universal_columns(d, s.n, s.ring)):
            if rule is not None:
                yield from column_map(i, d, s.n, s.ring).statements()
