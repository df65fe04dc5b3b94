"""Families: names and sizes, parameters refused, entries against numpy, scipy, sympy and hand computation."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.fft
import scipy.linalg
import sympy

from ldrtheory.elimination import determinant
from ldrtheory.errors import BadInput, NotInRing, ShapeMismatch, UnknownName
from ldrtheory.families import (
    DCT,
    DFT,
    DST,
    Bezoutian,
    Cauchy,
    ChebyshevVandermonde,
    Circulant,
    Companion,
    Dense,
    FCirculant,
    Hankel,
    InverseToeplitz,
    LowRank,
    Member,
    Pick,
    PolynomialVandermonde,
    Resultant,
    SubdiagonalLDR,
    Toeplitz,
    ToeplitzLike,
    TridiagonalLDR,
    Vandermonde,
    WalshHadamard,
    degree,
    parameter_count,
    parse_family,
)
from ldrtheory.families.division_free import adjugate, characteristic_coefficients
from ldrtheory.linalg import array, equal, identity, matmul
from ldrtheory.rings import GF, QQ, Cyclotomic
from tests.enclosures import rounded


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("SubdiagonalLDR(n=8, rank=1)", SubdiagonalLDR(8, 1)),
        (" subdiagonal ldr ( N = 8 , RANK=2, krylov=TRUE )", SubdiagonalLDR(8, 2, True)),
        ("toeplitz(8)", Toeplitz(8)),
        ("Toeplitz(rows=3, columns=5)", Toeplitz(rows=3, columns=5)),
        ("toeplitz(rows=4,columns=4)", Toeplitz(4)),
        ("FCirculant(4, -1/2)", FCirculant(4, "-1/2")),
        ("Resultant(m=2, n=3)", Resultant(2, 3)),
        ("DCT(8, type=4)", DCT(8, 4)),
        ("LowRank(rows=3, columns=4, rank=2)", LowRank(rows=3, columns=4, rank=2)),
        ("tridiagonal_ldr(3)", TridiagonalLDR(3, 1)),
    ],
)
def test_parse_family(text: str, family: object) -> None:
    assert parse_family(text) == family
    assert parse_family(str(family)) == family


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("Toeplits(8)", UnknownName, "did you mean 'Toeplitz'"),
        ("Toeplitz(0)", BadInput, "Toeplitz wants n of at least 1; got n=0"),
        ("Toeplitz(-3)", BadInput, "at least 1"),
        ("Toeplitz(1.5)", BadInput, "Toeplitz wants an integer n"),
        ("Toeplitz(true)", BadInput, "integer n"),
        ("Toeplitz()", BadInput, "wants n, or both rows and columns; rows is missing"),
        ("Toeplitz", BadInput, "rows is missing"),
        ("Toeplitz(rows=3)", BadInput, "columns is missing"),
        ("Toeplitz(n=3, rows=4, columns=4)", BadInput, "not both"),
        ("Toeplitz(3, 4)", BadInput, "'4' is one too many"),
        ("Toeplitz(n=3, n=4)", BadInput, "the size n is given twice"),
        ("Toeplitz(m=3)", UnknownName, "unknown size of Toeplitz 'm'"),
        ("Toeplitz(n=three)", BadInput, "n='three' is not a size"),
        ("Toeplitz(8", BadInput, "is not a family"),
        ("", BadInput, "is not a family"),
        ("SubdiagonalLDR(n=4, rank=5)", BadInput, "rank of at most 4, its smaller side; got rank=5"),
        ("SubdiagonalLDR(n=4, rank=0)", BadInput, "rank of at least 1"),
        ("SubdiagonalLDR(n=4, rank=1, krylov=2)", BadInput, "krylov to be true or false"),
        ("LowRank(rows=2, columns=5, rank=3)", BadInput, "rank of at most 2"),
        ("FCirculant(3)", BadInput, "missing: f"),
        ("FCirculant(3, x)", BadInput, "f='x' is not a size"),
        ("DCT(8, 5)", BadInput, "type from 1 to 4; got type=5"),
        ("DCT(1, 1)", BadInput, "type 1 wants n of at least 2"),
        ("WalshHadamard(6)", BadInput, "power of two; got n=6"),
        ("Resultant(3)", BadInput, "missing: n"),
        ("Resultant(0, 3)", BadInput, "m of at least 1"),
        ("Dense(3)", BadInput, "missing: columns"),
        ("Circulant(" + "9" * 400 + ")", BadInput, "integer n"),
    ],
)
def test_parse_family_refuses(text: str, error: type[Exception], message: str) -> None:
    with pytest.raises(error) as refusal:
        parse_family(text)
    assert message in str(refusal.value)


def test_parameters_are_refused_with_reasons() -> None:
    with pytest.raises(
        ShapeMismatch, match=r'params\["G"\] of shape \(8, 2\).*got \(2, 8\).*looks transposed'
    ):
        SubdiagonalLDR(8, 2).read({"A": [1] * 8, "B": [0] * 8, "G": [[1] * 8] * 2, "H": [[1] * 2] * 8}, QQ)
    with pytest.raises(BadInput, match="missing: t; unknown: s"):
        Toeplitz(2).read({"s": [1, 2, 3]}, QQ)
    with pytest.raises(BadInput, match=r"nodes s\[1\] and t\[2\] coincide \(both are 3/4\)"):
        Cauchy(3).read({"s": [0, "3/4", 2], "t": [4, 5, "0.75"]}, QQ)
    with pytest.raises(BadInput, match=r"s\[0\] and t\[1\] coincide"):
        Cauchy(2).read({"s": [1, 2], "t": [0, 8]}, GF(7))  # 8 = 1 modulo 7
    with pytest.raises(BadInput, match=r"z\[0\] z\[1\] = 1"):
        Pick(2).read({"x": [1, 1], "y": [1, 1], "z": [2, "1/2"]}, QQ)
    with pytest.raises(BadInput, match=r"z\[0\] z\[0\] = 1"):
        Pick(1).read({"x": [1], "y": [1], "z": [-1]}, QQ)
    with pytest.raises(BadInput, match=r"a\[1\] is zero"):
        PolynomialVandermonde(3).read({"x": [1, 2, 3], "a": [1, 0], "b": [0, 0], "c": [1]}, QQ)
    with pytest.raises(BadInput, match="products of A and of B are equal"):
        SubdiagonalLDR(2).read({"A": [2, 3], "B": [6, 1], "G": [[1], [0]], "H": [[1], [0]]}, QQ)
    with pytest.raises(BadInput, match="share an eigenvalue"):
        TridiagonalLDR(2).read(
            {
                "A_sub": [1], "A_main": [0, 0], "A_super": [2],  # eigenvalues +- sqrt 2: no rational one is shared
                "B_sub": [2], "B_main": [0, 0], "B_super": [1],
                "G": [[1], [0]], "H": [[1], [0]],
            },
            QQ,
        )  # fmt: skip
    with pytest.raises(BadInput, match="singular and has no inverse"):
        InverseToeplitz(2).read({"t": [1, 1, 1]}, QQ)
    with pytest.raises(BadInput, match="characteristic 2"):
        ToeplitzLike(2).read({"G": [[1], [0]], "H": [[1], [0]]}, GF(2))
    with pytest.raises(BadInput, match="'x' is not an exact number"):
        Toeplitz(1).read({"t": ["x"]}, QQ)
    with pytest.raises(NotInRing, match="primitive root of unity of order 3"):
        DFT(3).entries({}, QQ)


def test_krylov_accepts_a_singular_pair() -> None:
    p = {"A": [1, 1], "B": [1, 1], "G": [[1], [0]], "H": [[1], [0]]}
    M = SubdiagonalLDR(2, 1, True).entries(SubdiagonalLDR(2, 1, True).read(p, QQ), QQ)
    assert M.tolist() == [[1, 0], [0, 1]]  # e_0 e_0^T + A e_0 e_0^T B = e_0 e_0^T + e_1 e_1^T


@pytest.mark.parametrize("n", [1, 2, 3, 5, 8])
def test_transforms_agree_with_scipy(n: int) -> None:
    """Columns have norms of at most 2 sqrt 8 < 6, and at most 5 stages of butterflies, each of relative error 7 u in
    norm (Higham, theorem 24.2): entries are off by less than 210 u, and ours, rounded once from balls, by 4 u.
    """
    close = 2.0**-45  # 256 u

    def numeric(family: DFT | DCT | DST) -> np.ndarray:
        return rounded(family.entries({}, family.field()))

    columns = np.eye(n)
    if n in (1, 2):  # the field is Q there
        assert equal(DFT(n).entries({}, QQ), array(QQ, [[1], [1]][:n] if n == 1 else [[1, 1], [1, -1]]))
    else:
        assert np.abs(numeric(DFT(n)) - np.fft.fft(columns, axis=0)).max() <= close
    scale = np.full((n, n), 2.0)
    first_halved = scale.copy()
    first_halved[:, 0] = 1
    both_halved = first_halved.copy()
    both_halved[:, -1] = 1
    last_halved = scale.copy()
    last_halved[:, -1] = 1
    for kind, weights in ((2, scale), (3, first_halved), (4, scale), (1, both_halved)):
        if kind > 1 or n > 2:
            theirs = scipy.fft.dct(columns, kind, axis=0) / weights
            assert np.abs(numeric(DCT(n, kind)) - theirs).max() <= close, kind
    for kind, weights in ((1, scale), (2, scale), (3, last_halved), (4, scale)):
        theirs = scipy.fft.dst(columns, kind, axis=0) / weights
        assert np.abs(numeric(DST(n, kind)) - theirs).max() <= close, kind


def test_entries_agree_with_numpy_and_scipy() -> None:
    c, r = [1, 2, 3, 4], [1, 7, 8]
    assert equal(
        Toeplitz(rows=4, columns=3).entries({"t": [8, 7, 1, 2, 3, 4]}, QQ),
        scipy.linalg.toeplitz(c, r).astype(object),
    )
    assert equal(
        Hankel(rows=4, columns=3).entries({"h": [1, 2, 3, 4, 5, 6]}, QQ),
        scipy.linalg.hankel(c, [4, 5, 6]).astype(object),
    )
    assert equal(Circulant(4).entries({"c": c}, QQ), scipy.linalg.circulant(c).astype(object))
    assert equal(WalshHadamard(8).entries({}, QQ), scipy.linalg.hadamard(8).astype(object))
    assert equal(
        Vandermonde(rows=4, columns=3).entries({"x": c}, QQ), np.vander(c, 3, increasing=True).astype(object)
    )
    chebyshev = np.polynomial.chebyshev.chebvander(
        np.array(c, dtype=float), 4
    )  # small integers: exact in float64
    assert equal(
        ChebyshevVandermonde(rows=4, columns=5).entries({"x": array(QQ, c)}, QQ), array(QQ, chebyshev)
    )
    companion = scipy.linalg.companion([1, -7, -8, -9])[::-1, ::-1].T  # scipy's has 7 8 9 in its first row
    assert equal(Companion(3).entries({"c": [9, 8, 7]}, QQ), array(QQ, companion))


def test_resultant_determinant_agrees_with_sympy() -> None:
    x = sympy.Symbol("x")
    a, b = [3, -1, 2, 5], [4, 0, -7]  # highest coefficient first
    expected = sympy.resultant(sympy.Poly(a, x), sympy.Poly(b, x))
    M = Resultant(3, 2).entries({"a": array(QQ, a), "b": array(QQ, b)}, QQ)
    assert determinant(array(QQ, M), QQ) == int(expected)


def test_bezoutian_is_its_definition() -> None:
    x, y = sympy.symbols("x y")
    a, b = [2, -3, 5, 7], [1, 4, -6, 2]
    at = [sum(c * v**k for k, c in enumerate(p)) for p in (a, b) for v in (x, y)]
    quotient = sympy.Poly(sympy.cancel((at[0] * at[3] - at[1] * at[2]) / (x - y)), x, y)
    expected = [[int(quotient.coeff_monomial(x**i * y**j)) for j in range(3)] for i in range(3)]
    assert Bezoutian(3).entries({"a": array(QQ, a), "b": array(QQ, b)}, QQ).tolist() == expected


def test_inverse_toeplitz_inverts() -> None:
    family = InverseToeplitz(5)
    p = family.example(4)
    assert equal(matmul(QQ, Toeplitz(5).entries(p, QQ), family.entries(p, QQ)), identity(QQ, 5))


def test_inverse_of_a_toeplitz_matrix_with_vanishing_corner_minor() -> None:
    """T = [[0, 1], [1, 0]]: x_0 = 0, so no Gohberg-Semencul formula; the Sylvester pair still has its generator."""
    family = InverseToeplitz(2)
    p = family.read({"t": [1, 0, 1]}, QQ)
    structure = family.structures(p, QQ)[0]
    G, H = structure.generators()
    assert equal(structure.displacement().residual(family.entries(p, QQ), QQ), matmul(QQ, G, H.T))


def test_counts_by_hand() -> None:
    """The published counts: 2nr Toeplitz-like, 2nr + 2n subdiagonal, 2nr + 6n tridiagonal; degrees 2n and (n+1, n)."""
    assert [parameter_count(f) for f in (ToeplitzLike(8, 2), SubdiagonalLDR(8, 2), TridiagonalLDR(8, 2))] == [
        32,
        48,
        80,
    ]
    assert parameter_count(TridiagonalLDR(2)) == 2 * 2 + 8  # no corners below n = 3
    for n in range(1, 6):
        assert degree(SubdiagonalLDR(n, 1, True)) == (2 * n, 0)
        assert degree(SubdiagonalLDR(n, 1)) == (n + 1, n)
        assert degree(TridiagonalLDR(n, 1)) == (n * n + 1, n * n)


def test_division_free_determinants() -> None:
    A = array(QQ, [[2, -1, 0], [3, 5, "1/2"], [7, 0, 4]])
    adj, det = adjugate(A, QQ)
    assert det == determinant(A, QQ) == QQ("97/2")  # 2*20 + 1*(12 - 7/2)
    assert equal(matmul(QQ, A, adj), identity(QQ, 3) * det)
    assert characteristic_coefficients(A, QQ) == [QQ("-97/2"), 8 + 20 + 10 + 3, -11, 1]


def test_members() -> None:
    member = Member.read(Cauchy(2), {"s": [1, 2], "t": [0, 5]}, QQ)
    assert member.shape == (2, 2)
    assert member.multiply(array(QQ, [4, 0])).tolist() == [4, 2]
    assert repr(member) == "Member.read(Cauchy(n=2), {'s': [1, 2], 't': [0, 5]}, QQ)"
    assert [s.pair for s in member.structures()] == ["Sylvester (D_s, D_t)", "Stein (D_s^-1, D_t)"]


def test_examples_repeat_and_differ() -> None:
    family = TridiagonalLDR(4, 2)
    assert str(family.example(3)) == str(family.example(3)) != str(family.example(4))


def test_fields() -> None:
    assert DFT(2).field() == QQ
    assert DST(3, 1).field() == Cyclotomic(8)
    assert not DFT(3).lives_in(GF(5))
    assert DFT(4).lives_in(GF(5))


@pytest.mark.parametrize(
    ("cls", "expected"),
    [
        (Circulant, {"Circulant(n=1)", "Circulant(n=2)"}),
        (FCirculant, {f"FCirculant(n={n}, f={f})" for n in (1, 2) for f in (-1, 0, 2)}),
        (Hankel, {"Hankel(n=1)", "Hankel(n=2)", "Hankel(rows=1, columns=2)", "Hankel(rows=2, columns=1)"}),
        (Dense, {f"Dense(rows={m}, columns={n})" for m in (1, 2) for n in (1, 2)}),
        (Resultant, {"Resultant(m=1, n=1)"}),
        (DST, {f"DST(n={n}, type={t})" for n in (1, 2) for t in (1, 2, 3, 4)}),
        (DCT, {f"DCT(n={n}, type={t})" for n in (1, 2) for t in (1, 2, 3, 4)} - {"DCT(n=1, type=1)"}),
        (WalshHadamard, {"WalshHadamard(n=1)", "WalshHadamard(n=2)"}),
        (ToeplitzLike, {"ToeplitzLike(n=1, rank=1)", "ToeplitzLike(n=2, rank=1)", "ToeplitzLike(n=2, rank=2)"}),
    ],
)  # fmt: skip
def test_instances_up_to_size_2(cls: type, expected: set[str]) -> None:
    """The sweeps of the laws visit exactly these, each once."""
    found = [str(family) for family in cls.up_to(2)]
    assert set(found) == expected
    assert len(found) == len(expected)
