"""Monarch matrices contain butterfly matrices."""

from ldrtheory.certify.instances import instances
from ldrtheory.certify.kaleidoscopes import is_product
from ldrtheory.kaleidoscopes import ButterflyFactor, KaleidoscopeProduct
from ldrtheory.linalg import matmul

statement = """Every butterfly matrix of size n = 2^L is a Monarch matrix for every block m = 2^a: the
product of bits a..L-1 couples only indices that are equal modulo m, the product of bits 0..a-1 only those
with the same quotient by m."""
hypotheses = """Any field, n = 2^L; all blocks from 2 to n/2."""
source = """Dao et al., Monarch (arXiv 2204.00595)."""
largest = 16
necessity = "none"


def claims(max_n, seed):
    for s in instances(max_n, seed, repeat=1, least=4):
        if s.n & (s.n - 1):
            continue
        L = s.n.bit_length() - 1
        factors = [
            ButterflyFactor(b, [s.element() for _ in range(s.n)], [s.element() for _ in range(s.n)])
            for b in range(L)
        ]
        K = KaleidoscopeProduct(s.n, s.n, s.n, 1, s.ring, "B", tuple(factors))
        for a in range(1, L):
            low = matmul(s.ring, *(f.dense(s.ring) for f in factors[:a][::-1]))
            high = matmul(s.ring, *(f.dense(s.ring) for f in factors[a:][::-1]))
            m = 1 << a
            for i in range(s.n):  # the claim is about the places that a Monarch matrix has, and no others
                for j in range(s.n):
                    if i % m != j % m:
                        high[i, j] = s.ring.zero
                    if i // m != j // m:
                        low[i, j] = s.ring.zero
            yield is_product(K, [high, low])
