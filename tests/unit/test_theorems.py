"""Executable theorems and their statements: every file is decided by the checker, and false statements are refuted."""

from __future__ import annotations

import ast
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ldrtheory.certify import equality
from ldrtheory.claims import Level
from ldrtheory.errors import BadInput, NotInRing, UnknownName
from ldrtheory.operators import Stein, Sylvester, dense, diagonal, generated, path, shift
from ldrtheory.rings import GAUSSIAN, GF, QQ, Cyclotomic, RationalFunctions
from ldrtheory.theorems import discover, folder, load, read_theorem, run, run_all, run_theorem
from tests.checked import accepted
from tests.pages import DOCS, program

TOEPLITZ = Sylvester(shift(f=1), shift(f=-1))


@pytest.fixture(scope="module")
def table() -> ModuleType:
    return program("theorem_table")


KINDS = {  # the first part of an id: the level of its report, and how its status begins
    "open": (Level.OBSERVED, "open; holds exactly for n <= "),
    "cited": (Level.CITED, "cited: "),
}


@pytest.mark.parametrize("id", sorted(discover()))
def test_every_theorem_file_is_verified_and_its_line_in_the_table_is_fresh(
    id: str, table: ModuleType
) -> None:
    report = run(id)
    level, begin = KINDS.get(id.split("_")[0], (Level.VERIFIED, "verified exactly, n <= "))
    assert report.level is level, report.status
    assert report.status.startswith(begin)
    assert report.instances >= 2 or level is Level.CITED
    assert not report.refuted
    data = report.data()
    assert {"id", "statement", "source", "status", "instances", "seconds"} <= set(data)
    assert all(need["n"] is not None or need["status"] == "not known" for need in data["needs"])
    lines = (DOCS / "theorems.md").read_text(encoding="utf-8").splitlines()
    assert table.row(report) in lines, "run `make docs`"


def test_the_table_has_the_texts_of_every_file_and_no_other(table: ModuleType) -> None:
    text = (DOCS / "theorems.md").read_text(encoding="utf-8")
    ids = [line.split("]")[0][3:] for line in text.splitlines() if line.startswith("| [")]
    assert sorted(ids) == sorted(discover())
    assert len(ids) >= 60
    assert text.startswith(table.HEAD)
    assert f"{len(ids)} files: " in text
    for id in ids:
        theorem = load(id)
        assert table.heading(id) in text
        assert all(table._escaped(words) in text for words in (theorem.statement, theorem.source))


@pytest.mark.accept
@pytest.mark.parametrize("id", sorted(discover()))
def test_every_theorem_file_is_verified_with_other_seeds_and_larger(id: str) -> None:
    for seed in range(3):
        report = run(id, 7, seed)
        assert report.level is KINDS.get(id.split("_")[0], (Level.VERIFIED,))[0], report.status


def test_the_closure_calculus_is_complete() -> None:
    rules = {
        "transpose", "inverse", "sum", "product", "mismatch", "operator_change", "similarity", "blocks", "block_shifts",
        "toeplitz_blocks", "schur_complement", "submatrix", "kronecker", "entrywise", "low_rank",
    }  # fmt: skip
    assert {f"closure_{rule}" for rule in rules} <= set(discover())


def test_theorem_files_stand_alone_and_say_what_they_depend_on() -> None:
    known = discover()
    for id, file in known.items():
        theorem = load(id)
        assert theorem.statement.endswith(".")
        assert theorem.hypotheses.endswith(".")
        assert set(theorem.depends) <= set(known)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [n for n in names if n.split(".")[0] in known or n.startswith("ldrtheory.theorems")]


def test_every_file_says_which_hypotheses_are_needed() -> None:
    shown = 0
    for id in discover():
        necessity = load(id).necessity
        assert necessity.stated, f"{id} says nothing of necessity"
        assert necessity.shown or necessity.unknown or necessity.remark.startswith(("none", "not known"))
        shown += len(necessity.shown)
    assert shown >= 40


NECESSITY = '''
"""Every matrix has displacement rank 0, if A = B = I."""
from ldrtheory.certify.equality import rank_at_least, rank_at_most
from ldrtheory.operators import Sylvester, identity, zero
from ldrtheory.rings import QQ
statement = "Displacement rank 0."
hypotheses = "A = B = I."
source = "Made up."
def claims(max_n, seed):
    yield rank_at_most([[5]], 0, Sylvester(identity(), identity()), QQ)
def without():
    yield rank_at_least([[{entry}]], 1, Sylvester(identity(), zero()), QQ)
def nothing():
    return []
necessity = {necessity}
'''


@pytest.mark.parametrize(
    ("entry", "necessity", "level", "words"),
    [
        (5, "{'A = B': without}", Level.VERIFIED, "A = B: fails without it, n <= 1"),
        (
            5,
            "{'A = B': without, 'Q': 'not known'}",
            Level.VERIFIED,
            "A = B: fails without it, n <= 1; Q: not known",
        ),
        (5, "{'A = B': 'false_conversion_singular'}", Level.VERIFIED, "A = B: fails without it, n <= 1"),
        (5, "'none'", Level.VERIFIED, "none"),
        (0, "{'A = B': without}", Level.OBSERVED, "A = B: claim 1 of the counterexample was not accepted"),
        (5, "{'A = B': nothing}", Level.OBSERVED, "A = B: no counterexample was given"),
    ],
)
def test_necessity_is_decided_by_the_checker(
    tmp_path: Path, entry: int, necessity: str, level: Level, words: str
) -> None:
    file = tmp_path / "made_up.py"
    file.write_text(NECESSITY.format(entry=entry, necessity=necessity), encoding="utf-8")
    report = run_theorem(read_theorem(file), 2)
    assert report.level is level
    assert report.necessity.startswith(words)
    assert report.status.startswith(
        "verified" if level is Level.VERIFIED else "undecided: necessity of 'A = B'"
    )
    assert report.data()["necessity"] == report.necessity


def test_necessity_that_is_neither_words_nor_a_counterexample_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "made_up.py"
    file.write_text(NECESSITY.format(entry=5, necessity="'perhaps'"), encoding="utf-8")
    with pytest.raises(BadInput, match="begin with 'none' or 'not known'"):
        read_theorem(file)
    file.write_text(NECESSITY.format(entry=5, necessity="{'A = B': 'false_conversion'}"), encoding="utf-8")
    with pytest.raises(UnknownName, match="false_conversion_singular"):
        read_theorem(file)
    file.write_text(
        NECESSITY.format(entry=5, necessity="'none'").replace("necessity =", "other ="), encoding="utf-8"
    )
    assert not read_theorem(file).necessity.stated


def test_many_theorems_at_once_come_out_as_one_by_one() -> None:
    ids = ["false_stein_product", "cited_bounds_order", "closure_transpose"]
    seen: list[tuple[int, int]] = []
    many = run_all(ids, 2, workers=2, progress=lambda done, total, what: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]
    single = [run(id, 2) for id in ids]
    assert [r.id for r in many] == ids
    assert [{**r.data(), "seconds": 0} for r in many] == [{**r.data(), "seconds": 0} for r in single]
    assert [r.status for r in run_all(ids, 2, workers=1)] == [r.status for r in single]


def test_instances_are_reproducible_and_the_smallest_come_first() -> None:
    theorem = load("closure_product")
    assert list(theorem.claims(3, 5)) == list(theorem.claims(3, 5))
    assert list(theorem.claims(3, 5)) != list(theorem.claims(3, 6))
    assert list(theorem.claims(3, 5))[: len(list(theorem.claims(2, 5)))] == list(theorem.claims(2, 5))


FALSE = '''
"""A false statement."""
from ldrtheory.certify.equality import {names}
from ldrtheory.operators import Stein, Sylvester, shift
from ldrtheory.rings import QQ
statement = "False from n = 2 on."
hypotheses = "None."
source = "Made up."
def claims(max_n, seed):
    pair = Sylvester(shift(f=1), shift(f=-1))
    for n in range(1, max_n + 1):
        M = [[(i * j) % 3 for j in range(n)] for i in range(n)]
        yield {claim}
'''


@pytest.mark.parametrize(
    ("names", "claim", "n"),
    [
        ("rank_at_most", "rank_at_most([[i * i * j for j in range(n)] for i in range(n)], 0, pair, QQ)", 2),
        ("rank_at_least", "rank_at_least([[1] * n] * n, n, pair, QQ)", 2),
        ("rank_exactly", "rank_exactly([[1] * n] * n, 1, Sylvester(shift(f=0), shift(f=0)), QQ)", 1),
        ("equal", "equal(M, [[0] * n] * n, QQ)", 2),
        ("differ", "differ([[1] * n] * n, [[1] * (n - n // 3)] * n, QQ)", 1),
    ],
)
def test_a_false_theorem_is_refuted_at_its_smallest_instance(
    tmp_path: Path, names: str, claim: str, n: int
) -> None:
    file = tmp_path / "false.py"
    file.write_text(FALSE.format(names=names, claim=claim), encoding="utf-8")
    report = run_theorem(read_theorem(file), 4)
    assert (report.status, report.level, report.refuted) == (f"refuted at n = {n}", Level.REFUTED, True)
    assert report.refuted_by is not None
    assert accepted(tmp_path, report.refuted_by)


def test_a_refusal_that_is_no_counterexample_is_undecided_never_refuted(tmp_path: Path) -> None:
    file = tmp_path / "sloppy.py"
    evidence = "{'at_most': {'method': 'pivots', 'rows': [0], 'columns': [9]}}"
    claim = f"{{**rank_at_most(M, n, pair, QQ), 'evidence': {evidence}}}"
    file.write_text(FALSE.format(names="rank_at_most", claim=claim), encoding="utf-8")
    report = run_theorem(read_theorem(file), 2)
    assert report.level is Level.OBSERVED
    assert report.status.startswith("undecided")
    assert not report.refuted


def test_open_questions_and_empty_theorems_stay_open(tmp_path: Path) -> None:
    file = tmp_path / "open_question.py"
    file.write_text(FALSE.format(names="equal", claim="equal(M, M, QQ)"), encoding="utf-8")
    report = run_theorem(read_theorem(file), 3)
    assert report.status == "open; holds exactly for n <= 3, 3 instances over Q"
    assert report.level is Level.OBSERVED
    empty = tmp_path / "nothing.py"
    empty.write_text(FALSE.format(names="equal", claim="equal(M, M, QQ)"), encoding="utf-8")
    assert run_theorem(read_theorem(empty), 0).status.startswith("open")


def test_files_that_are_no_theorems_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "half.py"
    file.write_text("statement = 'S.'\nsource = 'T.'\n", encoding="utf-8")
    with pytest.raises(BadInput, match="lacks hypotheses, claims"):
        read_theorem(file)
    with pytest.raises(UnknownName, match="closure_inverse"):
        load("closure_invers")
    assert folder().name in ("proofs", "_proofs")


FIELDS = [QQ, GF(2), GF(7), GF(2**61 - 1), GAUSSIAN, Cyclotomic(5)]


@pytest.mark.parametrize("ring", FIELDS, ids=lambda r: r.name)
def test_statements_about_matrices_are_accepted_exactly_when_true(tmp_path: Path, ring: Any) -> None:
    u = ring.zeta if hasattr(ring, "zeta") else ring(3)
    M, N = [[1, u], [0, 1]], [[1, 0], [u, 1]]
    product = [[1 + u * u, u], [u, 1]]
    assert accepted(tmp_path, equality.equal(M, M, ring), equality.product_equals([M, N], product, ring))
    assert accepted(tmp_path, equality.differ(M, N, ring), equality.differ(M, [[1, u]], ring))
    assert not accepted(tmp_path, equality.equal(M, N, ring))
    assert not accepted(tmp_path, equality.differ(M, M, ring))
    assert not accepted(tmp_path, equality.product_equals([N, M], product, ring))


@pytest.mark.parametrize("ring", FIELDS, ids=lambda r: r.name)
def test_statements_about_ranks_are_accepted_exactly_when_true(tmp_path: Path, ring: Any) -> None:
    # for the pair (I, 0) displacement rank is rank: [[1, 1], [1, 1]] has rank 1, the zero matrix 0
    pair = Sylvester(diagonal([1, 1]), diagonal([0, 0]))
    ones, nothing = generated([[1, 1], [1, 1]], pair, ring), generated([[0, 0], [0, 0]], pair, ring)
    make = equality
    assert accepted(
        tmp_path,
        make.rank_exactly(ones, 1), make.rank_at_most(ones), make.rank_at_most(ones, 2), make.rank_at_least(ones, 1),
        make.rank_exactly(nothing, 0), make.rank_at_most(nothing), make.rank_at_least(nothing, 0),
    )  # fmt: skip
    for wrong in (
        make.rank_exactly(ones, 0), make.rank_exactly(ones, 2), make.rank_at_most(ones, 0),
        make.rank_at_least(ones, 2), make.rank_exactly(nothing, 1), make.rank_at_least(nothing, 1),
    ):  # fmt: skip
        assert not accepted(tmp_path, wrong)
        opposite = make.negation(wrong["claim"])
        assert opposite is not None
        assert accepted(tmp_path, opposite)


@pytest.mark.parametrize("ring", FIELDS, ids=lambda r: r.name)
def test_statements_about_operators_are_accepted(tmp_path: Path, ring: Any) -> None:
    pairs = [
        TOEPLITZ,
        Sylvester(shift(f=1), shift(f=1).T),
        Stein(shift(f=0), shift(f=0).T),
        Stein(shift(f=1), shift(f=1)),
        Sylvester(path(0, 0), path(1, 1)),
        Sylvester(diagonal([2, 3]), dense([[3, 1], [0, 5]])),
    ]
    found = [equality.operator_is(d, (2, 2), ring) for d in pairs]
    kinds = {s["claim"]["kind"] for s in found}
    assert kinds == {"operator-invertible", "operator-singular"}
    assert accepted(tmp_path, *found)
    for s in found:
        other = "operator-singular" if s["claim"]["kind"] == "operator-invertible" else "operator-invertible"
        assert not accepted(tmp_path, {**s, "claim": {**s["claim"], "kind": other}})
        assert equality.negation({**s["claim"], "kind": other}) == s


def test_what_a_certificate_cannot_say_is_refused() -> None:
    F = RationalFunctions("x")
    with pytest.raises(NotInRing, match="specialise"):
        equality.equal([[F.variable("x")]], [[1]], F)
    with pytest.raises(BadInput, match="wants the pair"):
        equality.rank_at_most([[1]], 1)
