"""Run the console examples of the pages and write their real output below each command.

refreshed(text)     a page's text with every ```console block as it prints now
PAGES               the pages that have such blocks
main                writes the pages that differ: part of `make docs`
"""

from __future__ import annotations

import contextlib
import io
import os
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ldrtheory.cli import status

ROOT = Path(__file__).resolve().parent.parent
PAGES = [
    page
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    if "```console\n" in page.read_text(encoding="utf-8")
]


@contextlib.contextmanager
def _examples() -> Iterator[None]:
    """Stand in a copy of docs/examples, with a terminal of 120 columns."""
    before, columns = Path.cwd(), os.environ.get("COLUMNS")
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "docs" / "examples", folder, dirs_exist_ok=True)
        os.chdir(folder)
        os.environ["COLUMNS"] = "120"
        try:
            yield
        finally:
            os.chdir(before)
            os.environ.pop("COLUMNS")
            if columns is not None:
                os.environ["COLUMNS"] = columns


def _printed(command: str) -> list[str]:
    """What one command prints, line by line; `ldrtheory` only."""
    program, *arguments = shlex.split(command)
    if program != "ldrtheory":
        raise ValueError(f"a console example runs ldrtheory; got {command!r}")
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        status(arguments)
    return [line.rstrip() for line in out.getvalue().splitlines()]


def refreshed(text: str) -> str:
    """Return the text with the output of every command in a console block as it is now."""
    lines: list[str] = []
    inside = False
    with _examples():
        for line in text.splitlines():
            if line.startswith("```"):
                inside = line == "```console"
            elif inside and line.startswith("$ "):
                lines += [line, *_printed(line[2:])]
                continue
            elif inside:
                continue
            lines.append(line)
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the pages that differ."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        new = refreshed(text)
        if new != text:
            page.write_text(new, encoding="utf-8")
            print(f"written: {page.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
