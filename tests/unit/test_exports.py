"""Ways out of exact factors: values by hand and from other systems, round trips, and what is refused.

torch_butterfly itself is no dependency; its published multiply formula is written here anew, as an einsum, and run in
numpy always and in torch where torch is installed.
"""

from __future__ import annotations

import random
from fractions import Fraction

import mpmath
import numpy as np
import pytest

from ldrtheory import (
    FLOAT64,
    GF,
    QQ,
    Balls,
    Butterfly,
    ButterflyFactor,
    Cyclotomic,
    Kaleidoscope,
    KaleidoscopeProduct,
    Monarch,
)
from ldrtheory.errors import BadInput, ShapeMismatch
from ldrtheory.families import Member
from ldrtheory.kaleidoscopes import bit_pattern
from ldrtheory.kaleidoscopes.layouts import (
    BlockDiagonals,
    from_monarch,
    from_torch_twiddle,
    nearest,
    rounded,
    to_monarch,
    to_numpy,
    to_scipy,
    to_torch_twiddle,
)
from ldrtheory.linalg import array, equal

SHAPES = [("B", 1, 8), ("B*", 1, 8), ("BB*", 1, 4), ("BB*", 2, 8), ("B*B", 1, 8), ("BB*", 1, 2)]


def drawn(kind="BB*", width=1, size=8, m=None, n=None, ring=QQ, seed=0, unit=Fraction(1, 4)):
    """A product of random multiples of `unit`: dyadic ones are floats exactly."""
    draw = random.Random(f"{seed} {kind} {width} {size}")
    factors = [
        ButterflyFactor(bit, *([ring(unit * draw.randint(-9, 9)) for _ in range(size)] for _ in range(2)))
        for bit in bit_pattern(kind, width, size)
    ]
    return KaleidoscopeProduct(m or size, n or size, size, width, ring, kind, tuple(factors))


def dense(product):
    """The N x N product by the definition of a factor, in Fractions, with loops."""
    N = product.size
    total = [[Fraction(i == j) for j in range(N)] for i in range(N)]
    for f in product.factors:
        d, o = ([Fraction(int(x.p), int(x.q)) for x in v] for v in (f.diagonal, f.offdiagonal))
        total = [[d[i] * total[i][j] + o[i] * total[i ^ (1 << f.bit)][j] for j in range(N)] for i in range(N)]
    return np.array(total, dtype=object)


# floats


@pytest.mark.parametrize("text", ["0.1", "1e-320", "123456789.987654321", "-2.5e300", "1e23", "0"])
def test_nearest_is_what_python_parses(text):
    assert float(nearest(Fraction(text))) == float(text)


def test_a_float32_is_rounded_once():
    """1 + 2^-24 + 2^-60 is above the midpoint of 1 and 1 + 2^-23; through float64 it would become the midpoint."""
    x = 1 + Fraction(1, 2**24) + Fraction(1, 2**60)
    assert float(np.float32(float(x))) == 1.0  # rounding twice
    assert float(nearest(x, np.float32)) == 1 + 2.0**-23
    assert float(nearest(1 + Fraction(1, 2**24), np.float32)) == 1.0  # a tie goes to the even one
    assert float(nearest(1 + Fraction(3, 2**24), np.float32)) == 1 + 2.0**-22
    assert float(nearest(Fraction(1, 3), np.float16)) == 0.333251953125


def test_the_smallest_floats():
    least = Fraction(1, 2**149)  # of float32
    assert Fraction(float(nearest(least * Fraction(1, 2), np.float32))) == 0  # a tie with 0, which is even
    assert Fraction(float(nearest(least * Fraction(3, 4), np.float32))) == least
    assert Fraction(float(nearest(-least * Fraction(3, 2), np.float32))) == -2 * least
    assert Fraction(float(nearest(Fraction(65519), np.float16))) == 65504


def test_every_float16_near_a_random_rational_is_farther_away():
    draw = random.Random(5)
    all_of_them = np.arange(0x7C00, dtype=np.uint16).view(np.float16).astype(float)
    values = [Fraction(x) for x in all_of_them]
    for _ in range(8):
        x = Fraction(draw.randint(1, 10**6), draw.randint(16, 10**5))  # below 65504, the largest float16
        got = Fraction(float(nearest(x, np.float16)))
        assert abs(got - x) == min(abs(v - x) for v in values)


@pytest.mark.parametrize("order", [3, 5, 7, 8, 12, 16])
def test_cyclotomic_entries_are_the_nearest_floats(order):
    """mpmath with 60 digits, and Python's own parser of decimals, are another system."""
    field, draw = Cyclotomic(order), random.Random(order)
    with mpmath.workdps(60):
        for _ in range(6):
            c = [Fraction(draw.randint(-50, 50), draw.randint(1, 9)) for _ in range(field.degree)]
            z = sum(
                mpmath.mpf(x.numerator) / x.denominator * mpmath.expjpi(mpmath.mpf(2 * k) / order)
                for k, x in enumerate(c)
            )
            expected = [float(mpmath.nstr(part, 50)) for part in (mpmath.re(z), mpmath.im(z))]
            entry = rounded(np.array([field(c)], dtype=object), field)[0]
            assert [entry.real, entry.imag] == expected


def test_rational_parts_of_cyclotomic_numbers_may_be_ties():
    field = Cyclotomic(8)
    tie = field(1 + Fraction(1, 2**53)) + field.zeta**2 * field(1 + Fraction(3, 2**53))
    entry = rounded(np.array([tie], dtype=object), field)[0]
    assert (entry.real, entry.imag) == (1.0, 1 + 2.0**-51)
    root2 = field.zeta + field.conjugate(field.zeta)
    assert rounded(np.array([root2], dtype=object), field, np.float64).tolist() == [2**0.5]


@pytest.mark.parametrize(
    ("x", "ring", "dtype", "message"),
    [
        ("1e400", QQ, np.float64, r"beyond float64"),
        ("70000", QQ, np.float16, r"beyond float16"),
        ("1e39", QQ, np.float32, r"beyond float32"),
        ("1/2", QQ, np.int64, "no integer of 64 bits"),
        (2**63, QQ, np.int64, "no integer of 64 bits"),
        (3, GF(7), np.float64, "have no size"),
        ("i", Cyclotomic(4), np.float64, "not real"),
        ("i", Cyclotomic(4), np.int64, "no integer"),
        (1, QQ, np.uint8, "the dtype uint8"),
        (1, QQ, "nonsense", "the dtype 'nonsense'"),
    ],
)
def test_what_has_no_float(x, ring, dtype, message):
    with pytest.raises(BadInput, match=message):
        rounded(np.array([ring(x)], dtype=object), ring, dtype)


def test_floats_go_out_as_they_are():
    factor = ButterflyFactor(0, np.array([0.1, 1.0]), np.array([2.0, 1e300]))
    K = KaleidoscopeProduct(2, 2, 2, 1, FLOAT64, "B", (factor,))
    assert to_numpy(K).diagonal.tolist() == [[0.1, 1.0]]
    assert to_torch_twiddle(K).array.ravel().tolist() == [0.1, 2.0, 1e300, 1.0]
    with pytest.raises(BadInput, match="wanted Q, Q"):
        rounded(np.array([Balls(64)(1)], dtype=object), Balls(64))


# arrays


@pytest.mark.parametrize(("kind", "width", "size"), SHAPES)
def test_numpy_factors_multiply_to_the_corner(kind, width, size):
    product = drawn(kind, width, size, m=size - 1, n=max(1, size - 2))
    arrays = to_numpy(product, object)
    assert arrays.bits.tolist() == list(bit_pattern(kind, width, size))
    x = array(QQ, list(range(1, product.n + 1)))
    expected = dense(product)[: product.m, : product.n] @ np.array(
        [Fraction(k + 1) for k in range(product.n)]
    )
    found = [Fraction(int(y.p), int(y.q)) for y in arrays.multiply(x)]
    assert found == expected.tolist()
    floats = to_numpy(product)
    assert floats.diagonal.dtype == np.float64
    assert [Fraction(float(v)) for v in floats.offdiagonal.flat] == [
        Fraction(int(v.p), int(v.q)) for v in arrays.offdiagonal.flat
    ]


@pytest.mark.parametrize(("kind", "width", "size"), SHAPES)
def test_scipy_factors_multiply_to_the_corner(kind, width, size):
    """With integers nothing is rounded: at most 12 factors of entries up to 9, two terms each: below 18^12 < 2^63."""
    product = drawn(kind, width, size, m=size - 1, n=max(1, size // 2), unit=1)
    total = np.eye(product.n, dtype=np.int64)
    for factor in to_scipy(product, np.int64):
        assert factor.format == "csr"
        assert (factor.data != 0).all()
        total = factor @ total
    assert total.tolist() == dense(product)[: product.m, : product.n].tolist()
    assert total.shape == product.shape


def test_scipy_over_other_fields():
    swap = ButterflyFactor(0, array(GF(7), [0, 0]), array(GF(7), [3, 5]))
    assert to_scipy(KaleidoscopeProduct(2, 2, 2, 1, GF(7), "B", (swap,)))[0].toarray().tolist() == [
        [0, 3],
        [5, 0],
    ]
    gauss = Cyclotomic(4)
    factor = ButterflyFactor(0, array(gauss, ["i", 1]), array(gauss, [0, "1/2"]))
    one = to_scipy(KaleidoscopeProduct(2, 2, 2, 1, gauss, "B", (factor,)))[0]
    assert one.dtype == np.complex128
    assert one.toarray().tolist() == [[1j, 0], [0.5, 1]]
    with pytest.raises(BadInput, match="no products of objects"):
        to_scipy(drawn(), object)


def test_members_and_what_is_no_product():
    family = Butterfly(4)
    p = family.random(3, QQ)
    member = Member.read(family, p, QQ)
    assert to_numpy(member, object).diagonal.tolist() == p["diagonal"].tolist()
    assert (
        to_torch_twiddle(Member.read(Kaleidoscope(2, 1), Kaleidoscope(2, 1).random(1, QQ), QQ)).nblocks == 2
    )
    with pytest.raises(BadInput, match="ndarray is no product"):
        to_scipy(np.eye(2))


# torch_butterfly


def published_multiply(einsum, twiddle, x, increasing_stride):
    """The multiply of torch_butterfly as a formula: y[c, a, r] = sum over b of t[c, r, a, b] x[c, b, r]."""
    nblocks, L = twiddle.shape[1:3]
    N = 2**L
    rising = increasing_stride
    for block in range(nblocks):
        for t in range(L):
            stride = 2 ** (t if rising else L - 1 - t)
            weights = twiddle[0, block, t].reshape(N // (2 * stride), stride, 2, 2)
            x = einsum("crab,kcbr->kcar", weights, x.reshape(-1, N // (2 * stride), 2, stride))
        rising = not rising
    return x.reshape(-1, N)


@pytest.mark.parametrize("library", ["numpy", "torch"])
@pytest.mark.parametrize(("kind", "width", "size"), SHAPES)
def test_the_twiddle_in_the_published_formula(kind, width, size, library):
    """Integers up to 9, at most 12 factors: below 18^12 < 2^51, so float64 and int64 are exact here."""
    product = drawn(kind, width, size, unit=1)
    twiddle = to_torch_twiddle(product)
    L = size.bit_length() - 1
    assert twiddle.array.shape == (1, len(product.factors) // L, L, size // 2, 2, 2)
    t, eye, einsum = twiddle.array, np.eye(size), np.einsum
    if library == "torch":
        torch = pytest.importorskip("torch", reason="torch is not installed: the formula runs in numpy alone")
        t, eye, einsum = torch.from_numpy(t), torch.from_numpy(eye), torch.einsum
    rows = published_multiply(einsum, t, eye, twiddle.increasing_stride)
    assert rows.tolist() == dense(product).T.astype(float).tolist()


@pytest.mark.parametrize(("kind", "width", "size"), SHAPES)
def test_twiddles_there_and_back(kind, width, size):
    product = drawn(kind, width, size, m=size - 1)
    again = from_torch_twiddle(to_torch_twiddle(product))
    assert again == product
    third = drawn(kind, width, size, unit=Fraction(1, 3))
    first = to_torch_twiddle(third)
    back = to_torch_twiddle(from_torch_twiddle(first.array, first.increasing_stride))
    assert back.array.tobytes() == first.array.tobytes()
    complex_pairs = np.stack([first.array, first.array], axis=-1)
    both = from_torch_twiddle(complex_pairs, first.increasing_stride)
    assert both.field == Cyclotomic(4)
    assert to_torch_twiddle(both).array.tolist() == (first.array * (1 + 1j)).tolist()


@pytest.mark.parametrize(
    ("rising", "nblocks", "kind", "width"),
    [(True, 1, "B", 1), (False, 1, "B*", 1), (True, 2, "B*B", 1), (False, 2, "BB*", 1), (False, 3, "BB*", 2),
     (True, 3, "BB*", 2), (True, 4, "BB*", 3), (False, 4, "BB*", 2)],
)  # fmt: skip
def test_any_number_of_blocks_is_read(rising, nblocks, kind, width):
    draw = np.random.default_rng(nblocks)
    twiddle = draw.integers(-3, 4, (1, nblocks, 2, 2, 2, 2)).astype(float)
    product = from_torch_twiddle(twiddle, rising)
    assert (product.kind, product.width) == (kind, width)
    expected = published_multiply(np.einsum, twiddle, np.eye(4), rising).T
    assert product.entries().tolist() == expected.astype(int).tolist()


@pytest.mark.parametrize(
    ("shape", "message"),
    [((2, 1, 2, 2, 2, 2), "one stack"), ((1, 1, 2, 3, 2, 2), r"N/2 = 2\^\(L-1\) = 2"), ((1, 1, 2, 2, 2), "wanted"),
     ((1, 0, 2, 2, 2, 2), "wanted"), ((1, 1, 1, 1, 3, 2), "wanted")],
)  # fmt: skip
def test_refused_twiddles(shape, message):
    with pytest.raises(ShapeMismatch, match=message):
        from_torch_twiddle(np.zeros(shape))
    with pytest.raises(BadInput, match="NaN"):
        from_torch_twiddle(np.full((1, 1, 1, 1, 2, 2), np.nan))


# Monarch


def published_monarch(einsum, first, second, x):
    """The multiply of Monarch layers as a formula, for rows x: see blockdiag_butterfly_multiply of HazyResearch/fly."""
    (k, _, p), (groups, _, r) = first.shape, second.shape
    y = einsum("cab,tcb->tca", first, x.reshape(-1, k, p)).reshape(-1, r, groups)
    return einsum("cab,tbc->tac", second, y).reshape(len(x), -1)


@pytest.mark.parametrize("library", ["numpy", "torch"])
@pytest.mark.parametrize(("n", "block"), [(4, 2), (6, 2), (6, 3), (4, 1), (4, 4), (8, 4)])
def test_members_of_monarch_in_the_published_formula(n, block, library):
    family = Monarch(n, block)
    draw = np.random.default_rng(n + block)
    p = {slot.name: draw.integers(-5, 6, slot.shape) for slot in family.slots()}
    member = Member.read(family, p, QQ)
    (pair,) = to_monarch(member)
    assert pair.blkdiag1.shape == (n // block, block, block)
    assert pair.blkdiag2.shape == (block, n // block, n // block)
    first, second, eye, einsum = pair.blkdiag1, pair.blkdiag2, np.eye(n), np.einsum
    if library == "torch":
        torch = pytest.importorskip("torch", reason="torch is not installed: the formula runs in numpy alone")
        first, second, eye = (torch.from_numpy(np.ascontiguousarray(a)) for a in (first, second, eye))
        einsum = torch.einsum
    found = published_monarch(einsum, first, second, eye)
    by_hand = [
        [
            p["left"][i % block, i // block, j // block] * p["right"][j // block, i % block, j % block]
            for i in range(n)
        ]
        for j in range(n)
    ]
    assert found.tolist() == by_hand
    again, slots = from_monarch(pair)
    assert again == block
    assert all(slots[name].tolist() == p[name].tolist() for name in p)
    assert equal(Member.read(Monarch(n, again), slots, QQ).entries(), member.entries())


@pytest.mark.parametrize(
    ("kind", "width", "pairs"), [("B", 1, 1), ("B*", 1, 2), ("BB*", 1, 2), ("BB*", 2, 3), ("B*B", 1, 2)]
)
@pytest.mark.parametrize("block", [None, 1, 2, 4, 8])
def test_products_as_monarch_pairs(kind, width, pairs, block):
    """Integers up to 9, at most 12 factors: below 18^12 < 2^51, exact in float64."""
    product = drawn(kind, width, 8, unit=1)
    found = to_monarch(product, block)
    cut = 2 if block is None else block
    assert len(found) == pairs if cut not in (1, 8) else len(found) <= pairs
    total = np.eye(8)
    for pair in found:
        assert pair.blkdiag1.shape == (8 // cut, cut, cut)
        assert pair.blkdiag2.shape == (cut, 8 // cut, 8 // cut)
        total = published_monarch(np.einsum, pair.blkdiag1, pair.blkdiag2, total)
    assert total.tolist() == dense(product).T.astype(float).tolist()
    x = np.arange(8.0)
    y = x
    for pair in found:
        y = pair.multiply(y)
    assert y.tolist() == (dense(product).astype(float) @ x).tolist()


def test_rectangular_pairs_multiply_by_the_formula():
    draw = np.random.default_rng(4)
    pair = BlockDiagonals(draw.integers(-4, 5, (3, 4, 2)), draw.integers(-4, 5, (6, 5, 2)))
    x = draw.integers(-4, 5, 6)
    assert pair.shape == (30, 6)
    expected = published_monarch(np.einsum, pair.blkdiag1, pair.blkdiag2, x[None])[0]
    assert pair.multiply(x).tolist() == expected.tolist()
    with pytest.raises(ShapeMismatch, match="only such pairs"):
        from_monarch(pair)


@pytest.mark.parametrize("block", [3, 0, 16, True, -2])
def test_refused_blocks(block):
    with pytest.raises(BadInput, match="power of two from 1 to the size 8"):
        to_monarch(drawn(), block)


def test_refused_pairs():
    with pytest.raises(ShapeMismatch, match="wanted the pair"):
        from_monarch([np.zeros((1, 1, 1))])
    with pytest.raises(ShapeMismatch, match=r"wanted \(k, q, p\)"):
        from_monarch((np.zeros((1, 1)), np.zeros((1, 1, 1))))
