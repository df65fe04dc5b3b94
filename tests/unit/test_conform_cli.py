"""`ldrtheory conform` and `pytest --conform` as other programs call them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from xml.etree import ElementTree

import pytest

from ldrtheory import check
from ldrtheory.cli import status
from ldrtheory.conform import LAWS

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of its own with the example kernels."""
    (tmp_path / "judged_kernels.py").write_text((EXAMPLES / "mykernels.py").read_text())
    (tmp_path / "needs_more.py").write_text("import a_module_that_is_not_there\n")
    (tmp_path / "breaks.py").write_text("1 / 0\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    sys.modules.pop("judged_kernels", None)


def conform(*arguments):
    return status(["conform", *arguments])


def test_a_correct_kernel_gives_0(folder, capsys):
    assert conform("judged_kernels:circulant", "--family", "Circulant", "--sizes", "1,2,3,8") == 0
    out = capsys.readouterr()
    assert out.out.startswith(
        "judged_kernels:circulant conforms to Circulant (float64, transform; sizes 1, 2, 3, 8)"
    )
    assert out.err == ""
    assert list(folder.glob("*.json")) == []


def test_a_wrong_one_gives_1_a_diagnosis_and_a_certificate(folder, capsys):
    assert conform("judged_kernels:correlation", "--family", "Circulant", "--sizes", "2,3,4", "--json") == 1
    data = json.loads(capsys.readouterr().out)
    assert data["conforms"] is False
    assert "transpose" in data["diagnosis"]
    assert data["failure"]["law"] == "values"
    assert check(folder / data["certificate"]).accepted


def test_a_convention_is_a_way_to_read_it(folder, capsys):
    arguments = ["judged_kernels:cosine", "--family", "DCT(8, 2)", "--sizes", "2,4,8"]
    assert conform(*arguments) == 1
    assert "conforms if its output is read as off by a factor 2" in capsys.readouterr().out
    assert conform(*arguments, "--convention", "scale:2") == 0


def test_the_certificate_goes_where_it_is_asked(folder):
    arguments = ["--family", "Circulant", "--sizes", "3", "--certificate", "elsewhere.json"]
    assert conform("judged_kernels:single", *arguments) == 1
    assert [p.name for p in folder.glob("*.json")] == ["elsewhere.json"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["judged_kernels:dense", "--family", "Dens"], "did you mean 'Dense'"),
        (["judged_kernels:dense", "--family", "Dense", "--convention", "adjiont"], "did you mean 'adjoint'"),
        (["judged_kernels:dense", "--family", "Dense", "--dtype", "float23"], "did you mean 'float32'"),
        (["judged_kernels:dense", "--family", "Dense", "--algorithm", "directly"], "did you mean 'direct'"),
        (["judged_kernels:dense", "--family", "Dense", "--sizes", "1,x"], "--sizes wants a whole number"),
        (["judged_kernels:dnse", "--family", "Dense"], "did you mean 'dense'"),
        (["judged_kernels", "--family", "Dense"], "wanted MODULE:CALLABLE"),
        (["judged_kernels:np", "--family", "Dense"], "not callable"),
        (["needs_more:f", "--family", "Dense"], "No module named 'a_module_that_is_not_there'"),
        (["breaks:f", "--family", "Dense"], "ZeroDivisionError: division by zero"),
        (["judged_kernels:dense", "--family", "Butterfly", "--sizes", "3"], "no member of the sizes [3]"),
        (["judged_kernels:dense"], "--family"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_request_gives_2_and_one_message(folder, capsys, arguments, said):
    assert conform(*arguments) == 2
    out = capsys.readouterr()
    assert said in out.err
    assert out.out == ""
    assert "Traceback" not in out.err


def test_the_family_is_judged_before_the_module_is_imported(folder, capsys):
    assert conform("breaks:f", "--family", "Circulan") == 2
    assert "ZeroDivisionError" not in capsys.readouterr().err


def test_what_compiled_code_prints_is_not_in_the_answer(folder):
    (folder / "loud.py").write_text(
        "import os\n\n\ndef dense(p, x):\n    os.write(1, b'from below\\n')\n    return x @ p['M'].T\n"
    )
    command = [
        sys.executable,
        "-m",
        "ldrtheory.cli",
        "conform",
        "loud:dense",
        "--family",
        "Dense",
        "--sizes",
        "2",
        "--json",
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    answer = json.loads(done.stdout)
    assert answer["conforms"] is True
    assert answer["printed"].startswith("from below")
    assert done.stderr == ""


def judged_by_pytest(folder, *arguments):
    known = any(e.name == "ldrtheory-conform" for e in entry_points(group="pytest11"))
    plugin = [] if known else ["-p", "ldrtheory.conform.plugin"]
    command = [sys.executable, "-m", "pytest", *plugin, "-q", "--junitxml=log.xml", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(folder), "OMP_NUM_THREADS": "1"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
    )


def test_every_law_is_a_test_with_an_id_that_does_not_change(folder):
    (folder / "test_other.py").write_text("def test_other():\n    assert False\n")
    done = judged_by_pytest(
        folder, "--conform", "judged_kernels:circulant", "--family", "Circulant", "--conform-sizes", "1,2,3"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    cases = ElementTree.parse(folder / "log.xml").getroot().iter("testcase")
    assert [case.get("name") for case in cases] == [law.name for law in LAWS]


def test_a_failing_law_says_what_is_wrong(folder):
    done = judged_by_pytest(
        folder, "--conform", "judged_kernels:correlation", "--family", "Circulant", "--conform-sizes", "3"
    )
    assert done.returncode == 1
    assert "conforms if its output is read as the transpose" in done.stdout
    assert "correlation.values.counterexample.cert.json: the checker confirmed" in done.stdout
    assert check(str(folder / "correlation.values.counterexample.cert.json")).accepted
    assert "linearity         passed" in done.stdout  # the table


def test_a_wrong_request_ends_pytest_with_its_message(folder):
    done = judged_by_pytest(folder, "--conform", "judged_kernels:circulant", "--family", "Circulan")
    assert done.returncode == 4
    assert "did you mean 'Circulant'" in done.stdout + done.stderr


def test_pytest_wants_the_family(folder):
    done = judged_by_pytest(folder, "--conform", "judged_kernels:circulant")
    assert (done.returncode, "wants --family NAME" in done.stdout + done.stderr) == (4, True)
