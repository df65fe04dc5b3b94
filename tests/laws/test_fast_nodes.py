"""Fast multiplies by Cauchy matrices of real nodes and Vandermonde matrices on arcs, against balls of 400 bits.

The allowed error of a Cauchy sum is the one derived in ldrtheory/reference/cauchy.py, entry by entry:
(2^-57 + 2^14 u (levels + 2)) |M| |x|.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from flint import acb, arb, ctx

from ldrtheory.reference import Reference
from ldrtheory.reference.cauchy import LEAF, ORDER, CauchySums, Tree, lagrange, pairs

U = 2.0**-53
Nodes = Callable[[int, np.random.Generator], tuple[np.ndarray, np.ndarray]]


def geometric(n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    k = np.arange(n)
    return 2.0 ** -(k / n * 300), 2.0 ** -((k + 0.5) / n * 300)


def clustered(n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    return tuple(1 + rng.standard_normal(n) * 2.0 ** -rng.integers(0, 20, n) for _ in range(2))  # type: ignore[return-value]


def duplicated(n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    return np.repeat(rng.standard_normal(5), -(-n // 5))[:n], np.where(np.arange(n) % 3, 0.25, rng.random(n))


NODES: dict[str, Nodes] = {
    "random": lambda n, rng: (rng.standard_normal(n), rng.standard_normal(n)),
    "interleaved": lambda n, rng: (np.sort(rng.random(n)) + np.arange(n), np.arange(n) - 0.001),
    "clustered": clustered,
    "geometric": geometric,
    "opposite": lambda n, rng: (geometric(n, rng)[0], -geometric(n, rng)[1]),
    "neighbouring floats": lambda n, rng: (
        1 + (2 * rng.permutation(n) + 1) * 2.0**-52,
        1 + 2 * rng.permutation(n) * 2.0**-52,
    ),
    "extreme points": lambda n, rng: (
        np.cos(np.pi * np.arange(n) / n),
        np.cos(np.pi * (np.arange(n) + 0.5) / n),
    ),
    "duplicated": duplicated,
    "apart": lambda n, rng: (rng.random(n), 1e6 + rng.random(n)),
    "few columns": lambda n, rng: (rng.random(n), rng.random(7)),
    "far away": lambda n, rng: (2.0**300 * (1 + rng.random(n)), 2.0**300 * rng.random(n)),
    "subnormal distances": lambda n, rng: (np.arange(n) * 2.0**-1074, 1 + rng.random(n)),
}


def member(name: str, n: int) -> tuple[np.ndarray, np.ndarray, np.random.Generator]:
    rng = np.random.default_rng([n, *map(ord, name)])
    s, t = NODES[name](n, rng)
    return s, t[~np.isin(t, s)], rng


def allowed(n: int) -> float:
    return 2.0**-57 + 2.0**14 * U * (2 + max(0, int(np.ceil(np.log2(n / LEAF)))))


@pytest.mark.parametrize("name", NODES)
def test_cauchy_sums_are_right_on_every_side(name: str) -> None:
    s, t, rng = member(name, 230)
    m, n = len(s), len(t)
    R = Reference(f"Cauchy(rows={m}, columns={n})", {"s": s, "t": t}, algorithm="transform")
    assert type(R.map) is CauchySums
    for side in "MTH":
        x = rng.standard_normal(n if side == "M" else m) * 2.0 ** rng.integers(
            -20, 20, n if side == "M" else m
        )
        y, bound, (high, low) = R.multiply(x, side), R.bound(x, side), R.truth(x, side)
        with ctx.workprec(400):
            nodes = [list(map(arb, v.tolist())) for v in (s, t)]
            outer, inner = nodes if side == "M" else nodes[::-1]
            sign = 1 if side == "M" else -1  # 1 / (s_i - t_j) is also -1 / (t_j - s_i)
            for i, node in enumerate(outer):
                terms = [arb(v) / (node - other) for v, other in zip(x.tolist(), inner)]
                true, size = sign * sum(terms, arb(0)), sum(map(abs, terms), arb(0))
                error = abs(true - arb(y[i]))
                assert error <= arb(bound[i])
                assert error <= size * arb(allowed(max(m, n)))
                assert abs(true - arb(high[i]) - arb(low[i])) <= size * arb(2) ** -95


@pytest.mark.parametrize("name", NODES)
@pytest.mark.parametrize("n", [1500, pytest.param(4096, marks=pytest.mark.accept)])
def test_sums_of_many_nodes(name: str, n: int) -> None:
    s, t, rng = member(name, n)
    R = Reference(f"Cauchy(rows={len(s)}, columns={len(t)})", {"s": s, "t": t}, algorithm="transform")
    x = rng.standard_normal((2, len(t)))
    high, low = R.truth(x)
    error = np.abs((R.multiply(x) - high) - low)
    size = np.abs(x) @ (1 / np.abs(s[None, :] - t[:, None]))
    assert (error <= allowed(n) * size * (1 + n * U)).all()  # size is a sum of n numbers of one sign
    assert (error <= R.bound(x)).all()


@pytest.mark.parametrize("name", NODES)
def test_every_entry_is_in_one_pair_of_boxes(name: str) -> None:
    s, t, _ = member(name, 700)
    rows, columns = Tree(np.sort(s)), Tree(np.sort(t))
    seen = np.zeros((len(s), len(t)), dtype=int)
    for some in pairs(rows, columns):
        for a, b in some:
            seen[slice(*rows.ranges[a]), slice(*columns.ranges[b])] += 1
    assert (seen == 1).all()


def exact_lagrange(y: arb, zeros: list[arb]) -> list[arb]:
    """The Lagrange polynomials of the zeros, as products."""
    out = []
    for k, z in enumerate(zeros):
        value = arb(1)
        for i, other in enumerate(zeros):
            if i != k:
                value *= (y - other) / (z - other)
        out.append(value)
    return out


def test_interpolation_is_within_what_is_proven() -> None:
    """h < 2^-60, L < 3.1 and the sum of errors of L_l(y) < 512 u, at ends, between zeros and next to them."""
    with ctx.workprec(200):
        zeros = [(arb(2 * k + 1) / (2 * ORDER)).cos_pi() for k in range(ORDER)]
        floats = np.array([float(z) for z in zeros])
        places = np.concatenate(
            [np.linspace(-1, 1, 81), 1 - 2.0 ** -np.arange(1, 54), np.nextafter(floats, 2)]
        )
        for y, row in zip(places.tolist(), lagrange(places)):
            exact = exact_lagrange(arb(y), zeros)
            assert sum(map(abs, exact), arb(0)) < 3.1
            assert sum((abs(arb(a) - b) for a, b in zip(row.tolist(), exact)), arb(0)) < 512 * U
            for x in (3, -3, 3.5, -100):
                ratio = sum((v / (x - z) for v, z in zip(exact, zeros)), arb(0)) * (x - arb(y))
                assert abs(ratio - 1) < arb(2) ** -60
        one_less = [(arb(2 * k + 1) / (2 * ORDER - 2)).cos_pi() for k in range(ORDER - 1)]
        wrong = sum((v / (3 - z) for v, z in zip(exact_lagrange(arb(1), one_less), one_less)), arb(0)) * 2
        assert abs(wrong - 1) > arb(2) ** -60  # one node fewer is too few


def test_bounds_tell_a_node_rounded_to_float32() -> None:
    s, t, rng = member("interleaved", 500)
    x = rng.standard_normal(500)
    right = Reference("Cauchy(500)", {"s": s, "t": t}, algorithm="transform")
    moved = t.copy()
    moved[250] = np.float32(t[250])
    wrong = Reference("Cauchy(500)", {"s": s, "t": moved}, algorithm="transform")
    high, low = right.truth(x)
    assert (np.abs((wrong.multiply(x) - high) - low) > right.bound(x)).mean() > 0.9


def test_rows_of_a_batch_are_as_if_alone() -> None:
    s, t, rng = member("random", 300)
    for dtype in ("float32", "complex128"):
        R = Reference("Cauchy(300)", {"s": s, "t": t}, algorithm="transform")
        if dtype == "float32":
            R = Reference("Cauchy(300)", {"s": s, "t": t}, algorithm="transform", dtype=dtype)
        x = (rng.standard_normal((4, 300)) + (1j if dtype == "complex128" else 0)).astype(dtype)
        assert R.map.by_rows
        assert R.multiply(x).dtype == x.dtype
        expected = np.stack([R.multiply(row) for row in x])
        assert (R.multiply(x, threads=2) == expected).all()
        high, low = R.truth(x)
        assert (np.abs((R.multiply(x) - high) - low) <= R.bound(x)).all()


def arcs(m: int, n: int) -> dict[str, np.ndarray]:
    k = np.arange(m)
    moved = np.exp(2j * np.pi * k / m)
    moved[m // 2] = complex(np.nextafter(moved[m // 2].real, 9), np.nextafter(moved[m // 2].imag, 9))
    rng = np.random.default_rng(7)
    return {
        "roots of unity": np.exp(2j * np.pi * k / m),
        "conjugate roots": np.exp(-2j * np.pi * k / m),
        "a root moved by a unit in the last place": moved,
        "an arc": np.exp(2j * np.pi * (0.2 + 0.0123 * k)),
        "large steps": np.exp(1j * (1 + 2.5 * k)),
        "single precision": np.exp(2j * np.pi * (0.2 + 0.3 * k)).astype(np.complex64),
        "near an arc": np.exp(2j * np.pi * k / m) * (1 + 2.0**-9 / n * rng.random(m)),
        "one point": np.full(m, 0.6 + 0.8j),
    }


@pytest.mark.parametrize("name", arcs(8, 8))
def test_vandermonde_matrices_on_arcs(name: str) -> None:
    """The powers are those of the nodes as given; truth is right to 2^-95 of the norms."""
    for m, n in ((1, 5), (4, 4), (24, 24), (30, 17), (17, 40)):
        x = arcs(m, n)[name]
        R = Reference(f"Vandermonde(rows={m}, columns={n})", {"x": x}, algorithm="transform")
        rng = np.random.default_rng([m, n])
        for side in "MTH":
            v = rng.standard_normal(n if side == "M" else m) + 1j * rng.standard_normal(
                n if side == "M" else m
            )
            y, bound, (high, low) = R.multiply(v, side), R.bound(v, side), R.truth(v, side)
            with ctx.workprec(400):
                M = [[acb(complex(z)) ** j for j in range(n)] for z in x]
                if side != "M":
                    M = [list(row) for row in zip(*M)]
                if side == "H":
                    M = [[acb(z.real, -z.imag) for z in row] for row in M]
                for i, row in enumerate(M):
                    true = sum((z * acb(complex(w)) for z, w in zip(row, v)), acb(0))
                    assert abs(true - acb(complex(y[i]))) <= arb(bound[i])
                    off = abs(true - acb(complex(high[i])) - acb(complex(low[i])))
                    assert off <= arb(2) ** -95 * (m + n) * float(np.linalg.norm(v))


def test_powers_of_rounded_roots_are_no_fourier_transform() -> None:
    """Node k is off by up to u, its power j by j u: the transform alone is 10 times further off than the multiply."""
    n = 1024
    R = Reference(f"Vandermonde({n})", {"x": np.exp(2j * np.pi * np.arange(n) / n)})
    assert R.algorithm == "transform"
    x = np.random.default_rng(3).standard_normal(n)
    high, low = R.truth(x)
    ours, theirs = (np.linalg.norm((y - high) - low) for y in (R.multiply(x), np.fft.ifft(x) * n))
    assert ours * 10 < theirs
    # a transform errs by at most 7 u (log2 n + 4) of its norm, and there are two
    assert ours <= 2 * 7 * U * 14 * np.sqrt(n) * np.linalg.norm(x)


def test_what_is_no_number_stays_in_its_row() -> None:
    s, t, rng = member("random", 200)
    x: Any = rng.standard_normal((3, 200))
    x[1, 7] = np.nan
    R = Reference("Cauchy(200)", {"s": s, "t": t}, algorithm="transform")
    assert np.isfinite(R.multiply(x)[[0, 2]]).all()
    assert np.isinf(R.bound(x)[1]).all()
    assert np.isfinite(R.bound(x)[[0, 2]]).all()


def test_cauchy_sums_conform_even_entry_by_entry() -> None:
    """The judge of kernels allows sums of products (1 + u)^k - 1 of |M| |x|, k the depth of the roundings."""
    from ldrtheory.conform import Adapter, run
    from ldrtheory.reference.kinds import Plain

    def sums(p: Any, x: Any) -> Any:
        rows = CauchySums(p["s"], p["t"]).apply(Plain(np.dtype("float64")), x.reshape(-1, x.shape[-1]))
        return rows.reshape(*x.shape[:-1], len(p["s"]))

    def mistaken(p: Any, x: Any) -> Any:
        return sums({"s": p["s"], "t": p["t"] * (1 + 2.0**-40)}, x)

    assert run(Adapter("Cauchy", sums, algorithm="direct", sizes=[2, 60, 100], dtype="float64")).conforms
    assert not run(Adapter("Cauchy", mistaken, algorithm="direct", sizes=[3], dtype="float64")).conforms


@pytest.mark.parametrize("n", [2, 3, 8, 48])
@pytest.mark.parametrize("side", ["M", "T", "H"])
@pytest.mark.parametrize("turn", [1, -1])
def test_every_side_of_roots_of_unity_is_the_matrix_of_the_nodes(n: int, side: str, turn: int) -> None:
    """Against numpy's dense product: both err by less than 2 n^2 u sqrt(n) (n u for a power, n sums, |x| = 1)."""
    x = np.exp(turn * 2j * np.pi * np.arange(n) / n)
    M = x[:, None] ** np.arange(n)
    A = {"M": M, "T": M.T, "H": M.conj().T}[side]
    R = Reference(f"Vandermonde({n})", {"x": x}, algorithm="transform")
    for v in np.eye(n):
        assert (abs(R.multiply(v, side) - A @ v) <= 4 * n**2.5 * 2.0**-53).all()
        assert (abs(R.truth(v, side)[0] - A @ v) <= 4 * n**2.5 * 2.0**-53).all()
