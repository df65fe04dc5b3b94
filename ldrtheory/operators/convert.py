"""From Sylvester to Stein and back, where an operator has an inverse.

inverse_operator    A^-1 as an operator, in closed form for shifts and diagonals
to_stein            A M - M B = G H^T as a Stein equation
to_sylvester        M - A M B = G H^T as a Sylvester equation
operator_over, displacement_over    the same with all parameters read into one field

If A and B are both singular no conversion exists and the two ranks are unrelated: M = I with A = B = Z_0 has
Sylvester rank 0 and Stein rank n.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from ldrtheory.elimination import inverse
from ldrtheory.errors import NotInvertible
from ldrtheory.linalg import Array, array
from ldrtheory.operators.banded import Diagonal, Shift, diagonal, shift
from ldrtheory.operators.composed import Blocks, Dense, Identity, blocks, dense
from ldrtheory.operators.displacement import Displacement, Stein, Sylvester
from ldrtheory.operators.operator import Operator, Transpose
from ldrtheory.rings import Ring

Equation = tuple[Displacement, Array, Array]


def inverse_operator(op: Operator, n: int, ring: Ring) -> Operator:
    """Return A^-1 as an operator; raise NotInvertible if A is singular.

    Z_f^-1 = Z_(1/f)^T for f != 0; diagonals entry by entry; blocks block by block; others as a dense array.

    >>> from ldrtheory import QQ
    >>> inverse_operator(shift(f=2), 4, QQ)
    shift(1/2)^T
    """
    n = op.sized(n)
    if isinstance(op, Identity):
        return op
    if isinstance(op, Transpose):
        return inverse_operator(op.of, n, ring).T
    if isinstance(op, Shift):
        return shift(op.size, f=ring.inverse(ring(op.f))).T
    if isinstance(op, Diagonal):
        return diagonal([ring.inverse(ring(x)) for x in op.entries])
    if isinstance(op, Blocks):
        return blocks([inverse_operator(p, k, ring) for p, k in zip(op.parts, op.sizes)], op.sizes)
    return dense(inverse(op.matrix(ring, n), ring))


def to_stein(d: Sylvester, G: Any, H: Any, ring: Ring) -> Equation:
    """Return (Stein pair, G', H') with the same solutions M as A M - M B = G H^T.

    A nonsingular: M - A^-1 M B = A^-1 G H^T.  Else B nonsingular: M - A M B^-1 = -G (B^-T H)^T.
    Raises NotInvertible if both are singular.

    >>> from ldrtheory import QQ
    >>> pair, G, H = to_stein(Sylvester(shift(f=1), shift(f=-1)), [[1], [0]], [[1], [2]], QQ)
    >>> print(pair, G.tolist())
    Stein(shift(1)^T, shift(-1)) [[0], [1]]
    """
    G, H = array(ring, G), array(ring, H)
    try:
        A = inverse_operator(d.left, G.shape[0], ring)
    except NotInvertible:
        B = _other(d, H.shape[0], ring)
        return Stein(d.left, B), -G, B.T.times(H, ring)
    return Stein(A, d.right), A.times(G, ring), H


def to_sylvester(d: Stein, G: Any, H: Any, ring: Ring) -> Equation:
    """Return (Sylvester pair, G', H') with the same solutions M as M - A M B = G H^T.

    A nonsingular: A^-1 M - M B = A^-1 G H^T.  Else B nonsingular: A M - M B^-1 = -G (B^-T H)^T.
    Raises NotInvertible if both are singular.

    >>> from ldrtheory import QQ
    >>> print(to_sylvester(Stein(shift(f=1), shift(f=2).T), [[1], [0]], [[1], [2]], QQ)[0])
    Sylvester(shift(1)^T, shift(2)^T)
    """
    G, H = array(ring, G), array(ring, H)
    try:
        A = inverse_operator(d.left, G.shape[0], ring)
    except NotInvertible:
        B = _other(d, H.shape[0], ring)
        return Sylvester(d.left, B), -G, B.T.times(H, ring)
    return Sylvester(A, d.right), A.times(G, ring), H


def _other(d: Displacement, n: int, ring: Ring) -> Operator:
    try:
        return inverse_operator(d.right, n, ring)
    except NotInvertible:
        raise NotInvertible(
            f"both operators of {d} are singular over {ring.name}: no Sylvester equation is equivalent to a Stein "
            "equation here, and the two ranks are unrelated."
        ) from None


def operator_over(op: Operator, ring: Ring) -> Operator:
    """Return the operator with its parameters read into `ring`; its certificate data are then elements of that field.

    >>> from ldrtheory import GF
    >>> operator_over(shift(f=-1), GF(7)).spec()
    {'op': 'shift', 'corner': 6}
    """
    if isinstance(op, Transpose):
        return operator_over(op.of, ring).T
    if isinstance(op, Blocks):
        return replace(op, parts=tuple(operator_over(p, ring) for p in op.parts))
    if isinstance(op, Dense):
        return dense(array(ring, op.entries))
    given = {f.name: getattr(op, f.name) for f in fields(op) if f.name not in ("size", "source")}
    read: dict[str, Any] = {
        k: tuple(map(ring, v)) if isinstance(v, tuple) else ring(v) for k, v in given.items()
    }
    return replace(op, **read)


def displacement_over(d: Displacement, ring: Ring) -> Displacement:
    """Return the pair with all parameters read into `ring`."""
    return replace(d, left=operator_over(d.left, ring), right=operator_over(d.right, ring))
