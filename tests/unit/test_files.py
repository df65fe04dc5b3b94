"""Files are written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ldrtheory.errors import BadInput
from ldrtheory.files import write_text, writing
from ldrtheory.subjects import read_subject, write_exact_subject


def test_a_failing_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "W.json"
    path.write_text("old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(BadInput, match=r"No space left on device.*nothing was changed: free space"):
        write_text(path, "new")
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["W.json"]


def test_a_file_size_limit_leaves_nothing(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    import signal

    kept, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, kept[1]))
    try:
        with pytest.raises(BadInput, match="cannot be written"):
            write_exact_subject(read_subject(np.ones((200, 200))), tmp_path / "W")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, kept)
        signal.signal(signal.SIGXFSZ, handler)
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_write_leaves_nothing(tmp_path: Path) -> None:
    def interrupted() -> None:
        with writing(tmp_path / "W") as file:
            file.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(tmp_path.iterdir()) == []


def test_places_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is a directory"):
        write_text(tmp_path, "x")
    with pytest.raises(BadInput, match="cannot be written"):
        write_text(tmp_path / "none" / "W.json", "x")
    with pytest.raises(BadInput, match="not a regular file"):
        write_text(Path("/dev/null"), "x")
    with pytest.raises(BadInput, match="not a file name"):
        write_text(Path("a\0b"), "x")
    (tmp_path / "target").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    write_text(tmp_path / "link", "new")
    assert (tmp_path / "target").read_text() == "new"
    assert (tmp_path / "link").is_symlink()
