"""On the command line every hostile matrix file ends with status 2 and one message, never a traceback."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ldrtheory.cli import status
from tests.corpus.input.hostile import CASES


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_verify_exits_with_status_2(
    case: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    case.write(tmp_path)
    before = sorted(path.name for path in tmp_path.iterdir())
    assert status(["verify", case.source, "--operators", "toeplitz", "--json"]) == 2
    printed = capsys.readouterr()
    message = " ".join(printed.err.split())
    assert printed.out == ""
    assert "Traceback" not in message
    for fragment in case.fragments:
        assert " ".join(fragment.split()) in message
    assert sorted(path.name for path in tmp_path.iterdir()) == before
