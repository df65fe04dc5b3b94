"""The page of a build: the answer first, counts that are true, pictures inside, nothing from outside."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import numpy as np
import pytest

from ldrtheory.building import build
from ldrtheory.report.kaleidoscope_page import build_page, write_build_html
from ldrtheory.synthesis import Circuit

CIRCUIT = Circuit(3, [(1, 0, 2, 1), (3, 3, "1/2", 2)], [4, 3, 0])


def cells(page: str) -> list[list[str]]:
    """The tables of a page as rows of words."""

    def words(row: str) -> list[str]:
        found = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, flags=re.S)
        return [unescape(re.sub(r"<[^>]*>", "", cell)).strip() for cell in found]

    return [words(row) for row in re.findall(r"<tr[^>]*>(.*?)</tr>", page, flags=re.S)]


def test_the_answer_comes_first_and_how_to_check_it(tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text("[2, 0, 1]")
    answer = build(tmp_path / "p.json", out=tmp_path / "K.json")
    page = build_page(answer)
    wanted = ("<h1>Width 1, expansion 4/3", "verified", "ldrtheory check", "Counts", "<h2>The factors")
    order = [page.index(words) for words in wanted]
    assert order == sorted(order)
    for name in ("p.json", "K.json", "K.cert.json", "checker.py"):
        assert f"sha256 of {name}" in page
    assert "python -I checker.py" in page


def test_the_counts_by_hand() -> None:
    """The rows are (3, 6, 1/2), (1, 2, 0), (1, 0, 0): six entries, four of them not 1, in sums of 3, 2 and 1 terms."""
    page = build_page(build(CIRCUIT))
    table = {row[0]: row[1:] for row in cells(page) if row}
    assert table["dense"] == ["9", "6", "9", "6"]
    assert table["sparse"] == ["6", "6", "4", "3"]
    assert table["circuit"] == ["4", "4", "3", "2"]
    answer = build(CIRCUIT)
    assert table["kaleidoscope"][:2] == [str(answer.product.parameters), str(answer.product.nonzeros)]
    for name, form in (("built here", answer), (answer.bound.source, answer.bound)):
        assert table[name] == [str(x) for x in (form.width, form.expansion, form.size, form.parameters)]


@pytest.mark.parametrize(
    ("source", "pictures"),
    [
        ([1, 0], 2),
        (CIRCUIT, 3),
        ([[1, "1/3"], [0, 2]], 2),
        ("DFT(4)", 2),
        (np.eye(300, dtype=int)[::-1], 2),
        ([[0, 0, 0]], 2),
    ],
    ids=["permutation", "circuit", "matrix", "transform", "large", "zero"],
)
def test_every_kind_of_source_has_a_page(source: object, pictures: int) -> None:
    page = build_page(build(source))
    assert page.rstrip().endswith("</html>")
    assert page.count("<svg") == pictures
    assert "verified" in page
    names = re.sub(r'xmlns(?::\w+)?="[^"]*"', "", page)
    assert not re.findall(r"(?:src|href)\s*=\s*[\"'](?!#|data:)", names)
    assert "<script" not in page
    assert "<link" not in page
    for picture in re.findall(r"<svg[^>]*>", page):
        assert 'role="img"' in picture
        assert "aria-label" in picture


def test_an_unchecked_answer_is_nowhere_called_verified() -> None:
    answer = replace(build([1, 0]), checked=False, reason="made up for this test")
    text = re.sub(r"<[^>]*>", " ", re.sub(r"<style.*?</style>", "", build_page(answer), flags=re.S))
    assert "verified" not in text
    assert "proved" not in text
    assert "observed" in text
    assert "Exit status 3" in text


def test_names_are_escaped(tmp_path: Path) -> None:
    name = 'a<b>&"quoted".json'
    (tmp_path / name).write_text(json.dumps([[1, 2], [3, 4]]))
    page = build_page(build(tmp_path / name))
    assert "<b>&" not in page
    assert "a&lt;b&gt;&amp;" in page


def test_the_page_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = build([1, 0])
    write_build_html(answer, tmp_path / "out.html")
    before = (tmp_path / "out.html").read_text()
    assert before == build_page(answer)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ValueError, match="No space left"):
        write_build_html(replace(answer, seconds=9.0), tmp_path / "out.html")
    assert (tmp_path / "out.html").read_text() == before
