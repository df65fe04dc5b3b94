"""Stored numbers against the dimension."""

from ldrtheory.certify.instances import instances
from ldrtheory.certify.kaleidoscopes import corner_is, in_class
from ldrtheory.kaleidoscopes import ButterflyFactor, KaleidoscopeProduct

statement = """The number 4 w N log2 N of stored entries is not the dimension of (BB*)^w: it fails at n = 2,
where BB* stores 8 numbers and holds matrices with 4 entries. G A^-1 and A F give the matrix G F for every
nonsingular A, since neighbouring factors of one bit multiply to one factor. In B, too, exchanging a diagonal
between neighbours leaves the matrix as it is, at n = 4."""
hypotheses = """Any field; A = diag(a, b) with a, b nonzero, or the swap. Factors have size at least 2."""
source = """Read literally: Dao et al., Kaleidoscope (ICLR 2020), appendix E; the correction was found
here."""
depends = ("kaleidoscope_butterfly_criterion",)


def claims(max_n, seed):
    for s in instances(2, seed, least=2):
        one, zero = s.ring.one, s.ring.zero
        F, G = (ButterflyFactor(0, [s.element(), s.element()], [s.element(), s.element()]) for _ in range(2))
        K = KaleidoscopeProduct(2, 2, 2, 1, s.ring, "BB*", (F, G))
        yield in_class(K)
        a, b = s.nonzero(), s.nonzero()
        for A in (ButterflyFactor(0, [a, b], [zero, zero]), ButterflyFactor(0, [zero, zero], [one, one])):
            x, y = A.dense(s.ring), A.inverse(s.ring).dense(s.ring)
            factors = []
            for M in (x @ F.dense(s.ring), G.dense(s.ring) @ y):
                factors.append(ButterflyFactor(0, [M[0, 0], M[1, 1]], [M[0, 1], M[1, 0]]))
            yield corner_is(KaleidoscopeProduct(2, 2, 2, 1, s.ring, "BB*", tuple(factors)), K)
    for s in instances(max_n, seed, repeat=1, least=4):
        if s.n & (s.n - 1):
            continue
        L = s.n.bit_length() - 1
        vectors = [[s.element() for _ in range(s.n)] for _ in range(2 * L)]
        factors = [ButterflyFactor(b, *vectors[2 * b : 2 * b + 2]) for b in range(L)]
        K = KaleidoscopeProduct(s.n, s.n, s.n, 1, s.ring, "B", tuple(factors))
        v = [s.nonzero() for _ in range(s.n)]
        factors[0] = factors[0].rows_scaled(v)
        factors[1] = factors[1].columns_scaled([s.ring.inverse(x) for x in v])
        yield corner_is(KaleidoscopeProduct(s.n, s.n, s.n, 1, s.ring, "B", tuple(factors)), K)
