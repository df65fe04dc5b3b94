"""The closure calculus as identities between rational functions: entries, corners and nodes are indeterminates."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ldrtheory.linalg import Array, matrix
from ldrtheory.operators import (
    Stein,
    Sylvester,
    dense,
    diagonal,
    displace,
    krylov_form,
    krylov_residual,
    shift,
    subdiagonal,
)
from ldrtheory.operators.closure import (
    change_operators,
    inverse,
    low_rank,
    product,
    shift_by,
    transpose,
)
from ldrtheory.operators.closure_blocks import entrywise, schur_complement, submatrix
from ldrtheory.operators.generator import Generated, from_generators, generated
from ldrtheory.operators.recover import recover
from ldrtheory.operators.structure import to_shifts
from ldrtheory.rings import RationalFunctions


def _variables(*groups: tuple[str, int]) -> tuple[Any, dict[str, list[Any]]]:
    names = [f"{name}{k}" for name, count in groups for k in range(count)]
    ring = RationalFunctions(*names)
    values = iter(ring.variables)
    return ring, {name: [next(values) for _ in range(count)] for name, count in groups}


def _square(values: list[Any], n: int) -> Array:
    return matrix(n, n, lambda i, j: values[i * n + j])


def _check(x: Generated, bound: int) -> None:
    assert x.bound <= bound
    L = displace(x.matrix, x.displacement, x.ring)
    P = x.G @ x.H.T if x.bound else x.matrix * x.ring.zero
    assert all((a - b) == 0 for a, b in zip(L.flat, P.flat))


def _trivial(d: Any, M: Array, ring: Any) -> Generated:
    """M with the generator (residual, I), which costs no elimination over the function field."""
    n = M.shape[1]
    unit = matrix(n, n, lambda i, j: ring.one if i == j else ring.zero)
    return Generated(d, displace(M, d, ring), unit, M, ring)


@pytest.mark.parametrize("n", [1, 2, 3])
@pytest.mark.parametrize("kind", [Sylvester, Stein])
def test_transpose_and_operator_change(n: int, kind: type) -> None:
    ring, v = _variables(("m", n * n), ("c", 4))
    x = _trivial(kind(shift(f=v["c"][0]), shift(f=v["c"][1])), _square(v["m"], n), ring)
    _check(transpose(x), n)
    _check(change_operators(x, shift(f=v["c"][2]), shift(f=v["c"][3])), n + 2)
    if kind is Sylvester:
        _check(shift_by(x, v["c"][2]), n)


@pytest.mark.parametrize("kind", [Sylvester, Stein])
def test_inverse(kind: type) -> None:
    ring, v = _variables(("m", 4), ("c", 2))
    x = _trivial(kind(shift(f=v["c"][0]), shift(f=v["c"][1])), _square(v["m"], 2), ring)
    _check(inverse(x), 2)


@pytest.mark.parametrize("kind", [Sylvester, Stein])
def test_product_with_any_inner_operators(kind: type) -> None:
    ring, v = _variables(("m", 4), ("n", 4), ("c", 4))
    e, f, g, h = v["c"]
    x = _trivial(kind(shift(f=e), shift(f=f)), _square(v["m"], 2), ring)
    y = _trivial(kind(shift(f=g), shift(f=h)), _square(v["n"], 2), ring)
    _check(product(x, y), 6)


def test_low_rank_and_krylov_form() -> None:
    ring, v = _variables(("u", 3), ("v", 3), ("a", 3), ("b", 3))
    U, V = (matrix(3, 1, lambda i, j, name=name: v[name][i]) for name in "uv")
    A, B = subdiagonal(v["a"]), subdiagonal(v["b"])
    _check(low_rank(U, V, Sylvester(A, B), ring), 2)
    _check(low_rank(U, V, Stein(A, B), ring), 2)
    G, H = krylov_residual(U, V, A, B, ring)
    _check(Generated(Stein(A, B), G, H, krylov_form(U, V, A, B, ring), ring), 2)
    _check(to_shifts(low_rank(U, V, Sylvester(A, B), ring)), 2)


@pytest.mark.parametrize("kind", [Sylvester, Stein])
def test_entrywise_and_schur_complement(kind: type) -> None:
    ring, v = _variables(("m", 4), ("s", 2), ("t", 2), ("c", 2))
    M = _square(v["m"], 2)
    x = _trivial(kind(diagonal(v["s"]), diagonal(v["t"])), M, ring)
    N = matrix(2, 2, lambda i, j: v["c"][i] * v["c"][j])
    _check(entrywise(x, N), 2)
    zero = ring.zero
    lower = dense(np.array([[v["s"][0], zero], [v["c"][0], v["s"][1]]], dtype=object))
    upper = dense(np.array([[v["t"][0], v["c"][1]], [zero, v["t"][1]]], dtype=object))
    _check(schur_complement(_trivial(kind(lower, upper), M, ring), 1), 2)


def test_submatrix() -> None:
    ring, v = _variables(("m", 9), ("c", 4))
    x = _trivial(Sylvester(shift(f=v["c"][0]), shift(f=v["c"][1])), _square(v["m"], 3), ring)
    _check(submatrix(x, (1, 3), (0, 2), v["c"][2], v["c"][3]), 5)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_shift_pair_recovery_is_an_identity_in_the_generators_and_corners(n: int) -> None:
    ring, v = _variables(("g", n), ("h", n), ("c", 2))
    G, H = (matrix(n, 1, lambda i, j, name=name: v[name][i]) for name in "gh")
    for d in (
        Sylvester(shift(f=v["c"][0]), shift(f=v["c"][1])),
        Sylvester(shift(f=v["c"][0]), shift(f=v["c"][1]).T),
        Stein(shift(f=v["c"][0]), shift(f=v["c"][1]).T),
        Stein(shift(f=v["c"][0]).T, shift(f=v["c"][1]).T),
    ):
        M = recover(G, H, d, ring)
        assert all(x == y for x, y in zip(displace(M, d, ring).flat, (G @ H.T).flat))


def test_cauchy_recovery_is_the_cauchy_matrix() -> None:
    ring, v = _variables(("s", 2), ("t", 2))
    ones = np.array([[ring.one], [ring.one]], dtype=object)
    x = from_generators(ones, ones, Sylvester(diagonal(v["s"]), diagonal(v["t"])), ring)
    for i in range(2):
        for j in range(2):
            assert x.matrix[i, j] == 1 / (v["s"][i] - v["t"][j])
    assert generated(x.matrix, x.displacement, ring).bound == 1
