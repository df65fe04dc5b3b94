"""Reference multiplies: values by hand, dtypes, shapes, refusals."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from ldrtheory.errors import BadInput, NotInvertible, ShapeMismatch, UnknownName
from ldrtheory.families import DFT, Cauchy, Circulant, Dense, InverseToeplitz, Toeplitz
from ldrtheory.reference import Reference, bound, multiply, truth
from ldrtheory.reference.batches import IN_CACHE


def test_the_three_sides_by_hand() -> None:
    M = np.array([[1, 2j], [3, 4], [0, 5 - 1j]])
    R = Reference(Dense(3, 2), {"M": M})
    assert R.multiply([1, 1j]).tolist() == [-1, 3 + 4j, 1 + 5j]
    assert R.multiply([1, 1, 1j], "T").tolist() == [4, 5 + 7j]
    assert R.multiply([1, 1, 1j], "H").tolist() == [4, 3 + 3j]


@pytest.mark.parametrize("dtype", ["float32", "float64", "complex64", "complex128"])
def test_the_dtype_is_kept(dtype: str) -> None:
    c = np.array([1, 2, 3], dtype=dtype)
    R = Reference(Circulant(3), {"c": c})
    x = np.ones((2, 4, 3), dtype=dtype)
    y = R.multiply(x)
    assert (y.dtype, y.shape) == (np.dtype(dtype), (2, 4, 3))
    assert (y == 6).all()
    assert (R.truth(x)[0] == 6).all()
    assert R.multiply(x[:0]).shape == (0, 4, 3)


def test_the_precision_is_that_of_parameters_and_vectors_together() -> None:
    c, x = np.ones(3, dtype=np.float32), np.ones(3)
    assert multiply(Circulant(3), {"c": c}, x).dtype == np.float64
    assert multiply(Circulant(3), {"c": c}, x, dtype="float32").dtype == np.float32
    assert multiply(DFT(4), {}, np.ones(4, dtype=np.float32)).dtype == np.complex64


def test_vectors_of_any_layout_and_never_changed() -> None:
    t = np.arange(1.0, 8.0)
    table = np.arange(32.0).reshape(4, 8)
    M = np.array([[t[i - j + 3] for j in range(4)] for i in range(4)])
    for x in (
        table[:, ::2],
        table[::-1, 3::-1],
        np.asfortranarray(table[:, :4]),
        np.broadcast_to(t[:4], (3, 4)),
    ):
        before = x.copy()
        assert (multiply(Toeplitz(4), {"t": t}, x) == x @ M.T).all()  # integers: every order is exact
        assert (x == before).all()


def test_truth_keeps_what_floats_lose() -> None:
    high, low = truth(Dense(1, 3), {"M": [[1, 2.0**-70, -1]]}, [1, 1, 1])
    assert high[0] == 2.0**-70
    assert low[0] == 0
    high, low = truth(Cauchy(1), {"s": [3], "t": [0]}, [1])
    assert abs(Fraction(high[0]) + Fraction(low[0]) - Fraction(1, 3)) < Fraction(1, 3) / 2**104


def test_a_bound_covers_a_total_cancellation() -> None:
    M, x = [[1.0, 2.0**-60, -1.0]], [1.0, 1.0, 1.0]
    got = multiply(Dense(1, 3), {"M": M}, x)
    assert got[0] == 0  # the exact product is 2^-60
    assert bound(Dense(1, 3), {"M": M}, x)[0] >= 2.0**-60


def test_where_a_vector_is_not_finite_only_its_own_product_is() -> None:
    x = np.ones((3, 3))
    x[1, 2] = np.nan
    R = Reference(Circulant(3), {"c": [1, 2, 3]})
    assert (R.multiply(x)[[0, 2]] == 6).all()
    assert np.isnan(R.multiply(x)[1]).all()
    assert np.isinf(R.bound(x)[1]).all()
    assert np.isfinite(R.bound(x)[[0, 2]]).all()


def test_linear_operators_agree_with_the_matrix() -> None:
    M = np.array([[1, 2j], [3, 4], [0, 5]])
    A = Reference(Dense(3, 2), {"M": M}).linear_operator()
    assert A.shape == (3, 2)
    assert A.dtype == np.complex128
    assert (A @ np.array([1, 2]) == M @ np.array([1, 2])).all()
    assert (A.H @ np.array([1, 2, 3]) == M.conj().T @ np.array([1, 2, 3])).all()
    assert (A @ np.eye(2) == M).all()
    assert (A.H @ np.eye(3) == M.conj().T).all()


def test_threads_change_nothing() -> None:
    rng = np.random.default_rng(1)
    for algorithm in ("direct", "transform"):
        R = Reference(Toeplitz(100), {"t": rng.standard_normal(199)}, algorithm=algorithm)
        x = rng.standard_normal((5, 100))
        for threads in (2, 3, 9):
            assert (R.multiply(x, threads=threads) == R.multiply(x)).all()
        with pytest.raises(BadInput, match="threads"):
            R.multiply(x, threads=0)


@pytest.mark.parametrize(
    ("family", "slots", "algorithm"),
    [
        ("Circulant(100)", {"c": 100}, "transform"),
        ("Butterfly(64)", {"diagonal": (6, 64), "offdiagonal": (6, 64)}, "direct"),
        ("WalshHadamard(64)", {}, "direct"),
    ],
)
def test_large_batches_are_cut_up_and_each_row_is_as_if_alone(
    family: str, slots: dict[str, Any], algorithm: str
) -> None:
    rng = np.random.default_rng(2)
    R = Reference(family, {k: rng.standard_normal(s) for k, s in slots.items()}, algorithm=algorithm)
    x = rng.standard_normal((3 * IN_CACHE // R.family.shape[0], R.family.shape[1]))
    assert R.map.by_rows
    expected = np.stack([R.multiply(row) for row in x])
    for threads in (1, 2, 5):
        assert (R.multiply(x, threads=threads) == expected).all()


def test_a_forked_process_multiplies_on_threads_of_its_own() -> None:
    program = """
import os, signal, numpy as np
from ldrtheory.reference import Reference
R, x = Reference("Circulant(100)", {"c": np.arange(100.0)}, algorithm="transform"), np.ones((8, 100))
expected = R.multiply(x, threads=2)
child = os.fork()
if child == 0:  # a pool whose threads stayed behind would wait for ever
    signal.alarm(60)
    os._exit(0 if (R.multiply(x, threads=2) == expected).all() else 1)
raise SystemExit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
    assert subprocess.run([sys.executable, "-W", "ignore", "-c", program], check=False).returncode == 0


def test_reflections_that_begin_and_end_with_zeros() -> None:
    v = np.array(
        [[0, 0, 3, 4, 0, 0], [0, 1, 0, 0, 0, 0]]
    )  # I - 2 v v^T / 25 on coordinates 2, 3; a sign on 1
    x = np.array([1.0, 2, 3, 4, 5, 6])
    M = np.eye(6)
    M[1, 1] = -1
    M[2:4, 2:4] = np.array([[7, -24], [-24, -7]]) / 25
    R = Reference("Householder(6, 2)", {"v": v}, algorithm="transform")
    assert (
        abs(R.multiply(x) - M @ x) <= R.bound(x) + 2.0**-50
    ).all()  # M's own rounding: 8 products below 2^5
    assert (R.multiply(x)[[0, 4, 5]] == x[[0, 4, 5]]).all()


def test_the_two_algorithms_and_what_has_only_one() -> None:
    c, x = np.arange(1.0, 101.0), np.ones(100)
    fast = Reference(Circulant(100), {"c": c}, algorithm="transform")
    assert fast.algorithm == "transform"
    assert (abs(fast.multiply(x) - 5050) <= fast.bound(x)).all()
    assert (fast.bound(x) < 2.0**-30).all()  # 5050 u is 2^-41
    assert Reference(Circulant(100), {"c": c}).algorithm == "direct"
    assert Reference(Circulant(300), {"c": np.ones(300)}).algorithm == "transform"
    with pytest.raises(BadInput, match="transforms"):
        Reference(Dense(2, 2), {"M": np.eye(2)}, algorithm="transform").multiply([1, 2])
    with pytest.raises(BadInput, match="running"):
        fast.running_bound(x)
    with pytest.raises(UnknownName, match="algorithm"):
        Reference(Circulant(3), {"c": [1, 2, 3]}, algorithm="fft")
    assert (Reference(Circulant(3), {"c": [1, 2, 3]}).running_bound([1, 1, 1]) > 0).all()


def test_transforms_are_those_of_scipy_up_to_its_factors() -> None:
    """scipy.fft.dct and dst of types 2 and 4 are twice ours; numpy.fft.fft is ours."""
    import scipy.fft

    x = np.random.default_rng(2).standard_normal((2, 12))
    R = Reference("DFT(12)", {}, algorithm="direct")
    # both err by a few u times the sum of 12 numbers below 4
    assert abs(R.multiply(x) - np.fft.fft(x)).max() < 12 * 4 * 2.0**-50
    for kind in ("DCT", "DST"):
        for t in (2, 4):
            direct = Reference(f"{kind}(12, {t})", {}, algorithm="direct")
            theirs = getattr(scipy.fft, kind.lower())(x, type=t) / 2
            # both err by a few u times the sum of 12 numbers below 4
            assert abs(direct.multiply(x) - theirs).max() < 12 * 4 * 2.0**-50


def test_cauchy_grids_are_convolutions_and_a_grid_broken_by_one_unit_is_none() -> None:
    from ldrtheory.reference.cauchy import CauchySums
    from ldrtheory.reference.convolution import Convolution
    from ldrtheory.reference.maps import Chain

    s, t = 0.1 * 2**-3 + np.arange(6) * 0.375, np.arange(5) * 0.375 - 17
    s = np.round(s * 2**40) / 2**40  # sums of multiples of 2^-40 below 2^12 are exact
    broken = t.copy()
    broken[3] = np.nextafter(t[3], 0)
    cases: list[tuple[Any, Any, type]] = [
        (s, t, Convolution),
        (s, -t, Chain),  # opposite steps: a Hankel matrix
        (s, broken, CauchySums),
        (np.nextafter(s, 9), t, CauchySums),  # the units of these nodes differ
        (s, 2 * t, CauchySums),
        (np.array([-(2.0**-60), 1, 2]), t, CauchySums),  # floats round these differences to 1
        (np.array([-(2.0**-60), 1, 2]), np.arange(5) + 9.0, CauchySums),
        (s + 1j * s, t + 1j * t - 3, Convolution),
        (np.full(6, 2.0), np.full(5, 1.0), Convolution),  # steps 0
        (s[:1], t, Convolution),  # one node lies on a progression of any step
    ]
    for rows, columns, expected in cases:
        family = Cauchy(rows=len(rows), columns=5)
        R = Reference(family, {"s": rows, "t": columns}, algorithm="transform")
        D = Reference(family, {"s": rows, "t": columns}, algorithm="direct")
        assert type(R.map) is expected
        x = np.arange(1.0, 6.0)
        assert (abs(R.multiply(x) - D.multiply(x)) <= (R.bound(x) + D.bound(x)) * (1 + 2.0**-40)).all()
        assert np.isfinite(R.bound(x)).all()


def test_cauchy_nodes_that_have_no_fast_multiply() -> None:
    s, t = np.array([1.0, 2, 4, 8]), np.array([0.0, 3, 5, 9])
    for rows in (1j * s, 2.0**500 * s, s * [2.0**-500, 1, 1, 1], np.array([1e308, -1e308, 1, 2])):
        with pytest.raises(BadInput, match="stable"):
            multiply("Cauchy(4)", {"s": rows, "t": t}, s, algorithm="transform")
    with pytest.raises(BadInput, match=r"s\[2\] and t\[1\] coincide"):
        multiply("Cauchy(3)", {"s": [1, 2, 4], "t": [0, 4, 9]}, [1, 1, 1], algorithm="transform")


def test_vandermonde_nodes_that_are_no_arc() -> None:
    roots = np.exp(2j * np.pi * np.arange(16) / 16)
    swapped = roots[[0, 1, 2, 3, 5, 4, *range(6, 16)]]
    off = roots.copy()
    off[11] *= 1 + 2.0**-11  # 16 times the distance: above 2^-8
    for x in (swapped, off, np.exp(2j * np.pi * np.linspace(0, 1, 16) ** 2), np.ones(16), np.zeros(16) * 1j):
        with pytest.raises(BadInput, match="stable"):
            multiply("Vandermonde(16)", {"x": x}, np.ones(16), algorithm="transform")
    assert Reference("Vandermonde(257)", {"x": np.linspace(-1, 1, 257)}).algorithm == "direct"
    assert Reference("Vandermonde(16)", {"x": roots}).algorithm == "direct"
    x = np.exp(2j * np.pi * np.arange(257) / 257)
    assert Reference("Vandermonde(257)", {"x": x}).algorithm == "transform"


@pytest.mark.parametrize(
    ("family", "parameters", "x", "side", "error", "words"),
    [
        ("Toeplits(3)", {"t": [1] * 5}, [1] * 3, "M", UnknownName, "did you mean 'Toeplitz'"),
        (3, {}, [1], "M", BadInput, "not a family"),
        ("Circulant(3)", {"t": [1] * 3}, [1] * 3, "M", BadInput, "missing: c; unknown: t"),
        ("Circulant(3)", [1, 2, 3], [1] * 3, "M", BadInput, "mapping"),
        (
            "Circulant(3)",
            {"c": [1] * 4},
            [1] * 3,
            "M",
            ShapeMismatch,
            r"shape \(3,\), the first column; got \(4,\)",
        ),
        ("LowRank(3, rank=1)", {"U": [[1, 1, 1]], "V": [[1]] * 3}, [1] * 3, "M", ShapeMismatch, "transposed"),
        ("Circulant(3)", {"c": [1, 2, np.nan]}, [1] * 3, "M", BadInput, "NaN or infinity"),
        ("Circulant(3)", {"c": [1] * 3}, [1] * 4, "M", ShapeMismatch, r"x of shape \(..., 3\)"),
        (
            "Dense(2, 3)",
            {"M": np.ones((2, 3))},
            [1] * 3,
            "T",
            ShapeMismatch,
            r"side T wants x of shape \(..., 2\)",
        ),
        ("Circulant(3)", {"c": [1] * 3}, 1.0, "M", ShapeMismatch, "x of shape"),
        ("Circulant(3)", {"c": [1] * 3}, np.ones(3, dtype=np.float16), "M", BadInput, "float16"),
        ("Circulant(3)", {"c": np.ones(3, dtype=np.longdouble)}, [1] * 3, "M", BadInput, "float"),
        ("Circulant(3)", {"c": ["a", "b", "c"]}, [1] * 3, "M", BadInput, "dtype"),
        ("Circulant(3)", {"c": [2**53 + 1, 0, 0]}, [1] * 3, "M", BadInput, "exactly"),
        ("Circulant(3)", {"c": [1] * 3}, [1] * 3, "transpose", UnknownName, "side"),
        ("Cauchy(2)", {"s": [1, 2], "t": [2, 3]}, [1, 1], "M", BadInput, "coincide"),
    ],
)
def test_refusals(family, parameters, x, side, error, words) -> None:
    with pytest.raises(error, match=words):
        multiply(family, parameters, x, side)


def test_an_unknown_dtype_is_refused() -> None:
    for dtype in ("float16", "int8", "nonsense"):
        with pytest.raises(BadInput, match="dtype"):
            Reference(Circulant(2), {"c": [1, 2]}, dtype=dtype)


def test_a_singular_toeplitz_matrix_has_no_inverse_to_multiply_by() -> None:
    with pytest.raises((BadInput, NotInvertible), match="singular"):
        multiply(InverseToeplitz(2), {"t": [1, 1, 1]}, [1, 1])


def test_nothing_heavy_is_loaded_before_the_first_product() -> None:
    code = (
        "import sys, ldrtheory, ldrtheory.reference as r\n"
        "R = r.Reference('Circulant(2)', {'c': [1, 2]})\n"
        "print('numba' in sys.modules, 'scipy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.split() == ["False", "False"]


def test_learned_operators_are_scaled_only_where_that_is_stable() -> None:
    from ldrtheory.reference.transforms import scaling_conditions

    n = 260
    rng = np.random.default_rng(3)
    G, H = rng.standard_normal((2, n, 1))
    B = np.ones(n)
    B[3] = -1  # the products of A and B must differ
    tame = {"A": np.ones(n), "B": B, "G": G, "H": H}
    wild = tame | {"A": np.full(n, 2.0)}
    assert scaling_conditions(tame) == (1, 1)
    assert scaling_conditions(wild) == (2.0 ** (n - 1), 1)
    assert scaling_conditions(tame | {"B": np.zeros(n)}) == (1, np.inf)
    assert Reference(f"SubdiagonalLDR({n}, 1, krylov=true)", tame).algorithm == "transform"
    assert Reference(f"SubdiagonalLDR({n}, 1, krylov=true)", wild).algorithm == "direct"
    with pytest.raises(BadInput, match="stable"):
        Reference(f"SubdiagonalLDR({n}, 1, krylov=true)", wild, algorithm="transform").multiply(np.ones(n))
    fast = Reference(f"SubdiagonalLDR({n}, 1)", tame, algorithm="transform")
    slow = Reference(f"SubdiagonalLDR({n}, 1)", tame, algorithm="direct")
    x = rng.standard_normal(n)
    assert (
        abs(fast.multiply(x) - slow.multiply(x)) <= (fast.bound(x) + slow.bound(x)) * (1 + 2.0**-40)
    ).all()


@pytest.mark.parametrize("algorithm", ["direct", "transform"])
def test_bounds_tell_a_constant_rounded_to_float32(algorithm: str) -> None:
    """One parameter of 64 rounded to float32 leaves the bound at most entries: bounds have teeth."""
    rng = np.random.default_rng(4)
    c, x = rng.standard_normal(64), rng.standard_normal(64)
    R = Reference(Circulant(64), {"c": c}, algorithm=algorithm)
    wrong = c.copy()
    wrong[7] = np.float32(c[7])
    high, low = R.truth(x)
    error = abs((multiply(Circulant(64), {"c": wrong}, x, algorithm=algorithm) - high) - low)
    assert (error > R.bound(x)).mean() > 0.9


def test_entries_of_any_precision_are_told_from_zero() -> None:
    """The Loewner entry (u - v) / (s - t) keeps all bits where u and v differ in the last place."""
    high, low = truth("Loewner(1)", {"s": [1], "t": [2.0**-60], "u": [1 + 2.0**-52], "v": [1]}, [1])
    expected = Fraction(1, 2**52) / (1 - Fraction(1, 2**60))
    assert abs(Fraction(high[0]) + Fraction(low[0]) - expected) < expected / 2**103
