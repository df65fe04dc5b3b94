"""Hadamard matrices in B and in B*."""

from ldrtheory.certify.kaleidoscopes import in_class, is_product
from ldrtheory.kaleidoscopes import ButterflyFactor, KaleidoscopeProduct, bit_pattern
from ldrtheory.linalg import identity
from ldrtheory.rings import GF, QQ

statement = """The Hadamard matrix H with entries (-1)^(number of common bits of i and j), n = 2^L, is in B
and in B*, with all stored entries 1 or -1, and H^2 = n I."""
hypotheses = """Any field; here Q and GF(7)."""
source = """Classical; in this hierarchy: Dao et al., Kaleidoscope (ICLR 2020)."""
largest = 32
necessity = "none"


def claims(max_n, seed):
    for n in (k for k in (2, 4, 8, 16, 32) if k <= max_n):
        for ring in (QQ, GF(7)):
            H = [[-1 if (i & j).bit_count() % 2 else 1 for j in range(n)] for i in range(n)]
            for kind in ("B", "B*"):
                factors = [
                    ButterflyFactor(b, [ring(-1 if i >> b & 1 else 1) for i in range(n)], [ring.one] * n)
                    for b in bit_pattern(kind, 1, n)
                ]
                K = KaleidoscopeProduct(n, n, n, 1, ring, kind, tuple(factors))
                yield in_class(K, H)
            yield is_product(identity(ring, n) * ring(n), [K, K], ring)
