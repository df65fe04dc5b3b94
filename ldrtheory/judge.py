"""Run the checker in a clean process and return its verdicts.

check           decide certificates with ldrtheory/checker.py, run by path under `python -I -S -O`
Verdict         what the checker said of one certificate
CheckReport     the verdicts of one run, with the exit status they give
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import msgspec

from ldrtheory.claims import Level
from ldrtheory.errors import BadInput, Undecided

CHECKER = Path(__file__).with_name("checker.py")


@dataclass(frozen=True)
class Verdict:
    """What the checker said of one certificate.

    verdict accepted, rejected or unreadable.  reason says why.  claim is the claims as sentences.
    """

    path: str
    verdict: Literal["accepted", "rejected", "unreadable"]
    reason: str
    claim: tuple[str, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether the checker accepted every statement of the certificate."""
        return self.verdict == "accepted"


@dataclass(frozen=True)
class CheckReport:
    """The verdicts of one run of the checker, in the order of the certificates."""

    results: tuple[Verdict, ...]

    @property
    def accepted(self) -> bool:
        """Whether every certificate was accepted (and there was at least one)."""
        return bool(self.results) and all(v.accepted for v in self.results)

    @property
    def level(self) -> Level:
        """VERIFIED if every certificate was accepted, else OBSERVED: nothing was established."""
        return Level.VERIFIED if self.accepted else Level.OBSERVED

    @property
    def status(self) -> int:
        """The exit status: 1 if any was rejected, else 2 if any is unreadable, else 0."""
        verdicts = {v.verdict for v in self.results}
        return 1 if "rejected" in verdicts else 0 if verdicts == {"accepted"} else 2

    def __str__(self) -> str:
        return "\n".join(f"{v.verdict.upper()} {v.path}: {v.reason}" for v in self.results)

    def _repr_html_(self) -> str:
        from html import escape

        rows = "".join(
            f"<tr><td>{escape(v.path)}</td><td><b>{v.verdict}</b></td><td>{escape(v.reason)}</td></tr>"
            for v in self.results
        )
        return f"<table><tr><th>certificate</th><th>verdict</th><th>reason</th></tr>{rows}</table>"


class _Result(msgspec.Struct):
    path: str
    verdict: Literal["accepted", "rejected", "unreadable"]
    reason: str
    claim: Any = None


class _Output(msgspec.Struct):
    results: list[_Result]


def check(
    certificates: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    subject: str | os.PathLike[str] | None = None,
    seconds: float | None = None,
) -> CheckReport:
    """Return the checker's verdicts on one or more certificate files.

    subject: the subject's file, where it does not lie beside the certificate; the sha256 decides.
    seconds: stop after this long with Undecided.
    The checker runs in a process of its own, isolated from the environment and from every installed package.

    >>> check("no-such-file.json").results[0].verdict
    'unreadable'
    """
    given = [certificates] if isinstance(certificates, str | os.PathLike) else list(certificates)
    paths = [os.fspath(p) for p in given]
    if not paths:
        raise BadInput("check wants at least one certificate file; got none.")
    command = [sys.executable, "-I", "-S", "-O", os.fspath(CHECKER), "--json"]
    if subject is not None:
        command += ["--subject", os.fspath(subject)]
    command += ["--", *paths]
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        raise Undecided(
            f"the checker did not finish {len(paths)} certificate(s) in {seconds:.3g} s; allow more time (--seconds)."
        ) from None
    return CheckReport(tuple(_verdicts(done, paths)))


def _verdicts(done: subprocess.CompletedProcess[bytes], paths: list[str]) -> list[Verdict]:
    """The verdicts in the checker's output; whatever is not an answer of the right form is no acceptance."""
    try:
        results = msgspec.json.decode(done.stdout, type=_Output).results
    except (msgspec.MsgspecError, UnicodeDecodeError):
        results = []
    if [r.path for r in results] != paths:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["no output"]
        reason = f"the checker gave no answer (exit status {done.returncode}: {last[0]})"
        return [Verdict(p, "unreadable", reason) for p in paths]
    verdicts = []
    for r in results:
        claim = tuple(map(str, r.claim)) if isinstance(r.claim, list) else (str(r.claim),) if r.claim else ()
        verdicts.append(Verdict(r.path, r.verdict, r.reason, claim))
    report = CheckReport(tuple(verdicts))
    if report.status != done.returncode:  # the exit status is the verdict: a contradiction is no acceptance
        reason = f"the checker contradicted itself: exit status {done.returncode}"
        return [Verdict(p, "unreadable", reason) for p in paths]
    return verdicts
