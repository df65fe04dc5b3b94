"""What is read is bit for bit what was written: by numpy, safetensors, scipy, or by hand."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import flint
import numpy as np
import pytest
import safetensors.numpy
import scipy.io
import scipy.sparse
import sympy
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from ldrtheory.errors import BadInput
from ldrtheory.files import sha256_of, write_text, writing
from ldrtheory.rings import GF, Cyclotomic
from ldrtheory.subjects import exact_entries, read_subject, read_tridiagonal, read_vector, write_exact_subject

FORMATS = ["?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16"]
EXTREMES = {
    "?": [False, True],
    "u8": [0, 2**64 - 1, 2**63, 2**53 + 1],
    "i8": [-(2**63), 2**63 - 1, 2**53 + 1],
    "f8": [-0.0, 5e-324, -2.2250738585072014e-308, 1.7976931348623157e308, 0.1],
    "f4": [-0.0, 1e-45, 3.4028235e38, 0.1],
    "f2": [-0.0, 6e-8, 65504.0, 0.1],
    "c16": [complex(-0.0, 5e-324), complex(1e308, -0.1)],
}


@st.composite
def arrays(draw: st.DrawFn) -> np.ndarray:
    kind = draw(st.sampled_from(FORMATS))
    dtype = np.dtype(draw(st.sampled_from(["<", ">"])) + kind)
    shape = draw(st.tuples(st.integers(1, 4), st.integers(1, 4)))
    options = {"allow_nan": False, "allow_infinity": False} if kind[0] in "fc" else {}
    elements = hnp.from_dtype(dtype, **options)
    if kind in EXTREMES:
        elements = st.one_of(elements, st.sampled_from([dtype.type(x) for x in EXTREMES[kind]]))
    array = draw(hnp.arrays(dtype, shape, elements=elements))
    return np.asfortranarray(array) if draw(st.booleans()) else array


def same_bits(read: np.ndarray, array: np.ndarray) -> bool:
    native = array.astype(array.dtype.newbyteorder("="), order="C")
    return read.dtype == native.dtype and read.shape == native.shape and read.tobytes() == native.tobytes()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("roundtrip")


@given(arrays())
def test_npy_written_by_numpy(folder: Path, array: np.ndarray) -> None:
    path = folder / "W.npy"
    np.save(path, array)
    subject = read_subject(path)
    assert same_bits(subject.array, array)
    assert subject.dtype == array.dtype.newbyteorder("=").name
    assert subject.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert subject.readable_by_checker
    flags = subject.array.flags
    assert flags.c_contiguous
    assert flags.aligned
    assert not flags.writeable


@given(arrays(), st.booleans())
def test_npz_written_by_numpy(folder: Path, array: np.ndarray, compressed: bool) -> None:
    (np.savez_compressed if compressed else np.savez)(folder / "W.npz", array, named=array.T)
    subject = read_subject(f"{folder}/W.npz:named")
    assert same_bits(subject.array, array.T)
    assert (subject.tensor, subject.readable_by_checker) == ("named", False)
    assert same_bits(read_subject(f"{folder}/W.npz:arr_0.npy").array, array)


@given(arrays().filter(lambda a: a.dtype.kind != "c"))
def test_safetensors_written_by_safetensors(folder: Path, array: np.ndarray) -> None:
    native = array.astype(array.dtype.newbyteorder("="), order="C")
    safetensors.numpy.save_file({"w": native, "bias": np.zeros(3)}, folder / "W.safetensors")
    subject = read_subject(f"{folder}/W.safetensors:w")
    assert same_bits(subject.array, native)
    assert (subject.tensor, subject.readable_by_checker) == ("w", True)


@given(arrays())
def test_exact_subject_of_an_array(folder: Path, array: np.ndarray) -> None:
    given_array = read_subject(array)
    written = write_exact_subject(given_array, folder / "A")
    assert written.path == folder / "A.subject.npy"
    assert written.readable_by_checker
    assert same_bits(read_subject(written.path).array, array)
    assert same_bits(np.load(written.path, allow_pickle=False), array)
    assert written.sha256 == sha256_of(written.path)


def test_arrays_are_copied() -> None:
    array = np.ones((2, 2))
    subject = read_subject(array)
    array[0, 0] = 7
    assert subject.array[0, 0] == 1
    assert (subject.path, subject.sha256, subject.name) == (None, None, "array")


def bfloat16(values: list[float]) -> bytes:
    return b"".join(np.float32(value).tobytes()[2:] for value in values)  # the upper half of a float32


def test_bfloat16_widens_exactly(tmp_path: Path) -> None:
    # 1.5, -2^-133 (a bfloat16 subnormal), the largest bfloat16 255 * 2^120, -0
    values = [1.5, -(2.0**-133), 255 * 2.0**120, -0.0]
    header = json.dumps({"w": {"dtype": "BF16", "shape": [2, 2], "data_offsets": [0, 8]}}).encode()
    path = tmp_path / "W.safetensors"
    path.write_bytes(len(header).to_bytes(8, "little") + header + bfloat16(values))
    subject = read_subject(f"{path}:w")
    assert subject.dtype == "bfloat16"
    assert subject.array.tobytes() == np.array(values, dtype=np.float32).tobytes()


class FakeTorch:
    """The face of a torch bfloat16 tensor that requires a gradient, without torch."""

    dtype = "torch.bfloat16"

    def detach(self) -> FakeTorch:
        return self

    resolve_conj = resolve_neg = cpu = float = detach

    def numpy(self) -> np.ndarray:
        return np.array([[1.5]], dtype=np.float32)


FakeTorch.__module__ = "torch"


class ByDlpack:
    """An array that offers nothing but __dlpack__."""

    def __init__(self, array: np.ndarray) -> None:
        self.array = array

    def __dlpack__(self, **options: Any) -> Any:
        return self.array.__dlpack__(**options)

    def __dlpack_device__(self) -> tuple[int, int]:
        return self.array.__dlpack_device__()


class ByArray:
    """An array that offers nothing but __array__."""

    def __array__(self, dtype: Any = None, copy: Any = None) -> np.ndarray:
        return np.array([[2**64 - 1]], dtype=np.uint64)


class Table:
    """The face of a data frame with an integer and a float column; as one float array it would be rounded."""

    dtypes = ("int64", "float64")

    def __array__(self, dtype: Any = None, copy: Any = None) -> np.ndarray:
        return np.array([[float(2**53 + 1), 0.5]])

    def to_numpy(self, dtype: Any = None) -> np.ndarray:
        return np.array([[2**53 + 1, 0.5]], dtype=object)


def test_foreign_arrays() -> None:
    subject = read_subject(FakeTorch())
    assert (subject.dtype, subject.array.tolist()) == ("bfloat16", [[1.5]])
    assert read_subject(ByDlpack(np.array([[1, 2]], dtype=np.int16))).array.tolist() == [[1, 2]]
    assert read_subject(ByArray()).array.tolist() == [[2**64 - 1]]
    assert read_subject(Table()).array.tolist() == [[flint.fmpq(2**53 + 1), flint.fmpq(1, 2)]]
    assert read_subject(np.array([[1, 2]]).view(np.matrix)).array.tolist() == [[1, 2]]
    assert read_subject(np.ma.MaskedArray([[1, 2]])).array.tolist() == [[1, 2]]
    assert read_subject(flint.fmpq_mat(1, 2, [1, flint.fmpq(1, 3)])).array.tolist() == [[1, flint.fmpq(1, 3)]]
    assert read_subject(flint.nmod_mat(1, 1, [3], 7)).field == "GF(7)"
    assert read_subject(sympy.Matrix([[sympy.Rational(1, 3), 2]])).array.tolist() == [[flint.fmpq(1, 3), 2]]


@pytest.mark.parametrize("layout", ["bsr", "coo", "csc", "csr", "dia", "dok", "lil"])
def test_sparse_matrices(layout: str) -> None:
    dense = np.array([[0, 2**62 + 1], [-5, 0], [0, 0]])
    for make in (scipy.sparse.coo_array, scipy.sparse.coo_matrix):
        assert same_bits(read_subject(make(dense).asformat(layout)).array, dense)


def test_object_entries_meet_in_one_field() -> None:
    values = [[1, Fraction(1, 3), Decimal("0.1")], ["-7/5", 0.5, flint.fmpz(2)]]
    expected = [[(1, 1), (1, 3), (1, 10)], [(-7, 5), (1, 2), (2, 1)]]
    for source in (values, np.array(values, dtype=object)):
        subject = read_subject(source)
        assert (subject.field, subject.dtype) == ("Q", "rational")
        assert [[(x.p, x.q) for x in row] for row in subject.array] == expected


def test_integers_and_floats_are_narrowed_exactly() -> None:
    assert read_subject([[2**63 - 1, -(2**63)]]).array.dtype == np.int64
    assert read_subject([[2**63, 1]]).array.tolist() == [[flint.fmpq(2**63), 1]]
    assert read_subject([[0.1, 5e-324]]).array.tobytes() == np.array([0.1, 5e-324]).tobytes()
    # 2^53 + 1 is no float64: beside a float it must stay an integer
    assert read_subject([[2**53 + 1, 0.5]]).array[0, 0] == 2**53 + 1


def test_complex_entries_are_gaussian() -> None:
    K = Cyclotomic(4)
    subject = read_subject([["2-1/3i", 1], [0.5j, "-j"]])
    assert subject.field == "Q(zeta_4)"
    expected = [[K([flint.fmpq(2), flint.fmpq(-1, 3)]), K([1])]]
    expected += [[K([0, flint.fmpq(1, 2)]), K([0, -1])]]
    assert subject.array.tolist() == expected
    native = read_subject(np.array([[1 + 2j]]))
    assert (native.field, native.array.dtype) == ("Q(zeta_4)", np.complex128)
    assert exact_entries(native.array).tolist() == [[K([1, 2])]]


@given(hnp.arrays(np.float64, (2, 3), elements=st.floats(allow_nan=False, allow_infinity=False)))
def test_exact_entries_of_floats(array: np.ndarray) -> None:
    for entry, value in zip(exact_entries(array).flat, array.flat):
        assert Fraction(int(entry.p), int(entry.q)) == Fraction(float(value))


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


@given(
    st.sampled_from(["Q", "Q(zeta_4)", "Q(zeta_3)", "Q(zeta_8)", "GF(7)", "GF(18446744073709551557)"]),
    st.data(),
)
def test_exact_subject_of_ring_elements(folder: Path, field: str, data: st.DataObject) -> None:
    fractions = st.fractions().map(lambda q: flint.fmpq(q.numerator, q.denominator))
    if field.startswith("GF"):
        p = int(field[3:-1])
        elements = st.integers(0, p - 1).map(GF(p))
    elif field == "Q":
        elements = fractions
    else:
        ring = Cyclotomic(int(field[7:-1]))
        elements = st.lists(fractions, min_size=1, max_size=ring.degree).map(ring)
    rows = data.draw(st.lists(st.tuples(elements, elements), min_size=1, max_size=3))
    array = np.empty((len(rows), 2), dtype=object)
    for i, row in enumerate(rows):
        array[i] = row
    subject = read_subject(array)
    again = read_subject(write_exact_subject(subject, folder / "R").path)
    assert (again.field, again.shape) == (field, array.shape)
    assert again.array.tolist() == subject.array.tolist() == array.tolist()


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


def test_members_and_suffixes(tmp_path: Path) -> None:
    np.savez(tmp_path / "only.npz", W=np.ones((1, 1)))
    assert read_subject(tmp_path / "only.npz").tensor == "W"
    safetensors.numpy.save_file({"a:b": np.ones((1, 1))}, tmp_path / "W.safetensors")
    assert read_subject(f"{tmp_path}/W.safetensors:a:b").name == f"{tmp_path}/W.safetensors:a:b"
    np.save(tmp_path / "W.npy", np.ones((1, 1)))
    (tmp_path / "W.npy").rename(tmp_path / "W.NPY")
    assert not read_subject(tmp_path / "W.NPY").readable_by_checker  # the checker knows small letters only


def test_a_failing_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "W.json"
    path.write_text("old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(BadInput, match=r"No space left on device.*nothing was changed: free space"):
        write_text(path, "new")
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["W.json"]


def test_a_file_size_limit_leaves_nothing(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    import signal

    kept, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, kept[1]))
    try:
        with pytest.raises(BadInput, match="cannot be written"):
            write_exact_subject(read_subject(np.ones((200, 200))), tmp_path / "W")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, kept)
        signal.signal(signal.SIGXFSZ, handler)
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_write_leaves_nothing(tmp_path: Path) -> None:
    def interrupted() -> None:
        with writing(tmp_path / "W") as file:
            file.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(tmp_path.iterdir()) == []


def test_places_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is a directory"):
        write_text(tmp_path, "x")
    with pytest.raises(BadInput, match="cannot be written"):
        write_text(tmp_path / "none" / "W.json", "x")
    with pytest.raises(BadInput, match="not a regular file"):
        write_text(Path("/dev/null"), "x")
    with pytest.raises(BadInput, match="not a file name"):
        write_text(Path("a\0b"), "x")
    (tmp_path / "target").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    write_text(tmp_path / "link", "new")
    assert (tmp_path / "target").read_text() == "new"
    assert (tmp_path / "link").is_symlink()
