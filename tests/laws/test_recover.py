"""Recovery: each inversion formula gives back its matrix, and singular operators are refused with their kernel."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ldrtheory.certify.instances import Instance
from ldrtheory.elimination import rank, solve
from ldrtheory.errors import NotInvertible, ShapeMismatch
from ldrtheory.linalg import identity
from ldrtheory.operators import (
    Operator,
    Stein,
    Sylvester,
    blocks,
    dense,
    diagonal,
    generators,
    inverse_operator,
    is_invertible,
    krylov,
    krylov_form,
    krylov_residual,
    path,
    recover,
    shift,
    subdiagonal,
    to_stein,
    to_sylvester,
    tridiagonal,
    zero,
)
from ldrtheory.operators import identity as identity_operator
from ldrtheory.operators.inversion import (
    along_diagonals,
    annihilating,
    diagonal_pair,
    f_circulant,
    scalar_powers,
    shift_pair,
    shift_pair_transposed,
    stein_shift_pair,
    toeplitz_inverse,
)
from ldrtheory.rings import FLOAT64, GAUSSIAN, GF, QQ, Cyclotomic, Ring
from tests.laws.residuals import residual

FIELDS = [QQ, GF(2), GF(3), GF(101), GF(2**61 - 1), GAUSSIAN, Cyclotomic(3)]
fields = pytest.mark.parametrize("ring", FIELDS, ids=lambda r: r.name)


def _seeded(ring: Ring, what: str, count: int, n: int = 5) -> list[Instance]:
    return [Instance(n, ring, random.Random(f"{what} {ring.name} {k}")) for k in range(count)]


@fields
@pytest.mark.parametrize("kind", [Sylvester, Stein])
def test_recover_gives_back_any_rectangular_matrix_or_refuses(ring: Ring, kind: type) -> None:
    recovered = 0
    for s in _seeded(ring, "recover", 60):
        m, n = s.size(), s.size()
        d = kind(s.operator(m), s.operator(n))
        M = s.matrix(m, n)
        G, H = generators(M, d, ring)
        if is_invertible(d, (m, n), ring):
            assert (recover(G, H, d, ring) == M).all(), str(d)
            recovered += 1
        else:
            with pytest.raises(NotInvertible, match=r"a space of dimension [1-9]"):
                recover(G, H, d, ring)
    assert recovered >= 5


@fields
@pytest.mark.parametrize("kind", [Sylvester, Stein])
@pytest.mark.parametrize("flips", range(4))
def test_shift_pairs_rectangular_and_transposed(ring: Ring, kind: type, flips: int) -> None:
    invertible = 0
    for s in _seeded(ring, "shifts", 25):
        m, n = s.size(), s.size()
        left, right = shift(f=s.element()), shift(f=s.element())
        d = kind(left.T if flips & 1 else left, right.T if flips & 2 else right)
        if is_invertible(d, (m, n), ring):
            M = s.matrix(m, n)
            assert (along_diagonals(residual(M, d, ring), d, ring) == M).all(), str(d)
            invertible += 1
    assert invertible >= 3


@fields
def test_products_of_f_circulants(ring: Ring) -> None:
    for s in _seeded(ring, "circulants", 20):
        n, e, f = s.size(), s.element(), s.element()
        G, H = s.matrix(n, 2), s.matrix(n, 2)
        cases = [
            (shift_pair, Sylvester(shift(f=e), shift(f=f)), e - f),
            (shift_pair_transposed, Sylvester(shift(f=e), shift(f=f).T), e - f),
            (stein_shift_pair, Stein(shift(f=e), shift(f=f).T), 1 - e * f),
        ]
        for formula, d, factor in cases:
            if ring.is_zero(factor):
                with pytest.raises(NotInvertible):
                    formula(G, H, e, f, ring)
                continue
            M = formula(G, H, e, f, ring)
            assert (residual(M, d, ring) == G @ H.T).all()
            assert (recover(G, H, d, ring) == M).all()


@fields
def test_triangular_stein_formula_is_a_sum_of_triangular_toeplitz_products(ring: Ring) -> None:
    for s in _seeded(ring, "triangular", 10):
        n = s.size()
        G, H = s.matrix(n, 2), s.matrix(n, 2)
        M = stein_shift_pair(G, H, 0, 0, ring)
        total = np.full((n, n), ring.zero, dtype=object)
        for g, h in zip(G.T, H.T):  # L(g) L(h)^T by its entries: sum over k of g_(i-k) h_(j-k)
            for i in range(n):
                for j in range(n):
                    for k in range(min(i, j) + 1):
                        total[i, j] = total[i, j] + g[i - k] * h[j - k]
        assert (total == M).all()


@fields
@pytest.mark.parametrize("kind", [Sylvester, Stein])
def test_scalar_powers_and_annihilating_polynomials_agree_with_the_matrix(ring: Ring, kind: type) -> None:
    used = 0
    for s in _seeded(ring, "powers", 40):
        m, n = s.size(), s.size()
        left = s.draw.choice(
            [
                subdiagonal([s.element() for _ in range(m)]),
                shift(f=s.element()).T,
                identity_operator(),
                zero(),
            ]
        )
        d = kind(left, s.operator(n))
        if not is_invertible(d, (m, n), ring):
            continue
        used += 1
        M = s.matrix(m, n)
        R = residual(M, d, ring)
        assert (scalar_powers(R, d, ring) == M).all(), str(d)
        assert (annihilating(R, d, ring) == M).all(), str(d)
    assert used >= 8


@pytest.mark.parametrize("kind", [Sylvester, Stein])
def test_any_annihilating_polynomial_will_do_if_it_leaves_a_nonsingular_matrix(kind: type) -> None:
    # A = diag(1, 1, 2): minimal polynomial (x - 1)(x - 2) = x^2 - 3x + 2; times x - 7 annihilates too
    A, B = diagonal([1, 1, 2]), dense([[5, 1], [0, 3]])
    M = np.array([[QQ(x) for x in row] for row in ([1, 2], [3, 4], [5, 7])], dtype=object)
    R = residual(M, kind(A, B), QQ)
    for p in ([2, -3, 1], [-14, 23, -10, 1]):
        assert (annihilating(R, kind(A, B), QQ, [QQ(c) for c in p]) == M).all()


@fields
def test_diagonal_pairs(ring: Ring) -> None:
    invertible = 0
    for s in _seeded(ring, "diagonal", 30, n=3):
        m, n = s.size(), s.size()
        for kind in (Sylvester, Stein):
            d = kind(diagonal([s.element() for _ in range(m)]), diagonal([s.element() for _ in range(n)]))
            if is_invertible(d, (m, n), ring):
                M = s.matrix(m, n)
                assert (diagonal_pair(residual(M, d, ring), d, ring) == M).all()
                invertible += 1
    assert invertible >= 3


@fields
def test_gohberg_semencul(ring: Ring) -> None:
    used = 0
    for s in _seeded(ring, "semencul", 40):
        n = s.size()
        T, units = s.toeplitz(n, n), identity(ring, n)
        if rank(T, ring) < n:
            continue
        x, y = solve(T, units[:, 0], ring), solve(T, units[:, -1], ring)
        if ring.is_zero(x[0]):
            with pytest.raises(NotInvertible, match="x_0"):
                toeplitz_inverse(x, y, ring)
            continue
        used += 1
        assert (T @ toeplitz_inverse(x, y, ring) == units).all()
    assert used >= 3


def test_f_circulant_is_a_polynomial_in_the_shift() -> None:
    v = [QQ(c) for c in (3, 1, -2, 5)]
    Z = shift(f=7).matrix(QQ, 4)
    total, P = identity(QQ, 4) * v[0], Z
    for c in v[1:]:
        total, P = total + P * c, P @ Z
    assert (f_circulant(v, 7, QQ) == total).all()


def test_float64_recovery_needs_no_decision() -> None:
    # residual of M for (Z_1, Z_-1) is [[1, 2], [0, 0]] by hand for M = [[1, -1/2], [1/2, 1]]; all numbers are dyadic
    M = recover([[1.0], [0.0]], [[1.0], [2.0]], Sylvester(shift(f=1), shift(f=-1)), FLOAT64)
    assert M.tolist() == [[1.0, -0.5], [0.5, 1.0]]


def test_refusals_name_the_dimension_of_the_kernel() -> None:
    with pytest.raises(NotInvertible, match="dimension 2 to zero"):
        recover([[1], [0], [0], [0]], np.ones((6, 1), dtype=int), Sylvester(shift(f=1), shift(f=1)))
    with pytest.raises(NotInvertible, match="dimension 9 to zero"):
        recover(
            np.ones((3, 1), dtype=int),
            np.ones((3, 1), dtype=int),
            Stein(identity_operator(), identity_operator()),
        )
    with pytest.raises(ShapeMismatch, match="as many columns"):
        recover([[1, 2]], [[1]], Sylvester(shift(f=1), shift(f=-1)))
    with pytest.raises(ShapeMismatch):
        recover([1, 2], [[1]], Sylvester(shift(f=1), shift(f=-1)))


@fields
def test_conversions_keep_the_solutions(ring: Ring) -> None:
    converted = 0
    for s in _seeded(ring, "conversion", 30):
        m, n = s.size(), s.size()
        M = s.matrix(m, n)
        for kind, convert in ((Sylvester, to_stein), (Stein, to_sylvester)):
            d = kind(s.operator(m), s.operator(n))
            G, H = generators(M, d, ring)
            try:
                other, P, Q = convert(d, G, H, ring)
            except NotInvertible:
                for op, k in ((d.left, m), (d.right, n)):
                    assert rank(op.matrix(ring, k), ring) < k
                continue
            converted += 1
            assert other.kind != d.kind
            assert P.shape == G.shape
            if P.shape[1]:
                assert (residual(M, other, ring) == P @ Q.T).all()
    assert converted >= 10


@pytest.mark.parametrize(
    "op",
    [shift(f=3), shift(f=-2).T, diagonal([1, 2, 5]), tridiagonal([1, 1], [2, 3, 4], [1, 0]), path(1, 0),
     blocks([shift(f=2), diagonal([4])], [2, 1]), identity_operator(), subdiagonal([2, 3, 4])],
    ids=str,
)  # fmt: skip
@pytest.mark.parametrize("ring", [QQ, GF(7), GAUSSIAN], ids=lambda r: r.name)
def test_inverse_operators(op: Operator, ring: Ring) -> None:
    product = op.matrix(ring, 3) @ inverse_operator(op, 3, ring).matrix(ring, 3)
    assert (product == identity(ring, 3)).all()


@fields
def test_krylov_form_and_its_exact_residual(ring: Ring) -> None:
    for s in _seeded(ring, "krylov", 20, n=4):
        m, n, r = s.size(), s.size(), s.draw.randint(1, 2)
        A, B, G, H = s.operator(m), s.operator(n), s.matrix(m, r), s.matrix(n, r)
        M = krylov_form(G, H, A, B, ring)
        total = np.full((m, n), ring.zero, dtype=object)
        for g, h in zip(G.T, H.T):
            total = total + krylov(A, g, ring) @ krylov(B.T, h, ring, columns=m).T
        assert (total == M).all()
        P, Q = krylov_residual(G, H, A, B, ring)
        assert P.shape[1] == 2 * r
        assert (residual(M, Stein(A, B), ring) == P @ Q.T).all()


@given(st.data())
def test_recovery_inverts_generators_on_drawn_integer_matrices(data: st.DataObject) -> None:
    m, n = data.draw(st.integers(1, 4)), data.draw(st.integers(1, 4))
    entries = data.draw(st.lists(st.integers(-9, 9), min_size=m * n, max_size=m * n))
    e, f = data.draw(st.tuples(st.integers(-2, 2), st.integers(-2, 2)))
    M = np.array([QQ(x) for x in entries], dtype=object).reshape(m, n)
    d = data.draw(st.sampled_from([Sylvester, Stein]))(shift(f=e), path(f, 0))
    assume(is_invertible(d, (m, n), QQ))
    assert (recover(*generators(M, d, QQ), d, QQ) == M).all()


@pytest.mark.accept
@fields
@pytest.mark.parametrize("kind", [Sylvester, Stein])
def test_recover_long(ring: Ring, kind: type) -> None:
    for s in _seeded(ring, "long", 400, n=9):
        m, n = s.size(), s.size()
        d = kind(s.operator(m), s.operator(n))
        M = s.matrix(m, n)
        if is_invertible(d, (m, n), ring):
            assert (recover(*generators(M, d, ring), d, ring) == M).all(), str(d)
