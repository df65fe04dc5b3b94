"""The hypotheses of the published universal approximation theorem, decided exactly for given rational operators.

published_hypotheses    the verdicts, each with its reason and the statements that certify it

The theorem (Zhao et al. 2017, arXiv 1703.00144, the first; as we understand it) wants A, B of size n with
A, B nonsingular and diagonalizable; (i) A^q = a I for some q <= n, a != 0; (ii) I - a B^q nonsingular;
(iii) the n eigenvalues of B, counted with multiplicity, have pairwise distinct absolute values.
Diagonalizable is meant over the complex numbers.  For n >= 2 no shift Z_f satisfies (iii): B^n = f I.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from ldrtheory.bounds.approximation.forms import moment_forms, signs
from ldrtheory.bounds.approximation.polynomials import squarefree_part
from ldrtheory.bounds.approximation.verdicts import Hypothesis, Published
from ldrtheory.certify.equality import differ, operator_is, product_equals
from ldrtheory.errors import NotInRing, Undecided
from ldrtheory.linalg import Array, equal, identity, matmul, zeros
from ldrtheory.operators import Operator, Stein, Sylvester, dense, shift, zero
from ldrtheory.operators.displacement import Displacement
from ldrtheory.operators.polynomials import gcd, polynomial
from ldrtheory.operators.spectrum import characteristic_polynomial_of
from ldrtheory.rings import QQ, ring_of

Json = dict[str, Any]
LARGEST = 32  # rows; the powers A, ..., A^n are written into the certificate


def published_hypotheses(A: Any, B: Any, n: int | None = None) -> Published:
    """Return the verdict on every hypothesis for rational operators A, B of size n.

    A, B: operators or square arrays.  n: the size, where neither operator has one of its own.
    Cost: O(n) products of n x n matrices, and the inertia of two n x n forms.  n at most 32.
    Raises NotInRing for operators that are not rational: absolute values are then not decided here.

    >>> from ldrtheory import diagonal, shift
    >>> found = published_hypotheses(shift(f=-1), shift(f=1), 3)
    >>> found.hold, found.bijective
    (False, True)
    >>> print(found["(iii)"])
    (iii) absolute values of the eigenvalues of B are distinct: fails; B^3 = 1 I, so all 3 are equal
    >>> published_hypotheses(shift(f=2), diagonal([1, 2, -3])).hold
    True
    """
    pair = Stein(A, B)
    A, B = pair.left, pair.right
    n = _size(A, B, n)
    ring = ring_of(pair.values() or [0])
    if ring.name != QQ.name:
        raise NotInRing(
            f"the hypotheses speak of absolute values of rational matrices; {pair} is over {ring.name}."
        )
    first, second = A.matrix(QQ, n), B.matrix(QQ, n)
    powers = _powers(first, n)
    root = _scalar_power(first, powers, n)
    found = (
        _nonsingular("A", A, n),
        _nonsingular("B", B, n),
        _diagonalizable("A", A, first, n),
        _diagonalizable("B", B, second, n),
        root[0],
        _no_common_root(root[1], B, n),
        _distinct_absolute_values(B, second, n),
    )
    bijection = operator_is(pair, (n, n), QQ)
    return Published(pair, n, found, bijection["claim"]["kind"] == "operator-invertible", bijection)


def _size(A: Operator, B: Operator, n: int | None) -> int:
    sizes = [op.size for op in (A, B) if op.size is not None]
    n = n if n is not None else (sizes[0] if sizes else None)
    n = A.resolved(n)
    B.sized(n)
    if n > LARGEST:
        raise Undecided(
            f"the hypotheses are decided for n <= {LARGEST}; got n = {n}.  For a shift (iii) fails for every n >= 2."
        )
    return n


def _powers(A: Array, count: int) -> list[Array]:
    out = [identity(QQ, len(A))]
    while len(out) <= count:
        out.append(out[-1] @ A)
    return out


def _chain(A: Array, powers: Sequence[Array]) -> list[Json]:
    """The statements A A^k = A^(k+1): these matrices are the powers of A."""
    return [product_equals([A, X], Y, QQ) for X, Y in pairwise(powers[1:])]


def _nonsingular(name: str, op: Operator, n: int) -> Hypothesis:
    """X -> A X, n x 1, is a bijection or has a kernel."""
    found = operator_is(Sylvester(op, zero()), (n, 1), QQ)
    holds = found["claim"]["kind"] == "operator-invertible"
    reason = f"det {name} is not 0" if holds else f"{name} x = 0 for an x that is not 0"
    return Hypothesis(f"{name} is nonsingular", holds, reason, (found,))


def _companion(p: Any) -> Operator:
    c = [QQ(x) for x in p.coeffs()]
    table = zeros(QQ, len(c) - 1, len(c) - 1)
    for k in range(len(c) - 1):
        table[k, -1] = -c[k] / c[-1]
        if k:
            table[k, k - 1] = table[k, k - 1] + QQ.one
    return dense(table)


def _diagonalizable(name: str, op: Operator, A: Array, n: int) -> Hypothesis:
    """s(A) = 0 for a squarefree s; or s(A) is nilpotent and not 0, which no polynomial in a diagonal matrix is."""
    s = squarefree_part(characteristic_polynomial_of(op, n, QQ), QQ)
    c, powers = [QQ(x) for x in s.coeffs()], _powers(A, s.degree())
    N = matmul(QQ, np.hstack(powers), np.vstack([identity(QQ, n) * x for x in c]))
    value = product_equals([np.hstack(powers), np.vstack([identity(QQ, n) * x for x in c])], N, QQ)
    nothing, what = zeros(QQ, n, n), f"{name} is diagonalizable"
    if equal(N, nothing):
        statements = [*_chain(A, powers), value]
        if s.degree() > 1:
            derivative = polynomial(QQ, [x * k for k, x in enumerate(c)][1:])
            d: Displacement = Sylvester(_companion(s), _companion(derivative))
            statements.append(operator_is(d, (s.degree(), s.degree() - 1), QQ))
        return Hypothesis(what, True, f"s({name}) = 0, s = {s} has no repeated root", tuple(statements))
    k, power = 1, N
    while not equal(power, nothing):
        k, power = k + 1, power @ N
    statements = [*_chain(A, powers), value, differ(N, nothing, QQ), product_equals([N] * k, nothing, QQ)]
    reason = f"N = s({name}), s = {s}, is not 0 and N^{k} = 0"
    return Hypothesis(what, False, reason, tuple(statements))


def _scalar_power(A: Array, powers: list[Array], n: int) -> tuple[Hypothesis, tuple[int, Any] | None]:
    """The least q: the others are its multiples, and if I - a B^q is singular then so is I - a^t B^(qt)."""
    what, one = "(i) A^q = a I for some q <= n, a != 0", identity(QQ, n)
    differences: list[Json] = []
    for q in range(1, n + 1):
        multiple = one * powers[q][0, 0]
        if equal(powers[q], multiple):
            a = powers[q][0, 0]
            statements = (product_equals([A] * q, multiple, QQ),)
            if a != 0:
                return Hypothesis(what, True, f"q = {q}, a = {a}", statements), (q, a)
            chain = _chain(A, powers[: q + 1])
            return Hypothesis(what, False, f"A^{q} = 0", (*chain, *differences, *statements)), None
        differences.append(differ(powers[q], multiple, QQ))
    reason = f"none of A, ..., A^{n} is a multiple of I" if n > 1 else "A is no multiple of I"
    return Hypothesis(what, False, reason, (*_chain(A, powers), *differences)), None


def _no_common_root(root: tuple[int, Any] | None, B: Operator, n: int) -> Hypothesis:
    """I - a B^q is nonsingular iff no eigenvalue of B times a root of x^q - a is 1: Stein with Z_a of size q."""
    what = "(ii) I - a B^q is nonsingular"
    if root is None:
        return Hypothesis(what, None, "there is no such q")
    q, a = root
    found = operator_is(Stein(shift(f=a), B), (q, n), QQ)
    holds = found["claim"]["kind"] == "operator-invertible"
    reason = f"no eigenvalue of B has {a} x^{q} = 1" if holds else f"an eigenvalue x of B has {a} x^{q} = 1"
    return Hypothesis(what, holds, reason, (found,))


def _distinct_absolute_values(op: Operator, B: Array, n: int) -> Hypothesis:
    """n distinct absolute values iff B^2 has n distinct eigenvalues, all real and none negative.

    For real B: non-real eigenvalues come in conjugate pairs of one absolute value.  By Hermite and Sylvester that
    is: the form tr B^(2(i+j)) is positive definite, and tr B^(2(i+j+1)) has no negative value.
    """
    what = "(iii) absolute values of the eigenvalues of B are distinct"
    powers = _powers(B, n)
    for k in range(1, n + 1) if n > 1 else ():
        multiple = identity(QQ, n) * powers[k][0, 0]
        if equal(powers[k], multiple):
            power = f"B^{k}" if k > 1 else "B"
            statement = product_equals([B] * k, multiple, QQ)
            return Hypothesis(
                what, False, f"{power} = {multiple[0, 0]} I, so all {n} are equal", (statement,)
            )
    links, forms = moment_forms(B)
    statements = list(links)
    for form, strict in zip(forms, (True, False)):
        holds, shown = signs(form, strict)
        statements.append(shown)
        if not holds:
            return Hypothesis(what, False, _equal_absolute_values(op, n), tuple(statements))
    return Hypothesis(
        what, True, f"B^2 has {n} distinct eigenvalues, real and none negative", tuple(statements)
    )


def _equal_absolute_values(op: Operator, n: int) -> str:
    """Why two of n eigenvalues have one absolute value: repeated, x and -x, or else conjugates."""
    chi = characteristic_polynomial_of(op, n, QQ)
    if squarefree_part(chi, QQ).degree() < n:
        return "an eigenvalue of B is repeated"
    mirrored = polynomial(QQ, [c if k % 2 == 0 else -c for k, c in enumerate(chi.coeffs())])
    common = gcd(chi, mirrored, QQ)
    if common.degree() > (1 if chi.coeffs()[0] == 0 else 0):
        return "B has eigenvalues x and -x, not 0"
    return "B has eigenvalues that are not real, in conjugate pairs"
