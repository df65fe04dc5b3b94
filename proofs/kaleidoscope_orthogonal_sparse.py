"""Sparse matrices from rotations and diagonals."""

from ldrtheory.certify.instances import instances
from ldrtheory.certify.kaleidoscopes import corner_is, is_product
from ldrtheory.kaleidoscopes import KaleidoscopeProduct
from ldrtheory.linalg import diagonal_matrix, identity, zeros
from ldrtheory.rings import QQ
from ldrtheory.synthesis.orthogonal_sparse import orthogonal_sparse, orthogonal_sparse_product

statement = """A rational sparse matrix with s nonzero entries and at most z empty rows and columns is the
corner of U D V^T U' D' V'^T of size pow2(max(2, s + z)), all four butterflies orthogonal with rational
entries and D, D' diagonal: width 2 in the orthogonal hierarchy. A product of d such matrices has width 3 d
- 1: an orthogonal factor cannot absorb the projector between two corners, a diagonal of its own does."""
hypotheses = """Over Q, any shape; rotations by the angle of (3/5, 4/5) and by right angles."""
source = """Derived here; the orthogonal hierarchy, with square roots: Dao et al., Kaleidoscope (ICLR 2020),
appendix."""
largest = 4
necessity = "none"


def _random(s, m, n):
    M = zeros(QQ, m, n)
    for at in s.draw.sample([(i, j) for i in range(m) for j in range(n)], max(m, n)):
        M[at] = s.nonzero()
    return M


def claims(max_n, seed):
    for s in instances(max_n, seed, fields=(QQ,)):
        m, k, n = s.size(), s.size(), s.n
        M = _random(s, m, n)
        found = orthogonal_sparse(M)
        N, parts = found.size, []
        for falling, d, rising in found.parts():
            U = KaleidoscopeProduct(N, N, N, 1, QQ, "B", tuple(rising))
            V = KaleidoscopeProduct(N, N, N, 1, QQ, "B*", tuple(falling))
            for X in (U, V):
                yield is_product(identity(QQ, N), [X, X.transpose()])
            parts = [U, diagonal_matrix(d, QQ), V, *parts]
        K = found.product()
        yield corner_is(K, M)
        yield is_product(KaleidoscopeProduct(N, N, N, K.width, QQ, K.kind, K.factors), parts)
        layers = [_random(s, m, k), _random(s, k, n)]
        yield is_product(orthogonal_sparse_product(layers).product(), layers)
