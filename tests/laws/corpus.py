"""The corpus of certificates, and the checker as a module that tests can run in this process.

load         the checker, or the code of a mutant of it, as a module
expected     file -> (verdict, fragment of the reason) for the whole corpus
disagreement the first file of the corpus about which a checker says something else, or None
"""

from __future__ import annotations

import json
import types
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
CHECKER = ROOT / "ldrtheory" / "checker.py"
ACCEPT, REJECT = ROOT / "tests" / "corpus" / "accept", ROOT / "tests" / "corpus" / "reject"


def load(code: types.CodeType | None = None) -> Any:
    """Return the checker as a module."""
    module = types.ModuleType("checker")
    exec(code or compile(CHECKER.read_text(), str(CHECKER), "exec"), module.__dict__)  # noqa: S102
    return module


def expected() -> dict[Path, tuple[str, str]]:
    """Return what is to be said about every certificate of the corpus."""
    found = dict.fromkeys(sorted(ACCEPT.glob("*.cert.json")), ("accepted", ""))
    for name, (verdict, reason) in json.loads((REJECT / "expected.json").read_text()).items():
        found[REJECT / f"{name}.cert.json"] = (verdict, reason)
    return found


def disagreement(checker: Any, corpus: dict[Path, tuple[str, str]]) -> Path | None:
    """Return the first certificate with another verdict, or another reason for a refusal."""
    for path, (verdict, reason) in corpus.items():
        result = checker.check(str(path))
        if result["verdict"] != verdict or reason not in result["reason"]:
            return path
    return None
