"""Rule (f): similarity, and adding c I."""

from ldrtheory.certify.equality import rank_exactly
from ldrtheory.certify.instances import instances
from ldrtheory.operators.closure import shift_by, similarity
from ldrtheory.operators.generator import generated

statement = """P M Q^-1 has for (P A P^-1, Q B Q^-1) the displacement rank that M has for (A, B),
Sylvester and Stein alike. For Sylvester equations M has the same rank for (A + c I, B + c I)."""
hypotheses = """Any field, any shape, P and Q nonsingular."""
source = """Classical; collected in Thomas, Gu, Dao, Rudra and Ré 2018."""
necessity = {
    "operators conjugated with M": "false_similarity",
    "Sylvester equations, where c I is added": "false_stein_scalar_shift",
}


def claims(max_n, seed):
    for s in instances(max_n, seed):
        m, n = s.size(), s.n
        x = generated(s.of_rank(m, n, 1), s.pair(m, n), s.ring)
        yield rank_exactly(similarity(x, s.nonsingular(m), s.nonsingular(n)), x.bound)
        y = generated(s.matrix(m, n), s.pair(m, n, "sylvester"), s.ring)
        yield rank_exactly(shift_by(y, s.nonzero()), y.bound)
