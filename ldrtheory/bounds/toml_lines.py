"""Where things stand in a TOML text, which its parser does not say.

Lines       line numbers of tables and keys
at          a context that puts a line before the message of what is raised inside
"""

from __future__ import annotations

import re
from typing import Any

from ldrtheory.errors import LdrTheoryError

_HEADER = re.compile(r"\s*\[\[?\s*([\w.\-\"' ]+?)\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"\s*(?:\"([^\"]*)\"|'([^']*)'|([\w\-]+))\s*=")


class Lines:
    """Line numbers of tables and keys: the k-th table called `name`, and a key in it."""

    def __init__(self, text: str) -> None:
        self.found: dict[tuple[str, int, str], int] = {}
        self.counts: dict[str, int] = {}
        table, index = "", 0
        for number, line in enumerate(text.splitlines(), 1):
            if header := _HEADER.fullmatch(line):
                table = header[1]
                index = self.counts.get(table, 0)
                self.counts[table] = index + 1
                self.found[table, index, ""] = number
            elif key := _KEY.match(line):
                name = next(part for part in key.groups() if part is not None)
                self.found.setdefault((table, index, name), number)

    def of(self, table: str, index: int = 0, key: str = "") -> int:
        """Return the line of a key, or of its table, or 1."""
        return self.found.get((table, index, key)) or self.found.get((table, index, "")) or 1


class at:
    """A context that puts the line before the message of what is raised inside."""

    def __init__(self, line: int) -> None:
        self.line = line

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, LdrTheoryError) and not str(error).startswith("line "):
            raise type(error)(f"line {self.line}: {error}") from error
