"""Exact constructions of kaleidoscopes: from a matrix of a known form to its butterfly factors.

routing     permutations in BB* and in B*B, copies along unique paths
entries     the nonzero entries of a matrix and their places
sparse      any sparse matrix in width 2; few entries without expansion in width 4; products of sparse matrices
chains      what the constructions share: lists of factors
"""

from ldrtheory.synthesis.entries import Entries, read_entries
from ldrtheory.synthesis.routing import is_modular_balanced, permutation
from ldrtheory.synthesis.sparse import sparse, sparse_product, sparse_unexpanded

__all__ = [
    "Entries",
    "is_modular_balanced",
    "permutation",
    "read_entries",
    "sparse",
    "sparse_product",
    "sparse_unexpanded",
]
