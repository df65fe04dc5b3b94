"""Compiled multiplies: the same numbers, bit for bit, as the maps step by step; and by hand on integers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ldrtheory.reference import Reference
from ldrtheory.reference.batches import IN_CACHE
from ldrtheory.reference.blocks import Blocks
from ldrtheory.reference.butterflies import Couple, Couples, Hadamard
from ldrtheory.reference.enclosures import Coefficients
from ldrtheory.reference.kinds import Kind, Plain, Running, Wide
from ldrtheory.reference.numbers import RunningNumbers, WideNumbers
from ldrtheory.reference.recurrences import Cyclic, PowerSum, Reflections

RNG = np.random.default_rng(11)


def numbers(shape: Any, is_complex: bool) -> Coefficients:
    """Double-double coefficients of magnitudes 2^-6 to 2^2 whose low parts are not zero."""

    def part() -> np.ndarray:
        return RNG.standard_normal(shape) * 2.0 ** RNG.integers(-3, 1, shape)

    high = part() + 1j * part() if is_complex else part()
    return Coefficients(
        high, high * 2.0**-54 * RNG.uniform(-1, 1, shape)
    )  # at most half a unit of the last place


def vectors(batch: int, n: int, is_complex: bool) -> np.ndarray:
    x = RNG.standard_normal((batch, n))
    return x + 1j * RNG.standard_normal((batch, n)) if is_complex else x


def same(a: Any, b: Any) -> bool:
    """Whether two arrays of numbers agree in type and in every bit, signs of zeros included."""
    if isinstance(a, WideNumbers):
        return same(a.high, b.high) and same(a.low, b.low)
    return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()


def cyclic(n: int, form: int, is_complex: bool) -> Cyclic:
    main, above = (numbers(n, is_complex) if form & bit else None for bit in (1, 2))
    return Cyclic(numbers(n, is_complex), main, above)


def learned(n: int, r: int, form: int, fields: tuple[bool, bool]) -> PowerSum:
    first, second = fields
    A, B = cyclic(n, form, first), cyclic(n, form, second)
    return PowerSum(A, B, numbers((n, r), second), numbers((n, r), first), reverse=form > 1)


def factors(n: int, fields: tuple[bool, bool]) -> Couples:
    bits = range(n.bit_length() - 1)
    return Couples(tuple(Couple(b, numbers(n, fields[b % 2]), numbers(n, fields[1])) for b in bits))


FIELDS = [(False, False), (True, True), (True, False)]
MAPS = {
    "learned": lambda n, fields: learned(n, 1 + n % 3, n % 4, fields),
    "learned, rank above the block of 16": lambda n, fields: learned(min(n, 9), 17, n % 4, fields),
    "transposed": lambda n, fields: learned(n, 2, n % 4, fields).transpose(),
    "reflections": lambda n, fields: Reflections(numbers((3, n), fields[0]), numbers(3, fields[1])),
    "butterflies": lambda n, fields: factors(1 << n.bit_length(), fields),
}


@pytest.mark.parametrize("fields", FIELDS)
@pytest.mark.parametrize("name", MAPS)
def test_compiled_products_are_those_of_the_steps_bit_for_bit(name: str, fields: tuple[bool, bool]) -> None:
    for n in (1, 2, 7, 8, 17, 19):
        M = MAPS[name](n, fields)
        steps = M.of_one_field.by_steps
        for is_complex in (False, True):
            x = vectors(3, M.shape[1], is_complex)
            for single in (False, True):
                y = x.astype(np.complex64 if is_complex else np.float32) if single else x
                found = M.apply(Plain(y.dtype), y)
                assert same(found, steps(Plain(y.dtype), y)), (n, y.dtype)
                # the bound is one of the same numbers; signs of zeros may differ
                assert (found == M.apply(Running(y.dtype), RunningNumbers(y)).value).all(), (n, y.dtype)
            wide = WideNumbers(x, x * 2.0**-55)
            assert same(M.apply(Wide(), wide), steps(Wide(), wide)), n


@pytest.mark.parametrize("dtype", ["float32", "float64", "complex64", "complex128"])
def test_sums_and_differences_are_those_of_the_running_analysis(dtype: str) -> None:
    for n in (4, 8, 64):
        x = vectors(3, n, dtype.startswith("complex")).astype(dtype)
        found = Hadamard(n).apply(Plain(x.dtype), x)
        assert same(found, Hadamard(n).apply(Running(x.dtype), RunningNumbers(x)).value)


@pytest.mark.parametrize("is_complex", [False, True])
def test_blocks_are_multiplied_together_as_one_by_one(is_complex: bool) -> None:
    for shape in ((1, 3, 2), (5, 4, 4), (3, 17, 20)):
        M = Blocks(numbers(shape, is_complex))
        count, inputs, outputs = shape
        for batch in (0, 1, 4):
            x = vectors(batch, count * inputs, is_complex)
            for kind, y in (
                (Plain(x.dtype), x),
                (Plain(np.dtype(np.float32)), x.astype(np.complex64 if is_complex else np.float32)),
                (Wide(), WideNumbers(x, x * 2.0**-55)),
            ):
                one_by_one = Kind.blocks(
                    kind, kind.coefficients(M.blocks), y.reshape(batch, count, inputs)
                ).reshape(batch, count * outputs)
                assert same(M.apply(kind, y), one_by_one), (shape, kind)


@pytest.mark.parametrize("is_complex", [False, True])
@pytest.mark.parametrize("reverse", [False, True])
def test_sums_of_powers_of_small_integers_are_exact(reverse: bool, is_complex: bool) -> None:
    """Entries 0, 1, -1 (and i times that): all partial sums are whole numbers below 2^53."""

    def whole(*shape: int) -> np.ndarray:
        found = RNG.integers(-1, 2, shape).astype(float)
        return found + 1j * RNG.integers(-1, 2, shape) if is_complex else found

    for n, r in ((1, 1), (2, 1), (5, 2), (11, 3)):
        below, main, above = whole(3, n)
        A, B = np.zeros((2, n, n), dtype=below.dtype)
        for i in range(n):
            for d, v in ((-1, below), (0, main), (1, above)):
                A[i, (i + d) % n] += v[i]
            B[i, (i - 1) % n] += above[i]
        G, H, x = whole(n, r), whole(n, r), whole(2, n)
        M = sum(
            np.linalg.matrix_power(A, k) @ G @ H.T @ np.linalg.matrix_power(B, n - 1 - k if reverse else k)
            for k in range(n)
        )
        given = PowerSum(
            Cyclic(*map(Coefficients, (below, main, above))),
            Cyclic(Coefficients(above)),
            Coefficients(G),
            Coefficients(H),
            reverse,
        )
        for side, matrix in (("M", M), ("T", M.T), ("H", M.conj().T)):
            assert (given.side(side).apply(Plain(x.dtype), x) == x @ matrix.T).all()
            wide = given.side(side).apply(Wide(), WideNumbers(x, np.zeros_like(x)))
            assert (wide.high == x @ matrix.T).all()
            assert (wide.low == 0).all()


def test_complex_reflections_by_hand() -> None:
    """I - v v^T for v = (1, i, 0): the matrix is [[0, -i, 0], [-i, 2, 0], [0, 0, 1]]."""
    M = Reflections(Coefficients(np.array([[1, 1j, 0]])), Coefficients(np.array([1.0 + 0j])))
    x = np.array([[1, 2, 3], [1j, 1, 1j]], dtype=complex)
    expected = [[-2j, 4 - 1j, 3], [-1j, 3, 1j]]
    assert M.apply(Plain(x.dtype), x).tolist() == expected
    assert M.apply(Wide(), WideNumbers(x, np.zeros_like(x))).high.tolist() == expected


CUT = [
    ("SubdiagonalLDR(64, 2, krylov=true)", "direct"),
    ("TridiagonalLDR(64, 2, krylov=true)", "direct"),
    ("ToeplitzLike(64, 2)", "direct"),
    ("Householder(64, 5)", "direct"),
    ("Monarch(64, 8)", "direct"),
    ("BlockButterfly(64, 4)", "direct"),
    ("Toeplitz(100)", "transform"),
]


@pytest.mark.parametrize("is_complex", [False, True])
@pytest.mark.parametrize(("family", "algorithm"), CUT)
def test_every_row_is_as_if_alone(family: str, algorithm: str, is_complex: bool) -> None:
    """In a batch that is cut up, in an empty one, and beside rows that are not finite."""
    from ldrtheory.families import parse_family

    p = {
        s.name: vectors(1, int(np.prod(s.shape)), is_complex).reshape(s.shape)
        for s in parse_family(family).slots()
    }
    R = Reference(family, p, algorithm=algorithm)
    n = R.family.shape[1]
    assert R.map.by_rows
    x = vectors(3 * IN_CACHE // n, n, False)
    x[1, 3], x[7, 0] = np.nan, np.inf
    before = x.copy()
    expected = {k: R.multiply(x[k]) for k in (0, 1, 2, 6, 8, len(x) - 1)}
    for threads in (1, 2):
        found = R.multiply(x, threads=threads)
        assert all(np.array_equal(found[k], y, equal_nan=True) for k, y in expected.items())
    assert not np.isfinite(found[[1, 7]]).all(axis=1).any()
    assert np.isfinite(found[[0, 2, 6, 8]]).all()
    assert same(x, before)
    assert R.multiply(x[:0]).shape == (0, n)
    assert R.truth(x[:0])[0].shape == (0, n)
    assert R.bound(x[:0]).shape == (0, n)


def test_complex_convolutions_of_batches_agree_with_sums() -> None:
    t, x = vectors(1, 79, True)[0], vectors(5, 40, True)
    fast, slow = (Reference("Toeplitz(40)", {"t": t}, algorithm=a) for a in ("transform", "direct"))
    (high, low), (exact, rest) = fast.truth(x), slow.truth(x)
    # both are right to 2^-95 of |t| |x|, two norms below 2^5
    assert abs((high - exact) + (low - rest)).max() < 2.0**-84
    assert (
        abs(fast.multiply(x) - slow.multiply(x)) <= (fast.bound(x) + slow.bound(x)) * (1 + 2.0**-40)
    ).all()
