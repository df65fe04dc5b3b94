"""The definitions against numpy and scipy, the names, and everything the gallery refuses."""

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import scipy.fft
import scipy.linalg

from ldrtheory import GF, QQ, BadInput, Cyclotomic, NotInRing, ShapeMismatch, UnknownName
from ldrtheory.linalg import array, equal
from ldrtheory.synthesis import gallery
from ldrtheory.synthesis.gallery import NAMES, named
from tests.enclosures import rounded

# Transforms of unit vectors, n <= 8: columns have norms of at most 2 sqrt 8, and at most 5 stages of butterflies, each
# of relative error 7 u in norm (Higham, theorem 24.2): an entry is off by less than 200 u, u = 2^-53. In a product
# D C D C^-1 with diagonals of at most 8, entries of C of at most 2 and of C^-1 of at most 1, an entry is the sum of
# 8 terms, each off by 64 (2 + 1) 200 u and a few u: by less than 2^19 u in all, our own rounding included.
CLOSE = 2.0**-34


def columns(function, n):
    """The matrix of a linear function of vectors."""
    return np.stack([function(e) for e in np.eye(n)], axis=1)


def one_to(n):
    return np.arange(1, n + 1)


def haar(n):
    if n == 1:
        return np.ones((1, 1))
    return np.vstack([np.kron(haar(n // 2), [1, 1]), np.kron(np.eye(n // 2), [1, -1])])


def hd(n, *diagonals):
    M = np.eye(n)
    for d in diagonals:
        M = scipy.linalg.hadamard(n) @ np.diag(d) @ M
    return M


def fastfood(n):
    H, up, down = scipy.linalg.hadamard(n), np.diag(one_to(n)), np.diag(one_to(n)[::-1])
    P = np.zeros((n, n))
    for i in range(n):
        P[(3 * i + 1) % n, i] = 1
    return up @ H @ down @ P @ H @ up


def half_ends(n, first, last):
    d = np.full(n, 0.5)
    d[0], d[-1] = d[0] * first, d[-1] * last
    return np.diag(d)


def cosines(n, kind):
    """scipy's transforms have a factor 2, except on the first input of type 3 and on both ends of type 1."""
    M = columns(lambda x: scipy.fft.dct(x, kind), n)
    return M @ half_ends(n, 2 if kind in (1, 3) else 1, 2 if kind == 1 else 1)


def sines(n, kind):
    return columns(lambda x: scipy.fft.dst(x, kind), n) @ half_ends(n, 1, 2 if kind == 3 else 1)


def acdc(n):
    C = cosines(n, 2)
    inverse = 2 * columns(lambda x: scipy.fft.idct(x, 2), n)
    return np.diag(one_to(n)) @ C @ np.diag(one_to(n)[::-1]) @ inverse


def afdf(n):
    F = np.fft.fft(np.eye(n))
    return np.diag(one_to(n)) @ F @ np.diag(one_to(n)[::-1]) @ np.fft.ifft(np.eye(n))


def bit_reversal(n):
    L = n.bit_length() - 1
    return np.eye(n)[[int(f"{i:0{L}b}"[::-1], 2) if L else 0 for i in range(n)]]


ELSEWHERE = {
    "Identity": np.eye,
    "Diagonal": lambda n: np.diag(one_to(n)),
    "BitReversal": bit_reversal,
    "Hadamard": scipy.linalg.hadamard,
    "Haar": haar,
    "DFT": lambda n: np.fft.fft(np.eye(n)),
    "InverseDFT": lambda n: np.fft.ifft(np.eye(n)),
    "Circulant": lambda n: scipy.linalg.circulant(one_to(n)),
    "Toeplitz": lambda n: np.subtract.outer(np.arange(n), np.arange(n)),
    "LinearConvolution": lambda n: columns(lambda x: np.convolve(one_to(n), x), n),
    "AFDF": afdf,
    "DCT": lambda n: cosines(n, 2),
    "DST": lambda n: sines(n, 2),
    "Fastfood": fastfood,
    "HD3": lambda n: hd(n, one_to(n), one_to(n)[::-1], one_to(n)),
    "ACDC": acdc,
}


def test_every_entry_is_compared():
    assert list(ELSEWHERE) == list(NAMES)


ROUNDED = ("DFT", "InverseDFT", "AFDF", "DCT", "DST", "ACDC")
ONLY_POWERS = ("BitReversal", "Hadamard", "Haar", "Fastfood", "HD3")
PAIRS = [
    (name, n) for name in ELSEWHERE for n in (1, 2, 3, 4, 5, 8) if n not in (3, 5) or name not in ONLY_POWERS
]


@pytest.mark.parametrize(("name", "n"), PAIRS)
def test_definitions_agree_with_numpy_and_scipy(name, n):
    found, elsewhere = named(f"{name}({n})"), ELSEWHERE[name](n)
    for M in (found.matrix, found.product.entries()):
        if name in ROUNDED:
            assert np.abs(rounded(M) - elsewhere).max() < CLOSE
        else:  # small integers: exact in float64
            assert equal(M, array(found.ring, elsewhere))


@pytest.mark.parametrize("n", [2, 3, 4, 6, 8])
@pytest.mark.parametrize("kind", [1, 2, 3, 4])
def test_cosines_and_sines_of_every_type_agree_with_scipy(n, kind):
    for name, elsewhere in (("DCT", cosines), ("DST", sines)):
        found = named(f"{name}({n}, {kind})")
        assert np.abs(rounded(found.product.entries()) - elsewhere(n, kind)).max() < CLOSE


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (" d f t ( 8 )", "DFT(8)"),
        ("fft(4)", "DFT(4)"),
        ("Inverse-DFT(4)", "InverseDFT(4)"),
        ("DFT^-1(4)", "InverseDFT(4)"),
        ("dct(4)", "DCT(4, 2)"),
        ("DST(type=4, n = 2)", "DST(2, 4)"),
        ("(HD)^3(4)", "HD3(4)"),
        ("A F D F^-1 (3)", "AFDF(3)"),
        ("toeplitz(3)", "Toeplitz(3)"),
        ("TOEPLITZ(2, 5)", "Toeplitz(2, 5)"),
        ("Walsh_Hadamard(4)", "Hadamard(4)"),
        ("convolution(2)", "LinearConvolution(2)"),
    ],
)
def test_names_as_they_may_be_written(text, name):
    found = named(text)
    assert found.name == name
    assert named(found.name).name == name
    assert equal(found.matrix, found.product.entries())


def test_what_a_name_carries():
    found = named("DFT(8)")
    assert found.published == (2, Fraction(1), "Dao et al., Kaleidoscope (ICLR 2020)")
    assert found.ring == found.product.field == Cyclotomic(16)
    assert "circulant" in found.why
    assert named("DFT(6)").published is None
    assert named("Haar(4)").published is None
    assert NAMES["DFT"].signature == "DFT(n)"


def test_vectors_from_files(tmp_path):
    (tmp_path / "My c.json").write_text(json.dumps(["1/2", 3, -1, 0]))
    np.save(tmp_path / "t.npy", np.array([0.5, 1, 2, 3, 4]))
    (tmp_path / "z.json").write_text(json.dumps({"field": "GF(17)", "entries": [[1, 2, 3, 16]]}))
    found = named("circulant(My c.json)", folder=tmp_path)
    assert found.name == "Circulant(My c.json)"
    assert found.product.entries()[1].tolist() == [3, QQ("1/2"), 0, -1]
    T = named("Toeplitz(t.npy)", folder=tmp_path)
    assert T.product.entries().tolist() == [[2, 1, QQ("1/2")], [3, 2, 1], [4, 3, 2]]
    assert equal(T.matrix, T.product.entries())
    C = named("Circulant(z.json)", folder=tmp_path)
    assert (C.ring, C.product.size) == (GF(17), 4)
    assert equal(C.matrix, C.product.entries())
    assert named("LinearConvolution(z.json)", folder=tmp_path).product.shape == (7, 4)
    assert named("Diagonal(z.json)", folder=tmp_path).product.kind == "B"


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("DFTT(8)", UnknownName, "did you mean 'DFT'"),
        ("Circulent(8)", UnknownName, "did you mean 'Circulant'"),
        ("", BadInput, "no gallery name"),
        ("8", BadInput, "no gallery name"),
        ("DFT(8", BadInput, "no gallery name"),
        ("__import__('os')", BadInput, "no gallery name"),
        ("D" * 5000 + "(8)", BadInput, "no gallery name"),
        ("DFT", BadInput, "DFT without a size; wanted DFT"),
        ("DFT()", BadInput, "n missing"),
        ("DFT(0)", BadInput, "n=0; wanted a whole number from 1"),
        ("DFT(-4)", BadInput, "'-4' is no size"),
        ("DFT(2**3)", BadInput, "is no size"),
        ("DFT(8, 8)", BadInput, "one size too many"),
        ("DFT(n=8, n=8)", BadInput, "given twice"),
        ("DFT(m=8)", UnknownName, "unknown size of DFT 'm'"),
        ("DFT(9999999999)", BadInput, "from 1 to 1048576"),
        ("DFT(c.json)", BadInput, "is no size"),
        ("DCT(8, 5)", BadInput, "type from 1 to 4"),
        ("DCT(1, 1)", BadInput, "n of at least 2"),
        ("Hadamard(12)", BadInput, "sizes 1, 2, 4, 8, 16, ...; got 12: take 8 or 16"),
        ("Haar(6)", BadInput, "got 6: take 4 or 8"),
        ("Fastfood(3)", BadInput, "got 3"),
        ("HD3(5)", BadInput, "got 5"),
        ("BitReversal(6)", BadInput, "got 6"),
        ("Circulant(missing.json)", BadInput, "missing.json"),
        ("DFT(65536)", BadInput, "GiB"),
    ],
)
def test_texts_that_are_refused(text, error, message, tmp_path):
    with pytest.raises(error, match=message.replace("(", r"\(").replace("*", r"\*")):
        named(text, folder=tmp_path)


@pytest.mark.parametrize(
    ("text", "field", "order", "enough", "prime"),
    [
        ("DFT(8)", "Q(zeta_8)", 16, "Q(zeta_16)", 17),
        ("DFT(8)", "Q", 16, "Q(zeta_16)", 17),
        ("DFT(8)", "GF(41)", 16, "Q(zeta_16)", 17),  # 41 = 1 mod 8, not mod 16
        ("DFT(2)", "GF(2)", 2, "Q", 3),
        ("InverseDFT(3)", "GF(7)", 24, "Q(zeta_24)", 73),
        ("Circulant(4)", "Q", 4, "Q(zeta_4)", 5),
        ("Circulant(3)", "Q(zeta_3)", 8, "Q(zeta_8)", 17),
        ("Toeplitz(4)", "GF(5)", 8, "Q(zeta_8)", 17),
        ("LinearConvolution(2)", "Q", 4, "Q(zeta_4)", 5),
        ("AFDF(4)", "GF(3)", 4, "Q(zeta_4)", 5),
        ("DCT(4)", "Q(zeta_8)", 16, "Q(zeta_16)", 17),
        ("DCT(4, 4)", "Q(zeta_16)", 32, "Q(zeta_32)", 97),
        ("ACDC(8)", "GF(17)", 32, "Q(zeta_32)", 97),
    ],
)
def test_a_field_without_the_root_is_refused_with_the_fields_that_have_it(text, field, order, enough, prime):
    with pytest.raises(NotInRing) as refusal:
        named(text, field)
    message = str(refusal.value)
    assert f"root of unity of order {order}," in message
    assert f"; {enough} is the smallest cyclotomic field" in message
    assert f"p = 1 mod {order}, such as {prime}:" in message
    for sufficient in (enough, f"GF({prime})"):
        found = named(text, sufficient)
        assert equal(found.matrix, found.product.entries())


def test_a_larger_field_than_necessary():
    found = named("DFT(4)", "Q(zeta_12)")
    assert found.ring == Cyclotomic(12)
    assert equal(found.matrix, found.product.entries())
    with pytest.raises(NotInRing, match=r"Q\(zeta_48\) holds Q\(zeta_12\) too"):
        named("DFT(8)", "Q(zeta_12)")


def test_the_field_of_the_entries_is_kept():
    assert gallery.circulant([Cyclotomic(3).zeta, 0, 0, 0]).field == Cyclotomic(12)
    assert gallery.circulant([GF(13)(k) for k in range(4)]).field == GF(13)
    with pytest.raises(NotInRing, match=r"order 8,.*Q.zeta_8.*p = 1 mod 8"):
        gallery.circulant([GF(13)(k) for k in range(8)])
    with pytest.raises(BadInput, match="unknown field"):
        gallery.dft(4, "R")


def test_rectangular_toeplitz_and_wrapping():
    K = gallery.toeplitz(range(6), rows=4)  # 4 x 3
    assert K.entries().tolist() == [[2, 1, 0], [3, 2, 1], [4, 3, 2], [5, 4, 3]]
    assert (K.size, K.shape) == (8, (4, 3))
    wrapped = gallery.toeplitz([2, 3, 4, 1, 2, 3, 4])  # a 4 x 4 circulant: no expansion
    assert (wrapped.size, wrapped.entries()[0].tolist()) == (4, [1, 4, 3, 2])
    assert gallery.linear_convolution([1, 2, 3], columns=6).size == 8
    for arguments in ({"rows": 4, "columns": 4}, {}):
        with pytest.raises(ShapeMismatch):
            gallery.toeplitz(range(6), **arguments)


def test_vectors_that_do_not_fit():
    with pytest.raises(BadInput, match="empty"):
        gallery.circulant([])
    with pytest.raises(ShapeMismatch, match="diagonals of 2 and 3"):
        gallery.afdf([1, 2], [1, 2, 3])
    with pytest.raises(ShapeMismatch, match="diagonals of 2 and 1"):
        gallery.acdc([1, 2], [1])
    with pytest.raises(ShapeMismatch, match="diagonals of 2 and 1 entries"):
        gallery.hd3([1, 2], [1], [1, 2])
    with pytest.raises(ShapeMismatch, match="permutation of 3"):
        gallery.fastfood([1, 2], [1, 2], [0, 1, 2], [1, 2])
    with pytest.raises(BadInput, match="not a permutation"):
        gallery.fastfood([1, 2], [1, 2], [0, 0], [1, 2])


def test_a_dense_definition_beyond_memory_is_refused():
    found = named("Identity(4096)")
    with pytest.raises(BadInput, match="4096 x 4096 entries"):
        _ = found.matrix


def test_the_page_lists_every_signature_with_its_statement():
    page = (Path(__file__).resolve().parents[2] / "docs" / "gallery.md").read_text(encoding="utf-8")
    listed = dict(line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| `"))
    assert {k.replace("`", ""): v for k, v in listed.items()} == {
        e.signature: e.statement for e in NAMES.values()
    }
