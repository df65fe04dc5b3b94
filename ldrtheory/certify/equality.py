"""Statements about matrices given by value and about operators: claims with evidence, ready for the checker.

equal, differ           two matrices are equal, or are not
product_equals          a product of matrices is a matrix
operator_is             the displacement operator is invertible, or singular, whichever is true
rank_at_most, rank_at_least, rank_exactly       displacement rank of a matrix or of a Generated value
negation                the opposite of a claim, with evidence if that is what is true

A producer does not argue: asked for a false statement it writes one that the checker rejects.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ldrtheory import claims
from ldrtheory.certify.kaleidoscopes import subjects_differ, value
from ldrtheory.claims import encode_matrix, encode_number, statement, subject_by_value
from ldrtheory.elimination import pivots
from ldrtheory.errors import BadInput, NotInRing
from ldrtheory.linalg import array
from ldrtheory.operators import Displacement, Stein, Sylvester, displace, from_spec
from ldrtheory.operators.convert import displacement_over
from ldrtheory.operators.generator import Generated, generated
from ldrtheory.operators.invertibility import invertibility, reductions
from ldrtheory.operators.kernel import kernel_element
from ldrtheory.rings import GF, CyclotomicField, PrimeField, RationalField, Ring, ring_named

Json = dict[str, Any]


def _field(ring: Ring) -> str:
    if not isinstance(ring, RationalField | CyclotomicField | PrimeField):
        raise NotInRing(
            f"a certificate speaks of Q, Q(zeta_N) or GF(p); got {ring.name}: specialise the parameters."
        )
    return ring.name


def _subject(M: Any, ring: Ring) -> Json:
    _field(ring)  # refuses what a certificate cannot say before its entries are read
    return subject_by_value(array(ring, M))


def equal(left: Any, right: Any, ring: Ring) -> Json:
    """Return the statement that two matrices are equal.

    >>> from ldrtheory import QQ
    >>> equal([[1]], [[1]], QQ)["evidence"]
    {}
    """
    return statement(claims.matrices_equal(_subject(left, ring), _subject(right, ring), _field(ring)), {})


def differ(left: Any, right: Any, ring: Ring) -> Json:
    """Return the statement that two matrices differ, in the first entry where they do."""
    return subjects_differ(_subject(left, ring), _subject(right, ring), ring)


def product_equals(factors: Sequence[Any], M: Any, ring: Ring) -> Json:
    """Return the statement that the product of the factors, left to right, is M."""
    subjects = [_subject(x, ring) for x in factors]
    return statement(claims.product_equals(subjects, _subject(M, ring), _field(ring)), {})


def operator_is(d: Displacement, shape: tuple[int, int], ring: Ring) -> Json:
    """Return the statement that the operator on matrices of `shape` is invertible, or that it is singular.

    Evidence: a prime modulo which the characteristic polynomials are coprime; a kernel element.

    >>> from ldrtheory import QQ, shift
    >>> operator_is(Sylvester(shift(f=1), shift(f=1)), (1, 1), QQ)["evidence"]
    {'kernel': [[0, 0, 1]]}
    """
    spec, field = displacement_over(d, ring).spec(), _field(ring)
    found = invertibility(d, shape, ring)
    if found.invertible:
        evidence: Json = {"prime": encode_number(found.prime)}
        if found.root is not None:
            evidence["root"] = encode_number(found.root)
        return statement(claims.operator_invertible(spec, shape, field), evidence)
    X = kernel_element(d, shape, ring)
    if X is None:
        raise BadInput(f"{d} is singular, but no kernel element was found.")  # excluded by the decision
    entries = [[i, j, encode_number(X[i, j])] for i, j in np.ndindex(*shape) if not ring.is_zero(X[i, j])]
    return statement(claims.operator_singular(spec, shape, field), {"kernel": entries})


def _value(M: Any, d: Displacement | None, ring: Ring | None) -> Generated:
    if isinstance(M, Generated):
        return M
    if d is None:
        raise BadInput("the displacement rank of a matrix wants the pair: rank_at_most(M, r, d).")
    return generated(M, d, ring)


def _claim(relation: str, r: int, x: Generated) -> Json:
    d = displacement_over(x.displacement, x.ring)
    return claims.displacement_rank(relation, r, _subject(x.matrix, x.ring), d.spec(), _field(x.ring))


def _at_most(x: Generated) -> Json:
    if x.bound == 0:
        return {"method": "pivots", "rows": [], "columns": []}
    return {"method": "generators", "left": encode_matrix(x.G), "right": encode_matrix(x.H)}


def _at_least(x: Generated) -> Json:
    """Pivots modulo the first prime that keeps the rank."""
    L = displace(x.matrix, x.displacement, x.ring)
    if isinstance(x.ring, PrimeField):
        rows, columns = pivots(L, x.ring)
        return {"rows": rows, "columns": columns, "prime": encode_number(x.ring.p)}
    _field(x.ring)
    rank = x.shortest().bound
    for p, root, read in reductions(x.ring):  # type: ignore[arg-type]
        evidence = {"prime": encode_number(p)}
        if root is not None:
            evidence["root"] = encode_number(root)
        try:
            reduced = array(GF(p), [[read(c) for c in row] for row in L])
        except NotInRing:  # p divides a denominator
            continue
        rows, columns = pivots(reduced, GF(p))
        if len(rows) == rank:
            break
    return {"rows": rows, "columns": columns, **evidence}


def rank_at_most(
    M: Any, r: int | None = None, d: Displacement | None = None, ring: Ring | None = None
) -> Json:
    """Return the statement "the displacement rank is at most r", with generators as evidence.

    M: a matrix with its pair d, or a Generated value, whose own generator is the evidence.  r: default its bound.
    """
    x = _value(M, d, ring)
    return statement(_claim("at most", x.bound if r is None else r, x), {"at_most": _at_most(x)})


def rank_at_least(M: Any, r: int, d: Displacement | None = None, ring: Ring | None = None) -> Json:
    """Return the statement "the displacement rank is at least r", with pivots modulo a prime as evidence."""
    x = _value(M, d, ring)
    return statement(_claim("at least", r, x), {"at_least": _at_least(x)})


def rank_exactly(M: Any, r: int, d: Displacement | None = None, ring: Ring | None = None) -> Json:
    """Return the statement "the displacement rank is exactly r"."""
    x = _value(M, d, ring).shortest()
    return statement(_claim("exactly", r, x), {"at_most": _at_most(x), "at_least": _at_least(x)})


def negation(claim: Json) -> Json | None:
    """Return the opposite statement of a claim about matrices not in files, None where we have no certificate for it.

    Only the checker can say which of the two is true.

    >>> from ldrtheory import QQ
    >>> negation(equal([[1]], [[2]], QQ)["claim"])["claim"]["kind"]
    'matrices-differ'
    """
    kind, ring = claim["kind"], ring_named(claim["field"])

    if kind == "matrices-equal":
        return subjects_differ(claim["left"], claim["right"], ring)
    if kind == "matrices-differ":
        return statement(claims.matrices_equal(claim["left"], claim["right"], claim["field"]), {})
    if kind == "product-equals":
        return subjects_differ(claims.subject_by_product(claim["factors"]), claim["matrix"], ring)
    if kind not in ("displacement-rank", "operator-invertible", "operator-singular"):
        return None
    spec = claim["operators"]
    make = Stein if spec["kind"] == "stein" else Sylvester
    d = make(from_spec(spec["left"], ring), from_spec(spec["right"], ring))
    if kind != "displacement-rank":
        return operator_is(d, tuple(claim["shape"]), ring)
    x, r = generated(value(claim["subject"], ring), d, ring), claim["rank"]
    if claim["relation"] == "at least" or (claim["relation"] == "exactly" and x.bound < r):
        return rank_at_most(x, r - 1)
    return rank_at_least(x, r + 1)
