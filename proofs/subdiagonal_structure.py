"""The structure theorem of subdiagonal operators."""

from ldrtheory.certify.equality import equal, rank_exactly
from ldrtheory.certify.instances import instances
from ldrtheory.operators import Sylvester, identity, subdiagonal, zero
from ldrtheory.operators.generator import generated
from ldrtheory.operators.structure import from_shifts, to_shifts
from ldrtheory.rings import QQ

statement = """If A and B are subdiagonal with corner and have no zero below the diagonal, A = D Z_a
D^-1 and B = E Z_b E^-1, then M has for (A, B) the displacement rank that D^-1 M E has for (Z_a, Z_b)."""
hypotheses = """Any field, any shape."""
source = """Derived here by substitution."""


def claims(max_n, seed):
    for s in instances(max_n, seed):
        m, n = s.size(), s.n
        A = subdiagonal([*(s.nonzero() for _ in range(m - 1)), s.element()])
        B = subdiagonal([*(s.nonzero() for _ in range(n - 1)), s.element()])
        x = generated(s.of_rank(m, n, 1), Sylvester(A, B), s.ring)
        T = to_shifts(x)
        yield rank_exactly(x, x.bound)
        yield rank_exactly(T, x.bound)
        yield equal(from_shifts(T, A, B).matrix, x.matrix, s.ring)


def with_a_zero_below_the_diagonal():
    rank = Sylvester(
        identity(), zero()
    )  # A = 0 of size 2 is similar to no Z_a: their ranks are 0, and at least 1
    yield rank_exactly([[0, 0], [0, 0]], 0, rank, QQ)
    yield rank_exactly([[0, 0], [1, 0]], 1, rank, QQ)  # a = 0
    yield rank_exactly([[0, 1], [1, 0]], 2, rank, QQ)  # a = 1, and so for all a != 0


necessity = {"no zero below the diagonal": with_a_zero_below_the_diagonal}
