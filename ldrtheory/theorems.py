"""Executable theorems: files of proofs/, whose status is computed by the checker and never typed.

discover        the theorem files, by id
run             run one: generate its claims, let the checker decide, report
Theorem         what a file says
TheoremReport   what came of running it

A theorem file is named after its id and holds
    statement   one sentence (or a few)             hypotheses  what is assumed
    source      where it comes from                 depends     ids it rests on (optional)
    largest     the size run by default (optional)  claims      claims(max_n, seed): statements, smallest first
A statement is a claim with evidence, made by ldrtheory.certify.equality or ldrtheory.certify.kaleidoscopes. A published
form that is false is the theorem "... fails at n = k" whose claims are the counterexample. Files whose id begins with
open_ state open questions.
Theorem files do not import one another.
"""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

from ldrtheory.certify.equality import negation
from ldrtheory.certify.kaleidoscopes import shape
from ldrtheory.claims import Certificate, Level, sentence
from ldrtheory.errors import BadInput, unknown_name
from ldrtheory.judge import check

SEED = 2024
LARGEST = 5
_BATCH = 100  # statements in one certificate file: few enough that a refusal is found quickly

Json = dict[str, Any]
Claims = Callable[[int, int], Iterator[Json]]


@dataclass(frozen=True)
class Theorem:
    """A theorem file, loaded."""

    id: str
    statement: str
    hypotheses: str
    source: str
    claims: Claims
    depends: tuple[str, ...] = ()
    largest: int = LARGEST


@dataclass(frozen=True)
class TheoremReport:
    """What running a theorem gave.

    status      in words: "verified exactly, n <= 5, 80 instances over Q, GF(2)", "refuted at n = 3", "open ..."
    level       VERIFIED if the checker accepted every claim, REFUTED if it accepted a counterexample, else OBSERVED
    instances   the number of claims decided; `refuted_by` the accepted counterexample, a statement
    """

    id: str
    statement: str
    source: str
    status: str
    level: Level
    instances: int
    seconds: float
    refuted_by: Json | None = None

    @property
    def refuted(self) -> bool:
        """Whether the file's own statement is refuted by an accepted counterexample."""
        return self.level is Level.REFUTED

    def data(self) -> Json:
        """Return the report as JSON data."""
        return {
            "id": self.id,
            "statement": self.statement,
            "source": self.source,
            "status": self.status,
            "level": str(self.level),
            "instances": self.instances,
            "seconds": round(self.seconds, 3),
            "counterexample": self.refuted_by,
        }

    def __str__(self) -> str:
        return f"{self.id}: {self.status}\n  {self.statement}"


def folder() -> Path:
    """Return the folder of the theorem files: beside the package in a checkout, inside it when installed."""
    here = Path(__file__).resolve().parent
    for place in (here / "_proofs", here.parent / "proofs"):
        if place.is_dir():
            return place
    raise BadInput(
        f"no theorem files: neither {here.name}/_proofs nor proofs/ beside the package; reinstall ldrtheory."
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
        depends=tuple(getattr(module, "depends", ())),
        largest=getattr(module, "largest", LARGEST),
    )


def _module(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"ldrtheory_proof_{file.stem}", file)
    if spec is None or spec.loader is None:
        raise BadInput(f"{file} cannot be loaded as a Python file.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(id: str, max_n: int | None = None, seed: int = SEED) -> TheoremReport:
    """Return the outcome of a theorem: its claims up to size max_n, decided by the checker in a process of its own.

    >>> run("closure_transpose", 2).level
    <Level.VERIFIED: 'verified'>
    """
    return run_theorem(load(id), max_n, seed)


def run_theorem(theorem: Theorem, max_n: int | None = None, seed: int = SEED) -> TheoremReport:
    """Return the outcome of a loaded theorem."""
    start = time.perf_counter()
    limit = theorem.largest if max_n is None else max_n
    statements = list(theorem.claims(limit, seed))
    refused = _first_refused(statements) if statements else None
    status, level, counterexample = _status(theorem, statements, refused, limit)
    return TheoremReport(
        id=theorem.id,
        statement=theorem.statement,
        source=theorem.source,
        status=status,
        level=level,
        instances=len(statements),
        seconds=time.perf_counter() - start,
        refuted_by=counterexample,
    )


def _status(
    theorem: Theorem, statements: list[Json], refused: tuple[int, str] | None, limit: int
) -> tuple[str, Level, Json | None]:
    if not statements:
        return f"open: no claim up to n = {limit}", Level.OBSERVED, None
    if refused is not None:
        claim, reason = statements[refused[0]]["claim"], refused[1]
        opposite = negation(claim)
        if opposite is not None and _accepted([opposite]):
            return f"refuted at n = {size(claim)}", Level.REFUTED, opposite
        said = f"{sentence(claim)}: {reason}"
        return f"undecided: claim {refused[0] + 1} was not accepted ({said})", Level.OBSERVED, None
    fields = list(dict.fromkeys(s["claim"]["field"] for s in statements))
    largest = max(size(s["claim"]) for s in statements)
    what = f"n <= {largest}, {len(statements)} instances over {', '.join(fields)}"
    if theorem.id.startswith("open_"):
        return f"open; holds exactly for {what}", Level.OBSERVED, None
    return f"verified exactly, {what}", Level.VERIFIED, None


def size(claim: Json) -> int:
    """Return the largest number of rows or columns that a claim speaks of."""
    if "shape" in claim:
        return max(claim["shape"])
    subjects = [claim[key] for key in ("subject", "left", "right", "matrix") if key in claim]
    return max(max(shape(s)) for s in [*subjects, *claim.get("factors", [])])


def _accepted(statements: list[Json]) -> bool:
    return _first_refused(statements) is None


def _first_refused(statements: list[Json]) -> tuple[int, str] | None:
    """The place of the first statement that the checker does not accept, with its reason; None if it accepts all."""
    verdicts = _verdicts([statements[k : k + _BATCH] for k in range(0, len(statements), _BATCH)])
    bad = next((k for k, v in enumerate(verdicts) if not v.accepted), None)
    if bad is None:
        return None
    first = bad * _BATCH
    singles = _verdicts([[s] for s in statements[first : first + _BATCH]])
    return next(
        ((first + k, v.reason) for k, v in enumerate(singles) if not v.accepted),
        (first, verdicts[bad].reason),
    )


def _verdicts(batches: list[list[Json]]) -> tuple[Any, ...]:
    with TemporaryDirectory() as place:
        paths = []
        for k, batch in enumerate(batches):
            path = Path(place) / f"{k}.json"
            path.write_text(Certificate(tuple(batch)).json(), encoding="utf-8")
            paths.append(path)
        return check(paths).results
