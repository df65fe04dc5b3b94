"""Builders of the claims of docs/certificate-format.md, as plain JSON data.

displacement_rank, residual_distance, class_distance, operator_invertible, operator_singular,
matrices_equal, matrices_differ, product_equals, butterfly_membership, generic_dimension, vc_upper, shatters
                                        the claim kinds
statement(claim, evidence)              a claim with its evidence
sentence(claim)                         the claim in words
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ldrtheory.claims.numbers import decode_number
from ldrtheory.claims.subjects import Json, subject_words
from ldrtheory.exactstrings import decimal_string


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


def butterfly_membership(kind: str, relation: str, subject: Json, field: str) -> Json:
    """Return the claim that the subject is "in", or "not in", the class `kind` ("B", "B*" or "BB*") over the field."""
    return {
        "kind": "butterfly-membership",
        "class": kind,
        "relation": relation,
        "subject": subject,
        "field": field,
    }


def generic_dimension(relation: str, dimension: int, program: Json, field: str) -> Json:
    """Return the claim that the image of a straight-line program has dimension `relation` ("at least") `dimension`."""
    return {
        "kind": "generic-dimension",
        "relation": relation,
        "dimension": dimension,
        "program": program,
        "field": field,
    }


def vc_upper(bound: Any, parameters: list[Any], layers: list[Json]) -> Json:
    """Return the claim that networks with these layers and blocks of parameters have VC dimension at most `bound`."""
    return {"kind": "vc-upper", "bound": bound, "parameters": parameters, "layers": layers, "field": "Q"}


def shatters(points: list[list[Any]], program: Json) -> Json:
    """Return the claim that the signs of the program's output take all values on the points as its parameters vary."""
    return {"kind": "shatters", "points": points, "program": program, "field": "Q"}


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


def _equality(claim: Json) -> str:
    verb = "equals" if claim["kind"] == "matrices-equal" else "differs from"
    return f"{subject_words(claim['left'])} {verb} {subject_words(claim['right'])} over {claim['field']}"


def _product(claim: Json) -> str:
    matrix = subject_words(claim["matrix"])
    return f"the product of {len(claim['factors'])} factors equals {matrix} over {claim['field']}"


def _residual(claim: Json) -> tuple[str, str]:
    operators = claim["operators"]
    pair = f"A = {_operator(operators['left'])}, B = {_operator(operators['right'])}, over {claim['field']}"
    return ("A M - M B" if operators["kind"] == "sylvester" else "M - A M B"), pair


def _bijection(claim: Json) -> str:
    residual, pair = _residual(claim)
    m, n = claim["shape"]
    return f"the map M -> {residual} on {m} x {n} matrices is {claim['kind'].split('-')[1]}, {pair}"


def _rank(claim: Json) -> str:
    residual, pair = _residual(claim)
    where = f"for M = {subject_words(claim['subject'])}, {pair}"
    return f"rank of {residual} is {claim['relation']} {claim['rank']} {where}"


def _distance(claim: Json) -> str:
    residual, pair = _residual(claim)
    (unit, bound), r = next(iter(claim["bound"].items())), claim["rank"]
    limit = _number(bound) + (" * ||M||_F" if unit == "relative" else "")
    of_residual = claim["kind"] == "residual-distance"
    what = f"{residual} lies" if of_residual else "M lies"
    whom = f"rank <= {r}" if of_residual else f"displacement rank <= {r}"
    where = f"for M = {subject_words(claim['subject'])}, {pair}"
    return f"{what} {claim['relation']} Frobenius distance {limit} of the matrices of {whom} {where}"


def _membership(claim: Json) -> str:
    return f"{subject_words(claim['subject'])} is {claim['relation']} {claim['class']} over {claim['field']}"


def _dimension(claim: Json) -> str:
    program = claim["program"]
    sizes = f"{program['parameters']} parameters, {len(program['steps'])} steps, {len(program['outputs'])} outputs"
    what = f"the image of the given program ({sizes})"
    return f"{what} has dimension {claim['relation']} {claim['dimension']} over {claim['field']}"


def _vc_upper(claim: Json) -> str:
    sizes, layers = [decode_number(x) for x in claim["parameters"]], claim["layers"]
    what = f"networks with the given {len(layers)} layers and {sum(sizes)} real parameters"
    return f"{what} have VC dimension at most {decode_number(claim['bound'])}"


def _shatters(claim: Json) -> str:
    program, m = claim["program"], len(claim["points"])
    sizes = f"{program['parameters']} parameters, {program['inputs']} inputs, {len(program['steps'])} steps"
    return (
        f"the given program ({sizes}) shatters the given points, so its class has VC dimension at least {m}"
    )


_WORDS: dict[str, Callable[[Json], str]] = {  # a claim kind and how it is told
    "displacement-rank": _rank,
    "residual-distance": _distance,
    "class-distance": _distance,
    "operator-invertible": _bijection,
    "operator-singular": _bijection,
    "matrices-equal": _equality,
    "matrices-differ": _equality,
    "product-equals": _product,
    "butterfly-membership": _membership,
    "generic-dimension": _dimension,
    "vc-upper": _vc_upper,
    "shatters": _shatters,
}


def sentence(claim: Json) -> str:
    """Return the claim in words.

    >>> S = {"entries": [[1]]}
    >>> O = {"kind": "sylvester", "left": {"op": "shift", "corner": 1}, "right": {"op": "zero"}}
    >>> sentence(displacement_rank("exactly", 1, S, O, "Q"))
    'rank of A M - M B is exactly 1 for M = the given 1 x 1 matrix, A = shift(1), B = zero, over Q'
    >>> sentence(butterfly_membership("BB*", "not in", {"permutation": [0]}, "GF(3)"))
    'the permutation matrix of size 1 is not in BB* over GF(3)'
    """
    return _WORDS[claim["kind"]](claim)
