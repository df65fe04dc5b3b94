"""B, B* and identities inside BB*, larger sizes and widths."""

from ldrtheory.certify.instances import instances
from ldrtheory.certify.kaleidoscopes import corner_is, in_class
from ldrtheory.kaleidoscopes import ButterflyFactor, KaleidoscopeProduct, bit_pattern
from ldrtheory.synthesis import in_hierarchy
from ldrtheory.synthesis.chains import lifted, product_of, widened

statement = """B and B* are contained in BB*; the corner of a member of (BB*)^w is one of (BB*)^(w+1) and,
by identity factors, of every larger size. Reversing the bits of all positions takes B to B*."""
hypotheses = """Any field, sizes that are powers of two, at least 2."""
source = """Dao et al., Kaleidoscope (ICLR 2020), section 2."""
largest = 8
necessity = "none"


def _random(s, kind):
    bits = bit_pattern(kind, 1, s.n)
    vectors = [[s.element() for _ in range(s.n)] for _ in range(2 * len(bits))]
    factors = [ButterflyFactor(b, *vectors[2 * t : 2 * t + 2]) for t, b in enumerate(bits)]
    return KaleidoscopeProduct(s.n, s.n, s.n, 1, s.ring, kind, tuple(factors))


def claims(max_n, seed):
    for s in instances(max_n, seed, repeat=1, least=2):
        if s.n & (s.n - 1):
            continue
        for kind in ("B", "B*"):
            K = _random(s, kind)
            yield in_class(in_hierarchy(K), K)
            flipped = [factor.bits_reversed() for factor in K.factors]
            other = KaleidoscopeProduct(
                s.n, s.n, s.n, 1, s.ring, {"B": "B*", "B*": "B"}[kind], tuple(flipped)
            )
            rev = [int(f"{i:b}".zfill(s.n.bit_length() - 1)[::-1], 2) for i in range(s.n)]
            yield in_class(other, K.entries()[rev][:, rev])
        K = _random(s, "BB*")
        m = s.size()
        corner = KaleidoscopeProduct(m, s.n, s.n, 1, s.ring, "BB*", K.factors)
        yield corner_is(product_of(lifted(K.factors, s.n, 4 * s.n, s.ring), m, s.n, s.ring), corner)
        yield corner_is(product_of(widened(K.factors, s.n, 2, s.ring), m, s.n, s.ring), corner)
