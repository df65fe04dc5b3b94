"""Invertibility, determinant and kernel of displacement operators, against the Kronecker matrix eliminated by sympy."""

from __future__ import annotations

import random
from importlib import import_module
from typing import Any

import numpy as np
import pytest
from sympy import GF as sympy_GF
from sympy import QQ as sympy_QQ
from sympy.polys.matrices import DomainMatrix

from ldrtheory.certify.instances import Instance
from ldrtheory.errors import BadInput, ShapeMismatch
from ldrtheory.operators import (
    Displacement,
    Operator,
    Stein,
    Sylvester,
    blocks,
    dense,
    diagonal,
    identity,
    invertibility,
    is_invertible,
    kernel_dimension,
    kernel_element,
    operator_determinant,
    path,
    shift,
    subdiagonal,
    tridiagonal,
    zero,
)
from ldrtheory.operators.banded import Shift
from ldrtheory.operators.invertibility import common_factor
from ldrtheory.operators.spectrum import annihilator, characteristic_polynomial_of, cyclic_parts
from ldrtheory.rings import FLOAT64, GAUSSIAN, GF, QQ, Cyclotomic, RationalFunctions, Ring

FIELDS = [QQ, GF(2), GF(3), GF(7)]
fields = pytest.mark.parametrize("ring", FIELDS, ids=lambda r: r.name)


def _plain(op: Operator, n: int, ring: Ring) -> list[list[Any]]:
    return [[_number(x, ring) for x in row] for row in op.matrix(ring, n)]


def _number(x: Any, ring: Ring) -> Any:
    return int(x) if ring.characteristic else sympy_QQ(int(x.p), int(x.q))


def _kronecker(d: Displacement, m: int, n: int, ring: Ring) -> DomainMatrix:
    """The mn x mn matrix of the operator on vec by rows, entry by entry, over sympy's field."""
    A, B = _plain(d.left, m, ring), _plain(d.right, n, ring)
    domain = sympy_GF(ring.characteristic, symmetric=False) if ring.characteristic else sympy_QQ
    rows = []
    for i in range(m):
        for j in range(n):
            row = []
            for k in range(m):
                for t in range(n):  # the coefficient of X[k, t] in entry (i, j)
                    if d.kind == "sylvester":
                        c = (A[i][k] if t == j else 0) - (B[t][j] if k == i else 0)
                    else:
                        c = (1 if (k, t) == (i, j) else 0) - A[i][k] * B[t][j]
                    row.append(
                        domain(int(c) % ring.characteristic) if ring.characteristic else domain.convert(c)
                    )
            rows.append(row)
    return DomainMatrix(rows, (m * n, m * n), domain)


def _compare(s: Instance, d: Displacement, m: int, n: int) -> int:
    K = _kronecker(d, m, n, s.ring)
    dimension = m * n - K.rank()
    assert kernel_dimension(d, (m, n), s.ring) == dimension, str(d)
    assert is_invertible(d, (m, n), s.ring) == (dimension == 0), str(d)
    determinant = operator_determinant(d, (m, n), s.ring)
    assert _number(determinant, s.ring) == (
        int(K.det()) % s.ring.characteristic if s.ring.characteristic else K.det()
    )
    X = kernel_element(d, (m, n), s.ring)
    assert (X is None) == (dimension == 0)
    if X is not None:
        assert any(x != 0 for x in X.flat)
        assert all(x == 0 for x in d.residual(X, s.ring).flat), str(d)
    return dimension


@fields
@pytest.mark.parametrize("kind", [Sylvester, Stein])
def test_against_the_kronecker_matrix(ring: Ring, kind: type) -> None:
    dimensions = []
    for k in range(50):
        s = Instance(4, ring, random.Random(f"kronecker {ring.name} {kind.kind} {k}"))
        m, n = s.size(), s.size()
        dimensions.append(_compare(s, kind(s.operator(m), s.operator(n)), m, n))
    assert 0 in dimensions
    assert max(dimensions) > 1


@pytest.mark.accept
@fields
@pytest.mark.parametrize("kind", [Sylvester, Stein])
def test_against_the_kronecker_matrix_long(ring: Ring, kind: type) -> None:
    for k in range(400):
        s = Instance(6, ring, random.Random(f"long {ring.name} {kind.kind} {k}"))
        m, n = s.size(), s.size()
        _compare(s, kind(s.operator(m), s.operator(n)), m, n)


@pytest.mark.parametrize("ring", [GAUSSIAN, Cyclotomic(3), Cyclotomic(5)], ids=lambda r: r.name)
@pytest.mark.parametrize("kind", [Sylvester, Stein])
def test_cyclotomic_fields_against_their_norm(ring: Any, kind: type) -> None:
    # over Q(zeta), the operator is singular exactly if its matrix over Q of phi times the size is
    def real(M: np.ndarray) -> list[list[Any]]:
        powers = [ring.zeta**t for t in range(ring.degree)]
        columns = [[[(x * p).coefficients() for p in powers] for x in row] for row in M]
        return [
            [sympy_QQ(int(c.p), int(c.q)) for x in row for c in (x[t][k] for t in range(ring.degree))]
            for row in columns
            for k in range(ring.degree)
        ]

    for k in range(12):
        s = Instance(2, ring, random.Random(f"cyclotomic {ring.name} {k}"))
        m, n = s.size(), s.size()
        d = kind(s.operator(m), s.operator(n))
        A, B = d.left.matrix(ring, m), d.right.matrix(ring, n)
        K = np.full((m * n, m * n), ring.zero, dtype=object)
        for i, j in np.ndindex(m, n):
            for a, b in np.ndindex(m, n):
                if d.kind == "sylvester":
                    K[i * n + j, a * n + b] = (A[i, a] if b == j else ring.zero) - (
                        B[b, j] if a == i else ring.zero
                    )
                else:
                    K[i * n + j, a * n + b] = (ring.one if (a, b) == (i, j) else ring.zero) - A[i, a] * B[
                        b, j
                    ]
        size = m * n * ring.degree
        big = DomainMatrix(real(K), (size, size), sympy_QQ)
        assert kernel_dimension(d, (m, n), ring) * ring.degree == size - big.rank()
        found = invertibility(d, (m, n), ring)
        assert found.invertible == (big.rank() == size)
        if found.invertible:  # the root is a zero of the cyclotomic polynomial: of order N modulo p
            p, z = found.prime, found.root
            assert (pow(z, ring.order, p), [pow(z, t, p) == 1 for t in range(1, ring.order)].count(True)) == (
                1,
                0,
            )


def test_rational_functions_decide_for_indeterminate_corners() -> None:
    F = RationalFunctions("e", "f")
    e, f = F.variables
    assert is_invertible(Sylvester(shift(f=e), shift(f=f)), 3, F)
    assert not is_invertible(Sylvester(shift(f=e), shift(f=e)), 3, F)
    assert not is_invertible(Stein(shift(f=e), shift(f=1 / e)), 2, F)
    assert operator_determinant(Sylvester(shift(f=e), shift(f=f)), 2, F) == (e - f) ** 2
    assert kernel_dimension(Sylvester(shift(f=e), shift(f=e)), 3, F) == 3


@pytest.mark.parametrize("n", range(1, 7))
def test_determinants_of_shift_pairs(n: int) -> None:
    # det of the Sylvester operator is (e - f)^n, of the Stein operators (1 - ef)^n
    assert operator_determinant(Sylvester(shift(f=5), shift(f=-2)), n) == 7**n
    assert operator_determinant(Stein(shift(f=5), shift(f=-2)), n) == 11**n
    assert operator_determinant(Stein(shift(f=5), shift(f=-2).T), n) == 11**n


@pytest.mark.parametrize("n", range(1, 9))
def test_the_toeplitz_pair_degenerates_in_characteristic_two(n: int) -> None:
    pair = Sylvester(shift(f=1), shift(f=-1))
    assert is_invertible(pair, n, QQ)
    assert is_invertible(pair, n, GF(3))
    assert not is_invertible(pair, n, GF(2))
    assert kernel_dimension(pair, n, GF(2)) == n  # all 1-circulants
    assert kernel_dimension(Sylvester(shift(f=2), shift(f=2)), n, QQ) == n


def test_a_common_irreducible_factor_of_higher_degree() -> None:
    # chi = x^2 - 2 on both sides: no rational eigenvalue at all
    d = Sylvester(dense([[0, 2], [1, 0]]), dense([[1, 1], [1, -1]]))
    assert (is_invertible(d, 2), kernel_dimension(d, 2)) == (False, 2)
    # x^3 - x - 1 is irreducible modulo 2 and 3, and over Q; here once alone and once beside x - 5
    left = dense([[0, 0, 1], [1, 0, 1], [0, 1, 0]])
    right = blocks([left.T, diagonal([5])], [3, 1])
    for ring in (QQ, GF(2), GF(3)):
        assert kernel_dimension(Sylvester(left, right), (3, 4), ring) == 3


def test_derogatory_operators() -> None:
    # A with one Jordan block of size 2 and one of size 1 for 0; B nilpotent of size 2: min sums give 2 + 1
    jordan = dense([[0, 0, 0], [1, 0, 0], [0, 0, 0]])
    assert kernel_dimension(Sylvester(jordan, shift(f=0)), (3, 2)) == 3
    assert kernel_dimension(Sylvester(identity(), diagonal([1, 1, 2])), (2, 3)) == 4
    assert kernel_dimension(Stein(identity(), diagonal([1, 0, 1])), (2, 3)) == 4
    assert kernel_dimension(Stein(zero(), identity()), (2, 3)) == 0
    assert kernel_dimension(Sylvester(zero(), zero()), (2, 3)) == 6
    assert kernel_dimension(Sylvester(subdiagonal([1, 0, 1, 0]), shift(f=0)), (4, 3)) == 4


def test_cyclic_parts_add_up_and_multiply_to_the_characteristic_polynomial() -> None:
    for k in range(60):
        ring = [QQ, GF(2), GF(5)][k % 3]
        s = Instance(5, ring, random.Random(f"parts {k}"))
        n = s.size()
        op = s.operator(n)
        product = None
        for p, count in cyclic_parts(op, n, ring):
            for _ in range(count):
                product = p if product is None else product * p
        assert product.coeffs() == characteristic_polynomial_of(op, n, ring).coeffs(), str(op)


def test_annihilators_of_unit_vectors() -> None:
    assert annihilator(shift(f=0), 4, 1, QQ).coeffs() == [0, 0, 0, 1]
    assert annihilator(shift(f=0).T, 4, 1, QQ).coeffs() == [0, 0, 1]
    assert annihilator(shift(f=3), 4, 1, QQ).coeffs() == [-3, 0, 0, 0, 1]
    assert annihilator(diagonal([2, 7]), 2, 1, QQ).coeffs() == [-7, 1]
    assert annihilator(dense([[1, 0], [0, 1]]), 2, 0, QQ).coeffs() == [-1, 1]


def test_a_prime_that_divides_a_denominator_or_all_differences_is_passed_over() -> None:
    p = 2**31 - 1  # the first prime tried
    halves = diagonal([f"1/{p}", 0])
    found = invertibility(Sylvester(halves, shift(f=5)), (2, 2), QQ)
    assert found.invertible
    assert found.prime not in (None, p)
    found = invertibility(Sylvester(diagonal([p, 0]), diagonal([3 * p, 1])), (2, 2), QQ)
    assert found.invertible
    assert found.prime not in (None, p)


def test_nearly_equal_spectra_are_told_apart_exactly() -> None:
    # 1 and 1 + 2^-200 are equal to any float, and different
    tiny = QQ(1) + QQ(1) / QQ(2**200)
    assert is_invertible(Sylvester(diagonal([1]), diagonal([tiny])), 1)
    # nonnormal: the float condition number of this pair is beyond 1e30, its determinant is 1
    assert operator_determinant(Sylvester(tridiagonal([0] * 9, [1] * 10, [1000] * 9), zero()), (10, 3)) == 1


@pytest.mark.parametrize(
    ("d", "shape", "invertible"),
    [
        (Sylvester(shift(f=1), shift(f=-1)), (4096, 4096), True),
        (Sylvester(shift(f=1), shift(f=-1)), (4096, 2048), False),  # z^2048 = -1 implies z^4096 = 1
        (Sylvester(shift(f=1), shift(f=-1)), (2048, 4096), True),
        (Sylvester(shift(f=1), shift(f=-1).T), (4096, 4096), True),
        (Stein(shift(f=0), shift(f=0).T), (4096, 3000), True),
        (Sylvester(path(0, 0), path(1, 1)), (2048, 2048), True),
        (Sylvester(path(0, 0), path(1, 1)), (511, 1024), False),  # angles k pi/512 and k pi/1024 meet
        (Sylvester(identity(), zero()), (4096, 4096), True),
        (Sylvester(diagonal(range(2000)), shift(f=0)), (2000, 4096), False),
        (Sylvester(shift(f=1), shift(f=1)), (4096, 4095), False),
    ],
    ids=str,
)
def test_the_catalogue_is_decided_at_size(
    d: Displacement, shape: tuple[int, int], invertible: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By one greatest common divisor modulo a prime, or by none over Q but the last: rational arithmetic is slow."""
    asked = []

    def counted(d: Displacement, shape: tuple[int, int], ring: Ring, read: object = None) -> object:
        asked.append(ring)
        return common_factor(d, shape, ring, read)

    monkeypatch.setattr(import_module("ldrtheory.operators.invertibility"), "common_factor", counted)
    found = invertibility(d, shape, QQ)
    assert found.invertible == invertible
    if invertible:
        assert asked == [GF(found.prime)]
    elif isinstance(d.left, Shift) and isinstance(d.right, Shift):
        assert asked == []  # gcd(x^m - e, x^n - f) is known
    else:
        assert (asked.count(QQ), asked[-1]) == (1, QQ)


def test_shift_pairs_of_rectangular_shape() -> None:
    # eigenvalues of Z_1 of sizes 4 and 6 are the 4th and 6th roots of unity: they share the square roots of unity
    assert kernel_dimension(Sylvester(shift(f=1), shift(f=1)), (4, 6)) == 2
    # Z_2 of size 2 and Z_8 of size 6: z^2 = 2 implies z^6 = 8
    assert kernel_dimension(Sylvester(shift(f=2), shift(f=8)), (2, 6)) == 2
    assert kernel_dimension(Sylvester(shift(f=0), shift(f=0)), (3, 5)) == 3
    assert kernel_dimension(Stein(shift(f=2), shift(f="1/8").T), (2, 6)) == 2
    assert is_invertible(Sylvester(shift(f=1), shift(f=-1)), (3, 4))
    assert not is_invertible(Sylvester(shift(f=1), shift(f=-1)), (4, 3))  # z = -1: (-1)^4 = 1, (-1)^3 = -1


def test_refusals() -> None:
    with pytest.raises(ShapeMismatch, match="positive sizes"):
        is_invertible(Sylvester(shift(f=1), shift(f=-1)), (0, 3))
    with pytest.raises(ShapeMismatch, match="has size 2"):
        is_invertible(Sylvester(diagonal([1, 2]), shift(f=-1)), (3, 3))
    with pytest.raises(BadInput, match="decided exactly"):
        is_invertible(Sylvester(shift(f=1), shift(f=-1)), (3, 3), FLOAT64)
