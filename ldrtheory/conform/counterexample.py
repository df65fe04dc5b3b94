"""A failing case as a certificate: what M x is exactly, that the kernel's result differs, and by more than allowed.

exact_product   M and M x over an exact field, from the stored parameters
certificate     the statements, for the checker, which needs neither us nor the kernel's library
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

from ldrtheory import claims
from ldrtheory.claims import Certificate, encode_number, statement
from ldrtheory.conform.bench import Bench, Failure
from ldrtheory.conform.tolerance import read_parameters
from ldrtheory.errors import LdrTheoryError
from ldrtheory.linalg import matmul
from ldrtheory.rings import QQ, Cyclotomic, Ring

LARGEST_FIELD = 400  # the order of the root of unity: entries are lists of phi(order) numbers


def _field(family: Any, is_complex: bool) -> Ring | None:
    order = lcm(family.order, 4 if is_complex else 1)
    if order > LARGEST_FIELD:
        return None
    return QQ if order <= 2 else Cyclotomic(order)


def exact_product(bench: Bench, failure: Failure) -> tuple[Ring, np.ndarray, np.ndarray, np.ndarray] | None:
    """Return (field, M, x, M x) exactly, x and M x as columns; None where the field is too large or M irrational."""
    case = failure.case
    if case is None or not np.isfinite(case.x.astype(complex)).all():
        return None
    numbers = [case.x, *case.parameters.values()]
    got = [] if failure.got is None else [np.asarray(failure.got)]
    ring = _field(case.family, any(np.iscomplexobj(a) and np.any(np.imag(a)) for a in numbers + got))
    if ring is None or len(case.x) > 64:
        return None
    try:
        M = bench.read(case.family, read_parameters(case.family, case.parameters, ring), ring)
        column = np.empty((len(case.x), 1), dtype=object)
        for j, value in enumerate(case.x.astype(complex)):
            column[j, 0] = ring(value if value.imag else value.real)
        return ring, M, column, matmul(ring, M, column)
    except LdrTheoryError:
        return None


def certificate(bench: Bench, failure: Failure) -> Certificate | None:
    """Return a certificate that the kernel's result is not M x, over Q also that it is off by more than allowed.

    None where nothing finite was computed, or where the exact value is not in a field of moderate size.
    """
    found = exact_product(bench, failure)
    if found is None or failure.got is None or not np.isfinite(failure.got).all():
        return None
    ring, M, column, product = found
    got = np.empty(product.shape, dtype=object)
    for i, value in enumerate(np.asarray(failure.got).astype(complex).tolist()):
        got[i, 0] = ring(value if value.imag else value.real)
    wrong = [i for i in range(len(got)) if got[i, 0] != product[i, 0]]
    if not wrong:
        return None
    by_value, field = claims.subject_by_value, ring.name
    statements = [
        statement(claims.product_equals([by_value(M), by_value(column)], by_value(product), field), {}),
        statement(
            claims.matrices_differ(by_value(got), by_value(product), field), {"row": wrong[0], "column": 0}
        ),
    ]
    if ring is QQ:
        statements += _exceeds(failure, got, product)
    case = failure.case
    origin = {
        "family": str(case.family) if case else "",
        "parameters": {k: _plain(v) for k, v in case.parameters.items()} if case else {},
        "kernel": bench.adapter.title,
        "dtype": bench.adapter.dtype,
        "law": failure.law,
        "convention": bench.adapter.convention,
    }
    return Certificate(tuple(statements), origin)


def _plain(values: np.ndarray) -> Any:
    return np.vectorize(str, otypes=[object])(values).tolist()


def _exceeds(failure: Failure, got: np.ndarray, product: np.ndarray) -> list[dict[str, Any]]:
    """The difference in the worst entry, and that its absolute value is above the allowance."""
    allowed = np.asarray(failure.allowance, dtype=float)
    off = [abs(got[i, 0] - product[i, 0]) for i in range(len(got))]
    worse = [i for i in range(len(got)) if np.isfinite(allowed[i]) and off[i] > QQ(float(allowed[i]))]
    if not worse:
        return []
    i = max(worse, key=lambda k: off[k] / (QQ(float(allowed[k])) or QQ(Fraction(1, 2**1074))))
    one, difference = [[-1, 1]], np.empty((1, 1), dtype=object)
    difference[0, 0] = got[i, 0] - product[i, 0]
    pair = np.array([[product[i, 0]], [got[i, 0]]], dtype=object)
    subject = claims.subject_by_value(difference)
    pair_is = claims.product_equals(
        [claims.subject_by_value(one), claims.subject_by_value(pair)], subject, "Q"
    )
    operators = {"kind": "sylvester", "left": {"op": "identity"}, "right": {"op": "zero"}}
    bound = {"absolute": encode_number(float(allowed[i]))}
    above = claims.residual_distance("not within", 0, bound, subject, operators, "Q")
    return [
        statement(pair_is, {}),
        statement(above, {"left": [[1]], "right": [[1]], "shift": 0}),
    ]
