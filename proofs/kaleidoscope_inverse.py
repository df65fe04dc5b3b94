"""Inverses, without expansion."""

from ldrtheory.certify.instances import instances
from ldrtheory.certify.kaleidoscopes import is_product
from ldrtheory.kaleidoscopes import ButterflyFactor, KaleidoscopeProduct, bit_pattern
from ldrtheory.linalg import identity

statement = """If M is in (BB*)^w with e = 1 and every 2 x 2 block of its factors is nonsingular, M^-1 is in
(BB*)^w: the inverse factors in reverse order have the same bits. Otherwise M is singular."""
hypotheses = """Any field, sizes that are powers of two, at least 2, e = 1."""
source = """Derived here: the product of the determinants of the blocks is the determinant of M."""
largest = 8
necessity = {"e = 1": "false_kaleidoscope_corner_inverse"}


def claims(max_n, seed):
    for s in instances(max_n, seed, repeat=1, least=2):
        if s.n & (s.n - 1):
            continue
        for width in (1, 2):
            factors = []
            for bit in bit_pattern("BB*", width, s.n):
                d, o = [s.ring.zero] * s.n, [s.ring.zero] * s.n
                for i in range(s.n):
                    j = i ^ (1 << bit)
                    if i < j:
                        (d[i], o[i]), (o[j], d[j]) = s.nonsingular(2)
                factors.append(ButterflyFactor(bit, d, o))
            K = KaleidoscopeProduct(s.n, s.n, s.n, width, s.ring, "BB*", tuple(factors))
            yield is_product(identity(s.ring, s.n), [K, K.inverse()], s.ring)
