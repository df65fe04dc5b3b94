"""The console examples of the pages are real: every `$ ldrtheory ...` prints what stands below it."""

from __future__ import annotations

import pytest

from tests.pages import program

CONSOLE = program("console")


@pytest.mark.parametrize("page", CONSOLE.PAGES, ids=lambda page: page.name)
def test_console_examples_are_real(page):
    text = page.read_text(encoding="utf-8")
    assert CONSOLE.refreshed(text) == text, "run `make docs`"


def test_a_wrong_output_is_noticed():
    page = "```console\n$ ldrtheory check missing.json\nACCEPTED missing.json\n```\n"
    assert "UNREADABLE missing.json" in CONSOLE.refreshed(page)
    assert "ACCEPTED" not in CONSOLE.refreshed(page)
