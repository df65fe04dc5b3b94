"""Decide claims of certificates by brute force: dense matrices of Fractions, elimination, Kronecker products.

Nothing here is shared with the checker or the producers; it is slow and meant for matrices up to about 8 x 8.

fields          Field: arithmetic of Q, Q(zeta_N), GF(p) on tuples of Fractions
matrices        products, differences, rank by elimination
subjects        the matrix of a certificate's subject, as rows of elements
operators       the dense matrices of operators, residuals, the Kronecker matrix
membership      whether a matrix is in a butterfly class
claims          holds: whether a claim is true
"""

from tests.corpus.brute.claims import holds
from tests.corpus.brute.fields import Element, Field, Rows
from tests.corpus.brute.matrices import chain, floats, minus, rank, times, transposed
from tests.corpus.brute.operators import kronecker, operator, residual
from tests.corpus.brute.subjects import subject

__all__ = [
    "Element",
    "Field",
    "Rows",
    "chain",
    "floats",
    "holds",
    "kronecker",
    "minus",
    "operator",
    "rank",
    "residual",
    "subject",
    "times",
    "transposed",
]
