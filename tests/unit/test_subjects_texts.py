"""Numbers in CSV, JSON and Matrix Market are read exactly: against scipy, fractions, and by hand."""

from __future__ import annotations

import hashlib
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import flint
import numpy as np
import pytest
import scipy.io
import scipy.sparse
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from ldrtheory.rings import Cyclotomic
from ldrtheory.subjects import exact_entries, read_subject, read_tridiagonal, read_vector, write_exact_subject


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("roundtrip")


NUMBERS = st.one_of(
    st.integers(-(10**30), 10**30).map(lambda k: (str(k), Fraction(k))),
    st.fractions().map(lambda q: (f"{q.numerator}/{q.denominator}", q)),
    st.decimals(allow_nan=False, allow_infinity=False, places=6).map(lambda d: (str(d), Fraction(d))),
    st.tuples(st.integers(-999, 999), st.integers(-40, 40)).map(
        lambda t: (f"{t[0]}e{t[1]}", t[0] * Fraction(10) ** t[1])
    ),
    st.integers(0, 2**80).map(lambda k: (f"-{k:#x}/0x7", Fraction(-k, 7))),
)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=4))
def test_exact_strings_in_csv_and_json(folder: Path, rows: list[Any]) -> None:
    texts = [[text for text, _ in row] for row in rows]
    expected = [[value for _, value in row] for row in rows]
    (folder / "W.csv").write_text("\n".join(",".join(row) for row in texts), encoding="utf-8")
    (folder / "W.json").write_text(json.dumps({"entries": texts}), encoding="utf-8")
    for name in ("W.csv", "W.json"):
        entries = exact_entries(read_subject(folder / name).array)
        assert [[Fraction(int(x.p), int(x.q)) for x in row] for row in entries] == expected


def test_long_numbers_are_written_in_hexadecimal(tmp_path: Path) -> None:
    long = 7**6000  # 5071 digits
    subject = read_subject([[Fraction(1, long), long]])
    written = write_exact_subject(subject, tmp_path / "L")
    assert f'"0x1/{long:#x}", "{long:#x}"' in written.path.read_text()
    assert read_subject(written.path).array.tolist() == subject.array.tolist()
    (tmp_path / "D.json").write_text(json.dumps([[str(flint.fmpz(long))]]))
    assert not read_subject(tmp_path / "D.json").readable_by_checker
    assert read_subject(tmp_path / "D.json").array[0, 0] == flint.fmpq(long)


def test_json_number_kinds(tmp_path: Path) -> None:
    (tmp_path / "W.json").write_text('[[0.1, "0.1", 1e3], [12345678901234567890123, -0, "0x1f/0x3"]]')
    entries = read_subject(tmp_path / "W.json").array
    expected = [Fraction(0.1), Fraction(1, 10), 1000, 12345678901234567890123, 0, Fraction(31, 3)]
    assert [Fraction(int(x.p), int(x.q)) for x in entries.flat] == expected


def test_csv_of_a_spreadsheet(tmp_path: Path) -> None:
    (tmp_path / "W.csv").write_bytes(b"\xef\xbb\xbf1, 2\r\n-3,\t4 \r\n")
    assert read_subject(tmp_path / "W.csv").array.tolist() == [[1, 2], [-3, 4]]


SYMMETRY = {
    "general": [[1, 2], [3, 4]],
    "symmetric": [[1, 3], [3, 4]],
    "skew-symmetric": [[0, -3], [3, 0]],
}
LOWER = {
    "general": {(1, 1): 1, (2, 1): 3, (1, 2): 2, (2, 2): 4},
    "symmetric": {(1, 1): 1, (2, 1): 3, (2, 2): 4},
    "skew-symmetric": {(2, 1): 3},
}


@pytest.mark.parametrize("symmetry", SYMMETRY)
@pytest.mark.parametrize("field", ["integer", "real"])
@pytest.mark.parametrize("layout", ["coordinate", "array"])
def test_matrix_market(layout: str, field: str, symmetry: str, tmp_path: Path) -> None:
    places = LOWER[symmetry]
    if layout == "array":
        body = ["2 2", *(str(value) for value in places.values())]
    else:
        body = [f"2 2 {len(places)}", *(f"{i} {j} {value}" for (i, j), value in places.items())]
    path = tmp_path / "W.mtx"
    path.write_text(
        "\n".join([f"%%MatrixMarket matrix {layout} {field} {symmetry}", "% a comment", "", *body]) + "\n"
    )
    subject = read_subject(path)
    assert subject.array.tolist() == SYMMETRY[symmetry]
    assert subject.array.dtype == (np.int64 if field == "integer" else np.float64)
    theirs = scipy.io.mmread(path)
    theirs = theirs if layout == "array" else theirs.toarray()
    assert theirs.tolist() == SYMMETRY[symmetry]


def test_matrix_market_kinds(tmp_path: Path) -> None:
    path = tmp_path / "W.mtx"
    path.write_text("%%MatrixMarket matrix coordinate complex hermitian\n2 2 2\n1 1 2 0\n2 1 0.1 3\n")
    assert read_subject(path).array.tolist() == [[2, 0.1 - 3j], [0.1 + 3j, 0]]
    path.write_text("%%MatrixMarket matrix coordinate pattern general\n2 3 2\n1 1\n2 3\n")
    assert read_subject(path).array.tolist() == [[1, 0, 0], [0, 0, 1]]
    path.write_text("%%MATRIXMARKET Matrix Array Integer General\n1 2\n9223372036854775808\n-1\n")
    assert read_subject(path).array.tolist() == [[flint.fmpq(2**63), flint.fmpq(-1)]]


@given(hnp.arrays(np.float64, (3, 2), elements=st.floats(allow_nan=False, allow_infinity=False)))
def test_matrix_market_written_by_scipy(folder: Path, array: np.ndarray) -> None:
    scipy.io.mmwrite(folder / "S.mtx", array, precision=17)  # 17 significant digits identify a float64
    assert read_subject(folder / "S.mtx").array.tolist() == array.tolist()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("v.json", "[1, 2, 3]"),
        ("v.json", "[[1], [2], [3]]"),
        ("v.json", "[[1, 2, 3]]"),
        ("v.json", '{"entries": ["1", "0x2", "3.0"]}'),
        ("v.csv", "1,2,3\n"),
        ("v.csv", "1\n2\n3\n"),
        ("v.mtx", "%%MatrixMarket matrix array integer general\n3 1\n1\n2\n3\n"),
    ],
)
def test_vectors(name: str, content: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content)
    subject = read_vector(tmp_path / name)
    assert (subject.array.tolist(), subject.shape) == ([1, 2, 3], (3,))


def test_vectors_of_arrays(tmp_path: Path) -> None:
    for k, array in enumerate([np.array([1.5, 2.0]), np.array([[1.5, 2.0]]), np.array([[1.5], [2.0]])]):
        np.save(tmp_path / f"{k}.npy", array)
        assert read_vector(tmp_path / f"{k}.npy").array.tolist() == [1.5, 2.0]
        assert read_vector(array).array.tolist() == [1.5, 2.0]


def test_cyclotomic_vectors(tmp_path: Path) -> None:
    K, path = Cyclotomic(3), tmp_path / "v.json"
    expected = [K([1, 2]), K([0, 1]), K([5])]
    for entries in (
        '[["1","2"],["0","1"],["5","0"]]',
        '[["1","2"],["0","1"],5]',
        '[[["1","2"]],[["0","1"]],["5"]]',
    ):
        path.write_text(f'{{"field": "Q(zeta_3)", "entries": {entries}}}')
        assert read_vector(path).array.tolist() == expected
    path.write_text('{"field": "Q(zeta_3)", "entries": [["1", "2"]]}')  # one row of two numbers
    assert read_vector(path).array.tolist() == [K([1]), K([2])]


def test_tridiagonal(tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    path.write_text('{"sub": ["1/2", 2], "main": [3, 4, "5"], "super": [6, 0.5], "bottom_left": "-1/3"}')
    parts = read_tridiagonal(path)
    assert parts.sub.tolist() == [flint.fmpq(1, 2), 2]
    assert parts.main.tolist() == [3, 4, 5]
    assert parts.super_.tolist() == [6, flint.fmpq(1, 2)]
    assert (parts.top_right, parts.bottom_left) == (0, flint.fmpq(-1, 3))
    assert (parts.field, parts.sha256) == ("Q", hashlib.sha256(path.read_bytes()).hexdigest())
