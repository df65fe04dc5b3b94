"""Products of sparse matrices."""

from itertools import pairwise

from ldrtheory.certify.instances import instances
from ldrtheory.certify.kaleidoscopes import corner_is, is_product
from ldrtheory.linalg import zeros
from ldrtheory.synthesis import from_sparse_product, sparse_product

statement = """A product of d sparse matrices is the corner of a member of (BB*)^(2 d), of the size that the
largest of its factors needs: no projector stands between the layers. The circuit that adds up each row of
each layer by a balanced tree computes the same matrix."""
hypotheses = """Any field, any shapes that chain; d = 1, 2, 3."""
source = """Derived here; the sum over layers of Dao et al., Kaleidoscope (ICLR 2020), Theorem 1, in other
constants."""
necessity = "none"


def claims(max_n, seed):
    for s in instances(max_n, seed, repeat=1):
        for depth in (1, 2, 3):
            sizes = [s.size() for _ in range(depth)] + [s.n]
            layers = []
            for m, n in pairwise(sizes):
                M = zeros(s.ring, m, n)
                places = [(i, j) for i in range(m) for j in range(n)]
                for at in s.draw.sample(places, min(len(places), max(m, n))):
                    M[at] = s.nonzero()
                layers.append(M)
            K = sparse_product(layers, s.ring)
            yield is_product(K, layers)
            yield corner_is(K, from_sparse_product(layers, s.ring))
