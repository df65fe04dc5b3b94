"""The page: the verdict first, levels that are true, nothing from outside, nothing unescaped."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ldrtheory import verify
from ldrtheory.claims import Level
from ldrtheory.report.page import html_page, write_html
from ldrtheory.verification import Report


def written(tmp_path: Path, M: np.ndarray, **options: object) -> Report:
    """The report on a matrix stored in a file."""
    np.save(tmp_path / "M.npy", M)
    report = verify(tmp_path / "M.npy", "toeplitz", **options)
    assert isinstance(report, Report)
    return report


@pytest.fixture(scope="module")
def toeplitz() -> np.ndarray:
    """An 8 x 8 Toeplitz matrix of floats."""
    i, j = np.indices((8, 8))
    return np.cos(3.0 * (i - j)) + (i - j) ** 3 / 7


def test_the_verdict_comes_first_and_how_to_check_it(tmp_path: Path, toeplitz: np.ndarray) -> None:
    page = html_page(written(tmp_path, toeplitz))
    assert page.index("<h1") < page.index("verified") < page.index("ldrtheory check")
    assert "M.cert.json" in page
    assert "python -I checker.py" in page
    assert page.count("<svg") == 3  # the matrix, its residual, the spectrum
    for picture in re.findall(r"<svg[^>]*>", page):
        assert 'role="img"' in picture
        assert "aria-label" in picture


def test_nothing_is_taken_from_outside(tmp_path: Path, toeplitz: np.ndarray) -> None:
    page = html_page(written(tmp_path, toeplitz))
    assert "<script" not in page
    assert "<link" not in page
    assert "@import" not in page
    names = re.sub(r'xmlns(?::\w+)?="[^"]*"', "", page)  # names of formats, never fetched
    assert not re.findall(r"(?:src|href)\s*=\s*[\"'](?!#|data:)", names)


def test_an_unchecked_answer_is_nowhere_called_verified(tmp_path: Path, toeplitz: np.ndarray) -> None:
    report = written(tmp_path, toeplitz)
    unchecked = replace(report, certificate=None, level=Level.OBSERVED, basis="no certificate was accepted")
    text = re.sub(r"<[^>]*>", " ", re.sub(r"<style.*?</style>", "", html_page(unchecked), flags=re.S))
    assert "verified" not in text
    assert "proved" not in text
    assert "observed" in text


def test_names_are_escaped(tmp_path: Path, toeplitz: np.ndarray) -> None:
    name = 'a<b>&"quoted".npy'
    np.save(tmp_path / name, toeplitz)
    report = verify(tmp_path / name, "toeplitz")
    page = html_page(report)
    assert "<b>&" not in page
    assert "a&lt;b&gt;&amp;" in page


@pytest.mark.parametrize(
    "source",
    [
        [["1/3", "2"], ["0.1", "1/3"]],
        np.array([[1 + 2j, 3], [4j, 1 + 2j]]),
        np.array([[1.0, 2.0, 3.0, 4.0]]),
        np.array([[1.0], [2.0], [3.0]]),
        np.zeros((3, 3)),
        np.array([[1e300, 5e-324], [2.0, 1e300]]),
        np.array([[7]]),
    ],
    ids=["rational", "complex", "one row", "one column", "zero", "exponents", "one entry"],
)
def test_every_kind_of_matrix_has_a_page(source: object) -> None:
    page = html_page(verify(source, "toeplitz"))
    assert "verified" in page
    assert "</html>" in page


def test_the_catalogue_names_every_pair(toeplitz: np.ndarray) -> None:
    page = html_page(verify(toeplitz))
    for name in ("toeplitz", "hankel", "toeplitz-stein", "toeplitz+hankel", "rank"):
        assert name in page
    assert "probable" in page


def test_a_tolerance_draws_what_is_certified(tmp_path: Path, toeplitz: np.ndarray) -> None:
    noisy = toeplitz.copy()
    noisy[3, 1] += 1e-7
    page = html_page(written(tmp_path, noisy, tolerance="1e-6"))
    assert "1e-6" in page
    assert "Triangles are what the accepted certificate states: verified." in page
    assert "Triangles" not in html_page(written(tmp_path, noisy))


def test_a_refuted_question_says_no(tmp_path: Path, toeplitz: np.ndarray) -> None:
    page = html_page(written(tmp_path, toeplitz, rank=1))
    assert "at most 1: no" in page
    assert "Exit status 1" in page


def test_the_page_is_written_whole_or_not_at_all(
    tmp_path: Path, toeplitz: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = written(tmp_path, toeplitz)
    write_html(report, tmp_path / "out.html")
    before = (tmp_path / "out.html").read_text()
    assert before == html_page(report)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ValueError, match="No space left"):
        write_html(replace(report, rank=3), tmp_path / "out.html")
    assert (tmp_path / "out.html").read_text() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["M.cert.json", "M.npy", "out.html"]
