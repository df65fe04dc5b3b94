"""From kaleidoscopes back to circuits."""

from ldrtheory.certify.instances import instances
from ldrtheory.certify.kaleidoscopes import circuit_is
from ldrtheory.kaleidoscopes import ButterflyFactor, KaleidoscopeProduct, bit_pattern
from ldrtheory.synthesis import compile_circuit, unrolled

statement = """The corner of a member of (BB*)^w of size N = 2^L is the matrix of a linear circuit of depth
at most 2 w L + 1, with a gate for each row of each factor that changes something; compiled, it gives the
same matrix again."""
hypotheses = """Any field, any corner."""
source = """Derived here; the converse of Dao et al., Kaleidoscope (ICLR 2020), Theorem 1."""
largest = 8
necessity = "none"


def claims(max_n, seed):
    for s in instances(max_n, seed, repeat=1, least=2):
        if s.n & (s.n - 1):
            continue
        for width in (1, 2):
            factors = [
                ButterflyFactor(b, [s.element() for _ in range(s.n)], [s.element() for _ in range(s.n)])
                for b in bit_pattern("BB*", width, s.n)
            ]
            K = KaleidoscopeProduct(s.size(), s.size(), s.n, width, s.ring, "BB*", tuple(factors))
            yield circuit_is(unrolled(K), K)
            if s.n <= 4 and width == 1:
                yield circuit_is(unrolled(K), compile_circuit(unrolled(K)))
