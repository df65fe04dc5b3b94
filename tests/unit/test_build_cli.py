"""`ldrtheory build`: JSON keys, files, exit statuses and messages."""

import json
import os
from pathlib import Path

import numpy as np
import pytest

from ldrtheory.building import read_source
from ldrtheory.cli import status

KEYS = {
    "width", "expansion", "size", "parameters", "nonzeros", "traded", "bound", "certificate", "checked", "out"
}  # fmt: skip
CIRCUIT = {"inputs": 2, "gates": [[1, 0, "1/2", 1], [2, 2, 0.5, 0]], "outputs": [3, 0, 3]}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with a permutation, a circuit, a product whose factors are files, and matrices."""
    monkeypatch.chdir(tmp_path)
    write("P.json", [2, 0, 1])
    write("C.json", CIRCUIT)
    write("M.json", {"entries": [["1/3", 0], [0, 2], [5, 0]]})
    np.save("A.npy", np.array([[1, 2, 0], [0, 0, 3]]))
    np.save("B.npy", np.array([[1.0, 0.0], [0.0, 0.1], [2.0, 0.0]]))
    write("product.json", {"product": ["A.npy", "B.npy", [[1, 1], [0, 1]]]})
    return tmp_path


def write(name, data):
    with open(name, "w") as file:
        json.dump(data, file)


def load(name):
    with open(name) as file:
        return json.load(file)


def run(capsys, *arguments):
    code = status(["build", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


def as_json(capsys, *arguments):
    code, out, err = run(capsys, *arguments, "--json")
    assert err == ""
    assert out.count("\n") == 1
    return code, json.loads(out)


SOURCES = [
    ("P.json", 1, "4/3", "permutation"),
    ("C.json", 4, "8/3", "circuit"),
    ("M.json", 1, "4/3", "matrix"),
    ("A.npy", 1, "4/3", "matrix"),
    ("product.json", 6, "2/1", "sparse-product"),
    ("DFT(4)", 1, "1/1", "named"),
]


@pytest.mark.parametrize(("source", "width", "expansion", "kind"), SOURCES, ids=[s[0] for s in SOURCES])
def test_build_answers_certifies_and_checks(folder, capsys, source, width, expansion, kind):
    code, answer = as_json(capsys, source)
    assert code == 0
    assert answer.keys() >= KEYS
    assert (answer["width"], answer["expansion"], answer["source"]["kind"]) == (width, expansion, kind)
    assert answer["checked"] is True
    assert answer["level"] == "verified"
    assert answer["out"] is None
    assert answer["bound"].keys() == {"width", "expansion", "parameters", "source"}
    assert answer["parameters"] <= answer["bound"]["parameters"]
    if kind != "named":
        name = source.split(".")[0] + ".kaleidoscope.cert.json"
        assert answer["certificate"] == name
        assert status(["check", name]) == 0
    else:
        assert answer["certificate"] is None


def test_the_written_kaleidoscope_has_the_corner_and_the_certificate_names_it(folder, capsys):
    _, answer = as_json(capsys, "P.json", "--out", "K.json")
    assert (answer["out"], answer["certificate"]) == ("K.json", "K.cert.json")
    K = load("K.json")
    assert set(K) == {"m", "n", "size", "width", "field", "kind", "factors"}
    x = np.array([10, 20, 30] + [0] * (K["size"] - K["n"]))
    for factor in K["factors"]:  # by the formula of the format
        other = np.arange(K["size"]) ^ (1 << factor["bit"])
        x = np.array(factor["diagonal"]) * x + np.array(factor["offdiagonal"]) * x[other]
    assert x[: K["m"]].tolist() == [20, 30, 10]  # out[p[i]] = in[i]
    claim = load("K.cert.json")["statements"][0]["claim"]
    assert claim["left"]["kaleidoscope"]["file"] == "K.json"
    assert claim["right"]["permutation"]["file"] == "P.json"
    assert status(["check", "K.cert.json"]) == 0
    K["factors"][0]["diagonal"][0] += 1
    write("K.json", K)
    assert status(["check", "K.cert.json"]) == 1


@pytest.mark.parametrize("source", ["P.json", "C.json", "A.npy", "product.json"])
def test_a_certificate_holds_for_its_source_only(folder, capsys, source):
    _, answer = as_json(capsys, source)
    certificate = load(answer["certificate"])
    statement = certificate["statements"][0]
    factor = statement["claim"]["left"]["kaleidoscope"]["factors"][-1]
    factor["diagonal"][0] = factor["offdiagonal"][0] = 7  # row 0 of the corner is now a multiple of 7
    write("wrong.cert.json", certificate)
    assert status(["check", "wrong.cert.json"]) == 1


def test_a_certificate_elsewhere_is_checked_with_its_subject(folder, capsys):
    os.mkdir("elsewhere")
    code, answer = as_json(capsys, "A.npy", "--certificate", "elsewhere/C.json", "--out", "K.json")
    assert code == 0
    assert answer["certificate"] == os.path.join("elsewhere", "C.json")
    assert status(["check", "elsewhere/C.json", "--subject", "A.npy"]) == 0
    capsys.readouterr()
    for source in ("P.json", "product.json"):
        assert as_json(capsys, source, "--certificate", "elsewhere/D.json")[1]["checked"] is True


def test_fields(folder, capsys):
    assert as_json(capsys, "P.json", "--field", "GF(2)")[1]["field"] == "GF(2)"
    assert as_json(capsys, "M.json", "--field", "Q(zeta_8)")[1]["field"] == "Q(zeta_8)"
    code, answer = as_json(capsys, "M.json", "--field", "GF(7)")
    assert (code, answer["field"], answer["checked"]) == (0, "GF(7)", True)
    code, answer = as_json(capsys, "DFT(4)", "--field", "GF(17)")
    assert (code, answer["checked"]) == (0, True)
    code, answer = as_json(capsys, "C.json", "--field", "GF(7)")
    assert (code, answer["checked"]) == (0, True)


def test_a_file_that_could_be_several_things_is_read_as_asked(folder, capsys):
    write("row.json", [[0, 1]])
    assert as_json(capsys, "row.json")[1]["source"]["kind"] == "matrix"
    np.save("p.npy", np.array([1, 0, 2]))
    assert as_json(capsys, "p.npy", "--as", "permutation")[1]["source"]["kind"] == "permutation"
    code, _, err = run(capsys, "P.json", "--as", "matrix")
    assert code == 2
    assert "1-d" in err


def test_the_human_answer_comes_first_and_says_how_to_check(folder, capsys):
    code, out, _ = run(capsys, "C.json")
    lines = out.splitlines()
    assert code == 0
    assert lines[0].startswith("C.json (circuit, 3 x 2, over Q): a kaleidoscope of width 4 and expansion 8/3")
    assert lines[1].startswith("verified: ")
    assert lines[-1] == "check it again: ldrtheory check C.kaleidoscope.cert.json"


def test_the_examples_are_what_their_table_says(folder):
    examples = Path(__file__).parents[2] / "docs" / "examples"
    reversal, sums, laplacian, D, adjoint = (
        read_source(examples / f"{name}.json").construct().product.entries()
        for name in ("bit-reversal", "prefix-sums", "laplacian", "difference", "difference-adjoint")
    )
    assert [row.tolist().index(1) for row in reversal] == [int(f"{i:03b}"[::-1], 2) for i in range(8)]
    assert sums.tolist() == np.tri(8, dtype=int).tolist()
    expected = 2 * np.eye(8, dtype=int) - np.eye(8, k=1, dtype=int) - np.eye(8, k=-1, dtype=int)
    expected[0, 0] = expected[7, 7] = 1
    assert laplacian.tolist() == expected.tolist()
    assert D.tolist() == (np.eye(7, 8, k=1, dtype=int) - np.eye(7, 8, dtype=int)).tolist()
    assert adjoint.tolist() == D.T.tolist()


def test_a_page_is_written_on_request(folder, capsys):
    code, out, _ = run(capsys, "P.json", "--report", "R.html")
    assert code == 0
    assert out.endswith("report: R.html\n")
    assert "<svg" in (folder / "R.html").read_text()


BAD = [
    (["none.json"], None, "no such file"),
    (["x.json"], [], "an empty list"),
    (["x.json"], {}, "wanted a list of rows"),
    (["x.json"], 3, "wanted a list of rows"),
    (["x.json"], [0, 0, 2], "0 is repeated and 1 is missing"),
    (["x.json"], [0, 3], "entry 1 of the permutation is 3"),
    (["x.json"], [0, True], "entry 1 of the permutation is True"),
    (["x.json"], [0.0, 1.0], "entry 0 of the permutation is 0.0"),
    (["x.json"], [["1/0"]], "divides by zero"),
    (["x.json"], [[1], [2, 3]], "row 1"),
    (["x.json"], [[float("nan")]], "not finite"),
    (["x.json"], [[True]], "true"),
    (["x.json"], [[[1]]], "list"),
    (["x.json"], {"product": []}, "no factors"),
    (["x.json"], {"product": 5}, "product is 5"),
    (["x.json"], {"product": [[[1, 2]], [[1]]]}, "factor 0 is 1 x 2 and factor 1 is 1 x 1"),
    (["x.json"], {"product": ["A.npy", "A.npy"]}, "factor 0 (A.npy) is 2 x 3 and factor 1 (A.npy) is 2 x 3"),
    (["x.json"], {"product": ["gone.npy"]}, "gone.npy: no such file"),
    (["x.json"], {"product": [[1, 2]]}, "wanted a list of rows"),
    (["x.json"], {"product": [[[1]]], "field": "Q"}, 'wanted {"product"'),
    (["x.json"], {"inputs": 2, "gates": []}, "exactly inputs, gates, outputs"),
    (["x.json"], {"inputs": 0, "gates": [], "outputs": [0]}, "0 inputs"),
    (["x.json"], {"inputs": True, "gates": [], "outputs": [0]}, "True inputs"),
    (["x.json"], {"inputs": 2, "gates": [], "outputs": []}, "without outputs"),
    (["x.json"], {"inputs": 2, "gates": [], "outputs": [2]}, "output 0 is the id 2"),
    (["x.json"], {"inputs": 2, "gates": [], "outputs": [-1]}, "output 0 is the id -1"),
    (["x.json"], {"inputs": 2, "gates": [[1, 0, 1, 2]], "outputs": [2]}, "gate 0 (id 2) uses itself"),
    (["x.json"], {"inputs": 2, "gates": [[1, 3, 1, 0]], "outputs": [2]}, "gate 0 (id 2) uses the later id 3"),
    (["x.json"], {"inputs": 2, "gates": [[1, 0, 1]], "outputs": [2]}, "wanted [alpha, i, beta, j]"),
    (["x.json"], {"inputs": 2, "gates": [[True, 0, 1, 1]], "outputs": [2]}, "alpha of gate 0: true"),
    (["x.json"], {"inputs": 2, "gates": [[1, 0, "x", 1]], "outputs": [2]}, "beta of gate 0: 'x'"),
    (["x.json"], {"inputs": 2, "gates": [[1, 0.0, 1, 1]], "outputs": [2]}, "uses 0.0"),
    (["x.json"], {"inputs": 10**12, "gates": [], "outputs": [0]}, "GiB"),
    (["A.npy", "--as", "circuit"], None, "read from a .json file"),
    (["A.npy", "--as", "matrices"], None, "did you mean 'matrix'"),
    (["A.npy", "--as", "permutation"], None, "shape (2, 3)"),
    (["M.json", "--as", "permutation"], None, "where a list of the numbers 0..n-1 was wanted"),
    (["A.npy", "--field", "GF(8)"], None, "prime"),
    (["A.npy", "--field", "R"], None, "unknown field 'R'"),
    (["M.json", "--field", "GF(3)"], None, "denominator is divisible by 3"),
    (["DFT(8)", "--field", "Q"], None, "Q(zeta_16) is the smallest cyclotomic field"),
    (["DFT(8)", "--as", "matrix"], None, "the name of a transform"),
    (["DFT(1000000)"], None, "take a smaller size, or a prime field"),
    (["DFT(300)"], None, "take a smaller size, or a prime field"),
    (["DFTT(8)"], None, "did you mean 'DFT'"),
    (["DFT"], None, "no such file, and no name of a transform"),
    (["A.npy", "--out", "A.npy"], None, "is an input of this command"),
    (["A.npy", "--out", "K.json", "--certificate", "K.json"], None, "choose another name"),
    (["A.npy", "--out", "no/K.json"], None, "make it"),
    (["A.npy", "--out", "K.json", "--certificate", "no/C.json"], None, "make it"),
    (["A.npy", "--report", "A.npy"], None, "is an input of this command"),
    (["A.npy", "--report", "no/R.html"], None, "make it"),
    ([], None, "SOURCE"),
]


@pytest.mark.parametrize(
    ("arguments", "content", "message"), BAD, ids=[f"{k} {m[:30]}" for k, (_, _, m) in enumerate(BAD)]
)
def test_a_wrong_request_is_exit_2_with_one_clear_message(folder, capsys, arguments, content, message):
    if content is not None:
        write("x.json", content)
    before = sorted(os.listdir())
    code, out, err = run(capsys, *arguments)
    assert code == 2, err
    assert out == ""
    assert message in err
    assert "Traceback" not in err
    assert sorted(os.listdir()) == before


def test_a_refusal_by_our_own_checker_is_exit_3_and_never_called_verified(folder, capsys, monkeypatch):
    from ldrtheory.building import matrices

    honest = matrices.permutation
    monkeypatch.setattr(matrices, "permutation", lambda p, ring: honest(np.argsort(p), ring))  # the inverse
    code, answer = as_json(capsys, "P.json")
    assert code == 3
    assert answer["checked"] is False
    assert answer["level"] == "observed"
    assert "verified" not in run(capsys, "P.json")[1]


def test_a_full_disk_leaves_nothing_half_written(folder, capsys, monkeypatch):
    before, honest, calls = sorted(os.listdir()), os.fsync, []

    def full(descriptor):
        calls.append(descriptor)
        if len(calls) > 1:
            raise OSError(28, "No space left on device", "K.cert.json")
        honest(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    code, out, err = run(capsys, "P.json", "--out", "K.json")
    assert (code, out) == (2, "")
    assert "No space left" in err
    assert sorted(os.listdir()) == before
