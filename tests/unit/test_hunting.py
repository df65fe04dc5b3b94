"""The hunter: files of users, honest answers, limits, states, clusters."""

from __future__ import annotations

import json
import os
import signal
import threading
from fractions import Fraction
from pathlib import Path

import pytest

from ldrtheory.cli import status
from ldrtheory.errors import BadInput, UnknownName
from ldrtheory.hunting import Point, conjecture, corpus, find, hunt, shrunk, square
from ldrtheory.hunting.conjecture import PredicateRaised, evaluate
from ldrtheory.hunting.stages import Unit, reference, run_unit, search, task, units
from ldrtheory.rings import QQ

TEN_LINES = '''
from ldrtheory.hunting import conjecture, product, rank, square, toeplitz


@conjecture(T=toeplitz(), X=square())
def toeplitz_times_anything(T, X):
    """Multiplying by a Toeplitz matrix adds at most 1 to the displacement rank."""
    return rank(product(T, X)) <= rank(X) + 1
'''


def test_a_users_file_is_hunted_by_path_and_by_function(tmp_path: Path, capsys: object) -> None:
    """At n <= 2 the right side is at least n unless X = 0; the true bound, rank(X) + 2, is attained at n = 3."""
    file = tmp_path / "mine.py"
    file.write_text(TEN_LINES)
    for name in (str(file), f"{file}:toeplitz_times_anything"):
        out = tmp_path / "c.json"
        assert status(["hunt", name, "--json", "--certificate", str(out), "--seconds", "30"]) == 1
        found = json.loads(capsys.readouterr().out)
        assert found["n"] == 3
        assert found["checked"]
        assert found["counterexample"].keys() == {"T", "X"}
        assert found["certificate"] == str(out)
    with pytest.raises(UnknownName, match="toeplitz_times_anything"):
        find(f"{file}:toeplitz_times_nothing")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("import nowhere_to_be_found", "cannot be loaded: ModuleNotFoundError"),
        ("x = (", "cannot be loaded: SyntaxError"),
        ("x = 1", "holds 0 conjectures"),
        (
            "from ldrtheory.hunting import *\n@conjecture(Y=square())\ndef f(X):\n    return True",
            "takes X but",
        ),
    ],
)
def test_files_that_are_no_conjecture_are_refused(
    text: str, message: str, tmp_path: Path, capsys: object
) -> None:
    file = tmp_path / "bad.py"
    file.write_text(text)
    assert status(["hunt", str(file)]) == 2
    assert message in capsys.readouterr().err
    assert {path.name for path in tmp_path.iterdir()} - {"__pycache__"} == {"bad.py"}


def test_a_missing_file_and_an_unknown_id_are_refused(capsys: object) -> None:
    assert status(["hunt", "nowhere.py"]) == 2
    assert "no file nowhere.py" in capsys.readouterr().err
    assert status(["hunt", "product_of_toplitz"]) == 2
    assert "product_of_toeplitz" in capsys.readouterr().err


@conjecture(X=square())
def raises_at_a_zero(X: object) -> bool:
    """Every first entry has a reciprocal."""
    return 1 / X[0, 0] != 0


def test_a_function_that_raises_is_no_counterexample() -> None:
    with pytest.raises(
        PredicateRaised, match=r"raised ZeroDivisionError.*X = \[\['0'\]\]; that is no counterexample"
    ):
        hunt(raises_at_a_zero, workers=1, seconds=5)


ANSWERS = iter([False] + [True] * 10**6)


@conjecture(X=square())
def changes_its_mind(X: object) -> bool:
    """Nothing."""
    return next(ANSWERS)


def test_a_function_that_changes_its_mind_is_flaky_and_not_refuted() -> None:
    with pytest.raises(BadInput, match="is flaky"):
        hunt(changes_its_mind, workers=1, seconds=5)


@conjecture(X=square())
def first_entry_is_not_four(X: object) -> bool:
    """No first entry is 4."""
    return X[0, 0] != 4


def test_a_counterexample_that_asks_no_rank_is_observed_and_has_no_certificate(tmp_path: Path) -> None:
    answer = hunt(first_entry_is_not_four, workers=1, seconds=20, certificate=tmp_path / "c.json")
    assert answer.objects == {"X": [["4"]]}
    assert answer.checked is None
    assert str(answer.level) == "observed"
    assert answer.certificate is None
    assert list(tmp_path.iterdir()) == []


def test_the_time_limit_is_exit_3(capsys: object) -> None:
    assert status(["hunt", "T1", "--seconds", "1", "--workers", "1", "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["counterexample"] is None


def test_the_time_limit_ends_the_hunt_after_the_unit_in_progress(unit_clock: object) -> None:
    for seconds, units_done in ((3.5, 4), (10.5, 11)):
        answer = hunt("T1", workers=1, seconds=seconds, progress=unit_clock)
        assert not answer.found
        assert answer.seconds == units_done


def test_fields_that_the_conjecture_does_not_speak_of_are_refused() -> None:
    with pytest.raises(BadInput, match="stated over Q; got --field GF"):
        hunt("F1", field="GF(2)", workers=1)


def test_every_point_of_an_alphabet_is_tried_once() -> None:
    """2 x 2 matrices over {0, 1}: 16; none of the 16 pieces of points is tried twice."""
    seen = []

    @conjecture(X=square())
    def watches(X: object) -> bool:
        """Nothing."""
        seen.append(tuple(map(int, X.flat)))
        return True

    search(watches, "Q", Unit("every", 2, 0, 0, 10, 0, 0))
    search(watches, "Q", Unit("every", 2, 0, 10, 16, 0, 0))
    assert sorted(seen) == sorted(
        {(a, b, c, d) for a in (0, 1) for b in (0, 1) for c in (0, 1) for d in (0, 1)}
    )


def test_a_unit_gives_the_same_answer_every_time() -> None:
    c = find("F11")
    for stage in units(c, "Q", 2, 0, 5):
        first = run_unit(reference(c), "Q", task(stage[0]))
        assert run_unit(reference(c), "Q", task(stage[0])) == first


def test_one_process_and_many_find_the_same() -> None:
    alone, many = (hunt("F11", workers=k, seconds=60, seed=3) for k in (1, 2))
    assert alone.point == many.point
    assert alone.searched == many.searched


def test_shrinking_makes_numbers_small_and_zero() -> None:
    """By hand: the last two numbers do not matter, one of the first two is enough, and 11 is the least above 10."""

    @conjecture(X=square())
    def first_row_sum(X: object) -> bool:
        """The first two entries never sum to more than 10."""
        return X[0, 0] + X[0, 1] <= 10

    start = Point(2, (24, 7, -3, Fraction(1, 2)), ())
    found = shrunk(first_row_sum, start, QQ)
    assert evaluate(first_row_sum, found, QQ).holds is False
    assert found.numbers[2:] == (0, 0)
    assert sorted(found.numbers[:2]) == [0, 11]


def test_a_state_file_is_gone_on_from(
    tmp_path: Path, unit_clock: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Limits of 4 and of 9 units, of which the second hunt runs 5."""
    state, ran = tmp_path / "state.json", []

    def counted(ref: object, over: str, unit: object) -> object:
        ran.append(unit)
        return run_unit(ref, over, unit)

    monkeypatch.setattr("ldrtheory.hunting.executors.run_unit", counted)
    first = hunt("T1", workers=1, seconds=3.5, state=state, seed=1, progress=unit_clock)
    kept = json.loads(state.read_text())
    assert kept["conjecture"] == "product_costs_one"
    assert len(ran) == len(kept["done"]) == 4
    assert sum(r["cases"] for r in kept["done"].values()) == first.cases
    again = hunt("T1", workers=1, seconds=8.5, state=state, seed=1, progress=unit_clock)
    both = json.loads(state.read_text())["done"]
    assert len(ran) == len(both) == 9
    assert both.items() >= kept["done"].items()
    assert sum(r["cases"] for r in both.values()) == again.cases


def test_states_of_other_hunts_and_versions_are_refused(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    hunt("F4", workers=1, state=state)
    with pytest.raises(BadInput, match="belongs to another hunt: its conjecture is 'order_of_operators'"):
        hunt("F5", workers=1, state=state)
    with pytest.raises(BadInput, match="its seed is '0', wanted '1'"):
        hunt("F4", workers=1, state=state, seed=1)
    data = json.loads(state.read_text())
    state.write_text(json.dumps({**data, "format": "ldrtheory-hunt/0"}))
    with pytest.raises(BadInput, match="its format is 'ldrtheory-hunt/0'"):
        hunt("F4", workers=1, state=state)
    for text in ("", "[]", "{}", json.dumps({**data, "done": {"a": 1}}), json.dumps({**data, "done": []})):
        state.write_text(text)
        with pytest.raises(BadInput, match="is no state file of a hunt"):
            hunt("F4", workers=1, state=state)


def test_a_theorem_file_is_hunted_by_its_id(tmp_path: Path, capsys: object) -> None:
    assert not hunt("closure_transpose", seconds=1, max_n=2).found
    file = tmp_path / "wrong.py"
    file.write_text(
        '"""Wrong."""\nfrom ldrtheory import QQ, Sylvester, shift\n'
        "from ldrtheory.certify.equality import rank_at_most\n"
        'statement = "The rank of every diagonal matrix is at most 1."\nhypotheses = source = "none"\n\n\n'
        "def claims(max_n, seed):\n    for n in range(1, max_n + 1):\n"
        "        M = [[i == j and i + 1 for j in range(n)] for i in range(n)]\n"
        "        M = [[int(x) for x in row] for row in M]\n"
        "        yield rank_at_most(M, 1, Sylvester(shift(f=1), shift(f=-1)), QQ)\n"
    )
    out = tmp_path / "c.json"
    assert status(["hunt", str(file), "--json", "--certificate", str(out)]) == 1
    assert json.loads(capsys.readouterr().out)["n"] == 2
    assert status(["check", str(out)]) == 0


def test_a_scheduler_that_cannot_be_reached_is_named(capsys: object) -> None:
    pytest.importorskip("distributed", reason="the extra `distributed` is not installed")
    assert status(["hunt", "F4", "--scheduler", "tcp://127.0.0.1:9"]) == 2
    assert "no scheduler answered at tcp://127.0.0.1:9 within" in capsys.readouterr().err


@pytest.mark.filterwarnings("ignore")  # of the cluster's own making, when a worker is killed
def test_a_cluster_that_loses_a_worker_finds_the_same() -> None:
    """Two worker processes; one is killed while units run; the answer is that of one process."""
    distributed = pytest.importorskip("distributed", reason="the extra `distributed` is not installed")
    alone = hunt("F11", workers=1, seconds=120, seed=2)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as cluster:
        victim = next(iter(cluster.workers.values()))
        killed = threading.Event()

        def kill() -> None:
            os.kill(victim.pid, signal.SIGKILL)
            killed.set()

        def progress(done: int, total: int, what: str) -> None:
            if not killed.is_set() and "n = 2, every" in what and total > 1 and done < total:
                kill()

        answer = hunt("F11", scheduler=cluster.scheduler_address, seconds=120, seed=2, progress=progress)
        assert killed.is_set()
    assert answer.point == alone.point
    assert answer.cases == alone.cases


def test_a_conjecture_of_a_session_is_sent_to_a_file() -> None:
    """Other processes read the conjecture's file: what was typed in has none."""
    typed: dict[str, object] = {}
    text = "from ldrtheory.hunting import *\n@conjecture(X=square())\ndef typed_in(X):\n    return rank(X) <= 1\n"
    exec(compile(text, "<stdin>", "exec"), typed)  # noqa: S102
    with pytest.raises(BadInput, match=r"stands in no file.*FILE.py:typed_in"):
        hunt(typed["typed_in"], workers=1, seconds=5)


def test_an_answer_is_printed_as_on_the_command_line() -> None:
    answer = hunt("F11", workers=1, seconds=60)
    assert str(answer).splitlines()[0] == f"refuted at n = {answer.n}: {answer.statement}"


def test_the_corpus_stays_a_function_once_it_was_read() -> None:
    import ldrtheory.hunting as package

    assert package.corpus() is package.corpus()


def test_the_corpus_has_statements_and_other_names() -> None:
    for c in corpus().values():
        assert c.statement.endswith(".")
        assert c.aliases
