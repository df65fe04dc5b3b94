"""Every entry of the gallery equals its definition exactly, in the widths and sizes that are promised."""

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from flint import fmpz

from ldrtheory import GF, QQ, Cyclotomic
from ldrtheory.kaleidoscopes import ButterflyFactor
from ldrtheory.linalg import equal, matmul
from ldrtheory.synthesis import gallery
from ldrtheory.synthesis.gallery import NAMES, named
from ldrtheory.synthesis.membership import bb_star_membership_4
from tests.laws.sizes import power_of_two

POWERS = (2, 4, 8, 16, 32)
EVERY = ("DFT", "InverseDFT", "Circulant", "Toeplitz", "LinearConvolution", "AFDF")
TRIGONOMETRIC = [f"{name}({{}}, {kind})" for name in ("DCT", "DST") for kind in (2, 3, 4)]
TEXTS = [f"{name}({{}})" for name in NAMES if name not in ("DCT", "DST")] + TRIGONOMETRIC

# the widths and expansions that must be held or beaten for n = 2^L
BOUNDS = {
    "Identity": (1, 1),
    "Diagonal": (1, 1),
    "BitReversal": (1, 1),
    "Hadamard": (1, 1),
    "Haar": (2, 1),
    "DFT": (1, 1),
    "InverseDFT": (1, 1),
    "Circulant": (1, 1),
    "Toeplitz": (1, 2),
    "LinearConvolution": (1, 2),
    "AFDF": (1, 1),
    "DCT": (2, 2),
    "DST": (2, 2),
    "Fastfood": (2, 1),
    "HD3": (2, 1),
    "ACDC": (2, 2),
}


def exact(found):
    """Whether the corner is the definition, and the product promises no less than it stores."""
    K = found.product
    assert equal(K.entries(), found.matrix), found.name
    assert K.parameters <= 4 * K.width * K.size * int(math.log2(K.size)), found.name
    return K


@pytest.mark.parametrize("n", POWERS)
@pytest.mark.parametrize("text", TEXTS)
def test_powers_of_two(text, n):
    K = exact(named(text.format(n)))
    width, expansion = BOUNDS[text.partition("(")[0]]
    assert K.width <= width
    assert K.size <= power_of_two(max(2, expansion * n))
    if n == 4 and text in ("DCT({}, 2)", "DCT({}, 3)", "DST({}, 2)", "DST({}, 3)"):
        assert (K.width, K.size) == (1, 4)
    if text.startswith(("Hadamard", "Diagonal", "Identity")):
        assert K.kind == "B"


@pytest.mark.parametrize("n", range(1, 13))
@pytest.mark.parametrize("name", EVERY)
def test_every_size_to_twelve(name, n):
    K = exact(named(f"{name}({n})"))
    assert K.width == 1
    assert K.size <= power_of_two(max(2, 2 * n - 1))
    if n & (n - 1) == 0 and name in ("DFT", "InverseDFT", "Circulant", "AFDF"):
        assert K.size == power_of_two(max(2, n))


@pytest.mark.parametrize("n", [3, 5, 6, 7, 12])
@pytest.mark.parametrize("name", ["DCT", "DST", "ACDC"])
def test_trigonometric_transforms_of_other_sizes(name, n):
    for kind in (1, 2, 3, 4) if name != "ACDC" else (2,):
        K = exact(named(f"{name}({n}, {kind})" if name != "ACDC" else f"ACDC({n})"))
        assert (K.width, K.size) == (1 + (name == "ACDC"), 2 * power_of_two(max(2, 2 * n - 1)))


def prime_with(order):
    p = 10**6 // order * order + 1
    while not fmpz(p).is_prime():
        p += order
    return GF(p)


@pytest.mark.parametrize("n", [2, 4, 8, 16])
@pytest.mark.parametrize("text", TEXTS)
def test_over_a_prime_field(text, n):
    found = named(text.format(n), prime_with(8 * n))
    assert found.ring.characteristic > 0
    exact(found)


@pytest.mark.parametrize("n", [3, 5, 6, 7, 9, 12])
@pytest.mark.parametrize("name", ["DFT", "InverseDFT", "Circulant", "AFDF", "DCT", "DST"])
def test_over_a_prime_field_at_other_sizes(name, n):
    exact(named(f"{name}({n})", prime_with(math.lcm(4 * n, power_of_two(max(2, 2 * n - 1))))))


def test_entries_without_roots_live_in_every_field():
    for field in ("Q", "GF(2)", "GF(3)", "GF(7)", "Q(zeta_5)"):
        for text in ("Hadamard(8)", "Haar(8)", "Fastfood(4)", "HD3(8)", "BitReversal(8)", "Diagonal(5)"):
            exact(named(text, field))


def test_the_smallest_field_of_each():
    """zeta_2n for the DFT and Toeplitz, zeta_n for a circulant, zeta_4n and zeta_8n for cosines and sines."""
    for n in (4, 8, 16):
        order = {"DFT": 2 * n if n > 4 else n, "Circulant": n, "AFDF": n, "Toeplitz": 2 * n, "ACDC": 4 * n}
        for name, N in order.items():
            assert named(f"{name}({n})").ring == Cyclotomic(N)
        assert named(f"DCT({n})").ring == named(f"DST({n}, 3)").ring == Cyclotomic(4 * n)
        assert named(f"DCT({n}, 4)").ring == Cyclotomic(8 * n)
    assert named("Circulant(2)").ring == named("DFT(2)").ring == named("Toeplitz(2)").ring == QQ


def test_random_circulants_and_toeplitz_matrices_with_fractions():
    rng = np.random.default_rng(3)
    for n in (2, 3, 4, 6, 8):
        c = [Fraction(int(a), int(b)) for a, b in rng.integers(1, 9, (n, 2))]
        C = gallery.circulant(c).entries()
        assert all(C[i, j] == QQ(c[(i - j) % n]) for i in range(n) for j in range(n))
        m = int(rng.integers(1, 9))
        t = rng.integers(-5, 6, m + n - 1).tolist()
        T = gallery.toeplitz(t, rows=m).entries()
        assert all(T[i, j] == t[i - j + n - 1] for i in range(m) for j in range(n))


def test_the_dft_times_its_inverse():
    for n in (2, 3, 4, 8):
        F, G = gallery.dft(n).entries(), gallery.inverse_dft(n).entries()
        assert equal(matmul(gallery.dft(n).field, F, G), np.eye(n, dtype=int).astype(object))


def test_one_wrong_number_in_a_factor_is_noticed():
    """Equality with the definition is a test that can fail: every single nonzero number matters in F_8."""
    found = named("DFT(8)")
    K = found.product
    for t, factor in enumerate(K.factors):
        for i in np.flatnonzero(factor.diagonal != 0):
            d = factor.diagonal.copy()
            d[i] = d[i] + 1
            changed = [*K.factors]
            changed[t] = ButterflyFactor(factor.bit, d, factor.offdiagonal)
            assert not equal(replace(K, factors=tuple(changed)).entries(), found.matrix)


def test_haar_of_four_is_in_one_bb_star_over_the_root_of_two_only():
    """X = K00 K10^-1 K11 K01^-1 has trace -6 and determinant 1 (by hand): eigenvalues -3 +- 2 sqrt 2."""
    haar = gallery.haar(4).entries()
    assert bb_star_membership_4(haar, QQ).answer is False
    assert bb_star_membership_4(haar, Cyclotomic(8)).answer is True
