"""Strictness of the hierarchy for a fixed size."""

from itertools import product

from ldrtheory.certify.instances import instances
from ldrtheory.certify.kaleidoscopes import in_class
from ldrtheory.linalg import array
from ldrtheory.rings import GF
from ldrtheory.synthesis import factor_butterfly, in_hierarchy

statement = """The statement "(BB*)^w is strictly contained in (BB*)^(w+1)" is false for a fixed size: it
fails at n = 2, where BB* and even B hold every 2 x 2 matrix, so that all (BB*)^w are equal. Strictness can
only be meant for each w and some n depending on w."""
hypotheses = """Any field; all matrices over GF(2) and GF(3), random ones over other fields. At n = 2 one
factor is an arbitrary 2 x 2 matrix; factors have size at least 2, so no smaller size exists."""
source = """Read literally: Dao et al., Kaleidoscope (ICLR 2020), section 2; the correction was found
here."""
depends = ("kaleidoscope_two_coordinates",)
largest = 2


def claims(max_n, seed):
    for p in (2, 3):
        for a, b, c, d in product(range(p), repeat=4):
            K = factor_butterfly(array(GF(p), [[a, b], [c, d]]), GF(p))
            yield in_class(in_hierarchy(K))
    for s in instances(2, seed, least=2):
        K = factor_butterfly(s.matrix(2, 2), s.ring)
        yield in_class(K)
        yield in_class(in_hierarchy(K))
