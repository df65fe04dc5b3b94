"""The generated pages of the documentation, and the programs that write them.

DOCS        the folder
program     a program of that folder as a module
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

DOCS = Path(__file__).resolve().parents[1] / "docs"


def program(name: str) -> ModuleType:
    """Return docs/NAME.py, loaded but not run."""
    spec = importlib.util.spec_from_file_location(f"docs_{name}", DOCS / f"{name}.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
