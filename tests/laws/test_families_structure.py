"""The family table: stated ranks, explicit generators, near misses.

EXPECTED is written by hand from the definitions; the sweep compares it with ranks by elimination.
"""

from __future__ import annotations

import pytest
from flint import fmpz
from hypothesis import given, settings
from hypothesis import strategies as st

from ldrtheory.elimination import rank
from ldrtheory.families import FAMILIES, FCirculant, Member, parse_family
from ldrtheory.families.family import Family
from ldrtheory.linalg import array, diagonal_matrix, equal, identity, matmul, matrix
from ldrtheory.operators.banded import shift
from ldrtheory.operators.displacement import Sylvester
from ldrtheory.operators.invertibility import is_invertible
from ldrtheory.rings import FLOAT64, GF, QQ, Balls, Cyclotomic, PrimeField, RationalFunctions, Ring
from ldrtheory.strategies import members, operator_pairs

# at size 8 and corners (1, -1): pair, stated rank, least size that attains it, whether the operator is invertible
EXPECTED = {
    "Dense(8,8)": [("Sylvester (I, 0)", 8, 1, True)],
    "Toeplitz(8)": [("Sylvester (Z_e, Z_f)", 2, 2, True), ("Stein (Z_e, Z_f^T)", 2, 2, True)],
    "Hankel(8)": [("Sylvester (Z_e, Z_f^T)", 2, 2, True), ("Stein (Z_e, Z_f)", 2, 2, True)],
    "ToeplitzPlusHankel(8)": [
        ("Sylvester (Y_00, Y_11)", 4, 4, True),  # cos(k pi/9), k = 1..8, against cos(k pi/8), k = 0..7
        ("Sylvester (Y_00, Y_00)", 4, 4, False),
    ],
    "Circulant(8)": [
        ("Sylvester (Z_f, Z_f)", 0, 1, False),
        ("Sylvester (Z_f, Z_g)", 1, 1, True),
        ("Sylvester (Z_e, Z_g)", 2, 2, True),
    ],
    "FCirculant(8, 2/3)": [
        ("Sylvester (Z_f, Z_f)", 0, 1, False),
        ("Sylvester (Z_f, Z_g)", 1, 1, True),
        ("Sylvester (Z_e, Z_g)", 2, 2, True),
    ],
    "Vandermonde(8)": [
        ("Sylvester (D_x, Z_f)", 1, 1, True),
        ("Stein (D_x^-1, Z_f)", 1, 1, True),
        ("Stein (D_x, Z_f^T)", 1, 1, True),
    ],
    "ConfluentVandermonde(8)": [("Sylvester (Jord(x), Z_f)", 1, 1, True)],
    "PolynomialVandermonde(8)": [("Sylvester (D_x, T)", 1, 1, True)],
    "ChebyshevVandermonde(8)": [("Sylvester (D_x, T_Ch)", 1, 1, True)],
    "Cauchy(8)": [("Sylvester (D_s, D_t)", 1, 1, True), ("Stein (D_s^-1, D_t)", 1, 1, True)],
    "Loewner(8)": [("Sylvester (D_s, D_t)", 2, 2, True)],
    "Pick(8)": [("Stein (D_z, D_z)", 2, 2, True)],
    "Bezoutian(8)": [("Sylvester (Z_e, Z_f^T)", 2, 2, True), ("Sylvester (Z_0^T, Z_0)", 2, 2, False)],
    "Resultant(3,5)": [("Sylvester (Z_e, Z_f)", 2, 2, True), ("Stein (Z_e, Z_f^T)", 2, 2, True)],
    "Companion(8)": [("Sylvester (Z_e, Z_f)", 2, 2, True)],
    "LowRank(8, 2)": [
        ("Sylvester (I, 0)", 2, 1, True),
        ("Sylvester (Z_e, Z_f)", 4, 4, True),
        ("Stein (Z_e, Z_f^T)", 4, 4, True),
    ],
    "DFT(8)": [("Sylvester (D_w, Z_1)", 0, 1, False), ("Sylvester (D_w, Z_f)", 1, 1, True)],
    "DCT(8, 1)": [
        ("Sylvester (D, tri with ends 1, 1)", 0, 1, False),
        ("Sylvester (D, tri with ends 1, 1 + e_0 e_0^T)", 1, 1, True),
    ],
    "DCT(8, 2)": [
        ("Sylvester (D, tri(1/2; 1/2, 1/2))", 0, 1, False),
        ("Sylvester (D, tri(1/2; 1/2, 1/2) + e_0 e_0^T)", 1, 1, True),
        ("Sylvester (T_Ch^T, D)", 0, 1, False),
    ],
    "DCT(8, 3)": [
        ("Sylvester (D, T_Ch)", 0, 1, False),
        ("Sylvester (D, T_Ch + e_0 e_0^T)", 1, 1, True),
    ],
    "DCT(8, 4)": [
        ("Sylvester (D, tri(1/2; 1/2, -1/2))", 0, 1, False),
        ("Sylvester (D, tri(1/2; 1/2, -1/2) + e_0 e_0^T)", 1, 1, True),
    ],
    "DST(8, 1)": [
        ("Sylvester (D, tri(1/2; 0, 0))", 0, 1, False),
        ("Sylvester (D, tri(1/2; 0, 0) + e_0 e_0^T)", 1, 1, True),
    ],
    "DST(8, 2)": [
        ("Sylvester (D, tri(1/2; -1/2, -1/2))", 0, 1, False),
        ("Sylvester (D, tri(1/2; -1/2, -1/2) + e_0 e_0^T)", 1, 1, True),
    ],
    "DST(8, 3)": [
        ("Sylvester (D, tri with ends 1/2, 1)", 0, 1, False),
        ("Sylvester (D, tri with ends 1/2, 1 + e_0 e_0^T)", 1, 1, True),
    ],
    "DST(8, 4)": [
        ("Sylvester (D, tri(1/2; -1/2, 1/2))", 0, 1, False),
        ("Sylvester (D, tri(1/2; -1/2, 1/2) + e_0 e_0^T)", 1, 1, True),
    ],
    "WalshHadamard(8)": [("Sylvester (D, Z_1^(n/2)), D = diag(1, ..., 1, -1, ..., -1)", 0, 1, False)],
    "ToeplitzLike(8, 3)": [("Sylvester (Z_1, Z_-1)", 3, 1, True), ("Stein (Z_1, Z_-1^T)", 3, 1, True)],
    "SubdiagonalLDR(8, 2)": [("Sylvester (A, B)", 2, 1, True), ("Stein (A^-1, B)", 2, 1, True)],
    "SubdiagonalLDR(8, 2, true)": [("Stein (A, B)", 2, 1, True), ("Sylvester (A^-1, B)", 2, 1, True)],
    "TridiagonalLDR(8, 2)": [("Sylvester (A, B)", 2, 1, True)],
    "TridiagonalLDR(8, 2, true)": [("Stein (A, B)", 4, 4, True)],
    "InverseToeplitz(8)": [
        ("Sylvester (Z_e, Z_f)", 2, 2, True),
        ("Stein (Z_0, Z_0^T)", 2, 2, True),
        ("Stein (Z_0^T, Z_0)", 2, 2, True),
    ],
    "ToeplitzProduct(8, 2)": [("Sylvester (Z_e, Z_f)", 4, 4, True), ("Stein (Z_0, Z_0^T)", 4, 4, True)],
    "ToeplitzProduct(8, 3)": [("Sylvester (Z_e, Z_f)", 6, 6, True)],
    "TriangularToeplitzProduct(8)": [("Stein (Z_0, Z_0^T)", 1, 1, True)],
    "ACDC(8)": [
        ("Sylvester (A T_Ch^T A^-1, T_Ch^T)", 0, 1, False),
        ("Sylvester (A (T_Ch^T + e_0 e_0^T) A^-1, T_Ch^T)", 1, 1, True),
    ],
    "Butterfly(8)": [("Sylvester (I, 0)", 8, 1, True)],
    "BlockButterfly(8, 2)": [("Sylvester (I, 0)", 8, 1, True)],
    "Kaleidoscope(8, 2)": [("Sylvester (I, 0)", 8, 1, True)],
    "Kaleidoscope(8, 1, 2)": [("Sylvester (I, 0)", 8, 1, True)],
    "OrthogonalKaleidoscope(8, 1)": [("Sylvester (I, 0)", 8, 1, True)],
    "Monarch(8, 2)": [("Sylvester (I, 0)", 8, 1, True)],
    "DiagonalCirculant(8, 2)": [("Sylvester (I, 0)", 8, 1, True)],
    "Householder(8, 2)": [("Sylvester (I, 0)", 8, 1, True)],
}
FULL_RANK_ONLY = [
    text for text, rows in EXPECTED.items() if [row[:2] for row in rows] == [("Sylvester (I, 0)", 8)]
]
SEED = 20240229


def prime_field(order: int) -> PrimeField:
    """A field of about 2^60 elements with a root of unity of the order."""
    p = 2**60 // order * order + 1
    while not fmpz(p).is_prime():
        p += order
    return GF(p)


def check_ranks(family: Family, seed: int) -> None:
    ring = prime_field(family.order)
    p = family.random(seed, ring)
    M = family.entries(p, ring)
    for structure in family.structures(p, ring):
        G, H = structure.generators()
        L = structure.displacement().residual(M, ring)
        assert equal(L, matmul(ring, G, H.T)), (family, structure.pair)
        found = rank(L, ring)
        assert found <= G.shape[1], (family, structure.pair)
        if min(family.shape) >= structure.attained_from:
            assert found == G.shape[1], (family, structure.pair)


def test_every_family_is_expected() -> None:
    assert {type(parse_family(text)).__name__ for text in EXPECTED} == set(FAMILIES)


@pytest.mark.parametrize("text", EXPECTED)
def test_rows_are_those_of_the_table(text: str) -> None:
    family = parse_family(text)
    ring = family.field()
    p = family.example(SEED)
    found = [
        (s.pair, s.rank, s.attained_from, is_invertible(s.displacement(), family.shape, ring))
        for s in family.structures(p, ring)
    ]
    assert found == EXPECTED[text]


@pytest.mark.parametrize("name", FAMILIES)
def test_rank_is_never_exceeded_and_is_attained(name: str) -> None:
    """All sizes with sides <= 12, modulo a prime: its ranks are lower bounds, the generators upper bounds."""
    for family in FAMILIES[name].up_to(12):
        check_ranks(family, SEED)


@pytest.mark.accept
@pytest.mark.parametrize("name", FAMILIES)
def test_rank_is_never_exceeded_and_is_attained_at_more_members(name: str) -> None:
    for family in FAMILIES[name].up_to(16):
        for seed in range(5):
            check_ranks(family, seed)


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize("corners", [(1, -1), (0, 0), (1, 1), ("2/3", -5)], ids=str)
def test_generators_are_exact_in_characteristic_0(name: str, corners: tuple[object, object]) -> None:
    for family in FAMILIES[name].up_to(5):
        ring = family.field()
        p = family.example(SEED)
        M = family.entries(p, ring)
        for structure in family.structures(p, ring, tuple(ring(c) for c in corners)):
            G, H = structure.generators()
            assert equal(structure.displacement().residual(M, ring), matmul(ring, G, H.T)), (
                family,
                structure.pair,
            )


@pytest.mark.parametrize("name", ["DFT", "DCT", "DST", "WalshHadamard"])
def test_transforms_are_exact_over_their_cyclotomic_field(name: str) -> None:
    """A fixed transform has no parameters: one exact instance for each n <= 12 is the whole identity."""
    for family in FAMILIES[name].up_to(12):
        ring = family.field()
        M = family.entries({}, ring)
        for structure in family.structures({}, ring, (ring(1), ring(3))):
            G, H = structure.generators()
            L = structure.displacement().residual(M, ring)
            assert equal(L, matmul(ring, G, H.T)), (family, structure.pair)
            if G.shape[1] == 0:
                assert not any(L.flat)


@pytest.mark.parametrize("n", range(2, 13))
def test_sines_of_type_1_are_exact_already_over_their_own_roots_of_unity(n: int) -> None:
    """The factor 1/(2i) cancels: zeta^k - zeta^-k over Q(zeta_(2n+2)) satisfies the same identity."""
    ring = Cyclotomic(2 * n + 2)
    z = [ring.zeta**k for k in range(2 * n + 2)]
    half = ring("1/2")
    M = matrix(n, n, lambda i, j: z[(i + 1) * (j + 1) % len(z)] - z[-(i + 1) * (j + 1) % len(z)])
    for i in range(n):
        c = (z[i + 1] + z[-i - 1]) * half
        for j in range(n):
            left = M[i, j - 1] if j > 0 else ring.zero
            right = M[i, j + 1] if j < n - 1 else ring.zero
            assert M[i, j] * c == (left + right) * half


def symbolic(family: Family) -> tuple[object, dict[str, object], tuple[object, object]]:
    """The family's parameters and two corners as independent variables."""
    count = sum(slot.size for slot in family.slots())
    ring = RationalFunctions("e", "f", *(f"p{k}" for k in range(count)))
    e, f, *variables = ring.variables
    stream = iter(variables)
    return ring, family.filled(lambda: next(stream)), (e, f)


SLOW = {"TridiagonalLDR": 2}  # at n = 3 its entries have numerators of degree 10 in 24 variables


@pytest.mark.parametrize("name", [k for k in FAMILIES if k not in ("DFT", "DCT", "DST", "ACDC")])
def test_generators_are_an_identity_in_the_parameters(name: str) -> None:
    for family in FAMILIES[name].up_to(3):
        if family.order > 2:
            continue
        if max(family.shape) > SLOW.get(name, 3) and not getattr(family, "krylov", False):
            continue
        ring, p, corners = symbolic(family)
        M = family.entries(p, ring)
        for structure in family.structures(p, ring, corners):
            G, H = structure.generators()
            L = structure.displacement().residual(M, ring)
            assert equal(L, matmul(ring, G, H.T)), (family, structure.pair)


@pytest.mark.parametrize("n", [3, 4])
def test_tridiagonal_generators_are_an_identity_along_lines(n: int) -> None:
    """All operator entries on a line c + d s, G and H free in t: an identity in s and t for random c, d."""
    family = parse_family(f"TridiagonalLDR({n}, 1)")
    ring = RationalFunctions("s", "t")
    s, t = ring.variables
    base, step = family.example(1), family.example(2)
    p = {
        k: array(ring, base[k]) + array(ring, step[k]) * (t if k in ("G", "H") else s)
        if base[k].size
        else base[k]
        for k in base
    }
    M = family.entries(p, ring)
    structure = family.structures(p, ring)[0]
    G, H = structure.generators()
    assert equal(structure.displacement().residual(M, ring), matmul(ring, G, H.T))


@pytest.mark.parametrize("n", range(1, 7))
def test_acdc_is_an_identity_in_its_parameters(n: int) -> None:
    """The residual is diag(a) times a map linear in d times powers of a that cancel: unit vectors d suffice."""
    family = parse_family(f"ACDC({n})")
    ring = family.field()
    for k in range(n):
        p = family.example(k)
        p["d"] = array(ring, [int(i == k) for i in range(n)])
        M = family.entries(p, ring)
        for structure in family.structures(p, ring):
            G, H = structure.generators()
            assert equal(structure.displacement().residual(M, ring), matmul(ring, G, H.T))


@pytest.mark.parametrize("text", [text for text in EXPECTED if text not in FULL_RANK_ONLY])
def test_one_changed_entry_exceeds_the_rank(text: str) -> None:
    """The entry in row 3, column 4 lies on no line of the parameters alone, so the changed matrix leaves the class."""
    family = parse_family(text)
    ring = prime_field(family.order)
    p = family.random(SEED, ring)
    M = family.entries(p, ring)
    M[3, 4] = M[3, 4] + ring.one
    for structure in family.structures(p, ring):
        stated = structure.rank
        assert rank(structure.displacement().residual(M, ring), ring) > stated, structure.pair


def test_degenerate_members_stay_below_the_stated_rank() -> None:
    family = parse_family("Toeplitz(6)")
    ring = QQ
    p = family.read({"t": [1] * 11}, ring)  # the matrix of ones: rank 1, and each shift changes one line only
    M = family.entries(p, ring)
    assert [rank(s.displacement().residual(M, ring), ring) for s in family.structures(p, ring, (1, 1))] == [
        0,
        0,
    ]


@settings(max_examples=80)
@given(data=st.data())
def test_low_rank_has_at_most_twice_its_rank_for_every_pair(data: st.DataObject) -> None:
    member = data.draw(members("LowRank", GF(7), 5))
    d = data.draw(operator_pairs(member.shape, GF(7)))
    assert rank(d.residual(member.entries(), GF(7)), GF(7)) <= 2 * member.family.rank


@pytest.mark.parametrize(("f", "expected"), [(1, 1), (-1, 1), (0, 2), (2, 2), ("1/3", 2)])
def test_f_circulants_measured_by_the_toeplitz_pair(f: object, expected: int) -> None:
    family = FCirculant(8, f)
    L = Sylvester(shift(f=1), shift(f=-1)).residual(family.entries(family.example(SEED), QQ), QQ)
    assert rank(L, QQ) == expected


@settings(max_examples=60)
@given(member=members("SubdiagonalLDR", QQ, 5))
def test_subdiagonal_operators_have_a_scalar_power_whatever_is_zero(member: Member) -> None:
    """A^n = (product of its n entries) I, also where some of them are zero."""
    n = member.shape[0]
    for operator, slot in zip(member.family.operators(member.params), "AB"):
        power = identity(QQ, n)
        for _ in range(n):
            power = operator.times(power, QQ)
        product = QQ.one
        for x in member.params[slot]:
            product = product * x
        assert equal(power, identity(QQ, n) * product)


@pytest.mark.parametrize("n", range(1, 7))
def test_subdiagonal_members_are_scaled_toeplitz_like(n: int) -> None:
    """With D = diag(1, s_1, s_1 s_2, ...): A = D Z_a D^-1, and D^-1 M E solves the pair (Z_a, Z_b)."""
    family = parse_family(f"SubdiagonalLDR({n}, 1)")
    p = family.example(SEED)
    scaled, corners = [], []
    for operator, slot in zip(family.operators(p), "AB"):
        d = [QQ.one]
        for s in p[slot][:-1]:
            d.append(d[-1] * s)
        corners.append(d[-1] * p[slot][-1])
        D, inverse = diagonal_matrix(d, QQ), diagonal_matrix([1 / x for x in d], QQ)
        assert equal(operator.matrix(QQ, n), matmul(QQ, D, shift(f=corners[-1]).matrix(QQ, n), inverse))
        scaled.append((D, inverse))
    (_, D_inverse), (E, _) = scaled
    T = matmul(QQ, D_inverse, family.entries(p, QQ), E)
    left = matmul(QQ, D_inverse, array(QQ, p["G"]))
    right = matmul(QQ, E, array(QQ, p["H"]))
    assert equal(
        Sylvester(shift(f=corners[0]), shift(f=corners[1])).residual(T, QQ), matmul(QQ, left, right.T)
    )


def test_the_two_meanings_of_a_learned_class_differ() -> None:
    """Same parameters: the Krylov sum has full Sylvester rank for (A, B), the solution has rank 1."""
    solution, krylov = parse_family("TridiagonalLDR(6, 1)"), parse_family("TridiagonalLDR(6, 1, true)")
    p = solution.example(SEED)
    pair = solution.structures(p, QQ)[0].displacement()
    ranks = [rank(pair.residual(f.entries(p, QQ), QQ), QQ) for f in (solution, krylov)]
    assert ranks == [1, 6]


@pytest.mark.parametrize("ring", [FLOAT64, Balls(64)], ids=str)
@pytest.mark.parametrize("name", FAMILIES)
@settings(max_examples=10)
@given(data=st.data())
def test_members_live_over_approximate_rings(name: str, ring: Ring, data: st.DataObject) -> None:
    member = data.draw(members(name, ring, 4))
    assert member.entries().shape == member.shape
