"""From a source to one of the kinds that can be built.

read_source     a file, a name such as "DFT(8)", or a Python value
KINDS           what `kind` may be: how a file or value is read that could be several things

A JSON list of rows is a matrix, a list of integers a permutation, an object with `inputs` a circuit, one with
`product` a sparse product.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np

from ldrtheory.building.bounds import Bound
from ldrtheory.building.circuits import CircuitSource
from ldrtheory.building.documents import read_circuit, read_permutation, read_product, values_of
from ldrtheory.building.kinds import Origin, Source
from ldrtheory.building.matrices import GivenSource, MatrixSource
from ldrtheory.building.named import is_name, read_named
from ldrtheory.errors import BadInput, unknown_name
from ldrtheory.exactstrings import shortened
from ldrtheory.files import opened, read_text
from ldrtheory.kaleidoscopes import KaleidoscopeProduct
from ldrtheory.rings import QQ, Ring, ring_named
from ldrtheory.subjects import SUFFIXES, Subject, read_subject, read_vector
from ldrtheory.subjects.json_files import json_document
from ldrtheory.synthesis import Circuit, from_function, read_entries

KINDS: Final = ("matrix", "permutation", "circuit", "sparse-product")
FORMS: Final = (
    'a list of rows or {"entries": rows} (a matrix), a list of the numbers 0..n-1 (a permutation), '
    '{"inputs": n, "gates": [[alpha, i, beta, j], ...], "outputs": [ids]} or {"product": [FILE or rows, ...]}'
)


def read_source(
    source: Any,
    kind: str | None = None,
    field: Ring | str | None = None,
    inputs: int | None = None,
) -> Source:
    """Return what a source states: a matrix, a permutation, a circuit, a sparse product or a named transform.

    source: a file name, a name such as "DFT(8)", an array, a scipy sparse matrix, a list of rows, a list of integers
        (a permutation), a Circuit, a networkx.DiGraph with edge weights, a function of an array (with `inputs`), a
        KaleidoscopeProduct, or a dict of one of the JSON forms.
    kind: one of KINDS, where the source could be read in several ways.
    field: the field of the entries, by default the smallest one that holds them.

    Raises BadInput naming what is wrong.

    >>> read_source([2, 0, 1]).kind, read_source([[2, 0], [0, 1]]).kind
    ('permutation', 'matrix')
    """
    if kind is not None and kind not in KINDS:
        raise unknown_name("kind of source", str(kind), KINDS)
    ring = ring_named(field) if isinstance(field, str) else field
    if inputs is not None and not callable(source):
        raise BadInput(f"inputs = {shortened(inputs)} without a function; it is for functions only: drop it.")
    if isinstance(source, str | os.PathLike):
        return _from_file(os.fspath(source), kind, ring)
    return _from_value(source, kind, ring, inputs)


def _from_file(text: Any, kind: str | None, ring: Ring | None) -> Source:
    if not isinstance(text, str):
        raise BadInput(f"{text!r} is a path of bytes; wanted text: decode it with os.fsdecode.")
    if is_name(text) and not os.path.exists(text):
        if kind is not None:
            raise BadInput(
                f"{text} is the name of a transform, not a {kind}; wanted a file with --as: drop it."
            )
        return read_named(text, ring)
    path = Path(text)
    if path.suffix.lower() == ".json":
        written, digest = read_text(path)
        document = json_document(written, text)
        found = kind or _kind_of(document, text)
        if found != "matrix":
            origin = Origin(path, digest)
            return _READERS[found](document, ring, text, origin)
    elif kind == "permutation":
        vector = read_vector(text)
        return read_permutation(values_of(vector), ring, text, _origin(vector, False))
    elif kind in ("circuit", "sparse-product"):
        with opened(path):
            raise BadInput(
                f"{text}: a {kind} is read from a .json file; got suffix {path.suffix!r}: {_wanted(kind)}"
            )
    elif not any(suffix in text.lower() for suffix in SUFFIXES) and not path.exists():
        raise BadInput(
            f"{text}: no such file, and no name of a transform; wanted a file or a name with sizes such as "
            '"DFT(8)": correct it.'
        )
    return _matrix(read_subject(text), ring)


def _wanted(kind: str) -> str:
    forms = {
        "circuit": '{"inputs": n, "gates": [...], "outputs": [...]}',
        "sparse-product": '{"product": [...]}',
    }
    return f"wanted {forms[kind]}."


def _kind_of(document: Any, where: str) -> str:
    """The kind of a parsed JSON document."""
    if isinstance(document, dict):
        for name, kind in (("product", "sparse-product"), ("inputs", "circuit"), ("gates", "circuit")):
            if name in document:
                return kind
        if "entries" in document:
            return "matrix"
    elif isinstance(document, list) and document:
        return "matrix" if any(isinstance(row, list) for row in document) else "permutation"
    elif document == []:
        raise BadInput(f"{where}: an empty list; wanted {FORMS}: check the source.")
    raise BadInput(f"{where}: {shortened(document)}; wanted {FORMS}: correct it.")


_READERS: Final[dict[str, Callable[..., Source]]] = {
    "permutation": read_permutation,
    "circuit": read_circuit,
    "sparse-product": read_product,
}


def _origin(subject: Subject, plain: bool) -> Origin | None:
    if subject.path is None or subject.sha256 is None:
        return None
    return Origin(subject.path, subject.sha256, subject.tensor, plain)


def _matrix(subject: Subject, ring: Ring | None) -> MatrixSource:
    own = ring_named(subject.field)
    field = own if ring is None else ring
    # over another field the checker reads the same numbers, but residues are written by value
    plain = subject.readable_by_checker and (field == own or (own is QQ and field.characteristic == 0))
    return MatrixSource(subject.name, _origin(subject, plain), read_entries(subject.array, field))


def _from_value(source: Any, kind: str | None, ring: Ring | None, inputs: int | None) -> Source:
    if isinstance(source, Source):
        return source
    if isinstance(source, KaleidoscopeProduct):
        p = source
        bound = Bound(p.width, p.size, p.shape, "the given kaleidoscope itself")
        return GivenSource("kaleidoscope", None, p, "given", "taken as it is", bound)
    if isinstance(source, Circuit):
        circuit = source if ring is None else Circuit(source.inputs, source.gates, source.outputs, ring)
        return CircuitSource("circuit", None, circuit)
    if isinstance(source, Subject):
        return _matrix(source, ring)
    if hasattr(source, "tocoo"):
        return MatrixSource("array", None, read_entries(source, ring))
    if hasattr(source, "is_directed") and hasattr(source, "edges"):
        from ldrtheory.synthesis.graphs import from_graph

        return CircuitSource("graph", None, from_graph(source, ring))
    if callable(source):
        if inputs is None:
            raise BadInput("a function needs the number of its inputs: build(f, inputs=n).")
        name = getattr(source, "__name__", "function")
        return CircuitSource(name, None, from_function(source, inputs, QQ if ring is None else ring))
    if isinstance(source, dict):
        found = kind or _kind_of(source, "source")
        if found != "matrix":
            return _READERS[found](source, ring, "source", None)
        return _matrix(read_subject(source.get("entries", source)), ring)
    if kind == "permutation" or (kind is None and _is_flat(source)):
        return read_permutation(list(source), ring, "permutation", None)
    if kind in ("circuit", "sparse-product"):
        return _READERS[kind](source, ring, "source", None)
    return _matrix(read_subject(source), ring)


def _is_flat(source: Any) -> bool:
    """Whether a value is a list of numbers rather than of rows."""
    if isinstance(source, np.ndarray):
        return source.ndim == 1
    if not isinstance(source, list | tuple | range):
        return False
    return not any(isinstance(row, list | tuple | np.ndarray) for row in source)
