"""The displacement calculus: operators, the two equations, recovery, closure.

operator        shift, diagonal, subdiagonal, tridiagonal, path, dense, blocks, identity, zero
displacement    Sylvester, Stein; displace, generators, displacement_rank
grammar         operators and pairs by name, as the command line writes them
"""

from ldrtheory.operators.displacement import (
    Displacement,
    Stein,
    Sylvester,
    displace,
    displacement_rank,
    generators,
)
from ldrtheory.operators.grammar import CATALOGUE, named_displacement, parse_operator
from ldrtheory.operators.invertibility import is_invertible, kernel_dimension
from ldrtheory.operators.operator import (
    Operator,
    blocks,
    dense,
    diagonal,
    from_spec,
    identity,
    path,
    shift,
    subdiagonal,
    tridiagonal,
    zero,
)

__all__ = [
    "CATALOGUE",
    "Displacement",
    "Operator",
    "Stein",
    "Sylvester",
    "blocks",
    "dense",
    "diagonal",
    "displace",
    "displacement_rank",
    "from_spec",
    "generators",
    "identity",
    "is_invertible",
    "kernel_dimension",
    "named_displacement",
    "parse_operator",
    "path",
    "shift",
    "subdiagonal",
    "tridiagonal",
    "zero",
]
