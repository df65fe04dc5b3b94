"""How the judge calls kernels: none may pass by what it does to the judge, to its arguments or to its process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from importlib.metadata import entry_points
from pathlib import Path

import numpy as np
import pytest

from ldrtheory import check
from ldrtheory.cli import status
from ldrtheory.conform import Adapter, run
from ldrtheory.conform.handed import fresh
from ldrtheory.conform.suite import prepared
from ldrtheory.errors import BadInput

KERNELS = '''"""Kernels that misbehave."""
import ctypes, os, sys, time
import numpy as np


def circulant(p, x):
    return np.fft.ifft(np.fft.fft(p["c"]) * np.fft.fft(x)).real


def exits(p, x):
    os._exit(0)


def exits_at_three(p, x):
    if x.shape[-1] == 3:
        os._exit(0)
    return circulant(p, x)


def crashes(p, x):
    ctypes.string_at(0)


def blocks(p, x):
    ctypes.PyDLL(None).sleep(60)  # keeps the interpreter's lock
    return circulant(p, x)


def interrupts(p, x):
    raise KeyboardInterrupt


def moves(p, x):
    os.chdir("/")
    return 2 * circulant(p, x)


def writes(p, x):
    os.write(1, b"from below\\n")
    ctypes.CDLL(None).puts(b"from C")
    return circulant(p, x)


def sleeps(p, x):
    with open("pid", "w") as file:
        file.write(str(os.getpid()))
    os.rename("pid", "begun")
    time.sleep(100)
'''


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "astray.py").write_text(KERNELS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def conform(target, *arguments, family="Circulant", sizes="1,2,3"):
    return status(["conform", target, "--family", family, "--sizes", sizes, *arguments])


def _gone(process):
    """Wait until a process that was killed has ended; one that nobody waits for stays as a zombie."""
    for _ in range(200):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return
        state = Path(f"/proc/{process}/stat")
        if state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.05)
    pytest.fail(f"process {process} is still there")


class TestTheProcess:
    """What a kernel does to its process is a failure of the kernel; 0 needs an answer."""

    @pytest.mark.parametrize(
        ("kernel", "said", "sizes"),
        [
            ("exits", "the kernel ended its process, with exit status 0", []),
            ("exits_at_three", "x of shape (3,): the kernel ended its process, with exit status 0", [1, 2]),
            ("crashes", "the kernel crashed its process: signal 11, SIGSEGV", []),
            ("blocks", "did not return within 0.3 s and kept the interpreter: its process was ended", []),
            ("interrupts", "the kernel raised KeyboardInterrupt", []),
        ],
    )
    def test_it_gives_1_and_one_object(self, folder, capsys, kernel, said, sizes):
        seconds = "0.3" if kernel == "blocks" else "60"
        assert conform(f"astray:{kernel}", "--seconds", seconds, "--json") == 1
        out = capsys.readouterr()
        data = json.loads(out.out)
        assert out.err == ""
        assert data["conforms"] is False
        assert said in data["failure"]["words"]
        assert data["failure"]["law"] == "values"
        assert data["sizes"] == sizes

    def test_it_is_readable_too(self, folder, capsys):
        assert conform("astray:exits") == 1
        out = capsys.readouterr().out
        assert "astray:exits does not conform to Circulant (float64, transform;" in out
        assert "constants         -" in out
        assert "not tried: the process of the kernel has ended" in out

    @pytest.mark.parametrize(
        ("module", "said"),
        [
            ("import sys; sys.exit(0)", "cannot be imported: SystemExit: 0"),
            ("raise KeyboardInterrupt", "cannot be imported: KeyboardInterrupt"),
            (
                "import os; os._exit(0)",
                "cannot be imported: its module ended its process, with exit status 0",
            ),
            ("import numpy; numpy.abs = lambda x: 0 * x\ndef f(p, x): return x", "replaces numpy.abs"),
        ],
    )
    def test_at_the_import_it_is_a_wrong_request(self, folder, capsys, module, said):
        (folder / "atonce.py").write_text(module)
        assert conform("atonce:f", "--json") == 2
        out = capsys.readouterr()
        assert (out.out, said in out.err) == ("", True), out.err

    def test_what_is_printed_below_python_is_told_and_nowhere_else(self, folder, capfd):
        (folder / "noisy.py").write_text("print('at the import')\nfrom astray import writes\n")
        assert conform("noisy:writes", "--json") == 0
        out, err = capfd.readouterr()
        assert err == ""
        printed = json.loads(out)["printed"]
        assert printed.startswith("at the import\nfrom below")
        assert "from C" in printed

    @pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
    def test_an_interrupt_gives_130_and_leaves_nobody_behind(self, folder):
        command = [sys.executable, "-m", "ldrtheory.cli", "conform", "astray:sleeps", "--family", "Circulant"]
        started = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        try:
            while not (folder / "begun").exists():
                assert started.poll() is None
                time.sleep(0.05)
            started.send_signal(signal.SIGINT)
            out, err = started.communicate(timeout=60)
        finally:
            started.kill()
        assert (started.returncode, out, err) == (130, b"", b"")
        _gone(int((folder / "begun").read_text()))

    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a blocked process with its parent")
    def test_a_blocked_process_does_not_outlive_the_command(self, folder):
        (folder / "astray.py").write_text(KERNELS.replace("time.sleep(100)", "ctypes.PyDLL(None).sleep(100)"))
        command = [sys.executable, "-m", "ldrtheory.cli", "conform", "astray:sleeps", "--family", "Circulant"]
        with subprocess.Popen([*command, "--seconds", "90"], cwd=folder) as started:
            while not (folder / "begun").exists():
                assert started.poll() is None
                time.sleep(0.05)
            started.terminate()
        _gone(int((folder / "begun").read_text()))

    def test_the_certificate_is_where_it_was_asked_for(self, folder, capsys):
        assert conform("astray:moves", "--certificate", "here.json", "--json") == 1
        assert json.loads(capsys.readouterr().out)["certificate"] == "here.json"
        assert check(folder / "here.json").accepted

    def test_an_older_counterexample_is_not_passed_for_a_new_one(self, folder, capsys):
        assert conform("astray:moves") == 1
        written = folder / "moves.counterexample.cert.json"
        assert written.exists()
        (folder / "astray.py").write_text(KERNELS.replace("2 * circulant", "circulant"))
        capsys.readouterr()
        assert conform("astray:moves") == 0
        assert (
            "no counterexample was written: moves.counterexample.cert.json is older"
            in capsys.readouterr().out
        )
        assert written.exists()

    def test_pytest_fails_too(self, folder):
        known = any(e.name == "ldrtheory-conform" for e in entry_points(group="pytest11"))
        plugin = [] if known else ["-p", "ldrtheory.conform.plugin"]
        options = ["--conform", "astray:exits_at_three", "--family", "Circulant", "--conform-sizes", "1,2,3"]
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *plugin, "-q", *options],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 1
        assert "values: x of shape (3,): the kernel ended its process, with exit status 0" in done.stdout
        assert "1 failed" in done.stdout


def circulant(p, x):
    return np.fft.ifft(np.fft.fft(p["c"]) * np.fft.fft(x)).real


def after(change):
    """A correct kernel that does something more."""

    def kernel(p, x):
        y = circulant(p, x)
        change(p, x)
        return y

    return kernel


def judged(kernel, family="Circulant", sizes=(1, 2, 3), dtype="float64", **options):
    return run(Adapter(family, kernel, dtype, sizes=sizes, **options))


def failing(answer):
    return [law.law for law in answer.laws if law.passed is False]


def reshape(p, x):
    x.shape = (1, *x.shape)


def reshape_parameter(p, x):
    p["c"].shape = (1, -1)


def retype(p, x):
    x.dtype = "int64"


def empty(p, x):
    if x.flags.owndata and x.flags.writeable:
        x.resize((0,), refcheck=False)


def lock(p, x):
    x.flags.writeable = False


def forget(p, x):
    p.clear()


def exchange(p, x):
    p["c"] = p["c"].copy()


def overwrite_large(p, x):
    if x.shape[-1] > 64:
        x[...] = 0


class TestTheInputs:
    @pytest.mark.parametrize(
        "change",
        [reshape, reshape_parameter, retype, empty, lock, forget, exchange],
        ids=lambda f: f.__name__,
    )
    def test_what_they_say_of_themselves_is_theirs(self, change):
        answer = judged(after(change))
        assert "inputs-untouched" in failing(answer)
        assert "values" not in failing(answer)
        assert answer.status == 1

    def test_calls_of_every_law_are_looked_at(self):
        answer = judged(after(overwrite_large), sizes=[2, 100])
        assert failing(answer) == ["inputs-untouched"]
        assert "x of shape (100,): x was modified" in str(answer)

    def test_a_kernel_cannot_change_what_the_judge_has_recorded(self, tmp_path):
        """It keeps every array and overwrites them all before it errs: the case is still what that call was given."""
        kept, seen = [], []

        def keeps(p, x):
            y = circulant(p, x)
            for array in kept:
                array[...] = 7
            kept.extend(a for a in (p["c"], x) if a.flags.writeable)
            if x.ndim == 1:
                seen.append((p["c"].tolist(), x.tolist()))
            return y + 1e-3

        answer = run(Adapter("Circulant", keeps, sizes=[2, 3]), certificate=tmp_path / "kept.json")
        case = answer.failure.case
        assert (case.parameters["c"].tolist(), case.x.tolist()) in seen
        assert check(tmp_path / "kept.json").accepted

    def test_copies_have_the_strides_of_the_originals(self):
        base = np.arange(24.0).reshape(2, 3, 4)
        for a in (
            base,
            base[:, ::-2, ::2],
            base.transpose(2, 0, 1),
            np.broadcast_to(base[0], (5, 3, 4)),
            np.array(3.0),
            np.zeros((0, 3)),
        ):
            copy = fresh(a)
            assert (copy.strides, copy.flags.writeable) == (a.strides, a.flags.writeable)
            assert np.array_equal(copy, a)
            assert not np.shares_memory(copy, a)


class TestTheResults:
    @pytest.mark.parametrize("buffers", [1, 2, 3])
    def test_a_buffer_that_the_next_call_overwrites(self, buffers):
        kept, calls = {}, []

        def shared(p, x):
            calls.append(0)
            out = kept.setdefault((x.shape, len(calls) % buffers), np.empty(x.shape))
            out[...] = circulant(p, x)
            return out

        assert failing(judged(shared)) == ["fresh-results"]

    def test_results_that_stay_pass(self):
        results = []

        def keeps(p, x):
            results.append(circulant(p, x))
            return results[-1]

        assert judged(keeps).conforms

    def test_a_result_may_be_the_input(self):
        """The identity of order 1 returns x itself; writing into x is then the judge's affair, not the kernel's."""
        assert judged(
            lambda p, x: x if x.shape[-1] == 1 else x @ _hadamard(x.shape[-1]), "WalshHadamard", (1, 2)
        ).conforms

    def test_a_mask_hides_nothing(self):
        answer = judged(lambda p, x: np.ma.masked_greater(circulant(p, x), 0))
        assert "returned numpy.ma.MaskedArray; wanted an array of numpy" in answer.laws[0].words

    def test_tensors_without_entries_are_refused(self):
        torch = pytest.importorskip("torch")
        for kernel, said in (
            (lambda p, x: (x @ p["M"].T).to_sparse(), "torch.sparse_coo"),
            (lambda p, x: (x @ p["M"].T).to("meta"), "device meta"),
        ):
            answer = run(Adapter("Dense", kernel, "float32", library="torch", sizes=[2]), laws=("values",))
            assert said in answer.laws[0].words
        assert torch.is_tensor(torch.zeros(1))


class TestWhatIsRaisedAndReplaced:
    def test_a_text_that_raises(self):
        class Wordless(Exception):
            def __str__(self):
                raise ValueError("no words")

        def raises(p, x):
            raise Wordless

        assert "the kernel raised Wordless: (its text raises ValueError)" in judged(raises).laws[0].words

    def test_escape_sequences_do_not_reach_the_terminal(self):
        def raises(p, x):
            raise RuntimeError("\x1b[31mred\x9b2J")

        text = str(judged(raises))
        assert "\\x1b[31mred\\x9b2J" in text
        assert "\x1b" not in text
        assert "\x9b" not in text

    def test_an_interrupt_of_its_own_is_its_own(self):
        def raises(p, x):
            raise KeyboardInterrupt

        assert judged(raises).status == 1

    def test_a_closed_standard_output_is_nobody_elses(self):
        assert judged(after(lambda p, x: sys.stdout.close())).conforms
        assert not sys.stdout.closed

    def test_a_function_of_numpy_that_is_replaced(self):
        own = np.abs

        def replaces(p, x):
            np.abs = lambda y: 0.0 * own(y)
            return 3 * circulant(p, x)

        answer = judged(replaces)
        assert answer.status == 1
        assert np.abs is own
        assert "the kernel replaced numpy.abs for everybody" in answer.laws[0].words


class TestWhatWasJudged:
    def test_sizes_are_those_that_gave_results(self):
        def small(p, x):
            if x.shape[-1] > 2:
                raise NotImplementedError("at most 2")
            return circulant(p, x)

        answer = judged(small, sizes=[1, 2, 3, 5])
        assert (answer.status, answer.sizes) == (0, (1, 2))
        assert "judged at n = 1, 2, 2 of 4 sizes" in answer.laws[0].words

    def test_one_by_one_is_no_judgement(self):
        def only(p, x):
            if x.shape[-1] > 1:
                raise NotImplementedError("only 1")
            return circulant(p, x)

        answer = judged(only)
        assert (answer.status, answer.sizes) == (3, (1,))
        assert "judged at n = 1 alone" in answer.laws[0].words


class TestNamesThatLeaveSomethingOpen:
    @pytest.mark.parametrize(
        ("family", "open_", "instance"),
        [
            ("DCT", "type", "DCT(n=8, type=2)"),
            ("DST", "type", "DST(n=8, type=1)"),
            ("FCirculant", "f", "FCirculant(n=8, f=-1)"),
            ("SubdiagonalLDR", "krylov", "krylov=true"),
            ("TridiagonalLDR", "krylov", "krylov=true"),
        ],
    )
    def test_no_kernel_can_see_it(self, family, open_, instance):
        with pytest.raises(BadInput, match=f"{family} alone leaves {open_} open") as error:
            run(Adapter(family, circulant))
        assert instance in str(error.value)

    @pytest.mark.parametrize(
        "family", ["Monarch", "Householder", "Toeplitz", "DiagonalCirculant", "DFT", "Dense"]
    )
    def test_what_the_shapes_of_slots_tell_is_seen(self, family):
        assert prepared(Adapter(family, circulant, sizes=[2, 4])).generic

    def test_an_instance_says_it(self):
        skew = run(Adapter("FCirculant(4, -1)", lambda p, x: _skew(p["c"], x), sizes=[2, 3]))
        assert skew.conforms


def _hadamard(n):
    return np.array([[(-1) ** (i & j).bit_count() for j in range(n)] for i in range(n)], dtype=float)


def _skew(c, x):
    n = len(c)
    i, j = np.indices((n, n))
    return x @ (c[(i - j) % n] * np.where(i < j, -1, 1)).T


class TestComplexResultsOfRealInputs:
    def test_a_transform_of_reals_is_complex(self):
        assert judged(lambda p, x: np.fft.fft(x), "DFT", (2, 3, 5)).conforms
        assert judged(lambda p, x: np.fft.fft(x).astype("complex64"), "DFT", (2, 3, 5), "float32").conforms

    def test_of_the_same_precision(self):
        answer = judged(lambda p, x: np.fft.fft(x).astype("complex128"), "DFT", (2, 3, 5), "float32")
        assert failing(answer) == ["dtype"]

    def test_its_real_part_is_wrong(self):
        assert "values" in failing(judged(lambda p, x: np.fft.fft(x).real, "DFT", (2, 3, 5)))


def test_the_page_knows_the_laws():
    page = (Path(__file__).resolve().parents[2] / "docs" / "judge-your-kernel.md").read_text()
    assert "| `fresh-results` |" in page
