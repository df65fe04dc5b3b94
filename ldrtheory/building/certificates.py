"""The certificate that a product of factors is the source: written, and checked in a process of its own.

Places              where the kaleidoscope and its certificate go
places              those places for a source and what was asked for
certified           write both, and have the checker decide
statement_of        the statement that a product is a source, all by value
"""

from __future__ import annotations

import contextlib
import json
import os
import shlex
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ldrtheory import __version__
from ldrtheory.building.circuits import ProductSource
from ldrtheory.building.kinds import Origin, Source, by_value, entry_rows
from ldrtheory.claims import (
    Certificate,
    content_by_file,
    matrices_equal,
    statement,
    subject_by_file,
    subject_by_kaleidoscope,
    subject_by_product,
)
from ldrtheory.errors import BadInput
from ldrtheory.files import write_text
from ldrtheory.judge import check
from ldrtheory.kaleidoscopes import KaleidoscopeProduct

Json = dict[str, Any]


@dataclass(frozen=True)
class Places:
    """Files to write: the kaleidoscope and the certificate; None where it is not kept."""

    out: Path | None
    certificate: Path | None


@dataclass(frozen=True)
class Checked:
    """A certificate, what the checker said of it, and the command that checks it again."""

    certificate: Certificate
    accepted: bool
    reason: str
    recheck: str | None


def places(source: Source, out: Any, certificate: Any) -> Places:
    """Return where to write; raise BadInput for a folder that is not there or a place that would lose something.

    The certificate goes where it was asked for, else beside the written kaleidoscope, else beside the source's file
    as STEM.kaleidoscope.cert.json, else nowhere.
    """
    out = None if out is None else Path(out)
    origin = source.origin
    if certificate is not None:
        target = Path(certificate)
    elif out is not None:
        target = out.with_name(f"{_stem(out)}.cert.json")
    elif origin is not None:
        member = f".{origin.tensor}".replace("/", "_") if origin.tensor else ""
        target = origin.path.with_name(f"{_stem(origin.path)}{member}.kaleidoscope.cert.json")
    else:
        return Places(None, None)
    taken = {} if origin is None else {_real(origin.path): "the source itself"}
    for path, what in ((out, "the kaleidoscope"), (target, "the certificate")):
        if path is None:
            continue
        if not path.parent.is_dir():
            raise BadInput(
                f"{path}: the folder {str(path.parent)!r} is not there; wanted an existing one: make it."
            )
        if path.is_dir():
            raise BadInput(f"{path}: is a directory; wanted a file to write {what} to: name one inside it.")
        if _real(path) in taken:
            raise BadInput(
                f"{path}: is {taken[_real(path)]}; wanted another place for {what}: choose another name."
            )
        taken[_real(path)] = what
    return Places(out, target)


def _real(path: Path) -> str:
    return os.path.realpath(path)


def _stem(path: Path) -> str:
    return path.name.rpartition(".")[0] or path.name


def statement_of(source: Source, product: KaleidoscopeProduct) -> Json:
    """Return the statement that the product is the source, both by value.

    >>> from ldrtheory.building import read_source
    >>> source = read_source([1, 0])
    >>> statement_of(source, source.construct().product)["claim"]["right"]
    {'permutation': [1, 0]}
    """
    return _equal(subject_by_kaleidoscope(product.data()), source.stated(), product)


def _equal(left: Json, right: Json, product: KaleidoscopeProduct) -> Json:
    return statement(matrices_equal(left, right, product.data_field), {})


def certified(source: Source, product: KaleidoscopeProduct, where: Places) -> Checked:
    """Write the kaleidoscope and the certificate where they belong, have it checked; leave nothing after a failure."""
    text = json.dumps(product.data(), ensure_ascii=False, separators=(",", ":"))
    with contextlib.ExitStack() as stack:
        if where.certificate is None:
            target = (
                Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ldrtheory-"))) / "K.cert.json"
            )
        else:
            target = where.certificate
        stack.enter_context(_undone(where))
        left = subject_by_kaleidoscope(json.loads(text))
        if where.out is not None:
            digest = write_text(where.out, text + "\n")
            if _beside(where.out, target):
                left = subject_by_kaleidoscope(content_by_file(where.out.name, digest))
        right, elsewhere = _right(source, target)
        certificate = Certificate((_equal(left, right, product),), _told(source))
        write_text(target, certificate.json())
        verdict = check(target, subject=elsewhere).results[0]
    recheck = None
    if where.certificate is not None:
        recheck = shlex.join(
            ["ldrtheory", "check", str(target), *(["--subject", str(elsewhere)] if elsewhere else [])]
        )
    return Checked(certificate, verdict.accepted, verdict.reason, recheck)


@contextlib.contextmanager
def _undone(where: Places) -> Iterator[None]:
    """Remove what was newly written if anything fails on the way."""
    new = [path for path in (where.out, where.certificate) if path is not None and not path.exists()]
    try:
        yield
    except BaseException:
        for path in new:
            with contextlib.suppress(OSError):
                path.unlink()
        raise


def _beside(path: Path, other: Path) -> bool:
    return path.resolve().parent == other.resolve().parent


def _told(source: Source) -> Json:
    """Where the source came from; no part of the claim."""
    told: Json = {"producer": f"ldrtheory {__version__}", "source": source.name}
    if source.origin is not None:
        told |= {"source": source.origin.path.name, "sha256": source.origin.sha256}
    return told


def _right(source: Source, target: Path) -> tuple[Json, Path | None]:
    """Return the source as a subject, by its file where the checker reads that; and the file if it lies elsewhere."""
    origin, wrapper = source.origin, source.filed()
    if isinstance(source, ProductSource):
        return subject_by_product([_part(*pair, target) for pair in zip(source.factors, source.parts)]), None
    if origin is None or not origin.plain:
        return source.stated(), None
    elsewhere = None if _beside(origin.path, target) else origin.path
    if wrapper is not None:
        return {wrapper: content_by_file(origin.path.name, origin.sha256)}, elsewhere
    return subject_by_file(origin.path.name, origin.sha256, source.shape, origin.tensor), elsewhere


def _part(factor: Any, origin: Origin | None, target: Path) -> Json:
    if origin is None or not _beside(origin.path, target):
        return by_value(factor.shape, entry_rows(factor))
    return subject_by_file(origin.path.name, origin.sha256, factor.shape, origin.tensor)
