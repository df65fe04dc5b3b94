"""Discrete Fourier transforms in BB* itself."""

from ldrtheory.certify.kaleidoscopes import corner_is, in_class, is_product
from ldrtheory.linalg import array, identity
from ldrtheory.rings import GF
from ldrtheory.synthesis import factor_butterfly
from ldrtheory.synthesis.gallery.fourier import dft, inverse_dft
from ldrtheory.synthesis.gallery.hadamard import reversed_bits
from ldrtheory.synthesis.membership import butterfly_membership

statement = """The DFT of size n = 2^L is in BB*, and so is its inverse: D T D with T a circulant, by -2 i j
= (i - j)^2 - i^2 - j^2. For other n it is the corner of a member of BB* of size pow2(2 n - 1). It is in B
after the reversal of bits, and not without it from n = 4 on."""
hypotheses = """A field with a root of unity of order 2 n (n for n = 4), and 1/n; lcm(n, N) for a size N >
n. Here Q(zeta) for n <= 16, and GF(12289), where 2^12 divides p - 1."""
source = """Derived here by the chirp identity; (BB*)^2 by way of the bit reversal: Dao et al., Kaleidoscope
(ICLR 2020)."""
largest = 16
necessity = "not known: for n = 4 a root of unity of order n is enough"


def claims(max_n, seed):
    for n in range(1, max_n + 1):
        power = not n & (n - 1)
        if not power and n > 6:
            continue
        fields = [None, GF(12289)] if power else [None]
        for field in fields:
            K, J = dft(n, field), inverse_dft(n, field)
            F = K.field
            w = F.root_of_unity(n)
            M = array(F, [[w ** (-i * j % n) for j in range(n)] for i in range(n)])
            member = in_class if n == K.size else corner_is
            yield member(K, M)
            yield is_product(identity(F, n), [J, K], F)
            if power and 4 <= n <= 8:
                yield butterfly_membership(M, "B", F).statement
                yield in_class(factor_butterfly(M[:, reversed_bits(n)], F))
