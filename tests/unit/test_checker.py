"""The checker as a program: verdicts, exit statuses, hostile input, and the rules its source keeps."""

from __future__ import annotations

import ast
import hashlib
import json
import math
import os
import random
import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from flint import arb, ctx, fmpq

from tests.laws import corpus

C = corpus.load()
EXPECTED = corpus.expected()


def run(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the checker as a user would."""
    command = [sys.executable, "-I", "-O", str(corpus.CHECKER), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, timeout=120, check=False)


def verdict(path: Path) -> tuple[str, str]:
    """The verdict and the reason, in this process."""
    C.read_file.cache_clear()
    result = C.check(str(path))
    return result["verdict"], result["reason"]


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: f"{path.parent.name}-{path.name[:-10]}")
def test_corpus(path: Path) -> None:
    wanted, fragment = EXPECTED[path]
    found, reason = verdict(path)
    assert found == wanted, reason
    assert fragment in reason


def test_three_refusals_for_every_claim_kind() -> None:
    kinds: dict[str, int] = {}
    for path, (wanted, _) in EXPECTED.items():
        if wanted != "accepted" and path.exists():
            try:
                kind = json.loads(path.read_text())["statements"][0]["claim"]["kind"]
            except (ValueError, LookupError, TypeError, RecursionError):
                continue
            kinds[str(kind)] = kinds.get(str(kind), 0) + 1
    assert {kind for kind in C.CLAIMS if kinds.get(kind, 0) < 3} == set()
    assert {kind for kind in C.CLAIMS if not accepted(kind)} == set()


def accepted(kind: str) -> bool:
    """Whether the corpus has an accepted certificate of this kind."""
    return any(f'"kind": "{kind}"' in path.read_text() for path in corpus.ACCEPT.glob("*.cert.json"))


def test_exit_status_and_text() -> None:
    good, bad = corpus.ACCEPT / "cauchy.cert.json", corpus.REJECT / "hash.cert.json"
    unreadable = corpus.REJECT / "not-json.cert.json"
    done = run(good)
    assert done.returncode == 0
    assert done.stdout.startswith(f'ACCEPTED {good}: kind "displacement-rank", relation "exactly", rank 1')
    assert run(good, unreadable).returncode == 2
    done = run(good, bad, unreadable)
    assert done.returncode == 1
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["ACCEPTED", "REJECTED", "UNREADABLE"]
    assert done.stderr == ""
    assert run().returncode == 2


def test_json_output() -> None:
    good, bad = corpus.ACCEPT / "cauchy.cert.json", corpus.REJECT / "hash.cert.json"
    done = run("--json", good, bad)
    results = json.loads(done.stdout)["results"]
    assert [x["verdict"] for x in results] == ["accepted", "rejected"]
    assert [x["path"] for x in results] == [str(good), str(bad)]
    assert set(results[0]) == {"path", "verdict", "reason", "claim"}
    assert results[0]["claim"][0].endswith('field "Q"')


def test_subject_elsewhere(tmp_path: Path) -> None:
    shutil.copy(corpus.ACCEPT / "cauchy.cert.json", tmp_path)
    other = tmp_path / "folder"
    other.mkdir()
    shutil.copy(corpus.ACCEPT / "cauchy.json", other / "renamed.json")
    assert run("cauchy.cert.json", cwd=tmp_path).returncode == 2
    assert "not in '.'" in run("cauchy.cert.json", cwd=tmp_path).stdout
    assert run("cauchy.cert.json", "--subject", other / "renamed.json", cwd=tmp_path).returncode == 0
    assert run("cauchy.cert.json", "--subject", corpus.ACCEPT / "mod5.json", cwd=tmp_path).returncode == 1
    (tmp_path / "cauchy.json").symlink_to(other / "renamed.json")
    assert run("cauchy.cert.json", cwd=tmp_path).returncode == 0


def certificate(folder: Path, text: str | bytes) -> Path:
    """Write a certificate."""
    path = folder / "x.cert.json"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


FORGED = "ACCEPTED proof.json rank 1"


@pytest.mark.parametrize("forged", ["\n" + FORGED, "\x1b[2K\r" + FORGED, "\u2028" + FORGED, '", rank 1; "'])
def test_no_certificate_writes_its_own_verdict(tmp_path: Path, forged: str) -> None:
    subject = json.dumps([[1]]).encode()
    spec = {"file": "s" + forged, "sha256": hashlib.sha256(subject).hexdigest(), "shape": [1, 1]}
    claim = {"kind": "matrices-equal", "field": "Q", "left": spec, "right": {"entries": [[1]]}}
    data = {"format": "ldrtheory-certificate/1", "statements": [{"claim": claim, "evidence": {}}]}
    (tmp_path / "s.json").write_bytes(subject)
    path = certificate(tmp_path, json.dumps(data))
    done = run(path, "--subject", tmp_path / "s.json")
    assert done.returncode == 0
    certificate(tmp_path, json.dumps(data | {forged: 1}))
    refused = run(path)
    assert refused.returncode == 2
    for text in (done.stdout, refused.stdout):
        assert text.count("\n") == 1
        assert text.isascii()
        assert text[:-1].isprintable()
    assert f"file {json.dumps(spec['file'])}, sha256" in done.stdout.replace("\\\\", "\\")


def test_long_numbers_take_no_time_that_grows_with_their_square(tmp_path: Path) -> None:
    entries = [["1" * 200_000 + "x"]]
    claim = {
        "kind": "matrices-equal",
        "field": "Q",
        "left": {"entries": entries},
        "right": {"entries": [[1]]},
    }
    data = {"format": "ldrtheory-certificate/1", "statements": [{"claim": claim, "evidence": {}}]}
    done = run(certificate(tmp_path, json.dumps(data)))  # would run into the time limit of `run`
    assert "is not an exact number" in done.stdout


def test_a_small_certificate_needs_little_memory() -> None:
    limited = ["-I", "-O", "-c", LIMITED, str(corpus.CHECKER), str(corpus.ACCEPT / "cauchy.cert.json")]
    assert subprocess.run([sys.executable, *limited], timeout=60, check=False).returncode == 0


# 256 MiB of addresses, a quarter of them for Python itself: the largest file allowed is eight times as large
LIMITED = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_AS, (1 << 28, 1 << 28))
sys.argv = sys.argv[1:]
sys.stdout = open("/dev/null", "w")
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def test_hostile_certificates(tmp_path: Path) -> None:
    head = '{"format": "ldrtheory-certificate/1", "statements": '
    for text in (
        "[" * 10**6,
        '{"a":' * 10**6,
        head + "1" * 10**7 + "}",
        head + "[" * 10**6 + "]" * 10**6 + "}",
        head
        + '[{"claim": {"kind": "matrices-equal", "left": {"entries": [["'
        + "9" * 10**6
        + '"]]}, "right": 1, '
        '"field": "Q"}, "evidence": {}}]}',
    ):
        done = run(certificate(tmp_path, text))
        assert done.returncode == 2
        assert done.stdout.startswith("UNREADABLE")
        assert done.stderr == ""
    operator: Any = {"op": "identity"}
    for _ in range(400):
        operator = {"op": "transpose", "of": operator}
    claim = {"kind": "operator-singular", "operators": {"kind": "stein", "left": operator, "right": operator}}
    claim |= {"shape": [2, 2], "field": "Q"}
    data = {
        "format": "ldrtheory-certificate/1",
        "statements": [{"claim": claim, "evidence": {"kernel": [[0, 0, 1]]}}],
    }
    assert run(certificate(tmp_path, json.dumps(data))).returncode in (0, 2)  # true, if the depth is allowed


def test_files_that_are_none(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", Path("/dev/zero")):
        done = run(path)
        assert done.returncode == 2
        assert done.stdout == f"UNREADABLE {path}: {path} is no file, but a folder or a device\n"
    missing = tmp_path / "nothing"
    assert run(missing).stdout == f"UNREADABLE {missing}: {missing} is not there\n"
    subject = {"file": "pipe", "sha256": hashlib.sha256(b"").hexdigest(), "shape": [1, 1]}
    data = json.loads((corpus.ACCEPT / "cauchy.cert.json").read_text())
    data["statements"][0]["claim"]["subject"] = subject
    assert "is no file" in run(certificate(tmp_path, json.dumps(data))).stdout


def test_files_that_are_no_json(tmp_path: Path) -> None:
    np.save(tmp_path / "T.npy", np.eye(3))
    (tmp_path / "T.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(9))
    (tmp_path / "empty").touch()
    (tmp_path / "text").write_text("rank 2")
    for name in ("T.npy", "T.png", "empty", "text"):
        done = run(tmp_path / name)
        assert done.returncode == 2
        assert done.stdout.startswith(
            f"UNREADABLE {tmp_path / name}: {tmp_path / name} is no JSON certificate: "
        )
        assert "cannot finish" not in done.stdout


def test_source_keeps_its_rules() -> None:
    source = corpus.CHECKER.read_text()
    tree = ast.parse(source)
    for node in ast.walk(tree):
        assert not isinstance(node, ast.Assert)
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = (
                [alias.name for alias in node.names] if isinstance(node, ast.Import) else [str(node.module)]
            )
            assert all(name.split(".")[0] in sys.stdlib_module_names for name in names)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in ("eval", "exec", "compile", "__import__")


def test_packing() -> None:
    chance = random.Random(4)
    for bits in (1, 6, 7, 8, 61, 200):
        slots = C.Slots(7, bits)
        values = [chance.randint(-(2**bits) + 1, 2**bits - 1) for _ in range(7)]
        packed = slots.pack(values)
        assert packed == sum(v << 8 * slots.size * j for j, v in enumerate(values))
        assert slots.unpack(packed) == values
        with pytest.raises(OverflowError):
            slots.pack([1 << 8 * slots.size] * 7)


@pytest.mark.parametrize("name", ["<f2", "<f4", "<f8"])
def test_floats_are_read_to_the_last_bit(name: str) -> None:
    raw = np.random.default_rng(7).integers(0, 256, 16 * 12 * 8, np.uint8).tobytes()
    array = np.frombuffer(raw, name)[: 16 * 12].reshape(16, 12)
    array = np.where(np.isfinite(array), array, 0).astype(name)
    matrix = C.numeric(C.Field("Q"), array.tobytes(), (16, 12), name[1:])
    for i in range(16):
        row = matrix.row(i)
        assert [Fraction(v, matrix.den) for v in row] == [Fraction(float(x)) for x in array[i]]
        assert max(map(abs, row)) <= matrix.bound


def test_primes() -> None:
    # strong pseudoprimes to the bases 2, ..., p for the first primes p (Jaeschke 1993; Sorenson and Webster 2015)
    composite = [1, 4, 2047, 1373653, 25326001, 3215031751, 2152302898747, 3474749660383, 341550071728321]
    composite += [3825123056546413051, 2**64 - 1, 561, 41 * 41, 43 * 47]
    for x in composite:
        with pytest.raises(C.Refusal):
            C.prime(x)
    for x in (2, 3, 37, 41, 43, 2**31 - 1, 2**61 - 1, 2**64 - 59):
        assert C.prime(x) == x


def test_cyclotomic_polynomials() -> None:
    assert C.cyclotomic(1) == [-1, 1]
    assert C.cyclotomic(2) == [1, 1]
    assert C.cyclotomic(12) == [1, 0, -1, 0, 1]
    assert C.cyclotomic(15) == [1, -1, 0, 1, -1, 1, 0, -1, 1]
    assert min(C.cyclotomic(105)) == -2


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", (3, 0)),
        ("-7/5", (Fraction(-7, 5), 0)),
        ("0.1", (Fraction(1, 10), 0)),
        ("1e-3", (Fraction(1, 1000), 0)),
        ("+.5E1", (5, 0)),
        ("5.", (5, 0)),
        ("0x1f/0x3", (Fraction(31, 3), 0)),
        ("-0x1f", (-31, 0)),
        ("2-1/3i", (2, Fraction(-1, 3))),
        ("-j", (0, -1)),
        ("+i", (0, 1)),
        ("1e-3i", (0, Fraction(1, 1000))),
        ("1e3-2e-1j", (1000, Fraction(-1, 5))),
        ("0x1e-0x3i", (30, -3)),
        ("23i", (0, 23)),
    ],
)
def test_exact_strings(text: str, value: tuple[Any, Any]) -> None:
    assert C.number(text) == value


@pytest.mark.parametrize(
    "text", ["", " 3", "3 ", "3\n", "--3", "1/-2", "1/2/3", "0x", "0X1", "0x1/3", "1_0", "e5", ".", "i3", "1i1", "1+2",
             "inf", "nan", "1e10000", "٣", "3+i+i", "2 - i", "1/2.5"]
)  # fmt: skip
def test_strings_that_are_not_exact(text: str) -> None:
    with pytest.raises(C.Refusal):
        C.number(text)


def test_bounds_are_on_the_safe_side() -> None:
    for turns in (Fraction(0), Fraction(1, 2), Fraction(1, 6), Fraction(1, 4), Fraction(1, 8192)):
        below = C.sine_below(turns)
        with ctx.workprec(200):
            gap = arb.sin_pi_fmpq(fmpq(turns.numerator, turns.denominator))
            gap -= arb(fmpq(below.numerator, below.denominator))
            # the series ends before x^21 / 21!, x <= pi turns < 22/7 turns, and pi is cut after 20 decimals
            most = (Fraction(22, 7) * turns) ** 21 / math.factorial(21) + turns / 10**20
            assert 0 <= gap <= arb(fmpq(most.numerator, most.denominator))
    for x in (Fraction(0), Fraction(4), Fraction(9, 25), Fraction(2), Fraction(1, 3), Fraction(10**40 + 1)):
        root, unit = C.root_above(x), Fraction(1, x.denominator << 64)  # the next multiple of the unit
        assert max(root - unit, 0) ** 2 <= x <= root**2
    assert C.root_above(Fraction(9, 25)) == Fraction(3, 5)
