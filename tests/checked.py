"""Statements of certificates put before the checker.

accepted    whether it accepts a certificate of the given statements
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ldrtheory.claims import Certificate
from ldrtheory.judge import check


def accepted(folder: Path, *statements: dict[str, Any]) -> bool:
    """Return whether the checker accepts a certificate of these statements, written to the folder."""
    file = folder / "claims.cert.json"
    file.write_text(Certificate(tuple(statements)).json(), encoding="utf-8")
    return check(file).accepted
