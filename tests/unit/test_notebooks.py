"""Every notebook runs from top to bottom, in a copy of docs/examples, and is stored without output."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path: Path, tmp_path: Path) -> None:
    cells = [c for c in json.loads(path.read_text(encoding="utf-8"))["cells"] if c["cell_type"] == "code"]
    assert cells
    assert all(c["outputs"] == [] and c["execution_count"] is None for c in cells)
    shutil.copytree(ROOT / "docs" / "examples", tmp_path / "examples")
    script = tmp_path / "notebook.py"
    script.write_text("\n\n".join("".join(c["source"]) for c in cells) + "\n", encoding="utf-8")
    command = [sys.executable, "-W", "error", str(script)]
    done = subprocess.run(command, cwd=tmp_path / "examples", capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def test_there_is_a_notebook() -> None:
    assert NOTEBOOKS
