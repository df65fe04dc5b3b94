"""Theorem files: where they lie, and what each of them says.

discover, folder        the files by id, and the folder they lie in
load, read_theorem      a theorem by id, or from a file
Theorem                 statement, hypotheses, source, claims
Necessity, Dropped      which hypotheses are needed, with the counterexamples that show it
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from ldrtheory.errors import BadInput, unknown_name

LARGEST = 5
NOT_KNOWN = "not known"
_UNSTATED = "not stated"
_OF_KIND = {  # what holds of every file of a kind, unless it says otherwise
    "false_": "none: it asserts a counterexample",
    "open_": "not known: the question is open",
    "cited_": "not known: cited",
}

Json = dict[str, Any]
Claims = Callable[[int, int], Iterator[Json]]
Counterexample = Callable[[], Iterable[Json]]


@dataclass(frozen=True)
class Dropped:
    """A hypothesis, and a certified counterexample to the statement without it; size gives the n of its claims."""

    hypothesis: str
    counterexample: Counterexample
    size: Callable[[Json], int] | None = None


@dataclass(frozen=True)
class Necessity:
    """Which hypotheses of a theorem are needed.

    shown       those without which the theorem fails, with the counterexamples
    unknown     hypotheses of which it is not known
    remark      in words, where neither is said: "none ..." (nothing is assumed) or "not known ..."
    """

    shown: tuple[Dropped, ...]
    unknown: tuple[str, ...]
    remark: str

    @property
    def stated(self) -> bool:
        """Whether the file says anything of it."""
        return bool(self.shown) or self.remark != _UNSTATED


@dataclass(frozen=True)
class Theorem:
    """A theorem file, loaded."""

    id: str
    statement: str
    hypotheses: str
    source: str
    claims: Claims
    necessity: Necessity
    depends: tuple[str, ...] = ()
    largest: int = LARGEST
    size: Callable[[Json], int] | None = None

    @property
    def topic(self) -> str:
        """The first part of the id, after false_, open_ or cited_."""
        return self.id.removeprefix("false_").removeprefix("open_").removeprefix("cited_").split("_")[0]


def folder() -> Path:
    """Return the folder of the theorem files: beside the package in a checkout, inside it when installed."""
    package = Path(__file__).resolve().parent.parent
    for place in (package / "_proofs", package.parent / "proofs"):
        if place.is_dir():
            return place
    raise BadInput(
        f"no theorem files: neither {package.name}/_proofs nor proofs/ beside the package; reinstall ldrtheory."
    )


def discover() -> dict[str, Path]:
    """Return the theorem files by id, in alphabetical order.

    >>> "closure_transpose" in discover()
    True
    """
    return {p.stem: p for p in sorted(folder().glob("*.py")) if not p.stem.startswith("_")}


def load(id: str) -> Theorem:
    """Return the theorem with the given id; raise UnknownName (with the nearest ids) or BadInput."""
    known = discover()
    if id not in known:
        raise unknown_name("theorem", id, known)
    return read_theorem(known[id])


def read_theorem(file: Path) -> Theorem:
    """Return the theorem in a file; raise BadInput if the file lacks one of its parts."""
    module = _module(file)
    missing = [name for name in ("statement", "hypotheses", "source", "claims") if not hasattr(module, name)]
    if missing:
        raise BadInput(
            f"theorem file {file.name} lacks {', '.join(missing)}; see the docstring of ldrtheory.theorems."
        )
    return Theorem(
        id=file.stem,
        statement=" ".join(module.statement.split()),
        hypotheses=" ".join(module.hypotheses.split()),
        source=" ".join(module.source.split()),
        claims=module.claims,
        necessity=_necessity(file, module),
        depends=tuple(getattr(module, "depends", ())),
        largest=getattr(module, "largest", LARGEST),
        size=getattr(module, "size", None),
    )


def _necessity(file: Path, module: ModuleType) -> Necessity:
    kind = next((words for start, words in _OF_KIND.items() if file.stem.startswith(start)), _UNSTATED)
    given = getattr(module, "necessity", kind)
    if isinstance(given, str):
        if not given.startswith(("none", NOT_KNOWN, _UNSTATED)):
            raise BadInput(
                f"theorem file {file.name}: necessity wants words that begin with 'none' or '{NOT_KNOWN}', or a dict "
                f"from hypotheses to counterexamples; got {given!r}."
            )
        return Necessity((), (), " ".join(given.split()))
    known = {h: by for h, by in given.items() if by != NOT_KNOWN}
    shown = tuple(
        _claims_of(file, h, by) if isinstance(by, str) else Dropped(h, by, getattr(module, "size", None))
        for h, by in known.items()
    )
    return Necessity(shown, tuple(h for h in given if h not in known), "")


def _claims_of(file: Path, hypothesis: str, id: str) -> Dropped:
    """The smallest claims of another theorem file, as a counterexample."""
    if id not in discover():
        raise unknown_name(f"counterexample, named in {file.name},", id, discover())

    other = _module(discover()[id])

    def claims() -> list[Json]:
        sizes = (list(other.claims(n, 0)) for n in range(1, getattr(other, "largest", LARGEST) + 1))
        return next((found for found in sizes if found), [])

    return Dropped(hypothesis, claims, getattr(other, "size", None))


def _module(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"ldrtheory_proof_{file.stem}", file)
    if spec is None or spec.loader is None:
        raise BadInput(f"{file} cannot be loaded as a Python file.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
