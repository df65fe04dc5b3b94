"""The generated pages are fresh, and the ranks tabulated below the attained size are exact."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from ldrtheory.families import FAMILIES, parse_family
from tests.pages import DOCS, program

# every other generic rank below the attained size is full: n, or the length of the generators if that is less
BELOW_FULL = {
    ("Bezoutian", "Sylvester (Z_0^T, Z_0)", 1): 0,  # Z_0 is zero for n = 1
    ("ToeplitzPlusHankel", "Sylvester (Y_00, Y_00)", 1): 0,  # Y_00 is zero for n = 1
}


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    return program("generate")


def test_pages_are_fresh(generate: ModuleType) -> None:
    stale = [path.name for path, text in generate.pages().items() if path.read_text(encoding="utf-8") != text]
    assert stale == [], "run `make docs`"


def test_every_family_has_a_page_and_every_page_a_family() -> None:
    pages = {path.stem for path in (DOCS / "families").glob("*.md")} - {"README"}
    assert pages == set(FAMILIES)


def test_a_stale_page_is_noticed(
    generate: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in (DOCS / "families").glob("*.md"):
        text = path.read_text(encoding="utf-8")
        changed = text.replace("| 15 | (1, 0) |", "| 16 | (1, 0) |") if path.stem == "Toeplitz" else text
        (tmp_path / path.name).write_text(changed, encoding="utf-8")
    monkeypatch.setattr(generate, "HERE", tmp_path)
    assert generate.main(["--check"]) == 1
    assert capsys.readouterr().out == "stale: docs/families/Toeplitz.md\n"
    assert generate.main([]) == 0
    assert generate.main(["--check"]) == 0


@pytest.mark.parametrize("name", FAMILIES)
def test_ranks_below_the_attained_size(generate: ModuleType, name: str) -> None:
    """A rank modulo a prime is at most the generic one, which is at most n: full ranks are exact as found.

    The two below full are zero because both operators are.
    """
    for family in FAMILIES[name].up_to(5):
        m, n = family.shape
        if m != n:
            continue
        ring = generate._prime_field(family.order)
        p = family.random(11, ring)
        for structure, found in zip(family.structures(p, ring), generate.generic_ranks(family)):
            if n < structure.attained_from:
                expected = BELOW_FULL.get((name, structure.pair, n), min(n, structure.rank))
                assert found == expected, (family, structure.pair)


@pytest.mark.parametrize("text", ["Bezoutian(1)", "ToeplitzPlusHankel(1)"])
def test_the_pairs_of_zero_operators(text: str) -> None:
    family = parse_family(text)
    p = family.example(1)
    pair = family.structures(p, family.field())[1].displacement()
    assert not any(pair.left.matrix(family.field(), 1).flat)
    assert not any(pair.right.matrix(family.field(), 1).flat)
