"""The counterexample hunter: conjectures as functions, searched from the smallest objects on.

domains         what a conjecture speaks of
predicates      what it may ask: ranks, products, inverses, equality
conjecture      the decorator, and where conjectures are found
conjectures     those of the package
stages          the units of work; executors run them; state keeps what is done
hunt            the search; answer is what came of it; theorem_files hunt the claims of a theorem file
"""

from ldrtheory.hunting.answer import HuntAnswer
from ldrtheory.hunting.conjecture import Conjecture, conjecture, corpus, evaluate, find
from ldrtheory.hunting.domains import (
    Domain,
    Point,
    choices,
    circulants,
    indices,
    lower_toeplitz,
    matrices,
    members,
    nonsingular,
    scalars,
    several,
    singular,
    square,
    toeplitz,
    triangular,
    tridiagonal,
    unimodular,
    vectors,
)
from ldrtheory.hunting.hunt import hunt, shrunk
from ldrtheory.hunting.predicates import (
    ORDINARY,
    SHIFTS,
    assume,
    inverse,
    is_bijective,
    is_equal,
    matrix_rank,
    product,
    rank,
)

__all__ = [
    "ORDINARY",
    "SHIFTS",
    "Conjecture",
    "Domain",
    "HuntAnswer",
    "Point",
    "assume",
    "choices",
    "circulants",
    "conjecture",
    "corpus",
    "evaluate",
    "find",
    "hunt",
    "indices",
    "inverse",
    "is_bijective",
    "is_equal",
    "lower_toeplitz",
    "matrices",
    "matrix_rank",
    "members",
    "nonsingular",
    "product",
    "rank",
    "scalars",
    "several",
    "shrunk",
    "singular",
    "square",
    "toeplitz",
    "triangular",
    "tridiagonal",
    "unimodular",
    "vectors",
]
