"""Exact constructions of kaleidoscopes: from a matrix of a known form to its butterfly factors.

routing     permutations in BB* and in B*B, copies along unique paths
entries     the nonzero entries of a matrix and their places
sparse      any sparse matrix in width 2; few entries without expansion in width 4; products of sparse matrices
circuit     linear circuits, from gates, matrices and products of matrices
tracing     linear circuits from Python functions, run on symbols
hierarchy   circuits compiled layer by layer; kaleidoscopes read as circuits
chains      what the constructions share: lists of factors
"""

from ldrtheory.synthesis.circuit import Circuit, from_data, from_matrix, from_sparse_product
from ldrtheory.synthesis.entries import Entries, read_entries
from ldrtheory.synthesis.hierarchy import compile_circuit, layers, unrolled
from ldrtheory.synthesis.routing import is_modular_balanced, permutation
from ldrtheory.synthesis.sparse import sparse, sparse_product, sparse_unexpanded
from ldrtheory.synthesis.tracing import from_function

__all__ = [
    "Circuit",
    "Entries",
    "compile_circuit",
    "from_data",
    "from_function",
    "from_matrix",
    "from_sparse_product",
    "is_modular_balanced",
    "layers",
    "permutation",
    "read_entries",
    "sparse",
    "sparse_product",
    "sparse_unexpanded",
    "unrolled",
]
