"""Statements about kaleidoscopes, circuits and permutations: claims with evidence, ready for the checker.

subject             a kaleidoscope, a circuit, a permutation, nonzero entries, a matrix: what a claim speaks of
corner_is, corner_is_not    the corner of a product of butterfly factors is a matrix, or is not
circuit_is, circuit_is_not  the same for the matrix of a linear circuit
is_product          a matrix is a product of others
subjects_differ     two subjects differ
in_class            a matrix is in B, B* or BB*, the product being the evidence
value, shape        the matrix that a subject denotes, and its shape

A producer does not argue: asked for a false statement it writes one that the checker rejects.  That a matrix is in no
such class is stated by ldrtheory.synthesis.membership.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ldrtheory import claims
from ldrtheory.claims import decode_number, encode_number, statement
from ldrtheory.errors import BadInput, NotInRing
from ldrtheory.kaleidoscopes import KaleidoscopeProduct
from ldrtheory.linalg import Array, array, matmul, zeros
from ldrtheory.rings import QQ, CyclotomicField, PrimeField, RationalField, Ring

Json = dict[str, Any]


def _field(ring: Ring) -> str:
    if not isinstance(ring, RationalField | CyclotomicField | PrimeField):
        raise NotInRing(
            f"a certificate speaks of Q, Q(zeta_N) or GF(p); got {ring.name}: convert the factors."
        )
    rational = isinstance(ring, CyclotomicField) and ring.degree == 1  # Q(zeta_1) and Q(zeta_2) are Q
    return "Q" if rational else ring.name


def ring_of_subject(*given: Any, ring: Ring | None = None) -> Ring:
    """Return `ring`, or else the field of the first kaleidoscope, circuit or list of entries; Q if there is none."""
    if ring is not None:
        return ring
    for x in given:
        found = getattr(x, "field", getattr(x, "ring", None))
        if isinstance(found, Ring):
            return found
    return QQ


def subject(x: Any, ring: Ring) -> Json:
    """Return the subject that x denotes in a claim over `ring`.

    x: a KaleidoscopeProduct; a circuit (with inputs, gates, outputs); nonzero entries (rows, columns, values, shape);
    a flat list of the numbers 0..n-1, a permutation with its ones in row p[i], column i; any matrix.

    >>> subject([1, 0], QQ)
    {'permutation': [1, 0]}
    """
    if isinstance(x, KaleidoscopeProduct):
        return claims.subject_by_kaleidoscope(x.data())
    if hasattr(x, "gates"):
        gates = [[encode_number(a), i, encode_number(b), j] for a, i, b, j in x.gates]
        return claims.subject_by_circuit({"inputs": x.inputs, "gates": gates, "outputs": list(x.outputs)})
    if hasattr(x, "columns") and hasattr(x, "values"):
        places = zip(x.rows.tolist(), x.columns.tolist(), map(ring, x.values))
        return claims.subject_by_nonzeros(x.shape, places)
    if isinstance(x, list | tuple) and x and all(isinstance(i, int) for i in x):
        return claims.subject_by_permutation(x)
    return claims.subject_by_value(array(ring, x))


def _equal(left: Any, right: Any, ring: Ring) -> Json:
    return statement(claims.matrices_equal(subject(left, ring), subject(right, ring), _field(ring)), {})


def subjects_differ(left: Json, right: Json, ring: Ring) -> Json:
    """Return the statement that two subjects differ, in the first entry where they do."""
    first, second = value(left, ring), value(right, ring)
    place = (0, 0)
    if first.shape == second.shape:
        place = next((at for at in np.ndindex(first.shape) if first[at] != second[at]), place)
    claim = claims.matrices_differ(left, right, _field(ring))
    return statement(claim, {"row": place[0], "column": place[1]})


def _differ(left: Any, right: Any, ring: Ring) -> Json:
    return subjects_differ(subject(left, ring), subject(right, ring), ring)


def corner_is(product: KaleidoscopeProduct, M: Any) -> Json:
    """Return the statement that the corner of a product is M: a matrix, permutation, circuit or another product.

    >>> from ldrtheory.kaleidoscopes import ButterflyFactor
    >>> K = KaleidoscopeProduct(2, 2, 2, 1, QQ, "B", (ButterflyFactor(0, [0, 0], [1, 1]),))
    >>> corner_is(K, [1, 0])["claim"]["right"]
    {'permutation': [1, 0]}
    """
    return _equal(product, M, product.field)


def corner_is_not(product: KaleidoscopeProduct, M: Any) -> Json:
    """Return the statement that the corner of a product differs from M, in the first entry where it does."""
    return _differ(product, M, product.field)


def circuit_is(circuit: Any, M: Any, ring: Ring | None = None) -> Json:
    """Return the statement that the matrix of a linear circuit is M."""
    return _equal(circuit, M, ring_of_subject(circuit, ring=ring))


def circuit_is_not(circuit: Any, M: Any, ring: Ring | None = None) -> Json:
    """Return the statement that the matrix of a linear circuit differs from M."""
    return _differ(circuit, M, ring_of_subject(circuit, ring=ring))


def is_product(M: Any, factors: Sequence[Any], ring: Ring | None = None) -> Json:
    """Return the statement that M is the product of the factors, the leftmost applied last; all are subjects."""
    field = ring_of_subject(M, *factors, ring=ring)
    parts = [subject(x, field) for x in factors]
    return statement(claims.product_equals(parts, subject(M, field), _field(field)), {})


def in_class(product: KaleidoscopeProduct, M: Any = None) -> Json:
    """Return the statement that M (default: the product's own matrix) is in B, B* or BB*, the product's kind."""
    ring = product.field
    of = subject(product.entries() if M is None else M, ring)
    claim = claims.butterfly_membership(product.kind, "in", of, _field(ring))
    return statement(claim, {"kaleidoscope": product.data()})


def value(given: Json, ring: Ring) -> Array:
    """Return the matrix that a subject denotes; a subject stored in a file is refused.

    >>> value({"permutation": [1, 0]}, QQ).tolist()
    [[0, 1], [1, 0]]
    """
    if "entries" in given:
        return array(ring, [[decode_number(x, ring) for x in row] for row in given["entries"]])
    if "kaleidoscope" in given:
        return KaleidoscopeProduct.from_data(given["kaleidoscope"]).entries()
    if "circuit" in given:
        return _circuit_value(given["circuit"], ring)
    if "product" in given:
        return matmul(ring, *(value(x, ring) for x in given["product"]))
    if "permutation" in given:
        places, m, n = (
            [(p, i, 1) for i, p in enumerate(given["permutation"])],
            *[len(given["permutation"])] * 2,
        )
    elif "nonzeros" in given:
        places, (m, n) = given["nonzeros"], given["shape"]
    else:
        raise BadInput(
            f"a subject with the names {', '.join(given)} is not read here; wanted one given by value."
        )
    out = zeros(ring, m, n)
    for i, j, x in places:
        out[i, j] = decode_number(x, ring)
    return out


def shape(given: Json) -> tuple[int, int]:
    """Return the numbers of rows and columns of a subject, by value or by file.

    >>> shape({"product": [{"shape": [2, 3], "nonzeros": []}, {"permutation": [1, 0, 2]}]})
    (2, 3)
    """
    if "shape" in given:
        return given["shape"][0], given["shape"][1]
    if "entries" in given:
        return len(given["entries"]), len(given["entries"][0])
    if "kaleidoscope" in given:
        return given["kaleidoscope"]["m"], given["kaleidoscope"]["n"]
    if "circuit" in given:
        return len(given["circuit"]["outputs"]), given["circuit"]["inputs"]
    if "permutation" in given:
        return len(given["permutation"]), len(given["permutation"])
    return shape(given["product"][0])[0], shape(given["product"][-1])[1]


def _circuit_value(data: Json, ring: Ring) -> Array:
    n = data["inputs"]
    rows = list(array(ring, np.eye(n, dtype=int)))
    for alpha, i, beta, j in data["gates"]:
        rows.append(decode_number(alpha, ring) * rows[i] + decode_number(beta, ring) * rows[j])
    out = zeros(ring, len(data["outputs"]), n)
    for r, k in enumerate(data["outputs"]):
        out[r] = rows[k]
    return out
