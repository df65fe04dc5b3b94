"""Sums, side by side, one after the other, and by way of inverses."""

from ldrtheory.certify.instances import instances
from ldrtheory.certify.kaleidoscopes import corner_is
from ldrtheory.kaleidoscopes import ButterflyFactor, KaleidoscopeProduct, bit_pattern
from ldrtheory.synthesis import invertible_sum, low_rank, parallel_sum, serial_sum, sparse

statement = """The sum of m members of (BB*)^w_e is in (BB*)^w of expansion e pow2(m), every summand in a
block of its own, and in (BB*)^(m w) of expansion 4 e, one summand after the other. The sum of m members of
BB* with nonsingular factors and e = 1 is in (BB*)^(2 m) of expansion 2."""
hypotheses = """Any field, any shape for the first two forms. In the third the summands are nonsingular, not
the sum."""
source = """Serial: Dao et al., Kaleidoscope (ICLR 2020), appendix H. The two other forms were derived
here."""
largest = 4
necessity = "not known: the third form inverts the factors of the summands"


def _sum(K):
    return sum((k.entries() for k in K[1:]), K[0].entries())


def claims(max_n, seed):
    for s in instances(max_n, seed, repeat=1):
        m, n = s.size(), s.n
        for count in (1, 2, 3, 5):
            K = [low_rank(s.of_rank(m, n, 1), s.ring) for _ in range(count - 1)]
            K.append(sparse(s.matrix(m, n), s.ring))
            total = _sum(K)
            yield corner_is(parallel_sum(*K), total)
            if count < 5:
                yield corner_is(serial_sum(*K), total)
        if n > 1 and not n & (n - 1):
            K = []
            for _ in range(3):
                factors = []
                for bit in bit_pattern("BB*", 1, n):
                    d, o = [s.ring.zero] * n, [s.ring.zero] * n
                    for i in range(n):
                        j = i ^ (1 << bit)
                        if i < j:
                            (d[i], o[i]), (o[j], d[j]) = s.nonsingular(2)
                    factors.append(ButterflyFactor(bit, d, o))
                K.append(KaleidoscopeProduct(n, n, n, 1, s.ring, "BB*", tuple(factors)))
            yield corner_is(invertible_sum(*K), _sum(K))
            yield corner_is(invertible_sum(K[0]), K[0])
