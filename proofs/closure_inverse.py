"""Rule (b): inverting."""

from ldrtheory.certify.equality import rank_at_most, rank_exactly
from ldrtheory.certify.instances import instances
from ldrtheory.operators.closure import inverse

statement = """The inverse of a nonsingular matrix of displacement rank r for (A, B) has displacement
rank r for (B, A): the operators swap. For Stein equations this holds for singular A and B too."""
hypotheses = """Any field, M square and nonsingular, any A and B."""
source = """Sylvester: classical, B M^-1 - M^-1 A = -M^-1 (A M - M B) M^-1. Stein: both residuals are
Schur complements in [[M, A], [B, M^-1]]."""
necessity = {
    "M nonsingular, its pseudo-inverse in place of M^-1": "false_pseudo_inverse",
    "operators swapped": "false_inverse_one_pair",
}


def claims(max_n, seed):
    for s in instances(max_n, seed):
        x = s.invertible(s.pair(s.n, s.n), s.n)
        yield rank_exactly(x, x.bound)
        y = inverse(x)
        yield rank_at_most(y, x.bound)
        yield rank_exactly(y, x.bound)
