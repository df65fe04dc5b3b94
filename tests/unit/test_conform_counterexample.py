"""Certificates of failing kernels: what they say, when there is none, and what is only observed."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from ldrtheory.conform import Adapter, run
from ldrtheory.conform.bench import Failure
from ldrtheory.conform.cases import Case
from ldrtheory.conform.counterexample import counterexample
from ldrtheory.conform.suite import prepared
from ldrtheory.judge import check


def circulant(p, x):
    y = np.fft.ifft(np.fft.fft(p["c"]) * np.fft.fft(x))
    return y if np.iscomplexobj(x) else y.real


def fraction(text: int | str) -> Fraction:
    """A number of a certificate, read by hand: an integer, or hexadecimal with a sign and a denominator."""
    if isinstance(text, int):
        return Fraction(text)
    top, _, bottom = text.partition("/")
    return Fraction(int(top, 16), int(bottom, 16) if bottom else 1)


@pytest.mark.parametrize(("side", "offered"), [("M^T", "transpose"), ("M^H", "adjoint")])
def test_a_wrong_transpose_is_refuted_by_the_exact_transpose(side, offered, tmp_path: Path) -> None:
    answer = run(
        Adapter("Circulant", circulant, sizes=[1, 2, 3], **{offered: circulant}),
        certificate=tmp_path / "t.json",
    )
    assert answer.failure is not None
    assert (answer.failure.law, answer.failure.side, str(answer.level)) == ("transpose", side, "refuted")
    data = json.loads((tmp_path / "t.json").read_text())
    c = [Fraction(float(v)) for v in answer.failure.case.parameters["c"]]
    y = [Fraction(float(v)) for v in answer.failure.case.x]
    by_hand = [sum(c[(i - j) % 3] * y[i] for i in range(3)) for j in range(3)]
    said = data["statements"][0]["claim"]["matrix"]["entries"]
    assert [fraction(row[0]) for row in said] == by_hand
    assert f"{side} x" in str(answer)


def test_the_adjoint_is_conjugated(tmp_path: Path) -> None:
    answer = run(
        Adapter("Circulant", circulant, adjoint=circulant, dtype="complex128", sizes=[1]),
        certificate=tmp_path / "h.json",
    )
    assert answer.failure is not None
    c, y = (
        [Fraction(float(part)) for part in (z[0].real, z[0].imag)]
        for z in (answer.failure.case.parameters["c"], answer.failure.case.x)
    )
    data = json.loads((tmp_path / "h.json").read_text())
    said = [fraction(part) for part in data["statements"][0]["claim"]["matrix"]["entries"][0][0]]
    assert said == [c[0] * y[0] + c[1] * y[1], c[0] * y[1] - c[1] * y[0]]  # conj(c) y


def test_a_wrong_transpose_of_a_rectangular_matrix_is_certified(tmp_path: Path) -> None:
    answer = run(
        Adapter("Dense(2, 3)", lambda p, x: x @ p["M"].T, transpose=lambda p, y: 2 * (y @ p["M"])),
        certificate=tmp_path / "r.json",
    )
    assert answer.failure is not None
    assert (answer.failure.side, answer.checked, answer.exceeds) == ("M^T", True, True)


@pytest.mark.parametrize("dtype", ["float64", "complex128"])
def test_the_rounded_result_of_a_correct_kernel_is_no_counterexample(dtype: str) -> None:
    bench = prepared(Adapter("Circulant", circulant, dtype=dtype, sizes=[3]))
    member = bench.generic[0]
    x = bench.vectors(member)
    got = bench.multiply(member, x)
    case = Case(member.family, member.parameters, x)
    allowed = member.matrix.allowance(x)
    assert (got != member.matrix.exact(x).high).any()  # rounded, so another number than the exact one
    assert counterexample(bench, Failure("values", "", case, got, None, allowed)) is None
    found = counterexample(bench, Failure("values", "", case, got + 3 * allowed, None, allowed))
    assert found is not None
    assert found.exceeds


def test_over_the_gaussian_numbers_the_size_of_the_error_is_certified(tmp_path: Path) -> None:
    answer = run(
        Adapter("Circulant", lambda p, x: 1j * circulant(p, x), dtype="complex128", sizes=[1, 2, 3]),
        certificate=tmp_path / "c.json",
    )
    assert (answer.checked, answer.exceeds, str(answer.level)) == (True, True, "refuted")
    data = json.loads((tmp_path / "c.json").read_text())
    assert [s["claim"]["kind"] for s in data["statements"]][-2:] == ["product-equals", "residual-distance"]
    bound = data["statements"][-1]["claim"]["bound"]
    size = fraction(data["statements"][-1]["claim"]["subject"]["entries"][0][0])
    assert size > fraction(bound["absolute"])
    data["statements"][-1]["claim"]["bound"] = {"absolute": "0x" + f"{int(size) + 1:x}"}
    (tmp_path / "wrong.json").write_text(json.dumps(data))
    assert not check(str(tmp_path / "wrong.json")).accepted


def test_over_larger_fields_by_how_much_is_observed(tmp_path: Path) -> None:
    answer = run(
        Adapter("DFT", lambda p, x: 2 * np.fft.fft(x), dtype="complex128", sizes=[3]),
        certificate=tmp_path / "f.json",
    )
    assert answer.conforms is False
    assert (answer.checked, answer.exceeds, str(answer.level)) == (True, False, "observed")
    assert "by how much, is observed" in str(answer)


def test_a_kernel_that_knows_no_batches_has_no_counterexample_for_one_vector(tmp_path: Path) -> None:
    """It is right for every vector alone, so no single vector refutes it; the words say where it is wrong."""

    def one_vector(p, x):
        n = len(p["c"])
        return p["c"][np.subtract.outer(np.arange(n), np.arange(n)) % n] @ x

    answer = run(Adapter("Circulant", one_vector, sizes=[1, 2, 3]), certificate=tmp_path / "none.json")
    assert answer.conforms is False
    if answer.failure is not None and answer.failure.got is not None:
        got = one_vector(answer.failure.case.parameters, answer.failure.case.x)
        assert (got == answer.failure.got).all()
    assert answer.certificate is None
    assert not (tmp_path / "none.json").exists()


def test_a_vector_that_is_wrong_only_in_a_batch_is_said_to_be(tmp_path: Path) -> None:
    def spoiled(p, x):
        y = circulant(p, x)
        if x.ndim > 1 and len(x) > 1:
            y[-1] = 0
        return y

    answer = run(Adapter("Circulant", spoiled, sizes=[3]), certificate=tmp_path / "b.json", laws=("batch",))
    assert answer.conforms is False
    assert "this vector alone is multiplied rightly" in answer.failure.words
    assert not (tmp_path / "b.json").exists()


def test_scaling_by_powers_of_f_is_allowed_at_every_magnitude() -> None:
    """f = 10^4: the scaled numbers are up to 10^8 times the given ones, so vectors are taken that much smaller."""

    def scaled(p, x):
        n = x.shape[-1]
        d = 10000.0 ** (np.arange(n) / n)
        return np.fft.ifft(np.fft.fft(p["c"] * d) * np.fft.fft(x * d)).real / d

    answer = run(Adapter("FCirculant(8, 10000)", scaled, sizes=[1, 2, 3, 8, 16], algorithm="transform"))
    assert next(law for law in answer.laws if law.law == "scales").passed, str(answer)


def test_a_kernel_that_asks_for_other_parameters_is_told_their_names() -> None:
    answer = run(Adapter("Circulant", lambda p, x: p["column"] * x, sizes=[2]), laws=("values",))
    assert "KeyError: 'column'; the parameters it is given are called: c" in answer.laws[0].words
