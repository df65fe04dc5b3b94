"""Exact constructions of kaleidoscopes: from a matrix of a known form to its butterfly factors.

routing     permutations in BB* and in B*B, copies along unique paths
entries     the nonzero entries of a matrix and their places
sparse      any sparse matrix in width 2; few entries without expansion in width 4; products of sparse matrices
circuit     linear circuits, from gates, matrices and products of matrices
tracing     linear circuits from Python functions, run on symbols
hierarchy   circuits compiled layer by layer; kaleidoscopes read as circuits
products    scalings, products, direct sums, Kronecker products
sums        parallel and serial sums, sums of invertible summands
low_rank    outer products and matrices of low rank in width 1
two_by_two  a 2 x 2 matrix on two coordinates
orthogonal  rational reflections and orthogonal matrices
orthogonal_sparse   sparse matrices from rotations and diagonals: OBB without square roots
butterfly   is a matrix in B, and its factors
membership  is a matrix in B, B* or BB*, with the factors or the reason; interleaved, quadratic: what n = 4 needs
recognise   the cheapest exact form of a matrix, and why
gallery     named transforms: DFT, circulant, cosine transforms, Fastfood, ...
chains      what the constructions share: lists of factors
"""

from ldrtheory.synthesis.butterfly import blocking_minor, factor_butterfly
from ldrtheory.synthesis.circuit import Circuit, from_data, from_matrix, from_sparse_product
from ldrtheory.synthesis.entries import Entries, read_entries
from ldrtheory.synthesis.hierarchy import compile_circuit, layers, unrolled
from ldrtheory.synthesis.low_rank import general, low_rank, outer
from ldrtheory.synthesis.membership import Membership, bb_star_membership_4, butterfly_membership
from ldrtheory.synthesis.orthogonal import orthogonal, reflection
from ldrtheory.synthesis.orthogonal_sparse import orthogonal_sparse, orthogonal_sparse_product
from ldrtheory.synthesis.products import direct_sum, in_hierarchy, kronecker, multiplied, scaled
from ldrtheory.synthesis.recognise import forms, recognise, to_kaleidoscope
from ldrtheory.synthesis.routing import is_modular_balanced, permutation
from ldrtheory.synthesis.sparse import sparse, sparse_product, sparse_unexpanded
from ldrtheory.synthesis.sums import invertible_sum, parallel_sum, serial_sum
from ldrtheory.synthesis.tracing import from_function
from ldrtheory.synthesis.two_by_two import embedded

__all__ = [
    "Circuit",
    "Entries",
    "Membership",
    "bb_star_membership_4",
    "blocking_minor",
    "butterfly_membership",
    "compile_circuit",
    "direct_sum",
    "embedded",
    "factor_butterfly",
    "forms",
    "from_data",
    "from_function",
    "from_matrix",
    "from_sparse_product",
    "general",
    "in_hierarchy",
    "invertible_sum",
    "is_modular_balanced",
    "kronecker",
    "layers",
    "low_rank",
    "multiplied",
    "orthogonal",
    "orthogonal_sparse",
    "orthogonal_sparse_product",
    "outer",
    "parallel_sum",
    "permutation",
    "read_entries",
    "recognise",
    "reflection",
    "scaled",
    "serial_sum",
    "sparse",
    "sparse_product",
    "sparse_unexpanded",
    "to_kaleidoscope",
    "unrolled",
]
