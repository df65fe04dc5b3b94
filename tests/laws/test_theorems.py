"""Theorems against other systems: sympy's ranks, opposite claims, the list of conjectures, the gallery."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import sympy

from ldrtheory.certify.equality import negation
from ldrtheory.claims import Certificate
from ldrtheory.judge import check
from ldrtheory.theorems import discover, load
from tests.pages import DOCS, program

Json = dict[str, Any]

# the numbered statements about displacement ranks, and the files that decide them
REFUTED = {
    "F1": "false_toeplitz_product", "F2": "false_similarity", "F3": "false_ranks_add",
    "F4": "false_operator_order", "F5": "false_transpose_one_pair", "F6": "false_inverse_one_pair",
    "F7": "false_pseudo_inverse", "F8": "false_conversion_singular", "F9": "false_rank_zero",
    "F10": "false_stein_product", "F11": "false_product_one_pair", "F12": "false_square_rank_one",
    "F13": "false_leading_block", "F14": "false_toeplitz_characterisation", "F15": "false_triangular_factors",
    "F16": "false_krylov_rank", "F23": "false_tridiagonal_restriction", "F27": "false_distinct_moduli",
    "F31": "false_rank_modulo_prime", "F32": "false_approximation_exhausted", "F33": "false_perturbed_interior",
}  # fmt: skip
SMALLEST = {  # the smallest n of a counterexample, where one is known
    "F1": 3, "F2": 2, "F3": 1, "F4": 2, "F5": 2, "F6": 2, "F7": 3, "F8": 1, "F9": 1, "F10": 1, "F11": 3, "F12": 3,
    "F13": 3, "F14": 2, "F15": 3, "F16": 2, "F23": 1, "F27": 2, "F31": 1, "F32": 2, "F33": 3,
}  # fmt: skip
TRUE = {
    "T1": "closure_one_pair", "T2": "closure_inverse", "T3": "closure_transpose", "T4": "closure_operator_change",
    "T5": "closure_submatrix", "T6": "toeplitz_products", "T7": "closure_low_rank", "T8": "krylov_short_rank",
    "T9": "closure_toeplitz_blocks", "T10": "closure_block_shifts", "T11": "closure_schur_complement",
    "T12": "closure_inverse", "T13": "approximation_every_column", "T14": "approximation_some_column",
    "T15": "operator_perturbed_tridiagonal", "T16": "rank_modulo_primes", "T17": "toeplitz_triangular_product",
    "T18": "pseudo_inverse_rank_one", "T19": "toeplitz_inverse_rank", "T20": "subdiagonal_structure",
}  # fmt: skip
OPEN = {
    "O1": "open_universal_indices",
    "O2": "open_block_bound_sharp",
    "O3": "open_learned_dimension",
}


def test_every_numbered_statement_has_its_file() -> None:
    known = set(discover())
    assert set(REFUTED.values()) | set(TRUE.values()) | set(OPEN.values()) <= known
    assert {id for id in known if id.startswith("open_")} == set(OPEN.values())
    for letter, id in REFUTED.items():
        assert re.search(rf"\bn = {SMALLEST[letter]}\b|n >= {SMALLEST[letter]}\b", load(id).statement), id


def test_beside_every_refuted_form_stands_a_form_that_holds() -> None:
    alone = {"false_bounds_sample_size"}  # what its source does prove is a lower bound for all learners
    for id in discover():
        if id.startswith("false_") and id not in alone:
            holds = [
                other for other in load(id).depends if not other.startswith(("false_", "open_", "cited_"))
            ]
            assert holds, f"{id} names no theorem that holds instead"


def operator(spec: Json, n: int) -> sympy.Matrix:
    """The matrix of an operator in a certificate, written anew."""
    kind = spec["op"]
    if kind == "transpose":
        return operator(spec["of"], n).T
    if kind in ("identity", "zero"):
        return sympy.eye(n) if kind == "identity" else sympy.zeros(n)
    if kind == "dense":
        return sympy.Matrix([[number(x) for x in row] for row in spec["entries"]])
    if kind == "diagonal":
        return sympy.diag(*(number(x) for x in spec["values"]))
    M = sympy.zeros(n)
    if kind == "shift":
        for i in range(n - 1):
            M[i + 1, i] = 1
        M[0, n - 1] = M[0, n - 1] + number(spec["corner"]) if n > 1 else number(spec["corner"])
        return M
    raise KeyError(kind)


def number(x: Any) -> sympy.Rational:
    parts = [int(part, 0) for part in x.split("/")] if isinstance(x, str) else [x]
    value = Fraction(*parts)
    return sympy.Rational(value.numerator, value.denominator)


def counterexamples() -> list[tuple[str, Json]]:
    """Every claim about a displacement rank over Q in a counterexample: refuted forms, and dropped hypotheses."""
    found = []
    for id in discover():
        theorem = load(id)
        made = [] if not id.startswith("false_") else list(theorem.claims(min(theorem.largest, 4), 0))
        for dropped in theorem.necessity.shown:
            made += dropped.counterexample()
        found += [
            (id, c) for c in (s["claim"] for s in made)
            if c["kind"] == "displacement-rank" and c["field"] == "Q" and "entries" in c["subject"]
        ]  # fmt: skip
    return found


def test_the_ranks_of_the_counterexamples_agree_with_sympy() -> None:
    seen = 0
    for id, claim in counterexamples():
        M = sympy.Matrix([[number(x) for x in row] for row in claim["subject"]["entries"]])
        spec = claim["operators"]
        try:
            A, B = operator(spec["left"], M.rows), operator(spec["right"], M.cols)
        except KeyError:  # an operator that is not written anew here
            continue
        rank = (A * M - M * B if spec["kind"] == "sylvester" else M - A * M * B).rank()
        relation, r = claim["relation"], claim["rank"]
        assert {"exactly": rank == r, "at most": rank <= r, "at least": rank >= r}[relation], (id, claim)
        seen += 1
    assert seen >= 150


def opposite(s: Json) -> Json | None:
    """The statement that contradicts s, with the evidence that there is."""
    turned = {"operator-invertible": "operator-singular", "operator-singular": "operator-invertible"}
    kind = turned.get(s["claim"]["kind"])
    return negation(s["claim"]) if kind is None else {**s, "claim": {**s["claim"], "kind": kind}}


def test_no_claim_of_a_theorem_stands_beside_its_opposite(tmp_path: Path) -> None:
    """Of every theorem about ranks a few claims are accepted, and the opposite of each is refused."""
    files: list[tuple[str, bool, Path]] = []
    for id in discover():
        if "kaleidoscope" in id or id.startswith("cited_"):
            continue
        theorem = load(id)
        made = list(theorem.claims(min(theorem.largest, 3), 1))
        for s in made[:: max(1, len(made) // 2)][:3]:
            other = opposite(s)
            for true, statement in ((True, s), (False, other)):
                if statement is not None:
                    path = tmp_path / f"{len(files)}.cert.json"
                    path.write_text(Certificate((statement,)).json(), encoding="utf-8")
                    files.append((id, true, path))
    assert len(files) > 300
    verdicts = check([path for _, _, path in files]).results
    wrong = [(id, true) for (id, true, _), v in zip(files, verdicts) if v.accepted is not true]
    assert wrong == []


@pytest.fixture(scope="module")
def pictures() -> ModuleType:
    return program("counterexample_pictures")


def test_the_pictures_of_the_gallery_are_fresh(pictures: ModuleType) -> None:
    for name, draw in pictures.PICTURES.items():
        path = pictures.HERE / f"{name}.svg"
        assert path.read_text(encoding="utf-8") == draw() + "\n", "run `make docs`"
    assert {p.stem for p in pictures.HERE.glob("false_*.svg")} == set(pictures.PICTURES)


def test_the_gallery_shows_ten_refuted_forms_with_a_picture_and_what_holds_instead(
    pictures: ModuleType,
) -> None:
    known = set(discover())
    text = (DOCS / "counterexamples.md").read_text(encoding="utf-8")
    entries = re.split(r"\n## \d+\. ", text)[1:]
    assert len(entries) == len(pictures.PICTURES) == 10
    for entry in entries:
        shown = re.findall(r"!\[[^\]]+\]\(pictures/(false_\w+)\.svg\)", entry)
        assert len(shown) == 1
        assert shown[0] in pictures.PICTURES
        named = set(re.findall(r"`(\w+)`", entry)) - {"prove"}
        assert named <= known
        assert shown[0] in named
        assert any(not id.startswith("false_") for id in named)
        assert all(words in entry for words in ("**Why.**", "**Instead.**", ">>> "))


def test_a_stale_picture_is_noticed(
    pictures: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pictures, "HERE", tmp_path)
    assert pictures.main([]) == 0
    assert pictures.main(["--check"]) == 0
    (tmp_path / "false_submatrix.svg").write_text("<svg/>\n", encoding="utf-8")
    capsys.readouterr()
    assert pictures.main(["--check"]) == 1
    assert capsys.readouterr().out == "stale: docs/pictures/false_submatrix.svg\n"
