"""Every index, for a singular operator."""

import itertools

from ldrtheory.bounds.approximation.universality import column_map
from ldrtheory.certify.equality import operator_is, rank_at_least
from ldrtheory.linalg import array
from ldrtheory.operators import Sylvester, shift
from ldrtheory.rings import GF, QQ

statement = """The statement "every column is universal" without a bijective operator fails at n = 2: for A
= B = Z^T no M of displacement rank at most 1 has M e_0 = e_1, as A M - M A has determinant -M[1,0]^2.
Column 1 is universal."""
hypotheses = """Any field; shown for all M over GF(2), GF(3), GF(5), and for samples over Q."""
source = """Derived here; n = 1 is trivially true."""
depends = ("approximation_every_column",)


def claims(max_n, seed):
    pair = Sylvester(shift(f=0).T, shift(f=0).T)
    for ring in (GF(2), GF(3), GF(5), QQ):
        yield operator_is(pair, (2, 2), ring)
        values = range(ring.p) if ring.characteristic else (-2, 0, 1, "1/3")
        for a, b, d in itertools.product(values, repeat=3):
            yield rank_at_least(array(ring, [[a, b], [1, d]]), 2, pair, ring)
        yield from column_map(1, pair, 2, ring).statements()
