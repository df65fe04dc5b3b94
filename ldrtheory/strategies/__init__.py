"""Hypothesis strategies for structured matrices, in Hypothesis's own style; usable in any test suite.

elements        rings, their elements, vectors and matrices without structure
operators       displacement operators and pairs
members         families and their members, derived from the slots of the family
ranks           matrices of a given displacement rank
constructions   permutations, circuits, sparse products, orthogonal and unitary matrices
near_misses     pairs that differ in one entry, one ulp, one operator or one rank

Every strategy is valid by construction (nothing is filtered unless its docstring says so) and shrinks to small sizes
first, then to 0, 1 and small integers.
"""

from ldrtheory.strategies.constructions import (
    circuits,
    orthogonal_matrices,
    permutations,
    sparse_products,
    unitary_matrices,
)
from ldrtheory.strategies.elements import elements, matrices, rings, vectors
from ldrtheory.strategies.members import families, members
from ldrtheory.strategies.near_misses import one_entry_away, one_operator_away, one_rank_away, one_ulp_away
from ldrtheory.strategies.operators import operator_pairs, operators
from ldrtheory.strategies.ranks import generators, matrices_of_displacement_rank

__all__ = [
    "circuits",
    "elements",
    "families",
    "generators",
    "matrices",
    "matrices_of_displacement_rank",
    "members",
    "one_entry_away",
    "one_operator_away",
    "one_rank_away",
    "one_ulp_away",
    "operator_pairs",
    "operators",
    "orthogonal_matrices",
    "permutations",
    "rings",
    "sparse_products",
    "unitary_matrices",
    "vectors",
]
