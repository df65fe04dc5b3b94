"""The published hypotheses and shifts."""

from ldrtheory.bounds.approximation.hypotheses import published_hypotheses
from ldrtheory.bounds.approximation.universality import column_map
from ldrtheory.operators import Stein, Sylvester, shift
from ldrtheory.rings import QQ

statement = """That the published universal approximation theorem covers circulant, Toeplitz and Hankel
layers is false: its hypothesis that the eigenvalues of B have distinct absolute values fails for every Z_f
from n = 2 on, as Z_f^n = f I. The corrected form covers them: every column is universal for Sylvester (Z_1,
Z_-1) and Stein (Z_1, Z_-1)."""
hypotheses = """Over Q; the published hypotheses as understood here."""
source = """Zhao et al. 2017, first theorem, and its proof; the correction is derived here."""
depends = ("approximation_every_column",)


def claims(max_n, seed):
    for n in range(2, max_n + 1):
        for f in (1, -1, 0, 2):
            failed = published_hypotheses(shift(f=-1), shift(f=f), n)["(iii)"]
            if failed.holds is not False:
                raise AssertionError("distinct absolute values were to fail for a shift")
            yield from failed.statements
        for make in (Sylvester, Stein):
            for i in range(n):
                yield from column_map(i, make(shift(f=1), shift(f=-1)), n, QQ).statements()
