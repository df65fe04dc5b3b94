"""Judging other people's multiplies: does this kernel compute M x for a structured class, as exactly as it should?

adapter         Adapter, Gradients: a kernel as its author describes it
suite           run: every law on one kernel
answer          Answer: what the judge says, to read, as JSON, as an exit status
arithmetic, majorant, tolerance     what M x is and how far from it a correct kernel may be
stages, reflections                 the same for products by transforms and of reflections, at every size
cases, bench, tally, laws           what is tried: LAWS, each a Law
readings, forms, conventions, diagnosis     CONVENTIONS: under which a failing kernel would be right
counterexample                      a failing case as a certificate
kernel, libraries                   calling a stranger's function, with arrays of its library
plugin                              the same in pytest

The names load on first use: pytest reads the plugin in every run.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ldrtheory.conform.adapter import Adapter, Gradients
    from ldrtheory.conform.answer import Answer, LawResult
    from ldrtheory.conform.conventions import CONVENTIONS, Convention
    from ldrtheory.conform.laws import LAWS, Law
    from ldrtheory.conform.suite import run

_MODULE = {
    "Adapter": "adapter",
    "Gradients": "adapter",
    "Answer": "answer",
    "LawResult": "answer",
    "CONVENTIONS": "conventions",
    "Convention": "conventions",
    "LAWS": "laws",
    "Law": "laws",
    "run": "suite",
}

__all__ = ["CONVENTIONS", "LAWS", "Adapter", "Answer", "Convention", "Gradients", "Law", "LawResult", "run"]


def __getattr__(name: str) -> Any:
    if name not in _MODULE:
        raise AttributeError(f"module 'ldrtheory.conform' has no attribute {name!r}")
    value = getattr(import_module(f"ldrtheory.conform.{_MODULE[name]}"), name)
    globals()[name] = value
    return value
