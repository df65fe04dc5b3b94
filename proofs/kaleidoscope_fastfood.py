"""Fastfood and products of Hadamard matrices with diagonals."""

from ldrtheory.certify.instances import instances
from ldrtheory.certify.kaleidoscopes import corner_is
from ldrtheory.linalg import array, diagonal_matrix, matmul, zeros
from ldrtheory.synthesis.gallery.hadamard import fastfood, hd3

statement = """A H G P H D and H D3 H D2 H D1, with H the Hadamard matrix of size n = 2^L, P a permutation
and all others diagonal, are in (BB*)^2 with e = 1: a permutation has a form B*B, whose halves fit to the
two butterflies."""
hypotheses = """Any field, n = 2^L."""
source = """Dao et al., Kaleidoscope (ICLR 2020), and Monarch (arXiv 2204.00595)."""
largest = 8
necessity = "none"


def claims(max_n, seed):
    for s in instances(max_n, seed, repeat=1, least=2):
        n, ring = s.n, s.ring
        if n & (n - 1):
            continue
        H = array(ring, [[-1 if (i & j).bit_count() % 2 else 1 for j in range(n)] for i in range(n)])
        a, b, c = ([s.element() for _ in range(n)] for _ in range(3))
        D = [diagonal_matrix(x, ring) for x in (a, b, c)]
        p, P = s.draw.sample(range(n), n), zeros(ring, n, n)
        for i, k in enumerate(p):
            P[k, i] = ring.one
        yield corner_is(fastfood(a, b, p, c, ring), matmul(ring, D[0], H, D[1], P, H, D[2]))
        yield corner_is(hd3(a, b, c, ring), matmul(ring, H, D[2], H, D[1], H, D[0]))
