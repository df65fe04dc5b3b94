"""The displacement calculus: operators, the two equations, recovery, closure.

operator        shift, diagonal, subdiagonal, tridiagonal, path, dense, blocks, identity, zero
displacement    Sylvester, Stein; displace, generators, displacement_rank
grammar         operators and pairs by name, as the command line writes them
invertibility, kernel   is the displacement operator a bijection; the dimension and an element of its kernel
recover, inversion      from generators back to the matrix: the choice, and the formulas
krylov, convert         Krylov forms; Sylvester to Stein and back
spectrum, polynomials   what an operator is up to similarity
generator, closure, closure_blocks, structure   what becomes of displacement rank under inverses, products, blocks
"""

from ldrtheory.operators.banded import diagonal, path, shift, subdiagonal, tridiagonal
from ldrtheory.operators.composed import blocks, dense, from_spec, identity, zero
from ldrtheory.operators.convert import inverse_operator, to_stein, to_sylvester
from ldrtheory.operators.displacement import (
    Displacement,
    Stein,
    Sylvester,
    displace,
    displacement_rank,
    generators,
)
from ldrtheory.operators.generator import Generated, generated
from ldrtheory.operators.grammar import CATALOGUE, named_displacement, parse_operator
from ldrtheory.operators.invertibility import (
    invertibility,
    is_invertible,
    operator_determinant,
)
from ldrtheory.operators.kernel import kernel_dimension, kernel_element
from ldrtheory.operators.krylov import krylov, krylov_form, krylov_residual
from ldrtheory.operators.operator import Operator
from ldrtheory.operators.recover import recover

__all__ = [
    "CATALOGUE",
    "Displacement",
    "Generated",
    "Operator",
    "Stein",
    "Sylvester",
    "blocks",
    "dense",
    "diagonal",
    "displace",
    "displacement_rank",
    "from_spec",
    "generated",
    "generators",
    "identity",
    "inverse_operator",
    "invertibility",
    "is_invertible",
    "kernel_dimension",
    "kernel_element",
    "krylov",
    "krylov_form",
    "krylov_residual",
    "named_displacement",
    "operator_determinant",
    "parse_operator",
    "path",
    "recover",
    "shift",
    "subdiagonal",
    "to_stein",
    "to_sylvester",
    "tridiagonal",
    "zero",
]
