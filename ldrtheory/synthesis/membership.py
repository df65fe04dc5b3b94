"""Is this matrix in B, in B*, in BB*: the answer, with the factors or the reason, and a statement for the checker.

butterfly_membership    the classes B and B* for every size 2^L; BB* where it is decided
bb_star_membership_4    BB* for 4 x 4 matrices whose four interleaved blocks are invertible
Membership              the answer: True, False, or None for undecided
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from math import lcm
from typing import Any, Final

from ldrtheory import claims
from ldrtheory.claims import statement, subject_by_value
from ldrtheory.errors import BadInput, NotInRing, ShapeMismatch, Undecided, unknown_name
from ldrtheory.kaleidoscopes import KaleidoscopeProduct
from ldrtheory.linalg import Array, array, matrix
from ldrtheory.rings import GF, CyclotomicField, PrimeField, RationalField, Ring, ring_of
from ldrtheory.synthesis.butterfly import blocking_minor, factor_butterfly
from ldrtheory.synthesis.interleaved import (
    discriminant,
    eigenvectors,
    four_by_four,
    interleaved_blocks,
    invariant,
)
from ldrtheory.synthesis.products import in_hierarchy
from ldrtheory.synthesis.quadratic import (
    cyclotomic_order,
    reduction,
    split_primes,
    square_root,
    squarefree_part,
)
from ldrtheory.synthesis.recognise import forms

CLASSES: Final = ("B", "B*", "BB*")
_ALL_PRIMES: Final = 20000
Json = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Membership:
    """Whether a matrix is in a class, over the field it was asked for.

    answer      True, False, or None: undecided, because no exact test is known for this matrix
    why         the reason in one sentence
    product     the factors where the answer is True, width 1 and e = 1
    evidence    what the checker needs: the kaleidoscope, the minor (rows, columns), or a prime
    extension   the field that would hold the factors: "Q(sqrt(-1)), in Q(zeta_4)"; None where no field does, or any
    statement   the claim butterfly-membership with its evidence; None where undecided
    """

    kind: str
    answer: bool | None
    why: str
    product: KaleidoscopeProduct | None = None
    evidence: Json | None = None
    extension: str | None = None
    statement: Json | None = None


def butterfly_membership(M: Any, kind: str = "B", ring: Ring | None = None) -> Membership:
    """Return whether M, n x n with n = 2^L, is in B, B* or BB* over the field (by default the smallest for M).

    B and B*: decided for every matrix, by FACTOR_B on M or on M^T; the refusal is a 2 x 2 minor with rows equal modulo
    2^t and columns in one chunk of 2^t that does not vanish.  BB*: True for n = 2, for members of B and B*, and for
    forms that are in BB* without expansion; n = 4 by its criterion; else undecided.
    Raises BadInput for a shape that is no 2^L x 2^L with L >= 1, and for an unknown class.

    >>> butterfly_membership([[1, 1, 0, 0], [0, 0, 1, 1], [1, -1, 0, 0], [0, 0, 1, -1]]).evidence
    {'rows': [0, 2], 'columns': [0, 1]}
    >>> butterfly_membership([[1, 1], [1, -1]], "BB*").product.kind
    'BB*'
    """
    if kind not in CLASSES:
        raise unknown_name("class", str(kind), CLASSES)
    given, field = _read(M, ring)
    if kind == "BB*":
        return _in_bb_star(given, field)
    table = given if kind == "B" else given.T
    product = factor_butterfly(table, field)
    if product is not None:
        why = f"every wire {'' if kind == 'B' else 'of the transpose '}carries rank 1"
        return _member(kind, why, product if kind == "B" else product.transpose(), given, field)
    minor = blocking_minor(table, field)
    if minor is None:  # never: the two tests are equivalent
        raise Undecided(
            f"no factors and no minor for a {len(given)} x {len(given)} matrix: please report it."
        )
    (r1, r2), (c1, c2) = minor if kind == "B" else minor[::-1]
    why = f"the minor of rows {r1}, {r2} and columns {c1}, {c2}, which passes through one wire, is not zero"
    evidence = {"rows": [r1, r2], "columns": [c1, c2]}
    return _answer(kind, False, why, given, field, evidence)


def _read(M: Any, ring: Ring | None) -> tuple[Array, Ring]:
    table = array(ring_of(M) if ring is None else ring, M)
    if table.ndim != 2 or table.shape[0] != table.shape[1]:
        raise ShapeMismatch(f"a matrix of shape {table.shape}; wanted a square one of size 2, 4, 8, ...")
    n = len(table)
    if n < 2 or n & (n - 1):
        raise BadInput(f"a matrix of size {n}; wanted a power of two of at least 2: membership is for e = 1.")
    field = ring_of(table) if ring is None else ring
    if not isinstance(field, RationalField | CyclotomicField | PrimeField):
        raise BadInput(f"membership over {field.name}; wanted Q, Q(zeta_N) or GF(p).")
    return table, field


def _answer(
    kind: str,
    answer: bool,
    why: str,
    M: Array,
    field: Ring,
    evidence: Json,
    product: KaleidoscopeProduct | None = None,
    extension: str | None = None,
) -> Membership:
    rational = isinstance(field, CyclotomicField) and field.degree == 1
    relation, name = "in" if answer else "not in", "Q" if rational else field.name
    claim = claims.butterfly_membership(kind, relation, subject_by_value(M), name)
    return Membership(kind, answer, why, product, evidence, extension, statement(claim, evidence))


def _member(kind: str, why: str, product: KaleidoscopeProduct, M: Array, field: Ring) -> Membership:
    return _answer(kind, True, why, M, field, {"kaleidoscope": product.data()}, product)


def _in_bb_star(M: Array, field: Ring) -> Membership:
    """Trivial members first, then the criterion for n = 4."""
    n = len(M)
    for found in forms(M, field):
        if found.width == 1 and found.size == n:
            return _member("BB*", f"it is a {found.name}: {found.why}", in_hierarchy(found.build()), M, field)
    if n == 4:
        return bb_star_membership_4(M, field)
    return Membership("BB*", None, f"no exact test for BB* is known for n = {n}, and no known form fits")


def bb_star_membership_4(M: Any, ring: Ring | None = None) -> Membership:
    """Return whether a 4 x 4 matrix is in BB* over its field: iff X = K00 K10^-1 K11 K01^-1 is diagonalisable there.

    Undecided (None) where one of the four blocks is singular: the criterion says nothing then.  Where the answer is
    no for want of a square root, `extension` names the quadratic extension, and the cyclotomic field that holds it:
    over that field the answer is yes.  Where X is a nontrivial Jordan block the answer is no over every larger field.
    Raises ShapeMismatch for another shape.

    >>> from ldrtheory.synthesis.interleaved import with_invariant
    >>> no = bb_star_membership_4(with_invariant([[0, -1], [1, 0]]))
    >>> no.answer, no.extension, no.evidence
    (False, 'Q(sqrt(-1)), in Q(zeta_4)', {'prime': 3})
    >>> from ldrtheory import GAUSSIAN
    >>> bb_star_membership_4(with_invariant([[0, -1], [1, 0]]), GAUSSIAN).answer
    True
    """
    given, field = _read(M, ring)
    if given.shape != (4, 4):
        raise ShapeMismatch(f"a matrix of shape {given.shape}; wanted 4 x 4.")
    X = invariant(given, field)
    if X is None:
        return Membership(
            "BB*", None, "one of the blocks M[i::2, j::2] is singular: the criterion says nothing"
        )
    P = eigenvectors(X, field)
    if P is not None:
        why = f"its invariant {X.tolist()} is diagonalisable over {field.name}"
        return _member("BB*", why, four_by_four(interleaved_blocks(given), P, field), given, field)
    disc = discriminant(X)
    if disc == 0:
        why = f"its invariant {X.tolist()} is a nontrivial Jordan block, so it is in BB* over no larger field either"
        return _answer("BB*", False, why, given, field, {})
    if field.characteristic:
        extension = f"GF({field.characteristic}^2)"
        why = f"the eigenvalues of its invariant {X.tolist()} are not in {field.name}, but in {extension}"
        return _answer("BB*", False, why, given, field, {}, extension=extension)
    extension = _extension(disc, field)
    why = f"the discriminant {disc} of its invariant is no square in {field.name}, but in {extension}"
    if isinstance(field, RationalField) and disc < 0:
        why += "; it is negative, so the matrix is not in BB* over the real numbers either"
    return _answer("BB*", False, why, given, field, _nonresidue(given, field), extension=extension)


def _extension(disc: Any, field: Ring) -> str:
    """Name the quadratic extension with sqrt(disc) and, for rational disc, the least cyclotomic field that holds it."""
    order = 1
    if isinstance(field, CyclotomicField):
        order, coefficients = field.order, disc.coefficients()
        if any(coefficients[1:]):
            return f"{field.name}(sqrt({disc}))"
        disc = coefficients[0]
    s = squarefree_part(disc)
    name = "Q" if order <= 2 else field.name
    if s is None:
        return f"{name}(sqrt({disc}))"
    return f"{name}(sqrt({s})), in Q(zeta_{lcm(order, cyclotomic_order(s))})"


def _nonresidue(M: Array, field: Ring) -> Json:
    """Return {"prime": p} and over Q(zeta_N) {"root": z}: the discriminant modulo p is there and is no square.

    Half of the primes p = 1 mod N are such, by Chebotarev's theorem. The blocks stay invertible modulo p.
    """
    for p, z in islice(split_primes(field), _ALL_PRIMES):
        try:
            reduced = matrix(4, 4, lambda i, j: reduction(M[i, j], p, z))  # noqa: B023
        except NotInRing:
            continue
        X = invariant(reduced, GF(p))
        if X is not None and discriminant(X) != 0 and square_root(discriminant(X), GF(p)) is None:
            return {"prime": p} if z is None else {"prime": p, "root": z}
    raise Undecided(f"no prime among the first {_ALL_PRIMES} shows that the discriminant is no square.")
