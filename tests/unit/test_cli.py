"""The command line: exit statuses, JSON keys, messages. In process where a process adds nothing."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

import ldrtheory
from ldrtheory.cli import status
from ldrtheory.judge import CHECKER

KEYS = {
    "subject", "operators", "rank", "exact", "invertible", "level", "certificate", "checked", "seconds"
}  # fmt: skip


@pytest.fixture
def toeplitz(tmp_path, monkeypatch):
    """A 5 x 5 Toeplitz matrix of integers in the working folder; its displacement rank is 2."""
    monkeypatch.chdir(tmp_path)
    i, j = np.indices((5, 5))
    np.save("T.npy", (i - j) ** 3 + 7 * (i - j) + 2)
    return tmp_path


def run(capsys, *arguments):
    code = status(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


def as_json(capsys, *arguments):
    code, out, err = run(capsys, *arguments, "--json")
    assert err == ""
    assert out.count("\n") == 1
    return code, json.loads(out)


def test_verify_answers_certifies_and_checks(toeplitz, capsys):
    code, answer = as_json(capsys, "verify", "T.npy", "--operators", "toeplitz")
    assert code == 0
    assert answer.keys() >= KEYS
    assert answer["rank"] == 2
    assert answer["exact"] is answer["checked"] is answer["invertible"] is True
    assert answer["level"] == "verified"
    assert answer["operators"]["left"] == "shift(1)"
    assert answer["subject"]["shape"] == [5, 5]
    assert answer["subject"]["dtype"] == "int64"
    assert answer["certificate"] == "T.cert.json"
    assert sorted(os.listdir()) == ["T.cert.json", "T.npy"]


def test_the_operators_of_a_named_pair_can_be_spelled_out(toeplitz, capsys):
    spelled = ["--kind", "sylvester", "--left", "shift(1)", "--right", "shift(-1)"]
    assert as_json(capsys, "verify", "T.npy", *spelled)[1]["rank"] == 2
    stein = ["--kind", "stein", "--left", "shift(0)", "--right", "shift(0)^T"]
    assert as_json(capsys, "verify", "T.npy", *stein)[1]["rank"] == 2


@pytest.mark.parametrize(("rank", "code"), [(0, 1), (1, 1), (2, 0), (5, 0)])
def test_asking_at_most(toeplitz, capsys, rank, code):
    found, answer = as_json(capsys, "verify", "T.npy", "--operators", "toeplitz", "--rank", str(rank))
    assert found == code
    assert answer["holds"] is (code == 0)
    assert answer["checked"] is True


def test_the_catalogue_is_sorted_by_rank_and_proves_the_first_row(toeplitz, capsys):
    code, answer = as_json(capsys, "verify", "T.npy")
    rows = answer["candidates"]
    assert code == 0
    assert [r["operators"]["name"] for r in rows[:2]] == ["toeplitz", "toeplitz-stein"]
    assert [r["rank"] for r in rows] == sorted(r["rank"] for r in rows)
    assert len(rows) == 5
    assert rows[0]["level"] == "verified"
    assert all(r["level"] != "verified" and r["certificate"] is None for r in rows[1:])
    assert run(capsys, "verify", "T.npy", "--rank", "1")[0] == 1
    assert run(capsys, "verify", "T.npy", "--rank", "2")[0] == 0


def test_all_certificates_writes_one_for_each_row(toeplitz, capsys):
    _, answer = as_json(capsys, "verify", "T.npy", "--all-certificates")
    paths = [r["certificate"] for r in answer["candidates"]]
    assert len(set(paths)) == 5
    assert all(r["checked"] for r in answer["candidates"])
    assert run(capsys, "check", *paths)[0] == 0


def test_a_tolerance_reports_rigorous_bounds(toeplitz, capsys):
    M = np.load("T.npy").astype(float)
    M[3, 1] += 1e-9
    np.save("P.npy", M)
    assert as_json(capsys, "verify", "P.npy", "--operators", "toeplitz")[1]["rank"] == 4
    code, answer = as_json(capsys, "verify", "P.npy", "--operators", "toeplitz", "--tolerance", "1e-8")
    assert (code, answer["rank"], answer["exact"], answer["tolerance"]) == (0, 2, False, "1e-8")
    # P itself is 1e-9 (to rounding, below 1e-13 here) from the Toeplitz matrix T, so the distance is at most that
    assert 0 <= float(answer["distance"]["lower"]) <= 1e-9 + 1e-13
    assert answer["checked"] is True


def test_sources_the_checker_cannot_read_get_an_exact_subject(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "M.csv").write_text("1/3,2\n0.1,1/3\n")
    code, _ = as_json(capsys, "verify", "M.csv", "--operators", "toeplitz")
    assert code == 0
    assert sorted(os.listdir()) == ["M.cert.json", "M.csv", "M.subject.json"]
    certificate = json.loads((tmp_path / "M.cert.json").read_text())
    assert certificate["origin"]["source"] == "M.csv"
    assert certificate["statements"][0]["claim"]["subject"]["file"] == "M.subject.json"
    (tmp_path / "M.subject.json").write_text("[[1,2],[3,4]]")
    assert run(capsys, "check", "M.cert.json")[0] != 0


def test_check_gives_the_worst_verdict(toeplitz, capsys):
    run(capsys, "verify", "T.npy", "--operators", "toeplitz")
    data = json.loads((toeplitz / "T.cert.json").read_text())
    data["statements"][0]["claim"]["rank"] = 1
    (toeplitz / "wrong.cert.json").write_text(json.dumps(data))
    (toeplitz / "broken.cert.json").write_text("{")
    verdicts = {}
    for name, expected in [("T", 0), ("wrong", 1), ("broken", 2)]:
        verdicts[name], answer = as_json(capsys, "check", f"{name}.cert.json")
        assert verdicts[name] == expected, answer
    assert as_json(capsys, "check", "broken.cert.json", "wrong.cert.json", "T.cert.json")[0] == 1
    assert as_json(capsys, "check", "broken.cert.json", "T.cert.json")[0] == 2


def test_a_certificate_elsewhere_needs_its_subject(toeplitz, capsys):
    (toeplitz / "out").mkdir()
    code, answer = as_json(
        capsys, "verify", "T.npy", "--operators", "toeplitz", "--certificate", "out/T.cert.json"
    )
    assert (code, answer["checked"]) == (0, True)
    assert run(capsys, "check", "out/T.cert.json")[0] == 2
    assert run(capsys, "check", "out/T.cert.json", "--subject", "T.npy")[0] == 0


BAD = [
    (["verify", "T.npy", "--operators", "teoplitz"], "did you mean 'toeplitz'"),
    (["verify", "T.npy", "--kind", "sylvester"], "go together; got only --kind"),
    (
        ["verify", "T.npy", "--kind", "silvester", "--left", "zero", "--right", "zero"],
        "did you mean 'sylvester'",
    ),
    (["verify", "T.npy", "--operators", "rank", "--left", "zero"], "got --operators and --left"),
    (
        ["verify", "T.npy", "--kind", "stein", "--left", "shft(1)", "--right", "zero"],
        "did you mean 'shift(f)'",
    ),
    (["verify", "T.npy", "--kind", "stein", "--left", "diag:n.json", "--right", "zero"], "n.json"),
    (["verify", "T.npy", "--operators", "toeplitz", "--rank", "-1"], "at least 0; got '-1'"),
    (["verify", "T.npy", "--operators", "toeplitz", "--rank", "two"], "two"),
    (["verify", "T.npy", "--operators", "toeplitz", "--tolerance", "small"], "exact number"),
    (
        ["verify", "T.npy", "--operators", "toeplitz", "--tolerance", "1e"],
        "--tolerance wants an exact number",
    ),
    (["verify", "T.npy", "--operators", "toeplitz", "--tolerance=-1"], "at least 0, such as 1e-9; got '-1'"),
    (["verify", "T.npy", "--rank", "1e"], "--rank wants a whole number"),
    (["verify", "T.npy", "--seconds", "1e"], "--seconds wants a positive number; got '1e'"),
    (["verify", "T.npy", "--report", "nowhere/page.html"], "--report nowhere/page.html: there is no folder"),
    (["verify", "T.npy", "--certificate", "."], "that is a folder"),
    (["bounds", "n.toml", "--epsilon", "1e"], "--epsilon wants a number between 0 and 1"),
    (["bounds", "n.toml", "--delta", "2"], "--delta wants a number between 0 and 1, both excluded; got '2'"),
    (["bounds", "n.toml", "--samples", "1e"], "--samples wants a whole number"),
    (["conform", "math:sin", "--family", "Toeplitz", "--seconds", "1e"], "--seconds wants a positive number"),
    (["conform", "no.module:f", "--family", "Toeplitz", "--seed", "x"], "--seed wants a whole number"),
    (["conform", "math:sin", "--family", "Toeplitz", "--sizes", "1,x"], "--sizes wants a whole number"),
    (["hunt", "ranks_add", "--seconds", "1e"], "--seconds wants a positive number"),
    (["hunt", "ranks_add", "--max-n", "1e"], "--max-n wants a whole number"),
    (["hunt", "ranks_add", "--seed", "1e"], "--seed wants a whole number"),
    (["hunt", "ranks_add", "--workers", "1e"], "--workers wants a whole number"),
    (["hunt", "ranks_add", "--certificate", "nowhere/c.json"], "there is no folder 'nowhere'"),
    (["hunt", "ranks_add", "--list"], "leave one of the two out"),
    (["hunt"], "a name of ldrtheory hunt --list"),
    (["prove", "closure_sum", "--list"], "leave one of the two out"),
    (["prove", "--max-n", "1e"], "--max-n wants a whole number"),
    (["verify", "T.npy", "--seconds", "0"], "--seconds wants a positive number"),
    (["verify", "T.npy", "--seconds", "soon"], "exact number"),
    (["verify", "missing.npy"], "missing.npy"),
    (["verify"], "Missing argument 'MATRIX': A file: .npy"),
    (["check"], "See: ldrtheory check --help"),
    (["build"], "Missing argument 'SOURCE': A matrix file"),
    (["bounds"], "Missing argument 'NET.toml'"),
    (["dimension"], "e.g. 'SubdiagonalLDR(n=8, rank=1)'"),
    (["conform"], "See: ldrtheory conform --help"),
    (["verfy", "T.npy"], "No such command 'verfy'. Did you mean 'verify'? See: ldrtheory --help"),
    (["verify", "T.npy", "--frobnicate"], "--frobnicate"),
    (["verify", "--rank"], "requires an argument. See: ldrtheory verify --help"),
    (["verify", "T.npy", "U.npy"], "See: ldrtheory verify --help"),
    (["verify", "T.npy", "--operators", "vandermonde"], "want a node file"),
    (["verify", "T.npy", "--operators", "vandermonde:short.json"], "size 2"),
    (["verify", "T.npy", "--operators", "cauchy:s.json,s.json"], "s[0] of s.json equals t[0]"),
    (["verify", "T.npy", "--operators", "toeplitz", "--certificate", "no/such/folder/T.cert.json"], "folder"),
    (["prove", "no_such_theorem"], "no_such_theorem"),
]


@pytest.mark.parametrize(("arguments", "message"), BAD, ids=[" ".join(a)[:60] for a, _ in BAD])
def test_a_wrong_request_is_exit_2_with_one_clear_message(toeplitz, capsys, arguments, message):
    (toeplitz / "short.json").write_text("[1, 2]")
    (toeplitz / "s.json").write_text("[1, 2, 3, 4, 5]")
    before = sorted(os.listdir())
    code, out, err = run(capsys, *arguments)
    assert code == 2, err
    assert out == ""
    assert message in err
    assert "Traceback" not in err
    assert sorted(os.listdir()) == before


NAMES = [
    "verify", "check", "build", "bounds", "dimension", "conform", "hunt", "prove"
]  # fmt: skip


def test_the_help_page_names_every_command_and_cuts_nothing(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    code, out, _ = run(capsys, "--help")
    assert code == 0
    assert "..." not in out.replace("ARGS]...", "")
    assert all(f"  {name} " in out for name in NAMES)
    assert run(capsys)[:2] == (code, out)


@pytest.mark.parametrize("name", NAMES)
def test_the_help_of_a_command_has_an_example(capsys, name):
    code, out, _ = run(capsys, name, "--help")
    assert code == 0
    assert f"Example: ldrtheory {name} " in out


def test_the_package_is_a_program_too():
    for module in ("ldrtheory", "ldrtheory.cli"):
        done = subprocess.run([sys.executable, "-m", module, "--version"], capture_output=True, text=True)
        assert (done.returncode, done.stdout) == (0, f"ldrtheory {ldrtheory.__version__}\n")


def test_conjectures_and_theorems_are_listed_a_line_each(capsys):
    code, out, _ = run(capsys, "hunt", "--list")
    assert code == 0
    line = (
        "product_of_toeplitz          The product of two Toeplitz matrices has displacement rank at most 2."
    )
    assert line in out.splitlines()
    code, answer = as_json(capsys, "hunt", "--list")
    assert len(answer["conjectures"]) == len(out.splitlines())
    code, out, _ = run(capsys, "prove", "--list")
    assert code == 0
    assert any(line.startswith("closure_transpose  ") for line in out.splitlines())


def test_a_refuted_conjecture_is_said_to_be_so_once(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    code, out, _ = run(capsys, "hunt", "product_of_toeplitz", "--workers", "1")
    assert code == 1
    assert out.startswith("refuted at n = 3: The product of two")
    assert out.count("refuted") == 1


def test_a_counterexample_without_a_certificate_is_not_called_refuted(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "c.py").write_text(
        "from ldrtheory.hunting import conjecture, square\n"
        "@conjecture(X=square())\ndef f(X):\n    'No entry is 1.'\n    return X[0, 0] != 1\n"
    )
    code, out, _ = run(capsys, "hunt", "c.py", "--workers", "1")
    assert code == 1
    assert out.startswith("counterexample at n = 1: No entry is 1.\nobserved: by exact evaluation")
    assert "refuted" not in out


def test_rows_without_a_certificate_say_how_the_rank_may_err_and_fit_no_width(toeplitz, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    _, out, _ = run(capsys, "verify", "T.npy")
    rows = out.split("\n\n")[0].splitlines()[1:]
    assert len(rows) == 5
    assert rows[0].endswith("  verified")
    assert all("probable, error <= 2^-" in r or "probable, error 0" in r for r in rows[1:])
    assert "…" not in out
    np.save("I.npy", np.diag([1, 2, 3]))
    _, answer = as_json(capsys, "verify", "I.npy")
    ordinary = next(r for r in answer["candidates"] if r["operators"]["name"] == "rank")
    assert ordinary["rank"] == 3
    assert ordinary["basis"].endswith("too small with probability 0")
    _, out, _ = run(capsys, "verify", "I.npy")
    assert next(r for r in out.splitlines() if r.startswith("rank ")).endswith(
        "3  yes         probable, error 0"
    )


def test_check_prints_what_the_checker_prints_below_its_sentence(toeplitz, capsys):
    run(capsys, "verify", "T.npy", "--operators", "toeplitz")
    code, out, _ = run(capsys, "check", "T.cert.json")
    command = [sys.executable, "-I", CHECKER, "T.cert.json"]
    alone = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    first, sentence, words = out.splitlines()
    assert (code, first) == (0, "ACCEPTED T.cert.json")
    assert sentence.startswith("  rank of A M - M B is exactly 2 for M = T.npy")
    assert words == "  in the checker's words: " + alone.removeprefix("ACCEPTED T.cert.json: ").rstrip("\n")


def test_no_certificate_writes_a_verdict_of_its_own(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    data = b"[[1]]"
    (tmp_path / "s.json").write_bytes(data)
    name = "s\n\x1b[2KACCEPTED other.json\u2028"
    spec = {"file": name, "sha256": hashlib.sha256(data).hexdigest(), "shape": [1, 1]}
    claim = {"kind": "matrices-equal", "field": "Q", "left": spec, "right": {"entries": [[1]]}}
    data = {"format": "ldrtheory-certificate/1", "statements": [{"claim": claim, "evidence": {}}]}
    (tmp_path / "x.cert.json").write_text(json.dumps(data))
    code, out, _ = run(capsys, "check", "x.cert.json", "--subject", "s.json")
    assert (code, len(out.splitlines())) == (0, 3)
    assert "\x1b" not in out


def test_what_is_no_certificate_is_said_to_be_none(toeplitz, capsys):
    code, out, _ = run(capsys, "check", "T.npy")
    assert code == 2
    assert out.startswith("UNREADABLE T.npy: T.npy is no JSON certificate: ")


def test_no_time_is_exit_3_and_writes_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    np.save("R.npy", np.random.default_rng(5).standard_normal((300, 300)))
    code, out, err = run(capsys, "verify", "R.npy", "--operators", "toeplitz", "--seconds", "0.001")
    assert (code, out) == (3, "")
    assert "undecided" in err
    assert sorted(os.listdir()) == ["R.npy"]


def test_a_full_disk_leaves_nothing_half_written(toeplitz, capsys, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device", "T.cert.json")

    monkeypatch.setattr(os, "fsync", full)
    code, out, err = run(capsys, "verify", "T.npy", "--operators", "toeplitz")
    assert (code, out) == (2, "")
    assert "No space left" in err
    assert sorted(os.listdir()) == ["T.npy"]


def test_a_refusal_by_our_own_checker_is_exit_3_and_never_called_verified(toeplitz, capsys, monkeypatch):
    from ldrtheory.verification import decide

    honest = decide.rank_evidence

    def lying(*arguments, **options):
        evidence = honest(*arguments, **options)
        object.__setattr__(evidence, "rank", evidence.rank - 1)
        return evidence

    monkeypatch.setattr(decide, "rank_evidence", lying)
    code, answer = as_json(capsys, "verify", "T.npy", "--operators", "toeplitz")
    assert code == 3
    assert answer["checked"] is False
    assert answer["level"] == "observed"


def test_ctrl_c_is_130(tmp_path):
    np.save(tmp_path / "R.npy", np.random.default_rng(5).integers(-(2**60), 2**60, (1500, 1500)))
    process = subprocess.Popen(
        [sys.executable, "-m", "ldrtheory.cli", "verify", "R.npy", "--operators", "toeplitz"],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    time.sleep(0.4)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    if process.returncode != -signal.SIGINT:  # the signal may come before Python has installed its handler
        assert process.returncode == 130, err
        assert b"Traceback" not in err
