"""What is read is bit for bit what was written by numpy and safetensors, or what an array in memory holds."""

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

from ldrtheory.files import sha256_of
from ldrtheory.rings import GF, Cyclotomic
from ldrtheory.subjects import exact_entries, read_subject, write_exact_subject

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


def test_members_and_suffixes(tmp_path: Path) -> None:
    np.savez(tmp_path / "only.npz", W=np.ones((1, 1)))
    assert read_subject(tmp_path / "only.npz").tensor == "W"
    safetensors.numpy.save_file({"a:b": np.ones((1, 1))}, tmp_path / "W.safetensors")
    assert read_subject(f"{tmp_path}/W.safetensors:a:b").name == f"{tmp_path}/W.safetensors:a:b"
    np.save(tmp_path / "W.npy", np.ones((1, 1)))
    (tmp_path / "W.npy").rename(tmp_path / "W.NPY")
    assert not read_subject(tmp_path / "W.NPY").readable_by_checker  # the checker knows small letters only
