"""Builders of the claims of docs/certificate-format.md, as plain JSON data.

subject_by_file, subject_by_value       the matrix a claim is about
displacement_rank, residual_distance, class_distance, operator_invertible, operator_singular,
matrices_equal, matrices_differ, product_equals     the claim kinds
statement(claim, evidence)              a claim with its evidence
sentence(claim)                         the claim in words
"""

from __future__ import annotations

from typing import Any

from ldrtheory.claims.numbers import decode_number, encode_matrix
from ldrtheory.exactstrings import decimal_string

Json = dict[str, Any]


def subject_by_file(name: str, sha256: str, shape: tuple[int, int], tensor: str | None = None) -> Json:
    """Return the subject stored in the file `name` with the given hash."""
    subject: Json = {"file": name, "sha256": sha256, "shape": list(shape)}
    return subject if tensor is None else {**subject, "tensor": tensor}


def subject_by_value(M: Any) -> Json:
    """Return the subject given entry by entry."""
    return {"entries": encode_matrix(M)}


def displacement_rank(relation: str, rank: int, subject: Json, operators: Json, field: str) -> Json:
    """Return the claim "the displacement rank of the subject is `relation` `rank`"."""
    return {
        "kind": "displacement-rank",
        "relation": relation,
        "rank": rank,
        "subject": subject,
        "operators": operators,
        "field": field,
    }


def residual_distance(
    relation: str, rank: int, bound: Json, subject: Json, operators: Json, field: str
) -> Json:
    """Return the claim that the residual is (not) within `bound` of the matrices of rank at most `rank`."""
    claim = displacement_rank(relation, rank, subject, operators, field)
    return {**claim, "kind": "residual-distance", "bound": bound}


def class_distance(relation: str, rank: int, bound: Json, subject: Json, operators: Json, field: str) -> Json:
    """Return the claim that the subject is (not) within `bound` of the class of displacement rank `rank`."""
    claim = displacement_rank(relation, rank, subject, operators, field)
    return {**claim, "kind": "class-distance", "bound": bound}


def operator_invertible(operators: Json, shape: tuple[int, int], field: str) -> Json:
    """Return the claim that the displacement operator is a bijection of the matrices of `shape`."""
    return {"kind": "operator-invertible", "operators": operators, "shape": list(shape), "field": field}


def operator_singular(operators: Json, shape: tuple[int, int], field: str) -> Json:
    """Return the claim that the displacement operator sends some nonzero matrix to zero."""
    return {"kind": "operator-singular", "operators": operators, "shape": list(shape), "field": field}


def matrices_equal(left: Json, right: Json, field: str) -> Json:
    """Return the claim that two matrices are equal."""
    return {"kind": "matrices-equal", "left": left, "right": right, "field": field}


def matrices_differ(left: Json, right: Json, field: str) -> Json:
    """Return the claim that two matrices differ."""
    return {"kind": "matrices-differ", "left": left, "right": right, "field": field}


def product_equals(factors: list[Json], matrix: Json, field: str) -> Json:
    """Return the claim that the product of the factors, left to right, is the matrix."""
    return {"kind": "product-equals", "factors": factors, "matrix": matrix, "field": field}


def statement(claim: Json, evidence: Json) -> Json:
    """Return a claim with its evidence."""
    return {"claim": claim, "evidence": evidence}


def _operator(op: Json) -> str:
    kind = op["op"]
    if kind == "shift":
        return f"shift({_number(op['corner']) if isinstance(op['corner'], str) else op['corner']})"
    if kind == "transpose":
        return _operator(op["of"]) + "^T"
    if kind == "path":
        return f"path({op['first']},{op['last']})"
    if kind == "blocks":
        return f"blocks({', '.join(_operator(b) for b in op['blocks'])})"
    return str(kind)


def _number(data: Any) -> str:
    """A rational bound in words: as a short decimal where that is exact, else as a fraction, long ones rounded."""
    x = decode_number(data)
    return decimal_string(x) if len(decimal_string(x)) <= 24 else f"about {int(x.p) / int(x.q):.6g}"


def _subject(subject: Json) -> str:
    if "file" in subject:
        return str(subject["file"]) + (f":{subject['tensor']}" if "tensor" in subject else "")
    rows = subject["entries"]
    return f"the given {len(rows)} x {len(rows[0])} matrix"


def sentence(claim: Json) -> str:
    """Return the claim in words.

    >>> S = {"entries": [[1]]}
    >>> O = {"kind": "sylvester", "left": {"op": "shift", "corner": 1}, "right": {"op": "zero"}}
    >>> sentence(displacement_rank("exactly", 1, S, O, "Q"))
    'rank of A M - M B is exactly 1 for M = the given 1 x 1 matrix, A = shift(1), B = zero, over Q'
    """
    kind, field = claim["kind"], claim["field"]
    if kind in ("matrices-equal", "matrices-differ"):
        verb = "equals" if kind == "matrices-equal" else "differs from"
        return f"{_subject(claim['left'])} {verb} {_subject(claim['right'])} over {field}"
    if kind == "product-equals":
        return (
            f"the product of {len(claim['factors'])} factors equals {_subject(claim['matrix'])} over {field}"
        )
    operators = claim["operators"]
    residual = "A M - M B" if operators["kind"] == "sylvester" else "M - A M B"
    pair = f"A = {_operator(operators['left'])}, B = {_operator(operators['right'])}, over {field}"
    if kind in ("operator-invertible", "operator-singular"):
        m, n = claim["shape"]
        return f"the map M -> {residual} on {m} x {n} matrices is {kind.split('-')[1]}, {pair}"
    where = f"for M = {_subject(claim['subject'])}, {pair}"
    if kind == "displacement-rank":
        return f"rank of {residual} is {claim['relation']} {claim['rank']} {where}"
    (unit, bound), r = next(iter(claim["bound"].items())), claim["rank"]
    limit = _number(bound) + (" * ||M||_F" if unit == "relative" else "")
    what = f"{residual} lies" if kind == "residual-distance" else "M lies"
    whom = f"rank <= {r}" if kind == "residual-distance" else f"displacement rank <= {r}"
    return f"{what} {claim['relation']} Frobenius distance {limit} of the matrices of {whom} {where}"
