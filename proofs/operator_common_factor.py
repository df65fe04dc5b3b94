"""No common rational eigenvalue, and singular all the same."""

from ldrtheory.certify.equality import operator_is, rank_exactly
from ldrtheory.operators import Sylvester, dense
from ldrtheory.operators.kernel import kernel_element
from ldrtheory.rings import QQ

statement = """Two matrices over Q without any rational eigenvalue can share the factor x^2 - 2 (n = 2)
or x^2 + x + 1 (n = 2): looking for common rational eigenvalues does not decide whether a Sylvester
operator is invertible."""
hypotheses = """Over Q."""
source = """Computed here; the test is the greatest common divisor."""
necessity = "none: it asserts examples"


def claims(max_n, seed):
    cases = [
        ([[0, 2], [1, 0]], [[1, 1], [1, -1]]),
        ([[0, -1], [1, -1]], [[-1, -1], [1, 0]]),
    ]
    for A, B in cases:
        d = Sylvester(dense(A), dense(B))
        yield operator_is(d, (2, 2), QQ)
        yield rank_exactly(kernel_element(d, (2, 2), QQ), 0, d, QQ)
