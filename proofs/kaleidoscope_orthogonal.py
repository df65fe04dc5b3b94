"""Reflections and orthogonal matrices over Q."""

import numpy as np

from ldrtheory.certify.instances import instances
from ldrtheory.certify.kaleidoscopes import corner_is, in_class
from ldrtheory.linalg import identity, matmul
from ldrtheory.rings import QQ
from ldrtheory.synthesis import orthogonal, reflection

statement = """The reflection I - 2 u u^T / (u^T u) along a rational vector of length n = 2^L is in BB* with
rational factors, without square roots. A rational orthogonal n x n matrix is in (BB*)^w with w <= n; other
sizes are corners."""
hypotheses = """Over Q, u not zero; entries 0 of u, unit vectors and sizes that are no powers of two
included."""
source = """Derived here, with the theorem of Cartan and Dieudonné; with square roots, in the orthogonal
hierarchy: Dao et al., Kaleidoscope (ICLR 2020), appendix."""
largest = 8
necessity = """not known over other fields; over Q the reflection along u = 0 does not exist, and nothing
else is assumed"""


def _matrix(u):
    c = QQ(-2) / sum(x * x for x in u)
    return identity(QQ, len(u)) + c * np.multiply.outer(u, u)


def claims(max_n, seed):
    for s in instances(max_n, seed, fields=(QQ,)):
        n = s.n
        dense = [s.nonzero() for _ in range(n)]
        sparse = [x if k in (0, n - 1) else QQ.zero for k, x in enumerate(dense)]
        unit = [QQ(int(k == n // 2)) for k in range(n)]
        product = identity(QQ, n)
        for u in (dense, sparse, unit):
            u = np.array(u, dtype=object)
            K = reflection(u)
            yield (in_class if K.size == n else corner_is)(K, _matrix(u))
            product = matmul(QQ, product, _matrix(u))
        yield corner_is(orthogonal(product), product)
