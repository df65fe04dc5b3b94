"""Some column is universal, whatever the operators."""

from ldrtheory.bounds.approximation.universality import column_map, universal_columns
from ldrtheory.certify.instances import instances
from ldrtheory.rings import GF, QQ

statement = """For all A and B there is an index i such that every vector v is column i of some M of
displacement rank at most 1, for the Sylvester and for the Stein operator, singular ones included. Every i
with e_i outside of p(B) F^n will do, p any irreducible factor of chi_B."""
hypotheses = """Any field; none on A and B."""
source = """Derived here: M is the sum of u_k h^T B^k, k < deg p, with h^T p(B) = 0."""
necessity = "none"


def claims(max_n, seed):
    for s in instances(max_n, seed, fields=(QQ, GF(2), GF(7)), repeat=4):
        m = s.size()
        d = s.pair(m, s.n)
        rules = universal_columns(d, (m, s.n), s.ring)
        usable = [i for i, rule in enumerate(rules) if rule is not None]
        for i in usable or range(1):  # none: then the theorem would be false, and this line raises
            yield from column_map(i, d, (m, s.n), s.ring).statements()
