"""Every vector as a column of a matrix of displacement rank at most 1: the construction.

column_map              the linear map v -> M with M e_i = v and residual g h^T; refused where no rule gives one
embed_column, embed_row     M with a given column, or a given row
universal_columns       for every index the rule that makes its column universal, None where no rule of ours does

mu is the least monic polynomial with mu(B) e_i = 0; rev p = x^(deg p) p(1/x).  The rules:
invertible  the displacement operator is a bijection: every column is universal
missed      an irreducible factor p of mu has e_i not in p(B) F^n: the operator may be singular
coprime     a factor of mu has no root in common with chi_A (Stein: with rev chi_A): the operator may be singular
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ldrtheory.bounds.approximation.columns import ColumnMap, Embedded, check_place
from ldrtheory.bounds.approximation.polynomials import (
    irreducible_factors,
    part_within,
    prime_to,
    reciprocal_series,
)
from ldrtheory.elimination import echelon, solve
from ldrtheory.errors import NotInvertible, Undecided
from ldrtheory.linalg import Array, array, identity, zeros
from ldrtheory.operators import Displacement, Stein
from ldrtheory.operators.generator import Generated
from ldrtheory.operators.invertibility import Shape, checked_shape, is_invertible
from ldrtheory.operators.polynomials import polynomial, reverse
from ldrtheory.operators.spectrum import annihilator, applied, characteristic_polynomial_of
from ldrtheory.rings import Ring


def column_map(i: int, d: Displacement, shape: Any, ring: Ring | None = None) -> ColumnMap:
    """Return the linear map from v to an M of displacement rank at most 1 with column i equal to v.

    shape: (m, n), or n for square.  Cost: O(n^3) for h and, where mu is not all of chi_B, one inverse of size m.
    Raises NotInvertible where the operator is singular and neither of the other rules applies: column i may or
    may not be universal then, and `exhaust` decides it over small finite fields.
    Source: derived here; the bijective case strengthens Zhao et al. 2017.

    >>> from ldrtheory import Sylvester, shift
    >>> column_map(0, Sylvester(shift(f=1), shift(f=-1)), 2).at([3, 5]).matrix.tolist()
    [[3, 5], [5, 3]]
    """
    m, n = shape = checked_shape(shape)
    ring = d.ring() if ring is None else ring
    check_place(d, shape, i, ring)
    chi_A = characteristic_polynomial_of(d.left, m, ring)
    avoid = reverse(chi_A, ring) if isinstance(d, Stein) else chi_A
    mu = annihilator(d.right, n, i, ring)
    good = prime_to(mu, avoid, ring)
    if is_invertible(d, shape, ring):
        return _map(d, shape, i, "invertible", mu, ring)
    if good.degree() > 0:
        return _map(d, shape, i, "coprime", good, ring)
    for p in irreducible_factors(mu, ring):
        if _missed(p, d, n, i, ring):
            return _map(d, shape, i, "missed", p, ring)
    raise NotInvertible(
        f"{d} on {m} x {n} matrices over {ring.name} is singular, and no rule makes its column {i} universal; choose "
        "operators without a common eigenvalue (Stein: without eigenvalues of product 1), or an index of "
        "universal_columns."
    )


def embed_column(v: Any, i: int, d: Displacement, n: int | None = None, ring: Ring | None = None) -> Embedded:
    """Return M of displacement rank at most 1 with M e_i = v, and its generators g, h.

    v: (m,).  n: the number of columns (default m).  Refusals as of `column_map`.

    >>> from ldrtheory import Sylvester, shift
    >>> found = embed_column([3, 5, 7], 1, Sylvester(shift(f=1), shift(f=-1)))
    >>> found.g.tolist(), found.h.tolist(), found.matrix[:, 1].tolist()
    ([6, 10, 14], [-1, 0, 0], [3, 5, 7])
    """
    m = len(v)
    ring = d.ring(v) if ring is None else ring
    return column_map(i, d, (m, m if n is None else n), ring).at(v)


def embed_row(v: Any, i: int, d: Displacement, m: int | None = None, ring: Ring | None = None) -> Embedded:
    """Return M of displacement rank at most 1 with row i equal to v: the column of M^T for (B^T, A^T).

    v: (n,).  m: the number of rows (default n).

    >>> from ldrtheory import Stein, shift
    >>> embed_row([3, 5], 0, Stein(shift(f=0), shift(f=0).T)).matrix.tolist()
    [[3, 5], [0, 3]]
    """
    n = len(v)
    ring = d.ring(v) if ring is None else ring
    turned = column_map(i, type(d)(d.right.T, d.left.T), (n, n if m is None else m), ring).at(v)
    g = turned.value.G if isinstance(d, Stein) else -turned.value.G
    value = Generated(d, turned.value.H, g, turned.matrix.T.copy(), ring)
    return Embedded(value, turned.vector, i, "row")


def universal_columns(d: Displacement, shape: Any, ring: Ring | None = None) -> list[str | None]:
    """Return, for every index, the rule that makes the column universal; None where no rule of ours does.

    At least one index has a rule, for any operators.

    >>> from ldrtheory import Sylvester, shift
    >>> universal_columns(Sylvester(shift(f=0).T, shift(f=0).T), 3)
    [None, None, 'missed']
    """
    shape = checked_shape(shape)
    ring = d.ring() if ring is None else ring
    rules: list[str | None] = []
    for i in range(shape[1]):
        try:
            rules.append(column_map(i, d, shape, ring).rule)
        except NotInvertible:
            rules.append(None)
    return rules


def _missed(p: Any, d: Displacement, n: int, i: int, ring: Ring) -> bool:
    """Whether e_i does not lie in p(B) F^n."""
    P = applied(p, d.right, identity(ring, n), ring)
    unit = identity(ring, n)[:, [i]]
    return len(echelon(np.concatenate([P, unit], axis=1), ring)[2]) > len(echelon(P, ring)[2])


def _map(d: Displacement, shape: Shape, i: int, rule: str, p: Any, ring: Ring) -> ColumnMap:
    """The map with h^T (x - B)^-1 e_i = 1/p (Stein: h^T (I - x B)^-1 e_i = 1/rev p), p a divisor of mu."""
    m, n = shape
    chi = characteristic_polynomial_of(d.right, n, ring)
    q = p if rule == "missed" else part_within(chi, p, ring)
    stein, degree = isinstance(d, Stein), p.degree()
    values = reciprocal_series(p, degree, ring) if stein else [ring.zero] * (degree - 1) + [ring.one]
    unit = identity(ring, n)[:, [i]]
    equations = []
    for _ in range(degree):
        equations.append(unit.T)
        unit = d.right.times(unit, ring)
    E = np.concatenate(equations)
    b = array(ring, values)
    if q.degree() < n:  # h^T q(B) = 0; else q = chi_B and this holds by itself
        E = np.concatenate([E, applied(q, d.right, identity(ring, n), ring).T])
        b = np.concatenate([b, zeros(ring, n)])
    h = _solution(E, b, ring)
    coefficients = tuple(ring(c) for c in q.coeffs())
    rest = q // p
    if stein:  # the reversal at full length: rest(0) = 0 leaves a lower degree
        rest = polynomial(ring, rest.coeffs()[::-1])
    scale = identity(ring, m)
    if rest.degree() > 0:
        scale = solve(applied(rest, d.left, scale, ring), scale, ring)
    return ColumnMap(d, shape, i, rule, h, coefficients, scale, ring)


def _solution(E: Array, b: Array, ring: Ring) -> Array:
    """A solution x of E x = b with the free unknowns 0."""
    R, _, columns = echelon(np.concatenate([E, b.reshape(-1, 1)], axis=1), ring)
    if columns and columns[-1] == E.shape[1]:
        raise Undecided("the equations for h have no solution; please report this pair of operators.")
    x = zeros(ring, E.shape[1])
    for row, j in enumerate(columns):
        x[j] = R[row, -1]
    return x
