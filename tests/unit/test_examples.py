"""The shipped example matrices are what their README says, from the raw data on."""

from __future__ import annotations

import csv
from datetime import date
from fractions import Fraction
from pathlib import Path

import flint
import numpy as np
import pytest

from ldrtheory.subjects import exact_entries, read_subject, read_vector

FOLDER = Path(__file__).parents[2] / "docs" / "examples"


def raw(name: str) -> list[list[str]]:
    with open(FOLDER / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def entries(name: str) -> np.ndarray:
    return exact_entries(read_subject(f"{FOLDER}/{name}").array)


def rank(L: np.ndarray) -> int:
    return int(flint.fmpq_mat(*L.shape, list(L.flat)).rank())


def shift(n: int, f: int) -> np.ndarray:
    """Ones below the diagonal and f at the top right."""
    Z = np.full((n, n), flint.fmpq(0), dtype=object)
    for i in range(n - 1):
        Z[i + 1, i] = flint.fmpq(1)
    Z[0, n - 1] += f
    return Z


def toeplitz(M: np.ndarray) -> int:
    m, n = M.shape
    return rank(shift(m, 1) @ M - M @ shift(n, -1))


def test_autocovariances() -> None:
    x = [Fraction(value) for _, value in raw("sunspots")]
    N = len(x)
    mean = sum(x) / N
    c = [sum((x[t] - mean) * (x[t + k] - mean) for t in range(N - k)) / N for k in range(64)]
    exact = read_subject(FOLDER / "sunspots-autocovariance.npy").array
    assert exact.dtype == np.int64
    floats = read_subject(FOLDER / "sunspots-autocovariance-float64.npy").array
    for i in range(64):
        for j in range(64):
            assert exact[i, j] == c[abs(i - j)] * 100 * N**3
            assert floats[i, j] == float(c[abs(i - j)])


def test_lagged_products() -> None:
    z = np.array([int(Fraction(value) * 10) for _, value in raw("sunspots")])
    windows = np.lib.stride_tricks.sliding_window_view(z, 48)
    assert (read_subject(FOLDER / "sunspots-lagged-products.csv").array == windows.T @ windows).all()


def test_loewner_matrix() -> None:
    measured = [(day, Fraction(value)) for day, value in raw("co2") if value][:96]
    first = date(1958, 3, 29)
    weeks = [(date(int(d[:4]), int(d[4:6]), int(d[6:])) - first).days / 7 for d, _ in measured]
    assert read_vector(FOLDER / "co2-rows.json").array.tolist() == weeks[::2]
    assert read_vector(FOLDER / "co2-columns.json").array.tolist() == weeks[1::2]
    L = entries("co2-loewner.json")
    assert L[0, 0] == flint.fmpq(6, 5)  # 317.3 - 316.1 ppm in one week
    rounded = read_subject(FOLDER / "co2-loewner-float64.npy").array
    for i in range(48):
        for j in range(48):
            slope = (measured[2 * i][1] - measured[2 * j + 1][1]) / Fraction(weeks[2 * i] - weeks[2 * j + 1])
            assert Fraction(int(L[i, j].p), int(L[i, j].q)) == slope
            assert rounded[i, j] == float(slope)


@pytest.mark.parametrize(("name", "expected"), [("co2-loewner.json", 2), ("co2-loewner-float64.npy", 48)])
def test_ranks_of_the_loewner_matrices(name: str, expected: int) -> None:
    S, T = (np.diag(exact_entries(read_vector(FOLDER / f"co2-{k}.json").array)) for k in ("rows", "columns"))
    M = entries(name)
    assert rank(S @ M - M @ T) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("sunspots-autocovariance.npy", 2),
        ("sunspots-autocovariance-float64.npy", 2),
        ("sunspots-lagged-products.csv", 4),
        ("digits-hidden.npy", 32),
    ],
)
def test_toeplitz_ranks(name: str, expected: int) -> None:
    assert toeplitz(entries(name)) == expected


def test_both_copies_of_the_trained_layer_agree() -> None:
    npy = read_subject(FOLDER / "digits-hidden.npy").array
    tensor = read_subject(f"{FOLDER}/digits-mlp.safetensors:hidden.weight").array
    assert (npy.dtype, npy.shape) == (np.float32, (64, 32))
    assert npy.tobytes() == tensor.tobytes()


def test_the_folder_is_small_and_described() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    made = (".cert.", ".subject.", ".html")  # what running the README's commands leaves here
    names = [p.name for p in FOLDER.iterdir() if p.is_file() and not any(part in p.name for part in made)]
    assert sum((FOLDER / name).stat().st_size for name in names) < 1_000_000
    for name in names:
        assert name == "README.md" or f"`{name}`" in readme
