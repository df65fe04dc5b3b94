"""None of the published hypotheses is needed."""

from ldrtheory.bounds.approximation.hypotheses import published_hypotheses
from ldrtheory.bounds.approximation.universality import column_map
from ldrtheory.operators import Stein, diagonal, shift
from ldrtheory.rings import QQ

statement = """Each hypothesis of the published theorem fails for a pair of which every column is universal:
A and B nonsingular, diagonalizable, A^q = a I with a != 0, I - a B^q nonsingular, distinct absolute
values."""
hypotheses = """Over Q; the published hypotheses as understood here."""
source = """Computed here."""
depends = ("approximation_every_column",)
necessity = "none: it asserts pairs that lack one published hypothesis each"


def claims(max_n, seed):
    turn = [[0, -1, 0, 0], [1, -1, 0, 0], [0, 0, 0, -1], [0, 0, 1, -1]]  # of order 3, without eigenvalue 1
    cases = [
        (shift(f=0), shift(f=0).T, 2, "A is nonsingular"),
        (shift(f=0), shift(f=0).T, 2, "B is nonsingular"),
        (shift(f=0), shift(f=0).T, 2, "A is diagonalizable"),
        (shift(f=0), shift(f=0).T, 2, "B is diagonalizable"),
        (diagonal([1, 2]), diagonal([3, 5]), 2, "(i)"),
        (turn, diagonal([1, 2, 3, 4]), 4, "(ii)"),
        (shift(f=1), shift(f=-1), 2, "(iii)"),
    ]
    for A, B, n, name in cases:
        if n <= max_n:
            failed = published_hypotheses(A, B, n)[name]
            if failed.holds is not False:
                raise AssertionError(f"{name} was to fail")
            yield from failed.statements
            for i in range(n):
                yield from column_map(i, Stein(A, B), n, QQ).statements()
