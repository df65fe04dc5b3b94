"""Certificates of one verification: written beside their matrix, checked in a process of their own.

written_and_checked     write claims about a subject as a certificate and have the checker decide it
"""

from __future__ import annotations

import shlex
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ldrtheory import __version__
from ldrtheory.claims import Certificate, subject_by_file
from ldrtheory.errors import BadInput
from ldrtheory.files import write_text
from ldrtheory.judge import check
from ldrtheory.subjects import Subject, write_exact_subject
from ldrtheory.verification.answers import WrittenCertificate

Claims = Callable[[dict[str, Any]], list[dict[str, Any]]]


def written_and_checked(
    subject: Subject, claims: Claims, out: Path | None, suffix: str = "", deadline: float | None = None
) -> WrittenCertificate:
    """Return the certificate of claims(subject as JSON), and what the checker said of it.

    out: the certificate's file; None: beside the matrix file, and for a Python value only a temporary file.
    suffix: added to the name where one matrix gets several certificates.
    Where the checker cannot read the source itself, the exact subject is written beside the certificate.
    """
    target = _target(subject, out, suffix)
    if target is not None:
        return _write_and_check(subject, claims, target, True, deadline)
    with tempfile.TemporaryDirectory(prefix="ldrtheory-") as folder:
        return _write_and_check(subject, claims, Path(folder) / "matrix.cert.json", False, deadline)


def _target(subject: Subject, out: Path | None, suffix: str) -> Path | None:
    if out is not None:
        return out.with_name(f"{_stem(out)}{suffix}.cert.json") if suffix else out
    if subject.path is None:
        return None
    stem = subject.path.name.rpartition(".")[0] or subject.path.name
    member = f".{subject.tensor}".replace("/", "_") if subject.tensor else ""
    return subject.path.with_name(f"{stem}{member}{suffix}.cert.json")


def _stem(path: Path) -> str:
    return path.name.removesuffix(".json").removesuffix(".cert")


def _write_and_check(
    source: Subject, claims: Claims, target: Path, keep: bool, deadline: float | None
) -> WrittenCertificate:
    stored = source
    origin: dict[str, Any] = {"producer": f"ldrtheory {__version__}"}
    if not source.readable_by_checker:
        stored = write_exact_subject(source, target.with_name(_stem(target)))
        origin |= {
            "source": source.name if source.path is None else source.path.name,
            "sha256": source.sha256,
        }
    if stored.path is None or stored.sha256 is None:
        raise BadInput(f"{source.name} has no file to certify; save it as .npy first.")
    m, n = stored.shape
    named = subject_by_file(stored.path.name, stored.sha256, (m, n), stored.tensor)
    certificate = Certificate(tuple(claims(named)), origin)
    write_text(target, certificate.json())
    beside = stored.path.resolve().parent == target.resolve().parent
    left = None if deadline is None else max(0.1, deadline - time.monotonic())
    verdict = check(target, subject=None if beside else stored.path, seconds=left).results[0]
    recheck = shlex.join(
        ["ldrtheory", "check", str(target), *([] if beside else ["--subject", str(stored.path)])]
    )
    return WrittenCertificate(
        certificate, target if keep else None, verdict.accepted, verdict.reason, recheck if keep else None
    )
