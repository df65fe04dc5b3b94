"""Sparse matrices without entries."""

from ldrtheory.certify.equality import differ
from ldrtheory.certify.kaleidoscopes import corner_is, corner_is_not
from ldrtheory.linalg import identity, zeros
from ldrtheory.rings import QQ
from ldrtheory.synthesis import sparse

statement = """The statement "a matrix with s nonzero entries is in (BB*)^(4 ceil(s/n))" is false for s = 0,
where no factor is left: it fails at n = 1, for the product of no factors is the identity and not zero.
Width max(1, ceil(s/n)) must be read; width 2 is enough for every s, also for s = 0."""
hypotheses = """Over Q."""
source = """Read literally: Dao et al., Kaleidoscope (ICLR 2020), Theorem 3; the correction was found
here."""
depends = ("kaleidoscope_sparse",)


def claims(max_n, seed):
    for n in range(1, max_n + 1):
        yield differ(zeros(QQ, n, n), identity(QQ, n), QQ)
        K = sparse(zeros(QQ, n, n))
        yield corner_is(K, zeros(QQ, n, n))
        yield corner_is_not(K, identity(QQ, n))
