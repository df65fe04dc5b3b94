"""Universal columns over the smallest fields."""

from itertools import product

from ldrtheory.bounds.approximation.universality import column_map, universal_columns
from ldrtheory.certify.instances import instances
from ldrtheory.operators import Stein, Sylvester, dense, is_invertible
from ldrtheory.rings import GF

statement = """Over GF(2) and GF(3), for all A and B of size 2, some column is universal, and every column
is where the operator is a bijection, for Sylvester and for Stein equations."""
hypotheses = """All B, all A up to similarity, which moves v only; for n = 3 random A and B over GF(2)."""
source = """Exhaustion; the theorems are derived here."""
depends = ("approximation_every_column", "approximation_some_column")
necessity = {"bijective, for every column": "false_approximation_exhausted"}
largest = 3


def _up_to_similarity(p):
    """Multiples of the identity, and companion matrices of x^2 - b x - a: every 2 x 2 matrix is similar to one."""
    for c in range(p):
        yield [[c, 0], [0, c]]
    for a, b in product(range(p), repeat=2):
        yield [[0, a], [1, b]]


def _columns(d, n, ring):
    """Every column of a bijection; the columns that the theorem names otherwise, at least one."""
    if is_invertible(d, (n, n), ring):
        return list(range(n))
    found = [i for i, rule in enumerate(universal_columns(d, n, ring)) if rule is not None]
    return found[:1] or [0]  # none: then the theorem would be false, and this column raises


def claims(max_n, seed):
    for p in (2, 3) if max_n >= 2 else ():
        for A in _up_to_similarity(p):
            for b in product(range(p), repeat=4):
                for make in (Sylvester, Stein):
                    d = make(dense(A), dense([b[:2], b[2:]]))
                    for i in _columns(d, 2, GF(p)):
                        yield from column_map(i, d, 2, GF(p)).statements()
    for s in instances(min(max_n, 3), seed, fields=(GF(2),), repeat=40, least=3):
        d = s.draw.choice([Sylvester, Stein])(dense(s.matrix(3, 3)), dense(s.matrix(3, 3)))
        for i in _columns(d, 3, s.ring):
            yield from column_map(i, d, 3, s.ring).statements()
