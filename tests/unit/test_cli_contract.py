"""What other programs rely on: statuses when nobody reads, Ctrl-C, inputs that stay, names of any letters."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ldrtheory.cli import status
from ldrtheory.files import protecting, read_text, was_read, write_text

PROGRAM = [sys.executable, "-m", "ldrtheory"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.json").write_text("[[1, 2, 3], [4, 1, 2], [5, 4, 1]]")
    return tmp_path


class TestFieldsOfPrimeOrder:
    """The corners -1, 1/2 of operators are elements of GF(7) in the certificate: 6 and 4."""

    @pytest.mark.parametrize("pair", ["toeplitz", "hankel", "toeplitz-stein", "rank"])
    def test_every_pair_of_the_catalogue_is_verified(self, pair, folder, capsys):
        (folder / "g.json").write_text('{"field": "GF(7)", "entries": [[1, 2, 3], [6, 1, 2], [5, 6, 1]]}')
        assert status(["verify", "g.json", "--operators", pair, "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["level"] == "verified"

    def test_fractions_too(self, folder, capsys):
        (folder / "g.json").write_text('{"field": "GF(7)", "entries": [[1, 2], [3, 4]]}')
        operators = ["--kind", "sylvester", "--left", "shift(1/2)", "--right", "shift(-1)"]
        assert status(["verify", "g.json", *operators]) == 0
        data = json.loads((folder / "g.cert.json").read_text())
        assert data["statements"][0]["claim"]["operators"]["left"] == {"op": "shift", "corner": 4}


class TestInputsStay:
    @pytest.mark.parametrize(
        "arguments",
        [
            ["verify", "a.json", "--operators", "rank", "--report", "a.json"],
            ["verify", "a.json", "--operators", "rank", "--certificate", "a.json"],
            ["verify", "a.json", "--operators", "vandermonde:n.csv", "--certificate", "n.csv"],
            ["bounds", "net.toml", "--certificate", "net.toml"],
            ["bounds", "net.toml", "--report", "net.toml"],
            ["build", "product.json", "--out", "a.json"],
            ["build", "product.json", "--report", "a.json"],
            ["hunt", "false.py", "--certificate", "false.py"],
        ],
    )
    def test_no_output_replaces_an_input(self, arguments, folder, capsys):
        (folder / "n.csv").write_text("1,2,3\n")
        (folder / "net.toml").write_text(
            '[network]\ninputs = 4\noutput = "binary"\n[[layers]]\nfamily = "Dense"\n'
            'rows = 1\ncolumns = 4\nactivation = "identity"\n'
        )
        (folder / "product.json").write_text('{"product": ["a.json", "a.json"]}')
        (folder / "false.py").write_text(
            "from ldrtheory.hunting import conjecture, rank, toeplitz\n\n\n"
            '@conjecture(T=toeplitz())\ndef one(T):\n    """Toeplitz means rank 1."""\n    return rank(T) <= 1\n'
        )
        before = {p.name: p.read_bytes() for p in folder.iterdir() if p.suffix != ".html"}
        code = status(arguments)
        said = capsys.readouterr().err
        assert {name: (folder / name).read_bytes() for name in before} == before
        assert code == 2, said
        assert "is an input of this command" in said

    def test_two_outputs_are_two_files(self, folder, capsys):
        assert status(["verify", "a.json", "--report", "x", "--certificate", "./x"]) == 2
        assert "--certificate and --report are both x" in capsys.readouterr().err

    def test_protection_ends_with_its_context(self, folder):
        with protecting():
            read_text(Path("a.json"))
        write_text(Path("a.json"), "[[1]]")
        with protecting():
            write_text(Path("b.json"), "1")
            write_text(Path("b.json"), "2")  # its own output
            was_read(Path("b.json"))
            with pytest.raises(ValueError, match="is an input"):
                write_text(Path("./b.json"), "3")


def piped(arguments: list[str], folder: Path, **options: object) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, **options.pop("environment", {})}  # type: ignore[dict-item]
    return subprocess.run(
        arguments,
        cwd=folder,
        env=environment,
        capture_output=True,
        timeout=300,
        check=False,
        **options,  # type: ignore[call-overload]
    )


def shell(line: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    return piped(["bash", "-c", line.replace("PROGRAM", shlex.join(PROGRAM))], folder)


class TestNobodyReads:
    def test_a_closed_pipe_is_no_refutation(self, folder):
        done = shell("PROGRAM verify a.json --operators rank --json | true; echo ${PIPESTATUS[0]}", folder)
        assert done.stdout.split() == [b"2"]
        assert b"the reader of our output went away" in done.stderr

    def test_closed_standard_error_leaves_the_status(self, folder):
        assert shell("PROGRAM verify nothing.npy 2>&-", folder).returncode == 2
        assert shell("PROGRAM verify nothing.npy 2>/dev/full", folder).returncode == 2

    def test_closed_standard_output_is_said(self, folder):
        done = shell("PROGRAM verify a.json --operators rank >&-", folder)
        assert (done.returncode, b"standard output is closed" in done.stderr) == (2, True)


def test_names_of_any_letters_and_encodings(folder):
    ascii_only = {"PYTHONIOENCODING": "ascii"}
    (folder / "ünï.json").write_text("[[1, 2], [3, 1]]")
    verify = [*PROGRAM, "verify", "ünï.json", "--operators", "rank"]
    read = piped(verify, folder, environment=ascii_only)
    assert (read.returncode, b"\\xfcn\\xef.json" in read.stdout) == (0, True)
    data = json.loads(piped([*verify, "--json"], folder, environment=ascii_only).stdout)
    assert data["subject"]["path"] == "ünï.json"
    again = piped([*PROGRAM, "check", data["certificate"], "--json"], folder, environment=ascii_only)
    assert again.returncode == 0, again.stdout + again.stderr


def test_a_name_that_is_no_text_is_refused(folder):
    (folder / os.fsdecode(b"b\xff.json")).write_text("[[1, 2], [3, 1]]")
    done = piped([*PROGRAM, "verify", os.fsdecode(b"b\xff.json"), "--operators", "rank"], folder)
    assert (done.returncode, b"it is no UTF-8" in done.stderr) == (2, True)


def test_the_line_to_check_again_can_be_pasted(folder, capsys):
    (folder / "my matrix.json").write_text("[[1, 2], [3, 1]]")
    assert status(["verify", "my matrix.json", "--operators", "rank"]) == 0
    line = capsys.readouterr().out.strip().splitlines()[-1]
    assert shlex.split(line.partition(": ")[2]) == ["ldrtheory", "check", "my matrix.cert.json"]


def test_a_hunt_leaves_its_certificate_and_nothing_else(folder):
    done = piped([*PROGRAM, "hunt", "product_of_toeplitz"], folder)
    assert done.returncode == 1, done.stderr
    assert sorted(p.name for p in folder.iterdir()) == [
        "a.json",
        "product_of_toeplitz.counterexample.cert.json",
    ]


def test_an_expansion_is_a_fraction(folder, capsys):
    assert status(["build", "a.json", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    for expansion in (data["expansion"], data["bound"]["expansion"]):
        p, q = expansion.split("/")
        assert int(p) >= int(q) >= 1


def test_ctrl_c_ends_a_run_of_all_theorems(folder):
    process = subprocess.Popen(
        [*PROGRAM, "prove"], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    threads = Path(f"/proc/{process.pid}/task")
    while not any((thread / "children").read_text() for thread in threads.iterdir()):
        assert process.poll() is None
        time.sleep(0.05)  # until a checker is at work
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 130


def test_ctrl_c_while_the_program_is_being_loaded(folder):
    program = (
        "import builtins, os, signal, sys\n"
        "real = builtins.__import__\n"
        "def importing(name, *rest):\n"
        "    if name == 'ldrtheory.cli':\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "    return real(name, *rest)\n"
        "from ldrtheory.__main__ import main\n"
        "builtins.__import__ = importing\n"
        "main()\n"
    )
    done = piped([sys.executable, "-c", program, "--version"], folder)
    assert (done.returncode, done.stderr) == (130, b"")


class TestRequestsThatAreNoConjecture:
    def hunted(self, text: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
        (folder / "guess.py").write_text(
            f"from ldrtheory.hunting import conjecture, rank, toeplitz\n\n\n{text}"
        )
        return status(["hunt", "guess.py"]), capsys.readouterr().err

    def test_a_function_that_forgets_to_return_refutes_nothing(self, folder, capsys):
        code, said = self.hunted("@conjecture(T=toeplitz())\ndef f(T):\n    rank(T) <= 9\n", folder, capsys)
        assert (code, "it returned None" in said) == (2, True)
        assert not list(folder.glob("*.cert.json"))

    def test_a_domain_that_is_not_called_is_named(self, folder, capsys):
        code, said = self.hunted("@conjecture(T=toeplitz)\ndef f(T):\n    return True\n", folder, capsys)
        assert (code, "the domain of T" in said) == (2, True)

    def test_assumptions_that_nothing_meets_are_said_to_be_so(self, folder, capsys):
        (folder / "guess.py").write_text(
            "from ldrtheory.hunting import assume, conjecture, toeplitz\n\n\n"
            "@conjecture(T=toeplitz())\ndef f(T):\n    assume(False)\n    return True\n"
        )
        status(["hunt", "guess.py", "--max-n", "1", "--seconds", "5"])
        assert "nothing was tried" in capsys.readouterr().out


def test_a_subject_that_is_not_there_is_named(folder, capsys):
    assert status(["verify", "a.json", "--operators", "rank"]) == 0
    assert status(["check", "a.cert.json", "--subject", "nothing.npy"]) == 2
    assert "--subject nothing.npy: no such file" in capsys.readouterr().err
