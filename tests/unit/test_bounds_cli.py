"""`ldrtheory bounds`: the JSON keys, the answer in words, certificates, refusals with the line."""

import json
from pathlib import Path

import pytest

from ldrtheory.bounds.architecture import read_architecture
from ldrtheory.bounds.overview import overview
from ldrtheory.cli import status
from ldrtheory.judge import check

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples" / "networks"
SMALL = """\
[network]
inputs = 3
output = "binary"
[[layers]]
family = "Dense"
rows = 1
columns = 3
bias = true
activation = "identity"
"""


@pytest.fixture
def small(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("net.toml").write_text(SMALL)
    return tmp_path


def run(capsys, *arguments):
    code = status(["bounds", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


def as_json(capsys, *arguments):
    code, out, err = run(capsys, *arguments, "--json")
    assert (code, err) == (0, "")
    assert out.count("\n") == 1
    return json.loads(out)


def test_the_keys_of_the_contract(small, capsys):
    answer = as_json(capsys, "net.toml", "--samples", "1000")
    assert answer.keys() >= {"layers", "parameters", "dimension", "vc", "sample_size", "dense"}
    (layer,) = answer["layers"]
    keys = {
        "family",
        "shape",
        "parameters",
        "dense_parameters",
        "dimension",
        "degree",
        "multiplications",
        "additions",
    }
    assert layer.keys() >= keys
    assert layer["degree"] == {"numerator": 1, "denominator": 0}
    assert (layer["multiplications"], layer["additions"]) == (3, 3)
    assert answer["parameters"] == answer["dimension"] == 4
    vc = answer["vc"]
    assert vc.keys() >= {"upper", "lower", "theorem", "level", "arithmetic", "certificate"}
    assert (vc["upper"], vc["lower"]) == (4, 4)
    assert (vc["level"], vc["arithmetic"], vc["lower_level"]) == ("cited", "verified", "verified")
    sizes = answer["sample_size"]
    assert sizes.keys() >= {"epsilon", "delta", "realizable", "agnostic", "epsilon_at"}
    assert (sizes["epsilon"], sizes["delta"]) == ("0.1", "0.05")
    assert sizes["epsilon_at"]["samples"] == 1000
    assert answer["dense"]["parameters"] == 4


def test_the_answer_stands_first(small, capsys):
    code, out, _ = run(capsys, "net.toml")
    assert code == 0
    assert out.startswith("net.toml: VC dimension exactly 4, 4 parameters")
    assert "cited" in out
    assert "arithmetic: verified" in out


def test_the_certificate_is_kept_and_can_be_checked(small, capsys):
    answer = as_json(capsys, "net.toml", "--certificate", "out.json")
    assert answer["vc"]["certificate"] == "out.json"
    report = check("out.json")
    assert report.accepted
    kinds = [s["claim"]["kind"] for s in json.loads(Path("out.json").read_text())["statements"]]
    assert kinds == ["vc-upper", "shatters"]
    text = Path("out.json").read_text()
    Path("less.json").write_text(text.replace('"bound":4', '"bound":3'))
    assert check("less.json").status == 1


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda p: p.stem)
def test_the_examples(path, capsys):
    answer = as_json(capsys, str(path))
    assert 0 < answer["parameters"] < answer["dense"]["parameters"]
    vc = answer["vc"]
    if path.stem in ("lstm", "transformer-block"):
        assert vc["upper"] is None
        assert answer["sample_size"] is None
        assert ("gates" if path.stem == "lstm" else "softmax") in vc["reason"]
        assert all(layer["dimension"] for layer in answer["layers"])
    else:
        assert vc["lower"] < vc["upper"] < answer["dense"]["vc"]["upper"]
        assert vc["arithmetic"] == "verified"
        assert vc["upper"] == min(vc["forms"].values())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--epsilon", "0"], "--epsilon wants a number between 0 and 1, both excluded; got '0'"),
        (["--epsilon", "1.5"], "both excluded; got '1.5'"),
        (["--delta", "1"], "--delta wants a number between 0 and 1, both excluded; got '1'"),
        (["--delta", "x"], "--delta wants a number between 0 and 1, both excluded; got 'x'"),
        (["--samples", "0"], "--samples"),
        (["--samples", "ten"], "--samples"),
    ],
)
def test_bad_options_are_refused(small, capsys, arguments, words):
    code, out, err = run(capsys, "net.toml", *arguments)
    assert (code, out) == (2, "")
    assert words in err


def test_a_bad_file_is_refused_with_its_line(small, capsys):
    Path("net.toml").write_text(SMALL.replace("columns = 3", "columns = 4"))
    code, _, err = run(capsys, "net.toml")
    assert code == 2
    assert err.startswith("ldrtheory: net.toml: line 4: layer 1 (Dense(rows=1, columns=4)) takes 4 inputs")
    assert err.count("\n") == 1
    assert run(capsys, "missing.toml")[0] == 2


def test_nothing_to_certify_is_said(small, capsys):
    text = SMALL.replace('"binary"', '"vector"')
    Path("net.toml").write_text(text)
    code, _, err = run(capsys, "net.toml", "--certificate", "out.json")
    assert code == 2
    assert "nothing to certify" in err
    assert not Path("out.json").exists()
    answer = as_json(capsys, "net.toml")
    assert answer["vc"]["upper"] is None
    assert answer["parameters"] == 4


def test_huge_layers_answer(small, capsys):
    """10^9 units: 10^18 parameters, and every number exact."""
    text = SMALL.replace("inputs = 3", "inputs = 1000000000").replace("columns = 3", "columns = 1000000000")
    hidden = SMALL[SMALL.index("[[layers]]") :].replace("identity", "relu")
    hidden = hidden.replace("rows = 1", "rows = 1000000000").replace("columns = 3", "columns = 1000000000")
    Path("net.toml").write_text(text.replace("[[layers]]", hidden + "[[layers]]", 1))
    answer = as_json(capsys, "net.toml")
    assert answer["parameters"] == 10**18 + 10**9 + 10**9 + 1
    assert answer["vc"]["arithmetic"] == "verified"
    assert answer["vc"]["upper"] > 10**18


@pytest.mark.parametrize(
    "family",
    [
        'family = "Toeplitz"\nn = 1000000000', 'family = "SubdiagonalLDR"\nn = 1000000000\nrank = 3',
        'family = "Butterfly"\nn = 1073741824', 'family = "Kaleidoscope"\nn = 1073741824\nwidth = 4',
        'family = "TridiagonalLDR"\nn = 1000000000\nrank = 1', 'family = "Householder"\nn = 1000000000\nreflectors = 2',
        'family = "Monarch"\nn = 1000000000\nblock = 1000', 'family = "DCT"\nn = 1000000000\ntype = 2',
        'family = "Cauchy"\nn = 1000000000', 'family = "PolynomialVandermonde"\nn = 1000000000',
        'family = "Householder"\nn = 8\nreflectors = 1000000000',
    ],
)  # fmt: skip
def test_huge_structured_layers_answer_or_refuse(small, capsys, family):
    n = next(line.partition("= ")[2] for line in family.splitlines() if line.startswith("n ="))
    layer = f'[[layers]]\n{family}\nbias = true\nactivation = "relu"\n'
    text = SMALL.replace("inputs = 3", f"inputs = {n}").replace("columns = 3", f"columns = {n}")
    Path("net.toml").write_text(text.replace("[[layers]]", layer + "[[layers]]", 1))
    code, out, err = run(capsys, "net.toml")
    assert code in (0, 2, 3)
    assert (out != "") != (err != "")
    if code:
        assert "line 4" in err or "line 5" in err or "line 6" in err or "line 7" in err


def test_small_networks_are_bounded_from_both_sides_and_checked():
    text = SMALL.replace("columns = 3", "columns = 2")
    hidden = SMALL[SMALL.index("[[layers]]") :].replace("identity", "relu").replace("rows = 1", "rows = 2")
    from ldrtheory.bounds.architecture import parse_architecture

    answer = overview(parse_architecture(text.replace("[[layers]]", hidden + "[[layers]]", 1)))
    assert 4 <= answer.lower.value <= answer.upper.value
    assert str(answer.arithmetic) == str(answer.shattered) == "verified"


def test_python_gives_the_same(capsys):
    path = EXAMPLES / "binary-classifier.toml"
    answer = overview(read_architecture(path), str(path))
    data, printed = answer.data(), as_json(capsys, str(path))
    assert {**data, "seconds": 0} == {**printed, "seconds": 0}
    assert repr(answer) == answer.answer
