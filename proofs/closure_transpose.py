"""Rule (a): transposing."""

from ldrtheory.certify.equality import rank_at_most, rank_exactly
from ldrtheory.certify.instances import instances
from ldrtheory.operators.closure import transpose
from ldrtheory.operators.generator import generated

statement = """The transpose of a matrix of displacement rank r for (A, B) has displacement rank r for (B^T,
A^T): the operators swap and transpose, for Sylvester and for Stein equations."""
hypotheses = "Any field, any m x n matrix M, any A and B."
source = "Classical; the residual of M^T is -(A M - M B)^T, or (M - A M B)^T."
necessity = {"operators transposed and swapped": "false_transpose_one_pair"}


def claims(max_n, seed):
    for s in instances(max_n, seed):
        m, n = s.size(), s.n
        x = generated(s.matrix(m, n), s.pair(m, n), s.ring)
        yield rank_exactly(x, x.bound)
        y = transpose(x)
        yield rank_at_most(y, x.bound)
        yield rank_exactly(y, x.bound)
