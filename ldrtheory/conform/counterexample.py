"""A failing case as a certificate: what M x is exactly, that the kernel's result differs, and by more than allowed.

exact_product       M and M x over an exact field, from the stored parameters
counterexample      the statements, for the checker, which needs neither us nor the kernel's library
Counterexample      the certificate, and whether it says by how much
"""

from __future__ import annotations

from dataclasses import dataclass
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
from ldrtheory.rings import QQ, Cyclotomic, CyclotomicNumber, Ring

LARGEST_FIELD = 400  # the order of the root of unity: entries are lists of phi(order) numbers


def _field(family: Any, is_complex: bool) -> Ring | None:
    order = lcm(family.order, 4 if is_complex else 1)
    if order > LARGEST_FIELD:
        return None
    return QQ if order <= 2 else Cyclotomic(order)


def exact_product(bench: Bench, failure: Failure) -> tuple[Ring, np.ndarray, np.ndarray, np.ndarray] | None:
    """Return (field, A, x, A x) exactly, x and A x as columns, A = M, M^T or M^H as the failure says.

    None where the field is too large or M irrational.
    """
    case = failure.case
    if case is None or not np.isfinite(case.x.astype(complex)).all():
        return None
    numbers = [case.x, *case.parameters.values()]
    got = [] if failure.got is None else [np.asarray(failure.got)]
    ring = _field(case.family, any(np.iscomplexobj(a) and np.any(np.imag(a)) for a in numbers + got))
    if ring is None or len(case.x) > 64:
        return None
    try:
        A = bench.read(case.family, read_parameters(case.family, case.parameters, ring), ring)
    except LdrTheoryError:
        return None
    if failure.side != "M":
        A = A.T
    if failure.side == "M^H":
        A = np.vectorize(ring.conjugate, otypes=[object])(A)
    column = _column(case.x, ring)
    return ring, A, column, matmul(ring, A, column)


def _column(values: np.ndarray, ring: Ring) -> np.ndarray:
    """The stored numbers, each exactly, as a column."""
    out = np.empty((len(values), 1), dtype=object)
    for i, value in enumerate(values.astype(complex).tolist()):
        out[i, 0] = ring(value if value.imag else value.real)
    return out


@dataclass(frozen=True)
class Counterexample:
    """A certificate that the kernel's result is not A x; exceeds: also that it is off by more than is allowed."""

    certificate: Certificate
    exceeds: bool


def counterexample(bench: Bench, failure: Failure) -> Counterexample | None:
    """Return the certificate of a failure, over Q and Q(i) with the statement that the result is off by too much.

    None where nothing finite was computed, where the exact value is not in a field of moderate size, or where no single
    entry is off by more than is allowed.
    """
    found = exact_product(bench, failure)
    if found is None or failure.got is None or not np.isfinite(failure.got).all():
        return None
    ring, A, column, product = found
    got = _column(np.asarray(failure.got), ring)
    wrong = [i for i in range(len(got)) if got[i, 0] != product[i, 0]]
    if not wrong:
        return None
    by_value, field = claims.subject_by_value, ring.name
    statements = [
        statement(claims.product_equals([by_value(A), by_value(column)], by_value(product), field), {}),
        statement(
            claims.matrices_differ(by_value(got), by_value(product), field), {"row": wrong[0], "column": 0}
        ),
    ]
    rational = len(_parts(product[0, 0])) <= 2
    if rational:
        above = _exceeds(failure, got[:, 0], product[:, 0])
        if not above:
            return None
        statements += above
    case = failure.case
    origin = {
        "family": str(case.family) if case else "",
        "parameters": {k: _plain(v) for k, v in case.parameters.items()} if case else {},
        "side": failure.side,
        "kernel": bench.adapter.title,
        "dtype": bench.adapter.dtype,
        "law": failure.law,
        "convention": bench.adapter.convention,
    }
    return Counterexample(Certificate(tuple(statements), origin), rational)


def _plain(values: np.ndarray) -> Any:
    return np.vectorize(str, otypes=[object])(values).tolist()


def _parts(x: Any) -> list[Any]:
    """The rational coefficients of a number: itself over Q, real and imaginary part over Q(i), more beyond."""
    return x.coefficients() if isinstance(x, CyclotomicNumber) else [x]


def _exceeds(failure: Failure, got: np.ndarray, product: np.ndarray) -> list[dict[str, Any]]:
    """The difference d in the worst entry, |d|^2 = d d^T of its real and imaginary part, and that it is above the
    square of the allowance; nothing where no entry is off by more.
    """
    allowed = [
        QQ(float(a)) ** 2 if np.isfinite(a) else None for a in np.asarray(failure.allowance, dtype=float)
    ]
    square = [sum((c * c for c in _parts(g - p)), QQ(0)) for g, p in zip(got, product)]
    worse = [i for i, most in enumerate(allowed) if most is not None and square[i] > most]
    if not worse:
        return []
    i = max(worse, key=lambda k: square[k] / (allowed[k] or QQ(Fraction(1, 2**2148))))
    pair = np.array([_parts(product[i]), _parts(got[i])], dtype=object)
    off = np.array([_parts(got[i] - product[i])], dtype=object)
    by_value = claims.subject_by_value
    size = by_value(np.array([[square[i]]], dtype=object))
    operators = {"kind": "sylvester", "left": {"op": "identity"}, "right": {"op": "zero"}}
    above = claims.residual_distance(
        "not within", 0, {"absolute": encode_number(allowed[i])}, size, operators, "Q"
    )
    return [
        statement(claims.product_equals([by_value([[-1, 1]]), by_value(pair)], by_value(off), "Q"), {}),
        statement(claims.product_equals([by_value(off), by_value(off.T)], size, "Q"), {}),
        statement(above, {"left": [[1]], "right": [[1]], "shift": 0}),
    ]
