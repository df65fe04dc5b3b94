"""Which columns are universal for a singular operator."""

from itertools import product

from ldrtheory.bounds.approximation.exhaustion import NoSuchMatrix, exhaust
from ldrtheory.operators import Stein, Sylvester, dense, is_invertible
from ldrtheory.rings import GF

statement = """For a singular operator, which columns i are universal: for every v there is M of
displacement rank at most 1 with M e_i = v? Decided here, for all A and B of size 2 over GF(2) and every i,
by running through all residuals g h^T."""
hypotheses = """Open in general. All B, all A up to similarity."""
source = """Raised here; approximation_singular_column gives a sufficient condition,
false_approximation_necessary shows that it is not necessary."""
depends = ("approximation_singular_column", "false_approximation_necessary")
largest = 2


def size(claim):
    return 2


def claims(max_n, seed):
    if max_n < 2:
        return
    ring, vectors = GF(2), [[1, 0], [0, 1], [1, 1]]
    scalars = [[[c, 0], [0, c]] for c in range(2)]
    for A in [*scalars, *([[0, a], [1, b]] for a, b in product(range(2), repeat=2))]:
        for b in product(range(2), repeat=4):
            for make in (Sylvester, Stein):
                d = make(dense(A), dense([b[:2], b[2:]]))
                if is_invertible(d, (2, 2), ring):
                    continue
                for i in range(2):
                    found = [exhaust(v, i, d, 2, ring) for v in vectors]
                    bad = [x for x in found if isinstance(x, NoSuchMatrix)]
                    for x in bad[:1] or found:  # one v that is no column, or a matrix for every v
                        yield from x.statements()
